"""Whether a value lies within limits that stand beside it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry


class Outside(Generator):
    """True where the value is below ``low`` or above ``high``, of which one may be missing; false without a value."""

    def __init__(self, params: Params) -> None:
        self._value = parameters.string(parameters.mapping(params, "value"), "column")
        self._ends = {
            end: parameters.string(parameters.mapping(params, end), "column")
            for end in ("low", "high")
            if end in params
        }
        self._outside = parameters.flag(params, "outside", default=True)
        self.inputs = tuple(dict.fromkeys((self._value, *self._ends.values())))

    def values(self, draw: Draw) -> pa.Array:
        """Return what the row's value and limits say."""
        value = _number(draw.inputs[self._value])
        beyond = pa.array(np.zeros(len(value), dtype=np.bool_))
        for end, name in self._ends.items():
            compare = pc.less if end == "low" else pc.greater
            beyond = pc.or_(beyond, pc.fill_null(compare(value, _number(draw.inputs[name])), False))
        return beyond if self._outside else pc.invert(beyond)


def _number(values: pa.Array) -> pa.Array:
    return pc.cast(columns.text(values), pa.float64())


def register(registry: Registry) -> None:
    """Register the flag."""
    explained = {
        "value": "the column with the value",
        "low": "the column with the lowest value that is within",
        "high": "the column with the highest",
        "outside": "whether to tell that the value lies outside, not within",
    }
    registry.register(ValueKind("logic.outside", "whether a value is out of its limits", Outside, explained))
