"""Whatever two columns of a row say of a country, it is one: money, time, telephone, language, the culture of names."""

from __future__ import annotations

import re

import pytest

from seedfast.values.semantic import pools
from tests.unit.plan.written import drawn, planned, table

PLACES = pools.columns("places")
COUNTRIES = pools.columns("countries")
CODES = COUNTRIES["alpha2"].texts
MONEY = dict(zip(CODES, COUNTRIES["currency"].texts, strict=True))
DIAL = dict(zip(CODES, COUNTRIES["dial"].texts, strict=True))
ZONES: dict[str, set[str]] = {}
LOCALES: dict[str, set[str]] = {}
for code, zone, locale in zip(
    PLACES["country_code"].texts, PLACES["timezone"].texts, PLACES["locale"].texts, strict=True
):
    ZONES.setdefault(code, set()).add(zone)
    LOCALES.setdefault(code, set()).add(locale)


@pytest.mark.parametrize("name", ["customers", "accounts", "sites"])
def test_columns_without_a_city_are_of_one_country(name: str) -> None:
    columns = ("country_code char(2)!", "phone text!", "currency char(3)!", "timezone text!", "default_locale text!")
    made = table(name, "id int!", *columns)
    for row in drawn(made)[name]:
        country = row["country_code"]
        assert row["currency"] == MONEY[country] and row["timezone"] in ZONES[country], row
        assert row["default_locale"] in LOCALES[country] and row["phone"].startswith(f"+{DIAL[country]}-"), row


def test_two_of_them_are_enough() -> None:
    made = table("workspaces", "id int!", "name text!", "time_zone text!", "billing_currency text!")
    rows = drawn(made)["workspaces"]
    assert len({row["time_zone"] for row in rows}) > 5
    for row in rows:
        assert any(row["time_zone"] in zones and row["billing_currency"] == MONEY[c] for c, zones in ZONES.items()), row


def test_a_persons_telephone_is_of_the_country_that_the_name_is_from() -> None:
    made = table("patients", "id int!", "first_name text!", "last_name text!", "phone text!")
    japanese = {row["last_name"] for row in drawn(made, rows=800)["patients"] if row["phone"].startswith("+81-")}
    american = {row["last_name"] for row in drawn(made, rows=800)["patients"] if row["phone"].startswith("+1-")}
    assert "Tanaka" in japanese or "Sato" in japanese or "Suzuki" in japanese, japanese
    assert not {"Tanaka", "Sato", "Suzuki"} & american


def test_money_by_itself_is_mostly_the_money_that_is_used() -> None:
    rows = drawn(table("payments", "id int!", "amount numeric(10,2)!", "currency char(3)!"), rows=500)["payments"]
    used = [row["currency"] for row in rows]
    assert sum(code in ("USD", "EUR", "GBP", "JPY", "INR", "CNY", "BRL", "CAD", "AUD") for code in used) > 250


LISTS = [
    ("country_code char(2)! = JP|DE|BR|US", ("JP", "DE", "BR", "US")),
    ("country enum japan|germany|brazil|usa!", ("japan", "germany", "brazil", "usa")),
    ("country text! = Germany|France|Other", ("Germany", "France", None)),
]


@pytest.mark.parametrize(("column", "listed"), LISTS)
def test_rows_are_in_the_countries_that_a_list_has_and_so_are_those_beside(column: str, listed: tuple[str]) -> None:
    customers = table("customers", "id int!", "full_name text!", "phone text!", "currency char(3)!", column)
    addresses = table("addresses", "id int!", "customer_id int! -> customers", "city text!", "country_code char(2)!")
    rows = drawn(customers, addresses)
    said = dict(zip(("JP", "DE", "BR", "US") if len(listed) == 4 else ("DE", "FR"), listed, strict=False))
    told = {row["id"]: row[column.split()[0]] for row in rows["customers"]}
    assert set(told.values()) == {value or "Other" for value in listed}
    for row in rows["addresses"]:
        assert told[row["customer_id"]] == said.get(row["country_code"], "Other"), row
    for row in rows["customers"]:
        codes = [code for code, value in said.items() if value == told[row["id"]]]
        assert all(row["currency"] == MONEY[code] and row["phone"].startswith(f"+{DIAL[code]}-") for code in codes), row


