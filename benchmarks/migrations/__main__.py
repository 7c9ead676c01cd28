"""Replay histories of migrations: ``python -m benchmarks.migrations [FOLDER ...] [--fresh] [--grown] [--appended]``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from benchmarks.migrations.replay import Databases, Mode, Step, migrations, replay
from seedfast.embedded import EPHEMERAL, EmbeddedServer

HISTORIES = Path(__file__).parent / "histories"


def main() -> int:
    """Return 0 where no step needed a human, 1 where one did, 2 where there is nothing to replay."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.migrations", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="histories (default: those in here)")
    for mode in Mode:
        parser.add_argument(
            f"--{mode}", action="append_const", dest="modes", const=mode, help=f"{_MEANING[mode]} (default: all modes)"
        )
    parser.add_argument("--rows", type=int, default=20, help="rows a table and seeding (default: 20)")
    parser.add_argument("--every", type=int, default=1, help="seed a fresh database after every so many steps")
    parser.add_argument("--server", metavar="DSN", help="a server to make databases on (default: one from a wheel)")
    parser.add_argument("--keep-going", action="store_true", help="go on after the first step that needs a human")
    parser.add_argument("--output", choices=("text", "json"), default="text")
    wanted = parser.parse_args()
    folders = wanted.folders or sorted(folder for folder in HISTORIES.iterdir() if folder.is_dir())
    for folder in folders:
        if not migrations(folder):
            print(f"There is no migration in {folder}.", file=sys.stderr)
            return 2
    replays = []
    with _server(wanted.server) as dsn, Databases(dsn) as databases:
        for folder in folders:
            for mode in wanted.modes or list(Mode):
                steps: list[Step] = []
                said = sys.stdout if wanted.output == "text" else sys.stderr
                print(f"\n{folder.name}, {mode}: {_MEANING[mode]}\n{_HEADER}", file=said, flush=True)
                for step in replay(folder, mode, databases, rows=wanted.rows, every=wanted.every):
                    steps.append(step)
                    print(_line(step), file=said, flush=True)
                    if step.needs and not wanted.keep_going:
                        break
                first = next((step for step in steps if step.needs), None)
                print(_summary(steps, first), file=said, flush=True)
                replays.append(
                    {
                        "history": folder.name,
                        "mode": mode,
                        "migrations": len(migrations(folder)),
                        "first": asdict(first) if first else None,
                        "steps": [asdict(step) for step in steps],
                    }
                )
    if wanted.output == "json":
        print(json.dumps({"version": 1, "rows": wanted.rows, "replays": replays}, indent=2))
    return int(any(replayed["first"] for replayed in replays))


_MEANING = {
    Mode.FRESH: "a new database for every step, with all migrations so far",
    Mode.GROWN: "one database throughout; what a step adds is filled",
    Mode.APPENDED: "one database throughout; every table gets more rows after every step",
}
_HEADER = f"{'migration':<48} {'tables':>6} {'filled':>6} {'rows':>7} {'refused':>7} {'in all':>8} {'seconds':>7}"


def _line(step: Step) -> str:
    counts = (
        f"{step.tables:>6} {step.filled:>6} {step.inserted:>7,} {step.refused:>7,} {step.held:>8,} {step.seconds:>7.2f}"
    )
    return "\n".join([f"{step.migration:<48} {counts}", *(f"    {need}" for need in step.needs)])


def _summary(steps: list[Step], first: Step | None) -> str:
    rows, refused = sum(step.inserted for step in steps), sum(step.refused for step in steps)
    seconds = sum(step.seconds for step in steps)
    if first is None:
        return f"{len(steps)} steps, {rows:,} rows, {refused:,} refused, {seconds:.1f} s: none needed a human."
    return f"The first that needs a human, after {steps.index(first)} that don't: {first.migration}"


@contextmanager
def _server(dsn: str | None) -> Iterator[str]:
    """Yield a server's DSN; what seedfast notes of its runs goes to a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="seedfast-replay-") as state:
        os.environ["SEEDFAST_STATE_DIR"] = state
        if dsn is not None:
            yield dsn
            return
        with EmbeddedServer.start(settings=EPHEMERAL) as server:
            yield server.dsn()


if __name__ == "__main__":
    sys.exit(main())
