"""Codes have the form that their trade gives them, and distinct ones keep it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.forms import Form
from seedfast.values.kind import Draw, Generator
from tests.unit.plan.written import drawn, table

REGISTRY = default_registry().freeze()
ROWS = np.arange(4000, dtype=np.int64)


def texts(made: Generator, *, distinct: bool = False) -> list[str]:
    draw = Draw(ROWS, Stream(3))
    found: list[str] = (made.at(ROWS, draw) if distinct else made.values(draw)).to_pylist()
    return found


def luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [d if n % 2 == 0 else d * 2 // 10 + d * 2 % 10 for n, d in enumerate(digits)]
    return sum(doubled) % 10 == 0


@pytest.mark.parametrize("distinct", [False, True])
def test_check_digits_are_right(distinct: bool) -> None:
    form = {"form": "'00'999999999999'0'", "check": "luhn"}
    devices = texts(REGISTRY.build("text.serial", form), distinct=distinct)
    assert all(luhn(one) and len(one) == 15 for one in devices)
    securities = texts(REGISTRY.build("text.code", {"form": "'ZZ'#########'0'", "check": "isin"}), distinct=distinct)
    assert all(luhn("".join(str(int(letter, 36)) for letter in one)) for one in securities)
    assert not distinct or len(set(devices)) == len(set(securities)) == len(ROWS)


def test_the_ninth_character_of_a_vehicle_checks_the_others() -> None:
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    for one in texts(REGISTRY.build("text.serial", {"form": "'90X'XX999'0'XX999999", "check": "vin"})):
        rest = sum(int(values.get(c, c)) * w for c, w in zip(one, weights, strict=True)) % 11
        assert one[8] == ("X" if rest == 10 else str(rest))


def test_a_form_is_read_off_codes_and_not_off_words() -> None:
    form = Form.of(["INC-001", "INC-742", "INC-13", "INC-998"], 0, 8)
    assert form is not None and form.size == 1000
    assert Form.of(["Oak table", "Chair", "Sofa"], 0, None) is None
    assert Form.of(["camping", "beauty", "garden"], 0, None) is None


def test_codes_of_a_form_leave_out_those_that_are_taken_whatever_their_case() -> None:
    form = Form.of(["AB1", "CD2", "EF3"], 0, None)
    assert form is not None
    but = ["ab1", "CD2", "none of them"]
    index = np.arange(form.size - 2, dtype=np.int64)
    made = form.codes(index, Stream(1), but).to_pylist()
    assert len(set(made)) == form.size - 2 and not {"AB1", "CD2"} & set(made)


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("mrn varchar(12)", r"[1-9]\d{6}"),
        ("iata_code char(3)", "[A-Z]{3}"),
        ("coupon_code varchar(20)", "[A-Z0-9]{8}"),
        ("gift_card_code text", r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}"),
        ("iccid varchar(22)", r"89999\d{14}"),
        ("license_plate varchar(10)", r"[A-Z]{2}-[A-Z]{2}-\d{3}"),
    ],
)
def test_a_unique_code_is_one_of_its_trade(column: str, pattern: str) -> None:
    made = table("things", "id int!", f"{column}!", unique=column.split()[0])
    found = [row[column.split()[0]] for row in drawn(made, rows=300)["things"]]
    assert len(set(found)) == 300 and all(re.fullmatch(pattern, code) for code in found), found[:5]


def test_airports_have_codes_of_three_letters_of_which_none_comes_twice() -> None:
    made = table("airports", "iata_code char(3)!", "name text!", "city text!", "runways int")
    flights = table("flights", "id int!", "flight_number text!", "airline text")
    codes = [row["iata_code"] for row in drawn(made, flights, rows=900)["airports"]]
    assert len(set(codes)) == 900 and all(re.fullmatch("[A-Z]{3}", code) for code in codes)
