"""Rows of one's own: cells that stand in the place of generated ones, and rows that don't count where others do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.generate.existing import as_text
from seedfast.plan.spec import TablePlan
from seedfast.rng import Rows

Mask = npt.NDArray[np.bool_]

_ZONE = r"\+00(:00)?$"


class Given:
    """The given rows of a table, by their place among its new rows, from 0."""

    def __init__(self, table: TablePlan) -> None:
        self._rows = table.given
        self._first = table.existing
        first = max((plan.first or 0 for plan in table.branches), default=0)
        self._head = max(0, first - table.existing - len(table.given))
        self._columns: dict[str, tuple[Mask, pa.Array]] = {}
        self._left_out: dict[frozenset[str], Rows] = {}

    @cached_property
    def branches(self) -> Rows:
        """The branch that each given row takes."""
        return np.array([row.branch for row in self._rows], dtype=np.int64)

    def inside(self, rows: Rows) -> Mask:
        """Tell which of some row numbers are those of given rows."""
        within: Mask = (rows >= self._first) & (rows < self._first + len(self._rows))
        return within

    def having(self, column: str, rows: Rows) -> Mask:
        """Tell which rows are given with a cell for a column."""
        if not self._rows:
            return np.zeros(len(rows), dtype=bool)
        inside = self.inside(rows)
        return inside & self._cells(column)[0][np.where(inside, rows - self._first, 0)]

    def laid_over(self, column: str, values: pa.Array, rows: Rows) -> pa.Array:
        """Return a column's values for some rows, with what is given in the place of what was made.

        They stay what they were, or become text where they can't hold all that is given.
        """
        mask, texts = self._cells(column)
        if not mask.any():
            return values
        texts, values = _alike(texts, values)
        here = self.having(column, rows)
        if not here.any():
            return values
        cells = texts.take(pa.array(np.where(here, rows - self._first, 0)))
        return pc.if_else(pa.array(here), cells, values)

    def cells(self, column: str, rows: Rows) -> pa.Array:
        """Return the cells of given rows in a column, as text."""
        return self._cells(column)[1].take(pa.array(rows - self._first))

    # Rows that give all columns of a key don't count in it. Other given ones do, next to the rows that must be first.

    def nth(self, columns: Iterable[str], rows: Rows) -> Rows:
        """Return which of the new rows that don't give all of some columns each row is, from 0."""
        nth: Rows = rows - self._first - len(self._rows)
        if not self._rows:
            return nth
        incomplete = self._incomplete(columns)
        later = self._head + np.searchsorted(incomplete, rows - self._first, side="left")
        nth = np.where(nth >= self._head, nth + len(incomplete), nth)
        return np.where(self.inside(rows), later, nth)

    def place(self, columns: Iterable[str], nth: Rows) -> Rows:
        """Return the place among all new rows of the n-th that doesn't give all of some columns."""
        place: Rows = nth + len(self._rows)
        incomplete = self._incomplete(columns)
        if len(incomplete):
            own = (nth >= self._head) & (nth < self._head + len(incomplete))
            place = np.where(nth >= self._head, place - len(incomplete), place)
            place = np.where(own, incomplete[np.where(own, nth - self._head, 0)], place)
        return place

    def _incomplete(self, columns: Iterable[str]) -> Rows:
        return np.setdiff1d(np.arange(len(self._rows), dtype=np.int64), self.complete(columns))

    def complete(self, columns: Iterable[str]) -> Rows:
        """Return the places, ascending, of the given rows that give all of some columns."""
        names = frozenset(columns)
        if names not in self._left_out:
            found = [place for place, row in enumerate(self._rows) if names <= row.cells.keys()]
            self._left_out[names] = np.array(found, dtype=np.int64)
        return self._left_out[names]

    def _cells(self, column: str) -> tuple[Mask, pa.Array]:
        if column not in self._columns:
            mask = np.array([column in row.cells for row in self._rows], dtype=bool)
            self._columns[column] = mask, pa.array([row.cells.get(column) for row in self._rows], pa.string())
        return self._columns[column]


def _alike(texts: pa.Array, values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return given cells as what a column's values are, else both as text."""
    kind = values.type
    # The digits of a float are PostgreSQL's own.
    if not (pa.types.is_string(kind) or pa.types.is_dictionary(kind) or pa.types.is_floating(kind)):
        try:
            if pa.types.is_time(kind):
                # Arrow reads no times of day.
                return pa.array([text and time.fromisoformat(text) for text in texts.to_pylist()], kind), values
            return pc.replace_substring_regex(texts, _ZONE, "").cast(kind), values
        except (ValueError, pa.ArrowNotImplementedError):
            pass
    return texts, as_text(values)
