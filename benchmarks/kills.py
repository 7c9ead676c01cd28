"""Runs that are killed at moments drawn by lot, in each way of loading: ``python -m benchmarks.kills --times 50``.

What is killed is the command, one of its workers, the session's backend, or the server with all that belongs to it, as
when the machine loses power. Afterwards the database must hold all rows or none, with every schema object as it was;
else this ends with status 1. The test suite strikes at moments of its choice; this looks for those nobody thought of.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import psycopg
from tests.faults.conftest import LEDGER, CrashingServer, Seeding, State, contents, structure, wait_until

from seedfast.embedded import EmbeddedServer

MODES = {
    "plain": ("--load", "plain"),
    "rebuild": ("--load", "rebuild"),
    "jobs": ("--load", "plain", "--jobs", "2"),
}
_STRUCK = ("command", "session", "server", "worker")
_EARLIEST, _LATEST = 0.25, 1.05
"""Of the time that a run takes; before it does nothing but start and plan."""
_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass
class Range:
    """A server to kill things on, and what runs there take when nothing is killed."""

    folder: Path
    arguments: tuple[str, ...]
    server: CrashingServer = field(init=False)
    before: State = field(init=False)
    after: State = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.server = CrashingServer(EmbeddedServer.start())
        self.prepare()
        started = time.monotonic()
        run = Seeding(self.server.dsn(), self.folder, *self.arguments)
        outcome = run.outcome()
        self.seconds = time.monotonic() - started
        if outcome.exit:
            raise SystemExit(outcome.said)
        self.after = self.state()
        self.prepare()

    def state(self) -> State:
        """Return what the database holds."""
        return State(structure(self.server.dsn()), contents(self.server.dsn()))

    def prepare(self) -> None:
        """Have the tables be there, empty but for the rows that were there before."""
        with psycopg.connect(self.server.dsn()) as connection:
            connection.execute(b"DROP SCHEMA public CASCADE")
            connection.execute(b"CREATE SCHEMA public")
            connection.execute(LEDGER.encode())
        self.before = self.state()

    def renew(self) -> None:
        """Take another server in place of one that was killed."""
        self.server.stop()
        self.server = CrashingServer(EmbeddedServer.start())
        self.prepare()

    def strike(self, struck: str, lot: float) -> str:
        """Kill something while the command runs; return what is left: nothing, all, or what is wrong."""
        run = Seeding(self.server.dsn(), self.folder, *self.arguments)
        time.sleep(self.seconds * (_EARLIEST + lot * (_LATEST - _EARLIEST)))
        if struck in ("session", "worker"):
            while run.running and not self._victims(struck, run):
                time.sleep(0.005)
        family = _descendants(run.process.pid)
        if struck == "command":
            run.process.kill()
        elif struck in ("session", "worker"):
            _kill(self._victims(struck, run), lot)
        else:
            self.server.kill()
        outcome = run.outcome()
        if struck == "server":
            self.server.restart()
        wait_until(self.server.accepts, what="the recovery")
        run.wait_until_forgotten()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), what="the end of its processes")
        left = self.state()
        if left == self.before:
            found = "none" if outcome.exit else "none, though it says that they are there"
        elif left == self.after:
            found = "all"
            self.prepare()
        else:
            changed = "a schema object" if left.structure != self.before.structure else "rows"
            found = f"wrong: {changed} changed"
            self.prepare()
        if struck == "server":
            self.renew()
        return found

    def _victims(self, struck: str, run: Seeding) -> list[int]:
        if struck == "session":
            with psycopg.connect(self.server.dsn(), autocommit=True) as connection:
                return [pid for (pid,) in connection.execute(_BACKENDS).fetchall()]
        # Workers come of a process that is there to make them.
        family = _descendants(run.process.pid)
        return [pid for pid in family if _parent(pid) in family]


def _kill(processes: list[int], lot: float) -> None:
    if processes:
        with suppress(ProcessLookupError):
            os.kill(processes[int(lot * 1000) % len(processes)], signal.SIGKILL)


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _descendants(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [each for child in map(int, listed) for each in (child, *_descendants(child))]


@contextmanager
def _range(arguments: tuple[str, ...]) -> Iterator[Range]:
    with tempfile.TemporaryDirectory(prefix="seedfast-kills-") as folder:
        found = Range(Path(folder), arguments)
        try:
            yield found
        finally:
            found.server.stop()


def main() -> int:
    """Print what was left by each way of loading and what was killed; return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="kills of each kind (default: 50)")
    parser.add_argument("--rows", type=int, default=60_000, help="rows a table (default: 60000)")
    parser.add_argument("--draw", type=int, default=1, help="the number that moments are drawn with (default: 1)")
    wanted = parser.parse_args()
    wrong = 0
    print("| way of loading | killed | times | no rows left | all rows | wrong |\n|---|---|---:|---:|---:|---:|")
    for mode, arguments in MODES.items():
        with _range((*arguments, "--rows", str(wanted.rows), "--now", "2026-01-01")) as at:
            for struck in _STRUCK[: len(_STRUCK) - (mode != "jobs")]:
                found: Counter[str] = Counter()
                for number in range(wanted.times):
                    drawn = blake2b(f"{wanted.draw} {mode} {struck} {number}".encode(), digest_size=8).digest()
                    found[at.strike(struck, int.from_bytes(drawn) / 2**64)] += 1
                bad = {what: times for what, times in found.items() if what not in ("none", "all")}
                wrong += len(bad)
                said = ", ".join(f"{times} {what}" for what, times in bad.items()) or "0"
                print(f"| {mode} | {struck} | {wanted.times} | {found['none']} | {found['all']} | {said} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
