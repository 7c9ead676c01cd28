"""The only module that joins the stages:

PostgreSQL -> catalog -> model -> constraints + semantics -> plan -> generate -> load -> verify -> report
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
import psycopg
import pyarrow as pa

from seedfast import db, records
from seedfast.catalog import contents
from seedfast.catalog.introspect import introspect
from seedfast.catalog.oracle import accepted
from seedfast.catalog.taken import taken as stored_already
from seedfast.constraints.opaque import opaque_groups
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import ConnectionFailedError, DeclinedError, LoadError, SeedfastError, UsageError
from seedfast.events import Listener, StageStarted, ignore
from seedfast.generate import proposals
from seedfast.generate.engine import Engine
from seedfast.generate.existing import ExistingRows, TakenTurns, as_text
from seedfast.load.load import load
from seedfast.load.results import LoadResult, Refusal
from seedfast.model.database import Database, Existing
from seedfast.model.table import Exclusion, UniqueKey
from seedfast.names import QualifiedName
from seedfast.plan.build import build
from seedfast.plan.options import Lesson, Options
from seedfast.plan.spec import GenerationPlan, Source, Status
from seedfast.plan.validate import validate
from seedfast.plan.volumes import resolve
from seedfast.rng import Rows
from seedfast.values.default import default_registry
from seedfast.values.registry import Registry
from seedfast.verify.results import Verification
from seedfast.verify.verify import verify

_PROPOSALS = 20_000
"""Values that are proposed to PostgreSQL for conditions that can't be read."""

_ACCEPTED = 1_000
"""The most tuples of values that a plan keeps of those that PostgreSQL accepted."""

_ROUNDS = 10
"""How often the values that new rows will hold are compared with stored ones until none is met."""

_GUARDED_ROWS = 10_000
"""More foreign rows than this, in most of the tables, look like somebody's data."""

_PRODUCTION = re.compile(r"(?:^|[^a-z])(?:prod|production|live)(?:[^a-z]|$)", re.IGNORECASE)

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for. Tables are named as the user wrote them; ``plan`` stands for all of the planning."""

    dsn: str
    now: datetime
    rows: int = 100
    table_rows: Mapping[str, int] = field(default_factory=dict)
    seed: int = 1
    schemas: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    append: bool = False
    dry_run: bool = False
    strict: bool = False
    allow_existing: bool = False
    lock_timeout_ms: int | None = 30_000
    plan: GenerationPlan | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What a connection leads to; ``schemas`` counts the tables of each."""

    server_version: int
    server_version_text: str
    database: str
    user: str
    schemas: Mapping[str, int]
    read_only: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan that is ready to run, and what it was made from.

    ``foreign_rows`` are rows in scope that no run recorded on this machine made; ``made`` are rows that triggers were
    seen to make when an attempt was rolled back.
    """

    request: Request
    database: Database
    existing: Existing
    options: Options
    plan: GenerationPlan
    stored: ExistingRows
    taken: TakenTurns
    foreign_rows: int
    made: ExistingRows = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableOutcome:
    """What became of a table; ``status`` is that of the plan."""

    name: QualifiedName
    existing: int
    planned: int
    inserted: int
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, and whether it is there to stay."""

    plan: GenerationPlan
    tables: tuple[TableOutcome, ...]
    findings: tuple[Finding, ...]
    committed: bool
    seconds: float

    @property
    def gaps(self) -> tuple[TableOutcome, ...]:
        """Tables that could hold rows and got none."""
        return tuple(table for table in self.tables if table.status == Status.GAP)


def survey(dsn: str, listener: Listener = ignore) -> Survey:
    """Connect and tell what is there."""
    listener(StageStarted("connect"))
    with db.connect(dsn) as connection, db.snapshot(connection):
        database = introspect(connection)
        row = connection.execute(
            "SELECT pg_catalog.current_setting('server_version'), current_user::text,"
            " pg_catalog.current_setting('default_transaction_read_only')::bool OR pg_catalog.pg_is_in_recovery()"
        ).fetchone()
    assert row is not None
    schemas: dict[str, int] = {}
    for table in database.tables:
        schemas[table.name.schema] = schemas.get(table.name.schema, 0) + 1
    return Survey(database.server_version, str(row[0]), database.name, str(row[1]), schemas, bool(row[2]))


