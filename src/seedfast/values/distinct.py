"""Making any text tell rows apart: the text, and a short number or code behind it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, fitting, parameters
from seedfast.values.fitting import MIN_MAX, Length
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import MOST
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_BASE_36 = np.frombuffer(b"0123456789abcdefghijklmnopqrstuvwxyz", dtype=np.uint8)
_ROOMY = 16
_STYLES = {"number": (" ", 10), "code": ("-", 36)}
_PLACES = {10: 18, 36: 12}


class Distinct(Generator):
    """A text and the number of the value, after a separator that no number holds: so the number can be read back, and
    different numbers make different texts whatever stands before.
    """

    def __init__(self, registry: Registry, params: Params) -> None:
        self.length = Length.read(params)
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        known = registry.kind(kind).params
        inner = {**inner, **{name: params[name] for name in MIN_MAX if name in known and name in params}}
        self.nested = registry.build(kind, inner)
        self.inputs = self.nested.inputs
        high = self.length.high
        natural = "number" if high is None or high >= _ROOMY else "code"
        self.separator, self.base = _STYLES[parameters.one_of(params, "style", tuple(_STYLES), natural)]
        self.separator = parameters.string(params, "separator", self.separator)
        if (not self.separator.strip() and self.separator != " ") or any(c.isalnum() for c in self.separator):
            raise parameters.wrong("separator", "a blank or punctuation", self.separator)
        places = _PLACES[self.base] if high is None else min(high, _PLACES[self.base])
        self.capacity: int = min(self.base**places - 1, MOST) if places else 1

    def values(self, draw: Draw) -> pa.Array:
        """Return the texts alone; only numbered values are told apart."""
        return fitting.fit(columns.text(self.nested.values(draw)), self.length)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the texts with their numbers, counted from 1."""
        number = self._number(index + 1)
        body = pc.utf8_rtrim_whitespace(columns.text(self.nested.values(draw)))
        if self.length.high is not None:
            if self.length.high == 0:
                return body
            body = fitting.sliced(body, self.length.high - len(self.separator) - columns.lengths(number))
        bare = columns.lengths(body) == 0
        head = columns.chosen(bare, body, columns.concatenated(body, self.separator))
        return columns.concatenated(head, self._padding(columns.lengths(head) + columns.lengths(number)), number)

    def _number(self, index: Rows) -> pa.Array:
        if self.base == 10:
            return columns.digits(index)
        places = max(1, len(np.base_repr(int(index.max(initial=1)), 36)))
        return pc.utf8_ltrim(columns.fixed_width(columns.positional(index, _BASE_36, places)), "0")

    def _padding(self, size: Rows) -> pa.Array:
        """Return the zeros that lengthen each number so that the text has its least length."""
        missing = np.maximum(self.length.low - size, 0)
        widths, codes = np.unique(missing, return_inverse=True)
        return columns.pool(["0" * int(width) for width in widths], codes.astype(np.int64))


def register(registry: Registry) -> None:
    """Register the wrapper."""

    def build(params: Params) -> Generator:
        return Distinct(registry, params)

    explained = {
        **MIN_MAX,
        "kind": "the kind of text",
        "params": "its parameters",
        "style": "`number` or `code`: how the number is written",
        "separator": "what stands between",
    }
    registry.register(ValueKind("text.distinct", "any text, told apart by a number", build, explained, text=True))
