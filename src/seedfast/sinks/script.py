"""Scripts that put rows into tables, step by step as loading does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import IO

from seedfast import __version__, db
from seedfast.load.batches import Rows
from seedfast.load.statements import Target
from seedfast.model.table import TableForm
from seedfast.names import QualifiedName, literal, quote
from seedfast.plan.spec import LoadStep, Method, Postponed, SequencePlan, TablePlan
from seedfast.sinks.cargo import Cargo

_INTEGERS = ("smallint", "integer", "bigint")

# What the highest value leaves the sequence at, where that is further than it stands; the bounds are its own.
_SETVAL = """SELECT pg_catalog.setval({sequence}, v.value::bigint)
  FROM (SELECT {extreme} AS value FROM {table} AS t, pg_catalog.pg_sequence AS b
         WHERE b.seqrelid = {sequence} AND {value} BETWEEN b.seqmin AND b.seqmax) AS v, {name} AS s
 WHERE v.value {beyond} s.last_value OR v.value = s.last_value AND NOT s.is_called"""


class Script(ABC):
    """A script in one transaction. What it says of each table's rows is up to the kind of script."""

    def __init__(self, cargo: Cargo, out: IO[bytes]) -> None:
        self.cargo = cargo
        self._out = out
        self._schema: str | None = None

    @property
    @abstractmethod
    def preface(self) -> Sequence[str]:
        """The lines that come first."""

    @abstractmethod
    def rows(self, rows: Rows, method: Method) -> None:
        """Put the rows of one table in."""

    @abstractmethod
    def together(self, tables: Sequence[Rows], block: int) -> None:
        """Put the rows of tables in by statements that take all of the tables at once."""

    @abstractmethod
    def update(self, postponed: Postponed, target: Target) -> None:
        """Set columns of rows that are in."""

    def write(self) -> None:
        """Write the script from beginning to end."""
        plan = self.cargo.plan
        self.line(
            f"-- Rows by seedfast {__version__}: seed {plan.seed}, now {plan.now} UTC, schema {plan.fingerprint}.",
            *self.preface,
        )
        # Within psql -1 there is a transaction already, which is worth no warning.
        self.say("SET client_min_messages = error")
        self.say("BEGIN")
        settings = {"client_encoding": "UTF8", **db.SETTINGS, "lc_monetary": "C"}
        for name, value in settings.items():
            if name != "search_path":
                self.say(f"SET LOCAL {quote(name)} = {literal(value)}")
        for name, value in self.cargo.session.items():
            self.say(f"SELECT pg_catalog.set_config({literal(name)}, {literal(value)}, true)")
        self.say("SET CONSTRAINTS ALL DEFERRED")
        for sequence in plan.sequences:
            if sequence.reserved is not None:
                self._hold(sequence, sequence.reserved)
        for step in plan.steps:
            self._step(step)
        filled = {table.name for table in self.cargo.filled}
        self.line("")
        for sequence in plan.sequences:
            if sequence.table in filled:
                self._advance(sequence)
        self.say("SET CONSTRAINTS ALL IMMEDIATE")
        self.say("COMMIT")

    def say(self, statement: str) -> None:
        """Write a statement."""
        self.line(statement + ";")

    def line(self, *lines: str) -> None:
        """Write lines as they are."""
        for line in lines:
            self.raw(line.encode() + b"\n")

    def raw(self, content: bytes | memoryview) -> None:
        """Write bytes."""
        self._out.write(content)

    def _step(self, step: LoadStep) -> None:
        later: Mapping[QualifiedName, frozenset[str]] = {
            postponed.table: frozenset(postponed.columns)
            for any_step in self.cargo.plan.steps
            for postponed in any_step.postponed
        }
        tables = [table for name in step.tables if (table := self.cargo.plan.table(name)).rows]
        sources = [self.cargo.rows(table, later.get(table.name, frozenset())) for table in tables]
        if step.method is Method.TOGETHER:
            if tables:
                self._enter(*tables)
                self.together(sources, step.block)
                self._leave(*tables)
        else:
            for rows in sources:
                self._enter(rows.table)
                early = self._deferrable(rows.table.name) if rows.table.name in self.cargo.early else ""
                if early:
                    self.say(f"SET CONSTRAINTS {early} IMMEDIATE")
                self.rows(rows, step.method)
                if early:
                    self.say(f"SET CONSTRAINTS {early} DEFERRED")
                self._leave(rows.table)
            for sequence in self.cargo.plan.sequences:
                if sequence.early and sequence.table in {table.name for table in tables}:
                    self._advance(sequence)
        for postponed in step.postponed:
            table = self.cargo.plan.table(postponed.table)
            if table.rows:
                self._enter(table)
                columns = tuple(table.column(name) for name in postponed.columns)
                partitioned = self.cargo.tables[table.name].form is TableForm.PARTITIONED
                self.update(postponed, Target(table.name, columns, only=not partitioned))
                self._leave(table)

    def _enter(self, *tables: TablePlan) -> None:
        """Name the tables, and set what their triggers read: the schema of the first on the search_path, settings."""
        self.line("", "-- " + ", ".join(" ".join(str(table.name).split()) for table in tables))
        schema = tables[0].name.schema
        if schema != self._schema:
            self._schema = schema
            for statement in db.search_path(schema):
                self.say(statement)
        for name, value in _settings(tables).items():
            self.say(f"SELECT pg_catalog.set_config({literal(name)}, {literal(value)}, true)")

    def _leave(self, *tables: TablePlan) -> None:
        """Give the tables' settings their values of before."""
        for name in _settings(tables):
            before = literal(self.cargo.session.get(name, ""))
            self.say(f"SELECT pg_catalog.set_config({literal(name)}, {before}, true)")

    def _deferrable(self, table: QualifiedName) -> str:
        """Return the deferrable constraint triggers of a table, which lie in its schema."""
        triggers = (trigger for trigger in self.cargo.tables[table].triggers if trigger.deferrable)
        return ", ".join(QualifiedName(table.schema, trigger.name).sql for trigger in triggers)

    def _hold(self, plan: SequencePlan, last: int) -> None:
        """Bring a sequence past what a table's own rows hold, so that triggers draw from beyond these."""
        beyond = f"{last} {'>=' if plan.increment > 0 else '<='} last_value"
        name = literal(plan.sequence.sql)
        self.say(f"SELECT pg_catalog.setval({name}::regclass, {last}) FROM {plan.sequence.sql} WHERE {beyond}")

    def _advance(self, plan: SequencePlan) -> None:
        value = f"t.{quote(plan.column)}"
        if self.cargo.plan.table(plan.table).column(plan.column).type not in _INTEGERS:
            # Text drawn from a sequence: what isn't a number is out of its reach.
            value = f"CASE WHEN {value}::text ~ '^-?[0-9]{{1,19}}$' THEN {value}::text::numeric END"
        self.say(
            _SETVAL.format(
                sequence=f"{literal(plan.sequence.sql)}::regclass",
                extreme=f"pg_catalog.{'max' if plan.increment > 0 else 'min'}({value})",
                table=plan.table.sql,
                value=value,
                name=plan.sequence.sql,
                beyond=">" if plan.increment > 0 else "<",
            )
        )


def _settings(tables: Sequence[TablePlan]) -> dict[str, str]:
    return {name: value for table in tables for name, value in table.settings.items()}


def bare(rows: Rows) -> str:
    """Return the INSERT of rows that consist of nothing but what the server computes."""
    return f"INSERT INTO {rows.table.name.sql} SELECT FROM pg_catalog.generate_series(1, {rows.table.rows})"
