"""Why no connection came about, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict

from seedfast.db.dsn import Target, describe, redact
from seedfast.errors import ConnectionFailedError

OLDEST_SERVER = 140000
"""The oldest server that is supported, as PostgreSQL numbers its versions."""


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


def explain_connection(error: psycopg.Error, dsn: str) -> ConnectionFailedError:
    """Return what kept libpq from connecting, by what it said."""
    said = " ".join(redact(str(error), dsn).split())
    target = Target.of(conninfo_to_dict(dsn))
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


def too_old(dsn: str, version: int) -> ConnectionFailedError:
    """Return that a server of this version is not supported."""
    return ConnectionFailedError(
        "SF-CONNECT-VERSION",
        f"The server at {describe(dsn)} is PostgreSQL {version // 10000}, which is not supported.",
        f"Use PostgreSQL {OLDEST_SERVER // 10000} or newer.",
    )
