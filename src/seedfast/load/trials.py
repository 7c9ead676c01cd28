"""Rows put to PostgreSQL one by one, each undone at once, to see which of them it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg
import pyarrow as pa

from seedfast.db import Connection
from seedfast.load import failures, statements
from seedfast.load.encode import array_literal
from seedfast.load.statements import Target
from seedfast.plan.spec import TablePlan


@dataclass(frozen=True, slots=True)
class Verdict:
    """What PostgreSQL made of a row: it was ``taken``, or refused with an error of the given SQLSTATE.

    A row that a trigger left out in silence is refused without an SQLSTATE.
    """

    taken: bool
    sqlstate: str = ""


def attempt(
    connection: Connection, table: TablePlan, columns: Mapping[str, Sequence[str | None]]
) -> tuple[Verdict, ...]:
    """Return a verdict for each row; ``columns`` are text, all of one length, and others are left to their defaults.

    Each row meets the tables as they are, without the rows tried before it. What the server checks at the end of the
    transaction is not seen.
    """
    target = Target(table.name, tuple(table.column(name) for name in columns))
    statement = statements.insert(target).encode()
    cursor = psycopg.RawCursor(connection)
    verdicts = []
    for row in zip(*columns.values(), strict=True):
        parameters = [array_literal(pa.array([value], pa.string())) for value in row]
        try:
            with connection.transaction(force_rollback=True):
                cursor.execute(statement, parameters)
                verdicts.append(Verdict(cursor.rowcount == 1))
        except psycopg.Error as error:
            if not failures.is_about_rows(error):
                raise
            verdicts.append(Verdict(False, error.sqlstate or ""))
    return tuple(verdicts)
