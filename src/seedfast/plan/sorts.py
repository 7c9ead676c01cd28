"""Rows whose one value stands in one of several columns: all those of one property have it in the same."""

from __future__ import annotations

from seedfast.constraints.domain import Nullness
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Pick, ReferencePlan
from seedfast.semantics.words import words

_PROPERTIES = frozenset({
    "property", "attribute", "field", "question", "metric", "parameter", "definition", "characteristic", "trait",
    "measure", "variable", "feature", "type", "observable", "sensor", "signal", "tag", "key", "setting", "option",
})  # fmt: skip
"""What the tables are called whose rows say what a value is a value of."""

_EACH = 2
"""So many properties at least for each way to hold a value: else some column would stay empty."""


def settle_sorts(draft: Draft, drafts: Drafts) -> None:
    """Let the property that a row points at decide which of its columns holds the value."""
    plain = not any(plan.first or plan.foremost or plan.reserved for plan in draft.branch_plans)
    if len(draft.branches) < 2 or not plain or any(key.shares for key in draft.keys) or draft.quotas:
        return
    if not _one_of(draft):
        return
    for reference in draft.references.values():
        parent = drafts[reference.parent]
        told = _PROPERTIES & {*words(parent.name.name)[-1:], *words(reference.columns[-1])}
        if told and _independent(draft, reference) and parent.total >= _EACH * len(draft.branches):
            draft.sorted_by = reference.name
            return


def _one_of(draft: Draft) -> bool:
    """Tell whether the branches differ in which one of some columns isn't NULL."""
    names = [column.name for column in draft.table.columns if column.nullable and column.name in draft.generators]
    told = [
        {name for name in names if branch.domain(name).nullness is Nullness.NEVER}
        - {name for name in names if all(one.domain(name).nullness is Nullness.NEVER for one in draft.branches)}
        for branch in draft.branches
    ]
    held = set.union(*told)
    alone = all(
        branch.domain(name).nullness is Nullness.ALWAYS
        for branch, own in zip(draft.branches, told, strict=True)
        for name in held - own
    )
    return alone and len(held) > 1 and all(len(own) == 1 for own in told)


def _independent(draft: Draft, reference: ReferencePlan) -> bool:
    """Tell whether every row has a parent by a reference, and which one depends on nothing else of the row."""
    if any(reference.null_permille) or reference.by_branch or reference.agreeing or reference.matching:
        return False
    if reference.beyond is not None or reference.differs_from is not None or reference.parent == draft.name:
        return False
    counted = next((key for key in draft.keys if reference.digit and key.name == reference.digit.key), None)
    return reference.pick in (Pick.SKEWED, Pick.COVER, Pick.DIGIT) and (counted is None or counted.branch is None)
