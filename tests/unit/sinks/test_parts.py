"""Parts of tables: the same whoever writes them, kept by the same run, refused by another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pyarrow import parquet

from seedfast.diagnostics import Finding
from seedfast.errors import DeclinedError, LoadError, UsageError
from seedfast.events import Event, Listener, RowsLoaded, ignore
from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.plan.spec import LoadStep, Method
from seedfast.sinks import address
from seedfast.sinks.cargo import Cargo
from seedfast.sinks.write import opened
from seedfast.workers.crew import crew
from tests.conftest import REPOSITORY
from tests.unit.workers.made import Deadly, Numbered, T, plan

ROWS, PART_ROWS = 12_500, 2_000
COLUMNS = (
    Column("n", SqlType("pg_catalog", "int8", TypeForm.BASE, "bigint"), False),
    Column("v", SqlType("pg_catalog", "text", TypeForm.BASE, "text"), True),
)


def cargo(source: Numbered | None = None, *, rows: int = ROWS, seed: int = 0, now: str = "") -> Cargo:
    planned = replace(plan(rows), seed=seed, steps=(LoadStep(Method.COPY, (T,)),))
    planned = replace(planned, now=now or planned.now)
    return Cargo(planned, source or Numbered(), {T: Table(T, TableForm.TABLE, COLUMNS)})


def write(
    to: str,
    written: Cargo,
    jobs: int = 1,
    listener: Listener = ignore,
    *,
    part_rows: int | None = PART_ROWS,
    force: bool = False,
    scheduler: str = "",
) -> tuple[Finding, ...]:
    with (
        opened(address.read(to), replace=force, part_rows=part_rows) as put,
        crew(written.plan, written.source, jobs, scheduler) as hands,
    ):
        return put(replace(written, crew=hands), listener)


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class StopAt:
    """Fails when so many parts have been written."""

    def __init__(self, parts: int) -> None:
        self.parts = parts

    def __call__(self, event: Event) -> None:
        if isinstance(event, RowsLoaded):
            self.parts -= 1
            if not self.parts:
                raise KeyboardInterrupt


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_any_number_of_processes_writes_the_same_parts(tmp_path: Path, form: str) -> None:
    for jobs in (1, 3):
        assert write(f"{form}:{tmp_path / str(jobs)}", cargo(), jobs) == ()
    files = held(tmp_path / "1")
    assert held(tmp_path / "3") == files
    manifest = json.loads(files.pop("_manifest.json"))
    assert sorted(files) == [f"public.t/part-{n:05}.{form}" for n in range(7)]
    assert {part["file"]: part["sha256"] for part in manifest["parts"]} == {
        name: sha256(content).hexdigest() for name, content in files.items()
    }
    assert [(part["start"], part["rows"]) for part in manifest["parts"]][-1] == (12_000, 500)


def test_parts_hold_the_rows_of_one_file(tmp_path: Path) -> None:
    write(f"parquet:{tmp_path / 'parts'}", cargo())
    write(f"parquet:{tmp_path / 'whole'}", cargo(), part_rows=None)
    parts = parquet.read_table(tmp_path / "parts" / "public.t")
    assert parts.equals(parquet.read_table(tmp_path / "whole" / "public.t.parquet"))
    write(f"csv:{tmp_path / 'lines'}", cargo())
    write(f"csv:{tmp_path / 'all'}", cargo(), part_rows=None)
    header, *lines = (tmp_path / "all" / "public.t.csv").read_bytes().splitlines()
    files = [path.read_bytes().splitlines() for path in sorted((tmp_path / "lines" / "public.t").iterdir())]
    assert all(file[0] == header for file in files)
    assert [line for file in files for line in file[1:]] == lines


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path, jobs: int) -> None:
    rows, whole = tmp_path / "rows", tmp_path / "whole"
    write(f"parquet:{whole}", cargo())
    with pytest.raises(KeyboardInterrupt):
        write(f"parquet:{rows}", cargo(), jobs, StopAt(4))
    assert "_manifest.json" not in held(rows)
    (rows / "public.t" / "part-00001.parquet").write_bytes(b"cut short")
    (rows / "public.t" / "part-00002.parquet").unlink()
    (said,) = write(f"parquet:{rows}", cargo(), jobs)
    assert (said.code, said.message[:6]) == ("SF-SINK-RESUMED", "2 of 7")
    assert held(rows) == held(whole)
    (said,) = write(f"parquet:{rows}", cargo(), jobs)
    assert said.message.startswith("7 of 7")
    assert held(rows) == held(whole)


def test_a_run_whose_coordinator_was_killed_goes_on(tmp_path: Path) -> None:
    # Another part in every process that runs the tests.
    parts = 1 + os.getpid() % 6
    script = f"""
