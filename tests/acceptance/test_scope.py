"""What is asked for in plain words is what the database holds afterwards, counted by SQL."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import psycopg
import pytest

from seedfast.packs.library import library

NOW = ("--now", "2026-05-20", "--strict")

SHOP = """
CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped', 'delivered', 'completed', 'cancelled', 'refunded');
CREATE TABLE users (
    id serial PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, is_verified boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE categories (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE products (
    id serial PRIMARY KEY, category_id integer NOT NULL REFERENCES categories, name text NOT NULL, description text,
    price numeric(10, 2) NOT NULL CHECK (price > 0), created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE carts (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE cart_items (
    cart_id integer NOT NULL REFERENCES carts, product_id integer NOT NULL REFERENCES products,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 20), PRIMARY KEY (cart_id, product_id)
);
CREATE TABLE orders (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, status order_status NOT NULL DEFAULT 'pending',
    currency char(3) NOT NULL DEFAULT 'EUR' CHECK (currency IN ('EUR', 'USD', 'GBP')), note text,
    placed_at timestamptz NOT NULL DEFAULT now(), shipped_at timestamptz CHECK (shipped_at >= placed_at),
    delivered_at timestamptz CHECK (delivered_at >= shipped_at), total numeric(12, 2) NOT NULL CHECK (total >= 0)
);
CREATE TABLE audit_logs (id serial PRIMARY KEY, user_id integer REFERENCES users, action text NOT NULL);
"""

DEMO = resources.files("seedfast.embedded").joinpath("demo.sql").read_text("utf-8")


@pytest.fixture
def shop(make_database) -> str:
    dsn: str = make_database(SHOP)
    return dsn


@pytest.fixture
def demo(make_database) -> str:
    dsn: str = make_database(DEMO)
    return dsn


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without a seedfast.toml in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def one(dsn: str, query: str) -> Any:
    """Return a query's only row, a single value by itself."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


def held(dsn: str) -> dict[str, int]:
    """Return the tables that hold rows, with their number."""
    with psycopg.connect(dsn) as connection:
        tables = [row[0] for row in connection.execute("SELECT relname FROM pg_stat_user_tables").fetchall()]
    counts = {table: one(dsn, f"SELECT count(*) FROM {table}") for table in tables}
    return {table: rows for table, rows in counts.items() if rows}


def test_only_the_tables_asked_for_and_their_parents_hold_rows(seedfast, shop):
    said = seedfast(
        "seed", "--dsn", shop, *NOW, "--scope", "only the checkout flow: carts, cart_items, products, users"
    )
    assert said.status == 0, said.err
    assert set(held(shop)) == {"carts", "cart_items", "products", "users", "categories"}
    assert "needed by public.products" in said.out


def test_numbers_of_rows_are_those_asked_for(seedfast, shop, demo):
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", "250 orders, 40 users, skip audit logs")
    assert said.status == 0, said.err
    rows = held(shop)
    assert (rows["orders"], rows["users"]) == (250, 40) and "audit_logs" not in rows
    said = seedfast("seed", "--dsn", demo, *NOW, "--scope", "2,000 rows in total")
    assert said.status == 0, said.err
    assert sum(held(demo).values()) == 2000


@pytest.mark.parametrize("schema", [SHOP, DEMO], ids=["shop", "demo"])
def test_shares_of_states_come_out_to_the_row_and_moments_follow(seedfast, make_database, schema):
    dsn = make_database(schema)
    said = seedfast(
        "seed", "--dsn", dsn, *NOW, "--scope", "300 orders; 60% delivered and 10% cancelled orders; currency USD"
    )
    assert said.status == 0, said.err
    counted = "count(*), count(*) FILTER (WHERE status = 'delivered'), count(*) FILTER (WHERE status = 'cancelled')"
    assert one(dsn, f"SELECT {counted} FROM orders") == (300, 180, 30)
    assert one(dsn, "SELECT count(DISTINCT status) > 3, min(currency), max(currency) FROM orders") == (
        True,
        "USD",
        "USD",
    )
    followed = (
        "(status = 'delivered' AND delivered_at IS NULL OR status = 'cancelled' AND delivered_at IS NOT NULL) = false"
    )
    assert one(dsn, f"SELECT bool_and({followed}) FROM orders")


def test_mostly_one_of_two_states(seedfast, shop):
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", "orders should be mostly completed or shipped")
    assert said.status == 0, said.err
    assert one(shop, "SELECT count(*) FILTER (WHERE status IN ('completed', 'shipped')) >= 75 FROM orders")


def test_flags_and_truth_values_and_nulls(seedfast, shop):
    said = seedfast(
        "seed", "--dsn", shop, *NOW, "--scope", "200 users, all users verified; 25% of orders without a note"
    )
    assert said.status == 0, said.err
    assert one(shop, "SELECT count(*), bool_and(is_verified) FROM users") == (200, True)
    assert one(shop, "SELECT count(*) FILTER (WHERE note IS NULL) * 4 = count(*) FROM orders")


@pytest.mark.parametrize("schema", [SHOP, DEMO], ids=["shop", "demo"])
def test_electronics_products_are_electronics_in_every_column(seedfast, make_database, schema):
    dsn = make_database(schema)
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "electronics products")
    assert said.status == 0, said.err
    leaves = [leaf for leaf in library().pack("retail").records["product"].leaves if "electronics" in leaf.path]
    brands = {template.literal for leaf in leaves for template in leaf.slots["brand"].templates}
    categories = {leaf.slots["category"].templates[0].literal for leaf in leaves} | {"Electronics"}
    types = {leaf.slots["type"].templates[0].literal for leaf in leaves}
    with psycopg.connect(dsn) as connection:
        for name, price in connection.execute("SELECT name, price FROM products").fetchall():
            assert any(name.startswith(f"{brand} ") for brand in brands) or name in types, name
            assert 5 < price < 3000
        found = {name for (name,) in connection.execute("SELECT name FROM categories").fetchall()}
    assert found <= categories


@pytest.mark.parametrize("schema", [SHOP, DEMO], ids=["shop", "demo"])
def test_the_moments_of_orders_lie_in_the_period_and_their_customers_were_there_before(seedfast, make_database, schema):
    dsn = make_database(schema)
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "all orders delivered; orders during 2024")
    assert said.status == 0, said.err
    within = "placed_at >= '2024-01-01Z' AND shipped_at >= placed_at AND delivered_at < '2025-01-01Z'"
    assert one(dsn, f"SELECT count(*), bool_and({within}) FROM orders") == (100, True)
    assert one(dsn, "SELECT bool_and(created_at <= placed_at) FROM orders JOIN users ON users.id = user_id")
    assert one(dsn, "SELECT min(placed_at) < '2024-04-01' AND max(placed_at) > '2024-09-01' FROM orders")


def test_the_period_holds_for_rows_that_are_added_to_stored_ones(seedfast, shop):
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", "only users, all data from the last 90 days")
    assert said.status == 0, said.err
    said = seedfast("seed", "--dsn", shop, *NOW, "--append", "--only", "orders", "--scope", "orders during 2023")
    assert said.status == 0, said.err
    within = "placed_at >= '2023-01-01Z' AND placed_at < '2024-01-01Z'"
    assert one(shop, f"SELECT count(*) >= 100, bool_and({within}) FROM orders") == (True, True)


def test_a_period_of_everything_holds_for_dates_and_leaves_births_alone(seedfast, make_database):
    dsn = make_database(
        """
        CREATE TABLE members (id serial PRIMARY KEY, name text, birth_date date NOT NULL, joined_on date NOT NULL);
        CREATE TABLE visits (
            id serial PRIMARY KEY, member_id integer NOT NULL REFERENCES members, visited_at timestamp NOT NULL
        );
        """
    )
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "data from the last 90 days")
    assert said.status == 0, said.err
    assert one(dsn, "SELECT bool_and(joined_on BETWEEN '2026-02-19' AND '2026-05-20') FROM members")
    assert one(dsn, "SELECT max(birth_date) < '2015-01-01' AND min(birth_date) < '1980-01-01' FROM members")
    assert one(dsn, "SELECT bool_and(visited_at >= '2026-02-19' AND visited_at < '2026-05-20') FROM visits")


