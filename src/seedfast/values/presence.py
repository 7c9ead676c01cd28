"""Values that are there only where another column has one."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.values import parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry


class Present(Generator):
    """The values of another kind, NULL where a sibling is NULL."""

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self._nested = registry.build(kind, inner)
        self._beside = parameters.string(params, "column")
        self.inputs = tuple(dict.fromkeys((*self._nested.inputs, self._beside)))

    def values(self, draw: Draw) -> pa.Array:
        """Return what the other kind has where the sibling has a value."""
        made = self._nested.values(draw)
        return pc.if_else(pc.is_valid(draw.inputs[self._beside]), made, pa.scalar(None, made.type))


def register(registry: Registry) -> None:
    """Register the wrapper."""
    explained = {"column": "the sibling", "kind": "the kind of the values", "params": "its parameters"}
    registry.register(
        ValueKind("present.with", "values where another column has one", lambda p: Present(registry, p), explained)
    )
