"""What a row points at is of what the row is of, as far as there is any such thing."""

from __future__ import annotations

from typing import Any

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import drawn, table

PATIENTS = table("patients", "id int!", "name text!")
DOCTORS = table("doctors", "id int!", "name text!")
WARDS = table("wards", "id int!", "name text!")
VISITS = table(
    "visits", "id int!", "patient_id int! -> patients", "doctor_id int -> doctors", "ward_id int -> wards", "day date!"
)


def _joined(made: Table) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the rows of a table beside the visits that they point at."""
    rows = drawn(PATIENTS, DOCTORS, WARDS, VISITS, made, rows=200)
    visits = {row["id"]: row for row in rows["visits"]}
    assert sum(row["visit_id"] is not None for row in rows[made.name.name]) > 100
    return [(row, visits[row["visit_id"]]) for row in rows[made.name.name] if row["visit_id"] is not None]


@pytest.mark.parametrize(
    "columns",
    [
        ("visit_id int -> visits",),
        ("doctor_id int -> doctors", "visit_id int -> visits"),
        ("visit_id int! -> visits", "doctor_id int! -> doctors", "ward_id int! -> wards"),
    ],
)
def test_a_thing_is_of_the_one_that_it_belongs_to(columns: tuple[str, ...]) -> None:
    made = table("procedures", "id int!", "patient_id int! -> patients", *columns)
    joined = _joined(made)
    assert all(row["patient_id"] == visit["patient_id"] for row, visit in joined)


def test_what_a_thing_merely_has_is_the_same_where_there_is_such_a_thing() -> None:
    made = table(
        "procedures", "id int!", "patient_id int! -> patients", "doctor_id int! -> doctors", "visit_id int -> visits"
    )
    rows = drawn(PATIENTS, DOCTORS, WARDS, VISITS, made, rows=200)
    known = {(visit["patient_id"], visit["doctor_id"]) for visit in rows["visits"]}
    visits = {row["id"]: row for row in rows["visits"]}
    for row in rows["procedures"]:
        if row["visit_id"] is not None and (row["patient_id"], row["doctor_id"]) in known:
            assert visits[row["visit_id"]]["doctor_id"] == row["doctor_id"], row


def test_a_state_of_its_own_has_nothing_to_do_with_a_parents() -> None:
    statuses = table("statuses", "id int!", "name text!")
    orders = table("orders", "id int!", "status_id int! -> statuses")
    payments = table("payments", "id int!", "status_id int! -> statuses", "order_id int! -> orders")
    rows = drawn(statuses, orders, payments, rows=100, table_rows={statuses.name: 5})
    status = {row["id"]: row["status_id"] for row in rows["orders"]}
    assert any(status[row["order_id"]] != row["status_id"] for row in rows["payments"])
