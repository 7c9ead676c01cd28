"""Columns that are set to something by the user: followed as far as constraints let, and refused in words."""

from __future__ import annotations

import json

import psycopg

TABLES = """
CREATE TABLE customers (
    id int PRIMARY KEY,
    plan text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
    code text CHECK (code ~ '^[A-Z]{3}$'),
    age int CHECK (age < 40),
    country char(2),
    customer_email text
);
CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers,
    customer_email text,
    seller_ref int,
    status text,
    shipped_at timestamptz,
    total numeric(8, 2) NOT NULL,
    total_text text GENERATED ALWAYS AS (total::text) STORED
);
"""
NOW = ("--now", "2026-01-02", "--output", "json")


def column(dsn: str, what: str) -> list[object]:
    table, _, name = what.partition(".")
    with psycopg.connect(dsn) as connection:
        return [row[0] for row in connection.execute(f"SELECT {name} FROM {table} ORDER BY id").fetchall()]


def refused(said) -> dict[str, str]:
    findings = json.loads(said.out)["findings"]
    return {one["where"]: one["message"] for one in findings if one["code"] == "SF-SET-REFUSED"}


def test_kinds_lists_and_constants_are_what_the_columns_hold(seedfast, make_database):
    dsn = make_database(TABLES)
    given = [
        "customers.plan=place.timezone",
        "customers.tier=free|team*9",
        'customers.country="DE"',
        "customers.age=33",
    ]
    given += ["orders.customer_email=text.plan", "orders.total=finance.price(low=5, high=9)", "orders.status=shipped"]
    given[-1] = "orders.status=shipped|delivered"
    said = seedfast("seed", "--dsn", dsn, *NOW, *(word for each in given for word in ("--set", each)))
    assert said.status == 0 and refused(said) == {}, said.out + said.err
    assert all("/" in zone for zone in column(dsn, "customers.plan"))
    tiers = column(dsn, "customers.tier")
    assert set(tiers) == {"free", "team"} and tiers.count("team") > 75
    assert set(column(dsn, "customers.country")) == {"DE"} and set(column(dsn, "customers.age")) == {33}
    assert not any("@" in plan for plan in column(dsn, "orders.customer_email") if plan)
    assert all(5 <= total <= 9 for total in column(dsn, "orders.total"))
    there = zip(column(dsn, "orders.status"), column(dsn, "orders.shipped_at"), strict=True)
    assert all(moment is not None for status, moment in there if status)


def test_what_constraints_forbid_is_refused_by_their_names(seedfast, make_database):
    dsn = make_database(TABLES)
    given = ["customers.tier=free|gold", "customers.code=person.job", "customers.age=person.job", "customers.id=null"]
    given += ["orders.customer_id=person.job", "orders.total_text=person.job", "customers.country=person.full_name"]
    said = seedfast("seed", "--dsn", dsn, *NOW, *(word for each in given for word in ("--set", each)))
    assert said.status == 0
    why = refused(said)
    assert set(column(dsn, "customers.tier")) == {"free"} and "'gold'" in why["public.customers.tier"]
    assert "customers_tier_check" in why["public.customers.tier"]
    assert "customers_code_check" in why["public.customers.code"]
    assert "integer" in why["public.customers.age"]
    assert "customers_pkey" in why["public.customers.id"] or "NOT NULL" in why["public.customers.id"]
    assert "orders_customer_id_fkey" in why["public.orders.customer_id"]
    assert "public.orders.total_text" in why


def test_a_number_outside_of_a_check_is_refused(seedfast, make_database):
    dsn = make_database(TABLES)
    said = seedfast("seed", "--dsn", dsn, *NOW, "--set", "customers.age=number.integer(low=50, high=60)")
    assert said.status == 0 and "customers_age_check" in refused(said)["public.customers.age"]


def test_the_projects_file_is_found_and_the_option_comes_first(seedfast, make_database, tmp_path, monkeypatch):
    dsn = make_database(TABLES)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seedfast.toml").write_text(
        '[columns]\n"customers.plan" = "place.timezone"\n[columns.customers]\ntier = "pro"\n'
    )
    explained = seedfast("explain", "customers.plan", "--dsn", dsn)
    assert explained.status == 2 and "customers.tier in [columns]" in explained.err
    (tmp_path / "seedfast.toml").write_text(
        '[columns]\n"customers.plan" = "place.timezone"\n[columns.customers]\ntier = { value = "pro" }\n'
    )
    explained = seedfast("explain", "customers.plan", "--dsn", dsn)
    assert explained.status == 0 and "place.timezone in [columns] asks" in " ".join(explained.out.split())
    options = ("--set", "customers.plan=person.job")
    file = tmp_path / "plan.json"
    file.write_text(seedfast("plan", "--dsn", dsn, *NOW, *options).out, "utf-8")
    assert seedfast("seed", "--dsn", dsn, "--plan", str(file), *options).status == 2
    assert seedfast("seed", "--dsn", dsn, "--plan", str(file)).status == 0
    assert set(column(dsn, "customers.tier")) == {"pro"}
    assert not any("/" in job for job in column(dsn, "customers.plan"))
