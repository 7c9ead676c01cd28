"""Ranges and multiranges; numbered ones never overlap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.nested import telling_apart
from seedfast.values.numbered import Numbered
from seedfast.values.numeric import scaled_bounds
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.times import SECOND, clock_microseconds, day_number, microseconds

_UNITS = ("integer", "decimal", "date", "timestamp", "time")


@dataclass(frozen=True, slots=True)
class _Scale:
    """The points that bounds lie on: whole numbers of ticks from ``low`` to ``high``, and how they are written.

    ``coarse`` are the widths between bounds that look natural, widest first.
    """

    low: int
    high: int
    width_low: int
    width_high: int
    coarse: tuple[int, ...]
    written: Callable[[Rows], pa.Array]


def _timestamp_text(seconds: Rows) -> pa.Array:
    return columns.text(pa.array((seconds * SECOND).astype("datetime64[us]")))


def _date_text(days: Rows) -> pa.Array:
    return columns.text(pa.array(days.astype(np.int32)).view(pa.date32()))


def _time_text(seconds: Rows) -> pa.Array:
    return pa.array(seconds.astype(np.int32)).view(pa.time32("s")).cast(pa.string())


def _scale(params: Params) -> _Scale:
    unit = parameters.one_of(params, "of", _UNITS)
    if unit == "integer":
        low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 1_000_000)
        return _Scale(low, high, 1, 100, (1,), columns.digits)
    if unit == "decimal":
        scale = parameters.count(params, "scale", 2)
        low, high = scaled_bounds(
            parameters.decimal(params, "low", "0"), parameters.decimal(params, "high", "1000000"), scale
        )
        return _Scale(low, high, 1, 100 * 10**scale, (1,), lambda ticks: columns.decimal_text(ticks, scale))
    if unit == "date":
        first, last = parameters.day(params, "low"), parameters.day(params, "high")
        return _Scale(day_number(first), day_number(last), 1, 14, (1,), _date_text)
    if unit == "timestamp":
        early, late = parameters.moment(params, "low"), parameters.moment(params, "high")
        low, high = -(-microseconds(early) // SECOND), microseconds(late) // SECOND
        return _Scale(low, high, 1800, 4 * 3600, (900, 60, 1), _timestamp_text)
    opening, closing = parameters.clock(params, "low", "00:00:00"), parameters.clock(params, "high", "23:59:59")
    low, high = clock_microseconds(opening) // SECOND, clock_microseconds(closing) // SECOND
    return _Scale(low, high, 900, 2 * 3600, (900, 60, 1), _time_text)


class Ranges(Numbered):
    """Ranges with a lower bound inside and an upper one outside, never empty.

    The scale is cut into slots as wide as the widest range; the range of number i lies in slot i.
    """

    def __init__(self, params: Params) -> None:
        self.scale = _scale(params)
        total = self.scale.high - self.scale.low
        if total < 1:
            raise parameters.wrong("high", "above low", params.get("high"))
        slots = max(1, parameters.count(params, "slots", 1))
        self.widest = max(1, min(parameters.count(params, "width_high", self.scale.width_high), total // slots))
        self.narrowest = max(1, min(parameters.count(params, "width_low", self.scale.width_low), self.widest))
        fine = self.narrowest
        self.step = next((step for step in self.scale.coarse if self.widest >= 2 * step and fine >= step), 1)
        self.widest -= self.widest % self.step
        aligned = -(-self.scale.low // self.step) * self.step
        if self.scale.high - aligned < self.widest:
            aligned = self.scale.low
        self.low = aligned
        super().__init__((self.scale.high - self.low) // self.widest)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the ranges in the slots of those numbers."""
        steps, least = self.widest // self.step, -(-self.narrowest // self.step)
        width = least + draw.below(steps - least + 1, "width")
        start = self.low + index * self.widest + self._offset(steps - width, draw) * self.step
        return self._range(start, start + width * self.step)

    def _offset(self, room: Rows, draw: Draw) -> Rows:
        return (draw.words("offset") % (room + 1).astype(np.uint64)).astype(np.int64)

    def _range(self, low: Rows, high: Rows) -> pa.Array:
        return columns.concatenated("[", self.scale.written(low), ",", self.scale.written(high), ")")


class Multiranges(Ranges):
    """Multiranges of one range or two that lie apart, within one slot."""

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the multiranges in the slots of those numbers."""
        single = columns.concatenated("{", super().at(index, draw), "}")
        third = self.widest // self.step // 3 * self.step
        if not third:
            return single
        start = self.low + index * self.widest
        end = start + self.widest
        pair = columns.concatenated("{", self._range(start, start + third), ",", self._range(end - third, end), "}")
        return columns.chosen(draw.below(2, "ranges") == 1, pair, single)


class SingleRanges(Generator):
    """Ranges of one value, which need no order among values; ``ends`` enclose the range."""

    def __init__(self, registry: Registry, params: Params, ends: tuple[str, str]) -> None:
        self.element = telling_apart(registry, *parameters.nested(params, "element"))
        self.inputs = self.element.inputs
        self.capacity = self.element.capacity
        self.opening, self.closing = ends

    def values(self, draw: Draw) -> pa.Array:
        """Return ranges of random values."""
        return self._text(self.element.values(draw))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return ranges of the values of those numbers."""
        return self._text(self.element.at(index, draw))

    def _text(self, values: pa.Array) -> pa.Array:
        member = columns.member(values)
        return columns.concatenated(self.opening, member, ",", member, self.closing)


def register(registry: Registry) -> None:
    """Register the ranges."""
    explained = {
        "of": "one of " + ", ".join(_UNITS),
        "low": "lowest bound",
        "high": "highest bound",
        "scale": "digits after the point of decimals",
        "width_low": "narrowest: whole numbers, units of the last digit, days, or seconds",
        "width_high": "widest, likewise",
        "slots": "so many ranges must find room without overlapping",
    }
    element = {"element": "the value's kind and params"}
    registry.register(ValueKind("range", "ranges", Ranges, explained))
    registry.register(ValueKind("multirange", "multiranges", Multiranges, explained))
    registry.register(
        ValueKind("range.single", "ranges of one value", lambda p: SingleRanges(registry, p, ("[", "]")), element)
    )
    registry.register(
        ValueKind(
            "multirange.single", "multiranges of one value", lambda p: SingleRanges(registry, p, ("{[", "]}")), element
        )
    )
