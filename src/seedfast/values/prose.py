"""Words, sentences and paragraphs of plain English that mean nothing in particular."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, fitting, lexicon, parameters
from seedfast.values.fitting import MIN_MAX, Length
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_SHORTEST_SENTENCE = 60


class Words(Generator):
    """A few words as a label, the first one capitalised."""

    def __init__(self, params: Params) -> None:
        self.length = Length.read(params)
        most = 4 if self.length.high is None else max(1, min(4, self.length.high // 7))
        self.low = max(1, parameters.count(params, "low_words", min(2, most)))
        self.high = max(self.low, parameters.count(params, "high_words", max(most, self.low)))
        if self.high > 100:
            raise parameters.wrong("high_words", "at most 100", self.high)
        self.adjectives = pa.array(lexicon.ADJECTIVES)
        self.nouns = pa.array(lexicon.NOUNS)

    def values(self, draw: Draw) -> pa.Array:
        """Return adjectives before a noun."""
        count = self.low + draw.below(self.high - self.low + 1, "count")
        label = columns.pool(self.nouns, draw.below(len(self.nouns), "noun"))
        for place in range(1, self.high):
            before = columns.pool(self.adjectives, draw.below(len(self.adjectives), f"adjective {place}"))
            longer = columns.concatenated(before, " ", label)
            label = longer if place < self.low else columns.chosen(count > place, longer, label)
        return fitting.fit(pc.utf8_capitalize(label), self.length)


class _Sentences(Generator):
    """Sentences one after the other."""

    def __init__(self, params: Params, low: int, high: int) -> None:
        self.length = Length.read(params)
        self.low, self.high = low, high
        if not 1 <= low <= high <= 50:
            raise parameters.wrong("high_sentences", "1 to 50 and at least low_sentences", high)
        bound = self.length.high
        if bound is not None:
            self.high = max(1, min(high, bound // _SHORTEST_SENTENCE))
            self.low = min(low, self.high)
        # Too little room for a sentence is room for some words.
        short = bound is not None and bound < _SHORTEST_SENTENCE
        self.instead = Words({k: params[k] for k in MIN_MAX if k in params}) if short else None
        self.subjects, self.actions = pa.array(lexicon.SUBJECTS), pa.array(lexicon.ACTIONS)
        self.endings = pa.array(lexicon.ENDINGS)

    def values(self, draw: Draw) -> pa.Array:
        """Return the rows' sentences."""
        if self.instead:
            return self.instead.values(draw)
        if self.high == 1:
            return fitting.fit(self._sentences(draw), self.length)
        counts = self.low + draw.below(self.high - self.low + 1, "count")
        owners = np.repeat(np.arange(len(counts)), counts)
        position = np.arange(len(owners)) - (np.cumsum(counts) - counts)[owners]
        sentences = self._sentences(Draw(draw.rows[owners] * self.high + position, draw.stream))
        return fitting.fit(columns.joined(sentences, counts, " "), self.length)

    def _sentences(self, draw: Draw) -> pa.Array:
        parts = (("subject", self.subjects), ("action", self.actions), ("ending", self.endings))
        return columns.concatenated(*(columns.pool(pool, draw.below(len(pool), name)) for name, pool in parts))


def _build_sentence(params: Params) -> Generator:
    return _Sentences(params, 1, 1)


def _build_paragraph(params: Params) -> Generator:
    low = parameters.integer(params, "low_sentences", 2)
    return _Sentences(params, low, parameters.integer(params, "high_sentences", max(low, 5)))


class Label(Numbered):
    """A prefix and a number."""

    def __init__(self, params: Params) -> None:
        self.length = Length.read(params)
        self.prefix = parameters.string(params, "prefix", "Item").rstrip()
        width = 4 if self.length.high is None else min(4, self.length.high)
        self.width = max(1, width)
        room = 18 if self.length.high is None else min(18, self.length.high)
        super().__init__(10**room - 1 if room else 1)
        self.room = room

    def values(self, draw: Draw) -> pa.Array:
        """Return the row's own number under the prefix."""
        return self.at(draw.rows % self.capacity, draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the prefix, a blank, and the number counted from 1."""
        if not self.room:
            return columns.pool([""], index * 0)
        number = columns.digits(index + 1)
        width = max(self.width, self.length.low if not self.prefix else 0)
        padded = pc.utf8_lpad(number, width, "0")
        if self.prefix:
            joined = columns.concatenated(self.prefix, " ", padded)
            high = self.length.high
            if high is None:
                padded = joined
            else:
                fits = columns.lengths(joined) <= high
                padded = columns.chosen(fits, joined, pc.if_else(columns.lengths(padded) <= high, padded, number))
        return pc.utf8_lpad(padded, self.length.low, "0")


def register(registry: Registry) -> None:
    """Register the prose."""
    words = {**MIN_MAX, "low_words": "fewest words", "high_words": "most words"}
    paragraph = {**MIN_MAX, "low_sentences": "fewest sentences", "high_sentences": "most sentences"}
    label = {**MIN_MAX, "prefix": "what stands before the number"}
    registry.register(ValueKind("text.words", "a label of a few words", Words, words, text=True))
    registry.register(ValueKind("text.sentence", "a sentence", _build_sentence, MIN_MAX, text=True))
    registry.register(ValueKind("text.paragraph", "some sentences", _build_paragraph, paragraph, text=True))
    registry.register(ValueKind("text.label", "a prefix and a number", Label, label, text=True))
