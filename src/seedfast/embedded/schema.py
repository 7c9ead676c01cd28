"""A schema out of a file, as ``pg_dump --schema-only`` writes it, on a server of our own."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import psycopg

from seedfast.embedded.server import EmbeddedServer
from seedfast.errors import UsageError
from seedfast.names import quote

DATABASE = "schema"
"""The database that the file is loaded into."""

_NO_ROLE = re.compile(r'ERROR:  role "(.+)" does not exist$', re.MULTILINE)
_NO_EXTENSION = re.compile(r'ERROR:  extension "(.+)" is not available$', re.MULTILINE)
_ERROR = re.compile(r"^psql:(?:.*):(\d+): ERROR:  (.+)$", re.MULTILINE)
_PUBLIC = 'ERROR:  schema "public" already exists'
"""What a dump of that schema alone meets, since it creates it."""

_MOST_TRIES = 1_000


def load_schema(server: EmbeddedServer, file: Path) -> str:
    """Load a file of SQL, all of it or nothing, into a database of its own, and return that database's DSN.

    Roles that the file names are created. Whatever else it lacks is a ``UsageError``.
    """
    if not file.is_file():
        raise UsageError("SF-SCHEMA-FILE", f"There is no file {file}.", "pg_dump --schema-only writes one.")
    dsn = server.dsn(DATABASE)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {quote(DATABASE)} TEMPLATE template0 ENCODING 'UTF8'".encode())
        for _ in range(_MOST_TRIES):
            said = _psql(server, file)
            if said is None:
                return dsn
            missing = _NO_ROLE.search(said)
            if missing is not None:
                connection.execute(f"CREATE ROLE {quote(missing[1])}".encode())
            elif _PUBLIC in said:
                with psycopg.connect(dsn, autocommit=True) as database:
                    database.execute(b"DROP SCHEMA IF EXISTS public")
            else:
                break
    raise _refused(file, said or "")


def _psql(server: EmbeddedServer, file: Path) -> str | None:
    """Run the file in one transaction; return what psql says where it fails."""
    command = [str(server.binaries / "psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    target = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", "-d", DATABASE, "-f", str(file)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment = {**kept, "PGPASSWORD": server.password, "LC_ALL": "C", "PGCLIENTENCODING": "UTF8"}
    done = subprocess.run(  # noqa: S603  a program of the wheel, on the file that the user names
        [*command, *target], stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False
    )
    return None if done.returncode == 0 else done.stderr.decode("utf-8", "replace")


def _refused(file: Path, said: str) -> UsageError:
    extension = _NO_EXTENSION.search(said)
    if extension is not None:
        return UsageError(
            "SF-SCHEMA-EXTENSION",
            f"{file} needs the extension {extension[1]}, which the embedded server doesn't have.",
            "Load the file into a server that has it, and name that with --dsn.",
        )
    error = _ERROR.search(said)
    where, what = (f"{file}, line {error[1]}", error[2]) if error else (str(file), said.strip().rpartition("\n")[2])
    return UsageError(
        "SF-SCHEMA-FILE",
        f"{where}: {what}",
        "The file must load into an empty database with psql: pg_dump --schema-only writes such files.",
    )
