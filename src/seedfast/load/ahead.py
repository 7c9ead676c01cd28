"""Portions of tables' rows that a thread makes before anybody takes them, while the server is busy with others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from threading import Condition, Thread
from typing import Generic

from seedfast.load.crew import Made, Portion

WAITING_BYTES = 32 << 20
"""So much may wait to be taken: what a server that builds indexes leaves time for, and little beside the rest."""


class Ahead(Generic[Made]):
    """The same portions as were given, in their order; making them has begun. ``close`` it, or take them all."""

    def __init__(self, portions: Iterator[Portion[Made]], most: int = WAITING_BYTES) -> None:
        self._portions = portions
        self._most = most
        self._ready: deque[Portion[Made]] = deque()
        self._nbytes = 0
        self._ended = False
        self._closed = False
        self._failure: BaseException | None = None
        self._changed = Condition()
        self._thread = Thread(target=self._make, name="seedfast-ahead", daemon=True)
        self._thread.start()

    def take(self, rows: int) -> Iterator[Portion[Made]]:
        """Yield the next portions, which come to so many rows."""
        while rows > 0:
            with self._changed:
                self._changed.wait_for(lambda: self._ready or self._ended)
                if not self._ready:
                    break
                portion = self._ready.popleft()
                self._nbytes -= portion.nbytes
                self._changed.notify_all()
            rows -= portion.rows
            yield portion
        if rows > 0 and self._failure is not None:
            raise self._failure

    def close(self) -> None:
        """Have no more made, and return when nothing is in the making; what is ready is forgotten."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()
        self._ready.clear()

    def _make(self) -> None:
        try:
            for portion in self._portions:
                with self._changed:
                    self._ready.append(portion)
                    self._nbytes += portion.nbytes
                    self._changed.notify_all()
                    self._changed.wait_for(lambda: self._closed or self._nbytes < self._most)
                    if self._closed:
                        return
        # Whoever takes the portions is told, whatever it is.
        except BaseException as failure:  # noqa: BLE001
            self._failure = failure
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()
