"""The machine behind most kinds of text: a stem, fitted to a length, made distinct by a number where it must be."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Permutation, Rows, Stream, skewed
from seedfast.values.columns import concatenated, literal
from seedfast.values.kind import Draw, Generator, Json
from seedfast.values.parameters import sibling
from seedfast.values.semantic.pools import Pool

LENGTHS: Mapping[str, str] = {
    "min_length": "the fewest characters of a value",
    "max_length": "the most characters of a value",
}
"""The parameters of every kind of text."""

THOUSAND = 1000
"""All rows, in permille."""

_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8)
_LIMIT = 1 << 62
_REPEATS = 10**7
CODE_ROOM = 5
_TAIL_ROOM = 3
_NUMBER_ROOM = 8
_NAMELESS = {" ": "Item", "": "x"}
_FILLER = {" ": " and more of the same to follow in due time", "": "eranotilus"}


class Stem(ABC):
    """What a text says. ``size`` values are distinct by themselves, 0 where none is promised to be.

    ``longest`` and ``shortest`` are bounds in characters, None and 0 where none is known. ``closed`` says that no
    distinct value ends in a digit.
    """

    size: int = 0
    longest: int | None = None
    shortest: int = 0
    closed: bool = False

    @abstractmethod
    def drawn(self, draw: Draw) -> pa.Array:
        """Return one text per row."""

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the distinct texts numbered ``index``, each in [0, size)."""
        raise NotImplementedError(type(self).__name__)

    def fitted(self, low: int, high: int | None) -> Stem:
        """Return the stem confined to texts of a length, as far as it can be."""
        return self


@dataclass(frozen=True)
class Words(Stem):
    """A stem that is one of a pool, the first ones more often; ``flat`` draws all alike."""

    pool: Pool
    flat: bool = False
    group: int | None = None
    purpose: str = ""

    @property
    def size(self) -> int:  # type: ignore[override]
        """All of the pool."""
        return self.pool.size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The pool's longest."""
        return self.pool.longest

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The pool's shortest."""
        return self.pool.shortest

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """Whether no text ends in a digit."""
        return not any(text[-1:].isdigit() for text in self.pool.texts)

    def drawn(self, draw: Draw) -> pa.Array:
        """Return one of the pool per row."""
        words = stream_of(draw, self.group, self.purpose).words(draw.rows)
        if self.flat:
            return self.pool.dictionary((words % np.uint64(self.pool.size)).astype(np.int64))
        return self.pool.dictionary(skewed(words, self.pool.size))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the texts in the pool's order."""
        return self.pool.take(index)

    def fitted(self, low: int, high: int | None) -> Stem:
        """Return the stem over those of the pool that fit."""
        return Words(self.pool.fitting(low, high), self.flat, self.group, self.purpose)


def stream_of(draw: Draw, group: int | None, purpose: str) -> Stream:
    """Return the stream that columns of one group share, or the column's own."""
    stream = draw.stream if group is None else Stream(group)
    return stream.child(purpose) if purpose else stream


class Group(int):
    """The key that columns of one person, place or thing share, and where it is: the key of its place, if it has one.

    ``countries`` are ISO 3166 codes, each with how many rows of 1,000 are of it; all others share what is left.
    ``inside`` is the column that tells where the place is, and what of a place it tells.
    """

    countries: tuple[tuple[str, int], ...]
    place: int | None
    whose: str | None
    inside: tuple[str, str] | None

    def __new__(
        cls,
        key: int,
        countries: tuple[tuple[str, int], ...] = (),
        place: int | None = None,
        whose: str | None = None,
        inside: tuple[str, str] | None = None,
    ) -> Group:
        """Return the key as a number that knows its countries and its place, and by which columns it has that."""
        group = super().__new__(cls, key)
        group.countries, group.place, group.whose, group.inside = countries, place, whose, inside
        return group

    def _told(self) -> tuple[object, ...]:
        return self.countries, self.place, self.whose, self.inside

    def __eq__(self, other: object) -> bool:
        theirs = other._told() if isinstance(other, Group) else ((), None, None, None)
        return isinstance(other, int) and int(self) == int(other) and self._told() == theirs

    def __hash__(self) -> int:
        return hash((int(self), *self._told()))


def group_of(params: Mapping[str, Json]) -> int | None:
    """Return the parameter ``group_key`` as a number that knows what else is given of the group."""
    given, countries, place = (params.get(name) for name in ("group_key", "countries", "place_key"))
    whose, within = sibling(params, "place_of"), sibling(params, "place_in")
    if given is None or not (countries or place or within):
        return None if given is None else int(given)
    listed = tuple((str(code), int(share)) for code, share in sorted((countries or {}).items()))
    inside = None if within is None else (within, str(params["place_in"].get("field", "country")))
    return Group(int(given), listed, None if place is None else int(place), whose, inside)


