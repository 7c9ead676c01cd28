"""Values whose parts are constrained: documents by their members, arrays by their elements, ranges by their ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from seedfast.constraints.branches import intersect
from seedfast.constraints.constants import DECIMALS, INTEGERS
from seedfast.constraints.domain import Aspect, Bound, Domain, Nullness, Part
from seedfast.constraints.parts import base_type, is_document
from seedfast.constraints.pattern import compile_recogniser
from seedfast.constraints.recognise import Recogniser
from seedfast.model.types import SqlType, TypeForm
from seedfast.plan.spec import GeneratorPlan
from seedfast.rng import Stream
from seedfast.values import columns
from seedfast.values.bytype import Chosen
from seedfast.values.kind import Draw
from seedfast.values.registry import Registry

Within = Callable[[str, SqlType, Domain], GeneratorPlan | None]
"""Chooses a generator for a part of its own name and type."""

_SAMPLE = 512
"""Numbers that must all meet the patterns of their text before any is made so."""

_MORE = 3
"""How many more elements than it must have an array gets at the most."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes values of a type whose parts are constrained: the type's own generator, and one for each part."""

    type: SqlType
    plain: Chosen | None
    within: Within
    registry: Registry

    def shaped(self, domain: Domain) -> GeneratorPlan | None:
        """Return a generator whose values have parts as the domain demands, None where that isn't possible."""
        storage = self.type.storage
        if is_document(storage):
            return self._document(domain)
        if storage.form is TypeForm.ARRAY and storage.element is not None:
            return self._array(domain, storage.element)
        if storage.form is TypeForm.COMPOSITE:
            return self._composite(domain)
        if storage.form is TypeForm.RANGE:
            return self._range(domain)
        return None

    # Arrays.

    def _array(self, domain: Domain, element: SqlType) -> GeneratorPlan | None:
        parts = {part.aspect: found for part, found in domain.parts if part.detail is None}
        met = [part.detail for part, found in domain.parts if part.aspect is Aspect.INCLUDES and _demanded(found)]
        banned = [part.detail for part, found in domain.parts if part.aspect is Aspect.INCLUDES and _denied(found)]
        wanted = [written(value) for value in met if value is not None]
        inner: Domain | None = parts.get(Aspect.ELEMENT, Domain())
        if inner is not None and banned:
            inner = intersect(inner, Domain(excluded=tuple(value for value in banned if value is not None)))
        made = None if inner is None else self.within("VALUE", element, inner)
        if made is None:
            return None
        low, high = _counts(parts.get(Aspect.SIZE, Domain()), len(wanted))
        params: dict[str, Any] = {**(self.plain.params if self.plain is not None else {})}
        params |= {"element": {"kind": made.kind, "params": dict(made.params)}, "low": low, "high": high}
        if inner is not None and inner.allowed is not None and low <= len(inner.allowed) and not wanted:
            params |= {"high": min(high, len(inner.allowed)), "distinct": True}
        return GeneratorPlan("array", params | ({"includes": wanted} if wanted else {}))

    # Composites.

    def _composite(self, domain: Domain) -> GeneratorPlan | None:
        fields = []
        for attribute in self.type.storage.attributes:
            own = Domain()
            below: list[tuple[Part, Domain]] = []
            for part, found in domain.parts:
                if part.steps[:1] != (attribute.name,):
                    continue
                if part.aspect is Aspect.FIELD and len(part.steps) == 1:
                    own = found
                else:
                    below.append((replace(part, steps=part.steps[1:]), found))
            own = replace(own, parts=tuple(below))
            made = self.within(attribute.name, attribute.type, own)
            if own.nullness is Nullness.ALWAYS or (made is None and own.nullness is not Nullness.NEVER):
                made = GeneratorPlan("constant", {"value": ""}, 1000)
            if made is None:
                return None
            fields.append(
                {
                    "name": attribute.name,
                    "kind": made.kind,
                    "params": dict(made.params),
                    "null_permille": 1000 if made.null_permille == 1000 else 0,
                }
            )
        return GeneratorPlan("composite", {"fields": fields})

    # Ranges.

    def _range(self, domain: Domain) -> GeneratorPlan | None:
        parts = {part.aspect: found for part, found in domain.parts}
        if _demanded(parts.get(Aspect.EMPTY, Domain())):
            return GeneratorPlan("constant", {"value": "empty"})
        if self.plain is None:
            return None
        if self.plain.kind != "range":
            return GeneratorPlan(self.plain.kind, self.plain.params)
        params: dict[str, Any] = {"low": None, "high": None, **self.plain.params}
        of = str(params["of"])
        lower, upper = parts.get(Aspect.LOWER, Domain()), parts.get(Aspect.UPPER, Domain())
        for name, end in (("low", _first(lower)), ("high", _last(upper)), ("start_high", _last(lower))):
            if end is not None:
                params[name] = _tick_written(end, of)
        if (end := _first(upper)) is not None:
            params["end_low"] = _tick_written(end, of)
        width = parts.get(Aspect.WIDTH, Domain())
        for name, end in (("width_low", _first(width)), ("width_high", _last(width))):
            if end is not None:
                params[name] = max(1, _ticks(end[0], of, int(params.get("scale", 0))) + end[1])
        form = "".join(
            (
                "(" if _denied(parts.get(Aspect.LOWER_INCLUDED, Domain())) else "[",
                "]" if _demanded(parts.get(Aspect.UPPER_INCLUDED, Domain())) else ")",
            )
        )
        opened = [
            name
            for name, aspect in (("low", Aspect.LOWER_OPEN), ("high", Aspect.UPPER_OPEN))
            if _demanded(parts.get(aspect, Domain())) or _absent_end(parts, aspect)
        ]
        placed = {"start_high", "end_low"} & set(params) or form != "[)" or opened
        params = {name: value for name, value in params.items() if value is not None}
        if not placed:
            return GeneratorPlan("range", params)
        return GeneratorPlan("range.placed", {**params, "form": form, "open": opened})

    # Documents.

    def _document(self, domain: Domain) -> GeneratorPlan | None:
        node = _Node()
        for part, found in domain.parts:
            node.take(part, found)
        if self.type.storage.name == "hstore":
            return self._map(node)
        made = self._node("document", node, self._base(node))
        if made is None or made[0].kind in ("json.document", "json.object", "array"):
            return None if made is None else made[0]
        generator, raw = made
        return GeneratorPlan("json.scalar", {"kind": generator.kind, "params": dict(generator.params), "raw": raw})

    def _map(self, node: _Node) -> GeneratorPlan | None:
        members = []
        for name, member in node.members.items():
            if member.forbidden:
                continue
            made = self._scalar(name, member, None)
            if made is None:
                return None
            members.append({"name": name, "kind": made[0].kind, "params": dict(made[0].params)})
        return GeneratorPlan("hstore.entries", {"members": members})

    def _base(self, node: _Node) -> Chosen | None:
        """Return the type's own generator where its members get in nobody's way."""
        if (
            self.plain is None
            or node.size is not None
            or node.keys is not None
            or node.kind.allowed not in (None, ("object",))
        ):
            return None
        sample = self.registry.build(self.plain.kind, self.plain.params).values(Draw(np.arange(1), Stream(0)))
        document = json.loads(sample[0].as_py())
        if isinstance(document, list) and node.kind.allowed == ("object",) and not node.members:
            return Chosen(self.plain.kind, {"shape": "metadata"})
        return self.plain if isinstance(document, dict) and document and not set(document) & set(node.members) else None

    def _node(self, name: str, node: _Node, base: Chosen | None = None) -> tuple[GeneratorPlan, bool] | None:
        """Return a generator for a piece of a document, and whether what it makes is JSON already."""
        form = node.form()
        if form == "object":
            return self._object(node, base)
        if form == "array":
            return self._list(node)
        if base is not None and node.kind.allowed is None:
            return GeneratorPlan(base.kind, base.params), True
        return self._scalar(name, node, form)

    def _object(self, node: _Node, base: Chosen | None) -> tuple[GeneratorPlan, bool] | None:
        members = []
        for name in dict.fromkeys((*node.members, *(node.keys or ()))):
            member = node.members.get(name) or _Node()
            if member.forbidden or (node.keys is not None and name not in node.keys):
                continue
            made = self._node(name, member)
            if made is None:
                return None
            generator, raw = made
            members.append({"name": name, "kind": generator.kind, "params": dict(generator.params), "raw": raw})
        params: dict[str, Any] = {"members": members}
        if base is not None:
            if not members:
                return GeneratorPlan(base.kind, base.params), True
            params["base"] = base.written()
        return GeneratorPlan("json.document", params), True

    def _list(self, node: _Node) -> tuple[GeneratorPlan, bool]:
        low, high = _counts(node.size or Domain(), len(node.includes))
        element = {"kind": "text.words", "params": {"max_length": 20}}
        params: dict[str, Any] = {"element": element, "low": low, "high": high, "json": True}
        return GeneratorPlan("array", params | ({"includes": node.includes} if node.includes else {})), True

    def _scalar(self, name: str, node: _Node, form: str | None) -> tuple[GeneratorPlan, bool] | None:
        if form == "null":
            return GeneratorPlan("constant", {"value": "null"}), True
        raw = form in ("number", "boolean")
        if node.casts and node.text.allowed is None:
            kind, domain = node.read_as()
            made = None if domain is None else self.within(name, base_type(kind), domain)
            if kind == "bool" and domain is not None and domain.allowed is not None:
                values = ["true" if value else "false" for value in domain.allowed]
                made = GeneratorPlan("choice", {"values": values})
            bare = kind in INTEGERS | DECIMALS | {"bool"}
            if made is None or not self._matches(made, node.text):
                return None
            return made, raw or (bare and form is None)
        plain = {"number": "int4", "boolean": "bool"}.get(form or "")
        if plain is not None and node.text.allowed is None:
            made = self.within(name, base_type(plain), Domain())
            return None if made is None else (made, True)
        made = self.within(name, base_type("text"), node.text)
        return None if made is None else (made, raw)

    def _matches(self, made: GeneratorPlan, text: Domain) -> bool:
        """Tell whether values of another type look as patterns want their text."""
        if not text.patterns:
            return True
        automaton = compile_recogniser(text.patterns)
        if automaton is None:
            return False
        sample = self.registry.build(made.kind, made.params).values(Draw(np.arange(_SAMPLE), Stream(0)))
        return bool(Recogniser(automaton).accepts(columns.text(sample)).all())


