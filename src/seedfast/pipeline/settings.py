"""Settings of the session that a table's rows need: who is logged in, which tenant it is.

Applications give them before they write, and triggers read them. A value is one that the rows themselves hold, such as
the user that they refer to, or one that a function's source names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from seedfast.db import Connection
from seedfast.load.trials import attempt
from seedfast.plan.spec import Source, TablePlan

_READ = re.compile(r"current_setting\s*\(\s*'([\w-]+(?:\.[\w-]+)+)'[^)]*\)([^;]{0,24})")
_MEMBER = re.compile(r"->>?\s*'(\w+)'")
_LITERAL = re.compile(r"'([\w.@ -]{1,40})'")
_NAMED = 12
"""So many values that a source names are tried."""


def read_by(source: str, given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the settings that functions read, by their source, without those given."""
    return tuple(dict.fromkeys(name for name, _ in _READ.findall(source) if name not in given))


def found(
    connection: Connection,
    table: TablePlan,
    rows: Mapping[str, Sequence[str | None]],
    source: str,
    given: Mapping[str, str],
) -> Mapping[str, str]:
    """Return settings with which PostgreSQL takes the most of some rows; none where it takes no row with any."""
    names = read_by(source, given)
    best: Mapping[str, str] = {}
    most = 0
    for settings in _proposed(names, source, _values(table, rows, source)):
        verdicts = attempt(connection, replace(table, settings=settings), rows)
        taken = sum(verdict.taken for verdict in verdicts)
        if taken > most:
            best, most = settings, taken
        if most == len(verdicts):
            break
    return best


def _proposed(names: Sequence[str], source: str, values: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield settings to try: each alone, then all together, with one value after the other."""
    members = list(dict.fromkeys(_MEMBER.findall(source)))
    documents = {name for name, after in _READ.findall(source) if "json" in after or "->" in after}
    groups = [(name,) for name in names] + ([tuple(names)] if len(names) > 1 else [])
    for value in values:
        document = json.dumps(dict.fromkeys(members or ["sub"], value))
        for group in groups:
            yield {name: document if name in documents else value for name in group}


def _values(table: TablePlan, rows: Mapping[str, Sequence[str | None]], source: str) -> list[str]:
    """Return values that a setting may have: what the first rows refer to, what the source names, a number."""
    referring = [column.name for column in table.columns if column.source is Source.REFERENCE]
    held = [value for name in referring for value in rows.get(name, ())[:1] if value is not None]
    said = [text for text in _LITERAL.findall(source) if "." not in text][:_NAMED]
    return list(dict.fromkeys([*held, "1", *said]))
