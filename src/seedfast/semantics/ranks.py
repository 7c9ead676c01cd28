"""Columns that number the rows of one parent, and flags that one row of each parent has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from seedfast.model.table import Column, Table
from seedfast.semantics.lexicon import written
from seedfast.semantics.numbers import INTEGERS
from seedfast.semantics.words import words

Words = tuple[str, ...]


@cache
def _lists() -> Mapping[str, frozenset[Words]]:
    data = written("figures.toml")["ranks"]
    return {name: frozenset(words(each.strip()) for each in listed.split(",")) for name, listed in data.items()}


def counts_from_one(table: Table, column: Column) -> bool:
    """Tell whether a column says by its name which of its parent's rows a row is."""
    if column.type.storage.name not in INTEGERS:
        return False
    said, own = words(column.name), words(table.name.name)
    versions = own[-1:] in _lists()["versions"]
    spellings = {said, said[1:] if said[:1] == own[-1:] else said}
    listed = _lists()["positions"] | (_lists()["versioned"] if versions else frozenset())
    return bool(spellings & listed)


def is_single(table: Table, column: Column) -> bool:
    """Tell whether a column says by its name that a row is the one among its parent's that counts first."""
    if column.type.storage.name != "bool":
        return False
    own = set(words(table.name.name))
    said = tuple(word for word in words(column.name) if word not in own | {"is"})
    return said in _lists()["single"]
