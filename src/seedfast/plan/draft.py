"""A table's plan while it is being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from seedfast.constraints.branches import holds
from seedfast.constraints.constants import Interval, Unbounded, convert
from seedfast.constraints.describe import describe
from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.constraints.predicate import Value
from seedfast.constraints.rules import Rule
from seedfast.diagnostics import Finding
from seedfast.model.table import ForeignKey, Table
from seedfast.names import QualifiedName
from seedfast.plan.options import Lesson, Override
from seedfast.plan.parts import nested_inputs
from seedfast.plan.spec import (
    Aim,
    Apiece,
    Asked,
    BranchPlan,
    ColumnPlan,
    Digit,
    GeneratorPlan,
    GivenRow,
    Grown,
    KeyPlan,
    Lookup,
    Rank,
    ReferencePlan,
    Rollup,
    Source,
    Status,
    TablePlan,
)
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.states import Actors, Wish


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that a quota has a share for: what their column holds, and how many of 1,000 they are.

    Where it is ``exact`` the share is a number of rows.
    """

    domain: Domain
    share: int
    label: str
    exact: bool = False


@dataclass(slots=True)
class Draft:
    """The decisions made so far about one table.

    ``meanings`` are what each column may mean, best first; ``referenced`` are columns that some foreign key points
    at, which are better not NULL; ``offsets`` are how many values of a column's sequence other tables take before it;
    ``wanted`` are values that some rows should have, since a CHECK confines a foreign key to them; ``lesson`` is what
    PostgreSQL was seen to accept; ``followed`` tells that each row needs one that refers to it, ``varied`` that listed
    columns should hold every value of their lists; ``conflict`` are
    constraints that can't hold together; ``shares`` are how often each value of a column of states should come,
    ``actors`` the keys that tell who did what, by a column of states, ``granted`` the wishes that the branches have
    come to satisfy, and ``quotas`` the groups of rows that the user wants, by column.
    ``owners`` names, for each column that a foreign key fills, the reference that
    does and the parent's column; ``generators`` has one entry per branch for each other column; ``server`` gives the
    reason for each column that is left to the server. ``digits`` are by unit; ``residues`` are by how
    many a moment is told apart, wherever it lies. ``undeclared`` gives the evidence
    for each key of the table, by name, that no constraint stands behind: rows do without it where it is in their way.
    ``overrides`` are what the user set columns to, those left out that the table can't follow; ``given`` are rows of
    the user's own. ``aims``, ``asked`` and ``apiece`` are what comes of exact figures.
    ``sorted_by`` is the reference whose parent decides on a row's branch.
    """

    table: Table
    existing: int = 0
    rows: int = 0
    status: Status = Status.FILL
    reason: str = ""
    meanings: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    referenced: frozenset[str] = frozenset()
    offsets: Mapping[str, int] = field(default_factory=dict)
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lesson: Lesson = field(default_factory=Lesson)
    followed: bool = False
    varied: bool = False
    branches: tuple[Branch, ...] = (Branch(),)
    branch_plans: tuple[BranchPlan, ...] = (BranchPlan(1),)
    shares: Mapping[str, Mapping[Value, int]] = field(default_factory=dict)
    actors: Actors = field(default_factory=dict)
    granted: tuple[Wish, ...] = ()
    quotas: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    references: dict[str, ReferencePlan] = field(default_factory=dict)
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)
    generators: dict[str, tuple[GeneratorPlan, ...]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    server: dict[str, str] = field(default_factory=dict)
    computed: dict[str, GeneratorPlan] = field(default_factory=dict)
    lookups: dict[str, Lookup] = field(default_factory=dict)
    rollups: dict[str, Rollup] = field(default_factory=dict)
    ranks: dict[str, Rank] = field(default_factory=dict)
    grown: dict[str, Grown] = field(default_factory=dict)
    keys: list[KeyPlan] = field(default_factory=list)
    digits: dict[str, Digit] = field(default_factory=dict)
    residues: dict[str, int] = field(default_factory=dict)
    common: dict[str, str] = field(default_factory=dict)
    undeclared: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    conflict: tuple[Rule, ...] = ()
    overrides: Mapping[str, Override] = field(default_factory=dict)
    given: tuple[GivenRow, ...] = ()
    aims: list[Aim] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    apiece: Apiece | None = None
    sorted_by: str = ""

    @property
    def name(self) -> QualifiedName:
        """The table's name."""
        return self.table.name

    @property
    def total(self) -> int:
        """The rows that other tables may refer to: those stored and those to come."""
        if self.status not in (Status.FILL, Status.PARENT, Status.TRIGGER):
            return 0
        return self.existing + self.rows

    def domains(self, column: str) -> tuple[Domain, ...]:
        """Return what a column may hold, branch by branch."""
        return tuple(branch.domain(column) for branch in self.branches)

    def nullable(self, column: str) -> bool:
        """Tell whether a column may be NULL in every branch."""
        return self.table.column(column).nullable and all(
            domain.nullness is not Nullness.NEVER for domain in self.domains(column)
        )

    def wanted_within(self, column: str, domain: Domain) -> tuple[str, ...]:
        """Return those of the values that children want in a column which a domain of it surely takes."""
        if domain.allowed is not None or domain.patterns:
            return ()
        kind = self.table.column(column).type.storage.name
        return tuple(value for value in self.wanted.get(column, ()) if _takes(domain, value, kind))

    def fixed_by(self, name: str) -> str | None:
        """Return the reference that fills a column or is behind a lookup, None for what no reference decides."""
        if name in self.lookups:
            return self.lookups[name].reference
        return self.owners[name][0] if name in self.owners else None

    def optional(self, key: ForeignKey) -> bool:
        """Tell whether a foreign key may be left without a parent in every branch."""
        check = all if key.match_full else any
        return check(self.nullable(column) for column in key.columns)

    def orphaned(self, key: ForeignKey) -> tuple[int, ...]:
        """Return the branches, by number, in which rows may do without the key's parent."""
        check = all if key.match_full else any
        return tuple(
            number
            for number, branch in enumerate(self.branches)
            if check(
                self.table.column(name).nullable and branch.domain(name).nullness is not Nullness.NEVER
                for name in key.columns
            )
        )

    def end(self, status: Status, reason: str) -> None:
        """Decide that the table gets no rows."""
        self.status, self.reason, self.rows = status, reason, 0

    def finish(self) -> TablePlan:
        """Return the plan; a table that isn't filled has no columns in it."""
        if self.status is not Status.FILL:
            return TablePlan(self.name, self.status, self.existing, 0, self.reason)
        return TablePlan(
            self.name,
            self.status,
            self.existing,
            self.rows,
            self.reason,
            tuple(self._column(column.name, column.type.display) for column in self.table.columns),
            tuple(self.references.values()),
            tuple(self.keys),
            self.branch_plans,
            tuple(self.lookups.values()),
            bool(self.quotas),
            rollups=tuple(self.rollups.values()),
            ranks=tuple(self.ranks.values()),
            given=self.given,
            aims=tuple(self.aims),
            asked=tuple(self.asked),
            apiece=self.apiece,
            sorted_by=self.sorted_by,
            settings=self.lesson.settings,
            grown=tuple(self.grown.values()),
        )

    def _column(self, name: str, shown: str) -> ColumnPlan:
        narrowed = describe(name, self.table.column(name).type, self.branches)
        reason = "; ".join(filter(None, (self.reasons.get(name, ""), narrowed)))
        if name in self.server:
            worked = (self.computed[name],) if name in self.computed else ()
            return ColumnPlan(name, shown, Source.SERVER, worked, inputs=_inputs(worked), reason=self.server[name])
        if name in self.owners:
            reference, parent_column = self.owners[name]
            required = all(domain.nullness is Nullness.NEVER for domain in self.domains(name))
            keep = (
                ()
                if self.table.column(name).nullable and not required
                else (GeneratorPlan("reference", {"keep": True}),)
            )
            return ColumnPlan(name, shown, Source.REFERENCE, keep, reference, parent_column, reason=reason)
        generators = self.generators[name]
        if len(set(map(repr, generators))) == 1:
            generators = generators[:1]
        digit = self.digits.get("column " + name)
        return ColumnPlan(
            name,
            shown,
            Source.GENERATED,
            generators,
            digit=digit,
            inputs=_inputs(generators),
            reason=reason,
            common=self.common.get(name, ""),
        )


Drafts = Mapping[QualifiedName, Draft]


def _takes(domain: Domain, written: str, kind: str) -> bool:
    try:
        read = convert(written, kind)
    except ValueError:
        read = written
    verdict = holds(domain, read) if not isinstance(read, (Interval, Unbounded)) else None
    return verdict is True or (verdict is None and domain.low is None and domain.high is None)


def _inputs(generators: Iterable[GeneratorPlan]) -> tuple[str, ...]:
    """Return the sibling columns that generators name in their parameters."""
    return tuple(dict.fromkeys(name for generator in generators for name in nested_inputs(generator.params)))
