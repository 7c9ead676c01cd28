"""A pack's record as arrays: for any rows the kinds of thing that they are, and the text or number of any slot.

The leaves of a record's tree stand in one table; a slot's templates, of all leaves, in another. A row draws a leaf,
then a template among its leaf's, and every slot of the template in the same way, so slots that two columns share agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.packs.pack import Record
from seedfast.packs.sorts import Naming
from seedfast.packs.template import Number
from seedfast.rng import Permutation, Rows, Stream, Words
from seedfast.values import columns
from seedfast.values.templates import Spelled, Texts, below, through

_HALF = np.uint64(32)
_MOST_NAMED = 1 << 14
_ZERO = Number(Decimal(0), Decimal(0))

Leaves = tuple[int, ...]
"""Leaves of a record by their numbers, ascending."""


@dataclass(frozen=True, slots=True)
class Rowset:
    """Rows, the leaf of each, and the stream that all slots of the record draw from.

    ``said`` is what slots hold by what a row's parents are called, NULL where they have none. What has been made of the
    rows is kept: slots draw from one another, and so do the columns of a table.
    """

    rows: Rows
    leaf: Rows
    stream: Stream
    said: Mapping[str, pa.Array] = field(default_factory=dict)
    of: tuple[Rowset, Rows] | None = None
    texts: dict[tuple[str, int], Spelled] = field(default_factory=dict)
    figures: dict[str, Rows] = field(default_factory=dict)

    def only(self, at: Rows) -> Rowset:
        """Return some of the rows."""
        said = {slot: texts.take(pa.array(at)) for slot, texts in self.said.items()}
        return Rowset(self.rows[at], self.leaf[at], self.stream, said, (self, at))

    def spelled(self, slot: str, nth: int) -> Spelled | None:
        """Return the texts of a slot where they have been written before, for these rows or for all of them."""
        if self.of is None or (slot, nth) in self.texts:
            return self.texts.get((slot, nth))
        whole, at = self.of
        known = whole.spelled(slot, nth)
        return None if known is None else known.only(at)

    def figure(self, slot: str) -> Rows | None:
        """Return the numbers of a slot where they have been drawn before, for these rows or for all of them."""
        if self.of is None or slot in self.figures:
            return self.figures.get(slot)
        whole, at = self.of
        known = whole.figure(slot)
        return None if known is None else known[at]

    def alike(self, rows: Rows, stream: Stream, said: Mapping[str, pa.Array]) -> bool:
        """Tell whether the rows are these, and are said to be the same."""
        return (
            self.stream == stream
            and np.array_equal(self.rows, rows)
            and self.said.keys() == said.keys()
            and all(texts.equals(said[slot]) for slot, texts in self.said.items())
        )


class Grammar:
    """A record, compiled; slots are compiled when they are first asked for."""

    def __init__(self, record: Record, *, in_order: bool = False) -> None:
        self.record = record
        self._in_order = in_order
        self._texts: dict[str, Texts] = {}
        self._figures: dict[str, Figures] = {}
        self._numeric: dict[str, bool] = {}
        self._latest: Rowset | None = None
        total = sum(leaf.share for leaf in record.leaves)
        ends, seen = [], 0
        for leaf in record.leaves:
            seen += leaf.share
            ends.append(seen * (1 << 32) // total)
        self._ends = np.array(ends, dtype=np.uint64)
        self._naming: dict[str, _Naming] = {}
        self._shares: dict[tuple[Leaves, ...], tuple[Rows, Words]] = {}

    def drawn(self, rows: Rows, stream: Stream, said: Mapping[str, pa.Array] | None = None) -> Rowset:
        """Return rows with their leaves: where slots are ``said`` to be something, leaves that this names."""
        # Other threads may draw, too, so that what was latest a moment ago need not be it any more.
        latest = self._latest
        if latest is None or not latest.alike(rows, stream, said or {}):
            latest = self._latest = self._drawn(rows, stream, said or {})
        return latest

    def _drawn(self, rows: Rows, stream: Stream, said: Mapping[str, pa.Array]) -> Rowset:
        count = len(self.record.leaves)
        if count == 1:
            leaf = np.zeros(len(rows), dtype=np.int64)
        elif self.record.listed:
            leaf = rows % count
            leaf = leaf if self._in_order else Permutation(stream.child("@leaf").key, count).forward(leaf)
        else:
            word = stream.child("@leaf").words(rows) >> _HALF
            leaf = self._among(word, said) if said else np.searchsorted(self._ends, word, side="right").astype(np.int64)
        return Rowset(rows, leaf, stream, said)

    def _among(self, word: Words, said: Mapping[str, pa.Array]) -> Rows:
        """Return for each row one of the leaves that what its slots are said to be names."""
        named = [self._naming_of(slot).named(told) for slot, told in said.items()]
        group = np.zeros(len(word), dtype=np.int64)
        for sets, which in named:
            group = group * len(sets) + which
        leaf = np.empty(len(word), dtype=np.int64)
        for number in np.unique(group).tolist():
            at = np.flatnonzero(group == number)
            chosen = []
            for sets, _ in reversed(named):
                number, place = divmod(number, len(sets))
                chosen.append(sets[place])
            leaves, shares = self._common(tuple(reversed(chosen)))
            leaf[at] = leaves[np.searchsorted(shares, word[at], side="right")]
        return leaf

    def _naming_of(self, slot: str) -> _Naming:
        if slot not in self._naming:
            self._naming[slot] = _Naming(self.record, slot)
        return self._naming[slot]

    def _common(self, named: tuple[Leaves, ...]) -> tuple[Rows, Words]:
        """Return the leaves that all of some sets have, as far as they have any, and where the part of each ends."""
        known = self._shares.get(named)
        if known is None:
            leaves = set(range(len(self.record.leaves)))
            for each in named:
                leaves = leaves.intersection(each) or leaves
            numbers = np.array(sorted(leaves), dtype=np.int64)
            shares = [self.record.leaves[number].share for number in numbers.tolist()]
            total, seen, ends = sum(shares), 0, []
            for share in shares:
                seen += share
                ends.append(seen * (1 << 32) // total)
            if len(self._shares) >= _MOST_NAMED:
                self._shares.clear()
            known = self._shares[named] = numbers, np.array(ends, dtype=np.uint64)
        return known

    def is_number(self, slot: str) -> bool:
        """Tell whether a slot holds numbers."""
        if slot not in self._numeric:
            one = next(leaf.slots[slot] for leaf in self.record.leaves if slot in leaf.slots)
            self._numeric[slot] = isinstance(one, Number)
        return self._numeric[slot]

    def text(self, slot: str, over: Rowset, *, last: bool = False) -> pa.Array:
        """Return a slot's text in each row; ``last`` takes the last of a leaf's templates, the shortest by custom."""
        return self.spelled(slot, 1, over, last=last).texts

    def spelled(self, slot: str, nth: int, over: Rowset, *, last: bool = False) -> Spelled:
        """Return the text of each row's ``nth`` draw of a slot."""
        if last:
            return self._spelled(slot, nth, over, last=True)
        known = over.spelled(slot, nth)
        if known is None:
            known = over.texts[slot, nth] = self._spelled(slot, nth, over)
        return known

    def _spelled(self, slot: str, nth: int, over: Rowset, *, last: bool = False) -> Spelled:
        if self.is_number(slot):
            figures = self.figures(slot)
            return Spelled(columns.decimal_text(figures.drawn(over), figures.digits))
        made = self._of(slot).drawn(over, nth, last=last)
        if slot in over.said and nth == 1:
            return Spelled(pc.coalesce(over.said[slot], made.texts))
        return made

    def filtered(self, slot: str, spelled: Spelled, filters: tuple[str, ...]) -> Spelled:
        """Return a slot's texts through filters."""
        if not filters:
            return spelled
        if self.is_number(slot):
            # A number is a number in a document, too.
            return Spelled(through(spelled.pool, filters, bare=True))
        return self._of(slot).filtered(spelled, filters)

    def _of(self, slot: str) -> Texts:
        if slot not in self._texts:
            self._texts[slot] = Texts(self, slot)
        return self._texts[slot]

    def figures(self, slot: str) -> Figures:
        """Return a slot of numbers, compiled."""
        if slot not in self._figures:
            self._figures[slot] = Figures(self, slot)
        return self._figures[slot]


