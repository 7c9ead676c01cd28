"""The SQL that puts rows into tables. Parameters are numbered, PostgreSQL's own way: $1, $2."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from seedfast.names import QualifiedName, quote
from seedfast.plan.spec import ColumnPlan

# An explicit cast to these cuts what is too long, silently, and bare "character" and "bit" mean a length of 1. Without
# a length the assignment to the column checks it.
_CUTTING = re.compile(r"(character varying|character|bit varying|bit)(?:\(\d+\))?((?:\[\])*)\Z")
_UNCUT = {
    "character varying": "pg_catalog.varchar",
    "character": "pg_catalog.bpchar",
    "bit varying": "pg_catalog.varbit",
    "bit": 'pg_catalog."bit"',
}


@dataclass(frozen=True, slots=True)
class Target:
    """A table and the columns that get values; ``only`` keeps statements away from tables that inherit from it."""

    table: QualifiedName
    columns: tuple[ColumnPlan, ...]
    only: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def copy(target: Target) -> str:
    """Return the COPY statement that takes the target's columns as text."""
    return f"COPY {target.table.sql} ({columns(target.names)}) FROM STDIN"


def insert(target: Target, first: int = 1) -> str:
    """Return the INSERT of rows whose columns come as arrays of text, in parameters from number ``first``.

    Without columns the only parameter is the number of rows.
    """
    if not target.columns:
        return f"INSERT INTO {target.table.sql} SELECT FROM pg_catalog.generate_series(1, ${first}::int)"
    return insert_from(target, _arrays(len(target.columns), first))


def insert_from(target: Target, origin: str, absent: Collection[str] = ()) -> str:
    """Return the INSERT of rows of text that ``origin`` gives as ``d``, its n-th column named ``c`` with n from 0.

    Columns that are ``absent`` are NULL.
    """
    values = ", ".join(
        f"{'NULL' if column.name in absent else f'd.c{n}'}::{castable(column.type)}"
        for n, column in enumerate(target.columns)
    )
    into = f"{target.table.sql} ({columns(target.names)})"
    return f"INSERT INTO {into} OVERRIDING SYSTEM VALUE SELECT {values} FROM {origin}"


def insert_one(target: Target, texts: Sequence[str]) -> str:
    """Return the INSERT of one row whose columns are SQL expressions of text."""
    values = ", ".join(f"{text}::{castable(column.type)}" for text, column in zip(texts, target.columns, strict=True))
    return f"INSERT INTO {target.table.sql} ({columns(target.names)}) OVERRIDING SYSTEM VALUE VALUES ({values})"


def together(targets: Sequence[Target]) -> str:
    """Return one statement that inserts into all targets; it returns how many rows went into each."""
    inserts, first = [], 1
    for target in targets:
        inserts.append(insert(target, first))
        first += max(1, len(target.columns))
    return as_one(inserts)


def as_one(inserts: Sequence[str]) -> str:
    """Return one statement out of several INSERTs; it returns how many rows went in by each."""
    parts = ", ".join(f"i{n} AS ({insert} RETURNING 1)" for n, insert in enumerate(inserts))
    counts = ", ".join(f"(SELECT pg_catalog.count(*) FROM i{n})" for n in range(len(inserts)))
    return f"WITH {parts} SELECT {counts}"


def update(target: Target, identity: Sequence[ColumnPlan]) -> str:
    """Return the UPDATE that sets the target's columns in the rows that ``identity`` finds; its arrays come first."""
    return update_from(target, identity, _arrays(len(identity) + len(target.columns), 1))


def update_from(target: Target, identity: Sequence[ColumnPlan], origin: str) -> str:
    """Return the same of rows of text that ``origin`` gives as ``d``, its n-th column named ``c`` with n from 0."""
    base = len(identity)
    settings = ", ".join(
        f"{quote(column.name)} = d.c{base + n}::{castable(column.type)}" for n, column in enumerate(target.columns)
    )
    found = " AND ".join(
        f"t.{quote(column.name)} = d.c{n}::{castable(column.type)}" for n, column in enumerate(identity)
    )
    only = "ONLY " if target.only else ""
    return f"UPDATE {only}{target.table.sql} AS t SET {settings} FROM {origin} WHERE {found}"


def castable(display: str) -> str:
    """Return the type to cast text to so that the column, not the cast, applies a length.

    A domain keeps its name: what is too long for one over varchar(n) is cut by the cast.
    """
    cutting = _CUTTING.match(display)
    return _UNCUT[cutting[1]] + cutting[2] if cutting else display


def _arrays(count: int, first: int) -> str:
    arrays = ", ".join(f"pg_catalog.unnest(${first + n}::text[])" for n in range(count))
    names = ", ".join(f"c{n}" for n in range(count))
    return f"ROWS FROM ({arrays}) AS d({names})"


def columns(names: Sequence[str]) -> str:
    """Return a list of columns."""
    return ", ".join(quote(name) for name in names)
