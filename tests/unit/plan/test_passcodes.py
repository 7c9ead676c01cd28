"""One-time codes are what one types from a message, and few are tried more than once."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize(
    ("name", "column"),
    [("passcodes", "code varchar(6)!"), ("otp_codes", "code text!"), ("users", "verification_code varchar(8)!")],
)
def test_a_one_time_code_is_a_few_digits(name: str, column: str) -> None:
    rows = drawn(table(name, "id int!", "phone text", "email text!", column))[name]
    codes = {row[column.split()[0]] for row in rows}
    assert all(code.isdigit() and 4 <= len(code) <= 8 for code in codes) and len(codes) > 100


@pytest.mark.parametrize("column", ["try_count", "failed_login_count", "tries", "attempts_count", "retryCount"])
def test_what_is_tried_is_tried_a_few_times(column: str) -> None:
    counts = [row[column] for row in drawn(table("passcodes", "id int!", f"{column} smallint!"))["passcodes"]]
    assert min(counts) == 0 and max(counts) <= 5 and sum(count <= 1 for count in counts) > 100


def test_a_one_time_code_says_what_it_is_for() -> None:
    rows = drawn(table("passcodes", "id int!", "email text!", "type varchar(32)!", "code char(6)!"))["passcodes"]
    assert {"email_verification", "password_reset", "login"} <= {row["type"] for row in rows}