class _Naming:
    """Which leaves the texts of a column name, where they stand for a slot."""

    def __init__(self, record: Record, slot: str) -> None:
        self._naming = Naming(record, slot)
        self._every: Leaves = tuple(range(len(record.leaves)))
        self._known: dict[str, Leaves] = {}
        spelt = {
            form for word in self._naming.words for form in (word, word[:-1] + "ies" if word.endswith("y") else word)
        }
        # What holds none of these letters in a row names nothing, and need not be read; others may, and are.
        self._hint = "|".join([*sorted(map(re.escape, spelt)), r"[^\x00-\x7f]"])

    def named(self, told: pa.Array) -> tuple[list[Leaves], Rows]:
        """Return sets of leaves, the first of them all leaves, and which of the sets each text names."""
        encoded = told.dictionary_encode()
        texts = encoded.dictionary
        sets: dict[Leaves, int] = {self._every: 0}
        which = np.zeros(len(texts) + 1, dtype=np.int64)
        hinted = pc.match_substring_regex(texts, self._hint, ignore_case=True)
        at = np.flatnonzero(hinted.to_numpy(zero_copy_only=False))
        for place, text in zip(at.tolist(), texts.take(pa.array(at)).to_pylist(), strict=True):
            which[place] = sets.setdefault(self._leaves(text), len(sets))
        # Those that are told nothing stand last.
        return list(sets), which[encoded.indices.fill_null(len(texts)).to_numpy()]

    def _leaves(self, text: str) -> Leaves:
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _MOST_NAMED:
                self._known.clear()
            known = self._known[text] = self._naming.leaves(text)
        return known


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
        # A range of more steps than a draw tells apart goes in larger ones.
        self._step *= ((self._high - self._low) // self._step >> 31) + 1
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
        known = over.figure(self._slot)
        if known is None:
            known = over.figures[self._slot] = self._drawn(over)
        return known

    def _drawn(self, over: Rowset) -> Rows:
        leaf = over.leaf
        word = over.stream.child(self._slot).words(over.rows)
        low, step = self._low[leaf], self._step[leaf]
        steps = (self._high[leaf] - low) // step + 1
        units: Rows = low + below(word, steps, ~self._few[leaf]) * step
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
            end = self._ends[start + below(ending, count, np.ones(len(ended), dtype=np.bool_))]
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
