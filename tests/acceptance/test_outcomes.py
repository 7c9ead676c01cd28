"""Figures that are asked for come out exactly, with every constraint held, or nothing is written; counted by SQL."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import psycopg
import pytest

NOW = ("--now", "2026-05-20", "--strict")

SHOP = """
CREATE TABLE users (
    id serial PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE products (
    id serial PRIMARY KEY, name text NOT NULL, price numeric(10, 2) NOT NULL CHECK (price > 0)
);
CREATE TABLE orders (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users,
    status text NOT NULL CHECK (status IN ('open', 'paid', 'cancelled')), placed_at timestamptz NOT NULL DEFAULT now(),
    subtotal numeric(12, 2) NOT NULL, tax numeric(12, 2) NOT NULL, shipping numeric(12, 2) NOT NULL,
    total numeric(12, 2) NOT NULL CHECK (total >= 0)
);
CREATE TABLE order_items (
    id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders,
    product_id integer NOT NULL REFERENCES products, quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 20),
    unit_price numeric(10, 2) NOT NULL, line_total numeric(12, 2) NOT NULL
);
CREATE TABLE payments (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users,
    amount numeric(10, 2) NOT NULL CHECK (amount > 0 AND amount <= 500), points integer NOT NULL,
    method text NOT NULL CHECK (method IN ('card', 'cash')), paid_at timestamptz NOT NULL
);
"""

DEMO = resources.files("seedfast.embedded").joinpath("demo.sql").read_text("utf-8")

ADDS_UP = """
    SELECT bool_and(o.total = o.subtotal + o.tax + o.shipping AND o.subtotal = coalesce(lines.total, 0))
    FROM orders AS o LEFT JOIN (
        SELECT order_id, sum(line_total) AS total, bool_and(line_total = quantity * unit_price) AS right
        FROM order_items GROUP BY order_id
    ) AS lines ON lines.order_id = o.id
"""


@pytest.fixture
def shop(make_database) -> str:
    dsn: str = make_database(SHOP)
    return dsn


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def one(dsn: str, query: str) -> Any:
    """Return a query's only row as text, a single value by itself."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else tuple(map(str, row))


def change(dsn: str, statement: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute(statement.encode())


def test_a_total_comes_out_to_the_cent_and_lines_still_add_up_to_it(seedfast, shop):
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", "revenue of 1.2 million in Q4; payments add up to 12345.67")
    assert said.status == 0, said.err
    inside = "placed_at >= '2025-10-01' AND placed_at < '2026-01-01'"
    assert str(one(shop, f"SELECT sum(total) FROM orders WHERE {inside}")) == "1200000.00"
    assert one(shop, ADDS_UP) is True
    assert one(shop, "SELECT sum(amount), max(amount) <= 500 FROM payments") == ("12345.67", "True")


def test_a_sum_that_the_server_multiplies_comes_out_by_way_of_prices(seedfast, make_database):
    dsn = make_database(DEMO)
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "revenue of 1.2 million in Q4")
    assert said.status == 0, said.err
    lines = (
        "order_items AS i JOIN orders AS o ON o.id = i.order_id WHERE placed_at BETWEEN '2025-10-01' AND '2026-01-01'"
    )
    assert str(one(dsn, f"SELECT sum(line_total) FROM {lines}")) == "1200000.00"


def test_each_parent_comes_to_its_sum(seedfast, shop):
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", "20 users; customers spend exactly 99.90 each")
    assert said.status == 0, said.err
    spent = "SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id"
    assert one(shop, f"SELECT count(*), min(total), max(total) FROM ({spent}) AS s") == ("20", "99.90", "99.90")
    assert one(shop, ADDS_UP) is True


def test_sums_of_some_rows_averages_and_extremes_come_out(seedfast, shop, folder):
    folder.joinpath("seedfast.toml").write_text(
        """
        [[scope.outcomes]]
        table = "orders"
        aggregate = "sum"
        column = "total"
        value = "777.77"
        where = { status = "cancelled" }
        [[scope.outcomes]]
        table = "orders"
        aggregate = "sum"
        column = "total"
        value = "10000"
        where = { status = "paid" }
        [[scope.outcomes]]
        table = "payments"
        aggregate = "average"
        column = "amount"
        value = "40"
        [[scope.outcomes]]
        table = "payments"
        aggregate = "least"
        column = "amount"
        value = "1.5"
        [[scope.outcomes]]
        table = "payments"
        aggregate = "greatest"
        column = "points"
        value = "9999"
        """
    )
    said = seedfast("seed", "--dsn", shop, *NOW)
    assert said.status == 0, said.err
    by_state = "sum(total) FILTER (WHERE status = 'cancelled'), sum(total) FILTER (WHERE status = 'paid')"
    assert one(shop, f"SELECT {by_state} FROM orders") == ("777.77", "10000.00")
    assert one(shop, "SELECT avg(amount) = 40, min(amount), max(points) FROM payments") == ("True", "1.50", "9999")
    assert one(shop, "SELECT count(*) FILTER (WHERE points = 9999) FROM payments") == 1
    assert one(shop, ADDS_UP) is True

    asked = seedfast("verify", "--dsn", shop, "--figures")
    assert asked.status == 0 and "5 of 5 kept" in asked.out, asked.out + asked.err
    change(shop, "UPDATE payments SET points = 10000 WHERE points = 9999")
    asked = seedfast("verify", "--dsn", shop, "--figures")
    assert asked.status == 3 and "4 of 5 kept" in asked.out and "It is 10000." in asked.out, asked.out


