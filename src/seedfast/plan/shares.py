"""How a key's numbers are shared out where branches of a table hold values of their own, as partitions do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seedfast.constraints.branches import holds
from seedfast.constraints.domain import Branch, Domain
from seedfast.model.table import Table
from seedfast.plan import measures
from seedfast.plan.spec import BranchPlan, GeneratorPlan, Share

Made = Mapping[str, Sequence[tuple[GeneratorPlan, int]]]
"""For each column of a key, branch by branch, a generator of distinct values and how many it has."""

Parted = tuple[dict[str, tuple[GeneratorPlan, ...]], list[tuple[tuple[int, ...], dict[str, int]]]]
"""Generators by column and branch, and shares: their branches, and how many values each column has there."""

_INTEGERS = "number.integer"


@dataclass(slots=True)
class _Group:
    """Branches in which a key's columns are made alike."""

    branches: list[int]
    generators: Mapping[str, GeneratorPlan]
    capacities: Mapping[str, int]


def shared(
    table: Table, made: Made, branches: Sequence[Branch], plans: Sequence[BranchPlan], needed: int
) -> Parted | None:
    """Return the generators of a key's columns and, for each share, its branches and how many values each column has.

    None where all branches make the columns alike, or where what they make can't be told apart. Of a list that two
    branches share each value stays with the first; a branch that is left with none is in no share.
    """
    groups: dict[str, _Group] = {}
    absent = []
    for number, plan in enumerate(plans):
        of_branch = {name: column[number] for name, column in made.items()}
        if any(generator.kind == "null" for generator, _ in of_branch.values()):
            # What is NULL in a key meets nothing: such a branch may go along with any share.
            absent.append(number)
        elif plan.first or (plan.first is None and plan.weight):
            written = repr([(g.kind, dict(g.params)) for g, _ in of_branch.values()])
            group = groups.setdefault(
                written,
                _Group([], {n: g for n, (g, _) in of_branch.items()}, {n: c for n, (_, c) in of_branch.items()}),
            )
            group.branches.append(number)
    ordered = sorted(groups.values(), key=lambda group: not any(plans[number].first for number in group.branches))
    if len(ordered) < 2 or not _first(ordered[0], plans):
        return None
    kept: list[_Group] = []
    for group in ordered:
        left: _Group | None = group
        for other in kept:
            left = left and _beside(table, left, other, branches)
        if left is None:
            return None
        if all(left.capacities.values()):
            kept.append(left)
    planned = {name: [generator for generator, _ in column] for name, column in made.items()}
    for group in kept:
        for name, generator in group.generators.items():
            for number in group.branches:
                planned[name][number] = replace(generator, null_permille=planned[name][number].null_permille)
    shares = [
        (tuple(sorted((*group.branches, *absent))), {n: min(c, max(needed, 1)) for n, c in group.capacities.items()})
        for group in kept
    ]
    return {name: tuple(column) for name, column in planned.items()}, shares


def _first(group: _Group, plans: Sequence[BranchPlan]) -> bool:
    """Tell whether the branches that the first rows take, where some do, make just so many numbers."""
    early = [number for number, plan in enumerate(plans) if plan.first]
    if not early:
        return True
    return group.branches == early and math.prod(group.capacities.values()) == max(plans[n].first or 0 for n in early)


def _beside(table: Table, group: _Group, other: _Group, branches: Sequence[Branch]) -> _Group | None:
    """Return a group without the values that another makes; None where they can't be told apart."""
    for name, generator in group.generators.items():
        theirs = other.generators[name]
        if _apart(table, name, generator, theirs) or _forbidden(
            theirs, [branches[n].domain(name) for n in group.branches]
        ):
            return group
    differing = [name for name, generator in group.generators.items() if not _same(generator, other.generators[name])]
    if len(differing) != 1:
        return None
    [name] = differing
    mine, others = _listed(group.generators[name]), _listed(other.generators[name])
    if mine is None or others is None:
        return _outside(group, name, other.generators[name])
    rest = [value for value in mine if value not in others]
    if not rest:
        return _Group(group.branches, group.generators, {**group.capacities, name: 0})
    generator = GeneratorPlan("choice", {"values": rest})
    return _Group(group.branches, {**group.generators, name: generator}, {**group.capacities, name: len(rest)})


