"""States of rows: what they ask of other columns, where the constraints leave room for it, and how often each comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.branches import holds
from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.constraints.index_parts import span_part
from seedfast.constraints.predicate import Value
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.constraints.rules import TableRules
from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.model.types import Check
from seedfast.names import quote
from seedfast.plan.draft import Draft
from seedfast.plan.quotas import fit
from seedfast.plan.spec import BranchPlan
from seedfast.semantics.deeds import absent_permille, deeds
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.opposites import sides
from seedfast.semantics.order import same_days
from seedfast.semantics.states import (
    Actors,
    Cycles,
    Wish,
    as_planned,
    by_variant,
    states,
    true_permille,
    while_active,
    while_young,
)

_MOST = 24
"""So many branches leave the planner its speed, and each of them some rows."""

_USUAL = 8
"""How much more often than others a branch is taken that agrees with the columns' defaults."""

_WEIGHT = 10_000
"""The weight of the commonest branch where states weigh the branches."""

_WRITTEN = frozenset({"bool", "int2", "int4", "int8", "text", "varchar"})


Shares = Mapping[str, Mapping[Value, int]]
"""How often each value of a column of states should come."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A table that demands what its states ask for, what is left then, and the wishes that were ``granted``.

    ``shares`` are how often each state should come, ``actors`` which keys tell who did what.
    """

    table: Table
    rules: TableRules
    shares: Shares = field(default_factory=dict)
    actors: Actors = field(default_factory=dict)
    granted: tuple[Wish, ...] = ()


def wish(
    table: Table, rules: TableRules, database: Database, now: datetime, cycles: Cycles, *, aging: bool, tongue: str = ""
) -> Wished:
    """Add to a table's constraints what its states ask for, each wish that contradicts none of them.

    Where rows are ``aging``, those of early states are young. States that nothing lists are written in a ``tongue``.
    """
    if not rules.branches:
        return Wished(table, rules)
    for one in _ended(table):
        tried = replace(table, checks=(*table.checks, _as_check(one)))
        wished = analyse_table(tried, now=now, tables=database.by_name)
        table, rules = (tried, wished) if _keeps({}, wished, rules) else (table, rules)
    found = states(table, rules.branches, cycles, tongue)
    shares, granted = dict(found.shares), []
    claimed = frozenset().union(*(one.columns for one in found.wishes))
    lasting = (*while_active(table, now, claimed), *_together(table))
    others = (*map(_on_the_day, same_days(table)), *map(_apart, sides(table)))
    others += tuple(by_variant(table, rules.branches, claimed))
    if aging:
        others += tuple(while_young(table, rules.branches, cycles, now))
        others += tuple(as_planned(table, rules.branches, cycles, now))
    for one in (*found.wishes, *(wish for wish, _ in lasting), *others):
        tried = replace(table, checks=(*table.checks, _as_check(one)))
        own = branches_where(one.condition, now=now, truth=Truth3.TRUE, table=table)
        if len(own) * len(rules.branches) > _MOST * _overlap(one, rules.branches):
            continue
        wished = analyse_table(tried, now=now, tables=database.by_name)
        if _keeps(found.shares, wished, rules):
            table, rules = tried, wished
            granted.append(one)
            shares |= next((each for wish, each in lasting if wish is one), {})
    return Wished(table, rules, shares, found.actors, tuple(granted))


def _apart(pair: tuple[str, str]) -> Wish:
    """Return the wish that two sides of a row differ."""
    one, other = pair
    return Wish(f"{quote(one)} <> {quote(other)}", frozenset(pair), f"{one} and {other} are two sides")


def _ended(table: Table) -> Iterator[Wish]:
    """Yield the wishes that ranges have both ends where an exclusion lets no two of them meet.

    One without an end would meet all that begin later.
    """
    for exclusion in table.exclusions:
        for part, operator in exclusion.parts:
            span = span_part(part.expression or "") if operator == "&&" else None
            if span is not None and any(table.column(name).nullable for name in span):
                there = " AND ".join(f"{quote(name)} IS NOT NULL" for name in span)
                yield Wish(there, frozenset(span), f"{exclusion.name} lets no two ranges meet")


def _together(table: Table) -> Iterator[tuple[Wish, Shares]]:
    """Yield the wishes that nobody did what wasn't done, with how often it was where a flag says so.

    That somebody did what was done is for the plan of the column: a wish must not make a key one that needs parents.
    """
    told: dict[str, list[str]] = defaultdict(list)
    for column, by in deeds(table).items():
        told[by].append(column)
    for by, columns in told.items():
        nobody = " AND ".join(f"{quote(name)} IS NULL" for name in columns)
        flag = table.column(by) if table.column(by).type.storage.name == "bool" else None
        no, yes = ("IS NOT TRUE", "IS TRUE") if flag is not None else ("IS NULL", "IS NOT NULL")
        condition = f"({quote(by)} {no} AND {nobody}) OR {quote(by)} {yes}"
        true = 0 if flag is None else true_permille(flag)
        shares: Shares = {by: {True: true, False: 1000 - true}} if true else {}
        yield Wish(condition, frozenset({by, *columns}), f"{', '.join(columns)} as {by} tells"), shares


def _on_the_day(pair: tuple[str, str]) -> Wish:
    """Return the wish that a moment is on its day."""
    day, moment = map(quote, pair)
    condition = f"{moment} >= {day} AND {moment} <= {day} + INTERVAL '23 hours'"
    return Wish(condition, frozenset(pair), f"{pair[1]} is on {pair[0]}")


