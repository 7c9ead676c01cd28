"""What is planned begins on the quarter of an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.unit.plan.written import drawn, table


def _moment(value: Any) -> datetime:
    return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).replace(tzinfo=None)


@pytest.mark.parametrize("name", ["appointments", "lessons", "job_interviews", "team_meetings"])
@pytest.mark.parametrize(
    ("start", "end"), [("starts_at", "ends_at"), ("start_time", "end_time"), ("scheduled_start", "scheduled_end")]
)
@pytest.mark.parametrize("below", [True, False])
def test_people_meet_by_day_and_on_quarters(name: str, start: str, end: str, below: bool) -> None:
    people = table("people", "id int!", "created_at timestamp!")
    key = ["person_id int! -> people"] if below else []
    made = table(name, "id int!", *key, f"{start} timestamp!", f"{end} timestamp!", check=f"{end} > {start}")
    rows = drawn(people, made, rows=300)[name]
    spans = [(_moment(row[start]), _moment(row[end])) for row in rows]
    assert all(moment.minute % 15 == 0 and moment.second == 0 for span in spans for moment in span)
    assert all(timedelta(0) < end - start <= timedelta(hours=3) for start, end in spans)
    assert sum(7 <= start.hour < 19 for start, _ in spans) > 0.9 * len(spans)
    assert sum(start.weekday() >= 5 for start, _ in spans) < 0.12 * len(spans)


def test_a_show_may_be_at_night_and_what_is_recorded_may_be_at_any_second() -> None:
    shows = drawn(table("performances", "id int!", "starts_at timestamp!", "ends_at timestamp!"))["performances"]
    assert any(_moment(row["starts_at"]).hour >= 20 for row in shows)
    assert all(_moment(row["starts_at"]).minute % 15 == 0 for row in shows)
    runs = drawn(table("job_runs", "id int!", "started_at timestamp!", "ended_at timestamp!"))["job_runs"]
    assert any(_moment(row["started_at"]).minute % 15 for row in runs)
