"""What verifying hands back: one result a promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seedfast.diagnostics import Finding
from seedfast.names import QualifiedName


class Promise(StrEnum):
    """What is promised about a table's rows."""

    FOREIGN_KEY = "foreign key"
    CHECK = "check"
    NOT_NULL = "not null"
    SEQUENCE = "sequence"
    ROWS = "rows"
    RELATION = "undeclared relation"
    COHERENCE = "coherence"
    FIGURE = "exact figure"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a promise is kept: ``breaches`` counts rows that break it.

    For a sequence they are the stored values that it will draw again, for the number of rows the difference from what
    was planned, for a figure the parents that come to another one, or 1. ``name`` is the constraint's, the column's or
    the sequence's, or says what the figure is of. With ``validated`` false the database itself promises nothing about
    rows that are older than the constraint; of an undeclared relation or of coherence it never does.
    """

    promise: Promise
    table: QualifiedName
    name: str
    breaches: int
    validated: bool = True

    @property
    def kept(self) -> bool:
        """Whether no row breaks the promise, of those that it is made for."""
        return self.breaches == 0 or not self.validated


@dataclass(frozen=True, slots=True)
class Verification:
    """All results, in the order of the tables, and findings for what is broken or could not be checked."""

    checks: tuple[CheckResult, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every promise that could be checked is kept."""
        return all(check.kept for check in self.checks)
