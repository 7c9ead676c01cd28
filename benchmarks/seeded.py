"""Real schemas and the demo, each seeded into a database of its own that is dropped again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from seedfast import api
from seedfast.embedded import EPHEMERAL, EmbeddedServer
from seedfast.embedded.demo import create_demo_schema
from seedfast.model.database import Database
from seedfast.names import quote
from seedfast.pipeline import Request, prepare

DEMO = "demo"
SCHEMAS = (
    *("chinook", "northwind", "pagila", "adventureworks", "omop_cdm", "killbill", "langfuse", "logto", "umami"),
    *("openbis", DEMO),
)


@contextmanager
def a_server(dsn: str | None) -> Iterator[str]:
    """Lend the server that is given, else one from a wheel."""
    if dsn is not None:
        yield dsn
        return
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        yield server.dsn()


def is_there(name: str, folder: Path) -> bool:
    """Tell whether a schema can be made: the demo always can."""
    return name == DEMO or (folder / f"{name}.sql").exists()


@contextmanager
def seeded(name: str, folder: Path, server: str, *, rows: int) -> Iterator[tuple[str, Database]]:
    """Lend a database with so many rows a table of a schema, by its connection and its structure."""
    database = f"read_{name}"
    dsn = psycopg.conninfo.make_conninfo(server, dbname=database)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {quote(database)}".encode())
        admin.execute(f"CREATE DATABASE {quote(database)} TEMPLATE template0".encode())
        try:
            if name == DEMO:
                create_demo_schema(dsn)
            else:
                command = ["psql", "-q", "-X", "-d", dsn, "-f", str(folder / f"{name}.sql")]
                subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            # As for a user: rows that a schema comes with are dated when it is made.
            now = datetime.now(UTC)  # noqa: TID251 - a command, too
            api.seed(dsn, now=now, rows=rows)
            yield dsn, prepare(Request(dsn, now)).database
        finally:
            admin.execute(f"DROP DATABASE {quote(database)} WITH (FORCE)".encode())
