"""Numbers and truth values."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows, skewed
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import MOST, Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_SHAPES = ("uniform", "low")
_HIGHEST = (1 << 63) - 1
_PRECISION = 38


class Shaped(Numbered):
    """A numbered generator that can prefer low numbers."""

    def __init__(self, capacity: int, shape: str) -> None:
        super().__init__(capacity)
        self.shape = shape

    def values(self, draw: Draw) -> pa.Array:
        """Return the values of random numbers, low ones more often where so shaped."""
        if self.shape == "low":
            return self.at(skewed(draw.words("number"), self.capacity), draw)
        return super().values(draw)


class Serial(Generator):
    """Numbers that count the rows."""

    def __init__(self, params: Params) -> None:
        self.start = parameters.integer(params, "start", 1)
        self.step = parameters.integer(params, "step", 1)
        if self.step == 0:
            raise parameters.wrong("step", "anything but 0", 0)
        end = _HIGHEST if self.step > 0 else -_HIGHEST
        limit = parameters.integer(params, "limit", end)
        self.capacity: int = min((limit - self.start) // self.step + 1, MOST)
        if self.capacity < 1:
            raise parameters.wrong("limit", f"reachable from {self.start}", limit)

    def values(self, draw: Draw) -> pa.Array:
        """Return the row's own number in the sequence, starting over at the limit."""
        return self.at(draw.rows % self.capacity, draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the sequence's members of those numbers."""
        return pa.array(self.start + index * self.step)


class Integer(Shaped):
    """Integers between two bounds."""

    def __init__(self, params: Params) -> None:
        self.low = max(parameters.integer(params, "low", 0), -_HIGHEST - 1)
        high = min(parameters.integer(params, "high", 1000), _HIGHEST)
        parameters.ordered(params, self.low, high)
        super().__init__(high - self.low + 1, parameters.one_of(params, "shape", _SHAPES, "uniform"))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return low + index."""
        return pa.array(self.low + index)


def scaled_bounds(low: Decimal, high: Decimal, scale: int) -> tuple[int, int]:
    """Return the bounds as whole numbers of 10**-scale, rounded inwards."""
    with localcontext() as context:
        context.prec = 2000
        unit = Decimal(1).scaleb(scale)
        least = (low * unit).to_integral_value(ROUND_CEILING)
        most = (high * unit).to_integral_value(ROUND_FLOOR)
    return int(least), int(most)


class DecimalNumber(Shaped):
    """Decimal numbers of a scale between two bounds; a negative scale makes multiples of a power of ten."""

    def __init__(self, params: Params) -> None:
        asked = parameters.integer(params, "scale", 2)
        self.precision = min(max(parameters.integer(params, "precision", _PRECISION), 1), _PRECISION)
        self.scale = min(max(asked, 0), _PRECISION)
        # A scale beyond the precision, 0.0012 as numeric(2,4), is kept by a wider precision of the column.
        self.precision = max(self.precision - min(asked, 0), self.scale, 1)
        self.unit = 10 ** max(-asked, 0)
        low, high = parameters.decimal(params, "low", "0"), parameters.decimal(params, "high", "1000")
        least, most = scaled_bounds(low, high, min(asked, _PRECISION))
        room = (10**_PRECISION - 1) // self.unit
        least, most = max(least, -room), min(most, room)
        parameters.ordered(params, least, most)
        self.precision = _PRECISION if self.precision > _PRECISION else self.precision
        if max(abs(least), abs(most)) * self.unit >= 10**self.precision:
            self.precision = _PRECISION
        self.low = least * self.unit
        super().__init__(
            min(most - least + 1, MOST // self.unit), parameters.one_of(params, "shape", _SHAPES, "uniform")
        )

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return low plus so many units of the last digit."""
        return columns.decimals(index * self.unit, self.low, precision=self.precision, scale=self.scale)


class Float(Numbered):
    """Floating-point numbers between two bounds, on a decimal grid where the bounds leave room for one."""

    def __init__(self, params: Params) -> None:
        self.low = max(parameters.number(params, "low", 0.0), -1e300)
        high = min(parameters.number(params, "high", 1000.0), 1e300)
        if not self.low <= high:
            raise parameters.wrong("high", f"at least {self.low}", high)
        single = parameters.flag(params, "single")
        # Half of what the significand can tell apart, so that numbers stay distinct after rounding.
        told_apart = 1 << (22 if single else 51)
        self.span = high - self.low
        largest = max(abs(self.low), abs(high))
        self.unit = 10 ** min(parameters.count(params, "digits", 4), 15)
        while self.unit > 1 and Fraction(largest) * self.unit >= told_apart:
            self.unit //= 10
        first = -int(-Fraction(self.low) * self.unit // 1)
        grid = int(Fraction(high) * self.unit // 1) - first + 1
        if grid >= 1000 and largest * self.unit < told_apart:
            self.first, self.steps = first, 0
            super().__init__(grid)
            return
        self.first, self.steps = 0, told_apart
        while self.steps > 1 and self.span / self.steps <= largest / told_apart:
            self.steps //= 2
        super().__init__(self.steps if self.span else 1)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers at those places of the grid."""
        if self.steps:
            return pa.array(self.low + self.span * (index / self.steps))
        return pa.array((self.first + index) / float(self.unit))


class Boolean(Generator):
    """True or false."""

    capacity = 2

    def __init__(self, params: Params) -> None:
        self.true_permille = parameters.count(params, "true_permille", 500)

    def values(self, draw: Draw) -> pa.Array:
        """Return true for so many rows of 1,000."""
        return pa.array(draw.below(1000) < self.true_permille)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return false for 0 and true for 1."""
        return pa.array(np.asarray(index == 1))


_SHAPE = "`uniform`, or `low` where low values come more often"


def register(registry: Registry) -> None:
    """Register the numbers."""
    bounded = {"low": "lowest number", "high": "highest number"}
    exact = {
        "low": "lowest number, as text",
        "high": "highest number, as text",
        "scale": "digits after the point",
        "precision": "digits in all",
        "shape": _SHAPE,
    }
    counted = {"start": "first number", "step": "distance between numbers", "limit": "last number that is allowed"}
    floating = {**bounded, "digits": "digits after the point, as far as they fit", "single": "true for real"}
    registry.register(ValueKind("number.serial", "numbers that count the rows", Serial, counted))
    registry.register(ValueKind("number.integer", "integers in a range", Integer, {**bounded, "shape": _SHAPE}))
    registry.register(ValueKind("number.decimal", "decimal numbers in a range", DecimalNumber, exact))
    registry.register(ValueKind("number.money", "amounts of money in a range", DecimalNumber, exact))
    registry.register(ValueKind("number.float", "floating-point numbers in a range", Float, floating))
    registry.register(
        ValueKind("logic.boolean", "true or false", Boolean, {"true_permille": "rows of 1,000 that are true"})
    )
