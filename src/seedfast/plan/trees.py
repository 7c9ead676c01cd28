"""Columns of trees: depths, nested sets and paths agree with where the rows' parents are."""

from __future__ import annotations

from typing import Any

from seedfast.plan import cells, measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.figures import KIND, is_interval
from seedfast.plan.partial import MOST_RANKED
from seedfast.plan.rollups import decides, reaches
from seedfast.plan.spec import GeneratorPlan, Grown, Pick, ReferencePlan, Roots, Status
from seedfast.semantics.numbers import INTEGERS
from seedfast.semantics.trees import Spot, label, leads_up, spots

_DEEPEST = 60
"""So deep no tree grows whose rows point at earlier ones by lot."""

_NEEDED = {**dict.fromkeys(("int2", "int4", "int8"), 200), **dict.fromkeys(("text", "varchar", "citext"), 500)}
_MOST_NEEDED = 1_000
"""So many characters a path needs by the type of what rows are called, 1,000 where they are called anything else."""


def grow(drafts: Drafts) -> None:
    """Let columns tell where in its tree a row is, in tables that hold no rows yet and have none of the user's own."""
    for draft in drafts.values():
        reference = _upwards(draft)
        if reference is None:
            continue
        found = {name: spot for name, spot in spots(draft.table).items() if _is_free(draft, name, spot)}
        for name, spot in found.items():
            other = {Spot.LEFT: Spot.RIGHT, Spot.RIGHT: Spot.LEFT, Spot.NUMBER: Spot.LEFT}.get(spot)
            if other is None or other in found.values():
                _plan(draft, drafts, name, spot, reference, apart=Spot.NUMBER in found.values())


def _upwards(draft: Draft) -> ReferencePlan | None:
    """Return the only reference that makes a tree of a table's rows, None where there is none."""
    if draft.status is not Status.FILL or draft.existing or draft.given or draft.rows > MOST_RANKED:
        return None
    own = [one for one in draft.references.values() if one.parent == draft.name]
    if len(own) != 1 or own[0].pick is not Pick.EARLIER or len(own[0].columns) != 1:
        return None
    return own[0] if own[0].roots_point is not Roots.RING and leads_up(own[0].columns[0]) else None


def _is_free(draft: Draft, name: str, spot: Spot) -> bool:
    """Tell whether nothing but a span of values is settled about a column, and of a path that it is distinct."""
    made = draft.generators.get(name)
    if made is None or name in draft.referenced | draft.overrides.keys():
        return False
    keys = [key for key in draft.table.unique_keys if name in (*key.columns, *key.predicate_columns)]
    # A path ends with what its row is called by, and no other is called so.
    distinct = spot is Spot.PATH and all(key.columns == (name,) and not key.predicate for key in keys)
    if (keys and not distinct) or draft.table.exclusions:
        return False
    if {one.kind for one in made} & {"accepted", "null"} or any(decides(branch, name) for branch in draft.branches):
        return False
    return all(map(is_interval, draft.domains(name)))


def _plan(draft: Draft, drafts: Drafts, name: str, spot: Spot, reference: ReferencePlan, *, apart: bool) -> None:
    called = f"{spot} by {reference.columns[0]}"
    grown: Grown | None
    made: GeneratorPlan | None
    if spot in (Spot.PATH, Spot.ANCESTRY):
        grown, made = _path(draft, name, called, spot, reference), GeneratorPlan("relative.equal", {"column": called})
    else:
        start = _start(draft, name) if spot is Spot.DEPTH else 0
        grown = Grown(called, reference.name, spot.value, apart=apart, start=start)
        made = _number(draft, name, called, start + _DEEPEST if spot is Spot.DEPTH else 2 * draft.rows, start)
    if grown is None or made is None:
        return
    labels = [] if grown.label is None else [(draft.name, grown.label)]
    if not reaches(drafts, [(draft.name, ""), *labels], (draft.name, name)):
        draft.digits.pop(f"column {name}", None)
        draft.grown[called] = grown
        draft.generators[name] = (made,) * len(draft.branches)
        draft.reasons[name] = f"its {spot} in the tree of {reference.columns[0]}"


def _start(draft: Draft, name: str) -> int:
    """Return the depth of a root: 1 where levels are counted by themselves or nothing less is allowed, else 0."""
    nested = Spot.LEFT in spots(draft.table).values()
    if nested or name.lower().endswith("depth"):
        return int(_ends(draft, name)[0] == 1)
    return 1


def _ends(draft: Draft, name: str) -> tuple[Any, Any]:
    """Return the least and the greatest number that a column may hold in all branches."""
    column = draft.table.column(name)
    unit = measures.unit_of(column.type) or ""
    limits = measures.type_limits(column.type)
    spans = [measures.widest(domain, unit, 1, limits) for domain in draft.domains(name)]
    return max(low for low, _ in spans), min(high for _, high in spans)


def _number(draft: Draft, name: str, called: str, most: int, least: int) -> GeneratorPlan | None:
    """Return the generator of a number, None where the column has no room for it."""
    low, high = _ends(draft, name)
    if low > least or high < most:
        return None
    unit = measures.unit_of(draft.table.column(name).type) or ""
    ends = measures.type_limits(draft.table.column(name).type)
    floor, ceiling = (cells.parameter(unit, cells.worth(end)) for end in ends)
    terms = [{"of": [{"column": called}], "factor": "1"}]
    return GeneratorPlan(KIND, {"unit": "integer", "terms": terms, "floor": floor, "ceiling": ceiling})


def _path(draft: Draft, name: str, called: str, spot: Spot, reference: ReferencePlan) -> Grown | None:
    """Return the path of a row, None where its column is too short or can't hold what rows are called."""
    storage = draft.table.column(name).type.storage
    own = label(draft.table, reference.parent_columns[0])
    if not any(key.columns == (own.name,) and not key.predicate for key in draft.table.unique_keys):
        own = draft.table.column(reference.parent_columns[0])
    tree = storage.name == "ltree"
    needed = _NEEDED.get(own.type.storage.name, _MOST_NEEDED)
    if (tree and own.type.storage.name not in INTEGERS) or (storage.length is not None and storage.length < needed):
        return None
    if own.name not in draft.generators or any(one.kind == "null" for one in draft.generators[own.name]):
        return None
    if spot is Spot.ANCESTRY and not draft.nullable(name):
        return None
    slugs = own.name != reference.parent_columns[0]
    lead = "/" if slugs and spot is Spot.PATH else ""
    return Grown(called, reference.name, spot.value, own.name, "." if tree else "/", lead)
