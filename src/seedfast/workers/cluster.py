"""The workers of a Dask scheduler."""

from __future__ import annotations

from concurrent.futures import Future
from hashlib import blake2b
from typing import Any

from seedfast.errors import ConnectionFailedError, UsageError
from seedfast.workers import worker
from seedfast.workers.worker import Made, Sealed, Task

PATIENCE = 10
"""Seconds that a scheduler, and the first of its workers, are waited for."""


class Cluster:
    """Workers that other machines may run; the scheduler hands a lost one's tasks to others by itself."""

    def __init__(self, seal: Sealed, address: str) -> None:
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            raise UsageError(
                "SF-ENGINE-EXTRA",
                "Making rows by Dask needs the package distributed, which is not installed.",
                "pip install 'seedfast[dask]'",
            ) from None
        try:
            # A cluster that is still starting has a while to show its first worker.
            self._client: Any = Client(address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError) as error:
            raise ConnectionFailedError(
                "SF-ENGINE-UNREACHED",
                f"No worker of the Dask scheduler at {address} can be reached: {error}",
                "See that `dask scheduler` and a `dask worker` run there, and that they can be reached from here.",
            ) from error
        self.lost: tuple[type[Exception], ...] = (KilledWorker,)
        self.jobs = max(1, sum(self._client.nthreads().values()))
        # It is the result of a task, so that whoever loses it can have it again.
        key = f"seedfast-{blake2b(seal.content, digest_size=16).hexdigest()}"
        self._seal = self._client.submit(Sealed, seal.content, seal.version, key=key)
        self._executor = self._client.get_executor(pure=False)

    def submit(self, task: Task[Made]) -> Future[Made]:
        """Have a worker do a task."""
        given: Future[Made] = self._executor.submit(worker.make, self._seal, task)
        return given

    def renew(self) -> None:
        """Do nothing: the scheduler knows who is left."""

    def close(self) -> None:
        """Leave the cluster to itself."""
        self._client.close()

    def end(self) -> None:
        """Leave the cluster to itself, and what it is at undone."""
        self._executor.shutdown(wait=False)
        self._client.close()
