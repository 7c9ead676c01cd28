"""All randomness: words are a function of (seed, path, row), so any cell can be computed anywhere, in any order.

A *path* names what the words are for ("public.users.email"). It is hashed with BLAKE2b to a 64-bit key; a row's word is
the key and the row number through two rounds of splitmix64's finaliser (Steele, Lea, Flood 2014). Only integer
arithmetic is used, so the words are the same on every processor and in every version of NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

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


def key(seed: int, *path: str) -> int:
    """Return the 64-bit key of a path under a seed."""
    digest = blake2b(digest_size=8)
    for part in (str(seed), *path):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(4, "little") + raw)
    return int.from_bytes(digest.digest(), "little")


def _mix(words: Words) -> Words:
    words = (words ^ (words >> _S30)) * _MIX_1
    words = (words ^ (words >> _S27)) * _MIX_2
    return words ^ (words >> _S31)


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of one path. ``child`` gives independent streams for further purposes of the same path."""

    key: int

    def words(self, rows: Rows) -> Words:
        """Return one uniform 64-bit word per row number; shape and order are those of ``rows``."""
        k = np.uint64(self.key)
        with np.errstate(over="ignore"):
            return _mix(_mix(rows.astype(np.uint64) * _GOLDEN + k) ^ k)

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
    """A bijection of [0, size) drawn by a key: a Feistel network with cycle walking.

    Distinct rows get distinct values with nothing remembered, and ``inverse`` finds the row of a value.
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
        half_bits = max(1, ((self.size - 1).bit_length() + 1) // 2)
        out = self._network(values.astype(np.uint64), half_bits, inverse=inverse)
        outside = np.flatnonzero(out >= np.uint64(self.size))
        while outside.size:
            moved = self._network(out[outside], half_bits, inverse=inverse)
            out[outside] = moved
            outside = outside[moved >= np.uint64(self.size)]
        return out.astype(np.int64)

    def _network(self, values: Words, half_bits: int, *, inverse: bool) -> Words:
        shift, mask = np.uint64(half_bits), np.uint64((1 << half_bits) - 1)
        left, right = values >> shift, values & mask
        rounds = [Stream(key(self.key, str(n))) for n in range(_FEISTEL_ROUNDS)]
        with np.errstate(over="ignore"):
            if inverse:
                for stream in reversed(rounds):
                    left, right = right ^ (stream.words(left.astype(np.int64)) & mask), left
            else:
                for stream in rounds:
                    left, right = right, left ^ (stream.words(right.astype(np.int64)) & mask)
        return left << shift | right
