"""What no data pack covers: tables of things that none recognises, and the columns that a pack could speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from seedfast.model.table import Column, Identity, Table
from seedfast.model.types import TypeForm
from seedfast.names import QualifiedName
from seedfast.packs.pack import SHARED
from seedfast.semantics.classify import TEXTS, classify
from seedfast.semantics.domains import Domains
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.numbers import Room
from seedfast.semantics.tables import bookkeeping

_LOW = 200
"""The confidence up to which a reading says nothing but the column's type."""

_WORDS = frozenset(
    {
        *("text.name", "text.title", "text.description", "text.note", "text.comment", "text.category"),
        *("text.type_name", "text.tag", "text.status", "text.reason", "text.grade", "text.level", "text.code"),
    }
)
"""What the words of a trade stand for; a person's name, an address or a currency is the same in all of them."""

_OF_A_TRADE = ("product.", "figure.", "number.")


def uncovered(tables: Iterable[Table], domains: Domains, *, now: datetime) -> Mapping[QualifiedName, tuple[str, ...]]:
    """Return the columns that a pack could speak of, by table, of tables that no pack recognises as its things.

    A table without any words of its own is left out: it joins others, or keeps a count. So is one with a single column
    that lists what it holds, or of which not even the name says anything: that is asked about by itself.
    """
    found: dict[QualifiedName, tuple[str, ...]] = {}
    for table in tables:
        if any(speech.claim.record != SHARED for speech in domains.of(table).claims):
            continue
        if bookkeeping(table.name, [column.name for column in table.columns]) is not None:
            continue
        readings = classify(table, now=now, seed=0, domains=domains)
        keys = _keys(table)
        open_ = [one for one in table.columns if one.name not in keys and _open(one, readings[one.name])]
        told = [column for column in open_ if _wordy(column)]
        listed = {name for check in table.checks for name in check.columns}
        free = [one for one in told if one.name not in listed and one.type.storage.form is TypeForm.BASE]
        if (told and len(open_) > 1) or any(_kind(readings[column.name]) in _WORDS for column in free):
            found[table.name] = tuple(column.name for column in open_)
    return found


def _keys(table: Table) -> Collection[str]:
    """Return the columns that identify rows, or point at others."""
    keys = {name for key in table.foreign_keys for name in key.columns}
    return keys if table.primary_key is None else keys | set(table.primary_key.columns)


def _open(column: Column, readings: tuple[Meaning, ...]) -> bool:
    kind = column.type.storage
    if column.generated is not None or column.identity is not Identity.NONE:
        return False
    if kind.name in ("json", "jsonb") or kind.form is TypeForm.ENUM:
        return True
    if _wordy(column):
        best = readings[0] if readings else None
        if best is None or best.confidence <= _LOW or best.kind.startswith(_OF_A_TRADE):
            return True
        return best.kind in _WORDS and "form" not in best.params
    return Room.of(kind) is not None and (not readings or readings[0].kind.startswith(_OF_A_TRADE))


def _kind(readings: tuple[Meaning, ...]) -> str:
    return readings[0].kind if readings else ""


def _wordy(column: Column) -> bool:
    kind = column.type.storage
    return kind.form is TypeForm.ENUM or (kind.form is TypeForm.BASE and kind.name in TEXTS)
