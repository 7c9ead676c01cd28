"""What a table's triggers demand of its rows beside their parents: bounds that these set, what they hand down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from seedfast.constraints.comparisons import Comparison, climbing, comparisons
from seedfast.constraints.domain import Aspect, Part, Place, Relation, Tie
from seedfast.constraints.predicate import Op
from seedfast.constraints.rising import Rising
from seedfast.model.types import TypeForm
from seedfast.names import QualifiedName
from seedfast.plan import measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.options import Agreement
from seedfast.plan.spec import Pick, ReferencePlan

_SPAN = re.compile(r'\(?\w+range\((\w+|"[^"]+"), (\w+|"[^"]+")[,)]')
"""What a generated range is made of."""


def demanded(draft: Draft, drafts: Drafts) -> tuple[Comparison, ...]:
    """Return what triggers compare of a table's rows with their parents, as far as the sources tell."""

    return comparisons(draft.table, partial(_columns, drafts))


def climbs(draft: Draft, drafts: Drafts) -> tuple[Rising, ...]:
    """Return the columns that triggers want above those of the rows before, as far as the sources tell."""
    return climbing(draft.table, partial(_columns, drafts))


def _columns(drafts: Drafts, name: QualifiedName) -> frozenset[str]:
    return frozenset(column.name for column in drafts[name].table.columns) if name in drafts else frozenset()


def bounded(draft: Draft, drafts: Drafts) -> Iterator[Relation]:
    """Yield, for columns that triggers want on one side of a parent's column, that relation to a lookup of it."""
    for one in demanded(draft, drafts):
        reference = draft.references.get(one.key)
        if one.relation.op in (Op.EQ, Op.NE) or one.column not in draft.generators or reference is None:
            continue
        if measures.unit_of(draft.table.column(one.column).type) is not None:
            there = _looked_up(draft, drafts[reference.parent], reference, one)
            if there:
                yield replace(one.relation, right=there)


def enclosed(draft: Draft, drafts: Drafts) -> Iterator[Tie]:
    """Yield, for ranges that triggers want on one side of a parent's column, that of the end that is nearer to it."""
    excluded = {part for one in draft.table.exclusions for each, _ in one.parts for part in each.columns}
    for one in demanded(draft, drafts):
        reference, op = draft.references.get(one.key), one.relation.op
        spanning = draft.table.column(one.column).type.storage.form is TypeForm.RANGE and one.column not in excluded
        if reference is None or not spanning or op in (Op.EQ, Op.NE) or one.column not in draft.generators:
            continue
        there = _looked_up(draft, drafts[reference.parent], reference, one)
        if there:
            later = op in (Op.GE, Op.GT)
            part = Part((), Aspect.LOWER if later else Aspect.UPPER)
            yield Tie(Place(one.column, part), Op.GE if later else Op.LE, Place(there), "")


def _looked_up(draft: Draft, parent: Draft, reference: ReferencePlan, one: Comparison) -> str:
    """Look up what a column is compared with: a parent's column, or an end of one; empty where that isn't known."""
    column, end = parent.table.column(one.theirs), one.end
    made_of = _SPAN.match(column.generated or "") if end else None
    if made_of is not None:
        name = made_of[1 if end == "lower" else 2].strip('"')
        found = [each for each in parent.table.columns if each.name == name]
        if not found:
            return ""
        column, end = found[0], ""
    kind = (column.type.storage.element or column.type) if end else column.type
    if measures.unit_of(kind) is None or reference.pick is Pick.HOME or not known(parent, column.name):
        return ""
    return look_up(draft, reference, column.name, end)


def handed_down(draft: Draft, drafts: Drafts, column: str, reference: ReferencePlan) -> str | None:
    """Return the parent's column that holds what triggers want a column to hold."""
    same = (one for one in demanded(draft, drafts) if one.column == column and one.relation.op is Op.EQ and not one.end)
    return next((one.theirs for one in same if one.key == reference.name), None)


def agreeing(draft: Draft, drafts: Drafts) -> tuple[Agreement, ...]:
    """Return what the parents of a row have in common because triggers want both to hold what the row itself does."""
    same = [
        one
        for one in demanded(draft, drafts)
        if one.relation.op is Op.EQ and not one.end and one.key in draft.references
    ]
    found = []
    for number, one in enumerate(same):
        first = next((other for other in same[:number] if other.column == one.column and other.key != one.key), None)
        if first is not None:
            found.append(Agreement(one.key, one.theirs, first.key, first.theirs))
            continue
        owner = draft.owners.get(one.column)
        if owner is not None and owner[0] != one.key and owner[0] in draft.references:
            found.append(Agreement(owner[0], owner[1], one.key, one.theirs))
    return tuple(found)
