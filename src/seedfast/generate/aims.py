"""Columns whose cells are brought to what they are to come to, over all new rows at once.

Cells are drawn as ever. Then those of a group of rows are stretched by one factor, which is found by bisection over
floating-point numbers, kept within their bounds and cut to whole ticks; what is missing from the figure then is dealt
out tick by tick. All of it is a function of the plan: no row depends on the batch it is asked for in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.generate.existing import as_text
from seedfast.generate.groups import Groups
from seedfast.generate.rollups import frames, in_ticks
from seedfast.plan.spec import Aggregate, Aim, GeneratorPlan, Members, TablePlan
from seedfast.rng import Rows, Stream
from seedfast.values.kind import Draw
from seedfast.values.ticks import Measure, measure_of, typed
from seedfast.values.times import microseconds

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_STEPS = 63
"""So many halvings find a floating-point number exactly."""

_FAR = 1 << 52
"""No bound lies farther away, in ticks, than floating-point numbers count exactly."""

_ROUNDS = 8


Label = tuple[str, ...]
"""What the rows of a group have in common, as text."""


@dataclass(slots=True)
class Column:
    """A column of all new rows of a table: its values in ticks, and where there are any."""

    ticks: Rows
    present: Mask


def aimed(engine: Engine, table: TablePlan, column: str) -> pa.Array:
    """Return a column of all new rows of a table, brought to what its aims say, one after the other."""
    # Sums make up for what the greatest and the least cell have become.
    ends = (Aggregate.LEAST, Aggregate.GREATEST)
    aims = sorted((aim for aim in table.aims if aim.column == column), key=lambda aim: aim.aggregate not in ends)
    measure = measure_of({"unit": aims[0].unit, "scale": aims[0].scale})
    parts, branches = [], []
    for frame in frames(engine, table):
        parts.append(_column(frame.drawn(column), measure))
        branches.append(frame.branch)
    drawn = _joined(parts)
    given = engine.given(table.name).having(column, np.arange(table.existing, table.existing + table.rows))
    taken = np.concatenate(branches)
    low, high = _bounds(aims[0].low, taken, measure, -_FAR), _bounds(aims[0].high, taken, measure, _FAR)
    ticks = drawn.ticks.copy()
    fixed = given | ~drawn.present
    low, high = np.where(fixed, ticks, low), np.where(fixed, ticks, high)
    for aim in aims:
        groups, labels = grouped(engine, table, aim.members)
        groups = np.where(drawn.present, groups, -1)
        if not labels:
            continue
        if aim.aggregate in ends:
            _bounded(aim, ticks, groups, len(labels), low, high, measure)
            continue
        weights: Rows = np.ones(table.rows, dtype=np.int64)
        for name in aim.times:
            weights = weights * np.maximum(whole(engine, table, name, measure_of({"unit": "integer"})).ticks, 0)
        goals = _goals(engine, table, aim, groups, labels, weights, drawn.ticks, measure)
        ticks = levelled(ticks, weights, groups, goals, low, high)
    made = measure.made(ticks)
    return made.take(pa.array(np.arange(table.rows), mask=~drawn.present)) if not drawn.present.all() else made


def whole(engine: Engine, table: TablePlan, name: str, measure: Measure) -> Column:
    """Return a column, as it will be, of all new rows of a table in a measure."""
    return _joined([_column(frame.column(name), measure) for frame in frames(engine, table)])


def grouped(engine: Engine, table: TablePlan, members: Members) -> tuple[Rows, Sequence[Label]]:
    """Return in which group of members each new row of a table is, -1 for none, and what its rows have in common."""
    inside: list[Mask] = []
    keys: list[list[pa.Array]] = []
    for frame in frames(engine, table):
        here = np.ones(len(frame.rows), dtype=np.bool_)
        for name, value in members.where.items():
            here &= np.array([text == value for text in as_text(frame.column(name)).to_pylist()], dtype=np.bool_)
        for name in members.through:
            reference = table.reference(name)
            here &= frame.picked(reference) >= engine.plan.table(reference.parent).existing
        if members.during:
            name, start, end = members.during
            moments = frame.column(name)
            if pa.types.is_string(moments.type):
                moments = typed(moments, None, measure_of({"unit": "timestamp"}))
            lasting = moments.cast(pa.timestamp("us")).view(pa.int64())
            known = lasting.is_valid().to_numpy(zero_copy_only=False)
            numbers = lasting.fill_null(0).to_numpy(zero_copy_only=False)
            here &= known & (numbers >= _moment(start)) & (numbers < _moment(end))
        inside.append(here)
        keys.append([as_text(frame.column(name)) for name in members.each])
    if not inside:
        return np.zeros(0, dtype=np.int64), ()
    among = np.concatenate(inside)
    if not members.each:
        return np.where(among, 0, -1).astype(np.int64), ((),)
    columns = [pa.concat_arrays([batch[n] for batch in keys]) for n in range(len(members.each))]
    groups = Groups(columns)
    found = np.where(among, groups.find(columns), -1)
    _, first, numbers = np.unique(found[found >= 0], return_index=True, return_inverse=True)
    places = pa.array(np.flatnonzero(found >= 0)[first])
    found[found >= 0] = numbers
    return found, list(zip(*(column.take(places).to_pylist() for column in columns), strict=True))


def made_by(engine: Engine, table: TablePlan, plan: GeneratorPlan, measure: Measure) -> Column:
    """Return what a generator makes for all new rows of a table from their columns."""
    machine = engine.generator(plan)
    parts = []
    for frame in frames(engine, table):
        inputs = {name: frame.column(name) for name in machine.inputs}
        parts.append(_column(machine.values(Draw(frame.rows, Stream(0), inputs)), measure))
    return _joined(parts)


def added(values: Rows, groups: Rows, count: int) -> list[int]:
    """Return the exact sums of values by group; rows of the group -1 count for none."""
    here = groups >= 0
    values, groups = values[here], groups[here]
    sums = [
        np.bincount(groups, weights=part.astype(np.float64), minlength=count).astype(np.int64).tolist()
        for part in (values >> 24, values & ((1 << 24) - 1))
    ]
    return [(high << 24) + low for high, low in zip(*sums, strict=True)]


def ticks_of(value: str, measure: Measure) -> Fraction:
    """Return a number in the ticks of a measure; it may lie between two of them."""
    return Fraction(Decimal(value)) * Fraction(10**measure.scale)


def _moment(written: str) -> int:
    return microseconds(datetime.fromisoformat(written))


# What groups are to come to.


def _goals(
    engine: Engine,
    table: TablePlan,
    aim: Aim,
    groups: Rows,
    labels: Sequence[Label],
    weights: Rows,
    drawn: Rows,
    measure: Measure,
) -> list[int]:
    """Return what each group's cells are to come to, in ticks, to the nearest."""
    goal, count = ticks_of(aim.value, measure), len(labels)
    if aim.aggregate is Aggregate.AVERAGE:
        sizes = np.bincount(groups[groups >= 0], minlength=count).tolist()
        return [round(goal * size) for size in sizes]
    if aim.part_of is not None:
        own = dict(zip(labels, added(drawn * weights, groups, count), strict=True))
        return [round(goal * share) for share in _shares(engine, aim, own, measure)]
    besides = [0] * count
    if aim.rest is not None:
        besides = added(made_by(engine, table, aim.rest, measure).ticks, groups, count)
    return [round(rest - goal if aim.less else goal - rest) for rest in besides]


