"""Proposals for conditions that can't be read: many rows of some columns, for PostgreSQL to choose from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.generate.engine import Engine
from seedfast.generate.existing import as_text
from seedfast.generate.frame import Frame
from seedfast.names import QualifiedName
from seedfast.plan.spec import ReferencePlan, TablePlan


class _Loose(Frame):
    """A frame without keys and without NULLs: any row number may be asked for, and every value is one to try."""

    def __init__(self, engine: Engine, table: TablePlan, count: int) -> None:
        super().__init__(engine, table, np.arange(table.existing, table.existing + count, dtype=np.int64))
        self._nulls = self._keyed = False


def rows(engine: Engine, table: QualifiedName, columns: Sequence[str], count: int) -> dict[str, list[str | None]]:
    """Return so many rows of columns that generators make, as text."""
    frame = _Loose(engine, engine.plan.table(table), count)
    return {name: as_text(frame.column(name)).to_pylist() for name in columns}


def parents(engine: Engine, reference: ReferencePlan, parent_column: str, most: int) -> list[str | None]:
    """Return the distinct values, as text, that a column of a reference's parents holds; at most so many."""
    held: pa.Array = pc.drop_null(pc.unique(as_text(engine.whole(reference.parent, parent_column))))
    found: list[str | None] = held.slice(0, most).to_pylist()
    return found
