"""Rows put to PostgreSQL one by one, each undone at once, to see which of them it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import psycopg
import pyarrow as pa

from seedfast import db
from seedfast.db import Connection
from seedfast.load import failures, singly, statements
from seedfast.load.encode import array_literal
from seedfast.load.singly import Verdict
from seedfast.load.statements import Target
from seedfast.names import QualifiedName
from seedfast.plan.spec import TablePlan


def attempt(
    connection: Connection,
    table: TablePlan,
    columns: Mapping[str, Sequence[str | None]],
    *,
    without: QualifiedName | None = None,
) -> tuple[Verdict, ...]:
    """Return a verdict for each row; ``columns`` are text, all of one length, and others are left to their defaults.

    Each row meets the tables as they are, without the rows tried before it and those of the table ``without``. What the
    server checks at the end of the transaction is not seen. A role that may not use PL/pgSQL has every row refused, and
    so has one that may not take that table's rows away for the while.
    """
    target = Target(table.name, tuple(table.column(name) for name in columns))
    texts = [pa.array(values, pa.string()) for values in columns.values()]
    try:
        with connection.transaction(force_rollback=True):
            db.adopt(connection, table.settings)
            if without is not None:
                connection.execute(f"DELETE FROM {without.sql}".encode())
            verdicts = singly.insert(connection, target, texts, undo=True)
    except psycopg.Error as error:
        if not failures.is_about_rows(error):
            raise
        return (Verdict(False, error.sqlstate or ""),) * len(texts[0])
    return verdicts


def attempt_together(connection: Connection, table: TablePlan, columns: Mapping[str, Sequence[str | None]]) -> Verdict:
    """Return the verdict on rows that one statement inserts, and that are undone then."""
    target = Target(table.name, tuple(table.column(name) for name in columns))
    texts = [array_literal(pa.array(values, pa.string())) for values in columns.values()]
    try:
        with connection.transaction(force_rollback=True):
            db.adopt(connection, table.settings)
            cursor = psycopg.RawCursor(connection)
            cursor.execute(statements.insert(target).encode(), texts)
            return Verdict(cursor.rowcount == len(next(iter(columns.values()))))
    except psycopg.Error as error:
        if not failures.is_about_rows(error):
            raise
        return Verdict(False, error.sqlstate or "")
