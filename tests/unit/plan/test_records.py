"""Columns whose values are listed agree with the data pack's record that the rest of their row is drawn from."""

from __future__ import annotations

from seedfast.packs.library import library
from seedfast.packs.sorts import said
from tests.unit.plan.written import drawn, planned, table

ORDERS = table("orders", "id int!", "total numeric(10,2)!")
LINES = table("order_items", "id int!", "order_id int! -> orders", "product_id int! -> products", "quantity int!")


DEPARTMENTS = {
    template.literal: leaf.path[1]
    for leaf in library().pack("retail").records["product"].leaves
    for template in leaf.slots["department"].templates  # type: ignore[union-attr]
}


def test_a_products_name_is_of_the_category_that_its_list_names() -> None:
    listed = "category text! = electronics|toys|groceries"
    products = table("products", "id int!", "name text!", listed, "department text!", "price numeric(8,2)!")
    rows = drawn(products, ORDERS, LINES)["products"]
    assert {row["category"] for row in rows} == {"electronics", "toys", "groceries"}
    assert all(row["category"] == DEPARTMENTS[row["department"]] for row in rows)


def test_labels_of_an_enum_name_categories_too_and_one_of_them_all_the_others() -> None:
    labels = "category enum TOYS|HOME_AND_KITCHEN|ELECTRONICS|OTHER!"
    products = table("products", "id int!", "name text!", labels, "department text!", "sku text!")
    rows = drawn(products, ORDERS, LINES, rows=400)["products"]
    assert {row["category"] for row in rows} >= {"TOYS", "ELECTRONICS", "OTHER"}
    for row in rows:
        at = DEPARTMENTS[row["department"]].upper()
        assert (
            row["category"] == at if at in ("TOYS", "ELECTRONICS") else row["category"] not in ("TOYS", "ELECTRONICS")
        )


def test_a_listed_rating_is_the_one_that_the_words_speak_of() -> None:
    reviews = table(
        "reviews", "id int!", "product_id int! -> products", "rating int! = 1|3|5", "title text!", "body text!"
    )
    products = table("products", "id int!", "name text!", "price numeric(8,2)!")
    rows = drawn(products, reviews, ORDERS, LINES)["reviews"]
    assert {int(row["rating"]) for row in rows} == {1, 3, 5}
    assert all(row["title"] not in ("Love it", "Exactly what I needed") or int(row["rating"]) == 5 for row in rows)
    assert all(row["title"] not in ("Avoid", "Broken on arrival") or int(row["rating"]) == 1 for row in rows)
    assert any(row["title"] == "Love it" for row in rows) and any(row["title"] == "Avoid" for row in rows)


def test_a_list_that_names_nothing_of_the_pack_is_drawn_by_itself() -> None:
    products = table("products", "id int!", "name text!", "category text! = gizmo|doohickey", "price numeric(8,2)!")
    plan = planned(products, ORDERS, LINES)
    column = plan.table(products.name).column("category")
    assert [made.kind for made in column.generators] == ["choice"]
    name = plan.table(products.name).column("name")
    assert "within" not in name.generators[0].params


def test_words_that_mean_the_same_are_the_same_however_they_are_written() -> None:
    record = library().pack("retail").records["category"]
    names = {leaf.slots["name"].templates[0].literal for leaf in record.leaves}  # type: ignore[union-attr]
    some = sorted(name for name in names if name is not None)[:4]
    written = [name.upper().replace(" & ", "_").replace(" ", "_") for name in some]
    found = said(record, "name", written)
    assert found.texts == dict(zip(some, written, strict=True))


def test_a_product_is_of_the_category_that_it_points_at() -> None:
    categories = table("categories", "id int!", "name text!", "slug text!")
    products = table(
        "products", "id int!", "category_id int! -> categories", "name text!", "department text!", "price numeric(8,2)!"
    )
    rows = drawn(categories, products, ORDERS, LINES)
    names = {row["id"]: row["name"] for row in rows["categories"]}
    assert len({row["department"] for row in rows["products"]}) > 5
    for row in rows["products"]:
        at = kinds_called(names[row["category_id"]])
        assert not at or DEPARTMENTS[row["department"]] in at, (names[row["category_id"]], row)


def kinds_called(name: str) -> set[str]:
    """Return the departments in which something has a category of that name."""
    record = library().pack("retail").records["product"]
    return {leaf.path[1] for leaf in record.leaves if name == leaf.slots["category"].templates[0].literal}  # type: ignore[union-attr]


def test_a_product_bears_the_name_of_the_brand_that_it_points_at() -> None:
    brands = table("brands", "id int!", "name text!", unique="name")
    products = table("products", "id int!", "brand_id int! -> brands", "name text!", "sku text!", "price numeric(8,2)!")
    rows = drawn(brands, products, ORDERS, LINES)
    names = {row["id"]: row["name"] for row in rows["brands"]}
    told = [names[row["brand_id"]] in row["name"] for row in rows["products"]]
    assert sum(told) > len(told) * 0.9


def test_reviews_speak_of_the_product_that_they_point_at() -> None:
    products = table("products", "id int!", "name text!", "price numeric(8,2)!")
    columns = ("product_id int! -> products", "rating int!", "title text!", "body text!")
    rows = drawn(products, table("reviews", "id int!", *columns), ORDERS, LINES)
    names = {row["id"]: row["name"] for row in rows["products"]}
    spoken = [row for row in rows["reviews"] if any(name in row["body"].lower() for name in _lower(names))]
    assert len(spoken) > 10
    for row in spoken:
        assert names[row["product_id"]].lower() in row["body"].lower()


def _lower(names: dict[int, str]) -> list[str]:
    return [name.lower() for name in names.values()]


def test_a_line_describes_the_product_that_it_points_at() -> None:
    products = table("products", "id int!", "name text!", "description text!", "price numeric(8,2)!")
    lines = table("order_items", "id int!", "product_id int! -> products", "description text!", "item_name text!")
    rows = drawn(products, ORDERS, lines)
    told = {row["id"]: (row["name"], row["description"]) for row in rows["products"]}
    assert all((row["item_name"], row["description"]) == told[row["product_id"]] for row in rows["order_items"])
