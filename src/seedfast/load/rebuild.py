"""Indexes and foreign keys taken off tables while rows go in, and brought back, as they were, in the same transaction.

PostgreSQL sorts an index's entries faster than it finds each its place, and joins two tables faster than it looks up
each row's parent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NoReturn

import psycopg

from seedfast.db import Connection
from seedfast.load import structure
from seedfast.load.structure import Facts, ForeignKey, Index, Structure
from seedfast.names import QualifiedName, literal
from seedfast.plan.spec import GenerationPlan, LoadStep, Method, Postponed

# The session is lost or somebody cancelled it; another way of loading would meet the same.
_ENDS_THE_RUN = re.compile(r"08|25|40|57|58|F0|XX")


class AbandonedError(Exception):
    """The rows can't be loaded this way; ``str()`` is why, in PostgreSQL's words where it has any."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What a load may do to tables: take indexes off those of ``tables``, which hold no rows.

    With ``wait`` it waits until nobody reads the tables, as long as for any other lock; else they stay as they are.
    """

    tables: frozenset[QualifiedName]
    wait: bool = False


@dataclass(slots=True)
class TakenOff:
    """What was taken off, how the tables were before, and which of them are ``full``: no more rows are to come."""

    indexes: tuple[Index, ...]
    foreign_keys: tuple[ForeignKey, ...]
    before: Facts
    full: set[QualifiedName] = field(default_factory=set)
    _back: set[str] = field(default_factory=set)

    @property
    def tables(self) -> tuple[QualifiedName, ...]:
        """The tables that nobody else can read until the transaction ends, by name."""
        return tuple(sorted(_tables(self.indexes, self.foreign_keys)))

    def loaded(self, connection: Connection, table: QualifiedName) -> None:
        """Bring back what needs no rows but those of tables that are full, of which this is one more.

        The rows of the next can be made meanwhile. What a trigger that waits for the end of the transaction keeps from
        being brought back is left for then.
        """
        self.full.add(table)
        try:
            with connection.transaction():
                back = self._bring(connection, self.full)
        except psycopg.errors.ObjectInUse:
            self.full.remove(table)
        except psycopg.Error as error:
            _give_up(error)
        else:
            self._back |= back

    def put_back(self, connection: Connection) -> None:
        """Bring everything back; an ``AbandonedError`` where the rows don't allow it, or something isn't as it was.

        No trigger may be waiting for the end of the transaction.
        """
        tables = _tables(self.indexes, self.foreign_keys)
        try:
            self._bring(connection, tables)
            for what, comment in structure.comments(self.indexes, self.foreign_keys):
                connection.execute(f"COMMENT ON {what} IS {literal(comment)}".encode())
        except psycopg.Error as error:
            _give_up(error)
        with _by_full_names(connection):
            after = structure.facts(connection, tables.values())
        if after != self.before:
            raise AbandonedError("not everything that was taken off came back as it had been")

    def _bring(self, connection: Connection, tables: Collection[QualifiedName]) -> set[str]:
        """Bring back the indexes of tables and the foreign keys from one of them to another, but for what is back.

        Return the statements that did.
        """
        indexes = [index for index in self.indexes if index.table.name in tables]
        statements = [
            *(index.definition for index in indexes),
            *(index.attach for index in indexes if index.constraint is not None),
            *(key.add for key in self.foreign_keys if key.child.name in tables and key.parent.name in tables),
        ]
        wanted = [statement for statement in statements if statement not in self._back]
        if wanted:
            with _by_full_names(connection):
                for statement in wanted:
                    connection.execute(statement.encode())
        return set(wanted)


def _give_up(error: psycopg.Error) -> NoReturn:
    """Raise a failure to bring something back: as the session's own, or as a reason to load in another way."""
    if ends_the_run(error):
        raise error
    raise AbandonedError(error.diag.message_primary or str(error)) from error


def take_off(connection: Connection, plan: GenerationPlan, allowed: Rebuild) -> TakenOff | None:
    """Take off what pays and surely comes back as it is; None where that is nothing, or somebody uses the tables.

    The tables are locked against readers, too, until the transaction ends.
    """
    loaded = {name for step in plan.steps for name in step.tables if plan.table(name).rows}
    parents = {reference.parent for name in loaded for reference in plan.table(name).references}
    with _by_full_names(connection):
        found = structure.read(connection, loaded | parents)
        if found is None:
            return None
        indexes, foreign_keys = _chosen(plan, found, allowed.tables, loaded)
        if not indexes and not foreign_keys:
            return None
        tables = _tables(indexes, foreign_keys)
        try:
            with connection.transaction():
                locked = ", ".join(f"ONLY {name.sql}" for name in sorted(tables))
                wait = "" if allowed.wait else " NOWAIT"
                connection.execute(f"LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE{wait}".encode())
                before = structure.facts(connection, tables.values())
                for statement in [*(key.drop for key in foreign_keys), *(index.drop for index in indexes)]:
                    connection.execute(statement.encode())
        except psycopg.Error as error:
            if ends_the_run(error) or (allowed.wait and isinstance(error, psycopg.errors.LockNotAvailable)):
                raise
            return None
    return TakenOff(indexes, foreign_keys, before, tables.keys() - loaded)


