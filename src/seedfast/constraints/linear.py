"""Sums of columns under a bound, and which systems of them have a solution: Fourier and Motzkin's elimination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import NamedTuple

from seedfast.constraints.predicate import Op, Value

_MOST_ROWS = 500
"""Of more inequalities than this nothing is concluded."""


class TooManyRowsError(ValueError):
    """A system grows beyond what is worth working out."""


@dataclass(frozen=True, slots=True)
class Linear:
    """``sum of factor x column op bound``, where all the columns are present; ``source`` is the constraint.

    ``op`` is LT, LE or EQ. Numbers count as themselves, dates in days since 1970, moments in seconds since 1970, times
    of day and intervals in seconds. The factors are in the order of the columns' names.
    """

    factors: tuple[tuple[str, Fraction], ...]
    op: Op
    bound: Fraction
    source: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are added up."""
        return tuple(name for name, _ in self.factors)

    def rows(self) -> tuple[Row, ...]:
        """Return the inequalities that say the same."""
        row = Row(dict(self.factors), self.bound, self.op is Op.LT)
        return (row, row.reversed) if self.op is Op.EQ else (row,)


@dataclass(frozen=True, slots=True)
class Row:
    """``sum of factor x variable <= bound``, ``<`` where ``strict``; no factor is 0."""

    factors: Mapping[str, Fraction]
    bound: Fraction
    strict: bool = False

    def __hash__(self) -> int:
        return hash((frozenset(self.factors.items()), self.bound, self.strict))

    @property
    def reversed(self) -> Row:
        """The same sum, at least as great as the bound."""
        return Row({name: -factor for name, factor in self.factors.items()}, -self.bound, self.strict)

    @property
    def contradicts(self) -> bool:
        """Whether nothing is added up and the bound is missed all the same."""
        return not self.factors and (self.bound < 0 or (self.strict and self.bound == 0))

    def scaled(self, *, whole: bool) -> Row:
        """Return the row in the form that rows over the same sum share: with coprime factors.

        With ``whole`` the variables are whole numbers, and the bound becomes one that is reached.
        """
        if not self.factors:
            return self
        common = lcm(*(factor.denominator for factor in self.factors.values()))
        size = Fraction(common, gcd(*(int(factor * common) for factor in self.factors.values())))
        factors = {name: factor * size for name, factor in self.factors.items()}
        bound = self.bound * size
        if not whole:
            return Row(factors, bound, self.strict)
        floor = bound.numerator // bound.denominator
        return Row(factors, Fraction(floor - (self.strict and floor == bound)))


def projected(rows: Iterable[Row], order: Sequence[str], *, whole: bool = False) -> dict[str, tuple[Row, ...]] | None:
    """Return, for each variable, the rows that bound it once those before it are chosen; None where there is no choice.

    Whatever values the earlier variables take within their rows, a value is left for the next. With ``whole`` the
    variables are whole numbers. Rows over variables that aren't in the order are left out.
    """
    known = set(order)
    found = _projected(tuple(row for row in rows if known >= row.factors.keys()), tuple(order), whole)
    return None if found is None else dict(found)


@lru_cache(maxsize=1 << 12)
def _projected(rows: tuple[Row, ...], order: tuple[str, ...], whole: bool) -> Mapping[str, tuple[Row, ...]] | None:
    at_hand = _tightest(_Coprime.of(row.factors, row.bound, row.strict, whole=whole) for row in rows)
    bounds: dict[str, tuple[Row, ...]] = {}
    for variable in reversed(order):
        bounding = [row for row in at_hand if variable in dict(row.factors)]
        bounds[variable] = tuple(row.plain() for row in bounding)
        rest = [row for row in at_hand if row not in bounding]
        at_hand = _tightest([*rest, *_eliminated(bounding, variable, whole=whole)])
        if len(at_hand) > _MOST_ROWS:
            raise TooManyRowsError(variable)
    return None if any(row.plain().contradicts for row in at_hand) else bounds


