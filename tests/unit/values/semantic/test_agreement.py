"""Columns of one person, place or product agree, and numbers stay within their bounds and units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from seedfast.rng import Stream
from seedfast.values import semantic
from seedfast.values.kind import Draw
from seedfast.values.registry import Registry
from seedfast.values.semantic.frames import Frame, frames
from seedfast.values.semantic.pools import Pool, columns, plain, pool, sections
from tests.fiction import reaching

_REGISTRY = Registry()
semantic.register(_REGISTRY)
ROWS = np.arange(500)


def column(name: str, stream: int, **params: Any) -> list[Any]:
    return list(_REGISTRY.build(name, params).values(Draw(ROWS, Stream(stream))).to_pylist())


def test_a_persons_names_agree_across_columns() -> None:
    group = {"group_key": "123456789"}
    given, family = column("person.given_name", 1, **group), column("person.family_name", 2, **group)
    full, email = column("person.full_name", 3, **group), column("person.email", 4, **group)
    inverted = column("person.full_name", 5, order="family first", **group)
    initials = column("person.initials", 6, **group)
    for n in ROWS:
        assert full[n] == f"{given[n]} {family[n]}"
        assert inverted[n] == f"{family[n]}, {given[n]}"
        assert plain(family[n]) in email[n]
        assert initials[n] == (plain(given[n])[0] + plain(family[n])[0]).upper()


def test_gender_agrees_with_the_given_name() -> None:
    group = {"group_key": "9"}
    genders = dict.fromkeys(("female", "male"))
    for given, gender, title in zip(
        column("person.given_name", 1, **group),
        column("person.gender", 2, **group),
        column("person.title", 3, **group),
        strict=True,
    ):
        genders[gender] = given
        names = {
            name for section, found in sections("people").items() for name in found if section.endswith(f".{gender[0]}")
        }
        assert given in names
        assert (title in ("Mr",)) <= (gender == "male")
    assert None not in genders.values()


def test_another_group_is_another_person() -> None:
    assert column("person.full_name", 1, group_key="1") != column("person.full_name", 1, group_key="2")


def test_distinct_addresses_keep_the_name() -> None:
    generator = _REGISTRY.build("person.email", {"group_key": "5"})
    families = column("person.family_name", 8, group_key="5")
    for n, address in enumerate(generator.at(ROWS[::-1].copy(), Draw(ROWS, Stream(3))).to_pylist()):
        assert plain(families[n]) in address


def test_mail_goes_nowhere() -> None:
    for address in column("person.email", 1) + column("internet.mailbox", 1):
        assert address.rpartition("@")[2] in ("example.com", "example.org", "example.net")


def test_a_places_fields_agree() -> None:
    group = {"group_key": "77"}
    places = columns("places")
    known = set(
        zip(*(places[name].texts for name in ("city", "region", "country", "country_code", "timezone")), strict=True)
    )
    codes = dict(zip(columns("countries")["alpha2"].texts, columns("countries")["alpha3"].texts, strict=True))
    drawn = [
        column(f"place.{name}", n, **group)
        for n, name in enumerate(("city", "region", "country", "country_code", "timezone", "country_code3", "latitude"))
    ]
    latitudes = dict(zip(places["city"].texts, places["lat"].texts, strict=True))
    for city, region, country, code, zone, code3, latitude in zip(*drawn, strict=True):
        assert (city, region, country, code, zone) in known
        assert codes[code] == code3
        assert abs(latitude - Decimal(latitudes[city]) / 1000) < Decimal("0.1")


def test_what_a_country_has_agrees_with_it() -> None:
    group = {"group_key": "77"}
    countries = columns("countries")
    codes, currencies, dials = (countries[name].texts for name in ("alpha2", "currency", "dial"))
    known = dict(zip(codes, zip(currencies, dials, strict=True), strict=True))
    drawn = [column(f"place.{name}", n, **group) for n, name in enumerate(("country_code", "currency", "dial_code"))]
    for code, currency, dial, phone in zip(*drawn, column("place.phone", 9, **group), strict=True):
        assert known[code] == (currency, dial.removeprefix("+"))
        assert phone.startswith(f"{dial}-") and not list(reaching("phone", phone))


def test_a_fax_is_of_the_same_place_by_another_number() -> None:
    for kind in ("place.phone", "person.phone"):
        phones, faxes = (column(kind, 9, group_key="77", **more) for more in ({}, {"line": "fax"}))
        assert all(one[:3] == other[:3] for one, other in zip(phones, faxes, strict=True))
        assert sum(one == other for one, other in zip(phones, faxes, strict=True)) < len(phones) // 10


def test_a_distinct_telephone_number_is_the_same_in_every_row() -> None:
    """Else a row that is appended could get what a stored one holds."""
    phone, index = _REGISTRY.build("place.phone", {"group_key": "77"}), np.arange(50)
    one, other = (phone.at(index, Draw(rows, Stream(1))).to_pylist() for rows in (index, index + 1000))
    assert one == other and len(set(one)) == 50


def test_every_countrys_currency_is_known() -> None:
    assert set(columns("countries")["currency"].texts) <= set(pool("codes/currency").texts)
    assert all(dial.isdigit() for dial in columns("countries")["dial"].texts)


def test_postcodes_follow_their_place() -> None:
    cities, codes = column("place.city", 1, group_key="3"), column("place.postcode", 2, group_key="3")
    forms = dict(zip(columns("places")["city"].texts, columns("places")["postcode"].texts, strict=True))
    for city, code in zip(cities, codes, strict=True):
        assert len(code) == len(forms[city])


def test_a_products_category_agrees_with_its_name() -> None:
    goods = {name.casefold(): name for name in sections("product")["department"]}
    names, categories = column("product.name", 1, group_key="4"), column("product.category", 2, group_key="4")
    brands = column("product.brand", 3, group_key="4")
    for name, category, brand in zip(names, categories, brands, strict=True):
        assert category in goods.values()
        assert name.startswith(brand)
        assert any(name.endswith(noun) for noun in sections("product")[f"noun.{category.casefold()}"])


def test_a_companys_domain_agrees_with_its_name() -> None:
    for name, domain in zip(
        column("company.name", 1, group_key="4"), column("company.domain", 2, group_key="4"), strict=True
    ):
        assert domain.split("-")[0] == plain(name.split()[0])


@pytest.mark.parametrize(("unit", "kind"), [("integer", int), ("decimal", Decimal), ("float", float)])
@pytest.mark.parametrize("name", ["finance.amount", "finance.price", "product.price", "finance.rate"])
def test_amounts_keep_to_their_bounds(name: str, unit: str, kind: type) -> None:
    made = column(name, 1, low="7", high="95", scale=2, unit=unit)
    assert all(isinstance(value, kind) and 7 <= value <= 95 for value in made)
    assert len(set(made)) > 20


@pytest.mark.parametrize(("low", "high"), [("0", "0"), ("-50", "50"), ("0.01", "0.02"), ("1", str(10**14))])
def test_amounts_of_any_span_can_be_made_and_counted(low: str, high: str) -> None:
    generator = _REGISTRY.build("finance.amount", {"low": low, "high": high})
    made = generator.values(Draw(ROWS, Stream(2))).to_pylist()
    assert all(Decimal(low) <= value <= Decimal(high) for value in made)
    assert generator.capacity == (Decimal(high) - Decimal(low)) * 100 + 1
    ends = generator.at(np.array([0, generator.capacity - 1]), Draw(np.arange(2), Stream(2))).to_pylist()
    assert ends == [Decimal(low), Decimal(high)]


def test_small_amounts_are_more_common() -> None:
    made = column("finance.amount", 1, low="5", high="5000")
    assert sum(value < 500 for value in made) > len(made) // 2


def test_births_are_those_of_adults() -> None:
    for born in column("person.birth_date", 1, now="2025-06-01T00:00:00"):
        assert date(1945, 1, 1) < born < date(2007, 7, 1)


def test_phones_are_kept_for_fiction() -> None:
    assert all("555-01" in number for number in column("person.phone", 1))
    for kind, widths in (("person.phone", (None, 15, 12, 10)), ("place.phone", (None, 20, 18))):
        for width in widths:
            made = _REGISTRY.build(kind, {} if width is None else {"max_length": width})
            most = min(made.capacity, 8 * 10 * 800 * 10**4)
            many = np.arange(0, most, most // 5000)
            numbers = made.at(many, Draw(many, Stream(3))).to_pylist()
            assert len(set(numbers)) == len(many), kind
            assert [each for each in numbers if list(reaching("phone", each))] == [], (kind, width)


def _ambiguous(frame: Frame) -> list[str]:
    """Texts of a slot, other than the last, that hold the character which ends the slot."""
    found = []
    parts = frame.parts
    last = max((n for n, part in enumerate(parts) if isinstance(part, Pool)), default=0)
    for n, part in enumerate(parts[:last]):
        if isinstance(part, Pool):
            following = parts[n + 1]
            ends = {following[0]} if isinstance(following, str) else {text[0] for text in following.texts}
            found += [text for text in part.texts if ends & set(text)]
    return found


def test_first_frames_tell_their_slots_apart() -> None:
    for file in ("text", "media", "internet", "company", "codes", "people", "product"):
        for section, patterns in sections(file).items():
            if "{" in patterns[0] and section != "json" and section != "css":
                assert _ambiguous(frames(f"{file}/{section}").frames[0]) == [], (file, section)
