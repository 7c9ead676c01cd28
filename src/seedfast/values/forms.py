"""The form that codes of one kind have, read off some of them, and distinct codes of that form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
import pyarrow as pa

from seedfast.rng import Permutation, Rows, Stream
from seedfast.values.columns import fixed_width

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ALPHABETS = {"A": _LETTERS, "a": _LETTERS.lower(), "9": "0123456789"}
_CLASSES = str.maketrans(
    {**dict.fromkeys(ascii_uppercase, "A"), **dict.fromkeys(ascii_lowercase, "a"), **dict.fromkeys(digits, "9")}
)
"""What stands for each letter and digit in the shape of a code."""

_LARGEST = 1 << 60


@dataclass(frozen=True)
class Form:
    """What may stand in each place of a code."""

    places: tuple[str, ...]

    @property
    def size(self) -> int:
        """The codes that there are."""
        return math.prod(map(len, self.places))

    @staticmethod
    def of(texts: Sequence[str], low: int, high: int | None) -> Form | None:
        """Return the form that most of some texts have, of those of an allowed length; None where they are no codes."""
        shapes: Counter[str] = Counter()
        for text in texts:
            shape = text.translate(_CLASSES)
            if low <= len(text) and (high is None or len(text) <= high) and _is_code(shape):
                shapes[shape] += 1
        if not shapes or sum(shapes.values()) * 2 < len(texts):
            return None
        best = max(shapes, key=lambda shape: (shapes[shape], shape))
        alike = [text for text in texts if text.translate(_CLASSES) == best]
        places = [_alphabet(shape, {text[n] for text in alike}) for n, shape in enumerate(best)]
        while math.prod(map(len, places)) > _LARGEST:
            varying = next(n for n, place in enumerate(places) if len(place) > 1)
            places[varying] = alike[0][varying]
        return Form(tuple(places))

    def codes(self, index: Rows, stream: Stream, but: Iterable[str]) -> pa.Array:
        """Return the codes of those numbers, in a drawn order, but for some texts, whatever their case."""
        taken = sorted({place for text in but if (place := self._number(text)) is not None})
        size = self.size - len(taken)
        number = Permutation(stream.child("@code").key, size).forward(index)
        # The n-th of the numbers that are left stands behind all of those taken that leave fewer than n before them.
        before = np.array(taken, dtype=np.int64) - np.arange(len(taken), dtype=np.int64)
        number = number + np.searchsorted(before, number, side="right").astype(np.int64)
        out = np.empty((len(index), len(self.places)), dtype=np.uint8)
        for n in range(len(self.places) - 1, -1, -1):
            number, digit = np.divmod(number, len(self.places[n]))
            out[:, n] = np.frombuffer(self.places[n].encode("ascii"), dtype=np.uint8)[digit]
        return fixed_width(out)

    def _number(self, text: str) -> int | None:
        """Return the number of a code that a text equals, whatever its case."""
        if len(text) != len(self.places):
            return None
        found = 0
        for letter, place in zip(text.casefold(), self.places, strict=True):
            digit = place.casefold().find(letter)
            if digit < 0:
                return None
            found = found * len(place) + digit
        return found


def _alphabet(shape: str, found: set[str]) -> str:
    """Return what may stand in a place: one letter where all have the same."""
    return next(iter(found)) if len(found) == 1 else _ALPHABETS.get(shape, shape)


def _is_code(shape: str) -> bool:
    """Tell whether a text is no word: it is of capitals and digits, or half of it is digits."""
    return shape.isascii() and " " not in shape and ("a" not in shape or shape.count("9") * 2 >= len(shape))
