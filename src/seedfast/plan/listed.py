"""Columns that take their values from short lists and must be in order with one another: they draw together."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from seedfast.constraints.domain import Branch
from seedfast.constraints.linear import difference
from seedfast.constraints.predicate import Op
from seedfast.plan import measures
from seedfast.plan.cells import Bond, components
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.rng import key

_MOST = 4096
"""So many combinations are looked through at most."""

_COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
}


def draw_together(draft: Draft, seed: int) -> None:
    """Let listed columns between which a branch sets an order take the combinations that keep it."""
    for number, branch in enumerate(draft.branches):
        ordered = [one for one in branch.relations if one.op not in (Op.EQ, Op.NE)]
        bonds = [Bond((difference(one.left, one.op, one.right),), one.source) for one in ordered]
        for names in components(bonds):
            lists = {name: values for name in sorted(names) if (values := _listed(draft, name, number)) is not None}
            if len(lists) == len(names):
                _draw(draft, number, branch, lists, seed)


def _listed(draft: Draft, name: str, number: int) -> Mapping[Any, Any] | None:
    """Return a column's list, by what its values are worth; None where it has none that may be chosen from."""
    unit = measures.unit_of(draft.table.column(name).type)
    generators = draft.generators.get(name)
    if unit is None or generators is None or f"column {name}" in draft.digits:
        return None
    params = generators[number].params
    if generators[number].kind == "constant":
        return {measures.read(unit, params["value"]): params["value"]}
    if generators[number].kind == "choice":
        return {measures.read(unit, value): value for value in params["values"]}
    return None


def _draw(draft: Draft, number: int, branch: Branch, lists: Mapping[str, Mapping[Any, Any]], seed: int) -> None:
    if math.prod(len(values) for values in lists.values()) > _MOST:
        return
    relations = [one for one in branch.relations if {one.left, one.right} <= lists.keys()]
    every = (dict(zip(lists, values, strict=True)) for values in itertools.product(*lists.values()))
    good = [
        values for values in every if all(_COMPARE[one.op](values[one.left], values[one.right]) for one in relations)
    ]
    if not good:
        return
    place = str(key(seed, str(draft.name), "@listed", str(number), *lists))
    for name, values in lists.items():
        generators = list(draft.generators[name])
        written = [str(values[worth[name]]) for worth in good]
        nulls = generators[number].null_permille
        generators[number] = GeneratorPlan("accepted", {"values": written, "group_key": place}, nulls)
        draft.generators[name] = tuple(generators)
    said = "; ".join(dict.fromkeys(f"{one.left} {one.op.value} {one.right}" for one in relations))
    for name in lists:
        draft.reasons[name] = f"{draft.reasons.get(name, '')}; drawn together, so that {said}".lstrip("; ")
