"""Columns whose values come as tuples that were found to fit each other: one unit of every key that counts one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from seedfast.model.table import Table
from seedfast.plan.draft import Draft


def projections(table: Table, names: Sequence[str]) -> list[tuple[int, ...]]:
    """Return, for every key that holds some of the columns, the places of those among ``names``."""
    held = ({column for part in key.parts for column in part.columns} for key in table.unique_keys)
    found = (tuple(n for n, name in enumerate(names) if name in columns) for columns in held)
    return list(dict.fromkeys(places for places in found if places))


def apart(tuples: Iterable[Sequence[object]], places: Sequence[tuple[int, ...]]) -> list[int]:
    """Return the numbers of the tuples that no tuple before them equals in any of the projections."""
    seen: list[set[tuple[object, ...]]] = [set() for _ in places]
    kept = []
    for number, values in enumerate(tuples):
        held = [tuple(values[place] for place in chosen) for chosen in places]
        if not any(one in known for one, known in zip(held, seen, strict=True)):
            kept.append(number)
            for one, known in zip(held, seen, strict=True):
                known.add(one)
    return kept


def together(draft: Draft, name: str) -> tuple[str, ...]:
    """Return the columns that take the values of one tuple with a column, itself among them; just it where none do."""
    group = _group(draft, name)
    if group is None:
        return (name,)
    return tuple(column.name for column in draft.table.columns if _group(draft, column.name) == group)


def tell_apart(draft: Draft) -> None:
    """Leave, of the tuples of each group of which keys hold columns, those that such keys tell apart."""
    done: set[str] = set()
    for column in draft.table.columns:
        names = together(draft, column.name)
        if len(names) == 1 or done & set(names):
            continue
        done |= set(names)
        if places := projections(draft.table, names):
            for branch in range(len(draft.generators[names[0]])):
                _leave(draft, names, branch, places)


def _leave(draft: Draft, names: Sequence[str], branch: int, places: Sequence[tuple[int, ...]]) -> None:
    made = [draft.generators[name][branch] for name in names]
    lists = [list(one.params["values"]) for one in made]
    kept = apart(zip(*lists, strict=True), places)
    for name, one, values in zip(names, made, lists, strict=True):
        params = {**one.params, "values": [values[number] for number in kept], "apart": True}
        generators = list(draft.generators[name])
        generators[branch] = replace(one, params=params)
        draft.generators[name] = tuple(generators)


def _group(draft: Draft, name: str) -> tuple[str, ...] | None:
    made = draft.generators.get(name)
    if not made or any(one.kind != "accepted" for one in made):
        return None
    return tuple(str(one.params["group_key"]) for one in made)
