"""Conditions under which a trigger's function raises an error, read from its source as far as it tests the new row."""

from __future__ import annotations

import re
from datetime import datetime

from seedfast.constraints.branches import columns_read
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
    returned, too: PostgreSQL can be asked what satisfies it. Under whatever other condition a test stands, its demand
    is taken to hold always.
    """
    found: dict[str, None] = {}
    for match in TEST.finditer(without_comments(source)):
        test = _OPERATION.sub("'INSERT'", match["test"])
        if _QUERY.search(test):
            continue
        marked = _NEW.sub(lambda new: quote(_MARK + _column(new)), test)
        branches = branches_where(f"NOT ({marked})", now=now, truth=Truth3.NOT_FALSE)
        read = columns_read(branches)
        names = {column.name for column in table.columns}
        known = all(name.startswith(_MARK) and name.removeprefix(_MARK) in names for name in read)
        if read and known:
            found[f"NOT ({_NEW.sub(lambda new: quote(_column(new)), test).strip()})"] = None
    return tuple(found)


def without_comments(source: str) -> str:
    """Return the source of a function without what it says to people."""
    return _COMMENT.sub(" ", source)


def _column(new: re.Match[str]) -> str:
    """Return the column's name: as it stands where it was quoted, else in lower case."""
    return new[1].replace('""', '"') if new[1] else new[2].lower()
