"""Rows that triggers want to find for a new one: a lesson's teacher has been said to teach its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import postgast

from seedfast.constraints.nodes import enum_name, opened
from seedfast.constraints.raises import TEST, without_comments
from seedfast.model.table import Table
from seedfast.names import QualifiedName

_KEPT = 2_000
_CAST = re.compile(r"::\s*\w+(?:\s*\(\s*\d+\s*\))?")
_GIVEN = re.compile(r"(?<![\w.])(\w+)(?:\s+[\w.%]+)?\s*:=\s*(NEW\s*\.\s*\w+)\s*;", re.IGNORECASE)
_ABSENT = re.compile(r"\bNOT\s+(?:\(\s*)?EXISTS\s*\(", re.IGNORECASE)
_COUNTED = re.compile(r"\(\s*(?=SELECT\s+count\s*\([^()]*\)\s+FROM\b)", re.IGNORECASE)
_NONE = re.compile(r"\s*\)\s*(?:=\s*0|<\s*1|<=\s*0)(?!\w)")
_THERE = re.compile(r"(?:\bSELECT\s+EXISTS\s*\(|(?<![\w.])(?P<name>\w+)\s*:=\s*EXISTS\s*\()", re.IGNORECASE)
_INTO = re.compile(r"\s*\)\s*INTO\s+(\w+)\s*;", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:PERFORM\b(?P<sought>[^;]*?)|SELECT\b(?P<listed>[^;]*?)\bINTO\s+(?:STRICT\s+)?(?P<into>\w+(?:\s*,\s*\w+)*))"
    r"\s(?P<rest>FROM\b[^;]*);",
    re.IGNORECASE,
)
_UNFOUND = re.compile(r"\s*IF\s+NOT\s+FOUND\s+THEN\s+RAISE\b", re.IGNORECASE)
_NEW = "new"

Term = tuple[str, str]
"""A column: the name that its table goes by in a query, or ``new``, and its own name."""


@dataclass(frozen=True, slots=True)
class Required:
    """A row that a new one needs: ``columns`` of the new row hold what it holds in its ``parent_columns``.

    ``shared`` are columns of it that hold what another parent of the new row holds: the foreign key to that one, the
    column there, and the column here. ``trigger`` is the one that asks.
    """

    trigger: str
    parent: QualifiedName
    columns: tuple[str, ...]
    parent_columns: tuple[str, ...]
    shared: tuple[tuple[str, str, str], ...] = ()


def required(table: Table, tables: Mapping[QualifiedName, frozenset[str]]) -> tuple[Required, ...]:
    """Return the rows that the functions of a table's triggers want to find for each new row.

    ``tables`` are the columns of the tables there are. Under whatever other condition a row is looked for, it is taken
    to be needed always; what isn't understood is left out.
    """
    return tuple(
        dict.fromkeys(
            one
            for trigger in table.triggers
            for query in _queries(trigger.source)
            for one in _Query(query, trigger.name, table, tables).read()
        )
    )


@lru_cache(maxsize=_KEPT)
def _queries(source: str) -> tuple[str, ...]:
    """Return the queries that must find something, or the function raises an error."""
    text = _CAST.sub("", without_comments(source))
    for match in _GIVEN.finditer(text):
        text = re.sub(rf"(?<![\w.]){match[1]}(?!\s*:=)(?!\s+[\w.%]+\s*:=)(?![\w.])", match[2], text)
    tests = [match["test"] for match in TEST.finditer(text)]
    found = [query for test in tests for query in _missed(test)]
    for there in _THERE.finditer(text):
        query = _enclosed(text, there.end())
        into = _INTO.match(text, there.end() + len(query))
        name = there["name"] or (into[1] if into else "")
        if name and any(re.search(rf"\bNOT\s+{name}\b", test, re.IGNORECASE) for test in tests):
            found.append(query)
    for match in _SOUGHT.finditer(text):
        names = (match["into"] or "").replace(" ", "").split(",")
        absent = rf"\b(?:{'|'.join(names)})\s*(?:\.\s*\w+\s*)?(?:IS\s+NULL|=\s*0|<\s*1)(?!\w)"
        missed = match["into"] and any(re.search(absent, test, re.IGNORECASE) for test in tests)
        if _UNFOUND.match(text, match.end()) or missed:
            found.append(f"SELECT 1 {match['rest']}")
    return tuple(dict.fromkeys(found))


def _missed(test: str) -> Iterator[str]:
    """Yield the queries that find nothing where a test is true; of several that must all fail, the first."""
    absent = list(_ABSENT.finditer(test))
    either = len(absent) > 1 and re.search(r"\bOR\b", test, re.IGNORECASE)
    for there in absent if either else absent[:1]:
        yield _enclosed(test, there.end())
    for counted in _COUNTED.finditer(test):
        query = _enclosed(test, counted.end())
        if _NONE.match(test, counted.end() + len(query)):
            yield query


def _enclosed(text: str, start: int) -> str:
    """Return what stands from a place on up to the bracket that closes there."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0:
            return text[start:place]
    return text[start:]


