"""Kinds that draw from data packs: texts, numbers and documents of a row's record, agreeing within the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast import codec
from seedfast.packs.sorts import confined, said
from seedfast.packs.topics import narrowed
from seedfast.rng import Permutation, Rows, Stream
from seedfast.values import columns, parameters
from seedfast.values.forms import Form
from seedfast.values.grammar import Figures, Grammar, Rowset
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry
from seedfast.values.semantic.amounts import stored
from seedfast.values.semantic.declare import GROUP, in_tongues
from seedfast.values.semantic.text import CODE_ROOM, LENGTHS, Stem, TextGenerator, bounds, cut, group_of

ADDRESS: Mapping[str, str] = {
    "pack": "the pack's name",
    "record": "the record within the pack",
    "slot": "what of the record",
    "topics": "kinds of thing that the record is confined to, by the words of its tree",
    "told": "what the row's parents say of slots: slot and column",
    "within": "the values that columns may have, by slot, to which the record is confined",
    "in_order": "whether rows go through a list as it is written",
}
"""The parameters of every kind that draws from packs."""

_NATURAL = 1 << 13
"""So many first rows keep the text that they draw where none before them draws the same."""

_MARKED = re.compile(r"[ -][a-z]{1,3}\d+$")
_LETTERS = np.frombuffer(b"ABCDEFGHJKLMNPQRSTUVWXYZ", dtype=np.uint8)
_BLOCKS = ((1, 100, 900), (2, 100, 900), (2, 1000, 9000), (3, 1000, 9000), (3, 10**6, 9 * 10**6))
"""The marks that tell texts apart, the short ones first: letters, the least number, how many numbers."""

_CAPACITY = sum(len(_LETTERS) ** letters * numbers for letters, _, numbers in _BLOCKS)
_MARK_ROOM = 11
_ROOMY = 24
_SHOWN = 512
_FEWEST = 1000
_SCALE = 10**18


def mark(index: Rows, stream: Stream) -> pa.Array:
    """Return a model number such as ``K417`` for each number below the capacity, different for different numbers."""
    out = np.zeros((len(index), _MARK_ROOM), dtype=np.uint8)
    lengths = np.zeros(len(index), dtype=np.int64)
    first = 0
    for letters, low, numbers in _BLOCKS:
        size = len(_LETTERS) ** letters * numbers
        at = np.flatnonzero((index >= first) & (index < first + size))
        if at.size:
            turn = Permutation(stream.child(f"@mark {letters} {low}").key, size).forward(index[at] - first)
            word, number = np.divmod(turn, numbers)
            width = len(str(low))
            made = columns.positional(word, _LETTERS, letters), columns.positional(low + number, columns.DIGITS, width)
            out[at, : letters + width] = np.concatenate(made, axis=1)
            lengths[at] = letters + width
        first += size
    return columns.ragged(out, lengths)


@dataclass(frozen=True)
class _SlotStem(Stem):
    """A slot's text in each row, in the longest form that has room."""

    grammar: Grammar
    slot: str
    group: int | None
    room: int | None = None
    told: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(grammar: Grammar, params: Params, room: int | None = None) -> _SlotStem:
        """Return the stem that parameters speak of."""
        told = [(str(one.get("slot")), str(one.get("column"))) for one in parameters.items(params, "told", ())]
        for slot, _ in told:
            parameters.one_of({"slot": slot}, "slot", tuple(grammar.record.leaves[0].slots), "")
        return _SlotStem(grammar, str(params.get("slot")), group_of(params), room, tuple(told))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that say what slots hold."""
        return tuple(column for _, column in self.told)

    def over(self, draw: Draw) -> Rowset:
        """Return the rows with their leaves."""
        stream = draw.stream if self.group is None else Stream(self.group)
        return self.grammar.drawn(
            draw.rows, stream, {slot: columns.text(draw.inputs[name]) for slot, name in self.told}
        )

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a text per row; where it is too long for the room, the last of the slot's templates instead."""
        over = self.over(draw)
        text = self.grammar.text(self.slot, over)
        if self.room is None or self.grammar.is_number(self.slot):
            return text
        long = columns.lengths(text) > self.room
        if not long.any():
            return text
        at = np.flatnonzero(long)
        return pc.replace_with_mask(text, pa.array(long), self.grammar.text(self.slot, over.only(at), last=True))

    def fitted(self, low: int, high: int | None) -> Stem:
        """Return the stem for texts of no more than ``high`` characters."""
        return replace(self, room=high)


