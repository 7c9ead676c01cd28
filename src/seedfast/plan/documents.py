"""JSON columns of which nothing is demanded: documents of a stable shape that repeat what the row says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.plan.within import meant
from seedfast.semantics.classify import shared_group
from seedfast.semantics.documents import Members, Shape, Value, facts_of, shape_of
from seedfast.semantics.words import words

_PLAIN = "json.object"
_PLAIN_ELEMENT = "text.words"
_ANY = Shape(
    {
        "source": Value(choices=("web", "mobile", "api", "import")),
        "reviewed": Value(choices=("false", "true"), raw=True),
    },
    3,
)
"""What documents hold that must be objects where the name speaks of a list."""

_GROUPS = frozenset({"person", "place", "company"})
_PLACED = ("place_key", "place_of", "place_in", "countries")
_REPEATED = frozenset({"text", "varchar", "bpchar", "citext", "int2", "int4", "int8", "numeric"})
_NUMBERS = frozenset({"int2", "int4", "int8", "numeric"})
_MOST_LISTED = 3


def shape_documents(draft: Draft, seed: int) -> None:
    """Give documents the members that their column's name calls for, and let them repeat facts of their row."""
    for column in draft.table.columns:
        made = draft.generators.get(column.name, ())
        counted = f"column {column.name}" in draft.digits or column.name in draft.overrides
        shape = shape_of(column.name, draft.name.name)
        if not made or counted or shape is None:
            continue
        confined = any(domain.parts for domain in draft.domains(column.name))
        shaped = tuple(_shaped(draft, column.name, one, shape, seed, confined=confined) for one in made)
        if shaped != made:
            draft.generators[column.name] = shaped
            draft.reasons[column.name] = f"a document of {', '.join(_names(shaped[0])) or 'some entries'}"


def _shaped(
    draft: Draft, column: str, made: GeneratorPlan, shape: Shape, seed: int, *, confined: bool
) -> GeneratorPlan:
    """Return the generator of documents of a shape, as far as what is demanded of them leaves room for it."""
    if made.kind == _PLAIN:
        fitting = _ANY if confined and shape.is_list else shape
        return replace(_document(draft, column, fitting, seed), null_permille=made.null_permille)
    if made.kind == "json.document" and made.params.get("base", {}).get("kind") == _PLAIN and not shape.is_list:
        demanded = {member["name"] for member in made.params["members"]}
        base = _document(draft, column, shape, seed)
        rest = [member for member in base.params["members"] if member["name"] not in demanded]
        under = {"kind": base.kind, "params": {**base.params, "members": rest}}
        return replace(made, params={**made.params, "base": under})
    plain_list = made.kind == "array" and made.params.get("json") and "includes" not in made.params
    if plain_list and shape.is_list and made.params["element"]["kind"] == _PLAIN_ELEMENT:
        told = _document(draft, column, shape, seed).params
        return replace(made, params={**told, "low": made.params["low"], "high": made.params["high"], "distinct": False})
    return made


def _document(draft: Draft, column: str, shape: Shape, seed: int) -> GeneratorPlan:
    reader = _Members(draft, column, shape, seed)
    if shape.listed is not None:
        return GeneratorPlan("array", reader.several(shape.listed))
    facts = [_fact(draft, name) for name in _repeated(draft, column)[: shape.facts]]
    if not shape.under:
        taken = {fact["name"] for fact in facts}
        members = [*facts, *(member for member in reader.members(shape.members) if member["name"] not in taken)]
    else:
        members = reader.members(shape.members, shape.under, facts)
    if shape.of_many:
        element = {"kind": "json.document", "params": {"members": members}}
        return GeneratorPlan("array", {"json": True, "raw": True, "element": element, "low": 1, "high": _MOST_LISTED})
    return GeneratorPlan("json.document", {"members": members})


