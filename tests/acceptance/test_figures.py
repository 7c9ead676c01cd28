"""Numbers of a row add up where no constraint asks for it; PostgreSQL counts those that don't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest

from seedfast import api
from seedfast.verify.results import Promise

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SHOP = """
CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL, price numeric(10, 2) NOT NULL);
CREATE TABLE orders (
    id serial PRIMARY KEY, subtotal numeric(10, 2) NOT NULL, tax_amount numeric(10, 2) NOT NULL,
    shipping_cost numeric(10, 2), discount_total numeric(8, 2) NOT NULL,
    total_amount numeric(10, 2) NOT NULL CHECK (total_amount >= 0),
    amount_paid numeric(10, 2) NOT NULL, balance_due numeric(10, 2) NOT NULL
);
CREATE TABLE order_items (
    id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, product_id integer NOT NULL REFERENCES products,
    quantity integer NOT NULL CHECK (quantity > 0), unit_price numeric(10, 2) NOT NULL,
    discount numeric(10, 2) NOT NULL, line_total numeric(10, 2) NOT NULL
);
CREATE TABLE "OrderDetail" (
    "Id" serial PRIMARY KEY, "UnitPrice" real NOT NULL, "Quantity" smallint NOT NULL, "Discount" real NOT NULL,
    "LineTotal" real NOT NULL
);
CREATE TABLE invoice_lines (
    id serial PRIMARY KEY, net_cents integer NOT NULL, tax_rate numeric(5, 2) NOT NULL, tax_cents integer NOT NULL,
    total_cents integer NOT NULL
);
CREATE TABLE small_lines (
    id serial PRIMARY KEY, quantity integer NOT NULL, unit_price numeric(8, 2) NOT NULL,
    total numeric(6, 2) NOT NULL CHECK (total <= 500)
);
CREATE TABLE stays (
    id serial PRIMARY KEY, check_in date NOT NULL, check_out date NOT NULL CHECK (check_out > check_in),
    nights integer NOT NULL, price_per_night numeric(8, 2) NOT NULL, total_price numeric(9, 2) NOT NULL
);
CREATE TABLE jobs (
    id serial PRIMARY KEY, started_at timestamptz NOT NULL, finished_at timestamptz, duration_seconds integer,
    elapsed interval, total_rows integer NOT NULL, failed_rows integer NOT NULL, min_ms integer, max_ms integer
);
CREATE TABLE decided (
    id serial PRIMARY KEY, quantity integer NOT NULL, unit_price numeric(8, 2) NOT NULL,
    total numeric(8, 2) NOT NULL CHECK (total < unit_price)
);
"""
BROKEN = {
    "orders": "total_amount <> subtotal + tax_amount + COALESCE(shipping_cost, 0) - discount_total",
    "orders, still to be paid": "balance_due <> total_amount - amount_paid",
    "order_items": "line_total <> quantity * unit_price - discount OR discount > quantity * unit_price",
    "order_items, small": "line_total < 0",
    '"OrderDetail"': 'abs("LineTotal" - "Quantity" * "UnitPrice" * (1 - "Discount")) > 0.01',
    "invoice_lines": "tax_cents <> round(net_cents * tax_rate / CASE WHEN tax_rate > 1 THEN 100 ELSE 1 END)"
    " OR total_cents <> net_cents + tax_cents",
    "small_lines": "total <> quantity * unit_price",
    "stays": "nights <> check_out - check_in OR total_price <> nights * price_per_night",
    "jobs": "failed_rows > total_rows OR min_ms > max_ms OR (finished_at IS NULL) <> (duration_seconds IS NULL)"
    " OR elapsed <> finished_at - started_at OR duration_seconds <> extract(epoch FROM finished_at - started_at)",
}
BREAKING = {
    "balance_due": "UPDATE orders SET balance_due = balance_due + 1 WHERE id <= 3",
    "total_amount": "UPDATE orders SET total_amount = total_amount + 1 WHERE id <= 3",
    "line_total": "UPDATE order_items SET line_total = line_total + 0.01 WHERE id <= 3",
    "LineTotal": 'UPDATE "OrderDetail" SET "LineTotal" = "LineTotal" + 1 WHERE "Id" <= 3',
    "total_cents": "UPDATE invoice_lines SET total_cents = total_cents - 1 WHERE id <= 3",
    "nights": "UPDATE stays SET check_out = check_out + 1 WHERE id <= 3",
    "elapsed": "UPDATE jobs SET elapsed = '1 s' WHERE id IN (SELECT id FROM jobs WHERE elapsed > '1 min' LIMIT 3)",
}


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def coherence(dsn: str) -> dict[str, int]:
    """Return how many rows break each claim, by column."""
    checked = api.verify(dsn, coherence=True)
    assert checked.ok
    return {each.name.split(":")[0]: each.breaches for each in checked.checks if each.promise is Promise.COHERENCE}


def test_numbers_of_a_row_add_up_also_in_rows_that_are_added(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SHOP)
    for append in (False, True):
        api.seed(dsn, now=NOW, rows=200, append=append, seed=1 + append)
    with psycopg.connect(dsn) as connection:
        found = {
            what: connection.execute(f"SELECT FROM {what.split(',')[0]} WHERE {wrong}".encode()).fetchall()
            for what, wrong in BROKEN.items()
        }
    assert {what: len(rows) for what, rows in found.items()} == dict.fromkeys(BROKEN, 0)
    # Orders that were there before got lines, and stored rows are never updated.
    assert {column for column, breaches in coherence(dsn).items() if breaches} == {"subtotal"}


def test_what_no_longer_adds_up_is_found(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SHOP)
    api.seed(dsn, now=NOW, rows=60)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for column, change in BREAKING.items():
            assert coherence(dsn)[column] == 0
            connection.execute(change.encode())
            assert coherence(dsn)[column] == 3, column


def test_the_plan_says_what_adds_up_and_leaves_to_constraints_what_they_decide(
    make_database: Callable[[str], str],
) -> None:
    plan = api.plan(make_database(SHOP), now=NOW)
    reasons = {f"{table.name.name}.{column.name}": column.reason for table in plan.tables for column in table.columns}
    assert reasons["order_items.line_total"].startswith("quantity x unit_price - discount")
    assert reasons["jobs.duration_seconds"].startswith("from started_at to finished_at")
    assert "quantity x unit_price" not in reasons["decided.total"]
