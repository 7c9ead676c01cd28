"""Connections to PostgreSQL: a session whose settings are known, a read-only snapshot, and failures said in words.

No message or description made here holds a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from seedfast.errors import ConnectionFailedError, LoadError, SeedfastError, UsageError
from seedfast.names import QualifiedName

OLDEST_SERVER = 140000
"""The oldest server that is supported, as PostgreSQL numbers its versions."""

_CONNECT_TIMEOUT_SECONDS = 10
_LOCK_TIMEOUT_MS = 30_000

# How the server writes and reads values must not depend on the role, the database or the server's configuration.
_SETTINGS = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "search_path": "",
    "standard_conforming_strings": "on",
    "xmloption": "content",
}
_RESERVED = frozenset(name.lower() for name in (*_SETTINGS, "client_encoding", "lock_timeout", "lc_monetary"))
_NONE: Mapping[str, str] = {}


Connection = psycopg.Connection[tuple[object, ...]]
"""A connection whose rows are tuples."""


def connect(dsn: str, *, application_name: str = "seedfast", lock_timeout_ms: int = _LOCK_TIMEOUT_MS) -> Connection:
    """Return an open connection whose session reads and writes values in one known way.

    No statement waits longer for a lock than ``lock_timeout_ms``; 0 is no limit. Other limits that the user may have
    set on purpose (statement_timeout, idle_in_transaction_session_timeout, row_security) stay as they are. Any failure
    is a ``ConnectionFailedError``.
    """
    given = _parameters(dsn)
    settings = {**_SETTINGS, "lock_timeout": str(lock_timeout_ms)}
    forced: dict[str, str | int] = {"application_name": application_name, "client_encoding": "UTF8"}
    if "connect_timeout" not in given and not _default("connect_timeout"):
        forced["connect_timeout"] = _CONNECT_TIMEOUT_SECONDS
    connection: Connection | None = None
    try:
        connection = psycopg.connect(make_conninfo(dsn, **forced), autocommit=True)
        if connection.info.server_version < OLDEST_SERVER:
            raise _too_old(dsn, connection.info.server_version)
        calls = ", ".join(["set_config(%s, %s, false)"] * len(settings))
        connection.execute("select " + calls, [word for pair in settings.items() for word in pair])
        connection.autocommit = False
    except psycopg.Error as error:
        if connection is not None:
            connection.close()
        raise _explain_connection(error, dsn) from None
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
        if _is_about_the_session(error):
            raise explain_failure(error, doing="reading the database") from error
        raise
    finally:
        if not connection.closed:
            connection.isolation_level, connection.read_only = before


def describe(dsn: str) -> str:
    """Return where a DSN leads, as ``user@host:port/database``, without its password."""
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.Error:
        return "a DSN that can't be read"
    target = _Target.of(given)
    return f"{target.user}@{target.address}/{target.database}"


def redact(text: str, dsn: str) -> str:
    """Return the text with the DSN's password, however it is written, replaced by ``****``."""
    text = text.replace(dsn, _redacted_dsn(dsn)) if dsn else text
    secrets, public = _secrets(dsn)
    for secret in sorted(secrets, key=len, reverse=True):
        for form in {secret, percent_encoded(secret, safe=""), percent_encoded(secret)}:
            if form in public:
                # A password that is also the user's or the database's name can't be told from it, except in place.
                text = text.replace(f":{form}@", ":****@").replace(f"password={form}", "password=****")
            else:
                text = text.replace(form, "****")
    return text


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a connection leads, with libpq's defaults filled in."""

    user: str
    address: str
    database: str

    @classmethod
    def of(cls, given: Mapping[str, object]) -> _Target:
        def value(keyword: str) -> str:
            return str(given.get(keyword) or _default(keyword) or "")

        user = value("user")
        database = value("dbname") or user
        hosts = (value("host") or value("hostaddr") or "localhost").split(",")
        ports = (value("port") or "5432").split(",")
        ports += ports[-1:] * (len(hosts) - len(ports))
        address = ",".join(f"{host}:{port or 5432}" for host, port in zip(hosts, ports, strict=False))
        return cls(user, address, database)


def _default(keyword: str) -> str | None:
    """Return what libpq takes, from the environment or by itself, for a keyword that the DSN doesn't give."""
    for option in pq.Conninfo.get_defaults():
        if option.keyword.decode() == keyword and option.val is not None:
            return option.val.decode("utf-8", "replace")
    return None


def _parameters(dsn: str) -> Mapping[str, object]:
    try:
        return conninfo_to_dict(dsn)
    except psycopg.Error:
        # libpq's message quotes the part that it didn't understand, which may be a piece of the password.
        raise _unreadable() from None


def _unreadable() -> ConnectionFailedError:
    return ConnectionFailedError(
        "SF-CONNECT-DSN",
        "The DSN can't be read.",
        "Write postgresql://user:password@host:5432/database, with special characters of the password"
        " percent-encoded (@ is %40, / is %2F, % is %25), or host=... dbname=... user=...",
    )


