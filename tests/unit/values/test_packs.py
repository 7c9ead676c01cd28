"""Rows drawn from a data pack: columns agree, texts fit, a million names are distinct."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw, Generator

REGISTRY = default_registry().freeze()
PRODUCT = {"pack": "retail", "record": "product", "group_key": "99"}
ROWS = np.arange(3000, dtype=np.int64)


def made(slot: str, kind: str = "pack.text", **params: Any) -> Generator:
    return REGISTRY.build(kind, {**PRODUCT, "slot": slot, **params})


def drawn(slot: str, kind: str = "pack.text", stream: int = 1, **params: Any) -> list[Any]:
    found: list[Any] = made(slot, kind, **params).values(Draw(ROWS, Stream(stream))).to_pylist()
    return found


def test_the_columns_of_a_row_speak_of_one_product() -> None:
    # Each column has a stream of its own; the record has that of its group.
    names, brands = drawn("name", stream=1), drawn("brand", stream=2)
    types, documents = drawn("type", stream=3), drawn("product_attributes", "pack.document", stream=4)
    held = [json.loads(document) for document in documents]
    assert [(one["brand"], one["type"]) for one in held] == list(zip(brands, types, strict=True))
    departments = drawn("department", stream=5)
    told = [n for n, department in enumerate(departments) if department not in ("Books & Media",)]
    assert all(types[n] in names[n] for n in told)
    assert sum(brands[n] in names[n] for n in told) > len(told) * 0.9


def test_prices_are_in_order() -> None:
    prices, lists = drawn("price", "pack.number"), drawn("list_price", "pack.number", 2)
    sales, costs = drawn("sale", "pack.number", 3), drawn("cost", "pack.number", 4)
    assert all(c < s < p < m for c, s, p, m in zip(costs, sales, prices, lists, strict=True))
    cents = drawn("price", "pack.number", unit="integer", factor=100)
    assert cents == [int(price * 100) for price in prices]


def test_a_number_beyond_its_bounds_is_drawn_within() -> None:
    prices = drawn("price", "pack.number", low="5", high="9.50")
    assert all(Decimal(5) <= price <= Decimal("9.50") for price in prices) and len(set(prices)) > 100


def test_a_review_fits_its_rating() -> None:
    review = {"record": "review"}
    told = list(zip(drawn("rating", "pack.number", **review), drawn("title", **review), strict=True))
    ratings: dict[str, set[Decimal]] = {}
    for rating, title in told:
        ratings.setdefault(title, set()).add(rating)
    assert all(len(found) == 1 for found in ratings.values())
    assert {rating for rating, _ in told} == {Decimal(n) for n in range(1, 6)}


@pytest.mark.parametrize("slot", ["name", "slug", "sku"])
def test_a_million_are_distinct_and_read_well(slot: str) -> None:
    count = 1_000_000
    rows = np.arange(count, dtype=np.int64)
    texts = made(slot).at(rows, Draw(rows, Stream(8))).to_pylist()
    assert len({text.casefold() for text in texts}) == count
    assert max(map(len, texts)) < 100
    assert not [text for text in texts[:1000] if text != text.strip() or "  " in text]


def test_a_small_table_needs_few_model_numbers() -> None:
    rows = np.arange(200, dtype=np.int64)
    natural = made("name").values(Draw(rows, Stream(8))).to_pylist()
    counted = made("name").at(rows, Draw(rows, Stream(8))).to_pylist()
    assert sum(one == other for one, other in zip(natural, counted, strict=True)) > 190


def test_a_list_goes_through_its_entries_one_by_one() -> None:
    rows = np.arange(30, dtype=np.int64)
    names, slugs = (
        made(slot, record="category").at(rows, Draw(rows, Stream(n))).to_pylist()
        for n, slot in enumerate(("name", "slug"))
    )
    assert len(set(names)) == 30
    assert all(name.split()[0].lower().replace("'", "") in slug for name, slug in zip(names, slugs, strict=True))


@pytest.mark.parametrize("length", [12, 25, 30, 40, 60])
def test_a_narrow_column_holds_whole_words(length: int) -> None:
    words = {word for name in drawn("name") for word in name.split()}
    short = drawn("name", max_length=length)
    assert max(map(len, short)) <= length
    whole = sum(set(name.split()) <= words for name in short)
    assert whole > len(short) * (0.75 if length < 20 else 0.97)
