"""A plan, run in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import psycopg

from seedfast import db, records
from seedfast.catalog import contents
from seedfast.db import Connection
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import LoadError
from seedfast.events import Listener, StageStarted, ignore
from seedfast.generate.engine import Engine
from seedfast.load.load import load
from seedfast.load.rebuild import Rebuild
from seedfast.load.results import LoadResult, Refusal
from seedfast.model.database import Existing
from seedfast.model.mentions import mentions
from seedfast.model.table import Table
from seedfast.names import QualifiedName, shown
from seedfast.pipeline import lessons, loading, own_rows
from seedfast.pipeline.admission import guard, hold_to_wishes
from seedfast.pipeline.hands import hands
from seedfast.pipeline.lessons import Refused, dependants, without
from seedfast.pipeline.preparation import target
from seedfast.pipeline.probe import reduced, taught, wanted
from seedfast.pipeline.request import Outcome, Prepared, TableOutcome
from seedfast.plan.spec import Status, TablePlan


def execute(prepared: Prepared, listener: Listener = ignore) -> Outcome:
    """Run the plan in one transaction: everything is in, or everything is as it was.

    Where PostgreSQL refuses rows, what can be learnt from it goes into a new plan, and the run starts again; a table
    from which nothing can be learnt becomes a gap.
    """
    guard(prepared)
    started = time.monotonic()
    with db.connect(prepared.request.dsn) as connection:
        if wanted(prepared):
            listener(StageStarted("probe"))
            probe, _ = settled(connection, reduced(connection, prepared))
            prepared = taught(connection, prepared, probe.options)
        prepared, attempt = settled(connection, prepared, hold_to_wishes, listener)
        tables, findings = _compare(prepared, attempt.result, attempt.held)
        committed = not prepared.request.dry_run
        if committed:
            records.record(target(connection), {t.name: t.inserted for t in tables if t.inserted > 0})
    findings = (*prepared.plan.findings, *attempt.result.findings, *findings)
    return Outcome(prepared.plan, tables, findings, committed, time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What loading came to, and either the rows that tables held at its end or what was learnt from refusals."""

    result: LoadResult
    held: Existing = field(default_factory=lambda: Existing({}))
    refused: tuple[Refused, ...] = ()


def settled(
    connection: Connection,
    prepared: Prepared,
    admit: Callable[[Prepared], None] | None = None,
    listener: Listener = ignore,
) -> tuple[Prepared, Attempt]:
    """Attempt the load until nothing is refused any more; each table can only teach so much.

    What ``admit`` says of a plan is heard before it is attempted: a probe's few rows needn't be what was asked for.
    Rows that are refused while indexes are off are loaded again with all in place, which tells whose they are.
    """
    rebuild = loading.allowed(connection, prepared)
    said: tuple[Finding, ...] = ()
    while True:
        if admit is not None:
            admit(prepared)
        attempt = _attempt(connection, prepared, listener, rebuild)
        if attempt.result.abandoned:
            rebuild, said = None, (loading.abandoned(attempt.result),)
        elif attempt.refused:
            prepared = without(connection, prepared, attempt.refused)
            rebuild = rebuild and loading.allowed(connection, prepared)
        else:
            said = said or tuple(loading.findings(prepared, attempt.result))
            result = replace(attempt.result, findings=(*attempt.result.findings, *said))
            return prepared, replace(attempt, result=result)


def refuse_gaps(prepared: Prepared) -> None:
    """Refuse, with ``strict``, a plan that leaves out a table which could hold rows."""
    gaps = [table for table in prepared.plan.tables if table.status is Status.GAP]
    if prepared.request.strict and gaps:
        raise LoadError(
            "SF-STRICT",
            f"{gaps[0].name} would stay empty ({gaps[0].reason}), and --strict allows no gap; nothing was written.",
            "Leave out --strict to fill the other tables.",
        )


