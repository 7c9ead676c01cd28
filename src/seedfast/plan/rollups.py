"""Columns that say what the rows which refer to theirs come to: counters, sums, averages, first and last moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from seedfast.constraints.domain import Branch
from seedfast.model.mentions import mentions
from seedfast.names import QualifiedName
from seedfast.plan import cells, measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.figures import KIND, is_interval, span_of
from seedfast.plan.parts import nested_inputs
from seedfast.plan.spec import Aggregate, GeneratorPlan, Pick, ReferencePlan, Rollup, Status
from seedfast.semantics.figures import roles
from seedfast.semantics.rollups import Children, Told, told

MOST_PICKED = 3
"""How many times more often than expected the most popular parent is taken to be picked."""

_ON_TOP = ("shipping", "tip", "fee", "tax")
_BEFORE_TOTALS = frozenset({"subtotal", "net"})

Node = tuple[QualifiedName, str]
"""A table's column; its picks, as one, where the name is empty."""


def roll_up(drafts: Drafts) -> None:
    """Let columns hold what the rows that refer to theirs come to, where nothing else decides on them.

    Rows that were there before the run are never changed: it is new rows of which anything is said, and only new rows
    refer to those.
    """
    referring = _referring(drafts)
    for draft, counted in ((draft, counted) for counted in (False, True) for draft in drafts.values()):
        if draft.status is not Status.FILL:
            continue
        children = {Children(child.table, name): (child, ref) for child, ref, name in referring[draft.name]}
        for one in told(draft.table, tuple(children)):
            child, reference = children[one.children]
            if one.counted is not counted or (counted and not _is_rolled_up(child, one.of[0])):
                continue
            if _is_free(draft, one.column) and _readable(child, one):
                _plan(draft, drafts, one, child, reference)


def _is_rolled_up(draft: Draft, name: str) -> bool:
    """Tell whether a column counts what refers to its rows."""
    return any(each in draft.rollups for one in draft.generators.get(name, ()) for each in nested_inputs(one.params))


def _referring(drafts: Drafts) -> Mapping[QualifiedName, list[tuple[Draft, ReferencePlan, str]]]:
    """Return the tables whose new rows refer to a table, with the column; not those whose triggers name the table."""
    kept = mentions(draft.table for draft in drafts.values())
    found: dict[QualifiedName, list[tuple[Draft, ReferencePlan, str]]] = {name: [] for name in drafts}
    for child in drafts.values():
        if child.status is not Status.FILL:
            continue
        for reference in child.references.values():
            name = reference.columns[-1]
            fills = child.owners.get(name, ("",))[0] == reference.name
            named = reference.parent in kept.get(child.name, ())
            if reference.parent in found and reference.pick is not Pick.HOME and fills and not named:
                found[reference.parent].append((child, reference, name))
    return found


def _is_free(draft: Draft, name: str) -> bool:
    """Tell whether nothing but a span of values is settled about a column."""
    made = draft.generators.get(name)
    if made is None or name in draft.referenced | draft.overrides.keys() or f"column {name}" in draft.digits:
        return False
    if any(name in key.columns or name in key.predicate_columns for key in draft.table.unique_keys):
        return False
    if {one.kind for one in made} & {"accepted", "null"}:
        return False
    return not any(decides(branch, name) for branch in draft.branches) and all(map(is_interval, draft.domains(name)))


def decides(branch: Branch, name: str) -> bool:
    """Tell whether other columns have a say in what a column may be in a branch."""
    tied = any(name in (tie.left.column, tie.right.column) for tie in branch.ties)
    related = any(name in (one.left, one.right) for one in branch.relations)
    return tied or related or any(name in one.columns for one in branch.sums)


def _readable(child: Draft, one: Told) -> bool:
    return all(name in child.generators for name in (*one.of, *one.less))


