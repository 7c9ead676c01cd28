"""Three-valued logic over predicates: tests for truth, equivalence, and how many of several conditions hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

from seedfast.constraints.predicate import (
    And,
    Call,
    ColumnRef,
    Compare,
    Const,
    Expr,
    InList,
    IsNull,
    Match,
    Not,
    Op,
    Opaque,
    Or,
    Predicate,
    Truth,
)

NEVER_KNOWN = Compare(Op.EQ, Const(None), Const(None))
"""The predicate that is NULL: never true and never false."""

_MOST_TERMS = 600


class TooManyTermsError(ValueError):
    """Writing a condition out would take more terms than anyone can use."""


def all_of(items: Sequence[Predicate]) -> Predicate:
    """Return the conjunction, flattened."""
    flat = [part for item in items for part in (item.items if isinstance(item, And) else (item,))]
    if Truth(False) in flat:
        return Truth(False)
    kept = tuple(dict.fromkeys(part for part in flat if part != Truth(True)))
    return kept[0] if len(kept) == 1 else And(kept) if kept else Truth(True)


def any_of(items: Sequence[Predicate]) -> Predicate:
    """Return the disjunction, flattened."""
    flat = [part for item in items for part in (item.items if isinstance(item, Or) else (item,))]
    if Truth(True) in flat:
        return Truth(True)
    kept = tuple(dict.fromkeys(part for part in flat if part != Truth(False)))
    return kept[0] if len(kept) == 1 else Or(kept) if kept else Truth(False)


def opposite(item: Predicate) -> Predicate:
    """Return NOT ``item``, which is NULL where the item is."""
    match item:
        case Not(inner):
            return inner
        case Truth(value):
            return Truth(not value)
        case IsNull(operand, negated):
            return IsNull(operand, not negated)
        case Compare(op, left, right):
            return Compare(op.negated, left, right)
    return Not(item)


def is_true(item: Predicate) -> Predicate:
    """Return ``item IS TRUE``, a condition that is never NULL."""
    match item:
        case Truth() | IsNull():
            return item
        case And(items):
            return all_of([is_true(part) for part in items])
        case Or(items):
            return any_of([is_true(part) for part in items])
        case Not(inner):
            return is_false(inner)
        case Opaque(sql, columns, negated):
            return Opaque(f"({sql}) IS {'FALSE' if negated else 'TRUE'}", columns)
    return _definitely(item)


def is_false(item: Predicate) -> Predicate:
    """Return ``item IS FALSE``, a condition that is never NULL."""
    match item:
        case Truth(value):
            return Truth(not value)
        case IsNull():
            return opposite(item)
        case And(items):
            return any_of([is_false(part) for part in items])
        case Or(items):
            return all_of([is_false(part) for part in items])
        case Not(inner):
            return is_true(inner)
        case Opaque(sql, columns, negated):
            return Opaque(f"({sql}) IS {'TRUE' if negated else 'FALSE'}", columns)
    return _definitely(opposite(item))


def _definitely(item: Predicate) -> Predicate:
    if isinstance(item, Compare) and Const(None) in (item.left, item.right):
        return Truth(False)
    return all_of([item, *(IsNull(ColumnRef(name), negated=True) for name in sorted(columns_of(item)))])


def denied(item: Predicate) -> Predicate:
    """Return NOT ``item`` of a condition that is never NULL, with the negation moved inwards."""
    match item:
        case And(items):
            return any_of([denied(part) for part in items])
        case Or(items):
            return all_of([denied(part) for part in items])
    return opposite(item)


def equivalent(left: Predicate, right: Predicate) -> Predicate:
    """Return ``left = right`` of two conditions."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Truth):
            return other if one.value else opposite(other)
    return any_of([all_of([left, right]), all_of([opposite(left), opposite(right)])])


def holding(items: Sequence[Predicate], op: Op, wanted: int) -> Predicate:
    """Return the condition that the number of ``items`` which are true compares to ``wanted`` in this way."""
    size = len(items)
    match op:
        case Op.GE:
            return _at_least(items, wanted)
        case Op.GT:
            return _at_least(items, wanted + 1)
        case Op.LE:
            return _at_least([opposite(is_true(item)) for item in items], size - wanted)
        case Op.LT:
            return _at_least([opposite(is_true(item)) for item in items], size - wanted + 1)
        case Op.NE:
            return any_of([holding(items, Op.LT, wanted), holding(items, Op.GT, wanted)])
    if not 0 <= wanted <= size:
        return Truth(False)
    _bound(size, wanted)
    terms: list[Predicate] = []
    for chosen in combinations(range(size), wanted):
        sides = [is_true(item) if n in chosen else opposite(is_true(item)) for n, item in enumerate(items)]
        terms.append(all_of(sides))
    return any_of(terms)


def _at_least(items: Sequence[Predicate], wanted: int) -> Predicate:
    if wanted <= 0:
        return Truth(True)
    if wanted > len(items):
        return Truth(False)
    _bound(len(items), wanted)
    return any_of([all_of([is_true(item) for item in chosen]) for chosen in combinations(items, wanted)])


def _bound(size: int, wanted: int) -> None:
    if comb(size, wanted) > _MOST_TERMS:
        raise TooManyTermsError(f"{wanted} of {size}")


def columns_of(item: Predicate | Expr) -> frozenset[str]:
    """Return the columns that a predicate or expression reads."""
    match item:
        case ColumnRef(name):
            return frozenset({name})
        case Const() | Truth():
            return frozenset()
        case Call(_, arguments):
            return frozenset().union(*(columns_of(part) for part in arguments))
        case Compare(_, left, right):
            return columns_of(left) | columns_of(right)
        case IsNull(operand) | InList(operand) | Match(operand):
            return columns_of(operand)
        case And(items) | Or(items):
            return frozenset().union(*(columns_of(part) for part in items))
        case Not(inner):
            return columns_of(inner)
        case Opaque(_, columns):
            return frozenset(columns)
