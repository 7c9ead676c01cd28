"""What the user set columns to, in the place of what their names say; the constraints still have the last word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.branches import holds
from seedfast.constraints.describe import describe
from seedfast.constraints.domain import Domain, Nullness
from seedfast.constraints.predicate import Value
from seedfast.constraints.rules import TableRules
from seedfast.constraints.typed import type_domain, type_name
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.model.table import Column
from seedfast.model.types import Check, SqlType, TypeForm
from seedfast.names import literal, quote
from seedfast.plan import measures
from seedfast.plan.assign import is_text
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options, Override
from seedfast.plan.spec import GeneratorPlan
from seedfast.plan.wishes import Undeclared
from seedfast.rng import Stream
from seedfast.semantics.classify import shared_group
from seedfast.semantics.meaning import Meaning
from seedfast.values.bytype import generator_for_type
from seedfast.values.kind import Draw
from seedfast.values.registry import Registry

_CONFIDENCE = 2000
"""More than any reading of a name has."""

_HINT = "Set something that the column can hold, or leave it out: the rows have been planned as if it weren't there."

_ARROW = {
    "integer": pa.types.is_integer,
    "decimal": pa.types.is_decimal,
    "float": pa.types.is_floating,
    "date": pa.types.is_date,
    "timestamp": pa.types.is_timestamp,
    "time": pa.types.is_time,
}


def without_overridden(found: Undeclared, drafts: Drafts) -> Undeclared:
    """Return the relations of columns that the user hasn't set to something else."""
    return {
        name: tuple(one for one in relations if name not in drafts or one.column not in drafts[name].overrides)
        for name, relations in found.items()
    }


# Lists and constants: conditions that rows satisfy beside the constraints.


def admit(draft: Draft, rules: TableRules, database: Database, now: datetime) -> TableRules:
    """Add the lists that the user gave to a table's constraints, each as far as these leave room for it."""
    for name, override in draft.overrides.items():
        column = draft.table.column(name)
        if column.generated is not None or not column.insertable:
            _refuse(draft, name, "the server computes it")
        elif override.values and rules.branches:
            rules = _confined(draft, column, override, rules, database, now)
    return rules


def _confined(
    draft: Draft, column: Column, override: Override, rules: TableRules, database: Database, now: datetime
) -> TableRules:
    kept = [value for value in override.values if value is None or _takes(column, rules, value)]
    left_out = [value for value in override.values if value not in kept]
    if left_out:
        said = ", ".join("NULL" if value is None else repr(value) for value in left_out)
        behind = describe(column.name, column.type, rules.branches) or column.type.display
        _refuse(draft, column.name, f"it can't be {said}: {behind}", keep=bool(kept))
        if not kept:
            return rules
    condition = _condition(column, kept)
    said_so = Check(override.written, condition, (column.name,), wished=True)
    tried = replace(draft.table, checks=(*draft.table.checks, said_so))
    wished = analyse_table(tried, now=now, tables=database.by_name)
    if wished.branches and len(wished.findings) <= len(rules.findings):
        draft.table = tried
        return wished
    at_odds = ", ".join(rule.named(draft.name) for rule in wished.conflict if rule.source != override.written)
    _refuse(draft, column.name, f"it can't hold together with {at_odds}" if at_odds else "the list can't be read")
    return rules


def _takes(column: Column, rules: TableRules, value: Any) -> bool:
    """Tell whether a column's type and constraints take a value in some branch."""
    limits = type_domain(column.type, type_name(column.type)) or Domain()
    if column.type.storage.form is TypeForm.ENUM and str(value) not in column.type.storage.labels:
        return False
    typed = _typed(column.type, value)
    if typed is None:
        return False
    present = (replace(branch.domain(column.name), nullness=Nullness.MAYBE) for branch in rules.branches)
    return holds(limits, typed) is not False and any(holds(domain, typed) is not False for domain in present)


def _typed(kind: SqlType, value: Any) -> Value | None:
    """Return a value as what a column of the type holds, None where it can't."""
    unit = measures.unit_of(kind)
    if kind.storage.name == "bool":
        return value if isinstance(value, bool) else None
    if unit is None:
        return None if isinstance(value, bool) else str(value)
    try:
        read = measures.read(unit, value)
    except (ValueError, ArithmeticError, TypeError):
        return None
    whole = unit != "integer" or Decimal(str(value)) == read
    fits = isinstance(read, (int, float, Decimal, date, datetime, timedelta)) and not isinstance(value, bool)
    return read if whole and fits else None


def _condition(column: Column, values: list[Any]) -> str:
    """Return the list as a condition in SQL; a single value is every row's."""
    name, present = quote(column.name), [value for value in values if value is not None]
    if not present:
        return f"{name} IS NULL"
    listed = f"{name} IN ({', '.join(_constant(value) for value in present)})"
    return f"{name} IS NOT NULL AND {listed}" if len(values) == 1 else listed


