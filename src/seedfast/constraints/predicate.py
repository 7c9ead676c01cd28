"""Predicates as trees: the part of PostgreSQL's expressions that can be reasoned about, and ``Opaque`` for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

Value = int | Decimal | bool | str | date | datetime | time | timedelta
"""A constant. Timestamps with a time zone are UTC without ``tzinfo``; text stands for every type not listed."""


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """A column, or a domain's VALUE under the name ``VALUE``."""

    name: str


@dataclass(frozen=True, slots=True)
class Const:
    """A constant; ``value`` is None for NULL."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator applied to arguments: ``lower``, ``length``, ``btrim``, ``+``, ``->>``, ``cast:date``."""

    name: str
    arguments: tuple[Expr, ...]


Expr = ColumnRef | Const | Call


class Op(StrEnum):
    """A comparison operator."""

    LT = "<"
    LE = "<="
    EQ = "="
    NE = "<>"
    GE = ">="
    GT = ">"

    @property
    def negated(self) -> Op:
        """The operator that is true where this one is false."""
        return _NEGATED[self]

    @property
    def mirrored(self) -> Op:
        """The operator with its sides exchanged."""
        return _MIRRORED[self]


_NEGATED = {Op.LT: Op.GE, Op.LE: Op.GT, Op.EQ: Op.NE, Op.NE: Op.EQ, Op.GE: Op.LT, Op.GT: Op.LE}
_MIRRORED = {Op.LT: Op.GT, Op.LE: Op.GE, Op.EQ: Op.EQ, Op.NE: Op.NE, Op.GE: Op.LE, Op.GT: Op.LT}


@dataclass(frozen=True, slots=True)
class Truth:
    """A constant condition."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right``."""

    op: Op
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class IsNull:
    """``operand IS NULL``, or IS NOT NULL where ``negated``."""

    operand: Expr
    negated: bool = False


@dataclass(frozen=True, slots=True)
class InList:
    """``operand IN (values)``, or NOT IN where ``negated``. No value is NULL."""

    operand: Expr
    values: tuple[Value, ...]
    negated: bool = False


class PatternForm(StrEnum):
    """The language of a pattern."""

    LIKE = "like"
    REGEX = "regex"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Match:
    """``operand`` matches ``pattern``; ``folded`` ignores case (ILIKE, ~*, or citext)."""

    operand: Expr
    form: PatternForm
    pattern: str
    folded: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All ``items`` hold."""

    items: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``items`` holds."""

    items: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """``item`` does not hold."""

    item: Predicate


@dataclass(frozen=True, slots=True)
class Opaque:
    """A condition that isn't understood: its SQL, the columns it reads, and whether it stands under NOT."""

    sql: str
    columns: tuple[str, ...]
    negated: bool = False


Predicate = Truth | Compare | IsNull | InList | Match | And | Or | Not | Opaque
