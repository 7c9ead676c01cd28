"""References whose parents may be alike in a unique key's columns: only parents that aren't are picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from seedfast.plan.draft import Draft
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