def prepare(request: Request, listener: Listener = ignore) -> Prepared:
    """Read the database and plan the run; nothing is written."""
    timeout = request.lock_timeout_ms or 0
    with db.connect(request.dsn, lock_timeout_ms=timeout) as connection, db.snapshot(connection):
        return _prepare(connection, request, listener)


def _prepare(connection: Connection, request: Request, listener: Listener) -> Prepared:
    listener(StageStarted("introspect"))
    database = introspect(connection)
    existing = contents.count_existing(connection, database.tables)
    options = _options(request, database)
    registry = default_registry()
    listener(StageStarted("plan"))
    if request.plan is not None:
        plan = request.plan
        validate(plan, database, existing, registry)
        options = replace(options, seed=plan.seed, now=datetime.fromisoformat(plan.now))
        stored = _read_stored(connection, database, plan)
        taken = _read_taken(connection, database, plan, registry, stored)
    else:
        plan, stored, taken, options = _fitted(connection, database, existing, options, registry)
    made = records.made_rows(_target(connection))
    foreign = {
        table.name: max(0, table.existing - made.get(table.name, 0))
        for table in plan.tables
        if table.status not in (Status.SKIPPED, Status.BOOKKEEPING)
    }
    return Prepared(request, database, existing, options, plan, stored, taken, _looks_foreign(foreign))


def _target(connection: Connection) -> records.Target:
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
        request.rows,
        {resolve(database, name): rows for name, rows in request.table_rows.items()},
        only,
        frozenset(resolve(database, name) for name in request.skip),
        request.append,
    )


def _fitted(
    connection: Connection,
    database: Database,
    existing: Existing,
    options: Options,
    registry: Registry,
    made: ExistingRows | None = None,
) -> tuple[GenerationPlan, ExistingRows, TakenTurns, Options]:
    """Plan until every key has room: some can only be counted when the parents' values are known.

    ``made`` are the rows that triggers were seen to make.
    """
    for _ in range(len(database.tables) + 1):
        plan = build(database, existing, options, registry)
        stored = {**_read_stored(connection, database, plan), **(made or {})}
        taken = _read_taken(connection, database, plan, registry, stored)
        short = _short(Engine(plan, registry, stored, taken), plan)
        if not short:
            break
        options = replace(options, limits={**options.limits, **short})
    return plan, stored, taken, options


def _short(engine: Engine, plan: GenerationPlan) -> dict[QualifiedName, int]:
    """Return, for tables whose keys have no room for all planned rows, the rows that they have room for."""
    short: dict[QualifiedName, int] = {}
    for table in plan.tables:
        for key in table.keys:
            if 0 in key.radices or table.existing or any(reference.allowed for reference in table.references):
                room = engine.capacity(table.name, key.name)
                if room < table.rows and not _escapes(table.name, key.name, plan):
                    short[table.name] = min(room, short.get(table.name, room))
        for reference in table.references:
            if table.rows and table.name not in short and min(reference.null_permille) == 0:
                candidates = engine.candidates(table, reference)
                if candidates is not None and not len(candidates):
                    short[table.name] = 0
    return short


def _escapes(table: QualifiedName, key: str, plan: GenerationPlan) -> bool:
    """Tell whether the planner knows that a key is short, and lets rows beyond it be NULL."""
    planned = plan.table(table)
    known = next(k for k in planned.keys if k.name == key)
    return 0 not in known.radices and known.capacity < planned.existing + planned.rows


def _read_stored(connection: Connection, database: Database, plan: GenerationPlan) -> ExistingRows:
    """Read the stored columns that new rows refer to or must not repeat."""
    needed: dict[QualifiedName, dict[str, None]] = {}
    held = {table.name: table.existing for table in plan.tables if table.status is not Status.TRIGGER}
    for table in plan.tables:
        if table.status is not Status.FILL:
            continue
        for reference in table.references:
            if held.get(reference.parent):
                needed.setdefault(reference.parent, {}).update(dict.fromkeys(reference.parent_columns))
    return {
        name: contents.read_keys(connection, database.by_name[name], list(columns))
        for name, columns in sorted(needed.items())
    }


