"""Documents and search terms: JSON, XML, hstore, ltree and text search, small and always of the same shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, lexicon, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.nested import Pieces
from seedfast.values.numbered import MOST, Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_COMMON = 1_000_000

Part = str | Callable[[Rows, Draw], pa.Array]
"""A piece of a document: plain text, or a column made from the documents' numbers."""


def _number(index: Rows, draw: Draw) -> pa.Array:
    return columns.digits(index + 1)


def _pick(purpose: str, texts: tuple[str, ...]) -> Part:
    pool = pa.array(texts)

    def part(index: Rows, draw: Draw) -> pa.Array:
        return columns.pool(pool, draw.below(len(pool), purpose))

    return part


def _quantity(purpose: str, bound: int) -> Part:
    def part(index: Rows, draw: Draw) -> pa.Array:
        return columns.digits(draw.below(bound, purpose))

    return part


def _noun(purpose: str) -> Part:
    return _pick(purpose, lexicon.NOUNS)


def _adjective(purpose: str) -> Part:
    return _pick(purpose, lexicon.ADJECTIVES)


class Document(Numbered):
    """Pieces joined to a document; one of them is the document's number."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        numbered = _number in parts
        super().__init__(MOST if numbered else 1, common=_COMMON if numbered else 1)
        self.parts = parts

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the documents of those numbers."""
        if self.parts == ("{}",) or self.parts == ("[]",):
            return columns.pool(list(self.parts), index * 0)
        return columns.concatenated(*(p if isinstance(p, str) else p(index, draw) for p in self.parts))


_TRUTH = _pick("truth", ("true", "false"))
_LANGUAGE = _pick("language", ("en", "de", "fr", "es", "nl", "pt"))
_EVENT = _pick("event", ("created", "updated", "viewed", "shared", "archived", "restored"))
_SOURCE = _pick("source", ("web", "mobile", "api", "import"))

_JSON_SHAPES: Mapping[str, tuple[Part, ...]] = {
    "settings": (
        '{"id": ', _number, ', "theme": "', _pick("theme", ("light", "dark", "system")), '", "language": "', _LANGUAGE,
        '", "page_size": ', _pick("size", ("10", "20", "25", "50", "100")), ', "notifications": ', _TRUTH, "}",
    ),
    "payload": (
        '{"id": ', _number, ', "event": "', _EVENT, '", "source": "', _SOURCE, '", "subject": "', _noun("subject"),
        '", "count": ', _quantity("count", 20), ', "ok": ', _TRUTH, "}",
    ),
    "attributes": (
        '{"id": ', _number, ', "name": "', _adjective("name"), " ", _noun("name of"), '", "weight": ',
        _quantity("weight", 500), ', "tags": ["', _adjective("tag"), '", "', _noun("tag of"), '"]}',
    ),
    "metadata": (
        '{"id": ', _number, ', "source": "', _SOURCE, '", "version": ', _quantity("version", 9), ', "labels": ["',
        _adjective("label"), '", "', _noun("label of"), '"]}',
    ),
    "event": (
        '{"id": ', _number, ', "type": "', _EVENT, '", "source": "', _SOURCE, '", "attempt": ', _quantity("attempt", 4),
        ', "ok": ', _TRUTH, "}",
    ),
    "address": (
        '{"line1": "', _number, " ", _pick("street", ("Mill Lane", "High Street", "Park Road", "Station Road")),
        '", "city": "', _pick("city", ("Springfield", "Riverton", "Fairview", "Lakewood")), '", "country": "',
        _pick("country", ("US", "GB", "CA", "AU")), '"}',
    ),
    "list": ('["', _noun("first"), '", "', _adjective("second"), '", "', _noun("third"), "-", _number, '"]'),
    "empty": ("{}",),
}  # fmt: skip

_KINDS: Mapping[str, tuple[str, tuple[Part, ...]]] = {
    "json.array": ("JSON arrays", ('["', _noun("first"), '", "', _adjective("second"), '", ', _number, "]")),
    "jsonpath": ("JSON paths", ("$.", _noun("member"), "[", _number, "].", _pick("last", ("name", "price", "id")))),
    "xml": (
        "XML documents",
        ('<item id="', _number, '"><name>', _adjective("name"), " ", _noun("name of"), "</name><count>",
         _quantity("count", 100), "</count></item>"),
    ),
    "hstore": (
        "hstore maps",
        ('"id"=>"', _number, '", "colour"=>"', _adjective("colour"), '", "part"=>"', _noun("part"), '"'),
    ),
    "ltree": ("label paths", ("top.", _noun("branch"), ".", _adjective("twig"), ".n", _number)),
    "lquery": ("label path patterns", ("top.*.", _noun("branch"), ".n", _number)),
    "ltxtquery": ("label path searches", (_noun("label"), " & n", _number)),
    "search.tsvector": (
        "text search documents",
        ("'", _adjective("first"), "':1 '", _noun("second"), "':2 'n", _number, "':3"),
    ),
    "search.tsquery": (
        "text search queries",
        ("'", _adjective("first"), "' & '", _noun("second"), "' | 'n", _number, "'"),
    ),
    "search.integers": ("integer searches of intarray", (_quantity("first", 50), "&", _number)),
}  # fmt: skip


