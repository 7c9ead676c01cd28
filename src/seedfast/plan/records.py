"""Columns whose values are listed, in rows that a data pack's record describes: the record is one that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from seedfast.model.types import TypeForm
from seedfast.packs.pack import SHARED
from seedfast.packs.sorts import agrees
from seedfast.packs.topics import narrowed
from seedfast.plan.draft import Draft
from seedfast.semantics.meaning import Meaning
from seedfast.values.registry import Registry

LISTED = "pack.choice"
"""The kind of value that says of a row's record which of a column's values it is."""

Readings = Mapping[str, tuple[Meaning, ...]]
"""What each column means, best first."""

_Address = tuple[str, str, str, tuple[str, ...]]
_CHOSEN = frozenset({"pack", "record", "slot", "topics", "within", "group_key"})


def read_records(draft: Draft, registry: Registry) -> list[Readings]:
    """Return what columns mean, branch by branch: those of one record agree with the values that a branch lists."""
    records: dict[_Address, list[tuple[str, Meaning]]] = defaultdict(list)
    for column in draft.table.columns:
        first = next(iter(draft.meanings.get(column.name, ())), None)
        if first is not None and first.kind.startswith("pack.") and first.params["record"] != SHARED:
            params = first.params
            address: _Address = params["pack"], params["record"], params["group_key"], tuple(params.get("topics", ()))
            records[address].append((column.name, first))
    readings = [dict(draft.meanings) for _ in draft.branches]
    for (pack, name, _, topics), columns in records.items():
        record = narrowed(registry.packs.pack(pack), name, topics)
        for number, read in enumerate(readings):
            lists: dict[str, list[str]] = {}
            named = []
            for title, meaning in columns:
                slot, values = str(meaning.params["slot"]), _listed(draft, title, number)
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


def _listed(draft: Draft, name: str, number: int) -> list[str] | None:
    """Return the values that a column has in a branch, where they are listed and nothing else is asked of them."""
    column, branch = draft.table.column(name), draft.branches[number]
    domain, storage = branch.domain(name), column.type.storage
    values = domain.allowed
    if values is None and storage.form is TypeForm.ENUM:
        values = storage.labels
    if values is None or name in draft.owners or name in draft.overrides or name in draft.referenced:
        return None
    if any(name in key.columns for key in draft.table.unique_keys):
        return None
    if any(name in (one.left, one.right) for one in branch.relations):
        return None
    kept = [value for value in values if value not in domain.excluded]
    plain = all(isinstance(value, str) or type(value) is int for value in kept)
    return [str(value) for value in kept] if plain else None