def _read_taken(
    connection: Connection, database: Database, plan: GenerationPlan, registry: Registry, stored: ExistingRows
) -> TakenTurns:
    """Ask which values that new rows might take in a key are stored already.

    Keys of a table's own columns come before those that parents fill, and parents before their children: what is known
    of the ones decides what the others may hold.
    """
    taken: dict[tuple[QualifiedName, str], Rows] = {}
    growing = [table for table in plan.tables if table.existing and table.status is Status.FILL]
    filled = {
        (table.name, reference.digit.key) for table in growing for reference in table.references if reference.digit
    }
    waiting = [(table, key) for table in growing for key in table.keys]
    for table, key in sorted(waiting, key=lambda pair: (pair[0].name, pair[1].name) in filled):
        actual = database.by_name[table.name]
        keys: tuple[UniqueKey | Exclusion, ...] = (*actual.unique_keys, *actual.exclusions)
        unique = next(each for each in keys if each.name == key.name)
        parts = unique.parts if isinstance(unique, UniqueKey) else tuple(part for part, _ in unique.parts)
        made = {column.name for column in table.columns if column.source is not Source.SERVER}
        read = [name for name in dict.fromkeys(name for part in parts for name in part.columns) if name in made]
        # Engines are made anew: what one has made it made without what is known now.
        candidates = Engine(plan, registry, stored, taken).counting(table, key.name).candidates()
        taken[table.name, key.name] = stored_already(connection, actual, unique, _texts(candidates))
        # A value may hold more of its row than its number; what the rows will really hold is asked for at last.
        for _ in range(_ROUNDS):
            turns, columns = Engine(plan, registry, stored, taken).counting(table, key.name).planned(read)
            met = stored_already(connection, actual, unique, _texts(columns))
            if not len(met):
                break
            taken[table.name, key.name] = np.union1d(taken[table.name, key.name], turns[met])
    return taken


def _texts(columns: Mapping[str, pa.Array]) -> dict[str, list[str | None]]:
    return {name: as_text(values).to_pylist() for name, values in columns.items()}


def guard(prepared: Prepared) -> None:
    """Refuse a role that can fill nothing, and a database that looks like production unless the request allows it."""
    tables = prepared.plan.tables
    if not any(table.status in (Status.FILL, Status.PARENT) for table in tables):
        for finding in prepared.plan.findings:
            if finding.code == "SF-TABLE-NO-INSERT":
                message = (
                    f"The role may not INSERT into {finding.where}, nor into any other table that is to be filled."
                )
                raise ConnectionFailedError("SF-CONNECT-PRIVILEGE", message, finding.hint)
    if prepared.request.allow_existing:
        return
    where = db.describe(prepared.request.dsn)
    hint = "If this is meant, repeat the command with --allow-existing."
    if _PRODUCTION.search(where.partition("@")[2]):
        raise DeclinedError("SF-GUARD-NAME", f"{where} is named like a production database.", hint)
    if prepared.foreign_rows > _GUARDED_ROWS:
        message = (
            f"{where} looks like a database in use: most of its tables hold rows that seedfast did not make, "
            f"{prepared.foreign_rows:,} in all."
        )
        raise DeclinedError("SF-GUARD-ROWS", message, hint)


def execute(prepared: Prepared, listener: Listener = ignore) -> Outcome:
    """Run the plan in one transaction: everything is in, or everything is as it was.

    A table whose rows PostgreSQL refuses becomes a gap, and the run starts again without it.
    """
    guard(prepared)
    started = time.monotonic()
    with db.connect(prepared.request.dsn) as connection:
        while True:
            outcome, refused = _attempt(connection, prepared, listener, started)
            if outcome is not None:
                return outcome
            assert refused is not None
            prepared = _without(connection, prepared, refused)


@dataclass(frozen=True, slots=True)
class _Refused:
    """A refusal, the rows of the refused table that triggers had made by then, and what else could be learnt."""

    refusal: Refusal
    made: ExistingRows
    lesson: Lesson | None


def _made_by_triggers(connection: Connection, prepared: Prepared, refusal: Refusal) -> ExistingRows:
    """Read the rows that triggers made in a table, as far as others refer to them."""
    if not refusal.held or refusal.table is None:
        return {}
    keys = (key for table in prepared.database.tables for key in table.foreign_keys if key.parent == refusal.table)
    columns = list(dict.fromkeys(name for key in keys for name in key.parent_columns))
    table = prepared.database.by_name[refusal.table]
    columns = columns or [column.name for column in table.columns[:1]]
    return {refusal.table: contents.read_keys(connection, table, columns)}


