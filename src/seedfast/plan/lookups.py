"""What a row takes over from its parents beside their keys: when they came to be."""

from __future__ import annotations

from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Lookup, Pick, ReferencePlan, Status
from seedfast.semantics.order import beginning, is_stretch, periods

_MOST_PARENTS = 4


def after_parents(draft: Draft, drafts: Drafts) -> tuple[tuple[str, str], ...]:
    """Look up when a row's parents came to be; return pairs of that and the column that can't be earlier."""
    begins = beginning(draft.table)
    if begins is None or begins not in draft.generators:
        return ()
    pairs = []
    for reference in list(draft.references.values())[:_MOST_PARENTS]:
        parent = drafts[reference.parent]
        theirs = beginning(parent.table)
        if theirs is None or not known(parent, theirs) or not _ready(draft, reference):
            continue
        pairs.append((look_up(draft, reference, theirs), begins))
    return tuple(pairs)


def within_wholes(draft: Draft, drafts: Drafts) -> tuple[tuple[str, str], ...]:
    """Look up when what a row is a stretch of ends; return pairs of the row's own ends and that."""
    pairs = []
    own = periods(draft.table)
    for reference in draft.references.values() if own else ():
        parent = drafts[reference.parent]
        if not is_stretch(draft.name, parent.name) or not _ready(draft, reference):
            continue
        types = {column.name: column.type.storage.name for column in parent.table.columns}
        for begin, end in own:
            kind = draft.table.column(end).type.storage.name
            theirs = next((one for _, one in periods(parent.table) if types[one] == kind and known(parent, one)), None)
            if theirs is not None:
                over = look_up(draft, reference, theirs)
                pairs += [(begin, over), (end, over)]
    return tuple(pairs)


def look_up(draft: Draft, reference: ReferencePlan, column: str) -> str:
    """Give a parent's column a name in the table, and return it."""
    name = f"{', '.join(reference.columns)} -> {reference.parent.name}.{column}"
    draft.lookups[name] = Lookup(name, reference.name, column)
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
