"""Files: name, extension, type, path, size and measures of a row's file agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import accumulate

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows, scale
from seedfast.values import parameters
from seedfast.values.columns import concatenated
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.declare import GROUP, stem_kind
from seedfast.values.semantic.frames import frames
from seedfast.values.semantic.pools import Pool, columns
from seedfast.values.semantic.text import Stem, cut, group_of, stream_of

SORTS = ("image", "video", "audio", "document", "archive")
"""The sorts of file that rows may be confined to."""

_PICTURES = ((1920, 1080), (1200, 800), (4032, 3024), (1080, 1080), (800, 600), (1024, 768), (2048, 1365), (640, 480))
_FILMS = ((1920, 1080), (1280, 720), (3840, 2160), (854, 480), (1080, 1920))
_SHORTEST, _LONGEST = 4, 900
_PLACES = {"name": "", "path": "/srv/files/uploads/", "key": "uploads/", "url": "https://files.example.com/"}
_ENDING = 5
_PART = np.uint64(32)


@cache
def _types(sort: str) -> tuple[Rows, Rows]:
    """Return the types of file of a sort, or all, by number, and where the share of each ends."""
    table = columns("files")
    numbers = [n for n, each in enumerate(table["sort"].texts) if sort in ("", each)]
    ends = list(accumulate(int(table["weight"].texts[n]) for n in numbers))
    return np.array(numbers, dtype=np.int64), np.array(ends, dtype=np.int64)


def _type_of(draw: Draw, group: int | None, sort: str) -> Rows:
    """Return the type of each row's file, by number."""
    numbers, ends = _types(sort)
    place = stream_of(draw, group, "file type").below(draw.rows, int(ends[-1]))
    return numbers[np.searchsorted(ends, place, side="right")]


def _told(name: str) -> Pool:
    return columns("files")[name]


@dataclass(frozen=True)
class FileField(Stem):
    """What the type of a row's file is called: its extension or its MIME type."""

    name: str
    sort: str = ""
    group: int | None = None

    @property
    def _every(self) -> Pool:
        numbers, _ = _types(self.sort)
        return Pool(tuple(_told(self.name).texts[n] for n in numbers.tolist()))

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different types."""
        return self._every.size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest."""
        return self._every.longest

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest."""
        return self._every.shortest

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the type of each row's file."""
        return _told(self.name).dictionary(_type_of(draw, self.group, self.sort))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different types."""
        return self._every.take(index)


@dataclass(frozen=True)
class FileName(Stem):
    """The name of a row's file, after the folder or address that it is at."""

    place: str = "name"
    sort: str = ""
    group: int | None = None
    room: int | None = None

    @property
    def _stem(self) -> Stem:
        return frames("internet/slug", group=self.group, purpose="file")

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different names."""
        return self._stem.size if self.room is None else 0

    @property
    def longest(self) -> int | None:  # type: ignore[override]
        """The longest name."""
        longest = self._stem.longest
        return None if longest is None else longest + _ENDING + len(_PLACES[self.place])

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the name of each row's file."""
        return self._whole(self._stem.drawn(draw), draw)

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different names."""
        return self._whole(self._stem.numbered(index, draw), draw)

    def fitted(self, low: int, high: int | None) -> Stem:
        """Return the names cut so that the extension has room."""
        return self if high is None or (self.longest or high) <= high else replace(self, room=high)

    def _whole(self, stems: pa.Array, draw: Draw) -> pa.Array:
        extension = _told("extension").take(_type_of(draw, self.group, self.sort))
        place = _PLACES[self.place]
        if self.room is not None:
            stems = cut(stems, max(1, self.room - _ENDING - len(place)))
        return concatenated(place, stems, ".", extension)


class Measure(Generator):
    """The size of each row's file in bytes, or its width, height or seconds where its type has any."""

    capacity: int

    def __init__(self, params: Mapping[str, Json], *, name: str) -> None:
        self._name, self._group = name, group_of(params)
        self._sort = _sort(params)
        self._absent = parameters.flag(params, "absent")
        self._low = parameters.integer(params, "low", 1)
        self._high = parameters.integer(params, "high", 2**31 - 1)
        self.capacity = self._high - self._low + 1

    def values(self, draw: Draw) -> pa.Array:
        """Return a number per row, NULL where a file of the row's type has none and may be without."""
        kind = _type_of(draw, self._group, self._sort)
        sorts = np.array(_told("sort").texts)[kind]
        found, has = self._size(draw, kind), np.ones(len(draw.rows), dtype=np.bool_)
        if self._name in ("width", "height"):
            found, has = self._pixels(draw, sorts), np.isin(sorts, ("image", "video"))
        elif self._name == "duration":
            found = _SHORTEST + stream_of(draw, self._group, "seconds").below(draw.rows, _LONGEST)
            has = np.isin(sorts, ("audio", "video"))
        outside = (found < self._low) | (found > self._high)
        found = np.where(outside, self._low + draw.below(self.capacity, "outside"), found)
        return pa.array(found, pa.int64(), mask=~has if self._absent else None)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers from the lowest up."""
        return pa.array(self._low + index)

    def _size(self, draw: Draw, kind: Rows) -> Rows:
        low, high = (np.array(list(map(int, _told(end).texts)), dtype=np.int64)[kind] for end in ("low", "high"))
        word = stream_of(draw, self._group, "bytes").words(draw.rows) >> _PART
        # Most files are small ones of their type.
        part = (word * word >> _PART) * word >> _PART
        return low + (part.astype(np.int64) * ((high - low) >> 8) >> 24)

    def _pixels(self, draw: Draw, sorts: np.ndarray[tuple[int], np.dtype[np.str_]]) -> Rows:
        side = ("width", "height").index(self._name)
        words = stream_of(draw, self._group, "pixels").words(draw.rows)
        picture, film = (
            np.array([shape[side] for shape in shapes], dtype=np.int64)[scale(words, len(shapes))]
            for shapes in (_PICTURES, _FILMS)
        )
        return np.where(sorts == "video", film, picture)


def _sort(params: Mapping[str, Json]) -> str:
    return parameters.one_of(params, "sort", ("", *SORTS), "")


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that files have."""
    sort = {"sort": "the sort of file: " + ", ".join(SORTS)}
    measured = {
        "low": "the lowest value",
        "high": "the highest value",
        "absent": "whether files whose type has no such measure have none",
        **sort,
        **GROUP,
    }

    def named(place: str, params: Mapping[str, Json]) -> Stem:
        return FileName(place, _sort(params), group_of(params))

    def field(name: str, params: Mapping[str, Json]) -> Stem:
        return FileField(name, _sort(params), group_of(params))

    texts = (
        ("file.name", "names of files", partial(named, "name")),
        ("file.path", "paths of files", partial(named, "path")),
        ("file.key", "keys of files in a store of objects", partial(named, "key")),
        ("file.url", "addresses of files", partial(named, "url")),
        ("file.extension", "extensions of files", partial(field, "extension")),
        ("file.mime_type", "MIME types of files", partial(field, "mime_type")),
    )
    numbers = (("size", "bytes"), ("width", "widths"), ("height", "heights"), ("duration", "seconds"))
    return (
        *(stem_kind(name, summary, stem, gap="-", blank="", params=sort) for name, summary, stem in texts),
        *(
            ValueKind(f"file.{name}", f"{said} of files", partial(Measure, name=name), measured)
            for name, said in numbers
        ),
    )