class Members(Pieces):
    """JSON objects of members that are asked for, after those of another kind's objects; lists where ``listed``."""

    def __init__(self, registry: Registry, params: Params) -> None:
        entries = parameters.items(params, "members")
        super().__init__(registry, "members", entries)
        self.raw = [parameters.flag(entry, "raw") for entry in entries]
        self.listed = parameters.flag(params, "listed")
        self.base: Generator | None = None
        if params.get("base") is not None:
            self.base = registry.build(*parameters.nested(params, "base"))
            self.inputs = tuple(dict.fromkeys((*self.inputs, *self.base.inputs)))
            # The objects before are told apart by themselves; the members need not help.
            self.capacity = self.base.capacity or self.capacity

    def values(self, draw: Draw) -> pa.Array:
        """Return objects with random members."""
        before = None if self.base is None else self.base.values(self._before(draw))
        return self._text(before, self.pieces(draw), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the objects of those numbers."""
        if self.base is not None and self.base.capacity is not None:
            return self._text(self.base.at(index, self._before(draw)), self.pieces(draw), draw)
        before = None if self.base is None else self.base.values(self._before(draw))
        return self._text(before, self.pieces(draw, index), draw)

    def _before(self, draw: Draw) -> Draw:
        return Draw(draw.rows, draw.stream.child("base"), draw.inputs)

    def _text(self, before: pa.Array | None, pieces: list[pa.Array], draw: Draw) -> pa.Array:
        start, end = "[]" if self.listed else "{}"
        opening = start if before is None else pc.utf8_slice_codeunits(columns.text(before), 0, -1)
        made: list[pa.Array] = []
        for n, piece in enumerate(pieces):
            text = columns.text(piece) if self.raw[n] else columns.json_string(columns.text(piece))
            absent = self.absent(n, draw) | text.is_null().to_numpy(zero_copy_only=False)
            name = "" if self.listed else f"{json.dumps(self.names[n], ensure_ascii=False)}: "
            member = columns.concatenated(name, text)
            made.append(pc.if_else(pa.array(absent), pa.scalar(None, pa.string()), member))
        if not made:
            return columns.concatenated(opening, end if before is not None else columns.pool([end], draw.rows * 0))
        empty = np.logical_and.reduce([member.is_null().to_numpy(zero_copy_only=False) for member in made])
        # Arrow would drop the rows in which there is nothing to join.
        made[0] = pc.if_else(pa.array(empty), columns.literal(""), made[0])
        inside = pc.binary_join_element_wise(*made, columns.literal(", "), null_handling="skip")
        if before is not None:
            joint = pc.if_else(pc.equal(inside, columns.literal("")), columns.literal(""), columns.literal(", "))
            opening = columns.concatenated(opening, joint)
        return columns.concatenated(opening, inside, end)


class Scalars(Generator):
    """Another kind's values as JSON: as strings, or as they are where they are ``raw``."""

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.raw = parameters.flag(params, "raw")
        self.nested = registry.build(kind, inner)
        self.inputs, self.capacity = self.nested.inputs, self.nested.capacity

    def values(self, draw: Draw) -> pa.Array:
        """Return random values."""
        return self._text(self.nested.values(draw))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the values of those numbers."""
        return self._text(self.nested.at(index, draw))

    def _text(self, values: pa.Array) -> pa.Array:
        return columns.text(values) if self.raw else columns.json_string(columns.text(values))


class Entries(Pieces):
    """hstore maps of entries that are asked for, and a number."""

    def __init__(self, registry: Registry, params: Params) -> None:
        super().__init__(registry, "members", parameters.items(params, "members"))
        self.capacity: int = MOST

    def values(self, draw: Draw) -> pa.Array:
        """Return maps with random entries."""
        return self.at(draw.below(_COMMON, "number"), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the maps of those numbers."""
        text = columns.concatenated('"n"=>"', columns.digits(index + 1), '"')
        for name, piece in zip(self.names, self.pieces(draw), strict=True):
            key = columns.quoted(pa.array([name]))[0].as_py()
            text = columns.concatenated(text, f", {key}=>", columns.quoted(columns.text(piece)))
        return text


SHAPES = tuple(_JSON_SHAPES)
"""The plain shapes that documents may have."""


def plain_document(shape: str) -> Generator:
    """Return the generator of documents of a plain shape."""
    return Document(_JSON_SHAPES[shape])


def _build_object(params: Params) -> Generator:
    return plain_document(parameters.one_of(params, "shape", SHAPES, "attributes"))


def register(registry: Registry) -> None:
    """Register the documents."""
    shapes = {"shape": "one of " + ", ".join(_JSON_SHAPES)}
    registry.register(ValueKind("json.object", "JSON objects", _build_object, shapes))
    members = {
        "members": "the members: name, kind, params, raw, null_permille",
        "base": "the kind of object before them",
        "listed": "whether they are a list, without their names",
    }
    registry.register(
        ValueKind("json.document", "JSON objects of given members", lambda p: Members(registry, p), members)
    )
    scalar = {"kind": "the kind of value", "params": "its parameters", "raw": "whether its values are JSON already"}
    registry.register(ValueKind("json.scalar", "JSON strings and numbers", lambda p: Scalars(registry, p), scalar))
    entries = {"members": "the entries: name, kind, params"}
    registry.register(
        ValueKind("hstore.entries", "hstore maps of given entries", lambda p: Entries(registry, p), entries)
    )
    for name, (summary, parts) in _KINDS.items():
        registry.register(ValueKind(name, summary, _builder(parts)))


def _builder(parts: tuple[Part, ...]) -> Callable[[Params], Generator]:
    return lambda params: Document(parts)
