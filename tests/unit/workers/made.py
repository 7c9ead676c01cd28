"""Sources of rows that workers can unpickle: this module is what they import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from seedfast.errors import LoadError
from seedfast.load.batches import Batch
from seedfast.names import QualifiedName
from seedfast.plan.spec import VERSION, ColumnPlan, GenerationPlan, Source, Status, TablePlan

T = QualifiedName("public", "t")


def plan(rows: int) -> GenerationPlan:
    columns = (ColumnPlan("n", "bigint", Source.GENERATED), ColumnPlan("v", "text", Source.GENERATED))
    table = TablePlan(T, Status.FILL, rows=rows, columns=columns)
    return GenerationPlan(VERSION, 0, "2026-01-01T00:00:00Z", "", "", (table,), ())


@dataclass(frozen=True)
class Numbered:
    """Each row says its number, and rows from ``wide_from`` on are a hundred times as wide."""

    wide_from: int = 1 << 60

    def batch(self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        values = [f"row {n} " * (100 if n >= self.wide_from else 1) for n in range(start, stop)]
        return pa.table({"n": pa.array(range(start, stop), pa.int64()), "v": values}).select(list(columns or "nv"))


@dataclass(frozen=True)
class Deadly(Numbered):
    """Kills the process that asks for row ``at``: once, where a file marks that it has been done, or every time."""

    at: int = 0
    mark: Path | None = None

    def batch(self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        if start <= self.at < stop and (self.mark is None or not self.mark.exists()):
            if self.mark is not None:
                self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().batch(table, start, stop, columns)


@dataclass(frozen=True)
class Wrong(Numbered):
    """Can't make rows from 5,000 on."""

    def batch(self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        if stop > 5_000:
            raise LoadError("SF-X", "what it is", "what to do", sqlstate="12345")
        return super().batch(table, start, stop, columns)


@dataclass(frozen=True)
class Slow(Numbered):
    """Writes the number of its process into a file and takes a minute."""

    mark: Path = Path()

    def batch(self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        partial = self.mark.with_suffix(".partial")
        partial.write_text(str(os.getpid()))
        partial.rename(self.mark)
        time.sleep(60)
        return super().batch(table, start, stop, columns)


def process_of(batch: Batch) -> int:
    return os.getpid()
