"""What a run costs before its rows go in: reading the schema, planning, and the probe where one is worth it.

``python -m benchmarks.plan --admin URL FILE.sql ...`` makes a database of each file on the server, and drops it again.
Seconds are medians of several runs, each in a process of its own, as a user's are. Every run is rolled back.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from seedfast import pipeline
from seedfast.events import Event, StageStarted
from seedfast.names import quote

NOW = datetime(2026, 1, 1)
STAGES = ("introspect", "plan", "probe")
_DATABASE = "seedfast_benchmark_plan"


def measure(dsn: str, rows: int) -> tuple[int, Mapping[str, float]]:
    """Return the number of tables of a run that is rolled back, and the seconds that each of its stages took."""
    started: list[tuple[str, float]] = []

    def listen(event: Event) -> None:
        if isinstance(event, StageStarted):
            started.append((event.stage, time.perf_counter()))

    # What the pipeline offers is imported when it is asked for, which is no stage of it.
    prepare, execute = pipeline.prepare, pipeline.execute
    prepared = prepare(pipeline.Request(dsn=dsn, now=NOW, rows=rows, dry_run=True), listen)
    execute(prepared, listen)
    started.append(("", time.perf_counter()))
    seconds = dict.fromkeys(STAGES, 0.0)
    for (stage, begin), (_, end) in pairwise(started):
        seconds[stage] = seconds.get(stage, 0.0) + end - begin
    return len(prepared.plan.tables), seconds


def main() -> None:
    """Print a row for each schema, and one for all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plan", description=__doc__)
    parser.add_argument("schemas", nargs="+", type=Path, help="files with DDL, for psql")
    parser.add_argument("--admin", required=True, help="a server on which databases may be made")
    parser.add_argument("--rows", type=int, default=200, help="rows a table; a probe is worth it from 200 on")
    parser.add_argument("--runs", type=int, default=3, help="runs of each schema")
    wanted = parser.parse_args()
    print(f"| schema | tables | {' | '.join(STAGES)} |\n|---|---:|" + "---:|" * len(STAGES))
    total: dict[str, float] = defaultdict(float)
    tables = 0
    fresh = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1)
    for file in wanted.schemas:
        with psycopg.connect(wanted.admin, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {quote(_DATABASE)}".encode())
            admin.execute(f"CREATE DATABASE {quote(_DATABASE)}".encode())
            dsn = make_conninfo(wanted.admin, dbname=_DATABASE)
            try:
                made = subprocess.run(
                    ["psql", "-X", "-q", "-f", file, dsn], capture_output=True, text=True, check=False
                )
                if "ERROR" in made.stderr:
                    print(f"{file.name}: {made.stderr.splitlines()[0]}", file=sys.stderr)
                runs = [fresh.submit(measure, dsn, wanted.rows).result() for _ in range(wanted.runs)]
            finally:
                admin.execute(f"DROP DATABASE IF EXISTS {quote(_DATABASE)} WITH (FORCE)".encode())
        seconds = {stage: statistics.median(spent[stage] for _, spent in runs) for stage in STAGES}
        tables += runs[0][0]
        for stage in STAGES:
            total[stage] += seconds[stage]
        print(_row(file.stem, runs[0][0], seconds), flush=True)
    print(_row("all", tables, total))


def _row(name: str, tables: int, seconds: Mapping[str, float]) -> str:
    return f"| {name} | {tables} | " + " | ".join(f"{seconds[stage]:.2f} s" for stage in STAGES) + " |"


if __name__ == "__main__":
    main()
