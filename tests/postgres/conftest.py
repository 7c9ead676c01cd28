"""Fresh databases on every server."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from seedfast.embedded import EmbeddedServer
from seedfast.names import quote

_numbers = itertools.count(1)


@pytest.fixture(params=["embedded18", "system15"])
def server(request: pytest.FixtureRequest, servers) -> EmbeddedServer:
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
            connection.execute(f"CREATE DATABASE {quote(name)} TEMPLATE template0 ENCODING 'UTF8'".encode())
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
