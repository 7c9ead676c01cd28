"""Which of the values that a key may come to take are stored already, by the key's own equality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
import psycopg

from seedfast.db import search_path_of_the_role
from seedfast.model.table import Exclusion, KeyPart, Table, TableForm, UniqueKey
from seedfast.names import quote
from seedfast.rng import Rows

_TOGETHER = 50_000

# No column of a table is likely to have this name.
_PLACE = quote("candidate's place")


def taken(
    connection: psycopg.Connection[Any],
    table: Table,
    key: UniqueKey | Exclusion,
    candidates: Mapping[str, Sequence[str | None]],
    others: Mapping[str, Sequence[str | None]] | None = None,
    *,
    stored: bool = True,
) -> Rows:
    """Return the places, ascending, of those candidates that a stored row equals, or that one excludes; a candidate
    with a NULL equals nothing. ``others`` are rows like the candidates that count as stored; without ``stored`` no
    other rows do.

    ``candidates`` are columns of text in PostgreSQL's input syntax, one entry a candidate. The parts of the key that
    read these columns alone are compared, expressions included; the session must be one of ``seedfast.db.connect``.
    """
    compared = [(part, "=") for part in key.parts] if isinstance(key, UniqueKey) else key.parts
    parts = [(part, operator) for part, operator in compared if set(part.columns) <= set(candidates)]
    if not parts:
        return np.zeros(0, dtype=np.int64)
    if not stored and not any(others.values() if others else ()):
        return np.zeros(0, dtype=np.int64)
    found: list[int] = []
    count = len(next(iter(candidates.values())))
    statement = _statement(table, parts, list(candidates), stored=stored, beside=others is not None).encode()
    beside = [list(others[name]) for name in candidates] if others is not None else []
    # The functions of a table's policies run as they do for the application.
    with search_path_of_the_role(connection) if table.row_security else nullcontext():
        for start in range(0, count, _TOGETHER):
            batch = [list(values[start : start + _TOGETHER]) for values in candidates.values()]
            cursor = psycopg.RawCursor(connection)
            found += [start + int(place) - 1 for (place,) in cursor.execute(statement, [*batch, *beside]).fetchall()]
    return np.array(sorted(found), dtype=np.int64)


def repeated(
    connection: psycopg.Connection[Any], table: Table, key: UniqueKey, rows: Mapping[str, Sequence[str | None]]
) -> Rows:
    """Return the places, ascending, of those rows that an earlier one of them equals in a key; NULL equals nothing."""
    parts = [part for part in key.parts if set(part.columns) <= set(rows)]
    if not parts or not any(rows.values()):
        return np.zeros(0, dtype=np.int64)
    given = ", ".join(f"c{n}" for n in range(len(rows)))
    arrays = ", ".join(f"${n + 1}::text[]" for n in range(len(rows)))
    typed = ", ".join(f"c{n}::{table.column(name).type.display} as {quote(name)}" for n, name in enumerate(rows))
    values = ", ".join(f"{_value(part)} as k{n}" for n, part in enumerate(parts))
    keys = ", ".join(f"k{n}" for n in range(len(parts)))
    present = " and ".join(f"k{n} is not null" for n in range(len(parts)))
    statement = (
        f"select unnest((array_agg({_PLACE} order by {_PLACE}))[2:])"
        f" from (select {_PLACE}, {values} from (select {_PLACE}, {typed}"
        f" from unnest({arrays}) with ordinality as given({given}, {_PLACE})) as candidate) as made"
        f" where {present} group by {keys}"
    )
    with search_path_of_the_role(connection) if table.row_security else nullcontext():
        cursor = psycopg.RawCursor(connection).execute(statement.encode(), [list(column) for column in rows.values()])
        found = [int(place) - 1 for (place,) in cursor.fetchall()]
    return np.array(sorted(found), dtype=np.int64)


def _statement(
    table: Table, parts: Sequence[tuple[KeyPart, str]], columns: Sequence[str], *, stored: bool, beside: bool
) -> str:
    """Return the query for the places of candidates that some stored row, or one beside them, equals or excludes.

    Grouping compares by the types' own operators, wherever they are. An exclusion's operators are looked for where
    those of ranges and geometry are.
    """
    sources = []
    if stored:
        sources.append(table.name.sql if table.form is TableForm.PARTITIONED else f"only {table.name.sql}")
    given = ", ".join(f"c{n}" for n in range(len(columns)))
    arrays = ", ".join(f"${n + 1}::text[]" for n in range(len(columns)))
    typed = ", ".join(f"c{n}::{table.column(name).type.display} as {quote(name)}" for n, name in enumerate(columns))
    values = ", ".join(f"{_value(part)} as k{n}" for n, (part, _) in enumerate(parts))
    keys = ", ".join(f"k{n}" for n in range(len(parts)))
    if beside:
        more = ", ".join(f"${len(columns) + n + 1}::text[]" for n in range(len(columns)))
        sources.append(f"(select {typed} from unnest({more}) as given({given})) as beside")
    held = " union all ".join(f"select {values} from {source}" for source in sources)
    candidates = f"select {_PLACE}, {typed} from unnest({arrays}) with ordinality as given({given}, {_PLACE})"
    present = " and ".join(f"k{n} is not null" for n in range(len(parts)))
    candidates = f"select * from (select {_PLACE}, {values} from ({candidates}) as candidate) as made where {present}"
    if any(operator != "=" for _, operator in parts):
        meets = " and ".join(f"old.k{n} operator(pg_catalog.{op}) new.k{n}" for n, (_, op) in enumerate(parts))
        return (
            f"select new.{_PLACE} from ({candidates}) as new where exists (select from ({held}) as old where {meets})"
        )
    return (
        f"select unnest(array_agg({_PLACE}) filter (where {_PLACE} is not null))"
        f" from ({candidates} union all select null, held.* from ({held}) as held) as either"
        f" group by {keys} having bool_or({_PLACE} is null)"
    )


def _value(part: KeyPart) -> str:
    # What rows to come are generated as isn't known of them before they are.
    return f"({part.expression})" if part.expression is not None else quote(part.column or "")