DEALT = """
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
    id serial PRIMARY KEY, user_id integer REFERENCES users, total numeric(8, 2), placed_at timestamptz NOT NULL
);
CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders, line smallint NOT NULL CHECK (line BETWEEN 1 AND 1000),
    product_id integer NOT NULL REFERENCES products, PRIMARY KEY (order_id, line)
);
CREATE TABLE reviews (
    id serial PRIMARY KEY, product_id integer NOT NULL REFERENCES products, user_id integer NOT NULL REFERENCES users,
    rating smallint NOT NULL, UNIQUE (product_id, user_id)
);
CREATE TABLE payments (id serial PRIMARY KEY, order_id integer NOT NULL UNIQUE REFERENCES orders, amount numeric(8, 2));
"""


def children(dsn: str, child: str, key: str, parent: str) -> tuple[int, int]:
    """Return the fewest and the most rows that a parent has."""
    counted = f"SELECT count(c.{key}) AS n FROM {parent} p LEFT JOIN {child} c ON c.{key} = p.id GROUP BY p.id"
    low, high = one(dsn, f"SELECT min(n), max(n) FROM ({counted}) AS counted")
    return low, high


def test_each_parent_has_the_number_of_rows_asked_for(seedfast, make_database):
    dsn = make_database(DEALT)
    wish = "40 users; 30 products; 2 to 5 orders per user; 1 to 4 items per order; one payment per order; "
    wish += "3 reviews per product"
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", wish)
    assert said.status == 0, said.err
    assert children(dsn, "orders", "user_id", "users") == (2, 5)
    assert children(dsn, "order_items", "order_id", "orders") == (1, 4)
    assert children(dsn, "payments", "order_id", "orders") == (1, 1)
    assert children(dsn, "reviews", "product_id", "products") == (3, 3)
    assert one(
        dsn,
        "SELECT bool_and(last = rows) FROM (SELECT max(line) AS last, count(*) AS rows FROM order_items "
        "GROUP BY order_id) AS lines",
    )
    assert one(dsn, "SELECT bool_and(created_at <= placed_at) FROM orders JOIN users ON users.id = user_id")


