"""Standard numbers with check digits: EAN, ISBN, ISMN, ISSN and UPC."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns
from seedfast.values.columns import Bytes
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_ZERO = ord("0")
_X = ord("X")


def _alternating(digits: Bytes) -> Bytes:
    """Return the check digit of weights 1 and 3 from the right, which EAN and UPC share."""
    width = digits.shape[1]
    weights = np.array([3 if (width - place) % 2 else 1 for place in range(width)], dtype=np.int64)
    total = (digits.astype(np.int64) - _ZERO) @ weights
    return (_ZERO + -total % 10).astype(np.uint8)


def _falling(digits: Bytes) -> Bytes:
    """Return the check character of falling weights modulo 11, where X stands for ten."""
    width = digits.shape[1]
    total = (digits.astype(np.int64) - _ZERO) @ np.arange(width + 1, 1, -1)
    check = -total % 11
    return np.where(check == 10, _X, _ZERO + check).astype(np.uint8)


def _music(digits: Bytes) -> Bytes:
    """Return the check digit of an ISMN, whose M counts as the prefix 9790."""
    prefix = np.tile(np.frombuffer(b"9790", dtype=np.uint8), (len(digits), 1))
    return _alternating(np.hstack([prefix, digits[:, 1:]]))


class StandardNumbers(Numbered):
    """A prefix, a number of some digits, perhaps a suffix, and the check digit."""

    def __init__(self, prefix: str, places: int, suffix: str, check: Callable[[Bytes], Bytes]) -> None:
        self.prefix, self.places, self.suffix, self.check = prefix, places, suffix, check
        super().__init__(10**places)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the standard numbers of those numbers."""
        start, end = len(self.prefix), len(self.prefix) + self.places
        out = np.empty((len(index), end + len(self.suffix) + 1), dtype=np.uint8)
        out[:, :start] = np.frombuffer(self.prefix.encode(), dtype=np.uint8)
        out[:, start:end] = columns.positional(index, columns.DIGITS, self.places)
        out[:, end:-1] = np.frombuffer(self.suffix.encode(), dtype=np.uint8)
        out[:, -1] = self.check(out[:, :-1])
        return columns.fixed_width(out)


_KINDS: Mapping[str, tuple[str, int, str, Callable[[Bytes], Bytes]]] = {
    "ean13": ("20", 10, "", _alternating),
    "isbn13": ("978", 9, "", _alternating),
    "isbn": ("", 9, "", _falling),
    "ismn13": ("9790", 8, "", _alternating),
    "ismn": ("M", 8, "", _music),
    "issn13": ("977", 7, "00", _alternating),
    "issn": ("", 7, "", _falling),
    "upc": ("0", 10, "", _alternating),
}


def _builder(prefix: str, places: int, suffix: str, check: Callable[[Bytes], Bytes]) -> Callable[[Params], Generator]:
    return lambda params: StandardNumbers(prefix, places, suffix, check)


def register(registry: Registry) -> None:
    """Register the standard numbers."""
    for name, form in _KINDS.items():
        registry.register(ValueKind(f"isn.{name}", f"valid numbers of the form {name.upper()}", _builder(*form)))
