"""Values that can be ordered, counted in whole ticks: how siblings of several types are compared and added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.constraints.constants import read_interval
from seedfast.errors import GenerateError
from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.numeric import scaled_bounds
from seedfast.values.parameters import Params
from seedfast.values.times import DAY, SECOND, clock_microseconds, day_number, microseconds, written_spans

UNITS = ("integer", "decimal", "float", "date", "timestamp", "time", "interval")
FAR = 1 << 61
"""Bounds beyond it are brought here, so that no sum of two overflows."""

_FLOAT_TICKS = 1_000_000
"""Floating-point numbers are compared and made in millionths."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How values of a unit are counted: in ticks, ``step`` of which are the least natural distance.

    ``low`` and ``high`` are the bounds where no sibling gives one, ``spread`` how far a value lies from its sibling at
    the most, all in ticks; ``made`` turns ticks into a column. ``scale`` is that of decimals.
    """

    arrow: pa.DataType
    low: int
    high: int
    step: int
    spread: int
    made: Callable[[Rows], pa.Array]
    scale: int = 0


def measure_of(params: Params) -> Measure:
    """Return how values are counted, as ``unit`` and the bounds say."""
    unit = parameters.one_of(params, "unit", UNITS, "integer")
    if unit == "integer":
        low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 1_000_000)
        return Measure(pa.int64(), low, high, 1, parameters.count(params, "spread", 100), pa.array)
    if unit == "decimal":
        return _decimal_measure(params)
    if unit == "float":
        low = int(parameters.number(params, "low", 0.0) * _FLOAT_TICKS)
        high = int(parameters.number(params, "high", 1_000_000.0) * _FLOAT_TICKS)
        spread = int(parameters.number(params, "spread", 100.0) * _FLOAT_TICKS)
        step = max(int(parameters.number(params, "step", 0.01) * _FLOAT_TICKS), 1)
        return Measure(pa.float64(), low, high, step, spread, lambda ticks: pa.array(ticks / _FLOAT_TICKS))
    if unit == "date":
        low = day_number(parameters.day(params, "low", "2020-01-01"))
        high = day_number(parameters.day(params, "high", "2030-12-31"))
        spread = parameters.count(params, "spread", 30)
        return Measure(pa.date32(), low, high, 1, spread, lambda t: pa.array(t.astype(np.int32)).view(pa.date32()))
    if unit == "timestamp":
        low = microseconds(parameters.moment(params, "low", "2020-01-01T00:00:00"))
        high = microseconds(parameters.moment(params, "high", "2030-12-31T23:59:59"))
        spread = parameters.count(params, "spread", 30 * 86_400) * SECOND
        step = max(parameters.count(params, "step", 1), 1) * SECOND
        return Measure(
            pa.timestamp("us"), low, high, step, spread, lambda ticks: pa.array(ticks.astype("datetime64[us]"))
        )
    if unit == "interval":
        low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 7 * 86_400)
        spread = parameters.count(params, "spread", 4 * 3600) * SECOND
        return Measure(pa.duration("us"), low * SECOND, high * SECOND, SECOND, spread, written_spans)
    low = clock_microseconds(parameters.clock(params, "low", "00:00:00"))
    high = clock_microseconds(parameters.clock(params, "high", "23:59:59"))
    spread = parameters.count(params, "spread", 4 * 3600) * SECOND
    return Measure(pa.time64("us"), low, high, SECOND, spread, lambda ticks: pa.array(ticks).view(pa.time64("us")))


def _decimal_measure(params: Params) -> Measure:
    scale = min(parameters.count(params, "scale", 2), 18)
    precision = min(max(parameters.integer(params, "precision", 38), scale, 1), 38)
    low, high = parameters.decimal(params, "low", "0"), parameters.decimal(params, "high", "1000000")
    least, most = scaled_bounds(low, high, scale)
    spread = int(parameters.decimal(params, "spread", "100").scaleb(scale))
    low_tick = -FAR

    def made(ticks: Rows) -> pa.Array:
        return columns.decimals(ticks - low_tick, low_tick, precision=precision, scale=scale)

    return Measure(pa.decimal128(38, scale), least, most, 1, spread, made, scale)


def clipped(tick: int) -> int:
    """Return a bound, or the farthest one that sums have room for."""
    return max(-FAR, min(FAR, tick))


_ARROW = {
    "integer": pa.int64(),
    "decimal": pa.decimal128(38, 18),
    "float": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "time": pa.time64("us"),
    "interval": pa.duration("us"),
}


def typed(texts: pa.Array, unit: str | None, measure: Measure) -> pa.Array:
    """Return values written as text as what they are: of the unit, or of the measure's own."""
    wanted: Any = measure.arrow if unit is None else _ARROW[unit]
    if not pa.types.is_duration(wanted):
        plain = pc.replace_substring_regex(texts, r"\+00(:00)?$", "")
        try:
            return plain.cast(wanted)
        except pa.ArrowNotImplementedError:
            return pa.nulls(len(texts), wanted)
        except pa.ArrowInvalid:
            # Some of it is a moment that Arrow doesn't know, such as infinity: that bounds nothing.
            known = pc.match_substring_regex(plain, r"^-?[\d.:T -]+$")
        try:
            return pc.if_else(known, plain, pa.scalar(None, pa.string())).cast(wanted)
        except pa.ArrowInvalid:
            return pa.nulls(len(texts), wanted)
    # Most are of one form; others are read one by one, each text once.
    parts = pc.extract_regex(texts, r"^(?P<sign>-?)(?P<h>\d+):(?P<m>\d\d):(?P<s>\d\d)$")
    fields = {name: pc.struct_field(parts, name) for name in ("sign", "h", "m", "s")}
    hours, minutes, seconds = (fields[name].cast(pa.int64()) for name in ("h", "m", "s"))
    size = pc.add(pc.multiply(pc.add(pc.multiply(hours, 60), minutes), 60), seconds)
    micros = pc.multiply(pc.if_else(pc.equal(fields["sign"], "-"), pc.negate(size), size), SECOND)
    others = pc.and_(pc.is_null(micros), texts.is_valid())
    if pc.any(others).as_py():
        odd = pc.if_else(others, texts, None).dictionary_encode()
        spans = [read_interval(text).elapsed for text in odd.dictionary.to_pylist()]
        micros = pc.coalesce(micros, pa.array(spans, pa.duration("us")).cast(pa.int64()).take(odd.indices))
    return micros.cast(pa.duration("us"))


