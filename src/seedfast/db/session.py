"""A session whose settings are known, and a read-only snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from seedfast.db.dsn import default, parameters
from seedfast.db.failures import explain_failure, is_about_the_session
from seedfast.db.refusals import OLDEST_SERVER, explain_connection, too_old
from seedfast.errors import UsageError
from seedfast.names import literal

_CONNECT_TIMEOUT_SECONDS = 10
_LOCK_TIMEOUT_MS = 30_000

# How the server writes and reads values must not depend on the role, the database or the server's configuration.
SETTINGS: Mapping[str, str] = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "search_path": "",
    "standard_conforming_strings": "on",
    "xmloption": "content",
}
"""Settings of every session of seedfast's, by name."""

_RESERVED = frozenset(name.lower() for name in (*SETTINGS, "client_encoding", "lock_timeout", "lc_monetary"))
_NONE: Mapping[str, str] = {}


Connection = psycopg.Connection[tuple[object, ...]]
"""A connection whose rows are tuples."""


def connect(dsn: str, *, lock_timeout_ms: int = _LOCK_TIMEOUT_MS) -> Connection:
    """Return an open connection whose session reads and writes values in one known way.

    No statement waits longer for a lock than ``lock_timeout_ms``; 0 is no limit. Other limits that the user may have
    set on purpose (statement_timeout, idle_in_transaction_session_timeout, row_security) stay as they are. Any failure
    is a ``ConnectionFailedError``.
    """
    given = parameters(dsn)
    settings = {**SETTINGS, "lock_timeout": str(lock_timeout_ms)}
    forced: dict[str, str | int] = {"application_name": "seedfast", "client_encoding": "UTF8"}
    if "connect_timeout" not in given and not default("connect_timeout"):
        forced["connect_timeout"] = _CONNECT_TIMEOUT_SECONDS
    connection: Connection | None = None
    try:
        connection = psycopg.connect(make_conninfo(dsn, **forced), autocommit=True)
        if connection.info.server_version < OLDEST_SERVER:
            raise too_old(dsn, connection.info.server_version)
        calls = ", ".join(["set_config(%s, %s, false)"] * len(settings))
        connection.execute("select " + calls, [word for pair in settings.items() for word in pair])
        connection.autocommit = False
    except psycopg.Error as error:
        if connection is not None:
            connection.close()
        raise explain_connection(error, dsn) from None
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def adopt(connection: Connection, settings: Mapping[str, str]) -> None:
    """Set settings by name until the transaction ends.

    A setting that the server doesn't know or doesn't let the role change, and one that seedfast itself relies on, is a
    ``UsageError``.
    """
    for name, value in settings.items():
        if name.lower() in _RESERVED:
            raise UsageError(
                "SF-SETTING-REFUSED",
                f"--set {name} can't be given: seedfast sets it for its own reading and writing.",
                f"Give it in the DSN, as options=-c{name}=VALUE, or to the role with ALTER ROLE ... SET.",
            )
        try:
            connection.execute("select pg_catalog.set_config(%s, %s, true)", [name, value])
        except (psycopg.ProgrammingError, psycopg.DataError) as error:
            said = (error.diag.message_primary or str(error)).rstrip(".")
            raise UsageError(
                "SF-SETTING-REFUSED",
                f"The server refuses --set {name}: {said}.",
                "A setting of an application has a dot in its name, as in --set app.tenant=1.",
            ) from error


@contextmanager
def adopted(connection: Connection, settings: Mapping[str, str]) -> Iterator[None]:
    """Run the block with settings by name, and give them their values of before when it is done.

    A failure is left to the transaction, which undoes them. A setting that there was none of is empty afterwards.
    """
    held = {
        name: connection.execute("select pg_catalog.current_setting(%s, true)", [name]).fetchone() for name in settings
    }
    adopt(connection, settings)
    yield
    adopt(connection, {name: str((row and row[0]) or "") for name, row in held.items()})


@contextmanager
def snapshot(connection: Connection, settings: Mapping[str, str] = _NONE) -> Iterator[None]:
    """Run the block in one REPEATABLE READ, READ ONLY transaction: all its queries see the same state.

    ``settings`` are in force in it. The connection must not be inside a transaction. What keeps the server from
    answering (a lock, a limit, a missing privilege, a lost connection) is a ``SeedfastError``; a query that it doesn't
    understand stays an error of the driver, since that is a bug of ours.
    """
    before = connection.isolation_level, connection.read_only
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    try:
        with connection.transaction():
            adopt(connection, settings)
            yield
    except psycopg.Error as error:
        if is_about_the_session(error):
            raise explain_failure(error, doing="reading the database") from error
        raise
    finally:
        if not connection.closed:
            connection.isolation_level, connection.read_only = before


# What the role's own path leaves out comes last, so that every name which the role resolves means what it meant.
_WIDENED = """
SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ',
  nullif(pg_catalog.current_setting('search_path'), ''),
  (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(nspname), ', ' ORDER BY nspname <> {schema}, nspname)
   FROM pg_catalog.pg_namespace
   WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname <> ALL (pg_catalog.current_schemas(false))
     AND pg_catalog.has_schema_privilege(oid, 'USAGE'))), true)
"""


@contextmanager
def search_path_of_the_role(connection: psycopg.Connection[Any], schema: str = "") -> Iterator[None]:
    """Give functions in triggers, defaults and conditions the search_path under which the application runs them.

    That is the role's own, then ``schema``, then all others: an application whose tables lie off the path of this role
    sets a path of its own, and its functions name nothing but relations. The caller has a transaction open.
    """
    row = connection.execute(b"SELECT pg_catalog.current_setting('search_path')").fetchone()
    set_search_path(connection, schema)
    yield
    connection.execute("SELECT pg_catalog.set_config('search_path', %s, true)", row)


def set_search_path(connection: psycopg.Connection[Any], schema: str) -> None:
    """Put a schema, then all others, behind the role's own search_path until the transaction ends."""
    for statement in search_path(schema):
        connection.execute(statement.encode())


def search_path(schema: str) -> tuple[str, ...]:
    """Return the statements of ``set_search_path``."""
    return "SET LOCAL search_path TO DEFAULT", _WIDENED.format(schema=literal(schema)).strip()
