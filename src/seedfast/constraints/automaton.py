"""Words of a finite automaton, numbered so that any can be made from its number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.rng import Rows

_CAP_BITS = 32
CAP = 1 << _CAP_BITS
"""The most words that are told apart; counts above it are shared out evenly among the next characters."""

_LARGE_BITS = 20
LARGE = 1 << _LARGE_BITS
"""Counts below it are kept exactly; above it they are rounded to powers of two, so that neighbours can be scrambled."""

_ASCII = 127

_ODD = np.uint64(0x9E3779B1)
_ADDED = np.uint64(0x7F4A7C15)

_U64 = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Automaton:
    """Words over ``classes`` of characters, numbered from 0 up to ``capacity``.

    ``steps[state][class]`` is the next state or -1, state 0 is the first, ``accepting`` are states where words of
    ``low`` to ``high`` characters may end. With ``folded`` no two words differ in case only.
    """

    classes: tuple[str, ...]
    steps: tuple[tuple[int, ...], ...]
    accepting: tuple[int, ...]
    low: int
    high: int
    folded: bool = False

    @property
    def capacity(self) -> int:
        """How many distinct words there are, as far as they are told apart."""
        return self._counts.root.size

    def words(self, indices: Rows) -> pa.Array:
        """Return the words of these numbers, each in [0, capacity); distinct numbers give distinct words."""
        counts = self._counts
        rest = indices.astype(np.uint64)
        lengths, rest = counts.root.choose_length(rest)
        lengths = lengths + self.low
        letters = np.zeros((len(rest), self.high), dtype=np.uint32)
        states = np.zeros(len(rest), dtype=np.int64)
        for place in range(int(lengths.max(initial=0))):
            rows = np.flatnonzero(lengths > place)
            picked, states[rows], rest[rows] = counts.pick(states[rows], lengths[rows] - place, rest[rows])
            letters[rows, place] = picked
        return _text(letters, lengths)

    def to_json(self) -> dict[str, Any]:
        """Return the automaton as plain JSON types, compactly."""
        return {
            "classes": list(self.classes),
            "steps": [" ".join(map(str, row)) for row in self.steps],
            "accepting": list(self.accepting),
            "lengths": [self.low, self.high],
            "folded": self.folded,
        }

    @staticmethod
    def from_json(data: Any) -> Automaton:
        """Return the automaton that ``to_json`` wrote."""
        if isinstance(data, str):
            data = json.loads(data)
        low, high = data["lengths"]
        return Automaton(
            classes=tuple(data["classes"]),
            steps=tuple(tuple(int(n) for n in row.split()) for row in data["steps"]),
            accepting=tuple(data["accepting"]),
            low=low,
            high=high,
            folded=data["folded"],
        )

    @cached_property
    def _counts(self) -> _Counts:
        return _Counts(self)


@dataclass(frozen=True, slots=True)
class _Root:
    """The choice of a length: ``ends[n]`` is where the numbers of the n-th length end."""

    ends: _U64
    size: int

    def choose_length(self, numbers: _U64) -> tuple[npt.NDArray[np.int64], _U64]:
        bits = np.full(len(numbers), _exponents(np.array([self.size], dtype=np.uint64))[0])
        numbers = _stretched(numbers, bits, np.full(len(numbers), self.ends[-1]))
        which = np.searchsorted(self.ends, numbers, side="right")
        starts = np.concatenate([np.zeros(1, dtype=np.uint64), self.ends])
        return which.astype(np.int64), numbers - starts[which]


class _Counts:
    """How many words remain from each state with so many characters to go, and how numbers choose among them."""

    def __init__(self, automaton: Automaton) -> None:
        steps = np.array(automaton.steps, dtype=np.int64).reshape(len(automaton.steps), len(automaton.classes))
        self._steps = steps
        self._width = np.array([len(members) for members in automaton.classes], dtype=np.uint64)
        longest = max((len(members) for members in automaton.classes), default=1)
        self._letters = np.zeros((len(automaton.classes), longest), dtype=np.uint32)
        for n, members in enumerate(automaton.classes):
            self._letters[n, : len(members)] = [ord(character) for character in members]
        partners = _partners(automaton.classes) if automaton.folded else {}
        size = np.zeros(len(steps), dtype=np.uint64)
        size[list(automaton.accepting)] = 1
        sizes, totals, units = [size], [size], [np.zeros(steps.shape, dtype=np.uint64)]
        for _ in range(automaton.high):
            unit = np.where(steps >= 0, size[steps], np.uint64(0))
            for upper, lower in partners.items():
                unit[:, upper] = np.where(unit[:, lower] > 0, 0, unit[:, upper])
            unit = _shared_out(unit, self._width)
            total = (unit * self._width).sum(axis=1, dtype=np.uint64)
            size = _rounded(total)
            sizes.append(size)
            totals.append(total)
            units.append(unit)
        stacked = np.stack(sizes)
        self._bits, self._totals, self._units = _exponents(stacked), np.stack(totals), np.stack(units)
        self._ends = (self._units * self._width).cumsum(axis=2, dtype=np.uint64)
        first = stacked[automaton.low : automaton.high + 1, 0].reshape(1, -1)
        ends = _shared_out(first, np.ones(first.shape[1], dtype=np.uint64)).cumsum(dtype=np.uint64)
        self.root = _Root(ends, int(_rounded(ends[-1:])[0]))

    def pick(
        self, states: npt.NDArray[np.int64], left: npt.NDArray[np.int64], numbers: _U64
    ) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64], _U64]:
        """Return the next characters (code points), the states after them and the numbers that remain."""
        if len(states) and (left == left[0]).all() and (states == states[0]).all():
            return self._picked(int(states[0]), int(left[0]), numbers)
        numbers = _stretched(numbers, self._bits[left, states], self._totals[left, states])
        which = (self._ends[left, states] <= numbers[:, None]).sum(axis=1)
        unit = self._units[left, states, which]
        letter, numbers = np.divmod(numbers - (self._ends[left, states, which] - unit * self._width[which]), unit)
        return self._letters[which, letter], self._steps[states, which], numbers

    def _picked(
        self, state: int, left: int, numbers: _U64
    ) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64], _U64]:
        """Return the same where all have come to one state with as much before them."""
        if self._bits[left, state]:
            numbers = _stretched(numbers, self._bits[left, state], self._totals[left, state])
        ends, unit = self._ends[left, state], self._units[left, state]
        possible = np.flatnonzero(unit)
        if len(possible) == 1:
            only = int(possible[0])
            letter, numbers = np.divmod(numbers, unit[only])
            return self._letters[only, letter], np.full(len(numbers), self._steps[state, only]), numbers
        which = np.searchsorted(ends, numbers, side="right")
        letter, numbers = np.divmod(numbers - (ends - unit * self._width)[which], unit[which])
        return self._letters[which, letter], self._steps[state, which], numbers


def _text(letters: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64]) -> pa.Array:
    """Return the first ``lengths[n]`` code points of each line n as a text."""
    count, width = letters.shape
    if not width or not count:
        return pa.array([""] * count, type=pa.string())
    if letters.max() > _ASCII:
        return pa.array(letters.view(f"<U{width}").reshape(-1), type=pa.string())
    data = letters.astype(np.uint8)
    kept = data if (lengths == width).all() else data[np.arange(width) < lengths[:, None]]
    ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    assert ends[-1] < 1 << 31, "texts of a batch stay below 2 GiB"
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends.astype(np.int32)), pa.py_buffer(kept))


def _shared_out(unit: _U64, width: _U64) -> _U64:
    """Return the counts a character, cut to even shares where a row's total would pass the cap."""
    total = (unit * width).sum(axis=1, dtype=np.uint64)
    choices = np.maximum(((unit > 0) * width).sum(axis=1, dtype=np.uint64), np.uint64(1))
    share = np.where(total > CAP, np.uint64(CAP) // choices, np.uint64(CAP))
    return np.minimum(unit, share[:, None])


def _rounded(totals: _U64) -> _U64:
    """Return large totals rounded down to a power of two, so that numbers below them can be scrambled by a product."""
    exponents = _exponents(totals)
    return np.where(exponents > 0, np.uint64(1) << exponents, totals)


def _exponents(totals: _U64) -> _U64:
    """Return the binary logarithm of large totals, rounded down; 0 for the others."""
    exponents = np.zeros(totals.shape, dtype=np.uint64)
    for n in range(_LARGE_BITS, _CAP_BITS + 1):
        exponents[totals >= np.uint64(1 << n)] = n
    return exponents


def _stretched(numbers: _U64, bits: _U64, totals: _U64) -> _U64:
    """Return the numbers spread over [0, totals), distinct ones to distinct ones.

    Where ``bits`` isn't 0 the numbers lie below that power of two; neighbours then end far apart, so that every
    character of a word varies.
    """
    half = bits >> np.uint64(1)
    with np.errstate(over="ignore"):
        scrambled = (numbers * _ODD + _ADDED) & ((np.uint64(1) << bits) - np.uint64(1))
        scrambled ^= scrambled >> half
        # A number below a power of two, times a total of at most 2**32, fits 64 bits.
        spread = (scrambled * totals) >> bits
    return np.where(bits > 0, spread, numbers)


def _partners(classes: tuple[str, ...]) -> dict[int, int]:
    """Return, by the number of each class of upper-case letters, that of the lower-case ones."""
    places = {character: n for n, members in enumerate(classes) for character in members}
    found: dict[int, int] = {}
    for n, members in enumerate(classes):
        lower = members[0].lower()
        if lower != members[0] and lower in places:
            found[n] = places[lower]
    return found
