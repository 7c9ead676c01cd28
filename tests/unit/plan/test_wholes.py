"""Nothing that is made of parts is without one, where there are enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from seedfast.model.table import KeyPart, Table, UniqueKey
from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize(
    ("whole", "part", "key"),
    [
        ("orders", "order_items", ""),
        ("salesorderheader", "salesorderdetail", ""),
        ("purchase_orders", "order_lines", ""),
        ("invoice", "invoice_line", ""),
        ("sales_orders", "sales_order_details", "product_id"),
        ("conversations", "messages", ""),
        ("polls", "poll_options", ""),
        ("journal_entries", "journal_entry_lines", "line_no"),
    ],
)
def test_each_whole_has_a_part(whole: str, part: str, key: str) -> None:
    above = table(whole, "id int!", "created_at timestamp!")
    products = table("products", "id int!", "name text!")
    made = table(
        part, "id int!", f"whole_id int! -> {whole}", "product_id int! -> products", "line_no int!", "quantity int!"
    )
    if key:
        made = _keyed(made, "whole_id", key)
    rows = drawn(above, products, made, rows=120)
    assert {row["whole_id"] for row in rows[part]} == {row["id"] for row in rows[whole]}
    assert len(rows[part]) == 3 * len(rows[whole]) == 360
    counts = Counter(row["whole_id"] for row in rows[part])
    assert min(counts.values()) == 1 and max(counts.values()) > 4
    assert len({(row["whole_id"], row[key]) for row in rows[part]}) == 360 if key else True


def _keyed(made: Table, *columns: str) -> Table:
    key = UniqueKey("own_key", tuple(KeyPart(name, None, (name,)) for name in columns), constraint=True)
    return replace(made, unique_keys=(*made.unique_keys, key))


def test_more_parts_go_to_some_than_to_others() -> None:
    orders = table("orders", "id int!", "placed_on date!")
    lines = table("order_lines", "id int!", "order_id int! -> orders", "quantity int!")
    rows = drawn(orders, lines, rows=50, table_rows={lines.name: 300})["order_lines"]
    counts = sorted(sum(row["order_id"] == number for row in rows) for number in {row["order_id"] for row in rows})
    assert len(counts) == 50 and counts[-1] > 2 * counts[10]


@pytest.mark.parametrize("part", ["order_notes", "refunds", "deliveries"])
def test_what_may_be_missing_is_missing_for_some(part: str) -> None:
    orders = table("orders", "id int!", "placed_on date!")
    rows = drawn(orders, table(part, "id int!", "order_id int! -> orders", "note text"), rows=100)
    assert len({row["order_id"] for row in rows[part]}) < 90
