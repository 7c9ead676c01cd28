"""A slot's templates as texts: all rows at once, whatever template each of them draws.

Texts are kept as codes into a pool for as long as they can be. A template's own texts, and those of its slots, stand in
one pool, so that a row is a line of codes, and all rows are written in one pass. A slot is asked once for all rows that
need it, wherever in their templates it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.packs.pack import Options
from seedfast.packs.template import Number, Ref, Template
from seedfast.rng import Rows, Stream, Words, scale, skewed
from seedfast.values import columns
from seedfast.values.kind import Draw
from seedfast.values.semantic.codes import CodeGenerator

if TYPE_CHECKING:
    from seedfast.values.grammar import Grammar, Rowset

_HALF = np.uint64(32)
_WIDE = 1 << 32
_MOST_WEIGHT = 4000
_DRAWS = 5
_NONE = Options((Template(("",)),))


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text for each row, as codes into a pool; without ``codes`` the pool has a line a row."""

    pool: pa.Array
    codes: Rows | None = None

    @property
    def texts(self) -> pa.Array:
        """The texts, one a row."""
        return self.pool if self.codes is None else self.pool.take(pa.array(self.codes))

    def only(self, at: Rows) -> Spelled:
        """Return the texts of some of the rows."""
        return Spelled(self.pool, at if self.codes is None else self.codes[at])


class Texts:
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
        texts = [template.literal for template in numbers]
        self._plain = None if None in texts else pa.array(texts, pa.string())
        self._filtered: dict[tuple[str, ...], pa.Array] = {}
        if self._plain is None:
            self._compile([_split(template) for template in numbers])

    def _compile(self, split: Sequence[list[tuple[str, Ref | None]]]) -> None:
        """Write templates as lines of codes: texts at even places, and at odd ones room for what stands behind them."""
        literals: dict[str, int] = {"": 0}
        longest = max(map(len, split))
        self._lines = np.zeros((len(split), 2 * longest), dtype=np.int64)
        behind: list[list[Ref | None]] = [[None] * len(split) for _ in range(longest)]
        for number, pieces in enumerate(split):
            for n, (text, ref) in enumerate(pieces):
                self._lines[number, 2 * n] = literals.setdefault(text, len(literals))
                behind[n][number] = ref
        self._literals = pa.array(list(literals), pa.string())
        self._places = [_Place(f"{self._slot} {n}", refs) for n, refs in enumerate(behind)]

    def drawn(self, over: Rowset, nth: int, *, last: bool = False) -> Spelled:
        """Return the text of each row; the second and further draws differ from the first as far as they can."""
        start, count = self._start[over.leaf], self._count[over.leaf]
        word = over.stream.child(self._slot).words(over.rows)
        flat = self._flat[over.leaf]
        pick = below(word, count, flat)
        if nth > 1:
            # Further draws follow one another at a distance from the first that the row draws.
            distance = below(over.stream.child(f"{self._slot}#").words(over.rows), np.maximum(count - _DRAWS, 1), flat)
            pick = (pick + distance + nth - 1) % count
        if last:
            pick = count - 1
        code = self._table[start + pick]
        return Spelled(self._written(over, code)) if self._plain is None else Spelled(self._plain, code)

    def filtered(self, spelled: Spelled, filters: tuple[str, ...]) -> Spelled:
        """Return the slot's texts through filters, each text of a pool once."""
        if spelled.pool is not self._plain or not filters:
            return Spelled(through(spelled.pool, filters), spelled.codes)
        if filters not in self._filtered:
            self._filtered[filters] = through(spelled.pool, filters)
        return Spelled(self._filtered[filters], spelled.codes)

    def _written(self, over: Rowset, code: Rows) -> pa.Array:
        """Return what the rows' templates say."""
        lines = self._lines[code]
        pools, size = [self._literals], len(self._literals)
        asked: dict[tuple[str, int], list[tuple[Rows, int, tuple[str, ...]]]] = {}
        for column, place in enumerate(self._places):
            for at, source, which in place.sources(code):
                if isinstance(source, Ref) and source.name:
                    asked.setdefault((source.name, source.nth), []).append((at, 2 * column + 1, source.filters))
                    continue
                text = place.text(source, which, over.rows[at], over.stream)
                lines[at, 2 * column + 1] = size + np.arange(len(at))
                pools.append(text)
                size += len(text)
        for (name, nth), wanted in asked.items():
            needed = np.zeros(len(code), dtype=np.bool_)
            for at, _, _ in wanted:
                needed[at] = True
            rows = np.flatnonzero(needed)
            spelled = self._grammar.spelled(name, nth, over if len(rows) == len(code) else over.only(rows))
            for filters in dict.fromkeys(filters for _, _, filters in wanted):
                made = self._grammar.filtered(name, spelled, filters)
                codes = np.empty(len(code), dtype=np.int64)
                codes[rows] = size + (np.arange(len(rows)) if made.codes is None else made.codes)
                for at, column, through in wanted:
                    if through == filters:
                        lines[at, column] = codes[at]
                pools.append(made.pool)
                size += len(made.pool)
        return columns.woven(pa.concat_arrays(pools), lines)


