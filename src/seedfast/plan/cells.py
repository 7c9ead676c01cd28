"""Columns as variables that are measured: what ties them together, and in which intervals that leaves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from seedfast.constraints.linear import Row, measured, projected
from seedfast.plan import measures
from seedfast.plan.spec import GeneratorPlan

BINARY = Fraction(1, 64)
"""The step of floating-point numbers that are added up: multiples of it have exact sums."""

FINEST = Fraction(1, 10**6)
"""The step of given values that lie on no other grid."""

Bounds = Mapping[str, tuple[Row, ...]]
"""For each column, the rows over it and columns chosen before it, in ticks."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column that can be measured: its unit, the distance between its values, and its generator if it has one.

    ``free`` columns are chosen, within ``low`` and ``high`` as a rule and within ``floor`` and ``ceiling`` always;
    others are given, and their ``low`` and ``high`` are None where they aren't known.
    """

    unit: str
    tick: Fraction
    generator: GeneratorPlan | None
    free: bool
    low: Fraction | None = None
    high: Fraction | None = None
    floor: Fraction | None = None
    ceiling: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Bond:
    """What ties columns together: the rows of one of several ``ways``. Without a ``source`` it is only a wish."""

    ways: tuple[tuple[Row, ...], ...]
    source: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the first way."""
        return self.ways[0]

    @property
    def columns(self) -> frozenset[str]:
        """The columns that are tied."""
        return frozenset(name for way in self.ways for row in way for name in row.factors)

    @property
    def equation(self) -> bool:
        """Whether the bond settles a column once the others are chosen."""
        return len(self.rows) == 2


def components(bonds: Sequence[Bond]) -> list[frozenset[str]]:
    """Return the columns in groups that nothing ties together."""
    groups: list[frozenset[str]] = []
    for bond in bonds:
        met = [group for group in groups if group & bond.columns]
        groups = [group for group in groups if not group & bond.columns] + [bond.columns.union(*met)]
    return groups


@dataclass(frozen=True, slots=True)
class System:
    """Columns in the order in which they are chosen, counted in their ticks."""

    cells: Mapping[str, Cell]
    order: Sequence[str]

    def holding(self, bonds: Sequence[Bond]) -> tuple[Bounds, Bounds] | None:
        """Return what must hold, and what holds as a rule as well; None where nothing can."""
        firm = [row for name, cell in self.cells.items() for row in self._box(name, cell.floor, cell.ceiling)]
        for bond in bonds:
            if bond.source:
                ways = [self._ticks(way) for way in bond.ways]
                way = next((way for way in ways if self._bounds([*firm, *way]) is not None), None)
                if way is None:
                    return None
                firm += way
        given = [
            row for name, cell in self.cells.items() if not cell.free for row in self._box(name, cell.low, cell.high)
        ]
        # Where given values may lie outside of what the others allow, the others do what they can.
        if self._bounds([*firm, *given]) is not None:
            firm += given
        wishes = [self._ticks(bond.rows) for bond in bonds if not bond.source]
        kept = self._granted(firm, wishes)
        ends = [
            box
            for name, cell in self.cells.items()
            if cell.free
            for box in (self._box(name, cell.low, None), self._box(name, None, cell.high))
        ]
        must, usual = self._bounds(kept), self._bounds(self._granted(kept, ends))
        return None if must is None or usual is None else (must, usual)

    def _granted(self, rows: list[Row], wishes: Sequence[Sequence[Row]]) -> list[Row]:
        """Return the rows with as many of the wishes as can hold beside them, the first ones first."""
        everything = [*rows, *(row for wish in wishes for row in wish)]
        if self._bounds(everything) is not None:
            return everything
        kept = list(rows)
        for wish in wishes:
            if self._bounds([*kept, *wish]) is not None:
                kept += wish
        return kept

    def _bounds(self, rows: Sequence[Row]) -> Bounds | None:
        return projected(rows, self.order, whole=True)

    def _ticks(self, rows: Sequence[Row]) -> list[Row]:
        return [in_ticks(row, self.cells) for row in rows]

    def _box(self, name: str, low: Fraction | None, high: Fraction | None) -> list[Row]:
        """Return the bounds of a column as rows."""
        tick = self.cells[name].tick
        rows = [] if low is None else [Row({name: -tick}, -low)]
        return rows if high is None else [*rows, Row({name: tick}, high)]


