"""Exact figures that a scope asks for, as SQL that asks the database for them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from seedfast.model.database import Database
from seedfast.model.table import Column, ForeignKey, Table
from seedfast.names import QualifiedName, literal, quote
from seedfast.scope import described
from seedfast.scope.spec import Aggregate, Outcome, Period, ScopeSpec
from seedfast.semantics.order import dated_by
from seedfast.semantics.undeclared import undeclared
from seedfast.verify.claim import rows_of

_TOTALS = {
    Aggregate.COUNT: "pg_catalog.count(r.*)",
    Aggregate.SUM: "COALESCE(pg_catalog.sum({}), 0)",
    Aggregate.AVERAGE: "pg_catalog.avg({})",
    Aggregate.LEAST: "pg_catalog.min({})",
    Aggregate.GREATEST: "pg_catalog.max({})",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a table's rows. ``query`` counts where it is another, 1 for all rows or the parents, and tells what
    it is instead; None where nothing in the schema can tell, for the reason in ``why``.
    """

    table: QualifiedName
    said: str
    query: str | None
    why: str = ""


def figures(outcomes: Sequence[Outcome], database: Database) -> Iterator[Figure]:
    """Yield the figures that a scope with full names asks for, of all rows that there are."""
    tables = {str(table.name): table for table in database.tables}
    for one in outcomes:
        (said,) = described.lines(ScopeSpec(outcomes=(one,)))
        table = tables[one.table]
        try:
            yield Figure(table.name, said, _query(one, table, database))
        except LookupError as error:
            yield Figure(table.name, said, None, str(error.args[0]))


def _query(one: Outcome, table: Table, database: Database) -> str:
    source, conditions = f"{rows_of(table)} AS r", [_holds(table, *pair) for pair in one.where.items()]
    if one.period is not None:
        found = dated_by(table, database.by_name)
        if found is None:
            raise LookupError("no column says when its rows came to be")
        key, dated = found
        if key is None:
            conditions.append(_within("r", table.column(dated), one.period))
        else:
            parent = database.by_name[key.parent]
            source += f" JOIN {rows_of(parent)} AS d ON {_same(key, 'd', 'r')}"
            conditions.append(_within("d", parent.column(dated), one.period))
    rows = f"SELECT r.* FROM {source}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    value = ""
    if one.aggregate is not Aggregate.COUNT:
        if all(column.name != one.column for column in table.columns):
            raise LookupError(f"it has no column named {one.column!r}")
        value = f"r.{quote(str(one.column))}::numeric"
    total = _TOTALS[one.aggregate].format(value)
    wrong = f"{total} IS DISTINCT FROM {one.value}::numeric"
    if one.aggregate is Aggregate.AVERAGE:
        # An average need not have as few digits as a sum.
        wrong = f"pg_catalog.sum({value}) IS DISTINCT FROM {one.value}::numeric * pg_catalog.count({value})"
    if one.per is None:
        return f"SELECT CASE WHEN {wrong} THEN 1 ELSE 0 END, {total}::text FROM ({rows}) AS r"
    key = _key(table, one.per, database)
    parent = database.by_name[key.parent]
    groups = ", ".join(f"p.{quote(name)}" for name in key.parent_columns)
    each = f"SELECT {wrong} AS wrong FROM {rows_of(parent)} AS p LEFT JOIN ({rows}) AS r ON {_same(key, 'p', 'r')}"
    return f"SELECT pg_catalog.count(*) FILTER (WHERE wrong), NULL FROM ({each} GROUP BY {groups}) AS parents"


def _holds(table: Table, column: str, value: str) -> str:
    if all(one.name != column for one in table.columns):
        raise LookupError(f"it has no column named {column!r}")
    return f"r.{quote(column)} = {literal(value)}"


def _within(of: str, column: Column, period: Period) -> str:
    """Return the condition that a moment lies in a period: on its days where the column holds days."""
    name, kind = f"{of}.{quote(column.name)}", column.type.storage.name
    if kind == "timestamptz":
        name = f"({name} AT TIME ZONE 'UTC')"
    ends = []
    for end in (period.start, period.end):
        moment = datetime.fromisoformat(end)
        plain = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
        ends.append(f"DATE '{plain:%Y-%m-%d}'" if kind == "date" else f"TIMESTAMP '{plain.isoformat(sep=' ')}'")
    return f"{name} >= {ends[0]} AND {name} < {ends[1]}"


def _key(table: Table, parent: str, database: Database) -> ForeignKey:
    for key in table.foreign_keys:
        if str(key.parent) == parent:
            return key
    for found in undeclared(database.tables).get(table.name, ()):
        if str(found.parent) == parent:
            return ForeignKey(found.column, (found.column,), found.parent, (found.parent_column,))
    raise LookupError(f"it does not point at {parent}")


def _same(key: ForeignKey, parent: str, child: str) -> str:
    pairs = zip(key.columns, key.parent_columns, strict=True)
    return " AND ".join(f"{parent}.{quote(theirs)} = {child}.{quote(mine)}" for mine, theirs in pairs)
