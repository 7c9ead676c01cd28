"""Which partitions of a table rows are made for, as conditions on the root's columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from seedfast.constraints.constants import at_midnight
from seedfast.constraints.logic import all_of, any_of, columns_of
from seedfast.constraints.parse import parse
from seedfast.constraints.predicate import And, Compare, Const, Not, Op, Opaque, Predicate, Truth
from seedfast.constraints.render import sql
from seedfast.model.table import Table
from seedfast.names import shown

_MOST_LEAVES = 24
_HASH = re.compile(r"satisfies_hash_partition\('(?:[^']|'')*'(?:::\w+)?,\s*(\d+),\s*(\d+)\s*,")

Alternative = list[tuple[str, Predicate]]
"""Named conditions, of which a row satisfies one."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    source: str
    condition: Predicate
    fallback: bool


def partition_alternatives(table: Table, now: datetime) -> list[Alternative]:
    """Return the choices of partitions to make rows for, the best first; empty where partitions don't matter.

    A default partition is only chosen where the others can't be; of many leaves some are chosen, evenly spread,
    that don't lie in the future.
    """
    leaves = _leaves(table, now)
    named = [leaf for leaf in leaves if not leaf.fallback]
    past = [leaf for leaf in named if not _starts_after(leaf.condition, now)]
    choices = [_spread(past), _spread(named), _spread(leaves)]
    made: list[Alternative] = []
    for choice in choices:
        alternative = [(leaf.source, leaf.condition) for leaf in choice]
        if alternative and alternative not in made:
            made.append(alternative)
    return made


def every_partition(table: Table, now: datetime) -> Alternative:
    """Return the conditions of all partitions; none where partitions don't matter."""
    return [(leaf.source, leaf.condition) for leaf in _leaves(table, now)]


def hashed_demand(table: Table, now: datetime) -> tuple[frozenset[str], str] | None:
    """Return the condition that a row lies in some partition, with the columns that it reads, as SQL.

    None where no hash leaves rows without a partition.
    """
    leaves = _leaves(table, now)
    if table.partitioning is None or not any(_is_hashed(leaf.condition) for leaf in leaves):
        return None
    columns = frozenset().union(*(columns_of(leaf.condition) for leaf in leaves))
    return columns, " OR ".join(f"({leaf.constraint})" for leaf in table.partitioning.leaves)


def _is_hashed(item: Predicate) -> bool:
    parts = item.items if isinstance(item, And) else (item,)
    return any(isinstance(part, Opaque) and _HASH.search(part.sql) for part in parts)


def _leaves(table: Table, now: datetime) -> list[_Leaf]:
    if table.partitioning is None or any(leaf.constraint is None for leaf in table.partitioning.leaves):
        return []
    read = [
        (f"partition {shown(leaf.name.name)}", parse(leaf.constraint or "", now=now))
        for leaf in table.partitioning.leaves
    ]
    leaves = _without_hashes(read)
    return [] if any(leaf.condition == Truth(True) for leaf in leaves) else leaves


def _without_hashes(leaves: Sequence[tuple[str, Predicate]]) -> list[_Leaf]:
    """Return the leaves with those merged that differ in a hash's remainder only.

    Where the remainders are complete the hash says nothing; else one opaque condition stands for them all.
    """
    groups: dict[Predicate, list[tuple[str, list[Opaque]]]] = {}
    for source, item in leaves:
        parts = item.items if isinstance(item, And) else (item,)
        hashes = [part for part in parts if isinstance(part, Opaque) and _HASH.search(part.sql)]
        rest = all_of([part for part in parts if part not in hashes])
        groups.setdefault(rest, []).append((source, hashes))
    made: list[_Leaf] = []
    for rest, members in groups.items():
        parts = rest.items if isinstance(rest, And) else (rest,)
        fallback = any(isinstance(part, Not) for part in parts)
        if all(not hashes for _, hashes in members) or _complete([hashes for _, hashes in members]):
            made.append(_Leaf(members[0][0], rest, fallback))
        else:
            hashed = any_of([all_of(hashes) for _, hashes in members])
            columns = tuple(dict.fromkeys(c for _, hashes in members for part in hashes for c in part.columns))
            made.append(_Leaf(members[0][0], all_of([rest, Opaque(sql(hashed), columns)]), fallback))
    return made


def _complete(groups: Sequence[Sequence[Opaque]]) -> bool:
    share = Fraction(0)
    for hashes in groups:
        part = Fraction(1)
        for item in hashes:
            found = _HASH.search(item.sql)
            part /= int(found.group(1)) if found is not None else 1
        share += part
    return share >= 1


def _starts_after(item: Predicate, now: datetime) -> bool:
    parts = item.items if isinstance(item, And) else (item,)
    return any(
        isinstance(part, Compare)
        and part.op in (Op.GE, Op.GT)
        and isinstance(part.right, Const)
        and isinstance(part.right.value, date)
        and at_midnight(part.right.value) > now.replace(tzinfo=None)
        for part in parts
    )


def _spread(leaves: Sequence[_Leaf]) -> list[_Leaf]:
    if len(leaves) <= _MOST_LEAVES:
        return list(leaves)
    return [leaves[n * (len(leaves) - 1) // (_MOST_LEAVES - 1)] for n in range(_MOST_LEAVES)]
