"""Conditions on documents, arrays and ranges, spelled out as conditions on their parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from seedfast.constraints.constants import DECIMALS, INTEGERS, Interval, Unbounded, calculate, convert, read_array
from seedfast.constraints.logic import all_of, any_of, columns_of
from seedfast.constraints.parts import Types, base_type, is_document, is_range, piece_of
from seedfast.constraints.predicate import (
    Call,
    ColumnRef,
    Compare,
    Const,
    Expr,
    InList,
    IsNull,
    Not,
    Op,
    Predicate,
    Truth,
)
from seedfast.constraints.rewrite import Settled, comparison, nullness
from seedfast.model.types import SqlType, TypeForm

_NAMED = {
    "jsonb_exists_any": "?|",
    "jsonb_exists_all": "?&",
    "jsonb_contains": "@>",
    "arraycontains": "@>",
    "arraycontained": "<@",
    "arrayoverlap": "&&",
    "range_contains": "@>",
}


def spelled_out(item: Predicate, types: Types, *, positive: bool) -> Predicate | None:
    """Return the condition as one on the parts of its columns, None where it is none or can't be put so.

    Unless ``positive`` the condition is going to be denied, which not every spelling survives.
    """
    match item:
        case Compare(Op.EQ | Op.NE as op, Call(name, arguments), Const(bool() as truth)):
            wanted = positive if (op is Op.EQ) is truth else not positive
            found = _asked(_NAMED.get(name, name), arguments, types, positive=wanted)
            if found is None:
                return None
            return found if (op is Op.EQ) is truth else Not(found)
        case Compare(Op.EQ, Call("-", (document, keys)), Const("{}")) if positive and _has_members(document, types):
            only = _listed(keys)
            return None if not only else InList(Call("key", (document,)), tuple(only))
        case Compare(op, left, right):
            return _compared(op, left, right, types)
        case IsNull(Call("array_position", (array, ColumnRef() as other)), negated) if (
            positive and _form(array, types) is TypeForm.ARRAY
        ):
            return (
                Compare(Op.EQ, Call("member", (array,)), other)
                if negated
                else Compare(Op.NE, Call("element", (array,)), other)
            )
        case IsNull(Call("array_position", (array, Const(value))), negated) if _form(array, types) is TypeForm.ARRAY:
            present = nullness(array, negated=True)
            if value is None:
                every = all_of([present, IsNull(Call("element", (array,)), negated=True)])
                return None if negated or not positive else every
            met: Predicate = Compare(Op.EQ, Call("includes", (array, Const(value))), Const(True))
            return met if negated else any_of([Not(met), nullness(array, negated=False)])
    return None


def _has_members(item: Expr, types: Types) -> bool:
    kind = _kind(item, types)
    return kind is not None and is_document(kind)


def _kind(item: Expr, types: Types) -> SqlType | None:
    piece = piece_of(item, types)
    return None if piece is None else piece.type


def _form(item: Expr, types: Types) -> TypeForm | None:
    kind = _kind(item, types)
    return None if kind is None else kind.storage.form


def _asked(name: str, arguments: tuple[Expr, ...], types: Types, *, positive: bool) -> Predicate | None:
    if len(arguments) != 2:
        return None
    left, right = arguments
    if name in ("?&", "?|") and (keys := _listed(right)) is not None:
        each = [_true(Call("?", (left, Const(key)))) for key in keys]
        return all_of(each) if name == "?&" else any_of(each)
    if name.startswith(("any:", "all:")):
        return _quantified(name, left, right, types, positive=positive)
    if name in ("@>", "<@", "&&"):
        if name == "<@" or (name == "&&" and piece_of(left, types) is None):
            name = "@>" if name == "<@" else name
            outer, inner = right, left
        else:
            outer, inner = left, right
        return _holding(name, outer, inner, types, positive=positive)
    return None


def _true(item: Expr) -> Predicate:
    return Compare(Op.EQ, item, Const(True))


def _listed(item: Expr) -> list[Any] | None:
    """Return the elements of a constant array, None for anything else."""
    if isinstance(item, Call) and item.name == "array":
        return [part.value for part in item.arguments if isinstance(part, Const)]
    if isinstance(item, Const) and isinstance(item.value, str):
        try:
            return list(read_array(item.value))
        except ValueError:
            return None
    return None


def _quantified(name: str, left: Expr, right: Expr, types: Types, *, positive: bool) -> Predicate | None:
    """Return ``left op ANY (right)`` or ``left op ALL (right)`` of an array column."""
    every, op = name.startswith("all:"), Op(name[4:])
    if _form(right, types) is not TypeForm.ARRAY or left == Const(None):
        return None
    if not isinstance(left, Const):
        if (every, op) == (False, Op.EQ) and positive:
            return Compare(Op.EQ, Call("member", (right,)), left)
        return Compare(Op.NE, Call("element", (right,)), left) if (every, op, positive) == (True, Op.NE, True) else None
    if (every, op) == (False, Op.EQ) or (every, op) == (True, Op.NE):
        met = _true(Call("includes", (right, left)))
        return Not(met) if every else met
    if every and positive:
        return Compare(op.mirrored, Call("element", (right,)), left)
    return None


# What holds what.

_KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}


def _holding(name: str, outer: Expr, inner: Expr, types: Types, *, positive: bool) -> Predicate | None:
    """Return ``outer @> inner`` or ``outer && inner``."""
    for item in (outer, inner):
        kind = _kind(item, types)
        if kind is None:
            continue
        if is_range(kind):
            return _ranges(name, outer, inner, types)
        if kind.storage.form is TypeForm.ARRAY:
            return _arrays(name, outer, inner, item is outer, positive=positive)
        if is_document(kind) and item is outer and name == "@>" and isinstance(inner, Const):
            return _document_holds(outer, str(inner.value))
        if not is_range(kind) and kind.storage.form is TypeForm.BASE and item is inner:
            return _ranges(name, outer, inner, types)
    return None


def _arrays(name: str, outer: Expr, inner: Expr, column_outside: bool, *, positive: bool) -> Predicate | None:
    values = _listed(inner if column_outside else outer)
    array = outer if column_outside else inner
    if values is None:
        return None
    if name == "&&" or column_outside:
        each = [_true(Call("includes", (array, Const(value)))) for value in values]
        return any_of(each) if name == "&&" else all_of([nullness(array, negated=True), *each])
    element = Call("element", (array,))
    inside: list[Predicate] = [InList(element, tuple(values)), IsNull(element, negated=True)]
    return all_of(inside) if positive and values else None


def _document_holds(document: Expr, text: str) -> Predicate | None:
    """Return ``document @> 'text'``."""
    try:
        wanted = json.loads(text, parse_float=Decimal)
    except ValueError:
        return None
    return all_of(list(_held(document, wanted)))


def _held(item: Expr, wanted: Any) -> Iterator[Predicate]:
    kind = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}.get(
        type(wanted), "number"
    )
    yield Compare(Op.EQ, Call("jsonb_typeof", (item,)), Const(kind))
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            if not isinstance(value, (dict, list, type(None))):
                shown = json.dumps(value) if isinstance(value, bool) else str(value)
                yield Compare(Op.EQ, Call("->>", (item, Const(key))), Const(shown))
            yield from _held(Call("->", (item, Const(key))), value)
    elif isinstance(wanted, list):
        for value in wanted:
            yield _true(Call("includes", (item, Const(json.dumps(value, default=str)))))


@dataclass(frozen=True, slots=True)
class _Span:
    """The ends of a range, None where it has none; ``included`` tells of each end whether it belongs to the range."""

    low: Expr | Settled | None
    high: Expr | Settled | None
    included: tuple[bool, bool] = (True, False)


def _ranges(name: str, outer: Expr, inner: Expr, types: Types) -> Predicate | None:
    """Return that one range holds another, or a value, or meets it."""
    kinds = [kind for item in (outer, inner) if (kind := _kind(item, types)) is not None]
    of = next((kind for kind in kinds if is_range(kind)), None)
    one = _span(outer, of, types)
    other = _span(inner, of, types)
    if other is None and name == "@>" and one is not None:
        other = _Span(inner, inner, (True, True)) if isinstance(inner, Const) or columns_of(inner) else None
    if one is None or other is None:
        return None
    if name == "&&":
        return all_of([_before(one, other), _before(other, one)])
    found: list[Predicate] = []
    if one.low is not None:
        if other.low is None:
            return None
        later = Op.GE if one.included[0] or not other.included[0] else Op.GT
        found.append(comparison(later, other.low, one.low))
    if one.high is not None:
        if other.high is None:
            return None
        earlier = Op.LE if one.included[1] or not other.included[1] else Op.LT
        found.append(comparison(earlier, other.high, one.high))
    return all_of(found)


def _before(one: _Span, other: _Span) -> Predicate:
    """Return that ``one`` begins before ``other`` ends."""
    if one.low is None or other.high is None:
        return Truth(True)
    return comparison(Op.LT, one.low, other.high)


def _span(item: Expr, of: SqlType | None, types: Types) -> _Span | None:
    kind = _kind(item, types)
    if kind is not None:
        return _Span(Call("lower", (item,)), Call("upper", (item,))) if is_range(kind) else None
    if isinstance(item, Call) and len(item.arguments) in (2, 3) and (of is None or item.name == of.storage.name):
        form = item.arguments[2] if len(item.arguments) == 3 else Const("[)")
        if not isinstance(form, Const) or form.value not in ("[)", "[]", "(]", "()"):
            return None
        ends = [None if end == Const(None) else end for end in item.arguments[:2]]
        return _normal(ends[0], ends[1], str(form.value), of)
    if isinstance(item, Const) and isinstance(item.value, str) and of is not None and item.value[:1] in "[(":
        body = item.value[1:-1].replace('"', "").split(",")
        if len(body) == 2:
            low, high = (_end(text, of) if text else None for text in body)
            return _normal(low, high, item.value[0] + item.value[-1], of)
    return None


def _end(text: str, of: SqlType) -> Settled | None:
    element = of.storage.element or base_type("text")
    value = convert(text, element.storage.name)
    return None if isinstance(value, Unbounded) else Settled(value)


def _normal(low: Any, high: Any, form: str, of: SqlType | None) -> _Span:
    """Return a range's ends; those of whole numbers and days as PostgreSQL keeps them, ``[low, high)``."""
    element = of.storage.element if of is not None else None
    discrete = element is not None and element.storage.name in {*INTEGERS, "date"}
    included = (form[0] == "[", form[1] == "]")
    if not discrete:
        return _Span(low, high, included)
    ends = [low, high]
    for n, moved in enumerate((not included[0], included[1])):
        if moved and ends[n] is not None:
            ends[n] = _plus_one(ends[n])
    return _Span(ends[0], ends[1])