@dataclass(slots=True)
class _Node:
    """A piece of a document, as far as anything is said of it."""

    kind: Domain = field(default_factory=Domain)
    text: Domain = field(default_factory=Domain)
    casts: dict[str, Domain] = field(default_factory=dict)
    size: Domain | None = None
    includes: list[str] = field(default_factory=list)
    keys: tuple[str, ...] | None = None
    members: dict[str, _Node] = field(default_factory=dict)
    forbidden: bool = False

    def take(self, part: Part, domain: Domain) -> None:
        """Note what is said of a part."""
        node = self
        for step in part.steps:
            node = node.members.setdefault(step, _Node())
        match part.aspect:
            case Aspect.HAS:
                member = node.members.setdefault(str(part.detail), _Node())
                member.forbidden = member.forbidden or _denied(domain)
            case Aspect.KEY if domain.allowed is not None:
                node.keys = tuple(map(str, domain.allowed))
            case Aspect.KIND:
                node.kind = domain
            case Aspect.SIZE:
                node.size = domain
            case Aspect.INCLUDES if _demanded(domain):
                node.includes.append(str(part.detail))
            case Aspect.TEXT if part.cast is not None:
                node.casts[part.cast] = domain
            case Aspect.TEXT:
                node.text = domain
                node.forbidden = node.forbidden or domain.nullness is Nullness.ALWAYS

    def form(self) -> str | None:
        """Return what jsonb_typeof says of the piece, None where that is open."""
        allowed = self.kind.allowed
        natural = (
            "object"
            if self.members or self.keys is not None
            else "array"
            if self.size is not None or self.includes
            else None
        )
        if allowed:
            return natural if natural in allowed else next((str(kind) for kind in allowed if kind != "null"), "null")
        return natural

    def read_as(self) -> tuple[str, Domain | None]:
        """Return the strictest type that the piece is read as, and what is left to it."""
        names = sorted(self.casts, key=lambda name: (name not in INTEGERS, name not in DECIMALS, name))
        domain: Domain | None = self.casts[names[0]]
        for name in names[1:]:
            domain = None if domain is None else intersect(domain, self.casts[name])
        return names[0], domain


