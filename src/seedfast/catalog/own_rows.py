"""PostgreSQL as the judge of rows that are not in yet: what their values are, and which constraints they break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import psycopg

from seedfast.db import Connection, search_path_of_the_role
from seedfast.model.table import Column, Exclusion, KeyPart, Table, TableForm, UniqueKey
from seedfast.model.types import SqlType
from seedfast.names import quote, shown

# With an empty search_path PostgreSQL writes the schema of every function but its own.
_CALL = re.compile(r'(?:\w|")\.(?:\w+|"(?:[^"]|"")+")\(|\bselect\b', re.IGNORECASE)

PARTITIONS = "the bounds of all partitions"
"""What a row breaks that no partition takes."""

# No column of a table is likely to have this name.
_PLACE = quote("own row's place")

_LENGTHS = {
    "varchar": lambda text, most: len(text.rstrip(" ")) <= most,
    "bpchar": lambda text, most: len(text.rstrip(" ")) <= most,
    "bit": lambda text, most: len(text) == most,
    "varbit": lambda text, most: len(text) <= most,
}


@dataclass(frozen=True, slots=True)
class Breach:
    """The place of a row that breaks a constraint, which is named as in messages.

    ``other`` is the place of the row with which it does so, None where it is one that is stored, or does so alone.
    """

    place: int
    constraint: str
    other: int | None = None


def read(
    connection: Connection, table: Table, column: Column, texts: Sequence[str | None]
) -> tuple[tuple[str | None, ...], Mapping[int, str]]:
    """Return values of a column as PostgreSQL writes them, and by place why it doesn't take one."""
    values, problems = list(texts), dict[int, str]()
    with search_path_of_the_role(connection, table.name.schema):
        connection.execute("SELECT pg_catalog.set_config('lc_monetary', 'C', true)")
        for start, stop, found in _cast(connection, column, texts, 0, len(texts)):
            if isinstance(found, str):
                problems[start] = found
            else:
                values[start:stop] = found
    for place, text in enumerate(texts):
        if text is not None and place not in problems and not _fits(column.type.storage, text):
            problems[place] = f"the value is too long for {column.type.display}"
    return tuple(values), problems


def _cast(
    connection: Connection, column: Column, texts: Sequence[str | None], start: int, stop: int
) -> Iterator[tuple[int, int, list[str | None] | str]]:
    """Yield spans of values with what PostgreSQL makes of them; those with an error in them are halved."""
    if start == stop:
        return
    # What money looks like depends on the locale.
    number = "::numeric" if column.type.storage.name == "money" else ""
    statement = (
        f"SELECT v::{column.type.display}{number}::text FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS g(v, n)"
        " ORDER BY n"
    ).encode()
    try:
        with connection.transaction():
            rows = psycopg.RawCursor(connection).execute(statement, [list(texts[start:stop])]).fetchall()
            yield start, stop, [None if value is None else str(value) for (value,) in rows]
            return
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        said = error.diag.message_primary or str(error)
    if stop - start == 1:
        yield start, stop, said
    else:
        middle = (start + stop) // 2
        yield from _cast(connection, column, texts, start, middle)
        yield from _cast(connection, column, texts, middle, stop)


def _fits(kind: SqlType, text: str) -> bool:
    return kind.length is None or kind.name not in _LENGTHS or _LENGTHS[kind.name](text, kind.length)


def worked_out(
    connection: Connection, table: Table, column: Column, expression: str, rows: Mapping[str, Sequence[str | None]]
) -> tuple[str | None, ...]:
    """Return what an expression over columns of rows comes to, as a column holds it; nothing if it can't be asked."""
    asked = f"SELECT ({expression})::{column.type.display}::text FROM {_source(table, rows)} ORDER BY {_PLACE}"
    return tuple(None if value is None else str(value) for (value,) in _ask(connection, table, asked, rows))


def breaches(
    connection: Connection, table: Table, rows: Mapping[str, Sequence[str | None]], *, stored: bool
) -> tuple[Breach, ...]:
    """Return what rows break of a table's CHECKs, partitions, unique keys and exclusions, by themselves or together.

    ``rows`` are columns of text, all of one length; others are what generates them, or NULL. With ``stored`` the rows
    that the table holds count, too. A condition that can't be asked outside of its table is passed over, and so is one
    whose functions may read what isn't in yet.
    """
    made = _source(table, rows)
    found: list[Breach] = []
    for check in table.checks:
        if not check.wished and not _CALL.search(check.expression if check.meaning is None else check.meaning):
            asked = f"SELECT {_PLACE} FROM {made} WHERE ({check.expression}) IS FALSE"
            found += [
                Breach(int(str(row[0])), f"CHECK {shown(check.name)}") for row in _ask(connection, table, asked, rows)
            ]
    if table.partitioning is not None and all(leaf.constraint is not None for leaf in table.partitioning.leaves):
        inside = " OR ".join(f"({leaf.constraint})" for leaf in table.partitioning.leaves)
        asked = f"SELECT {_PLACE} FROM {made} WHERE ({inside}) IS NOT TRUE"
        found += [Breach(int(str(row[0])), PARTITIONS) for row in _ask(connection, table, asked, rows)]
    keys: tuple[UniqueKey | Exclusion, ...] = (*table.unique_keys, *table.exclusions)
    for key in keys:
        asked = _meeting(table, key, made, stored=stored)
        for place, other in _ask(connection, table, asked, rows):
            kind = "EXCLUDE" if isinstance(key, Exclusion) else "PRIMARY KEY" if key.primary else "UNIQUE"
            met = None if other is None else int(str(other))
            found.append(Breach(int(str(place)), f"{kind} {shown(key.name)}", met))
    return tuple(sorted(set(found), key=lambda one: (one.place, one.constraint, one.other or 0)))


