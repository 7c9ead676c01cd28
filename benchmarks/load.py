"""Seeding against loading the same rows by hand: ``python -m benchmarks.load --rows 10000 --rows 100000``.

Both go into the demo's shop, with all its constraints, indexes and checks, on the embedded server in its default,
durable settings. By hand means CSV files that are there already and the script that a person would write for them: one
transaction, psql's ``\\copy`` in the tables' order, the column that closes the cycle left out and set by one UPDATE
from a staging table, and the sequences brought past the rows. So the difference is what making the rows costs.
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
from pathlib import Path

import psycopg

from seedfast.embedded import EmbeddedServer, create_demo_schema

NOW = "2026-01-01"

# In an order in which parents come first; users leave out what closes the cycle, and nobody sets a generated column.
TABLES = {
    "users": "id, email, full_name, phone, birth_date, is_active, created_at, last_login_at",
    "addresses": "id, user_id, label, street, city, postal_code, country_code, is_default, created_at",
    "categories": "id, parent_id, name, slug, position",
    "products": "id, sku, name, description, price, discount_price, stock, weight_kg, attributes, available_from,"
    " available_to, created_at",
    "product_categories": "product_id, category_id",
    "orders": "id, number, user_id, status, currency, note, placed_at, shipped_at, delivered_at",
    "order_items": "order_id, line, product_id, quantity, unit_price",
    "reviews": "id, product_id, user_id, rating, title, body, created_at",
}
STAGED = "id, primary_address_id"
SEQUENCES = {
    "users": "id",
    "addresses": "id",
    "categories": "id",
    "products": "id",
    "orders": "number",
    "reviews": "id",
}


@dataclass(frozen=True)
class Copy:
    """A COPY between a table, or a query in parentheses, and a CSV file of the client."""

    what: str
    direction: str
    file: Path

    @property
    def sql(self) -> str:
        end = "STDIN" if self.direction == "FROM" else "STDOUT"
        return f"COPY {self.what} {self.direction} {end} (FORMAT csv)"

    @property
    def psql(self) -> str:
        return f"\\copy {self.what} {self.direction} '{self.file}' (FORMAT csv)"


def export(folder: Path) -> list[str | Copy]:
    """Return what writes the seeded tables as CSV files."""
    copies = [Copy(f"(SELECT {columns} FROM {name})", "TO", folder / f"{name}.csv") for name, columns in TABLES.items()]
    # The UPDATE that seeding ended with has moved rows; by hand they are to come in the order they were made in.
    copies[0] = Copy(f"(SELECT {TABLES['users']} FROM users ORDER BY id)", "TO", folder / "users.csv")
    staged = f"(SELECT {STAGED} FROM users WHERE primary_address_id IS NOT NULL ORDER BY id)"
    return [*copies, Copy(staged, "TO", folder / "staged.csv")]


def by_hand(folder: Path) -> list[str | Copy]:
    """Return the script that a person would write to load the files."""
    return [
        "BEGIN",
        *(Copy(f"{name} ({columns})", "FROM", folder / f"{name}.csv") for name, columns in TABLES.items()),
        "CREATE TEMPORARY TABLE staged (id bigint, primary_address_id bigint) ON COMMIT DROP",
        Copy(f"staged ({STAGED})", "FROM", folder / "staged.csv"),
        "UPDATE users SET primary_address_id = staged.primary_address_id FROM staged WHERE users.id = staged.id",
        *(
            f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), max({column})) FROM {name}"
            for name, column in SEQUENCES.items()
        ),
        "COMMIT",
    ]


def run(script: Sequence[str | Copy], dsn: str, scratch: Path) -> None:
    """Run a script with psql, or without it where there is none."""
    psql = shutil.which("psql")
    if psql is None:
        _run_with_psycopg(script, dsn)
        return
    file = scratch / "script.sql"
    file.write_text("".join(f"{s.psql}\n" if isinstance(s, Copy) else f"{s};\n" for s in script))
    command = [psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={file}", dsn]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _run_with_psycopg(script: Sequence[str | Copy], dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in script:
            if isinstance(statement, str):
                cursor.execute(statement.encode())
                continue
            with cursor.copy(statement.sql.encode()) as copy:
                if statement.direction == "TO":
                    with statement.file.open("wb") as out:
                        for data in copy:
                            out.write(data)
                else:
                    with statement.file.open("rb") as source:
                        while data := source.read(1 << 20):
                            copy.write(data)


@dataclass
class Cost:
    """What a way took: seconds on the clock, and seconds of processor in client and server together."""

    seconds: float = 0.0
    processor: float = 0.0


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


def seed(dsn: str, rows: int, scratch: Path, mode: str, jobs: int) -> int:
    """Run the command as a user does and return the most memory it held, in MB."""
    command = [sys.executable, "-m", "seedfast", "seed", "--rows", str(rows), "--now", NOW, "--yes", "--strict"]
    command += ["--load", mode, "--jobs", str(jobs)]
    environment = {**os.environ, "SEEDFAST_DSN": dsn, "SEEDFAST_STATE_DIR": str(scratch)}
    with (scratch / "seedfast.log").open("w+") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise SystemExit(log.read())
    return usage.ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def contents(dsn: str) -> list[tuple[object, ...]]:
    """Return the number of rows of each table and a sum over hashes of them."""
    query = " UNION ALL ".join(
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM {name} AS t" for name in TABLES
    )
    with psycopg.connect(dsn) as connection:
        return connection.execute(f"{query} ORDER BY 1".encode()).fetchall()


@dataclass(frozen=True)
class Compared:
    """What seeding as it comes, with ``--load plain``, and loading by hand took; and the peak of seeding, in MB."""

    rows: int
    total: int
    seeded: Cost
    plain: Cost
    hand: Cost
    peak: int

    @property
    def line(self) -> str:
        """The line of the table."""
        seeded, plain, hand = self.seeded, self.plain, self.hand
        return (
            f"| {self.rows:,} | {self.total:,} | {seeded.seconds:.1f} s | {plain.seconds:.1f} s | {hand.seconds:.1f} s "
            f"| {seeded.seconds / hand.seconds:.2f} | {plain.seconds / hand.seconds:.2f} "
            f"| {seeded.processor:.1f} s | {plain.processor:.1f} s | {hand.processor:.1f} s "
            f"| {self.total / seeded.seconds:,.0f} | {self.peak} MB |"
        )


def measure(server: EmbeddedServer, rows: int, jobs: int) -> Compared:
    """Seed in two modes and load by hand once each, in fresh databases."""
    with tempfile.TemporaryDirectory(prefix="seedfast-bench-") as folder:
        scratch = Path(folder)
        # The next database is made when the one before is gone: no autovacuum of it gets in the way.
        dsn = _fresh(server, "plain")
        with measured(server) as plain:
            seed(dsn, rows, scratch, "plain", jobs)
        run(export(scratch), dsn, scratch)
        held = contents(dsn)
        _drop(server, "plain")
        dsn = _fresh(server, "seeded")
        with measured(server) as seeded:
            peak = seed(dsn, rows, scratch, "auto", jobs)
        alike = contents(dsn) == held
        _drop(server, "seeded")
        dsn = _fresh(server, "by_hand")
        with measured(server) as hand:
            run(by_hand(scratch), dsn, scratch)
        if not alike or contents(dsn) != held:
            raise SystemExit("All ways should end in the same rows, and they don't.")
        _drop(server, "by_hand")
    return Compared(rows, sum(int(str(row[1])) for row in held), seeded, plain, hand, peak)


def _fresh(server: EmbeddedServer, name: str) -> str:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        create_demo_schema(server.dsn(name))
        # Everything is written out, so that nobody pays for what happened before.
        connection.execute(b"CHECKPOINT")
    return server.dsn(name)


def _drop(server: EmbeddedServer, name: str) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


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
    wanted = parser.parse_args()
    with EmbeddedServer.start() as server:
        print(machine(server) + "\n")
        print(
            "| rows a table | in all | seedfast | plain | by hand | ratio | plain | its CPU | plain | by hand | rows/s"
            " | peak memory |"
        )
        print("|" + "---:|" * 12)
        for rows in wanted.rows or [10_000, 100_000]:
            print(measure(server, rows, wanted.jobs).line, flush=True)


if __name__ == "__main__":
    main()
