"""What a comparison with a constant leaves of a column's values, as fields of its domain."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from seedfast.constraints.constants import MOMENTS, at_midnight
from seedfast.constraints.domain import Bound
from seedfast.constraints.predicate import Op, Value
from seedfast.constraints.sums import CLOCK_AHEAD, CLOCK_BEHIND


def compares(op: Op, left: int | Fraction, right: int | Fraction) -> bool:
    """Return whether a comparison of two numbers is true."""
    order = (left > right) - (left < right)
    return {
        Op.LT: order == -1,
        Op.LE: order != 1,
        Op.EQ: order == 0,
        Op.NE: order != 0,
        Op.GE: order != -1,
        Op.GT: order == 1,
    }[op]


def sizes(op: Op, size: int) -> tuple[int | None, int | None]:
    """Return the fewest and the most characters or elements that a comparison with ``size`` leaves."""
    return {
        Op.LT: (None, size - 1),
        Op.LE: (None, size),
        Op.EQ: (size, size),
        Op.GE: (size, None),
        Op.GT: (size + 1, None),
        Op.NE: (None, None),
    }[op]


def integers(op: Op, value: int | Decimal) -> dict[str, Bound]:
    """Return the bound of integers that are less or greater than a number."""
    if op in (Op.GT, Op.GE):
        low = int(Decimal(value).to_integral_value(ROUND_CEILING))
        return {"low": Bound(low + 1 if op is Op.GT and low == value else low, True)}
    high = int(Decimal(value).to_integral_value(ROUND_FLOOR))
    return {"high": Bound(high - 1 if op is Op.LT and high == value else high, True)}


def dates(op: Op, value: date) -> dict[str, Bound]:
    """Return the bound of dates that are earlier or later than a date or moment."""
    moment = at_midnight(value)
    day, whole = moment.date(), moment.time() == datetime.min.time()
    step = timedelta(days=1)
    if op in (Op.GT, Op.GE):
        return {"low": Bound(day if op is Op.GE and whole else day + step, True)}
    return {"high": Bound(day - step if op is Op.LT and whole else day, True)}


def moments_of_days(op: Op, value: date) -> tuple[dict[str, Bound], ...]:
    """Return, for each alternative, the bounds of moments whose day compares so with a day."""
    start = at_midnight(at_midnight(value).date())
    end = start + timedelta(days=1)
    match op:
        case Op.GE:
            return ({"low": Bound(start, True)},)
        case Op.GT:
            return ({"low": Bound(end, True)},)
        case Op.LT:
            return ({"high": Bound(start, False)},)
        case Op.LE:
            return ({"high": Bound(end, False)},)
        case Op.EQ:
            return ({"low": Bound(start, True), "high": Bound(end, False)},)
    return {"high": Bound(start, False)}, {"low": Bound(end, True)}


def of_measure(worth: Fraction, kind: str, op: Op) -> Value | None:
    """Return a measure as a constant of a type, rounded to where the comparison still holds; None where it has none."""
    up = op in (Op.GE, Op.GT)
    unit = {"date": Fraction(1)}.get(kind, Fraction(1, 10**6 if kind in {"time", "interval", *MOMENTS} else 10**12))
    ticks = worth / unit
    if op is Op.EQ and ticks.denominator != 1:
        return None
    number = -(-ticks.numerator // ticks.denominator) if up else ticks.numerator // ticks.denominator
    try:
        if kind == "date":
            return date(1970, 1, 1) + timedelta(days=number)
        if kind in MOMENTS:
            return datetime(1970, 1, 1) + timedelta(microseconds=number)
    except OverflowError:
        return None
    if kind in {"time", "interval"}:
        return timedelta(microseconds=number)
    return Decimal(number) * Decimal("1e-12") if ticks.denominator != 1 or number % 10**12 else number // 10**12


def safe(op: Op, value: Value) -> Value:
    """Return a moment of the clock moved so that the condition still holds when the rows are loaded, in any zone."""
    if not isinstance(value, date):
        return value
    if op in (Op.GT, Op.GE):
        return value + CLOCK_AHEAD
    if op in (Op.LT, Op.LE):
        return value - CLOCK_BEHIND
    return value
