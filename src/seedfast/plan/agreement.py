"""Foreign keys that lead to one ancestor by two paths: an order's address is its customer's, its tenant one everywhere.

No constraint says so. Where no parent agrees, a row picks any; where PostgreSQL was seen to insist, it picks none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from seedfast.model.table import ForeignKey, UniqueKey
from seedfast.model.types import TypeForm
from seedfast.names import QualifiedName
from seedfast.plan.belonging import ITS_OWN, is_part, plainly, speaks_of_one
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.spec import Pick, ReferencePlan, Roots, Status
from seedfast.semantics.tables import names_tenant, subject_role
from seedfast.semantics.words import words

_ALONE = 300
"""So many rows of 1,000 that could be below another aren't."""

_DEEPEST = 3
"""So many keys in turn may lead to an ancestor that paths meet in."""

_VARYING = ITS_OWN | {"visibility", "source", "channel", "language", "locale", "level", "result", "mode", "color"}
"""Words of lists that a row chooses from for itself, whatever its parent has chosen."""


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
        before = [other for other in ordered[:number] if not _follows(draft, other.name, reference.name)]
        found: list[tuple[bool, str, str]] = []
        for path in _paths(drafts[reference.parent], drafts, turns):
            if ITS_OWN & set(words(path.column)) or not speaks_of_one(reference.parent, path.ancestor, path.column):
                continue
            mine = _same(draft, drafts, before, reference.parent, path, turns)
            if mine is not None:
                found.append((path.optional, mine, path.read(drafts)))
        found += _itself(draft, drafts, before, reference, turns)
        found += _alike(draft, drafts[reference.parent])
        if found:
            # What the parent can't be without is what it belongs to; all else it merely has.
            found = sorted(found, key=itemgetter(0))
            agreeing = {mine: column for _, mine, column in found}
            belonging = sum(not optional for optional, _, _ in found)
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
        for path in _paths(drafts[reference.parent], drafts, turns, most=1):
            if path.optional or not path.is_of:
                continue
            before = [
                other
                for other in ordered[:number]
                if other.name in counted
                and not any(other.null_permille)
                and not _follows(draft, other.name, reference.name)
            ]
            mine = _same(draft, drafts, before, reference.parent, path, turns, most=1)
            if mine is not None:
                told = f"{reference.reason}, of the same {path.column}"
                _match(draft, reference, mine, path.column, told)
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


def _itself(
    draft: Draft,
    drafts: Drafts,
    before: Sequence[ReferencePlan],
    reference: ReferencePlan,
    turns: Mapping[QualifiedName, int],
) -> Iterator[tuple[bool, str, str]]:
    """Yield what the row's other parents say of whom a reference leads to: an invoice's customer is its order's."""
    if len(reference.columns) != 1:
        return
    goal = reference.parent, reference.parent_columns[0]
    for other in before:
        if other.parent in (reference.parent, draft.name):
            continue
        for path in _paths(drafts[other.parent], drafts, turns):
            alike = path.column == reference.columns[0] or plainly(path.column, path.ancestor)
            named = plainly(reference.columns[0], reference.parent) or path.column == reference.columns[0]
            if (path.ancestor, path.their_column) == goal and alike and named and path.is_of:
                yield False, look_up(draft, other, path.read(drafts)), goal[1]


def _alike(draft: Draft, parent: Draft) -> Iterator[tuple[bool, str, str]]:
    """Yield what a row and its parent choose from one list, under one name: a pet's species is its breed's."""
    decided = draft.apiece or draft.sorted_by or any(plan.foremost for plan in draft.branch_plans)
    if decided or any(key.shares for key in draft.keys):
        return
    theirs = {column.name: column for column in parent.table.columns if known(parent, column.name)}
    for column in draft.table.columns:
        other, made = theirs.get(column.name), draft.generators.get(column.name, ())
        if other is None or {one.kind for one in made} != {"choice"} or _VARYING & set(words(column.name)):
            continue
        listed = [{domain.allowed for domain in one.domains(column.name)} for one in (draft, parent)]
        lists = listed[0] == listed[1] and len(listed[0]) == 1 and None not in listed[0]
        if lists or (column.type == other.type and column.type.storage.form is TypeForm.ENUM):
            yield other.nullable, column.name, column.name


@dataclass(frozen=True, slots=True)
class _Path:
    """A way from the rows of a table to an ancestor: by a key of the table, and so on by keys of those above it.

    It ends in ``their_column``, at which the last key, ``column``, points. ``is_of`` tells that the rows are parts of
    what each key leads to.
    """

    start: Draft
    keys: tuple[str, ...]
    ancestor: QualifiedName
    their_column: str
    optional: bool
    is_of: bool

    @property
    def column(self) -> str:
        """The key that points at the ancestor."""
        return self.keys[-1]

    def read(self, drafts: Drafts) -> str:
        """Return the name under which the table reads the ancestor's key: its own column's, or a lookup's."""
        if len(self.keys) == 1:
            return self.column
        reference = self.start.references[self.start.owners[self.keys[0]][0]]
        above = replace(self, start=drafts[reference.parent], keys=self.keys[1:])
        return look_up(self.start, reference, above.read(drafts))


def _paths(parent: Draft, drafts: Drafts, turns: Mapping[QualifiedName, int], most: int = _DEEPEST) -> Iterator[_Path]:
    """Yield the ways from a table to its ancestors, the shortest first.

    The long ones go by what rows are parts of, and by tables that hold nothing yet.
    """
    direct = [
        _Path(
            parent,
            (column,),
            ancestor,
            theirs,
            parent.table.column(column).nullable,
            is_part(column, ancestor, parent.name),
        )
        for column, ancestor, theirs in _ancestors(parent)
    ]
    yield from direct
    for path in direct:
        above = drafts[path.ancestor]
        fresh = not (parent.existing or above.existing) and {parent.status, above.status} == {Status.FILL}
        if most == 1 or not fresh or not path.is_of or turns[above.name] >= turns[parent.name]:
            continue
        if parent.references[parent.owners[path.column][0]].parent == above.name:
            for rest in _paths(above, drafts, turns, most - 1):
                if rest.is_of and rest.ancestor != parent.name:
                    optional = path.optional or rest.optional
                    yield replace(rest, start=parent, keys=(path.column, *rest.keys), optional=optional)


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
    path: _Path,
    turns: Mapping[QualifiedName, int],
    most: int = _DEEPEST,
) -> str | None:
    """Return the row's own column, or lookup, that names the ancestor at the end of a path from the table ``chosen``,
    None where there is none.
    """
    column, ancestor, their_column = path.column, path.ancestor, path.their_column
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
        if reference.parent == draft.name:
            continue
        for other in _paths(drafts[reference.parent], drafts, turns, most):
            if (other.column, other.ancestor, other.their_column) == (column, ancestor, their_column):
                return look_up(draft, reference, other.read(drafts))
    return None