def place_of(group: object) -> int | None:
    """Return the key of the place that a group is at, None where it has none."""
    return group.place if isinstance(group, Group) else None


def countries_of(group: object) -> tuple[tuple[str, int], ...]:
    """Return the countries that a group is confined to, none where it may be of any."""
    return group.countries if isinstance(group, Group) else ()


def shared_out(draw: Draw, group: int | None, choices: Sequence[int]) -> Rows:
    """Return one of some numbers of choices for each row, by the shares of the group's countries and of all others.

    ``choices`` are how many of 1,000 rows make each choice; what they leave goes to the last.
    """
    words = stream_of(draw, group, "country of thousand").below(draw.rows, THOUSAND)
    return np.minimum(np.searchsorted(np.cumsum(choices), words, side="right"), len(choices) - 1).astype(np.int64)


class TextGenerator(Generator):
    """Texts of a stem and an optional ``tail`` (``@example.com``), of ``lengths`` (fewest, most) characters.

    ``gap`` stands before the number that makes a value distinct; ``blank`` tells prose (" ") from codes ("") where a
    text must be padded.
    """

    def __init__(
        self,
        stem: Stem,
        lengths: tuple[int, int | None] = (0, None),
        *,
        gap: str = " ",
        blank: str = " ",
        tail: Pool | None = None,
    ) -> None:
        self._low, most = lengths
        if tail is not None and most is not None and most - tail.longest < _TAIL_ROOM:
            short = tail.fitting(1, most - _TAIL_ROOM)
            tail = short if short.longest + _TAIL_ROOM <= most else None
        self._tail, self._gap, self._blank = tail, gap, blank
        low = max(0, self._low - (tail.shortest if tail is not None else 0))
        room = None if most is None else max(0, most - (tail.longest if tail is not None else 0))
        self._room = room
        self._stem = stem = stem.fitted(low, room)
        self._fits = room is None or (stem.longest is not None and stem.longest <= room)
        whole = stem.size > 0 and self._fits and stem.shortest >= low
        self._repeats = whole and (
            room is None or (stem.longest is not None and stem.longest + len(gap) + _NUMBER_ROOM <= room)
        )
        self._plain = stem.size if whole and stem.closed else 0
        self.capacity = self._count()

    def _count(self) -> int:
        if self._repeats:
            return min(self._stem.size * _REPEATS, _LIMIT)
        if self._room is None:
            return _LIMIT
        if self._room <= CODE_ROOM:
            return self._plain + _count_codes(self._room, digit_last=self._plain > 0)
        return min(int(10**self._room) - 1, _LIMIT)

    def values(self, draw: Draw) -> pa.Array:
        """Return stems, fitted, with tails."""
        stems = self._stem.drawn(draw)
        if self._fits and self._tail is None and not self._low:
            return stems
        if pa.types.is_dictionary(stems.type):
            stems = stems.cast(pa.string())
        return self._ended(cut(stems, self._room, keep=self._low), "", draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return stems that are distinct by themselves as far as they go, and stems with a number after that."""
        if self._repeats:
            turn, rank = np.divmod(index, self._stem.size)
            marks = [self._gap + str(n + 1) if n else "" for n in np.unique(turn).tolist()]
            number = pa.array(marks, pa.string()).take(pa.array(np.searchsorted(np.unique(turn), turn)))
            return self._ended(self._stem.numbered(rank, draw), number, draw)
        room, plain = self._room, self._plain
        if room is not None and room <= CODE_ROOM:
            made = _codes(np.maximum(index - plain, 0), room, digit_last=plain > 0)
        else:
            number = pc.cast(pa.array(index + 1), pa.string())
            made = concatenated(*self._before(number, draw), number)
        if plain:
            first = index < plain
            made = pc.if_else(pa.array(first), self._stem.numbered(np.where(first, index, 0), draw), made)
        return self._ended(made, "", draw)

    def _before(self, number: pa.Array, draw: Draw) -> tuple[pa.Array | str, ...]:
        """Return what stands before the numbers, in parts: stems and gap, or both at once where some are cut."""
        stems = self._stem.drawn(draw)
        if pa.types.is_dictionary(stems.type):
            stems = stems.cast(pa.string())
        stems = pc.ascii_rtrim(stems, "0123456789 \t\n\f\r._-")
        nameless = pc.equal(stems, literal(""))
        stems = pad(pc.if_else(nameless, literal(_NAMELESS[self._blank]), stems), self._low, self._blank)
        if self._room is None:
            return stems, self._gap
        keep = self._room - pc.utf8_length(number).to_numpy(zero_copy_only=False) - len(self._gap)
        over = np.flatnonzero(pc.utf8_length(stems).to_numpy(zero_copy_only=False) > keep)
        if not over.size:
            return stems, self._gap
        whole = concatenated(stems, self._gap)
        short = self._cut(stems.take(pa.array(over)), keep[over])
        return (pc.replace_with_mask(whole, _mask(over, len(stems)), short),)

    def _cut(self, stems: pa.Array, keep: Rows) -> pa.Array:
        """Return stems of no more characters than ``keep`` says for each, and the gap; nothing where none are left."""
        out = pa.array([""] * len(stems), pa.string())
        for length in np.unique(keep[keep > 0]).tolist():
            which = np.flatnonzero(keep == length)
            piece = pc.utf8_slice_codeunits(stems.take(pa.array(which)), 0, length)
            if not self._low:
                piece = pc.utf8_rtrim(piece, " -_,.")
            # A stem that is cut must not end in a digit where nothing stands between it and the number.
            piece = pc.replace_substring_regex(concatenated(piece, self._gap), r"\d+$", "")
            out = pc.replace_with_mask(out, _mask(which, len(stems)), piece)
        return out

    def _ended(self, stems: pa.Array, number: Any, draw: Draw) -> pa.Array:
        tail: Any = ""
        if self._tail is not None:
            words = stream_of(draw, None, "tail").words(draw.rows)
            tail = self._tail.take(skewed(words, self._tail.size))
        if self._low:
            rest = pc.utf8_length(tail).to_numpy(zero_copy_only=False) if self._tail is not None else 0
            if not isinstance(number, str):
                rest = rest + pc.utf8_length(number).to_numpy(zero_copy_only=False)
            stems = pad(stems, self._low - rest, self._blank)
        return concatenated(stems, number, tail)


def _mask(which: Rows, count: int) -> pa.Array:
    mask = np.zeros(count, dtype=np.bool_)
    mask[which] = True
    return pa.array(mask)


def _count_codes(width: int, *, digit_last: bool) -> int:
    return int(36 ** (width - 1)) * (10 if digit_last else 36) if width else 1


def _codes(index: Rows, width: int, *, digit_last: bool) -> pa.Array:
    """Return codes of ``width`` characters, in base 36; ``digit_last`` ends each with a digit."""
    out = np.empty((len(index), width), dtype=np.uint8)
    rest = index.copy()
    for place in range(width - 1, -1, -1):
        base = 10 if digit_last and place == width - 1 else 36
        rest, digit = np.divmod(rest, base)
        out[:, place] = _ALPHABET[digit]
    return fixed_width(out)


def fixed_width(characters: np.ndarray[Any, np.dtype[np.uint8]]) -> pa.Array:
    """Return the rows of a matrix of ASCII characters as texts."""
    count, width = characters.shape
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(width)
    data = np.ascontiguousarray(characters)
    return pa.Array.from_buffers(pa.string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def cut(texts: pa.Array, high: int | None, *, keep: int = 0) -> pa.Array:
    """Return the texts with no more than ``high`` characters, cut between words where more than ``keep`` are left."""
    if high is None:
        return texts
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    if not len(lengths) or lengths.max() <= high:
        return texts
    short = pc.utf8_slice_codeunits(texts, 0, high)
    whole = pc.utf8_rtrim(pc.replace_substring_regex(short, r"[\s,]+\S*$", ""), " ,;:-.")
    kept = pc.utf8_length(whole).to_numpy(zero_copy_only=False)
    worth = pa.array((kept >= max(keep, 1)) & (kept * 2 >= high))
    tidy = pc.if_else(worth, whole, pad(pc.utf8_rtrim_whitespace(short), min(keep, high), ""))
    return pc.if_else(pa.array(lengths > high), tidy, texts)


def pad(texts: pa.Array, low: Any, blank: str) -> pa.Array:
    """Return the texts with at least ``low`` characters (a number, or one a row), filled up behind."""
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    missing = np.maximum(np.asarray(low) - lengths, 0)
    if not missing.size or not missing.max():
        return texts
    needed, which = np.unique(missing, return_inverse=True)
    filler = _FILLER[blank]
    fills = [_filled(filler, n) for n in needed.tolist()]
    return concatenated(texts, pa.array(fills, pa.string()).take(pa.array(which.reshape(-1))))


def _filled(filler: str, length: int) -> str:
    text = (filler * (length // len(filler) + 1))[:length]
    return text[:-1] + "e" if text.endswith(" ") else text


def permuted(index: Rows, size: int, stream: Stream) -> Rows:
    """Return the numbers below ``size`` in an order that the stream draws."""
    return Permutation(stream.child("order").key, size).forward(index)


def bounds(params: Mapping[str, Json]) -> tuple[int, int | None]:
    """Return the parameters ``min_length`` and ``max_length``."""
    low, high = params.get("min_length"), params.get("max_length")
    return int(low or 0), None if high is None else int(high)