def test_a_number_per_parent_holds_for_the_rows_that_are_added(seedfast, make_database):
    dsn = make_database(DEALT)
    for rows in (50, 100):
        said = seedfast("seed", "--dsn", dsn, *NOW, "--append", "--scope", "50 users with 3 orders each")
        assert said.status == 0, said.err
        assert (held(dsn)["users"], held(dsn)["orders"]) == (rows, 3 * rows)
        assert children(dsn, "orders", "user_id", "users") == (3, 3)


def test_a_number_per_parent_that_a_key_has_no_room_for_is_a_finding(seedfast, make_database, folder):
    dsn = make_database(DEALT)
    (folder / "seedfast.toml").write_text(
        "[scope]\nrows={users=4, products=10}\nper_parent=[{child='reviews', parent='products', count=5}]\n"
    )
    said = seedfast("seed", "--dsn", dsn, *NOW)
    assert said.status == 5 and "SF-SCOPE-PER-PARENT" in said.err and held(dsn) == {}
    said = seedfast("seed", "--dsn", dsn, "--now", "2026-05-20", "--output", "json")
    assert said.status == 0 and "SF-SCOPE-PER-PARENT" in said.out


def test_a_part_of_the_parents_has_the_part_of_the_rows_asked_for(seedfast, make_database):
    dsn = make_database(DEALT)
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "100 users, 2000 orders, 10% of users place 60% of orders")
    assert said.status == 0, said.err
    counted = "SELECT count(*) AS n FROM orders GROUP BY user_id ORDER BY n DESC LIMIT 10"
    assert 1200 <= one(dsn, f"SELECT sum(n) FROM ({counted}) AS heaviest") <= 1300


def test_exact_numbers_of_rows_come_out_exactly(seedfast, shop):
    wish = "137 orders; exactly 42 cancelled orders; exactly 7 verified users; currency USD"
    said = seedfast("seed", "--dsn", shop, *NOW, "--scope", wish)
    assert said.status == 0, said.err
    assert one(shop, "SELECT count(*), count(*) FILTER (WHERE status = 'cancelled') FROM orders") == (137, 42)
    assert one(shop, "SELECT count(*) FILTER (WHERE is_verified) FROM users") == 7
    assert one(shop, "SELECT bool_and(currency = 'USD') FROM orders")


