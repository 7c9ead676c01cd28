"""Which database a command works on: a flag before the environment before what ``connect`` stored.

A DSN may hold a password: it goes into the keyring or a file that only the user can read, and into no message.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from seedfast import userfiles
from seedfast.errors import ConnectionFailedError, UsageError

ENVIRONMENT = ("SEEDFAST_DSN", "DATABASE_URL")
"""The variables that may hold a DSN, the first one first."""

KEYRING_SERVICE = "seedfast"
KEYRING_USER = "dsn"
KEYRING_SECONDS = 3.0

_EXAMPLE = "Give --dsn postgresql://USER@HOST:PORT/DATABASE."


class Place(StrEnum):
    """Where ``connect`` stored the DSN."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command needs to know before it starts; ``source`` names where the DSN comes from."""

    dsn: str = field(repr=False)
    source: str


def resolve(flag: str | None, environ: Mapping[str, str]) -> Settings:
    """Return the settings in force; a ``UsageError`` where nothing names a database."""
    if flag is not None:
        return Settings(dsn=normalised(flag), source="--dsn")
    for variable in ENVIRONMENT:
        if environ.get(variable):
            return Settings(dsn=normalised(environ[variable]), source=variable)
    stored = stored_dsn()
    if stored is None:
        raise UsageError(
            "SF-DSN-MISSING",
            "No database is named.",
            f"{_EXAMPLE} Or set SEEDFAST_DSN or DATABASE_URL, or store one with `seedfast connect`.",
        )
    return Settings(dsn=normalised(stored), source="what `seedfast connect` stored")


_SCHEME = re.compile(r"(postgres(?:ql)?)(?:\+\w+)?://")

# Parameters that ORMs write into DATABASE_URL and that PostgreSQL's own client library refuses.
_ORM_PARAMETERS = frozenset(
    {
        "connection_limit",
        "pgbouncer",
        "pool_size",
        "pool_timeout",
        "prepared_statements",
        "schema",
        "socket_timeout",
        "sslaccept",
        "statement_cache_size",
    }
)


def normalised(dsn: str) -> str:
    """Return the DSN as PostgreSQL's client library takes it: no driver's name, no parameters of an ORM."""
    text = dsn.strip()
    if not text:
        raise UsageError("SF-DSN-MISSING", "The DSN is empty.", _EXAMPLE)
    scheme = _SCHEME.match(text)
    if scheme is None:
        return text
    rest, _, query = text[scheme.end() :].partition("?")
    authority, slash, path = rest.partition("/")
    # The client library ends the password at the first of these characters, takes what follows for the host, and shows
    # it when that host isn't found.
    if authority.count("@") > 1 or ("@" not in authority and "@" in path + query) or "#" in text:
        raise ConnectionFailedError(
            "SF-DSN-UNENCODED",
            "The DSN can't be read: a character of the password has a meaning of its own in a URL.",
            "Percent-encode it: @ is %40, : is %3A, / is %2F, ? is %3F, # is %23, % is %25.",
        )
    kept = "&".join(part for part in query.split("&") if part.partition("=")[0] not in _ORM_PARAMETERS)
    return f"postgresql://{authority}{slash}{path}{'?' if kept else ''}{kept}"


# --- storing a DSN --------------------------------------------------------------------------------------------------


def connection_file() -> Path:
    """Return the file that says where the DSN is stored, and holds it where there is no keyring."""
    return userfiles.config_folder() / "connection.json"


def store_dsn(dsn: str) -> Place:
    """Store the DSN in the keyring, or where that doesn't take it in a file that only the user can read; say which."""
    # A keyring that takes a password and doesn't give it back (keyring's null backend) hasn't stored it.
    in_keyring = _keyring("set", dsn) is not None and _keyring("get") == dsn
    place = Place.KEYRING if in_keyring else Place.FILE
    content = {"place": place.value} if in_keyring else {"place": place.value, "dsn": dsn}
    try:
        userfiles.write(connection_file(), json.dumps(content))
    except OSError as error:
        raise ConnectionFailedError(
            "SF-DSN-STORE",
            f"The connection works, but can't be stored: {connection_file()}: {error.strerror}.",
            "Let SEEDFAST_CONFIG_DIR name a folder that can be written to, or use SEEDFAST_DSN instead.",
        ) from None
    return place


def stored_dsn() -> str | None:
    """Return the DSN that ``connect`` stored, None where there is none.

    The keyring is asked only where the file says that it was given the DSN, so nobody else waits for one.
    """
    try:
        stored = json.loads(connection_file().read_text("utf-8"))
        place, dsn = Place(stored["place"]), stored.get("dsn")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "SF-DSN-STORE",
            f"What `seedfast connect` stored can't be read: {connection_file()} ({type(error).__name__}).",
            "Run `seedfast connect` anew, or `seedfast connect --forget`.",
        ) from None
    if place is Place.KEYRING:
        dsn = _keyring("get")
    if not isinstance(dsn, str) or not dsn:
        raise UsageError(
            "SF-DSN-STORE",
            f"The DSN that `seedfast connect` stored ({place.value}) isn't given back.",
            "Unlock the keyring, or give --dsn, or run `seedfast connect` anew.",
        )
    return dsn


def forget_dsn() -> bool:
    """Remove what was stored; False where nothing was."""
    path = connection_file()
    if not path.exists():
        return False
    try:
        in_keyring = json.loads(path.read_text("utf-8"))["place"] != Place.FILE
    except (ValueError, KeyError, TypeError):
        in_keyring = True
    path.unlink()
    if in_keyring and _keyring("delete") is None:
        raise ConnectionFailedError(
            "SF-DSN-KEYRING",
            "seedfast no longer uses the stored DSN, but the keyring didn't confirm that it removed it.",
            f"Unlock the keyring and remove the entry {KEYRING_SERVICE!r} there.",
        )
    return True


# A keyring's backend may ask for a password on the terminal, or wait for a desktop that never answers. A process of its
# own, without a terminal and with a time limit, can do neither to us. The DSN travels by pipe, not by argument.
_KEYRING_CHILD = """
import json, sys
action, service, user, secret = json.load(sys.stdin)
import keyring
if action == "set":
    keyring.set_password(service, user, secret)
elif action == "delete":
    keyring.delete_password(service, user)
print(json.dumps((keyring.get_password(service, user) if action == "get" else "") or ""))
"""


def _keyring(action: str, secret: str = "") -> str | None:
    """Run one action of the keyring; None where there is no keyring, or it refuses, or it doesn't answer in time."""
    try:
        done = subprocess.run(  # noqa: S603  this very interpreter, on the program above
            [sys.executable, "-c", _KEYRING_CHILD],
            input=json.dumps([action, KEYRING_SERVICE, KEYRING_USER, secret]),
            capture_output=True,
            text=True,
            timeout=KEYRING_SECONDS,
            start_new_session=True,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return answer if isinstance(answer, str) else None