def _shares(engine: Engine, aim: Aim, own: Mapping[Label, int], measure: Measure) -> Iterator[Fraction]:
    """Yield how large a part of the figure that it belongs to each group's sum was drawn to be."""
    assert aim.part_of is not None
    before = engine.aimless
    other = before.plan.table(aim.part_of[0])
    groups, labels = grouped(before, other, aim.whole)
    column = whole(before, other, aim.part_of[1], measure)
    sums = added(np.where(column.present, column.ticks, 0), groups, len(labels))
    totals = dict(zip(labels, sums, strict=True))
    for label, part in own.items():
        total = totals.get(label, 0)
        yield Fraction(part, total) if total > 0 else Fraction(1)


# How cells are brought there.


def _bounded(aim: Aim, ticks: Rows, groups: Rows, count: int, low: Rows, high: Rows, measure: Measure) -> None:
    """Let the greatest cell of each group be the value, or the least; what comes later keeps it so."""
    value, most = round(ticks_of(aim.value, measure)), aim.aggregate is Aggregate.GREATEST
    ends, pick = (high, np.minimum) if most else (low, np.maximum)
    inside = groups >= 0
    free = inside & (low <= value) & (value <= high) & (low < high)
    kept = np.where(inside, pick(ticks, value), ticks)
    # Stable: of cells that are alike the first one is taken.
    order = np.lexsort((-ticks if most else ticks, ~free, np.where(inside, groups, count)))
    _, first = np.unique(np.where(inside, groups, count)[order], return_index=True)
    chosen = order[first]
    chosen = chosen[free[chosen]]
    np.copyto(ends, pick(ends, value), where=inside)
    kept = np.clip(kept, low, np.maximum(low, high))
    kept[chosen] = low[chosen] = high[chosen] = value
    ticks[:] = kept


