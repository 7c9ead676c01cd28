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


@pytest.mark.parametrize(
    ("price", "unit_price"),
    [("numeric(10,2)", "numeric(12,2)"), ("numeric(10,2)", "numeric(38,17)"), ("numeric(38,18)", "numeric")],
)
def test_a_price_with_a_type_of_its_own_is_the_products_all_the_same(price: str, unit_price: str) -> None:
    products = table("products", "id int!", "name text!", f"price {price}!")
    lines = table("order_items", "id int!", "product_id int -> products", f"unit_price {unit_price}!", "quantity int!")
    rows = drawn(products, lines, rows=60)
    sold = {row["id"]: row["price"] for row in rows["products"]}
    assert len(set(sold.values())) > 10
    assert all(row["unit_price"] == sold[row["product_id"]] for row in rows["order_items"])


@pytest.mark.parametrize("prefix", ["ship", "shipping", "billing"])
@pytest.mark.parametrize(
    "names", [("full_name text!",), ("first_name text!", "last_name text!"), ("name varchar(80)!",)]
)
def test_goods_and_bills_go_to_the_buyer(prefix: str, names: tuple[str, ...]) -> None:
    place = ("street text!", "city varchar(60)!", "postal_code varchar(12)!", "country text!")
    customers = table("customers", "id int!", *names, *place)
    staff = table("employees", "id int!", "full_name text!", "street text!", "city text!")
    sent = tuple(f"{prefix}_{each.replace('(60)', '(120)')}" for each in ("name text!", *place))
    keys = ("employee_id int! -> employees", "customer_id int! -> customers")
    rows = drawn(staff, customers, table("orders", "id int!", *keys, *sent))
    buyers = {row["id"]: row for row in rows["customers"]}
    assert len({row["customer_id"] for row in rows["orders"]}) > 50
    for row in rows["orders"]:
        buyer = buyers[row["customer_id"]]
        assert row[f"{prefix}_name"] == " ".join(buyer[each.split()[0]] for each in names)
        assert all(row[f"{prefix}_{each.split()[0]}"] == buyer[each.split()[0]] for each in place)
