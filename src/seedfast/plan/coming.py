"""What is yet to come has no past: nobody examines who is coming next week."""

from __future__ import annotations

from dataclasses import replace

from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Having, Pick, ReferencePlan, Status
from seedfast.semantics.order import beginning
from seedfast.semantics.states import Wish


def wait_for_parents(draft: Draft, drafts: Drafts) -> None:
    """Let rows that tell when they came to be point at what has begun, where a state tells of parents to come.

    It costs no row: keys that count their parents count all of them, and without a parent that has begun any will do.
    """
    begins = beginning(draft.table)
    if begins is None or begins not in draft.generators:
        return
    for name, reference in draft.references.items():
        coming = planned_ahead(drafts[reference.parent])
        if coming is not None and coming.ahead is not None and _is_free(draft, reference):
            column, values = coming.ahead
            begun = Having(column, values, inside=False, firm=False)
            draft.references[name] = replace(reference, having=(*reference.having, begun))


def planned_ahead(parent: Draft) -> Wish | None:
    """Return what tells which rows of a table are yet to come, None where nothing does."""
    return next((one for one in parent.granted if one.ahead), None) if parent.status is Status.FILL else None


def comes_before_parent(reference: ReferencePlan, parent: Draft) -> bool:
    """Tell whether a row may point at a parent that is yet to come: then it can't come after it."""
    coming = planned_ahead(parent)
    return coming is not None and coming.start == beginning(parent.table) and not _waits(reference)


def _waits(reference: ReferencePlan) -> bool:
    return any(not having.firm for having in reference.having)


def _is_free(draft: Draft, reference: ReferencePlan) -> bool:
    plain = reference.pick is Pick.SKEWED and reference.digit is None and reference.parent != draft.name
    return plain and reference.per_parent is None and reference.crowded is None and reference.block is None
