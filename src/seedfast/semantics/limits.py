"""Flags that tell whether a measured value lies within the limits that its row names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seedfast.model.table import Column, Table
from seedfast.semantics.words import words

_NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})
_OUTSIDE = frozenset({
    ("abnormal",), ("out", "of", "range"), ("outside", "range"), ("out", "of", "spec"), ("out", "of", "tolerance"),
    ("exceeded",), ("limit", "exceeded"), ("breach",), ("breached",), ("anomalous",), ("anomaly",), ("violation",),
})  # fmt: skip
_INSIDE = frozenset({
    ("normal",), ("in", "range"), ("within", "range"), ("within", "limit"), ("within", "tolerance"), ("in", "spec"),
    ("within", "spec"), ("conforming",), ("conform",), ("compliant",), ("in", "tolerance"), ("pass",), ("passed",),
})  # fmt: skip
_VALUES = frozenset({
    "value", "result", "reading", "measurement", "measured", "actual", "observed", "numeric", "quantity", "level",
})  # fmt: skip
_LOW = frozenset({"low", "min", "minimum", "lower"})
_HIGH = frozenset({"high", "max", "maximum", "upper"})
_FILLERS = frozenset({"is", "was", "flag", "has", "are"})


@dataclass(frozen=True, slots=True)
class Limited:
    """A ``flag`` that tells whether a ``value`` is outside of ``low`` and ``high``, or not ``outside``."""

    flag: str
    value: str
    low: str | None
    high: str | None
    outside: bool


def limited(table: Table) -> Iterator[Limited]:
    """Yield the flags of a table that compare a value with limits beside it."""
    numbers = {column.name: words(column.name) for column in table.columns if column.type.storage.name in _NUMBERS}
    low, high = (_only(name for name, said in numbers.items() if ends & set(said)) for ends in (_LOW, _HIGH))
    keys = {name for key in table.foreign_keys for name in key.columns}
    value = _only(
        name
        for name, said in numbers.items()
        if _VALUES & set(said) and not (_LOW | _HIGH) & set(said) and name not in keys
    )
    if value is None or (low is None and high is None):
        return
    for column in table.columns:
        told = _told(column)
        if told is not None:
            yield Limited(column.name, value, low, high, told)


def _told(column: Column) -> bool | None:
    """Return whether a flag tells that a value is outside, or inside; None for what tells neither."""
    said = tuple(word for word in words(column.name) if word not in _FILLERS)
    if column.type.storage.name != "bool" or column.generated is not None:
        return None
    return True if said in _OUTSIDE else False if said in _INSIDE else None


def _only(names: Iterator[str]) -> str | None:
    found = list(names)
    return found[0] if len(found) == 1 else None
