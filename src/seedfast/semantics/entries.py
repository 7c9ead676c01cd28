"""Books that are kept by double entry: the lines of one entry come to as much on the one side as on the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.names import QualifiedName, quote
from seedfast.semantics.words import words

_HEADERS = frozenset(
    {"entry", "transaction", "voucher", "journal", "posting", "move", "document", "booking", "receipt", "batch"}
)
_NUMBERS = frozenset({"numeric", "int4", "int8", "money", "float8"})
_AMOUNTS = frozenset({("amount",), ("value",), ("sum",), ("amount", "minor"), ("amount", "cent"), ("line", "amount")})
_LETTERS = (("debit", "credit"), ("dr", "cr"), ("d", "c"), ("db", "cr"))
"""What lists call the two sides, in whatever case."""

_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_SUMMED = re.compile(r"\bsum\s*\(\s*(?:\w+\s*\.\s*)?(\w+)\s*\)", re.IGNORECASE)
_UNBALANCED = re.compile(r"(?:<>|!=)\s*0(?!\w).*?\bRAISE\b", re.IGNORECASE | re.DOTALL)


class Form(StrEnum):
    """How a line says which side it is on: by the column that holds its amount, by a word, or by the amount's sign."""

    COLUMNS = "columns"
    WORDS = "words"
    SIGNS = "signs"


@dataclass(frozen=True, slots=True)
class Sides:
    """How lines say what they debit and credit, and the key to the entry that they are a part of.

    ``debit`` and ``credit`` are the columns of the amounts, which may be the same. Where a word tells the sides apart,
    ``told`` is its column, and ``called`` what it says of a debit and of a credit.
    """

    form: Form
    debit: str
    credit: str
    key: str
    entry: QualifiedName
    told: str = ""
    called: tuple[str, str] = ("", "")


def sides(table: Table) -> Sides | None:
    """Return the two sides of a table of lines; None where it isn't one, or nothing says what its entries are."""
    optional = {column.name for column in table.columns if column.nullable}
    required = [key for key in table.foreign_keys if key.parent != table.name and optional.isdisjoint(key.columns)]
    key = next((key for key in required if _HEADERS & set(words(key.parent.name)[-1:])), None)
    if key is None:
        return None
    amounts = _columns(table)
    if len(amounts) > 1:
        return Sides(Form.COLUMNS, amounts["debit"], amounts["credit"], key.name, key.parent)
    amount = next((column for column in table.columns if words(column.name) in _AMOUNTS and _is_amount(column)), None)
    if amount is None or amount.nullable:
        return None
    for column in table.columns:
        called = _called(table, column)
        if called is not None:
            return Sides(Form.WORDS, amount.name, amount.name, key.name, key.parent, column.name, called)
    if any(amount.name in _SUMMED.findall(t.source) and _UNBALANCED.search(t.source) for t in table.triggers):
        return Sides(Form.SIGNS, amount.name, amount.name, key.name, key.parent)
    return None


def _columns(table: Table) -> dict[str, str]:
    """Return the columns that hold what is debited, and what is credited, where there are such."""
    found: dict[str, str] = {}
    for column in table.columns:
        said = words(column.name)
        for side in ("debit", "credit"):
            if said in ((side,), (side, "amount"), ("amount", side)) and _is_amount(column):
                found.setdefault(side, column.name)
    return found


def _is_amount(column: Column) -> bool:
    return column.type.storage.name in _NUMBERS and column.generated is None


def _called(table: Table, column: Column) -> tuple[str, str] | None:
    """Return what a column's list calls a debit and a credit, None where it speaks of anything else."""
    storage = column.type.storage
    listed = list(storage.labels) if storage.form is TypeForm.ENUM else []
    own = (check for check in table.checks if check.columns == (column.name,))
    for check in (*own, *column.type.checks):
        listed += [literal.replace("''", "'") for literal in _LITERAL.findall(check.expression)]
    said = {value.strip().lower(): value for value in listed}
    pair = next((pair for pair in _LETTERS if set(pair) == said.keys()), None)
    return None if pair is None or column.nullable else (said[pair[0]], said[pair[1]])


def one_sided(table: Table) -> dict[str, str]:
    """Return, as an SQL condition, that each line of a table is on one side, with what says so; {} for other tables."""
    both = sides(table)
    if both is None:
        return {}
    debit, credit = quote(both.debit), quote(both.credit)
    match both.form:
        case Form.COLUMNS:
            nothing = ["IS NULL" if table.column(name).nullable else "= 0" for name in (both.debit, both.credit)]
            ways = [f"{debit} > 0 AND {credit} {nothing[1]}", f"{credit} > 0 AND {debit} {nothing[0]}"]
        case Form.WORDS:
            ways = [f"{quote(both.told)} = '{called}' AND {debit} > 0" for called in both.called]
        case Form.SIGNS:
            ways = [f"{debit} > 0", f"{credit} < 0"]
    return {" OR ".join(f"({way})" for way in ways): f"a line of {both.entry} is a debit or a credit"}
