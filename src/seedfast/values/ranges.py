"""Ranges and multiranges; numbered ones never overlap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.nested import telling_apart
from seedfast.values.numbered import Numbered
from seedfast.values.numeric import scaled_bounds
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.times import SECOND, clock_microseconds, day_number, microseconds

_UNITS = ("integer", "decimal", "date", "timestamp", "time")


@dataclass(frozen=True, slots=True)
class _Scale:
    """The points that bounds lie on: whole numbers of ticks from ``low`` to ``high``, and how they are written.

    ``coarse`` are the widths between bounds that look natural, widest first.
    """

    low: int
    high: int
    width_low: int
    width_high: int
    coarse: tuple[int, ...]
    written: Callable[[Rows], pa.Array]


def _timestamp_text(seconds: Rows) -> pa.Array:
    return columns.text(pa.array((seconds * SECOND).astype("datetime64[us]")))


def _date_text(days: Rows) -> pa.Array:
    return columns.text(pa.array(days.astype(np.int32)).view(pa.date32()))


def _time_text(seconds: Rows) -> pa.Array:
    return pa.array(seconds.astype(np.int32)).view(pa.time32("s")).cast(pa.string())


def _scale(params: Params) -> _Scale:
    unit = parameters.one_of(params, "of", _UNITS)
    if unit == "integer":
        low, high = parameters.integer(params, "low", 0), parameters.integer(params, "high", 1_000_000)
        return _Scale(low, high, 1, 100, (1,), columns.digits)
    if unit == "decimal":
        scale = parameters.count(params, "scale", 2)
        low, high = scaled_bounds(
            parameters.decimal(params, "low", "0"), parameters.decimal(params, "high", "1000000"), scale
        )
        return _Scale(low, high, 1, 100 * 10**scale, (1,), lambda ticks: columns.decimal_text(ticks, scale))
    if unit == "date":
        first, last = parameters.day(params, "low"), parameters.day(params, "high")
        return _Scale(day_number(first), day_number(last), 1, 14, (1,), _date_text)
    if unit == "timestamp":
        early, late = parameters.moment(params, "low"), parameters.moment(params, "high")
        low, high = -(-microseconds(early) // SECOND), microseconds(late) // SECOND
        return _Scale(low, high, 1800, 4 * 3600, (900, 60, 1), _timestamp_text)
    opening, closing = parameters.clock(params, "low", "00:00:00"), parameters.clock(params, "high", "23:59:59")
    low, high = clock_microseconds(opening) // SECOND, clock_microseconds(closing) // SECOND
    return _Scale(low, high, 900, 2 * 3600, (900, 60, 1), _time_text)


def _usual(params: Params, scale: _Scale) -> int:
    """Return the bound below which ranges lie that nothing pushes further, in ticks."""
    if params.get("usual") is None:
        return scale.high
    return _scale({**params, "low": params["usual"], "high": params["usual"]}).high


class Ranges(Numbered):
    """Ranges with a lower bound inside and an upper one outside, never empty.

    The scale is cut into slots as wide as the widest range; the range of number i lies in slot i.
    """

    def __init__(self, params: Params) -> None:
        self.scale = _scale(params)
        total = self.scale.high - self.scale.low
        if total < 1:
            raise parameters.wrong("high", "above low", params.get("high"))
        slots = max(1, parameters.count(params, "slots", 1))
        wide = min(parameters.count(params, "width_high", self.scale.width_high), total // slots)
        self.widest = max(1, wide, min(parameters.count(params, "width_low", 1), total))
        self.narrowest = max(1, min(parameters.count(params, "width_low", self.scale.width_low), self.widest))
        fine = self.narrowest
        self.step = next((step for step in self.scale.coarse if self.widest >= 2 * step and fine >= step), 1)
        self.widest -= self.widest % self.step
        aligned = -(-self.scale.low // self.step) * self.step
        if self.scale.high - aligned < self.widest:
            aligned = self.scale.low
        self.low = aligned
        usual = min(_usual(params, self.scale), self.scale.high)
        super().__init__((self.scale.high - self.low) // self.widest, common=max(1, (usual - self.low) // self.widest))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the ranges in the slots of those numbers."""
        steps, least = self.widest // self.step, -(-self.narrowest // self.step)
        width = least + draw.below(steps - least + 1, "width")
        start = self.low + index * self.widest + self._offset(steps - width, draw) * self.step
        return self._range(start, start + width * self.step)

    def _offset(self, room: Rows, draw: Draw) -> Rows:
        return (draw.words("offset") % (room + 1).astype(np.uint64)).astype(np.int64)

    def _range(self, low: Rows, high: Rows) -> pa.Array:
        return columns.concatenated("[", self.scale.written(low), ",", self.scale.written(high), ")")