def _too_old(dsn: str, version: int) -> ConnectionFailedError:
    return ConnectionFailedError(
        "SF-CONNECT-VERSION",
        f"The server at {describe(dsn)} is PostgreSQL {version // 10000}, which is not supported.",
        f"Use PostgreSQL {OLDEST_SERVER // 10000} or newer.",
    )


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A way for connecting to fail, recognised by a pattern in what libpq or the server says."""

    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str


def _refusal(code: str, pattern: str, message: str, hint: str) -> _Refusal:
    return _Refusal(code, re.compile(pattern, re.IGNORECASE), message, hint)


# While connecting libpq gives no SQLSTATE, only text: its own is English always, the server's may be translated and
# then falls through to the general case. Order matters: the first pattern that is found wins.
_REFUSALS = (
    _refusal(
        "SF-CONNECT-HOST",
        "resolve host|translate host name|name or service not known",
        "The host of {address} is not known.",
        "Check the spelling of the host's name and that this machine can resolve it.",
    ),
    _refusal(
        "SF-CONNECT-PASSWORD",
        "password authentication failed|no password supplied|authentication failed",
        "The server at {address} did not accept the password of {user} for database {database}.",
        "Check the user and the password; special characters of a password in a URL are percent-encoded.",
    ),
    _refusal(
        "SF-CONNECT-ROLE",
        'role ".*" does not exist|is not permitted to log in',
        "The server at {address} does not let a role named {user} log in.",
        "Check the user of the DSN; `\\du` in psql lists the roles.",
    ),
    _refusal(
        "SF-CONNECT-DATABASE",
        'database ".*" does not exist',
        "The server at {address} has no database named {database}.",
        "Check the end of the DSN; `psql -l` lists the databases, `createdb` makes one.",
    ),
    _refusal(
        "SF-CONNECT-STARTING",
        "starting up|shutting down|not yet accepting connections|recovery mode",
        "The server at {address} is starting, stopping or recovering and takes no connections yet.",
        "Try again in a moment; the server's log tells what it is busy with.",
    ),
    _refusal(
        "SF-CONNECT-FULL",
        "too many (clients|connections)|remaining connection slots",
        "The server at {address} has no free connection for {user}.",
        "Close other connections, or raise max_connections or the role's or database's limit.",
    ),
    _refusal(
        "SF-CONNECT-PERMISSION",
        "permission denied for database|no pg_hba.conf entry|rejects connection|not currently accepting connections",
        "The server at {address} does not let {user} connect to database {database} from here.",
        "Grant CONNECT on the database, or have pg_hba.conf let this host, user and database in.",
    ),
    _refusal(
        "SF-CONNECT-SSL",
        r"\bssl\b|certificate|\btls\b",
        "The server at {address} and this client don't agree on encryption.",
        "Check sslmode, sslrootcert and sslcert of the DSN against what the server offers.",
    ),
    _refusal(
        "SF-CONNECT-TIMEOUT",
        "timeout expired|timed out",
        "The server at {address} did not answer in time.",
        "Check host, port and firewall; connect_timeout=SECONDS in the DSN waits longer.",
    ),
    _refusal(
        "SF-CONNECT-REFUSED",
        "connection refused|no such file or directory|no route to host|network is unreachable",
        "No server accepts connections at {address}.",
        "Check that PostgreSQL runs there and listens on that host and port.",
    ),
    _refusal(
        "SF-CONNECT-DSN",
        "for connection option|bad value for|invalid .* value|could not match|invalid port",
        "The DSN holds a value that doesn't fit its option.",
        "Check port, connect_timeout, sslmode and the other options of the DSN.",
    ),
)


def _explain_connection(error: psycopg.Error, dsn: str) -> ConnectionFailedError:
    said = " ".join(redact(str(error), dsn).split())
    target = _Target.of(conninfo_to_dict(dsn))
    for refusal in _REFUSALS:
        if refusal.pattern.search(said):
            message = refusal.message.format(
                address=target.address, user=target.user or "the user", database=target.database or "the default"
            )
            if refusal.code == "SF-CONNECT-DSN":
                return ConnectionFailedError(refusal.code, message, refusal.hint)
            return ConnectionFailedError(refusal.code, f"{message} It said: {_last_words(said)}", refusal.hint)
    return ConnectionFailedError(
        "SF-CONNECT-FAILED",
        f"Can't connect to {describe(dsn)}: {_last_words(said)}",
        "Try the same DSN with psql; the server's log may tell more.",
    )


def _last_words(said: str) -> str:
    """Return what was said without libpq's introduction, which repeats the address."""
    return re.sub(r"^.*? failed: (?=\S)", "", re.sub(r"^connection (failed|is bad): ", "", said))


def _secrets(dsn: str) -> tuple[set[str], set[str]]:
    """Return the DSN's passwords, and the parts that may be shown."""
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.Error:
        # The DSN is malformed, so take whatever stands where a password would.
        found = re.findall(r"://[^:/]*:(.+)@|password\s*=\s*('(?:[^'\\]|\\.)*'|[^\s&]+)", dsn)
        secrets = {part.strip("'") for pair in found for part in pair if part}
        return secrets | {unquote(secret) for secret in secrets}, set()
    secrets = {str(given[word]) for word in ("password", "sslpassword") if given.get(word)}
    return secrets, {str(given[word]) for word in ("user", "dbname", "host") if given.get(word)}


def _redacted_dsn(dsn: str) -> str:
    secrets, _ = _secrets(dsn)
    return describe(dsn) if secrets else dsn


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


# What the role's own path leaves out comes last, so that every name which the role resolves means what it meant.
_WIDENED = b"""
SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ',
  nullif(pg_catalog.current_setting('search_path'), ''),
  (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(nspname), ', ' ORDER BY nspname <> $1, nspname)
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
    connection.execute(b"SET LOCAL search_path TO DEFAULT")
    psycopg.RawCursor(connection).execute(_WIDENED, [schema])


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


def _is_about_the_session(error: psycopg.Error) -> bool:
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
