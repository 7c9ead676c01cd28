"""Codes: texts of a fixed pattern of letters and digits, distinct by counting."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows, Words, key
from seedfast.values.columns import concatenated, literal
from seedfast.values.kind import Draw, Generator
from seedfast.values.semantic.text import fixed_width, permuted, stream_of

_ALPHABETS = {
    "9": "0123456789",
    "1": "123456789",
    "2": "23456789",
    "x": "0123456789abcdef",
    "X": "0123456789ABCDEF",
    "A": "ABCDEFGHJKLMNPQRSTUVWXYZ",
    "a": "abcdefghijkmnopqrstuvwxyz",
    "*": "0123456789abcdefghijklmnopqrstuvwxyz",
    "#": "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    "&": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ./",
}
UNASSIGNED = "2'9'9'-'299'-'9999"
"""North American telephone numbers that reach nobody: area codes with a 9 in the middle are kept for longer numbers."""

_DENSE = "*"
_LIMIT = 1 << 62
_PER_WORD = 9
_MARK_ROOM = 7
_ENOUGH = 1 << 34


class CodeGenerator(Generator):
    """Texts of a pattern: 9 is a digit, 1 one from 1 up, 2 one from 2 up, x and X are hexadecimal digits, A and a
    letters, * and # letters and digits, & what crypt() writes. What stands between apostrophes, and every other
    character, is itself.

    A pattern is cut, or repeated, to fit ``lengths``. Values are distinct as far as the pattern goes and carry a number
    behind after that, where the length leaves room.
    """

    def __init__(self, pattern: str, lengths: tuple[int, int | None] = (0, None), *, group: int | None = None) -> None:
        low, high = lengths
        places = _places(pattern)
        if len(places) < low:
            places += [_ALPHABETS[_DENSE]] * (low - len(places))
        if high is not None and len(places) > high:
            kept = places[:high]
            # A pattern cut short is a code of the same length that holds as many values as can be.
            places = kept if _size(kept) >= min(_size(places), 36**high) // 16 else [_ALPHABETS[_DENSE]] * high
        self._places = places
        self._group = group
        self._counting, self._size = _counting(places)
        room = _MARK_ROOM if high is None else min(_MARK_ROOM, high - len(places) - 1)
        repeats = 10**room - 1 if room > 0 and self._size < _ENOUGH else 1
        self.capacity = min(self._size * repeats, _LIMIT)

    def values(self, draw: Draw) -> pa.Array:
        """Return a code per row."""
        return self._rendered(self._drawn(draw, self._places), len(draw.rows))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return codes in a drawn order; places beyond those that make a code distinct are drawn."""
        turn, rank = np.divmod(index, self._size)
        rest = permuted(rank, self._size, draw.stream)
        digits = self._drawn(draw, self._places[: len(self._places) - self._counting])
        counted: list[Rows] = []
        for letters in reversed(self._places[len(digits) :]):
            rest, digit = np.divmod(rest, _apart(letters))
            counted.append(digit)
        codes = self._rendered(digits + counted[::-1], len(index))
        if not turn.any():
            return codes
        marks = concatenated("-", pc.cast(pa.array(turn + 1), pa.string()))
        return concatenated(codes, pc.if_else(pa.array(turn > 0), marks, literal("")))

    def _drawn(self, draw: Draw, places: list[str]) -> list[Rows]:
        stream = stream_of(draw, self._group, "code")
        digits: list[Rows] = []
        for first in range(0, len(places), _PER_WORD):
            rest: Words = stream.child(str(first)).words(draw.rows)
            for letters in places[first : first + _PER_WORD]:
                rest, digit = np.divmod(rest, np.uint64(len(letters)))
                digits.append(digit.astype(np.int64))
        return digits

    def _rendered(self, digits: list[Rows], count: int) -> pa.Array:
        out = np.empty((count, len(self._places)), dtype=np.uint8)
        for n, letters in enumerate(self._places):
            out[:, n] = np.frombuffer(letters.encode("ascii"), dtype=np.uint8)[digits[n]]
        return fixed_width(out)


def line_of(group: int | None, line: str) -> int | None:
    """Return the key that one of several telephone numbers of a group is drawn by."""
    return key(group, "line", line) if group is not None and line else group


def _places(pattern: str) -> list[str]:
    places: list[str] = []
    quoted = False
    for character in pattern:
        if character == "'":
            quoted = not quoted
        else:
            places.append(character if quoted else _ALPHABETS.get(character, character))
    return places


def _apart(letters: str) -> int:
    """Return how many letters of an alphabet, from its first, differ in more than case."""
    return len(_ALPHABETS[_DENSE]) if letters == _ALPHABETS["&"] else len(letters)


def _size(places: list[str]) -> int:
    return math.prod(map(len, places))


def _counting(places: list[str]) -> tuple[int, int]:
    """Return how many places from the end make a code distinct, and how many codes these make."""
    size = 1
    for n, letters in enumerate(reversed(places)):
        if size * _apart(letters) > _LIMIT:
            return n, size
        size *= _apart(letters)
    return len(places), size
