"""Constraint triggers that are checked at the end of the transaction: whose rows they refuse, and checking them before.

What such a trigger raises itself names no table, and triggers of several tables may go by one name, by which alone
PostgreSQL lets them be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from seedfast.db import Connection
from seedfast.load import failures
from seedfast.names import QualifiedName

# Of the bits of a trigger's type 4 stands for INSERT, and 16 for UPDATE.
_TRIGGERS = b"""
SELECT cn.nspname::text, c.conname::text, rn.nspname::text, r.relname::text, t.tgtype & 4 <> 0
  FROM pg_catalog.pg_constraint AS c
  JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.connamespace
  JOIN pg_catalog.pg_class AS r ON r.oid = c.conrelid
  JOIN pg_catalog.pg_namespace AS rn ON rn.oid = r.relnamespace
  JOIN pg_catalog.pg_trigger AS t ON t.tgconstraint = c.oid
 WHERE c.contype = 't' AND c.condeferrable AND t.tgparentid = 0 AND t.tgtype & 20 <> 0
 ORDER BY 1, 2, 3, 4
"""


@dataclass(slots=True)
class DeferredTriggers:
    """The deferrable constraint triggers that a load sets off: by constraint, the tables that they guard."""

    connection: Connection
    tables: dict[QualifiedName, list[QualifiedName]] = field(default_factory=dict)
    _said: dict[tuple[QualifiedName, QualifiedName], tuple[str, str]] = field(default_factory=dict)
    _loaded: list[QualifiedName] = field(default_factory=list)

    def read(self, root: Callable[[QualifiedName], QualifiedName | None], updated: Collection[QualifiedName]) -> None:
        """Read them. ``root`` returns the planned table that a table is, or is a part of; ``updated`` get UPDATEs."""
        for namespace, constraint, schema, table, on_insert in self.connection.execute(_TRIGGERS).fetchall():
            planned = root(QualifiedName(str(schema), str(table)))
            if planned is not None and (on_insert or planned in updated):
                guarded = self.tables.setdefault(QualifiedName(str(namespace), str(constraint)), [])
                guarded.extend({planned} - set(guarded))

    @contextmanager
    def checking(self, table: QualifiedName, *, at_once: bool) -> Iterator[None]:
        """Load a table inside: its triggers are checked ``at_once`` where they can be, else what they say is noted."""
        names = [name for name, guarded in self.tables.items() if table in guarded]
        early = [name for name in names if at_once and self._check(name, stay=True) is None]
        yield
        self._loaded.append(table)
        for name in early:
            self.connection.execute(f"SET CONSTRAINTS {name.sql} DEFERRED".encode())
        for name in names:
            if name not in early and len(self.tables[name]) > 1 and (said := self._check(name)) is not None:
                self._said[name, table] = said

    def culprit(self) -> QualifiedName | None:
        """Return the table whose rows a trigger refuses now that all are in, None where no trigger does.

        Of several that a constraint guards it is the first after which the trigger said what it says now.
        """
        for name, guarded in self.tables.items():
            said = self._check(name)
            if said is not None:
                loaded = [table for table in self._loaded if table in guarded] or guarded
                return next((table for table in loaded if self._said.get((name, table)) == said), loaded[-1])
        return None

    def _check(self, name: QualifiedName, *, stay: bool = False) -> tuple[str, str] | None:
        """Have a trigger check what is waiting; return the SQLSTATE and message with which it refuses, if it does.

        Unless it is to ``stay`` so, what was waiting goes on waiting.
        """
        try:
            with self.connection.transaction(force_rollback=not stay):
                self.connection.execute(f"SET CONSTRAINTS {name.sql} IMMEDIATE".encode())
        except psycopg.Error as error:
            if not failures.is_about_rows(error):
                raise
            return error.sqlstate or "", error.diag.message_primary or ""
        return None
