"""Generators whose values are distinct: what is left of a column's own, widened or numbered until there are enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from seedfast.constraints.domain import Domain
from seedfast.model.table import Column
from seedfast.plan import measures
from seedfast.plan.assign import is_text, lengths, text_lengths
from seedfast.plan.recurring import KINDS
from seedfast.plan.spec import GeneratorPlan
from seedfast.values.bytype import generator_for_type
from seedfast.values.registry import Registry


def distinct(
    column: Column, domain: Domain, generator: GeneratorPlan, needed: int, *, now: datetime, registry: Registry
) -> tuple[GeneratorPlan, int]:
    """Return a generator of the column whose values are distinct, and how many there are; fewer than ``needed`` where
    neither the type nor the constraints have room for more."""
    options = [generator, *_distinct_options(column, domain, generator, needed, now)]
    best, most = generator, 0
    for option in options:
        capacity = registry.build(option.kind, option.params).capacity or 0
        if capacity > most:
            best, most = option, capacity
        if capacity >= needed:
            break
    return best, most


def _distinct_options(
    column: Column, domain: Domain, generator: GeneratorPlan, needed: int, now: datetime
) -> list[GeneratorPlan]:
    nulls = generator.null_permille
    unit = measures.unit_of(column.type)
    if generator.kind in ("number.serial", "relative.between", "accepted"):
        return []
    if unit is not None and domain.allowed is None:
        return [_widened(column, unit, domain, generator, needed, now)]
    if generator.kind == "text.conforming":
        inner = {"kind": generator.params["kind"], "params": generator.params["params"]}
        low, high = text_lengths(column.type, domain)
        wrapped = {**generator.params, "kind": "text.distinct", "params": {**inner, **lengths(low, high)}}
        plain = GeneratorPlan("text.pattern", {"automaton": generator.params["automaton"]}, nulls)
        return [GeneratorPlan("text.conforming", wrapped, nulls), plain]
    if is_text(column.type) and domain.allowed is None and generator.kind not in ("text.pattern", "choice", "constant"):
        low, high = text_lengths(column.type, domain)
        wrapped = {"kind": generator.kind, "params": dict(generator.params), **lengths(low, high)}
        return [
            GeneratorPlan("text.distinct", wrapped, nulls),
            GeneratorPlan("text.ordinal", lengths(low, high if high is not None else max(low, 12)), nulls),
        ]
    if is_text(column.type) and generator.kind == "choice" and domain.allowed is None:
        low, high = text_lengths(column.type, domain)
        wrapped = {"kind": generator.kind, "params": dict(generator.params), **lengths(low, high)}
        return [GeneratorPlan("text.distinct", wrapped, nulls)]
    if generator.kind == "range":
        return [GeneratorPlan("range", {**generator.params, "slots": needed}, nulls)]
    default = generator_for_type(column.type, now=now)
    bounded = is_text(column.type) and (domain.low is not None or domain.high is not None)
    confined = domain.allowed is not None or domain.parts or domain.patterns or bounded
    return [] if confined or default is None else [GeneratorPlan(default.kind, default.params, nulls)]


def _widened(
    column: Column, unit: str, domain: Domain, generator: GeneratorPlan, needed: int, now: datetime
) -> GeneratorPlan:
    """Return a generator over an interval wide enough for ``needed`` values, as far as type and domain allow."""
    if "low" not in generator.params:
        default = generator_for_type(column.type, now=now)
        if default is None:
            return generator
        generator = GeneratorPlan(default.kind, default.params, generator.null_permille)
    params = generator.params
    step, limits = measures.step_of(column.type, unit), measures.type_limits(column.type)
    low, high = (measures.read(unit, params[end]) for end in ("low", "high"))
    low, high = measures.narrowed(low, high, domain, unit, step, limits)
    room = step * (needed + 1) * 2
    if generator.kind in KINDS:
        # Days of a kind may come but once a year; no calendar needs more than some centuries.
        room = min(room * 366, timedelta(days=400 * 366)) if isinstance(room, timedelta) else room * 1000
    bottom, top = measures.widest(domain, unit, step, limits)
    if "step_us" in params or "step_days" in params:
        # Periods of time are counted back from the last: what happens once a year began long ago.
        room = timedelta(days=params.get("step_days", 0), microseconds=params.get("step_us", 0)) * (needed + 1)
        low = min(low, high - room) if bottom is None else max(min(low, high - room), bottom)
    high = max(high, low + room) if top is None else min(max(high, low + room), top)
    if high - low < room:
        low = high - room if bottom is None else max(high - room, bottom)
    widened = {**params, "low": measures.written(unit, low), "high": measures.written(unit, high)}
    return GeneratorPlan(generator.kind, widened, generator.null_permille)
