"""Comparisons and NULL tests of scalar expressions, brought into the few forms that analysis knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from seedfast.constraints.constants import (
    Interval,
    Known,
    Unbounded,
    at_midnight,
    calculate,
    following,
    truncated,
)
from seedfast.constraints.logic import NEVER_KNOWN, all_of, any_of, columns_of
from seedfast.constraints.predicate import (
    And,
    Call,
    ColumnRef,
    Compare,
    Const,
    Expr,
    IsNull,
    Match,
    Op,
    PatternForm,
    Predicate,
    Truth,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A constant while it is worked out; with ``clock`` it moves on with the server's clock."""

    value: Known | None
    clock: bool = False


Scalar = Expr | Settled

_ORDERS = (Op.LT, Op.LE, Op.GE, Op.GT)
_STRICT = {
    "lower",
    "upper",
    "btrim",
    "ltrim",
    "rtrim",
    "length",
    "octet_length",
    "substr",
    "left",
    "right",
    "strpos",
    "abs",
    "extract",
    "date_trunc",
    "+",
    "-",
    "*",
    "/",
    "%",
    "mod",
    "||",
    "ceil",
    "encode",
    "floor",
    "initcap",
    "lpad",
    "md5",
    "regexp_replace",
    "repeat",
    "replace",
    "reverse",
    "round",
    "rpad",
    "setweight",
    "sha256",
    "to_char",
    "to_tsvector",
    "translate",
    "trunc",
}
"""Functions that make NULL of NULL, and of nothing else."""
_TAKES_NULL = {
    "array_append",
    "array_cat",
    "array_position",
    "array_prepend",
    "array_remove",
    "array_replace",
    "concat",
    "concat_ws",
    "daterange",
    "format",
    "int4range",
    "int8range",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "jsonb_set_lax",
    "nullif",
    "num_nonnulls",
    "num_nulls",
    "numrange",
    "quote_nullable",
    "row",
    "tsrange",
    "tstzrange",
}
"""Functions of PostgreSQL's own that may make something of NULL; all others are strict."""
_NEVER_NULL = {
    "array",
    "concat",
    "daterange",
    "int4range",
    "int8range",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "num_nonnulls",
    "num_nulls",
    "numrange",
    "quote_nullable",
    "tsrange",
    "tstzrange",
}
"""Those among them that make something even of NULL alone, and arrays of whatever elements."""


def settled(scalar: Settled) -> Expr:
    """Return a constant that has been worked out as an expression; one that follows the clock is marked by a call."""
    if isinstance(scalar.value, Unbounded):
        raise ValueError("infinity")
    value = scalar.value.elapsed if isinstance(scalar.value, Interval) else scalar.value
    return Call("clock", (Const(value),)) if scalar.clock else Const(value)


def operand(scalar: Scalar) -> Expr:
    """Return a part of a sum as predicates hold it; months, which are no fixed time, are kept apart."""
    if not isinstance(scalar, Settled):
        return scalar
    if isinstance(scalar.value, Interval) and scalar.value.months:
        span = scalar.value
        return Call("interval", (Const(span.months), Const(timedelta(days=span.days, microseconds=span.micros))))
    return settled(scalar)


def _scalar(item: Expr) -> Scalar:
    """Return a part of an expression as something to compare: constants as worked out."""
    match item:
        case Const(value):
            return Settled(_known(value))
        case Call("clock", (Const(value),)):
            return Settled(_known(value), clock=True)
    return item


def nullness(scalar: Scalar, negated: bool) -> Predicate:
    """Return ``scalar IS NULL``, or IS NOT NULL where ``negated``, as tests of columns where functions are strict."""
    match scalar:
        case Settled(value):
            return Truth((value is None) is not negated)
        case Const(value):
            return Truth((value is None) is not negated)
        case ColumnRef():
            return IsNull(scalar, negated)
        case Call("clock"):
            return Truth(negated)
        case Call(name) if name in _NEVER_NULL:
            return Truth(negated)
        case Call(name, (Call() as inner,)) if name.startswith("cast:"):
            below = nullness(inner, negated)
            # A member of a document must also be what it is read as.
            read = IsNull(inner, negated) in (below.items if isinstance(below, And) else (below,))
            return all_of([below, IsNull(scalar, negated)]) if negated and read else below
        case Call("lower" | "upper", (ColumnRef() | Call(),)):
            # Of a range, an end may be missing; of text, this is NULL where the text is.
            return IsNull(scalar, negated)
        case Call(name, arguments) if name in _STRICT or name.startswith("cast:"):
            parts = [nullness(argument, negated) for argument in arguments]
            return all_of(parts) if negated else any_of(parts)
        case Call("greatest" | "least", arguments):
            parts = [nullness(argument, negated) for argument in arguments]
            return any_of(parts) if negated else all_of(parts)
        case Call(name, arguments) if negated and "." not in name and name not in _TAKES_NULL:
            return all_of([*(nullness(argument, negated) for argument in arguments), IsNull(scalar, negated)])
    return IsNull(scalar, negated)


