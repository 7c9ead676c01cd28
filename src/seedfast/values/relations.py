"""Values that depend on a sibling column of their row: above it, below it, equal to it, or different from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.constraints.constants import read_interval
from seedfast.errors import GenerateError
from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.nested import telling_apart
from seedfast.values.numeric import scaled_bounds
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.times import DAY, SECOND, clock_microseconds, day_number, microseconds, written_spans

Mask = npt.NDArray[np.bool_]

_UNITS = ("integer", "decimal", "float", "date", "timestamp", "time", "interval")
_FAR = 1 << 61
"""Bounds beyond it are brought here, so that no sum of two overflows."""

_FLOAT_TICKS = 1_000_000
"""Floating-point numbers are compared and made in millionths."""


@dataclass(frozen=True, slots=True)
class _Measure:
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


def _measure(params: Params) -> _Measure:
    unit = parameters.one_of(params, "unit", _UNITS, "integer")
    if unit == "integer":
        low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 1_000_000)
        return _Measure(pa.int64(), low, high, 1, parameters.count(params, "spread", 100), pa.array)
    if unit == "decimal":
        return _decimal_measure(params)
    if unit == "float":
        low = int(parameters.number(params, "low", 0.0) * _FLOAT_TICKS)
        high = int(parameters.number(params, "high", 1_000_000.0) * _FLOAT_TICKS)
        spread = int(parameters.number(params, "spread", 100.0) * _FLOAT_TICKS)
        step = max(int(parameters.number(params, "step", 0.01) * _FLOAT_TICKS), 1)
        return _Measure(pa.float64(), low, high, step, spread, lambda ticks: pa.array(ticks / _FLOAT_TICKS))
    if unit == "date":
        low = day_number(parameters.day(params, "low", "2020-01-01"))
        high = day_number(parameters.day(params, "high", "2030-12-31"))
        spread = parameters.count(params, "spread", 30)
        return _Measure(pa.date32(), low, high, 1, spread, lambda t: pa.array(t.astype(np.int32)).view(pa.date32()))
    if unit == "timestamp":
        low = microseconds(parameters.moment(params, "low", "2020-01-01T00:00:00"))
        high = microseconds(parameters.moment(params, "high", "2030-12-31T23:59:59"))
        spread = parameters.count(params, "spread", 30 * 86_400) * SECOND
        return _Measure(
            pa.timestamp("us"), low, high, SECOND, spread, lambda ticks: pa.array(ticks.astype("datetime64[us]"))
        )
    if unit == "interval":
        low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 7 * 86_400)
        spread = parameters.count(params, "spread", 4 * 3600) * SECOND
        return _Measure(pa.duration("us"), low * SECOND, high * SECOND, SECOND, spread, written_spans)
    low = clock_microseconds(parameters.clock(params, "low", "00:00:00"))
    high = clock_microseconds(parameters.clock(params, "high", "23:59:59"))
    spread = parameters.count(params, "spread", 4 * 3600) * SECOND
    return _Measure(pa.time64("us"), low, high, SECOND, spread, lambda ticks: pa.array(ticks).view(pa.time64("us")))


def _decimal_measure(params: Params) -> _Measure:
    scale = min(parameters.count(params, "scale", 2), 18)
    precision = min(max(parameters.integer(params, "precision", 38), scale, 1), 38)
    low, high = parameters.decimal(params, "low", "0"), parameters.decimal(params, "high", "1000000")
    least, most = scaled_bounds(low, high, scale)
    spread = int(parameters.decimal(params, "spread", "100").scaleb(scale))
    low_tick = -_FAR

    def made(ticks: Rows) -> pa.Array:
        return columns.decimals(ticks - low_tick, low_tick, precision=precision, scale=scale)

    return _Measure(pa.decimal128(38, scale), least, most, 1, spread, made, scale)


def _clipped(tick: int) -> int:
    return max(-_FAR, min(_FAR, tick))


@dataclass(frozen=True, slots=True)
class _Ticks:
    """What siblings add up to: the whole ticks below it, whether something is left over, and where it is known."""

    whole: Rows
    over: Mask
    present: Mask


@dataclass(frozen=True, slots=True)
class _Sum:
    """``sum of factor x sibling + plus``, a bound on a value; with ``strict`` the value may not reach it.

    Siblings count as themselves where they are of the value's own unit; beside moments, numbers are seconds, beside
    dates they are days, and the other way round.
    """

    factors: tuple[tuple[str, Fraction], ...]
    plus: Fraction
    strict: bool
    units: Mapping[str, str]

    @staticmethod
    def read(entry: Any, name: str, units: Mapping[str, str]) -> _Sum:
        """Return what a parameter says: ``{"column": .., "strict": ..}``, or ``{"sum": {..}, "plus": ..}``."""
        if not isinstance(entry, dict):
            raise parameters.wrong(name, "a list of objects with a column or a sum", entry)
        strict = parameters.flag(entry, "strict", default=False)
        if "sum" not in entry:
            return _Sum(((parameters.string(entry, "column"), Fraction(1)),), Fraction(0), strict, units)
        factors = parameters.mapping(entry, "sum")
        return _Sum(
            tuple((column, parameters.fraction(factors, column)) for column in factors),
            parameters.fraction(entry, "plus", Fraction(0)),
            strict,
            units,
        )

    @property
    def near(self) -> bool:
        """Whether the bound is one sibling, moved."""
        return len(self.factors) == 1 and self.factors[0][1] == 1

    def ticks(self, draw: Draw, measure: _Measure) -> _Ticks:
        """Return the sum of the siblings' values, exact for every pair of types that can be compared."""
        present = np.ones(len(draw.rows), dtype=np.bool_)
        parts: list[tuple[Rows, Fraction]] = []
        for name, factor in self.factors:
            column = draw.inputs[name]
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            if pa.types.is_string(column.type):
                column = _typed(column, self.units.get(name), measure)
            present &= np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
            numbers, worth = _counted(column, measure)
            parts.append((numbers, factor * worth))
        plus = self.plus * _per_unit(measure)
        common = lcm(plus.denominator, *(worth.denominator for _, worth in parts))
        total = np.full(len(draw.rows), _clipped(int(plus * common)))
        for numbers, worth in parts:
            total += _times(numbers, int(worth * common), len(parts))
        whole = np.floor_divide(total, common)
        return _Ticks(np.clip(whole, -_FAR, _FAR), total - whole * common != 0, present)


