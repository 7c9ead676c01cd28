"""Rows that count within their parents, as lines of an order do: how many each parent has, and which row is whose."""

from __future__ import annotations

import numpy as np

from seedfast.rng import Rows

_MEAN = 2
"""The rows that a parent has on average, of those that have any, where there are parents to spare."""


class Steps:
    """A bijection between numbers and pairs of a step and a parent, both counted from 0.

    The first ``rows`` numbers give parent after parent its steps: to the most popular the most, evenly down to one, and
    to the others none. The numbers after these give every parent what it lacks of all ``steps``.
    """

    def __init__(self, steps: int, popularity: Rows, rows: int) -> None:
        """``popularity`` has the rank of each parent, 0 for the most popular."""
        parents = len(popularity)
        having = max(1, min(parents, -(-rows // _MEAN)))
        sizes = np.zeros(parents, dtype=np.int64)
        sizes[:having] = np.minimum(_falling(having, rows), steps)
        sizes = sizes[popularity]
        self._sizes = sizes
        self._ends = np.cumsum(sizes)
        self._rest_ends = np.cumsum(steps - sizes)

    def split(self, numbers: Rows) -> tuple[Rows, Rows]:
        """Return the step and the parent of each number."""
        rest = numbers - self._ends[-1]
        step, parent = _placed(np.minimum(numbers, self._ends[-1] - 1), self._ends)
        more, other = _placed(np.maximum(rest, 0), self._rest_ends)
        other = np.minimum(other, len(self._sizes) - 1)
        return np.where(rest < 0, step, self._sizes[other] + more), np.where(rest < 0, parent, other)


def _falling(count: int, total: int) -> Rows:
    """Return so many sizes with that total, each 1 at least, that fall evenly."""
    shares = (total - count) * np.arange(2 * count - 1, 0, -2, dtype=np.int64)
    sizes = 1 + shares // count**2
    lacking = total - int(sizes.sum())
    sizes[np.argsort(-(shares % count**2), kind="stable")[:lacking]] += 1
    return sizes


def _placed(numbers: Rows, ends: Rows) -> tuple[Rows, Rows]:
    """Return the place of each number among those of its parent, and the parent."""
    parent = np.searchsorted(ends, numbers, side="right").astype(np.int64)
    return numbers - np.where(parent > 0, ends[np.maximum(parent - 1, 0)], 0), parent
