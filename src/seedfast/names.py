"""Qualified names, and the only place that quotes identifiers and literals for SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An identifier of this form means itself when written bare. Keywords don't matter here: this decides how a name is
# shown to people; for SQL every identifier is quoted.
_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*\Z")


def quote(identifier: str) -> str:
    """Return the identifier quoted for SQL, whatever characters it holds."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return the text as an SQL string literal that no setting of the server can misread."""
    escaped = text.replace("'", "''")
    if "\\" in text:
        return "E'" + escaped.replace("\\", "\\\\") + "'"
    return "'" + escaped + "'"


def shown(identifier: str) -> str:
    """Return the identifier as a person would write it: bare where that is unambiguous."""
    return identifier if _PLAIN.match(identifier) else quote(identifier)


@dataclass(frozen=True, slots=True, order=True)
class QualifiedName:
    """A relation's schema and name. ``str()`` is for people and for stable keys, ``sql`` for statements."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{shown(self.schema)}.{shown(self.name)}"

    @property
    def sql(self) -> str:
        """The name quoted for SQL."""
        return f"{quote(self.schema)}.{quote(self.name)}"


def parse_qualified(text: str) -> tuple[str | None, str]:
    """Split a name as a user writes it, with optional double quotes, into schema (None where not given) and name."""
    parts = re.findall(r'"((?:[^"]|"")*)"|([^."]+)', text)
    words = [(quoted.replace('""', '"') if quoted else bare) for quoted, bare in parts]
    if len(words) >= 2:
        return words[0], ".".join(words[1:])
    return None, words[0] if words else text
