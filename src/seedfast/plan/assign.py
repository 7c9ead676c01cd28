"""Columns to generators: what a column means, cut down to what its constraints allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from seedfast.constraints.analyse import analyse_domain_type
from seedfast.constraints.branches import intersect
from seedfast.constraints.domain import Branch, Canonical, Domain, Nullness, Pattern
from seedfast.constraints.pattern import compile_pattern, compile_recogniser
from seedfast.constraints.predicate import PatternForm, Value
from seedfast.constraints.text_bounds import between
from seedfast.model.table import Column
from seedfast.model.types import SqlType, TypeForm
from seedfast.plan import measures
from seedfast.plan.parts import Shape
from seedfast.plan.records import LISTED
from seedfast.plan.recurring import recurring
from seedfast.plan.references import NULL_GENERATOR
from seedfast.plan.spec import GeneratorPlan
from seedfast.rng import Stream
from seedfast.semantics.classify import classify_part
from seedfast.semantics.meaning import Meaning
from seedfast.values import columns
from seedfast.values.bytype import Chosen, generator_for_type
from seedfast.values.kind import Draw
from seedfast.values.patterns import Conforming
from seedfast.values.registry import Registry
from seedfast.values.semantic import listed_places

NULL_PERMILLE = 100
"""How many rows of 1,000 leave a nullable column out where nothing says otherwise."""

_OTHERS = 12
"""So many of a column's own values are mixed with those that children need."""

_SAMPLE = 512
"""Values that must all meet a column's patterns before what it means is preferred to words built from them."""

_TRIES, _LIKELY = 24, Fraction(1, 10)
"""Where texts lie within bounds that often, so many are made of which the first is taken that does."""

_COMPARED = 1 << 14
"""So many distinct values are looked at for those that children need."""

