"""What there is to tell about a plan or a run, as plain rows of text and numbers: no colour, no layout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Column, Identity, KeyPart, Table
from seedfast.names import QualifiedName, shown
from seedfast.plan.spec import (
    STANDING,
    ColumnPlan,
    GenerationPlan,
    GeneratorPlan,
    ReferencePlan,
    Source,
    Status,
    TablePlan,
)

_LONGEST_VALUE = 60
_WITHIN_PATTERN = "text.conforming"


class TableResult(Protocol):
    """What a run tells of one table."""

    @property
    def name(self) -> QualifiedName:
        """The table."""

    @property
    def existing(self) -> int:
        """The rows that it held before."""

    @property
    def planned(self) -> int:
        """The rows that the plan gave it."""

    @property
    def inserted(self) -> int:
        """The rows that it got."""

    @property
    def status(self) -> str:
        """What happened to it."""

    @property
    def reason(self) -> str:
        """Why, in words."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table of a plan or a run; ``inserted`` is None where nothing has run yet."""

    name: QualifiedName
    existing: int
    planned: int
    inserted: int | None
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of a plan: where its values come from, with what parameters, and why."""

    name: str
    type: str
    values: str
    parameters: tuple[str, ...]
    reason: str


def insertion_order(plan: GenerationPlan) -> tuple[TablePlan, ...]:
    """Return the plan's tables in the order in which they are loaded, then those that nothing is loaded into."""
    position: dict[QualifiedName, int] = {}
    for step in plan.steps:
        for name in step.tables:
            position.setdefault(name, len(position))
    last = len(position)
    return tuple(sorted(plan.tables, key=lambda table: (position.get(table.name, last), table.name)))


def planned_lines(plan: GenerationPlan) -> tuple[TableLine, ...]:
    """Return a line for every table of a plan, in insertion order."""
    return tuple(
        TableLine(table.name, table.existing, table.rows, None, table.status.value, table.reason)
        for table in insertion_order(plan)
    )


def result_lines(tables: Iterable[TableResult], plan: GenerationPlan) -> tuple[TableLine, ...]:
    """Return a line for every table of a run, in the plan's insertion order."""
    position = {table.name: number for number, table in enumerate(insertion_order(plan))}
    return tuple(
        TableLine(table.name, table.existing, table.planned, table.inserted, str(table.status), table.reason)
        for table in sorted(tables, key=lambda table: position[table.name])
    )


def planned_rows(plan: GenerationPlan) -> tuple[int, int]:
    """Return how many rows the plan adds, and to how many tables."""
    counts = [table.rows for table in plan.tables if table.status is Status.FILL and table.rows]
    return sum(counts), len(counts)


def column_lines(table: TablePlan) -> tuple[ColumnLine, ...]:
    """Return a line for every column of a table's plan."""
    return tuple(_column_line(table, column) for column in table.columns)


def _column_line(table: TablePlan, column: ColumnPlan) -> ColumnLine:
    if column.source is Source.SERVER:
        return ColumnLine(column.name, column.type, "the server", (), column.reason)
    if column.source is Source.REFERENCE and column.reference is not None:
        values, parameters = _reference(table.reference(column.reference), column)
        return ColumnLine(column.name, column.type, values, parameters, column.reason)
    kinds = " or ".join(dict.fromkeys(_kind(generator) for generator in column.generators)) or "nothing"
    given = [part for generator in column.generators for part in _parameters(generator)]
    if column.digit is not None and f"distinct for {column.digit.key}" not in column.reason:
        given.append(f"distinct by key {column.digit.key}")
    read = [shown(name) for name in column.inputs if name != STANDING]
    if read:
        given.append(f"reads {', '.join(read)}")
    if STANDING in column.inputs:
        given.append("earlier where many rows point at it")
    return ColumnLine(column.name, column.type, kinds, tuple(dict.fromkeys(given)), column.reason)


def _reference(reference: ReferencePlan, column: ColumnPlan) -> tuple[str, tuple[str, ...]]:
    parameters = [f"picked {reference.pick.value}"]
    if reference.digit is not None:
        parameters.append(f"distinct by key {reference.digit.key}")
    if reference.matching:
        parameters.append(f"agrees on {', '.join(shown(name) for name in reference.matching)}")
    if any(reference.null_permille):
        parameters.append(
            "NULL in " + " or ".join(_share(permille) for permille in dict.fromkeys(reference.null_permille))
        )
    return f"{reference.parent}.{shown(column.parent_column or '')}", tuple(parameters)


_UNTOLD = {"group_key", "automaton", "recognised", "limit", "above", "below", "spread", "unit", "standing"}
"""Parameters that tell a person nothing: long numbers, tables, and what the reason says better. The JSON has them."""


def _kind(generator: GeneratorPlan) -> str:
    return str(generator.params["kind"]) if generator.kind == _WITHIN_PATTERN else generator.kind


