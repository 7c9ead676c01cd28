"""What a row takes over from its parents beside their keys: when they came to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from seedfast.constraints.domain import Relation
from seedfast.constraints.predicate import Op
from seedfast.plan.coming import comes_before_parent
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Lookup, Pick, ReferencePlan, Status
from seedfast.semantics.order import beginning, is_stretch, passing, periods, written

_MOST_PARENTS = 4
_BEFORE = (Op.LT, Op.LE)


@dataclass(frozen=True, slots=True)
class _Bound:
    """A moment of a parent that a row's own comes after, or before where it is ``upper``."""

    own: str
    reference: ReferencePlan
    theirs: str
    upper: bool = False


def after_parents(draft: Draft, drafts: Drafts) -> tuple[tuple[str, str], ...]:
    """Look up when a row's parents came to be; return pairs of that and the column that can't be earlier."""
    return tuple(_pair(draft, bound) for bound in _births(draft, drafts))


def within_wholes(draft: Draft, drafts: Drafts) -> tuple[tuple[str, str], ...]:
    """Look up when what a row lies in begins and ends, and when its parents were done away with; return pairs of
    moments, the earlier first.
    """
    return tuple(_pair(draft, bound) for bound in chain(_ends(draft, drafts), _deaths(draft, drafts)))


def follows_parents(draft: Draft, drafts: Drafts, name: str) -> bool:
    """Tell whether a column will be kept after moments of parents, and before nothing that is settled earlier."""
    for branch in draft.branches:
        if any(name in one.columns for one in branch.sums):
            return False
        pairs = [one for one in branch.relations if name in (one.left, one.right)]
        if not all(one.op in _BEFORE and one.left == name for one in map(_upwards, pairs)):
            return False
    return any(bound.own == name for bound in chain(_births(draft, drafts), _ends(draft, drafts)))


def _upwards(relation: Relation) -> Relation:
    """Return a relation with the smaller side first, where one of them is."""
    if relation.op not in (Op.GT, Op.GE):
        return relation
    return replace(relation, left=relation.right, op=relation.op.mirrored, right=relation.left)


def _births(draft: Draft, drafts: Drafts) -> Iterator[_Bound]:
    """Yield when a row's parents came to be, of the first few that say so."""
    begins = beginning(draft.table)
    if begins is None or begins not in draft.generators:
        return
    left = _MOST_PARENTS
    for reference in draft.references.values():
        parent = drafts[reference.parent]
        theirs = beginning(parent.table)
        if theirs is None or comes_before_parent(reference, parent):
            continue
        if left and known(parent, theirs) and _ready(draft, reference):
            left -= 1
            yield _Bound(begins, reference, theirs)


def _ends(draft: Draft, drafts: Drafts) -> Iterator[_Bound]:
    """Yield when what a row lies in begins and ends, for the row's own period or for when it came to be."""
    begins = beginning(draft.table)
    own: Sequence[tuple[str, ...]] = periods(draft.table) or (() if begins is None else ((begins,),))
    for reference in draft.references.values() if own else ():
        parent = drafts[reference.parent]
        if not is_stretch(draft.name, parent.name) or not _ready(draft, reference):
            continue
        types = {column.name: column.type.storage.name for column in parent.table.columns}
        spans = [span for span in periods(parent.table) if known(parent, span[1])]
        for columns in own:
            kind = draft.table.column(columns[-1]).type.storage.name
            begin, end = next((span for span in spans if types[span[1]] == kind), ("", ""))
            if end and known(parent, begin):
                yield _Bound(columns[0], reference, begin)
            if end:
                yield from (_Bound(column, reference, end, upper=True) for column in columns)


def _deaths(draft: Draft, drafts: Drafts) -> Iterator[_Bound]:
    """Yield when a row's parents were done away with: it was there before, and nothing was written since."""
    begins, last = beginning(draft.table), written(draft.table)
    own = [name for name in dict.fromkeys((begins, last)) if name is not None and name in draft.generators]
    for reference in draft.references.values() if own else ():
        parent = drafts[reference.parent]
        for theirs in passing(parent.table):
            if known(parent, theirs) and _ready(draft, reference):
                yield from (_Bound(name, reference, theirs, upper=True) for name in own)


def _pair(draft: Draft, bound: _Bound) -> tuple[str, str]:
    """Look a parent's moment up; return it and the row's own, the earlier first."""
    there = look_up(draft, bound.reference, bound.theirs)
    return (bound.own, there) if bound.upper else (there, bound.own)


def look_up(draft: Draft, reference: ReferencePlan, column: str, end: str = "", *, inherited: bool = False) -> str:
    """Give a parent's column, or an end of the range there, a name in the table, and return it."""
    name = f"{', '.join(reference.columns)} -> {reference.parent.name}.{column}{end and f' ({end})'}"
    draft.lookups[name] = Lookup(name, reference.name, column, end, inherited)
    return name


def _ready(draft: Draft, reference: ReferencePlan) -> bool:
    """Tell whether a reference leads to rows whose columns don't depend on this table's."""
    return reference.parent != draft.name and reference.pick is not Pick.HOME


def known(parent: Draft, column: str) -> bool:
    """Tell whether a parent's column has its values: it is stored, or has been planned before."""
    if parent.status is Status.PARENT:
        return parent.table.privileges.select
    generators = parent.generators.get(column)
    return parent.status is Status.FILL and generators is not None and any(g.kind != "null" for g in generators)
