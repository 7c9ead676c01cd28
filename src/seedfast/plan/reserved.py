"""Numbers that constraints reserve for rows of their own, such as the user whose id is 1: rows count on behind them."""

from __future__ import annotations

from collections.abc import Sequence

from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.plan.draft import Draft


def without_reserved(draft: Draft, branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """Return the branches without those in which a column that counts has fewer numbers than there will be rows.

    All are returned where every branch is like that. Bounds of partitions are no reserves, and roots must be there.
    """
    cut = draft.table.partitioning.columns if draft.table.partitioning is not None else ()
    for column in draft.table.columns:
        if column.sequence is None or column.name in cut or column.sequence.increment < 0:
            continue
        start = column.sequence.start
        room = [_room(branch.domain(column.name), start) for branch in branches]
        needed = draft.existing + draft.rows
        if any(each is None for each in room):
            branches = tuple(
                branch
                for branch, each in zip(branches, room, strict=True)
                if each is None or each >= needed or _is_root(draft, branch)
            )
    return branches


def _is_root(draft: Draft, branch: Branch) -> bool:
    """Tell whether rows of a branch are what others of a tree come down from."""
    own = (name for key in draft.table.foreign_keys if key.parent == draft.name for name in key.columns)
    return any(branch.domain(name).nullness is Nullness.ALWAYS for name in own)


def _room(domain: Domain, start: int) -> int | None:
    """Return how many numbers from ``start`` on a domain takes, None for no end of them."""
    if domain.nullness is Nullness.ALWAYS:
        return None
    if domain.allowed is not None:
        return len(domain.allowed)
    if domain.high is None or not isinstance(domain.high.value, int):
        return None
    return domain.high.value - start + domain.high.inclusive


def first_free(domains: Sequence[Domain], start: int, step: int, needed: int) -> int:
    """Return the number from which on rows count so that they meet none that a domain excludes, nor any below it."""
    if step < 0:
        return start
    lows = [d.low.value + (not d.low.inclusive) for d in domains if d.low is not None and isinstance(d.low.value, int)]
    first = max([start, *(start - (start - low) // step * step for low in lows)])
    for value in sorted(v for d in domains for v in d.excluded if isinstance(v, int)):
        if first <= value < first + needed * step and (value - first) % step == 0:
            first = value + step
    return first