def _plus_one(end: Any) -> Any:
    value = end.value if isinstance(end, (Settled, Const)) else None
    if value is not None:
        return Settled(calculate("+", value, 1))
    return Call("+", (end, Const(1)))


# Comparisons.


def _compared(op: Op, left: Expr, right: Expr, types: Types) -> Predicate | None:
    kind = _kind(left, types)
    if kind is not None and op in (Op.EQ, Op.NE) and _kind(right, types) is None:
        met = _equal(left, right, kind, types)
        if met is not None:
            return met if op is Op.EQ else Not(met)
    match left, right:
        case Call("upper", (one,)), Call("+", (Call("lower", (other,)), Const() as step)) if one == other:
            return Compare(op, Call("-", (Call("upper", (one,)), Call("lower", (one,)))), step)
        case Call("lower", (one,)), Call("upper", (other,)) if one == other and _ranged(one, types):
            return Compare(op.mirrored, Call("-", (right, left)), _nothing(one, types))
        case Call("upper", (one,)), Call("lower", (other,)) if one == other and _ranged(one, types):
            return Compare(op, Call("-", (left, right)), _nothing(one, types))
    return None


def _ranged(item: Expr, types: Types) -> bool:
    kind = _kind(item, types)
    return kind is not None and is_range(kind)


