"""A plan's rows into files, once PostgreSQL has taken them, or some of them, and given them back."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

import pyarrow as pa

from seedfast import codec, db
from seedfast.db import Connection
from seedfast.diagnostics import Finding, Severity
from seedfast.events import Listener, StageStarted, ignore
from seedfast.generate.engine import Engine
from seedfast.names import QualifiedName, shown
from seedfast.pipeline.admission import guard, hold_to_wishes
from seedfast.pipeline.execution import refuse_gaps, settled
from seedfast.pipeline.hands import hands
from seedfast.pipeline.probe import reduced, taught
from seedfast.pipeline.request import Outcome, Prepared, TableOutcome
from seedfast.plan.spec import Source, Status
from seedfast.sinks.address import Address, Form
from seedfast.sinks.cargo import Cargo, without
from seedfast.sinks.write import opened

_ALL_TRIED = 100_000
"""So many rows are tried in full; of more, as many of each table as a probe takes."""

_NAMED = 8
"""So many columns or tables are named one by one."""

_MAY_LOAD = b"""
SELECT NOT pg_catalog.current_setting('default_transaction_read_only')::boolean AND NOT pg_catalog.pg_is_in_recovery()
   AND pg_catalog.bool_and(pg_catalog.has_table_privilege(name::regclass, privilege))
  FROM ROWS FROM (pg_catalog.unnest(%s::text[]), pg_catalog.unnest(%s::text[])) AS wanted(name, privilege)
"""


def write(prepared: Prepared, listener: Listener = ignore) -> Outcome:
    """Write the rows that loading would put into the database; the files are all there in the end, or none is."""
    request = prepared.request
    assert request.to is not None
    guard(prepared)
    started = time.monotonic()
    # A dry run makes all rows, too.
    to = Address(Form.NULL) if request.dry_run else request.to
    with opened(to, replace=request.replace, part_rows=request.part_rows) as put:
        prepared, left_out, findings = _rehearsed(prepared, listener)
        refuse_gaps(prepared)
        cargo = without(_cargo(prepared), left_out)
        said: tuple[Finding, ...] = ()
        if cargo.filled:
            listener(StageStarted("write"))
            with hands(prepared, cargo.source, cargo.plan) as crew:
                basis = _basis(prepared, left_out) if request.part_rows else ""
                said = put(replace(cargo, crew=crew, basis=basis), listener)
    written = {table.name: table.rows for table in cargo.filled}
    tables = tuple(
        TableOutcome(t.name, t.existing, t.rows, written.get(t.name, 0), t.status.value, t.reason)
        for t in prepared.plan.tables
    )
    findings = (*prepared.plan.findings, *findings, *said, *_not_in_files(prepared, cargo))
    return Outcome(prepared.plan, tables, findings, not request.dry_run, time.monotonic() - started)


def _cargo(prepared: Prepared) -> Cargo:
    engine = Engine(prepared.plan, prepared.request.registry, prepared.stored, prepared.taken)
    tables = prepared.database.by_name
    return Cargo(prepared.plan, engine, tables, prepared.request.session, prepared.options.early)


def _basis(prepared: Prepared, left_out: Mapping[QualifiedName, tuple[int, ...]]) -> str:
    """Return a fingerprint of what rows rest on besides the plan: stored keys, and which rows are left out."""
    sums = []
    for name, keys in sorted(prepared.stored.items()):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, keys.schema) as stream:
            stream.write_table(keys.combine_chunks())
        sums.append([name, sha256(sink.getvalue()).hexdigest()])
    turns = [[*key, sha256(turns.tobytes()).hexdigest()] for key, turns in sorted(prepared.taken.items())]
    return codec.fingerprint([sums, turns, [[name, sorted(map(int, rows))] for name, rows in sorted(left_out.items())]])


def _rehearsed(
    prepared: Prepared, listener: Listener
) -> tuple[Prepared, Mapping[QualifiedName, tuple[int, ...]], tuple[Finding, ...]]:
    """Load the rows, or a few of them, and take them back: what PostgreSQL refuses then is not in the files either.

    Return the run with what that taught, the rows that were refused one by one, and what there is to say.
    """
    rows = sum(table.rows for table in prepared.plan.tables if table.status is Status.FILL)
    if prepared.request.reads_only or not rows:
        assert prepared.request.to is not None
        if prepared.request.to.form is Form.NULL:
            return prepared, {}, ()
        return prepared, {}, tuple(_untried(prepared, "as was asked for"))
    with db.connect(prepared.request.dsn) as connection:
        if not _may_load(connection, prepared):
            return prepared, {}, tuple(_untried(prepared, "since the role may not INSERT"))
        listener(StageStarted("probe"))
        if rows > _ALL_TRIED:
            if prepared.request.plan is None:
                probe, _ = settled(connection, reduced(connection, prepared))
                prepared = taught(connection, prepared, probe.options)
            return prepared, {}, tuple(_untried(prepared, "but with a few rows"))
        trial = replace(prepared, request=replace(prepared.request, dry_run=True))
        trial, attempt = settled(connection, trial, hold_to_wishes)
    return replace(trial, request=prepared.request), attempt.result.left_out, attempt.result.findings


def _may_load(connection: Connection, prepared: Prepared) -> bool:
    """Tell whether the role may do all that loading does, whatever its privileges were taken for."""
    plan = prepared.plan
    wanted = [(table.name.sql, "INSERT") for table in plan.tables if table.status is Status.FILL and table.rows]
    wanted += [(postponed.table.sql, "UPDATE") for step in plan.steps for postponed in step.postponed]
    with db.snapshot(connection):
        row = connection.execute(_MAY_LOAD, [list(column) for column in zip(*wanted, strict=True)]).fetchone()
    return bool(row is not None and row[0])


def _untried(prepared: Prepared, why: str) -> Iterator[Finding]:
    """Name the tables for which more than constraints decides, and which haven't had all of their rows tried."""
    guarded = []
    for table in prepared.plan.tables:
        actual = prepared.database.by_name.get(table.name)
        if table.status is Status.FILL and actual and (actual.triggers or actual.rules or actual.row_security):
            guarded.append(str(table.name))
    if guarded:
        yield Finding(
            "SF-SINK-UNTRIED",
            Severity.WARNING,
            "",
            f"{_listed(guarded)} {'has' if len(guarded) == 1 else 'have'} triggers, rules or policies, which were not"
            f" tried on all rows, {why}: they may refuse some when the files are loaded.",
            "Load the files into a copy of the schema to see, or seed that instead.",
        )


