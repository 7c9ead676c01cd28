"""Lists of countries, and the cities that lie in them."""

from __future__ import annotations

import pytest

from seedfast.values.semantic.pools import columns
from tests.unit.plan.written import drawn, table

COUNTRIES = columns("countries")
NAMES = dict(zip(COUNTRIES["alpha2"].texts, COUNTRIES["name"].texts, strict=True))
MONEY = dict(zip(COUNTRIES["alpha2"].texts, COUNTRIES["currency"].texts, strict=True))
PLACES = columns("places")
WHERE = set(zip(PLACES["city"].texts, PLACES["country"].texts, strict=True))


@pytest.mark.parametrize("unique", ["", "code", "name", "code,name"])
@pytest.mark.parametrize("name", ["countries", "country_region"])
def test_each_row_of_a_list_of_countries_is_another_one_and_agrees(name: str, unique: str) -> None:
    columns_of = ("code char(2)!", "name text!", "iso3 char(3)!", "currency_code char(3)!")
    if name == "country_region":
        columns_of = tuple(f"country_{one}" if one.startswith(("code", "name")) else one for one in columns_of)
    keys = ",".join(f"country_{one}" if name == "country_region" and one else one for one in unique.split(","))
    rows = drawn(table(name, "id int!", *columns_of, unique=keys), rows=100)[name]
    code, title = (column.split()[0] for column in columns_of[:2])
    assert len({row[code] for row in rows}) == len(rows) == 100
    for row in rows:
        assert row[title] == NAMES[row[code]] and row["currency_code"] == MONEY[row[code]], row


@pytest.mark.parametrize("unique", ["", "name"])
def test_cities_lie_in_the_country_that_they_point_at(unique: str) -> None:
    countries = table("country", "id int!", "name text!", unique=unique)
    cities = table("city", "id int!", "country_id int! -> country", "city text!")
    rows = drawn(countries, cities, rows=100)
    named = {row["id"]: row["name"] for row in rows["country"]}
    assert len(set(named.values())) == 100
    of_city: dict[str, set[int]] = {}
    for row in rows["city"]:
        of_city.setdefault(row["city"], set()).add(row["country_id"])
        assert any(country == named[row["country_id"]] for _, country in WHERE), named[row["country_id"]]
    assert len({row["country_id"] for row in rows["city"]}) > 10


def test_a_code_that_is_the_key_is_of_the_country_beside_it() -> None:
    rows = drawn(table("countries", "code char(2)!", "name text!", "dial_code text!"), rows=60)["countries"]
    assert all(row["name"] == NAMES[row["code"]] for row in rows)
    assert rows[0]["dial_code"] == "+1"
