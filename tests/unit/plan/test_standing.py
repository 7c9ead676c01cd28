"""Rows that many others point at have been there for longer, so that what points at them is spread over time."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from statistics import median

import pytest

from seedfast.generate.engine import Engine
from tests.unit.plan.written import NOW, drawn, planned, registry, table


def _day(moment: datetime) -> int:
    return (NOW.date() - (moment.date() if isinstance(moment, datetime) else moment)).days


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (("users", "created_at timestamptz!"), ("posts", "user_id int! -> users", "created_at timestamptz!")),
        (("customers", "registered_on date!"), ("orders", "customer_id int! -> customers", "ordered_on date!")),
    ],
)
def test_who_is_pointed_at_by_many_came_early(parent: tuple[str, ...], child: tuple[str, ...]) -> None:
    (whole, moment), (part, key, own) = parent, child
    rows = drawn(table(whole, "id int!", moment), table(part, "id int!", key, own), rows=400)
    pointed = Counter(row[key.split()[0]] for row in rows[part])
    ages = sorted(rows[whole], key=lambda row: -pointed[row["id"]])
    begins = moment.split()[0]
    assert median(_day(row[begins]) for row in ages[:40]) > 1.15 * median(_day(row[begins]) for row in ages[200:])


def test_what_has_many_parents_does_not_crowd_in_the_last_weeks() -> None:
    parents = [table(name, "id int!", "created_at timestamp!") for name in ("teams", "boards", "people")]
    keys = ("team_id int! -> teams", "board_id int! -> boards", "person_id int! -> people")
    rows = drawn(*parents, table("cards", "id int!", *keys, "created_at timestamp!"), rows=300)["cards"]
    assert sum(_day(row["created_at"]) <= 60 for row in rows) < 0.4 * len(rows)


def test_a_row_is_as_old_in_any_batch() -> None:
    users = table("users", "id int!", "created_at timestamptz!")
    plan = planned(users, table("posts", "id int!", "user_id int! -> users"), rows=90)
    name = users.name
    whole = Engine(plan, registry(), {}).batch(name, 0, 90)
    assert Engine(plan, registry(), {}).batch(name, 50, 61).equals(whole.slice(50, 11))
