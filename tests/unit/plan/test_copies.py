"""What a row takes over from its parent."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize("price", ["numeric(10,2)", "real", "numeric(10,2)!"])
def test_a_line_that_must_have_a_price_has_its_products(price: str) -> None:
    products = table("products", "id int!", "product_name text!", f"unit_price {price}")
    plain = price.rstrip("!")
    lines = table("order_details", "id int!", "product_id int! -> products", f"unit_price {plain}!", "quantity int!")
    rows = drawn(products, lines)
    sold = {row["id"]: row["unit_price"] for row in rows["products"]}
    assert all(row["unit_price"] == sold[row["product_id"]] for row in rows["order_details"])
    assert None not in sold.values()


def test_a_price_that_a_line_may_lack_leaves_the_products_as_they_are() -> None:
    products = table("products", "id int!", "product_name text!", "price numeric(10,2)")
    lines = table("cart_items", "id int!", "product_id int! -> products", "price numeric(10,2)", "quantity int!")
    rows = drawn(products, lines, rows=400)
    sold = {row["id"]: row["price"] for row in rows["products"]}
    assert None in sold.values()
    assert all(row["price"] == sold[row["product_id"]] for row in rows["cart_items"])