_ARROW = {
    "integer": pa.int64(),
    "decimal": pa.decimal128(38, 18),
    "float": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "time": pa.time64("us"),
    "interval": pa.duration("us"),
}


def _typed(texts: pa.Array, unit: str | None, measure: _Measure) -> pa.Array:
    """Return values written as text as what they are: of the unit, or of the measure's own."""
    wanted: Any = measure.arrow if unit is None else _ARROW[unit]
    if not pa.types.is_duration(wanted):
        try:
            return pc.replace_substring_regex(texts, r"\+00(:00)?$", "").cast(wanted)
        except pa.ArrowInvalid:
            # Some of it is a moment that Arrow doesn't know, such as infinity: the column bounds nothing then.
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


def _per_unit(measure: _Measure) -> int:
    """Return how many ticks are one: a number, a day of dates, a second of other times."""
    kind: Any = measure.arrow
    if pa.types.is_floating(kind):
        return _FLOAT_TICKS
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind) or pa.types.is_duration(kind):
        return SECOND
    return int(10**measure.scale)


def _counted(column: pa.Array, measure: _Measure) -> tuple[Rows, Fraction]:
    """Return the values as integers, and how many ticks each of their units is."""
    kind: Any = column.type
    wanted: Any = measure.arrow
    one = _per_unit(measure)
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


def _times(numbers: Rows, factor: int, parts: int) -> Rows:
    """Return the multiples, one of so many parts of a sum that must not overflow."""
    most = _FAR // (max(abs(factor), 1) * parts)
    return np.clip(numbers, -most, most) * factor