def _demanded(domain: Domain) -> bool:
    return domain.allowed == (True,)


def _denied(domain: Domain) -> bool:
    return domain.allowed == (False,)


def _absent_end(parts: Mapping[Aspect, Domain], aspect: Aspect) -> bool:
    end = Aspect.LOWER if aspect is Aspect.LOWER_OPEN else Aspect.UPPER
    return parts.get(end, Domain()).nullness is Nullness.ALWAYS


def written(value: Any) -> Any:
    """Return a constant in PostgreSQL's input syntax."""
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _counts(size: Domain, least: int) -> tuple[int, int]:
    """Return the fewest and most elements."""
    if size.allowed is not None:
        fit = [int(str(value)) for value in size.allowed if int(str(value)) >= least]
        return (fit[0], fit[0]) if fit else (least, least)
    low, high = _whole(size.low, up=True), _whole(size.high, up=False)
    first = max(low if low is not None else 1 if high is None or high > 0 else 0, least)
    while first in size.excluded:
        first += 1
    last = first + _MORE if high is None else min(high, first + _MORE)
    ends = [value for value in size.excluded if isinstance(value, int) and first <= value <= last]
    return first, max(first, min(ends) - 1 if ends else last)


def _whole(bound: Bound | None, *, up: bool) -> int | None:
    if bound is None:
        return None
    value = int(str(bound.value))
    return value if bound.inclusive else value + (1 if up else -1)


