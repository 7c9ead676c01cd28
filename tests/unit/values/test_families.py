"""What the families' values look like, by example."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import combining, normalize

import numpy as np
import pyarrow as pa
import pytest

from seedfast.constraints.domain import Pattern
from seedfast.constraints.pattern import compile_pattern, compile_recogniser
from seedfast.constraints.predicate import PatternForm
from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw

REGISTRY = default_registry()
COUNT = 5000
DRAW = Draw(np.arange(COUNT), Stream(3))


def values(name: str, /, **params: Any) -> list[Any]:
    made: list[Any] = REGISTRY.build(name, params).values(DRAW).to_pylist()
    return made


def at(name: str, numbers: list[int], /, **params: Any) -> list[Any]:
    index = np.array(numbers)
    made: list[Any] = REGISTRY.build(name, params).at(index, Draw(index, Stream(3))).to_pylist()
    return made


def test_integers_reach_both_bounds_and_nothing_beyond() -> None:
    assert set(values("number.integer", low=-2, high=3)) == set(range(-2, 4))
    assert at("number.integer", [0, 5], low=-2, high=3) == [-2, 3]


def test_low_numbers_come_more_often_when_asked() -> None:
    halves = Counter(value < 500 for value in values("number.integer", low=0, high=999, shape="low"))
    assert halves[True] > 3000


def test_decimals_are_exact() -> None:
    assert at("number.decimal", [0, 1, 300], low="-0.015", high="9", scale=2) == [
        Decimal("-0.01"), Decimal("0.00"), Decimal("2.99"),
    ]  # fmt: skip
    high = "9999999999999999999999999999.99"
    assert at("number.decimal", [3], low="9999999999999999999999999990", high=high, scale=2) == [
        Decimal("9999999999999999999999999990.03")
    ]
    assert at("number.decimal", [0, 1], low="-2000", high="99000", scale=-3) == [Decimal(-2000), Decimal(-1000)]
    assert REGISTRY.build("number.decimal", {"low": "0", "high": "9.99", "precision": 3}).values(
        DRAW
    ).type == pa.decimal128(3, 2)


@pytest.mark.parametrize(("low", "high"), [(0.0, 1000.0), (-0.3, 0.7), (1e-9, 2e-9), (1e17, 2e17)])
def test_floats_stay_within_bounds(low: float, high: float) -> None:
    made = values("number.float", low=low, high=high)
    assert all(low <= value <= high for value in made)
    assert max(made) - min(made) > (high - low) * 0.9


def test_single_floats_are_distinct_as_such() -> None:
    index = np.arange(100_000)
    made = REGISTRY.build("number.float", {"low": 0.0, "high": 900.0, "single": True}).at(index, DRAW).to_numpy()
    assert len(np.unique(made.astype(np.float32))) == len(index)


def test_weights_are_kept() -> None:
    counted = Counter(values("choice", values=["never", "seldom", "often"], weights=[0, 1, 9]))
    assert set(counted) == {"seldom", "often"}
    assert 350 < counted["seldom"] < 650


def test_members_take_turns_so_that_few_rows_hold_all_of_them() -> None:
    rows = np.arange(4_000)
    made = REGISTRY.build("turns", {"values": ["a", "b", "c", "d"]}).values(Draw(rows, Stream(3))).to_pylist()
    rounds = [tuple(made[first : first + 4]) for first in range(0, len(made), 4)]
    assert all(len(set(turn)) == 4 for turn in rounds)
    assert len(set(rounds)) == 4


def test_timestamps_are_whole_seconds_within_bounds() -> None:
    low, high = datetime(2025, 1, 1), datetime(2025, 6, 30, 23, 59, 59)
    made = values("time.timestamp", low=low.isoformat(), high=high.isoformat())
    assert all(low <= value <= high and value.microsecond == 0 for value in made)
    assert {value.month for value in made} == set(range(1, 7))


def test_a_zone_in_a_bound_is_honoured() -> None:
    bound = "2025-01-01T02:00:00+02:00"
    assert set(values("time.timestamp", low=bound, high=bound)) == {datetime(2025, 1, 1)}


def test_business_hours() -> None:
    made = values("time.timestamp", low="2025-01-01T00:00:00", high="2025-12-31T00:00:00", shape="business")
    office = sum(8 <= value.hour < 18 for value in made)
    weekdays = sum(value.weekday() < 5 for value in made)
    assert office > 0.99 * COUNT
    assert weekdays > 0.9 * COUNT


def test_dates_reach_both_bounds() -> None:
    made = values("time.date", low="2024-02-28", high="2024-03-01")
    assert set(made) == {date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)}


def test_uuids_say_their_version_and_variant() -> None:
    form = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-([47])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert all(form.fullmatch(value) for value in values("uuid"))
    ordered = values("uuid", version=7)
    assert ordered == sorted(ordered)
    assert all(form.fullmatch(value)[1] == "7" for value in ordered)  # type: ignore[index]


def test_labels_and_codes_count() -> None:
    assert at("text.label", [0, 41], prefix="Gate") == ["Gate 0001", "Gate 0042"]
    assert at("text.label", [0, 41], prefix="Gate", max_length=4) == ["0001", "0042"]
    assert at("text.ordinal", [0, 1, 35], alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", length=3) == [
        "000",
        "001",
        "00Z",
    ]


def test_distinct_text_keeps_its_words() -> None:
    red = {"kind": "choice", "params": {"values": ["red"]}}
    assert at("text.distinct", [0, 11], **red) == ["red 1", "red 12"]
    assert at("text.distinct", [0, 40], **red, max_length=6) == ["red-1", "red-15"]
    assert at("text.distinct", [0, 40], **red, max_length=2) == ["1", "15"]
    assert at("text.distinct", [0], **red, min_length=8) == ["red 0001"]
    assert REGISTRY.build("text.distinct", {**red, "max_length": 1}).capacity == 35


def test_text_is_cut_between_words() -> None:
    words = {word for text in values("text.sentence", max_length=70) for word in text.rstrip(".").lower().split()}
    whole = {word for text in values("text.sentence") for word in text.rstrip(".").lower().split()}
    assert words <= whole


@pytest.mark.parametrize("kind", [("choice", {"values": ["red", "green"]}), ("text.tag", {})])
def test_a_list_of_words_has_each_but_once(kind: tuple[str, dict[str, Any]]) -> None:
    element = {"kind": kind[0], "params": kind[1]}
    lists = [made.strip("{}").split(",") for made in values("array", element=element, low=1, high=4)]
    assert all(len(set(each)) == len(each) for each in lists)
    assert {len(each) for each in lists} >= {1, 2}


def test_arrays_quote_what_needs_it() -> None:
    element = {"kind": "constant", "params": {"value": 'a "b"\\, {c}'}}
    assert values("array", element=element, low=1, high=1)[0] == '{"a \\"b\\"\\\\, {c}"}'
    assert values("array", element={"kind": "constant", "params": {"value": 7}}, low=2, high=2)[0] == "{7,7}"
    assert values("array", element=element, low=0, high=0)[0] == "{}"
    counts = Counter(text.count(",") for text in values("array", element={"kind": "number.integer"}, low=1, high=3))
    assert set(counts) == {0, 1, 2}


def test_composites_leave_fields_out() -> None:
    number = {"kind": "constant", "params": {"value": 7}}
    made = values("composite", fields=[{"name": "a", **number, "null_permille": 500}, {"name": "b", **number}])
    assert set(made) == {"(7,7)", "(,7)"}


def test_ranges_are_within_bounds_and_never_empty() -> None:
    for text in values("range", of="integer", low=10, high=400, width_high=20):
        low, high = map(int, text[1:-1].split(","))
        assert 10 <= low < high <= 400
        assert high - low <= 20


def test_slots_make_room() -> None:
    bounds = {"of": "timestamp", "low": "2025-01-01T00:00:00", "high": "2025-02-01T00:00:00"}
    assert (REGISTRY.build("range", bounds).capacity or 0) < 1000
    assert (REGISTRY.build("range", {**bounds, "slots": 40_000}).capacity or 0) >= 40_000


def test_bounds_of_ranges_of_time_look_chosen() -> None:
    made = values("range", of="timestamp", low="2025-01-01T00:00:00", high="2025-02-01T00:00:00")
    assert all(
        re.fullmatch(r"\[2025-..-.. ..:(00|15|30|45):00\S*,2025-..-.. ..:(00|15|30|45):00\S*\)", v) for v in made
    )


def conforming(pattern: str, kind: str) -> list[Any]:
    patterns = (Pattern(PatternForm.REGEX, pattern),)
    built, recognised = compile_pattern(patterns, max_length=40), compile_recogniser(patterns, max_length=40)
    assert built is not None and recognised is not None
    automata = {"automaton": built.to_json(), "recognised": recognised.to_json()}
    return values("text.conforming", kind=kind, params={"group_key": "5"}, **automata)


@pytest.mark.parametrize(
    ("pattern", "kind", "spelled"),
    [
        (
            r"^[A-Za-z .'-]+$",
            "place.city",
            lambda city: "".join(
                c for c in normalize("NFKD", city.replace("ł", "l").replace("Ł", "L")) if not combining(c)
            ),
        ),
        (r"^\+[0-9]+$", "place.phone", lambda phone: phone.replace("-", "")),
        (r"^[A-Z]{2}$", "place.country_code", str),
        (r"^[a-z]{2}$", "place.country_code", str.lower),
    ],
)
def test_patterns_keep_what_a_column_means(pattern: str, kind: str, spelled: Callable[[str], str]) -> None:
    found, meant = conforming(pattern, kind), values(kind, group_key="5")
    assert all(re.search(pattern, text) for text in found)
    assert found == [spelled(text) for text in meant]
