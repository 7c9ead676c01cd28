"""Seeding against loading the same rows by hand: ``python -m benchmarks.load --rows 10000 --rows 100000``.

Both go into the demo's shop, with all its constraints, indexes and checks, on the embedded server in its default,
durable settings; with ``--schemas DIR`` into real schemas, too, as many rows in all. By hand means CSV files that are
there already and the script of ``benchmarks.by_hand``. So the difference is what making the rows costs.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from benchmarks import by_hand, installed, processes, scripts
from seedfast.embedded import EmbeddedServer, create_demo_schema
from seedfast.names import QualifiedName
from seedfast.pipeline import Request, prepare

NOW = "2026-01-01"


@dataclass(frozen=True)
class Shape:
    """Tables to fill: those of the demo, or those that a file of DDL makes, of one of its schemas where it has more."""

    name: str = "demo"
    file: Path | None = None
    schema: str | None = None

    def make(self, dsn: str) -> None:
        """Make the tables, empty."""
        if self.file is None:
            create_demo_schema(dsn)
            return
        command = ["psql", "-q", "-X", "-d", dsn, "-f", str(self.file)]
        # What a server lacks, such as an extension, leaves out what needs it.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def rows(self, dsn: str, rows: int) -> int:
        """Return the rows a table that come to as many in all as so many do in each of the demo's."""
        if self.file is None:
            return rows
        with psycopg.connect(dsn) as connection:
            counted = connection.execute(_TABLES.encode(), [self.schema, self.schema]).fetchone()
        assert counted is not None
        return max(1, rows * len(scripts.TABLES) // counted[0])


_TABLES = """
SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)'
   AND (%s::text IS NULL OR n.nspname = %s)
"""
_FILES = {"northwind": None, "adventureworks": None, "benchbase": "tpcc"}


def shapes(folder: Path | None) -> list[Shape]:
    """Return the demo, and those of the real schemas that are there."""
    found = [] if folder is None else [(folder / f"{name}.sql", schema) for name, schema in _FILES.items()]
    return [Shape(), *(Shape(schema or file.stem, file, schema) for file, schema in found if file.exists())]


@dataclass
class Cost:
    """What a way took: seconds of the clock, and of processor in client and server together; the client's MB."""

    seconds: float = 0.0
    processor: float = 0.0
    peak: int = 0


@contextmanager
def measured(server: EmbeddedServer) -> Iterator[Cost]:
    """Measure the processes that run meanwhile; the cost is filled in at the end."""
    cost = Cost()
    processor, started = _processor(server), time.monotonic()
    yield cost
    cost.seconds = time.monotonic() - started
    cost.processor = _processor(server) - processor


def _processor(server: EmbeddedServer) -> float:
    """Return the processor seconds of clients and backends that have ended; NaN where the system doesn't tell."""
    _wait_for_backends(server)
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    backends = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime + backends


def _wait_for_backends(server: EmbeddedServer) -> None:
    """Return when every backend but our own has ended and was seen to: only then its time is the server's."""
    others = "SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        while connection.execute(others.encode()).rowcount:
            time.sleep(0.02)
    time.sleep(0.2)


def seed(dsn: str, shape: Shape, rows: int, scratch: Path, mode: str, jobs: int) -> int:
    """Run the command as a user does and return the most memory it held, in MB."""
    command = [sys.executable, "-m", "seedfast", "seed", "--rows", str(rows), "--now", NOW, "--yes"]
    command += ["--load", mode, "--jobs", str(jobs)]
    command += ["--strict"] if shape.file is None else ["--schema", shape.schema] if shape.schema else []
    return processes.run(command, installed.environment(SEEDFAST_DSN=dsn, SEEDFAST_STATE_DIR=str(scratch))).peak


def contents(dsn: str, tables: Sequence[QualifiedName]) -> list[tuple[object, ...]]:
    """Return the number of rows of each table and a sum over hashes of them."""
    query = " UNION ALL ".join(
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM {name.sql} AS t" for name in tables
    )
    with psycopg.connect(dsn) as connection:
        return connection.execute(f"{query} ORDER BY 1".encode()).fetchall()


@dataclass(frozen=True)
class Compared:
    """What seeding as it comes, with ``--load plain``, and loading by hand took."""

    shape: Shape
    rows: int
    total: int
    seeded: Cost
    plain: Cost
    hand: Cost

    @property
    def line(self) -> str:
        """The line of the table."""
        seeded, plain, hand = self.seeded, self.plain, self.hand
        return (
            f"| {self.shape.name} | {self.rows:,} | {self.total:,} "
            f"| {seeded.seconds:.1f} s | {plain.seconds:.1f} s | {hand.seconds:.1f} s "
            f"| {seeded.seconds / hand.seconds:.2f} | {plain.seconds / hand.seconds:.2f} "
            f"| {seeded.processor:.1f} s | {plain.processor:.1f} s | {hand.processor:.1f} s "
            f"| {self.total / seeded.seconds:,.0f} | {seeded.peak} MB |"
        )


def measure(server: EmbeddedServer, shape: Shape, rows: int, jobs: int) -> Compared:
    """Seed in two modes and load by hand once each, in fresh databases; as many ``rows`` as eight such tables have."""
    installed.environment()  # Built before anything is measured.
    with tempfile.TemporaryDirectory(prefix="seedfast-bench-") as folder:
        scratch = Path(folder)
        # The next database is made when the one before is gone: no autovacuum of it gets in the way.
        with fresh(server, shape) as dsn:
            rows = shape.rows(dsn, rows)
            schemas = (shape.schema,) if shape.schema else ()
            wanted = Request(dsn=dsn, now=datetime.fromisoformat(NOW), rows=rows, schemas=schemas)
            hand_made = by_hand.ByHand(prepare(wanted).plan, scratch)
            with measured(server) as plain:
                plain.peak = seed(dsn, shape, rows, scratch, "plain", jobs)
            by_hand.run(list(hand_made.export()), dsn, scratch)
            held = contents(dsn, hand_made.tables)
        with fresh(server, shape) as dsn:
            with measured(server) as seeded:
                seeded.peak = seed(dsn, shape, rows, scratch, "auto", jobs)
            alike = contents(dsn, hand_made.tables) == held
        with fresh(server, shape) as dsn:
            with measured(server) as hand:
                hand.peak = by_hand.run(list(hand_made.load()), dsn, scratch)
            if not alike or contents(dsn, hand_made.tables) != held:
                raise SystemExit("All ways should end in the same rows, and they don't.")
    return Compared(shape, rows, sum(int(str(row[1])) for row in held), seeded, plain, hand)


def scripted(server: EmbeddedServer, library: str, rows: int) -> Cost:
    """Fill the demo's tables with a script of the kind that a person writes."""
    with fresh(server, Shape()) as dsn, measured(server) as cost:
        cost.peak = scripts.run(library, dsn, rows)
    return cost


@contextmanager
def fresh(server: EmbeddedServer, shape: Shape) -> Iterator[str]:
    """Lend a database with the empty tables."""
    name = "seedfast_benchmark"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        try:
            shape.make(server.dsn(name))
            # Everything is written out, so that nobody pays for what happened before.
            connection.execute(b"CHECKPOINT")
            connection.close()
            yield server.dsn(name)
        finally:
            with psycopg.connect(server.dsn(), autocommit=True) as again:
                again.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def machine(server: EmbeddedServer) -> str:
    """Return what this runs on."""
    with psycopg.connect(server.dsn()) as connection:
        version = connection.info.parameter_status("server_version") or ""
    release = platform.freedesktop_os_release()["PRETTY_NAME"] if sys.platform == "linux" else platform.platform()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    client = "psql" if shutil.which("psql") else "psycopg"
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {release}, PostgreSQL {version.split()[0]}, "
        f"Python {platform.python_version()}, by hand with {client}."
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--rows", type=int, action="append", help="rows a table; repeatable (default: 10000, 100000)")
    parser.add_argument("--jobs", type=int, default=1, help="processes that make rows; their CPU is not counted")
    parser.add_argument("--schemas", type=Path, help="a folder of schemas in SQL, to be filled besides the demo")
    parser.add_argument("--shape", action="append", help="only these, by name; repeatable")
    parser.add_argument("--binaries", type=Path, help="the folder of another server's programs, which knows extensions")
    wanted = parser.parse_args()
    with EmbeddedServer.start(binaries=wanted.binaries) as server:
        print(machine(server) + "\n")
        print(
            "| tables | rows a table | in all | seedfast | plain | by hand | ratio | plain | its CPU | plain | by hand"
            " | rows/s | peak memory |"
        )
        print("|---|" + "---:|" * 12)
        for rows in wanted.rows or [10_000, 100_000]:
            for shape in shapes(wanted.schemas):
                if not wanted.shape or shape.name in wanted.shape:
                    print(measure(server, shape, rows, wanted.jobs).line, flush=True)


if __name__ == "__main__":
    main()
