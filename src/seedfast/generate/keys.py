"""Unique keys by counting: numbers, their digits, and the numbers that stored rows already hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast import rng
from seedfast.generate.existing import as_text
from seedfast.generate.frame import Frame
from seedfast.generate.groups import unlike
from seedfast.generate.steps import Steps
from seedfast.plan.spec import Digit, Having, KeyPlan, Pick, ReferencePlan, Share, Source, TablePlan
from seedfast.rng import Rows

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine


class Counting:
    """How the rows of a table count in one of its keys.

    ``capacity`` is the number of numbers, also where it depends on the parents' values; ``free`` how many of them no
    stored row is known to hold.
    """

    def __init__(self, engine: Engine, table: TablePlan, key: KeyPlan) -> None:
        self._engine, self._table, self._key = engine, table, key
        self._shares = key.shares or (Share((_branch(table, key),), key.radices),)
        self._parts = [_Part(engine, table, key, share) for share in self._shares]
        self._ends = np.cumsum(np.array([part.capacity for part in self._parts], dtype=np.int64))
        self.capacity = int(self._ends[-1])
        self._order = rng.Permutation(rng.key(engine.plan.seed, str(table.name), "@key", key.name), self.capacity)
        self._skipped = engine.taken(table, key)
        self._given = engine.given(table.name)
        self.columns = key.columns
        self.free = self.capacity - len(self._skipped)

    def turns(self, nth: Rows) -> Rows:
        """Return the turns of the n-th new rows: those that no stored row has taken, in order."""
        if not len(self._skipped):
            return nth
        # The n-th free turn: shift n past every taken turn at or before it.
        shifted: Rows = nth + np.searchsorted(self._skipped - np.arange(len(self._skipped)), nth, side="right")
        return shifted

    def numbers(self, rows: Rows) -> Rows:
        """Return the numbers of new rows, -1 beyond the last."""
        for reference in self._table.references:
            if reference.per_parent and reference.digit and reference.digit.key == self._key.name:
                return self._dealt(reference, rows)
        turns = self.turns(self._given.nth(self.columns, rows))
        beyond = turns >= self.capacity
        within = np.where(beyond, 0, turns)
        return np.where(beyond, -1, self._order.forward(within) if self._key.permuted else within)

    def _dealt(self, reference: ReferencePlan, rows: Rows) -> Rows:
        """Return numbers whose digit for a reference is the parent that a row is dealt to.

        The rows of a parent take one number each of those that the other digits make: columns count from 0, while
        parents of another kind begin somewhere else for each.
        """
        assert reference.digit is not None
        covering = self._engine.covering(self._table, reference)
        parent, before = covering.dealt(rows)
        start = covering.first
        radices = self._parts[0].radices
        others = math.prod(radix for n, radix in enumerate(radices) if n != reference.digit.position)
        listed = {other.digit.position for other in self._table.references if other.digit and other is not reference}
        path = (str(self._table.name), "@key", self._key.name)
        turned = rng.Stream(rng.key(self._engine.plan.seed, *path)).below(parent, max(1, others)) if listed else 0
        rest = (before + turned) % max(1, others)
        number: Rows = np.zeros(len(rows), dtype=np.int64)
        scale = 1
        for position in reversed(range(len(radices))):
            if position == reference.digit.position:
                digit = start + parent
            else:
                rest, digit = np.divmod(rest, radices[position])
            number, scale = number + digit * scale, scale * radices[position]
        return np.where(before < others, number, -1)

    def share(self, numbers: Rows) -> Rows:
        """Return which of the key's shares numbers lie in, -1 for the number -1."""
        found = np.searchsorted(self._ends, np.maximum(numbers, 0), side="right")
        return np.where(numbers < 0, -1, np.minimum(found, len(self._parts) - 1)).astype(np.int64)

    def digits(self, numbers: Rows) -> tuple[Rows, ...]:
        """Return the digits of numbers, most significant first; -1 for the number -1."""
        if len(self._parts) == 1:
            split = self._parts[0].digits(np.maximum(numbers, 0))
            return tuple(np.where(numbers < 0, -1, digit) for digit in split)
        digits = tuple(np.full(len(numbers), -1, dtype=np.int64) for _ in self._key.radices)
        share = self.share(numbers)
        for number, part in enumerate(self._parts):
            at = np.flatnonzero(share == number)
            start = int(self._ends[number]) - part.capacity
            for digit, found in zip(digits, part.digits(numbers[at] - start), strict=True):
                digit[at] = found
        return digits

    def candidates(self, columns: Sequence[str] | None = None) -> dict[str, pa.Array]:
        """Return columns, by default the key's, for the turns that new rows may come to take, in order."""
        turns = np.arange(min(self.capacity, self._table.existing + self._table.rows), dtype=np.int64)
        numbers = self._order.forward(turns) if self._key.permuted else turns
        # What doesn't make values distinct may draw on the row; to be compared, any row will do.
        branches = np.array([share.branches[0] for share in self._shares], dtype=np.int64)[
            np.maximum(self.share(numbers), 0)
        ]
        frame = _Provisional(self._engine, self._table, self._key.name, turns, self.digits(numbers), branches)
        return {name: frame.column(name) for name in columns or self._key.columns}

    def planned(self, columns: Sequence[str]) -> tuple[Rows, dict[str, pa.Array]]:
        """Return the turns of all planned rows, and columns as they will be in them."""
        counted = self._table.rows - len(self._given.complete(self.columns))
        nth = np.arange(counted, dtype=np.int64)
        turns = self.turns(nth)
        nth, turns = nth[turns < self.capacity], turns[turns < self.capacity]
        frame = Frame(self._engine, self._table, self._given.place(self.columns, nth) + self._table.existing)
        return turns, {name: frame.column(name) for name in columns}


