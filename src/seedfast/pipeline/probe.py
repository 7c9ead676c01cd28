"""A load of a few rows, rolled back, that meets what triggers and unread conditions refuse before the real one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seedfast import db
from seedfast.db import Connection
from seedfast.model.bodies import may_refuse
from seedfast.model.mentions import mentions
from seedfast.model.table import Table
from seedfast.names import QualifiedName
from seedfast.pipeline.fitting import fitted
from seedfast.pipeline.request import LoadMode, Prepared
from seedfast.plan.options import Options
from seedfast.plan.spec import Status

_ROWS = 50
"""Rows of each table that are tried."""

_WORTH = 4
"""A load is probed where some table gets at least so many times the rows that are tried: a smaller one is its own."""


def wanted(prepared: Prepared) -> bool:
    """Tell whether a probe could spare the load something: it is large, and more than constraints guard its tables.

    CHECKs that can't be read are asked about while planning; what they want of parents depends on all of these.
    """
    request, plan = prepared.request, prepared.plan
    if not request.probe or request.plan is not None:
        return False
    if all(table.rows < _WORTH * _ROWS for table in plan.tables if table.status is Status.FILL):
        return False
    return any(map(_guarded, _filled(prepared).values()))


def _filled(prepared: Prepared) -> Mapping[QualifiedName, Table]:
    tables = prepared.database.by_name
    return {table.name: tables[table.name] for table in prepared.plan.tables if table.status is Status.FILL}


def _guarded(table: Table) -> bool:
    """Tell whether something beside constraints may refuse a table's rows."""
    return bool(table.rules) or table.row_security or any(map(may_refuse, table.triggers))


def _concerned(prepared: Prepared) -> frozenset[QualifiedName]:
    """Return the tables that something guards, those that it reads or writes, their parents, and the children that it
    may wait for; what these need is filled with them.
    """
    filled = _filled(prepared)
    named = mentions(filled.values())
    found = {name for name, table in filled.items() if _guarded(table)}
    found |= {other for name in found for other in named.get(name, ())}
    waited = {name for name in found if any(trigger.constraint for trigger in filled[name].triggers)}
    parents = {key.parent for name in found for key in filled[name].foreign_keys}
    children = {n for n, table in filled.items() if any(key.parent in waited for key in table.foreign_keys)}
    return frozenset((found | parents | children) & filled.keys())


def reduced(connection: Connection, prepared: Prepared) -> Prepared:
    """Return the same run with few rows, and of the tables only those that a probe can tell something of."""
    options = prepared.options
    few = {name: min(rows, _ROWS) for name, rows in options.table_rows.items()}
    # Of so few rows exact numbers are none but shares.
    quotas = {
        table: {column: replace(quota, exact=False) for column, quota in columns.items()}
        for table, columns in options.quotas.items()
    }
    options = replace(options, rows=min(options.rows, _ROWS), table_rows=few, total=None, quotas=quotas)
    options = replace(options, only=_concerned(prepared))
    request = replace(prepared.request, dry_run=True, strict=False, load=LoadMode.PLAIN)
    return _planned(connection, replace(prepared, request=request), options)


def taught(connection: Connection, prepared: Prepared, learnt: Options) -> Prepared:
    """Return the run with what a probe has learnt, as far as it doesn't depend on the number of rows.

    Which parents a key may pick is asked again, of all parents, as are settings, which name some; and what a table
    was refused for without some of the others isn't held against it.
    """
    whole = learnt.only == frozenset(_filled(prepared))
    lessons = {name: replace(lesson, parents={}, settings={}) for name, lesson in learnt.lessons.items()}
    options = replace(
        prepared.options,
        lessons={name: lesson for name, lesson in lessons.items() if lesson.size},
        behind=learnt.behind,
        followed=learnt.followed,
        early=learnt.early,
        refused={name: why for name, why in learnt.refused.items() if whole},
    )
    return prepared if options == prepared.options else _planned(connection, prepared, options)


def _planned(connection: Connection, prepared: Prepared, options: Options) -> Prepared:
    with db.snapshot(connection, prepared.request.session):
        plan, stored, taken, options = fitted(
            connection, prepared.database, prepared.existing, options, prepared.request.registry, prepared.made
        )
    return replace(prepared, plan=plan, stored=stored, taken=taken, options=options)
