"""Values that come again and again: multiples of a number, first days of a month, working days, whole hours."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, ValueKind
from seedfast.values.numbered import MOST, Numbered
from seedfast.values.numeric import scaled_bounds
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.times import DAY, SECOND, clock_microseconds, day_number, microseconds

_DAYS = ("day", "month", "quarter", "week", "doy", "dow", "isodow")
_CLOCK = ("hour", "minute", "second")
_SHOWN = ("date", "timestamp", "time")


class Residues(Numbered):
    """Numbers of a scale between two bounds that leave certain remainders."""

    def __init__(self, params: Params) -> None:
        self.scale = parameters.count(params, "scale", 0)
        self.exact = "scale" in params
        low, high = parameters.decimal(params, "low", "0"), parameters.decimal(params, "high", "1000")
        least, most = scaled_bounds(low, high, self.scale)
        modulus = parameters.decimal(params, "modulus")
        self.modulus = int(modulus.scaleb(self.scale))
        if self.modulus < 1:
            raise parameters.wrong("modulus", "above 0", params.get("modulus"))
        rests = [int(Decimal(str(rest)).scaleb(self.scale)) for rest in parameters.items(params, "residues")]
        # The smallest number of each remainder, so that those of one round follow one another.
        self.first = np.sort(np.array([least + (rest - least) % self.modulus for rest in rests], dtype=np.int64))
        capacity = sum((most - int(first)) // self.modulus + 1 for first in self.first if first <= most)
        if capacity < 1:
            raise parameters.wrong("residues", "remainders of a number between low and high", params.get("residues"))
        super().__init__(min(capacity, MOST))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers in ascending order."""
        rounds, place = np.divmod(index, len(self.first))
        numbers = self.first[place] + rounds * self.modulus
        return columns.decimals(numbers, 0, precision=38, scale=self.scale) if self.exact else pa.array(numbers)


class Calendar(Numbered):
    """Dates, timestamps or times of day whose fields (month, isodow, hour ...) have certain values."""

    def __init__(self, params: Params) -> None:
        self.unit = parameters.one_of(params, "unit", _SHOWN, "date")
        fields = parameters.mapping(params, "fields")
        unknown = set(fields) - {*_DAYS, *_CLOCK}
        if unknown:
            raise parameters.wrong("fields", "fields of a date or time", sorted(unknown)[0])
        if self.unit == "time":
            low, high = (parameters.clock(params, end, text) for end, text in (("low", "00:00"), ("high", "23:59:59")))
            self.days = np.zeros(1, dtype=np.int64)
            span = clock_microseconds(low), clock_microseconds(high)
        elif self.unit == "date":
            first, last = day_number(parameters.day(params, "low")), day_number(parameters.day(params, "high"))
            self.days, span = _days(first, last, fields), (0, 0)
        else:
            start, end = (microseconds(parameters.moment(params, name)) for name in ("low", "high"))
            # Whole days alone, so that every time of day can be combined with every day.
            self.days = _days(-(-start // DAY), (end + SECOND) // DAY - 1, fields)
            span = 0, DAY - 1
        self.clock = _clock(*span, fields) if self.unit != "date" else np.zeros(1, dtype=np.int64)
        if not len(self.days) or not len(self.clock):
            raise parameters.wrong("fields", "values of a date or time between low and high", dict(fields))
        super().__init__(len(self.days) * len(self.clock))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the dates or times in ascending order."""
        day, clock = np.divmod(index, len(self.clock))
        if self.unit == "date":
            return pa.array(self.days[day].astype(np.int32)).view(pa.date32())
        points = self.days[day] * DAY + self.clock[clock] * SECOND
        if self.unit == "time":
            return pa.array(points).view(pa.time64("us"))
        return pa.array(points.astype("datetime64[us]"))


def _days(first: int, last: int, fields: Params) -> Rows:
    numbers = np.arange(first, last + 1, dtype=np.int64)
    days = numbers.astype("datetime64[D]")
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    month = months.astype(np.int64) % 12 + 1
    isodow = (numbers + 3) % 7 + 1
    thursday = (numbers - isodow + 4).astype("datetime64[D]")
    parts = {
        "day": (days - months.astype("datetime64[D]")).astype(np.int64) + 1,
        "month": month,
        "quarter": (month + 2) // 3,
        "week": (thursday - thursday.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64) // 7 + 1,
        "doy": (days - years.astype("datetime64[D]")).astype(np.int64) + 1,
        "dow": isodow % 7,
        "isodow": isodow,
    }
    return _kept(numbers, parts, fields)


def _clock(low: int, high: int, fields: Params) -> Rows:
    seconds = np.arange(-(-low // SECOND), high // SECOND + 1, dtype=np.int64)
    parts = {"hour": seconds // 3600, "minute": seconds // 60 % 60, "second": seconds % 60}
    return _kept(seconds, parts, fields)


def _kept(numbers: Rows, parts: Mapping[str, Rows], fields: Params) -> Rows:
    """Return the numbers whose parts are among those listed."""
    kept = np.ones(len(numbers), dtype=np.bool_)
    for name, values in parts.items():
        if name in fields:
            kept &= np.isin(values, fields[name])
    out: Rows = numbers[kept]
    return out


def register(registry: Registry) -> None:
    """Register what comes again and again."""
    bounds = {"low": "lowest value", "high": "highest value"}
    residues = {
        **bounds,
        "modulus": "what the number is divided by, as text",
        "residues": "the remainders allowed, as text",
        "scale": "digits after the point; integers where it isn't given",
    }
    calendar = {
        **bounds,
        "unit": "one of " + ", ".join(_SHOWN),
        "fields": "lists of numbers allowed, by " + ", ".join((*_DAYS, *_CLOCK)),
    }
    registry.register(ValueKind("number.residue", "numbers that leave certain remainders", Residues, residues))
    registry.register(ValueKind("time.calendar", "dates and times by their fields", Calendar, calendar))
