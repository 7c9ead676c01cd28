"""States that are numbers: what a comment says of them, or that later ones are later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import drawn, table


def _saying(made: Table, **comments: str) -> Table:
    return replace(made, columns=tuple(replace(c, comment=comments.get(c.name)) for c in made.columns))


@pytest.mark.parametrize(
    "comment",
    [
        "Order current status. 1 = In process; 2 = Approved; 3 = Backordered; 4 = Rejected; 5 = Shipped; 6 = Cancelled",
        "1: in process, 2: approved, 3: on hold, 4: rejected, 5: shipped, 6: cancelled",
        "1 - in process\n2 - approved\n3 - on hold\n4 - rejected\n5 - shipped\n6 - cancelled",
    ],
)
def test_what_a_comment_says_of_a_number_agrees_with_the_row(comment: str) -> None:
    orders = table(
        "salesorder",
        *("id int!", "orderdate timestamp!", "shipdate timestamp", "status smallint!", "tracking_number text"),
        check="((status >= 0) AND (status <= 8))",
    )
    rows = drawn(_saying(orders, status=comment), rows=300)["salesorder"]
    assert {int(row["status"]) for row in rows} <= {1, 2, 3, 4, 5, 6}
    assert len({int(row["status"]) for row in rows}) >= 4
    for row in rows:
        if int(row["status"]) == 5:
            assert row["shipdate"] is not None
        if int(row["status"]) in (1, 2, 4):
            assert row["shipdate"] is None and row["tracking_number"] is None


@pytest.mark.parametrize("check", ["((status >= 0) AND (status <= 4))", "(status = ANY (ARRAY[0, 1, 2, 3, 4]))"])
def test_later_numbers_are_later_states_where_nothing_says_what_they_mean(check: str) -> None:
    columns = ("id int!", "created_at timestamp!", "status int!", "shipped_at timestamp", "delivered_at timestamp")
    rows = drawn(table("orders", *columns, check=check), rows=400)["orders"]
    for name in ("shipped_at", "delivered_at"):
        there = {int(row["status"]) for row in rows if row[name] is not None}
        without = {int(row["status"]) for row in rows if row[name] is None}
        assert there and without and max(without) < min(there)


def test_codes_in_a_comment_are_the_values_of_a_column() -> None:
    made = table("person", "id int!", "name text!", "persontype char(2)!", "emailpromotion int!")
    said = _saying(
        made,
        persontype="Primary type: SC = Store Contact, IN = Individual (retail) customer, EM = Employee (non-sales)",
        emailpromotion="0 = Contact does not wish to receive promotions, 1 = from us, 2 = from us and partners",
    )
    rows = drawn(said)["person"]
    assert {row["persontype"] for row in rows} == {"SC", "IN", "EM"}
    assert {int(row["emailpromotion"]) for row in rows} == {0, 1, 2}
