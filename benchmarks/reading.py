"""Tables drawn by lot, eight rows of each with the parents they point at, for a reader who knows neither code nor plan.

``python -m benchmarks.reading`` writes them into a file; docs/reading.md says what the reader is asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import psycopg

from benchmarks.seeded import SCHEMAS, a_server, is_there, seeded
from seedfast.model.database import Database
from seedfast.model.table import ForeignKey, Table
from seedfast.names import quote

_ROWS, _LEAST_COLUMNS, _OF_A_PARENT, _WIDE = 8, 4, 9, 160


def main() -> int:
    """Return 0; schemas that aren't there leave their part of the tables to the others."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--schemas", type=Path, default=Path("../shared/schemas"), help="a folder of schemas in SQL")
    parser.add_argument("--server", metavar="DSN", help="a server to make databases on (default: one from a wheel)")
    parser.add_argument("--rows", type=int, default=100, help="rows a table (default: 100)")
    parser.add_argument("--tables", type=int, default=40, help="tables in all (default: 40)")
    parser.add_argument("--draw", type=int, default=1, help="the number that the lot is drawn with (default: 1)")
    parser.add_argument("--output", type=Path, default=Path("reading.md"), help="the file (default: reading.md)")
    wanted = parser.parse_args()
    there = [name for name in SCHEMAS if is_there(name, wanted.schemas)]
    names = sorted(there, key=lambda name: _lot(wanted.draw, name))
    number = 0
    with a_server(wanted.server) as server, wanted.output.open("w", encoding="utf-8") as out:
        for place, name in enumerate(names):
            count = wanted.tables * (place + 1) // len(names) - wanted.tables * place // len(names)
            lent = seeded(name, wanted.schemas, server, rows=wanted.rows)
            with lent as (dsn, database), psycopg.connect(dsn) as connection:
                for table in drawn(database, connection, count, wanted.draw):
                    number += 1
                    print(f"# {number}. {table.name} ({name})\n", file=out)
                    for line in rows(connection, database, table, wanted.draw):
                        print(line, file=out)
            print(f"{number} tables are in {wanted.output}.", flush=True)
    return 0


def drawn(database: Database, connection: psycopg.Connection[object], count: int, draw: int) -> Sequence[Table]:
    """Return tables that hold rows and say something, as many as are wanted, drawn by lot."""
    held = [
        table
        for table in database.tables
        if len(table.columns) >= _LEAST_COLUMNS
        and connection.execute(f"SELECT FROM {table.name.sql} LIMIT 1".encode()).fetchone() is not None
    ]
    return sorted(held, key=lambda table: _lot(draw, str(table.name)))[:count]


def _lot(draw: int, name: str) -> bytes:
    return blake2b(f"{draw} {name}".encode(), digest_size=8).digest()


def rows(connection: psycopg.Connection[object], database: Database, table: Table, draw: int) -> Iterator[str]:
    """Yield the lines of a table: its rows, each with what its foreign keys point at."""
    mixed = f"md5(t::text || {draw})"
    found = _texts(connection, table, f"{table.name.sql} AS t ORDER BY {mixed} LIMIT {_ROWS}", ())
    for number, row in enumerate(found, 1):
        yield f"**Row {number}.** " + _listed(row, len(row)) + "\n"
        for key in table.foreign_keys:
            parent = database.by_name.get(key.parent)
            values = [row[name] for name in key.columns]
            if parent is not None and all(value is not None for value in values):
                yield f"- {', '.join(key.columns)} → {_parent(connection, parent, key, values)}"
        yield ""


def _parent(
    connection: psycopg.Connection[object], parent: Table, key: ForeignKey, values: Sequence[str | None]
) -> str:
    where = " AND ".join(f"t.{quote(name)}::text = %s" for name in key.parent_columns)
    found = _texts(connection, parent, f"{parent.name.sql} AS t WHERE {where} LIMIT 1", values)
    return f"{parent.name}: " + (_listed(found[0], _OF_A_PARENT) if found else "not there")


def _texts(
    connection: psycopg.Connection[object], table: Table, rest: str, values: Sequence[str | None]
) -> list[dict[str, str | None]]:
    columns = ", ".join(f"t.{quote(column.name)}::text" for column in table.columns)
    found: list[tuple[str | None, ...]] = connection.execute(
        f"SELECT {columns} FROM {rest}".encode(), values
    ).fetchall()  # type: ignore[assignment]
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in found]


def _listed(row: dict[str, str | None], most: int) -> str:
    there = [(name, " ".join(value.split())) for name, value in row.items() if value is not None]
    shown = [f"{name}: {value if len(value) <= _WIDE else value[: _WIDE - 1] + '…'}" for name, value in there[:most]]
    absent = [name for name, value in row.items() if value is None] if most >= len(row) else []
    return " | ".join(shown) + (f" | NULL: {', '.join(absent)}" if absent else "")


if __name__ == "__main__":
    raise SystemExit(main())
