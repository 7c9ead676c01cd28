"""Pairs of columns that together name a row of one of several tables: ``commentable_type`` and ``commentable_id``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seedfast.model.table import Column, Table
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName
from seedfast.semantics.undeclared import Relation, compatible
from seedfast.semantics.words import words

Words = tuple[str, ...]

_KINDS = frozenset({"type", "kind", "class", "table", "model"})
_ANYTHING = frozenset({
    "entity", "object", "subject", "target", "resource", "record", "reference", "related", "linked", "model",
    "owner", "source", "thing", "attached", "associated",
})  # fmt: skip
"""What a pair may be called that can point at most tables of a schema; so can what ends in -able."""

_MOST = 6
"""The most tables that a pair points at where no list names them."""

_KEY_LENGTH = 36
"""What the text of any integer or UUID finds room in."""

_RAILS = "ar_internal_metadata"
"""A table that tells that types are spelt as classes are."""

_TEXTS = frozenset({"text", "varchar", "citext"})


@dataclass(frozen=True, slots=True)
class Case:
    """What the first column of a pair says where the second holds a ``column`` of a ``table``."""

    label: str
    table: QualifiedName
    column: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A column that says which table is meant, one that holds the row's key there, and the tables."""

    type_column: str
    id_column: str
    cases: tuple[Case, ...]


def polymorphic(
    table: Table, tables: Sequence[Table], relations: Sequence[Relation], listed: Mapping[str, Sequence[str]]
) -> Iterator[Pair]:
    """Yield the pairs of a table. ``relations`` are its others, ``listed`` what constraints let its columns say."""
    known = {name for key in table.foreign_keys for name in key.columns} | {each.column for each in relations}
    named = {words(other.name.name) for other in tables}
    for kind in table.columns:
        subject = words(kind.name)
        if len(subject) < 2 or subject[-1] not in _KINDS or subject[:-1] in named or kind.name in known:
            continue
        for column in table.columns:
            said = words(column.name)
            if said[:-1] == subject[:-1] and said[-1] in ("id", "uuid", "key") and column.name not in known:
                cases = tuple(_cases(table, kind, column, tables, listed.get(kind.name)))
                if cases:
                    yield Pair(kind.name, column.name, cases)


def _cases(
    table: Table, kind: Column, column: Column, tables: Sequence[Table], listed: Sequence[str] | None
) -> Iterator[Case]:
    subject = words(kind.name)
    labels = listed if listed is not None else kind.type.storage.labels
    open_ended = not labels and kind.type.storage.name in _TEXTS
    if open_ended and not (subject[-2] in _ANYTHING or subject[-2].endswith("able")):
        return
    pointed = Counter(key.parent for other in tables for key in other.foreign_keys)
    likely = sorted(tables, key=lambda other: (-pointed[other.name], other.name))
    classes = subject[-2].endswith("able") or subject[-1] == "class" or _RAILS in {each.name.name for each in tables}
    found = 0
    for other in likely:
        key = other.primary_key.columns if other.primary_key is not None else ()
        joined = {name for each in other.foreign_keys for name in each.columns}
        if len(key) != 1 or key[0] in joined or other.name == table.name or other.name.schema != table.name.schema:
            continue
        if not _holds(column.type.storage, other.column(key[0]).type):
            continue
        if open_ended and found == _MOST:
            continue
        label = _class(kind, other, classes=classes) if open_ended else _label(labels, other)
        if label is not None:
            found += 1
            yield Case(label, other.name, key[0])


def _holds(child: SqlType, parent: SqlType) -> bool:
    """Tell whether a column holds a key, as text if need be."""
    wide = child.name in _TEXTS and (child.length is None or child.length >= _KEY_LENGTH)
    written = wide and parent.storage.name in ("uuid", "int2", "int4", "int8")
    return written or compatible(child, parent)


def _label(labels: Sequence[str], table: Table) -> str | None:
    """Return the label that names a table."""
    return next((label for label in labels if words(label.rpartition(".")[2]) == words(table.name.name)), None)


def _class(kind: Column, table: Table, *, classes: bool) -> str | None:
    """Return what an application calls a table's things, or None where the column has no room for it."""
    plain = table.name.name
    name = "".join(word.capitalize() for word in words(plain)) if plain.islower() else plain
    if words(kind.name)[-1] == "table":
        name = plain
    elif not classes:
        name = "_".join(words(plain)) if plain.islower() else plain
    length = kind.type.storage.length
    return name if length is None or len(name) <= length else None