class _Place:
    """One place of a slot's templates: what stands there in each of them."""

    def __init__(self, where: str, refs: Sequence[Ref | None]) -> None:
        self._where = where
        groups: dict[object, dict[Ref, int]] = {}
        self._group, self._which = np.full(len(refs), -1, dtype=np.int16), np.zeros(len(refs), dtype=np.int64)
        for template, ref in enumerate(refs):
            if ref is not None:
                group = groups.setdefault(_alike(ref), {})
                self._group[template] = list(groups).index(_alike(ref))
                self._which[template] = group.setdefault(ref, len(group))
        self._sources: list[Ref | _Numbers] = [
            _Numbers(list(group)) if next(iter(group)).number is not None else next(iter(group))
            for group in groups.values()
        ]

    def sources(self, code: Rows) -> Iterator[tuple[Rows, Ref | _Numbers, Rows]]:
        """Yield what the rows' templates ask for, with the rows that do, and which of several numbers each asks for."""
        if not self._sources:
            return
        group = self._group[code]
        for number, source in enumerate(self._sources):
            at = np.flatnonzero(group == number)
            if at.size:
                yield at, source, self._which[code[at]]

    def text(self, source: Ref | _Numbers, which: Rows, rows: Rows, stream: Stream) -> pa.Array:
        """Return codes or numbers that are drawn on the spot."""
        if isinstance(source, _Numbers):
            return source.text(which, stream.child(self._where).words(rows))
        assert source.code is not None
        made = _code(source.code).values(Draw(rows, stream.child(f"{self._where} {source.code}")))
        return through(made, source.filters)


def _alike(ref: Ref) -> object:
    """Return what slots at one place share that are asked for together: numbers that are written alike."""
    if ref.number is None or _steps(ref.number) > _WIDE:
        return ref
    return ref.number.digits, ref.filters


@cache
def _code(pattern: str) -> CodeGenerator:
    return CodeGenerator(pattern)


class _Numbers:
    """Ranges that are written alike."""

    def __init__(self, refs: Sequence[Ref]) -> None:
        numbers = [ref.number for ref in refs if ref.number is not None]
        self._low = np.array([_units(number)[0] for number in numbers], dtype=np.int64)
        self._step = np.array([_units(number)[2] for number in numbers], dtype=np.int64)
        self._few = np.array([number.few for number in numbers])
        self._steps = [_steps(number) for number in numbers]
        self._digits, self._filters = numbers[0].digits, refs[0].filters

    def text(self, which: Rows, words: Words) -> pa.Array:
        """Return the number that each word draws from its range."""
        if max(self._steps) > _WIDE:
            steps = (skewed if self._few[0] else scale)(words, self._steps[0])
        else:
            steps = below(words, np.array(self._steps, dtype=np.int64)[which], ~self._few[which])
        return through(
            columns.decimal_text(self._low[which] + steps * self._step[which], self._digits), self._filters, bare=True
        )


def _units(number: Number) -> tuple[int, int, int]:
    unit = 10**number.digits
    return int(number.low * unit), int(number.high * unit), int((number.step or Decimal(1) / unit) * unit) or 1


def _steps(number: Number) -> int:
    low, high, step = _units(number)
    return (high - low) // step + 1


def _times(weights: tuple[int, ...], codes: list[int]) -> list[int]:
    """Return how often each option stands in a table that is drawn from evenly."""
    if not weights:
        return [1] * len(codes)
    common = gcd(*weights)
    reduced = [weight // common for weight in weights]
    total = sum(reduced)
    return reduced if total <= _MOST_WEIGHT else [max(1, one * _MOST_WEIGHT // total) for one in reduced]


def below(words: Words, bounds: Rows, flat: npt.NDArray[np.bool_]) -> Rows:
    """Return numbers below bounds of below 2**31, the low ones more often where not ``flat``."""
    half = words >> _HALF
    position = np.where(flat, half, (half * half) >> _HALF)
    return ((position * bounds.astype(np.uint64)) >> _HALF).astype(np.int64)


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


def through(text: pa.Array, filters: Sequence[str], *, bare: bool = False) -> pa.Array:
    """Return texts through filters, one after another; ``bare`` ones are no strings in JSON."""
    for one in filters:
        text = filtered(text, one, bare=bare)
    return text


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
