"""Rows of the catalog made into the model: pure, and in one order whatever the order of the rows.

What partitions demand beyond their partitioned table is demanded of the table: their foreign keys, unique indexes,
exclusions, NOT NULLs and row triggers count as its own, and a CHECK of a partition joins that partition's constraint.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from seedfast.catalog.expressions import columns_read
from seedfast.catalog.functions import is_plain, written_out
from seedfast.catalog.rows import (
    Catalog,
    CheckRow,
    ColumnRow,
    ForeignKeyRow,
    IndexRow,
    InheritanceRow,
    MemberRow,
    PartitionedRow,
    PolicyRow,
    RuleRow,
    SequenceRow,
    TableRow,
    TriggerRow,
)
from seedfast.catalog.session import settings_read, settled
from seedfast.catalog.types import TypeMaker
from seedfast.model.database import Database
from seedfast.model.table import (
    Column,
    Exclusion,
    ForeignKey,
    Identity,
    KeyPart,
    Partition,
    Partitioning,
    Policy,
    Privileges,
    Rule,
    Sequence,
    Table,
    TableForm,
    Trigger,
    UniqueKey,
    UnsetSetting,
)
from seedfast.model.types import Check
from seedfast.names import QualifiedName, literal

_MOMENTS = frozenset({"date", "timestamp", "timestamptz", "time", "interval"})
_WORD = re.compile(r"\w+")
_FORMS = {"r": TableForm.TABLE, "p": TableForm.PARTITIONED, "f": TableForm.FOREIGN}
_IDENTITIES = {"a": Identity.ALWAYS, "d": Identity.BY_DEFAULT}
_STRATEGIES = {"l": "list", "r": "range", "h": "hash"}


class _OfRelation(Protocol):
    @property
    def relation(self) -> int: ...


Row = TypeVar("Row", bound=_OfRelation)
Part = TypeVar("Part", ForeignKey, UniqueKey, Exclusion, Trigger)


def assemble(catalog: Catalog) -> Database:
    """Return the database that the rows describe, its tables ordered by qualified name."""
    work = _Work.of(catalog)
    tables = [work.table(row) for row in catalog.tables]
    return Database(
        name=catalog.database.name,
        server_version=catalog.server_version,
        tables=tuple(sorted(tables, key=lambda table: table.name)),
        extensions=tuple(sorted(catalog.database.extensions)),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The catalog's rows by relation."""

    types: TypeMaker
    names: Mapping[int, QualifiedName]
    members: Mapping[int, list[MemberRow]]
    partitioned: Mapping[int, PartitionedRow]
    columns: Mapping[int, list[ColumnRow]]
    required: Mapping[int, set[str]]
    sequences: Mapping[tuple[int, str], list[SequenceRow]]
    checks: Mapping[int, list[CheckRow]]
    foreign_keys: Mapping[int, list[ForeignKeyRow]]
    indexes: Mapping[int, list[IndexRow]]
    triggers: Mapping[int, list[TriggerRow]]
    rules: Mapping[int, list[RuleRow]]
    policies: Mapping[int, list[PolicyRow]]
    session: Mapping[str, str]
    unset: frozenset[str]
    setting_readers: Mapping[str, str]
    inheritance: Mapping[int, list[InheritanceRow]]

    @classmethod
    def of(cls, catalog: Catalog) -> _Work:
        members: dict[int, list[MemberRow]] = defaultdict(list)
        for member in sorted(catalog.members, key=lambda row: (row.schema, row.name)):
            members[member.root].append(member)
        required: dict[int, set[str]] = defaultdict(set)
        for column in catalog.required:
            required[column.relation].add(column.name)
        sequences: dict[tuple[int, str], list[SequenceRow]] = defaultdict(list)
        for sequence in catalog.sequences:
            sequences[sequence.relation, sequence.column].append(sequence)
        relations: list[TableRow | MemberRow] = [*catalog.tables, *catalog.members]
        return cls(
            types=TypeMaker.of(catalog.types, catalog.attributes, catalog.domain_checks),
            names={row.oid: QualifiedName(row.schema, row.name) for row in relations},
            members=members,
            partitioned={row.oid: row for row in catalog.partitioned},
            columns=_grouped(catalog.columns),
            required=required,
            sequences=sequences,
            checks=_grouped(sorted(catalog.checks, key=lambda row: row.name)),
            foreign_keys=_grouped(sorted(catalog.foreign_keys, key=lambda row: row.name)),
            indexes=_grouped(sorted(catalog.indexes, key=lambda row: row.name)),
            triggers=_grouped(sorted(catalog.triggers, key=lambda row: row.name)),
            rules=_grouped(sorted(catalog.rules, key=lambda row: row.name)),
            policies=_grouped(sorted(catalog.policies, key=lambda row: row.name)),
            session=catalog.session,
            unset=catalog.unset,
            setting_readers={row.name: row.source for row in catalog.setting_readers},
            inheritance=_grouped(catalog.inheritance),
        )

    def table(self, row: TableRow) -> Table:
        columns = self._columns(row)
        names = [column.name for column in columns]
        return Table(
            name=QualifiedName(row.schema, row.name),
            form=_FORMS[row.kind],
            columns=columns,
            checks=tuple(_check(check, columns) for check in self.checks.get(row.oid, ())),
            unique_keys=self._unique_keys(row, columns),
            foreign_keys=self._foreign_keys(row),
            exclusions=self._exclusions(row, columns),
            triggers=self._triggers(row),
            rules=tuple(Rule(rule.name, rule.instead) for rule in self.rules.get(row.oid, ())),
            partitioning=self._partitioning(row, names),
            inherits=tuple(QualifiedName(p.schema, p.name) for p in self.inheritance.get(row.oid, ())),
            row_security=row.row_security,
            policies=tuple(self._policy(policy, row, names) for policy in self.policies.get(row.oid, ())),
            unset=tuple(self._unset(row, columns)) if self.unset else (),
            comment=row.comment,
            privileges=Privileges(row.may_select, row.may_insert, row.may_update, row.owner),
        )

    def _columns(self, table: TableRow) -> tuple[Column, ...]:
        required = {name for member in self.members.get(table.oid, ()) for name in self.required.get(member.oid, ())}
        return tuple(self._column(row, required) for row in self.columns.get(table.oid, ()))

    def _column(self, row: ColumnRow, required: set[str]) -> Column:
        kind = self.types.make(row.type, row.typmod, row.display)
        not_null = row.not_null or row.name in required or any(domain.not_null for domain in kind.domains())
        return Column(
            name=row.name,
            type=kind,
            nullable=not not_null,
            default=None if row.generated else row.expression,
            generated=row.expression if row.generated else None,
            identity=_IDENTITIES.get(row.identity, Identity.NONE),
            sequence=_sequence(self.sequences.get((row.relation, row.name), ())),
            collation=_collation(row),
            comment=row.comment,
            insertable=row.insertable,
        )

    def _foreign_keys(self, table: TableRow) -> tuple[ForeignKey, ...]:
        own = [_foreign_key(row) for row in self.foreign_keys.get(table.oid, ())]
        theirs = [
            (member.name, _foreign_key(row))
            for member in self.members.get(table.oid, ())
            for row in self.foreign_keys.get(member.oid, ())
        ]
        return _folded(own, theirs, lambda key: (key.columns, key.parent, key.parent_columns))

    def _unique_keys(self, table: TableRow, columns: tuple[Column, ...]) -> tuple[UniqueKey, ...]:
        own = [_unique_key(row, columns) for row in self.indexes.get(table.oid, ()) if not row.operators]
        # A partition's primary key is not that of the table.
        theirs = [
            (member.name, replace(_unique_key(row, columns), primary=False))
            for member in self.members.get(table.oid, ())
            for row in self.indexes.get(member.oid, ())
            if not row.operators
        ]
        return _folded(own, theirs, lambda key: (key.parts, key.predicate, key.nulls_distinct))

    def _exclusions(self, table: TableRow, columns: tuple[Column, ...]) -> tuple[Exclusion, ...]:
        own = [_exclusion(row, columns) for row in self.indexes.get(table.oid, ()) if row.operators]
        theirs = [
            (member.name, _exclusion(row, columns))
            for member in self.members.get(table.oid, ())
            for row in self.indexes.get(member.oid, ())
            if row.operators
        ]
        return _folded(own, theirs, lambda exclusion: (exclusion.parts, exclusion.predicate))

    def _triggers(self, table: TableRow) -> tuple[Trigger, ...]:
        own = [_trigger(row) for row in self.triggers.get(table.oid, ())]
        # Rows that arrive through the table fire a partition's triggers for each row, and not those for the statement.
        theirs = [
            (member.name, _trigger(row))
            for member in self.members.get(table.oid, ())
            for row in self.triggers.get(member.oid, ())
            if row.level == "row"
        ]
        return _folded(own, theirs, lambda trigger: (trigger.name, trigger.function))

    def _policy(self, row: PolicyRow, table: TableRow, names: list[str]) -> Policy:
        read = columns_read(row.expression, names, table.name)
        condition = settled(row.meaning or row.expression, self.session)
        return Policy(row.name, row.permissive, row.expression, condition, read)

    def _unset(self, table: TableRow, columns: Iterable[Column]) -> Iterator[UnsetSetting]:
        readers = [
            *((f"trigger {trigger.name}", trigger.source) for trigger in self._triggers(table)),
            *((f"policy {policy.name}", policy.expression) for policy in self.policies.get(table.oid, ())),
            *((f"the default of {column.name}", column.default) for column in columns if column.default is not None),
        ]
        for reader, text in readers:
            for name, optional in sorted(settings_read([text], self.setting_readers).items()):
                if name in self.unset:
                    yield UnsetSetting(name, reader, optional)

    def _partitioning(self, table: TableRow, names: list[str]) -> Partitioning | None:
        cut = self.partitioned.get(table.oid)
        if cut is None:
            return None
        read = {*cut.columns, *columns_read(cut.expressions, names)}
        own = {check.name for check in self.checks.get(table.oid, ())}
        return Partitioning(
            strategy=_STRATEGIES.get(cut.strategy, cut.strategy),
            columns=(*cut.columns, *(name for name in names if name in read and name not in cut.columns)),
            leaves=tuple(
                Partition(QualifiedName(member.schema, member.name), self._partition_constraint(member, own))
                for member in self.members.get(table.oid, ())
                if member.leaf
            ),
        )

    def _partition_constraint(self, leaf: MemberRow, inherited: set[str]) -> str | None:
        conditions = [check.expression for check in self.checks.get(leaf.oid, ()) if check.name not in inherited]
        if leaf.constraint is not None:
            conditions.insert(0, self._without_numbers(leaf.constraint, leaf.ancestors))
        if len(conditions) == 1:
            return conditions[0]
        return " AND ".join(f"({condition})" for condition in conditions) or None

    def _without_numbers(self, constraint: str, ancestors: Iterable[int]) -> str:
        """Return a hash partition's constraint with its table by name, since a number differs from server to server."""
        for oid in ancestors:
            if oid in self.names:
                constraint = constraint.replace(
                    f"satisfies_hash_partition('{oid}'::oid,",
                    f"satisfies_hash_partition({literal(self.names[oid].sql)}::regclass,",
                )
        return constraint


