"""The rows that the statements of ``queries.sql`` return, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatabaseRow:
    """The database itself."""

    name: str
    extensions: Sequence[str]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table that the role can see and that is no partition; ``kind`` is ``pg_class.relkind``."""

    oid: int
    schema: str
    name: str
    kind: str
    comment: str | None
    row_security: bool
    may_select: bool
    may_insert: bool
    may_update: bool
    owner: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A partition of the partitioned table ``root``, below ``ancestors``."""

    root: int
    oid: int
    schema: str
    name: str
    leaf: bool
    constraint: str | None
    ancestors: Sequence[int]


@dataclass(frozen=True, slots=True)
class PartitionedRow:
    """How a partitioned table is cut; ``expressions`` are those of its key, separated by commas."""

    oid: int
    strategy: str
    columns: Sequence[str]
    expressions: str | None


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column, in the order of its table; ``expression`` is its default or what generates it."""

    relation: int
    name: str
    type: int
    typmod: int
    display: str
    not_null: bool
    identity: str
    generated: str
    expression: str | None
    collation: str | None
    collation_schema: str | None
    comment: str | None
    insertable: bool


@dataclass(frozen=True, slots=True)
class RequiredRow:
    """A column that a partition forbids to be null."""

    relation: int
    name: str


@dataclass(frozen=True, slots=True)
class SequenceRow:
    """A sequence that belongs to a column (``owned``), is called by the column's default (``called``), or both."""

    relation: int
    column: str
    schema: str
    name: str
    start: int
    increment: int
    low: int
    high: int
    owned: bool
    called: bool
    last: int | None = None


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A type; ``kind`` is ``pg_type.typtype``. ``subtype`` is a range's subtype or a multirange's range."""

    oid: int
    schema: str
    name: str
    kind: str
    display: str
    element: int | None
    base: int | None
    base_typmod: int
    base_display: str | None
    not_null: bool
    default: str | None
    subtype: int | None
    extension: str | None
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """A field of the composite ``type``, in order."""

    type: int
    name: str
    attribute_type: int
    typmod: int
    display: str


@dataclass(frozen=True, slots=True)
class DomainCheckRow:
    """A CHECK of the domain ``type``."""

    type: int
    name: str
    expression: str
    validated: bool
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A CHECK of a table or partition."""

    relation: int
    name: str
    expression: str
    columns: Sequence[str]
    validated: bool
    no_inherit: bool
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignKeyRow:
    """A foreign key of a table or partition."""

    relation: int
    name: str
    parent_schema: str
    parent: str
    columns: Sequence[str]
    parent_columns: Sequence[str]
    match_full: bool
    deferrable: bool
    initially_deferred: bool
    validated: bool


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A unique index or, with ``operators``, one behind an exclusion constraint.

    Each key part has a name in ``columns`` or a text in ``expressions``, and None in the other.
    """

    oid: int
    relation: int
    name: str
    method: str
    primary: bool
    constraint: bool
    deferrable: bool
    nulls_distinct: bool
    predicate: str | None
    columns: Sequence[str | None]
    expressions: Sequence[str | None]
    operators: Sequence[str]


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A user's enabled trigger on INSERT, of a table or partition."""

    relation: int
    name: str
    timing: str
    level: str
    function_schema: str
    function: str
    constraint: bool
    deferrable: bool
    source: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """An enabled rule on INSERT; ``instead`` is without a condition."""

    relation: int
    name: str
    instead: bool


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """A function in SQL or PL/pgSQL with its arguments' names, '' for one without, and their types."""

    schema: str
    name: str
    language: str
    arguments: Sequence[str]
    types: Sequence[str]
    returns: str
    strict: bool
    source: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy of row-level security whose ``expression`` rows that the role inserts must satisfy.

    ``meaning`` is the same without calls of the database's own functions.
    """

    relation: int
    name: str
    permissive: bool
    expression: str
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class SettingReaderRow:
    """A function whose ``source`` names ``current_setting``."""

    schema: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class InheritanceRow:
    """A parent of a table by classic inheritance, in order."""

    relation: int
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rows of one reading.

    ``session`` are the values of what policies ask of the session, and ``unset`` are settings that triggers, policies
    and defaults read and that it doesn't have.
    """

    server_version: int
    database: DatabaseRow
    tables: Sequence[TableRow]
    members: Sequence[MemberRow]
    partitioned: Sequence[PartitionedRow]
    columns: Sequence[ColumnRow]
    required: Sequence[RequiredRow]
    sequences: Sequence[SequenceRow]
    types: Sequence[TypeRow]
    attributes: Sequence[AttributeRow]
    domain_checks: Sequence[DomainCheckRow]
    checks: Sequence[CheckRow]
    foreign_keys: Sequence[ForeignKeyRow]
    indexes: Sequence[IndexRow]
    triggers: Sequence[TriggerRow]
    rules: Sequence[RuleRow]
    policies: Sequence[PolicyRow]
    setting_readers: Sequence[SettingReaderRow]
    inheritance: Sequence[InheritanceRow]
    session: Mapping[str, str]
    unset: frozenset[str]