def _not_in_files(prepared: Prepared, cargo: Cargo) -> Iterator[Finding]:
    """Say what the database will hold, or holds, and the files don't."""
    request = prepared.request
    assert request.to is not None
    if request.to.form is Form.NULL:
        return
    tables = {table.name for table in cargo.filled}
    stored = dict.fromkeys(
        str(reference.parent)
        for table in cargo.filled
        for reference in table.references
        if prepared.existing.count(reference.parent)
    )
    if stored:
        message = f"Rows refer to rows that are stored in {_listed(list(stored))}, which the files don't hold."
        hint = "Load the files into a database that holds the same rows."
        yield Finding("SF-SINK-STORED", Severity.INFO, "", message, hint)
    made = [str(table.name) for table in prepared.plan.tables if table.status is Status.TRIGGER]
    if made and tables:
        message = f"Triggers make the rows of {_listed(made)}: the files hold none of them."
        hint = "They come into being where the files are loaded into a database with these triggers."
        yield Finding("SF-SINK-TRIGGER", Severity.INFO, "", message, hint)
    if request.to.form in (Form.SQL, Form.SQL_INSERTS):
        return
    left = [
        f"{table.name}.{shown(column.name)}"
        for table in cargo.filled
        for column in table.columns
        if column.source is Source.SERVER
    ]
    if left:
        message = f"The server computes {_listed(left)}: the files don't hold {'it' if len(left) == 1 else 'them'}."
        yield Finding("SF-SINK-SERVER", Severity.INFO, "", message)


def _listed(names: list[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED:,} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
