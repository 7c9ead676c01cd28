"""Branches that only cut up what a row's parents bound: the years of a partitioned table are one stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from seedfast.constraints.domain import Branch, Domain
from seedfast.constraints.predicate import Op
from seedfast.model.types import SqlType
from seedfast.plan import measures
from seedfast.plan.demands import demanded
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Status
from seedfast.plan.states import weigh


def unite(drafts: Drafts) -> None:
    """Put branches together again in which a column that triggers bound by a parent has neighbouring intervals.

    A row that took one of them before its parent is known would have no value that fits both.
    """
    for draft in drafts.values():
        if draft.status is not Status.FILL or len(draft.branches) < 2:
            continue
        names = {one.column for one in demanded(draft, drafts) if one.relation.op not in (Op.EQ, Op.NE)}
        branches = _united(draft, sorted(names))
        if len(branches) < len(draft.branches):
            draft.branches = branches
            draft.branch_plans = tuple(weigh(draft, branches))


def _united(draft: Draft, names: Iterable[str]) -> tuple[Branch, ...]:
    found = list(draft.branches)
    for name in names:
        kind = draft.table.column(name).type
        waiting, found = found, []
        while waiting:
            branch = waiting.pop(0)
            for place, other in enumerate(waiting):
                joined = _joined(branch, other, name, kind) or _joined(other, branch, name, kind)
                if joined is not None:
                    waiting[place] = joined
                    break
            else:
                found.append(branch)
    return tuple(found)


def _joined(first: Branch, second: Branch, name: str, kind: SqlType) -> Branch | None:
    """Return what two branches leave together, None where they differ in more than neighbouring intervals."""
    one, other = first.domain(name), second.domain(name)
    if not _meet(one, other, kind) or _endless(one) != _endless(other):
        return None
    whole = replace(one, high=other.high, sources=tuple(dict.fromkeys((*one.sources, *other.sources))))
    sides = [replace(branch, domains={**branch.domains, name: whole}) for branch in (first, second)]
    return sides[0] if sides[0] == sides[1] else None


def _meet(one: Domain, other: Domain, kind: SqlType) -> bool:
    """Tell whether one domain ends where the other begins."""
    if one.high is None or other.low is None:
        return False
    if one.high.value == other.low.value:
        return one.high.inclusive is not other.low.inclusive
    unit = measures.unit_of(kind)
    if unit not in ("date", "integer"):
        return False
    step = measures.step_of(kind, unit)
    last, first = (measures.widest(each, unit, step, (None, None)) for each in (one, other))
    return bool(last[1] + step == first[0])


def _endless(domain: Domain) -> Domain:
    """Return what a domain says but for its ends."""
    return replace(domain, low=None, high=None, sources=())
