"""A pack's record as arrays: for any rows the kinds of thing that they are, and the text or number of any slot.

The leaves of a record's tree stand in one table; a slot's templates, of all leaves, in another. A row draws a leaf,
then a template among its leaf's, and every slot of the template in the same way, so slots that two columns share agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import gcd
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.packs.pack import Options, Record
from seedfast.packs.sorts import Naming
from seedfast.packs.template import Number, Ref, Template
from seedfast.rng import Permutation, Rows, Stream, Words, scale, skewed
from seedfast.values import columns
from seedfast.values.kind import Draw
from seedfast.values.semantic.codes import CodeGenerator

_HALF = np.uint64(32)
_MOST_WEIGHT = 4000
_DRAWS = 5
_MOST_NAMED = 1 << 14
_NONE = Options((Template(("",)),))
_ZERO = Number(Decimal(0), Decimal(0))
_BLANK = pa.scalar("", pa.string())


@dataclass(frozen=True, slots=True)
class Rowset:
    """Rows, the leaf of each, and the stream that all slots of the record draw from.

    ``said`` is what slots hold by what a row's parents are called, NULL where they have none.
    """

    rows: Rows
    leaf: Rows
    stream: Stream
    said: Mapping[str, pa.Array] = field(default_factory=dict)

    def only(self, at: Rows) -> Rowset:
        """Return some of the rows."""
        said = {slot: texts.take(pa.array(at)) for slot, texts in self.said.items()}
        return Rowset(self.rows[at], self.leaf[at], self.stream, said)


class Grammar:
    """A record, compiled; slots are compiled when they are first asked for."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._texts: dict[str, _Texts] = {}
        self._figures: dict[str, Figures] = {}
        total = sum(leaf.share for leaf in record.leaves)
        ends, seen = [], 0
        for leaf in record.leaves:
            seen += leaf.share
            ends.append(seen * (1 << 32) // total)
        self._ends = np.array(ends, dtype=np.uint64)
        self._naming: dict[str, Naming] = {}
        self._named: dict[tuple[tuple[str, str], ...], tuple[Rows, Words]] = {}

    def drawn(self, rows: Rows, stream: Stream, said: Mapping[str, pa.Array] | None = None) -> Rowset:
        """Return rows with their leaves: where slots are ``said`` to be something, leaves that this names."""
        count = len(self.record.leaves)
        if count == 1:
            leaf = np.zeros(len(rows), dtype=np.int64)
        elif self.record.listed:
            leaf = Permutation(stream.child("@leaf").key, count).forward(rows % count)
        else:
            word = stream.child("@leaf").words(rows) >> _HALF
            leaf = self._among(word, said) if said else np.searchsorted(self._ends, word, side="right").astype(np.int64)
        return Rowset(rows, leaf, stream, said or {})

    def _among(self, word: Words, said: Mapping[str, pa.Array]) -> Rows:
        """Return for each row one of the leaves that what its slots are said to be names."""
        group, texts = np.zeros(len(word), dtype=np.int64), []
        for slot, told in said.items():
            encoded = told.dictionary_encode()
            group = group * (len(encoded.dictionary) + 1) + encoded.indices.fill_null(-1).to_numpy() + 1
            texts.append([None, *((slot, text) for text in encoded.dictionary.to_pylist())])
        leaf = np.empty(len(word), dtype=np.int64)
        order = np.argsort(group, kind="stable")
        found, first = np.unique(group[order], return_index=True)
        ends = [*first[1:].tolist(), len(order)]
        for number, begin, end in zip(found.tolist(), first.tolist(), ends[: len(found)], strict=True):
            at = order[begin:end]
            named = []
            for each in reversed(texts):
                number, place = divmod(number, len(each))
                named.append(each[place])
            leaves, shares = self._called(tuple(one for one in reversed(named) if one is not None))
            leaf[at] = leaves[np.searchsorted(shares, word[at], side="right")]
        return leaf

    def _called(self, said: tuple[tuple[str, str], ...]) -> tuple[Rows, Words]:
        """Return the leaves that all of some slots' texts name, and where the part of each ends."""
        if said not in self._named:
            leaves = set(range(len(self.record.leaves)))
            for slot, text in said:
                if slot not in self._naming:
                    self._naming[slot] = Naming(self.record, slot)
                leaves = leaves.intersection(self._naming[slot].leaves(text)) or leaves
            numbers = np.array(sorted(leaves), dtype=np.int64)
            shares = [self.record.leaves[number].share for number in numbers.tolist()]
            total, seen, ends = sum(shares), 0, []
            for share in shares:
                seen += share
                ends.append(seen * (1 << 32) // total)
            if len(self._named) >= _MOST_NAMED:
                self._named.clear()
            self._named[said] = numbers, np.array(ends, dtype=np.uint64)
        return self._named[said]

    def is_number(self, slot: str) -> bool:
        """Tell whether a slot holds numbers."""
        return isinstance(next(leaf.slots[slot] for leaf in self.record.leaves if slot in leaf.slots), Number)

    def text(self, slot: str, over: Rowset, *, last: bool = False) -> pa.Array:
        """Return a slot's text in each row; ``last`` takes the last of a leaf's templates, the shortest by custom."""
        return self._resolved(Ref(slot), over, last=last)

    def figures(self, slot: str) -> Figures:
        """Return a slot of numbers, compiled."""
        if slot not in self._figures:
            self._figures[slot] = Figures(self, slot)
        return self._figures[slot]

    def _resolved(self, ref: Ref, over: Rowset, *, last: bool = False, place: str = "") -> pa.Array:
        if ref.code is not None:
            stream = over.stream.child(f"{place} {ref.code}")
            text = CodeGenerator(ref.code).values(Draw(over.rows, stream))
        elif self.is_number(ref.name):
            figures = self.figures(ref.name)
            text = columns.decimal_text(figures.drawn(over), figures.digits)
        else:
            if ref.name not in self._texts:
                self._texts[ref.name] = _Texts(self, ref.name)
            text = self._texts[ref.name].drawn(over, ref.nth, last=last)
            if ref.name in over.said and ref.nth == 1:
                text = pc.coalesce(over.said[ref.name], text)
        for one in ref.filters:
            # A number is a number in a document, too.
            text = filtered(text, one, bare=ref.code is None and self.is_number(ref.name))
        return text


class _Texts:
    """The templates of a slot: those of leaf n are ``table[start[n] : start[n] + count[n]]``."""

    def __init__(self, grammar: Grammar, slot: str) -> None:
        self._grammar, self._slot = grammar, slot
        numbers: dict[Template, int] = {}
        blocks: dict[int, tuple[int, int, bool]] = {}
        table: list[int] = []
        places: list[tuple[int, int, bool]] = []
        for leaf in grammar.record.leaves:
            # What a leaf doesn't have, its templates don't ask for.
            options = leaf.slots.get(slot, _NONE)
            assert isinstance(options, Options)
            if id(options) not in blocks:
                codes = [numbers.setdefault(template, len(numbers)) for template in options.templates]
                repeated = [
                    code
                    for code, times in zip(codes, _times(options.weights, codes), strict=True)
                    for _ in range(times)
                ]
                blocks[id(options)] = len(table), len(repeated), bool(options.weights)
                table += repeated
            places.append(blocks[id(options)])
        self._start, self._count = (np.array([place[n] for place in places], dtype=np.int64) for n in (0, 1))
        self._flat = np.array([place[2] for place in places], dtype=np.bool_)
        self._table = np.array(table, dtype=np.int64)
        self._templates = list(numbers)

    @cached_property
    def _plain(self) -> pa.Array | None:
        texts = [template.literal for template in self._templates]
        return None if None in texts else pa.array(texts, pa.string())

    @cached_property
    def _pieces(self) -> list[tuple[pa.Array, Rows, list[Ref]]]:
        """For each place of a template: the texts before it, which slot it is (-1 for none), the slots there are."""
        longest = max(len(template.refs) for template in self._templates)
        made = []
        split = [_split(template) for template in self._templates]
        for n in range(longest + 1):
            texts = [one[n][0] if n < len(one) else "" for one in split]
            refs: dict[Ref, int] = {}
            here = [one[n][1] if n < len(one) else None for one in split]
            codes = [-1 if ref is None else refs.setdefault(ref, len(refs)) for ref in here]
            made.append((pa.array(texts, pa.string()), np.array(codes, dtype=np.int64), list(refs)))
        return made

    def drawn(self, over: Rowset, nth: int, *, last: bool = False) -> pa.Array:
        """Return the text of each row; the second and further draws differ from the first as far as they can."""
        if not len(over.rows):
            return pa.array([], pa.string())
        start, count = self._start[over.leaf], self._count[over.leaf]
        word = over.stream.child(self._slot).words(over.rows)
        flat = self._flat[over.leaf]
        pick = _below(word, count, flat)
        if nth > 1:
            # Further draws follow one another at a distance from the first that the row draws.
            distance = _below(over.stream.child(f"{self._slot}#").words(over.rows), np.maximum(count - _DRAWS, 1), flat)
            pick = (pick + distance + nth - 1) % count
        if last:
            pick = count - 1
        code = self._table[start + pick]
        plain = self._plain
        if plain is not None:
            return plain.take(pa.array(code))
        parts: list[pa.Array] = []
        for n, (texts, refs, known) in enumerate(self._pieces):
            before = texts.take(pa.array(code))
            parts.append(before)
            if known:
                parts.append(self._filled(n, refs[code], known, over))
        return columns.concatenated(*parts)

    def _filled(self, place: int, refs: Rows, known: list[Ref], over: Rowset) -> pa.Array:
        """Return what the slots at one place of the rows' templates say."""
        numbers = np.flatnonzero(np.bincount(refs + 1)) - 1
        if len(numbers) == 1:
            only = int(numbers[0])
            return _nothing(len(refs)) if only < 0 else self._slot_text(place, known[only], over)
        made, order = [], []
        for number in numbers.tolist():
            at = np.flatnonzero(refs == number)
            order.append(at)
            made.append(_nothing(len(at)) if number < 0 else self._slot_text(place, known[number], over.only(at)))
        back = np.empty(len(refs), dtype=np.int64)
        back[np.concatenate(order)] = np.arange(len(refs))
        return pa.concat_arrays(made).take(pa.array(back))

    def _slot_text(self, place: int, ref: Ref, over: Rowset) -> pa.Array:
        where = f"{self._slot} {place}"
        if ref.number is None:
            return self._grammar._resolved(ref, over, place=where)
        low, high, step = _units(ref.number)
        word = over.stream.child(where).words(over.rows)
        steps = scale(word, (high - low) // step + 1) if not ref.number.few else skewed(word, (high - low) // step + 1)
        text = columns.decimal_text(low + steps * step, ref.number.digits)
        for one in ref.filters:
            text = filtered(text, one, bare=True)
        return text


class Figures:
    """A slot of numbers in whole units of 10 ** -``digits``; ``low`` and ``high`` bound those of all leaves."""

    def __init__(self, grammar: Grammar, slot: str) -> None:
        self._grammar, self._slot = grammar, slot
        numbers = [leaf.slots.get(slot, _ZERO) for leaf in grammar.record.leaves]
        given: list[Number] = [number for number in numbers if isinstance(number, Number)]
        self._bases = sorted({number.of for number in given if number.of})
        self.digits = max(number.digits for number in given)
        for base in self._bases:
            self.digits = max(self.digits, grammar.figures(base).digits)
        unit = 10**self.digits
        percent = np.array([number.of is not None for number in given])
        self._percent = percent
        factor = [100 if number.of else unit for number in given]
        self._low = np.array([int(n.low * f) for n, f in zip(given, factor, strict=True)], dtype=np.int64)
        self._high = np.array([int(n.high * f) for n, f in zip(given, factor, strict=True)], dtype=np.int64)
        self._step = np.array([int((n.step or Decimal(1) / unit) * unit) or 1 for n in given], dtype=np.int64)
        self._step[percent] = 1
        self._few = np.array([number.few or bool(number.ends) for number in given])
        ends = [tuple(int(end * unit) for end in number.ends) for number in given]
        self._ends = np.array([end for listed in ends for end in listed] or [0], dtype=np.int64)
        sizes = np.array([len(listed) for listed in ends], dtype=np.int64)
        self._end_count, self._end_start = sizes, np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        self._base = [self._bases.index(number.of) if number.of else -1 for number in given]
        self.low, self.high = self._bounds(grammar)

    def _bounds(self, grammar: Grammar) -> tuple[int, int]:
        lows, highs = [], []
        for n, base in enumerate(self._base):
            if base < 0:
                lows.append(int(self._low[n]))
                highs.append(int(self._high[n]))
            else:
                of = grammar.figures(self._bases[base])
                factor = 10 ** (self.digits - of.digits)
                lows.append(of.low * factor * int(self._low[n]) // 10_000)
                highs.append(of.high * factor * int(self._high[n]) // 10_000 + 10**self.digits)
        return min(lows), max(highs)

    def drawn(self, over: Rowset) -> Rows:
        """Return the number of each row, in units."""
        leaf = over.leaf
        word = over.stream.child(self._slot).words(over.rows)
        low, step = self._low[leaf], self._step[leaf]
        steps = (self._high[leaf] - low) // step + 1
        units: Rows = low + _below(word, steps, ~self._few[leaf]) * step
        base_units = np.zeros_like(units)
        for number, base in enumerate(self._bases):
            at = np.flatnonzero(np.array(self._base, dtype=np.int64)[leaf] == number)
            if at.size:
                of = self._grammar.figures(base)
                whole = of.drawn(over.only(at)) * 10 ** (self.digits - of.digits)
                base_units[at] = whole
                units[at] = whole * units[at] // 10_000
        ended = np.flatnonzero(self._end_count[leaf] > 0)
        if ended.size:
            unit = 10**self.digits
            count, start = self._end_count[leaf[ended]], self._end_start[leaf[ended]]
            ending = over.stream.child(f"{self._slot} ending").words(over.rows[ended])
            end = self._ends[start + _below(ending, count, np.ones(len(ended), dtype=np.bool_))]
            priced = units[ended] // unit * unit + end
            units[ended] = self._kept(priced, units[ended], leaf[ended], base_units[ended])
        return units

    def _kept(self, priced: Rows, units: Rows, leaf: Rows, base: Rows) -> Rows:
        """Return prices with their endings where these leave them in their range, one unit off or as they were
        where they don't: a reduced price is below the price that it reduces.
        """
        unit = 10**self.digits
        share = self._percent[leaf]
        low = np.where(share, base * self._low[leaf] // 10_000, self._low[leaf])
        high = np.where(share, base * self._high[leaf] // 10_000, self._high[leaf])
        kept = units
        for moved in (priced + unit, priced - unit, priced):
            kept = np.where((moved >= low) & (moved <= high), moved, kept)
        return kept


def _units(number: Number) -> tuple[int, int, int]:
    unit = 10**number.digits
    return int(number.low * unit), int(number.high * unit), int((number.step or Decimal(1) / unit) * unit) or 1


def _times(weights: tuple[int, ...], codes: list[int]) -> list[int]:
    """Return how often each option stands in a table that is drawn from evenly."""
    if not weights:
        return [1] * len(codes)
    common = gcd(*weights)
    reduced = [weight // common for weight in weights]
    total = sum(reduced)
    return reduced if total <= _MOST_WEIGHT else [max(1, one * _MOST_WEIGHT // total) for one in reduced]


def _below(words: Words, bounds: Rows, flat: np.ndarray[Any, np.dtype[np.bool_]]) -> Rows:
    """Return numbers below bounds of below 2**31, the low ones more often where not ``flat``."""
    half = words >> _HALF
    position = np.where(flat, half, (half * half) >> _HALF)
    return ((position * bounds.astype(np.uint64)) >> _HALF).astype(np.int64)


def _nothing(count: int) -> pa.Array:
    return pa.repeat(_BLANK, count)


def _split(template: Template) -> list[tuple[str, Ref | None]]:
    """Return a template's slots, each behind its text; what is left of the text comes last."""
    made: list[tuple[str, Ref | None]] = []
    text = ""
    for part in template.parts:
        if isinstance(part, str):
            text += part
        else:
            made.append((text, part))
            text = ""
    return [*made, (text, None)]


def filtered(text: pa.Array, name: str, *, bare: bool = False) -> pa.Array:
    """Return texts through one of the filters that templates know; ``bare`` ones are no strings in JSON."""
    if name == "lower":
        return pc.utf8_lower(text)
    if name == "upper":
        return pc.utf8_upper(text)
    if name == "title":
        return pc.utf8_title(text)
    if name == "capital":
        return columns.concatenated(
            pc.utf8_upper(pc.utf8_slice_codeunits(text, 0, 1)), pc.utf8_slice_codeunits(text, 1)
        )
    if name == "slug":
        spelled = pc.replace_substring_regex(
            pc.replace_substring(pc.utf8_lower(_plain(text)), "'", ""), "[^a-z0-9]+", "-"
        )
        return pc.utf8_trim(spelled, "-")
    if name == "letters":
        letters = pc.replace_substring_regex(pc.utf8_upper(_plain(text)), "[^A-Z]", "")
        return pc.utf8_rpad(pc.utf8_slice_codeunits(letters, 0, 3), 3, "X")
    if name == "an":
        vowel = pc.match_substring_regex(text, "^(?:[aeioAEIO]|[uU][^n]|[uU]n[^i])")
        return columns.concatenated(pc.if_else(vowel, columns.literal("an "), columns.literal("a ")), text)
    written = columns.json_string(text)
    if name == "inside":
        return pc.utf8_slice_codeunits(written, 1, -1)
    assert name == "json"
    return text if bare else written


_ACCENTS = (*zip("éèêëäöüáàâíîóôõúñçåø", "eeeeaouaaaiiooouncao", strict=True), ("ß", "ss"), ("&", "and"))


def _plain(text: pa.Array) -> pa.Array:
    if pc.any(pc.match_substring_regex(text, "[^\\x00-\\x7f]|&")).as_py():
        for letter, plain in _ACCENTS:
            text = pc.replace_substring(pc.replace_substring(text, letter, plain), letter.upper(), plain.capitalize())
    return text