class Multiranges(Ranges):
    """Multiranges of one range or two that lie apart, within one slot."""

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the multiranges in the slots of those numbers."""
        single = columns.concatenated("{", super().at(index, draw), "}")
        third = self.widest // self.step // 3 * self.step
        if not third:
            return single
        start = self.low + index * self.widest
        end = start + self.widest
        pair = columns.concatenated("{", self._range(start, start + third), ",", self._range(end - third, end), "}")
        return columns.chosen(draw.below(2, "ranges") == 1, pair, single)


class SingleRanges(Generator):
    """Ranges of one value, which need no order among values; ``ends`` enclose the range."""

    def __init__(self, registry: Registry, params: Params, ends: tuple[str, str]) -> None:
        self.element = telling_apart(registry, *parameters.nested(params, "element"))
        self.inputs = self.element.inputs
        self.capacity = self.element.capacity
        self.opening, self.closing = ends

    def values(self, draw: Draw) -> pa.Array:
        """Return ranges of random values."""
        return self._text(self.element.values(draw))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return ranges of the values of those numbers."""
        return self._text(self.element.at(index, draw))

    def _text(self, values: pa.Array) -> pa.Array:
        member = columns.member(values)
        return columns.concatenated(self.opening, member, ",", member, self.closing)


_NEAR = 20
"""How many widths away an end lies from the column that it is after, at the most."""

_FORMS = ("[)", "[]", "(]", "()")


def end_of(ranges: pa.Array, end: str) -> pa.Array:
    """Return the ``lower`` or the ``upper`` ends of ranges as text, NULL where a range has none."""
    found = pc.extract_regex(columns.text(ranges), r'^[\[(]"?(?P<lower>[^",]*)"?,"?(?P<upper>[^")\]]*)"?[)\]]$')
    ends = pc.struct_field(found, end)
    return pc.if_else(pc.is_in(ends, pa.array(["", "infinity", "-infinity"])), pa.scalar(None, pa.string()), ends)


@dataclass(frozen=True, slots=True)
class _Sibling:
    """A column, or the ``end`` of a range in one, that an end of a range equals or is beside."""

    column: str
    end: str | None
    strict: bool

    def points(self, draw: Draw, place: _Place) -> tuple[Rows, npt.NDArray[np.bool_]]:
        """Return the sibling's values as points, and where it has one."""
        values = draw.inputs[self.column]
        if self.end is not None:
            values = end_of(values, self.end)
        present = values.is_valid().to_numpy(zero_copy_only=False)
        return place.read(values), present


