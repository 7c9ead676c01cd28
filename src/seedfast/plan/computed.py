"""Generated columns that can be worked out beforehand, so that foreign keys may point at them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from seedfast.constraints.parse import parse_value
from seedfast.constraints.predicate import Call, ColumnRef, Const, Expr, Truth
from seedfast.model.table import Column, Table
from seedfast.plan.spec import GeneratorPlan

_NO_CLOCK = datetime(2000, 1, 1)
"""A generated column's expression is immutable: it can't read the clock."""

_WHOLE = ("int2", "int4", "int8")
_TEXT = ("text", "varchar")
_ARITHMETIC = ("+", "-", "*")


def computed(column: Column, table: Table) -> GeneratorPlan | None:
    """Return what works a generated column out, None where its expression isn't understood to the last detail."""
    values = parse_value(column.generated or "NULL", now=_NO_CLOCK)
    if len(values) != 1 or values[0][0] != Truth(True):
        return None
    found = _tree(values[0][1], table)
    if found is None:
        return None
    tree, kind = found
    storage = column.type.storage
    fits = storage.name in (_WHOLE if kind == "integer" else _TEXT) and storage.length is None
    return GeneratorPlan("computed", {"tree": tree}) if fits else None


def _tree(item: Expr, table: Table) -> tuple[dict[str, Any], str] | None:
    """Return an expression as a tree, and whether it is ``integer`` or ``text``."""
    match item:
        case Const(value) if isinstance(value, str) or type(value) is int:
            return {"value": value}, "text" if isinstance(value, str) else "integer"
        case ColumnRef(name):
            storage = table.column(name).type.storage
            if storage.name == "bpchar":
                # As text it has no blanks at its end.
                return {"call": "rtrim", "of": [{"column": name}]}, "text"
            known = storage.name in (*_WHOLE, *_TEXT) and table.column(name).generated is None
            return ({"column": name}, "integer" if storage.name in _WHOLE else "text") if known else None
        case Call(name, arguments):
            parts = [_tree(argument, table) for argument in arguments]
            read = [part for part in parts if part is not None]
            return _call(name, read) if len(read) == len(parts) else None
    return None


def _call(name: str, parts: list[tuple[dict[str, Any], str]]) -> tuple[dict[str, Any], str] | None:
    kinds = {kind for _, kind in parts}
    of = [tree for tree, _ in parts]
    if name in ("cast:text", "cast:varchar"):
        return {"call": "text", "of": of}, "text"
    if name in ("cast:int4", "cast:int8") and kinds == {"integer"}:
        return of[0], "integer"
    if name in _ARITHMETIC and kinds == {"integer"} and len(of) == 2:
        return {"call": name, "of": of}, "integer"
    if name in ("lower", "upper") and kinds == {"text"}:
        return {"call": name, "of": of}, "text"
    if name == "||" and "text" in kinds:
        return {"call": name, "of": of}, "text"
    if name == "coalesce" and kinds == {"text"}:
        return {"call": name, "of": of}, "text"
    return None
