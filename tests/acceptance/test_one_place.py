"""A row's person, company, telephone and place are of one country; a person's gender is that of the given name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from seedfast import api
from seedfast.values.semantic import pools

PEOPLE = """
CREATE TYPE sex AS ENUM ('male', 'female', 'other');
CREATE TABLE customers (
    id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, phone text NOT NULL, city text NOT NULL,
    country_code char(2) NOT NULL, currency char(3) NOT NULL, locale text NOT NULL, company_name text NOT NULL,
    gender sex NOT NULL, sex char(1) NOT NULL, sexe text NOT NULL CHECK (sexe IN ('homme', 'femme'))
);
CREATE TABLE appointments (id serial PRIMARY KEY, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL);
CREATE TABLE subscriptions (id serial PRIMARY KEY, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL);
"""
BROKEN = {
    "a telephone of another country": "country_code IN ('JP', 'DE', 'BR', 'US') AND phone NOT LIKE CASE country_code"
    " WHEN 'JP' THEN '+81%' WHEN 'DE' THEN '+49%' WHEN 'BR' THEN '+55%' ELSE '+1%' END",
    "another country's currency": "country_code IN ('JP', 'DE', 'BR', 'US') AND currency <> CASE country_code"
    " WHEN 'JP' THEN 'JPY' WHEN 'DE' THEN 'EUR' WHEN 'BR' THEN 'BRL' ELSE 'USD' END",
    "another country's locale": "country_code IN ('JP', 'DE', 'BR', 'US') AND locale NOT LIKE '%\\_' || country_code",
    "a Japanese name elsewhere": "first_name IN ('Haruto', 'Takumi', 'Daichi', 'Ayumi')"
    " AND country_code IN ('DE', 'US', 'BR', 'FR')",
    "an English name in Japan": "first_name IN ('Thomas', 'Olivia', 'Benjamin', 'Abigail') AND country_code = 'JP'",
    "a company of another country": "country_code = 'DE' AND company_name ~ ' (Ltd|Inc|LLC|SAS|Corp)\\.?$'"
    " OR country_code = 'US' AND company_name ~ ' (GmbH|AG|SAS|Ltd)$'",
    "genders that differ": "left(gender::text, 1) <> lower(sex) OR (sexe = 'femme') <> (sex = 'F')",
    "another gender than the name's": "first_name IN ('Thomas', 'Benjamin', 'Haruto') AND sex <> 'M'",
}


@pytest.fixture
def people(make_database: Callable[[str], str]) -> str:
    dsn = make_database(PEOPLE)
    assert api.seed(dsn, rows=400, now=datetime(2026, 1, 2)).committed
    return dsn


def test_what_a_row_says_of_a_person_is_of_one_place(people: str) -> None:
    with psycopg.connect(people, autocommit=True) as connection:
        found = {
            what: connection.execute(f"SELECT count(*) FROM customers WHERE {where}".encode()).fetchone()
            for what, where in BROKEN.items()
        }
        countries = connection.execute("SELECT count(DISTINCT country_code) FROM customers").fetchone()
    assert found == dict.fromkeys(BROKEN, (0,))
    assert countries is not None
    assert countries[0] > 10


def test_what_ends_does_so_after_as_long_as_such_things_last(people: str) -> None:
    longest = "SELECT max(ends_at - starts_at) <= '90 minutes' AND min(ends_at - starts_at) >= '0' FROM appointments"
    with psycopg.connect(people, autocommit=True) as connection:
        assert connection.execute(longest.encode()).fetchone() == (True,)
        lasting = connection.execute("SELECT max(ends_at - starts_at) > '1 day' FROM subscriptions").fetchone()
    assert lasting == (True,)


FOUR = """
CREATE TABLE customers (
    id bigserial PRIMARY KEY, full_name text NOT NULL, first_name text NOT NULL, last_name text NOT NULL,
    email text NOT NULL UNIQUE, phone text NOT NULL, country char(2) NOT NULL {among}, locale text NOT NULL,
    time_zone text NOT NULL,
    preferred_currency char(3) NOT NULL CHECK (preferred_currency IN ('JPY', 'EUR', 'BRL', 'USD'))
);
CREATE TABLE addresses (
    id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, recipient text NOT NULL,
    line1 text NOT NULL, city text NOT NULL, state text NOT NULL, postal_code text NOT NULL,
    country_code char(2) NOT NULL, latitude numeric(9, 6) NOT NULL, longitude numeric(9, 6) NOT NULL
);
CREATE TABLE companies (
    id bigserial PRIMARY KEY, legal_name text NOT NULL, vat_number text NOT NULL, street_address text NOT NULL,
    city text NOT NULL, region text NOT NULL, zip text NOT NULL, country text NOT NULL {named},
    phone_number text NOT NULL, currency char(3) NOT NULL, timezone text NOT NULL
);
CREATE TABLE orders (
    id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, currency char(3) NOT NULL,
    contact_phone text NOT NULL, ship_to_country char(2) NOT NULL
);
CREATE TABLE events (
    id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, name text NOT NULL,
    occurred_at timestamptz NOT NULL, timezone text NOT NULL
);
"""
AMONG = {
    "among": "CHECK (country IN ('JP', 'DE', 'BR', 'US'))",
    "named": "CHECK (country IN ('Japan', 'Germany', 'Brazil', 'United States'))",
}
NAMED = {"Japan": "JP", "Germany": "DE", "Brazil": "BR", "United States": "US"}
HAN = r"[\u3005-\u30ff\u4e00-\u9fff ]+"
FORMS = {
    "phone": {"JP": r"\+81-.*", "DE": r"\+49-.*", "BR": r"\+55-.*", "US": r"\+1-\d{3}-555-01\d\d"},
    "postcode": {"JP": r"\d{3}-\d{4}", "DE": r"\d{5}", "BR": r"\d{5}-\d{3}", "US": r"\d{5}"},
    "name": {"JP": HAN, "DE": r"[A-Za-zÄÖÜäöüß -]+", "BR": r"[A-Za-zÀ-ÿ -]+", "US": r"[A-Za-z -]+"},
    "street": {
        "JP": rf"{HAN[:-1]}+[0-9丁目番号-]+",
        "DE": r"[A-ZÄÖÜ].* \d+a?",
        "BR": r"(Rua|Avenida|Travessa|Alameda) .*, \d+",
        "US": r"\d+ [A-Z].*",
    },
    "currency": {"JP": "JPY", "DE": "EUR", "BR": "BRL", "US": "USD"},
    "zone": {
        "JP": "Asia/Tokyo",
        "DE": "Europe/Berlin",
        "BR": "America/(Sao_Paulo|Bahia|Recife|Fortaleza|Manaus)",
        "US": "America/.*",
    },
    "locale": {"JP": "ja_JP", "DE": "de_DE", "BR": "pt_BR", "US": "en_US"},
    "company": {
        "JP": r".*株式会社.*",
        "DE": r".*?( GmbH| AG)?",
        "BR": r".*?( Ltda| S\.A\.)?",
        "US": r".*?( Inc\.| LLC| Corp\.)?",
    },
    "vat": {"JP": r"T0\d{12}", "DE": r"DE000\d{6}", "BR": r"00\.0\d\d\.\d{3}/0001-00", "US": r"00-0\d{6}"},
}
SPANS = {"JP": (32, 44, 129, 143), "DE": (47, 55, 6, 15), "BR": (-31, -2, -61, -34), "US": (25, 49, -123, -70)}
ROWS = {
    "customers": "id, country, first_name, last_name, phone, preferred_currency, time_zone, locale FROM customers",
    "companies": "country, legal_name, vat_number, street_address, city, region, zip, phone_number, currency, timezone"
    " FROM companies",
    "addresses": "customer_id, country_code, recipient, line1, city, state, postal_code, latitude, longitude"
    " FROM addresses",
    "orders": "customer_id, ship_to_country, currency, contact_phone FROM orders",
    "events": "customer_id, timezone FROM events",
}


@pytest.mark.parametrize("told", [{}, AMONG], ids=["asked for", "listed"])
def test_four_countries_customers_are_of_their_country_in_every_row(
    make_database: Callable[[str], str], told: dict[str, str]
) -> None:
    dsn = make_database(FOUR.format(**(told or {"among": "", "named": ""})))
    wish = None if told else "customers and companies from Japan, Germany, Brazil and the United States"
    assert api.seed(dsn, rows=200, now=datetime(2026, 1, 2), scope=wish).committed
    with psycopg.connect(dsn, autocommit=True) as connection:
        rows = {name: connection.execute(f"SELECT {columns}".encode()).fetchall() for name, columns in ROWS.items()}
    home = {row[0]: row[1] for row in rows["customers"]}
    assert set(home.values()) == set(FORMS["phone"])

    def fits(country: str, **values: str) -> bool:
        return all(re.fullmatch(FORMS[form.rstrip("_")][country], text) for form, text in values.items())

    for _, country, first, last, phone, currency, zone, locale in rows["customers"]:
        assert fits(country, name=first, name_=last, phone=phone, currency=currency, zone=zone, locale=locale), country
    for customer, country, recipient, street, city, region, postcode, *point in rows["addresses"]:
        south, north, west, east = SPANS[country]
        assert country == home[customer] and south < point[0] < north and west < point[1] < east, (country, point)
        assert fits(country, name=recipient, street=street, postcode=postcode), (country, recipient, street, postcode)
        assert one_place(country, city, region, postcode), (country, city, region, postcode)
    for named, name, vat, street, city, region, postcode, phone, currency, zone in rows["companies"]:
        country = NAMED[named]
        assert fits(country, company=name, vat=vat, street=street, phone=phone, currency=currency, zone=zone), name
        assert one_place(country, city, region, postcode), (country, city, region, postcode)
    for customer, country, currency, phone in rows["orders"]:
        assert country == home[customer] and fits(country, currency=currency, phone=phone), (country, currency, phone)
    assert all(fits(home[customer], zone=zone) for customer, zone in rows["events"])


def one_place(country: str, city: str, region: str, postcode: str) -> bool:
    """Tell whether there is a place of that city, region and country whose postcodes begin so."""
    known, own = pools.columns("places"), pools.columns("endonyms")
    pairs = zip(own["city"].texts, own["country_code"].texts, strict=True)
    called = dict(zip(pairs, zip(own["own_city"].texts, own["own_region"].texts, strict=True), strict=True))
    columns = (known[name].texts for name in ("city", "country_code", "region", "postcode"))
    for one, code, part, form in zip(*columns, strict=True):
        if code == country and called.get((one, code), (one, part)) == (city, region):
            return postcode.startswith(form.partition("#")[0])
    return False