class PackText(Generator):
    """Texts of a slot. Of distinct ones the first rows have those that need nothing to tell them apart.

    Others carry a model number behind where there is room for one; codes are of the form that the slot's codes have.
    """

    def __init__(self, grammar: Grammar, params: Params) -> None:
        slot = str(params.get("slot"))
        self._low, self._room = bounds(params)
        self._stem = _SlotStem.of(grammar, params, self._room)
        self.inputs = self._stem.inputs
        joint = "-" if slot in grammar.record.codes else " "
        self._joint = joint
        self._text = TextGenerator(self._stem, (self._low, self._room), gap=joint, blank="" if joint == "-" else " ")
        self._marked = not self._low and (self._room is None or self._room >= _ROOMY)
        self._numbered = not self._low and self._room is not None and CODE_ROOM < self._room < _ROOMY
        self._first = lru_cache(maxsize=4)(self._find_first)

    @cached_property
    def capacity(self) -> int | None:  # type: ignore[override]
        """Return how many texts there are."""
        if self._form is not None:
            return self._form.size - self._natural
        return _CAPACITY if self._marked else self._text.capacity

    @cached_property
    def _form(self) -> Form | None:
        """The form of the slot's codes, None where it holds no codes, or there is room for marks."""
        if self._marked:
            return None
        texts = replace(self._stem, told=(), room=None).drawn(Draw(np.arange(_SHOWN, dtype=np.int64), Stream(0)))
        form = Form.of(texts.to_pylist(), self._low, self._room)
        return form if form is not None and form.size >= _FEWEST else None

    @property
    def _natural(self) -> int:
        """How many first rows may keep what they draw, so that enough codes are left for the others."""
        return _NATURAL if self._form is None else min(_NATURAL, self._form.size // 4)

    def values(self, draw: Draw) -> pa.Array:
        """Return the text of each row's record."""
        return self._text.values(draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the text of each row's record, and one of its own where another row may say the same."""
        if not self._marked and not self._numbered and self._form is None:
            return self._text.at(index, draw)
        stream = draw.stream if self._stem.group is None else Stream(self._stem.group)
        # What a row's parents say isn't known of all the first rows at once.
        first, texts = (np.zeros(self._natural, dtype=np.bool_), ()) if self.inputs else self._first(stream)
        # The rows of a new table are numbered as its keys count; only these are known to differ by themselves.
        own = (draw.rows == index) & (index < self._natural)
        natural = own & first[np.where(own, index, 0)]
        if natural.all():
            return self._whole(draw)
        plain, at = np.flatnonzero(natural), np.flatnonzero(~natural)
        whole = self._whole(_some(draw, plain))
        if self._form is not None:
            made = self._form.codes(index[at], stream, texts)
        elif self._numbered:
            made = self._text.at(index[at], _some(draw, at))
        else:
            made = self._signed(index[at], _some(draw, at), stream)
        back = np.empty(len(index), dtype=np.int64)
        back[np.concatenate([plain, at])] = np.arange(len(index))
        return pa.concat_arrays([whole, made]).take(pa.array(back))

    def _signed(self, index: Rows, draw: Draw, stream: Stream) -> pa.Array:
        """Return the text of each row's record with a mark behind."""
        room = None if self._room is None else self._room - _MARK_ROOM
        body = cut(self._stem.fitted(0, room).drawn(draw), room)
        signs = mark(index, stream)
        if self._joint == "-":
            small = pc.utf8_lower(body)
            signs = pc.if_else(pc.equal(body, small), pc.utf8_lower(signs), signs)
        return columns.concatenated(body, self._joint, signs)

    def _whole(self, draw: Draw) -> pa.Array:
        return cut(self._stem.drawn(draw), self._room)

    def _find_first(self, stream: Stream) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], tuple[str, ...]]:
        """Tell which of the first rows say what none before them says, and what they say."""
        draw = Draw(np.arange(self._natural, dtype=np.int64), stream)
        seen: dict[str, None] = {}
        found = np.zeros(self._natural, dtype=np.bool_)
        for n, text in enumerate(self._whole(draw).to_pylist()):
            folded = text.casefold().rstrip()
            # What a mark or a number behind it tells apart must not meet a text that ends in such a thing by itself.
            alike = _MARKED.search(folded) if self._marked else self._form is None and folded[-1:].isdigit()
            if folded not in seen and not alike and len(text) >= self._low:
                seen[folded] = None
                found[n] = True
        return found, tuple(seen)