def comparison(op: Op, left: Scalar, right: Scalar) -> Predicate:
    """Return ``left op right`` with constants decided, the column on the left and known functions rewritten."""
    if isinstance(left, Settled) and isinstance(right, Settled):
        return _decided(op, left.value, right.value)
    if isinstance(left, Settled):
        return comparison(op.mirrored, right, left)
    if not isinstance(right, Settled):
        return _between_expressions(op, left, right)
    if isinstance(right.value, Unbounded):
        return _unbounded(op, left, right.value)
    return _with_constant(op, left, right)


def _decided(op: Op, left: Known | None, right: Known | None) -> Predicate:
    if left is None or right is None:
        return NEVER_KNOWN
    if isinstance(left, (Interval, Unbounded)) or isinstance(right, (Interval, Unbounded)):
        raise ValueError("no order")
    try:
        less, same = left < right, left == right  # type: ignore[operator]  # a TypeError says that there is no order
    except TypeError as error:
        raise ValueError("no order") from error
    holds = {
        Op.LT: less,
        Op.LE: less or same,
        Op.EQ: same,
        Op.NE: not same,
        Op.GE: not less,
        Op.GT: not less and not same,
    }
    return Truth(holds[op])


def _unbounded(op: Op, left: Expr, end: Unbounded) -> Predicate:
    always = {1: (Op.LT, Op.LE, Op.NE), -1: (Op.GT, Op.GE, Op.NE), 0: (Op.LT, Op.LE, Op.NE)}[end.sign]
    if op not in always:
        raise ValueError("infinity")
    return Compare(Op.EQ, left, left)


def _with_constant(op: Op, left: Expr, right: Settled) -> Predicate:
    value = right.value
    match left:
        case Call("+" | "-" as sign, (inner, Const(step))) if step is not None and value is not None:
            back = "-" if sign == "+" else "+"
            return comparison(op, inner, Settled(calculate(back, value, _known(step)), right.clock))
        case Call("+", (Const(step), inner)) if step is not None and value is not None:
            return comparison(op, inner, Settled(calculate("-", value, _known(step)), right.clock))
        case Call("-", (Const(step), inner)) if step is not None and value is not None:
            return comparison(op.mirrored, inner, Settled(calculate("-", _known(step), value), right.clock))
        case Call("-" | "age", (Call("clock", (Const(date() as moment),)), inner)) if isinstance(
            value, (Interval, int)
        ):
            return comparison(op.mirrored, inner, Settled(calculate("-", moment, value), clock=True))
        case Call("extract", (Const("year"), Call("age", _) as age)) if op in _ORDERS and isinstance(
            value, (int, Decimal)
        ):
            years = Settled(Interval(months=12 * (int(value) + (op in (Op.GT, Op.LE)))))
            return comparison(Op.GE if op in (Op.GE, Op.GT) else Op.LT, age, years)
        case Call("-", (minuend, subtrahend)) if value in (0, Interval()):
            return _between_expressions(op, minuend, subtrahend)
        case Call("*", (inner, Const(int() | Decimal() as factor)) | (Const(int() | Decimal() as factor), inner)) if (
            factor != 0 and op in _ORDERS and isinstance(value, (int, Decimal))
        ):
            how = op if factor > 0 else op.mirrored
            return comparison(how, inner, Settled(calculate("/", Decimal(value), factor), right.clock))
        case Call("date_trunc", (Const(str() as part), inner)) if op is not Op.NE and isinstance(value, date):
            return _truncated(op, part.lower(), inner, Settled(at_midnight(value), right.clock))
        case Call("greatest" | "least" as name, arguments) if op is not Op.NE:
            return _extreme(name, op, arguments, right)
        case Call("abs", (inner,)) if op is not Op.NE and isinstance(value, (int, Decimal)):
            return _absolute(op, inner, right)
        case Call("age", (later, earlier)) if op in _ORDERS and isinstance(value, Interval):
            return comparison(op, later, Call("+", (earlier, operand(right))))
    found = _text_function(op, left, value)
    return found if found is not None else Compare(op, left, settled(right))


def _truncated(op: Op, part: str, inner: Expr, right: Settled) -> Predicate:
    """Return what a comparison of the start of a month, day, ... says of the moment itself."""
    assert isinstance(right.value, datetime)
    start = truncated(part, right.value)
    after = Settled(following(part, start), right.clock)
    begins = right if start == right.value else after
    match op:
        case Op.GE:
            return comparison(Op.GE, inner, begins)
        case Op.LT:
            return comparison(Op.LT, inner, begins)
        case Op.GT:
            return comparison(Op.GE, inner, after)
        case Op.LE:
            return comparison(Op.LT, inner, after)
    # Where no moment starts a part, the two contradict each other.
    return all_of([comparison(Op.GE, inner, begins), comparison(Op.LT, inner, after)])