import os, signal
from tests.unit.sinks.test_parts import *
class Kill:
    parts = 0
    def __call__(self, event):
        self.parts += isinstance(event, RowsLoaded)
        if self.parts == {parts}:
            os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    write("parquet:{tmp_path / "rows"}", cargo(), 2, Kill())
"""
    (tmp_path / "coordinator.py").write_text(script)
    path = os.pathsep.join([str(REPOSITORY), *sys.path])
    done = subprocess.run([sys.executable, tmp_path / "coordinator.py"], env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == -signal.SIGKILL
    left = held(tmp_path / "rows")
    assert "_manifest.json" not in left and f"public.t/part-{parts - 1:05}.parquet" in left, parts
    write(f"parquet:{tmp_path / 'rows'}", cargo())
    write(f"parquet:{tmp_path / 'whole'}", cargo())
    assert held(tmp_path / "rows") == held(tmp_path / "whole")


def test_a_part_whose_worker_was_killed_is_written_by_another(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    write(f"parquet:{tmp_path / 'rows'}", cargo(Deadly(at=5_000, mark=mark)), 2)
    write(f"parquet:{tmp_path / 'whole'}", cargo())
    assert mark.exists() and held(tmp_path / "rows") == held(tmp_path / "whole")


@pytest.mark.parametrize(
    ("other", "part_rows", "said"),
    [
        (cargo(seed=7), PART_ROWS, "begun with --seed 0."),
        (cargo(now="2027-01-01T00:00:00Z"), PART_ROWS, "begun with --now 2026-01-01T00:00:00Z."),
        (cargo(rows=ROWS + 1), PART_ROWS, "begun with another plan."),
        (replace(cargo(), basis="other keys"), PART_ROWS, "begun with another plan."),
        (cargo(), 500, f"begun with --part-rows {PART_ROWS}."),
    ],
)
def test_parts_of_another_run_are_refused_unless_they_may_go(
    tmp_path: Path, other: Cargo, part_rows: int, said: str
) -> None:
    write(f"parquet:{tmp_path / 'rows'}", cargo())
    before = held(tmp_path)
    with pytest.raises(DeclinedError) as caught:
        write(f"parquet:{tmp_path / 'rows'}", other, part_rows=part_rows)
    assert caught.value.code == "SF-SINK-OTHER"
    assert said in caught.value.message
    assert held(tmp_path) == before
    write(f"parquet:{tmp_path / 'rows'}", other, part_rows=part_rows, force=True)
    write(f"parquet:{tmp_path / 'new'}", other, part_rows=part_rows)
    assert held(tmp_path / "rows") == held(tmp_path / "new")


@pytest.mark.parametrize("force", [False, True])
def test_files_of_others_are_left_alone(tmp_path: Path, force: bool) -> None:
    (tmp_path / "thesis.tex").write_bytes(b"years of work")
    with pytest.raises(DeclinedError) as caught:
        write(f"parquet:{tmp_path}", cargo(), force=force)
    assert caught.value.code == "SF-SINK-EXISTS"
    assert held(tmp_path) == {"thesis.tex": b"years of work"}


def test_a_manifest_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_progress.json").write_text('{"version": 1')
    with pytest.raises(DeclinedError, match=r"_progress\.json in .* can't be read") as caught:
        write(f"parquet:{tmp_path}", cargo())
    assert caught.value.code == "SF-SINK-OTHER"


@pytest.mark.parametrize("to", ["sql:rows.sql", "parquet:rows.parquet"])
def test_what_is_one_file_has_no_parts(to: str) -> None:
    with pytest.raises(UsageError, match="no room for parts"):
        write(to, cargo())


def test_a_place_that_can_not_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LoadError) as caught:
        write(f"parquet:{tmp_path / 'file' / 'rows'}", cargo())
    assert caught.value.code == "SF-SINK-PLACE"


def test_a_store_holds_what_a_folder_would(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    try:
        with pytest.raises(KeyboardInterrupt):
            write("parquet:memory://bucket/rows", cargo(), listener=StopAt(3))
        assert not store.exists("/bucket/rows/_manifest.json")
        (said,) = write("parquet:memory://bucket/rows", cargo())
        assert said.message.startswith("3 of 7")
        write(f"parquet:{tmp_path}", cargo())
        assert {name.removeprefix("/bucket/rows/"): store.cat(name) for name in store.find("/bucket")} == held(tmp_path)
    finally:
        store.rm("/", recursive=True)
