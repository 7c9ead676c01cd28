"""The members of a row's documents that its triggers read: what they look for had better be there."""

from __future__ import annotations

import re
from itertools import islice

from seedfast.model.table import Table
from seedfast.names import literal, quote

_DOCUMENTS = frozenset({"json", "jsonb"})
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_NAMED = re.compile(r"\b(\w+)\s+jsonb?\s*(?::=|DEFAULT|=)\s*NEW\s*\.\s*\"?(\w+)\"?\s*;", re.IGNORECASE)
_MEMBER = re.compile(
    r"(?P<open>\(\s*)?(?P<new>\bNEW\s*\.\s*)?\"?(?P<name>\w+)\"?"
    r"(?P<steps>(?:\s*->\s*'(?:[^']|'')+')*)\s*->>\s*'(?P<member>(?:[^']|'')+)'"
    r"(?(open)(?:\s*\)\s*::\s*(?P<kind>\w+))?)",
    re.IGNORECASE,
)
_STEP = re.compile(r"'((?:[^']|'')+)'")
_CASTS = {"int": "integer", "int4": "integer", "int8": "bigint", "decimal": "numeric", "bool": "boolean"}
_KINDS = frozenset({"integer", "bigint", "smallint", "numeric", "boolean", "date", "timestamp", "timestamptz", "uuid"})
_MOST = 20


def members_read(table: Table) -> dict[str, str]:
    """Return, as SQL conditions, that a row's documents have the members that its triggers read, each with the trigger.

    A member that a trigger casts is demanded as what it is cast to. Only documents of the row itself count, by name or
    by the name of a variable that is given one.
    """
    documents = {column.name for column in table.columns if column.type.storage.name in _DOCUMENTS}
    found: dict[str, str] = {}
    for trigger in table.triggers if documents else ():
        source = _COMMENT.sub(" ", trigger.source)
        named = {match[1].lower(): match[2].lower() for match in _NAMED.finditer(source)}
        for match in _MEMBER.finditer(source):
            name = match["name"].lower()
            column = name if match["new"] else named.get(name, "")
            if column in documents:
                found.setdefault(_present(column, match), trigger.name)
    return dict(islice(found.items(), _MOST))


def _present(column: str, match: re.Match[str]) -> str:
    *steps, member = (step.replace("''", "'") for step in (*_STEP.findall(match["steps"]), match["member"]))
    value = f"({quote(column)}{''.join(f' -> {literal(step)}' for step in steps)} ->> {literal(member)})"
    kind = (match["kind"] or "").lower()
    kind = _CASTS.get(kind, kind)
    return f"{value}::{kind} IS NOT NULL" if kind in _KINDS else f"{value} IS NOT NULL"
