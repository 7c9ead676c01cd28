"""Text that matches patterns, by the words of an automaton."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.constraints.automaton import Automaton
from seedfast.constraints.recognise import Recogniser
from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

Mask = npt.NDArray[np.bool_]


class Words(Numbered):
    """The words of an automaton, by their numbers."""

    def __init__(self, params: Params) -> None:
        written = params.get("automaton")
        try:
            self.automaton = Automaton.from_json(written)
            capacity = self.automaton.capacity
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            raise parameters.wrong("automaton", "an automaton as the plan writes it", written) from None
        if not capacity:
            raise parameters.wrong("automaton", "an automaton with at least one word", written)
        super().__init__(capacity)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the words of those numbers."""
        return self.automaton.words(index)


_UNDECOMPOSED = (("ß", "ss"), ("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("æ", "ae"), ("đ", "d"), ("ı", "i"))


def _without_accents(texts: pa.Array) -> pa.Array:
    for letter, plain in _UNDECOMPOSED:
        texts = pc.replace_substring(texts, letter, plain)
    return pc.replace_substring_regex(pc.utf8_normalize(texts, form="NFKD"), r"\p{M}+", "")


def _without_separators(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(texts, r"[\s().,/_'-]+", "")


_SPELLINGS = (
    _without_accents,
    lambda texts: pc.utf8_lower(_without_accents(texts)),
    lambda texts: pc.utf8_upper(_without_accents(texts)),
    lambda texts: _without_separators(_without_accents(texts)),
    lambda texts: pc.replace_substring_regex(_without_accents(texts), r"[^A-Za-z0-9]+", ""),
)
"""Other ways to write a text down, the nearest first: patterns often ask for plain letters or bare digits."""


class Conforming(Generator):
    """Another kind's values where they meet the patterns, spelled as these ask for, and words of the automaton where no
    spelling does. With ``tries``, so many values are made for a row, and the first is taken that conforms.

    ``recognised`` is the automaton of everything allowed, ``automaton`` that of the words to fall back on.
    """

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.nested = registry.build(kind, inner)
        self.inputs = self.nested.inputs
        self.words = Words({"automaton": params.get("automaton")})
        self.recogniser = Recogniser(Automaton.from_json(params.get("recognised")))
        self.tries = parameters.integer(params, "tries", 1)
        # What belongs to a group of columns is the same however often it is made.
        alone = {name: value for name, value in inner.items() if name != "group_key"}
        self.others = registry.build(kind, alone) if self.tries > 1 else self.nested
        self.capacity = None
        if self.nested.capacity is not None:
            # Where no value of the kind conforms, all of them are the automaton's words.
            self.capacity = min(self.nested.capacity, self.words.automaton.capacity)

    def values(self, draw: Draw) -> pa.Array:
        """Return one conforming value per row."""
        texts, good = self._spelled(self.nested.values(draw))
        for n in range(1, self.tries):
            if good.all():
                break
            bad = np.flatnonzero(~good)
            inputs = {name: values.take(pa.array(bad)) for name, values in draw.inputs.items()}
            made = self.others.values(Draw(draw.rows[bad], draw.stream.child(f"try {n}"), inputs))
            made, fits = self._spelled(made)
            texts = pc.replace_with_mask(texts, pa.array(~good), made)
            good[bad] = fits
        return self._mended(texts, good, draw.below(self.words.automaton.capacity, "word"))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the nested kind's values of those numbers, and the words of those numbers in place of misfits."""
        # As they are: two distinct values may be spelled alike without their accents.
        texts = columns.text(self.nested.at(index, draw))
        return self._mended(texts, self.recogniser.accepts(texts), index % self.words.automaton.capacity)

    def share(self, texts: pa.Array) -> Fraction:
        """Return how many of the texts meet the patterns in one spelling or another, as a share of all."""
        return Fraction(int(self._spelled(texts)[1].sum()), max(1, len(texts)))

    def _spelled(self, made: pa.Array) -> tuple[pa.Array, Mask]:
        """Return the texts, those that don't meet the patterns in the first spelling that does, and which do now."""
        texts = columns.text(made)
        good = self.recogniser.accepts(texts)
        for spelling in _SPELLINGS:
            if good.all():
                break
            other = spelling(texts)
            fits = self.recogniser.accepts(other) & ~good
            texts, good = columns.chosen(fits, other, texts), good | fits
        return texts, good

    def _mended(self, texts: pa.Array, good: Mask, numbers: Rows) -> pa.Array:
        return texts if good.all() else columns.chosen(good, texts, self.words.automaton.words(numbers))


def register(registry: Registry) -> None:
    """Register the patterns. They bound their own lengths, so these are no kinds that ``min_length`` could bound."""
    explained = {"automaton": "the automaton of all patterns and lengths, as the plan writes it"}
    registry.register(ValueKind("text.pattern", "text that matches patterns", Words, explained))
    conforming = {
        **explained,
        "recognised": "the automaton of everything that the patterns allow",
        "kind": "the kind of value that is kept where it meets the patterns",
        "params": "its parameters",
        "tries": "how many of its values are made until one conforms",
    }
    registry.register(
        ValueKind(
            "text.conforming",
            "another kind's text, kept within patterns",
            lambda p: Conforming(registry, p),
            conforming,
        )
    )
