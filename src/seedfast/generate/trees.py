"""Where in its tree each row is: depths, the numbers of nested sets, paths. Worked out level by level, roots first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.generate.existing import as_text
from seedfast.generate.rollups import frames
from seedfast.plan.spec import Grown, TablePlan
from seedfast.rng import Rows

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine


def grown(engine: Engine, table: TablePlan, spot: Grown) -> pa.Array:
    """Return what a column says of each new row's place in its tree; the table held no rows before."""
    reference = table.reference(spot.reference)
    parents = np.concatenate([frame.picked(reference) for frame in frames(engine, table)] or [_none()])
    parents = np.where(parents == np.arange(len(parents)), -1, parents)
    levels = _levels(parents)
    if spot.label is not None:
        labels = as_text(engine.whole(table.name, spot.label))
        return _paths(parents, levels, labels, spot)
    if spot.spot == "depth":
        depth = np.zeros(len(parents), dtype=np.int64)
        for number, rows in enumerate(levels):
            depth[rows] = spot.start + number
        return pa.array(depth)
    if spot.spot == "number":
        return pa.array(_numbers(parents, levels))
    left, sizes = _nested(parents, levels, apart=spot.apart)
    return pa.array(left if spot.spot == "left" else left + 2 * sizes - 1)


def _none() -> Rows:
    return np.zeros(0, dtype=np.int64)


def _levels(parents: Rows) -> list[Rows]:
    """Return the rows of each level, ascending; those of a level have their parents in the one before."""
    depth = np.where(parents < 0, 0, -1)
    levels = [np.flatnonzero(depth == 0)]
    left = np.flatnonzero(depth < 0)
    while left.size:
        met = depth[parents[left]] >= 0
        if not met.any():
            break
        here = left[met]
        depth[here] = len(levels)
        levels.append(here)
        left = left[~met]
    return levels


def _numbers(parents: Rows, levels: list[Rows]) -> Rows:
    """Return which of the trees each row is in, from 1."""
    number = np.zeros(len(parents), dtype=np.int64)
    number[levels[0]] = np.arange(1, len(levels[0]) + 1)
    for rows in levels[1:]:
        number[rows] = number[parents[rows]]
    return number


def _nested(parents: Rows, levels: list[Rows], *, apart: bool) -> tuple[Rows, Rows]:
    """Return the left numbers of rows, and how many rows each has below it and counting itself.

    Trees that are ``apart`` each begin with 1.
    """
    sizes = np.ones(len(parents), dtype=np.int64)
    for rows in reversed(levels[1:]):
        np.add.at(sizes, parents[rows], sizes[rows])
    left = np.zeros(len(parents), dtype=np.int64)
    roots = 2 * sizes[levels[0]]
    left[levels[0]] = 1 if apart else 1 + np.cumsum(roots) - roots
    for rows in levels[1:]:
        order = rows[np.argsort(parents[rows], kind="stable")]
        widths, above = 2 * sizes[order], parents[order]
        before = np.cumsum(widths) - widths
        _, first, counts = np.unique(above, return_index=True, return_counts=True)
        left[order] = left[above] + 1 + before - np.repeat(before[first], counts)
    return left, sizes


def _paths(parents: Rows, levels: list[Rows], labels: pa.Array, spot: Grown) -> pa.Array:
    """Return the labels from the root down to each row, or to its parent."""
    place = np.zeros(len(parents), dtype=np.int64)
    made: list[pa.Array] = []
    told: list[pa.Array] = []
    for number, rows in enumerate(levels):
        own = labels.take(pa.array(rows))
        if number == 0:
            above = pa.nulls(len(rows), pa.string())
            path = pc.binary_join_element_wise(spot.lead, own, "") if spot.lead else own
        else:
            above = made[-1].take(pa.array(place[parents[rows]]))
            path = pc.binary_join_element_wise(above, own, spot.separator)
        place[rows] = np.arange(len(rows))
        made.append(path.cast(pa.string()))
        told.append(above if spot.spot == "ancestry" else made[-1])
    if not len(parents):
        return pa.nulls(0, pa.string())
    back = np.empty(len(parents), dtype=np.int64)
    order = np.concatenate(levels)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(told).take(pa.array(back))
