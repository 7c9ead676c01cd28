"""Who makes the batches of a table: the port through which loading and files ask for them, ready to be written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from seedfast.load.batches import BATCH_BYTES, FIRST_BATCH, Batch, Rows, Spans

Made = TypeVar("Made")
Result = TypeVar("Result", covariant=True)


@dataclass(frozen=True, slots=True)
class Portion(Generic[Made]):
    """What was ``made`` of so many rows, whose columns had ``nbytes`` bytes."""

    rows: int
    nbytes: int
    made: Made


@dataclass(frozen=True, slots=True)
class Piece(Generic[Made]):
    """Rows [start, stop) of a table, and what is to be done with them where they are made."""

    rows: Rows
    start: int
    stop: int
    do: Callable[[Rows, int, int], Made]


class Crew(Protocol):
    """Makes the rows of tables ahead of whoever takes them."""

    def make(
        self, rows: Rows, encode: Callable[[Batch], Made], most: int, wide: int = BATCH_BYTES
    ) -> Iterator[Portion[Made]]:
        """Yield what ``encode`` makes of all rows of a table, batch by batch in their order.

        The batches are those of ``Rows.batches``. ``encode`` may run in another process, so it is a function that can
        be pickled, and what it returns can be, too, or is a memoryview.
        """
        ...

    def each(self, pieces: Iterable[Piece[Made]]) -> Iterator[Made]:
        """Do what is to be done with each piece, and yield what comes of it, in order.

        A piece may be begun again where a worker is lost, so to do it twice must be as good as once.
        """
        ...


class Awaited(Protocol[Result]):
    """What is in the making."""

    def result(self) -> Result:
        """Wait for it."""
        ...


class Alone:
    """One thread of this process makes the next batch while the last is taken."""

    def make(
        self, rows: Rows, encode: Callable[[Batch], Made], most: int, wide: int = BATCH_BYTES
    ) -> Iterator[Portion[Made]]:
        """Yield what ``encode`` makes of all rows, as they are in this process."""
        if rows.table.rows <= min(most, FIRST_BATCH):
            yield portion(encode, rows, 0, rows.table.rows)
            return
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="seedfast-rows") as thread:
            yield from in_order(
                rows, lambda start, stop: thread.submit(portion, encode, rows, start, stop), most, wide, ahead=1
            )

    def each(self, pieces: Iterable[Piece[Made]]) -> Iterator[Made]:
        """Do one after the other."""
        for piece in pieces:
            yield piece.do(piece.rows, piece.start, piece.stop)


def portion(encode: Callable[[Batch], Made], rows: Rows, start: int, stop: int) -> Portion[Made]:
    """Return what is made of the rows [start, stop)."""
    batch = rows.batch(start, stop)
    return Portion(batch.rows, batch.nbytes, encode(batch))


def in_order(
    rows: Rows,
    submit: Callable[[int, int], Awaited[Portion[Made]]],
    most: int,
    wide: int,
    *,
    ahead: int,
) -> Iterator[Portion[Made]]:
    """Yield what comes of all ranges of a table's rows, in order; so many are in the making ``ahead`` of it."""
    spans = Spans(rows.table.rows, most, wide)
    waiting: deque[Awaited[Portion[Made]]] = deque()

    def ask() -> None:
        while len(waiting) < ahead and (span := spans.cut()) is not None:
            waiting.append(submit(*span))

    ask()
    while waiting:
        portion = waiting.popleft().result()
        spans.measured(portion.rows, portion.nbytes)
        ask()
        yield portion
