"""What PostgreSQL's errors mean for a run: rows that it doesn't take, or a run that can't go on."""

from __future__ import annotations

import re
from collections.abc import Collection

import psycopg

from seedfast import db
from seedfast.errors import LoadError, SeedfastError
from seedfast.load.results import Refusal
from seedfast.names import QualifiedName

LOCK_NOT_AVAILABLE = "55P03"

# The session, the server or its resources failed: connection (08), transaction state (25), serialisation and deadlock
# (40), resources (53), operator (57), system (58), configuration file (F0), internal (XX). All else is about rows, or
# about what triggers and rules make of them.
NOT_ABOUT_ROWS = f"^(08|25|40|53|57|58|F0|XX)|^{LOCK_NOT_AVAILABLE}$"
"""A regular expression, PostgreSQL's and Python's alike, of the SQLSTATEs that other rows would meet too."""


def is_about_rows(error: psycopg.Error) -> bool:
    """Tell whether other rows, or none in that table, could have gone in."""
    state = error.sqlstate
    return state is not None and not re.match(NOT_ABOUT_ROWS, state)


def refusal(error: psycopg.Error, table: QualifiedName | None) -> Refusal:
    """Return PostgreSQL's own account of why it didn't take rows of a table."""
    said = error.diag
    return Refusal(
        table=table,
        sqlstate=error.sqlstate or "",
        message=said.message_primary or str(error),
        constraint=said.constraint_name,
        column=said.column_name,
        detail=said.message_detail or "",
        hint=said.message_hint or "",
        context=said.context or "",
        constrained=named(error),
    )


def named(error: psycopg.Error) -> QualifiedName | None:
    """Return the table that an error names, if it does."""
    if error.diag.schema_name and error.diag.table_name:
        return QualifiedName(error.diag.schema_name, error.diag.table_name)
    return None


def blamed(error: psycopg.Error, suspects: Collection[QualifiedName]) -> QualifiedName:
    """Return the table that the error names, where it is one of the suspects, else the first of them."""
    table = named(error)
    return table if table is not None and table in suspects else next(iter(suspects))


def failure(error: psycopg.Error, *, doing: str) -> SeedfastError:
    """Return the error that ends the run."""
    if error.sqlstate == LOCK_NOT_AVAILABLE:
        return LoadError(
            "SF-LOCK-TIMEOUT",
            f"Another session kept a lock while {doing}; everything was rolled back.",
            "End that session's transaction, or allow more time with --lock-timeout.",
            sqlstate=error.sqlstate,
        )
    return db.explain_failure(error, doing=doing)
