"""Numbers that sibling columns add up to: a line's total, a sum with its tax, the time between two moments."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.ticks import FAR, UNITS, Measure, counted, limits, measure_of, per_unit, typed

Mask = npt.NDArray[np.bool_]

_MOST_TERMS = 16
"""So many terms can be added before a sum overflows."""


class _Term:
    """``factor`` times the product of some columns; where one is null the term is, or 0 with ``optional``."""

    def __init__(self, entry: Json) -> None:
        if not isinstance(entry, dict):
            raise parameters.wrong("terms", "a list of objects with `of` and a factor", entry)
        self.columns = [parameters.string(one, "column") for one in parameters.items(entry, "of")]
        self.factor = parameters.fraction(entry, "factor", Fraction(1))
        self.optional = parameters.flag(entry, "optional")

    def ticks(self, draw: Draw, measure: Measure, units: Params) -> tuple[Rows, Fraction, Mask]:
        """Return whole numbers, how many ticks one of them is worth, and where they are known."""
        numbers: Rows = np.ones(len(draw.rows), dtype=np.int64)
        worth = Fraction(per_unit(measure)) * self.factor
        present = np.ones(len(draw.rows), dtype=np.bool_)
        for name in self.columns:
            column = draw.inputs[name]
            if pa.types.is_dictionary(column.type):
                column = column.dictionary_decode()
            if pa.types.is_string(column.type):
                column = typed(column, units.get(name), measure)
            present &= np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
            each, size = counted(column, measure)
            numbers = _times(numbers, each)
            worth *= size / per_unit(measure)
        return np.where(present, numbers, 0), worth, present


def _times(left: Rows, right: Rows | int) -> Rows:
    """Return a product, as far as there is room for it."""
    with np.errstate(over="ignore"):
        out = left * right
    far = np.abs(left.astype(np.float64) * np.asarray(right, dtype=np.float64)) > FAR // _MOST_TERMS
    if far.any():
        out = np.where(far, np.sign(left) * np.sign(right) * (FAR // _MOST_TERMS), out)
    return out


class Figure(Generator):
    """The sum of some terms, rounded as PostgreSQL rounds; times a rate that is drawn where there are ``rates``.

    What lies outside of ``floor`` and ``ceiling`` is brought there.
    """

    def __init__(self, params: Params) -> None:
        self.terms = [_Term(entry) for entry in parameters.items(params, "terms")]
        if not 0 < len(self.terms) <= _MOST_TERMS:
            raise parameters.wrong("terms", f"1 to {_MOST_TERMS} terms", params.get("terms"))
        self.units = parameters.mapping(params, "units") if "units" in params else {}
        for name in self.units:
            parameters.one_of(self.units, name, UNITS)
        self.inputs = tuple(dict.fromkeys(name for term in self.terms for name in term.columns))
        self.measure = measure_of(params)
        self.floor, self.ceiling = limits(params)
        self.cut = parameters.flag(params, "cut")
        rates = [Fraction(str(rate)) for rate in parameters.items(params, "rates", ())]
        self.rated = bool(rates)
        self.base = lcm(*(rate.denominator for rate in rates)) if rates else 1
        self.rates = np.array([int(rate * self.base) for rate in rates] or [1], dtype=np.int64)
        weights = [int(str(weight)) for weight in parameters.items(params, "weights", ())] or [1] * len(self.rates)
        if len(weights) != len(self.rates) or min(weights) < 1:
            raise parameters.wrong("weights", "a positive number a rate", params.get("weights"))
        self.ends = np.cumsum(weights)

    def values(self, draw: Draw) -> pa.Array:
        """Return what the siblings add up to; null where one that is needed is."""
        parts = [term.ticks(draw, self.measure, self.units) for term in self.terms]
        common = lcm(*(worth.denominator for _, worth, _ in parts))
        total: Rows = np.zeros(len(draw.rows), dtype=np.int64)
        present = np.ones(len(draw.rows), dtype=np.bool_)
        for term, (numbers, worth, known) in zip(self.terms, parts, strict=True):
            total = total + _times(numbers, int(worth * common))
            present &= known | term.optional
        if self.rated:
            chosen = np.searchsorted(self.ends, draw.below(int(self.ends[-1]), "rate"), side="right")
            total, common = _times(total, self.rates[chosen]), common * self.base
        whole = total // common if self.cut else np.sign(total) * ((2 * np.abs(total) + common) // (2 * common))
        made = self.measure.made(np.clip(whole, self.floor, self.ceiling))
        if present.all():
            return made
        return columns.chosen(present, made, pa.nulls(len(made), made.type))


class First(Generator):
    """True where a sibling is 1, null where it is."""

    def __init__(self, params: Params) -> None:
        self.column = parameters.string(params, "column")
        self.inputs = (self.column,)

    def values(self, draw: Draw) -> pa.Array:
        """Return whether the sibling is 1."""
        return pc.equal(draw.inputs[self.column], 1)


def _object(entry: Json) -> Params:
    if not isinstance(entry, dict):
        raise parameters.wrong("above", "objects with a column", entry)
    return entry


class Rising(Generator):
    """Values that rise with a row's place among its parent's: by ``least`` or more, and by the siblings in ``by``.

    The first lies beyond ``low`` and the siblings in ``above``. Each is drawn from a span of ``step`` values.
    """

    def __init__(self, params: Params) -> None:
        self.place = parameters.string(params, "column")
        self.above, self.by = (
            [parameters.string(entry, "column") for entry in map(_object, parameters.items(params, name, ()))]
            for name in ("above", "by")
        )
        self.inputs = tuple(dict.fromkeys((self.place, *self.above, *self.by)))
        self.measure = measure_of({**params, "spread": params.get("step", 1)})
        self.step, self.least = max(self.measure.spread, 1), max(parameters.count(params, "least", 1), 1)
        self.floor, self.ceiling = limits(params)

    def values(self, draw: Draw) -> pa.Array:
        """Return values above those of the parent's rows that come before."""
        place, _ = counted(draw.inputs[self.place], self.measure)
        places = place.astype(np.int64)
        total = (
            self.measure.low
            + _times(places, self.step + self.least - 1)
            + draw.below(self.step, "within").astype(np.int64)
        )
        for name in self.above:
            total = total + self._ticks(draw, name)
        for name in self.by:
            total = total + _times(places, self._ticks(draw, name))
        return self.measure.made(np.clip(total, self.floor, self.ceiling))

    def _ticks(self, draw: Draw, name: str) -> Rows:
        column = draw.inputs[name]
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_string(column.type):
            column = typed(column, None, self.measure)
        numbers, worth = counted(column, self.measure)
        return -(-_times(numbers, worth.numerator) // worth.denominator)


def register(registry: Registry) -> None:
    """Register what siblings add up to."""
    explained = {
        "terms": "what is added: each is `of` some columns, multiplied, times a `factor`; `optional` where null is 0",
        "rates": "what the sum is multiplied by, one of them a row",
        "weights": "how often each rate comes",
        "cut": "whether what is left over is cut off, not rounded",
        "low": "lowest usual value",
        "high": "highest usual value",
        "usual": "what the values usually reach, where low and high don't say",
        "floor": "lowest value that is allowed",
        "ceiling": "highest value that is allowed",
        "unit": "one of " + ", ".join(UNITS),
        "units": "units of siblings, by name, where they are not the value's own",
        "scale": "digits after the point of decimals",
        "precision": "digits of decimals in all",
    }
    registry.register(ValueKind("figure", "what other columns add up to", Figure, explained))
    rising = {
        "column": "the place of the row among its parent's, from 1",
        "step": "how far apart values of the same place may be: numbers, days or seconds",
        "least": "how far a value lies above the one before at the least, in steps of its type",
        "above": "siblings that all values lie above",
        "by": "siblings that a value lies above the one before by, too",
        **{name: explained[name] for name in ("low", "high", "floor", "ceiling", "unit", "scale", "precision")},
    }
    registry.register(ValueKind("figure.rising", "a number above those of the rows before", Rising, rising))
    registry.register(ValueKind("figure.first", "whether a place is the first", First, {"column": "the place"}))
