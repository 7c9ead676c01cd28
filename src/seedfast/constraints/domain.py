"""What a column may hold, as far as it is understood, and the branches that a table's constraints leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from seedfast.constraints.linear import Linear
from seedfast.constraints.predicate import Op, Opaque, PatternForm, Value
from seedfast.diagnostics import Finding


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


@dataclass(frozen=True, slots=True)
class Domain:
    """What a column may hold: everything that no field forbids.

    ``allowed`` is a closed list (None: no such list). ``min_length`` and ``max_length`` count characters, ``octets`` is
    (low, high) in bytes. ``not_blank`` asks for a character that isn't a space. ``sources`` names the constraints
    behind the fields.
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
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right`` between two columns of a row, where both are present; ``source`` is the constraint."""

    left: str
    op: Op
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One way for a row to satisfy every constraint: what columns may hold, and how columns relate.

    ``opaque`` are conditions of this branch that aren't understood.
    """

    domains: Mapping[str, Domain] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    sums: tuple[Linear, ...] = ()

    def domain(self, column: str) -> Domain:
        """Return what the column may hold in this branch."""
        return self.domains.get(column, Domain())


@dataclass(frozen=True, slots=True)
class TableRules:
    """The branches of a table, none where nothing can satisfy its constraints; ``findings`` say what was lost."""

    branches: tuple[Branch, ...]
    findings: tuple[Finding, ...] = ()
