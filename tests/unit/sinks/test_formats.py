"""Files as their readers take them; whether PostgreSQL does is for the tests with a server."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from seedfast.events import ignore
from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.plan.spec import (
    VERSION,
    ColumnPlan,
    GenerationPlan,
    LoadStep,
    Method,
    Source,
    Status,
    TablePlan,
)
from seedfast.sinks import address
from seedfast.sinks.cargo import Cargo, without
from seedfast.sinks.write import opened

TYPES = {
    "text": SqlType("pg_catalog", "text", TypeForm.BASE, "text"),
    "integer": SqlType("pg_catalog", "int4", TypeForm.BASE, "integer"),
    "timestamp with time zone": SqlType("pg_catalog", "timestamptz", TypeForm.BASE, "timestamp with time zone"),
}
WORDS = [
    "",
    None,
    " lead",
    "a,b",
    'say "so"',
    "two\nlines",
    "carriage\rreturn",
    "\\.",
    "plain",
    "ü€𝄞",
    "NULL",
    "\ttab ",
]


class Made:
    """Rows that were made by hand, the same for all tables."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows

    def batch(self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        return self.rows.slice(start, stop - start).select(list(columns or self.rows.column_names))


def cargo(rows: pa.Table, types: Sequence[str], *names: str) -> Cargo:
    plans, tables = [], {}
    for written in names or ("public.t",):
        name = QualifiedName(*written.split(".", 1))
        columns = tuple(ColumnPlan(c, t, Source.GENERATED) for c, t in zip(rows.column_names, types, strict=True))
        plans.append(TablePlan(name, Status.FILL, rows=rows.num_rows, columns=columns))
        described = tuple(Column(c, TYPES[t], True) for c, t in zip(rows.column_names, types, strict=True))
        tables[name] = Table(name, TableForm.TABLE, described)
    steps = tuple(LoadStep(Method.COPY, (plan.name,)) for plan in plans)
    return Cargo(GenerationPlan(VERSION, 1, "2026-01-01", "", "", tuple(plans), steps), Made(rows), tables)


def write(to: str, written: Cargo) -> None:
    with opened(address.read(to), replace=False) as put:
        put(written, ignore)


@pytest.mark.parametrize("encoded", [False, True])
def test_a_reader_of_csv_gets_the_words_back(tmp_path: Path, encoded: bool) -> None:
    words = pa.array(WORDS, pa.string())
    rows = pa.table({"n": list(range(len(WORDS))), 'a "word"': words.dictionary_encode() if encoded else words})
    write(f"csv:{tmp_path / 'rows.csv'}", cargo(rows, ["integer", "text"]))
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        header, *read = csv.reader(file)
    assert header == ["n", 'a "word"']
    assert [word for _, word in read] == [word or "" for word in WORDS]
    lines = (tmp_path / "rows.csv").read_bytes().split(b"\n")
    assert lines[1:3] == [b'0,""', b"1,"]


def test_moments_say_their_zone_where_the_column_has_one(tmp_path: Path) -> None:
    rows = pa.table({"at": pa.array([datetime(2026, 1, 31, 12), None], pa.timestamp("us"))})
    write(f"csv:{tmp_path / 'rows.csv'}", cargo(rows, ["timestamp with time zone"]))
    assert (tmp_path / "rows.csv").read_text("utf-8") == "at\n2026-01-31 12:00:00.000000+00\n\n"


def test_a_batch_is_a_row_group(tmp_path: Path) -> None:
    rows = pa.table({"n": pa.array(range(400_000), pa.int64())})
    write(f"parquet:{tmp_path / 'rows.parquet'}", cargo(rows, ["integer"]))
    file = parquet.ParquetFile(tmp_path / "rows.parquet")
    groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert sum(groups) == 400_000 and 3 < len(groups) < 10
    assert file.schema_arrow.field("n").type == pa.int32()
    assert file.schema_arrow.field("n").metadata[b"postgresql.type"] == b"integer"


def test_names_of_files_are_distinct_and_safe(tmp_path: Path) -> None:
    rows = pa.table({"n": [1]})
    write(f"csv:{tmp_path / 'd'}", cargo(rows, ["integer"], "public.Users", "public.users", "a/b.c:d", ".x.é"))
    names = {path.name for path in (tmp_path / "d").iterdir()}
    assert names == {"public.Users.csv", "public.users-2.csv", "a%2Fb.c%3Ad.csv", "%2Ex.é.csv", "load.sql"}


@pytest.mark.parametrize("left_out", [(0,), (1, 2), (3, 0), (0, 1, 2, 3)])
def test_rows_that_are_left_out_are_in_no_batch(left_out: tuple[int, ...]) -> None:
    whole = cargo(pa.table({"n": [10, 11, 12, 13]}), ["integer"])
    kept = without(whole, {QualifiedName("public", "t"): left_out})
    found = [batch.columns[0].to_pylist() for table in kept.filled for batch in kept.rows(table).batches(2)]
    assert [n for batch in found for n in batch] == [n for n in range(10, 14) if n - 10 not in left_out]


def test_rows_are_the_same_in_any_batches() -> None:
    whole = cargo(pa.table({"n": list(range(50))}), ["integer"])
    kept = without(whole, {QualifiedName("public", "t"): (0, 7, 8, 9, 49)})
    rows = kept.rows(kept.filled[0])
    expected = [n for n in range(50) if n not in (0, 7, 8, 9, 49)]
    for size in (1, 3, 45):
        made = [n for start in range(0, 45, size) for n in rows.batch(start, start + size).columns[0].to_pylist()]
        assert made == expected


def test_a_script_of_inserts_is_plain_sql(tmp_path: Path) -> None:
    written = cargo(pa.table({"n": [1, None], "word": ["it's \\ :x", None]}), ["integer", "text"])
    write(f"sql-inserts:{tmp_path / 'rows.sql'}", replace(written, session={"app.tenant": "o'neill"}))
    script = (tmp_path / "rows.sql").read_text("utf-8")
    assert "VALUES\n(1, 'it''s \\ :x'),\n(NULL, NULL);\n" in script
    assert "set_config('app.tenant', 'o''neill', true);" in script
    assert not [line for line in script.splitlines() if line.startswith("\\")]
