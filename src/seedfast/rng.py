"""All randomness: words are a function of (seed, path, row), so any cell can be computed anywhere, in any order.

A *path* names what the words are for ("public.users.email"). It is hashed with BLAKE2b to a 64-bit key; a row's word is
the key and the row number through two rounds of splitmix64's finaliser (Steele, Lea, Flood 2014). Only integer
arithmetic is used, so the words are the same on every processor and in every version of NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import isqrt

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S32 = (np.uint64(n) for n in (27, 30, 31, 32))
_LOW_32 = np.uint64(0xFFFFFFFF)
_FEISTEL_ROUNDS = 6
_AT_ONCE = 1 << 16


def key(seed: int, *path: str) -> int:
    """Return the 64-bit key of a path under a seed."""
    digest = blake2b(digest_size=8)
    for part in (str(seed), *path):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(4, "little") + raw)
    return int.from_bytes(digest.digest(), "little")


def _mix(words: Words) -> Words:
    """Return the words, mixed in their place."""
    words ^= words >> _S30
    words *= _MIX_1
    words ^= words >> _S27
    words *= _MIX_2
    words ^= words >> _S31
    return words


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of one path. ``child`` gives independent streams for further purposes of the same path."""

    key: int

    def words(self, rows: Rows) -> Words:
        """Return one uniform 64-bit word per row number; shape and order are those of ``rows``."""
        k = np.uint64(self.key)
        with np.errstate(over="ignore"):
            words = rows.astype(np.uint64)
            words *= _GOLDEN
            words += k
            words = _mix(words)
            words ^= k
            return _mix(words)

    def below(self, rows: Rows, bound: int) -> Rows:
        """Return one uniform integer in [0, bound) per row; ``bound`` is at least 1 and below 2**63."""
        return scale(self.words(rows), bound)

    def child(self, purpose: str) -> Stream:
        """Return an independent stream for a further purpose."""
        return Stream(key(self.key, purpose))


def scale(words: Words, bound: int) -> Rows:
    """Map uniform words onto [0, bound)."""
    if bound <= 1 << 32:
        return (((words >> _S32) * np.uint64(bound)) >> _S32).astype(np.int64)
    return (words % np.uint64(bound)).astype(np.int64)


def skewed(words: Words, bound: int) -> Rows:
    """Map uniform words onto [0, bound) so that low ranks come often: the density falls as 1 / sqrt(rank)."""
    half = words >> _S32
    squared = (half * half) >> _S32
    if bound <= 1 << 32:
        return ((squared * np.uint64(bound)) >> _S32).astype(np.int64)
    return ((squared << _S32 | (words & _LOW_32)) % np.uint64(bound)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Permutation:
    """A bijection of [0, size) drawn by a key: a Feistel network over two digits, with cycle walking.

    Distinct rows get distinct values with nothing remembered, and ``inverse`` finds the row of a value. The digits'
    bases are next to the square root of ``size``, so that hardly any value walks further than once.
    """

    key: int
    size: int

    def forward(self, values: Rows) -> Rows:
        """Return where each value of [0, size) goes."""
        return self._walk(values, inverse=False)

    def inverse(self, values: Rows) -> Rows:
        """Return where each value of [0, size) came from."""
        return self._walk(values, inverse=True)

    def _walk(self, values: Rows, *, inverse: bool) -> Rows:
        if self.size <= 1:
            return np.zeros_like(values)
        rounds = [np.uint64(key(self.key, str(n))) for n in range(_FEISTEL_ROUNDS)]
        out = np.empty(len(values), dtype=np.int64)
        # Some at a time: what a network needs on its way is several times what goes in.
        for start in range(0, len(values), _AT_ONCE):
            end = start + _AT_ONCE
            out[start:end] = self._walked(values[start:end], rounds, inverse=inverse)
        return out

    def _walked(self, values: Rows, rounds: Sequence[np.uint64], *, inverse: bool) -> Rows:
        out = self._network(values, rounds, inverse=inverse)
        outside = np.flatnonzero(out >= self.size)
        while outside.size:
            moved = self._network(out[outside], rounds, inverse=inverse)
            out[outside] = moved
            outside = outside[moved >= self.size]
        return out

    def _network(self, values: Rows, rounds: Sequence[np.uint64], *, inverse: bool) -> Rows:
        high = isqrt(self.size - 1) + 1
        low = -(-self.size // high)
        digits: list[Rows] = list(np.divmod(values, low))
        for n in reversed(range(_FEISTEL_ROUNDS)) if inverse else range(_FEISTEL_ROUNDS):
            # The rounds turn one digit and the other, each by what the other one says.
            base = low if n % 2 else high
            with np.errstate(over="ignore"):
                turn = scale(_mix(digits[1 - n % 2].astype(np.uint64) * _GOLDEN + rounds[n]), base)
            turned = digits[n % 2] - turn if inverse else digits[n % 2] + turn
            digits[n % 2] = turned + base * (turned < 0) if inverse else turned - base * (turned >= base)
        out: Rows = digits[0] * low + digits[1]
        return out
