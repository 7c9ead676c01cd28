"""The cells of one table for a batch of rows, each column computed when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast import rng
from seedfast.errors import GenerateError
from seedfast.generate.existing import as_text
from seedfast.generate.picks import Picks
from seedfast.plan.spec import (
    STANDING,
    BranchPlan,
    ColumnPlan,
    Digit,
    GeneratorPlan,
    Rank,
    ReferencePlan,
    Source,
    TablePlan,
)
from seedfast.rng import Rows
from seedfast.values.kind import Draw
from seedfast.values.ranges import end_of

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine, Referred

Mask = npt.NDArray[np.bool_]

_ALL = 1000

NULL = "null"
"""The kind that stands for a column that is NULL in every row of a branch."""


class Frame:
    """The new rows of a table with the numbers ``rows``, in any order, with repeats."""

    provisional = False
    """Nothing is left out, and nothing is known of the rows but their numbers: neither picks nor rows of one's own."""

    keyed = True
    """Columns of keys take what the key counts."""

    def __init__(
        self, engine: Engine, table: TablePlan, rows: Rows, known: Mapping[str, pa.Array] | None = None
    ) -> None:
        self._engine = engine
        self._table = table
        self._rows = rows
        self._digits: dict[str, tuple[Rows, ...]] = {}
        self._picked: dict[str, Rows] = {}
        self._referred: dict[str, Referred] = {}
        self._columns: dict[str, pa.Array] = dict(known or {})
        self._parts: dict[tuple[str, int], pa.Array] = {}
        self._places: dict[int, Rows] = {}
        self._branch: npt.NDArray[np.int64] | None = None
        self._given = engine.given(table.name) if table.given and not self.provisional else None
        self._picks: dict[str, Rows] = {}

    def stream(self, *purpose: str) -> rng.Stream:
        """Return the random numbers of the table for a purpose."""
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
        return first & (self.stream("@foremost").below(self._rows, _ALL) < plan.weight)

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
            of = self.pick(self._table.reference(self._table.sorted_by)) if self._table.sorted_by else self._rows
            word = self.stream("@branch").below(of, int(weights[-1]))
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
        if name not in self._columns and (lookup := self._table.lookup(name)) is not None and lookup.inherited:
            self._columns[name] = self._own(self._engine.inherited(self._table, name))
        if name not in self._columns and (lookup := self._table.lookup(name)) is not None:
            reference = self._table.reference(lookup.reference)
            picked = self.picked(reference)
            theirs = self._parents(reference, picked).column(lookup.parent_column)
            self._columns[name] = end_of(theirs, lookup.end) if lookup.end else theirs
        if name not in self._columns and name == STANDING:
            self._columns[name] = self._engine.standing(self._table.name, self._rows)
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
        one = len(plan.generators) == 1 and (plan.digit is None or self.key_branch(plan.digit) is None)
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
        named = (self._table.lookup, self._table.rollup, self._table.rank, self._table.spot)
        known = name == STANDING or any(each(name) is not None for each in named)
        if known or any(aim.column == name for aim in self._table.aims):
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
        draw = Draw(rows, self.stream(purpose), inputs)
        if plan.digit is None or machine.capacity is None or not self.keyed or not self._counts(plan.digit, at):
            return machine.values(draw)
        digit = self.digit(plan.digit)[at]
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
        if not any(permille) or self.provisional:
            return None
        if len(permille) == 1:
            threshold: Rows = np.full(len(self._rows), permille[0], dtype=np.int64)
        else:
            threshold = np.array(permille, dtype=np.int64)[self.branch]
        mask: Mask = self.stream(purpose, "@null").below(self._rows, 1000) < threshold
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
        return self._parents_picked().of(reference)

    def room(self, reference: ReferencePlan) -> Rows:
        """Return how many parents a reference that depends on others may pick in each row."""
        return self._parents_picked().room(reference)

    def _parents_picked(self) -> Picks:
        # Held by the frame it would make a circle, and what a batch takes would stay until garbage is collected.
        return Picks(self._engine, self._table, self, self._picks)

    # Keys.

    def key_branch(self, digit: Digit) -> int | None:
        """Return the branch that the key of a digit counts in, None for one that counts in all."""
        return next(key.branch for key in self._table.keys if key.name == digit.key)

    def _counts(self, digit: Digit, at: Rows) -> bool:
        """Tell whether a key counts in the branch that the rows at these places all take."""
        branch = self.key_branch(digit)
        return branch is None or bool(at.size and self.branch[at[0]] == branch)

    def digit(self, digit: Digit) -> Rows:
        """Return a digit of what a key counts for each row, -1 where it doesn't count."""
        if digit.key not in self._digits:
            numbers = self._engine.numbers(self._table, digit.key, self._rows)
            self._digits[digit.key] = self._engine.digits(self._table, digit.key, numbers)
        return self._digits[digit.key][digit.position]


def _merged(parts: list[pa.Array], order: list[Rows], *, alike: bool) -> pa.Array:
    """Return arrays that hold the rows ``order`` each, as one array in row order.

    It is text, whatever the parts are, unless they are ``alike``: the branches that happen to meet in a batch must not
    decide a column's type.
    """
    if not parts:
        return pa.array([], pa.string())
    where = np.argsort(np.concatenate(order), kind="stable")
    return pa.concat_arrays(parts if alike else [as_text(part) for part in parts]).take(pa.array(where))