def _listed(domain: Domain) -> list[Any]:
    return list(domain.allowed or ())


def _first_bound(domain: Domain) -> Any:
    return domain.low.value if domain.low is not None else min(_listed(domain), default=None)


def _last_bound(domain: Domain) -> Any:
    return domain.high.value if domain.high is not None else max(_listed(domain), default=None)


def _first(domain: Domain) -> tuple[Any, int] | None:
    """Return the lowest end that the domain allows, and how many ticks beyond it the first one lies."""
    value = _first_bound(domain)
    return None if value is None else (value, int(domain.low is not None and not domain.low.inclusive))


def _last(domain: Domain) -> tuple[Any, int] | None:
    value = _last_bound(domain)
    return None if value is None else (value, -int(domain.high is not None and not domain.high.inclusive))


def _tick_written(end: tuple[Any, int], of: str) -> Any:
    value, ticks = end
    if of == "integer":
        return int(value) + ticks
    if of == "decimal":
        return format(Decimal(value) + Decimal(ticks) / 100, "f")
    if of == "date":
        return (value + timedelta(days=ticks)).isoformat()[:10]
    if of == "timestamp":
        return (value + timedelta(seconds=ticks)).isoformat()
    return value.isoformat()


def _ticks(value: Any, of: str, scale: int) -> int:
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return int(Decimal(value).scaleb(scale if of == "decimal" else 0))


def nested_inputs(params: Any) -> Iterator[str]:
    """Return the sibling columns that a generator's parameters name, at any depth."""
    if isinstance(params, Mapping):
        for name, value in params.items():
            if name == "column" and isinstance(value, str):
                if not value.startswith("."):
                    yield value
            elif name == "sum" and isinstance(value, Mapping):
                yield from value
            else:
                yield from nested_inputs(value)
    elif isinstance(params, (list, tuple)):
        for value in params:
            yield from nested_inputs(value)