class _Coprime(NamedTuple):
    """A row whose factors are whole, coprime and in the order of their names; so is the bound with whole variables."""

    factors: tuple[tuple[str, int], ...]
    bound: Fraction | int
    strict: bool

    @staticmethod
    def of(factors: Mapping[str, Fraction], bound: Fraction, strict: bool, *, whole: bool) -> _Coprime:
        """Return a row in that form."""
        common = lcm(*(factor.denominator for factor in factors.values()))
        return _Coprime.reduced(
            {name: int(factor * common) for name, factor in factors.items()}, bound * common, strict, whole=whole
        )

    @staticmethod
    def reduced(factors: Mapping[str, int], bound: Fraction | int, strict: bool, *, whole: bool) -> _Coprime:
        """Return a row of whole factors in that form."""
        if not factors:
            return _Coprime((), bound, strict)
        divisor = gcd(*factors.values())
        divided = tuple(sorted((name, factor // divisor) for name, factor in factors.items()))
        if not whole:
            return _Coprime(divided, Fraction(bound, divisor), strict)
        floor, over = divmod(bound, divisor)
        return _Coprime(divided, int(floor) - (strict and not over), False)

    def plain(self) -> Row:
        """Return the row as others know it."""
        return Row({name: Fraction(factor) for name, factor in self.factors}, Fraction(self.bound), self.strict)


def difference(left: str, op: Op, right: str) -> tuple[Row, ...]:
    """Return ``left op right`` as rows; ``op`` is not NE."""
    row = Row({left: Fraction(1), right: Fraction(-1)}, Fraction(0), op in (Op.LT, Op.GT))
    if op is Op.EQ:
        return row, row.reversed
    return (row,) if op in (Op.LT, Op.LE) else (row.reversed,)


def measured(value: Value) -> Fraction | None:
    """Return a constant in the measure that sums count in, None where it has none."""
    match value:
        case bool() | str():
            return None
        case datetime():
            return seconds(value - datetime(1970, 1, 1))
        case date():
            return Fraction(value.toordinal() - date(1970, 1, 1).toordinal())
        case time():
            return Fraction(value.hour * 3600 + value.minute * 60 + value.second) + Fraction(value.microsecond, 10**6)
        case timedelta():
            return seconds(value)
    return Fraction(value)


def seconds(span: timedelta) -> Fraction:
    """Return a span of time in seconds."""
    return Fraction(span // timedelta(microseconds=1), 10**6)


def _eliminated(rows: Sequence[_Coprime], variable: str, *, whole: bool) -> list[_Coprime]:
    """Return what rows say of the other variables: every lower bound is below every upper one."""
    made = []
    told = [(dict(row.factors), row) for row in rows]
    lowers = [(factors, row) for factors, row in told if factors[variable] < 0]
    for above, upper in ((factors, row) for factors, row in told if factors[variable] > 0):
        most = above[variable]
        for below, lower in lowers:
            least = -below[variable]
            sums = {name: least * above.get(name, 0) + most * below.get(name, 0) for name in {**above, **below}}
            # Between bounds that aren't whole a whole number must still find room (Pugh 1991, the dark shadow).
            room = (most - 1) * (least - 1) if whole else 0
            bound = least * upper.bound + most * lower.bound - room
            factors = {name: factor for name, factor in sums.items() if factor}
            made.append(_Coprime.reduced(factors, bound, upper.strict or lower.strict, whole=whole))
    return made


def _tightest(rows: Iterable[_Coprime]) -> list[_Coprime]:
    """Return, of rows over the same sum, the one that leaves least."""
    tightest: dict[tuple[tuple[str, int], ...], _Coprime] = {}
    for row in rows:
        other = tightest.get(row.factors)
        if other is None or (row.bound, not row.strict) < (other.bound, not other.strict):
            tightest[row.factors] = row
    return list(tightest.values())
