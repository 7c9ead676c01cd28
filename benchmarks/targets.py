"""The table of targets: what is measured, the bar, and whether it is kept. ``python -m benchmarks.targets``.

Starting and planning are the least of several runs on the clock, with processor seconds beside them. Seeding is
compared with loading the very same rows by hand in the same run (``benchmarks.load``), as the median of several runs.
Making rows alone is ``seedfast seed --to null:``, with the start and the plan, which few rows have as well, taken off.
``--rows`` are those of each of the demo's eight tables; four times as many are made.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import load, start
from seedfast.embedded import EPHEMERAL, EmbeddedServer, create_demo_schema

_FEW = 20
_MEMORY = 400
_RATE = 1_000_000
_MORE = 4
"""Two processes are worth their start from some two million rows on: so much more is made than loaded."""


@dataclass(frozen=True)
class Made:
    """What making rows and throwing them away took, in seconds of the clock and of the processor, and in MB."""

    rows: int
    clock: float
    processor: float
    peak: int


def told(what: str, measured: str, bar: str, kept: bool, beside: str) -> None:
    """Print a row of the table."""
    print(f"| {what} | {measured} | {bar} | {'pass' if kept else 'miss'} | {beside} |", flush=True)


def made(dsn: str, rows: int, jobs: int) -> Made:
    """Run the command that makes rows and writes them nowhere."""
    command = [sys.executable, "-m", "seedfast", "seed", "--dsn", dsn, "--rows", str(rows), "--now", load.NOW, "--yes"]
    command += ["--to", "null:", "--jobs", str(jobs)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    clock, processor = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
    return Made(rows * len(load.TABLES), clock, processor, usage.ru_maxrss // unit)


def starting(runs: int) -> None:
    """Print what a user waits for before the first row."""
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        for one in start.measure(server.dsn(), runs):
            kept = one.spent.clock <= one.bar
            told(
                one.what, f"{one.spent.clock:.2f} s", f"{one.bar:.2f} s", kept, f"{one.spent.processor:.2f} s processor"
            )


def making(rows: int) -> None:
    """Print how quickly rows are made on two cores, and the memory that it takes on one."""
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        create_demo_schema(server.dsn())
        few, alone = made(server.dsn(), _FEW, 2), made(server.dsn(), _FEW, 1)
        two, one = made(server.dsn(), rows, 2), made(server.dsn(), rows, 1)
    rate = (two.rows - few.rows) / max(two.clock - few.clock, 1e-3)
    # What other processes than the first spend, the system doesn't count as its own.
    by_processor = (one.rows - alone.rows) / max(one.processor - alone.processor, 1e-3)
    beside = f"{two.rows:,} rows; one process: {by_processor:,.0f} a second of processor"
    told("rows made, two processes", f"{rate:,.0f} rows/s", f"{_RATE:,}", rate >= _RATE, beside)
    told("memory of making them in one process", f"{one.peak} MB", f"{_MEMORY} MB", one.peak <= _MEMORY, "")


def loading(rows: int, runs: int) -> None:
    """Print how seeding compares with loading the same rows by hand."""
    with EmbeddedServer.start() as server:
        compared = [load.measure(server, rows, 1) for _ in range(runs)]

    def ratio(of: Callable[[load.Compared], load.Cost], what: str, bar: float) -> None:
        clock = statistics.median(of(one).seconds / one.hand.seconds for one in compared)
        processor = statistics.median(of(one).processor / one.hand.processor for one in compared)
        told(f"{what}, against `\\copy`", f"{clock:.2f}", f"{bar:.2f}", clock <= bar, f"{processor:.2f} by processor")

    ratio(lambda one: one.seeded, f"seeding {compared[0].total:,} rows as the tables' owner", 0.50)
    ratio(lambda one: one.plain, f"seeding {compared[0].total:,} rows with `--load plain`", 1.05)
    peak = max(one.peak for one in compared)
    told("memory of seeding them", f"{peak} MB", f"{_MEMORY} MB", peak <= _MEMORY, "")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.targets", description=__doc__)
    parser.add_argument("--rows", type=int, default=125_000, help="rows a table, loaded and made")
    parser.add_argument("--runs", type=int, default=3, help="runs of each part")
    wanted = parser.parse_args()
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        print(load.machine(server) + "\n")
    print("| target | measured | bar | | beside |\n|---|---:|---:|---|---|")
    starting(wanted.runs)
    making(_MORE * wanted.rows)
    loading(wanted.rows, wanted.runs)


if __name__ == "__main__":
    main()
