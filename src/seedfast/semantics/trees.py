"""Columns of a tree that say where in it a row is: how deep, between which numbers of a nested set, by which path."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from seedfast.model.table import Column, Table
from seedfast.semantics.numbers import INTEGERS
from seedfast.semantics.words import words


class Spot(StrEnum):
    """What a column says of a row's place in its tree.

    DEPTH      how many rows are above it
    LEFT       its number when a walk through the tree comes to it
    RIGHT      its number when the walk leaves it
    NUMBER     which of the trees it is in
    PATH       the rows from its root down to it
    ANCESTRY   the rows from its root down to its parent; nothing for a root
    """

    DEPTH = "depth"
    LEFT = "left"
    RIGHT = "right"
    NUMBER = "number"
    PATH = "path"
    ANCESTRY = "ancestry"


_NUMBERS = {
    Spot.DEPTH: "depth, level, lvl, tree level, tree depth, nesting level, nest level, hierarchy level, depth level",
    Spot.LEFT: "lft, left, left value, lft value, tree left, nested left, left key, left bound",
    Spot.RIGHT: "rgt, rght, right, right value, rgt value, tree right, nested right, right key, right bound",
    Spot.NUMBER: "tree id, mptt tree id",
}
_TEXTS = {
    Spot.PATH: "path, materialized path, materialised path, tree path, hierarchy path, lineage, id path, path ids",
    Spot.ANCESTRY: "ancestry, ancestor path, parent path",
}
_SPOTS = {
    (kind, words(phrase.strip())): spot
    for kind, listed in (("number", _NUMBERS), ("text", _TEXTS))
    for spot, phrases in listed.items()
    for phrase in phrases.split(",")
}
_KINDS = {**dict.fromkeys(INTEGERS, "number"), **dict.fromkeys(("text", "varchar", "citext", "ltree"), "text")}
_ABOVE = frozenset({"parent", "ancestor", "upper", "super"})


def leads_up(column: str) -> bool:
    """Tell whether a key to its own table says by its name that it leads to the row above."""
    return bool(_ABOVE & set(words(column)))


def spots(table: Table) -> Mapping[str, Spot]:
    """Return what columns of a tree say of a row's place in it; both numbers of a nested set, or none of them."""
    own = words(table.name.name)
    found: dict[str, Spot] = {}
    for column in table.columns:
        said = words(column.name)
        bare = said[len(own) :] if said[: len(own)] == own else said
        spot = _SPOTS.get((_KINDS.get(column.type.storage.name, ""), bare))
        if spot is not None and spot not in found.values():
            found[column.name] = spot
    nested = {Spot.LEFT, Spot.RIGHT} <= set(found.values())
    return {name: spot for name, spot in found.items() if nested or spot not in (Spot.LEFT, Spot.RIGHT, Spot.NUMBER)}


def label(table: Table, key: str) -> Column:
    """Return the column by which a row is called in a path: its slug, else its key."""
    slugs = [one for one in table.columns if words(one.name)[-1:] in (("slug",), ("handle",)) and not one.nullable]
    return next((one for one in slugs if one.type.storage.name in ("text", "varchar", "citext")), table.column(key))
