"""Who did what: the ``approved_by`` of a row is there if and only if its ``approved_at`` is, or it ``is_approved``."""

from __future__ import annotations

from collections.abc import Mapping

from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.semantics.acts import tells_of
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.order import trimmed
from seedfast.semantics.states import bare
from seedfast.semantics.words import words

_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_NAMES = frozenset({"text", "varchar", "bpchar", "citext", "int2", "int4", "int8", "uuid"})
_ABSENT_PERMILLE = 300


def deeds(table: Table) -> Mapping[str, str]:
    """Return, by the columns that say who did something or why, the moment when it was done or the flag that it was."""
    fixed = _fixed(table)
    loose = [column for column in table.columns if column.name not in fixed and column.generated is None]
    told = {bare(flag): flag.name for flag in loose if flag.type.storage.name == "bool" and flag.insertable}
    told |= {
        trimmed(words(column.name)): column.name
        for column in loose
        if column.type.storage.name in _MOMENTS and _may_be_left_out(column)
    }
    found = {}
    for column in loose:
        named = column.type.storage.name in _NAMES or column.type.storage.form is TypeForm.ENUM
        if named and _may_be_left_out(column):
            said = words(column.name)
            by = next((by for act, by in told.items() if tells_of(said, act) and by != column.name), None)
            if by is not None:
                found[column.name] = by
    return found


def absent_permille(moment: str) -> int:
    """Return how many rows of 1,000 have no moment of a name, where nothing else decides on it."""
    name = words(moment)
    found = [one for said in (name, trimmed(name)) for one in lexicon().null.find(said, anywhere=False)]
    return int(found[0].target) if found else _ABSENT_PERMILLE


def _may_be_left_out(column: Column) -> bool:
    return column.nullable and column.default is None and column.insertable


def _fixed(table: Table) -> set[str]:
    """Return the columns that keys and partitions decide on, and those that point into their own table."""
    found = {name for key in table.unique_keys for part in key.parts for name in (*part.columns, part.column or "")}
    found |= {name for one in table.exclusions for part, _ in one.parts for name in (*part.columns, part.column or "")}
    found |= set(table.partitioning.columns) if table.partitioning is not None else set()
    for key in table.foreign_keys:
        if len(key.columns) > 1 or key.parent == table.name:
            found |= set(key.columns)
    return found
