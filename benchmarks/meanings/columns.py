"""The columns of real schemas that a meaning is guessed for, with what surrounds them and the guess."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from seedfast.catalog.introspect import introspect
from seedfast.constraints.analyse import analyse_table
from seedfast.model.database import Database
from seedfast.model.table import Column, Identity, Table
from seedfast.model.types import TypeForm
from seedfast.packs.library import library
from seedfast.semantics.classify import TEXTS, classify
from seedfast.semantics.domains import Domains
from seedfast.semantics.states import states
from seedfast.semantics.undeclared import undeclared

NOW = datetime(2026, 1, 1, tzinfo=UTC)

_KINDS = {
    **dict.fromkeys(TEXTS, "text"),
    **dict.fromkeys(("int2", "int4", "int8", "numeric", "float4", "float8", "money"), "number"),
    **dict.fromkeys(("date", "timestamp", "timestamptz"), "moment"),
    **dict.fromkeys(("json", "jsonb"), "document"),
    "bool": "truth value",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """The first reading of a column; ``confidence`` is 100 where nothing spoke for it."""

    kind: str
    params: Mapping[str, Any]
    confidence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A column: ``schema`` is the file's name, ``sort`` the kind of its type."""

    schema: str
    table: Table
    column: Column
    sort: str
    guess: Guess

    @property
    def key(self) -> str:
        """The name of the column in the list of labels."""
        return f"{self.schema} {self.table.name}.{self.column.name}"

    def turn(self, seed: str) -> str:
        """Return what a seed sorts the column by."""
        return hashlib.sha256(f"{seed} {self.key}".encode()).hexdigest()


def subjects(folder: Path, server: str) -> Iterator[Subject]:
    """Yield the columns of all schemas of a folder that a meaning is guessed for."""
    for path in sorted(folder.glob("*.sql")):
        yield from _of(path.stem, _read(path, server))


def _read(path: Path, server: str) -> Database:
    name = f"meanings_{path.stem}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        try:
            dsn = psycopg.conninfo.make_conninfo(server, dbname=name)
            command = ["psql", "-q", "-X", "-d", dsn, "-f", str(path)]
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with psycopg.connect(dsn, options="-c default_transaction_read_only=on") as connection:
                return introspect(connection)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _of(schema: str, database: Database) -> Iterator[Subject]:
    domains = Domains(database, library(()), 1)
    relations = undeclared(database.tables)
    for table in database.tables:
        branches = analyse_table(table, now=NOW, tables=database.by_name).branches
        shares = states(table, branches).shares if branches else {}
        pointing = {name for key in table.foreign_keys for name in key.columns}
        parents = {found.column: found.parent for found in relations.get(table.name, ())}
        keys = {key.columns[0] for key in table.unique_keys if key.primary and len(key.columns) == 1}
        readings = classify(table, now=NOW, seed=1, domains=domains)
        for column in table.columns:
            sort, whole = _sort(column), column.type.storage.name.startswith("int")
            listed = any(branch.domain(column.name).allowed is not None for branch in branches)
            counted = column.identity is not Identity.NONE or bool(column.sequence or column.generated)
            if not sort or listed or counted or column.name in pointing or (column.name in keys and whole):
                continue
            if column.name in parents:
                found = Guess("reference", {"table": parents[column.name].name}, 900, "an undeclared relation")
                yield Subject(schema, table, column, sort, found)
                continue
            guess = next(iter(readings[column.name]), None)
            if column.name in shares and not isinstance(next(iter(shares[column.name])), bool):
                yield Subject(schema, table, column, sort, _state(shares[column.name]))
            elif guess is not None:
                found = Guess(guess.kind, guess.params, guess.confidence, guess.reason)
                yield Subject(schema, table, column, sort, found)


def _state(shares: Mapping[Any, int]) -> Guess:
    return Guess("state", {"values": list(shares)}, 950, "a state of its life cycle")


def _sort(column: Column) -> str:
    storage = column.type.storage
    if storage.form is TypeForm.ARRAY and storage.element is not None:
        return "list" if storage.element.storage.name in TEXTS else ""
    return _KINDS.get(storage.name, "") if storage.form is TypeForm.BASE else ""