def _grouped(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.relation].append(row)
    return groups


def _folded(
    own: list[Part], theirs: Iterable[tuple[str, Part]], meaning: Callable[[Part], Hashable]
) -> tuple[Part, ...]:
    """Return a table's own parts and, once each, what its partitions add; ``theirs`` come with the partition's name."""
    parts = list(own)
    seen = {meaning(part) for part in own}
    names = {part.name for part in own}
    for partition, part in theirs:
        if meaning(part) in seen:
            continue
        seen.add(meaning(part))
        named = part if part.name not in names else replace(part, name=f"{partition}.{part.name}")
        names.add(named.name)
        parts.append(named)
    return tuple(sorted(parts, key=lambda part: part.name))


def _check(row: CheckRow, columns: tuple[Column, ...]) -> Check:
    made = [column for column in columns if column.generated is not None and column.name in row.columns]
    moments = {column.name for column in columns if column.type.storage.name in _MOMENTS}
    # Constants and sums of numbers are read as conditions of their own, and named as such.
    generated = {
        column.name: column.generated
        for column in made
        if column.generated is not None
        and not (is_plain(column.generated) and moments.isdisjoint(_WORD.findall(column.generated)))
    }
    plain = written_out(row.meaning or row.expression, generated) if generated else None
    return Check(row.name, row.expression, tuple(row.columns), row.validated, row.no_inherit, plain or row.meaning)


