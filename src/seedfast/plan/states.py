"""States of rows: what they ask of other columns, where the constraints leave room for it, and how often each comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.branches import holds
from seedfast.constraints.domain import Branch, Domain, Nullness
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
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.opposites import sides
from seedfast.semantics.order import same_days
from seedfast.semantics.states import Cycles, Wish, states, while_active

_MOST = 24
"""So many branches leave the planner its speed, and each of them some rows."""

_USUAL = 8
"""How much more often than others a branch is taken that agrees with the columns' defaults."""

_WEIGHT = 10_000
"""The weight of the commonest branch where states weigh the branches."""

_WRITTEN = frozenset({"bool", "int2", "int4", "int8", "text", "varchar"})


Shares = Mapping[str, Mapping[Value, int]]
"""How often each value of a column of states should come."""


def wish(
    table: Table, rules: TableRules, database: Database, now: datetime, cycles: Cycles
) -> tuple[Table, TableRules, Shares]:
    """Add to a table's constraints what its states ask for, each wish that contradicts none of them."""
    if not rules.branches:
        return table, rules, {}
    found = states(table, rules.branches, cycles)
    shares = dict(found.shares)
    lasting = tuple(while_active(table, now, frozenset().union(*(one.columns for one in found.wishes))))
    others = (*map(_on_the_day, same_days(table)), *map(_apart, sides(table)))
    for one in (*found.wishes, *(wish for wish, _ in lasting), *others):
        tried = replace(table, checks=(*table.checks, _as_check(one)))
        own = branches_where(one.condition, now=now, truth=Truth3.TRUE, table=table)
        if len(own) * len(rules.branches) > _MOST * _overlap(one, rules.branches):
            continue
        wished = analyse_table(tried, now=now, tables=database.by_name)
        if _keeps(found.shares, wished, rules):
            table, rules = tried, wished
            shares |= next((each for wish, each in lasting if wish is one), {})
    return table, rules, shares


def _apart(pair: tuple[str, str]) -> Wish:
    """Return the wish that two sides of a row differ."""
    one, other = pair
    return Wish(f"{quote(one)} <> {quote(other)}", frozenset(pair), f"{one} and {other} are two sides")


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


def weigh(draft: Draft, branches: Sequence[Branch]) -> Iterator[BranchPlan]:
    """Weigh branches: by how often their states come, and rows mostly agree with the defaults that the author chose."""
    weights = [_agreeing(draft, branch) * _share(draft, branch) for branch in branches]
    most = max(weights, default=Fraction(0)) or Fraction(1)
    if draft.shares or draft.quotas:
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
    if not draft.shares:
        return draft.rows
    first, *others = (_agreeing(draft, branch) * _share(draft, branch) for branch in draft.branches)
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
