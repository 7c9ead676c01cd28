"""What a plan claims of rows beside the constraints, as SQL that counts the rows for which it isn't so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from seedfast.model.table import Column, Table
from seedfast.names import quote
from seedfast.plan.spec import (
    Aggregate,
    ColumnPlan,
    GenerationPlan,
    GeneratorPlan,
    ReferencePlan,
    Rollup,
    Source,
    Status,
)
from seedfast.verify.beside import beside
from seedfast.verify.claim import Claim, Rows, Tables, rows_of
from seedfast.verify.places import of_places
from seedfast.verify.pointing import of_references, of_tree

_FLOATS = frozenset({"float4", "float8"})
_TIMES = frozenset({"date", "timestamp"})
_MOMENTS = frozenset({"timestamp", "timestamptz", "interval", "time"})


def claims(plan: GenerationPlan, tables: Tables) -> Iterator[Claim]:
    """Yield what a plan claims of the rows that it makes, of tables that held none before."""
    for planned in plan.tables:
        table = tables.get(planned.name)
        if planned.status is not Status.FILL or planned.existing or table is None:
            continue
        yield from of_references(plan, planned, tables)
        yield from of_places(planned, tables)
        for habit in planned.habits:
            query = Rows(planned, tables).counted(f"NOT ({habit.condition})")
            yield Claim(table.name, ", ".join(habit.columns), query, habit.reason)
        for column in planned.columns:
            rollup = next((one for name in column.inputs if (one := planned.rollup(name)) is not None), None)
            if rollup is not None:
                child = plan.table(rollup.child)
                beside_it = [name for name in column.inputs if name != rollup.name]
                reference = child.reference(rollup.reference)
                said = _rolls_up(table, column.name, rollup, reference, tables[rollup.child], beside_it)
                yield Claim(table.name, column.name, said, column.reason)
                continue
            rank = next((each for name in column.inputs if (each := planned.rank(name)) is not None), None)
            if rank is not None:
                said = _in_place(table, column.name, planned.reference(rank.reference))
                yield Claim(table.name, column.name, said, column.reason)
                continue
            spot = next((found for name in column.inputs if (found := planned.spot(name)) is not None), None)
            if spot is not None:
                yield from of_tree(planned, column.name, spot, tables)
                continue
            yield from beside(planned, column, tables)
            figure = _figure(column)
            if figure is None:
                continue
            inputs = {planned.column(name).source for name in column.inputs if planned.lookup(name) is None}
            if Source.SERVER not in inputs and len(inputs) == 1:
                yield Claim(table.name, column.name, _adds_up(table, column.name, figure.params), column.reason)


def _figure(column: ColumnPlan) -> GeneratorPlan | None:
    """Return the sum that a column is claimed to be: of all branches' the one with the most terms."""
    made = [generator for generator in column.generators if generator.kind != "null"]
    if column.source is not Source.GENERATED or not made:
        return None
    if any(one.kind != "figure" or one.params.get("rates") for one in made):
        return None
    return max(made, key=lambda one: len(one.params["terms"]))


def _adds_up(table: Table, name: str, params: Mapping[str, Any]) -> str:
    """Return the query for the rows in which a column isn't the sum that it should be."""
    terms = params["terms"]
    common = lcm(*(Fraction(term.get("factor", 1)).denominator for term in terms))
    parts, needed = [], [name]
    for term in terms:
        names = [one["column"] for one in term["of"]]
        product = " * ".join(_number(table.column(each)) for each in names)
        parts.append(f"{int(Fraction(term.get('factor', 1)) * common)} * {_or_zero(product, term)}")
        needed += [] if term.get("optional") else names
    total = f"({' + '.join(parts)}) / {common}::numeric"
    column = table.column(name)
    value = _number(column)
    known = " AND ".join(f"{quote(each)} IS NOT NULL" for each in dict.fromkeys(needed))
    floating = {table.column(one["column"]).type.storage.name for term in terms for one in term["of"]} | {
        column.type.storage.name
    }
    if floating & _FLOATS:
        # What is stored has fewer digits than what was added up.
        wrong = f"abs({value} - {total}) > 0.01 + abs({value}) / 10000"
    elif column.type.storage.name == "interval":
        wrong = f"{value} <> {total}"
    elif column.type.storage.name in _MOMENTS:
        # What a moment's type drops are parts of a second.
        wrong = f"abs({value} - {total}) >= 1"
    elif params.get("cut"):
        wrong = f"{value} <> floor({total} * {_power(params)}) / {_power(params)}"
    else:
        wrong = f"{value} <> round({total}, {int(params.get('scale', 0))})"
    return f"SELECT pg_catalog.count(*) FROM {rows_of(table)} WHERE {known} AND {wrong}"


