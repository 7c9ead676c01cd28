"""Columns that are called parts of a date are parts of it."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table


def test_a_calendar_tells_the_parts_of_its_dates() -> None:
    made = table(
        "dim_date",
        *("id int!", "full_date date!", "year int!", "quarter smallint!", "month int!", "month_name varchar(12)!"),
        *("day int!", "week_of_year int!", "day_of_week int!", "day_name text!", "is_weekend boolean!"),
        check="((day_of_week >= 0) AND (day_of_week <= 6))",
    )
    for row in drawn(made)["dim_date"]:
        date = row["full_date"]
        assert (row["year"], row["month"], row["day"]) == (date.year, date.month, date.day)
        assert (row["quarter"], row["week_of_year"]) == ((date.month + 2) // 3, date.isocalendar().week)
        assert (row["month_name"], row["day_name"]) == (f"{date:%B}", f"{date:%A}")
        assert row["day_of_week"] == date.isoweekday() % 7
        assert str(row["is_weekend"]).lower()[:1] == "ft"[date.isoweekday() > 5]


@pytest.mark.parametrize(
    "columns",
    ["year_of_birth int!|birth_datetime timestamp", "birth_year int|birth_date date!", "birthYear int|birthDate date"],
)
def test_a_year_that_names_its_date_is_of_it(columns: str) -> None:
    year, date = (column.split()[0] for column in columns.split("|"))
    rows = drawn(table("persons", "id int!", *columns.split("|"), "hired_on date!"))["persons"]
    assert all(row[date] is None or row[year] == row[date].year for row in rows)
    assert all(row[date] is not None for row in rows if row[year] is not None)


def test_a_year_of_something_else_stays_what_it_was() -> None:
    made = table("cars", "id int!", "model text!", "year int!", "sold_on date!")
    assert any(row["year"] != row["sold_on"].year for row in drawn(made)["cars"])
