"""Which parent each row of a batch refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast import rng
from seedfast.generate.groups import Groups
from seedfast.generate.named import Naming
from seedfast.plan.spec import Digit, Pick, ReferencePlan, Roots, Source, TablePlan
from seedfast.rng import Rows

if TYPE_CHECKING:
    from seedfast.generate.engine import Engine
    from seedfast.generate.frame import Frame

Mask = npt.NDArray[np.bool_]

_ALL = 1000


class Picks:
    """The parents of a frame's rows by each of the table's references, each made when it is first asked for.

    What a reference depends on beside the row's number is asked of the frame: columns that must agree with the
    parent, the branch of the row, and the digits of keys. ``made`` holds those that were asked for before.
    """

    def __init__(self, engine: Engine, table: TablePlan, frame: Frame, made: dict[str, Rows]) -> None:
        self._engine = engine
        self._table = table
        self._frame = frame
        self._rows = frame.rows
        self._made = made

    def of(self, reference: ReferencePlan) -> Rows:
        """Return the number of the parent's row that each row refers to, -1 where there is none."""
        if reference.name not in self._made:
            self._made[reference.name] = self._settled(reference)
        return self._made[reference.name]

    def _settled(self, reference: ReferencePlan) -> Rows:
        """Return the picks as they stand for the whole table, where that is known, or as they come of these rows."""
        known = None if self._frame.provisional else self._engine.picks(self._table, reference.name)
        if known is not None:
            return known[self._rows - self._table.existing]
        picked = self._pick(reference)
        if self._table.given and not self._frame.provisional:
            picked = Naming(self._engine, self._table).picked(reference, picked, self._rows)
        return picked

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
        stream = self._frame.stream("@" + reference.name)
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
        other = self._other(reference) if count > 1 else None
        if (
            reference.pick is Pick.DIGIT
            and reference.digit is not None
            and self._frame.key_branch(reference.digit) is None
        ):
            picked = self._counted(reference, reference.digit, candidates, other)
        else:
            picked = self._popular(reference, stream.words(rows), count, other)
            if reference.digit is not None:
                counts = self._frame.branch == self._frame.key_branch(reference.digit)
                picked = np.where(counts, self._counted(reference, reference.digit, candidates, other), picked)
        if reference.per_parent is not None and reference.digit is None:
            covering = engine.covering(self._table, reference)
            return covering.first + covering.dealt(rows)[0]
        if reference.pick is Pick.COVER:
            covered = engine.covering(self._table, reference).covered(rows)
            picked = np.where(covered < 0, picked, covered)
        if reference.agreeing:
            picked = self._agreed(reference, picked)
        return self._fitting(reference, picked, other) if reference.by_branch else picked

    def _other(self, reference: ReferencePlan) -> Rows | None:
        """Return the rows of the parent that a pick must pass over, -1 for none; None where it may be any."""
        if reference.differs_from is not None:
            return self.of(self._table.reference(reference.differs_from))
        if not reference.unlike:
            return None
        groups = self._engine.grouped(reference.parent, reference.parent_columns)
        found = groups.find([self._frame.column(reference.unlike)])
        return groups.member(found, np.zeros(len(found), dtype=np.int64))

    def _counted(self, reference: ReferencePlan, digit: Digit, candidates: Rows | None, other: Rows | None) -> Rows:
        """Return the parents that a key's digit counts, passing over another pick's."""
        place = self._frame.digit(digit)
        if other is not None and self._alone(reference):
            # To pass over one that differs from row to row would count some parents twice.
            beside = self._table.reference(reference.differs_from) if reference.differs_from else None
            fresh = candidates is None and not (self._table.existing or self._table.given)
            if fresh and beside is not None and self._alone(beside):
                total = self._engine.total(reference.parent)
                step = 1 + int(
                    self._frame.stream("@" + reference.name, "@beside").below(np.zeros(1, np.int64), total - 1)[0]
                )
                return np.where((place >= 0) & (other >= 0), (other + step) % total, -1)
        elif other is not None:
            passed = other if candidates is None else _places(candidates, other)
            place = place + ((passed >= 0) & (place >= passed))
        return (
            place if candidates is None else np.where(place < 0, -1, candidates[np.clip(place, 0, len(candidates) - 1)])
        )

    def _alone(self, reference: ReferencePlan) -> bool:
        """Tell whether a key counts nothing but the reference, in all branches."""
        if reference.pick is not Pick.DIGIT or reference.digit is None:
            return False
        key = next(key for key in self._table.keys if key.name == reference.digit.key)
        return key.branch is None and set(key.columns) <= set(reference.columns)

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
        words = self._frame.stream("@" + reference.name, "@branch").words(self._rows)
        for number in range(len(reference.by_branch)):
            fitting = self._engine.favoured(self._table, reference, number)
            if fitting is None:
                continue
            at = np.flatnonzero((self._frame.branch == number) & ~np.isin(picked, fitting))
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
        own = [self._frame.column(name) for name in reference.agreeing]
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
        other = self._other(reference)
        if other is not None:
            place = other if candidates is None else _places(candidates, other)
            size, passed = _beside(groups, found, place)
        words = self._frame.stream("@" + reference.name, "@agreed").words(self._rows)
        ordinal = _modulo(words, size)
        member = groups.member(np.where(size > 0, found, -1), ordinal + (ordinal >= passed))
        return member if candidates is None else np.where(member < 0, -1, candidates[np.maximum(member, 0)])

    def _optional(self, reference: ReferencePlan) -> Mask:
        """Tell which rows may do without a reference, for no other reason than variety."""
        rates = np.array(reference.null_permille, dtype=np.int64)
        rate = rates[self._frame.branch] if len(rates) > 1 else np.full(len(self._rows), rates[0])
        may: Mask = (rate > 0) & (rate < _ALL)
        return may

    def _earlier(self, reference: ReferencePlan) -> Rows:
        rows = self._rows
        if reference.outline:
            place = rows % len(reference.outline)
            above = np.array(reference.outline, dtype=np.int64)[place]
            return np.where(above < 0, -1, rows - place + above)
        words = self._frame.stream("@" + reference.name).words(rows)
        roots = rows < reference.roots
        if reference.differs_from is None:
            earlier = _modulo(words, rows)
        else:
            other = self.of(self._table.reference(reference.differs_from))
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
                words = self._frame.stream("@" + reference.name).words(self._rows)
                return np.where(size > 0, groups.member(found, _modulo(words, size)), self._rows)
        if reference.digit is not None:
            ordinal = self._frame.digit(reference.digit)
        else:
            words = self._frame.stream("@" + reference.name).words(self._rows)
            ordinal = _modulo(words, size)
        found = np.where((size > 0) & (ordinal >= 0), found, -1)
        return groups.member(found, ordinal + (ordinal >= passed))

    def _beside_another(self, reference: ReferencePlan, found: Rows) -> tuple[Rows, Rows]:
        """Return how many parents of the given groups may be picked, and the place of one that must be passed over.

        The place is beyond all others where there is none.
        """
        groups = self._engine.groups(reference)
        other = self._other(reference)
        if other is None:
            return groups.size(found), np.full(len(found), np.iinfo(np.int64).max)
        return _beside(groups, found, other)

    def _beyond(self, reference: ReferencePlan) -> Rows:
        order, start = self._engine.order(reference), self._start(reference)
        size = np.where(start < 0, 0, len(order) - start)
        words = self._frame.stream("@" + reference.name).words(self._rows)
        ordinal = _modulo(words, size)
        if reference.digit is not None:
            branch = self._frame.key_branch(reference.digit)
            counts = np.ones(len(size), dtype=bool) if branch is None else self._frame.branch == branch
            ordinal = np.where(counts, self._frame.digit(reference.digit), ordinal)
        there = (size > 0) & (ordinal >= 0) & (ordinal < size)
        if not len(order):
            return np.full(len(size), -1, dtype=np.int64)
        return np.where(there, order[np.where(there, start + ordinal, 0)], -1)

    def _start(self, reference: ReferencePlan) -> Rows:
        """Return the first place in the order of parents that a pick beyond another's may take, -1 for none."""
        assert reference.beyond is not None
        other = self.of(self._table.reference(reference.beyond.reference))
        place = self._engine.places(reference)[np.maximum(other, 0)]
        return np.where((other < 0) | (place < 0), -1, place + (not reference.beyond.same))

    def room(self, reference: ReferencePlan) -> Rows:
        """Return how many parents a reference that depends on others may pick in each row."""
        if reference.beyond is not None:
            start = self._start(reference)
            return np.where(start < 0, 0, len(self._engine.order(reference)) - start)
        groups = self._engine.groups(reference)
        size, _ = self._beside_another(
            reference, groups.find([self._frame.column(name) for name in reference.matching])
        )
        return size

    def _group(self, reference: ReferencePlan) -> Rows:
        """Return, for each row, the group of the reference's parents that agree with it."""
        sources = [self._source(name) for name in reference.matching]
        if len({name for name, _ in sources}) == 1 and sources[0][0]:
            source = self._table.reference(sources[0][0])
            if not any(source.null_permille):
                # One other parent decides: what its rows agree with is looked up once, not in every batch.
                picked = self.of(source)
                columns = tuple(column for _, column in sources)
                met = self._engine.met(reference, source, columns)
                return np.where(picked < 0, -1, met[np.maximum(picked, 0)])
        return self._engine.groups(reference).find([self._frame.column(name) for name in reference.matching])

    def _source(self, name: str) -> tuple[str, str]:
        """Return the reference that a column or lookup takes its value from, "" for none, and the parent's column."""
        lookup = self._table.lookup(name)
        if lookup is not None:
            return lookup.reference, lookup.parent_column
        plan = self._table.column(name)
        return (plan.reference or "", plan.parent_column or "") if plan.source is Source.REFERENCE else ("", "")


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
