"""Whose a row is, where a parent says it too: a task is of the organization that its project is of."""

from __future__ import annotations

from seedfast.model.table import ForeignKey
from seedfast.plan.belonging import is_part
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Status


def inherited(draft: Draft, drafts: Drafts) -> dict[str, dict[str, str]]:
    """Return, by foreign key, the columns that name what the row is a part of, with the parent's that name the same.

    No constraint asks for it, so it is left alone wherever it could cost rows or cross a constraint: in what may be
    NULL in some rows, in keys made of references alone, and where a wider key, a CHECK or a policy decides on the
    column.
    """
    found: dict[str, dict[str, str]] = {}
    for owner in draft.table.foreign_keys:
        if len(owner.columns) != 1 or not _open(draft, owner):
            continue
        for key in draft.table.foreign_keys:
            part = is_part(owner.columns[0], owner.parent, key.parent)
            if key is not owner and part and not draft.orphaned(key) and _spares_keys(draft, owner.columns[0]):
                above = _above(draft, key, drafts).get(owner.columns[0])
                if above is not None and above == (owner.parent, owner.parent_columns):
                    found.setdefault(key.name, {})[owner.columns[0]] = owner.columns[0]
                    break
    return found


def _open(draft: Draft, owner: ForeignKey) -> bool:
    """Tell whether nothing but its foreign key decides on a column."""
    name = owner.columns[0]
    if draft.orphaned(owner) or owner.parent == draft.name or name in draft.server or name in draft.lesson.parents:
        return False
    if any(name in key.columns for key in draft.table.foreign_keys if key is not owner):
        return False
    return not any(domain.allowed is not None or domain.excluded for domain in draft.domains(name))


def _above(draft: Draft, key: ForeignKey, drafts: Drafts) -> dict[str, object]:
    """Return the columns of a key's parent that lead to what it may be a part of, with what they point at."""
    parent = drafts.get(key.parent)
    if parent is None or key.parent == draft.name:
        return {}
    return {
        above.columns[0]: (above.parent, above.parent_columns)
        for above in parent.table.foreign_keys
        if len(above.columns) == 1
        and above.parent != draft.name
        and not parent.optional(above)
        and (parent.status is Status.PARENT or above.columns[0] in parent.owners)
    }


def _spares_keys(draft: Draft, name: str) -> bool:
    """Tell whether every unique key of a column has something beside references to be distinct by."""
    joined = {column for other in draft.table.foreign_keys for column in other.columns}
    keys = [set(one.columns) for one in draft.table.unique_keys]
    return not any(name in columns and columns <= joined for columns in keys)
