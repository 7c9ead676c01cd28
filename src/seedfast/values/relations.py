"""Values that depend on a sibling column of their row: above it, below it, equal to it, or different from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.nested import telling_apart
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.standing import PARAMETER, oldest, standing
from seedfast.values.ticks import FAR, UNITS, Measure, clipped, counted, limits, measure_of, per_unit, times, typed
from seedfast.values.times import SHAPES, office_hours

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Ticks:
    """What siblings add up to: the whole ticks below it, whether something is left over, and where it is known."""

    whole: Rows
    over: Mask
    present: Mask


@dataclass(frozen=True, slots=True)
class _Sum:
    """``sum of factor x sibling + plus``, a bound on a value; with ``strict`` the value may not reach it.

    A ``soft`` one gives way to those that aren't. Values lie within ``spread`` of it, in ticks, where there is room.

    Siblings count as themselves where they are of the value's own unit; beside moments, numbers are seconds, beside
    dates they are days, and the other way round.
    """

    factors: tuple[tuple[str, Fraction], ...]
    plus: Fraction
    strict: bool
    units: Mapping[str, str]
    soft: bool = False
    spread: int | None = None

    @staticmethod
    def read(entry: Any, name: str, params: Params) -> _Sum:
        """Return what a parameter says: ``{"column": .., "strict": ..}``, or ``{"sum": {..}, "plus": ..}``."""
        if not isinstance(entry, dict):
            raise parameters.wrong(name, "a list of objects with a column or a sum", entry)
        units = parameters.mapping(params, "units") if "units" in params else {}
        strict, soft = (parameters.flag(entry, said, default=False) for said in ("strict", "soft"))
        spread = parameters.count(entry, "spread", 0)
        near = min(measure_of({**params, "spread": spread}).spread, FAR) if spread else None
        if "sum" not in entry:
            return _Sum(((parameters.string(entry, "column"), Fraction(1)),), Fraction(0), strict, units, soft, near)
        factors = parameters.mapping(entry, "sum")
        return _Sum(
            tuple((column, parameters.fraction(factors, column)) for column in factors),
            parameters.fraction(entry, "plus", Fraction(0)),
            strict,
            units,
            soft,
            near,
        )

    @property
    def near(self) -> bool:
        """Whether the bound is one sibling, moved."""
        return len(self.factors) == 1 and self.factors[0][1] == 1

    def ticks(self, draw: Draw, measure: Measure) -> _Ticks:
        """Return the sum of the siblings' values, exact for every pair of types that can be compared."""
        present = np.ones(len(draw.rows), dtype=np.bool_)
        parts: list[tuple[Rows, Fraction]] = []
        for name, factor in self.factors:
            column = draw.inputs[name]
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            if pa.types.is_string(column.type):
                column = typed(column, self.units.get(name), measure)
            present &= np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
            numbers, worth = counted(column, measure)
            parts.append((numbers, factor * worth))
        plus = self.plus * per_unit(measure)
        common = lcm(plus.denominator, *(worth.denominator for _, worth in parts))
        total = np.full(len(draw.rows), clipped(int(plus * common)))
        for numbers, worth in parts:
            total += times(numbers, int(worth * common), len(parts))
        whole = np.floor_divide(total, common)
        return _Ticks(np.clip(whole, -FAR, FAR), total - whole * common != 0, present)


