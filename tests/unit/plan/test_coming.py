"""What is planned is yet to come, what is under way has begun, and what is over is past."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import NOW, drawn, table


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else datetime.fromisoformat(value)


APPOINTMENTS = table(
    *("appointments", "id int!", "status text! = scheduled|checked_in|completed|cancelled|no_show"),
    *("starts_at timestamp!", "ends_at timestamp!", "reason text"),
)
STAYS = table(
    *("bookings", "id int!", "state enum BOOKED|CHECKED_IN|CHECKED_OUT|CANCELLED!", "check_in_date date!"),
    *("check_out_date date!", "created_at timestamptz!"),
)
SHOWS = table("shows", "id int!", "status text! = upcoming|live|finished", "scheduled_for timestamptz!")
RAFFLES = table("raffles", "id int!", "status text! = draft|scheduled|open|closed", "starts_on date!", "ends_on date!")


@pytest.mark.parametrize(
    ("made", "status", "start", "ahead", "over"),
    [
        (APPOINTMENTS, "status", "starts_at", {"scheduled"}, {"completed", "no_show"}),
        (STAYS, "state", "check_in_date", {"BOOKED"}, {"CHECKED_OUT"}),
        (SHOWS, "status", "scheduled_for", {"upcoming"}, {"finished"}),
        (RAFFLES, "status", "starts_on", {"draft", "scheduled"}, {"closed"}),
    ],
)
def test_a_state_tells_when_a_thing_takes_place(
    made: Table, status: str, start: str, ahead: set[str], over: set[str]
) -> None:
    rows = drawn(made, rows=300)[made.name.name]
    coming = [_moment(row[start]) for row in rows if row[status] in ahead]
    past = [_moment(row[start]) for row in rows if row[status] in over]
    assert len(coming) > 10
    assert len(past) > 30
    assert all(NOW <= moment <= NOW + timedelta(days=46) for moment in coming)
    assert all(moment <= NOW for moment in past)
    assert min(past) < NOW - timedelta(days=200)


def test_nothing_is_found_out_about_what_is_yet_to_come() -> None:
    results = table("lab_results", "id int!", "appointment_id int! -> appointments", "resulted_at timestamp!")
    rows = drawn(APPOINTMENTS, results, rows=200)
    held = {row["id"]: row for row in rows["appointments"]}
    for row in rows["lab_results"]:
        assert held[row["appointment_id"]]["status"] != "scheduled"
        assert _moment(held[row["appointment_id"]]["starts_at"]) <= _moment(row["resulted_at"])


def test_a_bill_of_each_appointment_may_come_before_it() -> None:
    bills = table(
        "bills", "id int!", "appointment_id int! -> appointments", "issued_at timestamp!", unique="appointment_id"
    )
    rows = drawn(APPOINTMENTS, bills, rows=200)
    assert len(rows["bills"]) == 200
    assert all(_moment(row["issued_at"]) <= NOW for row in rows["bills"])
