"""Keeping text within a length: cut between words where there is a boundary, filled up with words where it is short."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, lexicon, parameters
from seedfast.values.parameters import Params

_FILLER = " ".join(lexicon.WORDS)


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters a text may have; ``high`` is None where there is no bound."""

    low: int = 0
    high: int | None = None

    @staticmethod
    def read(params: Params) -> Length:
        """Return what ``min_length`` and ``max_length`` say."""
        low = parameters.count(params, "min_length", 0)
        high = parameters.optional_integer(params, "max_length")
        if high is not None and high < low:
            raise parameters.wrong("max_length", f"at least {low}, which is min_length", high)
        return Length(low, high)

    def room(self, wanted: int) -> int:
        """Return the number of characters nearest to ``wanted`` that is allowed."""
        within = max(wanted, self.low)
        return within if self.high is None else min(within, self.high)


MIN_MAX = {"min_length": "fewest characters", "max_length": "most characters"}
"""What every kind of text explains about its length parameters."""


def fit(texts: pa.Array, length: Length) -> pa.Array:
    """Return the texts with each one's length brought within bounds; none ends in a blank that was cut free."""
    if length.low:
        texts = _filled(texts, length.low)
    return texts if length.high is None else _cut(texts, length)


def _filled(texts: pa.Array, low: int) -> pa.Array:
    missing = low - columns.lengths(texts)
    short = np.flatnonzero(missing > 0)
    if not short.size:
        return texts
    # One filler serves all lines: its beginning is cut to what the neediest line lacks, and ``_cut`` does the rest.
    need = int(missing.max())
    filler = (_FILLER + " ") * (need // len(_FILLER) + 1)
    end = need + 12
    padding = " " + filler[:end].rsplit(" ", 1)[0]
    padding = padding if len(padding) >= need else " " + filler[: need + 1].replace(" ", "-")
    longer = columns.concatenated(texts, padding)
    return columns.chosen(missing > 0, longer, texts)


def _cut(texts: pa.Array, length: Length) -> pa.Array:
    high = length.high or 0
    size = columns.lengths(texts)
    long = np.flatnonzero(size > high)
    if not long.size:
        return texts
    subject = texts.take(pa.array(long))
    hard = pc.utf8_slice_codeunits(subject, 0, high)
    # Cut one character further on, the last word goes unless it ends exactly there.
    words = pc.replace_substring_regex(pc.utf8_slice_codeunits(subject, 0, high + 1), r"[\s,;:]+\S*$", "")
    fits = (columns.lengths(words) <= high) & (columns.lengths(words) >= max(length.low, (high + 1) // 2))
    hard = pc.replace_substring_regex(hard, r"\s$", "s")
    replaced = columns.chosen(fits, words, hard)
    mask = size > high
    return pc.replace_with_mask(texts, pa.array(mask), replaced)


def sliced(texts: pa.Array, room: Rows) -> pa.Array:
    """Return the first ``room[n]`` characters of each text n, without the blanks at their end."""
    size = columns.lengths(texts)
    out = texts
    for width in np.unique(room[size > room]):
        mask = (room == width) & (size > room)
        out = pc.if_else(pa.array(mask), pc.utf8_slice_codeunits(texts, 0, max(int(width), 0)), out)
    return pc.utf8_rtrim_whitespace(out)
