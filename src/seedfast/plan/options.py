"""What the user asked of a plan, with table names already resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from seedfast.diagnostics import Finding
from seedfast.names import QualifiedName
from seedfast.plan.spec import Aggregate, GivenRow, Having


@dataclass(frozen=True, slots=True)
class Override:
    """What the user set a column to: a ``kind`` of value with its parameters, or one of ``values``, by ``weights``.

    ``values`` are numbers, truth values and texts; None among them is NULL. ``written`` is how the user wrote it.
    """

    written: str
    kind: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    values: tuple[Any, ...] = ()
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two parents of a row have in common: that of ``reference`` holds in ``column`` what that of ``other`` holds
    in ``other_column``.
    """

    reference: str
    column: str
    other: str
    other_column: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What PostgreSQL was seen to accept for a table.

    ``pools`` are groups of columns with tuples of values, as text, that satisfy their conditions together; ``parents``
    are, by column of a foreign key, the values that conditions allow it, and ``having``, by foreign key, what its
    parents hold; ``conditions`` are SQL that rows had better satisfy as if CHECKs said so; ``defaults`` are columns
    that are better left to theirs; ``agreements`` are what the parents that a row refers to must have in common;
    ``varied`` are parents whose listed columns should hold every value of their lists, since rows want a kind of parent
    that there was none of; ``settings`` are those of the session that rows go in with, by name.
    """

    pools: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    having: Mapping[str, tuple[Having, ...]] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    varied: tuple[QualifiedName, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How much was learnt."""
        lists = (self.pools, self.conditions, self.defaults, self.agreements, self.varied)
        return sum(map(len, (*lists, self.parents, self.having, self.settings)))

    def with_also(self, other: Lesson) -> Lesson:
        """Return both lessons as one; the other's parents replace those of the same column."""
        return Lesson(
            (*self.pools, *other.pools),
            {**self.parents, **other.parents},
            {**self.having, **{name: (*self.having.get(name, ()), *found) for name, found in other.having.items()}},
            tuple(dict.fromkeys((*self.conditions, *other.conditions))),
            tuple(dict.fromkeys((*self.defaults, *other.defaults))),
            tuple(dict.fromkeys((*self.agreements, *other.agreements))),
            tuple(dict.fromkeys((*self.varied, *other.varied))),
            {**self.settings, **other.settings},
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why PostgreSQL took no rows of a table, what to do about it where that is known, and the finding's code."""

    reason: str
    hint: str = ""
    code: str = "SF-TABLE-REFUSED"


@dataclass(frozen=True, slots=True)
class Window:
    """When moments lie, UTC without ``tzinfo``: from ``start`` (None: any time) to just before ``end``."""

    start: datetime | None
    end: datetime


@dataclass(frozen=True, slots=True)
class Quota:
    """Which values, as text, a column takes in how many of 1,000 rows, and how many take others or are NULL.

    Without ``nulls`` those rows that take others are NULL as often as usual. ``written`` is how the user put it. An
    ``exact`` one counts rows, all of the table's together, and nothing else will do. ``spans`` are
    windows in which so many rows have their moment, where the column holds moments.
    """

    values: Mapping[str, int]
    others: int
    nulls: int | None
    written: str
    exact: bool = False
    spans: tuple[tuple[Window, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PerParent:
    """How many rows each row of the table ``parent`` has: from ``low`` to ``high`` (None: any number).

    Where nobody ``asked`` for it, nothing is said of what stands in the way.
    """

    parent: QualifiedName
    low: int
    high: int | None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Skew:
    """How rows crowd: ``heaviest`` of 1,000 rows of the table ``parent`` have ``hold`` of 1,000 rows."""

    parent: QualifiedName
    heaviest: int
    hold: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that must come out exactly: the ``aggregate`` of a ``column``, or the number of the rows, is ``value``.

    It is that of the rows that hold ``where`` and came to be within ``window``; with ``per`` that of each parent's.
    """

    table: QualifiedName
    aggregate: Aggregate
    value: str
    written: str
    column: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    per: QualifiedName | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """A request in terms of the database.

    ``now`` is UTC without ``tzinfo``. ``only`` (None: all tables) and ``skip`` choose tables. The rest was found out
    by trying: ``limits`` are numbers of new rows that a table can't exceed; ``refused`` are tables that PostgreSQL
    takes no rows for, and ``partial`` those of which it takes only some; ``behind`` are tables that must wait for
    those whose triggers write to them or take no row while they hold some, and ``triggered`` tables whose rows such
    triggers make, with their number; ``lessons`` say what PostgreSQL accepts where conditions can't be read;
    ``followed`` are tables of which each row is refused in the end unless some other row refers to it, and ``early``
    such that are checked before the end; ``self_made`` are foreign keys, by table and name, whose parents a trigger
    makes along with the rows; ``mingled`` are tables whose keys have no room for their rows unless parents of different
    tenants or projects meet there. ``overrides`` are what the user set columns to, by table and column; ``noted`` is
    what there was to say of the request before any planning.

    The rest are wishes. ``total`` is shared out among the tables that ``table_rows`` doesn't name; ``quotas`` are
    shares of values by table and column; ``topics`` are words of data packs that the rows are confined to,
    ``countries`` those that persons, places and companies are of, in permille, ``homes`` the same
    for the rows of single tables, ``tongue`` the language that the schema is named in, none for English,
    and ``natures`` what the rows of tables
    are, ``person`` or ``company``. ``windows`` are the times in which the moments of tables' rows lie,
    ``per_parent`` how many rows of a table each parent has, and
    ``skews`` how a table's rows crowd at some parents. ``figures`` must come out exactly.
    ``given`` are rows of the user's own.
    """

    now: datetime
    seed: int = 1
    rows: int = 100
    table_rows: Mapping[QualifiedName, int] = field(default_factory=dict)
    only: frozenset[QualifiedName] | None = None
    skip: frozenset[QualifiedName] = frozenset()
    append: bool = False
    limits: Mapping[QualifiedName, int] = field(default_factory=dict)
    refused: Mapping[QualifiedName, Rejection] = field(default_factory=dict)
    partial: frozenset[QualifiedName] = frozenset()
    behind: frozenset[QualifiedName] = frozenset()
    triggered: Mapping[QualifiedName, int] = field(default_factory=dict)
    lessons: Mapping[QualifiedName, Lesson] = field(default_factory=dict)
    followed: frozenset[QualifiedName] = frozenset()
    overrides: Mapping[QualifiedName, Mapping[str, Override]] = field(default_factory=dict)
    early: frozenset[QualifiedName] = frozenset()
    self_made: frozenset[tuple[QualifiedName, str]] = frozenset()
    mingled: frozenset[QualifiedName] = frozenset()
    noted: tuple[Finding, ...] = ()
    total: int | None = None
    quotas: Mapping[QualifiedName, Mapping[str, Quota]] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    countries: Mapping[str, int] = field(default_factory=dict)
    homes: Mapping[QualifiedName, Mapping[str, int]] = field(default_factory=dict)
    tongue: str = ""
    natures: Mapping[QualifiedName, str] = field(default_factory=dict)
    windows: Mapping[QualifiedName, Window] = field(default_factory=dict)
    per_parent: Mapping[QualifiedName, PerParent] = field(default_factory=dict)
    skews: Mapping[QualifiedName, Skew] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    given: Mapping[QualifiedName, tuple[GivenRow, ...]] = field(default_factory=dict)