def _nothing(item: Expr, types: Types) -> Const:
    kind = _kind(item, types)
    element = kind.storage.element if kind is not None else None
    name = element.storage.name if element is not None else ""
    return Const(0) if name in {*INTEGERS, *DECIMALS, "date"} else Const(Interval().elapsed)


def _equal(left: Expr, right: Expr, kind: SqlType, types: Types) -> Predicate | None:
    """Return that a document, array or range equals a constant or, of a range, one made of other columns."""
    if kind.storage.form is TypeForm.ARRAY and _listed(right) == []:
        return Compare(Op.EQ, Call("cardinality", (left,)), Const(0))
    if is_document(kind) and isinstance(left, Call) and isinstance(right, Const):
        try:
            wanted = json.loads(str(right.value), parse_float=Decimal)
        except ValueError:
            return None
        if isinstance(wanted, (dict, list, type(None))):
            return None
        shown = json.dumps(wanted) if isinstance(wanted, bool) else str(wanted)
        read = Compare(Op.EQ, Call("->>", left.arguments), Const(shown)) if left.name == "->" else None
        return None if read is None else all_of([*_held(left, wanted), read])
    if is_range(kind):
        if isinstance(right, Const) and str(right.value).lower() == "empty":
            return _true(Call("isempty", (left,)))
        span = _span(right, kind, types)
        if span is not None and span.included == (True, False) and span.low is not None and span.high is not None:
            ends = [(Call("lower", (left,)), span.low), (Call("upper", (left,)), span.high)]
            # No range can be made of ends in the wrong order.
            order = comparison(Op.LE, span.low, span.high)
            return all_of([order, *(comparison(Op.EQ, own, end) for own, end in ends)])
    return None
