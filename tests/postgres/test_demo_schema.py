"""The demo's shop is what it claims to be, on every server."""

from __future__ import annotations

import psycopg
import pytest

from seedfast.embedded import create_demo_schema


@pytest.fixture
def shop(make_database):
    dsn = make_database("")
    create_demo_schema(dsn)
    with psycopg.connect(dsn) as connection:
        yield connection


def test_it_has_eight_tables(shop):
    names = shop.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    assert {name for (name,) in names} == {
        "addresses",
        "categories",
        "order_items",
        "orders",
        "product_categories",
        "products",
        "reviews",
        "users",
    }


def test_a_primary_address_is_the_users_own(shop):
    shop.execute("INSERT INTO users (email, full_name) VALUES ('a@x.org', 'A'), ('b@x.org', 'B')")
    shop.execute(
        "INSERT INTO addresses (user_id, street, city, postal_code, country_code) VALUES (1, 's', 'c', '1', 'DE')"
    )
    shop.execute("UPDATE users SET primary_address_id = 1 WHERE id = 1")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        shop.execute("UPDATE users SET primary_address_id = 1 WHERE id = 2")


def test_an_email_is_unique_without_regard_to_case(shop):
    shop.execute("INSERT INTO users (email, full_name) VALUES ('a@x.org', 'A')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        shop.execute("INSERT INTO users (email, full_name) VALUES ('A@x.org', 'A')")
