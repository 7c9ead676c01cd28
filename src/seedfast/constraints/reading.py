"""A table's constraints read one by one: each as the branches that it leaves by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from seedfast.constraints.branches import columns_read, combine, distinct, renamed
from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.constraints.literals import LiteralReader
from seedfast.constraints.logic import NEVER_KNOWN, columns_of
from seedfast.constraints.parse import parse, parse_value
from seedfast.constraints.partitions import Alternative, every_partition
from seedfast.constraints.parts import Types
from seedfast.constraints.policies import policy_conditions
from seedfast.constraints.predicate import And, ColumnRef, Compare, Const, Not, Op, Or, Predicate, Truth
from seedfast.constraints.rules import Rule
from seedfast.constraints.typed import type_domain, type_name
from seedfast.model.table import Column, Table
from seedfast.model.types import Check, SqlType
from seedfast.names import shown

WORKING_LIMIT = 256
"""The most branches that are kept while constraints are put together."""


class Truth3(StrEnum):
    """What a condition must come to: SQL's conditions may also be NULL, which a CHECK takes for good."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "not true"
    NOT_FALSE = "not false"

    @property
    def opposite(self) -> Truth3:
        """What ``item`` must come to for NOT ``item`` to come to this."""
        return _OPPOSITE[self]


_OPPOSITE = {
    Truth3.TRUE: Truth3.FALSE,
    Truth3.FALSE: Truth3.TRUE,
    Truth3.NOT_TRUE: Truth3.NOT_FALSE,
    Truth3.NOT_FALSE: Truth3.NOT_TRUE,
}


def branches_where(
    condition: str, *, now: datetime, truth: Truth3, table: Table | None = None, source: str = ""
) -> tuple[Branch, ...]:
    """Return the branches in which the condition comes to ``truth``; none where it never does.

    ``table`` tells the columns' types; ``source`` is what the branches name as their origin, the condition by default.
    Where the condition must be TRUE or FALSE, the columns that it compares are NOT NULL.
    """
    reader = LiteralReader(types_of(table), source or condition)
    return distinct(expand(parse(condition, now=now), truth, reader))


def types_of(table: Table | None) -> Types:
    """Return the types of a table's columns by name."""
    known = {column.name: column.type for column in table.columns} if table is not None else {}
    return known.get


def table_rules(table: Table, now: datetime, *, outward: bool = False) -> list[Rule]:
    """Return a table's CHECKs, its columns' domains, and what its columns are generated as.

    With ``outward`` they leave every row that may satisfy them, else only rows that certainly do.
    """
    types = types_of(table)
    rules: list[Rule] = []
    for check in table.checks:
        source = check.name if check.wished else f"CHECK {check.name}"
        branches = _check_branches(check, LiteralReader(types, source, outward=outward), now)
        rules.append(Rule(source, branches, check.name, _as_check(check), table=table.name))
    rules += _policy_rules(table, LiteralReader(types, "", outward=outward), now)
    for column in table.columns:
        rules += domain_rules(column.type, column.name, types, now, outward=outward)
        rules += _generated_rules(table, column, LiteralReader(types, "", outward=outward), now)
    return rules


def _check_branches(check: Check, reader: LiteralReader, now: datetime) -> tuple[Branch, ...]:
    """Return the ways to satisfy a CHECK; PostgreSQL is asked for the whole of it where its functions leave a rest."""
    branches = distinct(expand(parse(check.meaning or check.expression, now=now), Truth3.NOT_FALSE, reader))
    if check.meaning is None or not any(branch.opaque for branch in branches):
        return branches
    whole = distinct(expand(parse(check.expression, now=now), Truth3.NOT_FALSE, reader))
    rest = tuple(dict.fromkeys(part for branch in whole for part in branch.opaque))
    return distinct(replace(branch, opaque=rest) if branch.opaque else branch for branch in branches)


def _policy_rules(table: Table, reader: LiteralReader, now: datetime) -> list[Rule]:
    rules: list[Rule] = []
    for demand in policy_conditions(table):
        branches = distinct(expand(parse(demand.sql, now=now), Truth3.TRUE, reader.of(demand.source)))
        if not reader.outward:
            # Of several ways to please a policy those are taken that are understood.
            branches = tuple(branch for branch in branches if not branch.opaque) or branches
        own = tuple(_of_the_table(branch, demand.columns) for branch in branches)
        rules.append(Rule(demand.source, own, demand.source, table=table.name))
    return rules


def _of_the_table(branch: Branch, columns: Collection[str]) -> Branch:
    """Return the branch without the columns of other tables, which a condition that isn't understood may read.

    One that names no column of this table reads its whole row.
    """
    opaque = tuple(
        replace(part, columns=tuple(c for c in part.columns if c in columns) or tuple(columns))
        for part in branch.opaque
    )
    return replace(branch, opaque=opaque)


def _as_check(check: Check) -> str:
    written = check.expression
    return f"CHECK {written}" if written.startswith("(") else f"CHECK ({written})"