def at_once(plan: GenerationPlan, taken: TakenOff) -> GenerationPlan:
    """Return the plan with those columns inserted at once that were postponed on account of keys that are off."""
    off = {(key.child.name, key.name) for key in taken.foreign_keys}
    triggers = {key.child.name for key in taken.foreign_keys if key.child.triggers}

    def waits(postponed: Postponed) -> bool:
        return postponed.table in triggers or not _held_by(plan, postponed) <= off

    steps = tuple(replace(step, postponed=tuple(each for each in step.postponed if waits(each))) for step in plan.steps)
    return replace(plan, steps=steps)


def ends_the_run(error: psycopg.Error) -> bool:
    """Tell whether a failure is the session's, which no other way of loading would spare."""
    return error.sqlstate is None or _ENDS_THE_RUN.match(error.sqlstate) is not None


def _chosen(
    plan: GenerationPlan, found: Structure, wanted: Collection[QualifiedName], loaded: Collection[QualifiedName]
) -> tuple[tuple[Index, ...], tuple[ForeignKey, ...]]:
    """Return the indexes and foreign keys to take off.

    An index stays where a foreign key on it does. Where columns are still set after their rows, these are found by a
    key, which stays. Of several indexes that a foreign key could stand on, it must be the one that PostgreSQL takes.
    """
    copied = {name for step in plan.steps if step.method is Method.COPY for name in step.tables}
    loose = [
        key
        for key in found.foreign_keys
        if key.whole and key.child.free and key.parent.free and key.child.name in copied & set(loaded)
    ]
    tables = copied & set(wanted)
    while True:
        held = found.pinned | {key.stands_on for key in found.foreign_keys if key not in loose}
        indexes = [
            index
            for index in found.indexes
            if index.whole and index.table.free and index.table.name in tables and index.oid not in held
        ]
        off = {index.oid for index in indexes}
        keys = [key for key in loose if key.stands_on in off or key.child.name in tables]
        stood_on = {key.stands_on for key in keys}
        indexes.sort(key=lambda index: index.oid not in stood_on)
        built = {index.oid: number for number, index in enumerate(indexes)}
        elsewhere = [key for key in keys if _taken_for(key, found.indexes, built) != key.stands_on]
        late = {each.table for each in _postponed(at_once(plan, TakenOff((), tuple(keys), ())).steps)} & tables
        if not late and not elsewhere:
            return tuple(indexes), tuple(keys)
        tables = tables - late
        loose = [key for key in loose if key not in elsewhere]


def _taken_for(key: ForeignKey, indexes: Collection[Index], built: Mapping[int, int]) -> int:
    """Return the index that PostgreSQL has a foreign key stand on: the oldest of those on its columns.

    ``built`` are those that are built again, by their order; all others are older.
    """
    columns = next(index.columns for index in indexes if index.oid == key.stands_on)
    rivals = [index.oid for index in indexes if index.table == key.parent and index.columns == columns]
    return min(rivals, key=lambda oid: (oid in built, built.get(oid, oid)))


def _postponed(steps: Sequence[LoadStep]) -> list[Postponed]:
    return [each for step in steps for each in step.postponed]


def _held_by(plan: GenerationPlan, postponed: Postponed) -> set[tuple[QualifiedName, str]]:
    """Return the foreign keys that postponed columns belong to."""
    columns = set(postponed.columns)
    return {
        (postponed.table, reference.name)
        for reference in plan.table(postponed.table).references
        if reference.declared and columns & set(reference.columns)
    }


def _tables(indexes: Collection[Index], foreign_keys: Collection[ForeignKey]) -> dict[QualifiedName, int]:
    """Return the tables that are changed, with their oids."""
    ends = [table for key in foreign_keys for table in (key.child, key.parent)]
    return {table.name: table.oid for table in (*(index.table for index in indexes), *ends)}


@contextmanager
def _by_full_names(connection: Connection) -> Iterator[None]:
    """Have definitions written and read with every name qualified, and indexes put where the database puts them."""
    settings = b"pg_catalog.current_setting('search_path'), pg_catalog.current_setting('default_tablespace')"
    before = connection.execute(b"SELECT " + settings).fetchone()
    setting = (
        "SELECT pg_catalog.set_config('search_path', %s, true), pg_catalog.set_config('default_tablespace', %s, true)"
    )
    connection.execute(setting, ["", ""])
    yield
    connection.execute(setting, before)
