"""Columns of a product that must not deny each other."""

from __future__ import annotations

import re

from tests.unit.plan.written import drawn, table


def test_what_is_in_a_unit_is_what_the_name_says() -> None:
    columns = ("name text!", "unit_price numeric(10,2)!", "quantity_per_unit text!", "size text!")
    rows = drawn(table("products", "id int!", *columns), rows=600)["products"]
    said = [(re.search(r", ((?:\d+ x )?\d+ (?:k?g|m?l|bags))$", row["name"]), row) for row in rows]
    told = [(found[1], row) for found, row in said if found]
    assert len(told) > 20
    assert all(row["quantity_per_unit"] == size for size, row in told)
