"""What is asked of a run, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from seedfast.assist.settings import Assist
from seedfast.diagnostics import Finding
from seedfast.generate.existing import ExistingRows, TakenTurns
from seedfast.model.database import Database, Existing
from seedfast.names import QualifiedName
from seedfast.packs.library import library
from seedfast.packs.told import Told
from seedfast.plan.options import Options
from seedfast.plan.spec import GenerationPlan, Status
from seedfast.scope.spec import ScopeSpec
from seedfast.sinks.address import Address, Form
from seedfast.values.default import default_registry
from seedfast.values.registry import Registry

DEFAULT_ROWS = 100
"""Rows that a table gets where nobody says how many."""

_REGISTRIES = 2


class LoadMode(StrEnum):
    """How rows go into tables.

    AUTO      as REBUILD where it pays, and where nobody is using the tables
    PLAIN     with all indexes and constraints in place, as any role may that may insert
    REBUILD   with indexes and foreign keys of empty tables taken off, and brought back in the same transaction
    """

    AUTO = "auto"
    PLAIN = "plain"
    REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for. Tables are named as the user wrote them; ``plan`` stands for all of the planning.

    ``session`` are settings by name, in force while the database is read and while rows go in; ``columns`` are what
    columns are set to, by name; of ``assigned`` the database's tables tell which of the two each is. ``packs`` are
    folders with data packs of the user's own, ``told`` are packs that a model wrote. ``scope`` is what is wanted of the
    data, and ``words``, which take its place, say so in plain language; what else the request says wins over both.
    ``assist`` is a model to ask. Without ``rows`` tables get as many as usual. Rows go ``to`` files where that is said,
    which ``replace`` what is there, and have ``part_rows`` at most, else into the database. So many ``jobs`` at a time
    make them, None for as many as pay; those of a Dask scheduler where its address is given as the ``scheduler``.
    """

    dsn: str
    now: datetime
    rows: int | None = None
    table_rows: Mapping[str, int] = field(default_factory=dict)
    seed: int = 1
    schemas: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    append: bool = False
    dry_run: bool = False
    strict: bool = False
    allow_existing: bool = False
    probe: bool = True
    load: LoadMode = LoadMode.AUTO
    lock_timeout_ms: int | None = 30_000
    plan: GenerationPlan | None = None
    session: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)
    assigned: tuple[tuple[str, str], ...] = ()
    packs: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    scope: ScopeSpec | None = None
    words: str = ""
    assist: Assist | None = None
    to: Address | None = None
    replace: bool = False
    part_rows: int | None = None
    jobs: int | None = 1
    scheduler: str = ""

    @property
    def registry(self) -> Registry:
        """The kinds of value that the run may use, with the data packs that they draw from."""
        return _registry(self.packs, self.told)

    @property
    def reads_only(self) -> bool:
        """Whether the database is left alone but for reading: no row is put into it, not even to be taken back."""
        return self.to is not None and (not self.probe or self.to.form is Form.NULL)


@lru_cache(maxsize=_REGISTRIES)
def _registry(packs: tuple[str, ...], told: tuple[Told, ...]) -> Registry:
    # Attempts and new plans of a run draw from packs that have been compiled for the first.
    return default_registry(library(packs, told)).freeze()


@dataclass(frozen=True, slots=True)
class Survey:
    """What a connection leads to; ``schemas`` counts the tables of each."""

    server_version: int
    server_version_text: str
    database: str
    user: str
    schemas: Mapping[str, int]
    read_only: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan that is ready to run, and what it was made from.

    ``foreign_rows`` are rows in scope that no run recorded on this machine made; ``made`` are rows that triggers were
    seen to make when an attempt was rolled back. ``scope`` is all that is wanted of the data, None where nothing is.
    """

    request: Request
    database: Database
    existing: Existing
    options: Options
    plan: GenerationPlan
    stored: ExistingRows
    taken: TakenTurns
    foreign_rows: int
    made: ExistingRows = field(default_factory=dict)
    scope: ScopeSpec | None = None


@dataclass(frozen=True, slots=True)
class TableOutcome:
    """What became of a table; ``status`` is that of the plan."""

    name: QualifiedName
    existing: int
    planned: int
    inserted: int
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, and whether it is there to stay."""

    plan: GenerationPlan
    tables: tuple[TableOutcome, ...]
    findings: tuple[Finding, ...]
    committed: bool
    seconds: float

    @property
    def gaps(self) -> tuple[TableOutcome, ...]:
        """Tables that could hold rows and got none."""
        return tuple(table for table in self.tables if table.status == Status.GAP)
