"""Whether a plan, perhaps edited by a person or made for an older schema, fits a database."""

from __future__ import annotations

from seedfast.errors import UsageError
from seedfast.model.database import Database, Existing
from seedfast.model.table import Identity, Table
from seedfast.plan.spec import VERSION, GenerationPlan, Source, Status, TablePlan
from seedfast.values.registry import Registry

_HINT = "Make the plan anew with `seedfast plan --output json`, then repeat your changes."


def validate(plan: GenerationPlan, database: Database, existing: Existing, registry: Registry) -> None:
    """Raise a ``UsageError`` that names the first place where the plan does not fit."""
    if plan.version != VERSION:
        _refuse(f"The plan file has version {plan.version}; this seedfast reads version {VERSION}.")
    for table in plan.tables:
        actual = database.by_name.get(table.name)
        if actual is None:
            if table.status is Status.FILL:
                _refuse(f"The plan fills {table.name}, which is not in {database.name}.")
            continue
        if existing.count(table.name) != table.existing:
            _refuse(
                f"{table.name} holds {existing.count(table.name):,} rows; the plan was made when it held "
                f"{table.existing:,}."
            )
        if table.status is Status.FILL:
            _fits(table, actual, registry)
    steps = {name for step in plan.steps for name in step.tables}
    filled = {table.name for table in plan.tables if table.status is Status.FILL and table.rows}
    if steps != filled:
        name = min(steps ^ filled)
        _refuse(f"The plan's steps and tables disagree about {name}.")


def _fits(table: TablePlan, actual: Table, registry: Registry) -> None:
    columns = {column.name: column for column in actual.columns}
    for column in table.columns:
        if column.name not in columns:
            _refuse(f"The plan fills {table.name}.{column.name}, which doesn't exist any more.")
        if columns[column.name].type.display != column.type:
            _refuse(
                f"{table.name}.{column.name} is {columns[column.name].type.display}; the plan was made for "
                f"{column.type}."
            )
        if column.source is Source.GENERATED:
            for generator in column.generators:
                if generator.kind != "null":
                    registry.build(generator.kind, generator.params)
    known = {column.name for column in table.columns}
    for added in (column for column in actual.columns if column.name not in known):
        made = added.default is not None or added.generated is not None or added.identity is not Identity.NONE
        if not added.nullable and not made:
            _refuse(
                f"{table.name}.{added.name} has been added since the plan was made; it is NOT NULL without a default."
            )
    keys = {key.name: key for key in actual.foreign_keys}
    for reference in table.references:
        if not reference.declared and set(reference.columns) <= columns.keys():
            continue
        key = keys.get(reference.name)
        if key is None or (key.columns, key.parent) != (reference.columns, reference.parent):
            _refuse(f"The foreign key {reference.name} of {table.name} is not what the plan was made for.")
    references = {reference.name for reference in table.references}
    for column in table.columns:
        if column.source is Source.REFERENCE and column.reference not in references:
            _refuse(f"{table.name}.{column.name} names a reference {column.reference!r} that the plan doesn't have.")
    for unique in table.keys:
        if len(unique.radices) == 0 or unique.capacity < 0:
            _refuse(f"The key {unique.name} of {table.name} has no digits.")


def _refuse(message: str) -> None:
    raise UsageError("SF-PLAN-MISFIT", message, _HINT)
