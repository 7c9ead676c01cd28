"""Check what a database promises about its rows, with SQL of our own: PostgreSQL's word for it is not taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import psycopg

from seedfast.db import Connection, search_path_of_the_role
from seedfast.diagnostics import Finding, Severity
from seedfast.model.database import Database
from seedfast.model.table import Column, ForeignKey, Table, TableForm
from seedfast.names import QualifiedName, shown
from seedfast.verify import checks
from seedfast.verify.claim import Claim
from seedfast.verify.figures import Figure
from seedfast.verify.results import CheckResult, Promise, Verification

_NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8", "oid"})

_NOT_VALID = "The constraint is NOT VALID: rows that are older than it may break it."
_NOT_PROMISED = "No constraint asks for it; a foreign key would."
_NOT_ASKED = "No constraint asks for it; rows that seedfast makes in an empty table are so."


def verify(
    connection: Connection,
    database: Database,
    *,
    planned: Mapping[QualifiedName, int] | None = None,
    only: Collection[QualifiedName] | None = None,
    relations: Mapping[QualifiedName, Sequence[ForeignKey]] | None = None,
    coherent: Sequence[Claim] = (),
    figures: Sequence[Figure] = (),
) -> Verification:
    """Count the rows that break a foreign key, a CHECK or a NOT NULL, and see that no sequence is behind.

    ``planned`` says how many rows tables should hold in all. ``only`` names the tables whose promises are checked; by
    default all are. ``relations`` are references that no constraint stands behind, by table: what points at nothing
    there is told and breaks no promise; so it is with what is claimed to be ``coherent``. ``figures`` are what
    the rows must come to. The connection is one of ``seedfast.db``; nothing is written.
    """
    wanted = [table for table in database.tables if only is None or table.name in only]
    run = _Run(connection, database, planned or {}, relations or {}, coherent, figures)
    for table in wanted:
        run.table(table)
    return Verification(tuple(run.results), tuple(run.findings))


@dataclass(slots=True)
class _Run:
    """Collects results and findings, table by table."""

    connection: Connection
    database: Database
    planned: Mapping[QualifiedName, int]
    relations: Mapping[QualifiedName, Sequence[ForeignKey]]
    coherent: Sequence[Claim]
    figures: Sequence[Figure]
    results: list[CheckResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def table(self, table: Table) -> None:
        """Check all promises about one table."""
        if table.form is TableForm.FOREIGN:
            return
        if not table.privileges.select:
            self._unchecked(str(table.name), "the role may not read the table")
            return
        for result in (*self._rows(table), *self._nulls(table), *self._checks(table), *self._foreign_keys(table)):
            self._add(result)
        for result in (*self._relations(table), *self._coherent(table)):
            self._add(result)
        for column in table.columns:
            for result in self._sequence(table, column):
                self._add(result)
        self._figures(table)

    def _figures(self, table: Table) -> None:
        for figure in (one for one in self.figures if one.table == table.name):
            if figure.query is None:
                self._unchecked(str(table.name), f"{figure.said}: {figure.why}")
            elif counted := self._ask(str(table.name), figure.query):
                result = CheckResult(Promise.FIGURE, table.name, figure.said, _int(counted[0]))
                instead = f"It is {counted[1] or 'none'}." if len(counted) > 1 and "for each" not in figure.said else ""
                self._add(result, instead)

    def _rows(self, table: Table) -> Iterator[CheckResult]:
        if table.name in self.planned and (counted := self._ask(str(table.name), checks.rows(table))):
            difference = abs(_int(counted[0]) - self.planned[table.name])
            yield CheckResult(Promise.ROWS, table.name, table.name.name, difference)

    def _nulls(self, table: Table) -> Iterator[CheckResult]:
        required = [column for column in table.columns if not column.nullable]
        if required and (counted := self._ask(str(table.name), checks.nulls(table, required))):
            for column, count in zip(required, counted, strict=True):
                yield CheckResult(Promise.NOT_NULL, table.name, column.name, _int(count))

    def _checks(self, table: Table) -> Iterator[CheckResult]:
        for constraint in table.checks:
            counted = self._ask(_where(table.name, constraint.name), checks.check(table, constraint))
            if counted:
                yield CheckResult(
                    Promise.CHECK, table.name, constraint.name, _int(counted[0]), validated=constraint.validated
                )
        for column in table.columns:
            for domain in column.type.domains():
                for constraint in domain.checks:
                    query = checks.domain_check(table, column, domain, constraint)
                    if counted := self._ask(_where(table.name, column.name), query):
                        name = f"{column.name}: {constraint.name}"
                        yield CheckResult(
                            Promise.CHECK, table.name, name, _int(counted[0]), validated=constraint.validated
                        )

    def _foreign_keys(self, table: Table) -> Iterator[CheckResult]:
        for key in table.foreign_keys:
            parent = self.database.by_name.get(key.parent)
            if parent is None:
                self._unchecked(_where(table.name, key.name), f"{key.parent} is not visible")
            elif not parent.privileges.select:
                self._unchecked(_where(table.name, key.name), f"the role may not read {key.parent}")
            elif counted := self._ask(_where(table.name, key.name), checks.orphans(table, key, parent)):
                yield CheckResult(Promise.FOREIGN_KEY, table.name, key.name, _int(counted[0]), validated=key.validated)

    def _relations(self, table: Table) -> Iterator[CheckResult]:
        for key in self.relations.get(table.name, ()):
            parent = self.database.by_name[key.parent]
            if not parent.privileges.select or parent.form is TableForm.FOREIGN:
                self._unchecked(_where(table.name, key.name), f"the role may not read {key.parent}")
            elif counted := self._ask(_where(table.name, key.name), checks.orphans(table, key, parent)):
                yield CheckResult(Promise.RELATION, table.name, key.name, _int(counted[0]), validated=False)

    def _coherent(self, table: Table) -> Iterator[CheckResult]:
        for claim in self.coherent:
            if claim.table == table.name and (counted := self._ask(_where(table.name, claim.column), claim.query)):
                name = f"{claim.column}: {claim.said}"
                yield CheckResult(Promise.COHERENCE, table.name, name, _int(counted[0]), validated=False)

    def _sequence(self, table: Table, column: Column) -> Iterator[CheckResult]:
        sequence = column.sequence
        if sequence is None or column.type.storage.name not in _NUMBERS:
            return
        where = str(sequence.name)
        if not (stand := self._ask(where, checks.position(sequence.name))):
            return
        last, drawn = _int(stand[0]), bool(stand[1])
        upcoming = last + sequence.increment if drawn else last
        if counted := self._ask(where, checks.ahead(table, column, sequence, upcoming)):
            yield CheckResult(Promise.SEQUENCE, table.name, where, _int(counted[0]))

    def _ask(self, where: str, query: str) -> tuple[object, ...] | None:
        """Return the only row of a query, or None where PostgreSQL couldn't answer, which becomes a finding."""
        try:
            with self.connection.transaction(), search_path_of_the_role(self.connection):
                return self.connection.execute(query.encode()).fetchone()
        except psycopg.Error as error:
            if self.connection.closed or error.sqlstate is None or error.sqlstate.startswith(("08", "57")):
                raise
            self._unchecked(where, f"PostgreSQL said: {error.diag.message_primary or error}")
            return None

    def _unchecked(self, where: str, why: str) -> None:
        self.findings.append(
            Finding(
                code="SF-VERIFY-UNCHECKED",
                severity=Severity.WARNING,
                where=where,
                message=f"This could not be checked: {why}",
                hint="Verify as a role that may read all tables and sequences.",
            )
        )

    def _add(self, result: CheckResult, what: str = "") -> None:
        self.results.append(result)
        if result.breaches:
            self.findings.append(_breach(result, what))


