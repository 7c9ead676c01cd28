"""What JSON columns hold: members by the name of the column, and which facts of the row they repeat."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from seedfast.semantics.lexicon import Entry, Phrases, written
from seedfast.semantics.words import words

FACTS = (
    "email", "name", "full name", "title", "status", "state", "amount", "total", "total amount", "price", "currency",
    "quantity", "plan", "phone", "city", "country", "country code", "username", "first name", "last name", "type",
    "sku", "subject", "priority", "rating",
)  # fmt: skip
"""Columns that a document about a row repeats, the ones first that tell most."""

_RANKS = {words(fact): rank for rank, fact in enumerate(FACTS)}


_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_RANGE = re.compile(r"(-?[0-9]+)\.\.(-?[0-9]+)\Z")
_BARE = frozenset({"true", "false", "null"})
_OPENINGS = ("[", "{", '"')
_COORDINATES = frozenset({"place.latitude", "place.longitude"})


@dataclass(frozen=True, slots=True)
class Value:
    """What a member of a document holds: values of a kind, or one of ``choices``; ``several`` are a list of them.

    ``raw`` values are JSON as they are.
    """

    kind: str = "choice"
    params: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    raw: bool = False
    several: bool = False


Members = Mapping[str, "Value | Members"]
"""The members of a document by name, those of documents within it among them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What documents of one sort hold.

    ``facts`` of the row are repeated among the ``members``, or ``under`` a path of members. Members ``together`` are
    chosen from the same place of their lists. ``listed`` are the entries of a list of values, and a list ``of_many``
    is one of such documents.
    """

    members: Members = field(default_factory=dict)
    facts: int = 0
    under: tuple[str, ...] = ()
    together: frozenset[str] = frozenset()
    listed: Value | None = None
    of_many: bool = False
    tables: frozenset[str] = frozenset()

    @property
    def is_list(self) -> bool:
        """Whether such a document is a list."""
        return self.of_many or self.listed is not None


def shape_of(column: str, table: str = "") -> Shape | None:
    """Return what a column's documents hold by its name and its table's, None where these say nothing."""
    phrases, shapes = _shapes()
    about = frozenset(words(table))
    found = [
        (shapes[int(target)], len(one.phrase))
        for one in phrases.find(words(column), anywhere=False)
        for target in one.target.split()
    ]
    fitting = [(shape, size) for shape, size in found if not shape.tables or shape.tables & about]
    # What the table says counts before how much of the name is understood.
    return max(fitting, key=lambda one: (bool(one[0].tables), one[1]))[0] if fitting else None


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
    data = written("documents.toml")
    shapes = tuple(map(_shape, data["shapes"]))
    numbers: dict[tuple[str, ...], list[str]] = {}
    for number, told in enumerate(data["shapes"]):
        for phrase in dict.fromkeys(words(phrase) for phrase in told["names"].split(",")):
            numbers.setdefault(phrase, []).append(str(number))
    return Phrases([Entry(phrase, " ".join(found), False) for phrase, found in numbers.items()]), shapes


def _shape(told: Mapping[str, Any]) -> Shape:
    members: dict[str, Any] = {}
    for member in told.get("members", ()):
        path, _, written = member.partition(" = ")
        *within, name = path.split(".")
        node = members
        for part in within:
            node = node.setdefault(part, {})
        node[name.removesuffix("[]")] = _value(written, several=name.endswith("[]"))
    return Shape(
        members,
        told.get("facts", 0),
        tuple(filter(None, told.get("under", "").split("."))),
        frozenset(told.get("together", "").split()),
        _value(told["list"], several=True) if "list" in told else None,
        told.get("of_many", False),
        frozenset(words(told.get("tables", ""))),
    )


def _value(written: str, *, several: bool) -> Value:
    values = tuple(written.split("|"))
    kind, *params = written.split()
    family, _, of_family = kind.partition(".")
    if len(values) == 1 and family.isalpha() and of_family.replace("_", "").replace(".", "").isalnum():
        given = dict(part.split("=", 1) for part in params)
        return Value(kind, given, raw=kind in _COORDINATES, several=several)
    span = _RANGE.match(written)
    if span is not None:
        return Value("number.integer", {"low": int(span[1]), "high": int(span[2])}, raw=True, several=several)
    bare = [value in _BARE or bool(_NUMBER.match(value)) or value[:1] in _OPENINGS for value in values]
    if "null" in values and not all(bare):
        # Where there may be no value, the texts are written as JSON, too.
        values = tuple(value if is_bare else json.dumps(value) for value, is_bare in zip(values, bare, strict=True))
        return Value(choices=values, raw=True, several=several)
    return Value(choices=values, raw=all(bare), several=several)
