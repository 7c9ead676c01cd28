"""Reserve the tables to fill: lock them in a fixed order, and see that they still hold what the plan was made for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import psycopg

from seedfast.db import Connection
from seedfast.errors import LoadError
from seedfast.load import failures
from seedfast.names import QualifiedName
from seedfast.plan.spec import GenerationPlan, TablePlan

_RELATIONS = b"""
SELECT n.nspname::text, c.relname::text, c.relkind = 'p',
       c.relkind IN ('r', 'p') AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'),
       pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'),
       pg_catalog.has_table_privilege(c.oid, 'SELECT')
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS wanted(schema, name)
    ON n.nspname::text = wanted.schema AND c.relname::text = wanted.name
"""

# A lock on any partition keeps the whole table from being locked.
_HOLDERS = b"""
SELECT DISTINCT l.pid
  FROM pg_catalog.pg_locks AS l
 WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
   AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
   AND (l.relation = $1::regclass
        OR l.relation IN (SELECT p.relid FROM pg_catalog.pg_partition_tree($1::regclass) AS p))
 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Relation:
    """What the server says of a table to fill, as far as loading must know it.

    Who may INSERT into some columns only may not lock the table; the rows' own locks must do.
    """

    partitioned: bool
    lockable: bool
    exclusive: bool
    readable: bool


def reserve(
    connection: Connection, plan: GenerationPlan, tables: Collection[QualifiedName]
) -> Mapping[QualifiedName, Relation]:
    """Lock the tables until the transaction ends and return what the server says of them.

    Nobody else can then write to them, where the role has the privilege for that lock; else nobody can alter them. A
    table that holds other rows than the plan says ends in a ``LoadError``.
    """
    wanted = sorted(tables)
    relations = _relations(connection, wanted)
    for name in wanted:
        if name not in relations:
            raise _changed(name, "is gone")
        _lock(connection, name, relations[name])
    for name in wanted:
        if relations[name].readable:
            _recount(connection, plan.table(name), relations[name])
    return relations


def _relations(connection: Connection, names: Sequence[QualifiedName]) -> dict[QualifiedName, Relation]:
    cursor = psycopg.RawCursor(connection)
    cursor.execute(_RELATIONS, [[name.schema for name in names], [name.name for name in names]])
    return {QualifiedName(str(row[0]), str(row[1])): Relation(*map(bool, row[2:])) for row in cursor}


def _lock(connection: Connection, name: QualifiedName, relation: Relation) -> None:
    if not relation.lockable:
        return
    # Servers before 16 let a role with INSERT alone take no stronger lock than that of INSERT itself.
    mode = "SHARE ROW EXCLUSIVE" if relation.exclusive else "ROW EXCLUSIVE"
    try:
        with connection.transaction():
            connection.execute(f"LOCK TABLE {name.sql} IN {mode} MODE".encode())
    except psycopg.errors.LockNotAvailable as error:
        holders = _holders(connection, name)
        raise LoadError(
            "SF-LOCK-TIMEOUT",
            f"Could not lock {name} in time: another session is using it{holders}. Nothing was written.",
            "End that session's transaction, or allow more time with --lock-timeout.",
            sqlstate=error.sqlstate,
            table=str(name),
        ) from error
    except psycopg.Error as error:
        raise failures.failure(error, doing=f"locking {name}") from error


def _holders(connection: Connection, name: QualifiedName) -> str:
    cursor = psycopg.RawCursor(connection)
    pids = [str(row[0]) for row in cursor.execute(_HOLDERS, [name.sql])]
    return f" (process {', '.join(pids)})" if pids else ""


def _recount(connection: Connection, table: TablePlan, relation: Relation) -> None:
    rows = f"FROM {'' if relation.partitioned else 'ONLY '}{table.name.sql}"
    if table.existing == 0:
        # A table that got rows may have got many; that there are any is enough.
        rows += " LIMIT 1"
    found = connection.execute(f"SELECT pg_catalog.count(*) FROM (SELECT {rows}) AS r".encode()).fetchone()
    count = int(str(found[0])) if found else 0
    if count != table.existing:
        now = "rows" if table.existing == 0 else f"{count} rows"
        raise _changed(table.name, f"now holds {now}; it held {table.existing or 'none'} when the plan was made")


def _changed(name: QualifiedName, what: str) -> LoadError:
    return LoadError(
        "SF-TABLE-CHANGED",
        f"{name} {what}. Nothing was written.",
        "Another session changed it in between. Run again to plan anew.",
        table=str(name),
    )
