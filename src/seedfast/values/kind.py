"""What a generator is: a declaration (``ValueKind``) that builds a machine (``Generator``) from parameters.

Every generator is a pure function of row numbers. It returns one Arrow array per call, of any of these types:

========================  ==================================================================================
``pa.int64()``            integers, oid
``pa.float64()``          floats
``pa.decimal128(p, s)``   numeric and money
``pa.bool_()``            booleans
``pa.date32()``           dates
``pa.time64('us')``       times of day
``pa.timestamp('us')``    timestamps, in UTC where the column has a time zone
``pa.string()``           text, and every other type in PostgreSQL's input syntax
``pa.dictionary(pa.int32(), pa.string())``  the same, drawn from a small pool
========================  ==================================================================================
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows, Stream

Json = Any
"""Anything that JSON can hold: what parameters are made of."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a generator may look at for a batch of rows.

    ``rows`` are row numbers, in any order, with repeats; ``stream`` is the column's own; ``inputs`` are arrays of the
    sibling columns that the generator declared, aligned with ``rows``.
    """

    rows: Rows
    stream: Stream
    inputs: Mapping[str, pa.Array] = field(default_factory=dict)

    def below(self, bound: int, purpose: str = "") -> Rows:
        """Return uniform integers in [0, bound), one a row; each purpose has words of its own."""
        stream = self.stream.child(purpose) if purpose else self.stream
        return stream.below(self.rows, bound)

    def words(self, purpose: str = "") -> np.ndarray[Any, np.dtype[np.uint64]]:
        """Return uniform 64-bit words, one a row; each purpose has words of its own."""
        stream = self.stream.child(purpose) if purpose else self.stream
        return stream.words(self.rows)


class Generator(ABC):
    """A machine that makes values.

    ``capacity`` is how many distinct values ``at`` can make, None where it can't make distinct ones at all.
    ``inputs`` are the sibling columns that it reads.
    """

    capacity: int | None = None
    inputs: tuple[str, ...] = ()

    @abstractmethod
    def values(self, draw: Draw) -> pa.Array:
        """Return one value per row, repeats allowed, never null."""

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the values numbered ``index``, each in [0, capacity): distinct numbers give values that are distinct
        under any equality that PostgreSQL may apply to them (case folded, trailing blanks cut, 1.0 = 1.00).

        ``draw`` serves the parts of a value that don't make it distinct.
        """
        raise NotImplementedError(type(self).__name__)


Build = Callable[[Mapping[str, Json]], Generator]


@dataclass(frozen=True, slots=True)
class ValueKind:
    """The declaration of a kind of value: ``name`` is dotted (``person.email``), ``summary`` one line for people.

    ``params`` names the parameters that ``build`` takes, each with one line of explanation. ``text`` says that the
    values are text whose length the parameters ``min_length`` and ``max_length`` (characters) bound.
    """

    name: str
    summary: str
    build: Build
    params: Mapping[str, str] = field(default_factory=dict)
    text: bool = False
