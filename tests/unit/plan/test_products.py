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


def test_a_card_is_of_the_network_that_its_number_tells_and_is_valid_for_some_years() -> None:
    networks = {"4": "Visa", "5": "Mastercard", "2": "Mastercard", "6": "Discover", "3": "JCB"}
    columns = ("cardtype text!", "cardnumber varchar(25)!", "last4 char(4)!", "expmonth smallint!", "expyear smallint!")
    rows = drawn(table("creditcard", "id int!", *columns))["creditcard"]
    assert len({row["cardtype"] for row in rows}) == 4
    for row in rows:
        assert row["cardtype"] == networks[row["cardnumber"][0]] and row["last4"] == row["cardnumber"][-4:]
        assert 1 <= row["expmonth"] <= 12 and 2027 <= row["expyear"] <= 2031
