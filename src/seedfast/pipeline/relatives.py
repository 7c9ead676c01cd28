"""What the parents of a row may have to be like (open, not deleted), and what they may have to have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from seedfast.catalog import guards
from seedfast.constraints.comparisons import wanted
from seedfast.db import Connection
from seedfast.generate.engine import Engine
from seedfast.generate.existing import as_text
from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.names import QualifiedName
from seedfast.plan.options import Agreement, Lesson
from seedfast.plan.records import LISTED
from seedfast.plan.spec import GeneratorPlan, Having, ReferencePlan, Source, Status, TablePlan

Column = tuple[QualifiedName, str]

_FEW = 12
"""Of so many values at most a column may be what parents are told apart by."""

_ALIKE = frozenset({"bool", "int2", "int4", "int8", "text", "varchar", "citext", "uuid", "date"})
"""The types whose values read the same whoever writes them, beside enumerations."""


def agreements(database: Database, table: TablePlan) -> Iterator[Agreement]:
    """Yield what the parents of a row might have in common: one is the other's own, or both have the same one."""
    references = [one for one in table.references if one.parent != table.name and not one.matching]
    pairs = [(one, other) for one in references for other in references if one.name != other.name]
    for one, other in pairs:
        for column, above in _above(database, one).items():
            yield from (
                Agreement(one.name, column, other.name, theirs)
                for theirs in other.parent_columns
                if (other.parent, theirs) in above
            )
    for one, other in pairs:
        for column, above in _above(database, one).items():
            for theirs, beside in _above(database, other).items():
                if above[-1] == beside[-1] and references.index(one) > references.index(other):
                    yield Agreement(one.name, column, other.name, theirs)


def _above(database: Database, reference: ReferencePlan) -> Mapping[str, Sequence[Column]]:
    """Return, for the columns of foreign keys of a reference's parent, where their values come from, step by step."""
    if len(reference.columns) != 1:
        return {}
    found = {}
    for name in dict.fromkeys(name for key in database.by_name[reference.parent].foreign_keys for name in key.columns):
        path = [(reference.parent, name)]
        while (above := _parent(database, path[-1])) is not None and above not in path:
            path.append(above)
        found[name] = path[1:]
    return found


def _parent(database: Database, column: Column) -> Column | None:
    """Return what a column points at, by a foreign key of its own rather than by a wider one."""
    keys = database.by_name[column[0]].foreign_keys if column[0] in database.by_name else ()
    for key in sorted(keys, key=lambda key: len(key.columns)):
        if column[1] in key.columns:
            return key.parent, key.parent_columns[key.columns.index(column[1])]
    return None


def agreeing(
    connection: Connection, table: TablePlan, agreement: Agreement, rows: Mapping[str, Sequence[str | None]]
) -> dict[str, list[str | None]]:
    """Return rows of a table that didn't agree, each with a parent with which it does, as far as there is one."""
    one, other = table.reference(agreement.reference), table.reference(agreement.other)
    wanted, given = (one.parent_columns[0], agreement.column), (other.parent_columns[0], agreement.other_column)
    own, beside = one.columns[0], other.columns[0]
    chosen: list[int] = []
    found: list[str | None] = []
    for number, value in enumerate(rows[beside]):
        if value is not None and rows[own][number] is not None:
            partner = guards.alike(connection, one.parent, wanted, other.parent, given, value)
            if partner is not None and partner != rows[own][number]:
                chosen.append(number)
                found.append(partner)
    return {**{name: [held[number] for number in chosen] for name, held in rows.items()}, own: found}


def having(
    connection: Connection,
    table: Table,
    parent: TablePlan,
    key: str,
    tried: Sequence[str | None],
    good: Sequence[str],
    source: str,
) -> Having | None:
    """Return what sets parents with which a row is taken apart from the others, in a column that a function's source
    names; None where nothing does.

    ``key`` is the parent's column by which those that were tried, and those that were good, are told.
    """
    known = [value for value in tried if value is not None]
    said = {word.lower() for word in re.findall(r"\w+", source)}
    for column in table.columns:
        if column.name.lower() not in said or column.name == key or not _is_known(parent, column.name):
            continue
        held = guards.held_by(connection, table.name, key, column.name, known)
        inside = {value for name, value in held.items() if name in good}
        outside = {value for name, value in held.items() if name not in good}
        for values, which in ((inside, True), (outside, False)):
            alike = column.type.storage.name in _ALIKE or bool(column.type.storage.labels)
            few = alike and len(inside | outside) <= _FEW
            if values and not inside & outside and (values == {None} or few):
                return Having(column.name, tuple(sorted(values, key=lambda value: value or "")), which)
    return None


def told(connection: Connection, engine: Engine, database: Database, table: TablePlan, known: Lesson) -> Lesson:
    """Return what the sources of triggers say of the parents of a table's rows, beside what is known.

    Where no parent is like that, it is that parents had better hold every value of their lists.
    """
    names = {one.name: frozenset(column.name for column in one.columns) for one in database.tables}
    said: dict[str, list[Having]] = {}
    for one in wanted(database.by_name[table.name], lambda name: names.get(name, frozenset())):
        values = tuple(
            None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            for value in one.values
        )
        said.setdefault(one.key, []).append(Having(one.column, values, one.inside))
    having: dict[str, tuple[Having, ...]] = {}
    varied = []
    for reference in table.references:
        parent = engine.plan.table(reference.parent)
        before = known.having.get(reference.name, ())
        new = [each for each in said.get(reference.name, ()) if each not in before]
        if not new or not all(_is_known(parent, each.column) for each in new):
            continue
        if guards.exists(connection, parent.name, [(one.column, one.values, one.inside) for one in (*before, *new)]):
            having[reference.name] = tuple(new)
        elif _is_made(parent) and parent.name not in known.varied:
            varied.append(parent.name)
    return Lesson(having=having, varied=tuple(varied))


def _is_known(parent: TablePlan, column: str) -> bool:
    """Tell whether it is known before the run what all rows of a parent hold in a column."""
    return parent.status is Status.PARENT or (
        parent.status is Status.FILL and any(c.name == column and c.source is not Source.SERVER for c in parent.columns)
    )


def _is_made(parent: TablePlan) -> bool:
    return parent.status is Status.FILL and not parent.existing


def uniform(engine: Engine, table: QualifiedName) -> tuple[QualifiedName, ...]:
    """Return the parents of a table's rows that lack some value of a list that one of their columns has.

    Of parents that hold rows already nothing but the keys is known.
    """
    parents = dict.fromkeys(reference.parent for reference in engine.plan.table(table).references)
    plans = [engine.plan.table(parent) for parent in parents]
    return tuple(plan.name for plan in plans if _is_made(plan) and _lacks(engine, plan))


def _lacks(engine: Engine, plan: TablePlan) -> bool:
    for column in plan.columns:
        listed = {str(value) for generator in column.generators for value in _listed(generator)}
        if listed and not listed <= set(as_text(engine.whole(plan.name, column.name)).unique().to_pylist()):
            return True
    return False


def _listed(generator: GeneratorPlan) -> Sequence[Any]:
    """Return the values that a column may have, by its list or by that of which a data pack's record names some."""
    params = generator.params
    if generator.kind == LISTED:
        return list(params["within"][params["slot"]])
    return list(params["values"]) if generator.kind == "choice" else ()
