"""The table of targets: what is measured, the bar, and whether it is kept. ``python -m benchmarks.targets``.

Starting and planning are the least of several runs on the clock, with processor seconds beside them. Seeding is
compared with loading the very same rows by hand in the same run (``benchmarks.load``), as the median of several runs.
Making rows alone is ``seedfast seed --to null:``, with the start and the plan, which few rows have as well, taken off.
``--rows`` are those of each of the demo's tables but its order lines; four times as many are made. Other ways to fill
the same tables, scripts with Faker and mimesis among them, stand beside it in a table of their own.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import installed, load, processes, scripts, start
from seedfast.embedded import EPHEMERAL, EmbeddedServer, create_demo_schema

_FEW = 20
_SHARES = 10
"""The demo has eight tables, and three times as many lines of orders as rows of the others."""

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
    environment = installed.environment()
    started = time.perf_counter()
    ended = processes.run(command, environment)
    return Made(rows * _SHARES, time.perf_counter() - started, ended.processor, ended.peak)


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


def loading(rows: int, runs: int, schemas: Path | None, binaries: Path | None) -> Sequence[load.Compared]:
    """Print how seeding compares with loading the same rows by hand; return the runs with the demo's tables."""
    demo: Sequence[load.Compared] = ()
    with EmbeddedServer.start(binaries=binaries) as server:
        for shape in load.shapes(schemas):
            compared = [load.measure(server, shape, rows, 1) for _ in range(runs)]
            demo = demo or compared
            _ratios(compared)
    peak = max(one.seeded.peak for one in demo)
    told("memory of seeding the demo's", f"{peak} MB", f"{_MEMORY} MB", peak <= _MEMORY, "")
    return demo


def _ratios(compared: Sequence[load.Compared]) -> None:
    def ratio(of: Callable[[load.Compared], load.Cost], what: str, bar: float) -> None:
        clock = statistics.median(of(one).seconds / one.hand.seconds for one in compared)
        processor = statistics.median(of(one).processor / one.hand.processor for one in compared)
        told(f"{what}, against `\\copy`", f"{clock:.2f}", f"{bar:.2f}", clock <= bar, f"{processor:.2f} by processor")

    filled = f"seeding {compared[0].total:,} rows of {compared[0].shape.name}"
    ratio(lambda one: one.seeded, f"{filled} as the tables' owner", 0.50)
    ratio(lambda one: one.plain, f"{filled} with `--load plain`", 1.05)


def beside(compared: Sequence[load.Compared], rows: int) -> None:
    """Print how many rows a second other ways put into the same tables, scripts by what fewer rows take them."""
    print("\n| into the demo's tables | rows | seconds | rows/s | memory of the client |\n|---|---:|---:|---:|---:|")
    for way, total, cost in _ways(compared, rows):
        print(f"| {way} | {total:,} | {cost.seconds:.1f} | {total / cost.seconds:,.0f} | {cost.peak} MB |", flush=True)


def _ways(compared: Sequence[load.Compared], rows: int) -> Iterator[tuple[str, int, load.Cost]]:
    middle = sorted(compared, key=lambda one: one.seeded.seconds)[len(compared) // 2]
    yield "`\\copy` of files that are there", middle.total, middle.hand
    yield "seedfast", middle.total, middle.seeded
    yield "seedfast `--load plain`", middle.total, middle.plain
    with EmbeddedServer.start() as server:
        few = load.measure(server, load.Shape(), rows, 1)
        yield "seedfast, as few rows as the scripts", few.total, few.seeded
        for library in scripts.there():
            yield f"a script with {library} and COPY", few.total, load.scripted(server, library, rows)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.targets", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows a table, loaded and made")
    parser.add_argument("--runs", type=int, default=3, help="runs of each part")
    parser.add_argument("--few", type=int, default=10_000, help="rows a table that scripts fill")
    parser.add_argument("--schemas", type=Path, help="a folder of schemas in SQL, to be loaded besides the demo")
    parser.add_argument("--binaries", type=Path, help="the folder of another server's programs, which knows extensions")
    wanted = parser.parse_args()
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        print(load.machine(server) + "\n")
    print("| target | measured | bar | | beside |\n|---|---:|---:|---|---|")
    starting(wanted.runs)
    making(_MORE * wanted.rows)
    beside(loading(wanted.rows, wanted.runs, wanted.schemas, wanted.binaries), wanted.few)


if __name__ == "__main__":
    main()
