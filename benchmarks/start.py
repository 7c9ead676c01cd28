"""What a user waits for before the first row, and for few rows: starting, planning, and seeding a little.

``python -m benchmarks.start`` starts the embedded server; ``--admin URL`` takes a server of yours, on which databases
are made and dropped. Commands run as processes of their own, so that all that they import counts, and from the wheel
of this checkout, as users have it. Seconds are those of the clock and of the processor, user and system, each the least
of several runs: a busy machine adds to both.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.conninfo import make_conninfo

from benchmarks import installed
from benchmarks.wide import schema
from seedfast import pipeline
from seedfast.embedded import EPHEMERAL, EmbeddedServer, create_demo_schema
from seedfast.names import quote

NOW = datetime(2026, 1, 1)
_DATABASE = "seedfast_benchmark_start"
_FEW = 20


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock and of the processor."""

    clock: float
    processor: float


def command(*arguments: str) -> Spent:
    """Return what the ``seedfast`` command takes, from the start of its process to the end."""
    environment = installed.environment()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "seedfast", *arguments], stdout=subprocess.DEVNULL, env=environment, check=True
    )
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def seeded(dsn: str) -> Spent:
    """Return what a few rows a table take, from the connection to the end; a process that has seeded before."""
    began, started = time.process_time(), time.perf_counter()
    pipeline.execute(pipeline.prepare(pipeline.Request(dsn=dsn, now=NOW, rows=_FEW, dry_run=True)))
    return Spent(time.perf_counter() - started, time.process_time() - began)


@contextmanager
def database(admin: str, ddl: str | None) -> Iterator[str]:
    """Make a database of some DDL, the demo's by default, and drop it again."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {quote(_DATABASE)}".encode())
        connection.execute(f"CREATE DATABASE {quote(_DATABASE)}".encode())
        dsn = make_conninfo(admin, dbname=_DATABASE)
        try:
            if ddl is None:
                create_demo_schema(dsn)
            else:
                with psycopg.connect(dsn, autocommit=True) as into:
                    into.execute(ddl.encode())
            yield dsn
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {quote(_DATABASE)} WITH (FORCE)".encode())


@dataclass(frozen=True)
class Waited:
    """What something took, the least of several runs, and the seconds of the clock that it may take."""

    what: str
    spent: Spent
    bar: float

    @classmethod
    def least(cls, what: str, runs: Sequence[Spent], bar: float) -> Waited:
        return cls(what, Spent(min(one.clock for one in runs), min(one.processor for one in runs)), bar)


def measure(admin: str, runs: int) -> Iterator[Waited]:
    """Measure each thing that a user waits for."""
    yield Waited.least("`seedfast --version`", [command("--version") for _ in range(runs)], 0.15)
    yield Waited.least("`seedfast --help`", [command("--help") for _ in range(runs)], 0.15)
    with database(admin, None) as dsn:
        plan = [command("plan", "--dsn", dsn) for _ in range(runs)]
        yield Waited.least("`seedfast plan`, the demo's 8 tables", plan, 0.5)
        yield Waited.least(f"the demo, {_FEW} rows a table", [seeded(dsn) for _ in range(runs)], 0.3)
    with database(admin, schema(100)) as dsn:
        yield Waited.least(f"100 tables, {_FEW} rows a table", [seeded(dsn) for _ in range(runs)], 1.5)
    with database(admin, schema(500)) as dsn:
        plan = [command("plan", "--dsn", dsn) for _ in range(runs)]
        yield Waited.least("`seedfast plan`, 500 tables, 4,000 columns", plan, 3.0)


def report(admin: str, runs: int) -> None:
    """Print a row for each thing that a user waits for, with its target."""
    print("| | seconds | processor | target | |\n|---|---:|---:|---:|---|")
    for one in measure(admin, runs):
        verdict = "kept" if one.spent.clock <= one.bar else "missed"
        print(
            f"| {one.what} | {one.spent.clock:.2f} | {one.spent.processor:.2f} | {one.bar:.2f} | {verdict} |",
            flush=True,
        )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--admin", help="a server on which databases may be made; default: one of its own")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the quickest counts")
    wanted = parser.parse_args()
    if wanted.admin:
        report(wanted.admin, wanted.runs)
    else:
        with EmbeddedServer.start(settings=EPHEMERAL) as server:
            report(server.dsn(), wanted.runs)


if __name__ == "__main__":
    main()
