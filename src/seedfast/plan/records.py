"""Columns whose values are listed, in rows that a data pack's record describes: the record is one that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from seedfast.constraints.domain import Branch
from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.packs.pack import SHARED, Options
from seedfast.packs.sorts import agrees
from seedfast.packs.topics import narrowed
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.spec import GeneratorPlan, Pick, ReferencePlan
from seedfast.plan.within import meant, telling
from seedfast.semantics.domains import Domain
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.words import words
from seedfast.values.registry import Registry

_KEYS = frozenset({"id", "key", "code", "no", "number", "ref", "uuid", "fk"})
_TITLES = ("name", "title", "label")
_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})

LISTED = "pack.choice"
"""The kind of value that says of a row's record which of a column's values it is."""

Readings = Mapping[str, tuple[Meaning, ...]]
"""What each column means, best first."""

_Address = tuple[str, str, str, tuple[str, ...]]
_CHOSEN = frozenset({"pack", "record", "slot", "topics", "within", "group_key"})


def read_records(draft: Draft, registry: Registry) -> list[Readings]:
    """Return what columns mean, branch by branch: those of one record agree with the values that a branch lists."""
    if draft.varied:
        return [dict(draft.meanings) for _ in draft.branches]
    records: dict[_Address, list[tuple[str, Meaning]]] = defaultdict(list)
    for column in draft.table.columns:
        first = next(iter(draft.meanings.get(column.name, ())), None)
        if first is not None and first.kind.startswith("pack.") and first.params["record"] != SHARED:
            records[_address(first.params)].append((column.name, first))
    readings = [dict(draft.meanings) for _ in draft.branches]
    for (pack, name, _, topics), columns in records.items():
        record = narrowed(registry.packs.pack(pack), name, topics)
        distinct = any({title for title, _ in columns} & set(key.columns) for key in draft.table.unique_keys)
        for number, read in enumerate(readings):
            lists: dict[str, list[str]] = {}
            named = []
            for title, meaning in columns:
                slot, values = str(meaning.params["slot"]), _listed(draft, title, None if distinct else number)
                if values and slot not in lists and agrees(record, lists, slot, values):
                    lists[slot] = values
                    named.append(title)
            if not lists:
                continue
            for title, meaning in columns:
                params = {**meaning.params, "within": lists}
                changed = replace(meaning, params=params)
                if title in named:
                    kept = {key: params[key] for key in params if key in _CHOSEN}
                    changed = replace(meaning, kind=LISTED, params=kept)
                read[title] = (changed, *draft.meanings[title][1:])
    return list(readings)


def _listed(draft: Draft, name: str, number: int | None) -> list[str] | None:
    """Return the values that a column has in a branch, where they are listed and nothing else is asked of them.

    For no branch in particular they are those that it may have in every one: a key counts records of one kind.
    """
    if name in draft.owners or name in draft.overrides or name in draft.referenced:
        return None
    if any(name in key.columns for key in draft.table.unique_keys):
        return None
    column = draft.table.column(name)
    found = [_allowed(column, one) for one in (draft.branches if number is None else [draft.branches[number]])]
    if any(values is None for values in found):
        return None
    return [value for value in found[0] or () if all(value in (values or ()) for values in found)]


def _allowed(column: Column, branch: Branch) -> list[str] | None:
    """Return the values that a branch lists for a column, None where it doesn't, or ties it to others."""
    domain, storage = branch.domain(column.name), column.type.storage
    values = domain.allowed
    if values is None and storage.form is TypeForm.ENUM:
        values = storage.labels
    if values is None or any(column.name in (one.left, one.right) for one in branch.relations):
        return None
    kept = [value for value in values if value not in domain.excluded]
    plain = all(isinstance(value, str) or type(value) is int for value in kept)
    return [str(value) for value in kept] if plain else None


def follow_parents(draft: Draft, drafts: Drafts, domain: Domain, registry: Registry) -> None:
    """Let a row's record be one that its parents name: a product of its category, by its brand.

    A foreign key is called what a column of the record would be, and points at rows that have a name.
    """
    found: dict[_Address, list[dict[str, str]]] = {}
    for generators in draft.generators.values():
        found |= {_address(params): [] for generator in generators for params in _packed(generator)}
    for (pack, record, _, topics), told in found.items():
        if record == SHARED or registry.packs.pack(pack).records[record].listed:
            continue
        first = narrowed(registry.packs.pack(pack), record, topics).leaves[0]
        for reference in draft.references.values():
            slot = domain.slot(pack, record, _called(reference), frozenset(words(draft.name.name)))
            parent = drafts[reference.parent]
            title = _title(parent.table)
            if slot is None or not isinstance(first.slots[slot], Options) or title is None:
                continue
            plain = parent.name != draft.name and reference.pick is not Pick.HOME and known(parent, title)
            if plain and slot not in {one["slot"] for one in told}:
                told.append({"slot": slot, "column": look_up(draft, reference, title)})
    for name, generators in draft.generators.items():
        changed = tuple(_with(generator, found) for generator in generators)
        if changed != generators:
            draft.generators[name] = changed
            parents = dict.fromkeys(draft.lookups[one["column"]].reference for each in found.values() for one in each)
            draft.reasons[name] = f"{draft.reasons.get(name, '')}; as {', '.join(parents)} has it".lstrip("; ")


def _packed(generator: GeneratorPlan) -> Iterator[Mapping[str, Any]]:
    """Yield the parameters of a generator that draws from a pack's record, also where it is kept within a pattern."""
    made = meant(generator)
    if made.kind.startswith("pack."):
        yield made.params


def _address(params: Mapping[str, Any]) -> _Address:
    return params["pack"], params["record"], params.get("group_key", ""), tuple(params.get("topics", ()))


def _with(generator: GeneratorPlan, found: Mapping[_Address, list[dict[str, str]]]) -> GeneratorPlan:
    """Return a generator whose record is told what the row's parents are called."""
    for params in _packed(generator):
        told = [one for one in found[_address(params)] if one["slot"] not in params.get("within", {})]
        if told:
            return telling(generator, told=told)
    return generator


def _called(reference: ReferencePlan) -> tuple[str, ...]:
    """Return what a foreign key's column calls what it points at: ``category_id`` a category."""
    said = words(reference.columns[-1])
    return said[:-1] if len(said) > 1 and said[-1] in _KEYS else said


def _title(table: Table) -> str | None:
    """Return the column that holds what a table's rows are called, None where there is none."""
    own = words(table.name.name)
    for ends in _TITLES:
        for column in table.columns:
            said = words(column.name)
            if column.type.storage.name in _TEXTS and said[-1:] == (ends,) and set(said[:-1]) <= set(own):
                return column.name
    return None
