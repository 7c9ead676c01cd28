"""What a row finds in the row of its own table that it points at: worked out level by level, roots first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from seedfast.generate.existing import combined, same_type
from seedfast.generate.picks import Mask
from seedfast.generate.rollups import frames
from seedfast.plan.spec import Lookup, TablePlan
from seedfast.rng import Rows

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine


def inherited(engine: Engine, table: TablePlan) -> Mapping[str, pa.Array]:
    """Return what each lookup of a table into itself finds for each new row, by the lookup's name; NULL for roots."""
    lookups = [lookup for lookup in table.lookups if lookup.inherited]
    above = _above(engine, table, {lookup.reference for lookup in lookups})
    rows: list[Rows] = []
    made: dict[str, _Column] = {lookup.name: _Column(engine, table, lookup, above) for lookup in lookups}
    for level in _levels(table, above.values()):
        rows.append(level)
        known = {lookup.name: made[lookup.name].above(level) for lookup in lookups}
        frame = engine.frame(table.name, table.existing + level, known)
        for lookup in lookups:
            made[lookup.name].add(level, frame.column(lookup.parent_column))
    everything = np.arange(table.rows, dtype=np.int64)
    return {name: column.above(everything) for name, column in made.items()}


class _Column:
    """A column of a table as far as it has been worked out, and who looks it up."""

    def __init__(self, engine: Engine, table: TablePlan, lookup: Lookup, above: Mapping[str, Rows]) -> None:
        self._above = above[lookup.reference]
        self._values: pa.Array | None = None
        self._place = np.zeros(table.existing + table.rows, dtype=np.int64)
        self._start = table.existing
        if (self._above < table.existing).any() and (self._above >= 0).any() and table.existing:
            stored = np.arange(table.existing, dtype=np.int64)
            self._values = combined(engine.cells(table.name, stored).column(lookup.parent_column))
            self._place[: table.existing] = stored

    def above(self, rows: Rows) -> pa.Array:
        """Return what the rows above some new rows hold; NULL where there is none."""
        numbers = self._above[rows]
        none = numbers < 0
        if self._values is None:
            return pa.nulls(len(rows), pa.string())
        return self._values.take(pa.array(np.where(none, 0, self._place[numbers]), mask=none))

    def add(self, rows: Rows, values: pa.Array) -> None:
        """Note what some new rows hold."""
        before = 0 if self._values is None else len(self._values)
        self._place[self._start + rows] = before + np.arange(len(rows))
        self._values = values if self._values is None else pa.concat_arrays(list(same_type(self._values, values)))


def _above(engine: Engine, table: TablePlan, references: Iterable[str]) -> Mapping[str, Rows]:
    """Return the number of the row that each new row points at by each reference, -1 for none or itself."""
    own = np.arange(table.existing, table.existing + table.rows, dtype=np.int64)
    above: dict[str, list[Rows]] = {name: [np.zeros(0, dtype=np.int64)] for name in sorted(references)}
    for frame in frames(engine, table):
        for name, parts in above.items():
            parts.append(frame.picked(table.reference(name)))
    joined = {name: np.concatenate(parts) for name, parts in above.items()}
    return {name: np.where(picked == own, -1, picked) for name, picked in joined.items()}


def _levels(table: TablePlan, above: Iterable[Rows]) -> Iterable[Rows]:
    """Yield new rows, counted from 0, such that those that they point at have come before."""
    parents: Sequence[Rows] = [picked - table.existing for picked in above]
    done = np.zeros(table.rows, dtype=bool)
    left = np.arange(table.rows, dtype=np.int64)
    while left.size:
        ready: Mask = np.ones(len(left), dtype=bool)
        for picked in parents:
            theirs = picked[left]
            ready &= (theirs < 0) | done[np.maximum(theirs, 0)]
        level = left[ready] if ready.any() else left
        yield level
        done[level] = True
        left = left[~done[left]]
