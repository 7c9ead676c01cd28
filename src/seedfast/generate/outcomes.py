"""Whether what was asked for comes out exactly, counted over all new rows before any is written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from seedfast.diagnostics import Finding, Severity
from seedfast.generate.aims import Column, added, grouped, made_by, ticks_of
from seedfast.generate.engine import Engine
from seedfast.names import shown
from seedfast.plan.spec import Aggregate, Asked, TablePlan
from seedfast.values.ticks import measure_of

CODE = "SF-SCOPE-OUTCOME"


def unmet(engine: Engine) -> Iterator[Finding]:
    """Yield a finding for each figure that was asked for and isn't what the new rows come to, with the arithmetic."""
    for table in engine.plan.tables:
        for asked in table.asked:
            why = _missed(engine, table, asked)
            if why:
                where = f"{table.name}.{shown(asked.column)}" if asked.column else str(table.name)
                hint = "Ask for more rows, or for a figure that they have room for."
                message = f"{asked.written} can't come out exactly: {why}."
                yield Finding(CODE, Severity.ERROR, where, message, hint)


def _missed(engine: Engine, table: TablePlan, asked: Asked) -> str:
    """Return what the rows come to instead, "" where it is what was asked for."""
    groups, labels = grouped(engine, table, asked.members)
    count = len(labels)
    if asked.per is not None:
        parent = engine.plan.table(asked.per)
        lacking = (parent.rows or parent.existing) - count
        if lacking > 0 and Decimal(asked.value) != 0:
            return f"{lacking:,} rows of {asked.per} have none"
    measure = measure_of({"unit": asked.unit, "scale": asked.scale})
    column = Column(np.ones(table.rows, dtype=np.int64), np.ones(table.rows, dtype=np.bool_))
    if asked.of is not None:
        column = made_by(engine, table, asked.of, measure)
    groups = np.where(column.present, groups, -1)
    sizes = np.bincount(groups[groups >= 0], minlength=count).tolist()
    if not sum(sizes):
        return f"none of the {table.rows:,} new rows counts"
    goal = ticks_of(asked.value, measure)
    if asked.aggregate in (Aggregate.COUNT, Aggregate.SUM, Aggregate.AVERAGE):
        sums = added(column.ticks, groups, count)
        goals = [goal * size if asked.aggregate is Aggregate.AVERAGE else goal for size in sizes]
    else:
        most = asked.aggregate is Aggregate.GREATEST
        sums = [int((np.max if most else np.min)(column.ticks[groups == each])) for each in range(count)]
        goals = [goal] * count
    for number, (found, wanted) in enumerate(zip(sums, goals, strict=True)):
        if found != wanted:
            scale = 10**measure.scale
            inside = column.ticks[groups == number]
            least, greatest = (Decimal(int(end)) / scale for end in (inside.min(), inside.max()))
            come = Decimal(found) / scale
            return f"{sizes[number]:,} rows, of {least:,} to {greatest:,}, come to {come:,}, as near as they can"
    return ""
