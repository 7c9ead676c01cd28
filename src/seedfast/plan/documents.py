"""JSON columns of which nothing is demanded: documents of a stable shape that repeat what the row says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.semantics.classify import shared_group
from seedfast.semantics.documents import Shape, facts_of, shape_of
from seedfast.semantics.words import words

_PLAIN = "json.object"
_GROUPS = frozenset({"person", "place"})
_BARE = frozenset({"true", "false"})
_REPEATED = frozenset({"text", "varchar", "bpchar", "citext", "int2", "int4", "int8", "numeric"})
_NUMBERS = frozenset({"int2", "int4", "int8", "numeric"})
_MOST_LISTED = 3


def shape_documents(draft: Draft, seed: int) -> None:
    """Give documents the members that their column's name calls for, and let them repeat facts of their row."""
    for column in draft.table.columns:
        made = draft.generators.get(column.name, ())
        counted = f"column {column.name}" in draft.digits or column.name in draft.overrides
        if not made or counted or any(one.kind != _PLAIN for one in made):
            continue
        shape = shape_of(column.name)
        if shape is None:
            continue
        planned = _document(draft, column.name, shape, seed)
        draft.generators[column.name] = tuple(replace(planned, null_permille=one.null_permille) for one in made)
        draft.reasons[column.name] = f"a document of {', '.join(_names(planned)) or 'some entries'}"


def _document(draft: Draft, column: str, shape: Shape, seed: int) -> GeneratorPlan:
    if shape.listed:
        element = {"kind": "choice", "params": {"values": list(shape.listed)}}
        listed = {"json": True, "element": element, "low": 1, "high": _MOST_LISTED, "distinct": True}
        return GeneratorPlan("array", listed)
    members = [_member(draft, name, told, column, seed) for name, told in shape.members.items()]
    facts = [_fact(draft, name) for name in _repeated(draft, column)[: shape.facts]]
    if facts and shape.under is not None:
        inner = {"kind": "json.document", "params": {"members": facts}}
        members.append({"name": shape.under, "raw": True, **inner})
    else:
        taken = {fact["name"] for fact in facts}
        members = [*facts, *(member for member in members if member["name"] not in taken)]
    return GeneratorPlan("json.document", {"members": members})


def _member(draft: Draft, name: str, told: str | tuple[str, ...], column: str, seed: int) -> dict[str, Any]:
    """Return a member: of the row's person or place where its kind is one's, unless the column speaks of another."""
    if isinstance(told, str):
        family = told.partition(".")[0]
        params: dict[str, Any] = {}
        if family in _GROUPS:
            at = (one.params for plans in draft.generators.values() for one in plans if one.kind.startswith("place."))
            where = next((params for params in at if "place_key" in params), {})
            apart = [word for word in words(column)[:-1] if word not in words(draft.name.name)]
            params = {"group_key": shared_group(draft.table, seed, family, *([" ".join(apart)] if apart else []))}
            params |= {name: where[name] for name in ("place_key", "place_of") if name in where}
        number = told in ("place.latitude", "place.longitude")
        return {"name": name, "kind": told, "params": params, "raw": number}
    raw = all(value in _BARE or value.isdigit() for value in told)
    return {"name": name, "kind": "choice", "params": {"values": list(told)}, "raw": raw}


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
    return [str(member["name"]) for member in planned.params.get("members", ())]
