"""What belongs to a person, a company or a shop is where that is."""

from __future__ import annotations

import unicodedata

import pytest

from seedfast.values.semantic import pools
from tests.unit.plan.written import drawn, table

COUNTRIES = pools.columns("countries")
PLACES = pools.columns("places")
DIAL = dict(zip(COUNTRIES["alpha2"].texts, COUNTRIES["dial"].texts, strict=True))
MONEY = dict(zip(COUNTRIES["alpha2"].texts, COUNTRIES["currency"].texts, strict=True))


@pytest.mark.parametrize("key", ["id int!", "id uuid!"])
def test_addresses_are_in_their_customers_country(key: str) -> None:
    foreign = key.replace("id ", "customer_id ").replace("!", "! -> customers")
    customers = table("customers", key, "name text!", "phone text!", "country_code char(2)!")
    addresses = table("addresses", key, foreign, "city text!", "postal_code text!", "country_code char(2)!")
    rows = drawn(customers, addresses)
    told = {row["id"]: row["country_code"] for row in rows["customers"]}
    assert len(set(told.values())) > 8
    assert all(row["phone"].startswith(f"+{DIAL[row['country_code']]}-") for row in rows["customers"])
    assert all(row["country_code"] == told[row["customer_id"]] for row in rows["addresses"])


def test_the_telephone_of_who_has_an_address_is_of_its_country() -> None:
    addresses = table("addresses", "id int!", "street text!", "city text!", "country_code char(2)!")
    patients = table(
        "patients", "id int!", "address_id int! -> addresses", "first_name text!", "last_name text!", "phone text!"
    )
    rows = drawn(addresses, patients)
    told = {row["id"]: row["country_code"] for row in rows["addresses"]}
    assert all(row["phone"].startswith(f"+{DIAL[told[row['address_id']]]}-") for row in rows["patients"])


def test_an_order_is_paid_in_the_money_of_its_customers_country_and_its_parcel_goes_there() -> None:
    customers = table("customers", "id int!", "full_name text!", "city text!", "country_code char(2)!")
    orders = table(
        "orders", "id int!", "customer_id int! -> customers", "billing_currency char(3)!", "total numeric(9,2)!"
    )
    parcels = table("parcels", "id int!", "order_id int! -> orders", "ship_city text!", "ship_country_code char(2)!")
    rows = drawn(customers, orders, parcels)
    country = {row["id"]: row["country_code"] for row in rows["customers"]}
    of_order = {row["id"]: country[row["customer_id"]] for row in rows["orders"]}
    assert all(row["billing_currency"] == MONEY[country[row["customer_id"]]] for row in rows["orders"])
    assert all(row["ship_country_code"] == of_order[row["order_id"]] for row in rows["parcels"])


@pytest.mark.parametrize("staff", ["employees", "sales_reps", "drivers"])
def test_an_order_goes_to_its_customer_and_not_to_who_sees_to_it(staff: str) -> None:
    people = table(staff, "id int!", "full_name text!", "city text!", "country_code char(2)!")
    customers = table("customers", "id int!", "company_name text!", "city text!", "country_code char(2)!")
    orders = table(
        *("orders", "id int!", f"employee_id int! -> {staff}", "customer_id int! -> customers"),
        *("ship_city text!", "ship_country_code char(2)!"),
    )
    rows = drawn(people, customers, orders)
    country = {row["id"]: row["country_code"] for row in rows["customers"]}
    assert all(row["ship_country_code"] == country[row["customer_id"]] for row in rows["orders"])


def test_somebody_without_a_parent_is_somewhere() -> None:
    companies = table("companies", "id int!", "name text!", "country_code char(2)!", "city text!")
    people = table(
        "contacts", "id int!", "company_id int -> companies", "full_name text!", "phone text!", "country_code char(2)!"
    )
    rows = drawn(companies, people, rows=400)
    told = {row["id"]: row["country_code"] for row in rows["companies"]}
    alone = [row["country_code"] for row in rows["contacts"] if row["company_id"] is None]
    assert len(set(alone)) > 3
    assert all(row["company_id"] is None or told[row["company_id"]] == row["country_code"] for row in rows["contacts"])
    assert all(row["phone"].startswith(f"+{DIAL[row['country_code']]}-") for row in rows["contacts"])


def test_cities_of_a_country_are_many() -> None:
    countries = table("countries", "id int!", "name text!", "iso char(2)!")
    cities = table("cities", "id int!", "country_id int! -> countries", "name text!")
    assert len({row["name"] for row in drawn(countries, cities)["cities"]}) > 50


