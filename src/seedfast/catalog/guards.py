"""What stands between a row and its table beside constraints: the source of the functions that an INSERT runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from seedfast.catalog.queries import queries
from seedfast.db import Connection
from seedfast.model.table import Table
from seedfast.names import QualifiedName, quote


def sources(connection: Connection, table: QualifiedName) -> str:
    """Return the bodies of the functions that triggers, CHECKs and policies of a table run, and of those they name."""
    found = connection.execute(queries()["guards"].encode(), {"relation": table.sql}).fetchall()
    return "\n".join(str(source) for (source,) in found)


def called(connection: Connection, tables: Collection[QualifiedName]) -> tuple[str, ...] | None:
    """Return the bodies of the database's own functions that rows going into tables may run, and the tables' rules.

    With them those that these functions name. None where a trigger's function shows no source.
    """
    relations = [table.sql for table in tables]
    found = connection.execute(queries()["called"].encode(), {"relations": relations}).fetchall()
    return None if any(opaque for _, opaque in found) else tuple(str(source) for source, _ in found)


def held_values(connection: Connection, table: Table, column: str, most: int) -> list[str]:
    """Return values that a table holds in a column, as text, in their order; at most so many."""
    name = quote(column)
    statement = (
        f'select distinct {name}::text collate "C" as value from {table.name.sql} where {name} is not null'
        f" order by value limit {most}"
    )
    return [str(value) for (value,) in connection.execute(statement.encode()).fetchall()]


def held_by(
    connection: Connection, table: QualifiedName, key: str, column: str, keys: Sequence[str]
) -> Mapping[str, str | None]:
    """Return what rows of a table hold in a column, as text, by their keys of which these are given."""
    name = quote(key)
    statement = f"select {name}::text, {quote(column)}::text from {table.sql} where {name}::text = any(%s)"
    rows = connection.execute(statement.encode(), (list(keys),)).fetchall()
    return {str(own): None if value is None else str(value) for own, value in rows}


def exists(
    connection: Connection, table: QualifiedName, wanted: Sequence[tuple[str, Sequence[str | None], bool]]
) -> bool:
    """Tell whether a row of a table holds in each of some columns one of the values listed, as text, or none of them.

    ``wanted`` are the columns, what is listed of each, and whether that is to be held.
    """
    conditions = [
        f"{'' if inside else 'not '}exists (select from unnest(%s::text[]) listed (value)"
        f" where {quote(column)}::text is not distinct from listed.value)"
        for column, _, inside in wanted
    ]
    statement = f"select exists (select from {table.sql} where {' and '.join(conditions)})"
    row = connection.execute(statement.encode(), [list(values) for _, values, _ in wanted]).fetchone()
    return row is not None and bool(row[0])


def alike(
    connection: Connection,
    table: QualifiedName,
    wanted: tuple[str, str],
    other: QualifiedName,
    given: tuple[str, str],
    value: str,
) -> str | None:
    """Return a key of a row, as text, that holds what another table's row with a given key holds; None for no such row.

    ``wanted`` are the key's column and the one that must be alike, ``given`` are the same of the other table.
    """
    (key, column), (other_key, other_column) = (map(quote, pair) for pair in (wanted, given))
    statement = (
        f'select min(t.{key}::text collate "C") from {table.sql} t where t.{column}::text = '
        f"(select max(o.{other_column}::text) from {other.sql} o where o.{other_key}::text = %s)"
    )
    row = connection.execute(statement.encode(), (value,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])
