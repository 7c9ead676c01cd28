"""The rows of a table, batch by batch, as they are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.load.encode import array_literal, copy_text
from seedfast.load.source import RowSource
from seedfast.load.statements import Target
from seedfast.names import QualifiedName
from seedfast.plan.spec import Source, TablePlan

BATCH_BYTES = 4 << 20
"""About how large the columns of a batch may be together: fewer rows are taken at once where they are wide."""

FIRST_BATCH = 1_000
"""So many rows, or fewer where no batch may have as many, are made to see how wide rows are."""

LAG = 32
"""A batch is as large as the one so many before it suggests: so many may be in the making at once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """So many rows; ``columns`` are all of that length, and may be none at all."""

    rows: int
    columns: tuple[pa.Array, ...]

    @property
    def nbytes(self) -> int:
        """How large the columns are together."""
        return sum(column.nbytes for column in self.columns)

    def text(self) -> memoryview:
        """Return the rows in the text format of COPY; there must be a column."""
        return copy_text(self.columns)

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

    def batches(self, most: int, wide: int = BATCH_BYTES, start: int = 0, stop: int | None = None) -> Iterator[Batch]:
        """Yield the rows [start, stop), or all, as a few batches.

        No batch has more than so many, and fewer where they come to more than about ``wide`` bytes.
        """
        spans = Spans((self.table.rows if stop is None else stop) - start, most, wide)
        while (span := spans.cut()) is not None:
            batch = self.batch(start + span[0], start + span[1])
            spans.measured(batch.rows, batch.nbytes)
            yield batch


@dataclass(slots=True)
class Spans:
    """Cuts the rows of a table into ranges, by how wide the rows of earlier ones turned out to be.

    Which range decides on which is fixed, so that the ranges are the same however many are in the making at once.
    """

    rows: int
    most: int
    wide: int
    _start: int = 0
    _number: int = 0
    _sizes: list[int] = field(default_factory=list)

    def cut(self) -> tuple[int, int] | None:
        """Return the next range; None at the end, and while nothing is known of the range that decides on it."""
        decides = max(0, self._number - LAG)
        if self._start >= self.rows or (self._number and decides >= len(self._sizes)):
            return None
        size = self._sizes[decides] if self._number else min(self.most, FIRST_BATCH)
        start, self._start = self._start, min(self.rows, self._start + size)
        self._number += 1
        return start, self._start

    def measured(self, rows: int, nbytes: int) -> None:
        """Take note of how many bytes the rows of a range have; ranges come in the order in which they were cut."""
        self._sizes.append(max(1, min(self.most, self.wide // max(1, nbytes // rows))))


def take(source: RowSource, table: QualifiedName, start: int, stop: int, columns: Sequence[str]) -> Batch:
    """Return columns of the rows [start, stop), each in one piece."""
    made = source.batch(table, start, stop, columns)
    return Batch(stop - start, tuple(_whole(made.column(name)) for name in columns))


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