class _Query:
    """One query while it is read: its tables, and which columns it wants to be equal."""

    def __init__(self, text: str, trigger: str, table: Table, tables: Mapping[QualifiedName, frozenset[str]]) -> None:
        self._trigger, self._table, self._tables = trigger, table, tables
        self._there: dict[str, QualifiedName] = {}
        self._equal: list[set[Term]] = []
        self._conditions: list[Any] = []
        try:
            statement = postgast.parse(text).stmts[0].stmt.select_stmt
        except (postgast.PgQueryError, IndexError, RecursionError):
            return
        for item in statement.from_clause:
            self._enter(item)
        if statement.HasField("where_clause"):
            self._conditions.append(statement.where_clause)
        for condition in self._conditions:
            self._join(condition)

    def read(self) -> Iterator[Required]:
        """Yield the rows that the query finds beside those that foreign keys lead to."""
        keys = {}
        for alias, parent in self._there.items():
            pairs = self._pairs(alias)
            led = [
                key
                for key in self._table.foreign_keys
                if key.parent == parent
                and pairs.items() >= dict(zip(key.columns, key.parent_columns, strict=True)).items()
            ]
            if led:
                keys[alias] = led[0].name
        for alias, parent in self._there.items():
            pairs, shared = self._pairs(alias), self._shared(alias, keys)
            if parent != self._table.name and alias not in keys and pairs:
                yield Required(self._trigger, parent, tuple(pairs), tuple(pairs.values()), shared)

    def _pairs(self, alias: str) -> dict[str, str]:
        """Return, for columns of the new row, the column of a table of the query that they must be equal to."""
        return {
            new: theirs
            for terms in self._equal
            for new in sorted(name for row, name in terms if row == _NEW)[:1]
            for theirs in sorted(name for row, name in terms if row == alias)[:1]
        }

    def _shared(self, alias: str, keys: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
        """Return what columns of a table of the query must be equal to in parents that foreign keys lead to."""
        return tuple(
            (keys[other], column, theirs)
            for terms in self._equal
            if not any(row == _NEW for row, _ in terms)
            for other, column in sorted(terms)
            if other in keys
            for theirs in sorted(name for row, name in terms if row == alias)[:1]
        )

    def _enter(self, item: Any) -> None:
        """Note a table of the query, or both sides of a join."""
        form, body = opened(item)
        if form == "join_expr":
            if enum_name(body, "jointype") == "JOIN_INNER":
                self._enter(body.larg)
                self._enter(body.rarg)
                if body.HasField("quals"):
                    self._conditions.append(body.quals)
            else:
                self._enter(body.larg)
        elif form == "range_var":
            named = [n for n in self._tables if n.name == body.relname and body.schemaname in ("", n.schema)]
            ours = [name for name in named if name.schema == self._table.name.schema] or named
            if ours:
                self._there[body.alias.aliasname or body.relname] = ours[0]

    def _join(self, node: Any) -> None:
        """Note the columns that a condition wants to be equal."""
        form, body = opened(node)
        if form == "bool_expr" and enum_name(body, "boolop") == "AND_EXPR":
            for part in body.args:
                self._join(part)
        elif form == "a_expr" and enum_name(body, "kind") == "AEXPR_OP" and body.name[-1].string.sval == "=":
            sides = {term for side in (body.lexpr, body.rexpr) if (term := self._term(side)) is not None}
            if len(sides) > 1:
                joined = [terms for terms in self._equal if terms & sides]
                self._equal = [terms for terms in self._equal if terms not in joined] + [sides.union(*joined)]

    def _term(self, node: Any) -> Term | None:
        form, body = opened(node)
        if form != "column_ref" or any(part.WhichOneof("node") != "string" for part in body.fields):
            return None
        *row, column = (part.string.sval for part in body.fields)
        if row:
            known = row[-1] in self._there or (row[-1] == _NEW and any(c.name == column for c in self._table.columns))
            return (row[-1], column) if known else None
        having = [alias for alias, name in self._there.items() if column in self._tables[name]]
        return (having[0], column) if len(having) == 1 else None
