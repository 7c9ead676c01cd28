"""Pairs of columns that together name a row of one of several tables, drawn so that the row is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from seedfast.constraints.domain import Nullness
from seedfast.model.database import Database
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import look_up
from seedfast.plan.spec import GeneratorPlan, Pick, ReferencePlan
from seedfast.plan.wishes import is_open, offered
from seedfast.semantics.polymorphic import Case, Pair, polymorphic
from seedfast.semantics.undeclared import Relation


def follow_pairs(draft: Draft, drafts: Drafts, database: Database, relations: Sequence[Relation]) -> None:
    """Let each pair of a type and an id that nothing else decides on name rows that there are."""
    held = {name for unique in draft.table.unique_keys for part in unique.parts for name in part.columns}
    held |= {part.column for unique in draft.table.unique_keys for part in unique.parts if part.column is not None}
    table = database.by_name[draft.name]
    for pair in polymorphic(table, database.tables, relations, _listed(draft)):
        free = {pair.type_column, pair.id_column} <= draft.generators.keys() - draft.overrides.keys()
        free = free and pair.id_column not in held
        cases = [case for case in pair.cases if _there(case, drafts)]
        if free and cases and pair.type_column not in held and is_open(draft, pair.id_column) and _says(draft, pair):
            _follow(draft, pair, cases)


def _listed(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return what constraints let columns say in every branch, where they give one list."""
    found = {}
    for column in draft.table.columns:
        lists = {domain.allowed for domain in draft.domains(column.name)}
        values = lists.pop() if len(lists) == 1 else None
        if values is not None and all(isinstance(value, str) for value in values):
            found[column.name] = tuple(map(str, values))
    return found


def _there(case: Case, drafts: Drafts) -> bool:
    parent = drafts.get(case.table)
    known = offered(Relation("", case.table, case.column, 0, ""), drafts)
    return known and parent is not None and case.column not in parent.owners


def _says(draft: Draft, pair: Pair) -> bool:
    """Tell whether the type may be any of those of the pair, in any branch, wherever the id is there."""
    lists = {domain.allowed for domain in draft.domains(pair.type_column)}
    plain = all(
        not (d.patterns or d.excluded or d.canonical or d.parts) and d.nullness is not Nullness.ALWAYS
        for d in draft.domains(pair.type_column)
    )
    related = any(pair.type_column in (r.left, r.right) for branch in draft.branches for r in branch.relations)
    nullable = all(domain.nullness is not Nullness.ALWAYS for domain in draft.domains(pair.id_column))
    return len(lists) == 1 and plain and nullable and not related


def _follow(draft: Draft, pair: Pair, cases: Sequence[Case]) -> None:
    parts: list[dict[str, Any]] = [{"column": pair.type_column}]
    for case in cases:
        name = f"{draft.name.name}.{pair.id_column} -> {case.table}"
        reference = ReferencePlan(
            name, (pair.id_column,), case.table, (case.column,), Pick.SKEWED, declared=False, reason="popular ones more"
        )
        draft.references[name] = reference
        parts += [{"value": case.label}, {"column": look_up(draft, reference, case.column)}]
    tree: dict[str, Any] = {"call": "case", "of": parts}
    if draft.table.column(pair.id_column).type.storage.name in ("int2", "int4", "int8"):
        tree = {"call": "integer", "of": [tree]}
    may = draft.nullable(pair.type_column) and draft.nullable(pair.id_column)
    labels = GeneratorPlan("choice", {"values": [case.label for case in cases]})
    draft.generators[pair.type_column] = tuple(
        replace(labels, null_permille=made.null_permille if may else 0) for made in draft.generators[pair.type_column]
    )
    draft.generators[pair.id_column] = (GeneratorPlan("computed", {"tree": tree}),) * len(draft.branches)
    shown = ", ".join(str(case.table) for case in cases)
    draft.reasons[pair.type_column] = f"no constraint; with {pair.id_column} it names a row of {shown}"
    draft.reasons[pair.id_column] = f"no constraint; a row of the table that {pair.type_column} names"
