"""Values of several types, a column each: a row has one of them, and a column beside them may say which."""

from __future__ import annotations

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
    ways = []
    for name, family in found.items():
        parts = [f"{quote(each)} IS {'NOT ' if each == name else ''}NULL" for each in found]
        if selector is not None and len(set(found.values())) == len(found) and (said := _called(selector, family)):
            parts.append(f"{quote(selector.name)} = {said}")
        ways.append(f"({' AND '.join(parts)})")
    return {" OR ".join(ways): "a row has a value of one type"}


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
