"""Values that come again and again have the remainders and fields that were asked for, and all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np

from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw

REGISTRY = default_registry()


def everything(kind: str, params: dict[str, object]) -> list[object]:
    """All values of a generator, by their numbers."""
    made = REGISTRY.build(kind, params)
    assert made.capacity is not None
    rows = np.arange(made.capacity)
    found: list[object] = made.at(rows, Draw(rows, Stream(1))).to_pylist()
    return found


def test_integers_with_certain_remainders() -> None:
    found = everything("number.residue", {"low": 4, "high": 44, "modulus": "10", "residues": ["3", "1"]})
    assert found == [11, 13, 21, 23, 31, 33, 41, 43]


def test_decimals_that_are_multiples() -> None:
    found = everything("number.residue", {"low": "0.1", "high": "1", "modulus": "0.25", "residues": ["0"], "scale": 2})
    assert found == [Decimal("0.25"), Decimal("0.50"), Decimal("0.75"), Decimal("1.00")]


def test_days_by_every_field() -> None:
    days = [date(2019, 12, 1) + timedelta(days=n) for n in range(800)]
    asked = {
        "day": ([1, 31], lambda d: d.day),
        "month": ([2, 12], lambda d: d.month),
        "quarter": ([1], lambda d: (d.month + 2) // 3),
        "week": ([1, 53], lambda d: d.isocalendar()[1]),
        "doy": ([1, 366], lambda d: d.timetuple().tm_yday),
        "dow": ([0, 6], lambda d: d.isoweekday() % 7),
        "isodow": ([1, 5], lambda d: d.isoweekday()),
    }
    for name, (wanted, field) in asked.items():
        params = {"low": days[0].isoformat(), "high": days[-1].isoformat(), "fields": {name: wanted}}
        assert everything("time.calendar", params) == [day for day in days if field(day) in wanted], name


def test_moments_at_whole_hours_of_working_days() -> None:
    fields = {"isodow": [1, 2, 3, 4, 5], "hour": [8, 9], "minute": [0], "second": [0]}
    params = {"low": "2026-02-27T12:00:00", "high": "2026-03-03T12:00:00", "unit": "timestamp", "fields": fields}
    assert everything("time.calendar", params) == [datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 9)]
