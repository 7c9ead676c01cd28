"""Servers to test against, each started when a test first asks for it, and fresh databases on them."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

from seedfast.embedded import EPHEMERAL, EmbeddedServer
from seedfast.names import quote

REPOSITORY = Path(__file__).resolve().parent.parent

EMBEDDED = "embedded18"
SYSTEM = "system15"

# What a server can't have: the wheel is built without libxml and ICU, and Debian 12 doesn't package pgvector.
ABSENT = (
    (EMBEDDED, "row for SELECT '<a/>'::xml"),
    (EMBEDDED, "row for SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'"),
    (SYSTEM, "extension vector"),
)

# How long an example takes says something of the machine alone.
settings.register_profile("seedfast", deadline=None)
settings.load_profile("seedfast")

_numbers = itertools.count(1)


def system_binaries() -> Path | None:
    """The folder of an installed PostgreSQL 15, else of whatever installed server ``pg_config`` tells of."""
    debian = Path("/usr/lib/postgresql/15/bin")
    if (debian / "initdb").exists():
        return debian
    asked = shutil.which("pg_config")
    if asked is None:
        return None
    told = Path(subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
    return told if (told / "initdb").exists() else None


def corpus_folder() -> Path:
    """Where the shared corpus of real schemas is: $SEEDFAST_CORPUS, else shared/schemas beside the repository."""
    return Path(os.environ.get("SEEDFAST_CORPUS") or REPOSITORY.parent / "shared" / "schemas")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """With $SEEDFAST_TEST_ALL nothing skips but for want of what no package brings."""
    report = yield
    if report.skipped and os.environ.get("SEEDFAST_TEST_ALL"):
        _, _, reason = report.longrepr
        if not any(server in item.nodeid and f"the server has no {what}" in reason for server, what in ABSENT):
            report.outcome, report.longrepr = "failed", f"nothing may skip here, and this did: {reason}"
    return report


class Servers:
    """The servers of this test process, by name; xdist's workers share none."""

    def __init__(self) -> None:
        self._started: dict[str, EmbeddedServer] = {}

    def get(self, name: str) -> EmbeddedServer:
        """Return a running server; skips the test, with the reason, where there can't be one."""
        chosen = os.environ.get("SEEDFAST_TEST_SERVERS", "embedded,system").split(",")
        if name.rstrip("0123456789") not in chosen:
            pytest.skip(f"SEEDFAST_TEST_SERVERS leaves out {name}")
        if name not in self._started:
            binaries = system_binaries() if name == SYSTEM else None
            if name == SYSTEM and binaries is None:
                pytest.skip("no PostgreSQL server is installed on this system")
            self._started[name] = EmbeddedServer.start(binaries=binaries, settings=EPHEMERAL)
        return self._started[name]

    def stop(self) -> None:
        """Stop what was started."""
        for server in self._started.values():
            server.stop()


def create_database(connection: psycopg.Connection[Any], name: str) -> None:
    """Create an empty database in the fastest way that the server knows."""
    # Without fsync, copying files takes a fraction of the time that writing them to the log takes.
    strategy = "STRATEGY file_copy" if connection.info.server_version >= 150000 else ""
    connection.execute(f"CREATE DATABASE {quote(name)} TEMPLATE template0 ENCODING 'UTF8' {strategy}".encode())


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The servers of this test process: ``servers.get("embedded18")``, ``servers.get("system15")``."""
    running = Servers()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def schemas_folder() -> Path:
    """The folder of the shared corpus."""
    folder = corpus_folder()
    if not folder.is_dir():
        pytest.skip(f"there is no corpus of schemas in {folder}")
    return folder


@pytest.fixture(params=[EMBEDDED, SYSTEM])
def server(request: pytest.FixtureRequest, servers: Servers) -> EmbeddedServer:
    """Each of the servers in turn."""
    return servers.get(request.param)


@pytest.fixture
def admin_dsn(server: EmbeddedServer) -> str:
    """A superuser's connection to the server's maintenance database."""
    return server.dsn()


@pytest.fixture
def make_database(server: EmbeddedServer, admin_dsn: str) -> Iterator[Callable[[str | Path], str]]:
    """A function that creates a fresh database from DDL and returns its DSN; a path is a file for psql."""
    made: list[str] = []

    def make(ddl: str | Path = "") -> str:
        name = f"t{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            create_database(connection, name)
        made.append(name)
        dsn = server.dsn(name)
        if isinstance(ddl, Path):
            psql = [server.binaries / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", ddl, dsn]
            done = subprocess.run(psql, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        elif ddl:
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute(ddl.encode())
        return dsn

    yield make
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)".encode())
