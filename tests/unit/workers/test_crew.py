"""What several processes make is what one makes, whatever befalls them."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from seedfast.errors import LoadError, UsageError
from seedfast.load.batches import Batch, Rows
from seedfast.load.crew import Crew
from seedfast.load.source import RowSource
from seedfast.plan.spec import GenerationPlan
from seedfast.values.default import default_registry
from seedfast.workers import worker
from seedfast.workers.crew import crew
from seedfast.workers.worker import Sealed, Task, sealed
from tests.conftest import REPOSITORY
from tests.unit.workers.made import Deadly, Numbered, T, Wrong, plan, process_of

ROWS = 20_000
WIDE = 200_000


def made(hands: Crew, planned: GenerationPlan, source: RowSource, most: int = 4_000) -> list[tuple[int, bytes]]:
    rows = Rows(source, planned.table(T), frozenset())
    return [(each.rows, bytes(each.made)) for each in hands.make(rows, Batch.text, most, WIDE)]


def by(
    jobs: int, source: RowSource, rows: int = ROWS, mosts: Sequence[int] = (4_000,)
) -> list[list[tuple[int, bytes]]]:
    planned = plan(rows)
    with crew(planned, source, jobs) as hands:
        return [made(hands, planned, source, most) for most in mosts]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


def gone(process: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
            # A child that nobody has waited for is dead all the same.
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def test_more_processes_make_the_same_batches() -> None:
    mosts = (700, 4_000, 100_000)
    alone, two, three = (by(jobs, Numbered(wide_from=9_000), mosts=mosts) for jobs in (1, 2, 3))
    assert two == alone
    assert three == alone
    assert len({b"".join(text for _, text in batches) for batches in alone}) == 1
    assert sum(rows for rows, _ in alone[0]) == ROWS


def test_small_tables_are_made_without_starting_a_process() -> None:
    planned, source = plan(500), Numbered()
    with crew(planned, source, 2) as hands:
        rows = Rows(source, planned.table(T), frozenset())
        assert [each.made for each in hands.make(rows, process_of, 4_000)] == [os.getpid()]


def test_columns_that_are_set_later_are_left_out_by_workers_too() -> None:
    planned, source = plan(2_000), Numbered()
    rows = Rows(source, planned.table(T), frozenset({"v"}))
    with crew(planned, source, 2) as hands:
        text = b"".join(bytes(each.made) for each in hands.make(rows, Batch.text, 700))
    assert text == b"".join(b"%d\t\\N\n" % n for n in range(2_000))


def test_what_a_killed_worker_was_at_is_made_by_another(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    assert by(2, Deadly(at=12_000, mark=mark)) == by(1, Numbered())
    assert mark.exists()


def test_rows_that_kill_every_worker_end_the_run() -> None:
    with pytest.raises(LoadError, match=r"3 times in a row, while rows .* of public\.t ") as caught:
        by(2, Deadly(at=12_000))
    assert caught.value.code == "SF-WORKER-LOST"


def test_what_goes_wrong_in_a_worker_is_told_here() -> None:
    with pytest.raises(LoadError, match="what it is") as caught:
        by(2, Wrong())
    assert (caught.value.code, caught.value.hint, caught.value.sqlstate) == ("SF-X", "what to do", "12345")


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from tests.unit.workers.made import *
from seedfast.load.batches import Rows
from seedfast.workers.crew import crew
if __name__ == "__main__":
    source = Slow(mark=Path({str(tmp_path / "pid")!r}))
    with crew(plan(40_000), source, 1 + 1) as hands:
        next(hands.make(Rows(source, plan(40_000).table(T), frozenset()), process_of, 4_000))
"""
    file = tmp_path / "coordinator.py"
    file.write_text(script)
    path = os.pathsep.join([str(REPOSITORY), *sys.path])
    for ended_by, told in ((signal.SIGKILL, b""), (signal.SIGINT, b"KeyboardInterrupt")):
        mark = tmp_path / "pid"
        mark.unlink(missing_ok=True)
        with subprocess.Popen(
            [sys.executable, file], env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE
        ) as coordinator:
            while not mark.exists():
                assert coordinator.poll() is None
                time.sleep(0.02)
            with within(10):
                coordinator.send_signal(ended_by)
                said = coordinator.communicate()[1]
                # An interruption may meet the start of a process, and be told along with what that made of it.
                assert coordinator.returncode != 0 and told in said, said
                assert gone(int(mark.read_text()))


def test_a_worker_of_another_version_is_refused() -> None:
    seal = sealed(plan(10), Numbered())
    with pytest.raises(UsageError) as caught:
        worker.make(Sealed(seal.content, "0.0.0"), Task(T, frozenset(), Batch.text, 0, 10))
    assert caught.value.code == "SF-WORKER-VERSION"


def test_a_registry_is_made_again_where_it_is_unpickled() -> None:
    registry = default_registry()
    written = pickle.dumps(registry)
    assert str(REPOSITORY).encode() not in written, "another machine may have the packs elsewhere"
    again = pickle.loads(written)
    assert [kind.name for kind in again] == [kind.name for kind in registry]


def test_a_registry_with_kinds_of_ones_own_is_not_pickled_without_them() -> None:
    registry = default_registry()
    registry.register(replace(registry.kind("choice"), name="choice.own"))
    with pytest.raises(TypeError, match="of one's own"):
        pickle.dumps(registry)
