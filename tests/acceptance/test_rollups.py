"""Columns hold what the rows that refer to theirs come to; PostgreSQL counts those that don't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest

from seedfast import api
from seedfast.generate.engine import Engine
from seedfast.pipeline import prepare
from seedfast.pipeline.request import Request
from seedfast.verify.results import Promise

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SHOP = """
CREATE TABLE customers (
    id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL, orders_count integer NOT NULL,
    first_order_at timestamptz, last_order_at timestamptz
);
CREATE TABLE products (
    id serial PRIMARY KEY, name text NOT NULL, price numeric(10, 2) NOT NULL, average_rating numeric(3, 2),
    num_reviews integer NOT NULL
);
CREATE TABLE orders (
    id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, created_at timestamptz NOT NULL,
    item_count smallint NOT NULL, subtotal numeric(10, 2) NOT NULL, tax_amount numeric(10, 2) NOT NULL,
    total_amount numeric(10, 2) NOT NULL CHECK (total_amount >= 0)
);
CREATE TABLE order_items (
    id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders,
    product_id integer NOT NULL REFERENCES products, quantity integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(10, 2) NOT NULL
);
CREATE TABLE reviews (
    id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products,
    rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5)
);
"""
BLOG = """
CREATE TABLE members (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE posts (
    id uuid PRIMARY KEY, title text NOT NULL, comments_count integer NOT NULL, "likeCount" integer NOT NULL,
    last_comment_at timestamp, views_count integer NOT NULL
);
CREATE TABLE comments (
    id serial PRIMARY KEY, post_id uuid NOT NULL REFERENCES posts, parent_id integer REFERENCES comments,
    replies_count integer NOT NULL, body text NOT NULL, created_at timestamp NOT NULL
);
CREATE TABLE post_likes (
    post_id uuid NOT NULL REFERENCES posts, member_id integer NOT NULL REFERENCES members,
    PRIMARY KEY (post_id, member_id)
);
"""
BANK = """
CREATE TABLE accounts (id bigserial PRIMARY KEY, iban text NOT NULL UNIQUE, balance numeric(14, 2) NOT NULL);
CREATE TABLE transactions (
    id bigserial PRIMARY KEY, account_id bigint NOT NULL REFERENCES accounts, amount numeric(12, 2) NOT NULL
);
CREATE TABLE ledgers (id serial PRIMARY KEY, name text NOT NULL, current_balance bigint NOT NULL);
CREATE TABLE ledger_entries (
    id serial PRIMARY KEY, ledger_id integer NOT NULL REFERENCES ledgers, debit bigint NOT NULL, credit bigint NOT NULL
);
"""
STALL = """
CREATE TABLE orders (
    id serial PRIMARY KEY, shipping_cost numeric(10, 2) NOT NULL, tip numeric(10, 2),
    total_amount numeric(10, 2) NOT NULL
);
CREATE TABLE order_items (
    id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, quantity integer NOT NULL,
    unit_price numeric(10, 2) NOT NULL, discount_percent numeric(5, 2) NOT NULL, line_total numeric(10, 2) NOT NULL
);
"""
TOTALS = "(SELECT coalesce(sum(line_total), 0) FROM order_items WHERE order_id = p.id)"
LINES = "(SELECT coalesce(sum(quantity * unit_price), 0) FROM order_items WHERE order_id = p.id)"
ORDERED = "FROM orders WHERE customer_id = p.id"
REVIEWED = "(SELECT round(avg(rating), 2) FROM reviews WHERE product_id = p.id)"
CASES = [
    (SHOP, "customers", "orders_count <> (SELECT count(*) FROM orders WHERE customer_id = p.id)"),
    (SHOP, "customers", f"last_order_at IS DISTINCT FROM (SELECT max(created_at) {ORDERED})"),
    (SHOP, "customers", f"first_order_at IS DISTINCT FROM (SELECT min(created_at) {ORDERED})"),
    (SHOP, "products", f"average_rating IS DISTINCT FROM {REVIEWED}"),
    (SHOP, "products", "num_reviews <> (SELECT count(*) FROM reviews WHERE product_id = p.id)"),
    (SHOP, "orders", f"subtotal <> {LINES} OR total_amount <> subtotal + tax_amount"),
    (SHOP, "orders", "item_count <> (SELECT count(*) FROM order_items WHERE order_id = p.id)"),
    (STALL, "orders", f"total_amount <> {TOTALS} + shipping_cost + coalesce(tip, 0)"),
    (STALL, "order_items", "discount_percent > 25 OR line_total <= 0"),
    (BLOG, "posts", "comments_count <> (SELECT count(*) FROM comments WHERE post_id = p.id)"),
    (BLOG, "posts", '"likeCount" <> (SELECT count(*) FROM post_likes WHERE post_id = p.id)'),
    (BLOG, "comments", "replies_count <> (SELECT count(*) FROM comments c WHERE c.parent_id = p.id)"),
    (BANK, "accounts", "balance <> (SELECT coalesce(sum(amount), 0) FROM transactions WHERE account_id = p.id)"),
    (
        BANK,
        "ledgers",
        "current_balance <> (SELECT coalesce(sum(credit - debit), 0) FROM ledger_entries WHERE ledger_id = p.id)",
    ),
]
BREAKING = {
    SHOP: {
        "orders_count": "UPDATE customers SET orders_count = orders_count + 1 WHERE id <= 3",
        "last_order_at": "UPDATE customers SET last_order_at = '2000-01-01' WHERE id <= 3",
        "average_rating": "UPDATE products SET average_rating = 0.5 WHERE id <= 3",
        "subtotal": "UPDATE orders SET subtotal = subtotal + 1, total_amount = total_amount + 1 WHERE id <= 3",
    },
    STALL: {"total_amount": "UPDATE orders SET shipping_cost = shipping_cost + 1 WHERE id <= 3"},
    BANK: {
        "balance": "UPDATE accounts SET balance = balance - 0.01 WHERE id <= 3",
        "current_balance": "UPDATE ledgers SET current_balance = current_balance - 1 WHERE id <= 3",
    },
}


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def coherence(dsn: str) -> dict[str, int]:
    """Return how many rows break each claim, by column."""
    checked = api.verify(dsn, coherence=True)
    assert checked.ok
    return {each.name.split(":")[0]: each.breaches for each in checked.checks if each.promise is Promise.COHERENCE}


@pytest.mark.parametrize("schema", [SHOP, STALL, BLOG, BANK], ids=["shop", "stall", "blog", "bank"])
def test_parents_hold_what_their_children_come_to(make_database: Callable[[str], str], schema: str) -> None:
    dsn = make_database(schema)
    api.seed(dsn, now=NOW, rows=150)
    with psycopg.connect(dsn) as connection:
        for asked, table, wrong in CASES:
            if asked == schema:
                found = connection.execute(f"SELECT p.* FROM {table} p WHERE {wrong}".encode()).fetchall()
                assert found == [], wrong
    assert set(coherence(dsn).values()) == {0}


@pytest.mark.parametrize("schema", list(BREAKING), ids=["shop", "stall", "bank"])
def test_what_is_otherwise_than_the_children_is_found(make_database: Callable[[str], str], schema: str) -> None:
    dsn = make_database(schema)
    api.seed(dsn, now=NOW, rows=40)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for column, change in BREAKING[schema].items():
            assert coherence(dsn)[column] == 0
            connection.execute(change.encode())
            assert coherence(dsn)[column] == 3, column


def test_new_parents_beside_stored_ones_count_their_own(make_database: Callable[[str], str]) -> None:
    dsn = make_database(BLOG)
    api.seed(dsn, now=NOW, rows=60)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE before AS SELECT id, comments_count FROM posts")
    api.seed(dsn, now=NOW, rows=60, append=True, seed=2, skip=["before"])
    with psycopg.connect(dsn) as connection:
        changed = "SELECT FROM posts JOIN before USING (id) WHERE posts.comments_count <> before.comments_count"
        assert connection.execute(changed).fetchall() == []
        wrong = (
            "SELECT FROM posts p WHERE id NOT IN (SELECT id FROM before)"
            " AND comments_count <> (SELECT count(*) FROM comments WHERE post_id = p.id)"
        )
        assert connection.execute(wrong).fetchall() == []


def test_a_counter_that_a_trigger_keeps_is_left_to_it(make_database: Callable[[str], str]) -> None:
    dsn = make_database(
        """
        CREATE TABLE posts (id serial PRIMARY KEY, title text NOT NULL, comments_count integer NOT NULL DEFAULT 0);
        CREATE TABLE comments (id serial PRIMARY KEY, post_id integer NOT NULL REFERENCES posts, body text NOT NULL);
        CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN UPDATE posts SET comments_count = comments_count + 1 WHERE id = NEW.post_id; RETURN NEW; END $$;
        CREATE TRIGGER counted AFTER INSERT ON comments FOR EACH ROW EXECUTE FUNCTION counted();
        """
    )
    plan = api.plan(dsn, now=NOW)
    assert all(not table.rollups for table in plan.tables)


def test_a_ring_of_columns_is_no_rollup(make_database: Callable[[str], str]) -> None:
    # An item holds the amount of its order, which would be the sum of its items'.
    dsn = make_database(
        """
        CREATE TABLE orders (id serial PRIMARY KEY, amount numeric(10, 2) NOT NULL);
        CREATE TABLE order_items (
            id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, order_amount numeric(10, 2) NOT NULL
        );
        """
    )
    plan = api.plan(dsn, now=NOW)
    assert all(not table.rollups for table in plan.tables)
    assert not api.seed(dsn, now=NOW, rows=50).gaps


@pytest.mark.parametrize("schema", [SHOP, BLOG], ids=["shop", "blog"])
def test_no_batch_changes_what_children_come_to(make_database: Callable[[str], str], schema: str) -> None:
    prepared = prepare(Request(make_database(schema), now=NOW, rows=120))

    def engine() -> Engine:
        return Engine(prepared.plan, prepared.request.registry, prepared.stored, prepared.taken)

    whole = engine()
    for table in prepared.plan.tables:
        once = whole.batch(table.name, 0, table.rows)
        apart = engine()
        for start, stop in ((70, 120), (0, 1), (1, 70)):
            assert apart.batch(table.name, start, stop).equals(once.slice(start, stop - start))