def _learn(connection: Connection, prepared: Prepared, engine: Engine, refusal: Refusal) -> Lesson | None:
    """Ask PostgreSQL, while the parents' rows are there, which values satisfy the conditions that can't be read.

    None where there are none, they were asked for before, or nothing that was proposed satisfies them.
    """
    if refusal.table is None or refusal.table in prepared.options.lessons:
        return None
    table = prepared.database.by_name[refusal.table]
    plan = prepared.plan.table(refusal.table)
    pools, allowed = [], {}
    for names, conditions in opaque_groups(table, now=prepared.options.now):
        sources = {name: plan.column(name) for name in names}
        referred = [column for column in sources.values() if column.source is Source.REFERENCE]
        if any(column.source is Source.SERVER for column in sources.values()):
            continue
        if not referred:
            proposed = proposals.rows(engine, table.name, names, _PROPOSALS)
            found = accepted(connection, table, conditions, proposed, most=_ACCEPTED)
            good = tuple(tuple(str(value) for value in row) for row in found if None not in row)
            if good:
                pools.append((names, tuple(dict.fromkeys(good))))
        elif len(names) == 1:
            reference = plan.reference(referred[0].reference or "")
            values = proposals.parents(engine, reference, names[0], _PROPOSALS)
            found = accepted(connection, table, conditions, {names[0]: values}, most=_PROPOSALS)
            if found:
                allowed[names[0]] = tuple(str(value) for (value,) in found)
    return Lesson(tuple(pools), allowed) if pools or allowed else None


def _attempt(
    connection: Connection, prepared: Prepared, listener: Listener, started: float
) -> tuple[Outcome | None, _Refused | None]:
    request, plan = prepared.request, prepared.plan
    engine = Engine(plan, default_registry(), prepared.stored, prepared.taken)
    gaps = [table for table in plan.tables if table.status is Status.GAP]
    if request.strict and gaps:
        raise LoadError(
            "SF-STRICT",
            f"{gaps[0].name} would stay empty ({gaps[0].reason}), and --strict allows no gap; nothing was written.",
            "Leave out --strict to fill the other tables.",
        )
    listener(StageStarted("load"))
    committed = False
    try:
        with connection.transaction(force_rollback=request.dry_run):
            # A sequence that has been moved stays moved, even where the transaction is rolled back.
            loaded = replace(plan, sequences=()) if request.dry_run else plan
            result = load(
                connection,
                loaded,
                engine,
                listener=listener,
                lock_timeout_ms=request.lock_timeout_ms or 0,
                partial=prepared.options.partial,
            )
            if result.refused:
                refusal = result.refused[0]
                made = _made_by_triggers(connection, prepared, refusal)
                refused = _Refused(refusal, made, _learn(connection, prepared, engine, refusal))
                raise psycopg.Rollback
            listener(StageStarted("verify"))
            held = contents.count_existing(connection, prepared.database.tables)
        committed = not request.dry_run
    except psycopg.Error as error:
        raise db.explain_failure(error, doing="ending the transaction") from error
    if result.refused:
        return None, refused
    tables, findings = _compare(prepared, result, held)
    if committed:
        records.record(_target(connection), {t.name: t.inserted for t in tables if t.inserted > 0})
    seconds = time.monotonic() - started
    return Outcome(plan, tables, (*plan.findings, *result.findings, *findings), committed, seconds), None


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
        status, reason = table.status, table.reason
        if status is Status.FILL and inserted != table.rows:
            lost = table.rows > 0 and inserted <= 0
            if lost:
                status, reason = Status.GAP, "a trigger or rule of the database kept every row out"
            findings.append(
                Finding(
                    "SF-ROWS-DIFFER",
                    Severity.ERROR if lost else Severity.WARNING,
                    str(table.name),
                    f"{table.rows:,} rows were planned and {inserted:,} are there.",
                    "A trigger or rule of the database adds rows or leaves some out.",
                )
            )
        tables.append(TableOutcome(table.name, table.existing, table.rows, inserted, status.value, reason))
    return tuple(tables), tuple(findings)


