"""Rows that a schema took once are given back, some of their columns left out, and go in again with all that was given.

With SEEDFAST_OWN_ROWS=whole in the environment the rows of every schema are given back in whole.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from seedfast import db, pipeline
from seedfast.catalog.introspect import introspect
from seedfast.db import Connection
from seedfast.model.table import Table
from seedfast.names import QualifiedName, quote
from seedfast.scope.spec import OwnRow, ScopeSpec
from tests.conftest import EMBEDDED

from .judge import NOW, Specimen, expect_sound

HERE = Path(__file__).parent / "accept"
WHOLE = os.environ.get("SEEDFAST_OWN_ROWS") == "whole"
KINDS = (
    "app_scheduling",
    "app_warehouse",
    "check_exactly_one_or",
    "check_implication_chain",
    "fk_composite_shared_tenant",
    "fk_diamond",
    "fk_own_child",
    "fk_self_roots_by_check",
    "unique_partial_status",
)
NAMES = sorted(path.stem for path in HERE.glob("*.sql")) if WHOLE else KINDS

pytestmark = pytest.mark.parametrize("server", [EMBEDDED], indirect=True)

Rows = dict[QualifiedName, dict[str, Mapping[str, str | None]]]


def fetch(connection: Connection, tables: Mapping[QualifiedName, Table], table: Table, where: str, rows: Rows) -> None:
    """Add rows of a table, and the parents that they refer to, by their places."""
    columns = [column.name for column in table.columns if column.generated is None]
    texts = ", ".join(f"{quote(name)}::text" for name in columns)
    query = f"SELECT tableoid::text || ctid::text, {texts} FROM {table.name.sql} {where}"
    for place, *values in connection.execute(query.encode()).fetchall():
        cells = dict(zip(columns, (None if value is None else str(value) for value in values), strict=True))
        if str(place) in rows.setdefault(table.name, {}):
            continue
        rows[table.name][str(place)] = cells
        for key in table.foreign_keys:
            if key.parent in tables and all(cells.get(name) is not None for name in key.columns):
                pairs = zip(key.parent_columns, key.columns, strict=True)
                equal = " AND ".join(f"{quote(theirs)}::text = {_literal(cells[mine])}" for theirs, mine in pairs)
                fetch(connection, tables, tables[key.parent], f"WHERE {equal}", rows)


def _literal(text: str | None) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def given(tables: Mapping[QualifiedName, Table], rows: Rows) -> dict[str, tuple[OwnRow, ...]]:
    """Return the rows with what others refer to, with whole keys, and with one half of the other columns."""
    found: dict[str, tuple[OwnRow, ...]] = {}
    for name, placed in rows.items():
        referred = {
            one for t in tables.values() for k in t.foreign_keys if k.parent == name for one in k.parent_columns
        }
        kept = []
        for number, cells in enumerate(placed.values()):
            chosen = {one for one in cells if WHOLE or zlib.crc32(f"{name} {one} {number}".encode()) % 2}
            for key in tables[name].foreign_keys:
                chosen |= set(key.columns) if chosen & set(key.columns) else set()
            kept.append(OwnRow({one: cells[one] for one in cells if one in chosen | referred}, f"{name} row {number}"))
        found[str(name)] = tuple(kept)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_rows_that_went_in_once_are_kept_when_they_are_given(name, make_database, admin_dsn, monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path))
    specimen = Specimen.read(HERE / f"{name}.sql")
    missing = specimen.missing(admin_dsn)
    if missing is not None or specimen.role is not None:
        pytest.skip(f"the server has no {missing}" if missing else "a role's rows are seen by that role alone")
    first, second = make_database(specimen.ddl), make_database(specimen.ddl)
    done = pipeline.execute(pipeline.prepare(pipeline.Request(first, NOW, rows=12, session=specimen.session)))
    filled = {table.name for table in done.tables if table.status == "fill" and table.inserted}
    rows: Rows = {}
    with db.connect(first) as connection, db.snapshot(connection):
        tables = {table.name: table for table in introspect(connection).tables if table.name in filled}
        for table in tables.values():
            fetch(connection, tables, table, f"ORDER BY {quote(table.columns[0].name)}::text LIMIT 3", rows)
    scope = ScopeSpec(given=given(tables, rows))
    wanted = pipeline.Request(second, NOW, rows=12, seed=3, session=specimen.session, scope=scope)
    outcome = pipeline.execute(pipeline.prepare(wanted))
    expect_sound(second)
    changed = {finding.where for finding in outcome.findings if finding.code == "SF-OWN-CHANGED"}
    assert changed <= {str(table.name) for table in tables.values() if table.triggers}
    with db.connect(second) as connection:
        for table, own in ((tables[each], scope.given[str(each)]) for each in rows if str(each) not in changed):
            for row in own:
                equal = " AND ".join(
                    f"{quote(one)}::text IS NOT DISTINCT FROM {'NULL' if cell is None else _literal(cell)}"
                    for one, cell in row.cells.items()
                )
                found = connection.execute(f"SELECT 1 FROM {table.name.sql} WHERE {equal or 'true'}".encode())
                assert found.fetchone() is not None, f"{row.origin}: {dict(row.cells)}"
