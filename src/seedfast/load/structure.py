"""The indexes and foreign keys of tables, as PostgreSQL would write them again, and what else hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from seedfast.db import Connection
from seedfast.names import QualifiedName, quote

# Who may not create in the schema can't bring an index back. Inheritance and partitions tie objects of several tables
# together, and so do they stay.
_TABLES = b"""
SELECT n.nspname::text, c.relname::text, c.oid::bigint,
       EXISTS (SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
       c.relkind = 'r' AND NOT c.relispartition AND NOT c.relrowsecurity
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS h WHERE c.oid IN (h.inhrelid, h.inhparent))
       AND pg_catalog.pg_has_role(c.relowner, 'USAGE') AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')
       AND pg_catalog.has_schema_privilege(c.relowner, n.oid, 'CREATE')
       AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_table_privilege(c.oid, 'REFERENCES')
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS wanted(schema, name)
    ON n.nspname::text = wanted.schema AND c.relname::text = wanted.name
"""

# Only what comes back whole from its definition and its comments may go: an index that clusters its table, identifies
# rows for replication, lies in a tablespace of its own or gathers statistics in its own way stays, and so does what
# anything depends on beside foreign keys. Since PostgreSQL 17 an index is built under a search_path of the server's
# own, under which functions of the user's may not find what they name.
_INDEXES = b"""
SELECT i.indexrelid::bigint, i.indrelid::bigint, x.relname::text,
       CASE WHEN i.indisunique AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL THEN
         ARRAY(SELECT i.indkey[n] FROM pg_catalog.generate_series(0, i.indnkeyatts - 1) AS n ORDER BY 1) END,
       k.conname::text, k.contype::text,
       pg_catalog.pg_get_indexdef(i.indexrelid), coalesce(k.condeferrable, false), coalesce(k.condeferred, false),
       pg_catalog.obj_description(i.indexrelid, 'pg_class'), pg_catalog.obj_description(k.oid, 'pg_constraint'),
       i.indisvalid AND i.indisready AND i.indislive AND NOT i.indisexclusion AND NOT i.indisreplident
       AND NOT i.indisclustered AND x.relkind = 'i' AND x.reltablespace = 0 AND coalesce(k.coninhcount, 0) = 0
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_attribute AS a
          WHERE a.attrelid = i.indexrelid AND (coalesce(a.attstattarget, -1) <> -1 OR a.attoptions IS NOT NULL))
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_depend AS d LEFT JOIN pg_catalog.pg_constraint AS f
           ON d.classid = 'pg_catalog.pg_constraint'::regclass AND f.oid = d.objid AND f.contype = 'f'
          WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indexrelid AND f.oid IS NULL)
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid = k.oid AND d.deptype <> 'i')
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.deptype IN ('e', 'x')
            AND (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
                 OR d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = k.oid))
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
            AND d.refclassid = 'pg_catalog.pg_proc'::regclass
            AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_depend AS e
               WHERE e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e'))
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgconstraint = k.oid AND t.tgenabled <> 'O')
  FROM pg_catalog.pg_index AS i
  JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
  LEFT JOIN pg_catalog.pg_constraint AS k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
 WHERE i.indrelid = ANY ($1::oid[])
 ORDER BY i.indexrelid
"""

# One that isn't validated would come back without a look at the new rows, and one that isn't enforced costs nothing.
_FOREIGN_KEYS = b"""
SELECT k.conrelid::bigint, k.confrelid::bigint, k.conindid::bigint, k.conname::text,
       pg_catalog.pg_get_constraintdef(k.oid), pg_catalog.obj_description(k.oid, 'pg_constraint'),
       k.convalidated AND k.conparentid = 0 AND k.coninhcount = 0
       AND coalesce((pg_catalog.to_jsonb(k)->>'conenforced')::boolean, true)
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgconstraint = k.oid AND t.tgenabled <> 'O')
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid = k.oid AND d.deptype <> 'i')
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.deptype IN ('e', 'x') AND d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = k.oid)
  FROM pg_catalog.pg_constraint AS k
 WHERE k.contype = 'f' AND (k.conrelid = ANY ($1::oid[]) OR k.confrelid = ANY ($1::oid[]))
 ORDER BY k.conname