def _branch(table: TablePlan, key: KeyPlan) -> int:
    """Return the branch that a key counts in, or for one that counts in all a branch that new rows may take."""
    if key.branch is not None:
        return key.branch
    taken = (n for n, plan in enumerate(table.branches) if plan.first is None or plan.first > table.existing)
    return next(taken, 0)


class _Part:
    """The numbers of one share of a key: ``capacity`` of them, counted from 0, with the bases of their digits."""

    def __init__(self, engine: Engine, table: TablePlan, key: KeyPlan, share: Share) -> None:
        self._engine, self._table, self._name, self._share = engine, table, key.name, share
        self._ends: Rows | None = None
        self._sizes: list[Rows] = []
        self.radices = tuple(self._radix(n, radix) for n, radix in enumerate(share.radices))
        self.capacity = math.prod(self.radices)
        self._steps = self._uneven() if key.uneven and self.capacity else None
        if 0 in share.radices:
            self._count_matching()

    def digits(self, numbers: Rows) -> tuple[Rows, ...]:
        """Return the digits of numbers, most significant first."""
        if self._steps is not None:
            return self._steps.split(numbers)
        if self._ends is None:
            return _split(numbers, self.radices)
        numbers, free = np.divmod(numbers, math.prod(self._free))
        combination = np.searchsorted(self._ends, numbers, side="right")
        start = np.where(combination > 0, self._ends[np.maximum(combination - 1, 0)], 0)
        rest = numbers - start
        inner: list[Rows] = []
        for sizes in reversed(self._sizes):
            size = np.maximum(sizes[combination], 1)
            inner.append(rest % size)
            rest = rest // size
        matched = iter(reversed(inner))
        return self._arranged(combination, free, lambda: next(matched))

    def _arranged(self, combination: Rows, free: Rows, matched: Callable[[], Rows]) -> tuple[Rows, ...]:
        """Return digits in their order, of a combination of those that decide and of one of those that don't."""
        fixed, others = iter(_split(combination, self._fixed)), iter(_split(free, self._free))
        return tuple(
            (next(fixed) if position in self._deciding else next(others)) if radix else matched()
            for position, radix in enumerate(self._share.radices)
        )

    def _uneven(self) -> Steps:
        steps, parents = self.radices
        reference = self._reference(1)
        assert reference is not None
        among = self._engine.candidates(self._table, reference)
        picked = np.arange(parents, dtype=np.int64) if among is None else among[:parents]
        ranks = np.empty(parents, dtype=np.int64)
        ranks[np.argsort(self._engine.popularity(reference.parent).inverse(picked))] = np.arange(parents)
        return Steps(steps, ranks, self._table.existing + self._table.rows)

    @property
    def _fixed(self) -> tuple[int, ...]:
        """The bases of the digits on which it depends how many parents agree."""
        return tuple(self.radices[position] for position in sorted(self._deciding))

    @property
    def _free(self) -> tuple[int, ...]:
        """The bases of the digits that go with any others."""
        planned = enumerate(self._share.radices)
        return tuple(self.radices[n] for n, radix in planned if radix and n not in self._deciding)

    @cached_property
    def _deciding(self) -> frozenset[int]:
        """The positions of digits that columns are from, which parents must agree with or lie beyond."""
        radices, table = self._share.radices, self._table
        every = frozenset(position for position, radix in enumerate(radices) if radix)
        matched = [self._reference(position) for position, radix in enumerate(radices) if not radix]
        found: set[int] = set()
        for reference in matched:
            if reference is None or reference.differs_from is not None or reference.beyond is not None:
                return every
            for name in reference.matching:
                lookup = table.lookup(name)
                if lookup is None and table.column(name).source is not Source.REFERENCE:
                    return every
                source = table.reference(lookup.reference if lookup else table.column(name).reference or "")
                if source.digit is None or source.digit.key != self._name:
                    return every
                found.add(source.digit.position)
        return every & found

    def _radix(self, position: int, radix: int) -> int:
        """Return a digit's base: fewer than the plan says where only some of the parents may be picked."""
        reference = self._reference(position)
        if reference is None or radix == 0:
            return radix
        chosen = self._engine.candidates(self._table, reference)
        return radix if chosen is None else max(0, len(chosen) - reference.passes_over)

    def _reference(self, position: int) -> ReferencePlan | None:
        digit = Digit(self._name, position)
        return next((reference for reference in self._table.references if reference.digit == digit), None)

    def _count_matching(self) -> None:
        """Count, for every combination of the other digits, the parents that agree with it."""
        outer = math.prod(self._fixed)
        combinations, none = np.arange(outer, dtype=np.int64), np.zeros(outer, dtype=np.int64)
        digits = self._arranged(combinations, none, lambda: none)
        branches = np.full(outer, self._share.branches[0], dtype=np.int64)
        frame = _Provisional(self._engine, self._table, self._name, combinations, digits, branches)
        total: Rows = np.ones(outer, dtype=np.int64)
        for position, radix in enumerate(self._share.radices):
            reference = self._reference(position)
            if radix or reference is None:
                continue
            sizes = frame.room(reference)
            self._sizes.append(sizes)
            total = total * sizes
        self._ends = np.cumsum(total)
        self.capacity = int(self._ends[-1]) * math.prod(self._free) if outer else 0


