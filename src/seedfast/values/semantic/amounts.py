"""Amounts: numbers with more small ones than large ones, by integer tables, in the unit of their column."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows, scale
from seedfast.values.kind import Draw, Generator, Json
from seedfast.values.semantic.text import group_of, stream_of

NUMBERS: Mapping[str, str] = {
    "low": "the lowest value",
    "high": "the highest value",
    "scale": "digits after the point",
    "unit": "what the column stores: integer, decimal or float",
}
"""The parameters of every kind of amount."""

_ENDINGS = np.array([99, 99, 99, 95, 50, 0, 90, 49], dtype=np.int64)
_PRECISION = 38
_LARGEST = 1 << 62


class AmountGenerator(Generator):
    """Numbers from ``low`` to ``high``: ``even`` ones all alike, others each doubling as often as the next.

    ``priced`` ones end like prices do.
    """

    def __init__(
        self, params: Mapping[str, Json], *, low: str, high: str, digits: int, even: bool = False, priced: bool = False
    ) -> None:
        self._unit = str(params.get("unit") or "decimal")
        self._scale = 0 if self._unit == "integer" else finest(params, low, high, int(params.get("scale", digits)))
        self._group = group_of(params)
        steps = 10**self._scale
        self._low, self._high = limits(params, low, high, self._scale)
        self._priced = priced and self._scale == 2 and self._high - self._low >= 10 * steps
        cuts = [self._low, self._high + 1] if even else _doublings(self._low, self._high)
        self._starts = np.array(cuts[:-1], dtype=np.int64)
        self._widths = np.array([end - start for start, end in itertools.pairwise(cuts)], dtype=np.int64)
        self.capacity = self._high - self._low + 1

    def values(self, draw: Draw) -> pa.Array:
        """Return a number per row."""
        stream = stream_of(draw, self._group, "amount")
        band = stream.child("band").below(draw.rows, len(self._starts))
        within = stream.child("within").words(draw.rows)
        # The product of 31 random bits and a width stays below 2**63 only for widths below 2**32.
        wide = self._widths.max() >= 1 << 31
        inside = (
            (within >> np.uint64(1)).astype(np.int64) % self._widths[band]
            if wide
            else _spread(within, self._widths[band])
        )
        chosen = self._starts[band] + inside
        if self._priced:
            ending = _ENDINGS[scale(stream.child("ending").words(draw.rows), len(_ENDINGS))]
            chosen = np.clip(chosen // 100 * 100 + ending, self._low, self._high)
        return stored(chosen, self._scale, self._unit)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers from the lowest up."""
        return stored(self._low + index, self._scale, self._unit)


def finest(params: Mapping[str, Json], low: str, high: str, digits: int) -> int:
    """Return how many of so many digits after the point leave the range of the parameters within 64 bits."""
    ends = (Decimal(str(params.get("low", low))), Decimal(str(params.get("high", high))))
    widest = max(abs(end) for end in ends)
    return next((scale for scale in range(digits, 0, -1) if widest.scaleb(scale) < _LARGEST), 0)


def limits(params: Mapping[str, Json], low: str, high: str, digits: int) -> tuple[int, int]:
    """Return the parameters ``low`` and ``high`` in units of 10 ** -digits, inside what they allow."""
    steps = 10**digits
    lowest = -int(-Decimal(str(params.get("low", low))) * steps // 1)
    return lowest, max(lowest, int(Decimal(str(params.get("high", high))) * steps // 1))


def stored(units: Rows, digits: int, unit: str) -> pa.Array:
    """Return whole numbers of 10 ** -digits as what a column of the unit stores."""
    if unit == "integer":
        return pa.array(units, pa.int64())
    if unit == "float":
        return pa.array(units / 10**digits, pa.float64())
    return decimals(units, digits)


def _spread(words: np.ndarray[Any, np.dtype[np.uint64]], widths: Rows) -> Rows:
    return ((words >> np.uint64(32)) * widths.astype(np.uint64) >> np.uint64(32)).astype(np.int64)


def _doublings(low: int, high: int) -> list[int]:
    cuts = [low]
    step = max(low, 1) if low > 0 else max(1, (high - low) // 64)
    while cuts[-1] + step <= high:
        cuts.append(cuts[-1] + step)
        step *= 2
    cuts.append(high + 1)
    if len(cuts) > 2 and cuts[-1] - cuts[-2] < (cuts[-2] - cuts[-3]) // 4:
        del cuts[-2]
    return cuts


def decimals(units: Rows, digits: int) -> pa.Array:
    """Return whole numbers of 10 ** -digits as decimals."""
    halves = np.empty((len(units), 2), dtype=np.int64)
    halves[:, 0] = units
    halves[:, 1] = units >> np.int64(63)
    return pa.Array.from_buffers(pa.decimal128(_PRECISION, digits), len(units), [None, pa.py_buffer(halves)])