@dataclass(frozen=True, slots=True)
class _Place:
    """How the values of a unit are counted: ``fine`` points make one of the scale's."""

    arrow: pa.DataType
    fine: int
    written: Callable[[Rows], pa.Array]
    scale: int = 0

    def read(self, values: pa.Array) -> Rows:
        """Return values of any type that the unit's can be compared with as points; 0 for NULL."""
        if pa.types.is_dictionary(values.type):
            values = values.dictionary_decode()
        if pa.types.is_string(values.type) and pa.types.is_timestamp(self.arrow):
            values = pc.utf8_slice_codeunits(values, 0, 26).cast(pa.timestamp("us"))
        made = values.cast(self.arrow)
        if self.scale:
            return self._decimals(made)
        whole = made.view(pa.int32()) if pa.types.is_date(self.arrow) else made
        numbers = whole.view(pa.int64()) if pa.types.is_timestamp(self.arrow) or pa.types.is_time(self.arrow) else whole
        filled: Rows = numbers.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
        return filled

    def _decimals(self, made: pa.Array) -> Rows:
        # A number as a range has them fits the lower half of its 128 bits.
        words = np.frombuffer(made.buffers()[1], dtype="<i8")[0::2][made.offset : made.offset + len(made)]
        found: Rows = np.where(made.is_valid().to_numpy(zero_copy_only=False), words, 0)
        return found


def _place(params: Params) -> _Place:
    unit = parameters.one_of(params, "of", _UNITS)
    if unit == "integer":
        return _Place(pa.int64(), 1, columns.digits)
    if unit == "decimal":
        scale = parameters.count(params, "scale", 2)
        return _Place(pa.decimal128(38, scale), 1, lambda points: columns.decimal_text(points, scale), scale)
    if unit == "date":
        return _Place(pa.date32(), 1, _date_text)
    if unit == "timestamp":
        return _Place(
            pa.timestamp("us"), SECOND, lambda points: columns.text(pa.array(points.astype("datetime64[us]")))
        )
    return _Place(pa.time64("us"), SECOND, lambda points: pa.array(points).view(pa.time64("us")).cast(pa.string()))


def _siblings(params: Params, end: str) -> dict[str, list[_Sibling]]:
    found: dict[str, list[_Sibling]] = {}
    for entry in parameters.items(params, f"{end}_by", ()):
        how = parameters.one_of(entry, "how", ("at", "after", "before"))
        which = None if entry.get("end") is None else parameters.one_of(entry, "end", ("lower", "upper"))
        sibling = _Sibling(parameters.string(entry, "column"), which, parameters.flag(entry, "strict"))
        found.setdefault(how, []).append(sibling)
    return found


