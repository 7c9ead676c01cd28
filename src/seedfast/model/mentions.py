"""Which tables a table's triggers name, and so may read or write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from seedfast.model.table import Table
from seedfast.names import QualifiedName

_WORD = re.compile(r"[\w$]+")


def mentions(tables: Iterable[Table]) -> Mapping[QualifiedName, frozenset[QualifiedName]]:
    """Return, for each table that has triggers, the others of these tables whose names stand in their source."""
    known = list(tables)
    plain: dict[str, set[QualifiedName]] = {}
    odd: list[QualifiedName] = []
    for table in known:
        name = table.name.name.lower()
        if _WORD.fullmatch(name):
            plain.setdefault(name, set()).add(table.name)
        else:
            odd.append(table.name)
    found = {}
    for table in known:
        sources = [trigger.source.lower() for trigger in table.triggers]
        words = {word for source in sources for word in _WORD.findall(source)}
        named = {name for word in words & plain.keys() for name in plain[word]}
        named |= {name for name in odd if any(name.name.lower() in source for source in sources)}
        if named - {table.name}:
            found[table.name] = frozenset(named - {table.name})
    return found