def test_an_exact_number_that_can_not_be_had_is_refused_with_the_arithmetic(seedfast, make_database):
    dsn = make_database(
        """
        CREATE TABLE owners (id serial PRIMARY KEY, name text NOT NULL);
        CREATE TABLE plans (
            id serial PRIMARY KEY, owner_id integer NOT NULL REFERENCES owners,
            status text NOT NULL CHECK (status IN ('active', 'ended', 'paused'))
        );
        CREATE UNIQUE INDEX ON plans (owner_id) WHERE status = 'active';
        """
    )
    said = seedfast("seed", "--dsn", dsn, "--now", "2026-05-20", "--scope", "10 plans; exactly 42 ended plans")
    assert said.status == 5 and "SF-SCOPE-OUTCOME" in said.err and held(dsn) == {}
    assert "42 rows of the 10" in said.err
    said = seedfast("seed", "--dsn", dsn, "--now", "2026-05-20", "--scope", "5 owners; exactly 42 active plans")
    assert said.status == 5 and "SF-SCOPE-OUTCOME" in said.err and held(dsn) == {}


ADDRESSES = """
CREATE TABLE customers (
    id serial PRIMARY KEY, name text NOT NULL, contact_name text, email text NOT NULL, phone text, city text NOT NULL,
    country_code char(2) NOT NULL, currency char(3), kind text NOT NULL CHECK (kind IN ('company', 'individual'))
);
CREATE TABLE invoices (
    id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, total numeric(10, 2) NOT NULL,
    currency char(3) NOT NULL CHECK (currency IN ('EUR', 'USD', 'GBP'))
);
"""
FORMS = "(Inc\\.|LLC|Corp\\.)"


def test_customers_are_companies_of_one_country_by_name_place_phone_and_currency(seedfast, make_database):
    dsn = make_database(ADDRESSES)
    said = seedfast(
        "seed", "--dsn", dsn, *NOW, "--scope", "customers are US-based enterprise companies, not individuals"
    )
    assert said.status == 0, said.err
    of_us = "country_code = 'US' AND coalesce(currency, 'USD') = 'USD' AND coalesce(phone, '+1-') LIKE '+1-%'"
    assert one(dsn, f"SELECT bool_and({of_us} AND kind = 'company') FROM customers")
    assert one(dsn, f"SELECT count(*) FILTER (WHERE name ~ '{FORMS}$') > 50 FROM customers")
    assert one(dsn, "SELECT bool_or(name ~ '(GmbH|Ltd|AB|SAS|AG|Oy)$') FROM customers") is False
    assert one(dsn, "SELECT bool_or(contact_name ~ '(Inc\\.|LLC|Corp\\.)$') FROM customers") is False
    assert one(dsn, "SELECT min(currency), max(currency) FROM invoices") == ("USD", "USD")


def test_a_currency_that_only_follows_from_a_country_and_has_no_room_is_a_note(seedfast, make_database):
    dsn = make_database(ADDRESSES)
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "customers from Switzerland")
    assert said.status == 0, said.err
    assert one(dsn, "SELECT min(country_code), max(country_code) FROM customers") == ("CH", "CH")


def test_rows_are_of_several_countries_in_the_shares_asked_for(seedfast, make_database, folder):
    dsn = make_database(ADDRESSES)
    (folder / "seedfast.toml").write_text("[scope]\nevery = 1000\n[scope.countries]\nDE = 700\nFR = 200\n")
    said = seedfast("seed", "--dsn", dsn, *NOW)
    assert said.status == 0, said.err
    german, french = (f"count(*) FILTER (WHERE country_code = '{code}')" for code in ("DE", "FR"))
    dial = "bool_and(phone LIKE '+49-%') FILTER (WHERE country_code = 'DE')"
    german_rows, french_rows, dialled = one(dsn, f"SELECT {german}, {french}, {dial} FROM customers")
    assert 650 < german_rows < 750 and 160 < french_rows < 240 and dialled
    assert one(dsn, "SELECT count(DISTINCT country_code) > 3 FROM customers")


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        ("topics = ['warp drives']", "SF-SCOPE-TOPIC"),
        ("countries = {XX = 1000}", "SF-SCOPE-COUNTRY"),
        ("skews = [{child='audit_logs', parent='orders', heaviest=100, hold=600}]", "SF-SCOPE-SKEW"),
    ],
)
def test_a_wish_that_can_not_be_met_is_a_finding(seedfast, shop, folder, scope, code):
    (folder / "seedfast.toml").write_text(f"[scope]\n{scope}\n")
    said = seedfast("seed", "--dsn", shop, *NOW)
    assert said.status == 5 and code in said.err and held(shop) == {}


