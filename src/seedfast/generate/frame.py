"""The cells of one table for a batch of rows, each column computed when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast import rng
from seedfast.errors import GenerateError
from seedfast.generate.existing import as_text
from seedfast.generate.groups import Groups
from seedfast.generate.named import Naming
from seedfast.plan.spec import (
    BranchPlan,
    ColumnPlan,
    Digit,
    GeneratorPlan,
    Pick,
    Rank,
    ReferencePlan,
    Roots,
    Source,
    TablePlan,
)
from seedfast.rng import Rows
from seedfast.values.kind import Draw

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine, Referred

Mask = npt.NDArray[np.bool_]

_ALL = 1000

NULL = "null"
"""The kind that stands for a column that is NULL in every row of a branch."""


class Frame:
    """The new rows of a table with the numbers ``rows``, in any order, with repeats."""

    def __init__(self, engine: Engine, table: TablePlan, rows: Rows) -> None:
        self._engine = engine
        self._table = table
        self._rows = rows
        self._digits: dict[str, tuple[Rows, ...]] = {}
        self._picks: dict[str, Rows] = {}
        self._picked: dict[str, Rows] = {}
        self._referred: dict[str, Referred] = {}
        self._columns: dict[str, pa.Array] = {}
        self._parts: dict[tuple[str, int], pa.Array] = {}
        self._places: dict[int, Rows] = {}
        self._branch: npt.NDArray[np.int64] | None = None
        self._nulls = True
        self._keyed = True
        self._settled = True
        self._given = engine.given(table.name) if table.given else None

    def _stream(self, *purpose: str) -> rng.Stream:
        return rng.Stream(rng.key(self._engine.plan.seed, str(self._table.name), *purpose))

    @property
    def rows(self) -> Rows:
        """The numbers of the rows."""
        return self._rows

    @property
    def branch(self) -> Rows:
        """The branch of the table's constraints that each row takes."""
        if self._branch is None:
            self._branch = self._branches()
        return self._branch

    def _branches(self) -> Rows:
        plans = self._table.branches
        every = [number for number, plan in enumerate(plans) if not plan.reserved]
        branch = self._drawn(every)
        for key in self._table.keys:
            if key.shares:
                numbers = self._engine.numbers(self._table, key.name, self._rows)
                share = self._engine.counting(self._table, key.name).share(numbers)
                for number, part in enumerate(key.shares):
                    branch = np.where(share == number, self._drawn(part.branches), branch)
        fixed = sorted((plan.first, n) for n, plan in enumerate(plans) if plan.first is not None)
        for first, number in reversed(fixed):
            branch[self._rows < first] = number
        if (apiece := self._table.apiece) is not None:
            others = [number for number in every if number not in apiece.branches]
            within = self._places_of(apiece.reference) <= apiece.count
            branch = np.where(within, self._drawn(apiece.branches), self._drawn(others) if others else branch)
        for number, plan in enumerate(plans):
            if plan.foremost:
                branch[self._foremost(plan)] = number
        if self._given is not None:
            inside = self._given.inside(self._rows)
            branch[inside] = self._given.branches[self._rows[inside] - self._table.existing]
        return branch

    def _foremost(self, plan: BranchPlan) -> Mask:
        """Tell which rows are the first of their parent, and take the branch that is for these."""
        first: Mask = self._places_of(plan.foremost) == 1
        return first & (self._stream("@foremost").below(self._rows, _ALL) < plan.weight)

    def _places_of(self, reference: str) -> Rows:
        """Return which row of its parent by a reference each row is, from 1."""
        place = self._own(self._engine.ranked(self._table, Rank("", reference)))
        return np.asarray(place.to_numpy(zero_copy_only=False), dtype=np.int64)

    def _drawn(self, numbers: Sequence[int]) -> Rows:
        """Return one of some branches for each row, by their weights."""
        plans = self._table.branches
        weights = np.cumsum([0, *(plans[number].weight for number in numbers)])
        if not weights[-1]:
            return np.full(len(self._rows), numbers[0] if numbers else 0, dtype=np.int64)
        place = np.zeros(len(self._rows), dtype=np.int64)
        if len(numbers) > 1 and self._table.dealt:
            place = self._dealt(numbers)
        elif len(numbers) > 1:
            word = self._stream("@branch").below(self._rows, int(weights[-1]))
            place = np.searchsorted(weights, word, side="right") - 1
        return np.array(numbers, dtype=np.int64)[place]

    def _dealt(self, numbers: Sequence[int]) -> Rows:
        """Return places such that as many of the new rows have each as the weights say, to the nearest row."""
        plans = self._table.branches
        first = max((plan.first or 0 for plan in plans), default=0)
        start = max(self._table.existing, first)
        weights = [plans[number].weight for number in numbers]
        rows, whole = max(1, self._table.existing + self._table.rows - start), sum(weights)
        ends = [(2 * rows * end + whole) // (2 * whole) for end in accumulate(weights)]
        if self._given is not None:
            # Rows of one's own are among those that are dealt, and have got theirs already.
            start = max(start, self._table.existing + len(self._table.given))
            had = [number if (of := plans[number].of) is None else of for number in self._given.branches]
            sizes = (end - begin for begin, end in pairwise((0, *ends)))
            left = (max(0, size - had.count(number)) for number, size in zip(numbers, sizes, strict=True))
            ends = list(accumulate(left))
            rows = max(1, ends[-1])
        order = rng.Permutation(rng.key(self._engine.plan.seed, str(self._table.name), "@branch"), rows)
        # Rows that aren't planned, such as those that are only tried, are dealt to as if they were.
        turn = order.forward(np.mod(self._rows - start, rows))
        return np.searchsorted(np.array(ends, dtype=np.int64), turn, side="right").astype(np.int64)

    def column(self, name: str) -> pa.Array:
        """Return a column's values, aligned with the rows."""
        if name not in self._columns and (lookup := self._table.lookup(name)) is not None:
            reference = self._table.reference(lookup.reference)
            picked = self.picked(reference)
            self._columns[name] = self._parents(reference, picked).column(lookup.parent_column)
        if name not in self._columns and (rollup := self._table.rollup(name)) is not None:
            self._columns[name] = self._own(self._engine.rolled_up(self._table, rollup))
        if name not in self._columns and (rank := self._table.rank(name)) is not None:
            self._columns[name] = self._own(self._engine.ranked(self._table, rank))
        if name not in self._columns and (spot := self._table.spot(name)) is not None:
            self._columns[name] = self._own(self._engine.grown(self._table, spot))
        if name not in self._columns and any(aim.column == name for aim in self._table.aims):
            self._columns[name] = self._own(self._engine.aimed(self._table, name))
        if name not in self._columns:
            self._columns[name] = self.drawn(name)
        return self._columns[name]

    def drawn(self, name: str) -> pa.Array:
        """Return a column's values before they are brought to what they are to come to."""
        plan = self._table.column(name)
        if plan.source is Source.SERVER and not plan.generators:
            raise GenerateError(
                "SF-COLUMN-SERVER",
                f"{self._table.name}.{name} is computed by the server, so nothing else can be derived from it.",
                "Point the reference at another key, or fill the parent table first.",
            )
        made = self._referenced(plan) if plan.source is Source.REFERENCE else self._generated(plan)
        return self._kept(name, made, self._rows)

    def _kept(self, name: str, made: pa.Array, rows: Rows) -> pa.Array:
        """Return what was made of a column for some rows, with what the user gave in its place."""
        return made if self._given is None else self._given.laid_over(name, made, rows)

    def _own(self, made: pa.Array) -> pa.Array:
        """Return what is known of all new rows of the table for those of the frame."""
        # Frames of proposals go beyond the rows that there will be.
        return made.take(pa.array((self._rows - self._table.existing) % max(1, self._table.rows)))

    # Columns that generators make.

    def _generated(self, plan: ColumnPlan) -> pa.Array:
        if self._whole(plan):
            return self._nulled(plan, self._one(plan, plan.generators[0], np.arange(len(self._rows))))
        numbers = [number for number in range(len(self._table.branches)) if self._taking(number).size]
        parts, order = [self._part(plan, number) for number in numbers], [self._taking(number) for number in numbers]
        return _merged(parts, order, alike=len(plan.generators) == 1)

    def _whole(self, plan: ColumnPlan) -> bool:
        """Tell whether one generator makes a column for all rows at once, whatever their branches."""
        one = len(plan.generators) == 1 and (plan.digit is None or self._key_branch(plan.digit) is None)
        return one and (len(self._table.branches) == 1 or not self._engine.inputs(plan.generators[0]))

    def _taking(self, number: int) -> Rows:
        """Return the places of the rows that take a branch."""
        if number not in self._places:
            self._places[number] = np.flatnonzero(self.branch == number).astype(np.int64)
        return self._places[number]

    def _part(self, plan: ColumnPlan, number: int) -> pa.Array:
        """Return a column's values for the rows of a branch: which column draws from which is settled by branch."""
        if (plan.name, number) not in self._parts:
            at = self._taking(number)
            if plan.source is Source.GENERATED and not self._whole(plan):
                generator = plan.generators[0 if len(plan.generators) == 1 else number]
                made = self._nulled(plan, self._one(plan, generator, at, number), at)
                self._parts[plan.name, number] = self._kept(plan.name, made, self._rows[at])
            else:
                self._parts[plan.name, number] = self.column(plan.name).take(pa.array(at))
        return self._parts[plan.name, number]

    def _beside(self, name: str, branch: int) -> pa.Array:
        """Return what a generator reads, for the rows of a branch."""
        known = (self._table.lookup, self._table.rollup, self._table.rank, self._table.spot)
        if any(named(name) is not None for named in known) or any(aim.column == name for aim in self._table.aims):
            return self.column(name).take(pa.array(self._taking(branch)))
        return self._part(self._table.column(name), branch)

    def _one(self, plan: ColumnPlan, generator: GeneratorPlan, at: Rows, branch: int | None = None) -> pa.Array:
        if generator.kind == NULL:
            return pa.nulls(len(at), pa.string())
        machine = self._engine.generator(generator)
        inputs = {name: self.column(name) if branch is None else self._beside(name, branch) for name in machine.inputs}
        rows, purpose = self._rows[at], plan.name
        if plan.common:
            rows, purpose = self.pick(self._table.reference(plan.common))[at], "@common " + plan.common
        draw = Draw(rows, self._stream(purpose), inputs)
        if plan.digit is None or machine.capacity is None or not self._keyed or not self._counts(plan.digit, at):
            return machine.values(draw)
        digit = self._digit(plan.digit)[at]
        if self._given is not None and machine.capacity:
            # A row of one's own takes a branch, and what would be its number may be one of another's.
            digit = np.where(self._given.inside(self._rows[at]), digit % machine.capacity, digit)
        values = machine.at(np.maximum(digit, 0), draw)
        if (digit < 0).any():
            values = pc.if_else(pa.array(digit >= 0), values, pa.scalar(None, values.type))
        return values

    def _nulled(self, plan: ColumnPlan, values: pa.Array, at: Rows | None = None) -> pa.Array:
        mask = self._absent(tuple(g.null_permille for g in plan.generators), plan.name)
        if mask is None:
            return values
        return pc.if_else(pa.array(~(mask if at is None else mask[at])), values, pa.scalar(None, values.type))

    def _absent(self, permille: tuple[int, ...], purpose: str) -> Mask | None:
        if not any(permille) or not self._nulls:
            return None
        if len(permille) == 1:
            threshold: Rows = np.full(len(self._rows), permille[0], dtype=np.int64)
        else:
            threshold = np.array(permille, dtype=np.int64)[self.branch]
        mask: Mask = self._stream(purpose, "@null").below(self._rows, 1000) < threshold
        return mask

    # Columns that foreign keys fill.

    def _referenced(self, plan: ColumnPlan) -> pa.Array:
        assert plan.reference is not None and plan.parent_column is not None
        reference = self._table.reference(plan.reference)
        keep = any(generator.params.get("keep") for generator in plan.generators)
        picked = self.pick(reference) if keep else self.picked(reference)
        return self._parents(reference, picked).column(plan.parent_column)

    def _parents(self, reference: ReferencePlan, picked: Rows) -> Referred:
        """Return the parents that rows pick: the same for all columns that are read of them."""
        known = self._referred.get(reference.name)
        if known is None or known.rows is not picked:
            known = self._referred[reference.name] = self._engine.referred(reference.parent, picked)
        return known

    def picked(self, reference: ReferencePlan) -> Rows:
        """Return the number of each row's parent, -1 also where the reference is left out."""
        if reference.name not in self._picked:
            picked = self.pick(reference)
            mask = self._absent(reference.null_permille, "@" + reference.name)
            if mask is not None and self._given is not None:
                for name in reference.columns:
                    mask = mask & ~self._given.having(name, self._rows)
            self._picked[reference.name] = picked if mask is None else np.where(mask, -1, picked)
        return self._picked[reference.name]

    def pick(self, reference: ReferencePlan) -> Rows:
        """Return the number of the parent's row that each row refers to, -1 where there is none."""
        if reference.name not in self._picks:
            known = self._engine.picks(self._table, reference.name) if self._settled else None
            picked = self._pick(reference) if known is None else known[self._rows - self._table.existing]
            if known is None and self._given is not None:
                picked = Naming(self._engine, self._table).picked(reference, picked, self._rows)
            self._picks[reference.name] = picked
        return self._picks[reference.name]

    def _pick(self, reference: ReferencePlan) -> Rows:
        engine, rows = self._engine, self._rows
        total = engine.total(reference.parent)
        if total == 0:
            return np.full(len(rows), -1, dtype=np.int64)
        if reference.matching:
            return self._matching(reference)
        if reference.beyond is not None:
            return self._beyond(reference)
        if reference.pick is Pick.EARLIER:
            return self._earlier(reference)
        if reference.pick is Pick.PREVIOUS:
            return np.where(rows < reference.roots, -1, rows - 1)
        if reference.pick is Pick.HOME:
            return self._home(reference)
        stream = self._stream("@" + reference.name)
        if reference.block is not None:
            # A statement takes the block's new rows of every table, counted from each table's first new one.
            parent = engine.plan.table(reference.parent)
            start = (rows - self._table.existing) // reference.block * reference.block
            size = np.minimum(start + reference.block, parent.rows) - start
            return parent.existing + start + _modulo(stream.words(rows), size)
        candidates = engine.candidates(self._table, reference)
        count = total if candidates is None else len(candidates)
        if count == 0:
            return np.full(len(rows), -1, dtype=np.int64)
        other = None
        if reference.differs_from is not None and count > 1:
            other = self.pick(self._table.reference(reference.differs_from))
        if reference.pick is Pick.DIGIT and reference.digit is not None and self._key_branch(reference.digit) is None:
            picked = self._counted(reference.digit, candidates, other)
        else:
            picked = self._popular(reference, stream.words(rows), count, other)
            if reference.digit is not None:
                counts = self.branch == self._key_branch(reference.digit)
                picked = np.where(counts, self._counted(reference.digit, candidates, other), picked)
        if reference.per_parent is not None and reference.digit is None:
            covering = engine.covering(self._table, reference)
            return covering.first + covering.dealt(rows)[0]
        if reference.pick is Pick.COVER:
            covered = engine.covering(self._table, reference).covered(rows)
            picked = np.where(covered < 0, picked, covered)
        if reference.agreeing:
            picked = self._agreed(reference, picked)
        return self._fitting(reference, picked, other) if reference.by_branch else picked

    def _counted(self, digit: Digit, candidates: Rows | None, other: Rows | None) -> Rows:
        """Return the parents that a key's digit counts, passing over another pick's."""
        place = self._digit(digit)
        if other is not None:
            passed = other if candidates is None else _places(candidates, other)
            place = place + ((passed >= 0) & (place >= passed))
        return (
            place if candidates is None else np.where(place < 0, -1, candidates[np.clip(place, 0, len(candidates) - 1)])
        )

    def _popular(self, reference: ReferencePlan, words: npt.NDArray[np.uint64], count: int, other: Rows | None) -> Rows:
        """Return parents by their popularity among the ``count`` that may be picked, passing over another pick's."""
        span = count - (other is not None)
        rank = rng.skewed(words, span)
        if reference.crowded is not None and span > 1:
            rank = self._crowded(reference, words, span)
        order, favoured = self._engine.popularity(reference.parent), self._engine.favoured(self._table, reference)
        if other is not None:
            passed = order.inverse(np.maximum(other, 0))
            if favoured is not None:
                passed = _places(order.inverse(favoured), passed)
            rank = rank + ((other >= 0) & (passed >= 0) & (rank >= passed))
        return order.forward(rank) if favoured is None else favoured[rank]

    def _fitting(self, reference: ReferencePlan, picked: Rows, other: Rows | None) -> Rows:
        """Return the parents picked, others in their place where the branch of the row may not have them."""
        words = self._stream("@" + reference.name, "@branch").words(self._rows)
        for number in range(len(reference.by_branch)):
            fitting = self._engine.favoured(self._table, reference, number)
            if fitting is None:
                continue
            at = np.flatnonzero((self.branch == number) & ~np.isin(picked, fitting))
            if not len(fitting):
                picked[at] = -1
                continue
            place = rng.skewed(words[at], len(fitting))
            if other is not None:
                place = (place + (fitting[place] == other[at])) % len(fitting)
            picked[at] = fitting[place]
        return picked

    def _crowded(self, reference: ReferencePlan, words: npt.NDArray[np.uint64], span: int) -> Rows:
        """Return ranks below ``span`` of which a part of the rows, exactly, lies among the first."""
        assert reference.crowded is not None
        heaviest, hold = reference.crowded
        rows = max(1, self._table.rows)
        first = min(max(1, (span * heaviest + 500) // 1000), span - 1)
        path = (str(self._table.name), "@" + reference.name, "@crowded")
        turn = rng.Permutation(rng.key(self._engine.plan.seed, *path), rows)
        crowds = turn.forward(np.mod(self._rows - self._table.existing, rows)) < (rows * hold + 500) // 1000
        return np.where(crowds, rng.scale(words, first), first + rng.scale(words, span - first))

    def _agreed(self, reference: ReferencePlan, picked: Rows) -> Rows:
        """Return for each row a parent that agrees with it in as much as any does, the one picked where none does.

        An optional reference leads to nothing rather than to what belongs elsewhere.
        """
        own = [self.column(name) for name in reference.agreeing]
        agreed = np.full(len(picked), -1, dtype=np.int64)
        left_out = np.zeros(len(picked), dtype=np.bool_)
        for count in range(len(own), 0, -1):
            for best in (True, False):
                if not ((agreed >= 0) | left_out).all():
                    found = self._agreeing(reference, own[:count], best=best)
                    agreed = np.where((agreed >= 0) | left_out, agreed, found)
            if count == reference.belonging:
                said = np.all([one.is_valid().to_numpy(zero_copy_only=False) for one in own[:count]], axis=0)
                left_out = (agreed < 0) & said & self._optional(reference)
        return np.where(left_out, -1, np.where(agreed >= 0, agreed, picked))

    def _agreeing(self, reference: ReferencePlan, own: Sequence[pa.Array], *, best: bool) -> Rows:
        """Return for each row a parent that agrees with the first columns that had better agree, -1 for none."""
        groups, candidates = self._engine.agreeing(self._table, reference, len(own), best=best)
        found = groups.find(own)
        size, passed = groups.size(found), np.full(len(found), np.iinfo(np.int64).max)
        if reference.differs_from is not None:
            other = self.pick(self._table.reference(reference.differs_from))
            place = other if candidates is None else _places(candidates, other)
            size, passed = _beside(groups, found, place)
        words = self._stream("@" + reference.name, "@agreed").words(self._rows)
        ordinal = _modulo(words, size)
        member = groups.member(np.where(size > 0, found, -1), ordinal + (ordinal >= passed))
        return member if candidates is None else np.where(member < 0, -1, candidates[np.maximum(member, 0)])

    def _optional(self, reference: ReferencePlan) -> Mask:
        """Tell which rows may do without a reference, for no other reason than variety."""
        rates = np.array(reference.null_permille, dtype=np.int64)
        rate = rates[self.branch] if len(rates) > 1 else np.full(len(self._rows), rates[0])
        may: Mask = (rate > 0) & (rate < _ALL)
        return may

    def _earlier(self, reference: ReferencePlan) -> Rows:
        rows = self._rows
        if reference.outline:
            place = rows % len(reference.outline)
            above = np.array(reference.outline, dtype=np.int64)[place]
            return np.where(above < 0, -1, rows - place + above)
        words = self._stream("@" + reference.name).words(rows)
        roots = rows < reference.roots
        if reference.differs_from is None:
            earlier = _modulo(words, rows)
        else:
            other = self.pick(self._table.reference(reference.differs_from))
            known = (other >= 0) & (other < rows)
            earlier = _modulo(words, rows - known)
            earlier = earlier + (known & (earlier >= other))
            # With one earlier row, and that one taken, there is nothing left to pick.
            earlier = np.where(earlier < rows, earlier, -1)
        if reference.roots_point is Roots.SELF:
            return np.where(roots, rows, earlier)
        if reference.roots_point is Roots.RING:
            # A ring of new rows; stored ones keep what they point at.
            old = self._table.existing
            return np.where(roots, old + (rows - old + 1) % max(1, reference.roots - old), earlier)
        return np.where(roots, -1, earlier)

    def _home(self, reference: ReferencePlan) -> Rows:
        assert reference.home is not None
        other = self._engine.plan.table(reference.parent)
        return self._engine.covering(other, other.reference(reference.home)).child(self._rows)

    def _matching(self, reference: ReferencePlan) -> Rows:
        groups = self._engine.groups(reference)
        found = self._group(reference)
        size, passed = self._beside_another(reference, found)
        if reference.parent == self._table.name and reference.digit is None:
            # A tree within each group: rows point at earlier rows of theirs.
            size = groups.rank(self._rows)
            if reference.roots_point is Roots.SELF:
                words = self._stream("@" + reference.name).words(self._rows)
                return np.where(size > 0, groups.member(found, _modulo(words, size)), self._rows)
        if reference.digit is not None:
            ordinal = self._digit(reference.digit)
        else:
            words = self._stream("@" + reference.name).words(self._rows)
            ordinal = _modulo(words, size)
        found = np.where((size > 0) & (ordinal >= 0), found, -1)
        return groups.member(found, ordinal + (ordinal >= passed))

    def _beside_another(self, reference: ReferencePlan, found: Rows) -> tuple[Rows, Rows]:
        """Return how many parents of the given groups may be picked, and the place of one that must be passed over.

        The place is beyond all others where there is none.
        """
        groups = self._engine.groups(reference)
        if reference.differs_from is None:
            return groups.size(found), np.full(len(found), np.iinfo(np.int64).max)
        return _beside(groups, found, self.pick(self._table.reference(reference.differs_from)))

    def _beyond(self, reference: ReferencePlan) -> Rows:
        order, start = self._engine.order(reference), self._start(reference)
        size = np.where(start < 0, 0, len(order) - start)
        words = self._stream("@" + reference.name).words(self._rows)
        ordinal = _modulo(words, size)
        if reference.digit is not None:
            branch = self._key_branch(reference.digit)
            counts = np.ones(len(size), dtype=bool) if branch is None else self.branch == branch
            ordinal = np.where(counts, self._digit(reference.digit), ordinal)
        there = (size > 0) & (ordinal >= 0) & (ordinal < size)
        if not len(order):
            return np.full(len(size), -1, dtype=np.int64)
        return np.where(there, order[np.where(there, start + ordinal, 0)], -1)

    def _start(self, reference: ReferencePlan) -> Rows:
        """Return the first place in the order of parents that a pick beyond another's may take, -1 for none."""
        assert reference.beyond is not None
        other = self.pick(self._table.reference(reference.beyond.reference))
        place = self._engine.places(reference)[np.maximum(other, 0)]
        return np.where((other < 0) | (place < 0), -1, place + (not reference.beyond.same))

    def room(self, reference: ReferencePlan) -> Rows:
        """Return how many parents a reference that depends on others may pick in each row."""
        if reference.beyond is not None:
            start = self._start(reference)
            return np.where(start < 0, 0, len(self._engine.order(reference)) - start)
        groups = self._engine.groups(reference)
        size, _ = self._beside_another(reference, groups.find([self.column(name) for name in reference.matching]))
        return size

    def _group(self, reference: ReferencePlan) -> Rows:
        """Return, for each row, the group of the reference's parents that agree with it."""
        sources = [self._source(name) for name in reference.matching]
        if len({name for name, _ in sources}) == 1 and sources[0][0]:
            source = self._table.reference(sources[0][0])
            if not any(source.null_permille):
                # One other parent decides: what its rows agree with is looked up once, not in every batch.
                picked = self.pick(source)
                columns = tuple(column for _, column in sources)
                met = self._engine.met(reference, source, columns)
                return np.where(picked < 0, -1, met[np.maximum(picked, 0)])
        return self._engine.groups(reference).find([self.column(name) for name in reference.matching])

    def _source(self, name: str) -> tuple[str, str]:
        """Return the reference that a column or lookup takes its value from, "" for none, and the parent's column."""
        lookup = self._table.lookup(name)
        if lookup is not None:
            return lookup.reference, lookup.parent_column
        plan = self._table.column(name)
        return (plan.reference or "", plan.parent_column or "") if plan.source is Source.REFERENCE else ("", "")

    # Keys.

    def _key_branch(self, digit: Digit) -> int | None:
        return next(key.branch for key in self._table.keys if key.name == digit.key)

    def _counts(self, digit: Digit, at: Rows) -> bool:
        """Tell whether a key counts in the branch that the rows at these places all take."""
        branch = self._key_branch(digit)
        return branch is None or bool(at.size and self.branch[at[0]] == branch)

    def _digit(self, digit: Digit) -> Rows:
        if digit.key not in self._digits:
            numbers = self._engine.numbers(self._table, digit.key, self._rows)
            self._digits[digit.key] = self._engine.digits(self._table, digit.key, numbers)
        return self._digits[digit.key][digit.position]


def _beside(groups: Groups, found: Rows, other: Rows) -> tuple[Rows, Rows]:
    """Return how many members of groups differ from other rows, and the rank of such a row in its group: beyond all
    others where the group doesn't hold it.
    """
    size = groups.size(found)
    place = groups.rank(np.maximum(other, 0))
    inside = (other >= 0) & (place < size) & (groups.member(found, place) == other)
    return size - inside, np.where(inside, place, np.iinfo(np.int64).max)


def _places(candidates: Rows, rows: Rows) -> Rows:
    """Return the places of rows among ascending candidates, -1 for those that are none."""
    if not len(candidates):
        return np.full(len(rows), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(candidates, rows), len(candidates) - 1).astype(np.int64)
    return np.where(candidates[place] == rows, place, -1)


def _modulo(words: npt.NDArray[np.uint64], bounds: Rows) -> Rows:
    """Return words as numbers in [0, bound), each with its own bound; 0 where the bound is 0."""
    return (words >> np.uint64(2)).astype(np.int64) % np.maximum(bounds, 1)


def _merged(parts: list[pa.Array], order: list[Rows], *, alike: bool) -> pa.Array:
    """Return arrays that hold the rows ``order`` each, as one array in row order.

    It is text, whatever the parts are, unless they are ``alike``: the branches that happen to meet in a batch must not
    decide a column's type.
    """
    if not parts:
        return pa.array([], pa.string())
    where = np.argsort(np.concatenate(order), kind="stable")
    return pa.concat_arrays(parts if alike else [as_text(part) for part in parts]).take(pa.array(where))
