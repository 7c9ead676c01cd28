"""Foreign keys that lead to one ancestor by two paths: an order's address is its customer's, its tenant one everywhere.

No constraint says so. Where no parent agrees, a row picks any; where PostgreSQL was seen to insist, it picks none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from seedfast.model.table import ForeignKey, UniqueKey
from seedfast.names import QualifiedName
from seedfast.plan.belonging import ITS_OWN, is_part, plainly, speaks_of_one
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import look_up
from seedfast.plan.spec import Pick, ReferencePlan, Roots, Status
from seedfast.semantics.tables import names_tenant, subject_role
from seedfast.semantics.words import words

_ALONE = 300
"""So many rows of 1,000 that could be below another aren't."""


def agree(draft: Draft, drafts: Drafts, turns: Mapping[QualifiedName, int]) -> None:
    """Let references pick among the parents that share an ancestor with what the row refers to already.

    ``turns`` say when each table is planned, ancestors first.
    """
    first = _telling(draft, drafts)
    ordered = sorted(
        draft.references.values(),
        key=lambda one: (one.name not in first, _may_choose(draft, one), turns[one.parent], bool(one.differs_from)),
    )
    for number, reference in enumerate(ordered):
        if not _may_choose(draft, reference):
            continue
        parent = drafts[reference.parent]
        found: list[tuple[bool, str, str]] = []
        for column, ancestor, their_column in _ancestors(parent):
            if ITS_OWN & set(words(column)) or not speaks_of_one(reference.parent, ancestor, column):
                continue
            before = [other for other in ordered[:number] if not _follows(draft, other.name, reference.name)]
            mine = _same(draft, drafts, before, reference.parent, (column, ancestor, their_column))
            if mine is not None:
                found.append((parent.table.column(column).nullable, mine, column))
        if found:
            # What the parent can't be without is what it belongs to; all else it merely has.
            agreeing = {mine: column for _, mine, column in sorted(found, key=itemgetter(0))}
            belonging = sum(not parent.table.column(column).nullable for column in agreeing.values())
            told = f"{reference.reason}, of the same {' and '.join(agreeing.values())} where there are any"
            changed = replace(reference, agreeing=agreeing, belonging=belonging, reason=told)
            draft.references[reference.name] = changed


def branch_off(draft: Draft) -> None:
    """Let rows of a tree be of what their parents are of: a reply is in its comment's thread."""
    for name, reference in draft.references.items():
        plain = reference.pick is Pick.EARLIER and reference.roots_point is Roots.NULL and reference.digit is None
        plain = plain and not (reference.matching or reference.differs_from or reference.beyond or reference.block)
        settled = any(reference.null_permille) or any(plan.first is not None for plan in draft.branch_plans)
        if reference.parent != draft.name or not plain or settled:
            continue
        shared = [
            key.columns[0]
            for key in draft.table.foreign_keys
            if len(key.columns) == 1 and not draft.optional(key) and _is_of(draft, key)
        ]
        if shared:
            told = f"an earlier row of the same {' and '.join(shared)}, where there is one"
            through = {column: column for column in shared}
            draft.references[name] = replace(
                reference, matching=tuple(shared), through=through, null_permille=(_ALONE,), reason=told
            )


def _is_of(draft: Draft, key: ForeignKey) -> bool:
    """Tell whether a key leads to what a row and those above it in a tree are parts of."""
    column, owner = key.columns[0], draft.owners.get(key.columns[0])
    if key.parent == draft.name or owner is None or owner[0] not in draft.references:
        return False
    return is_part(column, key.parent, draft.name)


def _telling(draft: Draft, drafts: Drafts) -> set[str]:
    """Return the references that tell whose a row is by what they lead to, with those above them."""
    found = {owner for column, (owner, _) in draft.owners.items() if column not in draft.references[owner].columns}
    above: set[QualifiedName] = set()
    waiting = [draft.references[name].parent for name in found]
    while waiting:
        parents = {key.parent for key in drafts[waiting.pop()].table.foreign_keys if key.parent in drafts} - above
        above |= parents
        waiting += parents
    return found | {name for name, one in draft.references.items() if found and one.parent in above}


def keep_together(draft: Draft, drafts: Drafts, turns: Mapping[QualifiedName, int]) -> bool:
    """Confine references that make a unique key to parents of one tenant, project or person.

    A role is given in its own organization, a rule is tried with an evaluator of its project. Tell whether there was
    anything to confine.

    Elsewhere to agree is a wish of each row. A key that counts its references has to know of it beforehand, and the
    rows that there is room for may be fewer then: see ``Options.mingled``.
    """
    counted = {draft.fixed_by(name) for key in _of_references(draft) for name in key.columns}
    ordered = sorted(draft.references.values(), key=lambda one: (turns[one.parent], one.name))
    confined = False
    for number, reference in enumerate(ordered):
        optional = any(reference.null_permille)
        confined_otherwise = reference.apart or reference.by_branch
        if reference.name not in counted or optional or confined_otherwise or not _may_choose(draft, reference):
            continue
        for path in _ancestors(drafts[reference.parent]):
            column, ancestor, _ = path
            if drafts[reference.parent].table.column(column).nullable or not is_part(
                column, ancestor, reference.parent
            ):
                continue
            before = [
                other
                for other in ordered[:number]
                if other.name in counted
                and not any(other.null_permille)
                and not _follows(draft, other.name, reference.name)
            ]
            mine = _same(draft, drafts, before, reference.parent, path)
            if mine is not None:
                told = f"{reference.reason}, of the same {column}"
                _match(draft, reference, mine, column, told)
                confined = True
                break
    return confined