def _plan(draft: Draft, drafts: Drafts, one: Told, child: Draft, reference: ReferencePlan) -> None:
    unit = measures.unit_of(draft.table.column(one.column).type)
    inputs = [(child.name, name) for name in (*one.of, *one.less)]
    if unit is None or reaches(drafts, [(child.name, ""), *inputs], (draft.name, one.column)):
        return
    aggregate = Aggregate(one.aggregate)
    name = f"{aggregate.value} of {child.name.name}"
    if one.of:
        less = f" - {' x '.join(one.less)}" if one.less else ""
        name += f".{' x '.join(one.of)}{less}"
    name += f" by {', '.join(reference.columns)}"
    if aggregate in (Aggregate.AVERAGE, Aggregate.LEAST, Aggregate.GREATEST) and not draft.nullable(one.column):
        return
    rollup = _taken(draft, child, one, name, reference, aggregate, unit)
    if rollup is None:
        return
    params = _params(draft, one, child, rollup, unit)
    if params is None:
        return
    draft.rollups[name] = rollup
    on_top = _on_top(draft, one.column) if aggregate is Aggregate.SUM and unit == "decimal" else ()
    for each in on_top:
        params["terms"].append({"of": [{"column": each}], "factor": "1", "optional": True})
    made = GeneratorPlan("relative.equal", {"column": name}) if params == {} else GeneratorPlan(KIND, params)
    draft.generators[one.column] = (made,) * len(draft.branches)
    draft.reasons[one.column] = " + ".join((name, *on_top))


def _on_top(draft: Draft, column: str) -> tuple[str, ...]:
    """Return what a total holds beside the sum of its lines, such as shipping: money that nothing decides on."""
    for known in roles(draft.table).values():
        named = {role: one.name for role, one in known.items()}
        if column in (named.get("total"), named.get("gross")) and not named.keys() & _BEFORE_TOTALS:
            added = [named[role] for role in _ON_TOP if role in named]
            return tuple(name for name in added if _is_plain_money(draft, name))
    return ()


def _is_plain_money(draft: Draft, name: str) -> bool:
    scale = draft.table.column(name).type.storage.scale
    made = draft.generators.get(name, ())
    return bool(made) and scale == 2 and all(one.kind == "finance.amount" for one in made)


def _taken(
    draft: Draft, child: Draft, one: Told, name: str, reference: ReferencePlan, aggregate: Aggregate, unit: str
) -> Rollup | None:
    """Return the rollup, None where its values would have more digits than the column."""
    if aggregate is Aggregate.COUNT:
        return Rollup(name, child.name, reference.name, aggregate)
    if unit in ("date", "timestamp"):
        of = GeneratorPlan("relative.equal", {"column": one.of[0]})
        return Rollup(name, child.name, reference.name, aggregate, of, unit)
    theirs = child.table.column(one.of[-1]).type
    scale = _scale(draft.table.column(one.column).type.storage.scale, unit)
    own = measures.unit_of(theirs) or ""
    if unit == "float" or own == "float" or (aggregate is Aggregate.SUM and _scale(theirs.storage.scale, own) > scale):
        return None
    terms = [{"of": [{"column": each} for each in one.of], "factor": "1", "optional": bool(one.less)}]
    if one.less:
        terms.append({"of": [{"column": each} for each in one.less], "factor": "-1", "optional": True})
    measure = {"unit": "decimal" if scale else "integer"} | ({"scale": scale} if scale else {})
    of = GeneratorPlan(KIND, {**measure, "terms": terms})
    return Rollup(name, child.name, reference.name, aggregate, of, str(measure["unit"]), scale)


def _scale(scale: int | None, unit: str) -> int:
    if unit == "integer":
        return 0
    return 2 if scale is None else max(scale, 0)


