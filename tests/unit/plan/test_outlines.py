"""Rows of a tree stand below what their things stand below."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedfast.packs.library import library
from seedfast.packs.outline import UNDER, outline
from seedfast.packs.pack import Options
from tests.unit.plan.written import drawn, table

PRODUCTS = table("products", "id int!", "category_id int! -> categories", "name text!", "price numeric(8,2)!")


def _below() -> dict[str, str]:
    """Return what each thing of the shop's categories stands below, by their names."""
    found = {}
    for leaf in library().pack("retail").records["category"].leaves:
        name, under = leaf.slots["name"], leaf.slots.get(UNDER)
        assert isinstance(name, Options)
        if isinstance(under, Options):
            found[str(name.templates[0].literal)] = str(under.templates[0].literal)
    return found


@pytest.mark.parametrize("rows", [10, 60, 300])
@pytest.mark.parametrize("unique", ["", "slug"])
def test_a_category_is_below_the_one_that_it_is_a_kind_of(rows: int, unique: str) -> None:
    made = table("categories", "id int!", "parent_id int -> categories", "name text!", "slug text!", unique=unique)
    held = drawn(made, PRODUCTS, rows=rows)["categories"]
    known, below = {row["id"]: row for row in held}, _below()
    assert len(held) == rows
    assert len({row["slug"] for row in held}) == rows or not unique
    for row in held:
        above = known[row["parent_id"]] if row["parent_id"] is not None else None
        assert (above["name"] if above is not None else None) == below.get(row["name"])
        assert above is None or above["id"] < row["id"]


def test_what_no_pack_lists_as_a_tree_grows_by_lot() -> None:
    made = table("folders", "id int!", "parent_id int -> folders", "name text!")
    rows = drawn(made, rows=100)["folders"]
    assert 2 < sum(row["parent_id"] is None for row in rows) < 60


def test_a_list_is_a_tree_where_it_says_what_is_below_what() -> None:
    retail = library().pack("retail").records
    found = outline(retail["category"])
    assert found.count(-1) == 12
    assert all(above < number for number, above in enumerate(found))
    assert outline(retail["brand"]) == ()
    assert outline(replace(retail["category"], listed=False)) == ()