def _of_references(draft: Draft) -> Iterator[UniqueKey]:
    """Yield the unique keys that several foreign keys make, and nothing beside."""
    for key in draft.table.unique_keys:
        owners = {draft.fixed_by(name) for name in key.columns}
        if key.predicate is None and key.columns and len(owners) > 1 and None not in owners:
            yield key


def _match(draft: Draft, reference: ReferencePlan, mine: str, theirs: str, told: str) -> None:
    """Confine a reference to parents that hold in a column what the row's own column, or lookup, holds."""
    draft.references[reference.name] = replace(
        reference,
        matching=(*reference.matching, mine),
        through={**reference.through, mine: theirs},
        reason=told,
    )


def insist(draft: Draft, drafts: Drafts) -> None:
    """Confine references to parents that agree with what the row refers to already, where that was learnt."""
    for one in draft.lesson.agreements:
        reference, other = draft.references.get(one.reference), draft.references.get(one.other)
        if reference is None or other is None or not _may_choose(draft, reference):
            continue
        if _follows(draft, other.name, reference.name) or (
            any(other.null_permille) and not min(reference.null_permille)
        ):
            continue
        own = dict(zip(other.parent_columns, other.columns, strict=True)).get(one.other_column)
        name = own or look_up(draft, other, one.other_column)
        told = f"{reference.reason}, of the same {one.column}, as PostgreSQL was seen to demand"
        _match(draft, reference, name, one.column, told)


def _may_choose(draft: Draft, reference: ReferencePlan) -> bool:
    plain = (
        reference.pick is Pick.SKEWED
        and reference.crowded is None
        and reference.digit is None
        and reference.block is None
    )
    decides = any(plan.foremost == reference.name for plan in draft.branch_plans)
    return plain and not reference.matching and not decides and reference.parent != draft.name


def _follows(draft: Draft, name: str, other: str) -> bool:
    """Tell whether one reference's pick depends on another's, at whatever remove, or is it."""
    waiting, seen = [name], set()
    while waiting:
        reference = draft.references[waiting.pop()]
        if reference.name == other:
            return True
        if reference.name in seen:
            continue
        seen.add(reference.name)
        columns = (*reference.columns, *reference.matching, *reference.agreeing)
        lookups = [draft.lookups[column].reference for column in columns if column in draft.lookups]
        owners = [draft.owners[column][0] for column in columns if column in draft.owners]
        beside = [reference.differs_from, reference.beyond.reference if reference.beyond is not None else None]
        waiting += [each for each in (*lookups, *owners, *beside) if each is not None]
    return False


def _ancestors(parent: Draft) -> Iterator[tuple[str, QualifiedName, str]]:
    """Yield a parent's own foreign keys: its column, the table that it points at, and the column there."""
    readable = parent.status is Status.PARENT and parent.table.privileges.select
    for key in parent.table.foreign_keys:
        if len(key.columns) == 1 and key.parent != parent.name and (readable or key.columns[0] in parent.owners):
            yield key.columns[0], key.parent, key.parent_columns[0]


def _same(
    draft: Draft,
    drafts: Drafts,
    before: Sequence[ReferencePlan],
    chosen: QualifiedName,
    path: tuple[str, QualifiedName, str],
) -> str | None:
    """Return the row's own column, or lookup, that names the ancestor at the end of a path from the table ``chosen``,
    None where there is none.
    """
    column, ancestor, their_column = path
    settled = {reference.name for reference in before}
    direct = [
        key.columns[0]
        for key in draft.table.foreign_keys
        if (key.parent, key.parent_columns) == (ancestor, (their_column,))
        and draft.owners.get(key.columns[0], ("",))[0] in settled
    ]
    if column in direct:
        return column
    if len(direct) == 1 and subject_role(words(ancestor.name)) != "person" and plainly(direct[0], ancestor):
        return direct[0] if plainly(column, ancestor) else None
    if direct:
        return None
    for reference in before:
        if reference.parent == chosen and not names_tenant(column):
            # Two rows of one table stand for different things: a code's kind and its unit are of different lists.
            continue
        for theirs, other, other_column in _ancestors(drafts[reference.parent]):
            if (theirs, other, other_column) == path and reference.parent != draft.name:
                return look_up(draft, reference, theirs)
    return None