def _breach(result: CheckResult, instead: str) -> Finding:
    what = {
        Promise.FOREIGN_KEY: f"{result.breaches} rows point at nothing.",
        Promise.CHECK: f"{result.breaches} rows break it.",
        Promise.NOT_NULL: f"{result.breaches} rows are NULL where that is not allowed.",
        Promise.SEQUENCE: f"{result.breaches} values that the sequence has yet to draw are in {result.table} already.",
        Promise.ROWS: f"The table's number of rows differs by {result.breaches} from what was planned.",
        Promise.RELATION: f"{result.breaches} rows point at nothing, as their names and types have it.",
        Promise.COHERENCE: f"{result.breaches} rows are otherwise than the names of their columns have it.",
        Promise.FIGURE: f"{result.name}: {instead or f'{result.breaches} of the parents have another one.'}",
    }[result.promise]
    where = result.name if result.promise is Promise.SEQUENCE else _where(result.table, result.name)
    return Finding(
        code=f"SF-VERIFY-{result.promise.name.replace('_', '-')}",
        severity=_severity(result),
        where=str(result.table) if result.promise in (Promise.ROWS, Promise.FIGURE) else where,
        message=what,
        hint=_hint(result),
    )


def _hint(result: CheckResult) -> str:
    if result.promise is Promise.COHERENCE:
        return _NOT_ASKED
    if result.promise is Promise.RELATION:
        return _NOT_PROMISED
    return "" if result.validated else _NOT_VALID


def _severity(result: CheckResult) -> Severity:
    if result.promise in (Promise.RELATION, Promise.COHERENCE):
        return Severity.INFO
    return Severity.ERROR if result.validated else Severity.WARNING


def _where(table: QualifiedName, name: str) -> str:
    return f"{table}.{shown(name)}"


def _int(value: object) -> int:
    return int(str(value))
