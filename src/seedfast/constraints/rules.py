"""One constraint as the branches that it leaves by itself, under the name that PostgreSQL knows it by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seedfast.constraints.branches import columns_read
from seedfast.constraints.domain import Branch
from seedfast.diagnostics import Finding
from seedfast.names import QualifiedName


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint: ``source`` is its name among what a column's domain came from, ``name`` its name to people.

    ``says`` is its definition where the name doesn't tell it; ``typed`` is the column whose type it stands for;
    ``table`` is whose it is where the name doesn't tell that.
    """

    source: str
    branches: tuple[Branch, ...]
    name: str = ""
    says: str = ""
    typed: str | None = None
    table: QualifiedName | None = None

    @property
    def plain(self) -> bool:
        """Whether it is a column's type or NOT NULL: such a thing is at odds with nothing of its kind."""
        return self.typed is not None or self.name.endswith(" NOT NULL")

    def named(self, at: QualifiedName) -> str:
        """Return the constraint's name as one says it when talking of the table ``at``."""
        return self.name if self.table in (None, at) else f"{self.name} of {self.table}"


@dataclass(frozen=True, slots=True)
class TableRules:
    """The branches of a table, none where nothing can satisfy its constraints; ``findings`` say what was lost.

    ``conflict`` are then constraints that can't hold together, none of which could be left out.
    """

    branches: tuple[Branch, ...]
    findings: tuple[Finding, ...] = ()
    conflict: tuple[Rule, ...] = ()


def components(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that share no column, in the order of their first rule."""
    groups: list[tuple[frozenset[str], list[Rule]]] = []
    for rule in rules:
        columns = columns_read(rule.branches)
        members = [rule]
        apart: list[tuple[frozenset[str], list[Rule]]] = []
        for other_columns, other in groups:
            if columns & other_columns:
                columns |= other_columns
                members = other + members
            else:
                apart.append((other_columns, other))
        groups = [*apart, (columns, members)]
    return [members for _, members in groups]
