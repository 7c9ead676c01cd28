"""Books that are kept by double entry: the lines of one entry come to as much on the one side as on the other."""

from __future__ import annotations

from dataclasses import dataclass

from seedfast.model.table import Column, Table
from seedfast.names import QualifiedName, quote
from seedfast.semantics.words import words

_HEADERS = frozenset(
    {"entry", "transaction", "voucher", "journal", "posting", "move", "document", "booking", "receipt", "batch"}
)
_NUMBERS = frozenset({"numeric", "int4", "int8", "money", "float8"})


@dataclass(frozen=True, slots=True)
class Sides:
    """The columns of a line that say how much is debited and credited, and the key to the entry it is a part of."""

    debit: str
    credit: str
    key: str
    entry: QualifiedName


def sides(table: Table) -> Sides | None:
    """Return the two sides of a table of lines; None where it isn't one, or nothing says what its entries are."""
    found: dict[str, Column] = {}
    for column in table.columns:
        said = words(column.name)
        for side in ("debit", "credit"):
            if said in ((side,), (side, "amount"), ("amount", side)) and column.type.storage.name in _NUMBERS:
                found.setdefault(side, column)
    if len(found) < 2 or any(column.generated is not None for column in found.values()):
        return None
    optional = {column.name for column in table.columns if column.nullable}
    for key in table.foreign_keys:
        header = words(key.parent.name)[-1:]
        if _HEADERS & set(header) and key.parent != table.name and optional.isdisjoint(key.columns):
            return Sides(found["debit"].name, found["credit"].name, key.name, key.parent)
    return None


def one_sided(table: Table) -> dict[str, str]:
    """Return, as an SQL condition, that each line of a table is on one side, with what says so; {} for other tables."""
    both = sides(table)
    if both is None:
        return {}
    ways = []
    for there, absent in ((both.debit, both.credit), (both.credit, both.debit)):
        nothing = "IS NULL" if table.column(absent).nullable else "= 0"
        ways.append(f"({quote(there)} > 0 AND {quote(absent)} {nothing})")
    return {" OR ".join(ways): f"a line of {both.entry} is a debit or a credit"}
