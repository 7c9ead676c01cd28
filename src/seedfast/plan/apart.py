"""Parents that are alike in a unique key's columns: only one of them is picked; and which columns decide on others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.spec import Pick


def keep_apart(draft: Draft, name: str, key_columns: Iterable[str]) -> None:
    """Confine a reference to parents of which no two are alike in a key's columns, if it is free to pick.

    A badge is for a (person, room) that was granted, and a person has one badge: a person is picked with one room only.
    """
    reference = draft.references[name]
    columns = tuple(column for column in key_columns if draft.owners.get(column, ("",))[0] == name)
    bound = reference.matching or reference.beyond or reference.differs_from or reference.block
    free = not bound and reference.pick in (Pick.SKEWED, Pick.DIGIT) and reference.parent != draft.name
    if free and columns and columns not in reference.apart:
        draft.references[name] = replace(reference, apart=(*reference.apart, columns))


def kept_apart(draft: Draft, name: str, key_columns: set[str]) -> bool:
    """Tell whether no two parents that a reference picks are alike in a key's columns."""
    return any(set(columns) <= key_columns for columns in draft.references[name].apart)


def determined(draft: Draft, drafts: Drafts, names: Iterable[str]) -> set[str]:
    """Return columns with those that they determine: who picks a shipment has picked its order."""
    columns, before = set(names), 0
    while len(columns) != before:
        before = len(columns)
        for reference in draft.references.values():
            mapped = {p for c, p in zip(reference.columns, reference.parent_columns, strict=True) if c in columns}
            unique = (key for key in drafts[reference.parent].table.unique_keys if key.predicate is None)
            if any(key.columns and set(key.columns) <= mapped for key in unique):
                columns.update(reference.columns)
    return columns
