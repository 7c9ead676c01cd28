"""Values that must be among a column's distinct ones, before those of any other kind."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows, Stream
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.nested import telling_apart
from seedfast.values.numbered import MOST
from seedfast.values.numeric import Serial
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_COMPARED = 1 << 14
"""So many of the other kind's values are compared with the listed ones; what is counted to is found wherever it is."""


class Foremost(Generator):
    """The listed values, then those of another kind without the listed ones."""

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.nested = telling_apart(registry, kind, inner)
        self.inputs = self.nested.inputs
        listed = [str(value) for value in parameters.items(params, "values")]
        if not listed or self.nested.capacity is None or self.inputs:
            raise parameters.wrong("values", "texts to put before values that are numbered", listed)
        self.first = pa.array(listed, pa.string())
        self.skipped = self._positions(listed)
        self.capacity: int = min(len(listed) + self.nested.capacity - len(self.skipped), MOST)

    def values(self, draw: Draw) -> pa.Array:
        """Return the values of the other kind: the listed ones are there to be counted."""
        return self.nested.values(draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the listed values, or those of the other kind."""
        place = np.maximum(index - len(self.first), 0)
        for position in self.skipped:
            place = place + (place >= position)
        others = self.nested.at(place, draw)
        if pa.types.is_dictionary(others.type):
            others = columns.text(others)
        listed = self.first.take(pa.array(np.minimum(index, len(self.first) - 1))).cast(others.type)
        return pc.if_else(pa.array(index < len(self.first)), listed, others)

    def _positions(self, listed: list[str]) -> list[int]:
        """Return, in order, at which of its numbers the other kind has a listed value."""
        if isinstance(self.nested, Serial):
            steps = [divmod(int(value) - self.nested.start, self.nested.step) for value in set(listed)]
            return sorted(step for step, rest in steps if not rest and 0 <= step < self.nested.capacity)
        numbers = np.arange(min(self.nested.capacity or 0, _COMPARED), dtype=np.int64)
        texts = columns.text(self.nested.at(numbers, Draw(numbers, Stream(0))))
        folded = pa.array([value.casefold() for value in listed])
        same = pc.is_in(pc.utf8_lower(texts), value_set=folded)
        return [int(number) for number in np.flatnonzero(same.to_numpy(zero_copy_only=False))]


def register(registry: Registry) -> None:
    """Register the wrapper."""

    def build(params: Params) -> Generator:
        return Foremost(registry, params)

    explained = {"values": "the values that come first", "kind": "the kind of the others", "params": "its parameters"}
    registry.register(ValueKind("foremost", "listed values, then others, all distinct", build, explained))