def _as_check(one: Wish) -> Check:
    return Check(one.reason, one.condition, tuple(sorted(one.columns)), wished=True)


def _overlap(one: Wish, branches: Sequence[Branch]) -> int:
    """Return how many of some branches differ in the columns of a wish: these don't multiply with its own."""
    return len({tuple(branch.domain(name) for name in sorted(one.columns)) for branch in branches})


def _keeps(shares: Shares, wished: TableRules, rules: TableRules) -> bool:
    """Tell whether constraints with a wish are as well understood as without, and leave every state that they left."""
    if not wished.branches or len(wished.findings) > len(rules.findings):
        return False
    states_left = (
        {value for value in values if any(_takes(branch.domain(name), value) for branch in each.branches)}
        for each in (wished, rules)
        for name, values in shares.items()
    )
    left = list(states_left)
    return left[: len(left) // 2] == left[len(left) // 2 :]


def was_done(branch: Branch, told: str) -> bool:
    """Tell whether all rows of a branch have done what a moment or a flag tells."""
    domain = branch.domain(told)
    return domain.nullness is Nullness.NEVER and (domain.allowed is None or False not in domain.allowed)


def weigh(draft: Draft, branches: Sequence[Branch]) -> Iterator[BranchPlan]:
    """Weigh branches: by how often their states come, and rows mostly agree with the defaults that the author chose."""
    weights = [_agreeing(draft, branch) * part for branch, part in zip(branches, _parts(draft, branches), strict=True)]
    most = max(weights, default=Fraction(0)) or Fraction(1)
    if draft.shares or draft.quotas or deeds(draft.table):
        whole = [max(1, round(weight * _WEIGHT / most)) for weight in weights]
        yield from map(BranchPlan, fit(draft, branches, whole) if draft.quotas else whole)
    else:
        yield from (BranchPlan(int(weight)) for weight in weights)


def _agreeing(draft: Draft, branch: Branch) -> int:
    told = draft.shares.keys() | {name for check in draft.table.checks if check.wished for name in check.columns}
    for column in draft.table.columns:
        domain, default = branch.domain(column.name), (column.default or "").partition("::")[0].strip("'")
        if (
            column.default is None
            or column.name in told | draft.shares.keys()
            or column.type.storage.name not in _WRITTEN
        ):
            continue
        written = {"t": True, "true": True, "f": False, "false": False}.get(default, default)
        values = domain.allowed
        if values is not None and written not in values and default not in map(str, values):
            return 1
        if written in domain.excluded:
            return 1
    return _USUAL


def _parts(draft: Draft, branches: Sequence[Branch]) -> Iterator[Fraction]:
    """Yield which part of all rows has the states that each branch leaves, and what wasn't or was done by then."""
    doers: dict[str, list[str]] = defaultdict(list)
    for column, by in deeds(draft.table).items():
        doers[by].append(column)
    kept = {by: [_but(branch, {by, *columns}) for branch in branches] for by, columns in doers.items()}
    for number, branch in enumerate(branches):
        part = _share(draft, branch)
        for by, rest in kept.items():
            here = branch.domain(by).nullness
            twins = {
                each.domain(by).nullness for each, left in zip(branches, rest, strict=True) if left == rest[number]
            }
            if {Nullness.ALWAYS, Nullness.NEVER} <= twins and here is not Nullness.MAYBE:
                absent = absent_permille(by)
                part *= Fraction(absent if here is Nullness.ALWAYS else 1000 - absent, 1000)
        yield part


def _but(branch: Branch, names: set[str]) -> Mapping[str, Domain]:
    """Return what a branch leaves to all columns but some."""
    left = {name: replace(domain, sources=()) for name, domain in branch.domains.items() if name not in names}
    return {name: domain for name, domain in left.items() if domain != Domain()}


def _share(draft: Draft, branch: Branch) -> Fraction:
    """Return which part of all rows has the states that a branch leaves."""
    part = Fraction(1)
    for name, shares in draft.shares.items():
        left = sum(share for value, share in shares.items() if _takes(branch.domain(name), value))
        part *= Fraction(left or Fraction(1, 10), sum(shares.values()) or 1)
    return part


def _takes(domain: Domain, value: Value) -> bool:
    return holds(replace(domain, nullness=Nullness.MAYBE), value) is not False


def usual(draft: Draft) -> int:
    """Return how many rows of a table take its first branch, by the states that this leaves."""
    if draft.quotas:
        weight, *rest = (plan.weight for plan in weigh(draft, draft.branches))
        return max(1, draft.rows * weight // (weight + sum(rest)))
    if not draft.shares and not deeds(draft.table):
        return draft.rows
    parts = _parts(draft, draft.branches)
    first, *others = (_agreeing(draft, branch) * part for branch, part in zip(draft.branches, parts, strict=True))
    return max(1, int(draft.rows * first / (first + sum(others))))


def mean_shares(draft: Draft) -> None:
    """Let columns of states mean their values as often as their life cycle has them."""
    for name, shares in draft.shares.items():
        if draft.varied or any(isinstance(value, bool) for value in shares) or not any(shares.values()):
            continue
        others = draft.meanings.get(name, ())
        nulls = others[0].null_permille if others else None
        params = {"values": list(shares), "weights": list(shares.values())}
        read = Meaning("choice", params, 950, "a state of its life cycle", nulls)
        draft.meanings = {**draft.meanings, name: (read, *others)}
