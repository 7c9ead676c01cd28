"""The cost of making rows, without loading them: rows a second of each table, and the columns that take longest.

``python -m benchmarks.generate --rows 100000`` takes the demo's shop; ``--dsn`` takes a database of your own, in which
nothing is written.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from seedfast import pipeline
from seedfast.embedded import EPHEMERAL, EmbeddedServer, create_demo_schema
from seedfast.generate.engine import Engine
from seedfast.generate.frame import Frame
from seedfast.plan.spec import GenerationPlan, Status, TablePlan
from seedfast.values.default import default_registry

NOW = datetime(2026, 1, 1)


class Watch:
    """Times every column while a table is generated: what it takes itself, without the siblings that it asks for.

    What its parents' columns take to be computed again is the column's own time, since nobody else wanted it.
    """

    def __init__(self) -> None:
        self.seconds: dict[tuple[str, str], float] = defaultdict(float)
        self._running: list[tuple[Frame, list[float]]] = []

    @contextmanager
    def __call__(self) -> Iterator[None]:
        plain = Frame.column

        def timed(frame: Frame, name: str) -> object:
            inside = [0.0]
            self._running.append((frame, inside))
            started = time.process_time()
            try:
                return plain(frame, name)
            finally:
                spent = time.process_time() - started
                self._running.pop()
                asker = self._running[-1] if self._running else None
                if asker is None or asker[0] is frame:
                    self.seconds[str(frame._table.name), name] += spent - inside[0]
                    if asker is not None:
                        asker[1][0] += spent

        Frame.column = timed  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            Frame.column = plain  # type: ignore[method-assign]


def generate(plan: GenerationPlan, engine: Engine, batch: int, watch: Watch) -> None:
    """Generate every row of a plan once and print what each table took."""
    print("| table | rows | seconds | rows/s | memory at the end |")
    print("|---|---:|---:|---:|---:|")
    for step in plan.steps:
        for name in step.tables:
            table = plan.table(name)
            if table.status is not Status.FILL or not table.rows:
                continue
            started = time.process_time()
            with watch():
                for start in range(0, table.rows, batch):
                    engine.batch(name, start, min(start + batch, table.rows))
            spent = time.process_time() - started
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"| {name} | {table.rows:,} | {spent:.2f} | {table.rows / spent:,.0f} | {peak} MB |")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows a table")
    parser.add_argument("--batch", type=int, default=10_000, help="rows at a time")
    parser.add_argument("--dsn", help="a database to plan for, instead of the demo's")
    parser.add_argument("--top", type=int, default=15, help="how many columns to show")
    parser.add_argument("--profile", action="store_true", help="show the functions that took longest, too")
    wanted = parser.parse_args()
    if wanted.dsn:
        prepared = _prepare(wanted.dsn, wanted.rows)
    else:
        with EmbeddedServer.start(settings=EPHEMERAL) as server:
            create_demo_schema(server.dsn())
            prepared = _prepare(server.dsn(), wanted.rows)
    plan = prepared.plan
    engine = Engine(plan, default_registry(), prepared.stored)
    watch, profile = Watch(), cProfile.Profile()
    if wanted.profile:
        profile.enable()
    generate(plan, engine, wanted.batch, watch)
    profile.disable()
    total = sum(watch.seconds.values())
    print(f"\n| column | kind | seconds | of {total:.2f} s | µs/row |\n|---|---|---:|---:|---:|")
    longest = sorted(watch.seconds.items(), key=lambda item: -item[1])
    for (table_name, column), spent in longest[: wanted.top]:
        table = next(t for t in plan.tables if str(t.name) == table_name)
        kind = _kind(table, column)
        share, each = spent / total, spent / table.rows * 1e6
        print(f"| {table_name}.{column} | {kind} | {spent:.2f} | {share:.0%} | {each:.2f} |")
    if wanted.profile:
        print()
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def _kind(table: TablePlan, column: str) -> str:
    """Return what a column's values are from; a lookup's and a rank's are its reference."""
    for derived in (table.lookup(column), table.rank(column)):
        if derived is not None:
            return derived.reference
    if table.rollup(column) is not None:
        return "rollup"
    planned = table.column(column)
    return planned.reference or ", ".join(dict.fromkeys(g.kind for g in planned.generators))


def _prepare(dsn: str, rows: int) -> pipeline.Prepared:
    return pipeline.prepare(pipeline.Request(dsn=dsn, now=NOW, rows=rows))


if __name__ == "__main__":
    main()