def _some(draw: Draw, at: Rows) -> Draw:
    """Return a draw for some of the rows."""
    return Draw(draw.rows[at], draw.stream, {name: values.take(pa.array(at)) for name, values in draw.inputs.items()})


_DIGITS, _FRACTION = 17, 9
"""So many digits of a number are sure to be kept in 64 bits, and so many after the point where others follow it."""


class PackNumber(Generator):
    """Numbers of a slot in what the column stores: not below ``low``, and those above ``high`` drawn again within."""

    def __init__(self, grammar: Grammar, params: Params) -> None:
        self._stem, self._figures = _SlotStem.of(grammar, params), grammar.figures(str(params.get("slot")))
        self.inputs = self._stem.inputs
        self._unit = parameters.one_of(params, "unit", ("integer", "decimal", "float"), "decimal")
        self._scale = 0 if self._unit == "integer" else parameters.count(params, "scale", self._figures.digits)
        self._factor = max(1, parameters.count(params, "factor", 1))
        low, high = span(self._figures, self._factor)
        # What 64 bits don't hold isn't counted in: digits beyond are noughts.
        widest = max(high, *(abs(Decimal(str(params.get(name, 0)))) for name in ("low", "high")))
        self._scale = max(0, min(self._scale, _FRACTION, _DIGITS - len(str(int(widest)))))
        steps = 10**self._scale
        given = (Decimal(str(params.get(name, bound))) * steps for name, bound in (("low", low), ("high", high)))
        least, most = given
        self._low = int(least.to_integral_value(ROUND_CEILING))
        self._high = max(self._low, int(most.to_integral_value(ROUND_FLOOR)))
        self._overlap = high * steps >= self._low
        self.capacity = self._high - self._low + 1

    def values(self, draw: Draw) -> pa.Array:
        """Return the number of each row's record."""
        units = self._figures.drawn(self._stem.over(draw)) * self._factor
        digits = self._scale - self._figures.digits
        units = units * 10**digits if digits >= 0 else (units + 10**-digits // 2) // 10**-digits
        if self._overlap:
            # What would be too little is the least, such as a fee of nothing where there must be some.
            units = np.maximum(units, self._low)
        outside = (units < self._low) | (units > self._high)
        if outside.any():
            width = min(self._high - self._low + 1, 1 << 32)
            units = np.where(outside, self._low + draw.below(width, "outside"), units)
        return stored(units, self._scale, self._unit)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers from the lowest up."""
        return stored(self._low + index, self._scale, self._unit)


def span(figures: Figures, factor: int = 1) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest number of a slot."""
    unit = Decimal(10) ** figures.digits
    return figures.low * factor / unit, figures.high * factor / unit


class PackDocument(Generator):
    """JSON documents of a record."""

    def __init__(self, grammar: Grammar, params: Params) -> None:
        self._stem = _SlotStem.of(grammar, params)
        self.inputs = self._stem.inputs

    def values(self, draw: Draw) -> pa.Array:
        """Return the document of each row's record."""
        return self._stem.drawn(draw)


class PackChoice(Generator):
    """Which of the values that a column may have each row's record stands for."""

    def __init__(self, grammar: Grammar, params: Params) -> None:
        slot = str(params.get("slot"))
        values = list(map(str, _lists(params).get(slot, ())))
        self._stem = _SlotStem.of(grammar, params)
        self.inputs = self._stem.inputs
        found = said(grammar.record, slot, values)
        self._texts, self._told = pa.array(list(found.texts), pa.string()), list(found.texts.values())
        numbers = {value: number for number, value in enumerate(values)}
        self._by_text = np.array([numbers[value] for value in self._told] or [0], dtype=np.int64)
        self._by_leaf = np.array([numbers.get(value or "", 0) for value in found.leaves], dtype=np.int64)
        self._values = pa.array(values, pa.string())

    def values(self, draw: Draw) -> pa.Array:
        """Return the value of each row's record."""
        over = self._stem.over(draw)
        number = self._by_leaf[over.leaf]
        if self._told:
            place = pc.index_in(self._stem.drawn(draw), value_set=self._texts)
            known = place.fill_null(-1).to_numpy(zero_copy_only=False)
            number = np.where(known >= 0, self._by_text[np.maximum(known, 0)], number)
        return columns.dictionary(self._values, number)


def _lists(params: Params) -> Mapping[str, Sequence[str]]:
    """Return the lists that a record is confined to."""
    given = params.get("within") or {}
    if not isinstance(given, Mapping):
        raise parameters.wrong("within", "lists of values by slot", given)
    return given


def register(registry: Registry) -> None:
    """Register the kinds that draw from the registry's packs."""
    grammars: dict[str, Grammar] = {}

    def building(make: Callable[[Grammar, Params], Generator]) -> Callable[[Params], Generator]:
        def build(params: Params) -> Generator:
            return make(grammar(params), params)

        return build

    def grammar(params: Params) -> Grammar:
        name, record = str(params.get("pack")), str(params.get("record"))
        topics, lists = tuple(map(str, params.get("topics") or ())), _lists(params)
        in_order = bool(params.get("in_order"))
        within = {slot: list(values) for slot, values in lists.items()}
        known = codec.dumps([name, record, list(topics), within, in_order])
        if known not in grammars:
            pack = registry.packs.pack(name)
            parameters.one_of(params, "record", tuple(pack.records), "")
            grammars[known] = Grammar(confined(narrowed(pack, record, topics), lists), in_order=in_order)
        found = grammars[known]
        parameters.one_of(params, "slot", tuple(found.record.leaves[0].slots), "")
        return found

    numbers = {
        "low": "the lowest value",
        "high": "the highest value",
        "scale": "digits after the point",
        "unit": "what the column stores: integer, decimal or float",
        "factor": "what numbers are multiplied with, such as 100 for cents",
        "share": "which part of which slot the numbers are, in percent, for the planner",
    }
    registry.register(
        in_tongues(
            ValueKind(
                "pack.text", "texts of a data pack", building(PackText), {**ADDRESS, **LENGTHS, **GROUP}, text=True
            )
        )
    )
    registry.register(
        ValueKind("pack.number", "numbers of a data pack", building(PackNumber), {**ADDRESS, **numbers, **GROUP})
    )
    registry.register(
        ValueKind(
            "pack.choice", "the one of a column's values that a data pack's record is", building(PackChoice),
            {**ADDRESS, **GROUP},
        )
    )  # fmt: skip
    registry.register(
        ValueKind("pack.document", "documents of a data pack", building(PackDocument), {**ADDRESS, **GROUP})
    )
