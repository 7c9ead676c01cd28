"""What is there only once the parent has got so far."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize(
    ("column", "moment"), [("tracking_number", "shipped_at"), ("carriertrackingnumber", "shipdate")]
)
def test_a_line_has_a_tracking_number_once_its_order_was_shipped(column: str, moment: str) -> None:
    orders = table("orders", "id int!", "status text!", "created_at timestamp!", f"{moment} timestamp")
    lines = table("order_lines", "id int!", "order_id int! -> orders", "quantity int!", f"{column} varchar(30)")
    rows = drawn(orders, lines)
    shipped = {row["id"]: row[moment] for row in rows["orders"]}
    assert None in shipped.values()
    there = [row for row in rows["order_lines"] if row[column] is not None]
    assert there and all(shipped[row["order_id"]] is not None for row in there)
