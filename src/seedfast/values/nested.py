"""Arrays and composites, made of other kinds, as text in PostgreSQL's input syntax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows, Stream
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, Json, ValueKind
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


def _once(counts: Rows, members: pa.Array) -> tuple[Rows, pa.Array]:
    """Return the elements of rows, and how many there are in each, without those that a row has had before."""
    owners = np.repeat(np.arange(len(counts)), counts)
    codes = members.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    _, first = np.unique(owners * (len(members) + 1) + codes, return_index=True)
    kept = np.sort(first)
    return np.bincount(owners[kept], minlength=len(counts)).astype(np.int64), members.take(pa.array(kept))


def places(capacity: int, most: int) -> int:
    """Return how many digits in base ``capacity``, ``most`` at the most, fill the highest capacity."""
    if capacity <= 1:
        return min(1, most)
    needed, size = 0, 1
    while needed < most and size < MOST:
        needed, size = needed + 1, size * capacity
    return needed


class Array(Generator):
    """Arrays of one or two dimensions; with ``json``, JSON's, of elements that are JSON already where they are ``raw``.

    ``includes`` are elements that every array begins with. How many elements there are is drawn, or ``count`` names a
    column that says it; arrays with one ``count_key`` are of one length in each row.
    """

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.nested(params, "element")
        low, high = parameters.count(params, "low", 1), parameters.count(params, "high", 3)
        parameters.ordered(params, low, high)
        self.json = parameters.flag(params, "json")
        self.raw = parameters.flag(params, "raw")
        self.includes = self._included(params)
        if len(self.includes) > low:
            raise parameters.wrong("low", f"at least {len(self.includes)}, as many as it includes", low)
        self.low, self.high = low - len(self.includes), high - len(self.includes)
        dimensions = parameters.integer(params, "dimensions", 1)
        if dimensions not in (1, 2):
            raise parameters.wrong("dimensions", "1 or 2", dimensions)
        self.across = 2 if dimensions == 2 else 1
        self.two_dimensional = dimensions == 2
        self.delimiter = parameters.string(params, "delimiter", ",")
        self.element = registry.build(kind, inner)
        self.apart = telling_apart(registry, kind, inner)
        self.distinct = parameters.flag(params, "distinct")
        if self.distinct and (self.apart.capacity or 0) < self.high * self.across:
            raise parameters.wrong("distinct", "false where there are fewer values than elements", True)
        key = params.get("count_key")
        self.counts = None if key is None else Stream(int(parameters.string(params, "count_key")))
        self.counted = parameters.sibling(params, "count")
        others = [one["column"] for one in self.includes if not isinstance(one, str)]
        self.inputs = tuple(dict.fromkeys((*self.element.inputs, *([self.counted] if self.counted else []), *others)))
        # Of words a list has each but once, where nothing says how many it must have.
        sized = self.counts is not None or self.counted is not None or self.two_dimensional or self.low > 1
        self.once = not (sized or self.distinct) and (kind == "choice" or registry.kind(kind).text)
        if self.counts is not None or self.counted is not None:
            self.numbered = 0
            return
        base = self.apart.capacity
        # So many elements are digits of the array's number; an array of none has no number.
        self.numbered = places(base, self.high * self.across) if base is not None else 0
        if base is not None:
            self.capacity = min(base**self.numbered, MOST)

    def _included(self, params: Params) -> list[Any]:
        """Return the elements that are always there: as text that needs nothing more, or ``{"column": ..}``."""
        found = parameters.items(params, "includes", ())
        for item in found:
            if isinstance(item, Mapping):
                parameters.string(item, "column")
            elif not isinstance(item, str):
                raise parameters.wrong("includes", "a list of texts and columns", found)
        return [one if self.json or not isinstance(one, str) else _quoted(one) for one in found]

    def values(self, draw: Draw) -> pa.Array:
        """Return arrays of random sizes, or of those that a sibling asks for."""
        span = self.high - self.low + 1
        if self.counts is not None:
            counts = self.low + self.counts.below(draw.rows, span)
        elif self.counted is not None:
            given = draw.inputs[self.counted].cast(pa.int64()).fill_null(self.low + len(self.includes))
            counts = np.maximum(given.to_numpy(zero_copy_only=False) - len(self.includes), 0)
        else:
            counts = self.low + draw.below(span, "count")
        counts = counts * self.across
        members = self._elements(draw, counts, None)
        if self.once:
            counts, members = _once(counts, members)
        return self._text(counts, members, draw)

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
        inputs = {name: draw.inputs[name].take(pa.array(owners)) for name in self.element.inputs}
        inner = Draw(cells, draw.stream.child("element"), inputs)
        if index is None or self.apart.capacity is None:
            if self.distinct and self.apart.capacity is not None:
                first = draw.below(self.apart.capacity, "first")[owners]
                return self._member(self.apart.at((first + position) % self.apart.capacity, inner))
            return self._member(self.element.values(inner))
        numbered = position < self.numbered
        base = self.apart.capacity
        digit = index[owners]
        for place in range(1, self.numbered):
            digit = np.where(position >= place, digit // base, digit)
        leading = Draw(cells[numbered], inner.stream)
        trailing = Draw(cells[~numbered], inner.stream)
        both = pa.concat_arrays(
            [
                self._member(self.apart.at(digit[numbered] % base, leading)),
                self._member(self.element.values(trailing)),
            ]
        )
        order = np.empty(len(owners), dtype=np.int64)
        order[numbered] = np.arange(len(leading.rows))
        order[~numbered] = len(leading.rows) + np.arange(len(trailing.rows))
        return both.take(pa.array(order))

    def _member(self, column: pa.Array) -> pa.Array:
        if self.json:
            return columns.text(column) if self.raw else columns.json_string(columns.text(column))
        return columns.member(column)

    def _text(self, counts: Rows, members: pa.Array, draw: Draw) -> pa.Array:
        if self.two_dimensional:
            inner = np.full(len(members) // self.across, self.across, dtype=np.int64)
            members = columns.concatenated("{", columns.joined(members, inner, self.delimiter), "}")
            counts = counts // self.across
        opening, closing = "[]" if self.json else "{}"
        body = columns.joined(members, counts, self.delimiter)
        if self.includes:
            fixed = self._fixed(draw)
            longer = columns.concatenated(fixed, self.delimiter, body)
            body = columns.chosen(counts > 0, longer, fixed)
        return columns.concatenated(opening, body, closing)

    def _fixed(self, draw: Draw) -> pa.Array:
        """Return the elements that are always there, row by row."""
        made: list[pa.Array] = []
        for one in self.includes:
            if isinstance(one, str):
                made.append(columns.pool([one], draw.rows * 0))
            else:
                made.append(pc.fill_null(self._member(draw.inputs[one["column"]]), columns.literal("NULL")))
        return columns.concatenated(*made, separator=self.delimiter)


def _quoted(text: str) -> str:
    return str(columns.quoted(pa.array([text], pa.string()))[0].as_py())


class Pieces(Generator):
    """Values put together from named pieces, each of a kind of its own.

    A piece may read the row's sibling columns, and as ``.name`` the pieces beside it.
    """

    def __init__(self, registry: Registry, label: str, entries: list[Json]) -> None:
        self.names: list[str] = []
        self.fields: list[Generator] = []
        self.apart: list[Generator] = []
        self.null_permille: list[int] = []
        for number, field in enumerate(entries):
            kind, inner = parameters.kind_of(f"{label}[{number}]", field)
            self.names.append(parameters.string(field, "name", str(number)))
            self.fields.append(registry.build(kind, inner))
            self.apart.append(telling_apart(registry, kind, inner))
            self.null_permille.append(parameters.count(field, "null_permille", 0))
        read = dict.fromkeys(name for field in self.fields for name in field.inputs)
        self.inputs = tuple(name for name in read if not name.startswith("."))
        self.radices = [field.capacity or 1 for field in self.apart]
        if any(field.capacity is not None for field in self.apart):
            product = 1
            for radix in self.radices:
                product = min(product * radix, MOST)
            self.capacity = product

    def pieces(self, draw: Draw, index: Rows | None = None) -> list[pa.Array]:
        """Return the pieces, in order; with ``index``, those that are the digits of the number."""
        digits: dict[str, Rows] = {}
        if index is not None:
            for name, radix in zip(self.names, self.radices, strict=True):
                digits[name], index = index % radix, index // radix
        made: dict[str, pa.Array] = {}
        waiting = list(range(len(self.names)))
        while waiting:
            ready = [n for n in waiting if all(i[1:] in made for i in self.fields[n].inputs if i.startswith("."))]
            if not ready:
                raise parameters.wrong("column", "a piece that doesn't depend on this one", self.names[waiting[0]])
            for n in ready:
                made[self.names[n]] = self._piece(n, draw, made, digits.get(self.names[n]))
            waiting = [n for n in waiting if n not in ready]
        return [made[name] for name in self.names]

    def _piece(self, n: int, draw: Draw, made: Mapping[str, pa.Array], digit: Rows | None) -> pa.Array:
        beside = {f".{name}": piece for name, piece in made.items()}
        inner = Draw(draw.rows, draw.stream.child(f"field {self.names[n]}"), {**draw.inputs, **beside})
        if digit is not None and self.apart[n].capacity is not None:
            return self.apart[n].at(digit, inner)
        return self.fields[n].values(inner)

    def absent(self, n: int, draw: Draw) -> npt.NDArray[np.bool_]:
        """Tell in which rows a piece is left out."""
        inner = Draw(draw.rows, draw.stream.child(f"field {self.names[n]}"))
        return inner.below(1000, "null") < self.null_permille[n]


class Composite(Pieces):
    """Composite values, field by field."""

    def __init__(self, registry: Registry, params: Params) -> None:
        super().__init__(registry, "fields", parameters.items(params, "fields"))

    def values(self, draw: Draw) -> pa.Array:
        """Return composites of random fields."""
        parts: list[pa.Array] = []
        for n, made in enumerate(self.pieces(draw)):
            text = columns.member(made)
            if self.null_permille[n] or text.null_count:
                absent = self.absent(n, draw) | text.is_null().to_numpy(zero_copy_only=False)
                text = pc.if_else(pa.array(absent), columns.literal(""), text)
            parts.append(text)
        return self._text(parts, draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return composites whose fields are the digits of the number."""
        return self._text([columns.member(made) for made in self.pieces(draw, index)], draw)

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
        "includes": "elements that every array begins with, or columns; as JSON where the array is",
        "json": "whether they are JSON's",
        "raw": "whether elements of JSON's arrays are JSON already, such as numbers",
        "distinct": "whether the elements of an array that isn't numbered differ from each other",
        "count": "the column that says how many elements there are",
        "count_key": "which columns have arrays of one length",
    }
    composite = {"fields": "the fields: name, kind, params, null_permille"}
    registry.register(ValueKind("array", "arrays", lambda params: Array(registry, params), array))
    registry.register(ValueKind("composite", "composite values", lambda params: Composite(registry, params), composite))