"""

_FACTS = b"""
WITH mine AS (
  SELECT c.* FROM pg_catalog.pg_class AS c WHERE c.oid = ANY ($1::oid[])
), indexes AS (
  SELECT i.*, x.relname, x.relowner, x.relam, x.reltablespace, x.reloptions
    FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
    JOIN mine ON mine.oid = i.indrelid
), constraints AS (
  SELECT k.* FROM pg_catalog.pg_constraint AS k JOIN mine ON mine.oid IN (k.conrelid, k.confrelid)
)
SELECT 'table', c.oid::text, c.relname::text,
       pg_catalog.concat_ws(' ', c.relowner, c.relreplident, c.relacl, c.reloptions, c.reltablespace, c.relchecks)
  FROM mine AS c
 UNION ALL
SELECT 'column', a.attrelid::text, a.attname::text,
       pg_catalog.concat_ws(' ', a.attnum, a.attnotnull, a.attidentity, a.attgenerated, a.atthasdef, a.attacl)
  FROM pg_catalog.pg_attribute AS a JOIN mine ON mine.oid = a.attrelid WHERE a.attnum > 0
 UNION ALL
SELECT 'index', i.indrelid::text, i.relname::text,
       pg_catalog.concat_ws(' ', pg_catalog.pg_get_indexdef(i.indexrelid), i.relowner, i.relam, i.reltablespace,
         i.reloptions, i.indisunique, i.indisprimary, i.indisexclusion, i.indimmediate, i.indisclustered, i.indisvalid,
         i.indisready, i.indislive, i.indisreplident, pg_catalog.obj_description(i.indexrelid, 'pg_class'))
  FROM indexes AS i
 UNION ALL
SELECT 'constraint', k.conrelid::text, k.conname::text,
       pg_catalog.concat_ws(' ', k.contype, k.connamespace, pg_catalog.pg_get_constraintdef(k.oid), k.condeferrable,
         k.condeferred, k.convalidated, k.conislocal, k.coninhcount, k.connoinherit,
         (SELECT x.relname FROM pg_catalog.pg_class AS x WHERE x.oid = k.conindid),
         pg_catalog.obj_description(k.oid, 'pg_constraint'))
  FROM constraints AS k
 UNION ALL
SELECT 'trigger', t.tgrelid::text, coalesce(k.conname, t.tgname)::text,
       pg_catalog.concat_ws(' ', t.tgfoid, t.tgtype, t.tgenabled, t.tgdeferrable, t.tginitdeferred)
  FROM pg_catalog.pg_trigger AS t JOIN mine ON mine.oid = t.tgrelid
  LEFT JOIN pg_catalog.pg_constraint AS k ON k.oid = t.tgconstraint
 UNION ALL
SELECT 'dependant', pg_catalog.pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid), d.deptype::text,
       pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
  FROM pg_catalog.pg_depend AS d
 WHERE d.classid <> 'pg_catalog.pg_trigger'::regclass
   AND (d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid IN (SELECT i.indexrelid FROM indexes AS i)
        OR d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid IN (SELECT k.oid FROM constraints AS k))
 ORDER BY 1, 2, 3, 4
"""

_EVENT_TRIGGERS = b"SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D' LIMIT 1"

Facts = Sequence[tuple[object, ...]]
"""All that is known of some tables' constraints, indexes, triggers and what depends on them, in a fixed order."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table; it is ``free`` where the role may change it and nothing ties it to others but foreign keys."""

    name: QualifiedName
    oid: int
    triggers: bool
    free: bool


