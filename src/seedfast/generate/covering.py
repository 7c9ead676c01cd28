"""Parents taken in turn, and rows dealt out to parents: which parent each row gets, so many each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from seedfast import rng
from seedfast.plan.spec import ReferencePlan, TablePlan
from seedfast.rng import Rows

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine


class Covering:
    """The turns in which the new rows of a table take the parents of a reference.

    Where a reference deals out rows, each parent first gets what all have; what is left goes to turns beyond that, no
    two rows to the same. Else each of the parent's new rows has one turn. A row of the user's own that names its parent
    has one of that parent's turns, as long as it has any, and the others share what is left.
    """

    def __init__(self, engine: Engine, child: TablePlan, reference: ReferencePlan) -> None:
        self._engine, self._child, self._reference = engine, child, reference
        parent = engine.plan.table(reference.parent)
        stored = reference.per_parent is not None and not parent.rows
        self.first, self.parents = (0, parent.existing) if stored else (parent.existing, parent.rows)
        self._low = 1 if reference.per_parent is None else reference.per_parent[0]
        path = (str(child.name), "@" + reference.name, "@cover")
        self._order = rng.Permutation(rng.key(engine.plan.seed, *path), self.parents)
        self._given = engine.given(child.name)

    def covered(self, rows: Rows) -> Rows:
        """Return the parent whose turn each row has, -1 beyond the last turn."""
        turns = self._turns(self._given.nth(self._reference.columns, rows))
        within = turns < self.parents
        return np.where(within, self.first + self._order.forward(np.where(within, turns, 0)), -1)

    def child(self, parents: Rows) -> Rows:
        """Return the row that has the turn of each new row of the parent table, -1 where none does."""
        turns = self._order.inverse(parents - self.first)
        taken, places, _ = self._own
        place = self._given.place(self._reference.columns, turns - np.searchsorted(taken, turns, side="left"))
        if len(taken):
            at = np.minimum(np.searchsorted(taken, turns), len(taken) - 1)
            place = np.where(taken[at] == turns, places[at], place)
        return np.where(place < self._child.rows, place + self._child.existing, -1)

    def dealt(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return to which parent each row goes, from 0, and how many rows of it come before."""
        turns = self._turns(self._given.nth(self._reference.columns, rows))
        before, parent = np.divmod(turns, self.parents)
        more = np.flatnonzero(turns >= self._low * self.parents)
        if more.size:
            # Rows that aren't planned, such as those that are only tried, go where the planned ones go.
            place = (turns[more] - self._low * self.parents) % len(self._favoured)
            parent[more] = self._favoured[place]
            before[more] = self._low + place - np.searchsorted(self._favoured, self._favoured[place], side="left")
        parent = self._order.forward(parent)
        for number, (own, earlier) in self._own[2].items():
            here = rows == self._child.existing + number
            parent[here], before[here] = own, earlier
        return parent, before

    def _turns(self, nth: Rows) -> Rows:
        taken, _, _ = self._own
        if not len(taken):
            return nth
        shifted: Rows = nth + np.searchsorted(taken - np.arange(len(taken)), nth, side="right")
        return shifted

    @cached_property
    def _favoured(self) -> Rows:
        """Return, in order, a parent for each row beyond what all have, none more often than the most allows."""
        assert self._reference.per_parent is not None
        low, high = self._reference.per_parent
        path = (str(self._child.name), "@" + self._reference.name, "@dealt")
        places = rng.Permutation(rng.key(self._engine.plan.seed, *path), self.parents * max(1, high - low))
        rows = np.arange(max(1, self._child.rows - low * self.parents), dtype=np.int64)
        return np.sort(places.forward(rows % places.size) % self.parents)

    @cached_property
    def _own(self) -> tuple[Rows, Rows, dict[int, tuple[int, int]]]:
        """The turns, ascending, that rows of the user's own have, with their places among the new rows; and for each
        place the parent, from 0, and how many rows of it come before.
        """
        places = self._given.complete(self._reference.columns)
        turns: dict[int, int] = {}
        having: dict[int, tuple[int, int]] = {}
        if not len(places):
            return np.zeros(0, dtype=np.int64), places, having
        groups = self._engine.grouped(self._reference.parent, self._reference.parent_columns)
        cells = [self._given.cells(name, places + self._child.existing) for name in self._reference.columns]
        named = groups.member(groups.find(cells), np.zeros(len(places), dtype=np.int64)) - self.first
        counted: dict[int, int] = {}
        for place, parent in zip(places.tolist(), named.tolist(), strict=True):
            if not 0 <= parent < self.parents:
                continue
            earlier = counted.get(parent, 0)
            counted[parent] = earlier + 1
            having[place] = parent, earlier
            turn = self._turn(int(self._order.inverse(np.array([parent]))[0]), earlier)
            if turn is not None:
                turns[turn] = place
        taken = np.array(sorted(turns), dtype=np.int64)
        return taken, np.array([turns[turn] for turn in sorted(turns)], dtype=np.int64), having

    def _turn(self, parent: int, earlier: int) -> int | None:
        """Return the turn of a parent's row after so many earlier ones, None where it has no more."""
        if earlier < self._low:
            return earlier * self.parents + parent
        if self._reference.per_parent is None:
            return None
        place = int(np.searchsorted(self._favoured, parent, side="left")) + earlier - self._low
        there = place < len(self._favoured) and self._favoured[place] == parent
        return self._low * self.parents + place if there else None