class _Provisional(Frame):
    """A frame whose digits of one key and whose branches are given, and in which nothing is left out."""

    provisional = True

    def __init__(
        self, engine: Engine, table: TablePlan, key: str, rows: Rows, digits: tuple[Rows, ...], branches: Rows
    ) -> None:
        super().__init__(engine, table, rows + table.existing)
        self._digits[key] = digits
        self._branch = branches


def _split(numbers: Rows, radices: tuple[int, ...]) -> tuple[Rows, ...]:
    digits: list[Rows] = []
    for radix in reversed(radices):
        digits.append(numbers % max(radix, 1))
        numbers = numbers // max(radix, 1)
    return tuple(reversed(digits))


def _seen(table: TablePlan, reference: ReferencePlan) -> dict[str, str]:
    """Return the columns and lookups of a row that a reference fills, each with the parent's column."""
    looked_up = {one.name: one.parent_column for one in table.lookups if one.reference == reference.name}
    filled = {one.name: one.parent_column for one in table.columns if one.reference == reference.name}
    told = {name: column for name, column in filled.items() if column is not None}
    return {**dict(zip(reference.columns, reference.parent_columns, strict=True)), **told, **looked_up}


def candidates(
    engine: Engine, table: TablePlan, reference: ReferencePlan, branch: int | None = None, *, best: bool
) -> Rows | None:
    """Return the parents that a reference may pick so that those which must match it later find a partner; with
    ``branch`` those that rows of that branch may pick.

    The ``best`` of them are those with which others could agree that need not.
    """
    if reference.pick in (Pick.HOME, Pick.EARLIER) or reference.matching or reference.block is not None:
        return None
    pairs = dict(zip(reference.columns, reference.parent_columns, strict=True))
    seen = _seen(table, reference)
    among = listed(engine, reference, branch)
    keep = np.ones(engine.total(reference.parent), dtype=bool) if among is None else among
    confined = among is not None
    for name in reference.parent_columns:
        if engine.may_be_null(reference.parent, name):
            keep &= engine.whole(reference.parent, name).is_valid().to_numpy(zero_copy_only=False)
            confined = True
    for other in sorted(table.references, key=lambda other: max(other.null_permille)):
        if other.beyond is not None and other.beyond.reference == reference.name:
            # What comes last has nothing beyond it.
            order = engine.order(other)
            followed = np.zeros(len(keep), dtype=bool)
            followed[order if other.beyond.same else order[:-1]] = True
            keep &= followed
            confined = True
        required = other.matching and not min(other.null_permille)
        if other.parent == table.name or not required or not set(other.matching) <= seen.keys():
            continue
        groups = engine.groups(other)
        found = groups.find([engine.whole(reference.parent, seen[name]) for name in other.matching])
        # One that must differ from another's pick may find that one among those that agree.
        partnered = keep & (groups.size(found) > (other.differs_from is not None))
        # What only some branches require may be more than any one parent has.
        if not max(other.null_permille) or partnered.any():
            keep, confined = partnered, True
    for other in table.references:
        # A parent with which others could agree is better than one without.
        agreeing = list(takewhile(seen.keys().__contains__, other.agreeing))
        if best and reference.digit is None and agreeing:
            groups, _ = engine.agreeing(table, other, len(agreeing))
            found = groups.find([engine.whole(reference.parent, seen[name]) for name in agreeing])
            fitting = keep & (groups.size(found) > 0)
            if fitting.any():
                keep, confined = fitting, True
    if reference.apart:
        keep, confined = _unlike(engine, reference, pairs, keep), True
    if not confined or keep.all():
        return None
    return np.flatnonzero(keep).astype(np.int64)


