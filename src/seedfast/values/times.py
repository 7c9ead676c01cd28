"""Timestamps, dates, times of day and intervals."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.standing import PARAMETER, oldest, standing

SECOND = 1_000_000
DAY = 86_400 * SECOND
_EPOCH = datetime(1970, 1, 1)
_OPENING, _OPEN = 8 * 3600, 10 * 3600
SHAPES = ("uniform", "business")


def microseconds(moment: datetime) -> int:
    """Return a timestamp without zone as microseconds since 1970."""
    span = moment.replace(tzinfo=UTC) - _EPOCH.replace(tzinfo=UTC)
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def day_number(day: date) -> int:
    """Return a date as days since 1970."""
    return day.toordinal() - _EPOCH.toordinal()


def clock_microseconds(clock: time) -> int:
    """Return a time of day as microseconds since midnight."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + clock.microsecond


class Steps(Numbered):
    """Points on a scale, a step apart; on whole multiples of the step where the range holds one."""

    def __init__(self, params: Params, low: int, high: int, step: int) -> None:
        parameters.ordered(params, low, high)
        if step < 1:
            raise parameters.wrong("step_us", "1 or more", step)
        aligned = -(-low // step) * step
        self.standing = standing(params)
        self.inputs = (self.standing,) if self.standing else ()
        self.low, self.high, self.step = aligned if aligned <= high else low, high, step
        super().__init__((high - self.low) // step + 1)

    def values(self, draw: Draw) -> pa.Array:
        """Return points spread over the range, earlier ones for rows of a high standing."""
        return self.at(self._drawn(draw), draw)

    def _drawn(self, draw: Draw) -> Rows:
        def again(purpose: str) -> Rows:
            return draw.below(self.capacity, purpose)

        return oldest(draw, self.standing, again("number"), again)

    def points(self, index: Rows) -> Rows:
        """Return the points of those numbers."""
        return self.low + index * self.step


def office_hours(points: Rows, draw: Draw, step: int) -> Rows:
    """Return moments, in microseconds, moved to hours of their day at which offices are open, mostly on weekdays."""
    days = points // DAY
    # Day 0 was a Thursday, so 2 and 3 after it are a weekend; of five such days one stays.
    weekend = np.isin(days % 7, (2, 3)) & (draw.below(5, "weekend") > 0)
    days = np.where(weekend, days - 2, days)
    seconds = _OPENING + (draw.below(_OPEN, "hour") + draw.below(_OPEN, "hour again")) // 2
    moved: Rows = days * DAY + seconds * SECOND
    return moved // step * step if step < DAY else points


class Timestamps(Steps):
    """Timestamps; with the shape ``business`` mostly in office hours."""

    def __init__(self, params: Params) -> None:
        low, high = parameters.moment(params, "low"), parameters.moment(params, "high")
        step = parameters.integer(params, "step_us", SECOND)
        super().__init__(params, microseconds(low), microseconds(high), step)
        self.shape = parameters.one_of(params, "shape", SHAPES, "uniform")
        self.jitter = parameters.integer(params, "jitter_us", 1)
        if not 1 <= self.jitter <= self.step:
            raise parameters.wrong("jitter_us", "from 1 to step_us", self.jitter)

    def values(self, draw: Draw) -> pa.Array:
        """Return timestamps spread over the range."""
        points = self.points(self._drawn(draw))
        if self.shape == "business":
            moved = office_hours(points, draw, self.step)
            points = np.where((moved >= self.low) & (moved <= self.high), moved, points)
        return pa.array(points.astype("datetime64[us]"))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return timestamps within those steps."""
        points = self.points(index)
        if self.jitter > 1:
            seconds = draw.below(max(1, self.jitter // SECOND), "jitter") * SECOND
            points = np.minimum(points + seconds, self.high)
        return pa.array(points.astype("datetime64[us]"))


class Dates(Steps):
    """Dates."""

    def __init__(self, params: Params) -> None:
        low, high = parameters.day(params, "low"), parameters.day(params, "high")
        super().__init__(params, day_number(low), day_number(high), parameters.integer(params, "step_days", 1))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the dates so many days after the first."""
        return pa.array(self.points(index).astype(np.int32)).view(pa.date32())


def _clock_bounds(params: Params) -> tuple[int, int]:
    low, high = parameters.clock(params, "low", "00:00:00"), parameters.clock(params, "high", "23:59:59")
    return clock_microseconds(low), clock_microseconds(high)


class Times(Steps):
    """Times of day."""

    def __init__(self, params: Params) -> None:
        super().__init__(params, *_clock_bounds(params), parameters.integer(params, "step_us", SECOND))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the times so many steps after the first."""
        return pa.array(self.points(index)).view(pa.time64("us"))


class ZonedTimes(Times):
    """Times of day in UTC, as text with the zone."""

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the times so many steps after the first."""
        return columns.concatenated(super().at(index, draw).cast(pa.string()), "+00")


class Intervals(Numbered):
    """Spans of time of whole seconds, or of whole months."""

    def __init__(self, params: Params) -> None:
        self.low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 7 * 86_400)
        parameters.ordered(params, self.low, high)
        self.step = parameters.integer(params, "step_s", 1)
        self.months = parameters.one_of(params, "unit", ("second", "month"), "second") == "month"
        if self.step < 1:
            raise parameters.wrong("step_s", "1 or more", self.step)
        super().__init__((high - self.low) // self.step + 1)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the spans so many steps after the lowest."""
        spans = self.low + index * self.step
        if self.months:
            return columns.concatenated(columns.digits(spans), " mons")
        return written_spans(spans * SECOND)


def written_spans(microseconds: Rows) -> pa.Array:
    """Return spans of time as text in PostgreSQL's syntax: ``26:03:00``."""
    size = np.abs(microseconds)
    whole, fraction = np.divmod(size, SECOND)
    sign = columns.pool(["", "-"], (microseconds < 0).astype(np.int64))
    minutes = columns.zero_padded(whole // 60 % 60, 2)
    parts = [sign, columns.digits(whole // 3600), ":", minutes, ":", columns.zero_padded(whole % 60, 2)]
    return columns.concatenated(*parts, *((".", columns.zero_padded(fraction, 6)) if fraction.any() else ()))


def register(registry: Registry) -> None:
    """Register the times."""
    bounds = {"low": "earliest, ISO 8601", "high": "latest, ISO 8601"}
    steps = {**bounds, "step_us": "microseconds between neighbouring values"}
    jitter = "numbered values lie so far behind their step, at random, as microseconds"
    shaped = {**steps, "shape": "`uniform`, or `business` for office hours", "jitter_us": jitter, "standing": PARAMETER}
    days = {**bounds, "step_days": "days between neighbouring values", "standing": PARAMETER}
    spans = {
        "low": "shortest, in seconds",
        "high": "longest, in seconds",
        "step_s": "seconds between neighbouring values",
        "unit": "`second`, or `month` to count months instead",
    }
    registry.register(ValueKind("time.timestamp", "timestamps in a range", Timestamps, shaped))
    registry.register(ValueKind("time.date", "dates in a range", Dates, days))
    registry.register(ValueKind("time.time", "times of day", Times, steps))
    registry.register(ValueKind("time.timetz", "times of day with a zone", ZonedTimes, steps))
    registry.register(ValueKind("time.interval", "spans of time", Intervals, spans))
