"""Processes that are run to their end, and what they took."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The system counts what a process held before it became the command, which is what its parent holds: so a parent that
# holds next to nothing starts it.
_PARENT = """
import os, resource, sys
status = os.spawnvp(os.P_WAIT, sys.argv[2], sys.argv[2:])
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
os.write(int(sys.argv[1]), f"{status} {spent.ru_utime + spent.ru_stime} {spent.ru_maxrss}".encode())
"""


@dataclass(frozen=True)
class Ended:
    """What a process took: seconds of processor, and the most memory that it held, in MB."""

    processor: float
    peak: int


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Ended:
    """Run a command; what it says is only shown where it fails, which ends the benchmark."""
    told, telling = os.pipe()
    with os.fdopen(told) as answer, tempfile.TemporaryFile("w+") as log:
        parent = [sys.executable, "-I", "-S", "-c", _PARENT, str(telling), *command]
        subprocess.run(parent, env=environment, pass_fds=[telling], stdout=log, stderr=subprocess.STDOUT, check=True)
        os.close(telling)
        status, processor, peak = answer.read().split()
        if int(status):
            log.seek(0)
            raise SystemExit(f"{log.read()}\n{command[0]} ended with {status}.")
    return Ended(float(processor), int(peak) // (1 << 20 if sys.platform == "darwin" else 1 << 10))
