"""Well-known short texts, such as forms of address and departments, in the language of whom the rows are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values.kind import Build, Draw, Generator, Json
from seedfast.values.semantic.pools import columns

TONGUE: Mapping[str, str] = {"tongue": "the language that texts are written in which are well known there, such as de"}
"""The parameter of kinds of text that are known in several languages."""


@cache
def spoken(tongue: str) -> Mapping[str, str]:
    """Return what English texts are in a language; none where nothing is known of it."""
    known = columns("spoken")
    return dict(zip(known["english"].texts, known[tongue].texts, strict=True)) if tongue in known else {}


class Spoken(Generator):
    """Texts of a generator in another language, as far as they are known there and no longer than ``room``."""

    def __init__(self, made: Generator, tongue: str, room: int | None) -> None:
        self._made = made
        self.capacity, self.inputs = made.capacity, made.inputs
        known = spoken(tongue)
        self._texts = {english: text for english, text in known.items() if room is None or len(text) <= room}
        often = Counter(text.casefold() for text in self._texts.values())
        self._apart = {english: text for english, text in self._texts.items() if often[text.casefold()] == 1}

    def values(self, draw: Draw) -> pa.Array:
        """Return what the generator says, in the language."""
        return _said(self._made.values(draw), self._texts)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the generator's distinct texts in the language, where no two of them are one there."""
        return _said(self._made.at(index, draw), self._apart)


def _said(texts: pa.Array, known: Mapping[str, str]) -> pa.Array:
    """Return texts as they are known in a language."""
    if not pa.types.is_dictionary(texts.type):
        texts = pc.dictionary_encode(texts)
    words = texts.dictionary.to_pylist()
    place = {word: number for number, word in enumerate(dict.fromkeys(known.get(word, word) for word in words))}
    moved = np.array([place[known.get(word, word)] for word in words], dtype=np.int32)
    numbers = texts.indices.to_numpy(zero_copy_only=False)
    return pa.DictionaryArray.from_arrays(pa.array(moved[numbers], pa.int32()), pa.array(list(place), pa.string()))


def speaking(build: Build) -> Build:
    """Return what builds a generator's texts in the language that a parameter names."""

    def built(given: Mapping[str, Json]) -> Generator:
        tongue, most = str(given.get("tongue") or ""), given.get("max_length")
        return Spoken(build(given), tongue, None if most is None else int(most)) if tongue else build(given)

    return built