@dataclass(frozen=True, slots=True)
class _Members:
    """A shape's members as those of one table's column."""

    draft: Draft
    column: str
    shape: Shape
    seed: int

    def members(
        self, told: Members, under: tuple[str, ...] = (), facts: Sequence[dict[str, Any]] = ()
    ) -> list[dict[str, Any]]:
        """Return the members that are told, with facts at the end of the path of members that they are under."""
        if facts and not under:
            names = {fact["name"] for fact in facts}
            return [*(one for one in self.members(told) if one["name"] not in names), *facts]
        made = []
        for name, value in told.items():
            if isinstance(value, Value):
                made.append(self._member(name, value))
            else:
                below = (under[1:], facts) if under[:1] == (name,) else ((), ())
                made.append(self._nested(name, self.members(value, *below)))
        if facts and under[0] not in told:
            made.append(self._nested(under[0], self.members({}, under[1:], facts)))
        return made

    def several(self, value: Value) -> dict[str, Any]:
        """Return the parameters of a list of different values."""
        if value.choices:
            element = {"kind": "choice", "params": {"values": list(value.choices)}}
            high = min(_MOST_LISTED, len(value.choices))
            return {"json": True, "raw": value.raw, "element": element, "low": 1, "high": high, "distinct": True}
        element = {"kind": value.kind, "params": dict(value.params)}
        return {"json": True, "raw": value.raw, "element": element, "low": 1, "high": _MOST_LISTED}

    @staticmethod
    def _nested(name: str, members: list[dict[str, Any]]) -> dict[str, Any]:
        params: dict[str, Any] = {"members": members}
        if members and all(member["name"].isdigit() for member in members):
            params["listed"] = True
        return {"name": name, "raw": True, "kind": "json.document", "params": params}

    def _member(self, name: str, value: Value) -> dict[str, Any]:
        """Return a member: of the row's person or place where its kind is one's, if the column speaks of no other."""
        if value.several:
            return {"name": name, "kind": "array", "params": self.several(value), "raw": True}
        if value.choices and name in self.shape.together:
            key = shared_group(self.draft.table, self.seed, "document", self.column, *sorted(self.shape.together))
            params: dict[str, Any] = {"values": list(value.choices), "group_key": key}
            return {"name": name, "kind": "accepted", "params": params, "raw": value.raw}
        if value.choices:
            return {"name": name, "kind": "choice", "params": {"values": list(value.choices)}, "raw": value.raw}
        grouped = self._grouped(value)
        own = self._said_by_row(value.kind, grouped.get("group_key"))
        if own is not None:
            return {**_fact(self.draft, own), "name": name}
        return {"name": name, "kind": value.kind, "params": {**value.params, **grouped}, "raw": value.raw}

    def _said_by_row(self, kind: str, group: str | None) -> str | None:
        """Return the column that says of the same person, place or company what a member would say."""
        for column in self.draft.table.columns if group is not None else ():
            made = [meant(one) for one in self.draft.generators.get(column.name, ())]
            repeated = column.type.storage.name in _REPEATED
            if repeated and made and all(one.kind == kind and one.params.get("group_key") == group for one in made):
                return column.name
        return None

    def _grouped(self, value: Value) -> dict[str, Any]:
        """Return what makes a value one of the row's own person, place or company."""
        draft, family = self.draft, value.kind.partition(".")[0]
        if family not in _GROUPS:
            return {}
        at = [meant(one).params for plans in draft.generators.values() for one in plans]
        where = next((params for params in at if "place_key" in params), {})
        apart = [word for word in words(self.column)[:-1] if word not in words(draft.name.name)]
        own = shared_group(draft.table, self.seed, family, *([" ".join(apart)] if apart else []))
        return {"group_key": own, **{name: where[name] for name in _PLACED if name in where}}


def _fact(draft: Draft, column: str) -> dict[str, Any]:
    number = draft.table.column(column).type.storage.name in _NUMBERS
    return {"name": column, "kind": "relative.equal", "params": {"column": column}, "raw": number}


def _repeated(draft: Draft, column: str) -> list[str]:
    """Return the columns of a row whose values can be repeated, which hang on no document themselves."""
    names = [
        one.name
        for one in draft.table.columns
        if one.name != column and one.name in draft.generators and one.type.storage.name in _REPEATED
    ]
    return facts_of(names, frozenset(words(draft.name.name)))


def _names(planned: GeneratorPlan) -> list[str]:
    told = planned.params.get("element", {}).get("params", {}) if planned.kind == "array" else planned.params
    beneath = told.get("base", {}).get("params", {}).get("members", ())
    return [str(member["name"]) for member in (*beneath, *told.get("members", ()))]
