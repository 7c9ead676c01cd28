"""Numbers of a row are possible, and possible together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.plan.written import NOW, drawn, table


@pytest.mark.parametrize(
    ("column", "most"),
    [
        ("completion_rate numeric(5,2)", 100),
        ("attendance_rate numeric(3,2)", 1),
        ("confidence numeric(4,3)", 1),
        ("conversion_rate double", 1),
        ("battery_level smallint", 100),
        ("progress int", 100),
        ("score numeric(5,2)", 100),
        ("success_percent real", 100),
    ],
)
def test_a_part_is_of_one_or_of_a_hundred_as_its_type_says(column: str, most: int) -> None:
    name = column.split()[0]
    values = [row[name] for row in drawn(table("readings", "id int!", f"{column}!"))["readings"]]
    assert all(0 <= value <= most for value in values) and max(values) > most * Decimal("0.6")


def test_a_tax_in_hundredths_is_taken_off_in_hundredths() -> None:
    columns = ("subtotal numeric(10,2)!", "tax_rate numeric(5,2)!", "tax_amount numeric(10,2)!")
    rows = drawn(table("invoices", "id int!", *columns))["invoices"]
    assert any(row["tax_rate"] >= 5 for row in rows)
    assert all(abs(row["subtotal"] * row["tax_rate"] / 100 - row["tax_amount"]) <= Decimal("0.01") for row in rows)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("refunded_amount", "amount"),
        ("refunded_amount", "paid_amount"),
        ("captured_amount", "amount"),
        ("amount_paid", "total_amount"),
        ("range_low", "range_high"),
        ("approved_amount", "claimed_amount"),
    ],
)
def test_no_part_is_more_than_its_whole(part: str, whole: str) -> None:
    made = table("payments", "id int!", f"{part} numeric(10,2)!", f"{whole} numeric(10,2)!")
    assert all(row[part] <= row[whole] for row in drawn(made)["payments"])


@pytest.mark.parametrize(("name", "low", "high"), [("players", 17, 38), ("students", 6, 25), ("employees", 18, 65)])
def test_age_and_year_of_birth_go_with_the_birth_date(name: str, low: int, high: int) -> None:
    made = table(name, "id int!", "name text!", "age smallint!", "born int!", "date_of_birth date!")
    for row in drawn(made)[name]:
        birth: date = row["date_of_birth"]
        age = NOW.year - birth.year - ((NOW.month, NOW.day) < (birth.month, birth.day))
        assert (row["age"], row["born"]) == (age, birth.year) and low <= age <= high, row


def test_an_age_that_must_be_great_is_great() -> None:
    made = table("voters", "id int!", "full_name text!", "patient_age int!", check="(patient_age >= 60)")
    assert all(row["patient_age"] >= 60 for row in drawn(made)["voters"])


def test_a_rows_persons_are_different_ones_and_each_has_its_own_address() -> None:
    made = table("books", "id int!", "author_name text!", "editor text!", "author_email text!")
    rows = drawn(made)["books"]
    assert sum(row["author_name"] == row["editor"] for row in rows) < 5
    for row in rows:
        said = row["author_email"].partition("@")[0]
        family = row["author_name"].split()[-1].lower()
        assert family[:3] in said or not family.isascii() or row["author_name"].split()[0].lower()[:3] in said, row
