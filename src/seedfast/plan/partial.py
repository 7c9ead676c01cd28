"""Partial unique keys: rows that satisfy the predicate of one, and rows that avoid it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from seedfast.constraints.branches import LIMIT, combine
from seedfast.constraints.domain import Branch, Nullness
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.model.table import UniqueKey
from seedfast.plan.columns import plan_generators
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import BranchPlan, KeyPlan, Pick, ReferencePlan
from seedfast.plan.states import usual, weigh
from seedfast.plan.units import depends
from seedfast.semantics.ranks import is_single
from seedfast.values.registry import Registry

MOST_RANKED = 1 << 24
"""Of so many rows at most the places among those of their parent are kept in memory, eight bytes each."""

_ALL = 1000


def split(draft: Draft, key: UniqueKey, inside: BranchPlan, *, registry: Registry, now: datetime) -> bool:
    """Let the rows that are reserved for it satisfy a partial key's predicate, and the others avoid it."""
    if any(plan.reserved for plan in draft.branch_plans) or any(counting.shares for counting in draft.keys):
        return False
    predicate, table = key.predicate or "", draft.table
    holds = branches_where(predicate, now=now, truth=Truth3.TRUE, table=table)
    fails = branches_where(predicate, now=now, truth=Truth3.NOT_TRUE, table=table)
    satisfying, within = _parts(draft, holds)
    outside, without = _parts(draft, fails)
    if not satisfying or not outside or any(branch.opaque for branch in (*satisfying, *outside)):
        return False
    if any(_fixed(draft, branch) for branch in (*satisfying, *outside)):
        return False
    weights = [plan.weight for plan in weigh(draft, satisfying)]
    commonest = weights.index(max(weights))
    plan = replace(inside, reason=f"WHERE of {key.name} holds")
    branches, origin = (satisfying[commonest], *outside), (within[commonest], *without)
    _rebranch(draft, branches, (plan,), key, registry, now, origin)
    return True


def _parts(draft: Draft, alternatives: Sequence[Branch]) -> tuple[list[Branch], list[int]]:
    """Return what some alternatives leave of a table's branches, and which branch each is a part of."""
    found = [
        (part, number)
        for number, branch in enumerate(draft.branches)
        for part in combine((branch,), alternatives, LIMIT)
    ]
    if len(found) > LIMIT:
        found = list({number: (part, number) for part, number in reversed(found)}.values())[::-1]
    return [part for part, _ in found], [number for _, number in found]


def covered(draft: Draft, drafts: Drafts, key: UniqueKey, name: str, *, registry: Registry, now: datetime) -> bool:
    """Plan "at most one per parent" (a default address): the first child of each parent satisfies the predicate."""
    reference = draft.references[name]
    parent = drafts[reference.parent]
    if reference.pick not in (Pick.SKEWED, Pick.COVER) or reference.matching or reference.differs_from:
        return False
    if parent.name == draft.name or parent.existing:
        return False
    if parent.rows >= draft.rows:
        # Taken in turn, no parent is picked twice, whatever the predicate says: what is alone is the default.
        alone = reference.pick is Pick.COVER
        if alone and key.predicate_columns and all(_is_flag(draft, column) for column in key.predicate_columns):
            split(draft, key, BranchPlan(0, draft.rows), registry=registry, now=now)
        return alone
    if not split(draft, key, BranchPlan(0, parent.rows), registry=registry, now=now):
        return False
    draft.references[name] = replace(reference, pick=Pick.COVER)
    return True


def _is_flag(draft: Draft, name: str) -> bool:
    """Tell whether a column says of which of a parent's rows there is one: the default, the primary."""
    return is_single(draft.table, draft.table.column(name)) and name not in draft.overrides


