"""The scope: a request for data as a typed value that people can read, edit, commit and replay.

It is what a sentence, flags, the file ``seedfast.toml`` and a language model all come to. Names are those of one
schema: tables as ``schema.table``, columns by their name in a table. Numbers that stand for shares are permille.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

VERSION = 1
"""The version of the scope's written form."""

PACES = ("day", "week", "month", "quarter", "year")
"""From what to what rows may grow."""

WHOLE = 1000
"""All rows, in permille."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows between two bounds, which are equal where the number is exact.

    Without ``high`` it is at least ``low``.
    """

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class PerParent:
    """How many rows of the table ``child`` each row of the table ``parent`` has."""

    child: str
    parent: str
    count: Count


@dataclass(frozen=True, slots=True)
class Shares:
    """Which values a column takes in how many of 1,000 rows; ``others`` of them take any value that isn't listed.

    Values are text as PostgreSQL reads it; ``nulls`` rows of 1,000 are NULL (None: as many as usual). A single value
    with all rows is a fixed one, a value with none of them never occurs. All shares, those of ``others`` and ``nulls``
    included, come to 1,000.
    """

    table: str
    column: str
    values: Mapping[str, int]
    nulls: int | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """Moments from ``start`` to just before ``end``, ISO 8601 in UTC.

    The moments are those of ``tables`` alone, where some are named, else of all. Where rows grow, each ``pace``, one of
    ``PACES``, has ``growth`` in 1,000 more of them than the one before it, fewer where that is below 0.
    """

    start: str
    end: str
    tables: tuple[str, ...] = ()
    growth: int = 0
    pace: str = ""


@dataclass(frozen=True, slots=True)
class Skew:
    """``heaviest`` of 1,000 rows of the table ``parent`` have ``hold`` of 1,000 rows of the table ``child``."""

    child: str
    parent: str
    heaviest: int
    hold: int


class Aggregate(StrEnum):
    """What an outcome is of the rows that it speaks of."""

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    LEAST = "least"
    GREATEST = "greatest"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A figure that must come out exactly: ``value``, a decimal number, over the rows that hold all of ``where``.

    All but a count have a ``column``. With ``per`` the figure holds for each row of that parent table, else for all
    rows at once; with ``period`` only rows of that time count.
    """

    table: str
    aggregate: Aggregate
    value: str
    column: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    per: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row of the user's own: columns with values as PostgreSQL reads them, None for NULL; where it was written."""

    cells: Mapping[str, str | None]
    origin: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ScopeSpec:
    """Everything that is wanted.

    ``only`` are the tables asked for (none: all), whose parents come along, ``skip`` those left out. ``rows`` are
    numbers by table, ``every`` the number for the others, ``total`` that of all tables together. ``topics`` are words
    of data packs that the data speaks of. ``countries`` are shares by ISO 3166 code, ``homes``
    the same for single tables whose rows are of other countries. ``natures`` say of a table of
    parties that its rows are ``person`` or ``company``, and what size the companies have, as words of the vocabulary of
    sizes. ``given`` are rows of one's own by table.
    """

    version: int = VERSION
    text: str = ""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    rows: Mapping[str, Count] = field(default_factory=dict)
    every: Count | None = None
    total: int | None = None
    per_parent: tuple[PerParent, ...] = ()
    topics: tuple[str, ...] = ()
    countries: Mapping[str, int] = field(default_factory=dict)
    homes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    natures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shares: tuple[Shares, ...] = ()
    periods: tuple[Period, ...] = ()
    skews: tuple[Skew, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    given: Mapping[str, tuple[OwnRow, ...]] = field(default_factory=dict)
