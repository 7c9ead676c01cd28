"""Load a plan's rows inside a transaction that the caller opened, and that the caller alone commits or rolls back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain

import psycopg
from psycopg.pq import TransactionStatus

from seedfast.db import Connection, adopted, search_path_of_the_role, set_search_path
from seedfast.diagnostics import Finding, Severity
from seedfast.events import Listener, LoadStarted, RowsLoaded, ignore
from seedfast.load import failures, salvage, statements
from seedfast.load.ahead import Ahead
from seedfast.load.batches import FIRST_BATCH, Batch, Rows, take
from seedfast.load.crew import Alone, Crew, Portion
from seedfast.load.deferred import DeferredTriggers
from seedfast.load.rebuild import AbandonedError, Rebuild, TakenOff, at_once, take_off
from seedfast.load.reserve import Relation, reserve
from seedfast.load.results import LoadResult, Refusal
from seedfast.load.sequences import Held, advance, hold
from seedfast.load.source import RowSource
from seedfast.load.statements import Target
from seedfast.names import QualifiedName
from seedfast.plan.spec import GenerationPlan, LoadStep, Method, Postponed, TablePlan


def load(
    connection: Connection,
    plan: GenerationPlan,
    source: RowSource,
    *,
    listener: Listener = ignore,
    batch_rows: int = 10_000,
    lock_timeout_ms: int = 10_000,
    partial: Collection[QualifiedName] = (),
    early: Collection[QualifiedName] = (),
    refused: Callable[[Refusal], Collection[QualifiedName]] | None = None,
    rebuild: Rebuild | None = None,
    undone: bool = False,
    crew: Crew | None = None,
) -> LoadResult:
    """Put all rows of the plan into their tables and bring the sequences past them.

    A table of ``partial`` is refused only if none of its rows go in: else some are left out, and a finding says so.
    Constraint triggers of a table of ``early`` are checked as its rows go in, not in the end, where they can be.
    ``refused`` is told of each refusal while the rows before it are there, and returns the tables that are left out on
    that account; with those that remain loading goes on, so that one attempt meets as many refusals as it can. Without
    it loading stops at the first.
    With ``rebuild`` indexes and foreign keys may be off the tables meanwhile. Nothing can be asked about a refusal
    then, so that the load is abandoned at the first, and the result says why.

    Rows come from ``source``, and those of large tables ready to be sent from a ``crew`` that makes the same.
    With ``undone`` the caller takes the rows back whatever becomes of them: the sequences then stay as they were.

    The connection is one of ``seedfast.db``, in a READ COMMITTED transaction, which this neither commits nor rolls
    back. ``lock_timeout_ms`` stays in force until that transaction ends. Raises a ``SeedfastError`` where the run
    can't go on: a lock was not obtained, a table changed since it was planned, the connection went away.
    """
    if connection.autocommit and connection.info.transaction_status is TransactionStatus.IDLE:
        raise ValueError("the caller must open a transaction")
    tables = [name for step in plan.steps for name in step.tables if plan.table(name).rows]
    loader = _Loader(
        connection,
        plan,
        source,
        crew or Alone(),
        listener,
        batch_rows,
        partial,
        early,
        refused or (lambda _: tables),
        DeferredTriggers(connection),
    )
    held = Held({})
    try:
        _set_limits(connection, lock_timeout_ms)
        # Policies run whenever a table is read, so that counting rows is no different from putting them in.
        with search_path_of_the_role(connection):
            loader.relations = reserve(connection, plan, tables)
            if rebuild is not None and (taken := take_off(connection, plan, rebuild)):
                loader.taken, loader.plan = taken, at_once(plan, taken)
            listener(LoadStarted(sum(plan.table(name).rows for name in tables)))
            connection.execute(b"SET CONSTRAINTS ALL DEFERRED")
            filled = [sequence for sequence in plan.sequences if sequence.table in set(tables)]
            held = hold(connection, [sequence for sequence in filled if sequence.early])
            updated = {postponed.table for step in loader.plan.steps for postponed in step.postponed}
            loader.deferred.read(loader.planned, updated)
            for step in loader.plan.steps:
                loader.step(step)
            if not loader.refusals:
                loader.check_deferred()
            if loader.refusals:
                held.put_back(connection)
                return LoadResult(loader.inserted, tuple(loader.refusals), tuple(loader.findings))
            if loader.taken is not None:
                loader.taken.put_back(connection)
            if undone:
                held.put_back(connection)
            sequences = [] if undone else [advance(connection, sequence) for sequence in filled]
    except AbandonedError as abandoned:
        held.put_back(connection)
        return LoadResult({}, abandoned=str(abandoned))
    except psycopg.Error as error:
        raise failures.failure(error, doing="loading") from error
    finally:
        loader.forget()
    loader.findings += [finding for finding in sequences if finding is not None]
    rebuilt = loader.taken.tables if loader.taken is not None else ()
    return LoadResult(loader.inserted, (), tuple(loader.findings), loader.sifted, rebuilt)


def _set_limits(connection: Connection, lock_timeout_ms: int) -> None:
    # The text of a money value depends on lc_monetary; generators write it with a point and two digits.
    connection.execute(
        "SELECT pg_catalog.set_config('lock_timeout', %s, true), pg_catalog.set_config('lc_monetary', 'C', true)",
        [str(lock_timeout_ms)],
    )


@dataclass(slots=True)
class _Loader:
    """The state of one load."""

    connection: Connection
    plan: GenerationPlan
    source: RowSource
    crew: Crew
    listener: Listener
    batch_rows: int
    partial: Collection[QualifiedName]
    early: Collection[QualifiedName]
    refused: Callable[[Refusal], Collection[QualifiedName]]
    deferred: DeferredTriggers
    taken: TakenOff | None = None
    left_out: set[QualifiedName] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    relations: Mapping[QualifiedName, Relation] = field(default_factory=dict)
    inserted: dict[QualifiedName, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    sifted: dict[QualifiedName, tuple[int, ...]] = field(default_factory=dict)
    ahead: Ahead[memoryview] | None = None
    awaited: list[QualifiedName] = field(default_factory=list)

    def step(self, step: LoadStep) -> None:
        """Load the tables of a step, then set what was postponed."""
        later = self._later()
        tables = [table for name in step.tables if (table := self.plan.table(name)).rows]
        if step.method is Method.TOGETHER:
            if tables and not self.left_out & set(step.tables):
                set_search_path(self.connection, tables[0].name.schema)
                together = {name: value for table in tables for name, value in table.settings.items()}
                with self._refusing([table.name for table in tables]), adopted(self.connection, together):
                    self._together(tables, later, step.block)
        else:
            for table in tables:
                if table.name in self.left_out:
                    continue
                set_search_path(self.connection, table.name.schema)
                at_once = table.name in self.early
                with (
                    self.deferred.checking(table.name, at_once=at_once),
                    self._refusing([table.name]),
                    adopted(self.connection, table.settings),
                ):
                    rows = Rows(self.source, table, later.get(table.name, frozenset()))
                    self.inserted[table.name] = self._alone(rows, step.method)
                if self.taken is not None:
                    self.taken.loaded(self.connection, table.name)
            present = {table.name for table in tables} - self.left_out
            for sequence in self.plan.sequences:
                if sequence.early and sequence.table in present:
                    # Should this fail, the same is tried, and reported, when all rows are in.
                    advance(self.connection, sequence)
        for postponed in step.postponed:
            if self.plan.table(postponed.table).rows and not self.left_out & self._needed(postponed):
                set_search_path(self.connection, postponed.table.schema)
                settings = self.plan.table(postponed.table).settings
                with self._refusing([postponed.table]), adopted(self.connection, settings):
                    self._update(postponed)

    def forget(self) -> None:
        """Let go of rows that were made ahead; afterwards nobody but the caller makes any."""
        if self.ahead is not None:
            self.ahead.close()
        self.ahead, self.awaited = None, []

    def _later(self) -> Mapping[QualifiedName, frozenset[str]]:
        """Return the columns that are set when rows are in, maybe in a later step than the one that inserts them."""
        return {
            postponed.table: frozenset(postponed.columns) for step in self.plan.steps for postponed in step.postponed
        }

    def _copied(self, name: QualifiedName) -> Iterator[Rows]:
        """Yield the rows of a table and of those that are copied right after it.

        No other rows may have to be made in between: only one thread at a time makes any.
        """
        later, begun = self._later(), False
        for step in self.plan.steps:
            for table in self._filled(step):
                begun = begun or table == name
                if begun and table not in self.left_out:
                    rows = Rows(self.source, self.plan.table(table), later.get(table, frozenset()))
                    if step.method is not Method.COPY or not rows.target.columns:
                        return
                    yield rows
            if begun and step.postponed:
                return

    def _filled(self, step: LoadStep) -> Sequence[QualifiedName]:
        return [name for name in step.tables if self.plan.table(name).rows]

    def _needed(self, postponed: Postponed) -> set[QualifiedName]:
        """Return the tables without which columns can't be set: their own, and those that they point at."""
        table = self.plan.table(postponed.table)
        columns = set(postponed.columns)
        return {table.name, *(each.parent for each in table.references if columns & set(each.columns))}

    def check_deferred(self) -> None:
        """Have PostgreSQL check now what it may check at the end, so that a breach is named before the commit."""
        try:
            with self.connection.transaction():
                self.connection.execute(b"SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            if not failures.is_about_rows(error):
                raise failures.failure(error, doing="checking deferred constraints") from error
            if self.taken is not None:
                raise _abandoned(error) from error
            table = self.planned(failures.named(error)) or self.deferred.culprit()
            self._refuse(replace(failures.refusal(error, table), late=True))

    @contextmanager
    def _refusing(self, tables: Collection[QualifiedName]) -> Iterator[None]:
        """Undo what the block wrote when PostgreSQL refuses it, and say whose rows it refused."""
        try:
            with self.connection.transaction():
                yield
        except psycopg.Error as error:
            self.forget()
            if not failures.is_about_rows(error):
                doing = "loading " + ", ".join(map(str, tables))
                raise failures.failure(error, doing=doing) from error
            if self.taken is not None:
                raise _abandoned(error) from error
            for name in tables:
                self.inserted.pop(name, None)
            refusal = failures.refusal(error, failures.blamed(error, tables))
            if isinstance(error, psycopg.errors.UniqueViolation) and refusal.table is not None:
                refusal = replace(refusal, held=self._held(refusal.table))
            self._refuse(refusal)
            self.left_out |= set(tables)

    def _refuse(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)
        self.left_out |= set(self.refused(refusal))

    def _held(self, table: QualifiedName) -> int:
        """Return how many rows, not there before, a table holds now that its own have been undone."""
        relation = self.relations.get(table)
        if relation is None or not relation.readable:
            return 0
        rows = f"SELECT pg_catalog.count(*) FROM {'' if relation.partitioned else 'ONLY '}{table.sql}"
        counted = self.connection.execute(rows.encode()).fetchone()
        return int(str(counted[0])) - self.plan.table(table).existing if counted else 0

    def _alone(self, rows: Rows, method: Method) -> int:
        """Load the rows of one table: all at once, else, where that is allowed, those that go in."""
        try:
            with self.connection.transaction():
                return self._copy(rows) if method is Method.COPY and rows.target.columns else self._insert(rows)
        except psycopg.Error as error:
            self.forget()
            allowed = rows.table.name in self.partial and rows.target.columns
            if not failures.is_about_rows(error) or not allowed:
                raise
            sieve = salvage.Sieve(self.connection, rows)
            if not sieve.run():
                raise
            self.findings.append(sieve.finding())
            self.sifted[rows.table.name] = tuple(sieve.left_out)
            return sieve.inserted

    def _copy(self, rows: Rows) -> int:
        with self.connection.cursor() as cursor:
            with cursor.copy(statements.copy(rows.target).encode()) as copy:
                for portion in self._texts(rows):
                    copy.write(portion.made)
                    self.listener(RowsLoaded(rows.table.name, portion.rows))
            return cursor.rowcount

    def _texts(self, rows: Rows) -> Iterator[Portion[memoryview]]:
        """Yield a table's rows as text. Those of a large one begin to be made with those that are copied after it.

        What the server does about a table when its rows are in often takes longer than the rows did.
        """
        if self.awaited[:1] != [rows.table.name]:
            self.forget()
            if rows.table.rows <= FIRST_BATCH:
                return self._made(rows)
            following = list(self._copied(rows.table.name))
            self.awaited = [each.table.name for each in following]
            self.ahead = Ahead(chain.from_iterable(map(self._made, following)))
        assert self.ahead is not None
        del self.awaited[0]
        return self.ahead.take(rows.table.rows)

    def _made(self, rows: Rows) -> Iterator[Portion[memoryview]]:
        return self.crew.make(rows, Batch.text, self.batch_rows)

    def _insert(self, rows: Rows) -> int:
        statement = statements.insert(rows.target).encode()
        cursor = psycopg.RawCursor(self.connection)
        inserted = 0
        for portion in self.crew.make(rows, Batch.parameters, self.batch_rows):
            cursor.execute(statement, portion.made)
            inserted += cursor.rowcount
            self.listener(RowsLoaded(rows.table.name, portion.rows))
        return inserted

    def _together(self, tables: Sequence[TablePlan], later: Mapping[QualifiedName, frozenset[str]], block: int) -> None:
        sources = [Rows(self.source, table, later.get(table.name, frozenset())) for table in tables]
        most = max(table.rows for table in tables)
        size = block or most
        cursor = psycopg.RawCursor(self.connection)
        for start in range(0, most, size):
            batches = {rows: rows.batch(start, start + size) for rows in sources if start < rows.table.rows}
            statement = statements.together([rows.target for rows in batches])
            parameters = [value for batch in batches.values() for value in batch.parameters()]
            counts = cursor.execute(statement.encode(), parameters).fetchone()
            for (rows, batch), count in zip(batches.items(), counts or (), strict=True):
                name = rows.table.name
                self.inserted[name] = self.inserted.get(name, 0) + int(str(count))
                self.listener(RowsLoaded(name, batch.rows))

    def _update(self, postponed: Postponed) -> None:
        table = self.plan.table(postponed.table)
        identity = [table.column(name) for name in postponed.identity]
        columns = tuple(table.column(name) for name in postponed.columns)
        target = Target(table.name, columns, only=not self.relations[table.name].partitioned)
        statement = statements.update(target, identity).encode()
        cursor = psycopg.RawCursor(self.connection)
        wanted = [*postponed.identity, *postponed.columns]
        sent = found = 0
        for start in range(0, table.rows, self.batch_rows):
            batch = take(self.source, table.name, start, min(start + self.batch_rows, table.rows), wanted)
            batch = batch.having_any(len(identity))
            if batch.rows:
                cursor.execute(statement, batch.parameters())
                sent, found = sent + batch.rows, found + cursor.rowcount
        if found != sent:
            self.findings.append(_unmatched(postponed, sent - found))

    def planned(self, name: QualifiedName | None) -> QualifiedName | None:
        """Return the planned table that a table is, or is a partition of; None for any other."""
        if name is None or name in self.relations:
            return name
        cursor = psycopg.RawCursor(self.connection)
        for known, relation in self.relations.items():
            if relation.partitioned:
                row = cursor.execute(
                    b"SELECT pg_catalog.pg_partition_root($1::regclass) = $2::regclass", [name.sql, known.sql]
                ).fetchone()
                if row is not None and row[0]:
                    return known
        return None


def _abandoned(error: psycopg.Error) -> AbandonedError:
    return AbandonedError(error.diag.message_primary or str(error))


def _unmatched(postponed: Postponed, rows: int) -> Finding:
    return Finding(
        code="SF-LOAD-UNMATCHED",
        severity=Severity.WARNING,
        where=str(postponed.table),
        message=f"{rows} rows did not get their {', '.join(postponed.columns)}: they were not found again"
        f" by {', '.join(postponed.identity)}.",
        hint="A trigger or rule may have changed or left out the rows. The columns are NULL there.",
    )
