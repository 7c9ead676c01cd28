"""Columns that triggers want above those of the rows before: bids, readings of meters, versions."""

from __future__ import annotations

from math import isqrt
from typing import Any

from seedfast.constraints.rising import Rising
from seedfast.plan import cells, measures
from seedfast.plan.demands import climbs
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.figures import RISING, is_interval, span_of
from seedfast.plan.lookups import known, look_up
from seedfast.plan.partial import MOST_RANKED
from seedfast.plan.rollups import MOST_PICKED, reaches
from seedfast.plan.spec import GeneratorPlan, Pick, Rank, ReferencePlan

_UNITS = frozenset({"integer", "decimal", "float", "date", "timestamp"})
_WHERE_NOTHING_SAYS = 1_000
"""How far apart two values lie where nothing says how far they go."""


def climb(draft: Draft, drafts: Drafts) -> None:
    """Let columns rise with a row's place among those of its parent.

    Only where the table holds no rows: those that it holds have places that aren't read.
    """
    if draft.existing or draft.rows > MOST_RANKED:
        return
    for one in climbs(draft, drafts):
        reference = draft.references.get(one.key)
        if reference is not None and _is_free(draft, drafts, one, reference):
            _plan(draft, drafts, one, reference)


def _is_free(draft: Draft, drafts: Drafts, one: Rising, reference: ReferencePlan) -> bool:
    """Tell whether a row's place is known, and nothing but an interval is settled about the column."""
    name, made = one.column, draft.generators.get(one.column)
    settled = all(draft.owners.get(each, ("",))[0] == reference.name for each in reference.columns)
    if made is None or not settled or reference.pick is Pick.HOME or reference.parent == draft.name:
        return False
    if any(reference.null_permille) or name in draft.referenced | draft.overrides.keys():
        return False
    if measures.unit_of(draft.table.column(name).type) not in _UNITS or {each.kind for each in made} & {"accepted"}:
        return False
    if any(name in key.columns and not set(reference.columns) <= set(key.columns) for key in draft.table.unique_keys):
        return False
    if any(name in row.columns for branch in draft.branches for row in branch.sums):
        return False
    if not all(known(drafts[reference.parent], each) for each in (*one.bases, *one.steps)):
        return False
    return all(map(is_interval, draft.domains(name))) and not reaches(drafts, [(draft.name, "")], (draft.name, name))


def _plan(draft: Draft, drafts: Drafts, one: Rising, reference: ReferencePlan) -> None:
    name = one.column
    place = f"place among those of its {reference.parent.name}"
    if place in draft.ranks and draft.ranks[place].reference != reference.name:
        return
    draft.ranks[place] = Rank(place, reference.name)
    draft.digits.pop(f"column {name}", None)
    draft.residues.pop(name, None)
    most = MOST_PICKED * (draft.rows // max(1, isqrt(drafts[reference.parent].total)) + 1)
    above, by = ([{"column": look_up(draft, reference, each)} for each in names] for names in (one.bases, one.steps))
    params = {"column": place, "least": one.least, **({"above": above} if above else {}), **({"by": by} if by else {})}
    draft.generators[name] = tuple(
        GeneratorPlan(RISING, {**params, **_measured(draft, one, number, made, most)}, made.null_permille)
        for number, made in enumerate(draft.generators[name])
    )
    draft.reasons[name] = f"rises with its {place}, as a trigger demands"


def _measured(draft: Draft, one: Rising, number: int, made: GeneratorPlan, most: int) -> dict[str, Any]:
    """Return where the values of a column begin, in which steps they rise, and how far."""
    kind = draft.table.column(one.column).type
    unit = measures.unit_of(kind) or ""
    step = measures.step_of(kind, unit)
    floor, ceiling = measures.widest(draft.branches[number].domain(one.column), unit, step, measures.type_limits(kind))
    low, high = span_of(draft, one.column, made)
    found: dict[str, Any] = {"unit": unit}
    for end, at in (("floor", floor), ("ceiling", ceiling)):
        found |= {} if at is None else {end: measures.written(unit, at)}
    if unit == "decimal":
        found["scale"] = kind.storage.scale if kind.storage.scale is not None else made.params.get("scale", 2)
        found["precision"] = kind.storage.precision or 38
    if one.dense or one.bases:
        low = cells.worth(measures.read(unit, 0)) if unit in ("integer", "decimal", "float") else low
    wide = (high - low) / most if high is not None and high > low else None
    width = 1
    if not (one.dense or one.steps):
        room = int(wide) if wide is not None else _WHERE_NOTHING_SAYS
        width = 10 ** (len(str(room)) - 1) if room > 0 else 1
    found |= {"low": cells.parameter(unit, low), "high": cells.parameter(unit, low if high is None else high)}
    return {**found, "step": str(width) if unit == "decimal" else width}
