"""Scalar expressions read as sums: a factor for each column, and a constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from seedfast.constraints.constants import DECIMALS, INTEGERS, MOMENTS
from seedfast.constraints.linear import measured, seconds
from seedfast.constraints.predicate import Call, ColumnRef, Const, Expr

DAY = 86_400

CLOCK_AHEAD = timedelta(days=2)
"""How far the server's clock and time zone may be ahead of the moment taken for now, while rows are loaded."""
CLOCK_BEHIND = timedelta(days=1)

_MONTH = (28 * DAY, 31 * DAY)
_YEAR = (365 * DAY, 366 * DAY)


class NotASumError(ValueError):
    """An expression that isn't a sum of columns with factors."""


class Quantity(StrEnum):
    """What an expression is worth: a number, or time."""

    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    SPAN = "span"
    CLOCK = "clock"


_NUMBERS = {Quantity.INTEGER, Quantity.NUMBER}


@dataclass(frozen=True, slots=True)
class Sum:
    """``sum of factor x column + constant``; the constant is known to lie between ``low`` and ``high``.

    Measures are those of ``Linear``: days for dates, seconds for other times.
    """

    quantity: Quantity
    factors: Mapping[str, Fraction]
    low: Fraction
    high: Fraction

    def times(self, factor: Fraction, quantity: Quantity) -> Sum:
        """Return the sum multiplied, as another quantity."""
        ends = sorted((self.low * factor, self.high * factor))
        return Sum(quantity, {name: own * factor for name, own in self.factors.items()}, *ends)

    def plus(self, other: Sum, quantity: Quantity) -> Sum:
        """Return both sums together; a column that cancels out is gone."""
        names = dict.fromkeys((*self.factors, *other.factors))
        factors = {name: self.factors.get(name, Fraction(0)) + other.factors.get(name, Fraction(0)) for name in names}
        kept = {name: factor for name, factor in factors.items() if factor}
        return Sum(quantity, kept, self.low + other.low, self.high + other.high)

    def widened(self, below: Fraction, above: Fraction) -> Sum:
        """Return the sum with so much less certainty."""
        return Sum(self.quantity, self.factors, self.low - below, self.high + above)


Kinds = Callable[[str], str]
"""The catalog's name of a column's type."""


def difference_of(left: Expr, right: Expr, kinds: Kinds) -> Sum:
    """Return ``left - right`` of two expressions that can be compared; ``NotASumError`` where either is no sum."""
    one, other = _sum(left, kinds), _sum(right, kinds)
    return _added(one, other, -1, comparing=True)


def _sum(item: Expr, kinds: Kinds) -> Sum:
    match item:
        case ColumnRef(name):
            return Sum(_of_column(kinds(name)), {name: Fraction(1)}, Fraction(0), Fraction(0))
        case Const(value):
            return _constant(value)
        case Call("clock", (Const(value),)):
            known = _constant(value)
            if known.quantity is Quantity.DATE:
                return known.widened(Fraction(CLOCK_BEHIND.days), Fraction(CLOCK_AHEAD.days))
            if known.quantity is Quantity.MOMENT:
                return known.widened(seconds(CLOCK_BEHIND), seconds(CLOCK_AHEAD))
            return known
        case Call("interval", (Const(int() as months), Const(timedelta() as rest))):
            return _months(months, seconds(rest))
        case Call("+" | "-" as sign, (left, right)):
            return _added(_sum(left, kinds), _sum(right, kinds), 1 if sign == "+" else -1)
        case Call("*", (left, right)):
            return _product(_sum(left, kinds), _sum(right, kinds))
        case Call("/", (left, right)):
            return _quotient(_sum(left, kinds), _sum(right, kinds))
        case Call("round" | "ceil" | "ceiling" | "floor" | "trunc" as name, (inner, *places)):
            return _rounded(name, _sum(inner, kinds), places)
        case Call("extract", (Const(str() as part), inner)):
            return _field(part.lower(), _sum(inner, kinds))
        case Call(name, (inner,)) if name.startswith("cast:"):
            return _cast(name.removeprefix("cast:"), _sum(inner, kinds))
    raise NotASumError


def _of_column(kind: str) -> Quantity:
    if kind in INTEGERS:
        return Quantity.INTEGER
    if kind in DECIMALS:
        return Quantity.NUMBER
    if kind in MOMENTS:
        return Quantity.MOMENT
    if kind in ("date", "time", "interval"):
        return {"date": Quantity.DATE, "time": Quantity.CLOCK, "interval": Quantity.SPAN}[kind]
    raise NotASumError


def _constant(value: object) -> Sum:
    match value:
        case bool() | str() | None:
            raise NotASumError
        case int():
            quantity = Quantity.INTEGER
        case Decimal():
            quantity = Quantity.NUMBER
        case datetime():
            quantity = Quantity.MOMENT
        case date():
            quantity = Quantity.DATE
        case time():
            quantity = Quantity.CLOCK
        case _:
            quantity = Quantity.SPAN
    worth = measured(value)  # type: ignore[arg-type]  # what a Const holds
    assert worth is not None
    return Sum(quantity, {}, worth, worth)


