"""Rows that come after those of their own table which they point at, or lie within them."""

from __future__ import annotations

from collections.abc import Iterator

from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.partial import MOST_RANKED
from seedfast.plan.rollups import reaches
from seedfast.plan.spec import Pick, ReferencePlan, Roots
from seedfast.semantics.order import beginning, periods
from seedfast.semantics.succession import Succession, succession

_LONGEST_CHAIN = 1_000
"""So many rows may each point at the one before: what they hold is worked out row by row."""


def after_own_rows(draft: Draft, drafts: Drafts) -> tuple[tuple[str, str], ...]:
    """Look up when the row of its own table began that a row points at, and when it ended where that matters; return
    pairs of such a moment and the row's own, the earlier first.
    """
    return tuple(
        pair for reference in _upwards(draft) for pair in _pairs(draft, reference) if not _circles(draft, drafts, pair)
    )


def _upwards(draft: Draft) -> Iterator[ReferencePlan]:
    """Yield the references of which it is settled, before any moment is, which earlier row they lead to."""
    if draft.rows > MOST_RANKED:
        return
    for reference in draft.references.values():
        if reference.parent != draft.name or reference.digit is not None or reference.roots_point is Roots.RING:
            continue
        chain = reference.pick is Pick.PREVIOUS and draft.rows <= _LONGEST_CHAIN
        if chain or reference.pick is Pick.EARLIER or reference.matching:
            yield reference


def _pairs(draft: Draft, reference: ReferencePlan) -> Iterator[tuple[str, str]]:
    stands, begins = succession(reference.columns), beginning(draft.table)
    if stands is Succession.ANYWHEN:
        return
    spans = [span for span in periods(draft.table) if known(draft, span[0]) and known(draft, span[1])]
    if begins is not None and begins in draft.generators and known(draft, begins):
        there = look_up(draft, reference, begins, inherited=True)
        yield (begins, there) if stands is Succession.EARLIER else (there, begins)
    for start, end in spans:
        if stands is Succession.INSIDE:
            yield look_up(draft, reference, start, inherited=True), start
            yield end, look_up(draft, reference, end, inherited=True)
        elif stands is Succession.NEXT:
            yield look_up(draft, reference, end, inherited=True), start


def _circles(draft: Draft, drafts: Drafts, pair: tuple[str, str]) -> bool:
    """Tell whether the picks of the table's rows hang on the moment that would hang on them."""
    own = next(name for name in pair if name not in draft.lookups)
    return reaches(drafts, [(draft.name, "")], (draft.name, own))
