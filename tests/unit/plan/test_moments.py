"""Time flows forward in a row."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize("later", ["shipped_at", "delivered_at", "paid_at", "returned_at"])
def test_nothing_happens_to_an_order_before_it_is_made(later: str) -> None:
    made = table("orders", "id int!", "status text!", f"{later} timestamptz", "created_at timestamptz!")
    rows = drawn(made, rows=600)["orders"]
    assert sum(row[later] is not None for row in rows) > 5
    assert all(row[later] is None or str(row["created_at"])[:19] <= str(row[later])[:19] for row in rows)