def _sequence(rows: Iterable[SequenceRow]) -> Sequence | None:
    """Return the sequence that a column draws from: the one that its default calls, else the one that it owns."""
    row = min(rows, key=lambda row: (not row.called, not row.owned, row.schema, row.name), default=None)
    if row is None:
        return None
    name = QualifiedName(row.schema, row.name)
    return Sequence(name, row.start, row.increment, row.low, row.high, row.owned, row.last)


def _collation(row: ColumnRow) -> str | None:
    if row.collation is None or row.collation_schema is None:
        return None
    if row.collation_schema == "pg_catalog":
        return row.collation
    return str(QualifiedName(row.collation_schema, row.collation))


def _foreign_key(row: ForeignKeyRow) -> ForeignKey:
    return ForeignKey(
        name=row.name,
        columns=tuple(row.columns),
        parent=QualifiedName(row.parent_schema, row.parent),
        parent_columns=tuple(row.parent_columns),
        match_full=row.match_full,
        deferrable=row.deferrable,
        initially_deferred=row.initially_deferred,
        validated=row.validated,
    )


def _parts(row: IndexRow, columns: tuple[Column, ...]) -> tuple[KeyPart, ...]:
    generated = {column.name: column.generated for column in columns}
    names = list(generated)
    parts = []
    for column, written in zip(row.columns, row.expressions, strict=True):
        text = written if column is None else generated.get(column)
        read = (column,) if column is not None and text is None else columns_read(text, names)
        parts.append(KeyPart(column, text, read))
    return tuple(parts)


def _unique_key(row: IndexRow, columns: tuple[Column, ...]) -> UniqueKey:
    return UniqueKey(
        name=row.name,
        parts=_parts(row, columns),
        primary=row.primary,
        constraint=row.constraint,
        deferrable=row.deferrable,
        nulls_distinct=row.nulls_distinct,
        predicate=row.predicate,
        predicate_columns=columns_read(row.predicate, [column.name for column in columns]),
    )


def _exclusion(row: IndexRow, columns: tuple[Column, ...]) -> Exclusion:
    return Exclusion(
        name=row.name,
        method=row.method,
        parts=tuple(zip(_parts(row, columns), row.operators, strict=True)),
        predicate=row.predicate,
        deferrable=row.deferrable,
    )


def _trigger(row: TriggerRow) -> Trigger:
    return Trigger(
        name=row.name,
        timing=row.timing,
        level=row.level,
        function=QualifiedName(row.function_schema, row.function),
        constraint=row.constraint,
        deferrable=row.deferrable,
        source=row.source,
    )