def test_words_that_are_not_understood_are_named_and_strict_refuses_them(seedfast, shop):
    loose = ("seed", "--dsn", shop, "--now", "2026-05-20", "--dry-run", "--output", "json", "--scope", "50 zorbles")
    said = seedfast(*loose)
    found = [one for one in json.loads(said.out)["findings"] if one["code"] == "SF-SCOPE-WORDS"]
    assert said.status == 0 and "zorbles" in found[0]["message"]
    said = seedfast(*loose, "--strict")
    assert said.status == 5 and "SF-STRICT" in said.err and "zorbles" in said.err
    assert held(shop) == {}


def test_a_share_that_a_constraint_forbids_is_a_finding_and_strict_refuses_it(seedfast, shop, folder):
    (folder / "seedfast.toml").write_text(
        "[[scope.shares]]\ntable='orders'\ncolumn='currency'\nvalues={CHF=500}\nothers=500\n"
    )
    command = ("seed", "--dsn", shop, "--now", "2026-05-20", "--output", "json")
    said = seedfast(*command, "--strict")
    assert said.status == 5 and "CHF" in said.err and held(shop) == {}
    said = seedfast(*command)
    found = [one for one in json.loads(said.out)["findings"] if one["code"] == "SF-SCOPE-SHARE"]
    assert said.status == 0 and "CHF" in found[0]["message"] and "orders_currency_check" in found[0]["message"]
    assert held(shop)["orders"] == 100


def test_a_saved_scope_is_used_from_the_working_folder_and_flags_win_over_it(seedfast, shop, folder):
    said = seedfast(
        "plan", "--dsn", shop, *NOW[:2], "--scope", "only 70 users and 30 products", "--save", "seedfast.toml"
    )
    assert said.status == 0, said.err
    assert held(shop) == {}
    said = seedfast("seed", "--dsn", shop, *NOW, "--rows", "users=20")
    assert said.status == 0 and f"Using [scope] of {folder / 'seedfast.toml'}" in said.err
    rows = held(shop)
    assert (rows["users"], rows["products"]) == (20, 30) and "orders" not in rows


def test_a_share_in_a_unique_keys_predicate_is_bounded_and_said_so(seedfast, make_database):
    dsn = make_database(
        """
        CREATE TABLE owners (id serial PRIMARY KEY, name text NOT NULL);
        CREATE TABLE plans (
            id serial PRIMARY KEY, owner_id integer NOT NULL REFERENCES owners,
            status text NOT NULL CHECK (status IN ('active', 'ended', 'paused'))
        );
        CREATE UNIQUE INDEX ON plans (owner_id) WHERE status = 'active';
        """
    )
    wish = ("--scope", "50 owners, 200 plans, 90% of plans active", "--output", "json")
    said = seedfast("seed", "--dsn", dsn, "--now", "2026-05-20", *wish)
    assert said.status == 0, said.err
    assert "SF-SCOPE-SHARE" in said.out and held(dsn)["plans"] == 200
    assert one(dsn, "SELECT count(*) FROM plans WHERE status = 'active'") <= 50


def test_names_without_words_stand_in_nobodys_way(seedfast, make_database):
    dsn = make_database(
        'CREATE TABLE "_" ("$" serial PRIMARY KEY, "#" integer NOT NULL, "?" boolean, " " timestamptz);'
        'CREATE TABLE "!" ("1" serial PRIMARY KEY, "-" integer NOT NULL REFERENCES "_", "日" date);'
        "CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL)"
    )
    said = seedfast("seed", "--dsn", dsn, *NOW, "--scope", "50 users")
    assert said.status == 0, said.err
    assert one(dsn, "SELECT count(*) FROM users") == 50
