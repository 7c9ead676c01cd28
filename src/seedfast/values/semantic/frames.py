"""Stems made of frames: ``{adjective} {noun} {1..40}``, each slot drawn from a pool or a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows, Stream
from seedfast.values.columns import concatenated, woven
from seedfast.values.kind import Draw
from seedfast.values.semantic.pools import Pool, pool, sections
from seedfast.values.semantic.text import Stem, permuted, stream_of

_SLOT = re.compile(r"\{([^}]*)\}")
_RANGE = re.compile(r"(\d+)\.\.(\d+)\Z")
_LIMIT = 1 << 62
_HALF = np.uint64(32)


@dataclass(frozen=True)
class Frame:
    """One pattern: literal texts around pools. ``closed`` frames end in something other than a digit."""

    parts: tuple[str | Pool, ...]

    @property
    def slots(self) -> tuple[Pool, ...]:
        """The parts that vary."""
        return tuple(part for part in self.parts if isinstance(part, Pool))

    @cached_property
    def size(self) -> int:
        """How many texts the frame makes."""
        size = 1
        for slot in self.slots:
            size *= slot.size
        return min(size, _LIMIT)

    @cached_property
    def longest(self) -> int:
        """The length of the longest text."""
        return sum(len(part) if isinstance(part, str) else part.longest for part in self.parts)

    @cached_property
    def shortest(self) -> int:
        """The length of the shortest text."""
        return sum(len(part) if isinstance(part, str) else part.shortest for part in self.parts)

    @cached_property
    def closed(self) -> bool:
        """Whether no text ends in a digit."""
        last = self.parts[-1]
        return not any(text[-1:].isdigit() for text in ([last] if isinstance(last, str) else last.texts))

    def numbered(self, index: Rows) -> pa.Array:
        """Return the texts numbered ``index``, each in [0, size)."""
        picks: list[Rows] = []
        rest = index
        for slot in reversed(self.slots):
            rest, pick = np.divmod(rest, slot.size)
            picks.insert(0, pick)
        return self._joined(picks, len(index))

    def _joined(self, picks: list[Rows], count: int) -> pa.Array:
        waiting = iter(picks)
        arrays = [part if isinstance(part, str) else part.take(next(waiting)) for part in self.parts]
        if not picks:
            return pa.array(["".join(map(str, self.parts))] * count, pa.string())
        return concatenated(*arrays)


def frame(pattern: str, file: str) -> Frame:
    """Return the frame that a pattern describes; slots name sections of ``file``, of another (``other/section``), or
    a range of numbers (``1..40``).
    """
    parts: list[str | Pool] = []
    for n, piece in enumerate(_SLOT.split(pattern)):
        if n % 2:
            found = _RANGE.match(piece)
            if found:
                parts.append(Pool(tuple(str(k) for k in range(int(found[1]), int(found[2]) + 1))))
            else:
                parts.append(pool(piece if "/" in piece else f"{file}/{piece}"))
        elif piece:
            parts.append(piece)
    return Frame(tuple(parts))


class Loom:
    """Writes texts of several sets of frames, all rows at once, whichever set each row's text is of."""

    def __init__(self, sets: Sequence[Sequence[Frame]]) -> None:
        frames = [frame for one in sets for frame in one]
        self._count = np.array([len(one) for one in sets], dtype=np.int64)
        self._first = np.cumsum(self._count) - self._count
        # The words of a frame's slots follow from its number among others, of one that is alone from none.
        self._purpose = np.array([n if len(one) > 1 else -1 for one in sets for n in range(len(one))], dtype=np.int64)
        slots = max(len(frame.slots) for frame in frames)
        # At even places of a line stand the texts before slots and behind the last, at odd ones those of the slots.
        self._line = np.zeros((len(frames), 2 * slots + 1), dtype=np.int64)
        self._size = np.zeros((len(frames), slots), dtype=np.uint64)
        self._texts: list[str] = []
        self._known: dict[str | Pool, int] = {}
        self._code("")
        for number, frame in enumerate(frames):
            text, slot = "", 0
            for part in frame.parts:
                if isinstance(part, str):
                    text += part
                    continue
                self._line[number, 2 * slot : 2 * slot + 2] = self._code(text), self._code(part)
                self._size[number, slot] = part.size
                text, slot = "", slot + 1
            self._line[number, 2 * slot] = self._code(text)
        self._pool = pa.array(self._texts, pa.string())

    def _code(self, part: str | Pool) -> int:
        """Return the number of a text, or of a pool's first, among all that lines are made of."""
        if part not in self._known:
            self._known[part] = len(self._texts)
            self._texts.extend((part,) if isinstance(part, str) else part.texts)
        return self._known[part]

    def drawn(self, rows: Rows, which: Rows, stream: Stream) -> pa.Array:
        """Return a text of the row's set for each row, each slot by words of its own."""
        count = self._count[which]
        frame = self._first[which]
        if count.max(initial=1) > 1:
            frame = frame + ((stream.child("frame").words(rows) >> _HALF) * count.astype(np.uint64) >> _HALF).astype(
                np.int64
            )
        lines, purpose = self._line[frame], self._purpose[frame]
        for number in np.unique(purpose).tolist():
            at = np.flatnonzero(purpose == number)
            sizes, inner = self._size[frame[at]], stream if number < 0 else stream.child(f"frame {number}")
            for slot in range(sizes.shape[1]):
                if sizes[:, slot].any():
                    half = inner.child(str(slot)).words(rows[at]) >> _HALF
                    pick = ((half * half >> _HALF) * sizes[:, slot]) >> _HALF
                    lines[at, 2 * slot + 1] += pick.astype(np.int64)
        return woven(self._pool, lines)


@dataclass(frozen=True)
class Frames(Stem):
    """A stem of one frame or several, the first ones more often.

    Distinct texts are made by the first frame alone, so that must tell its slots apart: every slot but the last is of
    texts without the character that follows it.
    """

    frames: tuple[Frame, ...]
    group: int | None = None
    purpose: str = ""

    @property
    def size(self) -> int:  # type: ignore[override]
        """The texts of the first frame."""
        return self.frames[0].size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest text of any frame."""
        return max(frame.longest for frame in self.frames)

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest text of any frame."""
        return min(frame.shortest for frame in self.frames)

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """Whether no text of the first frame ends in a digit."""
        return self.frames[0].closed

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a text per row."""
        stream = stream_of(draw, self.group, self.purpose)
        return self._loom.drawn(draw.rows, np.zeros(len(draw.rows), dtype=np.int64), stream)

    @cached_property
    def _loom(self) -> Loom:
        return Loom((self.frames,))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the texts of the first frame in a drawn order."""
        return self.frames[0].numbered(permuted(index, self.size, draw.stream))

    def fitted(self, low: int, high: int | None) -> Frames:
        """Return the stem of those frames whose texts all fit, of all where none does."""
        fits = tuple(f for f in self.frames if low <= f.shortest and (high is None or f.longest <= high))
        near = fits or tuple(f for f in self.frames if high is None or f.shortest <= high)
        return Frames(near or self.frames, self.group, self.purpose)


def frames(address: str, *, group: int | None = None, purpose: str = "") -> Frames:
    """Return the stem of the frames at ``file/section``."""
    file, _, section = address.partition("/")
    return of_patterns(file, sections(file)[section], group=group, purpose=purpose)


def of_patterns(file: str, patterns: Sequence[str], *, group: int | None = None, purpose: str = "") -> Frames:
    """Return the stem of frames given as patterns over sections of a file."""
    return Frames(tuple(frame(pattern, file) for pattern in patterns), group, purpose)
