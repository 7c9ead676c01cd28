"""What a connection leads to, and whether what is there keeps its promises; nothing is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from seedfast import db
from seedfast.catalog.introspect import introspect
from seedfast.events import Listener, StageStarted, ignore
from seedfast.model.database import Database, Existing
from seedfast.model.table import ForeignKey
from seedfast.names import QualifiedName
from seedfast.pipeline.request import Survey
from seedfast.plan.build import build
from seedfast.plan.options import Options
from seedfast.plan.spec import GenerationPlan, Source, Status
from seedfast.scope.apply import resolved
from seedfast.scope.spec import Outcome, ScopeSpec
from seedfast.semantics.undeclared import undeclared
from seedfast.values.default import default_registry
from seedfast.verify.claims import claims
from seedfast.verify.figures import figures
from seedfast.verify.results import Verification
from seedfast.verify.verify import verify

_SOME_DAY = datetime(2026, 1, 1)
"""What is claimed of rows hangs on no clock."""


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


def check(
    dsn: str,
    schemas: tuple[str, ...] = (),
    planned: Mapping[QualifiedName, int] | None = None,
    listener: Listener = ignore,
    session: Mapping[str, str] | None = None,
    *,
    coherence: bool = False,
    outcomes: Sequence[Outcome] = (),
) -> Verification:
    """Check a database's promises: foreign keys, CHECKs, sequences, and planned against actual rows.

    With ``coherence`` also what no constraint asks for: that undeclared relations lead somewhere, that columns add up
    as a plan for the empty tables would have it. ``outcomes`` are exact figures that all rows must come to. Under
    row-level security all that is of the rows that the role sees with the settings of ``session``.
    """
    listener(StageStarted("introspect"))
    with db.connect(dsn) as connection, db.snapshot(connection, session or {}):
        database = introspect(connection)
        listener(StageStarted("verify"))
        inside = [table.name for table in database.tables if not schemas or table.name.schema in schemas]
        asked = tuple(figures(resolved(ScopeSpec(outcomes=tuple(outcomes)), database).outcomes, database))
        if not coherence:
            return verify(connection, database, planned=planned, only=inside, figures=asked)
        imagined = _imagined(database)
        return verify(
            connection,
            database,
            planned=planned,
            only=inside,
            relations=_relations(database, imagined),
            coherent=tuple(claims(imagined, database.by_name)),
            figures=asked,
        )


def _imagined(database: Database) -> GenerationPlan:
    """Return how the tables would be filled if they were empty, which tells what rows are to be."""
    registry = default_registry().freeze()
    return build(database, Existing({}), Options(_SOME_DAY), registry)


def _relations(database: Database, imagined: GenerationPlan) -> dict[QualifiedName, list[ForeignKey]]:
    """Return the references that names and types tell of, by table, but those that rows can't follow."""
    tables: dict[QualifiedName, list[ForeignKey]] = {}
    for name, relations in undeclared(database.tables).items():
        planned = imagined.table(name)
        followed = {column.name for column in planned.columns if column.source is Source.REFERENCE}
        for found in relations:
            if planned.status is not Status.FILL or found.column in followed:
                named = f"{found.column} -> {found.parent}"
                key = ForeignKey(named, (found.column,), found.parent, (found.parent_column,))
                tables.setdefault(name, []).append(key)
    return tables