def levelled(ticks: Rows, weights: Rows, groups: Rows, goals: Sequence[int], low: Rows, high: Rows) -> Rows:
    """Return cells that come to the goals by group, or as near to them as their bounds let them."""
    at = np.flatnonzero((groups >= 0) & (weights > 0))
    if not at.size:
        return ticks
    group, weight, floor, ceiling = groups[at], weights[at], low[at], high[at]
    base = min(0, int(ticks[at].min()))
    size = np.maximum(ticks[at] - base, 1).astype(np.float64)
    goal = np.array([float(each) for each in goals])
    # Bisection over the bits of positive numbers, which are in the order of the numbers.
    least, most = (np.full(len(goals), bits, dtype=np.int64) for bits in (0, np.float64(_FAR * 4).view(np.int64)))
    for _ in range(_STEPS):
        middle = least + (most - least) // 2
        cells = _stretched(size, middle.view(np.float64)[group], base, floor, ceiling)
        over = np.bincount(group, weights=cells.astype(np.float64) * weight, minlength=len(goals)) > goal
        least, most = np.where(over, least, middle), np.where(over, middle, most)
    cells = _stretched(size, least.view(np.float64)[group], base, floor, ceiling)
    out = ticks.copy()
    out[at] = _settled(cells, weight, group, goals, floor, ceiling)
    return out


def _stretched(size: Floats, factor: Floats, base: int, low: Rows, high: Rows) -> Rows:
    cells: Rows = np.floor(np.minimum(size * factor, float(_FAR))).astype(np.int64) + base
    return np.clip(cells, low, high)


def _settled(cells: Rows, weight: Rows, group: Rows, goals: Sequence[int], low: Rows, high: Rows) -> Rows:
    """Return cells to which what is missing from the goals is dealt out, those that count most first."""
    cells = cells.copy()
    order = np.lexsort((np.arange(len(cells)), -weight))
    kinds = np.unique(weight)[::-1]
    missing = np.array(_missing(cells, weight, group, goals), dtype=object)
    for turn in range(_ROUNDS):
        if not missing.any():
            break
        for each in kinds.tolist():
            at = order[weight[order] == each]
            up = np.array([number > 0 for number in missing])[group[at]]
            room = np.where(up, high[at] - cells[at], cells[at] - low[at])
            at, room = at[room > 0], room[room > 0]
            if not at.size:
                continue
            left = np.array([min(abs(number) // each, _FAR) for number in missing], dtype=np.int64)
            # In the last turns one cell takes all that it has room for.
            take = np.minimum(room, 1 if turn < _ROUNDS // 2 else left[group[at]])
            sorted_by = np.argsort(group[at], kind="stable")
            at, take = at[sorted_by], take[sorted_by]
            before = np.cumsum(take) - take
            starts = np.concatenate([[True], group[at][1:] != group[at][:-1]])
            before = before - np.repeat(before[starts], np.diff(np.append(np.flatnonzero(starts), len(at))))
            take = np.clip(left[group[at]] - before, 0, take)
            cells[at] += np.where(np.array([number > 0 for number in missing])[group[at]], take, -take)
            missing = np.array(_missing(cells, weight, group, goals), dtype=object)
    return cells


def _missing(cells: Rows, weight: Rows, group: Rows, goals: Sequence[int]) -> list[int]:
    return [goal - total for goal, total in zip(goals, added(cells * weight, group, len(goals)), strict=True)]


# Reading.


def _column(values: pa.Array, measure: Measure) -> Column:
    return Column(*in_ticks(values, measure))


def _joined(parts: Sequence[Column]) -> Column:
    if not parts:
        return Column(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_))
    return Column(np.concatenate([one.ticks for one in parts]), np.concatenate([one.present for one in parts]))


def _bounds(ends: Sequence[str], branches: Rows, measure: Measure, otherwise: int) -> Rows:
    """Return a bound for each row by its branch, in ticks."""
    ticks = [round(ticks_of(end, measure)) if end else otherwise for end in ends]
    return np.clip(np.array(ticks, dtype=np.int64), -_FAR, _FAR)[
        branches if len(ticks) > 1 else np.zeros_like(branches)
    ]
