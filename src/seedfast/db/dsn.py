"""Where a DSN leads, and texts without the password that it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from seedfast.errors import ConnectionFailedError


def describe(dsn: str) -> str:
    """Return where a DSN leads, as ``user@host:port/database``, without its password."""
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.Error:
        return "a DSN that can't be read"
    target = Target.of(given)
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
class Target:
    """Where a connection leads, with libpq's defaults filled in."""

    user: str
    address: str
    database: str

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Target:
        """Return where a DSN of these keywords leads."""

        def value(keyword: str) -> str:
            return str(given.get(keyword) or default(keyword) or "")

        user = value("user")
        database = value("dbname") or user
        hosts = (value("host") or value("hostaddr") or "localhost").split(",")
        ports = (value("port") or "5432").split(",")
        ports += ports[-1:] * (len(hosts) - len(ports))
        address = ",".join(f"{host}:{port or 5432}" for host, port in zip(hosts, ports, strict=False))
        return cls(user, address, database)


def default(keyword: str) -> str | None:
    """Return what libpq takes, from the environment or by itself, for a keyword that the DSN doesn't give."""
    for option in pq.Conninfo.get_defaults():
        if option.keyword.decode() == keyword and option.val is not None:
            return option.val.decode("utf-8", "replace")
    return None


def parameters(dsn: str) -> Mapping[str, object]:
    """Return the DSN's keywords and their values."""
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
