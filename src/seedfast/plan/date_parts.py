"""Columns that hold parts of a date beside it: a calendar's quarter and month, a person's year of birth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from seedfast.constraints.branches import holds
from seedfast.constraints.domain import Domain, Nullness
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.semantics.date_parts import DatePart, date_parts

KIND = "time.part"
"""The kind of value that is part of a date."""

_RANGES = {
    "year": (1900, 2100),
    "quarter": (1, 4),
    "month": (1, 12),
    "week": (1, 53),
    "day": (1, 31),
    "day_of_year": (1, 366),
    "iso_weekday": (1, 7),
    "weekday": (0, 6),
    "hour": (0, 23),
}

_LONGEST_NAME = len("Wednesday")


def tell_dates(draft: Draft) -> None:
    """Let columns that are called parts of a date be parts of that, where their constraints have room for all."""
    for found in date_parts(draft.table):
        part = next((part for part in _ways(found.part) if _fits(draft, found, part)), None)
        if part is None:
            continue
        if not draft.nullable(found.column):
            made = draft.generators[found.date]
            draft.generators[found.date] = tuple(replace(one, null_permille=0) for one in made)
        told = GeneratorPlan(KIND, {"column": found.date, "part": part})
        draft.generators[found.column] = (told,) * len(draft.branches)
        draft.reasons[found.column] = f"part of {found.date}"


def _ways(part: str) -> Iterator[str]:
    yield part
    if part == "iso_weekday":
        yield "weekday"


def _fits(draft: Draft, found: DatePart, part: str) -> bool:
    """Tell whether a column may hold every such part, and whether nothing else decides on it or hangs on it."""
    made, dates = draft.generators.get(found.column), draft.generators.get(found.date)
    if made is None or dates is None or {"null", "constant", "accepted"} & {one.kind for one in (*made, *dates)}:
        return False
    if found.column in draft.referenced | draft.overrides.keys() or f"column {found.column}" in draft.digits:
        return False
    if any(found.column in (*key.columns, *key.predicate_columns) for key in draft.table.unique_keys):
        return False
    related = {name for branch in draft.branches for one in branch.relations for name in (one.left, one.right)}
    related |= {name for branch in draft.branches for one in branch.sums for name in one.columns}
    if found.column in related:
        return False
    return all(_roomy(domain, part) for domain in draft.domains(found.column))


def _roomy(domain: Domain, part: str) -> bool:
    loose = replace(domain, nullness=Nullness.MAYBE, sources=())
    if part not in _RANGES:
        width = loose.max_length
        return replace(loose, max_length=None) == Domain() and (width is None or width >= _LONGEST_NAME)
    return all(holds(loose, number) is not False for number in _RANGES[part])