def foremost(draft: Draft, drafts: Drafts, key: UniqueKey, name: str, *, registry: Registry, now: datetime) -> bool:
    """Plan "at most one per parent" where what tells rows apart picks the parent (an owner among the members): where
    a parent's first row is known by the picks of all, it satisfies the predicate.
    """
    reference = draft.references[name]
    if draft.rows > MOST_RANKED or not _picks_alone(draft, reference):
        return False
    if not split(draft, key, BranchPlan(_ALL, foremost=name), registry=registry, now=now):
        return False
    # Of a life cycle's states each keeps its part of the rows, as far as there are parents.
    parents = max(1, min(draft.rows, drafts[reference.parent].total))
    first, *others = draft.branch_plans
    draft.branch_plans = (replace(first, weight=min(_ALL, usual(draft) * _ALL // parents)), *others)
    return True


def _picks_alone(draft: Draft, reference: ReferencePlan) -> bool:
    """Tell whether every row follows a reference, by a pick that depends on no branch and no other column."""
    digit = reference.digit
    counted = digit is None or next(key.branch for key in draft.keys if key.name == digit.key) is None
    free = reference.pick in (Pick.SKEWED, Pick.DIGIT) and counted and not depends(reference)
    apart = reference.differs_from is None and reference.parent != draft.name
    return free and apart and not reference.by_branch and not any(reference.null_permille)


def avoid(draft: Draft, key: UniqueKey, *, registry: Registry, now: datetime) -> bool:
    """Let no row satisfy a partial key's predicate, where other keys have used up what could tell rows apart."""
    fails = branches_where(key.predicate or "", now=now, truth=Truth3.NOT_TRUE, table=draft.table)
    branches: list[Branch] = []
    plans: list[BranchPlan] = []
    origin: list[int] = []
    for number, (branch, plan) in enumerate(zip(draft.branches, draft.branch_plans, strict=True)):
        parts = combine((branch,), fails, LIMIT)
        parts = parts[:1] if plan.reserved else parts
        if not parts and plan.reserved:
            return False
        branches += parts
        plans += [plan] * len(parts)
        origin += [number] * len(parts)
    if not branches or any(_fixed(draft, branch) for branch in branches):
        return False
    _rebranch(draft, tuple(branches), tuple(plans), key, registry, now, origin)
    draft.keys[:] = [_moved(counting, origin) for counting in draft.keys]
    return True


def _moved(key: KeyPlan, origin: Sequence[int]) -> KeyPlan:
    """Return a key's plan whose shares name the branches that theirs have become."""
    shares = (
        replace(share, branches=tuple(number for number, old in enumerate(origin) if old in share.branches))
        for share in key.shares
    )
    return replace(key, shares=tuple(shares))


def _fixed(draft: Draft, branch: Branch) -> bool:
    """Tell whether a branch asks of a foreign key's columns more than being there or not."""
    return any(
        domain.allowed is not None or domain.low is not None or domain.high is not None or domain.patterns
        for name, domain in branch.domains.items()
        if name in draft.owners and domain != draft.branches[0].domain(name)
    )


def _rebranch(
    draft: Draft,
    branches: tuple[Branch, ...],
    plans: tuple[BranchPlan, ...],
    key: UniqueKey,
    registry: Registry,
    now: datetime,
    origin: Sequence[int],
) -> None:
    """Give a table other branches; ``origin`` tells which of the old ones each is a part of."""
    why = f"WHERE of {key.name} doesn't hold"
    rest = tuple(replace(plan, reason=why) for plan in weigh(draft, branches[len(plans) :]))
    draft.branches, draft.branch_plans = branches, (*plans, *rest)
    kept = dict(draft.generators)
    plan_generators(draft, registry=registry, now=now)
    partial = {counting.name for counting in draft.keys if counting.branch is not None}
    for name, generators in kept.items():
        digit = draft.digits.get(f"column {name}")
        if digit is not None and digit.key in partial:
            draft.generators[name] = (generators[0], *draft.generators[name][1:])
        elif digit is not None:
            draft.generators[name] = tuple(generators[number] for number in origin)
    for name, reference in draft.references.items():
        rates = tuple(_null_rate(reference, branch) for branch in branches)
        draft.references[name] = replace(reference, null_permille=rates)


def _null_rate(reference: ReferencePlan, branch: Branch) -> int:
    nullness = {branch.domain(name).nullness for name in reference.columns}
    if Nullness.ALWAYS in nullness:
        return 1000
    if Nullness.NEVER in nullness:
        return 0
    return max((rate for rate in reference.null_permille if rate < 1000), default=0)
