"""Parts of a date in columns of their own: its year, the name of its month, whether it is on a weekend."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.values import parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY = 6


def _iso_day(moments: pa.Array) -> pa.Array:
    return pc.day_of_week(moments, count_from_zero=False, week_start=1)


def _named(numbers: pa.Array, names: tuple[str, ...]) -> pa.Array:
    return pa.array(names, pa.string()).take(pc.subtract(numbers, 1))


PARTS: Mapping[str, Callable[[pa.Array], pa.Array]] = {
    "year": pc.year,
    "quarter": pc.quarter,
    "month": pc.month,
    "week": pc.iso_week,
    "day": pc.day,
    "day_of_year": pc.day_of_year,
    "iso_weekday": _iso_day,
    "weekday": lambda moments: pc.day_of_week(moments, count_from_zero=True, week_start=7),
    "hour": pc.hour,
    "month_name": lambda moments: _named(pc.month(moments), _MONTHS),
    "day_name": lambda moments: _named(_iso_day(moments), _DAYS),
    "weekend": lambda moments: pc.greater_equal(_iso_day(moments), _SATURDAY),
}
"""The parts that a date or timestamp has; days of the week count from 1 for Monday, or from 0 for Sunday."""


class DatePart(Generator):
    """A part of the date in a sibling."""

    def __init__(self, params: Params) -> None:
        self.column = parameters.string(params, "column")
        self.inputs = (self.column,)
        self.part = PARTS[parameters.one_of(params, "part", tuple(PARTS))]

    def values(self, draw: Draw) -> pa.Array:
        """Return the part per row, NULL where there is no date."""
        return self.part(draw.inputs[self.column].cast(pa.timestamp("us")))


def register(registry: Registry) -> None:
    """Register parts of dates."""
    params = {"column": "the date or timestamp", "part": "which part of it: " + ", ".join(PARTS)}
    registry.register(ValueKind("time.part", "the year, month or another part of a date beside it", DatePart, params))
