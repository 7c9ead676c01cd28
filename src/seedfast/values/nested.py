"""Arrays and composites, made of other kinds, as text in PostgreSQL's input syntax."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import MOST
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry


def telling_apart(registry: Registry, kind: str, params: Params) -> Generator:
    """Return a generator of the kind that can tell values apart where that is possible: text gets a number."""
    generator = registry.build(kind, params)
    declared = registry.kind(kind)
    if generator.capacity is not None or not declared.text:
        return generator
    bounds = {name: params[name] for name in ("min_length", "max_length") if name in params}
    return registry.build("text.distinct", {"kind": kind, "params": dict(params), **bounds})


def places(capacity: int, most: int) -> int:
    """Return how many digits in base ``capacity``, ``most`` at the most, fill the highest capacity."""
    if capacity <= 1:
        return min(1, most)
    needed, size = 0, 1
    while needed < most and size < MOST:
        needed, size = needed + 1, size * capacity
    return needed


class Array(Generator):
    """Arrays of one or two dimensions."""

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.nested(params, "element")
        self.low, self.high = parameters.count(params, "low", 1), parameters.count(params, "high", 3)
        parameters.ordered(params, self.low, self.high)
        dimensions = parameters.integer(params, "dimensions", 1)
        if dimensions not in (1, 2):
            raise parameters.wrong("dimensions", "1 or 2", dimensions)
        self.across = 2 if dimensions == 2 else 1
        self.two_dimensional = dimensions == 2
        self.delimiter = parameters.string(params, "delimiter", ",")
        self.element = registry.build(kind, inner)
        self.apart = telling_apart(registry, kind, inner)
        self.inputs = self.element.inputs
        base = self.apart.capacity
        # So many elements are digits of the array's number; an array of none has no number.
        self.numbered = places(base, self.high * self.across) if base is not None else 0
        if base is not None:
            self.capacity = min(base**self.numbered, MOST)

    def values(self, draw: Draw) -> pa.Array:
        """Return arrays of random sizes."""
        counts = self.low + draw.below(self.high - self.low + 1, "count")
        return self._text(counts * self.across, self._elements(draw, counts * self.across, None), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return arrays whose first elements are the digits of the number."""
        low = max(self.low, -(-self.numbered // self.across))
        counts = low + draw.below(self.high - low + 1, "count")
        return self._text(counts * self.across, self._elements(draw, counts * self.across, index), draw)

    def _elements(self, draw: Draw, counts: Rows, index: Rows | None) -> pa.Array:
        """Return the elements of all rows, row after row; the first ones of a row are digits of ``index`` if given."""
        owners = np.repeat(np.arange(len(counts)), counts)
        starts = np.cumsum(counts) - counts
        position = np.arange(len(owners)) - starts[owners]
        cells = draw.rows[owners] * (self.high * self.across) + position
        inner = Draw(cells, draw.stream.child("element"))
        if index is None or self.apart.capacity is None:
            return columns.member(self.element.values(inner))
        numbered = position < self.numbered
        base = self.apart.capacity
        digit = index[owners]
        for place in range(1, self.numbered):
            digit = np.where(position >= place, digit // base, digit)
        leading = Draw(cells[numbered], inner.stream)
        trailing = Draw(cells[~numbered], inner.stream)
        both = pa.concat_arrays(
            [
                columns.member(self.apart.at(digit[numbered] % base, leading)),
                columns.member(self.element.values(trailing)),
            ]
        )
        order = np.empty(len(owners), dtype=np.int64)
        order[numbered] = np.arange(len(leading.rows))
        order[~numbered] = len(leading.rows) + np.arange(len(trailing.rows))
        return both.take(pa.array(order))

    def _text(self, counts: Rows, members: pa.Array, draw: Draw) -> pa.Array:
        if self.two_dimensional:
            inner = np.full(len(members) // self.across, self.across, dtype=np.int64)
            members = columns.concatenated("{", columns.joined(members, inner, self.delimiter), "}")
            counts = counts // self.across
        return columns.concatenated("{", columns.joined(members, counts, self.delimiter), "}")


class Composite(Generator):
    """Composite values, field by field."""

    def __init__(self, registry: Registry, params: Params) -> None:
        self.names: list[str] = []
        self.fields: list[Generator] = []
        self.apart: list[Generator] = []
        self.null_permille: list[int] = []
        for number, field in enumerate(parameters.items(params, "fields")):
            kind, inner = parameters.kind_of(f"fields[{number}]", field)
            self.names.append(parameters.string(field, "name", str(number)))
            self.fields.append(registry.build(kind, inner))
            self.apart.append(telling_apart(registry, kind, inner))
            self.null_permille.append(parameters.count(field, "null_permille", 0))
        self.inputs = tuple(dict.fromkeys(name for field in self.fields for name in field.inputs))
        self.radices = [field.capacity or 1 for field in self.apart]
        if any(field.capacity is not None for field in self.apart):
            product = 1
            for radix in self.radices:
                product = min(product * radix, MOST)
            self.capacity = product

    def values(self, draw: Draw) -> pa.Array:
        """Return composites of random fields."""
        parts: list[pa.Array] = []
        for name, field, permille in zip(self.names, self.fields, self.null_permille, strict=True):
            inner = self._inner(draw, name)
            text = columns.member(field.values(inner))
            if permille:
                text = pc.if_else(pa.array(inner.below(1000, "null") < permille), columns.literal(""), text)
            parts.append(text)
        return self._text(parts, draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return composites whose fields are the digits of the number."""
        parts: list[pa.Array] = []
        for name, field, apart, radix in zip(self.names, self.fields, self.apart, self.radices, strict=True):
            inner = self._inner(draw, name)
            made = field.values(inner) if apart.capacity is None else apart.at(index % radix, inner)
            parts.append(columns.member(made))
            index = index // radix
        return self._text(parts, draw)

    def _inner(self, draw: Draw, name: str) -> Draw:
        return Draw(draw.rows, draw.stream.child(f"field {name}"), draw.inputs)

    def _text(self, parts: list[pa.Array], draw: Draw) -> pa.Array:
        if not parts:
            return columns.pool(["()"], draw.rows * 0)
        between: list[pa.Array | str] = ["(", parts[0]]
        for part in parts[1:]:
            between += [",", part]
        return columns.concatenated(*between, ")")


def register(registry: Registry) -> None:
    """Register arrays and composites."""
    array = {
        "element": "the elements' kind and params",
        "low": "fewest elements",
        "high": "most elements",
        "dimensions": "1 or 2",
        "delimiter": "what stands between elements; only the type box has another than the comma",
    }
    composite = {"fields": "the fields: name, kind, params, null_permille"}
    registry.register(ValueKind("array", "arrays", lambda params: Array(registry, params), array))
    registry.register(ValueKind("composite", "composite values", lambda params: Composite(registry, params), composite))
