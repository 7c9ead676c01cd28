"""What a plan claims beside the constraints is checked by ``verify --coherence``: PostgreSQL counts what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest

from seedfast import api
from seedfast.verify.results import Promise

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SCHEMA = """
CREATE TABLE teams (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE games (
    id serial PRIMARY KEY,
    home_team_id int NOT NULL REFERENCES teams,
    away_team_id int NOT NULL REFERENCES teams
);
CREATE TABLE exchanges (
    id serial PRIMARY KEY,
    from_currency char(3) NOT NULL,
    to_currency char(3) NOT NULL,
    paid_amount numeric(10,2) NOT NULL,
    refunded_amount numeric(10,2) NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    starts_year integer NOT NULL
);
CREATE TABLE tenants (id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE customers (
    id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, email text NOT NULL,
    registered_at timestamp NOT NULL, default_address_id integer
);
CREATE TABLE addresses (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, street text NOT NULL);
ALTER TABLE customers ADD FOREIGN KEY (default_address_id) REFERENCES addresses;
CREATE TABLE categories (
    id serial PRIMARY KEY, name text NOT NULL, parent_id integer REFERENCES categories, depth smallint NOT NULL,
    lft integer NOT NULL, rgt integer NOT NULL, path text
);
CREATE TABLE orders (
    id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants,
    customer_id integer NOT NULL REFERENCES customers, address_id integer REFERENCES addresses,
    customer_email text NOT NULL, ordered_at timestamp NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'paid', 'shipped', 'delivered', 'cancelled')),
    shipped_at timestamp, cancelled_at timestamp, cancelled_by integer REFERENCES customers, metadata jsonb
);
CREATE TABLE offices (
    id serial PRIMARY KEY, name text NOT NULL, city text NOT NULL, region text, country_code char(2) NOT NULL,
    timezone text
);
CREATE TABLE documents (
    id serial PRIMARY KEY, title text NOT NULL, approved_at timestamptz, approved_by integer REFERENCES customers,
    approval_note text, locked boolean NOT NULL, locked_by text
);
CREATE TABLE comments (
    id serial PRIMARY KEY, document_id integer NOT NULL REFERENCES documents, reply_to_id integer REFERENCES comments
);
CREATE TABLE notes (
    id serial PRIMARY KEY, subject_type text NOT NULL CHECK (subject_type IN ('Order', 'Category')),
    subject_id integer NOT NULL, body text
);
"""
BREAKING = {
    "games.away_team_id: another than home_team_id": "UPDATE games SET away_team_id = home_team_id WHERE id = 1",
    "exchanges.to_currency: another than from_currency": (
        "UPDATE exchanges SET to_currency = from_currency WHERE id = 1"
    ),
    "exchanges.paid_amount: not less than refunded_amount": (
        "UPDATE exchanges SET refunded_amount = paid_amount + 1 WHERE id = 1"
    ),
    "exchanges.ends_at: not less than starts_at": (
        "UPDATE exchanges SET ends_at = starts_at - interval '1 day' WHERE id = 1"
    ),
    "exchanges.starts_year: part of starts_at": "UPDATE exchanges SET starts_year = starts_year + 1 WHERE id = 2",
    "customers.registered_at: not less than tenant_id -> tenants.created_at": (
        "UPDATE customers SET registered_at = '1990-01-01' WHERE id = 5"
    ),
    "customers.default_address_id: one of its own public.addresses": (
        "UPDATE customers SET default_address_id = (SELECT min(a.id) FROM addresses a WHERE a.customer_id <> 1)"
        " WHERE id = 1"
    ),
    "categories.parent_id: a tree, not a circle": (
        "UPDATE categories SET parent_id = (SELECT max(id) FROM categories WHERE parent_id IS NOT NULL)"
        " WHERE id = (SELECT parent_id FROM categories ORDER BY id DESC LIMIT 1)"
    ),
    "categories.depth: its depth below its parent": "UPDATE categories SET depth = 33 WHERE parent_id = 2",
    "categories.lft: its left below its parent": "UPDATE categories SET lft = 0 WHERE parent_id = 2",
    "categories.rgt: its right below its parent": "UPDATE categories SET rgt = 999 WHERE parent_id = 2",
    "categories.path: its path below its parent": "UPDATE categories SET path = 'x' WHERE parent_id = 2",
    "orders.tenant_id: that of its public.customers by customer_id": (
        "UPDATE orders o SET tenant_id = (SELECT min(id) FROM tenants WHERE id <> o.tenant_id) WHERE id = 1"
    ),
    "orders.address_id: one of the same customer_id": (
        "UPDATE orders o SET address_id = (SELECT min(a.id) FROM addresses a WHERE a.customer_id <> o.customer_id)"
        " WHERE customer_id IN (SELECT customer_id FROM addresses) AND customer_id <> 1"
    ),
    "orders.customer_email: what customer_id -> customers.email is": (
        "UPDATE orders SET customer_email = 'x@y.example' WHERE id = 2"
    ),
    "orders.ordered_at: not less than customer_id -> customers.registered_at": (
        "UPDATE orders SET ordered_at = '1990-01-01' WHERE id = 3"
    ),
    "orders.cancelled_at, shipped_at, status: as status tells": (
        "UPDATE orders SET shipped_at = '2040-01-01' WHERE status = 'pending'"
    ),
    "orders.status, cancelled_by: as status tells": "UPDATE orders SET cancelled_by = 1 WHERE status = 'delivered'",
    "orders.metadata: status is what status is": 'UPDATE orders SET metadata = \'{"status": "lost"}\' WHERE id = 4',
    "documents.approved_at, approved_by: as approved_at tells": (
        "UPDATE documents SET approved_at = now(), approved_by = NULL WHERE id = 1"
    ),
    "documents.approval_note, approved_at, approved_by: approved_by, approval_note as approved_at tells": (
        "UPDATE documents SET approved_at = NULL, approval_note = 'fine' WHERE id = 2"
    ),
    "documents.locked, locked_by: as locked tells": "UPDATE documents SET locked = true, locked_by = NULL WHERE id = 3",
    "offices.country_code: that of city": "UPDATE offices SET country_code = 'ZZ' WHERE id = 1",
    "offices.timezone: that of city": "UPDATE offices SET timezone = 'Antarctica/Troll' WHERE id < 9",
    "comments.reply_to_id: one of the same document_id": (
        "UPDATE comments c SET reply_to_id = (SELECT min(o.id) FROM comments o WHERE o.document_id <> c.document_id)"
        " WHERE id = 80"
    ),
    "notes.subject_id: one of public.orders where subject_type is Order": (
        "UPDATE notes SET subject_id = 9999 WHERE subject_type = 'Order'"
    ),
}


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def coherence(dsn: str) -> dict[str, int]:
    """Return how many rows break each claim, by table, column and what is claimed."""
    checked = api.verify(dsn, coherence=True)
    assert checked.ok
    found: dict[str, int] = {}
    for each in checked.checks:
        if each.promise is Promise.COHERENCE:
            name = f"{each.table.name}.{each.name}"
            found[name] = found.get(name, 0) + each.breaches
    return found


def test_what_a_plan_claims_is_so_and_missed_where_it_is_not(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SCHEMA)
    api.seed(dsn, now=NOW, rows=80)
    found = coherence(dsn)
    assert not BREAKING.keys() - found.keys()
    assert {name: count for name, count in found.items() if count} == {}
    with psycopg.connect(dsn) as connection:
        for name, statement in BREAKING.items():
            assert connection.execute(statement.encode()).rowcount > 0, name
    broken = coherence(dsn)
    assert [name for name in BREAKING if not broken[name]] == []