def _params(draft: Draft, one: Told, child: Draft, rollup: Rollup, unit: str) -> dict[str, Any] | None:
    """Return the parameters of a column's sum, none where it holds the rollup itself; None where it has no room."""
    if unit in ("date", "timestamp"):
        return {}
    params: dict[str, Any] = {"unit": unit, "terms": [{"of": [{"column": rollup.name}], "factor": "1"}]}
    column = draft.table.column(one.column)
    if unit == "decimal":
        params["scale"] = _scale(column.type.storage.scale, unit)
    most = _most(draft, child, rollup, one)
    for branch in draft.branches:
        ends = measures.widest(
            branch.domain(one.column), unit, measures.step_of(column.type, unit), measures.type_limits(column.type)
        )
        floor, ceiling = (None if end is None else cells.worth(end) for end in ends)
        low = Fraction(0)
        if one.less or (rollup.aggregate is not Aggregate.COUNT and _low(child, one) < 0):
            low = -most if most is not None else Fraction(-1)
        if rollup.aggregate is Aggregate.AVERAGE:
            low = _low(child, one)
        if (floor is not None and low < floor) or (ceiling is not None and most is not None and most > ceiling):
            return None
        for side, end in (("floor", floor), ("ceiling", ceiling)):
            if end is not None:
                params[side] = cells.parameter(unit, end)
    return params


def _low(child: Draft, one: Told) -> Fraction:
    return min(span_of(child, name, made)[0] for name in one.of for made in child.generators[name])


def _most(draft: Draft, child: Draft, rollup: Rollup, one: Told) -> Fraction | None:
    """Return what a column is not expected to exceed, None where that isn't known."""
    # The density of picks falls as the root of the rank: the most popular parent has one in so many.
    most = Fraction(MOST_PICKED * (child.rows // max(1, isqrt(draft.total)) + 1))
    if rollup.aggregate is Aggregate.COUNT:
        return most
    each = Fraction(1)
    for name in one.of:
        spans = [span_of(child, name, made) for made in child.generators[name]]
        if any(high is None for _, high in spans):
            return None
        each *= max(high for _, high in spans if high is not None)
    return each if rollup.aggregate is Aggregate.AVERAGE else most * each


# Rings between columns.


def reaches(drafts: Drafts, starts: Sequence[Node], goal: Node) -> bool:
    """Tell whether some columns or picks hang on a column, at whatever remove."""
    waiting, seen = list(starts), set[Node]()
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        if node in seen or node[0] not in drafts or drafts[node[0]].status is not Status.FILL:
            continue
        seen.add(node)
        waiting += _behind(drafts, node)
    return False


def _behind(drafts: Drafts, node: Node) -> Iterator[Node]:
    """Yield what decides on a column, or on the picks of a table."""
    table, name = node
    draft = drafts[table]
    if not name:
        for reference in draft.references.values():
            yield from ((table, each) for each in (*reference.matching, *reference.agreeing))
            theirs = (*reference.parent_columns, *reference.agreeing.values())
            yield from ((reference.parent, each) for each in theirs)
            if reference.beyond is not None and reference.beyond.column is not None:
                yield reference.parent, reference.beyond.column
            if reference.home is not None:
                yield reference.parent, ""
    elif name in draft.lookups:
        lookup = draft.lookups[name]
        yield table, ""
        yield draft.references[lookup.reference].parent, lookup.parent_column
    elif name in draft.ranks:
        yield table, ""
    elif name in draft.grown:
        yield table, ""
        label = draft.grown[name].label
        if label is not None:
            yield table, label
    elif name in draft.rollups:
        rollup = draft.rollups[name]
        yield rollup.child, ""
        if rollup.of is not None:
            yield from ((rollup.child, each) for each in nested_inputs(rollup.of.params))
    elif name in draft.owners:
        reference_name, theirs_name = draft.owners[name]
        yield table, ""
        yield draft.references[reference_name].parent, theirs_name
    else:
        if f"column {name}" in draft.digits or any(key.shares for key in draft.keys):
            yield table, ""
        made = (*draft.generators.get(name, ()), *((draft.computed[name],) if name in draft.computed else ()))
        yield from ((table, each) for one in made for each in nested_inputs(one.params))
