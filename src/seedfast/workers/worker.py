"""What runs in a worker: a source of rows, unpickled once, and the tasks that are made from it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from seedfast import __version__
from seedfast.errors import UsageError
from seedfast.load.batches import Rows
from seedfast.load.source import RowSource
from seedfast.names import QualifiedName
from seedfast.plan.spec import GenerationPlan

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Task(Generic[Made]):
    """Something to do with the rows [start, stop) of a table, which are the same whoever makes them, and when."""

    table: QualifiedName
    later: frozenset[str]
    do: Callable[[Rows, int, int], Made]
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A plan and its source of rows, pickled, and the version of seedfast that can read them."""

    content: bytes
    version: str = __version__


def sealed(plan: GenerationPlan, source: RowSource) -> Sealed:
    """Return what workers need to make any rows of a plan."""
    return Sealed(pickle.dumps((plan, source), protocol=pickle.HIGHEST_PROTOCOL))


class Worker:
    """Makes what tasks ask for, one after the other: a source isn't asked by several threads at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opened: tuple[Sealed, GenerationPlan, RowSource] | None = None

    def make(self, seal: Sealed, task: Task[Made]) -> Made:
        """Return what a task comes to."""
        with self._lock:
            if self._opened is None or self._opened[0] != seal:
                self._opened = (seal, *_opened(seal))
            _, plan, source = self._opened
            return task.do(Rows(source, plan.table(task.table), task.later), task.start, task.stop)


def _opened(seal: Sealed) -> tuple[GenerationPlan, RowSource]:
    if seal.version != __version__:
        raise UsageError(
            "SF-WORKER-VERSION",
            f"A worker has seedfast {__version__}, and the plan was made by {seal.version}.",
            "Install the same version everywhere, or the rows might differ.",
        )
    opened: tuple[GenerationPlan, RowSource] = pickle.loads(seal.content)  # noqa: S301 - it comes from the coordinator
    return opened


_here = Worker()


def make(seal: Sealed, task: Task[Made]) -> Made:
    """Make what a task asks for in this process."""
    return _here.make(seal, task)