def _refusal_error(prepared: Prepared, refusal: Refusal, words: str) -> SeedfastError:
    """Return what to say of a refusal after which the run can't go on without the table."""
    request = prepared.request
    where = str(refusal.table) if refusal.table else None
    if request.plan is not None and request.plan.fingerprint != prepared.database.fingerprint:
        return UsageError(
            "SF-PLAN-MISFIT",
            f"The plan was made for another schema, and PostgreSQL refuses its rows of {where or 'a table'}: {words}. "
            "Everything was rolled back.",
            "Make the plan anew with `seedfast plan --output json`, then repeat your changes.",
        )
    detail = f"{refusal.detail} " if refusal.detail else ""
    hint = f"`seedfast explain {where}` shows how its columns were planned; --skip {where} leaves it out."
    if request.strict:
        hint = "Leave out --strict to fill the other tables."
    return LoadError(
        "SF-LOAD-REFUSED",
        f"PostgreSQL refused rows of {where or 'a table'}: {words}. {detail}Everything was rolled back.",
        refusal.hint or (hint if where else "Look at the constraint that is named."),
        sqlstate=refusal.sqlstate,
        constraint=refusal.constraint,
        table=where,
    )


def _written_too_early(prepared: Prepared, refusal: Refusal) -> QualifiedName | None:
    """Return the table whose rows, loaded before, kept a trigger from making its own there, if it is that."""
    other = refusal.constrained
    if refusal.sqlstate != "23505" or other in (None, refusal.table) or other in prepared.options.behind:
        return None
    planned = {table.name for table in prepared.plan.tables if table.status is Status.FILL}
    return other if other in planned else None


def _without(connection: Connection, prepared: Prepared, refused: _Refused) -> Prepared:
    """Plan again without a table whose rows PostgreSQL refused, or whose rows triggers make."""
    refusal, options = refused.refusal, prepared.options
    words = refusal.message + (f" ({refusal.constraint})" if refusal.constraint else "")
    early = _written_too_early(prepared, refusal)
    learnt = bool(refused.made) or refused.lesson is not None or early is not None
    if refusal.table is None or prepared.request.plan is not None or (prepared.request.strict and not learnt):
        raise _refusal_error(prepared, refusal, words)
    made = {**prepared.made, **refused.made}
    if refused.made:
        options = replace(options, triggered={**options.triggered, refusal.table: refusal.held})
    elif refused.lesson is not None:
        options = replace(options, lessons={**options.lessons, refusal.table: refused.lesson})
    elif early is not None:
        options = replace(options, behind=options.behind | {early})
    elif refusal.table not in options.partial:
        options = replace(options, partial=options.partial | {refusal.table})
    else:
        reason = f"PostgreSQL refused its rows: {words}"
        options = replace(options, refused={**options.refused, refusal.table: reason})
    with db.snapshot(connection):
        plan, stored, taken, options = _fitted(
            connection, prepared.database, prepared.existing, options, default_registry(), made
        )
    return replace(prepared, plan=plan, stored=stored, taken=taken, options=options, made=made)


def sample(prepared: Prepared, table: QualifiedName, rows: int) -> pa.RecordBatch:
    """Return the first new rows of a table as they would be loaded; columns that the server makes are left out."""
    plan = prepared.plan.table(table)
    engine = Engine(prepared.plan, default_registry(), prepared.stored, prepared.taken)
    columns = [column.name for column in plan.columns if column.source is not Source.SERVER]
    return engine.batch(table, 0, int(np.minimum(rows, plan.rows)), columns)


def check(
    dsn: str,
    schemas: tuple[str, ...] = (),
    planned: Mapping[QualifiedName, int] | None = None,
    listener: Listener = ignore,
) -> Verification:
    """Check a database's promises: foreign keys, CHECKs, sequences, and planned against actual rows."""
    listener(StageStarted("introspect"))
    with db.connect(dsn) as connection, db.snapshot(connection):
        database = introspect(connection)
        listener(StageStarted("verify"))
        inside = [table.name for table in database.tables if not schemas or table.name.schema in schemas]
        return verify(connection, database, planned=planned, only=inside)
