"""Processes on this machine."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection

from seedfast.workers import worker
from seedfast.workers.worker import Made, Sealed, Task

_IMPORTED = ["seedfast.generate.engine", "seedfast.values.default", "seedfast.workers.worker"]
"""What every worker imports, since sources of rows need it."""


class Processes:
    """So many processes, started when they are first needed; they end at once when the coordinator does.

    They are not forked from this one: a fork would share the connection to the server, and threads' locks as they
    stand. Where the system can, they are forked from a process that has done nothing but import what they all need.
    """

    lost: tuple[type[Exception], ...] = (BrokenProcessPool,)

    def __init__(self, seal: Sealed, jobs: int) -> None:
        self.jobs = jobs
        self._seal = seal
        self._start()

    def submit(self, task: Task[Made]) -> Future[Made]:
        """Have a process do a task."""
        return self._executor.submit(_make, task)

    def renew(self) -> None:
        """Start new processes in the place of all."""
        self.end()
        self._start()

    def close(self) -> None:
        """End the processes when they have done what they are at."""
        self._executor.shutdown(cancel_futures=True)
        self._lifeline.close()

    def end(self) -> None:
        """End the processes now."""
        self._lifeline.close()
        self._executor.shutdown(cancel_futures=True)

    def _start(self) -> None:
        context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        context.set_forkserver_preload(_IMPORTED)
        held, self._lifeline = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            self.jobs, mp_context=context, initializer=_begin, initargs=(self._seal, held)
        )


_sealed: Sealed | None = None


def _begin(seal: Sealed, lifeline: Connection) -> None:
    """Make the process ready for tasks, and have it end when nobody holds the other end of the lifeline any more."""
    global _sealed
    _sealed = seal
    # Ctrl-C reaches every process of a terminal; the coordinator decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with suppress(OSError):
        lifeline.poll(None)
    os._exit(1)


def _make(task: Task[Made]) -> Made:
    assert _sealed is not None
    return worker.make(_sealed, task)
