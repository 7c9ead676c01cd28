"""A row's person, company, telephone and place are of one country; a person's gender is that of the given name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from seedfast import api

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
