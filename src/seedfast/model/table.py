"""Tables and everything that decides which rows they take."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seedfast.model.types import Check, SqlType
from seedfast.names import QualifiedName


class Identity(StrEnum):
    """Whether a column is an identity column, and which kind."""

    NONE = ""
    ALWAYS = "always"
    BY_DEFAULT = "by default"


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence that a column's default or identity draws from; ``owned`` by that column or merely called by it.

    ``last`` is the value that it gave last, where columns of several tables draw from it, or the role may not see all
    the rows that hold its values.
    """

    name: QualifiedName
    start: int
    increment: int
    low: int
    high: int
    owned: bool
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``default`` and ``generated`` are expressions as ``pg_get_expr`` writes them.

    ``nullable`` is false where the column or any domain of its type says NOT NULL. ``insertable`` tells whether the
    connected role may give a value for it.
    """

    name: str
    type: SqlType
    nullable: bool
    default: str | None = None
    generated: str | None = None
    identity: Identity = Identity.NONE
    sequence: Sequence | None = None
    collation: str | None = None
    comment: str | None = None
    insertable: bool = True


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One part of a unique index: a ``column``, or an ``expression`` that reads ``columns``.

    A generated column has what it is generated as for its expression.
    """

    column: str | None
    expression: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """A unique index, whether a constraint stands behind it or not.

    ``predicate`` is that of a partial index, reading ``predicate_columns``; ``deferrable`` allows a check at commit.
    """

    name: str
    parts: tuple[KeyPart, ...]
    primary: bool = False
    constraint: bool = False
    deferrable: bool = False
    nulls_distinct: bool = True
    predicate: str | None = None
    predicate_columns: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The key's columns where every part is a plain column, else an empty tuple."""
        plain = tuple(part.column for part in self.parts if part.column is not None)
        return plain if len(plain) == len(self.parts) else ()


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key: ``columns[n]`` points at ``parent_columns[n]`` of ``parent``."""

    name: str
    columns: tuple[str, ...]
    parent: QualifiedName
    parent_columns: tuple[str, ...]
    match_full: bool = False
    deferrable: bool = False
    initially_deferred: bool = False
    validated: bool = True


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An EXCLUDE constraint; ``parts`` pairs each column or expression with its operator."""

    name: str
    method: str
    parts: tuple[tuple[KeyPart, str], ...]
    predicate: str | None = None
    deferrable: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """A user's trigger that an INSERT fires.

    ``timing`` is ``before``, ``after`` or ``instead of``; ``level`` is ``row`` or ``statement``; ``source`` is the
    function's body.
    """

    name: str
    timing: str
    level: str
    function: QualifiedName
    constraint: bool = False
    deferrable: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule on INSERT; ``instead`` tells that it does something in the place of every insert."""

    name: str
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of row-level security that rows which the connected role inserts must satisfy.

    One permissive policy must come to true, and every one that isn't. ``expression`` is as ``pg_get_expr`` writes it;
    ``condition`` is the same with functions read and what it asks of the session answered; both read ``columns``.
    """

    name: str
    permissive: bool
    expression: str
    condition: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnsetSetting:
    """A setting of the session that has no value, and ``reader``, which asks for it when a row is inserted.

    Without it the reader gets NULL where it is ``optional``, else an error.
    """

    name: str
    reader: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Partition:
    """A leaf of a partitioned table. ``constraint`` is its full partition constraint, ancestors' included, as an
    expression over the root's columns; None for a table's only default partition, which takes everything.
    """

    name: QualifiedName
    constraint: str | None


@dataclass(frozen=True, slots=True)
class Partitioning:
    """How a partitioned table is cut: ``strategy`` and key ``columns`` of the root, and all leaves."""

    strategy: str
    columns: tuple[str, ...]
    leaves: tuple[Partition, ...]


class TableForm(StrEnum):
    """What kind of relation holds the rows."""

    TABLE = "table"
    PARTITIONED = "partitioned"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Privileges:
    """What the connected role may do with a table: neither missing grants nor row-level security keep it from that."""

    select: bool = True
    insert: bool = True
    update: bool = True
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that rows can be put into: ordinary, or the root of a partitioned one (leaves are not listed).

    ``inherits`` names the parents of classic inheritance. ``row_security`` tells whether policies apply to the
    connected role, and ``policies`` are those; ``rules`` are those on INSERT; ``unset`` are settings that are missed.
    """

    name: QualifiedName
    form: TableForm
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    unique_keys: tuple[UniqueKey, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    rules: tuple[Rule, ...] = ()
    partitioning: Partitioning | None = None
    inherits: tuple[QualifiedName, ...] = ()
    row_security: bool = False
    policies: tuple[Policy, ...] = ()
    unset: tuple[UnsetSetting, ...] = ()
    comment: str | None = None
    privileges: Privileges = Privileges()

    def column(self, name: str) -> Column:
        """Return the column of that name; a KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def primary_key(self) -> UniqueKey | None:
        """The primary key, if there is one."""
        return next((unique for unique in self.unique_keys if unique.primary), None)
