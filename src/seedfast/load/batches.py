"""The rows of a table, batch by batch, as they are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.load.encode import array_literal
from seedfast.load.source import RowSource
from seedfast.load.statements import Target
from seedfast.names import QualifiedName
from seedfast.plan.spec import Source, TablePlan

BATCH_BYTES = 4 << 20
"""About how large the columns of a batch may be together: fewer rows are taken at once where they are wide."""

_FIRST_BATCH = 1_000

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Batch:
    """So many rows; ``columns`` are all of that length, and may be none at all."""

    rows: int
    columns: tuple[pa.Array, ...]

    def parameters(self) -> list[object]:
        """Return the parameters of ``statements.insert`` and ``update``: an array a column, or the number of rows."""
        return [array_literal(column) for column in self.columns] or [self.rows]

    def having_any(self, first: int) -> Batch:
        """Return the rows that hold something in any of the columns from number ``first``."""
        held = reduce(pc.or_, (column.is_valid() for column in self.columns[first:]))
        kept = tuple(column.filter(held) for column in self.columns)
        return Batch(len(kept[0]), kept)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one table as they are inserted: the columns that are set ``later`` come as NULL."""

    source: RowSource
    table: TablePlan
    later: frozenset[str]

    @property
    def target(self) -> Target:
        """The table with the columns that get values."""
        return Target(self.table.name, tuple(c for c in self.table.columns if c.source is not Source.SERVER))

    def batch(self, start: int, stop: int) -> Batch:
        """Return the rows from ``start`` up to ``stop``, or to the table's last."""
        rows = min(stop, self.table.rows) - start
        names = self.target.names
        made = [name for name in names if name not in self.later]
        if not made:
            return Batch(rows, tuple(pa.nulls(rows) for _ in names))
        batch = take(self.source, self.table.name, start, start + rows, made)
        if not self.later:
            return batch
        # Said outright, since leaving the column out would give it its default.
        columns = dict(zip(made, batch.columns, strict=True))
        return Batch(rows, tuple(columns[name] if name in columns else pa.nulls(rows) for name in names))

    def batches(self, most: int, wide: int = BATCH_BYTES) -> Iterator[Batch]:
        """Yield all rows, at most so many at once, and fewer where they come to more than about ``wide`` bytes."""
        start, size = 0, min(most, _FIRST_BATCH)
        while start < self.table.rows:
            batch = self.batch(start, start + size)
            start += batch.rows
            width = sum(column.nbytes for column in batch.columns) // batch.rows
            size = max(1, min(most, wide // max(1, width)))
            yield batch


def take(source: RowSource, table: QualifiedName, start: int, stop: int, columns: Sequence[str]) -> Batch:
    """Return columns of the rows [start, stop), each in one piece."""
    made = source.batch(table, start, stop, columns)
    return Batch(stop - start, tuple(_whole(made.column(name)) for name in columns))


def ahead(batches: Iterator[Made]) -> Iterator[Made]:
    """Yield batches, or what is made of them, while one thread makes the next: the server need not wait for it."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="seedfast-rows") as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
