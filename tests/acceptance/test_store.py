"""What the phrases of everyday use come to on schemas that are larger than an example, counted by SQL.

Forty tables of a store in four schemas; Northwind and Pagila where the corpus of real schemas is at hand.
"""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from seedfast.cli import main
from seedfast.packs.library import library

STORE = Path(__file__).with_name("store.sql").read_text("utf-8")
TABLES = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_|information_schema'
"""
CHECKOUT = {"public.carts", "public.cart_items", "public.products", "public.users"}


@pytest.fixture
def seeded(make_database, capfd, tmp_path, monkeypatch):
    """A function that fills a database as a sentence says, and returns a function that asks it for rows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def seed(schema, scope, *more):
        dsn = make_database(schema)
        status = main.run(["seed", "--dsn", dsn, "--yes", "--now", "2026-05-20", "--strict", "--scope", scope, *more])
        assert status == 0, capfd.readouterr().err

        def ask(query):
            with psycopg.connect(dsn) as connection:
                return connection.execute(query.encode()).fetchall()

        return ask

    return seed


def filled(ask):
    """Return the tables that hold rows, by qualified name."""
    return {name for (name,) in ask(TABLES) if ask(f"SELECT EXISTS (SELECT FROM {name})") == [(True,)]}


def electronics():
    """Return the brands, categories and kinds of thing that the electronics department sells."""
    leaves = [leaf for leaf in library().pack("retail").records["product"].leaves if "electronics" in leaf.path]
    brands = {template.literal for leaf in leaves for template in leaf.slots["brand"].templates}
    found = [{leaf.slots[slot].templates[0].literal for leaf in leaves} for slot in ("category", "type")]
    return brands, found[0] | {"Electronics"}, found[1]


def test_only_the_checkout_flow(seeded):
    ask = seeded(STORE, "seed only the checkout flow: carts, cart_items, products, users")
    assert filled(ask) == CHECKOUT | {"public.categories"}


def test_one_schema_only(seeded):
    assert filled(seeded(STORE, "HR schema only")) == {"hr.departments", "hr.employees", "hr.leave_requests"}


def test_everything_but_two_schemas(seeded):
    found = filled(seeded(STORE, "everything except the audit and billing tables"))
    assert len(found) == 34 and not any(name.startswith(("audit.", "billing.")) for name in found)


def test_numbers_of_rows_and_what_they_need(seeded):
    ask = seeded(STORE, "seed 100 users with orders and invoices")
    assert ask("SELECT count(*) FROM users") == [(100,)]
    assert filled(ask) >= {"public.users", "public.orders", "public.order_items", "billing.invoices"}
    assert "public.carts" not in filled(ask)
    ask = seeded(STORE, "enough orders across 50 customers to exercise the reporting dashboard")
    assert ask("SELECT count(*), (SELECT count(*) > 50 FROM orders) FROM customers") == [(50, True)]


def test_a_store_as_it_is_wanted(seeded):
    ask = seeded(
        STORE,
        "an e-commerce store with electronics products, orders mostly completed or shipped, customers are US-based"
        " enterprise companies, not individuals, exactly three overdue invoices per customer, 80 orders",
        "--rows",
        "60",
    )
    brands, categories, kinds = electronics()
    products = ask(
        "SELECT p.name, p.description, p.price, c.name FROM products p JOIN categories c ON c.id = category_id"
    )
    for name, description, price, category in products:
        assert any(name.startswith(f"{brand} ") for brand in brands) or any(name.startswith(kind) for kind in kinds), (
            name
        )
        assert description is None or description
        assert 5 < price < 3000
        assert re.sub(r" [A-Z]?\d+$", "", category) in categories
    done = "count(*) FILTER (WHERE status IN ('completed', 'shipped'))"
    assert ask(f"SELECT count(*), {done} BETWEEN 60 AND 68 FROM orders") == [(80, True)]
    overdue = "SELECT count(*) FILTER (WHERE status = 'overdue') AS n FROM billing.invoices GROUP BY customer_id"
    assert ask(f"SELECT min(n), max(n), count(*) FROM ({overdue}) t") == [(3, 3, 60)]
    of_us = "country = 'United States' AND currency = 'USD' AND phone LIKE '+1-%' AND kind = 'company'"
    assert ask(f"SELECT bool_and({of_us}), min(employees) >= 1000 FROM customers") == [(True, True)]
    assert ask("SELECT bool_or(name ~ '(GmbH|Ltd|AB|SAS|AG|Oy)$') FROM customers") == [(False,)]


def test_tables_of_different_countries_and_sizes(seeded):
    ask = seeded(STORE, "US customers and German suppliers, customers are small businesses")
    assert ask("SELECT min(country), max(country), min(currency), max(currency) FROM customers") == [
        ("United States", "United States", "USD", "USD")
    ]
    assert ask("SELECT min(country), max(country), bool_and(phone LIKE '+49%') FROM suppliers") == [
        ("Germany", "Germany", True)
    ]
    assert ask("SELECT max(employees) < 50 FROM customers") == [(True,)]


def test_a_sum_and_a_crowd(seeded):
    ask = seeded(STORE, "revenue of 1.2 million in Q4, 10 % of customers place 60 % of orders", "--rows", "100")
    total = "SELECT sum(total) FROM orders WHERE placed_at >= '2025-10-01' AND placed_at < '2026-01-01'"
    assert ask(total)[0][0] == 1_200_000
    by_customer = "SELECT count(*) AS n FROM orders GROUP BY customer_id ORDER BY 1 DESC LIMIT 10"
    assert ask(f"SELECT sum(n) FROM ({by_customer}) t") == [(60,)]


@pytest.mark.parametrize("name", ["northwind", "pagila"])
def test_real_schemas_do_as_they_are_told(seeded, schemas_folder, name):
    schema = schemas_folder / f"{name}.sql"
    if name == "pagila":
        ask = seeded(schema, "only film, actor and language tables; 80 films")
        assert ask("SELECT count(*) FROM film") == [(80,)]
        assert {"public.film", "public.actor", "public.language"} <= filled(ask)
        assert not {"public.rental", "public.payment", "public.customer", "public.store"} & filled(ask)
        return
    ask = seeded(schema, "electronics products; 30 customers; customers are US-based companies")
    _, categories, _ = electronics()
    assert {re.sub(r" [A-Z]?\d+$", "", found) for (found,) in ask("SELECT category_name FROM categories")} <= categories
    assert ask("SELECT count(*), min(country) ~ '^(US|United)' FROM customers") == [(30, True)]
