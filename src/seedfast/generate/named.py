"""What rows of one's own pick: the parents that they name, and beside these such as the named ones can stand with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from seedfast import rng
from seedfast.generate.given import Given, Mask
from seedfast.plan.spec import Pick, ReferencePlan, Roots, TablePlan
from seedfast.rng import Rows

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine

_ALL = 1000


class Naming:
    """The picks of the given rows of a table."""

    def __init__(self, engine: Engine, table: TablePlan) -> None:
        self._engine, self._table = engine, table
        self._given: Given = engine.given(table.name)

    def picked(self, reference: ReferencePlan, picked: Rows, rows: Rows) -> Rows:
        """Return picks in which given rows pick what they name, or what suits it."""
        if not self._given.inside(rows).any() and reference.pick is not Pick.HOME:
            return picked
        if reference.pick is Pick.EARLIER and len(reference.null_permille) > 1:
            picked = self._rooted(reference, picked, rows)
        if reference.pick is Pick.HOME:
            picked = self._left(reference, picked)
        for other in self._table.references:
            if other.name != reference.name:
                picked = self._beside(reference, other, picked, rows)
        return self._named(reference, picked, rows)

    def _filled(self, reference: ReferencePlan) -> Mapping[str, str]:
        """Return the columns of a row that a reference fills or must match, each with the parent's."""
        owned = {c.name: c.parent_column or "" for c in self._table.columns if c.reference == reference.name}
        return {**dict(zip(reference.columns, reference.parent_columns, strict=True)), **owned}

    def _named(self, reference: ReferencePlan, picked: Rows, rows: Rows) -> Rows:
        """Return picks in which rows whose key is given, or part of it, pick the parents that hold the same."""
        pairs = self._filled(reference)
        having = np.array([self._given.having(name, rows) for name in pairs])
        # Parents that agree with the columns of other references are picked anyway.
        free = np.array([name not in reference.matching for name in pairs])
        naming = having[free].any(axis=0)
        picked = picked.copy()
        for pattern in np.unique(having[:, naming], axis=1).T:
            at = np.flatnonzero(naming & (having == pattern[:, None]).all(axis=0)).astype(np.int64)
            named = [name for name, held in zip(pairs, pattern, strict=True) if held]
            groups = self._engine.grouped(reference.parent, tuple(pairs[name] for name in named))
            found = groups.find([self._given.cells(name, rows[at]) for name in named])
            picked[at] = groups.member(found, self._modulo(reference, rows[at], groups.size(found)))
        return picked

    def _names(self, reference: ReferencePlan, rows: Rows, besides: Sequence[str] = ()) -> Mask:
        """Tell which rows are given with a column of a reference, not only with those ``besides``."""
        names = [name for name in self._filled(reference) if name not in besides]
        if not names:
            return np.zeros(len(rows), dtype=bool)
        having: Mask = np.any([self._given.having(name, rows) for name in names], axis=0)
        return having

    def _beside(self, reference: ReferencePlan, other: ReferencePlan, picked: Rows, rows: Rows) -> Rows:
        """Return picks beside which those of another reference, which are given, can stand: as that one demands it."""
        before = other.beyond is not None and other.beyond.reference == reference.name
        apart = other.differs_from == reference.name
        wanted = {**dict(zip(other.matching, other.matched, strict=True)), **other.agreeing}
        mine = {c.name: c.parent_column or "" for c in self._table.columns if c.reference == reference.name}
        mine |= {one.name: one.parent_column for one in self._table.lookups if one.reference == reference.name}
        shared = [name for name in wanted if name in mine]
        if not (before or apart or shared):
            return picked
        at = np.flatnonzero(self._names(other, rows, besides=shared) & ~self._names(reference, rows))
        if not at.size:
            return picked
        theirs = self._named(other, np.full(len(rows), -1, dtype=np.int64), rows)[at]
        picked = picked.copy()
        if before:
            order, place = self._engine.order(other), self._engine.places(other)[np.maximum(theirs, 0)]
            earlier = order[np.clip(self._modulo(reference, rows[at], place), 0, max(0, len(order) - 1))]
            picked[at] = np.where((theirs >= 0) & (place > 0), earlier, picked[at])
        elif apart:
            candidates = self._engine.candidates(self._table, reference)
            candidates = np.arange(self._engine.total(reference.parent)) if candidates is None else candidates
            following = candidates[np.searchsorted(candidates, theirs, side="right") % len(candidates)]
            picked[at] = np.where(picked[at] == theirs, following, picked[at])
        else:
            groups = self._engine.grouped(reference.parent, tuple(mine[name] for name in shared))
            found = groups.find([self._engine.gather(other.parent, wanted[name], theirs) for name in shared])
            agreeing = groups.member(found, self._modulo(reference, rows[at], groups.size(found)))
            picked[at] = np.where(agreeing >= 0, agreeing, picked[at])
        return picked

    def _rooted(self, reference: ReferencePlan, picked: Rows, rows: Rows) -> Rows:
        """Return picks of a tree in which given rows that must have a parent have a root, given or not."""
        start = self._table.existing
        own = np.arange(start, start + len(self._table.given), dtype=np.int64)
        rootless = np.array(reference.null_permille)[self._given.branches] < _ALL
        inside = self._given.inside(rows)
        wanting = inside & rootless[np.where(inside, rows - start, 0)] & (picked < 0)
        named = [self._given.cells(name, own).is_valid().to_numpy(zero_copy_only=False) for name in reference.columns]
        alone = ~rootless & ~np.any(named, axis=0)
        roots = np.concatenate([own[alone], np.arange(start + len(own), reference.roots, dtype=np.int64)])
        if not len(roots) or reference.roots_point is not Roots.NULL or not wanting.any():
            return picked
        return np.where(wanting, roots[self._modulo(reference, rows, np.full(len(rows), len(roots)))], picked)

    def _left(self, reference: ReferencePlan, picked: Rows) -> Rows:
        """Return picks without the homes that given rows have named as theirs."""
        places = self._given.complete(reference.columns)
        if not len(places):
            return picked
        rows = places + self._table.existing
        claimed = self._named(reference, np.full(len(rows), -1, dtype=np.int64), rows)
        return np.where(np.isin(picked, claimed), -1, picked)

    def _modulo(self, reference: ReferencePlan, rows: Rows, bounds: Rows) -> Rows:
        path = (str(self._table.name), "@" + reference.name, "@given")
        words = rng.Stream(rng.key(self._engine.plan.seed, *path)).words(rows)
        return (words >> np.uint64(2)).astype(np.int64) % np.maximum(bounds, 1)
