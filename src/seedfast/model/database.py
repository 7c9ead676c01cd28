"""A database's structure as one canonical value, and what it already holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from seedfast import codec
from seedfast.model.table import Table
from seedfast.names import QualifiedName


@dataclass(frozen=True)
class Database:
    """Every table that the role can see, ordered by qualified name.

    ``server_version`` is PostgreSQL's number, for example 150004.
    """

    name: str
    server_version: int
    tables: tuple[Table, ...]
    extensions: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[QualifiedName, Table]:
        """The tables by qualified name."""
        return {table.name: table for table in self.tables}

    @cached_property
    def fingerprint(self) -> str:
        """A fingerprint of the structure alone: not of the server, the session or the rows."""
        return codec.fingerprint([_structure(table) for table in self.tables])


def _structure(table: Table) -> object:
    written = codec.encode(table)
    for of_the_session in ("privileges", "row_security", "policies", "unset"):
        del written[of_the_session]
    for column in written["columns"]:
        del column["insertable"]
        if column["sequence"] is not None:
            del column["sequence"]["last"]
    return written


@dataclass(frozen=True, slots=True)
class Existing:
    """Rows that tables held before the run, by table; a table that is not named held none.

    ``unreadable`` are tables that can't be read though the role may, with the server's SQLSTATE and words.
    """

    rows: Mapping[QualifiedName, int]
    unreadable: Mapping[QualifiedName, tuple[str, str]] = field(default_factory=dict)

    def count(self, table: QualifiedName) -> int:
        """Return the number of rows that the table held."""
        return self.rows.get(table, 0)
