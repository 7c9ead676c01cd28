"""Rows grouped by the values of some columns: how a pick is confined to parents that agree with the child."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.generate.existing import as_text
from seedfast.rng import Rows


class Groups:
    """Positions 0..n-1 grouped by equal tuples of values; a tuple with a NULL belongs to no group."""

    def __init__(self, columns: Sequence[pa.Array], among: npt.NDArray[np.bool_] | None = None) -> None:
        """``columns`` are aligned arrays of length n, one per part of a tuple; what isn't ``among`` is in no group."""
        self._length = len(columns[0])
        self._sets: list[pa.Array] = []
        codes = np.zeros(len(columns[0]), dtype=np.int64)
        known = np.ones(len(columns[0]), dtype=bool) if among is None else among.copy()
        for column in columns:
            text = as_text(column)
            distinct = pc.drop_null(pc.unique(text))
            self._sets.append(distinct)
            part = pc.fill_null(pc.index_in(text, value_set=distinct), -1).to_numpy(zero_copy_only=False)
            known &= part >= 0
            codes = codes * (len(distinct) + 1) + np.maximum(part, 0)
        self._codes, inverse = np.unique(codes[known], return_inverse=True)
        self._members = np.flatnonzero(known)[np.argsort(inverse, kind="stable")].astype(np.int64)
        self.sizes: Rows = np.bincount(inverse, minlength=len(self._codes)).astype(np.int64)
        self._starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int64)

    def find(self, columns: Sequence[pa.Array]) -> Rows:
        """Return the group that each tuple of the given arrays names, -1 where there is none."""
        codes = np.zeros(len(columns[0]), dtype=np.int64)
        known = np.ones(len(columns[0]), dtype=bool)
        for column, distinct in zip(columns, self._sets, strict=True):
            part = pc.fill_null(pc.index_in(as_text(column), value_set=distinct), -1).to_numpy(zero_copy_only=False)
            known &= part >= 0
            codes = codes * (len(distinct) + 1) + np.maximum(part, 0)
        if not len(self._codes):
            return np.full(len(codes), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        return np.where(known & (self._codes[found] == codes), found, -1).astype(np.int64)

    def size(self, groups: Rows) -> Rows:
        """Return how many positions each of the groups holds; 0 for -1."""
        if not len(self.sizes):
            return np.zeros(len(groups), dtype=np.int64)
        return np.where(groups >= 0, self.sizes[np.maximum(groups, 0)], 0)

    def rank(self, positions: Rows) -> Rows:
        """Return how many smaller positions are in the group of each of these; 0 where it is in none."""
        ranks = np.zeros(self._length, dtype=np.int64)
        ranks[self._members] = np.arange(len(self._members)) - np.repeat(self._starts, self.sizes)
        return ranks[positions]

    def member(self, groups: Rows, ordinal: Rows) -> Rows:
        """Return the position numbered ``ordinal`` of each group, -1 where the group is -1."""
        if not len(self._members):
            return np.full(len(groups), -1, dtype=np.int64)
        at = self._starts[np.maximum(groups, 0)] + ordinal
        return np.where(groups >= 0, self._members[np.minimum(at, len(self._members) - 1)], -1)


def unlike(sets: Sequence[Rows], order: Rows) -> Rows:
    """Return positions, ascending, of which no two have the same code in any of the sets, as many as there is room for.

    Each set has a code for every position, and ``order`` says which position is preferred: of those that are left, the
    ones that come first for all of their codes are taken, and whatever has a code of theirs is dropped.
    """
    taken = np.zeros(0, dtype=np.int64)
    left = order
    while left.size:
        first = np.ones(left.size, dtype=bool)
        for codes in sets:
            _, places = np.unique(codes[left], return_index=True)
            first &= np.isin(np.arange(left.size), places)
        new = left[first]
        taken = np.concatenate([taken, new])
        met = np.zeros(left.size, dtype=bool)
        for codes in sets:
            met |= np.isin(codes[left], codes[new])
        left = left[~met]
    return np.sort(taken)