def _attempt(connection: Connection, prepared: Prepared, listener: Listener, rebuild: Rebuild | None) -> Attempt:
    request, plan = prepared.request, prepared.plan
    engine = Engine(plan, prepared.request.registry, prepared.stored, prepared.taken)
    refuse_gaps(prepared)
    listener(StageStarted("load"))
    seen: list[Refused] = []

    def look(refusal: Refusal) -> Collection[QualifiedName]:
        seen.append(lessons.look(connection, prepared, engine, refusal))
        return dependants(prepared, refusal)

    try:
        with connection.transaction(force_rollback=request.dry_run), hands(prepared, engine) as crew:
            db.adopt(connection, request.session)
            result = load(
                connection,
                plan,
                engine,
                listener=listener,
                lock_timeout_ms=request.lock_timeout_ms or 0,
                partial=prepared.options.partial,
                early=prepared.options.early,
                refused=look,
                rebuild=rebuild,
                undone=request.dry_run,
                crew=crew,
            )
            if result.refused or result.abandoned:
                attempt = Attempt(result, refused=tuple(seen))
                raise psycopg.Rollback
            changed = tuple(own_rows.arrived(connection, prepared.database, plan, engine, result.findings))
            result = replace(result, findings=(*result.findings, *changed))
            listener(StageStarted("verify"))
            attempt = Attempt(result, contents.count_existing(connection, prepared.database.tables))
    except psycopg.Error as error:
        raise db.explain_failure(error, doing="ending the transaction") from error
    except psycopg.Rollback as lost:
        # It gets through where there is no session left to roll back: the server ended while something was built.
        gone = psycopg.OperationalError("the connection is lost")
        raise db.explain_failure(gone, doing="ending the transaction") from lost
    return attempt


def _compare(
    prepared: Prepared, result: LoadResult, held: Existing
) -> tuple[tuple[TableOutcome, ...], tuple[Finding, ...]]:
    """Hold what the tables hold now against what was planned; what can't be counted counts as it was sent."""
    tables, findings = [], []
    for table in prepared.plan.tables:
        inserted = held.count(table.name) - prepared.existing.count(table.name)
        actual = prepared.database.by_name.get(table.name)
        if actual is not None and not actual.privileges.select:
            inserted = result.inserted.get(table.name, 0)
        elif actual is not None and actual.row_security:
            # Policies may hide from the role what it has inserted.
            inserted = max(inserted, result.inserted.get(table.name, 0))
        status, reason = table.status, table.reason
        if status is Status.FILL and inserted != table.rows:
            if table.rows > 0 and inserted <= 0:
                status, reason = Status.GAP, "a trigger or rule of the database kept every row out"
            # Of rows that were refused one by one there is a finding already.
            if inserted != table.rows - len(result.left_out.get(table.name, ())):
                findings.append(_differing(prepared, table, inserted))
        tables.append(TableOutcome(table.name, table.existing, table.rows, inserted, status.value, reason))
    return tuple(tables), tuple(findings)


def _differing(prepared: Prepared, table: TablePlan, inserted: int) -> Finding:
    """Say that a table holds more or fewer new rows than planned, and why as far as that is known."""
    makers = _makers(prepared, table.name)
    if inserted > table.rows and makers:
        return Finding(
            "SF-ROWS-ADDED",
            Severity.INFO,
            str(table.name),
            f"{inserted - table.rows:,} rows are there beside the {table.rows:,} that were planned: triggers of"
            f" {makers} write to it.",
            "Nothing; with fewer rows of the tables whose triggers they are there are fewer of them.",
        )
    return Finding(
        "SF-ROWS-DIFFER",
        Severity.ERROR if table.rows > 0 and inserted <= 0 else Severity.WARNING,
        str(table.name),
        f"{table.rows:,} rows were planned and {inserted:,} are"
        f" there{_suspects(prepared.database.by_name.get(table.name))}.",
        "A trigger or rule of the database adds rows or leaves some out.",
    )


def _makers(prepared: Prepared, table: QualifiedName) -> str:
    """Return the other tables whose triggers name a table, for a sentence."""
    told = mentions(prepared.database.tables)
    return " and ".join(sorted(str(maker) for maker, named in told.items() if table in named))


def _suspects(table: Table | None) -> str:
    """Return the triggers and rules that may replace rows or leave them out, as the end of a sentence."""
    if table is None:
        return ""
    triggers = [f"trigger {shown(trigger.name)}" for trigger in table.triggers if trigger.timing != "after"]
    named = [*triggers, *(f"rule {shown(rule.name)}" for rule in table.rules)]
    return f": see {', '.join(named)}" if named else ""
