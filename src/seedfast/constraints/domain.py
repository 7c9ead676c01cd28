"""What a column may hold, as far as it is understood, and the branches that constraints leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from seedfast.constraints.linear import Linear
from seedfast.constraints.predicate import Op, Opaque, PatternForm, Value


class Nullness(StrEnum):
    """Whether a column may be, must not be, or must be NULL."""

    MAYBE = "maybe"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of an interval."""

    value: Value
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that a column's text must match, or must not where ``negated``."""

    form: PatternForm
    pattern: str
    folded: bool = False
    negated: bool = False


class Canonical(StrEnum):
    """A function that must leave the value as it is: ``x = lower(x)``."""

    LOWER = "lower"
    UPPER = "upper"
    TRIMMED = "trimmed"


class Aspect(StrEnum):
    """What is asked of a piece of a value, and what type the answer has.

    JSON and hstore: TEXT is the piece as text, KIND what jsonb_typeof says of it, HAS whether it has the member
    ``detail``, KEY stands for the name of each. SIZE counts the elements of an array, JSON or not; ELEMENT stands for
    each of them, MEMBER for one of them; INCLUDES tells whether ``detail`` is among them. FIELD is a field of a
    composite. CALENDAR is the field ``detail`` of a date or time (month, isodow, hour), REMAINDER what is left of a
    number divided by ``detail``. The others are of ranges; WIDTH is upper less lower.
    """

    TEXT = "text"
    KIND = "kind"
    HAS = "has"
    KEY = "key"
    SIZE = "size"
    ELEMENT = "element"
    MEMBER = "member"
    INCLUDES = "includes"
    FIELD = "field"
    CALENDAR = "calendar"
    REMAINDER = "remainder"
    LOWER = "lower"
    UPPER = "upper"
    WIDTH = "width"
    EMPTY = "isempty"
    LOWER_OPEN = "lower_inf"
    UPPER_OPEN = "upper_inf"
    LOWER_INCLUDED = "lower_inc"
    UPPER_INCLUDED = "upper_inc"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a column's value: the members or fields on the way to it, and what is asked of it.

    With ``cast`` the text is read as a value of that type, by the catalog's name.
    """

    steps: tuple[str, ...]
    aspect: Aspect
    detail: Value | None = None
    cast: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A column, or a part of one."""

    column: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Domain:
    """What a column may hold: everything that no field forbids.

    ``allowed`` is a closed list (None: no such list). ``min_length`` and ``max_length`` count characters, ``octets`` is
    (low, high) in bytes. ``not_blank`` asks for a character that isn't a space. ``parts`` say the same of pieces of
    the value: a document's members, an array's elements, the ends of a range. ``sources`` names the constraints behind
    the fields.
    """

    nullness: Nullness = Nullness.MAYBE
    low: Bound | None = None
    high: Bound | None = None
    allowed: tuple[Value, ...] | None = None
    excluded: tuple[Value, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    octets: tuple[int | None, int | None] = (None, None)
    not_blank: bool = False
    patterns: tuple[Pattern, ...] = ()
    canonical: frozenset[Canonical] = frozenset()
    parts: tuple[tuple[Part, Domain], ...] = ()
    sources: tuple[str, ...] = ()


FREE = Domain()
"""The domain that forbids nothing."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right`` between two columns of a row, where both are present; ``source`` is the constraint."""

    left: str
    op: Op
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class Tie:
    """``left op right`` where at least one side is part of a column; ``source`` is the constraint."""

    left: Place
    op: Op
    right: Place
    source: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One way for a row to satisfy every constraint: what columns may hold, and how columns and their parts relate.

    ``opaque`` are conditions of this branch that aren't understood.
    """

    domains: Mapping[str, Domain] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    sums: tuple[Linear, ...] = ()
    ties: tuple[Tie, ...] = ()

    def domain(self, column: str) -> Domain:
        """Return what the column may hold in this branch."""
        return self.domains.get(column, FREE)