def _months(months: int, rest: Fraction) -> Sum:
    """Return an interval with months, which have no fixed length."""
    years, over = divmod(abs(months), 12)
    ends = [(years * _YEAR[n] + over * _MONTH[n]) * (1 if months > 0 else -1) for n in (0, 1)]
    return Sum(Quantity.SPAN, {}, min(ends) + rest, max(ends) + rest)


def _as_moment(item: Sum) -> Sum:
    return item.times(Fraction(DAY), Quantity.MOMENT) if item.quantity is Quantity.DATE else item


def _added(left: Sum, right: Sum, sign: int, *, comparing: bool = False) -> Sum:
    kinds = {left.quantity, right.quantity}
    if sign < 0 and not comparing and left.quantity is Quantity.INTEGER and _settled(left) == 0:
        return right.times(Fraction(-1), right.quantity)
    if kinds <= _NUMBERS:
        quantity = Quantity.INTEGER if kinds == {Quantity.INTEGER} else Quantity.NUMBER
    elif left.quantity is Quantity.DATE and right.quantity in _NUMBERS and not comparing:
        quantity = Quantity.DATE
    elif kinds == {Quantity.DATE} and sign < 0:
        quantity = Quantity.INTEGER
    elif kinds <= {Quantity.DATE, Quantity.MOMENT} and sign < 0:
        left, right, quantity = _as_moment(left), _as_moment(right), Quantity.SPAN
    elif kinds == {Quantity.SPAN} or (kinds == {Quantity.CLOCK} and sign < 0):
        quantity = Quantity.SPAN
    elif Quantity.SPAN in kinds and not comparing and kinds <= {Quantity.SPAN, Quantity.DATE, Quantity.MOMENT}:
        if right.quantity is not Quantity.SPAN:
            left, right = right, left
        left, quantity = _as_moment(left), Quantity.MOMENT
    else:
        raise NotASumError
    return left.plus(right.times(Fraction(sign), right.quantity), quantity)


def _settled(item: Sum) -> Fraction | None:
    return item.low if not item.factors and item.low == item.high else None


def _product(left: Sum, right: Sum) -> Sum:
    for one, other in ((left, right), (right, left)):
        factor = _settled(other)
        if factor is None:
            continue
        if other.quantity in _NUMBERS and one.quantity in {*_NUMBERS, Quantity.SPAN}:
            exact = one.quantity is Quantity.INTEGER and other.quantity is Quantity.NUMBER
            return one.times(factor, Quantity.NUMBER if exact else one.quantity)
        if other.quantity is Quantity.SPAN and one.quantity in _NUMBERS:
            return one.times(factor, Quantity.SPAN)
    raise NotASumError


def _quotient(left: Sum, right: Sum) -> Sum:
    divisor = _settled(right)
    if not divisor or right.quantity not in _NUMBERS or left.quantity not in {*_NUMBERS, Quantity.SPAN}:
        raise NotASumError
    made = left.times(1 / divisor, left.quantity)
    if left.quantity is Quantity.INTEGER and right.quantity is Quantity.INTEGER:
        return made.widened(Fraction(1), Fraction(1))
    return Sum(Quantity.NUMBER, made.factors, made.low, made.high) if left.quantity is Quantity.INTEGER else made


def _rounded(name: str, inner: Sum, places: list[Expr]) -> Sum:
    """Return a rounded sum, which lies within a unit of its last digit."""
    if inner.quantity is Quantity.INTEGER and not places:
        return inner
    match places:
        case []:
            unit = Fraction(1)
        case [Const(int() as digits)] if -9 <= digits <= 18:
            unit = Fraction(1, 10**digits) if digits >= 0 else Fraction(10**-digits)
        case _:
            raise NotASumError
    if inner.quantity not in _NUMBERS:
        raise NotASumError
    if name == "round":
        return inner.widened(unit / 2, unit / 2)
    return inner.widened(unit if name != "ceil" else Fraction(0), unit if name != "floor" else Fraction(0))


def _field(part: str, inner: Sum) -> Sum:
    if part == "epoch" and inner.quantity in (Quantity.SPAN, Quantity.MOMENT, Quantity.DATE):
        return _as_moment(inner).times(Fraction(1), Quantity.NUMBER)
    if part in ("day", "days") and inner.quantity is Quantity.SPAN and len(inner.factors) > 1:
        # The days of a difference of moments, cut off towards zero.
        return inner.times(Fraction(1, DAY), Quantity.NUMBER).widened(Fraction(1), Fraction(1))
    raise NotASumError


def _cast(kind: str, inner: Sum) -> Sum:
    if inner.quantity is Quantity.INTEGER and kind in INTEGERS:
        return inner
    if inner.quantity in _NUMBERS and kind in DECIMALS:
        return inner.times(Fraction(1), Quantity.NUMBER)
    if inner.quantity is Quantity.NUMBER and kind in INTEGERS:
        return inner.times(Fraction(1), Quantity.INTEGER).widened(Fraction(1, 2), Fraction(1, 2))
    if inner.quantity in (Quantity.DATE, Quantity.MOMENT) and kind in MOMENTS:
        return _as_moment(inner)
    if (inner.quantity, kind) in {(Quantity.DATE, "date"), (Quantity.SPAN, "interval"), (Quantity.CLOCK, "time")}:
        return inner
    raise NotASumError
