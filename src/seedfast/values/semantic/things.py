"""Products, agreeing within a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values.columns import concatenated
from seedfast.values.kind import Draw, Json, ValueKind
from seedfast.values.semantic.amounts import NUMBERS, AmountGenerator
from seedfast.values.semantic.declare import GROUP, code_kind, frames_kind, in_tongues, pool_kind, stem_kind
from seedfast.values.semantic.frames import Frame, frames
from seedfast.values.semantic.pools import Pool, pool, sections
from seedfast.values.semantic.text import Stem, group_of, permuted, stream_of


@dataclass(frozen=True)
class _Goods:
    """Adjectives and nouns of all departments in one pool each, and where a department's begin."""

    adjectives: Pool
    nouns: Pool
    adjective_start: Rows
    noun_start: Rows
    adjective_count: Rows
    noun_count: Rows
    all: Pool


@cache
def _goods() -> _Goods:
    found = sections("product")
    departments = [name.casefold() for name in found["department"]]
    adjectives = [found[f"adjective.{name}"] for name in departments]
    nouns = [found[f"noun.{name}"] for name in departments]
    counts = [np.array([len(part) for part in parts], dtype=np.int64) for parts in (adjectives, nouns)]
    starts = [np.concatenate([[0], np.cumsum(count)[:-1]]) for count in counts]
    pairs = {f"{a} {n}": None for d in range(len(departments)) for a in adjectives[d] for n in nouns[d]}
    return _Goods(
        Pool(tuple(a for part in adjectives for a in part)),
        Pool(tuple(n for part in nouns for n in part)),
        starts[0],
        starts[1],
        counts[0],
        counts[1],
        Pool(tuple(pairs)),
    )


@cache
def _product_frame() -> Frame:
    return Frame((pool("product/brand"), " ", pool("product/line"), " ", _goods().all))


@cache
def _short_frame() -> Frame:
    return Frame((_goods().all,))


def _department(draw: Draw, group: int | None) -> Rows:
    return stream_of(draw, group, "product").child("department").below(draw.rows, pool("product/department").size)


@dataclass(frozen=True)
class ProductName(Stem):
    """A product's name, ``Sonic Q1 Wireless Headphones``; ``short`` leaves brand and line out."""

    group: int | None = None
    short: bool = False
    closed = True

    @property
    def _frame(self) -> Frame:
        return _short_frame() if self.short else _product_frame()

    @property
    def size(self) -> int:  # type: ignore[override]
        """All combinations."""
        return self._frame.size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest combination."""
        return self._frame.longest

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest combination."""
        return min(self._frame.shortest, _short_frame().shortest)

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the name of each row's product."""
        goods, stream = _goods(), stream_of(draw, self.group, "product")
        department = _department(draw, self.group)
        picks = []
        for purpose, start, count in (
            ("adjective", goods.adjective_start, goods.adjective_count),
            ("noun", goods.noun_start, goods.noun_count),
        ):
            words = stream.child(purpose).words(draw.rows) >> np.uint64(32)
            picks.append(
                start[department] + ((words * count[department].astype(np.uint64)) >> np.uint64(32)).astype(np.int64)
            )
        plain_name = concatenated(goods.adjectives.take(picks[0]), goods.nouns.take(picks[1]), separator=" ")
        if self.short:
            return plain_name
        brand = pool("product/brand").take(stream.child("brand").below(draw.rows, pool("product/brand").size))
        line = pool("product/line").take(stream.child("line").below(draw.rows, pool("product/line").size))
        shapes = (
            concatenated(brand, line, plain_name, separator=" "),
            concatenated(brand, plain_name, separator=" "),
            concatenated(brand, line, goods.nouns.take(picks[1]), separator=" "),
        )
        return pc.choose(pa.array(stream.child("shape").below(draw.rows, len(shapes))), *shapes)

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different combinations."""
        return self._frame.numbered(permuted(index, self.size, draw.stream))

    def fitted(self, low: int, high: int | None) -> Stem:
        """Return the short names where the long ones don't fit."""
        return ProductName(self.group, short=True) if high is not None and self.longest > high else self


@dataclass(frozen=True)
class Shared(Stem):
    """A word that a row's product shares with its name: its department or its brand."""

    address: str
    purpose: str
    group: int | None = None
    others: str | None = None

    @property
    def _every(self) -> Pool:
        return pool(self.others or self.address)

    closed = True

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different words."""
        return self._every.size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest word."""
        return self._every.longest

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest word."""
        return self._every.shortest

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the word of each row's product."""
        words = pool(self.address)
        stream = stream_of(draw, self.group, "product").child(self.purpose)
        return words.dictionary(stream.below(draw.rows, words.size))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different words."""
        return self._every.take(index)


def _category(params: Mapping[str, Json]) -> Stem:
    return Shared("product/department", "department", group_of(params), "product/category")


def _brand(params: Mapping[str, Json]) -> Stem:
    return Shared("product/brand", "brand", group_of(params))


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that products have."""
    return (
        stem_kind("product.name", "names of products", lambda p: ProductName(group_of(p))),
        stem_kind("product.category", "categories of products", _category),
        stem_kind("product.brand", "brands", _brand),
        stem_kind(
            "product.description",
            "descriptions of products",
            lambda p: frames("product/description", group=group_of(p), purpose="description"),
        ),
        frames_kind("product.model", "models of what is made in series", "product/model", gap=" v"),
        code_kind("product.sku", "article numbers", "AA'-'9999'-'AA"),
        ValueKind(
            "product.price",
            "prices",
            lambda p: AmountGenerator(p, low="3", high="400", digits=2, priced=True),
            {**NUMBERS, **GROUP},
        ),
        pool_kind("product.colour", "colours", "product/colour"),
        pool_kind("product.size", "sizes", "product/size"),
        pool_kind("product.material", "materials", "product/material"),
        in_tongues(pool_kind("product.unit", "units of sale", "product/unit")),
        pool_kind("product.package", "how a product is packed", "product/package", flat=True),
        pool_kind("product.container", "containers", "product/container"),
        pool_kind("product.condition", "conditions of goods", "product/condition"),
        pool_kind("product.shipping", "ways to ship", "product/shipping"),
        pool_kind("product.payment", "ways to pay", "product/payment"),
        pool_kind("product.promotion", "names of promotions", "product/promotion"),
        code_kind("product.barcode", "barcodes of no product", "'200'9999999999"),
    )