@pytest.mark.parametrize("pattern", ["(country_code ~ '^[A-Z]{2}$'::text)", "(country_code = upper(country_code))"])
def test_a_pattern_does_not_take_a_country_away_from_its_city(pattern: str) -> None:
    customers = table("customers", "id int!", "name text!", "phone text!")
    addresses = table(
        "addresses",
        "id int!",
        "customer_id int! -> customers",
        "city text!",
        "country_code char(2)!",
        check=pattern.replace("country_code", "(country_code)::text"),
    )
    rows = drawn(customers, addresses)
    told = {row["id"]: row["phone"] for row in rows["customers"]}
    assert len({row["country_code"] for row in rows["addresses"]}) > 8
    for row in rows["addresses"]:
        assert told[row["customer_id"]].startswith(f"+{DIAL[row['country_code']]}-"), row


@pytest.mark.parametrize("pattern", ["(email ~~ '%_@_%'::text)", "(email ~ '^[^@ ]+@[^@ ]+$'::text)"])
def test_a_pattern_does_not_take_an_address_away_from_its_name(pattern: str) -> None:
    users = table("users", "id int!", "email text!", "full_name text!", check=pattern, unique="email")
    addresses = table("addresses", "id int!", "user_id int! -> users", "city text!", "country_code char(2)!")
    for row in drawn(users, addresses)["users"]:
        local, last = row["email"].partition("@")[0], plain(row["full_name"].split()[-1])
        assert last[:3] in local or local[:3] in plain(row["full_name"].split()[0]), row


def plain(name: str) -> str:
    """Return the ASCII letters of a name in lower case."""
    return "".join(each for each in unicodedata.normalize("NFKD", name).lower() if each.isascii() and each.isalpha())


COUNTRY_OF: dict[str, set[str]] = {}
for _field in ("city", "region", "region_code"):
    for _value, _code in zip(PLACES[_field].texts, PLACES["country_code"].texts, strict=True):
        COUNTRY_OF.setdefault(_value, set()).add(_code)
NAMES = dict(zip(COUNTRIES["alpha2"].texts, COUNTRIES["name"].texts, strict=True))


def test_cities_and_states_lie_in_their_country_and_addresses_in_their_city() -> None:
    countries = table("countries", "id int!", "country text!")
    states = table("states", "id int!", "country_id int! -> countries", "name text!", "state_code text!")
    cities = table("cities", "id int!", "city text!", "state_id int! -> states")
    addresses = table("addresses", "id int!", "street text!", "city_id int! -> cities", "phone text!")
    rows = drawn(countries, states, cities, addresses)
    country = {row["id"]: row["country"] for row in rows["countries"]}
    state = {row["id"]: row for row in rows["states"]}
    city = {row["id"]: row for row in rows["cities"]}
    assert all(country[row["country_id"]] in {NAMES[c] for c in COUNTRY_OF[row["name"]]} for row in rows["states"])
    assert all(COUNTRY_OF[row["name"]] & COUNTRY_OF[row["state_code"]] for row in rows["states"])
    assert all(COUNTRY_OF[row["city"]] & COUNTRY_OF[state[row["state_id"]]["name"]] for row in rows["cities"])
    for row in rows["addresses"]:
        assert any(row["phone"].startswith(f"+{DIAL[c]}-") for c in COUNTRY_OF[city[row["city_id"]]["city"]]), row


@pytest.mark.parametrize("told", ["name text!", "iso3 char(3)!", "name text!, iso_code char(2)!"])
def test_a_list_of_countries_may_tell_them_by_name_or_code(told: str) -> None:
    countries = table("countries", "id int!", *told.split(", "))
    people = table("customers", "id int!", "full_name text!", "country_id int! -> countries", "city text!")
    orders = table("orders", "id int!", "customer_id int! -> customers", "ship_city text!", "ship_country char(2)!")
    rows = drawn(countries, people, orders)
    forms = {"name": NAMES, "iso3": dict(zip(COUNTRIES["alpha2"].texts, COUNTRIES["alpha3"].texts, strict=True))}
    first = told.split()[0]
    country = {row["id"]: row[first] for row in rows["countries"]}
    lives = {row["id"]: row for row in rows["customers"]}
    for row in rows["customers"]:
        assert country[row["country_id"]] in {forms[first][c] for c in COUNTRY_OF[row["city"]]}, row
    for row in rows["orders"]:
        assert row["ship_country"] in COUNTRY_OF[lives[row["customer_id"]]["city"]], row
