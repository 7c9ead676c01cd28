"""What a table's constraints allow together: every CHECK, NOT NULL, domain and partition bound, as a few branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from seedfast.constraints.branches import LIMIT, beside, columns_read, combine, intersect
from seedfast.constraints.conflict import UndecidedError, irreducible, refusal, witness
from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.constraints.foreign import descents, foreign_rules, needless
from seedfast.constraints.partitions import partition_alternatives
from seedfast.constraints.possible import empty, possible
from seedfast.constraints.predicate import Opaque
from seedfast.constraints.reading import (
    WORKING_LIMIT,
    domain_rules,
    every_rule,
    not_null,
    partition_branches,
    table_rules,
    types_of,
)
from seedfast.constraints.rules import Rule, TableRules, components
from seedfast.constraints.typed import type_domain, type_name
from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import ForeignKey, Table
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName, shown

Tables = Mapping[QualifiedName, Table]


def analyse_table(table: Table, *, now: datetime, tables: Tables | None = None) -> TableRules:
    """Return the branches that the table's constraints leave together, and findings on what wasn't understood.

    With ``tables``, the parents that its foreign keys may point at, what these can hold counts too.
    """
    rules = table_rules(table, now)
    findings = _unread(table, rules)
    parents = tables or {}
    conflict = _contradiction(table, rules, parents, now)
    if conflict is not None:
        # What certainly satisfies a condition is less than what may: time goes on, and divisions are rounded.
        loose = table_rules(table, now, outward=True)
        refused = _contradiction(table, loose, parents, now, outward=True)
        if refused is not None:
            return TableRules((), (*findings, refusal(table, refused)), refused)
        while conflict is not None and rules != loose:
            # Only those that are at odds need to be taken more loosely than they are meant.
            kept = [other if rule in conflict else rule for rule, other in zip(rules, loose, strict=True)]
            rules = loose if kept == rules else kept
            conflict = _contradiction(table, rules, parents, now)
    return TableRules(_branches(table, rules, now) or (Branch(),), findings)


def parents_needed(table: Table, keys: Iterable[ForeignKey], *, now: datetime) -> tuple[Rule, ...]:
    """Return an irreducible set of constraints by which a row needs a parent of one of these keys, these first."""
    rules = every_rule(table, table_rules(table, now, outward=True), now)
    kinds = {column.name: column.type for column in table.columns}
    return irreducible([*(needless(table, key) for key in keys), *rules], kinds.get)


def _branches(table: Table, rules: Sequence[Rule], now: datetime) -> tuple[Branch, ...]:
    best: tuple[Branch, ...] = ()
    for alternative in partition_alternatives(table, now) or [[]]:
        parts = [Rule("partitions", partition_branches(table, alternative))] if alternative else []
        branches = _viable(table, _together(table, [*rules, *parts]))
        if branches and not _listed(table, branches):
            return branches
        best = best or branches
    return best


def _listed(table: Table, branches: Sequence[Branch]) -> bool:
    """Tell whether branches list the values of a unique key: then other partitions have room for more rows."""
    return any(
        unique.columns
        and unique.predicate is None
        and all(branch.domain(name).allowed is not None for branch in branches for name in unique.columns)
        for unique in table.unique_keys
    )


def _contradiction(
    table: Table, rules: Sequence[Rule], tables: Tables, now: datetime, *, outward: bool = False
) -> tuple[Rule, ...] | None:
    """Return an irreducible set of constraints that can't hold together, None where all of them can."""
    every = every_rule(table, rules, now)

    def theirs(parent: Table) -> list[Rule]:
        # Rows that are there already are under no policy.
        free = replace(parent, policies=())
        return every_rule(free, table_rules(free, now, outward=outward), now)

    foreign, kinds = foreign_rules(table, every, tables, theirs)
    kinds |= {column.name: column.type for column in table.columns}
    for last in descents(table):
        asked = [*every, *foreign, *last]
        try:
            if witness(asked, kinds.get) is None:
                return irreducible(asked, kinds.get)
        except UndecidedError:
            continue
    return None


def _viable(table: Table, branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """Return the branches that some row may satisfy, with lists cut down to what the columns' types take."""
    types = types_of(table)
    kept: list[Branch] = []
    for branch in branches:
        domains = dict(branch.domains)
        typed: dict[str, Domain] = {}
        for name, domain in branch.domains.items():
            kind = types(name)
            limits = type_domain(kind, type_name(kind)) if kind is not None else None
            both = domain if limits is None else intersect(domain, limits)
            if both is not None and both.nullness is not Nullness.NEVER and empty(both, kind):
                both = replace(Domain(nullness=Nullness.ALWAYS), sources=both.sources)
            if both is None:
                break
            typed[name] = both
            if both.nullness is not domain.nullness or domain.allowed is not None:
                domains[name] = replace(both, sources=domain.sources)
        else:
            if possible(Branch(typed, branch.relations, branch.opaque), types):
                kept.append(replace(branch, domains=domains))
    return tuple(kept)


def analyse_domain_type(type: SqlType, *, now: datetime) -> Branch | None:  # noqa: A002  # the model's own word
    """Return what a domain takes, its bases' checks included, as a branch over the column ``VALUE``.

    Of several branches it is the first that is fully understood, else the first; None where nothing satisfies them all.
    """
    rules = domain_rules(type, "VALUE", lambda _: type, now)
    branches: tuple[Branch, ...] = (Branch(),)
    if any(part.not_null for part in type.domains()):
        branches = (not_null(["VALUE"], f"domain {shown(type.name)}"),)
    for rule in rules:
        branches = combine(branches, rule.branches)
    return min(branches, key=lambda branch: len(branch.opaque), default=None)


def _together(table: Table, rules: Sequence[Rule]) -> tuple[Branch, ...]:
    """Return the branches in which every rule holds, at most ``LIMIT``."""
    never = [column.name for column in table.columns if not column.nullable]
    branches: tuple[Branch, ...] = (Branch(),)
    touched: set[str] = set()
    for group in components(rules):
        columns = frozenset().union(*(columns_read(rule.branches) for rule in group))
        touched |= columns
        own: tuple[Branch, ...] = (not_null(column for column in never if column in columns),)
        for rule in sorted(group, key=lambda rule: len(rule.branches)):
            own = combine(own, rule.branches, WORKING_LIMIT)
        if not own:
            return ()
        branches = beside(branches, combine(own, (Branch(),)))
    rest = not_null(column for column in never if column not in touched)
    return combine(branches, (rest,), LIMIT)


def _unread(table: Table, rules: Sequence[Rule]) -> tuple[Finding, ...]:
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
