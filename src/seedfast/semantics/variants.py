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


_COMPANY = frozenset({
    "business", "company", "organization", "organisation", "corporate", "commercial", "b2b", "legal", "firm",
    "geschaeftlich", "gewerblich", "entreprise", "empresa", "azienda",
})  # fmt: skip
_PERSON = frozenset({
    "private", "individual", "person", "personal", "consumer", "natural", "b2c", "residential", "human",
    "privat", "particulier", "particular", "privato",
})  # fmt: skip
_OF_COMPANIES = (
    ("company",), ("company", "name"), ("business", "name"), ("organization", "name"), ("organisation", "name"),
    ("firm", "name"), ("legal", "name"), ("vat", "id"), ("vat", "number"), ("vat", "no"), ("company", "number"),
    ("registration", "number"), ("trade", "name"), ("commercial", "register", "number"), ("duns", "number"),
)  # fmt: skip
"""What companies have and people don't, where rows are of both."""


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
        people = tuple(value for value in values if _PERSON & set(words(value)))
        if people and any(_COMPANY & set(words(value)) for value in values):
            others = tuple(value for value in values if value not in people)
            free = (one for one in table.columns if one.nullable and one.name not in apart | {choosing})
            told[others] += [one.name for one in free if words(one.name) in _OF_COMPANIES]
        for column in table.columns:
            first = words(column.name)[0] if len(words(column.name)) > 1 else ""
            if not first or first in shared or not column.nullable or column.name in apart | {choosing}:
                continue
            known = {first, *_ALSO.get(first, ())}
            where = tuple(value for value in values if known & set(words(value)))
            if first in {word for value in values for word in words(value)} and len(where) < len(values):
                told[where].append(column.name)
        for where, columns in ((where, columns) for where, columns in told.items() if columns):
            here = f"{quote(choosing)} IN ({', '.join(map(literal, where))})"
            gone = " AND ".join(f"{quote(name)} IS NULL" for name in columns)
            rest = [value for value in values if value not in where]
            there = f"{quote(choosing)} IN ({', '.join(map(literal, rest))}) AND {gone}"
            none = f" OR ({quote(choosing)} IS NULL AND {gone})" if table.column(choosing).nullable else ""
            yield f"({here}) OR ({there}){none}", frozenset({choosing, *columns})
