"""Ranges of two columns that an exclusion forbids to meet: they begin far apart, and end before the next begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from seedfast.constraints.index_parts import span_part
from seedfast.plan import measures
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan

_REACH = {"integer": 20, "date": 13, "timestamp": 86_400}
"""How far from its beginning a range may end: whole numbers, days, seconds. Ranges begin twice as far apart."""


def _spans(draft: Draft) -> Iterable[tuple[str, str, str, int]]:
    """Yield, for each range that may not meet others, the columns of its ends, their unit, and its reach."""
    for exclusion in draft.table.exclusions:
        for part, operator in exclusion.parts:
            span = span_part(part.expression or "") if operator == "&&" else None
            if span is None or not set(span) <= draft.generators.keys():
                continue
            units = {measures.unit_of(draft.table.column(name).type) for name in span}
            unit = units.pop() or ""
            if not units and unit in _REACH:
                yield *span, unit, _REACH[unit]


def begin_apart(draft: Draft) -> None:
    """Let ranges that may not meet begin so far apart that each has room to end."""
    for start, _, unit, reach in _spans(draft):
        made = []
        for generator, domain in zip(draft.generators[start], draft.domains(start), strict=True):
            params = dict(generator.params)
            if generator.kind == "time.timestamp":
                params["step_us"] = max(2 * reach * 1_000_000, params.get("step_us", 0))
            elif generator.kind == "time.date":
                params["step_days"] = max(2 * reach + 2, params.get("step_days", 1))
            elif generator.kind == "number.integer":
                low, high = measures.widest(domain, unit, 1, measures.type_limits(draft.table.column(start).type))
                first = low if domain.low is not None else params["low"]
                room = {"start": first, "step": 2 * reach + 2, "limit": high - reach}
                made.append(GeneratorPlan("number.serial", room, generator.null_permille))
                continue
            made.append(replace(generator, params=params))
        draft.generators[start] = tuple(made)


def end_in_time(draft: Draft) -> None:
    """Let ranges that may not meet end soon after they begin, whatever else their ends would have followed."""
    for start, end, unit, reach in _spans(draft):
        if f"column {start}" not in draft.digits or f"column {end}" in draft.digits:
            continue
        made = []
        for number, generator in enumerate(draft.generators[end]):
            if generator.kind == "null":
                made.append(generator)
                continue
            begins = draft.generators[start][number if number < len(draft.generators[start]) else 0]
            bounds = generator.params.get("above", ())
            above = [bound for bound in bounds if bound.get("column") == start or bound.get("sum") == {start: 1}]
            params: dict[str, Any] = {
                "above": above or [{"sum": {start: 1}, "plus": 1}],
                "below": [{"sum": {start: 1}, "plus": reach}],
                "spread": reach,
                "unit": unit,
            }
            if begins.kind == "number.serial":
                params |= {"low": begins.params["start"], "high": begins.params["limit"] + reach}
            else:
                low, high = (measures.read(unit, begins.params[side]) for side in ("low", "high"))
                late = timedelta(seconds=reach) if unit == "timestamp" else timedelta(days=reach)
                params |= {"low": measures.written(unit, low), "high": measures.written(unit, high + late)}
            made.append(GeneratorPlan("relative.between", params))
        draft.generators[end] = tuple(made)
        draft.reasons[end] = f"soon after {start}: an exclusion lets no two ranges meet"
