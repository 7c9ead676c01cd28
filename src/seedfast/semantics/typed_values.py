"""Values of several types, a column each: a row has one of them, and a column beside them may say which."""

from __future__ import annotations

from collections.abc import Sequence

from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.names import quote
from seedfast.semantics.numbers import INTEGERS
from seedfast.semantics.words import words

_SAID = {
    "text": ("string", "text", "str", "varchar", "char"),
    "number": ("number", "numeric", "integer", "int", "decimal", "float", "double", "long", "bigint", "real"),
    "boolean": ("boolean", "bool"),
    "date": ("date", "datetime", "timestamp", "time"),
    "json": ("json", "jsonb", "object"),
}
_STORED = {
    "text": frozenset({"text", "varchar", "bpchar", "citext"}),
    "number": frozenset({*INTEGERS, "numeric", "float4", "float8"}),
    "boolean": frozenset({"bool"}),
    "date": frozenset({"date", "timestamp", "timestamptz", "time"}),
    "json": frozenset({"json", "jsonb"}),
}
_WRITTEN = {"text": "string", "number": "number", "boolean": "boolean", "date": "date", "json": "json"}
_TEXTS = {
    "plan": ("free", "starter", "team", "enterprise"),
    "country": ("DE", "US", "FR", "BR", "JP", "GB"),
    "theme": ("light", "dark", "system"),
    "source": ("newsletter", "search", "partner", "social", "direct"),
    "language": ("en", "de", "fr", "es", "pt", "ja"),
    "role": ("viewer", "editor", "admin"),
}
"""Properties that many things have, with what they may be."""

_NAMED = {
    "number": ("score", "amount", "duration", "weight", "distance"),
    "boolean": ("newsletter", "is_trial", "verified"),
    "date": ("signed_up_at", "last_login_at", "confirmed_at"),
    "json": ("settings", "address", "preferences"),
}
"""Properties by the family of their values, which may be anything."""

_KEYS = frozenset({
    (*of, name) for of in ((), ("data",), ("attribute",), ("attr",), ("meta",), ("property",), ("field",), ("param",))
    for name in ("key", "name")
} - {("name",)})  # fmt: skip
_KEY_LENGTH = 16
_SELECTORS = frozenset({("data", "type"), ("value", "type"), ("type",)})


def one_value(table: Table) -> dict[str, str]:
    """Return, as an SQL condition, that each row has one of its typed values, with what says so; {} for others."""
    pointing = {name for key in table.foreign_keys for name in key.columns}
    unique = {part.column for key in table.unique_keys for part in key.parts}
    found = {
        column.name: family
        for column in table.columns
        if column.nullable and column.default is None and column.insertable and column.name not in pointing | unique
        if (family := _family(column))
    }
    if len(set(found.values())) < 2:
        return {}
    selector = next((c for c in table.columns if words(c.name) in _SELECTORS and c.name not in pointing | unique), None)
    key = next((c for c in table.columns if _is_key(c) and c.name not in pointing | unique), None)
    ways = []
    for name, family in found.items():
        parts = [f"{quote(each)} IS {'NOT ' if each == name else ''}NULL" for each in found]
        if selector is not None and len(set(found.values())) == len(found) and (said := _called(selector, family)):
            parts.append(f"{quote(selector.name)} = {said}")
        ways += [[*parts, *told] for told in (_properties(key, name, family) if key is not None else [[]])]
    return {" OR ".join(f"({' AND '.join(parts)})" for parts in ways): "a row has a value of one type"}


def _is_key(column: Column) -> bool:
    """Tell whether a column names the property whose value a row holds."""
    storage = column.type.storage
    roomy = storage.length is None or storage.length >= _KEY_LENGTH
    return words(column.name) in _KEYS and storage.name in _STORED["text"] and roomy and column.default is None


def _properties(key: Column, value: str, family: str) -> list[list[str]]:
    """Return, in SQL, what properties of a family are called, each with its values where these are few."""
    if family == "text":
        return [[_among(key.name, (name,)), _among(value, values)] for name, values in _TEXTS.items()]
    return [[_among(key.name, _NAMED[family])]]


def _among(column: str, values: Sequence[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{quote(column)} IN ({listed})"


def _family(column: Column) -> str:
    """Return of which family the values of a column are that is called a value of a type, "" for other columns."""
    said = [word for word in words(column.name) if word != "value"]
    if len(said) != 1 or "value" not in words(column.name):
        return ""
    stored = column.type.storage.name
    return next((family for family, listed in _SAID.items() if said[0] in listed and stored in _STORED[family]), "")


def _called(selector: Column, family: str) -> str:
    """Return, in SQL, what the column that tells the type calls a family, "" where that isn't known."""
    storage = selector.type.storage
    if storage.form is TypeForm.ENUM:
        labels = (label for label in storage.labels if label.lower() in _SAID[family])
        return next((f"'{label}'" for label in labels), "")
    if storage.name in INTEGERS:
        return str(1 + list(_SAID).index(family))
    return f"'{_WRITTEN[family]}'" if storage.name in _STORED["text"] else ""