def test_a_list_of_currencies_holds_what_is_paid_where_the_row_is_or_what_is_usual() -> None:
    made = table(
        "customers", "id int!", "name text!", "city text!", "country_code char(2)!", "currency text! = EUR|USD"
    )
    rows = drawn(made)["customers"]
    assert all((row["currency"] == "EUR") == (MONEY[row["country_code"]] == "EUR") for row in rows)


def test_countries_that_are_asked_for_and_not_in_the_list_are_a_finding() -> None:
    made = table("customers", "id int!", "full_name text!", "phone text!", "country char(2)! = JP|DE")
    plan = planned(made, countries={"DE": 500, "FR": 500})
    assert [one.code for one in plan.findings if "FR" in one.message] == ["SF-SCOPE-COUNTRY"]
    assert {row["country"] for row in drawn(made, countries={"DE": 500, "FR": 500})["customers"]} <= {"DE", "JP"}


SPOKEN = [
    (
        ("kunden_id int!", "vorname text!", "nachname text!", "plz text!", "ort text!", "telefon text!"),
        {"DE", "AT", "CH"},
    ),
    (
        ("id int!", "nombre text!", "apellidos text!", "telefono text!", "ciudad text!", "fecha_alta date!"),
        {"ES", "MX"},
    ),
    (("id int!", "nome text!", "sobrenome text!", "telefone text!", "cidade text!", "bairro text!"), {"BR", "PT"}),
    (("id int!", "prenom text!", "nom text!", "ville text!", "telephone text!", "adresse text!"), {"FR", "BE", "CH"}),
]


@pytest.mark.parametrize(("columns", "countries"), SPOKEN)
def test_rows_are_where_the_language_of_the_names_is_spoken(columns: tuple[str, ...], countries: set[str]) -> None:
    made = table("clientes", *columns)
    dialled = tuple(f"+{DIAL[code]}-" for code in countries)
    phone = next(name.split()[0] for name in columns if name.startswith("tele"))
    assert all(row[phone].startswith(dialled) for row in drawn(made)["clientes"])
    assert len({row[phone][:3] for row in drawn(made, countries={"JP": 1000})["clientes"]}) == 1


def test_a_few_foreign_words_say_nothing_of_where_rows_are() -> None:
    made = table(
        "customers", "id int!", "name text!", "phone text!", "city text!", "nota text!", "plz text!", "menu text!"
    )
    assert len({row["phone"][:3] for row in drawn(made)["customers"]}) > 5


def test_names_are_written_as_where_their_people_are_and_women_have_womens() -> None:
    made = table(
        "customers", "id int!", "first_name text!", "last_name text!", "full_name text!", "country_code char(2)!"
    )
    for row in drawn(made, countries={"VN": 300, "PL": 300, "JP": 400}, rows=400)["customers"]:
        latin = all(ord(letter) < 0x2000 for letter in row["full_name"])
        assert latin == (row["country_code"] != "JP"), row
        assert row["full_name"] == " ".join(row[n] for n in ("first_name", "last_name")[:: 1 if latin else -1]), row
        if row["country_code"] == "PL":
            assert not row["first_name"].endswith("a") or not row["last_name"].endswith(("ski", "cki")), row


def test_postcodes_of_british_towns_and_of_paris_have_districts_that_there_are() -> None:
    made = table("addresses", "id int!", "city text!", "postal_code text!", "country_code char(2)!")
    rows = drawn(made, rows=1500)["addresses"]
    british = [row["postal_code"] for row in rows if row["country_code"] == "GB"]
    assert len(british) > 20
    assert all(re.fullmatch(r"(SE|M|B|LS|BS|EH|G|CF)1\d \d[ABD-HJLNP-UW-Z]{2}", code) for code in british), british
    assert all(75001 <= int(row["postal_code"]) <= 75020 for row in rows if row["city"] == "Paris")
