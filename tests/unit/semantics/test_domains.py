"""Which pack speaks of which table and column."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.packs.library import library
from seedfast.semantics.classify import classify
from seedfast.semantics.domains import Domains, Tables
from seedfast.semantics.lexicon import Entry, Phrases
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.words import words
from tests.unit.semantics.tables import table

NOW = datetime(2025, 6, 1, tzinfo=UTC)
PRODUCTS = table("products", "id int!", "name text!", "brand varchar(40)", "price numeric(10,2)", "sku text")


def read(made: Table, column: str, *others: Table) -> Meaning:
    whole = Database("test", 150004, (made, *others))
    return classify(made, now=NOW, seed=1, domains=Domains(whole, library(), 1))[column][0]


def test_a_shops_products_are_the_packs() -> None:
    for column, slot in (("name", "name"), ("brand", "brand"), ("sku", "sku")):
        found = read(PRODUCTS, column)
        assert (found.kind, found.params["slot"]) == ("pack.text", slot)
    price = read(PRODUCTS, "price")
    assert price.kind == "pack.number" and price.params["unit"] == "decimal"
    assert price.params["group_key"] == read(PRODUCTS, "name").params["group_key"]
    assert "pack retail" in price.reason and "same product" in price.reason


def test_an_item_without_anything_of_a_shop_around_is_none() -> None:
    assert read(table("items", "id int!", "name text", "queue text"), "name").kind != "pack.text"
    assert read(table("reviews", "id int!", "title text", "body text"), "body").kind != "pack.text"


def test_neighbours_tell_what_a_table_is() -> None:
    reviews = table("reviews", "id int!", "title text", "body text")
    assert read(reviews, "body", PRODUCTS).kind == "pack.text"


def test_names_are_told_by_their_words() -> None:
    made = table(
        "catalog_products", "productName text", "unit_price_cents int", "list_price int", "short_description text"
    )
    assert read(made, "productName").params["slot"] == "name"
    assert read(made, "unit_price_cents").params["factor"] == 100
    assert "factor" not in read(made, "list_price").params
    assert read(made, "short_description").params["slot"] == "tagline"


def test_a_product_is_named_in_other_tables_too() -> None:
    lines = table("order_lines", "id int!", "product_name text", "product_sku text", "name text")
    found = read(lines, "product_name", PRODUCTS)
    assert (found.kind, found.params["slot"]) == ("pack.text", "name")
    assert found.params["group_key"] == read(lines, "product_sku", PRODUCTS).params["group_key"]
    assert read(lines, "name", PRODUCTS).kind != "pack.text"


def test_a_column_keeps_what_its_type_asks_for() -> None:
    made = table(
        "products", "name text", "price text", "brand int", "stock smallint", "sku text", "created_at timestamp"
    )
    assert read(made, "price").kind == "pack.text"
    assert read(made, "brand").kind != "pack.text"
    assert read(made, "stock").params["unit"] == "integer"
    assert read(made, "created_at").kind == "time.timestamp"


def test_documents_are_for_columns_of_json() -> None:
    made = table("products", "name text", "price int", "attributes jsonb", "tags text")
    found = read(made, "attributes")
    assert (found.kind, found.params["slot"]) == ("pack.document", "product_attributes")
    assert read(made, "tags").kind != "pack.document"


def test_a_number_that_the_type_cannot_hold_is_left_alone() -> None:
    made = table("products", "name text", "sku text", "price numeric(2,2)")
    assert read(made, "price").kind != "pack.number"


LINE = """
name = "line"
title = "Line"
summary = "Lines"
[records.line]
tables = "trunkline"
near = "on call, top speed"
[records.line.columns]
bandwidth = "bandwidth, uplink"
"""


def test_phrases_are_split_as_names_are_and_all_words_of_one_must_be_around(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(LINE)
    (tmp_path / "line.toml").write_text('[line]\nbandwidth = "10 or so"\n')

    def kind(made: Table, column: str, *others: Table) -> str:
        whole = Database("test", 150004, (made, *others))
        packs = library((str(tmp_path),))
        found = classify(made, now=NOW, seed=1, domains=Domains(whole, packs, 1))[column][0]
        return str(found.params.get("pack", found.kind))

    trunk = table("trunklines", "id int!", "bandwidth text", "uplink text")
    assert kind(trunk, "bandwidth", table("topSpeeds", "id int!")) == "line"
    assert kind(trunk, "uplink", table("on_call_shifts", "id int!")) == "line"
    assert kind(trunk, "bandwidth", table("calls", "id int!")) != "line"
    assert kind(trunk, "bandwidth", table("speeds", "id int!")) != "line"


def test_what_packs_say_of_tables_is_found_as_if_all_of_it_had_been_read() -> None:
    claims = [claim for declaration in library().declarations for claim in declaration.claims]
    phrases = [(n, phrase.strip()) for n, claim in enumerate(claims) for phrase in claim.tables.split(",")]
    whole = Phrases(
        Entry(words(phrase), f"{n} {' '.join(words(phrase))}", phrase.startswith("="))
        for n, phrase in phrases
        if phrase
    )
    read = Tables(library())
    for name in ("product", "order_items", "shipping_address", "product_name", "sku", "", "patient_visit_type", "x9"):
        for anywhere in (True, False, True):
            expected = whole.find(words(name), anywhere=anywhere)
            told = list(read.find(words(name), anywhere=anywhere))
            assert [found for _, found in told] == list(expected)
            assert all(speech.claim is claims[int(found.target.split()[0])] for speech, found in told)
