"""Rows agree with their parents where no constraint asks for it; PostgreSQL counts those that don't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from seedfast import api

SHOP = """
CREATE TABLE tenants (id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE customers (
    id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants,
    email text NOT NULL, registered_at timestamptz NOT NULL
);
CREATE TABLE addresses (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, street text NOT NULL);
CREATE TABLE products (
    id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, name text NOT NULL,
    unit_price numeric(8, 2) NOT NULL CHECK (unit_price > 0)
);
CREATE TABLE orders (
    id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants,
    customer_id integer NOT NULL REFERENCES customers, address_id integer REFERENCES addresses,
    customer_email text NOT NULL, ordered_at timestamptz NOT NULL
);
CREATE TABLE lines (
    id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, product_id integer NOT NULL REFERENCES products,
    unit_price numeric(8, 2) NOT NULL CHECK (unit_price > 0), created_at timestamptz NOT NULL
);
"""
NOW = datetime(2026, 1, 2)
BROKEN = {
    "an address of another customer": "SELECT FROM orders o JOIN addresses a ON a.id = o.address_id"
    " WHERE a.customer_id <> o.customer_id",
    "a customer of another tenant": "SELECT FROM orders o JOIN customers c ON c.id = o.customer_id"
    " WHERE c.tenant_id <> o.tenant_id",
    "a product of another tenant": "SELECT FROM lines l JOIN products p ON p.id = l.product_id"
    " JOIN orders o ON o.id = l.order_id WHERE p.tenant_id <> o.tenant_id",
    "an order before its customer": "SELECT FROM orders o JOIN customers c ON c.id = o.customer_id"
    " WHERE o.ordered_at < c.registered_at",
    "a customer before its tenant": "SELECT FROM customers c JOIN tenants t ON t.id = c.tenant_id"
    " WHERE c.registered_at < t.created_at",
    "a line before its order": "SELECT FROM lines l JOIN orders o ON o.id = l.order_id"
    " WHERE l.created_at < o.ordered_at",
    "another customer's e-mail": "SELECT FROM orders o JOIN customers c ON c.id = o.customer_id"
    " WHERE o.customer_email <> c.email",
    "another price": "SELECT FROM lines l JOIN products p ON p.id = l.product_id WHERE l.unit_price <> p.unit_price",
}


@pytest.fixture
def seeded(make_database: Callable[[str], str]) -> str:
    dsn = make_database(SHOP)
    api.seed(dsn, now=NOW, rows=80)
    api.seed(dsn, now=NOW, rows=40, append=True, seed=2)
    return dsn


def test_rows_agree_with_their_parents_also_with_those_stored_before(seeded: str) -> None:
    with psycopg.connect(seeded) as connection:
        found = {what: len(connection.execute(query).fetchall()) for what, query in BROKEN.items()}
    assert found == dict.fromkeys(BROKEN, 0)


def test_what_is_copied_and_looked_up_is_named_in_the_plan(make_database: Callable[[str], str]) -> None:
    plan = api.plan(make_database(SHOP), now=NOW)
    reasons = {f"{table.name.name}.{column.name}": column.reason for table in plan.tables for column in table.columns}
    assert reasons["orders.customer_email"] == "what public.customers has in email"
    assert "after customer_id -> customers.registered_at" in reasons["orders.ordered_at"]


def test_what_follows_a_parent_from_after_now_is_spread_out(make_database: Callable[[str], str]) -> None:
    users = "CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);"
    stored = "INSERT INTO users (name, created_at) VALUES ('admin', '2031-05-01 12:00+00');"
    sites = "CREATE TABLE sites (id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users,"
    dsn = make_database(f"{users} {stored} {sites} created_at timestamptz NOT NULL)")
    api.seed(dsn, now=NOW, rows=50)
    with psycopg.connect(dsn) as connection:
        query = b"SELECT count(DISTINCT created_at) > 40, min(created_at) >= '2031-05-01 12:00+00' FROM sites"
        assert connection.execute(query).fetchone() == (True, True)