def _constant(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return str(value) if isinstance(value, (int, float)) else literal(str(value))


def shares(draft: Draft) -> Iterator[tuple[str, Mapping[Value, int]]]:
    """Yield, by column, how often the user wants each value of a list."""
    for name, override in draft.overrides.items():
        if override.weights:
            yield name, dict(zip(override.values, override.weights, strict=True))


# Kinds of value: readings that come before all others.


def impose(draft: Draft, options: Options, registry: Registry, *, now: datetime) -> None:
    """Put the kinds that the user set before what the names say."""
    for name, override in tuple(draft.overrides.items()):
        others = draft.meanings.get(name, ())
        if override.weights:
            params: dict[str, Any] = {"values": list(override.values), "weights": list(override.weights)}
            read = Meaning("choice", params, _CONFIDENCE, _asked(override), _nulls(others))
        elif override.kind:
            if name in draft.owners:
                _refuse(draft, name, f"the foreign key {draft.owners[name][0]} fills it")
                continue
            column = draft.table.column(name)
            params = _params(draft, column, override, options, registry, now)
            if not _suits(column, override, params, now, registry):
                _refuse(draft, name, f"{column.type.display} doesn't hold {override.kind}")
                continue
            read = Meaning(override.kind, params, _CONFIDENCE, _asked(override), _nulls(others))
        else:
            continue
        draft.meanings = {**draft.meanings, name: (read, *others)}


def settled(draft: Draft) -> None:
    """Name the columns that couldn't be what the user set them to, and the constraints that kept them from it."""
    for name, override in tuple(draft.overrides.items()):
        generators = draft.generators.get(name)
        if not override.kind or generators is None:
            continue
        if all(_follows(draft, name, override, generator) for generator in generators):
            continue
        column = draft.table.column(name)
        behind = describe(name, column.type, draft.branches) or column.type.display
        _refuse(draft, name, f"it can't be {override.kind}: {behind}")


def _follows(draft: Draft, name: str, override: Override, generator: GeneratorPlan) -> bool:
    kind, params = generator.kind, generator.params
    if kind in ("text.conforming", "array"):
        inner = params if kind == "text.conforming" else params.get("element", {})
        kind, params = inner.get("kind", ""), inner.get("params", {})
    if kind == "null":
        return True
    if kind != override.kind:
        return False
    unit = measures.unit_of(draft.table.column(name).type)
    for end, worse in (("low", -1), ("high", 1)):
        if unit is not None and end in override.params and end in params:
            said, made = (measures.read(unit, one[end]) for one in (override.params, params))
            if (made > said) - (made < said) == worse:
                return False
    return True


def _asked(override: Override) -> str:
    return f"as {override.written} asks"


def _nulls(others: tuple[Meaning, ...]) -> int | None:
    return others[0].null_permille if others else None


def _params(
    draft: Draft, column: Column, override: Override, options: Options, registry: Registry, now: datetime
) -> dict[str, Any]:
    """Return the parameters of a kind: the user's, and for the rest what the column's type and row suggest."""
    known = registry.kind(override.kind).params
    params: dict[str, Any] = {}
    unit = measures.unit_of(column.type)
    if unit is not None:
        default = generator_for_type(column.type, now=now)
        read = next((m.params for m in draft.meanings.get(column.name, ()) if {"low", "high"} <= m.params.keys()), {})
        suggested = {**(default.params if default else {}), **read, "unit": unit}
        params = {key: value for key, value in suggested.items() if key in known}
    if "group_key" in known:
        given = override.params
        about = ("pack", str(given.get("pack")), str(given.get("record"))) if "pack" in known else None
        params["group_key"] = shared_group(draft.table, options.seed, *(about or (override.kind.partition(".")[0],)))
    countries = options.homes.get(draft.name, options.countries)
    if countries and "countries" in known:
        params["countries"] = dict(countries)
    return {**params, **override.params}


def _suits(column: Column, override: Override, params: dict[str, Any], now: datetime, registry: Registry) -> bool:
    """Tell whether a column's type holds what the kind makes; parameters that it can't be built of are an error."""
    try:
        made = registry.build(override.kind, params)
        sample = None if made.inputs else made.values(Draw(np.arange(2, dtype=np.int64), Stream(0))).type
    except UsageError as error:
        raise UsageError(error.code, f"{override.written}: {error.message}", "Correct the parameter.") from None
    if sample is None:
        return False
    storage, unit = column.type.storage, measures.unit_of(column.type)
    if is_text(column.type):
        return registry.kind(override.kind).text
    if unit in _ARROW:
        return bool(_ARROW[unit](sample))
    if storage.name == "bool":
        return bool(pa.types.is_boolean(sample))
    default = generator_for_type(column.type, now=now)
    family = override.kind.partition(".")[0]
    if storage.name in ("json", "jsonb") and override.kind == "pack.document":
        return True
    return default is not None and default.kind.partition(".")[0] == family


def _refuse(draft: Draft, name: str, why: str, *, keep: bool = False) -> None:
    """Say that a column isn't what the user set it to, and forget that unless ``keep``."""
    override = draft.overrides[name]
    draft.findings.append(
        Finding(
            "SF-SET-REFUSED",
            Severity.WARNING,
            f"{draft.name}.{name}",
            f"{override.written} can't be followed{' in whole' if keep else ''}: {why}.",
            _HINT,
        )
    )
    if not keep:
        draft.overrides = {each: one for each, one in draft.overrides.items() if each != name}