def _low_words(column: pa.Array) -> Rows:
    """Return 128-bit integers as 64-bit ones, those that don't fit as the nearest."""
    data = np.frombuffer(column.buffers()[1], dtype="<i8")[2 * column.offset : 2 * (column.offset + len(column))]
    low, high = data[0::2], data[1::2]
    fits = high == low >> 63
    out = np.where(fits, low, np.where(high < 0, -_FAR, _FAR))
    present = column.is_valid().to_numpy(zero_copy_only=False)
    result: Rows = np.where(present, out, 0).astype(np.int64)
    return result


def _limits(params: Params) -> tuple[int, int]:
    """Return ``floor`` and ``ceiling`` in ticks, each as far away as can be where it isn't given."""
    ends = {}
    for name, far in (("floor", -_FAR), ("ceiling", _FAR)):
        given = params.get(name) is not None
        measure = _measure({**params, "low": params[name], "high": params[name]}) if given else None
        ends[name] = far if measure is None else _clipped(measure.low)
    return ends["floor"], ends["ceiling"]


class Between(Generator):
    """Values above some sums of siblings and below others; a sum with a null in it bounds nothing.

    ``floor`` and ``ceiling`` and the siblings always hold. Within them a value lies in [low, high] as far as there is
    room; moments and what has no room there lie within ``spread`` of the sibling that bounds them. Where a total is
    split, ``parts`` says how many parts what is left must do for, this one included.
    """

    def __init__(self, params: Params) -> None:
        units = parameters.mapping(params, "units") if "units" in params else {}
        for name in units:
            parameters.one_of(units, name, _UNITS)
        self.above = [_Sum.read(entry, "above", units) for entry in parameters.items(params, "above", ())]
        self.below = [_Sum.read(entry, "below", units) for entry in parameters.items(params, "below", ())]
        bounds = self.above + self.below
        self.inputs = tuple(dict.fromkeys(name for bound in bounds for name, _ in bound.factors))
        self.measure = _measure(params)
        self.low, self.high = _clipped(self.measure.low), _clipped(self.measure.high)
        parameters.ordered(params, self.low, self.high)
        self.floor, self.ceiling = _limits(params)
        self.parts = max(parameters.count(params, "parts", 1), 1)
        self.spread = min(max(self.measure.spread, self.measure.step), _FAR)
        self.timely = parameters.one_of(params, "unit", _UNITS, "integer") in ("date", "timestamp", "time")

    def values(self, draw: Draw) -> pa.Array:
        """Return values within the bounds that the row's siblings leave."""
        count = len(draw.rows)
        floor, ceiling = np.full(count, self.floor), np.full(count, self.ceiling)
        raised, lowered = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        for bound in self.above:
            ticks = bound.ticks(draw, self.measure)
            least = ticks.whole + np.where(ticks.over, 1, int(bound.strict))
            raised |= ticks.present & bound.near
            floor = np.where(ticks.present, np.maximum(floor, least), floor)
        for bound in self.below:
            ticks = bound.ticks(draw, self.measure)
            most = ticks.whole - np.where(ticks.over, 0, int(bound.strict))
            lowered |= ticks.present & bound.near
            ceiling = np.where(ticks.present, np.minimum(ceiling, most), ceiling)
        # Where nothing fits, what is above a sibling stays above it.
        ceiling = np.maximum(ceiling, floor)
        past, before = floor > self.high, ceiling < self.low
        low = np.where(before, floor, np.maximum(floor, self.low))
        high = np.where(past, ceiling, np.minimum(ceiling, self.high))
        upwards = past | (self.timely & raised & ~before)
        downwards = before | (self.timely & lowered & ~upwards)
        high = np.where(upwards, np.minimum(high, low + self.spread), high)
        low = np.where(downwards, np.maximum(low, high - self.spread), low)
        return self.measure.made(self._drawn(low, high, ~downwards, draw))

    def _drawn(self, low: Rows, high: Rows, upwards: Mask, draw: Draw) -> Rows:
        """Return ticks from low to high, in natural steps of them where there is room."""
        room, step = high - low, self.measure.step
        steps = (room // step + 1).astype(np.uint64)
        words = draw.words("distance") % steps
        for n in range(1, self.parts):
            # The least of n places in a total is as great as each of n + 1 parts.
            words = np.minimum(words, draw.words(f"distance {n}") % steps)
        distance = np.minimum(words.astype(np.int64) * step, room)
        up, down = low + distance, high - distance
        # A strict bound is a tick away from its sibling; on a whole step the value looks better.
        rounded_up, rounded_down = -(-up // step) * step, down // step * step
        up = np.where(rounded_up <= high, rounded_up, up)
        down = np.where(rounded_down >= low, rounded_down, down)
        out: Rows = np.where(upwards, up, down)
        return out


class Different(Generator):
    """Values of another kind that differ from a sibling's value in the same row."""

    def __init__(self, registry: Registry, params: Params) -> None:
        self.column = parameters.string(params, "column")
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.nested = registry.build(kind, inner)
        self.apart = telling_apart(registry, kind, inner)
        self.inputs = tuple(dict.fromkeys((self.column, *self.nested.inputs)))

    def values(self, draw: Draw) -> pa.Array:
        """Return the kind's values; where one equals the sibling's, one of two neighbours."""
        sibling = draw.inputs[self.column]
        made = self.nested.values(draw)
        capacity = self.apart.capacity
        same = _equal(made, sibling)
        if capacity is None or capacity < 2 or not same.any():
            return made
        # Two neighbours differ from each other, so one of them differs from the sibling.
        number = draw.below(capacity, "other")
        first = self.apart.at(number, draw)
        second = self.apart.at((number + 1) % capacity, draw)
        other = _choose(_equal(first, sibling), second, first)
        return _choose(same, other, made)


def _comparable(column: pa.Array) -> pa.Array:
    return pc.utf8_rtrim_whitespace(pc.utf8_lower(columns.text(column)))


def _is_number(column: pa.Array) -> bool:
    kind: Any = column.type
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _equal(made: pa.Array, sibling: pa.Array) -> Mask:
    """Tell where two columns may be equal under any equality that PostgreSQL applies to them."""
    if made.type != sibling.type and _is_number(made) and _is_number(sibling):
        # 1 = 1.0 = 1.00: numbers of several types are compared roughly, and taken for equal when in doubt.
        made, sibling = made.cast(pa.float64(), safe=False), sibling.cast(pa.float64(), safe=False)
    else:
        made, sibling = _comparable(made), _comparable(sibling)
    equal = pc.equal(made, sibling).fill_null(False)
    found: Mask = np.asarray(equal.to_numpy(zero_copy_only=False), dtype=np.bool_)
    return found


def _choose(mask: Mask, yes: pa.Array, no: pa.Array) -> pa.Array:
    plain = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in (yes, no)]
    return columns.chosen(mask, *plain)


class Equal(Generator):
    """The sibling's own value, null where that is."""

    def __init__(self, params: Params) -> None:
        self.column = parameters.string(params, "column")
        self.inputs = (self.column,)

    def values(self, draw: Draw) -> pa.Array:
        """Return the sibling's values."""
        return draw.inputs[self.column]


def register(registry: Registry) -> None:
    """Register the dependent values."""
    between = {
        "above": "what the value is above: a column, or a sum of columns times factors, and plus; strict",
        "below": "what the value is below, likewise",
        "low": "lowest usual value",
        "high": "highest usual value",
        "floor": "lowest value that is allowed",
        "ceiling": "highest value that is allowed",
        "spread": "how far from its sibling a value lies: numbers, days, or seconds",
        "step": "distance between floating-point values",
        "parts": "how many columns must do with what is left, this one included",
        "unit": "one of " + ", ".join(_UNITS),
        "units": "units of siblings, by name, where they are not the value's own",
        "scale": "digits after the point of decimals",
        "precision": "digits of decimals in all",
    }
    different = {"column": "the sibling", "kind": "the kind of value", "params": "its parameters"}
    registry.register(ValueKind("relative.between", "values above and below other columns", Between, between))
    registry.register(
        ValueKind("relative.different", "values unlike another column's", lambda p: Different(registry, p), different)
    )
    registry.register(ValueKind("relative.equal", "another column's value", Equal, {"column": "the sibling"}))
