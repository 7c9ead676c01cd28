"""Two foreign keys to one parent in a row: picks that must differ, or come in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from seedfast.constraints.parse import parse_value
from seedfast.constraints.predicate import Call, Op
from seedfast.plan import measures
from seedfast.plan.demands import demanded
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import look_up
from seedfast.plan.spec import Beyond, Pick

_ORDERED = ("integer", "decimal", "float", "date", "timestamp")


def pair_references(draft: Draft, drafts: Drafts) -> None:
    """Tie the picks of keys to one parent together where a constraint compares their columns."""
    _keep_apart(draft)
    _keep_in_order(draft, drafts)
    _keep_from_parents(draft, drafts)


def _keep_apart(draft: Draft) -> None:
    """Let two keys to one parent pick different rows where a CHECK says that their columns differ."""
    for branch in draft.branches:
        for relation in branch.relations:
            if relation.op is not Op.NE or relation.left not in draft.owners or relation.right not in draft.owners:
                continue
            (first, left), (second, right) = draft.owners[relation.left], draft.owners[relation.right]
            if draft.references[first].matching and not draft.references[second].matching:
                # Whoever must agree with what another fixes is the one that picks later.
                first, second = second, first
            one, two = draft.references[first], draft.references[second]
            tree = two.matching and two.parent == draft.name
            if first == second or one.parent != two.parent or left != right or tree or one.differs_from:
                continue
            if set(two.parent_columns) <= set(two.through.values()):
                # Another parent of the row names this one: there is nothing to choose.
                continue
            draft.references[second] = replace(two, differs_from=first)


def _keep_from_parents(draft: Draft, drafts: Drafts) -> None:
    """Let a key pick another row than a parent points at where a trigger wants that: a seller doesn't bid."""
    for one in demanded(draft, drafts):
        owner = draft.owners.get(one.column)
        source = draft.references.get(one.key)
        if one.relation.op is not Op.NE or owner is None or source is None or owner[0] == one.key:
            continue
        reference, parent = draft.references[owner[0]], drafts[source.parent]
        theirs = parent.owners.get(one.theirs)
        same = theirs is not None and parent.references[theirs[0]].parent == reference.parent and theirs[1] == owner[1]
        tied = reference.matching or reference.differs_from or reference.beyond or reference.digit
        free = not tied and reference.pick in (Pick.SKEWED, Pick.COVER) and len(reference.columns) == 1
        if same and free and source.pick is not Pick.HOME and reference.parent != draft.name:
            beside = look_up(draft, source, one.theirs)
            draft.references[reference.name] = replace(reference, pick=Pick.SKEWED, unlike=beside)


def _keep_in_order(draft: Draft, drafts: Drafts) -> None:
    """Let one of two keys to a parent pick beyond the other where a CHECK orders their columns."""
    for branch in draft.branches:
        for relation in branch.relations:
            if relation.op not in (Op.LT, Op.LE, Op.GT, Op.GE):
                continue
            low, high = (
                (relation.left, relation.right) if relation.op in (Op.LT, Op.LE) else (relation.right, relation.left)
            )
            if low not in draft.owners or high not in draft.owners or draft.owners[low][1] != draft.owners[high][1]:
                continue
            parent = drafts[draft.references[draft.owners[low][0]].parent]
            column = parent.table.column(draft.owners[low][1])
            if measures.unit_of(column.type) in _ORDERED or column.type.storage.name == "uuid":
                same = relation.op in (Op.LE, Op.GE)
                _order(draft, low, high, Beyond("", column.name, column.type.storage.display, same))
    for first, second in _either_way(draft):
        if first in draft.owners and second in draft.owners:
            _order(draft, first, second, Beyond("", same=True))


def _order(draft: Draft, low: str, high: str, beyond: Beyond) -> None:
    """Let the key of one column pick beyond that of another, if both are free to."""
    lower, upper = draft.references[draft.owners[low][0]], draft.references[draft.owners[high][0]]
    free = upper.pick is Pick.SKEWED and not (upper.matching or lower.matching or upper.beyond or lower.beyond)
    if lower.name == upper.name or lower.parent != upper.parent or upper.parent == draft.name or not free:
        return
    same = beyond.same and lower.name != upper.differs_from and upper.name != lower.differs_from
    draft.references[lower.name] = replace(lower, differs_from=None)
    reason = f"one that doesn't come before {lower.name}'s" if same else f"one beyond {lower.name}'s"
    draft.references[upper.name] = replace(
        upper, differs_from=None, beyond=replace(beyond, reference=lower.name, same=same), reason=reason
    )
    for name, (reference, _) in draft.owners.items():
        if reference == upper.name:
            draft.reasons[name] = f"FOREIGN KEY {upper.name} to {upper.parent}: {reason}"


def _either_way(draft: Draft) -> Iterable[tuple[str, str]]:
    """Yield pairs of columns that a unique key holds in either order, once: (least(a, b), greatest(a, b))."""
    for unique in draft.table.unique_keys:
        found: dict[str, tuple[str, ...]] = {}
        for part in unique.parts:
            for _, value in parse_value(part.expression or "NULL", now=datetime.min):
                if isinstance(value, Call) and value.name in ("least", "greatest") and len(part.columns) == 2:
                    found[value.name] = tuple(sorted(part.columns))
        if len(found) == 2 and found["least"] == found["greatest"]:
            yield found["least"][0], found["least"][1]
