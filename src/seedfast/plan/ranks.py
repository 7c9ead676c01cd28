"""Positions that are dense among the rows of a parent, and flags that exactly one of them has."""

from __future__ import annotations

from math import isqrt

from seedfast.constraints.domain import Domain
from seedfast.plan import cells, measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.figures import KIND, is_interval
from seedfast.plan.partial import MOST_RANKED
from seedfast.plan.rollups import MOST_PICKED, decides, reaches
from seedfast.plan.spec import GeneratorPlan, Pick, Rank, ReferencePlan, Status
from seedfast.semantics.ranks import counts_from_one, is_single
from seedfast.semantics.tables import subject_role
from seedfast.semantics.words import words

FIRST = "figure.first"
"""The kind of value that is true of the first row of a parent."""


def rank(drafts: Drafts) -> None:
    """Number the rows of each parent where a column says so, and let one of them be the default.

    Only where the table holds no rows: those that it holds have places that aren't read.
    """
    for draft in drafts.values():
        if draft.status is not Status.FILL or draft.existing or draft.rows > MOST_RANKED:
            continue
        for column in draft.table.columns:
            position = counts_from_one(draft.table, column)
            if not position and not is_single(draft.table, column):
                continue
            owner = _owner(draft, column.name)
            if owner is None or not _is_free(draft, column.name, owner):
                continue
            if position and not _has_room(draft, drafts, column.name, owner):
                continue
            _plan(draft, drafts, column.name, owner, position=position)


def _owner(draft: Draft, name: str) -> ReferencePlan | None:
    """Return the reference to what a row is a part of, None where several may be meant."""
    keys = [set(key.columns) for key in draft.table.unique_keys if name in key.columns]
    found = [
        one
        for one in draft.references.values()
        if one.pick is not Pick.HOME
        and one.parent != draft.name
        and not any(one.null_permille)
        and all(draft.owners.get(each, ("",))[0] == one.name for each in one.columns)
    ]
    if keys:
        found = [one for one in found if all(set(one.columns) <= key for key in keys)]
    if len(found) > 1:
        own = words(draft.name.name)
        named = [one for one in found if own[: len(words(one.parent.name))] == words(one.parent.name)]
        persons = [one for one in found if subject_role(words(one.parent.name)) in ("person", "company")]
        found = named if len(named) == 1 else persons
    return found[0] if len(found) == 1 else None


def _is_free(draft: Draft, name: str, owner: ReferencePlan) -> bool:
    """Tell whether nothing but keys that tell a parent's rows apart decides on a column."""
    made = draft.generators.get(name)
    if made is None or name in draft.referenced | draft.overrides.keys():
        return False
    for key in draft.table.unique_keys:
        read = {each for part in key.parts for each in part.columns} - set(key.columns)
        if name in key.predicate_columns or name in read:
            return False
        if name in key.columns and not set(owner.columns) <= set(key.columns):
            return False
        if name in key.columns and any(name in row.cells for row in draft.given):
            # Places know nothing of those that are given, and may meet them.
            return False
    if {one.kind for one in made} & {"accepted", "null", "number.serial"}:
        return False
    if any(decides(branch, name) for branch in draft.branches):
        return False
    return not draft.table.exclusions


def _has_room(draft: Draft, drafts: Drafts, name: str, owner: ReferencePlan) -> bool:
    """Tell whether a column holds the numbers of as many rows as a parent is expected to have."""
    column = draft.table.column(name)
    unit = measures.unit_of(column.type) or ""
    most = MOST_PICKED * (draft.rows // max(1, isqrt(drafts[owner.parent].total)) + 1)
    digit = draft.digits.get(f"column {name}")
    if digit is not None:
        # No parent has more rows than the key has values for this column.
        most = min(most, next(key.radices[digit.position] for key in draft.keys if key.name == digit.key))
    for domain in draft.domains(name):
        low, high = measures.widest(domain, unit, 1, measures.type_limits(column.type))
        if not is_interval(domain) or low > 1 or high < most:
            return False
    return True


def _plan(draft: Draft, drafts: Drafts, name: str, owner: ReferencePlan, *, position: bool) -> None:
    if not position and any(not _says_nothing(domain) for domain in draft.domains(name)):
        return
    if reaches(drafts, [(draft.name, "")], (draft.name, name)):
        return
    called = f"place among those of its {owner.parent.name}"
    if called in draft.ranks and draft.ranks[called].reference != owner.name:
        return
    draft.ranks[called] = Rank(called, owner.name)
    draft.digits.pop(f"column {name}", None)
    made = GeneratorPlan(FIRST, {"column": called})
    if position:
        unit = measures.unit_of(draft.table.column(name).type) or ""
        ends = measures.type_limits(draft.table.column(name).type)
        low, high = (cells.parameter(unit, cells.worth(end)) for end in ends)
        terms = [{"of": [{"column": called}], "factor": "1"}]
        made = GeneratorPlan(KIND, {"unit": "integer", "terms": terms, "floor": low, "ceiling": high})
    draft.generators[name] = (made,) * len(draft.branches)
    draft.reasons[name] = called if position else f"true of the first {called.removeprefix('place ')}"


def _says_nothing(domain: Domain) -> bool:
    return is_interval(domain) and domain.low is None and domain.high is None
