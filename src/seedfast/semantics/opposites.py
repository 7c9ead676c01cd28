"""Columns that stand for two sides of a row, which are never the same: home and away, sender and recipient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.semantics.words import words

_PAIRS = """
home away, from to, source target, source destination, origin destination, sender recipient, sender receiver,
follower followed, follower following, follower followee, buyer seller, winner loser, departure arrival,
blocker blocked, predecessor successor, requester addressee, requester receiver, mentor mentee, reviewer reviewee,
referrer referred, referrer referee, caller callee, old new, base quote, debit credit, giver receiver, payer payee,
debtor creditor, borrower lender, a b, 1 2, inviter invitee, user friend, player opponent, challenger opponent,
blue red, white black, left right, before after, previous new
"""
_SIDES = frozenset(frozenset(pair.split()) for pair in _PAIRS.split(","))
_LISTED = frozenset({
    "currency", "status", "stage", "team", "language", "locale", "unit", "role", "priority", "plan", "tier", "airport",
    "station", "port", "warehouse", "node", "state", "account", "branch", "location", "version",
})  # fmt: skip
"""What texts name that two sides don't share; nothing else of the row goes with it."""

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_KEYS = frozenset({"int2", "int4", "int8", "uuid"})


def sides(table: Table) -> Iterator[tuple[str, str]]:
    """Yield pairs of columns that hold different values in every row, though no constraint says so."""
    together = [set(part.columns) for key in table.unique_keys for part in key.parts if part.expression is not None]
    together += [set(check.columns) for check in table.checks]
    parents = {key.columns[0]: key.parent for key in table.foreign_keys if len(key.columns) == 1}
    for one, other in combinations(table.columns, 2):
        if one.type.display != other.type.display or one.generated or other.generated:
            continue
        shared = _shared(words(one.name), words(other.name))
        # A key that takes both in either order has no room to lose, and a CHECK says itself what it wants.
        if shared is None or any({one.name, other.name} <= read for read in together):
            continue
        if one.name in parents or other.name in parents:
            if parents.get(one.name) == parents.get(other.name):
                yield one.name, other.name
        elif _names_thing(one, shared):
            yield one.name, other.name


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the words that two names share where they differ in which side they speak of."""
    if len(one) != len(other):
        return None
    differing = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    if len(differing) != 1 or frozenset(differing[0]) not in _SIDES:
        return None
    return tuple(word for word, theirs in zip(one, other, strict=True) if word == theirs)


def _names_thing(column: Column, shared: tuple[str, ...]) -> bool:
    """Tell whether a column says by a list or key which of several things it is about."""
    storage = column.type.storage
    if storage.form is TypeForm.ENUM:
        return True
    if storage.name in _TEXTS:
        return bool(_LISTED & set(shared))
    return storage.name in _KEYS and shared[-1:] == ("id",)
