"""Codes and tokens: short texts that tell rows apart rather than say something."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from seedfast.rng import Permutation, Rows
from seedfast.values import columns, parameters
from seedfast.values.columns import Bytes
from seedfast.values.fitting import MIN_MAX, Length
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import MOST, Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Upper-case letters and digits without those that look alike."""

_TOKEN_ALPHABETS = {
    "hex": "0123456789abcdef",
    "base62": "0123456789abcdefghijklmnopqrstuvwxyz",
    "digits": "0123456789",
    "lower": "abcdefghijklmnopqrstuvwxyz0123456789",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
}


def _alphabet(letters: str) -> str:
    """Return the letters without those that only case tells from an earlier one, and without blanks."""
    kept: dict[str, str] = {}
    for letter in letters:
        if not letter.isspace():
            kept.setdefault(letter.casefold(), letter)
    if len(kept) < 1:
        raise parameters.wrong("alphabet", "at least one character that isn't a blank", letters)
    return "".join(kept.values())


def _places(base: int) -> int:
    """Return how many digits of a base numbers up to the highest capacity may need."""
    if base == 1:
        return 0
    places, size = 0, 1
    while size < MOST:
        places, size = places + 1, size * base
    return places


class Code(Numbered):
    """Codes of one length over an alphabet. A scattered code hides its number behind a permutation.

    With ``mixed_case`` the alphabet's lower-case letters come in either case; that tells nothing apart.
    """

    def __init__(self, alphabet: str, length: int, *, scattered: bool, mixed_case: bool = False) -> None:
        self.letters = _alphabet(alphabet)
        self.length, self.scattered, self.mixed_case = length, scattered, mixed_case
        base = len(self.letters)
        self.numbered = min(length, _places(base))
        super().__init__(base**self.numbered)
        self.ascii: Bytes | None = (
            np.frombuffer(self.letters.encode(), dtype=np.uint8) if self.letters.isascii() else None
        )

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the number in the alphabet's base, after characters at random where there is room for more."""
        if self.scattered:
            index = Permutation(draw.stream.key, self.capacity).forward(index)
        if self.ascii is None:
            return self._wide(index, draw)
        out = np.empty((len(index), self.length), dtype=np.uint8)
        rest = self.length - self.numbered
        out[:, rest:] = columns.positional(index, self.ascii, self.numbered)
        for start in range(0, rest, 11):
            width = min(11, rest - start)
            words = (draw.words(f"rest {start}") >> np.uint64(1)).astype(np.int64)
            out[:, start : start + width] = columns.positional(words, self.ascii, width)
        if self.mixed_case:
            self._mix_case(out, draw)
        return columns.fixed_width(out)

    def _mix_case(self, out: Bytes, draw: Draw) -> None:
        for start in range(0, self.length, 64):
            part = out[:, start : start + 64]
            bits = np.unpackbits(columns.octets(draw.words(f"case {start}")), axis=1)[:, : part.shape[1]]
            # Bit 5 tells the cases of an ASCII letter apart; digits have it set and keep it.
            part -= ((part >= ord("a")) & (part <= ord("z")) & (bits == 1)).astype(np.uint8) << np.uint8(5)

    def _wide(self, index: Rows, draw: Draw) -> pa.Array:
        letters, base = pa.array(list(self.letters)), len(self.letters)
        parts: list[pa.Array] = []
        for _ in range(self.numbered):
            parts.insert(0, columns.pool(letters, index % base))
            index = index // base
        for place in range(self.length - self.numbered):
            parts.insert(0, columns.pool(letters, draw.below(base, f"rest {place}")))
        return columns.concatenated(*parts) if parts else columns.pool([""], index * 0)


def _build_ordinal(params: Params) -> Generator:
    length = Length.read(params)
    size = parameters.count(params, "length", length.room(8))
    return Code(parameters.string(params, "alphabet", UPPER), length.room(size), scattered=False)


def _build_token(params: Params) -> Generator:
    length = Length.read(params)
    size = length.room(parameters.count(params, "length", length.room(32)))
    alphabet = parameters.one_of(params, "alphabet", tuple(_TOKEN_ALPHABETS), "hex")
    return Code(_TOKEN_ALPHABETS[alphabet], size, scattered=True, mixed_case=alphabet == "base62")


def register(registry: Registry) -> None:
    """Register the codes."""
    size = {**MIN_MAX, "length": "characters"}
    ordinal = {**size, "alphabet": "the characters"}
    token = {**size, "alphabet": "one of " + ", ".join(_TOKEN_ALPHABETS)}
    registry.register(ValueKind("text.ordinal", "numbers written in an alphabet", _build_ordinal, ordinal, text=True))
    registry.register(ValueKind("text.token", "tokens at random", _build_token, token, text=True))
