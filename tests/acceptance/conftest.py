"""The command as a user types it: a process of its own, against a real server."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import psycopg
import pytest

from seedfast.names import literal, quote
from tests.conftest import EMBEDDED, SYSTEM

SHOP = """
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);
CREATE TABLE orders (
    id serial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    total numeric(10, 2) NOT NULL CHECK (total > 0)
);
"""

_numbers = itertools.count(1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run what a user sees on one of the servers, now on this, now on that: with $SEEDFAST_EVERY_SERVER on each.

    Where servers differ is for the tests of the layers that speak with them.
    """
    if os.environ.get("SEEDFAST_EVERY_SERVER"):
        return
    left, kept = [], []
    for item in items:
        spec = getattr(item, "callspec", None)
        server = spec.params.get("server") if spec is not None and item.path.parent == Path(__file__).parent else None
        place = crc32(item.nodeid.replace(str(server), "").encode()) % 2
        (left if server not in (None, (EMBEDDED, SYSTEM)[place]) else kept).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """The environment of the commands: nothing of the user's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEEDFAST_", "PG", "DATABASE_"))}
    return {
        **kept,
        "SEEDFAST_CONFIG_DIR": str(tmp_path / "config"),
        "SEEDFAST_STATE_DIR": str(tmp_path / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@pytest.fixture
def seedfast(environment: Mapping[str, str]) -> Callable[..., Said]:
    """A function that runs the command without a terminal, and sees that no password is shown."""

    def call(*arguments: str, **variables: str) -> Said:
        command = [sys.executable, "-W", "error", "-m", "seedfast", *arguments]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={**environment, **variables},
            timeout=120,
        )
        for word in (*arguments, *variables.values()):
            if password := _password(word):
                assert password not in done.stdout + done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return call


def _password(word: str) -> str | None:
    """Return the password in a word that is a DSN."""
    found = re.match(r"postgresql://[^:@/]*:(.+)@", word)
    return found[1] if found else None


@pytest.fixture
def make_role(admin_dsn: str) -> Iterator[Callable[[str], str]]:
    """A function that creates a role with a password and CONNECT alone, and returns a database's DSN for it."""
    made: list[tuple[str, str]] = []

    def make(dsn: str) -> str:
        name, password = f"role_{os.getpid()}_{next(_numbers)}", "Sup3r-s3cret"
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {quote(name)} LOGIN PASSWORD {literal(password)}".encode())
        made.append((name, dsn))
        address = dsn.partition("@")[2]
        return f"postgresql://{name}:{password}@{address}"

    yield make
    for name, dsn in made:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {quote(name)}; DROP ROLE {quote(name)}".encode())
