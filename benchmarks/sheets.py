"""Five rows of the main tables of real schemas and the demo, for a person to read: ``python -m benchmarks.sheets``."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from benchmarks.seeded import SCHEMAS, a_server, is_there, seeded
from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.names import quote

_SHOWN = 5
_WIDE = 60


def main() -> int:
    """Return 0, also where a schema isn't there: the sheet says so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sheets", description=__doc__)
    parser.add_argument("names", nargs="*", default=SCHEMAS, metavar="NAME", help="schemas (default: eleven)")
    parser.add_argument("--schemas", type=Path, default=Path("../shared/schemas"), help="a folder of schemas in SQL")
    parser.add_argument("--server", metavar="DSN", help="a server to make databases on (default: one from a wheel)")
    parser.add_argument("--rows", type=int, default=100, help="rows a table (default: 100)")
    parser.add_argument("--tables", type=int, default=12, help="tables a schema, the most connected ones (default: 12)")
    parser.add_argument("--output", type=Path, default=Path("sheets.md"), help="the file to write (default: sheets.md)")
    wanted = parser.parse_args()
    with a_server(wanted.server) as server, wanted.output.open("w", encoding="utf-8") as out:
        for name in wanted.names:
            if not is_there(name, wanted.schemas):
                print(f"# {name}\n\nSkipped: there is no such schema.\n", file=out)
                continue
            for line in sheet(name, wanted.schemas, server, rows=wanted.rows, tables=wanted.tables):
                print(line, file=out)
            print(f"{name} is in {wanted.output}.", flush=True)
    return 0


def sheet(name: str, folder: Path, server: str, *, rows: int, tables: int) -> Iterator[str]:
    """Yield the lines of a schema's sheet: a paragraph for each table, a line for each column."""
    with seeded(name, folder, server, rows=rows) as (dsn, known):
        yield f"# {name}\n"
        with psycopg.connect(dsn) as connection:
            for table in main_tables(known, tables):
                yield from _rows(connection, table)


def main_tables(database: Database, most: int) -> Sequence[Table]:
    """Return the tables that most others point at, the ones with more to say first among equals."""
    pointing = Counter(key.parent for table in database.tables for key in table.foreign_keys)
    ranked = sorted(database.tables, key=lambda table: (-4 * pointing[table.name] - len(table.columns), table.name))
    return ranked[:most]


def _rows(connection: psycopg.Connection[object], table: Table) -> Iterator[str]:
    columns = ", ".join(f"{quote(column.name)}::text" for column in table.columns)
    found = connection.execute(f"SELECT {columns} FROM {table.name.sql} LIMIT {_SHOWN}".encode()).fetchall()
    yield f"## {table.name}\n"
    if not found:
        yield "No rows.\n"
        return
    for column, values in zip(table.columns, zip(*found, strict=True), strict=True):
        yield f"- **{column.name}**: " + " · ".join(_shown(value) for value in values)
    yield ""


def _shown(value: str | None) -> str:
    if value is None:
        return "∅"
    text = " ".join(value.split())
    return text if len(text) <= _WIDE else text[: _WIDE - 1] + "…"


if __name__ == "__main__":
    raise SystemExit(main())
