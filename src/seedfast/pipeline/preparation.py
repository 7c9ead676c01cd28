"""From a request to a plan that is ready to run; nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from seedfast import db, records
from seedfast.catalog import contents
from seedfast.catalog.introspect import introspect, table_names
from seedfast.db import Connection
from seedfast.diagnostics import Finding
from seedfast.errors import UsageError
from seedfast.events import Listener, StageStarted, ignore
from seedfast.generate.engine import Engine
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.pipeline import own_rows
from seedfast.pipeline.fitting import fitted, read_stored, read_taken
from seedfast.pipeline.overrides import ColumnsSetTo, addressed, overrides
from seedfast.pipeline.request import DEFAULT_ROWS, Prepared, Request
from seedfast.pipeline.scoping import scoped
from seedfast.plan.options import Options
from seedfast.plan.spec import Source, Status
from seedfast.plan.validate import validate
from seedfast.plan.volumes import resolve
from seedfast.values.registry import Registry


def prepare(request: Request, listener: Listener = ignore, heard: tuple[Finding, ...] = ()) -> Prepared:
    """Read the database and plan the run; nothing is written. ``heard`` is what there is to say of the request."""
    timeout = request.lock_timeout_ms or 0
    with db.connect(request.dsn, lock_timeout_ms=timeout) as connection:
        given = [name for name, _ in request.assigned]
        findings = heard
        if given:
            with db.snapshot(connection):
                request, found = addressed(request, table_names(connection))
                findings = (*heard, *found)
        with db.snapshot(connection, request.session):
            return _prepare(connection, request, listener, given, findings)


def _prepare(
    connection: Connection,
    request: Request,
    listener: Listener,
    given: Collection[str],
    findings: tuple[Finding, ...],
) -> Prepared:
    listener(StageStarted("introspect"))
    database = introspect(connection)
    if request.to is not None:
        database = _permitted(database)
    existing = contents.count_existing(connection, database.tables)
    told: tuple[Finding, ...] = ()
    if request.assist is not None:
        # Who asks no model loads nothing of what asking one takes.
        from seedfast.pipeline.vocabulary import vocabulary

        request, told = vocabulary(request, database, listener)
    registry = request.registry
    set_to = overrides(request.columns, given, database, registry)
    set_to, said = _advised(request, set_to, database, registry, listener)
    findings = (*findings, *told, *said)
    resolved = replace(_options(request, database), overrides=set_to, noted=findings)
    options, scope = scoped(request, database, resolved, listener)
    if scope is not None and scope.given:
        options = own_rows.taking(connection, scope.given, database, existing, options)
    listener(StageStarted("plan"))
    if request.plan is not None:
        _alone(request.columns, given)
        plan = replace(request.plan, findings=(*findings, *request.plan.findings))
        validate(plan, database, existing, registry)
        options = replace(options, seed=plan.seed, now=datetime.fromisoformat(plan.now))
        stored = read_stored(connection, database, plan)
        taken = read_taken(connection, database, plan, registry, stored)
    else:
        plan, stored, taken, options = fitted(connection, database, existing, options, registry)
        plan, options = own_rows.noting(plan, options)
    own_rows.hold(connection, database, plan, options, Engine(plan, registry, stored, taken))
    made = records.made_rows(target(connection))
    foreign = {
        table.name: max(0, table.existing - made.get(table.name, 0))
        for table in plan.tables
        if table.status not in (Status.SKIPPED, Status.BOOKKEEPING)
    }
    return Prepared(request, database, existing, options, plan, stored, taken, _looks_foreign(foreign), scope=scope)


def _advised(
    request: Request, set_to: ColumnsSetTo, database: Database, registry: Registry, listener: Listener
) -> tuple[ColumnsSetTo, tuple[Finding, ...]]:
    """Return what columns are set to, what a model says of those that nobody set included, with findings."""
    if request.assist is None:
        return set_to, ()
    from seedfast.assist.ground import text_kind
    from seedfast.pipeline.assisting import meanings

    place = request.assist.lock.name
    held, findings = meanings(request, database, lambda holds: text_kind(registry, holds), request.now, listener)
    advised = overrides(held, (), database, registry, place=place)
    merged = {table: {**advised.get(table, {}), **set_to.get(table, {})} for table in {**advised, **set_to}}
    return merged, findings


def _permitted(database: Database) -> Database:
    """Return the database as one who may put rows into all of it sees it: who reads it need not be who loads files."""
    tables = (
        replace(
            table,
            privileges=replace(table.privileges, insert=True, update=True),
            columns=tuple(replace(column, insertable=True) for column in table.columns),
        )
        for table in database.tables
    )
    return replace(database, tables=tuple(tables))


def _alone(columns: Mapping[str, Any], given: Collection[str]) -> None:
    """Refuse to set columns beside a plan, which says already what they hold; what the project's file sets may stay."""
    for name in columns:
        if name in given:
            raise UsageError(
                "SF-PLAN-CONFLICT",
                f"--set {name} can't be given together with --plan: the plan says it already.",
                "Make a new plan with it, or edit the column's generator in the plan's file.",
            )


def target(connection: Connection) -> records.Target:
    """Return the database that a connection leads to, as records know it."""
    row = connection.execute(
        "SELECT oid::bigint FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()"
    ).fetchone()
    assert row is not None
    info = connection.info
    return records.Target(info.host, info.port, info.dbname, int(str(row[0])))


def _looks_foreign(foreign: Mapping[QualifiedName, int]) -> int:
    """Return the number of foreign rows where most of the tables hold some, else 0."""
    holding = sum(1 for rows in foreign.values() if rows)
    return sum(foreign.values()) if holding * 2 > len(foreign) else 0


def _options(request: Request, database: Database) -> Options:
    """Resolve the names in a request against the database."""
    known = {table.name.schema for table in database.tables}
    for schema in request.schemas:
        if schema not in known:
            shown = ", ".join(sorted(known)) or "none"
            raise UsageError(
                "SF-SCHEMA-UNKNOWN", f"No table is visible in a schema named {schema!r}.", f"Schemas: {shown}."
            )
    only = frozenset(resolve(database, name) for name in request.only) if request.only else None
    if request.schemas:
        inside = frozenset(table.name for table in database.tables if table.name.schema in request.schemas)
        only = inside if only is None else only & inside
    return Options(
        request.now if request.now.tzinfo is None else request.now.astimezone(UTC).replace(tzinfo=None),
        request.seed,
        DEFAULT_ROWS if request.rows is None else request.rows,
        {resolve(database, name): rows for name, rows in request.table_rows.items()},
        only,
        frozenset(resolve(database, name) for name in request.skip),
        request.append,
    )


def sample(prepared: Prepared, table: QualifiedName, rows: int) -> pa.RecordBatch:
    """Return the first new rows of a table as they would be loaded; columns that the server makes are left out."""
    plan = prepared.plan.table(table)
    engine = Engine(prepared.plan, prepared.request.registry, prepared.stored, prepared.taken)
    columns = [column.name for column in plan.columns if column.source is not Source.SERVER]
    return engine.batch(table, 0, int(np.minimum(rows, plan.rows)), columns)
