"""PostgreSQL as the oracle: which of the proposed values satisfy conditions that can't be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from seedfast.constraints.equations import equations
from seedfast.db import search_path_of_the_role
from seedfast.model.table import Table
from seedfast.names import quote


def accepted(
    connection: psycopg.Connection[Any],
    table: Table,
    conditions: Sequence[str],
    proposals: Mapping[str, Sequence[str | None]],
    *,
    most: int,
) -> list[tuple[str | None, ...]]:
    """Return the proposed tuples for which no condition is false, at most so many, in the order of the proposals.

    ``proposals`` are columns of text in PostgreSQL's input syntax, all of one length. Where a condition says what a
    column equals, the server computes that column instead of taking the proposed value. Conditions may call functions;
    a proposal on which one fails is left out together with its batch.
    """
    said = [found for condition in conditions for found in equations(condition)]
    computed = {found.column: found.expression for found in said if found.column in proposals}
    names = list(proposals)
    given = ", ".join(f"c{n}" for n in range(len(names)))
    arrays = ", ".join(f"${n + 1}::text[]" for n in range(len(names)))
    # What a domain demands is among the conditions: a cast to it would be refused with all the others.
    kinds = [table.column(name).type.storage.display for name in names]
    typed = ", ".join(f"c{n}::{kind} as {quote(name)}" for n, (name, kind) in enumerate(zip(names, kinds, strict=True)))
    derived = ", ".join(
        f"({computed[name]})::{kind} as {quote(name)}" if name in computed else quote(name)
        for name, kind in zip(names, kinds, strict=True)
    )
    # What the tuples are counted by must not be called as one of the columns is.
    place = quote("place".ljust(1 + max(map(len, names)), "_"))
    texts = ", ".join(f"{quote(name)}::text" for name in names)
    good = " and ".join(f"(({sql}) is not false)" for sql in conditions)
    statement = (
        f"select {texts} from (select {derived}, {place} from"
        f" (select {typed}, {place} from unnest({arrays}) with ordinality as given({given}, {place})) as typed)"
        f" as {quote(table.name.name)}"
        f" where {good} order by {place} limit {most}"
    ).encode()
    chosen: list[tuple[str | None, ...]] = []
    count = len(next(iter(proposals.values())))
    for start, stop in _batches(count):
        batch = [list(values[start:stop]) for values in proposals.values()]
        try:
            with connection.transaction(), search_path_of_the_role(connection, table.name.schema):
                chosen += psycopg.RawCursor(connection).execute(statement, batch).fetchall()
        except psycopg.OperationalError:
            raise
        except psycopg.Error:
            # The values can't be what the function takes, or it does what may not be done while planning.
            continue
        except psycopg.ProgrammingError:
            # The condition can't be asked outside of its table, as one over the whole row, or not by this role.
            break
        if len(chosen) >= most:
            break
    return chosen[:most]


def _batches(count: int) -> list[tuple[int, int]]:
    """Return growing ranges: an error in the first few proposals must not cost all of them."""
    ranges, start, size = [], 0, 10
    while start < count:
        ranges.append((start, min(count, start + size)))
        start, size = start + size, size * 2
    return ranges
