"""Hand-made plans and rows for the tests of loading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import pyarrow as pa

from seedfast import db
from seedfast.load.load import load
from seedfast.load.results import LoadResult
from seedfast.names import QualifiedName
from seedfast.plan.spec import (
    VERSION,
    ColumnPlan,
    GenerationPlan,
    LoadStep,
    Method,
    SequencePlan,
    Source,
    Status,
    TablePlan,
)


def public(name: str) -> QualifiedName:
    return QualifiedName("public", name)


class Tables:
    """A source of rows that were made by hand."""

    def __init__(self, tables: Mapping[QualifiedName, pa.Table]) -> None:
        self.tables = tables
        self.asked: list[tuple[QualifiedName, int, int]] = []

    def batch(self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        self.asked.append((table, start, stop))
        rows = self.tables[table].slice(start, stop - start)
        return rows if columns is None else rows.select(list(columns))


def table(name: QualifiedName, rows: int, existing: int = 0, server: Sequence[str] = (), **types: str) -> TablePlan:
    columns = [ColumnPlan(column, kind, Source.GENERATED) for column, kind in types.items()]
    columns += [ColumnPlan(column, "", Source.SERVER) for column in server]
    return TablePlan(name, Status.FILL, existing=existing, rows=rows, columns=tuple(columns))


def plan(
    tables: Sequence[TablePlan], steps: Sequence[LoadStep] = (), sequences: Sequence[SequencePlan] = ()
) -> GenerationPlan:
    if not steps:
        steps = [LoadStep(Method.COPY, (planned.name,)) for planned in tables]
    return GenerationPlan(VERSION, 0, "2026-01-01T00:00:00Z", "", "", tuple(tables), tuple(steps), tuple(sequences))


def load_and_commit(
    dsn: str, planned: GenerationPlan, rows: Mapping[QualifiedName, pa.Table], **options: Any
) -> LoadResult:
    """Load in a transaction that is committed unless rows were refused."""
    with db.connect(dsn) as connection:
        result = load(connection, planned, Tables(rows), **options)
        if result.refused:
            connection.rollback()
        return result


def ask(dsn: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def run(dsn: str, *statements: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
