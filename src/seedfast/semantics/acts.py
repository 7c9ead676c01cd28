"""What columns say that was done to a row: ``approved_by`` says approved, ``block_reason`` that it was blocked."""

from __future__ import annotations

from seedfast.model.table import Column, Table
from seedfast.semantics.words import words

_KEYS = frozenset({"id", "uuid", "name", "email", "login", "username"})
_ACTORS = frozenset(
    {"user", "member", "account", "admin", "administrator", "employee", "staff", "person", "operator", "profile"}
)
_SAID = frozenset({"reason", "message", "note", "comment", "explanation"})
_STEM, _ENDING = 4, 3


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


def tells_of(name: tuple[str, ...], act: tuple[str, ...]) -> bool:
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
