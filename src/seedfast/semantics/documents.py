"""What JSON columns hold: members by the name of the column, and which facts of the row they repeat."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from seedfast.semantics.lexicon import Entry, Phrases
from seedfast.semantics.words import words

FACTS = (
    "email", "name", "full name", "title", "status", "state", "amount", "total", "total amount", "price", "currency",
    "quantity", "plan", "phone", "city", "country", "country code", "username", "first name", "last name", "type",
    "sku", "subject", "priority", "rating",
)  # fmt: skip
"""Columns that a document about a row repeats, the ones first that tell most."""

_RANKS = {words(fact): rank for rank, fact in enumerate(FACTS)}


@dataclass(frozen=True, slots=True)
class Shape:
    """What documents of one sort hold.

    ``members`` are names with a kind of value, or with the values to choose from; ``listed`` are the entries of a list.
    """

    members: Mapping[str, str | tuple[str, ...]]
    facts: int = 0
    under: str | None = None
    listed: tuple[str, ...] = ()


def shape_of(column: str) -> Shape | None:
    """Return what a column's documents hold by its name, None where that says nothing."""
    phrases, shapes = _shapes()
    found = phrases.find(words(column), anywhere=False)
    return shapes[int(max(found, key=lambda one: len(one.phrase)).target)] if found else None


def facts_of(columns: Sequence[str], own: frozenset[str]) -> list[str]:
    """Return those of a table's columns that a document about a row would repeat, the ones first that tell most."""
    ranked = []
    for column in columns:
        said = tuple(word for word in words(column) if word not in own) or words(column)
        if said in _RANKS:
            ranked.append((_RANKS[said], column))
    return [column for _, column in sorted(ranked)]


@cache
def _shapes() -> tuple[Phrases, tuple[Shape, ...]]:
    data = tomllib.loads(files(__package__).joinpath("documents.toml").read_text(encoding="utf-8"))
    shapes, entries = [], []
    for number, told in enumerate(data["shapes"]):
        shapes.append(_shape(told))
        phrases = dict.fromkeys(words(phrase) for phrase in told["names"].split(","))
        entries += [Entry(phrase, str(number), False) for phrase in phrases]
    return Phrases(entries), tuple(shapes)


def _shape(told: Mapping[str, Any]) -> Shape:
    members: dict[str, str | tuple[str, ...]] = {}
    for member in told.get("members", ()):
        name, _, written = member.partition(" = ")
        values = tuple(written.split("|"))
        is_kind = len(values) == 1 and written.partition(".")[0].isalpha() and "." in written
        members[name] = written if is_kind else values
    return Shape(members, told.get("facts", 0), told.get("under"), tuple(filter(None, told.get("list", "").split("|"))))
