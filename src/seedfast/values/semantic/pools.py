"""Pools of words: plain data files, read once, drawn from by index.

A data file holds sections, ``[name]``, whose items stand apart by a semicolon and a blank, or on lines of their own
behind a bar and a blank.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows


@dataclass(frozen=True)
class Pool:
    """Texts that a generator draws from, the more common ones first."""

    texts: tuple[str, ...]

    @cached_property
    def array(self) -> pa.Array:
        """The texts as an Arrow array."""
        return pa.array(self.texts, pa.string())

    @property
    def size(self) -> int:
        """How many texts there are."""
        return len(self.texts)

    @cached_property
    def longest(self) -> int:
        """The length of the longest text in characters."""
        return max(map(len, self.texts))

    @cached_property
    def shortest(self) -> int:
        """The length of the shortest text in characters."""
        return min(map(len, self.texts))

    def take(self, indices: Rows) -> pa.Array:
        """Return the texts at ``indices``."""
        return self.array.take(pa.array(indices))

    def dictionary(self, indices: Rows) -> pa.Array:
        """Return the texts at ``indices`` as a dictionary array."""
        return pa.DictionaryArray.from_arrays(pa.array(indices.astype(np.int32)), self.array)

    def fitting(self, low: int, high: int | None) -> Pool:
        """Return the texts of between ``low`` and ``high`` characters, the whole pool where none is."""
        kept = tuple(text for text in self.texts if low <= len(text) and (high is None or len(text) <= high))
        return Pool(kept) if kept else self


@cache
def sections(file: str) -> dict[str, tuple[str, ...]]:
    """Return a data file's sections; items that differ in case alone count once."""
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in files(__package__).joinpath("data", f"{file}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            current = found.setdefault(line[1:-1], {})
        elif line:
            for item in [line[2:]] if line.startswith("| ") else line.split("; "):
                current.setdefault(item.casefold(), item)
    return {name: tuple(items.values()) for name, items in found.items()}


@cache
def pool(address: str) -> Pool:
    """Return the pool at ``file/section``."""
    file, _, section = address.partition("/")
    return Pool(sections(file)[section])


@cache
def columns(file: str) -> dict[str, Pool]:
    """Return the columns of a semicolon-separated table by the names in its first line."""
    text = files(__package__).joinpath("data", f"{file}.csv").read_text(encoding="utf-8")
    header, *lines = (line.split(";") for line in text.splitlines() if line)
    return {name: Pool(tuple(line[n] for line in lines)) for n, name in enumerate(header)}


LETTERS = {
    "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae", "đ": "d", "ı": "i", "þ": "th", "ð": "d",
}  # fmt: skip
"""Latin letters that are no others with a sign on them, and how they are written without."""

_LETTERS = str.maketrans(LETTERS)


def plain(text: str) -> str:
    """Return the text in lower-case ASCII letters and digits, other runs of characters as one hyphen."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace("'", "")
    spaced = "".join(c if c.isascii() and c.isalnum() else " " for c in kept)
    return "-".join(spaced.split())
