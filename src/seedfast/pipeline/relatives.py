"""What the parents of a row may have to have in common: an order's address is one of its customer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seedfast.catalog import guards
from seedfast.db import Connection
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.plan.options import Agreement
from seedfast.plan.spec import ReferencePlan, TablePlan

Column = tuple[QualifiedName, str]


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
