"""Tables whose rows don't all go in as they were planned: those that go in are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg

from seedfast.db import Connection
from seedfast.diagnostics import Finding, Severity
from seedfast.load import failures, singly, statements
from seedfast.load.batches import Rows

MOST_REFUSED = 2_000
"""The number of refused rows after which a table counts as refused."""

_MOST_AT_ONCE = 1_000

_ONE_BY_ONE = 64
"""Rows that are no longer halved: PostgreSQL takes them one by one."""


@dataclass(slots=True)
class Sieve:
    """Inserts rows by halves, down to few, and those one by one, and leaves out those that PostgreSQL refuses."""

    connection: Connection
    rows: Rows
    inserted: int = 0
    left_out: list[int] = field(default_factory=list)
    message: str = ""
    sqlstate: str = ""

    def run(self) -> bool:
        """Insert what goes in; False, with rows left inserted, where none does or too many are refused."""
        for start, stop in _spans(self.rows.table.rows):
            self._insert(start, stop)
            if len(self.left_out) >= MOST_REFUSED:
                return False
        return self.inserted > 0

    def finding(self) -> Finding:
        """Say how many rows are missing, and PostgreSQL's first reason."""
        return Finding(
            code="SF-ROWS-REFUSED",
            severity=Severity.WARNING,
            where=str(self.rows.table.name),
            message=f"{len(self.left_out):,} of {self.rows.table.rows:,} rows were refused and left out:"
            f" {self.message}",
            hint=self._hint(),
        )

    def _hint(self) -> str:
        if self.sqlstate.startswith("23"):
            name = self.rows.table.name
            return f"The plan didn't foresee it; `seedfast explain {name}` shows how the rows were made."
        return "A trigger or policy sets a condition that the schema's constraints don't say."

    def _insert(self, start: int, stop: int) -> None:
        if len(self.left_out) >= MOST_REFUSED:
            return
        try:
            with self.connection.transaction():
                inserted = self._send(start, stop)
        except psycopg.Error as error:
            if not failures.is_about_rows(error):
                raise
            if not self.message:
                self.message, self.sqlstate = error.diag.message_primary or str(error), error.sqlstate or ""
            if stop - start == 1:
                self.left_out.append(start)
            elif stop - start > _ONE_BY_ONE or not self._one_by_one(start, stop):
                middle = (start + stop) // 2
                self._insert(start, middle)
                self._insert(middle, stop)
        else:
            self.inserted += inserted

    def _one_by_one(self, start: int, stop: int) -> bool:
        """Insert what goes in of few rows; False where the role may not do it that way."""
        try:
            with self.connection.transaction():
                verdicts = singly.insert(self.connection, self.rows.target, self.rows.batch(start, stop).columns)
        except psycopg.Error as error:
            if not failures.is_about_rows(error):
                raise
            return False
        self.inserted += sum(verdict.taken for verdict in verdicts)
        self.left_out += [start + n for n, verdict in enumerate(verdicts) if verdict.sqlstate]
        return True

    def _send(self, start: int, stop: int) -> int:
        cursor = psycopg.RawCursor(self.connection)
        cursor.execute(statements.insert(self.rows.target).encode(), self.rows.batch(start, stop).parameters())
        return cursor.rowcount


def _spans(rows: int) -> Iterator[tuple[int, int]]:
    for start in range(0, rows, _MOST_AT_ONCE):
        yield start, min(start + _MOST_AT_ONCE, rows)
