"""What is planned begins on the quarter of an hour, and what one goes to an office for at its hours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.semantics.order import is_by_daylight, lasts, takes_place

_QUARTER = 900
_SECOND = 1_000_000


def keep_hours(draft: Draft) -> None:
    """Let what lasts for some minutes or hours begin and end on quarters of an hour, by daylight where it is work."""
    found = takes_place(draft.table)
    if found is None or lasts(draft.table) is None:
        return
    for name, begins in zip(found, (True, False), strict=True):
        if name is None or name not in draft.generators or name in draft.overrides or name in draft.residues:
            continue
        if f"column {name}" in draft.digits or not draft.table.column(name).type.storage.name.startswith("timestamp"):
            continue
        shape = {"shape": "business"} if begins and is_by_daylight(draft.table) else {}
        draft.generators[name] = tuple(_on_quarters(made, shape) for made in draft.generators[name])


def _on_quarters(made: GeneratorPlan, shape: dict[str, Any]) -> GeneratorPlan:
    if made.kind == "time.timestamp":
        return replace(made, params={**made.params, **shape, "step_us": _QUARTER * _SECOND})
    if made.kind == "relative.between" and made.params["unit"] == "timestamp":
        return replace(made, params={**made.params, **shape, "step": _QUARTER})
    return made