def changed(
    connection: Connection,
    table: Table,
    key: Sequence[str],
    values: Mapping[str, Sequence[str | None]],
    cells: Sequence[Mapping[str, str | None]],
) -> tuple[str, ...]:
    """Return the columns in which rows, found by ``values`` of a key, are stored with other cells than those given."""
    found = []
    for name in dict.fromkeys(name for row in cells for name in row):
        at = [place for place, row in enumerate(cells) if name in row]
        kinds = {each: table.column(each).type.display for each in (*key, name)}
        meets = " AND ".join(f"stored.{quote(each)} = k{n}::{kinds[each]}" for n, each in enumerate(key))
        arrays = ", ".join(f"${n + 1}::text[]" for n in range(len(key) + 1))
        columns = ", ".join((*(f"k{n}" for n in range(len(key))), "cell"))
        asked = (
            f"SELECT FROM unnest({arrays}) AS given({columns}) JOIN {table.name.sql} AS stored ON {meets}"
            f" WHERE stored.{quote(name)}::text IS DISTINCT FROM cell::{kinds[name]}::text LIMIT 1"
        )
        columns_of = {each: [values[each][place] for place in at] for each in key}
        if _ask(connection, table, asked, {**columns_of, "": [cells[place][name] for place in at]}):
            found.append(name)
    return tuple(found)


def _source(table: Table, rows: Mapping[str, Sequence[str | None]]) -> str:
    """Return the rows as a source of a query, under the table's own name."""
    given = ", ".join(f"c{n}" for n in range(len(rows)))
    arrays = ", ".join(f"${n + 1}::text[]" for n in range(len(rows)))
    numbers = {name: n for n, name in enumerate(rows)}
    typed = ", ".join(
        f"{f'c{numbers[column.name]}' if column.name in numbers else 'NULL'}::{column.type.display}"
        f" AS {quote(column.name)}"
        for column in table.columns
        if column.generated is None
    )
    plain = f"SELECT place - 1 AS {_PLACE}, {typed} FROM unnest({arrays}) WITH ORDINALITY AS g({given}, place)"
    name = quote(table.name.name)
    made = [column for column in table.columns if column.generated is not None]
    if not made:
        return f"({plain}) AS {name}"
    computed = ", ".join(f"({column.generated})::{column.type.display} AS {quote(column.name)}" for column in made)
    return f"(SELECT *, {computed} FROM ({plain}) AS {name}) AS {name}"


def _meeting(table: Table, key: UniqueKey | Exclusion, made: str, *, stored: bool) -> str:
    """Return the query for pairs of a row and an earlier, or stored one, that may not stand beside it."""
    compared: Sequence[tuple[KeyPart, str]] = (
        [(part, "=") for part in key.parts] if isinstance(key, UniqueKey) else key.parts
    )
    values = ", ".join(f"{_value(part)} AS k{n}" for n, (part, _) in enumerate(compared))
    where = f" WHERE {key.predicate}" if key.predicate else ""
    new = f"SELECT {_PLACE}, {values} FROM {made}{where}"
    nulls = isinstance(key, UniqueKey) and not key.nulls_distinct
    meets = " AND ".join(
        f"(old.k{n} {op} new.k{n}{f' OR (old.k{n} IS NULL AND new.k{n} IS NULL)' if nulls else ''})"
        for n, (_, op) in enumerate(compared)
    )
    old = f"SELECT {_PLACE}, {values} FROM {made}{where}"
    if stored:
        only = "" if table.form is TableForm.PARTITIONED else "ONLY "
        old += f" UNION ALL SELECT NULL, {values} FROM {only}{table.name.sql}{where}"
    return (
        f"SELECT DISTINCT ON (new.{_PLACE}) new.{_PLACE}, old.{_PLACE} FROM ({new}) AS new JOIN ({old}) AS old"
        f" ON {meets} AND (old.{_PLACE} IS NULL OR old.{_PLACE} < new.{_PLACE}) ORDER BY new.{_PLACE}, old.{_PLACE}"
    )


def _value(part: KeyPart) -> str:
    return f"({part.expression})" if part.expression is not None else quote(part.column or "")


def _ask(
    connection: Connection, table: Table, statement: str, rows: Mapping[str, Sequence[str | None]]
) -> list[tuple[object, ...]]:
    """Return the answer, none where the question can't be asked."""
    try:
        with connection.transaction(), search_path_of_the_role(connection, table.name.schema):
            return (
                psycopg.RawCursor(connection).execute(statement.encode(), [list(c) for c in rows.values()]).fetchall()
            )
    except psycopg.OperationalError:
        raise
    except psycopg.Error:
        return []
