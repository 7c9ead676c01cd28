"""What a sink writes: a plan, where its rows come from, and what the schema says of the tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from seedfast.load.batches import Rows
from seedfast.load.crew import Alone, Crew
from seedfast.load.source import RowSource
from seedfast.model.table import Table
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName
from seedfast.plan.spec import GenerationPlan, TablePlan

# What some system of files takes for its own.
_UNSAFE = re.compile(r'[/\\:*?"<>|%\x00-\x1f\x7f]|^\.')


@dataclass(frozen=True, slots=True, eq=False)
class Cargo:
    """Rows to write, and the ``crew`` that makes them.

    ``session`` are settings by name; constraint triggers of ``early`` are checked as rows go in. ``basis`` is a
    fingerprint of all that decides on the rows besides the plan.
    """

    plan: GenerationPlan
    source: RowSource
    tables: Mapping[QualifiedName, Table]
    session: Mapping[str, str] = field(default_factory=dict)
    early: Collection[QualifiedName] = ()
    crew: Crew = field(default_factory=Alone)
    basis: str = ""

    @property
    def filled(self) -> tuple[TablePlan, ...]:
        """The tables that get rows, in the order of their insertion."""
        names = dict.fromkeys(name for step in self.plan.steps for name in step.tables)
        return tuple(table for name in names if (table := self.plan.table(name)).rows)

    def rows(self, table: TablePlan, later: frozenset[str] = frozenset()) -> Rows:
        """Return the rows of a table, whole but for columns that are set ``later``."""
        return Rows(self.source, table, later)

    def type(self, table: QualifiedName, column: str) -> SqlType:
        """Return the type of a column below all domains."""
        return self.tables[table].column(column).type.storage

    def files(self, suffix: str) -> Mapping[QualifiedName, str]:
        """Return a name of a file for each table that gets rows, all of them distinct on any system of files."""
        names: dict[QualifiedName, str] = {}
        used: set[str] = set()
        for table in self.filled:
            plain = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", f"{table.name.schema}.{table.name.name}")
            whole = plain
            number = 1
            while whole.casefold() in used:
                number += 1
                whole = f"{plain}-{number}"
            used.add(whole.casefold())
            names[table.name] = whole + suffix
        return names


def without(cargo: Cargo, left_out: Mapping[QualifiedName, Collection[int]]) -> Cargo:
    """Return the cargo without some of its rows, which are counted from 0 among the new ones of their tables."""
    if not left_out:
        return cargo
    tables = tuple(replace(table, rows=table.rows - len(left_out.get(table.name, ()))) for table in cargo.plan.tables)
    kept = {
        name: np.setdiff1d(np.arange(cargo.plan.table(name).rows), np.array(sorted(rows), dtype=np.int64))
        for name, rows in left_out.items()
    }
    return replace(cargo, plan=replace(cargo.plan, tables=tables), source=_Sifted(cargo.source, kept))


class _Sifted:
    """A source of rows without some of another's."""

    def __init__(self, source: RowSource, kept: Mapping[QualifiedName, np.ndarray[tuple[int], np.dtype[np.int64]]]):
        self._source = source
        self._kept = kept

    def batch(
        self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None
    ) -> pa.RecordBatch | pa.Table:
        kept = self._kept.get(table)
        if kept is None or start == stop:
            return self._source.batch(table, start, stop, columns)
        rows = kept[start:stop]
        first = int(rows[0])
        return self._source.batch(table, first, int(rows[-1]) + 1, columns).take(pa.array(rows - first))
