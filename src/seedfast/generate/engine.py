"""A plan as a machine: any cell of any new row, computed on demand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from seedfast import codec, rng
from seedfast.errors import GenerateError
from seedfast.generate import keys
from seedfast.generate.aims import aimed
from seedfast.generate.covering import Covering
from seedfast.generate.descent import inherited
from seedfast.generate.existing import ExistingRows, TakenTurns, combined, same_type
from seedfast.generate.frame import NULL, Frame
from seedfast.generate.given import Given
from seedfast.generate.groups import Groups
from seedfast.generate.ordered import ordered
from seedfast.generate.rollups import ranked, rolled_up
from seedfast.generate.trees import grown
from seedfast.names import QualifiedName
from seedfast.plan.spec import (
    GenerationPlan,
    GeneratorPlan,
    Grown,
    KeyPlan,
    Pick,
    Rank,
    ReferencePlan,
    Rollup,
    Source,
    Status,
    TablePlan,
)
from seedfast.rng import Rows
from seedfast.values.kind import Generator
from seedfast.values.registry import Registry

# A parent's column of at most so many rows is kept whole, so that each of its cells is computed once.
_KEPT_ROWS = 1 << 17


class Engine:
    """Generates the rows of a plan. Nothing depends on the order in which batches are asked for."""

    def __init__(
        self,
        plan: GenerationPlan,
        registry: Registry,
        existing: ExistingRows,
        taken: TakenTurns | None = None,
    ) -> None:
        self.plan = plan
        self._registry = registry
        self._existing = existing
        self._taken = taken or {}
        self._tables = {table.name: table for table in plan.tables}
        self._generators: dict[str, Generator] = {}
        self._kept: dict[tuple[QualifiedName, str], pa.Array] = {}
        self._groups: dict[tuple[QualifiedName, tuple[str, ...]], Groups] = {}
        self._agreeing: dict[tuple[QualifiedName, str, int, bool], tuple[Groups, Rows | None]] = {}
        self._favoured: dict[tuple[QualifiedName, str, int | None], Rows | None] = {}
        self._confined: dict[Hashable, Groups] = {}
        self._met: dict[tuple[Groups, QualifiedName, tuple[str, ...]], Rows] = {}
        self._orders: dict[tuple[QualifiedName, str], Rows] = {}
        self._candidates: dict[tuple[QualifiedName, str, int | None, bool], Rows | None] = {}
        self._rolled: dict[tuple[QualifiedName, str], pa.Array] = {}
        self._ranked: dict[tuple[QualifiedName, str], pa.Array] = {}
        self._grown: dict[tuple[QualifiedName, str], pa.Array] = {}
        self._inherited: dict[QualifiedName, Mapping[str, pa.Array]] = {}
        self._aimed: dict[tuple[QualifiedName, str], pa.Array] = {}
        self._picks: dict[tuple[QualifiedName, str], Rows] = {}
        self._counts: dict[tuple[QualifiedName, str], keys.Counting] = {}
        self._coverings: dict[tuple[QualifiedName, str], Covering] = {}
        self._given = {table.name: Given(table) for table in plan.tables}

    def __reduce__(self) -> tuple[type[Engine], tuple[GenerationPlan, Registry, ExistingRows, TakenTurns]]:
        return Engine, (self.plan, self._registry, self._existing, self._taken)

    def batch(
        self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None
    ) -> pa.RecordBatch:
        """Return the new rows [start, stop), counted from 0, of a table.

        ``columns`` defaults to all that the plan does not leave to the server, in the plan's order.
        """
        plan = self._tables[table]
        names = [c.name for c in plan.columns if c.source is not Source.SERVER] if columns is None else list(columns)
        frame = Frame(self, plan, np.arange(plan.existing + start, plan.existing + stop, dtype=np.int64))
        return pa.RecordBatch.from_arrays([frame.column(name) for name in names], names=names)

    def frame(self, table: QualifiedName, rows: Rows, known: Mapping[str, pa.Array] | None = None) -> Frame:
        """Return the cells of the new rows with the given numbers, of which some columns are known."""
        return Frame(self, self._tables[table], rows, known)

    def generator(self, plan: GeneratorPlan) -> Generator:
        """Return the machine for a generator's plan, built once."""
        written = codec.dumps([plan.kind, dict(plan.params)])
        if written not in self._generators:
            self._generators[written] = self._registry.build(plan.kind, plan.params)
        return self._generators[written]

    def inputs(self, plan: GeneratorPlan) -> tuple[str, ...]:
        """Return the columns of its row that a generator reads."""
        return () if plan.kind == NULL else self.generator(plan).inputs

    def total(self, table: QualifiedName) -> int:
        """Return how many rows a table will hold, as far as they can be referred to."""
        plan = self._tables.get(table)
        if plan is None or plan.status not in (Status.FILL, Status.PARENT, Status.TRIGGER):
            return 0
        return plan.existing + plan.rows

    def given(self, table: QualifiedName) -> Given:
        """Return the rows of one's own of a table."""
        return self._given[table]

    # What references ask.

    def popularity(self, parent: QualifiedName) -> rng.Permutation:
        """Return which row of a parent has which rank; the same for all children, so popular is popular everywhere."""
        return rng.Permutation(rng.key(self.plan.seed, str(parent), "@popularity"), self.total(parent))

    def standing(self, table: QualifiedName, rows: Rows) -> pa.Array:
        """Return how many of 1,000 rows of a table are more popular than each of some."""
        total = max(1, self.total(table))
        return pa.array(self.popularity(table).inverse(rows % total) * 1000 // total)

    def favoured(self, table: TablePlan, reference: ReferencePlan, branch: int | None = None) -> Rows | None:
        """Return the parents that a reference may pick, the most popular first; None for all of them."""
        known = (table.name, reference.name, branch)
        if known not in self._favoured:
            among = self.candidates(table, reference, branch)
            ranks = None if among is None else self.popularity(reference.parent).inverse(among)
            self._favoured[known] = None if among is None or ranks is None else among[np.argsort(ranks)]
        return self._favoured[known]

    def covering(self, child: TablePlan, reference: ReferencePlan) -> Covering:
        """Return how the rows of a table take a reference's parents in turn, or are dealt out to them."""
        known = (child.name, reference.name)
        if known not in self._coverings:
            self._coverings[known] = Covering(self, child, reference)
        return self._coverings[known]

    def gather(self, table: QualifiedName, column: str, rows: Rows) -> pa.Array:
        """Return a column's values for rows of a table, old or new; NULL for -1."""
        return self.referred(table, rows).column(column)

    def referred(self, table: QualifiedName, rows: Rows) -> Referred:
        """Return rows of a table, old or new, of which several columns may be asked for."""
        plan = self._tables[table]
        return Referred(self, table, rows, kept=plan.existing + plan.rows <= _KEPT_ROWS)

    def whole(self, table: QualifiedName, column: str) -> pa.Array:
        """Return a column's values for all rows of a table, old and new; small ones are kept."""
        plan = self._tables[table]
        total = plan.existing + plan.rows
        kept = self._kept.get((table, column))
        if kept is None:
            kept = self.cells(table, np.arange(total, dtype=np.int64)).column(column)
            if total <= _KEPT_ROWS:
                self._kept[table, column] = kept
        return kept

    def cells(self, table: QualifiedName, rows: Rows) -> Cells:
        """Return the cells of ascending rows of a table, old and new."""
        return Cells(self, self._tables[table], self._existing.get(table), rows)

    def groups(self, reference: ReferencePlan) -> Groups:
        """Return the parents that a reference's lists let in, grouped by the columns that must match."""
        if reference.pick is Pick.EARLIER or not (reference.allowed or reference.excluded or reference.having):
            return self.grouped(reference.parent, reference.matched)
        lists = (tuple(reference.allowed.items()), tuple(reference.excluded.items()), reference.having)
        known = (reference.parent, reference.matched, lists)
        if known not in self._confined:
            columns = [self.whole(reference.parent, name) for name in reference.matched]
            self._confined[known] = Groups(columns, keys.listed(self, reference))
        return self._confined[known]

    def grouped(self, table: QualifiedName, columns: tuple[str, ...]) -> Groups:
        """Return the rows of a table grouped by their values in some columns."""
        if (table, columns) not in self._groups:
            self._groups[table, columns] = Groups([self.whole(table, name) for name in columns])
        return self._groups[table, columns]

    def agreeing(
        self, table: TablePlan, reference: ReferencePlan, count: int, *, best: bool = True
    ) -> tuple[Groups, Rows | None]:
        """Return the parents that a reference may pick, grouped by the first so many columns that had better agree.

        The groups hold places among the candidates, which come second; None for all rows of the parent.
        """
        known = (table.name, reference.name, count, best)
        if known not in self._agreeing:
            candidates = self.candidates(table, reference, best=best)
            columns = [self.whole(reference.parent, name) for name in list(reference.agreeing.values())[:count]]
            if candidates is not None:
                columns = [column.take(pa.array(candidates)) for column in columns]
            self._agreeing[known] = Groups(columns), candidates
        return self._agreeing[known]

    def met(self, reference: ReferencePlan, source: ReferencePlan, columns: tuple[str, ...]) -> Rows:
        """Return, for every row of the parent of ``source``, which group of a reference's parents it agrees with.

        ``columns`` are those of the parent, in the order of those by which the other table is grouped.
        """
        groups = self.groups(reference)
        known = (groups, source.parent, columns)
        if known not in self._met:
            self._met[known] = groups.find([self.whole(source.parent, name) for name in columns])
        return self._met[known]

    def order(self, reference: ReferencePlan) -> Rows:
        """Return the parents' numbers in the order that a pick beyond another's follows."""
        beyond = reference.beyond
        assert beyond is not None
        if beyond.column is None:
            return np.arange(self.total(reference.parent), dtype=np.int64)
        known = (reference.parent, beyond.column)
        if known not in self._orders:
            self._orders[known] = ordered(self.whole(reference.parent, beyond.column), beyond.type)
        return self._orders[known]

    def places(self, reference: ReferencePlan) -> Rows:
        """Return the place of every parent in that order, -1 where it has none."""
        order = self.order(reference)
        places = np.full(self.total(reference.parent), -1, dtype=np.int64)
        places[order] = np.arange(len(order), dtype=np.int64)
        return places

    def candidates(
        self, table: TablePlan, reference: ReferencePlan, branch: int | None = None, *, best: bool = True
    ) -> Rows | None:
        """Return the parents that a reference may pick, in rows of a branch that confines it or in any, ascending; None
        for all of them.

        The ``best`` are those with which other references of a row could agree.
        """
        known = (table.name, reference.name, branch, best)
        if known not in self._candidates:
            # A ring of tables that must all agree comes back here: the first to ask decides, the last takes any.
            self._candidates[known] = None
            self._candidates[known] = keys.candidates(self, table, reference, branch, best=best)
        return self._candidates[known]

    # What rows ask of those that refer to them.

    def rolled_up(self, table: TablePlan, rollup: Rollup) -> pa.Array:
        """Return what a rollup comes to for each new row of a table."""
        known = (table.name, rollup.name)
        if known not in self._rolled:
            self._rolled[known] = rolled_up(self, table, rollup)
        return self._rolled[known]

    def aimed(self, table: TablePlan, column: str) -> pa.Array:
        """Return a column of all new rows of a table, brought to what they are to come to."""
        known = (table.name, column)
        if known not in self._aimed:
            self._aimed[known] = aimed(self, table, column)
        return self._aimed[known]

    @cached_property
    def aimless(self) -> Engine:
        """An engine for the same rows as they are drawn, before they are brought to anything."""
        tables = tuple(replace(table, aims=()) for table in self.plan.tables)
        return Engine(replace(self.plan, tables=tables), self._registry, self._existing, self._taken)

    def ranked(self, table: TablePlan, rank: Rank) -> pa.Array:
        """Return for each new row of a table which one of its parent's new rows it is."""
        known = (table.name, rank.reference)
        if known not in self._ranked:
            self._picks[known], self._ranked[known] = ranked(self, table, table.reference(rank.reference))
        return self._ranked[known]

    def grown(self, table: TablePlan, spot: Grown) -> pa.Array:
        """Return where in its tree each new row of a table is."""
        known = (table.name, spot.name)
        if known not in self._grown:
            self._grown[known] = grown(self, table, spot)
        return self._grown[known]

    def inherited(self, table: TablePlan, lookup: str) -> pa.Array:
        """Return what each new row of a table finds in the row of the table above it."""
        if table.name not in self._inherited:
            self._inherited[table.name] = inherited(self, table)
        return self._inherited[table.name][lookup]

    def picks(self, table: TablePlan, reference: str) -> Rows | None:
        """Return which parent each new row of a table picks, where that has been worked out for all of them."""
        return self._picks.get((table.name, reference))

    # What keys ask.

    def counting(self, table: TablePlan, key: str) -> keys.Counting:
        """Return how a key of a table counts."""
        if (table.name, key) not in self._counts:
            plan = next(k for k in table.keys if k.name == key)
            self._counts[table.name, key] = keys.Counting(self, table, plan)
        return self._counts[table.name, key]

    def numbers(self, table: TablePlan, key: str, rows: Rows) -> Rows:
        """Return the numbers that new rows take in a key."""
        return self.counting(table, key).numbers(rows)

    def digits(self, table: TablePlan, key: str, numbers: Rows) -> tuple[Rows, ...]:
        """Return the digits of numbers in a key, most significant first."""
        return self.counting(table, key).digits(numbers)

    def taken(self, table: TablePlan, key: KeyPlan) -> Rows:
        """Return the turns of a key, ascending, whose values a stored row holds."""
        return self._taken.get((table.name, key.name), np.zeros(0, dtype=np.int64))

    def may_be_null(self, table: QualifiedName, column: str) -> bool:
        """Tell whether some rows of a table may be NULL in a column."""
        plan, stored = self._tables[table], self._existing.get(table)
        if stored is not None and column in stored.column_names and stored.column(column).null_count:
            return True
        if plan.status is not Status.FILL:
            return False
        if any(row.cells.get(column, "") is None for row in plan.given):
            return True
        planned = plan.column(column)
        if planned.source is Source.REFERENCE:
            keeps = any(generator.params.get("keep") for generator in planned.generators)
            return not keeps and any(plan.reference(planned.reference or "").null_permille)
        if planned.source is Source.SERVER:
            return any(self.may_be_null(table, name) for name in planned.inputs)
        digit = planned.digit
        short = digit is not None and any(
            key.name == digit.key and key.capacity < plan.existing + plan.rows for key in plan.keys
        )
        return short or any(g.null_permille or g.kind == NULL for g in planned.generators)

    def capacity(self, table: QualifiedName, key: str) -> int:
        """Return how many more rows a key can tell apart, beside those stored."""
        counting = self.counting(self._tables[table], key)
        return counting.free + len(self._given[table].complete(counting.columns))


class Cells:
    """Ascending rows of a table, old and new."""

    def __init__(self, engine: Engine, plan: TablePlan, stored: pa.Table | None, rows: Rows) -> None:
        self._plan, self._stored = plan, stored
        old = int(np.searchsorted(rows, plan.existing))
        self._old, self._new = rows[:old], Frame(engine, plan, rows[old:])

    def column(self, name: str) -> pa.Array:
        """Return a column's values."""
        parts = []
        if len(self._old):
            if self._stored is None or name not in self._stored.column_names:
                raise GenerateError("SF-KEY-UNREAD", f"The stored values of {self._plan.name}.{name} were not read.")
            parts.append(combined(self._stored.column(name)).take(pa.array(self._old)))
        if len(self._new.rows) or not parts:
            parts.append(self._new.column(name))
        return parts[0] if len(parts) == 1 else pa.concat_arrays(list(same_type(*parts)))


class Referred:
    """Rows of a table that others refer to, with repeats, -1 for none; what their cells take is made once for all.

    The columns of small tables are ``kept`` whole by the engine.
    """

    def __init__(self, engine: Engine, table: QualifiedName, rows: Rows, *, kept: bool) -> None:
        self._engine, self._table, self._kept = engine, table, kept
        self.rows = rows

    @cached_property
    def _distinct(self) -> tuple[Cells, pa.Array]:
        distinct, inverse = np.unique(np.maximum(self.rows, 0), return_inverse=True)
        return self._engine.cells(self._table, distinct), pa.array(inverse.astype(np.int64), mask=self.rows < 0)

    def column(self, name: str) -> pa.Array:
        """Return a column's values; NULL for -1."""
        if self._kept:
            none = self.rows < 0
            return self._engine.whole(self._table, name).take(pa.array(np.where(none, 0, self.rows), mask=none))
        cells, places = self._distinct
        return cells.column(name).take(places)
