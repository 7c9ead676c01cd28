"""What was done to a row, as its columns tell: ``approved_by`` is there where ``approved_at`` is."""

from __future__ import annotations

from collections.abc import Mapping

from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.order import trimmed
from seedfast.semantics.passwords import with_password
from seedfast.semantics.words import words

_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_NAMES = frozenset({"text", "varchar", "bpchar", "citext", "int2", "int4", "int8", "uuid"})
_ABSENT_PERMILLE = 300
_KEYS = frozenset({"id", "uuid", "name", "email", "login", "username"})
_ACTORS = frozenset(
    {"user", "member", "account", "admin", "administrator", "employee", "staff", "person", "operator", "profile"}
)
_SAID = frozenset({"reason", "message", "note", "comment", "explanation"})
_STEM, _ENDING = 4, 3
_QUESTIONS = frozenset({"is", "has", "was", "been", "are"})
_FLAGS = frozenset({"flag", "bool", "boolean", "indicator", "yn"})


def deeds(table: Table) -> Mapping[str, str]:
    """Return, by the columns that say who did something or why, the moment when it was done or the flag that it was.

    What belongs to a password, such as its method, is there where the password's hash is.
    """
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
            by = next((by for act, by in told.items() if _tells_of(said, act) and by != column.name), None)
            if by is not None:
                found[column.name] = by
    return found | {
        name: of for name, of in with_password(table) if _may_be_left_out(table.column(name)) and name not in fixed
    }


def absent_permille(moment: str) -> int:
    """Return how many rows of 1,000 have no moment of a name, where nothing else decides on it."""
    name = words(moment)
    found = [one for said in (name, trimmed(name)) for one in lexicon().null.find(said, anywhere=False)]
    return int(found[0].target) if found else _ABSENT_PERMILLE


def done(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return what somebody did, by the words of the column that says who or why; nothing for other columns."""
    end = len(name)
    while end > 1 and name[end - 1] in _KEYS:
        end -= 1
    while end > 1 and name[end - 1] in _ACTORS:
        end -= 1
    if end > 1 and name[end - 1] in ("by", "reason"):
        return name[: end - 1]
    return name[:end] if end < len(name) and name[end] in _ACTORS else ()


def doers(table: Table) -> list[Column]:
    """Return the foreign keys that tell who did something, where nobody may have, and that make no key."""
    pointing = {key.columns[0] for key in table.foreign_keys if len(key.columns) == 1 and key.parent != table.name}
    unique = {name for key in table.unique_keys for name in (*key.columns, *key.predicate_columns)}
    unique |= {name for one in table.exclusions for part, _ in one.parts for name in part.columns}
    named = [column for column in table.columns if column.name in pointing - unique and done(words(column.name))]
    return [column for column in named if column.nullable and not column.default]


def bare(flag: Column) -> tuple[str, ...]:
    """Return what a truth value says of its row: ``is_deleted`` says deleted."""
    said = [word for word in words(flag.name) if word not in _QUESTIONS | _FLAGS]
    return tuple(said)


def _tells_of(name: tuple[str, ...], act: tuple[str, ...]) -> bool:
    """Tell whether a column is filled in when something is done: it says who did it, why, or what was said."""
    if done(name) == act or (name == act and "last" in name):
        return True
    return name[-1:] != act[-1:] and name[-1] in _SAID and len(name) == len(act) + 1 and _alike(name[:-1], act)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names speak of one act: a block and blocked, a rejection and rejected."""
    if one[:-1] != other[:-1]:
        return False
    short, long = sorted((one[-1], other[-1]), key=len)
    shared = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return shared == len(short) or shared >= max(_STEM, len(short) - _ENDING)


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
