"""Conditions under which a trigger's function raises an error, read from its source as far as it tests the new row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from seedfast.constraints.branches import columns_read
from seedfast.constraints.paths import paths
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.model.table import Table
from seedfast.names import quote

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
TEST = re.compile(
    r"\b(?:ELS)?IF\b(?P<test>(?:(?!\b(?:IF|ELSIF|THEN|ELSE|LOOP)\b|;).)*)\bTHEN\s+RAISE\s+"
    r"(?!DEBUG\b|LOG\b|INFO\b|NOTICE\b|WARNING\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A test, and an error behind it."""

_NEW = re.compile(r'\bNEW\s*\.\s*(?:"((?:[^"]|"")+)"|(\w+))', re.IGNORECASE)
_MARK = "new."
_OPERATION = re.compile(r"\bTG_OP\b", re.IGNORECASE)
_QUERY = re.compile(r"\bSELECT\b", re.IGNORECASE)


def demands(source: str, table: Table, *, now: datetime) -> tuple[str, ...]:
    """Return what the new row must satisfy, as SQL over the table's columns, so that none of the tests raises.

    A test that reads anything but the new row and that rows are inserted is left out. One that isn't understood is
    returned, too: PostgreSQL can be asked what satisfies it. Of the conditions under which a test stands those count
    that are understood; under whatever other condition it stands, its demand is taken to hold always.
    """
    names = frozenset(column.name for column in table.columns)
    found: dict[str, None] = {}
    for path in paths(without_comments(source)):
        test = _condition(path.test, names, now)
        around = [_condition(one, names, now) for one in path.before]
        if test is None or not test.columns or any(one is not None and one.never for one in (test, *around)):
            continue
        held = [one.sql for one in around if one is not None and one.columns and one.understood]
        found[f"NOT ({' AND '.join(f'({one})' for one in (*held, test.sql)) if held else test.sql})"] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition over a table's columns, whether it is understood, and whether it ``never`` comes to true."""

    sql: str
    columns: frozenset[str]
    understood: bool
    never: bool


def _condition(test: str, names: frozenset[str], now: datetime) -> _Condition | None:
    """Return a test of the new row, as a condition over its columns; None where it reads anything else."""
    test = _OPERATION.sub("'INSERT'", test)
    if _QUERY.search(test):
        return None
    marked = _NEW.sub(lambda new: quote(_MARK + _column(new)), test)
    denied = branches_where(f"NOT ({marked})", now=now, truth=Truth3.NOT_FALSE)
    met = branches_where(marked, now=now, truth=Truth3.TRUE)
    read = columns_read((*denied, *met))
    if not all(name.startswith(_MARK) and name.removeprefix(_MARK) in names for name in read):
        return None
    sql = _NEW.sub(lambda new: quote(_column(new)), test).strip()
    return _Condition(sql, read, not any(branch.opaque for branch in (*denied, *met)), not met)


def without_comments(source: str) -> str:
    """Return the source of a function without what it says to people."""
    return _COMMENT.sub(" ", source)


def _column(new: re.Match[str]) -> str:
    """Return the column's name: as it stands where it was quoted, else in lower case."""
    return new[1].replace('""', '"') if new[1] else new[2].lower()
