"""What a table's triggers demand of its rows beside their parents: bounds that these set, what they hand down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from seedfast.constraints.comparisons import Comparison, climbing, comparisons
from seedfast.constraints.domain import Relation
from seedfast.constraints.predicate import Op
from seedfast.constraints.rising import Rising
from seedfast.names import QualifiedName
from seedfast.plan import measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.options import Agreement
from seedfast.plan.spec import Pick, ReferencePlan


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
        parent = drafts[reference.parent]
        types = draft.table.column(one.column).type, parent.table.column(one.theirs).type
        units = [measures.unit_of(each) for each in types]
        if None not in units and reference.pick is not Pick.HOME and known(parent, one.theirs):
            yield replace(one.relation, right=look_up(draft, reference, one.theirs))


def handed_down(draft: Draft, drafts: Drafts, column: str, reference: ReferencePlan) -> str | None:
    """Return the parent's column that holds what triggers want a column to hold."""
    same = (one for one in demanded(draft, drafts) if one.column == column and one.relation.op is Op.EQ)
    return next((one.theirs for one in same if one.key == reference.name), None)


def agreeing(draft: Draft, drafts: Drafts) -> tuple[Agreement, ...]:
    """Return what the parents of a row have in common because triggers want both to hold what the row itself does."""
    same = [one for one in demanded(draft, drafts) if one.relation.op is Op.EQ and one.key in draft.references]
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
