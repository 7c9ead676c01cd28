"""Generators whose values are numbered: any value is the one of some number, and random values are random numbers."""

from __future__ import annotations

from abc import abstractmethod

import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values.kind import Draw, Generator

MOST = 1 << 62
"""The highest capacity that a generator claims: numbers up to it leave room in 64 bits."""


class Numbered(Generator):
    """A generator that is known by ``at`` alone: ``values`` numbers its rows at random in [0, common).

    ``common`` is ``capacity`` unless the first numbers are the more natural values.
    """

    capacity: int

    def __init__(self, capacity: int, *, common: int | None = None) -> None:
        self.capacity = min(capacity, MOST)
        self.common = min(common or self.capacity, self.capacity)

    def values(self, draw: Draw) -> pa.Array:
        """Return the values of random numbers."""
        return self.at(draw.below(self.common, "number"), draw)

    @abstractmethod
    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the values numbered ``index``."""
