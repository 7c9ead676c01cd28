"""Rows that many others point at have been there for longer."""

from __future__ import annotations

from dataclasses import replace

from seedfast.plan.draft import Draft
from seedfast.plan.spec import STANDING
from seedfast.semantics.order import beginning

_MOMENTS = frozenset({"time.timestamp", "time.date"})


def age(draft: Draft) -> None:
    """Let rows to which many others refer have come to be earlier than most: those that refer to them come after.

    Without that what points at popular parents crowds at the end of time, since one of these came lately.
    """
    begins = beginning(draft.table)
    if begins is None or begins not in draft.generators or not draft.referenced or begins in draft.overrides:
        return
    if f"column {begins}" in draft.digits or begins in draft.residues:
        return
    draft.generators[begins] = tuple(
        replace(made, params={**made.params, "standing": {"column": STANDING}})
        if made.kind in _MOMENTS or (made.kind == "relative.between" and made.params["unit"] in ("date", "timestamp"))
        else made
        for made in draft.generators[begins]
    )
