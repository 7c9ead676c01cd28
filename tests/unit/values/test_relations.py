"""Values beside a sibling: always on the right side of it, whatever types the two have."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw

REGISTRY = default_registry()
COUNT = 2000
ROWS = np.arange(COUNT)


def draw(**inputs: pa.Array) -> Draw:
    return Draw(ROWS, Stream(99), inputs)


def sibling(kind: str, params: dict[str, Any]) -> pa.Array:
    made = REGISTRY.build(kind, params)
    return made.values(Draw(ROWS, Stream(5)))


_DAYS = {"low": "2024-01-01", "high": "2025-12-31"}
_MOMENTS = {"low": "2024-01-01T00:00:00", "high": "2025-12-31T23:59:59"}
UNITS: list[tuple[str, pa.Array, dict[str, Any]]] = [
    ("integer", sibling("number.integer", {"low": -50, "high": 1000}), {"low": -50, "high": 1000}),
    ("integer", sibling("number.integer", {"low": -(2**60), "high": 2**60}), {"low": -(2**61), "high": 2**61}),
    ("integer", sibling("number.decimal", {"low": "-5", "high": "1000", "scale": 3}), {"low": -6, "high": 1001}),
    ("integer", sibling("number.float", {"low": -5.0, "high": 900.0}), {"low": -6, "high": 1001}),
    ("integer", sibling("choice", {"values": ["5", "17"]}), {"low": 0, "high": 1001}),
    ("decimal", sibling("number.decimal", {"low": "-5", "high": "1000", "scale": 2}), {"low": "-5", "high": "1000"}),
    ("decimal", sibling("number.decimal", {"low": "0", "high": "9", "scale": 5}), {"low": "-5", "high": "1000"}),
    ("decimal", sibling("number.integer", {}), {"low": "-1", "high": "1001"}),
    ("decimal", sibling("constant", {"value": "12.5"}), {"low": "-1", "high": "1001"}),
    ("float", sibling("number.float", {"low": -5.0, "high": 1000.0}), {"low": -5.0, "high": 1000.0}),
    ("float", sibling("number.integer", {}), {"low": -1.0, "high": 1001.0}),
    ("date", sibling("time.date", _DAYS), _DAYS),
    ("date", sibling("time.timestamp", _MOMENTS), {"low": "2023-12-31", "high": "2026-01-02"}),
    ("timestamp", sibling("time.timestamp", _MOMENTS), _MOMENTS),
    ("timestamp", sibling("time.timestamp", {**_MOMENTS, "step_us": 7}), _MOMENTS),
    ("timestamp", sibling("time.date", _DAYS), _MOMENTS),
    ("time", sibling("time.time", {}), {"low": "00:00:00", "high": "23:59:59"}),
]


def comparable(value: Any, like: Any) -> Any:
    if isinstance(value, datetime) or isinstance(like, datetime):
        return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if isinstance(value, (date, time)):
        return value
    return Decimal(value)


def pairs(made: pa.Array, beside: pa.Array) -> list[tuple[Any, Any]]:
    couples = zip(made.to_pylist(), beside.to_pylist(), strict=True)
    return [(comparable(a, b), comparable(b, a)) for a, b in couples if b is not None]


def end(params: dict[str, Any], name: str, unit: str) -> Any:
    text = params[name]
    readers = {"date": date.fromisoformat, "timestamp": datetime.fromisoformat, "time": time.fromisoformat}
    return readers[unit](text) if unit in readers else Decimal(text)


def held(bounds: dict[str, Any]) -> dict[str, Any]:
    """The bounds as limits that hold beside a sibling too."""
    return {"floor": bounds["low"], "ceiling": bounds["high"]}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(("unit", "beside", "bounds"), UNITS)
def test_above_and_below(unit: str, beside: pa.Array, bounds: dict[str, Any], strict: bool) -> None:
    for side in ("above", "below"):
        made = REGISTRY.build(
            "relative.between", {side: [{"column": "a", "strict": strict}], "unit": unit, **bounds, **held(bounds)}
        ).values(draw(a=beside))
        assert made.null_count == 0
        low, high = end(bounds, "low", unit), end(bounds, "high", unit)
        for value, other in pairs(made, beside):
            holds = value > other if side == "above" else value < other
            assert holds or (not strict and value == other)
            # Beyond the very end of the range there is nothing that could be strictly above or below.
            first, last = comparable(low, value), comparable(high, value)
            assert first <= value <= last or (strict and other in (first, last))


def test_a_value_lies_near_the_one_it_follows() -> None:
    made = REGISTRY.build(
        "relative.between", {"above": [{"column": "a", "strict": True}], "unit": "date", "spread": 10, **_DAYS}
    ).values(draw(a=sibling("time.date", _DAYS)))
    gaps = {
        (value - other).days for value, other in pairs(made, sibling("time.date", _DAYS)) if other < date(2025, 12, 1)
    }
    assert gaps == set(range(1, 12))


def test_a_null_bounds_nothing() -> None:
    nothing = pa.nulls(COUNT, pa.int64())
    params = {"above": [{"column": "a", "strict": True}], "low": 3, "high": 9, "unit": "integer"}
    made = REGISTRY.build("relative.between", params).values(draw(a=nothing))
    assert set(made.to_pylist()) == set(range(3, 10))


def test_a_value_between_two_siblings() -> None:
    low, high = sibling("number.integer", {"high": 100}), sibling("number.integer", {"low": 102, "high": 150})
    params = {
        "above": [{"column": "a", "strict": True}],
        "below": [{"column": "b", "strict": True}],
        "low": 0,
        "high": 1000,
        "unit": "integer",
    }
    made = REGISTRY.build("relative.between", params).values(draw(a=low, b=high)).to_pylist()
    assert all(a < v < b for a, v, b in zip(low.to_pylist(), made, high.to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("number.integer", {"low": 1, "high": 2}),
        ("logic.boolean", {}),
        ("choice", {"values": ["left", "right"]}),
        ("number.decimal", {"low": "0", "high": "0.02", "scale": 2}),
        ("text.words", {"max_length": 2}),
    ],
)
def test_different_never_equals_its_sibling(kind: str, params: dict[str, Any]) -> None:
    beside = sibling(kind, params)
    made = REGISTRY.build("relative.different", {"column": "a", "kind": kind, "params": params}).values(draw(a=beside))
    assert all(a != b for a, b in zip(made.to_pylist(), beside.to_pylist(), strict=True))


def test_different_sees_through_scales_and_case() -> None:
    params = {"column": "a", "kind": "number.integer", "params": {"low": 1, "high": 2}}
    beside = sibling("number.decimal", {"low": "1", "high": "2", "scale": 1})
    made = REGISTRY.build("relative.different", params).values(draw(a=beside))
    assert all(a != b for a, b in zip(made.to_pylist(), beside.to_pylist(), strict=True))
    params = {"column": "a", "kind": "choice", "params": {"values": ["on", "off"]}}
    made = REGISTRY.build("relative.different", params).values(draw(a=sibling("choice", {"values": ["ON ", "OFF"]})))
    texts = sibling("choice", {"values": ["on", "off"]}).to_pylist()
    assert all(a != b for a, b in zip(made.to_pylist(), texts, strict=True))


def test_a_column_of_no_order_is_refused_with_a_name() -> None:
    params = {"above": [{"column": "a", "strict": True}], "low": 3, "high": 9, "unit": "integer"}
    with pytest.raises(Exception, match="bool"):
        REGISTRY.build("relative.between", params).values(draw(a=pa.array([True] * COUNT)))


def test_a_remainder_is_exact_in_mixed_scales() -> None:
    whole, part = sibling("number.integer", {"high": 100}), sibling("number.decimal", {"high": "10", "scale": 3})
    bound = {"sum": {"a": "1/2", "b": -3}, "plus": "0.25"}
    params = {"above": [bound], "low": "-99", "high": "99", "unit": "decimal", "scale": 2}
    made = REGISTRY.build("relative.between", params).values(draw(a=whole, b=part))
    for value, a, b in zip(made.to_pylist(), whole.to_pylist(), part.to_pylist(), strict=True):
        least = Decimal(a) / 2 - 3 * b + Decimal("0.25")
        assert value >= least and (value <= 99 or value - least < Decimal("100.01"))


def test_moments_follow_numbers_and_spans_as_seconds() -> None:
    starts = sibling("time.timestamp", _MOMENTS)
    spans = sibling("time.interval", {"low": 60, "high": 7200})
    minutes = sibling("number.integer", {"high": 90})
    bound = {"sum": {"a": 1, "b": 1, "c": 60}, "plus": 5}
    params = {"above": [bound], "below": [bound], "unit": "timestamp", "units": {"b": "interval", "c": "integer"}}
    made = REGISTRY.build("relative.between", {**params, **_MOMENTS}).values(draw(a=starts, b=spans, c=minutes))
    for value, start, span, minute in zip(*(c.to_pylist() for c in (made, starts, spans, minutes)), strict=True):
        hours, rest, seconds = (int(part) for part in span.split(":"))
        assert (value - start).total_seconds() == (hours * 60 + rest + minute) * 60 + seconds + 5


def test_spans_follow_moments() -> None:
    starts = sibling("time.timestamp", _MOMENTS)
    ends = REGISTRY.build("relative.between", {"above": [{"column": "a"}], "unit": "timestamp", **_MOMENTS}).values(
        draw(a=starts)
    )
    bound = {"sum": {"b": 1, "a": -1}, "plus": 0}
    params = {"above": [bound], "below": [bound], "unit": "interval", "units": {"a": "timestamp", "b": "timestamp"}}
    made = REGISTRY.build("relative.between", {**params, "low": 0, "high": 10**9}).values(draw(a=starts, b=ends))
    for value, start, end_ in zip(made.to_pylist(), starts.to_pylist(), ends.to_pylist(), strict=True):
        hours, minutes, seconds = (int(part) for part in value.split(":"))
        assert (end_ - start).total_seconds() == (hours * 60 + minutes) * 60 + seconds


def test_every_part_of_a_total_is_as_great_as_the_others() -> None:
    common = {"low": 0, "high": 100, "floor": 0, "unit": "integer"}
    first = REGISTRY.build("relative.between", {**common, "parts": 2, "ceiling": 100}).values(draw())
    left = {"sum": {"a": -1}, "plus": 100}
    second = REGISTRY.build("relative.between", {**common, "below": [left]}).values(Draw(ROWS, Stream(7), {"a": first}))
    third = [100 - a - b for a, b in zip(first.to_pylist(), second.to_pylist(), strict=True)]
    assert min(third) >= 0
    for part in (first.to_pylist(), second.to_pylist(), third):
        assert 30 < sum(part) / COUNT < 37


@pytest.mark.parametrize("strict", [False, True])
def test_text_comes_after_its_sibling_in_every_collation(strict: bool) -> None:
    beside = sibling("text.words", {"max_length": 9})
    params = {"column": "a", "strict": strict, "kind": "text.words", "params": {"max_length": 10}}
    made = REGISTRY.build("relative.text_after", params).values(draw(a=beside)).to_pylist()
    differ = 0
    for value, other in zip(made, beside.to_pylist(), strict=True):
        assert value > other or (not strict and value == other)
        assert value.casefold() >= other.casefold()
        assert len(value) <= 10
        differ += not value.startswith(other)
    assert differ > COUNT // 2


@pytest.mark.parametrize(
    ("unit", "params", "least"),
    [
        ("integer", {"step": 100, "least": 7, "low": 50}, Decimal(7)),
        ("integer", {"by": [{"column": "increment"}], "above": [{"column": "start"}]}, Decimal(8)),
        ("decimal", {"step": "10", "scale": 2, "by": [{"column": "increment"}]}, Decimal("8.01")),
    ],
)
def test_what_rises_is_above_what_came_before(unit: str, params: dict[str, Any], least: Decimal) -> None:
    inputs = {"place": pa.array(ROWS + 1), "increment": pa.array(ROWS * 0 + 8), "start": pa.array(ROWS * 0 + 3_000)}
    made = REGISTRY.build("figure.rising", {"column": "place", "unit": unit, **params})
    values = [Decimal(value) for value in made.values(draw(**{name: inputs[name] for name in made.inputs})).to_pylist()]
    assert all(later - sooner >= least for sooner, later in pairwise(values))
    assert values[0] > (3_000 if "above" in params else params.get("low", 0))


def test_a_soft_bound_gives_way_to_a_firm_one() -> None:
    params = {
        "above": [{"column": "born", "soft": True}, {"column": "opens"}],
        "below": [{"column": "closes"}],
        "low": 0, "high": 1000, "unit": "integer",
    }  # fmt: skip
    beside = {"born": [5, 60, 90, None], "opens": [10, 10, 10, 10], "closes": [80, 80, 80, 80]}
    columns = {name: pa.array(values, pa.int64()) for name, values in beside.items()}
    made = REGISTRY.build("relative.between", params).values(Draw(np.arange(4), Stream(1), columns)).to_pylist()
    assert all(10 <= value <= 80 for value in made)
    assert made[1] >= 60
