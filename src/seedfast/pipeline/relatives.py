"""What the parents of a row may have to be like (open, not deleted), and what they may have to have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.catalog import guards
from seedfast.constraints.comparisons import wanted
from seedfast.db import Connection
from seedfast.generate.engine import Engine
from seedfast.generate.existing import as_text
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.plan.options import Agreement, Lesson
from seedfast.plan.records import LISTED
from seedfast.plan.spec import GeneratorPlan, Having, ReferencePlan, Source, Status, TablePlan

Column = tuple[QualifiedName, str]

_FEW = 12
"""Of so many values at most a column may be what parents are told apart by."""


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
    engine: Engine, reference: ReferencePlan, name: str, tried: Sequence[str | None], good: Sequence[str], source: str
) -> Having | None:
    """Return what sets parents with which a row is taken apart from the others, in a column that a function's source
    names; None where nothing does, or where the parents aren't made in this run.
    """
    parent = engine.plan.table(reference.parent)
    if parent.status is not Status.FILL or parent.existing:
        return None
    keys = as_text(engine.whole(parent.name, dict(zip(reference.columns, reference.parent_columns, strict=True))[name]))
    known = [value for value in tried if value is not None]
    rows = pc.index_in(pa.array(known, pa.string()), value_set=keys)
    said = {word.lower() for word in re.findall(r"\w+", source)}
    for column in parent.columns:
        if column.name.lower() not in said or column.source is Source.SERVER or column.name in reference.parent_columns:
            continue
        held = list(zip(known, as_text(engine.whole(parent.name, column.name)).take(rows).to_pylist(), strict=True))
        inside = {value for key, value in held if key in good}
        outside = {value for key, value in held if key not in good}
        for values, which in ((inside, True), (outside, False)):
            if not inside & outside and len(values) <= _FEW and (values == {None} or len(inside | outside) <= _FEW):
                return Having(column.name, tuple(sorted(values, key=lambda value: value or "")), which)
    return None


def told(engine: Engine, database: Database, table: TablePlan, known: Lesson) -> Lesson:
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
        new = [each for each in said.get(reference.name, ()) if each not in known.having.get(reference.name, ())]
        if not new or parent.status is not Status.FILL or parent.existing:
            continue
        if _some_parent(engine, parent, [*known.having.get(reference.name, ()), *new]):
            having[reference.name] = tuple(new)
        elif parent.name not in known.varied:
            varied.append(parent.name)
    return Lesson(having=having, varied=tuple(varied))


def _some_parent(engine: Engine, parent: TablePlan, wishes: Sequence[Having]) -> bool:
    """Tell whether a table has a row that holds what is wanted in each of some columns."""
    fitting: Any = None
    for one in wishes:
        column = next((each for each in parent.columns if each.name == one.column), None)
        if column is None or column.source is Source.SERVER:
            return False
        held = as_text(engine.whole(parent.name, one.column))
        good = pc.is_in(held, value_set=pa.array(one.values, pa.string()))
        good = good if one.inside else pc.invert(good)
        fitting = good if fitting is None else pc.and_(fitting, good)
    return bool(pc.any(fitting).as_py())


def uniform(engine: Engine, table: QualifiedName) -> tuple[QualifiedName, ...]:
    """Return the parents of a table's rows that lack some value of a list that one of their columns has.

    Of parents that hold rows already nothing but the keys is known.
    """
    parents = dict.fromkeys(reference.parent for reference in engine.plan.table(table).references)
    plans = [engine.plan.table(parent) for parent in parents]
    made = (plan for plan in plans if plan.status is Status.FILL and not plan.existing)
    return tuple(plan.name for plan in made if _lacks(engine, plan))


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
