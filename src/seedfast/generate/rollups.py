"""What the rows that refer to a parent come to, and which of them each is: picks read backwards.

A pick leads from a row to its parent, so what a parent's children come to is only known when all of them have picked.
That is done once a run, for all parents at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.plan.spec import Aggregate, ReferencePlan, Rollup, TablePlan
from seedfast.rng import Rows, Stream
from seedfast.values.kind import Draw
from seedfast.values.ticks import Measure, counted, measure_of, typed

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine
    from seedfast.generate.frame import Frame

_AT_ONCE = 1 << 16
_HALF = 26
"""Sums are added up in two halves of so many bits, each of them exact in floating-point numbers."""

_FAR = (1 << 63) - 1


def rolled_up(engine: Engine, table: TablePlan, rollup: Rollup) -> pa.Array:
    """Return what the rows that refer to each new row of a table come to."""
    child = engine.plan.table(rollup.child)
    reference = child.reference(rollup.reference)
    counts: Rows = np.zeros(table.rows, dtype=np.int64)
    if rollup.of is None:
        for frame in frames(engine, child):
            parents = _new(frame, reference, table)
            counts += np.bincount(parents[parents >= 0], minlength=table.rows)
        return pa.array(counts)
    measure = measure_of({"unit": rollup.unit, "scale": rollup.scale})
    machine = engine.generator(rollup.of)
    start = {Aggregate.LEAST: _FAR, Aggregate.GREATEST: -_FAR}.get(rollup.aggregate, 0)
    taken: Rows = np.full(table.rows, start, dtype=np.int64)
    for frame in frames(engine, child):
        values = machine.values(Draw(frame.rows, Stream(0), {name: frame.column(name) for name in machine.inputs}))
        ticks, present = in_ticks(values, measure)
        parents = _new(frame, reference, table)
        there = (parents >= 0) & present
        at, numbers = parents[there], ticks[there]
        counts += np.bincount(at, minlength=table.rows)
        if rollup.aggregate is Aggregate.LEAST:
            np.minimum.at(taken, at, numbers)
        elif rollup.aggregate is Aggregate.GREATEST:
            np.maximum.at(taken, at, numbers)
        else:
            taken += _added(at, numbers, table.rows)
    if rollup.aggregate is Aggregate.AVERAGE:
        taken = np.sign(taken) * ((2 * np.abs(taken) + counts) // (2 * np.maximum(counts, 1)))
    made = measure.made(np.where(counts > 0, taken, 0))
    if rollup.aggregate is Aggregate.SUM:
        return made
    return made.take(pa.array(np.arange(table.rows), mask=counts == 0))


def ranked(engine: Engine, table: TablePlan, reference: ReferencePlan) -> tuple[Rows, pa.Array]:
    """Return for each new row of a table its parent, and its place among the new rows of that, NULL without one."""
    parents, ranks = np.empty(table.rows, dtype=np.int64), np.empty(table.rows, dtype=np.int64)
    # Rows without a parent are counted in the last place.
    before: Rows = np.zeros(engine.total(reference.parent) + 1, dtype=np.int64)
    for frame in frames(engine, table):
        here, at = frame.picked(reference), frame.rows - table.existing
        order = np.argsort(here, kind="stable")
        met, first, sizes = np.unique(here[order], return_index=True, return_counts=True)
        parents[at], ranks[at] = here, before[here] + 1
        ranks[at[order]] += np.arange(len(here)) - np.repeat(first, sizes)
        before[met] += sizes
    return parents, pa.array(ranks, mask=parents < 0)


def frames(engine: Engine, table: TablePlan) -> Iterator[Frame]:
    """Yield the new rows of a table, some at once."""
    end = table.existing + table.rows
    for start in range(table.existing, end, _AT_ONCE):
        yield engine.frame(table.name, np.arange(start, min(start + _AT_ONCE, end), dtype=np.int64))


def _new(frame: Frame, reference: ReferencePlan, parent: TablePlan) -> Rows:
    """Return which of the parent's new rows each row picks; below 0 where it picks none of them."""
    picked: Rows = frame.picked(reference) - parent.existing
    return picked


def in_ticks(values: pa.Array, measure: Measure) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """Return values in ticks of a measure, and where there are any."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_string(values.type):
        values = typed(values, None, measure)
    numbers, worth = counted(values, measure)
    present = np.asarray(values.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
    twice, base = 2 * numbers * worth.numerator, worth.denominator
    return np.sign(twice) * ((np.abs(twice) + base) // (2 * base)), present


def _added(at: Rows, numbers: Rows, rows: int) -> Rows:
    """Return the sums of numbers, place by place."""
    high, low = numbers >> _HALF, numbers & ((1 << _HALF) - 1)
    sums = [np.bincount(at, weights=half.astype(np.float64), minlength=rows).astype(np.int64) for half in (high, low)]
    out: Rows = (sums[0] << _HALF) + sums[1]
    return out