def per_unit(measure: Measure) -> int:
    """Return how many ticks are one: a number, a day of dates, a second of other times."""
    kind: Any = measure.arrow
    if pa.types.is_floating(kind):
        return _FLOAT_TICKS
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind) or pa.types.is_duration(kind):
        return SECOND
    return int(10**measure.scale)


def counted(column: pa.Array, measure: Measure) -> tuple[Rows, Fraction]:
    """Return the values as integers, and how many ticks each of their units is."""
    kind: Any = column.type
    wanted: Any = measure.arrow
    one = per_unit(measure)
    if pa.types.is_floating(kind) and pa.types.is_floating(wanted):
        return _integers(pc.cast(pc.round(pc.multiply(column, float(_FLOAT_TICKS))), pa.int64(), safe=False)), Fraction(
            1
        )
    if pa.types.is_floating(kind):
        places = max(measure.scale, 6)
        scaled = pc.floor(pc.multiply(column, float(10**places)))
        return _integers(pc.cast(scaled, pa.int64(), safe=False)), Fraction(one, 10**places)
    if pa.types.is_decimal(kind):
        wide = column.cast(pa.decimal128(38, kind.scale)) if kind.precision != 38 else column
        return _low_words(wide), Fraction(one, 10**kind.scale)
    if pa.types.is_date(kind):
        days = _integers(column.view(pa.int32()).cast(pa.int64()))
        return days, Fraction(DAY if pa.types.is_timestamp(wanted) else one)
    if pa.types.is_timestamp(kind):
        moments = _integers(column.cast(pa.timestamp("us", kind.tz)).view(pa.int64()))
        return moments, Fraction(1, DAY) if pa.types.is_date(wanted) else Fraction(one, SECOND)
    if pa.types.is_time(kind):
        return _integers(column.cast(pa.time64("us")).view(pa.int64())), Fraction(one, SECOND)
    if pa.types.is_duration(kind):
        return _integers(column.cast(pa.duration("us")).cast(pa.int64())), Fraction(one, SECOND)
    if pa.types.is_integer(kind):
        return _integers(column.cast(pa.int64())), Fraction(one)
    raise GenerateError("SF-KIND-INPUT", f"Values can't be put in order beside a column of {kind}.")


def _integers(column: pa.Array) -> Rows:
    filled: Rows = column.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return filled


def times(numbers: Rows, factor: int, parts: int) -> Rows:
    """Return the multiples, one of so many parts of a sum that must not overflow."""
    most = FAR // (max(abs(factor), 1) * parts)
    return np.clip(numbers, -most, most) * factor


def _low_words(column: pa.Array) -> Rows:
    """Return 128-bit integers as 64-bit ones, those that don't fit as the nearest."""
    data = np.frombuffer(column.buffers()[1], dtype="<i8")[2 * column.offset : 2 * (column.offset + len(column))]
    low, high = data[0::2], data[1::2]
    fits = high == low >> 63
    out = np.where(fits, low, np.where(high < 0, -FAR, FAR))
    present = column.is_valid().to_numpy(zero_copy_only=False)
    result: Rows = np.where(present, out, 0).astype(np.int64)
    return result


def limits(params: Params) -> tuple[int, int]:
    """Return ``floor`` and ``ceiling`` in ticks, each as far away as can be where it isn't given."""
    ends = {}
    for name, far in (("floor", -FAR), ("ceiling", FAR)):
        given = params.get(name) is not None
        measure = measure_of({**params, "low": params[name], "high": params[name]}) if given else None
        ends[name] = far if measure is None else clipped(measure.low)
    return ends["floor"], ends["ceiling"]
