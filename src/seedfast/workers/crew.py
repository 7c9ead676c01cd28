"""A crew of workers: tasks handed out, what comes of them taken in order, and done again where a worker is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from functools import partial
from typing import Generic, Protocol

from seedfast.errors import LoadError
from seedfast.load.batches import BATCH_BYTES, FIRST_BATCH, LAG, Batch, Rows
from seedfast.load.crew import Alone, Awaited, Crew, Piece, Portion, in_order, portion
from seedfast.load.source import RowSource
from seedfast.plan.spec import GenerationPlan
from seedfast.workers.worker import Made, Sealed, Task, sealed

_TIMES_LOST = 3
"""So often in a row workers may be lost before the run is given up: what kills one may kill every one."""


class Hands(Protocol):
    """Where tasks are done, ``jobs`` at a time; ``lost`` are the errors of a task whose worker is gone."""

    lost: tuple[type[Exception], ...]
    jobs: int

    def submit(self, task: Task[Made]) -> Future[Made]:
        """Have a task done."""
        ...

    def renew(self) -> None:
        """Make ready for tasks again after a worker was lost."""
        ...

    def close(self) -> None:
        """End when nothing is being done any more."""
        ...

    def end(self) -> None:
        """End now, whatever is being done."""
        ...


class Workers:
    """A crew that hands out the rows of large tables, and makes those of small ones itself."""

    def __init__(self, open_hands: Callable[[], Hands]) -> None:
        self._open = open_hands
        self._hands: Hands | None = None
        self._renewed = 0
        self._lost_in_a_row = 0

    def make(
        self, rows: Rows, encode: Callable[[Batch], Made], most: int, wide: int = BATCH_BYTES
    ) -> Iterator[Portion[Made]]:
        """Yield what workers make of the rows, in order."""
        if rows.table.rows <= min(most, FIRST_BATCH):
            yield portion(encode, rows, 0, rows.table.rows)
            return
        jobs = self._opened().jobs

        def submit(start: int, stop: int) -> _Given[Portion[Made]]:
            return _Given(self, Task(rows.table.name, rows.later, partial(_carried, encode), start, stop))

        # What a table needs for all its rows at once, each worker works out for itself: at the same time, then.
        for _ in range(1, jobs):
            self.given(Task(rows.table.name, rows.later, partial(portion, _nothing), 0, 1))
        # Twice as many as are at work, so that nobody waits for the coordinator.
        yield from in_order(rows, submit, most, wide, ahead=min(2 * jobs, LAG))

    def each(self, pieces: Iterable[Piece[Made]]) -> Iterator[Made]:
        """Yield what workers make of the pieces, in order; the smallest are not worth sending."""
        waiting: deque[Awaited[Made]] = deque()
        for piece in pieces:
            if piece.stop - piece.start <= FIRST_BATCH:
                waiting.append(_Done(piece.do(piece.rows, piece.start, piece.stop)))
            else:
                self._opened()
                task = Task(piece.rows.table.name, piece.rows.later, piece.do, piece.start, piece.stop)
                waiting.append(_Given(self, task))
            while self._hands is None or len(waiting) >= 2 * self._hands.jobs:
                yield waiting.popleft().result()
                if not waiting:
                    break
        while waiting:
            yield waiting.popleft().result()

    def _opened(self) -> Hands:
        if self._hands is None:
            self._hands = self._open()
        return self._hands

    def given(self, task: Task[Made]) -> tuple[int, Future[Made]]:
        """Hand a task out; the number tells how often workers had been renewed by then."""
        assert self._hands is not None
        while True:
            try:
                return self._renewed, self._hands.submit(task)
            except self._hands.lost as error:
                self._renew(self._renewed, task, error)

    def done(self, task: Task[Made], given: tuple[int, Future[Made]]) -> Made:
        """Wait for what comes of a task, however often it has to be handed out."""
        assert self._hands is not None
        lost: tuple[type[Exception], ...] = (*self._hands.lost, CancelledError)
        while True:
            try:
                made = given[1].result()
            except lost as error:
                self._renew(given[0], task, error)
                given = self.given(task)
            else:
                self._lost_in_a_row = 0
                return made

    def _renew(self, number: int, task: Task[Made], error: Exception) -> None:
        """Renew the workers, unless that has been done since a task was handed out."""
        assert self._hands is not None
        if number != self._renewed:
            return
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= _TIMES_LOST:
            raise LoadError(
                "SF-WORKER-LOST",
                f"Worker processes ended before their time, {_TIMES_LOST} times in a row, while rows {task.start:,} to"
                f" {task.stop:,} of {task.table} were being made.",
                "The system ends processes where memory runs short: fewer --jobs need less, --jobs 1 the least.",
            ) from error
        self._hands.renew()
        self._renewed += 1

    def close(self, *, now: bool) -> None:
        """Let the workers go."""
        if self._hands is not None:
            (self._hands.end if now else self._hands.close)()


class _Given(Generic[Made]):
    """A task that was handed out."""

    def __init__(self, workers: Workers, task: Task[Made]) -> None:
        self._workers, self._task = workers, task
        self._given = workers.given(task)

    def result(self) -> Made:
        return self._workers.done(self._task, self._given)


class _Done(Generic[Made]):
    """What was done here."""

    def __init__(self, made: Made) -> None:
        self._made = made

    def result(self) -> Made:
        return self._made


def _carried(encode: Callable[[Batch], Made], rows: Rows, start: int, stop: int) -> Portion[Made]:
    """Return what is made of rows so that it can be sent: as bytes where it is a view of memory."""
    made = portion(encode, rows, start, stop)
    if isinstance(made.made, memoryview):
        return Portion(made.rows, made.nbytes, bytes(made.made))  # type: ignore[arg-type]
    return made


def _nothing(batch: Batch) -> None:
    """Make nothing of a batch."""


@contextmanager
def crew(plan: GenerationPlan, source: RowSource, jobs: int, address: str = "") -> Iterator[Crew]:
    """Give a crew of so many processes for the rows of a plan, or the workers of a Dask scheduler at an ``address``.

    Nothing is started before a large table's rows are asked for. When the block fails, workers end at once.
    """
    if jobs <= 1 and not address:
        yield Alone()
        return

    def hands() -> Hands:
        seal: Sealed = sealed(plan, source)
        if address:
            from seedfast.workers.cluster import Cluster

            return Cluster(seal, address)
        from seedfast.workers.local import Processes

        return Processes(seal, jobs)

    workers = Workers(hands)
    try:
        yield workers
    except BaseException:
        workers.close(now=True)
        raise
    workers.close(now=False)