def listed(engine: Engine, reference: ReferencePlan, branch: int | None = None) -> npt.NDArray[np.bool_] | None:
    """Tell which parents hold what a reference's lists ask of them, in rows of a branch or in any; None for all."""
    pairs = dict(zip(reference.columns, reference.parent_columns, strict=True))
    told = [
        *(Having(pairs[name], values) for name, values in reference.allowed.items()),
        *(Having(pairs[name], values, inside=False) for name, values in reference.excluded.items()),
        *reference.having,
        *(reference.by_branch[branch] if branch is not None else ()),
    ]
    keep = np.ones(engine.total(reference.parent), dtype=bool)
    for having in sorted(told, key=lambda one: not one.firm):
        held = as_text(engine.whole(reference.parent, having.column))
        inside = pc.is_in(held, value_set=pa.array(having.values, pa.string()))
        fitting = keep & (inside.to_numpy(zero_copy_only=False) == having.inside)
        if having.firm or fitting.any():
            keep = fitting
    return keep if told else None


def _unlike(
    engine: Engine, reference: ReferencePlan, pairs: Mapping[str, str], keep: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return which of the parents that may be picked are so that no two are alike in what must keep them apart."""
    sets = []
    for names in reference.apart:
        columns = [engine.whole(reference.parent, pairs[name]) for name in names]
        sets.append(engine.grouped(reference.parent, tuple(pairs[name] for name in names)).find(columns))
    order = rng.Permutation(rng.key(engine.plan.seed, str(reference.parent), "@apart"), len(keep))
    preferred = order.forward(np.arange(len(keep), dtype=np.int64))
    kept = np.zeros(len(keep), dtype=bool)
    kept[unlike(sets, preferred[keep[preferred]])] = True
    return kept
