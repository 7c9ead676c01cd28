"""Columns that belong to one variant of a row alone: the last digits of a card go with payments by card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from seedfast.model.table import Column, Table
from seedfast.names import literal, quote
from seedfast.semantics.words import words

_CHOOSING = frozenset({
    "type", "kind", "method", "channel", "mode", "provider", "source", "format", "category", "medium", "class",
    "variant", "instrument", "transport", "protocol", "via",
})  # fmt: skip
"""Words that end the names of columns which say what kind of thing a row is."""

_ALSO = {
    "card": ("credit", "debit", "visa", "mastercard", "amex"),
    "bank": ("transfer", "wire", "ach", "sepa", "debit"),
    "iban": ("bank", "transfer", "wire", "sepa"),
    "check": ("cheque",),
    "cheque": ("check",),
    "git": ("repository", "repo"),
    "url": ("link", "web", "website"),
    "paypal": ("wallet",),
}
"""What labels say of variants beside the word that begins a column's name."""


def chooses(column: Column) -> bool:
    """Tell whether a column may say what kind of thing its row is."""
    return bool(_CHOOSING & set(words(column.name)[-1:]))


def variants(
    table: Table, listed: Mapping[str, Sequence[str]], apart: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield conditions in SQL, with the columns that they read: what names a variant is NULL in all others.

    ``listed`` are the values of each column that chooses one; columns ``apart`` are left alone.
    """
    own = set(words(table.name.name))
    for choosing, values in listed.items():
        shared = own | set(words(choosing))
        told: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for column in table.columns:
            first = words(column.name)[0] if len(words(column.name)) > 1 else ""
            if not first or first in shared or not column.nullable or column.name in apart | {choosing}:
                continue
            known = {first, *_ALSO.get(first, ())}
            where = tuple(value for value in values if known & set(words(value)))
            if first in {word for value in values for word in words(value)} and len(where) < len(values):
                told[where].append(column.name)
        for where, columns in told.items():
            here = f"{quote(choosing)} IN ({', '.join(map(literal, where))})"
            gone = " AND ".join(f"{quote(name)} IS NULL" for name in columns)
            rest = [value for value in values if value not in where]
            there = f"{quote(choosing)} IN ({', '.join(map(literal, rest))}) AND {gone}"
            none = f" OR ({quote(choosing)} IS NULL AND {gone})" if table.column(choosing).nullable else ""
            yield f"({here}) OR ({there}){none}", frozenset({choosing, *columns})
