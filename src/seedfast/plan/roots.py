"""Trees in which constraints say which rows are roots: a reserved row, or those of a kind."""

from __future__ import annotations

from dataclasses import replace

from seedfast.constraints.domain import Branch
from seedfast.plan.draft import Draft
from seedfast.plan.spec import ReferencePlan


def rooted(draft: Draft, reference: ReferencePlan, wanted: int) -> ReferencePlan | None:
    """Let the table's first rows take the branches that have no parent, and the others those that have one.

    So many roots are ``wanted``; None where branches don't decide who has a parent.
    """
    alone = [number for number, rate in enumerate(reference.null_permille) if rate >= 1000]
    plans = list(draft.branch_plans)
    usual = [number for number in alone if plans[number].weight]
    decided = all(rate in (0, 1000) for rate in reference.null_permille)
    if not usual or len(alone) == len(plans) or not decided or any(plan.reserved for plan in plans):
        return None
    reserved = {number: room for number in usual if (room := _room(draft, draft.branches[number])) is not None}
    if reserved:
        # Branches may share the reserved values: one of them has them all.
        commonest = max(reserved, key=lambda number: plans[number].weight)
        usual, wanted = [commonest], min(wanted, reserved[commonest])
    total = sum(plans[number].weight for number in usual)
    before = 0
    for number in alone:
        before += plans[number].weight if number in usual else 0
        plans[number] = replace(plans[number], first=wanted * before // total)
    draft.branch_plans = tuple(plans)
    return replace(reference, roots=wanted)


def _room(draft: Draft, branch: Branch) -> int | None:
    """Return how many rows a branch can have at most by the lists of values that it leaves to unique columns."""
    rooms = [
        len(allowed)
        for key in draft.table.unique_keys
        if len(key.columns) == 1 and key.predicate is None and (allowed := branch.domain(key.columns[0]).allowed)
    ]
    return min(rooms, default=None)
