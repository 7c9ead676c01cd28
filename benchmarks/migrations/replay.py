"""What replaying a history of migrations means: apply a step, seed, verify, and say what needed a human."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import postgast
import psycopg
from psycopg.conninfo import make_conninfo

from seedfast import api
from seedfast.errors import SeedfastError
from seedfast.names import quote
from seedfast.plan.spec import Status

NOW = datetime(2025, 6, 1)
"""The moment that the data ends at, so that a replay gives the same rows on any day."""

_RIGHTLY_EMPTY = (Status.UNFILLABLE, Status.BOOKKEEPING, Status.SKIPPED, Status.TRIGGER)


class Mode(StrEnum):
    """Into what the rows of a step go.

    ``fresh`` is a new database to which all steps so far were applied while it was empty; ``grown`` is one database
    throughout, so that later steps meet the rows of earlier ones, and only what a step adds is filled; ``appended`` is
    the same with rows added to every table after every step.
    """

    FRESH = "fresh"
    GROWN = "grown"
    APPENDED = "appended"


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one migration; with ``needs`` empty it went by without a human.

    ``refused`` are rows that were planned and that PostgreSQL didn't take, beside others of their table that it did.
    """

    migration: str
    tables: int = 0
    filled: int = 0
    inserted: int = 0
    refused: int = 0
    held: int = 0
    seconds: float = 0.0
    needs: tuple[str, ...] = ()


class Databases:
    """Databases of a replay's own on a server, dropped when it is over."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._names: list[str] = []
        self._numbers = itertools.count(1)

    def __enter__(self) -> Databases:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._names:
            self._run(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")

    def create(self, template: str = "template0") -> str:
        """Return the name of a new database."""
        name = f"replay_{os.getpid()}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)} ENCODING 'UTF8'")
        self._names.append(name)
        return name

    def drop(self, name: str) -> None:
        """Drop a database before the replay is over."""
        self._names.remove(name)
        self._run(f"DROP DATABASE {quote(name)} WITH (FORCE)")

    def dsn(self, name: str) -> str:
        """Return how to connect to a database."""
        return make_conninfo(self._dsn, dbname=name)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(statement.encode())


def migrations(folder: Path) -> list[Path]:
    """Return the files of a history in order: its ``.sql`` files, or those in Prisma's folder a migration."""
    return sorted(folder.glob("*.sql")) or sorted(folder.glob("*/migration.sql"))


def apply(migration: Path, dsn: str) -> None:
    """Run a file as psql does: one statement after another, and what is to be one transaction says so itself."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in postgast.split(migration.read_text("utf-8")):
            connection.execute(statement.encode())


def replay(history: Path, mode: Mode, databases: Databases, *, rows: int, every: int = 1) -> Iterator[Step]:
    """Yield what came of each step, until one leaves nothing to go on from.

    In a fresh database only every so many steps are seeded, and the last.
    """
    steps = migrations(history)
    # A fresh database is a copy of this one, which stays empty; a grown one is this one itself.
    database = databases.create()
    for number, migration in enumerate(steps, 1):
        name = migration.stem if migration.parent == history else migration.parent.name
        try:
            apply(migration, databases.dsn(database))
        except psycopg.Error as error:
            yield Step(name, needs=(f"the migration fails: {error}",))
            return
        if mode is not Mode.FRESH:
            yield _seeded(name, databases.dsn(database), rows=rows, append=mode is Mode.APPENDED, seed=number)
        elif number % every == 0 or number == len(steps):
            copy = databases.create(database)
            yield _seeded(name, databases.dsn(copy), rows=rows, append=False, seed=1)
            databases.drop(copy)


def _seeded(name: str, dsn: str, *, rows: int, append: bool, seed: int) -> Step:
    started = time.monotonic()
    try:
        outcome = api.seed(dsn, now=NOW, rows=rows, append=append, seed=seed)
        verified = api.verify(dsn)
    except SeedfastError as error:
        return Step(name, seconds=time.monotonic() - started, needs=(f"{error.code}: {error.message}",))
    held = {table.name: table.existing + table.inserted for table in outcome.tables}
    gaps = [f"{table.name} gets no row: {table.reason}" for table in outcome.gaps]
    empty = [
        f"{table.name} stays empty"
        for table in outcome.tables
        if not held[table.name] and table.status not in (*_RIGHTLY_EMPTY, Status.GAP)
    ]
    broken = [f"{check.table}: {check.promise} {check.name} is broken" for check in verified.checks if not check.kept]
    return Step(
        name,
        tables=len(outcome.tables),
        filled=sum(1 for table in outcome.tables if table.inserted > 0),
        inserted=sum(table.inserted for table in outcome.tables),
        refused=sum(
            table.planned - table.inserted
            for table in outcome.tables
            if table.status == Status.FILL and table.inserted < table.planned
        ),
        held=sum(held.values()),
        seconds=time.monotonic() - started,
        needs=(*gaps, *empty, *broken),
    )
