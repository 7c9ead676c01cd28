"""A flag tells what the value of its row is beside the limits of its row."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize(
    ("name", "value", "low", "high"),
    [
        ("lab_results", "result_value numeric(8,2)", "reference_low numeric(8,2)", "reference_high numeric(8,2)"),
        ("readings", "reading float8!", "min_value float8!", "max_value float8!"),
        ("inspections", "measured_value int!", "lower_limit int", "upper_limit int"),
        ("checks", "value numeric!", "", "max_allowed numeric!"),
    ],
)
@pytest.mark.parametrize(
    ("flag", "outside"), [("abnormal bool", True), ("is_out_of_range bool!", True), ("within_limits bool!", False)]
)
def test_a_flag_says_what_value_and_limits_say(
    name: str, value: str, low: str, high: str, flag: str, outside: bool
) -> None:
    rows = drawn(table(name, "id int!", value, *filter(None, (low, high)), flag), rows=300)[name]
    for row in rows:
        held, least, most, said = (row.get(one.split()[0]) if one else None for one in (value, low, high, flag))
        if said is not None:
            beyond = held is not None and ((least is not None and held < least) or (most is not None and held > most))
            assert said is (beyond if outside else not beyond), row
    if name in ("lab_results", "checks"):
        assert {row[flag.split()[0]] for row in rows} >= {True, False}


def test_a_flag_of_something_else_is_left_alone() -> None:
    made = table("orders", "id int!", "quantity int!", "min_quantity int!", "gift bool!")
    assert {row["gift"] for row in drawn(made)["orders"]} == {True, False}