def _forbidden(generator: GeneratorPlan, domains: Sequence[Domain]) -> bool:
    """Tell whether each value of a list is one that none of the domains lets through."""
    values = _listed(generator)
    return values is not None and all(holds(domain, value) is False for domain in domains for value in values)


def _outside(group: _Group, name: str, other: GeneratorPlan) -> _Group | None:
    """Return a group with the longer end of its integers that another's leave it; None where these are no integers."""
    mine = group.generators[name]
    if mine.kind != _INTEGERS or other.kind != _INTEGERS:
        return None
    low, high, other_low, other_high = (int(str(one.params[end])) for one in (mine, other) for end in ("low", "high"))
    ends = [(low, min(high, other_low - 1)), (max(low, other_high + 1), high)]
    first, last = max(ends, key=lambda end: end[1] - end[0])
    if first > last:
        return _Group(group.branches, group.generators, {**group.capacities, name: 0})
    left = replace(mine, params={**mine.params, "low": first, "high": last})
    return _Group(group.branches, {**group.generators, name: left}, {**group.capacities, name: last - first + 1})


def _same(one: GeneratorPlan, two: GeneratorPlan) -> bool:
    return one.kind == two.kind and dict(one.params) == dict(two.params)


def _listed(generator: GeneratorPlan) -> list[Any] | None:
    if generator.kind == "constant":
        return [generator.params["value"]]
    return list(generator.params["values"]) if generator.kind == "choice" else None


def _apart(table: Table, name: str, one: GeneratorPlan, two: GeneratorPlan) -> bool:
    """Tell whether no value of one generator is a value of the other."""
    unit = measures.unit_of(table.column(name).type)
    first, second = _listed(one), _listed(two)
    if first is not None and second is not None:
        if unit is not None:
            first, second = [measures.read(unit, v) for v in first], [measures.read(unit, v) for v in second]
        elif table.column(name).type.storage.name == "citext":
            first, second = [str(v).casefold() for v in first], [str(v).casefold() for v in second]
        return not set(first) & set(second)
    if unit is None:
        return False
    spans = [_span(unit, one), _span(unit, two)]
    if any(span is None for span in spans):
        return False
    (low, high), (other_low, other_high) = (span for span in spans if span is not None)
    return bool(high < other_low or other_high < low)


def _span(unit: str, generator: GeneratorPlan) -> tuple[Any, Any] | None:
    values = _listed(generator)
    if values is not None:
        read = [measures.read(unit, value) for value in values]
        return min(read), max(read)
    params = generator.params
    if generator.kind == "number.serial" and params["step"] > 0:
        return measures.read(unit, params["start"]), measures.read(unit, params["limit"])
    if "low" in params and "high" in params:
        return measures.read(unit, params["low"]), measures.read(unit, params["high"])
    return None


def shares_of(
    parts: Sequence[tuple[tuple[int, ...], Mapping[str, int]]], radices: Sequence[tuple[str | None, int]]
) -> tuple[tuple[Share, ...], tuple[int, ...]]:
    """Return the shares of a key, and its largest radices; ``radices`` are (column or None, the base of a digit)."""
    shares = tuple(
        Share(branches, tuple(base if name is None else sizes[name] for name, base in radices))
        for branches, sizes in parts
    )
    return shares, tuple(max(share.radices[n] for share in shares) for n in range(len(radices)))


def capacity_of(shares: Sequence[Share]) -> int:
    """Return how many numbers all shares have, as far as they are known beforehand."""
    return sum(math.prod(radix for radix in share.radices if radix) for share in shares)
