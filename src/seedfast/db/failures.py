"""What an error of the server means for a run, by its SQLSTATE."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from seedfast.errors import ConnectionFailedError, LoadError, SeedfastError
from seedfast.names import QualifiedName


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a SQLSTATE means for the user. ``connection`` says that the role or server is unfit, not the rows."""

    code: str
    message: str
    hint: str
    connection: bool = False


_LOST = _Failure(
    "SF-LOAD-CONNECTION-LOST",
    "The connection to the server was lost",
    "The server rolled everything back. Its log tells why: a crash, a restart, an administrator, or a limit such as"
    " idle_in_transaction_session_timeout. Then run again.",
)

_TIMEOUT = _Failure(
    "SF-LOAD-STATEMENT-TIMEOUT",
    "The server cancelled a statement: its time limit was reached, or somebody cancelled it",
    "Raise statement_timeout for this role or session, for example with options=-cstatement_timeout=0 in the DSN.",
)

_IDLE = _Failure(
    "SF-LOAD-IDLE-TIMEOUT",
    "The server ended the session, which it found idle inside a transaction",
    "Raise idle_in_transaction_session_timeout for this role or session, for example with"
    " options=-cidle_in_transaction_session_timeout=0 in the DSN.",
)

_TRANSACTION = _Failure(
    "SF-LOAD-TRANSACTION-TIMEOUT",
    "The server ended the session, whose transaction took longer than transaction_timeout",
    "Raise transaction_timeout for this role or session, for example with options=-ctransaction_timeout=0 in the DSN.",
)

# By SQLSTATE; the longest prefix wins.
_FAILURES = {
    "08": _LOST,
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _LOST,
    "57P05": _LOST,
    "57014": _TIMEOUT,
    "25P03": _IDLE,
    "25P04": _TRANSACTION,
    "25006": _Failure(
        "SF-CONNECT-READONLY",
        "The server or session is read-only",
        "Connect to the primary rather than a standby, and see that default_transaction_read_only is off.",
        connection=True,
    ),
    "42501": _Failure(
        "SF-CONNECT-PRIVILEGE",
        "The role may not do what the run needs",
        "Grant the role what is missing (SELECT and INSERT on the tables, USAGE on their schemas and sequences),"
        " or connect as their owner.",
        connection=True,
    ),
    "53100": _Failure(
        "SF-LOAD-DISK-FULL",
        "The server's disk is full",
        "Free space where the server keeps its tables and its log, or ask for fewer rows.",
    ),
    "53200": _Failure(
        "SF-LOAD-MEMORY", "The server ran out of memory", "Ask for fewer rows, or give the server more memory."
    ),
    "53": _Failure(
        "SF-LOAD-RESOURCES", "The server ran out of something it needs", "The server's log says more; then run again."
    ),
    "55P03": _Failure(
        "SF-LOAD-LOCKED",
        "A lock that another session holds was not obtained in time",
        "Wait for the other session or end it (pg_stat_activity and pg_locks show it), or raise --lock-timeout.",
    ),
    "40": _Failure(
        "SF-LOAD-CONFLICT", "Another session changed the same tables at the same time", "Run again when it is done."
    ),
    "23502": _Failure(
        "SF-LOAD-NOT-NULL",
        "A row lacks a value that is required",
        "`seedfast explain` the column; if the plan was edited, give the column a generator.",
    ),
    "23503": _Failure(
        "SF-LOAD-FOREIGN-KEY",
        "A row points at nothing",
        "`seedfast explain` the table; rows of its parents may have been removed meanwhile.",
    ),
    "23505": _Failure(
        "SF-LOAD-UNIQUE",
        "A row repeats a key",
        "Another session may have written the same key; otherwise `seedfast explain` the table shows how it is made.",
    ),
    "23514": _Failure(
        "SF-LOAD-CHECK",
        "A row breaks a CHECK constraint, or no partition takes it",
        "`seedfast explain` the table shows what was understood of the constraint; --skip leaves the table out.",
    ),
    "23P01": _Failure(
        "SF-LOAD-EXCLUSION",
        "A row conflicts with another one under an exclusion constraint",
        "`seedfast explain` the table; --skip leaves it out.",
    ),
    "23": _Failure(
        "SF-LOAD-CONSTRAINT", "A row breaks a constraint", "`seedfast explain` the table; --skip leaves it out."
    ),
    "P0": _Failure(
        "SF-LOAD-TRIGGER",
        "A function that the table calls, most likely a trigger, refused the rows",
        "Read what the function asks for; --skip leaves the table out.",
    ),
    "22": _Failure(
        "SF-LOAD-VALUE",
        "The server can't read or compute a value",
        "`seedfast explain` the column; --skip leaves the table out.",
    ),
}

_UNKNOWN = _Failure("SF-LOAD-REFUSED", "The server refused a statement", "--skip leaves the table out.")


def explain_failure(error: psycopg.Error, *, doing: str) -> SeedfastError:
    """Return what an error of the server or the driver means; ``doing`` says during what, as in ``loading shop.users``.

    A role without the privilege and a read-only server are a ``ConnectionFailedError``, anything else a ``LoadError``.
    """
    sqlstate = error.sqlstate
    failure = _failure(error, sqlstate)
    detail = error.diag.message_detail
    said = " ".join((error.diag.message_primary or str(error)).split())
    message = f"{failure.message} while {doing}: {said.rstrip('.')}."
    if detail:
        message += f" {' '.join(detail.split()).rstrip('.')}."
    if failure.connection:
        return ConnectionFailedError(failure.code, message, failure.hint)
    diag = error.diag
    table = str(QualifiedName(diag.schema_name, diag.table_name)) if diag.schema_name and diag.table_name else None
    return LoadError(
        failure.code, message, failure.hint, sqlstate=sqlstate, constraint=diag.constraint_name, table=table
    )


def is_about_the_session(error: psycopg.Error) -> bool:
    """Tell whether the server could not answer, rather than not understand the question."""
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(("08", "25P", "40", "53", "55P03", "57", "58", "42501"))


def _failure(error: psycopg.Error, sqlstate: str | None) -> _Failure:
    if sqlstate is not None:
        found = [prefix for prefix in _FAILURES if sqlstate.startswith(prefix)]
        return _FAILURES[max(found, key=len)] if found else _UNKNOWN
    # The driver noticed by itself that the session is gone; the server's last words may be in the text.
    said = str(error)
    if "idle-in-transaction timeout" in said:
        return _IDLE
    if "transaction timeout" in said:
        return _TRANSACTION
    return _LOST if isinstance(error, psycopg.OperationalError) else _UNKNOWN
