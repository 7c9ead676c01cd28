"""How a row stands in time to the row of its own table that it points at."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from seedfast.semantics.words import words


class Succession(StrEnum):
    """When a row is, beside the one that it points at.

    LATER      it came to be after that one: replies, reports, copies
    INSIDE     it is a part of that one, and lasts no longer
    NEXT       it begins when that one has ended
    EARLIER    that one came to be after it, in its place
    ANYWHEN    the two are alike, or nothing is known
    """

    LATER = "later"
    INSIDE = "inside"
    NEXT = "next"
    EARLIER = "earlier"
    ANYWHEN = "anywhen"


_INSIDE = frozenset({"parent", "part", "whole", "enclosing", "containing", "outer"})
_NEXT = frozenset({"previous", "prev", "preceding", "prior", "predecessor", "preceded", "before"})
_EARLIER = frozenset({
    "next", "following", "successor", "succeeding", "superseded", "replaced", "replacement", "merged", "moved",
    "renewed", "followed", "reissued", "becomes", "became", "into",
})  # fmt: skip
_ALIKE = frozenset({
    "related", "similar", "spouse", "partner", "sibling", "friend", "linked", "paired", "pair", "counterpart",
    "duplicate", "twin", "alternative", "alternate", "opposite", "mate", "equivalent", "reverse", "inverse", "peer",
    "updated", "modified", "edited", "changed", "deleted", "removed", "archived", "locked", "last", "latest",
})  # fmt: skip
"""Words of what may be older or newer, be it whoever did something to the row later."""

_LONG = frozenset({
    "manager", "supervisor", "reports", "boss", "chief", "head", "lead", "leader", "mentor", "sponsor", "referrer",
    "referred", "invited", "inviter", "recruiter", "mother", "father", "dam", "sire", "creator", "created", "owner",
})  # fmt: skip
"""Words of keys to rows that may have been there for years."""


def succession(columns: Sequence[str]) -> Succession:
    """Tell from the names of a key to its own table how the rows that it joins stand in time."""
    said = {word for column in columns for word in words(column)}
    for listed, stands in (
        (_ALIKE, Succession.ANYWHEN),
        (_EARLIER, Succession.EARLIER),
        (_NEXT, Succession.NEXT),
        (_INSIDE, Succession.INSIDE),
    ):
        if listed & said:
            return stands
    return Succession.LATER


def is_long_ago(columns: Sequence[str]) -> bool:
    """Tell whether the row that a key to its own table leads to may have been there long before."""
    return bool(_LONG & {word for column in columns for word in words(column)})