def _parameters(generator: GeneratorPlan) -> list[str]:
    params = generator.params
    if generator.kind == _WITHIN_PATTERN:
        params = params.get("params", {})
    told = {name: value for name, value in sorted(params.items()) if name not in _UNTOLD}
    parts = [f"{name}={_value(value)}" for name, value in told.items()]
    if generator.null_permille:
        parts.append(f"NULL in {_share(generator.null_permille)}")
    return parts


def _share(permille: int) -> str:
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def constraint_lines(table: Table) -> tuple[tuple[str, str], ...]:
    """Return what decides which rows a table takes, as pairs of a constraint's name and its meaning in SQL's words."""
    lines: list[tuple[str, str]] = []
    for unique in table.unique_keys:
        word = "PRIMARY KEY" if unique.primary else "UNIQUE"
        distinct = "" if unique.nulls_distinct else " NULLS NOT DISTINCT"
        where = f" WHERE {unique.predicate}" if unique.predicate else ""
        lines.append((unique.name, f"{word}{distinct} ({', '.join(map(_part, unique.parts))}){where}"))
    for foreign in table.foreign_keys:
        match = " MATCH FULL" if foreign.match_full else ""
        deferrable = " DEFERRABLE" if foreign.deferrable else ""
        meaning = f"FOREIGN KEY ({_names(foreign.columns)}) REFERENCES {foreign.parent}"
        meaning += f" ({_names(foreign.parent_columns)}){match}{deferrable}"
        lines.append((foreign.name, meaning))
    lines.extend((check.name, f"CHECK ({check.expression})") for check in table.checks)
    for exclusion in table.exclusions:
        parts = ", ".join(f"{_part(part)} WITH {operator}" for part, operator in exclusion.parts)
        where = f" WHERE ({exclusion.predicate})" if exclusion.predicate else ""
        lines.append((exclusion.name, f"EXCLUDE USING {exclusion.method} ({parts}){where}"))
    lines.extend(
        (trigger.name, f"TRIGGER {trigger.timing} INSERT, calls {trigger.function}") for trigger in table.triggers
    )
    lines.extend((rule.name, "RULE ON INSERT" + (" DO INSTEAD" if rule.instead else "")) for rule in table.rules)
    for policy in table.policies:
        how = "" if policy.permissive else " AS RESTRICTIVE"
        lines.append((policy.name, f"POLICY{how} WITH CHECK ({' '.join(policy.expression.split())})"))
    if table.partitioning is not None:
        cut = table.partitioning
        lines.append(("partitions", f"{len(cut.leaves)} by {cut.strategy} ({_names(cut.columns)})"))
    return tuple(lines)


def constraints_of_column(table: Table, column: str) -> tuple[tuple[str, str], ...]:
    """Return those of ``constraint_lines`` that a column takes part in."""
    involved = {unique.name for unique in table.unique_keys if column in unique.predicate_columns}
    involved |= {unique.name for unique in table.unique_keys if any(column in part.columns for part in unique.parts)}
    involved |= {foreign.name for foreign in table.foreign_keys if column in foreign.columns}
    involved |= {check.name for check in table.checks if column in check.columns}
    involved |= {policy.name for policy in table.policies if column in policy.columns}
    involved |= {
        exclusion.name
        for exclusion in table.exclusions
        if any(column in part.columns or part.column == column for part, _ in exclusion.parts)
    }
    return tuple(line for line in constraint_lines(table) if line[0] in involved)


def column_rules(column: Column) -> tuple[str, ...]:
    """Return what a column's own declaration says about its values, in SQL's words."""
    rules = [] if column.nullable else ["NOT NULL"]
    if column.generated is not None:
        rules.append(f"GENERATED ALWAYS AS ({column.generated})")
    elif column.identity is not Identity.NONE:
        rules.append(f"GENERATED {column.identity.value.upper()} AS IDENTITY")
    elif column.default is not None:
        rules.append(f"DEFAULT {column.default}")
    for domain in column.type.domains():
        rules.extend(f"{domain.qualified}: CHECK ({check.expression})" for check in domain.checks)
    if column.type.storage.labels:
        rules.append("one of " + ", ".join(column.type.storage.labels))
    return tuple(rules)


def _part(part: KeyPart) -> str:
    return shown(part.column) if part.column is not None else f"({part.expression})"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(shown(column) for column in columns)


def by_severity(findings: Iterable[Finding]) -> Mapping[Severity, tuple[Finding, ...]]:
    """Return findings grouped by severity, the gravest first, each once."""
    distinct = tuple(dict.fromkeys(findings))
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    groups = {severity: tuple(f for f in distinct if f.severity is severity) for severity in order}
    return {severity: found for severity, found in groups.items() if found}


def findings_at(findings: Iterable[Finding], place: str) -> tuple[Finding, ...]:
    """Return the findings about a table, column or constraint, or about something within it."""
    return tuple(f for f in findings if f.where == place or f.where.startswith((f"{place}.", f"{place}:")))
