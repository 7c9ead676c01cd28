"""Values that the server computes from sibling columns, worked out here so that other tables can refer to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

Tree = Mapping[str, Any]
"""``{"column": name}``, ``{"value": constant}``, or ``{"call": name, "of": [trees]}``."""


def _number(values: pa.Array) -> pa.Array:
    return values if pa.types.is_integer(values.type) else pc.cast(columns.text(values), pa.int64())


def _concatenated(*parts: pa.Array) -> pa.Array:
    return columns.concatenated(*(columns.text(part) for part in parts))


def _case(said: pa.Array, *cases: pa.Array) -> pa.Array:
    """Return, of pairs of a label and a value, the value where the label is what is said; NULL where none is."""
    spoken = columns.text(said)
    found = pa.nulls(len(spoken), pa.string())
    for label, value in zip(cases[::2], cases[1::2], strict=True):
        # A NULL is no label, and keeps what was found before.
        same = pc.fill_null(pc.equal(spoken, columns.text(label)), False)
        found = pc.if_else(same, columns.text(value), found)
    return found


CALLS: Mapping[str, Callable[..., pa.Array]] = {
    "||": _concatenated,
    "lower": lambda text: pc.utf8_lower(columns.text(text)),
    "upper": lambda text: pc.utf8_upper(columns.text(text)),
    "text": columns.text,
    "rtrim": lambda text: pc.utf8_rtrim(columns.text(text), " "),
    "integer": _number,
    "+": lambda left, right: pc.add_checked(_number(left), _number(right)),
    "-": lambda left, right: pc.subtract_checked(_number(left), _number(right)),
    "*": lambda left, right: pc.multiply_checked(_number(left), _number(right)),
    "case": _case,
    "coalesce": lambda *parts: pc.coalesce(*(columns.text(part) for part in parts)),
}
"""What can be computed, by name."""


def columns_of(tree: Tree) -> tuple[str, ...]:
    """Return the columns that a tree reads, each once."""
    if "column" in tree:
        return (str(tree["column"]),)
    return tuple(dict.fromkeys(name for part in tree.get("of", ()) for name in columns_of(part)))


class Computed(Generator):
    """The value of an expression over sibling columns."""

    def __init__(self, params: Params) -> None:
        self.tree: Tree = params["tree"]
        self.inputs = columns_of(self.tree)
        _check(self.tree)

    def values(self, draw: Draw) -> pa.Array:
        """Return the expression's values; NULL where PostgreSQL's would be."""
        return _value(self.tree, draw)


def _check(tree: Any) -> None:
    if not isinstance(tree, Mapping) or not {"column", "value", "call"} & set(tree):
        raise parameters.wrong("tree", "a column, a value or a call", tree)
    if "call" in tree:
        if tree["call"] not in CALLS:
            raise parameters.wrong("tree", "one of " + ", ".join(sorted(CALLS)), tree["call"])
        for part in tree["of"]:
            _check(part)


def _value(tree: Tree, draw: Draw) -> pa.Array:
    if "column" in tree:
        return draw.inputs[tree["column"]]
    if "value" in tree:
        return pa.array([tree["value"]]).take(pa.array(np.zeros(len(draw.rows), dtype=np.int64)))
    return CALLS[tree["call"]](*(_value(part, draw) for part in tree["of"]))


def register(registry: Registry) -> None:
    """Register computed values."""
    explained = {"tree": "the expression: `column`, `value`, or `call` with the parts it is `of`"}
    registry.register(ValueKind("computed", "what the server computes from other columns", Computed, explained))