def _extreme(name: str, op: Op, arguments: tuple[Expr, ...], other: Scalar) -> Predicate:
    """Return a comparison of the greatest or least of the arguments that are not NULL; NULL where there is none."""
    parts = [(argument, nullness(argument, negated=False), nullness(argument, negated=True)) for argument in arguments]
    nothing = all_of([*(absent for _, absent, _ in parts), NEVER_KNOWN])
    if op is Op.EQ:
        within = Op.LE if name == "greatest" else Op.GE
        terms: list[Predicate] = []
        for n, (argument, _, present) in enumerate(parts):
            others = [
                any_of([absent, comparison(within, _scalar(rival), _scalar(argument))])
                for k, (rival, absent, _) in enumerate(parts)
                if k != n
            ]
            terms.append(all_of([present, comparison(op, _scalar(argument), other), *others]))
        return any_of([*terms, nothing])
    if (name == "greatest") == (op in (Op.LT, Op.LE)):
        each = [any_of([absent, comparison(op, _scalar(argument), other)]) for argument, absent, _ in parts]
        return all_of([*each, any_of([*(present for _, _, present in parts), NEVER_KNOWN])])
    some = [all_of([present, comparison(op, _scalar(argument), other)]) for argument, _, present in parts]
    return any_of([*some, nothing])


def _absolute(op: Op, inner: Expr, other: Scalar) -> Predicate:
    """Return a comparison of a number without its sign."""
    negative = Call("-", (Const(0), inner))
    both = [comparison(op, inner, other), comparison(op, negative, other)]
    return all_of(both) if op in (Op.LT, Op.LE) else any_of(both)


def _known(value: object) -> Known:
    if isinstance(value, timedelta):
        return Interval(days=value.days, micros=value.seconds * 1_000_000 + value.microseconds)
    return value  # type: ignore[return-value]  # a constant's value is known


def _text_function(op: Op, left: Expr, value: Known | None) -> Predicate | None:
    """Return a comparison of a part of a text as a LIKE, or None where it is something else."""
    match left:
        case Call("strpos", (subject, Const(str() as part))) if isinstance(value, int):
            present = (op, value) in {(Op.GT, 0), (Op.GE, 1), (Op.NE, 0)}
            if present or (op, value) in {(Op.EQ, 0), (Op.LE, 0), (Op.LT, 1)}:
                return Match(subject, PatternForm.LIKE, f"%{escape_like(part)}%", negated=not present)
            if (op, value) in {(Op.GT, 1), (Op.GE, 2)}:
                inside = Match(subject, PatternForm.LIKE, f"%{escape_like(part)}%")
                return all_of([inside, Match(subject, PatternForm.LIKE, f"{escape_like(part)}%", negated=True)])
            if (op, value) == (Op.EQ, 1):
                return Match(subject, PatternForm.LIKE, f"{escape_like(part)}%")
        case Call("left", (subject, Const(int() as size))) if _whole(op, value, size):
            return Match(subject, PatternForm.LIKE, f"{escape_like(str(value))}%", negated=op is Op.NE)
        case Call("lower" | "upper" as form, (Call("left", (subject, Const(int() as size))),)) if _whole(
            op, value, size
        ):
            text = str(value)
            if text == (text.lower() if form == "lower" else text.upper()):
                return Match(subject, PatternForm.LIKE, f"{escape_like(text)}%", folded=True, negated=op is Op.NE)
        case Call("right", (subject, Const(int() as size))) if _whole(op, value, size):
            return Match(subject, PatternForm.LIKE, f"%{escape_like(str(value))}", negated=op is Op.NE)
        case Call("substr", (subject, Const(int() as start), Const(int() as size))) if start >= 1:
            if _whole(op, value, size):
                skipped = "_" * (start - 1)
                return Match(subject, PatternForm.LIKE, f"{skipped}{escape_like(str(value))}%", negated=op is Op.NE)
    return None


def _whole(op: Op, value: Known | None, size: int) -> bool:
    return op in (Op.EQ, Op.NE) and isinstance(value, str) and len(value) == size


def escape_like(text: str) -> str:
    """Return the text as a LIKE pattern that matches it alone."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _between_expressions(op: Op, left: Expr, right: Expr) -> Predicate:
    if not columns_of(left) and columns_of(right):
        return Compare(op.mirrored, right, left)
    match left, right:
        case Call("greatest" | "least" as name, arguments), _ if op is not Op.NE:
            return _extreme(name, op, arguments, right)
        case _, Call("greatest" | "least" as name, arguments) if op is not Op.NE:
            return _extreme(name, op.mirrored, arguments, left)
        case Call("abs", (inner,)), _ if op in _ORDERS:
            return _absolute(op, inner, right)
        case _, Call("abs", (inner,)) if op in _ORDERS:
            return _absolute(op.mirrored, inner, left)
    return Compare(op, left, right)
