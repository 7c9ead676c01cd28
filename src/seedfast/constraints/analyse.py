"""What a table's constraints allow together: every CHECK, NOT NULL, domain and partition bound, as a few branches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from seedfast.constraints.branches import LIMIT, beside, columns_read, combine, distinct, renamed
from seedfast.constraints.domain import Branch, Domain, Nullness, TableRules
from seedfast.constraints.literals import LiteralReader
from seedfast.constraints.logic import NEVER_KNOWN
from seedfast.constraints.parse import parse, parse_value
from seedfast.constraints.partitions import partition_alternatives
from seedfast.constraints.parts import Types
from seedfast.constraints.policies import policy_conditions
from seedfast.constraints.predicate import And, ColumnRef, Compare, Const, Not, Op, Opaque, Or, Predicate, Truth
from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Column, Table
from seedfast.model.types import Check, SqlType
from seedfast.names import shown

_WORKING_LIMIT = 256


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


@dataclass(frozen=True, slots=True)
class _Rule:
    """One constraint, as the branches that it leaves by itself."""

    source: str
    branches: tuple[Branch, ...]


def branches_where(
    sql: str, *, now: datetime, truth: Truth3, table: Table | None = None, source: str = ""
) -> tuple[Branch, ...]:
    """Return the branches in which the condition comes to ``truth``; none where it never does.

    ``table`` tells the columns' types; ``source`` is what the branches name as their origin, the SQL itself by default.
    Where the condition must be TRUE or FALSE, the columns that it compares are NOT NULL.
    """
    reader = LiteralReader(_types_of(table), source or sql)
    return distinct(_expand(parse(sql, now=now), truth, reader))


def analyse_table(table: Table, *, now: datetime) -> TableRules:
    """Return the branches that the table's constraints leave together, and findings on what wasn't understood."""
    rules = _table_rules(table, now)
    findings = _unread(table, rules)
    partitions = partition_alternatives(table, now)
    for predicates in partitions:
        reader = [(source, LiteralReader(_types_of(table), source)) for source, _ in predicates]
        parts = [
            branch
            for (_, one), (_, item) in zip(reader, predicates, strict=True)
            for branch in _expand(item, Truth3.NOT_FALSE, one)
        ]
        branches = _together(table, [*rules, _Rule("partitions", tuple(parts))])
        if branches:
            return TableRules(branches, findings)
    branches = _together(table, rules) if not partitions else ()
    if branches:
        return TableRules(branches, findings)
    return TableRules((), (*findings, _unsatisfiable(table, rules, bool(partitions))))


def analyse_domain_type(type: SqlType, *, now: datetime) -> Branch | None:  # noqa: A002  # the model's own word
    """Return what a domain takes, its bases' checks included, as a branch over the column ``VALUE``.

    Of several branches it is the first that is fully understood, else the first; None where nothing satisfies them all.
    """
    rules = _domain_rules(type, "VALUE", lambda _: type, now)
    branches: tuple[Branch, ...] = (Branch(),)
    if any(part.not_null for part in type.domains()):
        branches = (_not_null(["VALUE"], f"domain {shown(type.name)}"),)
    for rule in rules:
        branches = combine(branches, rule.branches)
    return min(branches, key=lambda branch: len(branch.opaque), default=None)


def _types_of(table: Table | None) -> Types:
    known = {column.name: column.type for column in table.columns} if table is not None else {}
    return known.get


def _table_rules(table: Table, now: datetime) -> list[_Rule]:
    types = _types_of(table)
    rules: list[_Rule] = []
    for check in table.checks:
        source = f"CHECK {check.name}"
        rules.append(_Rule(source, _check_branches(check, LiteralReader(types, source), now)))
    rules += _policy_rules(table, types, now)
    for column in table.columns:
        rules += _domain_rules(column.type, column.name, types, now)
        rules += _generated_rules(column, types, now)
    return rules


def _check_branches(check: Check, reader: LiteralReader, now: datetime) -> tuple[Branch, ...]:
    """Return the ways to satisfy a CHECK; PostgreSQL is asked for the whole of it where its functions leave a rest."""
    branches = distinct(_expand(parse(check.meaning or check.expression, now=now), Truth3.NOT_FALSE, reader))
    if check.meaning is None or not any(branch.opaque for branch in branches):
        return branches
    whole = distinct(_expand(parse(check.expression, now=now), Truth3.NOT_FALSE, reader))
    rest = tuple(dict.fromkeys(part for branch in whole for part in branch.opaque))
    return distinct(replace(branch, opaque=rest) if branch.opaque else branch for branch in branches)


def _policy_rules(table: Table, types: Types, now: datetime) -> list[_Rule]:
    rules: list[_Rule] = []
    for demand in policy_conditions(table):
        reader = LiteralReader(types, demand.source)
        branches = distinct(_expand(parse(demand.sql, now=now), Truth3.TRUE, reader))
        # Of several ways to please a policy those are taken that are understood.
        branches = tuple(branch for branch in branches if not branch.opaque) or branches
        rules.append(_Rule(demand.source, tuple(_of_the_table(branch, demand.columns) for branch in branches)))
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


def _generated_rules(column: Column, types: Types, now: datetime) -> list[_Rule]:
    """Return that a generated column is the constant that it is generated as, such as a subtype's discriminator.

    One that is NOT NULL asks it of what it is generated from.
    """
    if column.generated is None:
        return []
    values = parse_value(column.generated, now=now)
    source = f"GENERATED ALWAYS AS ({column.generated})"
    if len(values) == 1 and isinstance(values[0][1], Const):
        item: Predicate = Compare(Op.EQ, ColumnRef(column.name), values[0][1])
    elif not column.nullable:
        item = parse(f"({column.generated}) IS NOT NULL", now=now)
    else:
        return []
    return [_Rule(source, distinct(_expand(item, Truth3.NOT_FALSE, LiteralReader(types, source))))]


def _domain_rules(kind: SqlType, column: str, types: Types, now: datetime) -> list[_Rule]:
    rules: list[_Rule] = []
    for domain in kind.domains():
        source = f"domain {shown(domain.name)}"
        reader = LiteralReader(lambda name: types(column) if name == "VALUE" else None, source)
        for check in domain.checks:
            branches = _check_branches(check, reader, now)
            rules.append(_Rule(source, tuple(renamed(branch, "VALUE", column) for branch in branches)))
    return rules


def _not_null(columns: Iterable[str], source: str = "NOT NULL") -> Branch:
    return Branch({column: Domain(nullness=Nullness.NEVER, sources=(source,)) for column in columns})


def _expand(item: Predicate, truth: Truth3, reader: LiteralReader) -> tuple[Branch, ...]:
    """Return the disjunctive form of a condition that must come to ``truth``."""
    positive = truth in (Truth3.TRUE, Truth3.NOT_FALSE)
    definite = truth in (Truth3.TRUE, Truth3.FALSE)
    match item:
        case Truth(value):
            return (Branch(),) if value is positive else ()
        case Not(inner):
            return _expand(inner, truth.opposite, reader)
        case And(items) | Or(items):
            if isinstance(item, And) is positive:
                branches: tuple[Branch, ...] = (Branch(),)
                for part in items:
                    branches = combine(branches, _expand(part, truth, reader), _WORKING_LIMIT)
                return branches
            if truth is Truth3.NOT_FALSE:
                # ``x = NULL OR ...`` is always good for a CHECK, but it isn't what its author meant.
                items = tuple(part for part in items if not _never_known(part)) or items
            return distinct(branch for part in items for branch in _expand(part, truth, reader))
    spelled = reader.spelled_out(item, positive=positive)
    if spelled is not None:
        return _expand(spelled, truth, reader)
    return reader.branches(item, positive=positive, definite=definite)


def _never_known(item: Predicate) -> bool:
    return isinstance(item, Compare) and item != NEVER_KNOWN and NEVER_KNOWN.right in (item.left, item.right)


def _together(table: Table, rules: Sequence[_Rule]) -> tuple[Branch, ...]:
    """Return the branches in which every rule holds, at most ``LIMIT``."""
    never = [column.name for column in table.columns if not column.nullable]
    branches: tuple[Branch, ...] = (Branch(),)
    touched: set[str] = set()
    for group in _components(rules):
        columns = frozenset().union(*(columns_read(rule.branches) for rule in group))
        touched |= columns
        own: tuple[Branch, ...] = (_not_null(column for column in never if column in columns),)
        for rule in sorted(group, key=lambda rule: len(rule.branches)):
            own = combine(own, rule.branches, _WORKING_LIMIT)
        if not own:
            return ()
        branches = beside(branches, combine(own, (Branch(),)))
    rest = _not_null(column for column in never if column not in touched)
    return combine(branches, (rest,), LIMIT)


def _components(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    """Return the rules in groups that share no column, in the order of their first rule."""
    groups: list[tuple[frozenset[str], list[_Rule]]] = []
    for rule in rules:
        columns = columns_read(rule.branches)
        members = [rule]
        apart: list[tuple[frozenset[str], list[_Rule]]] = []
        for other_columns, other in groups:
            if columns & other_columns:
                columns |= other_columns
                members = other + members
            else:
                apart.append((other_columns, other))
        groups = [*apart, (columns, members)]
    return [members for _, members in groups]


def _unread(table: Table, rules: Sequence[_Rule]) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for rule in rules:
        opaque = dict.fromkeys(part for branch in rule.branches for part in branch.opaque)
        if not opaque:
            continue
        shown_sql = "; ".join(_shown(part) for part in list(opaque)[:3])
        findings.append(
            Finding(
                "SF-CHECK-OPAQUE",
                Severity.INFO,
                f"{table.name}: {rule.source}",
                f"This condition isn't understood: {shown_sql}",
                "Values are made without it; where PostgreSQL refuses them, it is asked which ones satisfy it.",
            )
        )
    return tuple(findings)


def _shown(item: Opaque) -> str:
    return f"NOT ({item.sql})" if item.negated else item.sql


def _unsatisfiable(table: Table, rules: Sequence[_Rule], partitioned: bool) -> Finding:
    conflict = _conflict(table, list(rules))
    names = [rule.source for rule in conflict]
    if not names and partitioned:
        names = [*(rule.source for rule in rules), "the partitions' bounds"]
    alone = len(conflict) == 1 and bool(conflict[0].branches)
    return Finding(
        "SF-CHECK-UNSATISFIABLE",
        Severity.INFO,
        str(table.name),
        f"No row can satisfy {' and '.join(dict.fromkeys(names))}{' where NOT NULL holds' if alone else ''}.",
        "The table stays empty until one of these constraints changes.",
    )


def _conflict(table: Table, rules: list[_Rule]) -> list[_Rule]:
    """Return a smallest set of rules which nothing satisfies: none of them can be left out."""
    if _together(table, rules):
        return []
    for rule in list(rules):
        others = [other for other in rules if other is not rule]
        if not _together(table, others):
            rules = others
    return rules