BILLING = """
CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE invoices (
    id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers,
    status text NOT NULL CHECK (status IN ('draft', 'sent', 'paid', 'overdue')), paid_at timestamptz,
    CHECK (status = 'paid' OR paid_at IS NULL)
);
CREATE TABLE members (
    customer_id integer NOT NULL REFERENCES customers, email text NOT NULL,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'guest')), PRIMARY KEY (customer_id, email)
);
CREATE UNIQUE INDEX ON members (customer_id) WHERE role = 'owner';
"""


def test_each_parent_has_exactly_so_many_rows_with_a_value(seedfast, make_database):
    dsn = make_database(BILLING)
    wish = "40 customers; exactly three overdue invoices per customer; exactly one owner per customer"
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", wish)
    assert said.status == 0, said.err
    overdue = "SELECT count(*) FILTER (WHERE status = 'overdue') AS n FROM invoices GROUP BY customer_id"
    assert one(dsn, f"SELECT count(*), min(n), max(n) FROM ({overdue}) AS c") == ("40", "3", "3")
    assert one(dsn, "SELECT count(*) FROM invoices WHERE status <> 'overdue'") > 0
    owners = "SELECT count(*) FILTER (WHERE role = 'owner') AS n FROM members GROUP BY customer_id"
    assert one(dsn, f"SELECT count(*), min(n), max(n) FROM ({owners}) AS c") == ("40", "1", "1")
    assert seedfast("plan", "--dsn", dsn, *NOW[:2], "--scope", wish, "--save", "seedfast.toml").status == 0
    assert seedfast("verify", "--dsn", dsn, "--figures").status == 0
    change(dsn, "DELETE FROM invoices WHERE id = (SELECT min(id) FROM invoices WHERE status = 'overdue')")
    asked = seedfast("verify", "--dsn", dsn, "--figures")
    assert asked.status == 3 and "1 of the parents" in asked.out, asked.out
    said = seedfast("seed", "--dsn", dsn, "--append", "--scope", "exactly 2 owners per customer")
    assert said.status == 5 and "a unique key decides" in said.err
    assert one(dsn, "SELECT count(*) FROM customers") == 40


def test_every_day_has_its_number_months_grow_and_what_they_need_was_there_before(seedfast, shop):
    wish = "20 orders per day during November 2024; 1000 payments during 2025, growing 20% a month"
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", wish)
    assert said.status == 0, said.err
    days = "SELECT (placed_at AT TIME ZONE 'UTC')::date AS day, count(*) AS n FROM orders GROUP BY 1"
    told = one(shop, f"SELECT count(*), min(n), max(n), min(day), max(day) FROM ({days}) AS d")
    assert told == ("30", "20", "20", "2024-11-01", "2024-11-30")
    early = "orders JOIN users ON users.id = user_id WHERE placed_at < users.created_at"
    assert one(shop, f"SELECT count(*) FROM {early}") == 0
    months = "SELECT count(*) AS n, date_trunc('month', paid_at AT TIME ZONE 'UTC') AS m FROM payments GROUP BY m"
    grown = list(map(int, one(shop, f"SELECT string_agg(n::text, ' ' ORDER BY m) FROM ({months}) AS g").split()))
    whole = sum(1.2**month for month in range(12))
    assert [round(1000 * 1.2**month / whole) for month in range(12)] == pytest.approx(grown, abs=1)

    assert seedfast("plan", "--dsn", shop, *NOW[:2], "--scope", wish, "--save", "seedfast.toml").status == 0
    asked = seedfast("verify", "--dsn", shop, "--figures")
    assert asked.status == 0 and "30 of 30 kept" in asked.out, asked.out + asked.err


@pytest.mark.parametrize(
    ("scope", "arithmetic"),
    [
        ("100 payments totalling 60000", "100 rows, of 500 to 500, come to 50,000"),
        ("payments totalling 0.001", "more digits after the point"),
        ("revenue of 1 million in 2024; orders during 2025", "none of the 100 new rows counts"),
    ],
)
def test_what_can_not_come_out_is_refused_with_the_arithmetic(seedfast, shop, scope, arithmetic):
    said = seedfast("seed", "--dsn", shop, "--now", "2026-05-20", "--scope", scope)
    assert said.status == 5 and "SF-SCOPE-OUTCOME" in said.err and arithmetic in said.err, said.err
    assert one(shop, "SELECT (SELECT count(*) FROM payments) + (SELECT count(*) FROM users)") == 0
