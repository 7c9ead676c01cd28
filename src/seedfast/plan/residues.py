"""Parts of unique keys that count no more than they must: moments that follow the parents, what many have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence

from seedfast.model.table import UniqueKey
from seedfast.plan import measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import follows_parents
from seedfast.plan.pooled import together
from seedfast.plan.units import Unit, is_common, is_moment

_KINDS = frozenset({"time.timestamp", "time.date"})
"""Kinds of moments that may be anywhere between two others."""

_SLACK = 2
"""How many times as many combinations a key counts as there are rows, where a moment is one part of it."""

_BEST_KNOWN = 8
"""So many currencies, languages or countries are in use wherever any are."""

_STEPS = frozenset({"step_us", "step_days"})


def may_follow(draft: Draft, drafts: Drafts, unit: Unit, key: UniqueKey) -> bool:
    """Tell whether a part of a key is a moment that is to follow the row's parents and may lie anywhere beyond them."""
    name = unit.column
    if name is None or name not in key.columns or not is_moment(draft, unit) or len(together(draft, name)) > 1:
        return False
    for generator, domain in zip(draft.generators[name], draft.domains(name), strict=True):
        bound = domain.high is not None or domain.allowed is not None or domain.parts or domain.excluded
        if bound or generator.kind not in _KINDS or _STEPS & generator.params.keys():
            return False
    return follows_parents(draft, drafts, name)


def is_day_of(draft: Draft, drafts: Drafts, unit: Unit, free: Sequence[Unit], key: UniqueKey) -> bool:
    """Tell whether a part of a key is a day that follows parents, which the key tells apart, too."""
    day = measures.unit_of(draft.table.column(unit.column or "").type) == "date"
    return day and any(other.reference for other in free) and may_follow(draft, drafts, unit, key)


def by_residue(
    draft: Draft, loose: Sequence[Unit], bases: Sequence[tuple[str | None, int]]
) -> list[tuple[str | None, int]]:
    """Return how many values each part of a key counts, as few as will do where it may follow the row's parents."""
    names = {unit.column for unit in loose}
    least = _least(draft, [base for name, base in bases if name not in names])
    draft.residues |= {name: least for name in names if name is not None}
    return [(name, least if name in names else base) for name, base in bases]


def by_popularity(
    draft: Draft, units: Sequence[Unit], bases: Sequence[tuple[str | None, int]]
) -> list[tuple[str | None, int]]:
    """Return how many values each part of a key counts, no more than the best known of what many have in common."""
    names = {unit.column for unit in units if unit.column is not None and is_common(draft, unit)}
    least = max(_least(draft, [base for name, base in bases if name not in names]), _BEST_KNOWN)
    return [(name, min(base, least) if name in names else base) for name, base in bases]


def _least(draft: Draft, others: Sequence[int]) -> int:
    """Return how many values a part of a key needs beside those of so many values each."""
    needed = draft.existing + draft.rows
    spare = needed if draft.existing else 0
    room = math.prod(base for base in others if base)
    return max(-(-_SLACK * (needed + spare) // room) if others else needed + spare, 1)
