"""Two rows of one table that a row refers to: of one tenant, but else each by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from seedfast import api

CODES = """
CREATE TABLE vocabularies (id serial PRIMARY KEY, title text NOT NULL);
CREATE TABLE codes (id serial PRIMARY KEY, vocabulary_id integer NOT NULL REFERENCES vocabularies, label text NOT NULL);
CREATE TABLE samples (id serial PRIMARY KEY, kind_code_id integer NOT NULL REFERENCES codes,
    unit_code_id integer NOT NULL REFERENCES codes, site_code_id integer NOT NULL REFERENCES codes);
"""
TENANTS = """
CREATE TABLE organizations (id serial PRIMARY KEY, name text NOT NULL CHECK (name IN ('a', 'b', 'c')), UNIQUE (name));
CREATE TABLE employees (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations, nick text);
CREATE TABLE messages (id serial PRIMARY KEY, sender_id integer NOT NULL REFERENCES employees,
    recipient_id integer NOT NULL REFERENCES employees);
"""


def _one(dsn: str, query: str) -> int:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(("one", "other"), [("kind", "unit"), ("unit", "site"), ("kind", "site")])
def test_codes_for_different_things_are_different_ones(
    one: str, other: str, make_database: Callable[[str], str]
) -> None:
    dsn = make_database(CODES)
    assert api.seed(dsn, rows=60, now=datetime(2026, 1, 2)).committed
    assert _one(dsn, f"SELECT count(*) FROM samples WHERE {one}_code_id = {other}_code_id") < 20


def test_a_message_stays_within_the_organization(make_database: Callable[[str], str]) -> None:
    dsn = make_database(TENANTS)
    assert api.seed(dsn, rows=60, now=datetime(2026, 1, 2)).committed
    apart = (
        "SELECT count(*) FROM messages m JOIN employees s ON s.id = sender_id JOIN employees r ON r.id = recipient_id"
        " WHERE s.organization_id <> r.organization_id"
    )
    assert _one(dsn, apart) == 0


@pytest.mark.parametrize("days", [30, 300])
def test_what_follows_a_stored_row_later_than_now_follows_it_soon(
    days: int, make_database: Callable[[str], str]
) -> None:
    dsn = make_database(
        "CREATE TABLE sites (id serial PRIMARY KEY, host text NOT NULL, created_at timestamptz NOT NULL);"
        f"INSERT INTO sites (host, created_at) VALUES ('a.example', timestamptz '2026-01-02' + interval '{days} days');"
        "CREATE TABLE visits (id serial PRIMARY KEY, site_id integer NOT NULL REFERENCES sites,"
        " created_at timestamptz NOT NULL);"
    )
    assert api.seed(dsn, rows=40, now=datetime(2026, 1, 2)).committed
    after = "v.created_at >= s.created_at AND v.created_at < s.created_at + interval '60 days'"
    assert _one(dsn, f"SELECT count(*) FROM visits v JOIN sites s ON s.id = v.site_id WHERE {after}") == 40


@pytest.mark.parametrize("rows", [2, 3, 40])
def test_two_unique_references_never_lead_to_the_same_row(rows: int, make_database: Callable[[str], str]) -> None:
    dsn = make_database(
        "CREATE TABLE seats (id serial PRIMARY KEY, label text NOT NULL);"
        "CREATE TABLE swaps (id serial PRIMARY KEY, from_seat integer NOT NULL UNIQUE REFERENCES seats,"
        " to_seat integer NOT NULL UNIQUE REFERENCES seats, CHECK (from_seat <> to_seat));"
    )
    assert api.seed(dsn, rows=rows, now=datetime(2026, 1, 2)).committed
    assert _one(dsn, "SELECT count(*) FROM swaps") == rows