class Placed(Generator):
    """Ranges whose ends lie where bounds and sibling columns want them; a NULL sibling wants nothing.

    The lower end is in [low, start_high], the upper one in [end_low, high], and the one is from ``width_low`` to
    ``width_high`` below the other.
    """

    def __init__(self, params: Params) -> None:
        scale, self.place = _scale(params), _place(params)
        fine = self.place.fine
        self.low, self.high = scale.low * fine, scale.high * fine
        usual = max(_usual(params, scale), scale.low + scale.width_high)
        self.start_high = self._end(params, "start_high", "high", min(self.high, usual * fine))
        self.end_low = self._end(params, "end_low", "low", self.low)
        self.widest = parameters.count(params, "width_high", scale.width_high) * fine
        self.narrowest = min(
            parameters.count(params, "width_low", min(scale.width_low, self.widest // fine)) * fine, self.widest
        )
        self.step = next((step * fine for step in scale.coarse if self.narrowest >= step * fine), 1)
        form = parameters.one_of(params, "form", _FORMS, "[)")
        self.opening, self.closing = form[0], form[1]
        self.open = [str(end) for end in parameters.items(params, "open", ())]
        self.starts, self.ends = _siblings(params, "start"), _siblings(params, "end")
        read = [one.column for found in (self.starts, self.ends) for many in found.values() for one in many]
        self.inputs = tuple(dict.fromkeys(read))

    def _end(self, params: Params, name: str, side: str, otherwise: int) -> int:
        if params.get(name) is None:
            return otherwise
        scale = _scale({**params, "low": params[name], "high": params[name]})
        return (scale.high if side == "high" else scale.low) * self.place.fine

    def values(self, draw: Draw) -> pa.Array:
        """Return ranges with both ends where they should be."""
        first, last, start = self._bounds(draw, self.starts, self.low, self.start_high)
        least, most, end = self._bounds(draw, self.ends, self.end_low, self.high)
        # Each end leaves room for the other.
        first, last = np.maximum(first, least - self.widest), np.minimum(last, most - self.narrowest)
        first = np.minimum(first, np.maximum(last, least - self.widest))
        free = first + self._steps(draw, "start", last - first)
        begins = np.where(start[1], start[0], free)
        low, high = np.maximum(least - begins, self.narrowest), np.minimum(most - begins, self.widest)
        ends = begins + low + self._steps(draw, "width", high - low)
        # An end that a sibling fixes alone pulls the other one after it.
        back = np.maximum(self.narrowest, end[0] - last), np.minimum(self.widest, end[0] - first)
        pulled = end[0] - back[0] - self._steps(draw, "width", back[1] - back[0])
        begins = np.where(end[1] & ~start[1], pulled, begins)
        ends = np.where(end[1], end[0], ends)
        lower, upper = self.place.written(begins), self.place.written(ends)
        nothing = columns.pool([""], draw.rows * 0)
        lower = nothing if "low" in self.open else lower
        upper = nothing if "high" in self.open else upper
        return columns.concatenated(self.opening, lower, ",", upper, self.closing)

    def _steps(self, draw: Draw, purpose: str, room: Rows) -> Rows:
        """Return random distances in whole steps within the room that there is, which may be none."""
        room = np.maximum(room, 0)
        count = (room // self.step + 1).astype(np.uint64)
        return (draw.words(purpose) % count).astype(np.int64) * self.step

    def _bounds(
        self, draw: Draw, siblings: dict[str, list[_Sibling]], low: int, high: int
    ) -> tuple[Rows, Rows, tuple[Rows, npt.NDArray[np.bool_]]]:
        """Return between which points an end lies, and the point that a sibling fixes it at with where it does."""
        count = len(draw.rows)
        first, last = np.full(count, low), np.full(count, high)
        fixed = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
        for one in siblings.get("at", ()):
            fixed = one.points(draw, self.place)
        raised = np.zeros(count, dtype=np.bool_)
        for one in siblings.get("after", ()):
            points, present = one.points(draw, self.place)
            first = np.where(present, np.maximum(first, points + one.strict * self.place.fine), first)
            last = np.where(present, np.minimum(last, first + _NEAR * self.widest), last)
            raised |= present
        for one in siblings.get("before", ()):
            points, present = one.points(draw, self.place)
            last = np.where(present, np.minimum(last, points - one.strict * self.place.fine), last)
            # What the bounds suggest gives way to what a sibling wants.
            first = np.where(present & ~raised & (first > last), last - self.widest, first)
        return first, np.maximum(first, last), fixed


def register(registry: Registry) -> None:
    """Register the ranges."""
    explained = {
        "of": "one of " + ", ".join(_UNITS),
        "low": "lowest bound",
        "high": "highest bound",
        "scale": "digits after the point of decimals",
        "width_low": "narrowest: whole numbers, units of the last digit, days, or seconds",
        "width_high": "widest, likewise",
        "usual": "highest bound of ranges that are not numbered",
        "slots": "so many ranges must find room without overlapping",
    }
    placed = {name: text for name, text in explained.items() if name != "slots"} | {
        "start_high": "highest lower end",
        "end_low": "lowest upper end",
        "form": "one of " + ", ".join(_FORMS),
        "open": "ends that are infinite: low, high",
        "start_by": "columns that the lower end is at, after or before: column, how, strict, end",
        "end_by": "the same for the upper end",
    }
    registry.register(ValueKind("range.placed", "ranges beside other columns", Placed, placed))
    element = {"element": "the value's kind and params"}
    registry.register(ValueKind("range", "ranges", Ranges, explained))
    registry.register(ValueKind("multirange", "multiranges", Multiranges, explained))
    registry.register(
        ValueKind("range.single", "ranges of one value", lambda p: SingleRanges(registry, p, ("[", "]")), element)
    )
    registry.register(
        ValueKind(
            "multirange.single", "multiranges of one value", lambda p: SingleRanges(registry, p, ("{[", "]}")), element
        )
    )
