"""A claim on rows, and the SQL that claims are written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from seedfast.model.table import Column, Table, TableForm
from seedfast.names import QualifiedName, quote
from seedfast.plan.spec import GenerationPlan, ReferencePlan, TablePlan

Tables = Mapping[QualifiedName, Table]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of a table's column: ``query`` counts the rows that break it, ``said`` is for people."""

    table: QualifiedName
    column: str
    query: str
    said: str


@dataclass(slots=True)
class Rows:
    """The rows of a planned table as ``r``, with those of their parents beside them that are asked for."""

    planned: TablePlan
    tables: Tables
    _beside: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str | None:
        """Return a column of the rows, or one of a parent's by the name of its lookup; None for what is neither."""
        lookup = self.planned.lookup(name)
        if lookup is not None:
            reference = self.planned.reference(lookup.reference)
            columns = self.tables[reference.parent].columns
            theirs = next((column for column in columns if column.name == lookup.parent_column), None)
            return None if theirs is None else moment(f"{self.parent(reference)}.", theirs)
        table = self.tables[self.planned.name]
        known = next((column for column in table.columns if column.name == name), None)
        return None if known is None else moment("r.", known)

    def parent(self, reference: ReferencePlan) -> str:
        """Return the name of the parents that a reference leads to; rows without one are left out then."""
        return self._beside.setdefault(reference.name, f"p{len(self._beside)}")

    def counted(self, wrong: str) -> str:
        """Return the query for the number of rows for which a condition holds."""
        source = f"{rows_of(self.tables[self.planned.name])} AS r"
        for name, alias in self._beside.items():
            reference = self.planned.reference(name)
            source += f" JOIN {rows_of(self.tables[reference.parent])} AS {alias} ON {same(reference, alias)}"
        return f"SELECT pg_catalog.count(*) FROM {source} WHERE {wrong}"


def same(reference: ReferencePlan, parent: str, child: str = "r") -> str:
    """Return the condition that a reference of a row leads to a parent."""
    pairs = zip(reference.columns, reference.parent_columns, strict=True)
    return " AND ".join(f"{parent}.{quote(theirs)} = {child}.{quote(mine)}" for mine, theirs in pairs)


def moment(of: str, column: Column) -> str:
    """Return a column in a form that can be compared: moments with a time zone as what clocks of UTC show."""
    name = f"{of}{quote(column.name)}"
    return f"({name} AT TIME ZONE 'UTC')" if column.type.storage.name == "timestamptz" else name


def distinct(one: str, other: str) -> str:
    """Return the condition that two expressions differ, be it that one is NULL."""
    return f"{one} IS DISTINCT FROM {other}"


def any_of(conditions: Iterable[str]) -> str:
    """Return the condition that one of some conditions holds."""
    return " OR ".join(f"({condition})" for condition in conditions)


def read(plan: GenerationPlan, tables: Tables, planned: TablePlan, alias: str, name: str) -> str:
    """Return a column of a table's rows, or what a lookup of the table finds above them, at whatever remove."""
    lookup = planned.lookup(name)
    if lookup is None:
        return f"{alias}.{quote(name)}"
    reference, above = planned.reference(lookup.reference), f"{alias}_"
    found = read(plan, tables, plan.table(reference.parent), above, lookup.parent_column)
    return f"(SELECT {found} FROM {rows_of(tables[reference.parent])} AS {above} WHERE {same(reference, above, alias)})"


def rows_of(table: Table) -> str:
    """Return a table in a FROM clause, without those that inherit from it."""
    return table.name.sql if table.form is TableForm.PARTITIONED else f"ONLY {table.name.sql}"
