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
from seedfast.plan.draft import Draft
from seedfast.plan.spec import BranchPlan, KeyPlan, ReferencePlan
from seedfast.plan.states import weigh
from seedfast.values.registry import Registry


def split(draft: Draft, key: UniqueKey, first: int, *, registry: Registry, now: datetime) -> bool:
    """Let rows from ``first`` on avoid a partial key's predicate, and the others satisfy it."""
    if any(plan.first is not None for plan in draft.branch_plans) or any(counting.shares for counting in draft.keys):
        return False
    predicate, table = key.predicate or "", draft.table
    holds = branches_where(predicate, now=now, truth=Truth3.TRUE, table=table)
    inside = combine(draft.branches, holds, LIMIT)
    fails = branches_where(predicate, now=now, truth=Truth3.NOT_TRUE, table=table)
    outside = combine(draft.branches, fails, LIMIT)
    if not inside or not outside or any(branch.opaque for branch in (*inside, *outside)):
        return False
    if any(_fixed(draft, branch) for branch in (*inside, *outside)):
        return False
    weights = [plan.weight for plan in weigh(draft, inside)]
    commonest = inside[weights.index(max(weights))]
    _rebranch(draft, (commonest, *outside), (BranchPlan(0, first, f"WHERE of {key.name} holds"),), key, registry, now)
    return True


def avoid(draft: Draft, key: UniqueKey, *, registry: Registry, now: datetime) -> bool:
    """Let no row satisfy a partial key's predicate, where other keys have used up what could tell rows apart."""
    fails = branches_where(key.predicate or "", now=now, truth=Truth3.NOT_TRUE, table=draft.table)
    branches: list[Branch] = []
    plans: list[BranchPlan] = []
    origin: list[int] = []
    for number, (branch, plan) in enumerate(zip(draft.branches, draft.branch_plans, strict=True)):
        parts = combine((branch,), fails, LIMIT)
        parts = parts[:1] if plan.first is not None else parts
        if not parts and plan.first is not None:
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
    origin: Sequence[int] = (),
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
            draft.generators[name] = tuple(generators[number] for number in origin or (0,) * len(branches))
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
