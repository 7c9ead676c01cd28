"""Positions are dense in their parent, and one row of each parent is its default; PostgreSQL counts where not."""

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
SCHEMA = """
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE addresses (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, street text NOT NULL, is_default boolean NOT NULL
);
CREATE TABLE user_emails (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, email text NOT NULL, "isPrimary" boolean NOT NULL
);
CREATE TABLE orders (id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users);
CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL, sort_order integer NOT NULL);
CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders, line smallint NOT NULL CHECK (line BETWEEN 1 AND 1000),
    product_id integer NOT NULL REFERENCES products, PRIMARY KEY (order_id, line)
);
CREATE TABLE product_images (
    id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, "sortOrder" integer, url text NOT NULL
);
CREATE TABLE documents (id serial PRIMARY KEY, title text NOT NULL, version integer NOT NULL);
CREATE TABLE document_versions (
    id serial PRIMARY KEY, document_id integer NOT NULL REFERENCES documents, version integer NOT NULL,
    UNIQUE (document_id, version)
);
CREATE TABLE slots (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, position integer NOT NULL UNIQUE
);
"""
DENSE = [
    ("order_items", "order_id", "line"),
    ("product_images", "product_id", '"sortOrder"'),
    ("document_versions", "document_id", "version"),
]
SINGLE = [("addresses", "is_default"), ("user_emails", '"isPrimary"')]
BREAKING = {
    "line": (
        "UPDATE order_items SET line = 999 WHERE (order_id, line) IN (SELECT order_id, 1 FROM order_items LIMIT 1)"
    ),
    "sortOrder": 'UPDATE product_images SET "sortOrder" = NULL WHERE id = 1',
    "is_default": "UPDATE addresses SET is_default = NOT is_default WHERE id = 1",
}


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def coherence(dsn: str) -> dict[str, int]:
    """Return how many rows break each claim, by column."""
    checked = api.verify(dsn, coherence=True)
    assert checked.ok
    return {each.name.split(":")[0]: each.breaches for each in checked.checks if each.promise is Promise.COHERENCE}


def test_positions_are_dense_and_each_parent_has_one_default(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SCHEMA)
    assert not api.seed(dsn, now=NOW, rows=120).gaps
    with psycopg.connect(dsn) as connection:
        for table, parent, column in DENSE:
            wrong = f"SELECT FROM {table} GROUP BY {parent} HAVING max({column}) <> count(*) OR min({column}) <> 1"
            assert connection.execute(wrong.encode()).fetchall() == [], table
        for table, column in SINGLE:
            wrong = f"SELECT FROM {table} GROUP BY user_id HAVING count(*) FILTER (WHERE {column}) <> 1"
            assert connection.execute(wrong.encode()).fetchall() == [], table
    assert set(coherence(dsn).values()) == {0}


def test_what_is_out_of_place_is_found(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SCHEMA)
    api.seed(dsn, now=NOW, rows=40)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for column, change in BREAKING.items():
            assert coherence(dsn)[column] == 0
            connection.execute(change.encode())
            assert coherence(dsn)[column] > 0, column


def test_a_number_that_is_a_key_of_its_own_is_no_place(make_database: Callable[[str], str]) -> None:
    plan = api.plan(make_database(SCHEMA), now=NOW)
    ranked = {table.name.name for table in plan.tables if table.ranks}
    assert ranked == {"addresses", "user_emails", "order_items", "product_images", "document_versions"}


def test_rows_are_added_beside_those_that_have_their_places(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SCHEMA)
    for append in (False, True):
        assert not api.seed(dsn, now=NOW, rows=60, append=append, seed=1 + append).gaps


def test_no_batch_changes_a_place(make_database: Callable[[str], str]) -> None:
    prepared = prepare(Request(make_database(SCHEMA), now=NOW, rows=120))

    def engine() -> Engine:
        return Engine(prepared.plan, prepared.request.registry, prepared.stored, prepared.taken)

    whole = engine()
    for table in prepared.plan.tables:
        once = whole.batch(table.name, 0, table.rows)
        apart = engine()
        for start, stop in ((70, 120), (0, 1), (1, 70)):
            assert apart.batch(table.name, start, stop).equals(once.slice(start, stop - start))