def in_ticks(row: Row, cells: Mapping[str, Cell]) -> Row:
    """Return a row over measures as one over numbers of ticks."""
    return Row({name: factor * cells[name].tick for name, factor in row.factors.items()}, row.bound, row.strict)


def tick_of(unit: str, scale: int | None) -> Fraction:
    """Return the distance between two values of a unit, in the measure of sums."""
    if unit == "decimal":
        places = 2 if scale is None else scale
        return Fraction(1, 10**places) if places >= 0 else Fraction(10**-places)
    return Fraction(1, 100) if unit == "float" else Fraction(1)


def worth(value: Any) -> Fraction:
    """Return a number, date or time in the measure of sums."""
    found = Fraction(value) if isinstance(value, float) else measured(value)
    assert found is not None
    return found


def parameter(unit: str, measure: Fraction) -> Any:
    """Return a measure as a generator's parameter."""
    if unit == "date":
        return measures.written(unit, date(1970, 1, 1) + timedelta(days=int(measure)))
    if unit == "timestamp":
        return measures.written(unit, datetime(1970, 1, 1) + timedelta(microseconds=int(measure * 10**6)))
    if unit in ("time", "interval"):
        return measures.written(unit, timedelta(microseconds=int(measure * 10**6)))
    if unit == "decimal":
        return measures.written(unit, Decimal(measure.numerator) / Decimal(measure.denominator))
    return int(measure) if unit == "integer" else float(measure)


def interval(name: str, cell: Cell, rows: Sequence[Row]) -> tuple[Fraction, Fraction]:
    """Return what rows over a column alone leave of its usual values, or values next to them."""
    assert cell.low is not None and cell.high is not None
    lows = [row.bound / row.factors[name] * cell.tick for row in rows if row.factors[name] < 0]
    highs = [row.bound / row.factors[name] * cell.tick for row in rows if row.factors[name] > 0]
    low, high = max(lows, default=cell.low), min(highs, default=cell.high)
    # An end between two steps of its column is where the nearest step was found.
    low = cell.low if 0 <= low - cell.low < cell.tick else low
    high = cell.high if 0 <= cell.high - high < cell.tick else high
    if low <= high:
        return low, high
    width = cell.high - cell.low
    if not lows:
        return high - width, high
    return low, low + width if cell.ceiling is None else max(low, min(low + width, cell.ceiling))


def entry(name: str, cells: Mapping[str, Cell], row: Row) -> dict[str, Any]:
    """Return a row over a column and its siblings as a parameter that bounds the column."""
    own, cell = row.factors[name], cells[name]
    factors: dict[str, Fraction] = {}
    for other, factor in row.factors.items():
        if other != name:
            relative = -factor / own * cell.tick / cells[other].tick
            units = cell.unit, cells[other].unit
            # Days are seconds by themselves where dates stand beside moments.
            days = {("timestamp", "date"): Fraction(1, 86_400), ("date", "timestamp"): Fraction(86_400)}
            factors[other] = relative * days.get(units, 1)
    plus = row.bound / own * cell.tick
    if plus == 0 and list(factors.values()) == [1]:
        return {"column": next(iter(factors)), "strict": False}
    return {"sum": {other: _number(factor) for other, factor in factors.items()}, "plus": _number(plus)}


def _number(measure: Fraction) -> int | str:
    return int(measure) if measure.denominator == 1 else str(measure)


def parts(name: str, bonds: Sequence[Bond], later: set[str]) -> int:
    """Return by how many columns what is left of a total is still to be shared, this one included."""
    most = 1
    for bond in bonds:
        for row in bond.rows:
            if row.factors.get(name, 0) > 0:
                sharing = sum(1 for other in later if row.factors.get(other, 0) > 0)
                most = max(most, sharing + (not bond.equation))
    return most
