"""A plan tells, for each column that constraints narrow, what they leave to it and which they are."""

from __future__ import annotations

from datetime import datetime

from seedfast import pipeline

DDL = """
CREATE TABLE shelves (id serial PRIMARY KEY);
CREATE DOMAIN rating AS smallint CHECK (VALUE BETWEEN 1 AND 5);
CREATE TABLE products (
    id serial PRIMARY KEY,
    shelf_id integer NOT NULL REFERENCES shelves CONSTRAINT products_low_shelf CHECK (shelf_id < 40),
    price numeric(6, 2) NOT NULL CHECK (price > 0),
    list_price numeric(6, 2) NOT NULL,
    rating rating,
    note text,
    CONSTRAINT products_discount CHECK (price <= list_price)
);
"""


def test_a_columns_reason_names_the_constraints_that_narrow_it(make_database):
    prepared = pipeline.prepare(pipeline.Request(make_database(DDL), datetime(2026, 3, 1), rows=5))
    [table] = [table for table in prepared.plan.tables if table.name.name == "products"]
    reasons = {column.name: column.reason for column in table.columns}
    assert "price in (0, 9999.99]: CHECK products_price_check, numeric(6,2)" in reasons["price"]
    assert "price <= list_price: CHECK products_discount" in reasons["price"]
    assert "price <= list_price: CHECK products_discount" in reasons["list_price"]
    assert "rating in [1, 5]: domain rating" in reasons["rating"]
    assert "FOREIGN KEY products_shelf_id_fkey" in reasons["shelf_id"]
    assert "shelf_id <= 39: CHECK products_low_shelf" in reasons["shelf_id"]
    assert ":" not in reasons["note"]