class Between(Generator):
    """Values above some sums of siblings and below others; a sum with a null in it bounds nothing.

    ``floor`` and ``ceiling`` and the siblings always hold, but a ``loose`` ceiling gives way to siblings above it, and
    then lies so far above them.
    Within them a value lies in [low, high] as far as there is room; moments and what has no room there lie within
    ``spread`` of the sibling that bounds them. Where a total is split, ``parts`` says how many parts what is left must
    do for, this one included.

    With ``residues`` so many values can be told apart wherever they lie: value ``n`` has the remainder ``n`` when it is
    divided by their number, in steps of ``apart`` ticks (microseconds, days, ones). It goes up to its remainder, back
    to it where that would be too high, and too high where there is less room than that takes.
    """

    def __init__(self, params: Params) -> None:
        units = parameters.mapping(params, "units") if "units" in params else {}
        for name in units:
            parameters.one_of(units, name, UNITS)
        self.above = [_Sum.read(entry, "above", params) for entry in parameters.items(params, "above", ())]
        self.below = [_Sum.read(entry, "below", params) for entry in parameters.items(params, "below", ())]
        bounds = self.above + self.below
        self.standing = standing(params)
        read = (*(name for bound in bounds for name, _ in bound.factors), *((self.standing,) if self.standing else ()))
        self.inputs = tuple(dict.fromkeys(read))
        self.measure = measure_of(params)
        self.low, self.high = clipped(self.measure.low), clipped(self.measure.high)
        parameters.ordered(params, self.low, self.high)
        self.floor, self.ceiling = limits(params)
        loose = parameters.count(params, "loose", 0)
        self.loose = min(max(measure_of({**params, "spread": loose}).spread, self.measure.step), FAR) if loose else None
        self.parts = max(parameters.count(params, "parts", 1), 1)
        self.spread = min(max(self.measure.spread, self.measure.step), FAR)
        self.timely = parameters.one_of(params, "unit", UNITS, "integer") in ("date", "timestamp", "time")
        self.capacity = parameters.count(params, "residues", 0) or None
        self.apart = max(parameters.count(params, "apart", self.measure.step), 1)
        self.shape = parameters.one_of(params, "shape", SHAPES, "uniform")

    def values(self, draw: Draw) -> pa.Array:
        """Return values within the bounds that the row's siblings leave."""
        ticks, least, most = self._ticks(draw)
        if self.shape == "business":
            moved = office_hours(ticks, draw, self.measure.step)
            ticks = np.where((moved >= least) & (moved <= most), moved, ticks)
        return self.measure.made(ticks)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return values within the bounds that have the remainders of those numbers."""
        ticks, least, most = self._ticks(draw)
        block = self.apart * (self.capacity or 1)
        up = ticks + (index * self.apart - ticks) % block
        down = up - block
        return self.measure.made(np.where((up > most) & (down >= least), down, up))

    def _ticks(self, draw: Draw) -> tuple[Rows, Rows, Rows]:
        """Return values within the bounds that the row's siblings leave, in ticks, with these bounds."""
        count = len(draw.rows)
        floor, ceiling = np.full(count, self.floor), np.full(count, self.ceiling)
        raised, lowered = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        for bound in (bound for bound in self.above if not bound.soft):
            ticks = bound.ticks(draw, self.measure)
            least = ticks.whole + np.where(ticks.over, 1, int(bound.strict))
            raised |= ticks.present & bound.near
            floor = np.where(ticks.present, np.maximum(floor, least), floor)
        if self.loose is not None:
            ceiling = np.where(floor > ceiling, floor + self.loose, ceiling)
        for bound in self.below:
            ticks = bound.ticks(draw, self.measure)
            most = ticks.whole - np.where(ticks.over, 0, int(bound.strict))
            lowered |= ticks.present & bound.near
            ceiling = np.where(ticks.present, np.minimum(ceiling, most), ceiling)
        for bound in (bound for bound in self.above if bound.soft):
            ticks = bound.ticks(draw, self.measure)
            least = ticks.whole + np.where(ticks.over, 1, int(bound.strict))
            fits = ticks.present & (least <= ceiling)
            raised |= fits & bound.near
            floor = np.where(fits, np.maximum(floor, least), floor)
        # Where nothing fits, what is above a sibling stays above it.
        ceiling = np.maximum(ceiling, floor)
        least, most = floor, np.minimum(ceiling, np.maximum(floor, self.high))
        past, before = floor > self.high, ceiling < self.low
        low = np.where(before, floor, np.maximum(floor, self.low))
        high = np.where(past, ceiling, np.minimum(ceiling, self.high))
        upwards = past | (self.timely & raised & ~before)
        downwards = before | (self.timely & lowered & ~upwards)
        high = np.where(upwards, np.minimum(high, low + self.spread), high)
        low = np.where(downwards, np.maximum(low, high - self.spread), low)
        for bound in self.above:
            if bound.spread is not None:
                ticks = bound.ticks(draw, self.measure)
                far = ticks.whole + bound.spread
                high = np.where(ticks.present & (far >= low), np.minimum(high, far), high)
        return self._drawn(low, high, ~downwards, draw), least, most

    def _drawn(self, low: Rows, high: Rows, upwards: Mask, draw: Draw) -> Rows:
        """Return ticks from low to high, in natural steps of them where there is room."""
        room, step = high - low, self.measure.step
        steps = (room // step + 1).astype(np.uint64)
        words = draw.words("distance") % steps
        for n in range(1, self.parts):
            # The least of n places in a total is as great as each of n + 1 parts.
            words = np.minimum(words, draw.words(f"distance {n}") % steps)
        drawn = oldest(draw, self.standing, words.astype(np.int64), lambda again: _below(draw.words(again), steps))
        distance = np.minimum(drawn * step, room)
        up, down = low + distance, high - distance
        # A strict bound is a tick away from its sibling; on a whole step the value looks better.
        drawn = np.where(upwards, up, down)
        less, more = drawn // step * step, -(-drawn // step) * step
        first, second = np.where(upwards, more, less), np.where(upwards, less, more)
        out: Rows = np.where(_within(first, low, high), first, np.where(_within(second, low, high), second, drawn))
        return out


def _within(ticks: Rows, low: Rows, high: Rows) -> Mask:
    inside: Mask = (low <= ticks) & (ticks <= high)
    return inside


def _below(words: npt.NDArray[np.uint64], bounds: npt.NDArray[np.uint64]) -> Rows:
    return (words % bounds).astype(np.int64)


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


class Opposite(Generator):
    """Numbers of another kind, below zero where those are above it."""

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.nested = registry.build(kind, inner)
        self.inputs = self.nested.inputs

    def values(self, draw: Draw) -> pa.Array:
        """Return the other kind's numbers with the sign turned round."""
        return pc.negate(self.nested.values(draw))


def register(registry: Registry) -> None:
    """Register the dependent values."""
    between = {
        "above": "what the value is above: a column, or a sum of columns times factors, and plus; strict; soft; spread",
        "below": "what the value is below, likewise",
        "low": "lowest usual value",
        "high": "highest usual value",
        "floor": "lowest value that is allowed",
        "ceiling": "highest value that is allowed",
        "loose": "how far from a sibling beyond the ceiling what comes after it may lie, as for spread",
        "spread": "how far from its sibling a value lies: numbers, days, or seconds",
        "step": "distance between floating-point values, or seconds between moments",
        "shape": "`uniform`, or `business` for moments in office hours",
        "residues": "how many values are told apart by their remainder",
        "apart": "how far two of these remainders are apart: numbers, days, or microseconds",
        "parts": "how many columns must do with what is left, this one included",
        "unit": "one of " + ", ".join(UNITS),
        "units": "units of siblings, by name, where they are not the value's own",
        "scale": "digits after the point of decimals",
        "precision": "digits of decimals in all",
        "standing": PARAMETER,
    }
    different = {"column": "the sibling", "kind": "the kind of value", "params": "its parameters"}
    registry.register(ValueKind("relative.between", "values above and below other columns", Between, between))
    registry.register(
        ValueKind("relative.different", "values unlike another column's", lambda p: Different(registry, p), different)
    )
    opposite = {"kind": "the kind of number", "params": "its parameters"}
    registry.register(
        ValueKind("number.opposite", "numbers with the sign turned round", lambda p: Opposite(registry, p), opposite)
    )
    registry.register(ValueKind("relative.equal", "another column's value", Equal, {"column": "the sibling"}))
