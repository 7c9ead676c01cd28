"""Conditions learnt from examples: what rows that PostgreSQL took have in common, and rows that it refused lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from seedfast.model.table import Table
from seedfast.model.types import SqlType
from seedfast.names import literal, quote

Examples = Mapping[str, Sequence[str | None]]
"""Columns of rows as text, all of one length."""

_MOST_CONDITIONS = 3
_FEW_VALUES = 6
"""A column with more different values than this among the rows taken, or hardly one twice, isn't told by a list."""

_NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8", "money"})
_TIMES = frozenset({"date", "timestamp", "timestamptz"})
_LISTED = frozenset({"text", "varchar", "bpchar", "citext", "bool", "int2", "int4", "int8"})


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition in SQL, the columns that it reads, and for each example whether it is true."""

    sql: str
    columns: frozenset[str]
    taken: tuple[bool, ...]
    refused: tuple[bool, ...]


def induce(table: Table, taken: Examples, refused: Examples) -> tuple[str, ...]:
    """Return the fewest conditions which all rows taken satisfy and no refused row does; none where there are no such.

    Where a single condition is never true for a refused row, and true for a good part of those taken, it is enough
    too. Both examples hold the columns to look at.
    """
    columns = [column.name for column in table.columns if column.name in taken]
    return _fewest(list(_conditions(table, columns, taken, refused)))


def _fewest(conditions: Sequence[_Condition]) -> tuple[str, ...]:
    """Return a conjunction that no refused row satisfies."""
    necessary = [condition for condition in conditions if all(condition.taken)]
    chosen: list[_Condition] = []
    left = list(range(len(conditions[0].refused))) if conditions else []
    while left and len(chosen) < _MOST_CONDITIONS:
        best = min(necessary, key=lambda condition: sum(condition.refused[row] for row in left), default=None)
        kept = [row for row in left if best.refused[row]] if best is not None else left
        if best is None or len(kept) * 2 > len(left):
            break
        chosen.append(best)
        left = kept
    if not left:
        return tuple(condition.sql for condition in chosen)
    enough = [c for c in conditions if not any(c.refused) and sum(c.taken) * 4 >= len(c.taken) > 0]
    best = max(enough, key=lambda condition: sum(condition.taken), default=None)
    return () if best is None else (best.sql,)


def _conditions(table: Table, columns: Sequence[str], taken: Examples, refused: Examples) -> Iterator[_Condition]:
    """Yield conditions, the likelier before the others."""
    rows = {name: (*taken[name], *refused[name]) for name in columns}
    split = len(next(iter(taken.values()), ()))

    def condition(sql: str, names: Sequence[str], holds: Callable[..., bool]) -> _Condition:
        truth = [holds(*values) for values in zip(*(rows[name] for name in names), strict=True)]
        return _Condition(sql, frozenset(names), tuple(truth[:split]), tuple(truth[split:]))

    kinds = {name: table.column(name).type for name in columns}
    points = {
        column: (key.parent, theirs)
        for key in table.foreign_keys
        for column, theirs in zip(key.columns, key.parent_columns, strict=True)
    }
    for left, right in combinations(columns, 2):
        if points.get(left) != points.get(right):
            continue
        read = _reader(kinds[left], kinds[right])
        if read is None:
            if kinds[left].storage.name == kinds[right].storage.name:
                yield condition(f"{quote(left)} <> {quote(right)}", (left, right), _known(lambda a, b: a != b, str))
                yield condition(f"{quote(left)} = {quote(right)}", (left, right), _known(lambda a, b: a == b, str))
            continue
        for operator, holds in _ORDERS:
            yield condition(f"{quote(left)} {operator} {quote(right)}", (left, right), _known(holds, read))
    for name in columns:
        if table.column(name).nullable:
            yield condition(f"{quote(name)} IS NULL", (name,), lambda value: value is None)
            yield condition(f"{quote(name)} IS NOT NULL", (name,), lambda value: value is not None)
        held = [value for value in taken[name] if value is not None]
        values = sorted(set(held))
        listable = kinds[name].storage.name in _LISTED or kinds[name].storage.labels
        if listable and 0 < len(values) <= _FEW_VALUES and len(held) >= 2 * len(values):
            listed = ", ".join(literal(value) for value in values)
            yield condition(f"{quote(name)} IN ({listed})", (name,), lambda value, good=values: value in good)
        yield from _bounds(name, kinds[name], taken, refused, condition)


def _bounds(
    name: str, kind: SqlType, taken: Examples, refused: Examples, condition: Callable[..., _Condition]
) -> Iterator[_Condition]:
    """Yield the bounds that keep all refused rows out, as close to them as can be."""
    read = _reader(kind, kind)
    good = [read(value) for value in taken[name] if value is not None] if read is not None else []
    bad = [read(value) for value in refused[name] if value is not None] if read is not None else []
    if read is None or not good or not bad:
        return
    above, below = [value for value in good if value > max(bad)], [value for value in good if value < min(bad)]
    if above:
        bound = min(above)
        yield condition(f"{quote(name)} >= {literal(str(bound))}", (name,), _known(lambda a, b=bound: a >= b, read))
    if below:
        bound = max(below)
        yield condition(f"{quote(name)} <= {literal(str(bound))}", (name,), _known(lambda a, b=bound: a <= b, read))


_ORDERS: tuple[tuple[str, Callable[..., bool]], ...] = (
    ("<>", lambda a, b: a != b),
    ("<=", lambda a, b: a <= b),
    (">=", lambda a, b: a >= b),
    ("<", lambda a, b: a < b),
    (">", lambda a, b: a > b),
    ("=", lambda a, b: a == b),
)


def _reader(left: SqlType, right: SqlType) -> Callable[[str], Any] | None:
    """Return how the text of two types is read so that they can be ordered, None where they can't."""
    names = {left.storage.name, right.storage.name}
    if names <= _NUMBERS:
        return Decimal
    return str if len(names) == 1 and names <= _TIMES else None


def _known(holds: Callable[..., bool], read: Callable[[str], object]) -> Callable[..., bool]:
    """Return a condition that is not true where a value is NULL."""
    return lambda *values: None not in values and holds(*(read(value) for value in values))