def _rolls_up(
    table: Table, name: str, rollup: Rollup, reference: ReferencePlan, child: Table, on_top: Sequence[str]
) -> str:
    """Return the query for the rows in which a column isn't what the rows that refer to them come to.

    A sum holds the columns ``on_top``, too.
    """
    column = table.column(name)
    total = {
        Aggregate.COUNT: "pg_catalog.count(*)",
        Aggregate.SUM: "pg_catalog.sum({})",
        Aggregate.AVERAGE: "pg_catalog.avg({})",
        Aggregate.LEAST: "pg_catalog.min({})",
        Aggregate.GREATEST: "pg_catalog.max({})",
    }[rollup.aggregate].format(_child_value(rollup, child))
    keys = ", ".join(f"{quote(each)} AS k{n}" for n, each in enumerate(reference.columns))
    held = " AND ".join(f"r.k{n} = p.{quote(each)}" for n, each in enumerate(reference.parent_columns))
    groups = ", ".join(str(n + 1) for n in range(len(reference.columns)))
    value = f"p.{quote(name)}" if rollup.unit in _TIMES else f"p.{quote(name)}::numeric"
    found = "r.total"
    if rollup.aggregate in (Aggregate.COUNT, Aggregate.SUM):
        found = " + ".join(("COALESCE(r.total, 0)", *(f"COALESCE(p.{quote(each)}, 0)" for each in on_top)))
    elif rollup.aggregate is Aggregate.AVERAGE:
        found = f"round(r.total, {column.type.storage.scale or rollup.scale})"
    return (
        f"SELECT pg_catalog.count(*) FROM {rows_of(table)} AS p LEFT JOIN"
        f" (SELECT {keys}, {total} AS total FROM {rows_of(child)} GROUP BY {groups}) AS r ON {held}"
        f" WHERE {value} IS DISTINCT FROM {found}"
    )


def _in_place(table: Table, name: str, reference: ReferencePlan) -> str:
    """Return the query for the rows whose number isn't dense in their parent, or the parents without their one row."""
    keys = ", ".join(quote(each) for each in reference.columns)
    if table.column(name).type.storage.name == "bool":
        one = f"pg_catalog.count(*) FILTER (WHERE {quote(name)}) = 1"
        flagged = f"SELECT FROM {rows_of(table)} GROUP BY {keys} HAVING NOT {one}"
        return f"SELECT pg_catalog.count(*) FROM ({flagged}) AS parents"
    place = f"pg_catalog.row_number() OVER (PARTITION BY {keys} ORDER BY {quote(name)})"
    placed = f"SELECT {quote(name)} AS said, {place} AS place FROM {rows_of(table)}"
    return f"SELECT pg_catalog.count(*) FROM ({placed}) AS placed WHERE said IS DISTINCT FROM place"


def _child_value(rollup: Rollup, child: Table) -> str:
    """Return what each of the rows that are taken together brings."""
    if rollup.of is None:
        return ""
    if "column" in rollup.of.params:
        return quote(str(rollup.of.params["column"]))
    parts = []
    for term in rollup.of.params["terms"]:
        product = " * ".join(_number(child.column(one["column"])) for one in term["of"])
        parts.append(f"{int(Fraction(term['factor']))} * {_or_zero(product, term)}")
    return " + ".join(parts)


def _power(params: Mapping[str, Any]) -> int:
    return int(10 ** int(params.get("scale", 0)))


def _or_zero(product: str, term: Mapping[str, Any]) -> str:
    return f"COALESCE({product}, 0)" if term.get("optional") else product


def _number(column: Column) -> str:
    """Return a column as a number: of days where it is a date, of seconds where it is another moment."""
    kind = column.type.storage.name
    if kind == "date":
        return f"({quote(column.name)} - DATE '1970-01-01')::numeric"
    if kind in _MOMENTS:
        return f"EXTRACT(EPOCH FROM {quote(column.name)})::numeric"
    return f"{quote(column.name)}::numeric"