@dataclass(frozen=True, slots=True)
class Index:
    """An index, and the unique or primary key that stands on it; ``whole`` if its definition says all about it.

    ``columns`` are the numbers of those that a foreign key may point at by it, ascending; None for no such key.
    """

    oid: int
    table: Relation
    name: str
    columns: list[int] | None
    constraint: str | None
    kind: str | None
    definition: str
    deferrable: bool
    deferred: bool
    comment: str | None
    constraint_comment: str | None
    whole: bool

    @property
    def drop(self) -> str:
        """The statement that takes it off."""
        if self.constraint is None:
            return f"DROP INDEX {QualifiedName(self.table.name.schema, self.name).sql}"
        return f"ALTER TABLE {self.table.name.sql} DROP CONSTRAINT {quote(self.constraint)}"

    @property
    def attach(self) -> str:
        """The statement that makes a key of it again, once it is built."""
        assert self.constraint is not None
        kind = "PRIMARY KEY" if self.kind == "p" else "UNIQUE"
        late = " DEFERRABLE" * self.deferrable + " INITIALLY DEFERRED" * self.deferred
        return (
            f"ALTER TABLE {self.table.name.sql} ADD CONSTRAINT {quote(self.constraint)} {kind}"
            f" USING INDEX {quote(self.name)}{late}"
        )


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key of ``child`` that stands on the index ``stands_on`` of ``parent``; ``whole`` as for an index."""

    child: Relation
    parent: Relation
    stands_on: int
    name: str
    definition: str
    comment: str | None
    whole: bool

    @property
    def drop(self) -> str:
        """The statement that takes it off."""
        return f"ALTER TABLE {self.child.name.sql} DROP CONSTRAINT {quote(self.name)}"

    @property
    def add(self) -> str:
        """The statement that brings it back, and has PostgreSQL look at all rows at once."""
        return f"ALTER TABLE {self.child.name.sql} ADD CONSTRAINT {quote(self.name)} {self.definition}"


@dataclass(frozen=True, slots=True)
class Structure:
    """The indexes of some tables, and the foreign keys from and to them.

    A foreign key whose other end is not among the tables is left out of ``foreign_keys``, and the index that it stands
    on is in ``pinned``.
    """

    indexes: tuple[Index, ...]
    foreign_keys: tuple[ForeignKey, ...]
    pinned: frozenset[int]


def read(connection: Connection, names: Collection[QualifiedName]) -> Structure | None:
    """Return what stands on the tables; None where an event trigger would be told of every change.

    Definitions are written for an empty search_path, which must be in force.
    """
    cursor: psycopg.Cursor[Any] = psycopg.RawCursor(connection)
    if cursor.execute(_EVENT_TRIGGERS).rowcount:
        return None
    wanted = sorted(names)
    rows = cursor.execute(_TABLES, [[name.schema for name in wanted], [name.name for name in wanted]]).fetchall()
    tables = {oid: Relation(QualifiedName(schema, name), oid, *rest) for schema, name, oid, *rest in rows}
    of = [list(tables)]
    indexes = [Index(oid, tables[table], *rest) for oid, table, *rest in cursor.execute(_INDEXES, of).fetchall()]
    keys, pinned = [], set()
    for child, parent, index, *rest in cursor.execute(_FOREIGN_KEYS, of).fetchall():
        if child in tables and parent in tables:
            keys.append(ForeignKey(tables[child], tables[parent], index, *rest))
        else:
            pinned.add(index)
    return Structure(tuple(indexes), tuple(keys), frozenset(pinned))


def facts(connection: Connection, oids: Collection[int]) -> Facts:
    """Return all that taking indexes and foreign keys off and bringing them back could change about tables."""
    return psycopg.RawCursor(connection).execute(_FACTS, [sorted(oids)]).fetchall()


def comments(indexes: Collection[Index], foreign_keys: Collection[ForeignKey]) -> list[tuple[str, str]]:
    """Return what carries a comment, as COMMENT ON names it, and the comment."""
    found = [
        (f"INDEX {QualifiedName(index.table.name.schema, index.name).sql}", index.comment)
        for index in indexes
        if index.comment is not None
    ]
    for name, table, comment in (
        *((index.constraint, index.table, index.constraint_comment) for index in indexes),
        *((key.name, key.child, key.comment) for key in foreign_keys),
    ):
        if name is not None and comment is not None:
            found.append((f"CONSTRAINT {quote(name)} ON {table.name.sql}", comment))
    return found