def _generated_rules(table: Table, column: Column, reader: LiteralReader, now: datetime) -> list[Rule]:
    """Return that a generated column is the constant that it is generated as, such as a subtype's discriminator.

    One that is NOT NULL asks it of what it is generated from.
    """
    if column.generated is None:
        return []
    values = parse_value(column.generated, now=now)
    source, truth = f"GENERATED ALWAYS AS ({column.generated})", Truth3.NOT_FALSE
    if len(values) == 1 and isinstance(values[0][1], Const):
        item: Predicate = Compare(Op.EQ, ColumnRef(column.name), values[0][1])
        truth = Truth3.TRUE if values[0][1].value is not None else truth
    elif not column.nullable:
        item = parse(f"({column.generated}) IS NOT NULL", now=now)
    else:
        return []
    branches = distinct(expand(item, truth, reader.of(source)))
    return [Rule(source, branches, f"{_place(table, column)} {source}")]


def _computed_rules(table: Table, column: Column, now: datetime) -> list[Rule]:
    """Return that a generated column is what it is generated as, and NULL where one of the columns that it reads is."""
    values = parse_value(column.generated, now=now) if column.generated is not None else []
    if len(values) != 1 or values[0][0] != Truth(True) or not (names := sorted(columns_of(values[0][1]))):
        return []
    source = f"GENERATED ALWAYS AS ({column.generated})"
    item = Compare(Op.EQ, ColumnRef(column.name), values[0][1])
    computed = expand(item, Truth3.TRUE, LiteralReader(types_of(table), source, outward=True))
    if not all(branch.sums or branch.relations for branch in computed):
        return []
    always = Domain(nullness=Nullness.ALWAYS, sources=(source,))
    absent = tuple(Branch({column.name: always, name: always}) for name in names)
    return [Rule(source, (*computed, *absent), f"{_place(table, column)} {source}")]


def _place(table: Table, column: Column) -> str:
    return f"{shown(table.name.name)}.{shown(column.name)}"


def domain_rules(kind: SqlType, column: str, types: Types, now: datetime, *, outward: bool = False) -> list[Rule]:
    """Return the checks of the domains that a column's values pass through."""
    rules: list[Rule] = []
    for domain in kind.domains():
        source = f"domain {shown(domain.name)}"
        reader = LiteralReader(lambda name: types(column) if name == "VALUE" else None, source, outward=outward)
        for check in domain.checks:
            about = tuple(renamed(branch, "VALUE", column) for branch in _check_branches(check, reader, now))
            rules.append(Rule(source, about, f"{check.name} of {source}", _as_check(check)))
    return rules


def every_rule(table: Table, rules: Sequence[Rule], now: datetime) -> list[Rule]:
    """Return the rules and, as rules too, whatever else decides which values go into the columns they read."""
    every = [*rules, *(rule for column in table.columns for rule in _computed_rules(table, column, now))]
    leaves = every_partition(table, now)
    if leaves:
        says = ", ".join(source.removeprefix("partition ") for source, _ in leaves[:3])
        bounds = partition_branches(table, leaves, outward=True)
        every.append(Rule("partitions", bounds, "partition bounds", says, table=table.name))
    read = {name for rule in every for name in columns_read(rule.branches)}
    read |= {name for key in table.foreign_keys for name in key.columns}
    for column in table.columns:
        if column.name in read and not column.nullable:
            domain = next((part for part in column.type.domains() if part.not_null), None)
            name = f"{_place(table, column)} NOT NULL" if domain is None else f"domain {shown(domain.name)} NOT NULL"
            every.append(Rule("NOT NULL", (not_null([column.name]),), name))
    for column in table.columns:
        limits = type_domain(column.type, type_name(column.type)) if column.name in read else None
        if limits is not None:
            name = f"{_place(table, column)} {type_name(column.type)}"
            every.append(Rule(name, (Branch({column.name: limits}),), name, typed=column.name))
    return every


def partition_branches(table: Table, alternative: Alternative, *, outward: bool = False) -> tuple[Branch, ...]:
    """Return the branches in which a row belongs into one of the partitions."""
    types = types_of(table)
    return tuple(
        branch
        for source, item in alternative
        for branch in expand(item, Truth3.NOT_FALSE, LiteralReader(types, source, outward=outward))
    )


def not_null(columns: Iterable[str], source: str = "NOT NULL") -> Branch:
    """Return the branch in which the columns are there."""
    return Branch(dict.fromkeys(columns, Domain(nullness=Nullness.NEVER, sources=(source,))))


def expand(item: Predicate, truth: Truth3, reader: LiteralReader) -> tuple[Branch, ...]:
    """Return the disjunctive form of a condition that must come to ``truth``."""
    positive = truth in (Truth3.TRUE, Truth3.NOT_FALSE)
    definite = truth in (Truth3.TRUE, Truth3.FALSE)
    match item:
        case Truth(value):
            return (Branch(),) if value is positive else ()
        case Not(inner):
            return expand(inner, truth.opposite, reader)
        case And(items) | Or(items):
            if isinstance(item, And) is positive:
                branches: tuple[Branch, ...] = (Branch(),)
                for part in items:
                    branches = combine(branches, expand(part, truth, reader), WORKING_LIMIT)
                return branches
            if truth is Truth3.NOT_FALSE and not reader.outward:
                # ``x = NULL OR ...`` is always good for a CHECK, but it isn't what its author meant.
                items = tuple(part for part in items if not _never_known(part)) or items
            return distinct(branch for part in items for branch in expand(part, truth, reader))
    spelled = reader.spelled_out(item, positive=positive)
    if spelled is not None:
        return expand(spelled, truth, reader)
    return reader.branches(item, positive=positive, definite=definite)


def _never_known(item: Predicate) -> bool:
    return isinstance(item, Compare) and item != NEVER_KNOWN and NEVER_KNOWN.right in (item.left, item.right)
