"""Relations that the schema doesn't declare, as keys that tables follow where it costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import prod

from seedfast.constraints.domain import Branch, Domain
from seedfast.constraints.existence import required
from seedfast.constraints.predicate import Op
from seedfast.model.table import ForeignKey, UniqueKey
from seedfast.names import QualifiedName
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Agreement, Lesson
from seedfast.plan.spec import Status
from seedfast.semantics.undeclared import Relation

Undeclared = Mapping[QualifiedName, tuple[Relation, ...]]
"""By table, the relations that no constraint stands behind."""


def follow_undeclared(drafts: Drafts, found: Undeclared) -> None:
    """Give tables keys for the relations that their constraints leave open and that have parents to offer."""
    for name, relations in sorted(found.items()):
        draft = drafts.get(name)
        if draft is None or draft.status is not Status.FILL:
            continue
        taken = {key.name for key in draft.table.foreign_keys}
        wishes: dict[str, tuple[ForeignKey, str]] = {}
        for relation in relations:
            named = f"{name.name}.{relation.column} -> {relation.parent.name}"
            key = ForeignKey(named, (relation.column,), relation.parent, (relation.parent_column,))
            if named not in taken and is_open(draft, relation.column) and offered(relation, drafts):
                wishes[named] = (key, relation.evidence)
        crowded = {each for unique in draft.table.unique_keys for each in _crowded(draft, unique, wishes, drafts)}
        kept = {each: wish for each, wish in wishes.items() if each not in crowded}
        keys = (*draft.table.foreign_keys, *(key for key, _ in kept.values()))
        draft.table = replace(draft.table, foreign_keys=keys)
        draft.undeclared = {**draft.undeclared, **{each: evidence for each, (_, evidence) in kept.items()}}


def follow_required(drafts: Drafts) -> None:
    """Give tables keys to the rows that their triggers look for, and want parents to agree where these do."""
    columns = {name: frozenset(column.name for column in draft.table.columns) for name, draft in drafts.items()}
    for name, draft in sorted(drafts.items()):
        for one in required(draft.table, columns) if draft.status is Status.FILL else ():
            named = f"{one.trigger}: {', '.join(one.columns)} -> {one.parent.name}"
            parent = drafts[one.parent]
            if named in draft.undeclared or not parent.total or _leads(drafts, one.parent, name):
                continue
            key = ForeignKey(named, one.columns, one.parent, one.parent_columns)
            draft.table = replace(draft.table, foreign_keys=(*draft.table.foreign_keys, key))
            draft.undeclared = {**draft.undeclared, named: f"trigger {one.trigger} looks for such a row"}
            agreed = tuple(Agreement(named, theirs, other, column) for other, column, theirs in one.shared)
            draft.lesson = draft.lesson.with_also(Lesson(agreements=agreed))


def _leads(drafts: Drafts, start: QualifiedName, goal: QualifiedName) -> bool:
    """Tell whether a table depends on another, at whatever remove."""
    waiting, seen = [start], set()
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen and at in drafts:
            seen.add(at)
            waiting += [key.parent for key in drafts[at].table.foreign_keys]
    return False


def is_open(draft: Draft, name: str) -> bool:
    """Tell whether no constraint but NOT NULL and plain unique keys decides on a column."""
    column, table = draft.table.column(name), draft.table
    learnt = {each for names, _ in draft.lesson.pools for each in names} | set(draft.lesson.defaults)
    if not column.insertable or column.generated is not None or name in learnt:
        return False
    if table.partitioning is not None and name in table.partitioning.columns:
        return False
    deciding = [part for exclusion in table.exclusions for part, _ in exclusion.parts]
    for unique in table.unique_keys:
        if not unique.columns or unique.predicate is not None:
            deciding += unique.parts
            if name in unique.predicate_columns:
                return False
    if any(name in part.columns or name == part.column for part in deciding):
        return False
    return all(_free(branch, name) for branch in draft.branches)


def _free(branch: Branch, name: str) -> bool:
    """Tell whether nothing but NULL is settled about a column."""
    domain = branch.domain(name)
    plain = replace(domain, nullness=Domain().nullness, sources=(), max_length=None, octets=(None, None))
    related = any(name in (relation.left, relation.right) for relation in branch.relations if relation.op is not Op.NE)
    summed = any(name in dict(linear.factors) for linear in branch.sums)
    tied = any(name in (tie.left.column, tie.right.column) for tie in branch.ties)
    return plain == Domain() and not (related or summed or tied)


def offered(relation: Relation, drafts: Drafts) -> bool:
    """Tell whether the parent will have rows whose keys are known."""
    parent = drafts.get(relation.parent)
    if parent is None or not parent.total or (parent.existing and not parent.table.privileges.select):
        return False
    column = parent.table.column(relation.parent_column)
    if parent.status is Status.FILL:
        return column.generated is None and column.insertable and column.name not in parent.lesson.defaults
    return parent.status is Status.PARENT


def _crowded(draft: Draft, unique: UniqueKey, wishes: Mapping[str, tuple[ForeignKey, str]], drafts: Drafts) -> set[str]:
    """Return the wishes that would leave a unique key without room: nothing but parents would tell its rows apart."""
    inside = {name: key for name, (key, _) in wishes.items() if set(key.columns) & set(unique.columns)}
    declared = [key for key in draft.table.foreign_keys if set(key.columns) & set(unique.columns)]
    keys = (*declared, *inside.values())
    room = prod(drafts[key.parent].total for key in keys if key.parent in drafts)
    told_apart = not set(unique.columns) <= {name for key in keys for name in key.columns}
    alone = len(unique.columns) == 1 and any(key.parent == draft.name for key in inside.values())
    return set(inside) if alone or not (told_apart or room >= draft.existing + draft.rows) else set()
