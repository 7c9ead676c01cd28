"""Tables that had better wait: their rows, there already, make the trigger of another table refuse its own."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from seedfast.db import Connection
from seedfast.generate.engine import Engine
from seedfast.load.results import Refusal
from seedfast.load.trials import attempt
from seedfast.model.database import Database
from seedfast.model.mentions import mentions
from seedfast.names import QualifiedName
from seedfast.pipeline.examples import planned
from seedfast.plan.spec import Status

_COLLIDES = "23505"


def too_early(
    connection: Connection, database: Database, engine: Engine, refusal: Refusal, behind: AbstractSet[QualifiedName]
) -> frozenset[QualifiedName]:
    """Return a table without whose rows PostgreSQL takes some that it refuses with them; none where there is no such.

    ``behind`` are tables that wait already. It runs inside the load's transaction.
    """
    if refusal.table is None or refusal.table not in database.by_name or refusal.late:
        return frozenset()
    table = engine.plan.table(refusal.table)
    named = mentions(database.tables).get(table.name, frozenset()) - behind - _above(database, table.name)
    fresh = {each.name for each in engine.plan.tables if each.status is Status.FILL and each.rows and not each.existing}
    rows = planned(engine, table.name) if named & fresh else {}
    for other in sorted(named & fresh):
        verdicts = attempt(connection, table, rows, without=other)
        # What collides with stored rows then is met next.
        if any(verdict.taken or verdict.sqlstate == _COLLIDES != refusal.sqlstate for verdict in verdicts):
            return frozenset({other})
    return frozenset()


def _above(database: Database, name: QualifiedName) -> set[QualifiedName]:
    """Return the tables that a table's rows must find there, at whatever remove."""
    found: set[QualifiedName] = set()
    waiting = [name]
    while waiting:
        parents = {key.parent for key in database.by_name[waiting.pop()].foreign_keys} & database.by_name.keys()
        waiting += sorted(parents - found)
        found |= parents
    return found
