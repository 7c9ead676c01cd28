"""Nothing waits for ever: rows of early states began lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import NOW, drawn, table

PEOPLE = table("customers", "id int!", "name text!", "created_at timestamp!")


def _age(moment: Any) -> timedelta:
    return NOW - datetime.fromisoformat(str(moment).removesuffix("Z")).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("made", "early", "days"),
    [
        (
            table(
                *("orders", "id int!", "status text! = pending|paid|shipped|delivered|cancelled"),
                *("shipped_at timestamp", "delivered_at timestamp", "created_at timestamp!"),
            ),
            {"pending", "paid", "shipped"},
            61,
        ),
        (table("orders", "id int!", "status text! = new|delivered", "order_date date!"), {"new"}, 61),
        (
            table("export_jobs", "id int!", "state enum QUEUED|RUNNING|DONE|FAILED!", "created_at timestamptz!"),
            {"QUEUED", "RUNNING"},
            4,
        ),
        (
            table(
                "invoices", "id int!", "customer_id int! -> customers", "status text! = open|paid", "issued_on date!"
            ),
            {"open"},
            121,
        ),
    ],
)
def test_what_is_in_an_early_state_began_lately(made: Table, early: set[str], days: int) -> None:
    rows = drawn(PEOPLE, made, rows=400)[made.name.name]
    state = next(name for name in ("status", "state") if name in rows[0])
    moment = next(name for name in ("created_at", "order_date", "issued_on") if name in rows[0])
    young = [row for row in rows if row[state] in early]
    old = [row for row in rows if row[state] not in early]
    assert len(young) > 10
    assert max(_age(row[moment]) for row in young) < timedelta(days=days)
    assert max(_age(row[moment]) for row in old) > timedelta(days=400)


@pytest.mark.parametrize(
    ("name", "status"), [("articles", "draft|published"), ("products", "draft|active"), ("users", "active|suspended")]
)
def test_what_may_stay_as_it_is_is_of_any_age(name: str, status: str) -> None:
    first, second = status.split("|")
    rows = drawn(table(name, "id int!", f"status text! = {status}", "created_at timestamp!"), rows=600)[name]
    oldest = {
        state: max(_age(row["created_at"]) for row in rows if row["status"] == state) for state in (first, second)
    }
    assert min(oldest.values()) > timedelta(days=200)


def test_a_state_is_left_alone_where_nothing_says_how_old_a_row_is() -> None:
    rows = drawn(table("orders", "id int!", "status text! = pending|delivered"), rows=200)["orders"]
    assert {row["status"] for row in rows} == {"pending", "delivered"}
