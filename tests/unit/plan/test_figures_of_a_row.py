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


@pytest.mark.parametrize(
    ("low", "value", "high"),
    [
        ("min_temperature", "temperature", "max_temperature"),
        ("range_low", "value_as_number", "range_high"),
        ("reference_low", "result", "reference_high"),
        ("minScore", "score", "maxScore"),
        ("lower_limit", "reading", "upper_limit"),
    ],
)
@pytest.mark.parametrize("kind", ["numeric(8,2)", "double"])
def test_what_was_measured_lies_in_its_range(low: str, value: str, high: str, kind: str) -> None:
    made = table("entries", "id int!", f"{value} {kind}!", f"{low} {kind}", f"{high} {kind}")
    for row in drawn(made)["entries"]:
        assert row[low] is None or row[low] <= row[value], row
        assert row[high] is None or row[value] <= row[high], row


def test_readings_lie_between_the_ends_of_their_sensor() -> None:
    sensors = table("sensors", "id int!", "name text!", "min_value numeric(8,2)!", "max_value numeric(8,2)!")
    readings = table(
        "sensor_readings", "id int!", "sensor_id int! -> sensors", "value numeric(8,2)!", "taken_at timestamp!"
    )
    rows = drawn(sensors, readings)
    ends = {row["id"]: (row["min_value"], row["max_value"]) for row in rows["sensors"]}
    assert all(
        ends[row["sensor_id"]][0] <= row["value"] <= ends[row["sensor_id"]][1] for row in rows["sensor_readings"]
    )


@pytest.mark.parametrize(
    ("name", "parts", "whole"),
    [
        ("chat_messages", ("prompt_tokens int!", "completion_tokens int!"), "total_tokens int!"),
        ("usage_logs", ("input_tokens bigint!", "output_tokens bigint!"), "tokens bigint!"),
        ("spans", ("input_cost numeric(12,6)!", "output_cost numeric(12,6)!"), "total_cost numeric(12,6)"),
    ],
)
def test_both_sides_of_a_models_call_add_up(name: str, parts: tuple[str, str], whole: str) -> None:
    one, other, both = (each.split()[0] for each in (*parts, whole))
    rows = drawn(table(name, "id int!", "user_name text", *parts, whole))[name]
    assert all(row[both] is None or row[one] + row[other] == row[both] for row in rows)


def test_a_call_costs_as_much_as_its_tokens() -> None:
    columns = ("input_tokens int!", "output_tokens int!", "cost_usd numeric(10,6)!")
    rows = drawn(table("requests", "id int!", *columns, "total_tokens int!"), rows=400)["requests"]
    each = [row["cost_usd"] / row["total_tokens"] for row in rows if row["total_tokens"] > 500]
    assert max(each) < Decimal("0.00002") and min(each) > Decimal("0.0000002")


@pytest.mark.parametrize(
    ("name", "length", "size", "low", "high"),
    [
        ("tracks", "milliseconds int!", "bytes int!", 15, 121),
        ("videos", "duration_seconds int!", "file_size bigint!", 150_000, 1_000_001),
        ("voice_messages", "duration int!", "size_bytes bigint!", 15_000, 120_001),
    ],
)
def test_a_file_is_as_large_as_what_it_plays_is_long(name: str, length: str, size: str, low: int, high: int) -> None:
    made = table(name, "id int!", "title text!", length, size)
    for row in drawn(made)[name]:
        assert low <= row[size.split()[0]] / row[length.split()[0]] <= high, row


def test_what_is_used_is_no_more_than_may_be() -> None:
    made = table("rate_limits", "id int!", "max_requests int!", "current_count int!", "window_ms int!")
    rows = drawn(made)["rate_limits"]
    assert all(row["current_count"] <= row["max_requests"] and row["window_ms"] % 1000 == 0 for row in rows)


@pytest.mark.parametrize("beside", ["latency_ms int!", "latency_ms int"])
def test_a_call_ends_when_its_latency_says(beside: str) -> None:
    made = table(
        *("generations", "id int!", "provider text!", "model text!", "prompt_tokens int!", "completion_tokens int!"),
        *("total_tokens int!", beside, "started_at timestamp!", "finished_at timestamp"),
    )
    rows = [row for row in drawn(made)["generations"] if row["finished_at"] and row["latency_ms"] is not None]
    assert len(rows) > 100
    for row in rows:
        assert abs((row["finished_at"] - row["started_at"]).total_seconds() * 1000 - row["latency_ms"]) < 2, row


def test_a_duration_without_a_unit_goes_with_its_beginning_and_end() -> None:
    for name, size in (("calls", 1), ("meetings", 60)):
        rows = drawn(table(name, "id int!", "started_at timestamp!", "ended_at timestamp!", "duration int!"))[name]
        assert all(
            int((row["ended_at"] - row["started_at"]).total_seconds() // size) == row["duration"] for row in rows
        )
