"""UUIDs, byte strings and bit strings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.columns import Bytes
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import MOST, Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.times import microseconds

_DASHES = (8, 13, 18, 23)
_DIGIT_PLACES = np.array([place for place in range(36) if place not in _DASHES])


class Uuid(Generator):
    """UUIDs of version 4, or of version 7 whose times follow the numbers.

    ``Stream.words`` is a bijection of 64-bit numbers; all 64 bits are kept, so numbers and UUIDs are one to one.
    """

    capacity = MOST

    def __init__(self, params: Params) -> None:
        self.version = parameters.integer(params, "version", 4)
        if self.version not in (4, 7):
            raise parameters.wrong("version", "4 or 7", self.version)
        self.start = microseconds(parameters.moment(params, "start", "2024-01-01T00:00:00")) // 1000

    def values(self, draw: Draw) -> pa.Array:
        """Return the UUID of the row's number."""
        return self.at(draw.rows, draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the UUIDs of those numbers."""
        unique = draw.stream.child("unique").words(index)
        further = draw.stream.child("further").words(index)
        octets = np.empty((len(index), 16), dtype=np.uint8)
        if self.version == 7:
            octets[:, :6] = columns.octets((self.start + index * 1000).astype(np.uint64), 6)
            octets[:, 6:8] = columns.octets(unique & np.uint64(0xFFF), 2)
            octets[:, 8:] = columns.octets(unique >> np.uint64(12) | (further & np.uint64(0x3FF)) << np.uint64(52))
        else:
            octets[:, :6] = columns.octets(unique >> np.uint64(16), 6)
            octets[:, 6:8] = columns.octets(unique & np.uint64(0xFFF), 2)
            # The four bits of ``unique`` that the version left no room for.
            octets[:, 8:] = columns.octets(
                (unique >> np.uint64(12) & np.uint64(0xF)) << np.uint64(58) | further >> np.uint64(6)
            )
        octets[:, 6] = octets[:, 6] & 0x0F | self.version << 4
        octets[:, 8] = octets[:, 8] & 0x3F | 0x80
        out = np.full((len(index), 36), ord("-"), dtype=np.uint8)
        out[:, _DIGIT_PLACES] = columns.hexadecimal(octets)
        return columns.fixed_width(out)


class OctetStrings(Numbered):
    r"""Byte strings in the ``\x`` notation."""

    def __init__(self, params: Params) -> None:
        fixed = parameters.optional_integer(params, "octets")
        self.low = parameters.count(params, "low", 8 if fixed is None else fixed)
        self.high = parameters.count(params, "high", max(self.low, 24) if fixed is None else fixed)
        if fixed is not None:
            self.low = self.high = max(fixed, 0)
        parameters.ordered(params, self.low, self.high)
        self.numbered = min(8, self.high)
        super().__init__(256**self.numbered)

    def values(self, draw: Draw) -> pa.Array:
        """Return bytes at random."""
        return self._text(self._octets(draw), self._lengths(draw, self.low), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return byte strings whose first eight bytes are the number, scrambled where all eight are there."""
        octets = self._octets(draw)
        words = draw.stream.child("number").words(index) if self.numbered == 8 else index.astype(np.uint64)
        octets[:, : self.numbered] = columns.octets(words, self.numbered) if self.numbered else 0
        return self._text(octets, self._lengths(draw, max(self.low, self.numbered)), draw)

    def _lengths(self, draw: Draw, low: int) -> Rows:
        return low + draw.below(self.high - low + 1, "length")

    def _octets(self, draw: Draw) -> Bytes:
        width = -(-self.high // 8)
        cells = draw.rows[:, None] * width + np.arange(width)
        words = draw.stream.child("octets").words(cells)
        return words.astype(">u8").view(np.uint8).reshape(len(draw.rows), 8 * width)[:, : self.high].copy()

    def _text(self, octets: Bytes, lengths: Rows, draw: Draw) -> pa.Array:
        out = np.empty((len(draw.rows), 2 + 2 * self.high), dtype=np.uint8)
        out[:, 0], out[:, 1] = ord("\\"), ord("x")
        out[:, 2:] = columns.hexadecimal(octets)
        return columns.fixed_width(out) if self.low == self.high else columns.ragged(out, 2 + 2 * lengths)


class BitStrings(Numbered):
    """Bit strings of one length."""

    def __init__(self, params: Params) -> None:
        self.length = parameters.count(params, "length", 16)
        self.varying = parameters.flag(params, "varying")
        self.numbered = min(self.length, 62)
        super().__init__(1 << self.numbered)

    def values(self, draw: Draw) -> pa.Array:
        """Return bits at random, of any length up to the longest where it varies."""
        bits = self._bits(draw)
        if not self.varying or self.length == 0:
            return columns.fixed_width(bits)
        shortest = (self.length + 1) // 2
        return columns.ragged(bits, shortest + draw.below(self.length - shortest + 1, "length"))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the number in binary, after bits at random where there is room for more."""
        bits = self._bits(draw)
        places = np.arange(self.numbered - 1, -1, -1)
        bits[:, self.length - self.numbered :] = ord("0") + (index[:, None] >> places & 1).astype(np.uint8)
        return columns.fixed_width(bits)

    def _bits(self, draw: Draw) -> Bytes:
        width = -(-self.length // 64)
        cells = draw.rows[:, None] * width + np.arange(width)
        words = draw.stream.child("bits").words(cells)
        octets = words.astype(">u8").view(np.uint8).reshape(len(draw.rows), 8 * width)
        return np.unpackbits(octets, axis=1)[:, : self.length] + np.uint8(ord("0"))


def register(registry: Registry) -> None:
    """Register the identifiers."""
    uuid = {"version": "4 or 7", "start": "first time of version 7, ISO 8601"}
    octets = {"low": "fewest bytes", "high": "most bytes", "octets": "exact number of bytes"}
    bits = {"length": "bits", "varying": "true where shorter ones are allowed"}
    registry.register(ValueKind("uuid", "UUIDs", Uuid, uuid))
    registry.register(ValueKind("bytes", "byte strings", OctetStrings, octets))
    registry.register(ValueKind("bit", "bit strings", BitStrings, bits))