_TEXT = {"text", "varchar", "bpchar", "citext", "name"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A generator for a column, and the reason for people."""

    generator: GeneratorPlan
    reason: str


_WOMEN, _MEN = ("f", "w"), ("m", "h")
"""How words for women and men begin, in the languages that columns are named in."""


def is_text(kind: SqlType) -> bool:
    """Tell whether a type holds plain text."""
    storage = kind.storage
    return storage.form is TypeForm.BASE and storage.name in _TEXT


def choose(
    column: Column, domain: Domain, meanings: Sequence[Meaning], *, now: datetime, registry: Registry
) -> Choice | None:
    """Return a generator that stays within the domain, None where the type is not understood."""
    if domain.nullness is Nullness.ALWAYS:
        return Choice(NULL_GENERATOR, "always NULL")
    found = _within(column, domain, meanings, now, registry)
    if found is None:
        return None
    nulls = _null_rate(column, domain, meanings)
    return Choice(GeneratorPlan(found.generator.kind, found.generator.params, nulls), found.reason)


def _null_rate(column: Column, domain: Domain, meanings: Sequence[Meaning]) -> int:
    if not column.nullable or domain.nullness is Nullness.NEVER:
        return 0
    if column.default is not None and not column.default.upper().startswith("NULL"):
        return (
            0  # An application that leaves the column out gets the default: a NULL would have to be written on purpose.
        )
    suggested = meanings[0].null_permille if meanings else None
    return NULL_PERMILLE if suggested is None else suggested


def _within(
    column: Column, domain: Domain, meanings: Sequence[Meaning], now: datetime, registry: Registry
) -> Choice | None:
    if meanings and meanings[0].kind == LISTED:
        return Choice(GeneratorPlan(LISTED, meanings[0].params), meanings[0].reason)
    if domain.allowed is not None:
        kept = [value for value in domain.allowed if value not in domain.excluded]
        spoken = _gendered(kept, meanings) or _placed(kept, meanings)
        if spoken is not None:
            return spoken
        params: dict[str, Any] = {"values": [_literal(value) for value in kept], **_weights(kept, meanings)}
        return Choice(GeneratorPlan("choice", params), f"one of {len(kept)} allowed values")
    storage = column.type.storage
    unit = measures.unit_of(column.type)
    if (domain.parts and unit is None) or any(attribute.type.domains() for attribute in storage.attributes):
        return _shaped(column, domain, meanings, now, registry)
    if storage.form is TypeForm.ENUM:
        labels = [label for label in storage.labels if label not in domain.excluded]
        spoken = _gendered(labels, meanings) or _placed(labels, meanings)
        if spoken is not None:
            return spoken
        params = {"values": labels, **_weights(labels, meanings)}
        return Choice(GeneratorPlan("choice", params), f"a label of enum {storage.name}") if labels else None
    if unit is not None:
        return _ordered(column, unit, domain, meanings, now, registry)
    if is_text(column.type):
        return _text(column, domain, meanings, registry)
    if storage.name == "bool":
        return _boolean(domain, meanings)
    if storage.name == "bytea" and (
        domain.octets != (None, None) or domain.min_length or domain.max_length is not None
    ):
        return _bytes(domain)
    if storage.form is TypeForm.ARRAY and storage.element is not None and storage.element.domains():
        return _shaped(column, domain, meanings, now, registry)
    for meaning in meanings:
        if meaning.kind in registry:
            return Choice(GeneratorPlan(meaning.kind, meaning.params), meaning.reason)
    chosen = generator_for_type(column.type, now=now)
    return (
        None if chosen is None else Choice(GeneratorPlan(chosen.kind, chosen.params), f"by type {column.type.display}")
    )


def _gendered(values: Sequence[Value], meanings: Sequence[Meaning]) -> Choice | None:
    """Return the gender of a row's person in the words that a list has for it, None where it isn't one of genders."""
    if not meanings or meanings[0].kind != "person.gender":
        return None
    texts = [value for value in values if isinstance(value, str)]
    women = [text for text in texts if text.casefold().startswith(_WOMEN)]
    men = [text for text in texts if text.casefold().startswith(_MEN)]
    if not women or not men:
        return None
    params = {**meanings[0].params, "values": [women[0], men[0]]}
    return Choice(GeneratorPlan("person.gender", params), meanings[0].reason)


def _placed(values: Sequence[Value], meanings: Sequence[Meaning]) -> Choice | None:
    """Return what a list says of a row's place, None where it says nothing of any."""
    family, _, of_place = meanings[0].kind.partition(".") if meanings else ("", "", "")
    texts = [value for value in values if isinstance(value, str)]
    if family != "place" or of_place not in listed_places.fields() or len(texts) < len(values):
        return None
    if not listed_places.understood(of_place, texts):
        return None
    params = {**meanings[0].params, "field": of_place, "values": texts}
    return Choice(GeneratorPlan(listed_places.KIND, params), f"{meanings[0].reason}, one of {len(texts)} values")


def _weights(values: Sequence[Value], meanings: Sequence[Meaning]) -> dict[str, list[int]]:
    """Return how often each of some values should come, where a reading of the column says it of all of them."""
    for meaning in meanings:
        if meaning.kind == "choice" and "weights" in meaning.params:
            said = dict(zip(meaning.params["values"], meaning.params["weights"], strict=True))
            weights = [said.get(value, 0) for value in values]
            if all(value in said for value in values) and any(weights):
                return {"weights": weights}
    return {}


def _without(params: Mapping[str, Any], domain: Domain) -> dict[str, Any]:
    """Return the parameters of a choice without the values that a domain excludes."""
    kept = [number for number, value in enumerate(params["values"]) if value not in domain.excluded]
    return {
        name: [listed[number] for number in kept] if name in ("values", "weights") else listed
        for name, listed in params.items()
    }


def _shaped(
    column: Column, domain: Domain, meanings: Sequence[Meaning], now: datetime, registry: Registry
) -> Choice | None:
    """Return a generator for a type whose values have parts of which something is demanded."""

    def within(name: str, kind: SqlType, wanted: Domain) -> GeneratorPlan | None:
        own = analyse_domain_type(kind, now=now) if kind.domains() else Branch()
        both = None if own is None else intersect(wanted, own.domain("VALUE"))
        if both is None or both.nullness is Nullness.ALWAYS:
            return None
        read = () if name == "VALUE" else classify_part(name, kind, of=column.name, now=now)
        chosen = _within(Column(name, kind, False), both, read, now, registry)
        return None if chosen is None else chosen.generator

    meant = next((Chosen(m.kind, m.params) for m in meanings if m.kind in registry), None)
    plain = meant or generator_for_type(column.type, now=now)
    made = Shape(column.type, plain, within, registry).shaped(domain)
    return None if made is None else Choice(made, "built from its parts")


def _bytes(domain: Domain) -> Choice:
    """Return bytes of the length asked for; the length of bytea counts bytes by any name."""
    low = max(domain.octets[0] or 0, domain.min_length or 0)
    highs = [high for high in (domain.octets[1], domain.max_length) if high is not None]
    params = {"low": low, "high": min(highs) if highs else low + 16}
    return Choice(GeneratorPlan("bytes", params), "bytes of the length asked for")


def _boolean(domain: Domain, meanings: Sequence[Meaning]) -> Choice:
    if domain.excluded:
        wanted = True not in domain.excluded
        return Choice(GeneratorPlan("logic.boolean", {"true_permille": 1000 if wanted else 0}), "the value allowed")
    for meaning in meanings:
        if meaning.kind == "logic.boolean":
            return Choice(GeneratorPlan(meaning.kind, meaning.params), meaning.reason)
    return Choice(GeneratorPlan("logic.boolean", {"true_permille": 500}), "by type boolean")


def _literal(value: Value) -> str:
    """Return a constant in PostgreSQL's input syntax."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.6f} seconds"
    return str(value)


# Numbers and times.


def _ordered(
    column: Column, unit: str, domain: Domain, meanings: Sequence[Meaning], now: datetime, registry: Registry
) -> Choice | None:
    default = generator_for_type(column.type, now=now)
    base = GeneratorPlan("", {}) if default is None else GeneratorPlan(default.kind, default.params)
    reason = f"by type {column.type.display}"
    for meaning in meanings:
        if "low" in meaning.params and "high" in meaning.params:
            known = registry.kind(meaning.kind).params
            inherited = {name: value for name, value in base.params.items() if name in known}
            base, reason = GeneratorPlan(meaning.kind, {**inherited, **meaning.params}), meaning.reason
            break
        unbound = domain.low is None and domain.high is None and not domain.excluded and not domain.parts
        if meaning.kind == "choice" and unbound:
            return Choice(GeneratorPlan("choice", meaning.params), meaning.reason)
    params = dict(base.params)
    limits = measures.type_limits(column.type)
    low, high = (measures.read(unit, params[end]) for end in ("low", "high"))
    low, high = measures.narrowed(low, high, domain, unit, measures.step_of(column.type, unit), limits)
    if domain.excluded and len(domain.excluded) < 20 and unit == "integer":
        low, high = _around(low, high, domain.excluded, domain, limits)
    if low == high:
        return Choice(GeneratorPlan("constant", {"value": _literal(low)}), "the only value allowed")
    params["low"], params["high"] = measures.written(unit, low), measures.written(unit, high)
    if domain.parts:
        found = recurring(unit, params, domain)
        return None if found is None else Choice(found, reason)
    return Choice(GeneratorPlan(base.kind, params), reason)


def _around(low: Any, high: Any, excluded: Sequence[Value], domain: Domain, limits: tuple[Any, Any]) -> tuple[Any, Any]:
    """Return the longest part of an interval of integers that holds none of the excluded values."""
    holes = sorted(v for v in excluded if isinstance(v, int) and low <= v <= high)
    edges = [low - 1, *holes, high + 1]
    spans = [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
    if spans:
        return max(spans, key=lambda span: (span[1] - span[0], span[0]))
    return (high + 1, high + 1) if high < limits[1] and domain.high is None else (low - 1, low - 1)


# Text.


def _text(column: Column, domain: Domain, meanings: Sequence[Meaning], registry: Registry) -> Choice | None:
    low, high = text_lengths(column.type, domain)
    patterns = (*domain.patterns, *_canonical_patterns(domain), *between(domain))
    if patterns:
        return _matching(column.type, patterns, low, high, domain, meanings, registry)
    for meaning in meanings:
        if meaning.kind == "choice":
            params = _without(meaning.params, domain)
            if params["values"] and all(low <= len(v) and (high is None or len(v) <= high) for v in params["values"]):
                return Choice(GeneratorPlan("choice", params), meaning.reason)
        elif meaning.kind in registry and registry.kind(meaning.kind).text:
            return Choice(GeneratorPlan(meaning.kind, {**meaning.params, **lengths(low, high)}), meaning.reason)
    return Choice(GeneratorPlan("text.words", lengths(low, high)), f"by type {column.type.display}")


def _matching(
    kind: SqlType,
    patterns: Sequence[Pattern],
    low: int,
    high: int | None,
    domain: Domain,
    meanings: Sequence[Meaning],
    registry: Registry,
) -> Choice | None:
    """Return text within patterns: what the column means where that meets them, else words built from them."""
    # To citext words that differ in case only are one.
    folded = kind.storage.name == "citext"
    automaton = compile_pattern(patterns, min_length=low, max_length=high, folded_distinct=folded)
    if automaton is None:
        return None
    plain = Choice(GeneratorPlan("text.pattern", {"automaton": automaton.to_json()}), "built from its pattern")
    asked = [*domain.patterns, *(p for p in patterns if p not in domain.patterns)]
    recognised = compile_recogniser(asked, min_length=low, max_length=high)
    if recognised is None:
        return plain
    automata = {"automaton": automaton.to_json(), "recognised": recognised.to_json()}
    bounded = not domain.patterns and not domain.canonical
    for meaning in meanings:
        if meaning.kind not in registry or not registry.kind(meaning.kind).text:
            continue
        inner = {**meaning.params, **lengths(low, high)}
        params = {**automata, "kind": meaning.kind, "params": inner}
        machine = registry.build("text.conforming", params)
        sample = registry.build(meaning.kind, inner).values(Draw(np.arange(_SAMPLE), Stream(0)))
        if isinstance(machine, Conforming) and bounded and machine.share(sample) > _LIKELY:
            # Of several texts one will lie within the bounds.
            return Choice(GeneratorPlan("text.conforming", {**params, "tries": _TRIES}), meaning.reason)
        if isinstance(machine, Conforming) and machine.share(sample) == 1:
            return Choice(GeneratorPlan("text.conforming", params), f"{meaning.reason}; kept within its pattern")
    return plain


def lengths(low: int, high: int | None) -> dict[str, int]:
    """Return the length parameters of a text kind."""
    return ({"min_length": low} if low else {}) | ({} if high is None else {"max_length": high})


def text_lengths(kind: SqlType, domain: Domain) -> tuple[int, int | None]:
    """Return the fewest and most characters that a text column may hold."""
    lows = [domain.min_length or 0, domain.octets[0] or 0, 1 if domain.not_blank or "" in domain.excluded else 0]
    highs = [domain.max_length, domain.octets[1], *(part.length for part in (*kind.domains(), kind.storage))]
    if kind.storage.name == "name":
        highs.append(63)
    known = [high for high in highs if high is not None]
    return max(lows), min(known) if known else None


def _canonical_patterns(domain: Domain) -> tuple[Pattern, ...]:
    """Return patterns that only values in canonical form match."""
    found = []
    if Canonical.LOWER in domain.canonical:
        found.append(Pattern(PatternForm.REGEX, "^[a-z0-9][a-z0-9_-]*$"))
    elif Canonical.UPPER in domain.canonical:
        found.append(Pattern(PatternForm.REGEX, "^[A-Z0-9][A-Z0-9_-]*$"))
    elif Canonical.TRIMMED in domain.canonical and domain.patterns:
        found.append(Pattern(PatternForm.REGEX, r"^\S(.*\S)?$"))
    return tuple(found)


def by_turns(generator: GeneratorPlan) -> GeneratorPlan:
    """Return a choice from a list that takes all members as often as each other, so that few rows hold all of them."""
    if generator.kind != "choice":
        return generator
    return GeneratorPlan("turns", {"values": generator.params["values"]}, generator.null_permille)


def including(wanted: Sequence[str], generator: GeneratorPlan, registry: Registry) -> GeneratorPlan:
    """Return a choice that takes one of the wanted values in half of the rows, and else some of the generator's own."""
    if generator.kind in ("null", "number.serial"):
        return generator
    made = registry.build(generator.kind, generator.params)
    if made.inputs:
        return generator
    own = columns.text(made.values(Draw(np.arange(_OTHERS), Stream(0)))).to_pylist()
    values = list(dict.fromkeys((*wanted, *own)))
    others = max(1, len(values) - len(wanted))
    weights = [others if value in wanted else len(wanted) for value in values]
    return GeneratorPlan("choice", {"values": values, "weights": weights}, generator.null_permille)


def missing(wanted: Sequence[str], generator: GeneratorPlan, needed: int, registry: Registry) -> tuple[str, ...]:
    """Return the wanted values that are not among the first distinct ones that a generator makes."""
    if not wanted or generator.kind in ("null", "foremost"):
        return ()
    made = registry.build(generator.kind, generator.params)
    if made.capacity is None or made.inputs:
        return ()
    numbers = np.arange(min(needed, made.capacity, _COMPARED), dtype=np.int64)
    there = set(columns.text(made.at(numbers, Draw(numbers, Stream(0)))).to_pylist())
    return tuple(value for value in wanted if value not in there)
