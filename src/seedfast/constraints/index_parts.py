"""Unique indexes over expressions: which column's values must differ for the index's values to differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from seedfast.constraints.parse import parse, parse_value
from seedfast.constraints.predicate import Call, ColumnRef, Const, Expr, Opaque, Truth

# Functions that keep apart what differs by more than case and outer blanks; digests are as good as injective.
_FOLDS = frozenset({"lower", "upper", "btrim", "ltrim", "rtrim", "reverse"})
_DIGESTS = frozenset({"md5", "sha224", "sha256", "sha384", "sha512", "digest", "encode", "convert_to"})
_WRITERS = frozenset({"to_json", "to_jsonb", "quote_literal", "quote_ident"})
_WIDE = ("text", "varchar", "bpchar", "citext", "int8", "numeric", "bytea", "name", "uuid")
_INJECTIVE = _FOLDS | _DIGESTS | _WRITERS | {"cast:" + name for name in _WIDE}
_NO_CLOCK = datetime(2000, 1, 1)
"""An index's expression is immutable: it can't read the clock."""


@dataclass(frozen=True, slots=True)
class InjectivePart:
    """A unique index's expression that differs wherever ``column`` does, case and outer blanks aside.

    With ``null_counts`` the expression has a value where the column is NULL, so that only one row may be NULL.
    """

    column: str
    null_counts: bool = False


@dataclass(frozen=True, slots=True)
class CoarsePart:
    """An index's expression that keeps only some of ``column``: its first ``prefix`` characters, or periods of it.

    Moments ``days`` + ``seconds`` apart lie in different periods; with ``aligned`` the periods begin at whole multiples
    of that time since 1970, in UTC.
    """

    column: str
    prefix: int | None = None
    days: int = 0
    seconds: int = 0
    aligned: bool = False


# A period is as long as the longest of its kind: moments so far apart can't share one.
_PERIODS = {
    "second": CoarsePart("", seconds=1, aligned=True),
    "minute": CoarsePart("", seconds=60, aligned=True),
    "hour": CoarsePart("", seconds=3600, aligned=True),
    "day": CoarsePart("", days=1, aligned=True),
    "week": CoarsePart("", days=7),
    "month": CoarsePart("", days=31),
    "quarter": CoarsePart("", days=92),
    "year": CoarsePart("", days=366),
    "decade": CoarsePart("", days=3653),
}
_FORMATS = {"yyyy": "year", "yyyymm": "month", "yyyymmdd": "day", "yyyymmddhh24": "hour", "yyyyq": "quarter"}


def coarse_part(expression: str) -> CoarsePart | None:
    """Return which column an expression keeps some of, None where it is no such expression.

    It is found below folding functions too, and may be NULL or a constant beside that.
    """
    values = [value for _, value in parse_value(expression, now=_NO_CLOCK)]
    found = {_coarse(value) for value in values if not isinstance(value, Const)}
    return found.pop() if len(found) == 1 else None


def _coarse(item: Expr) -> CoarsePart | None:
    match item:
        case Call("left", (inner, Const(int(length)))) | Call("substr", (inner, Const(1), Const(int(length)))):
            column = _column_below(inner)
            return None if column is None or length < 1 else CoarsePart(column, prefix=length)
        case Call("cast:date", (moment,)):
            below = _period("day", moment) or _coarse(moment)
            return below if below is not None and below.days else None
        case Call("date_trunc", (Const(str(unit)), moment, *_)) if unit in _PERIODS:
            return _period(unit, moment)
        case Call("extract", (Const(str(unit)), moment)) if unit in ("year", "decade"):
            return _period(unit, moment)
        case Call("to_char", (moment, Const(str(form)))):
            known = _FORMATS.get("".join(c for c in form.lower() if c.isalnum()))
            return None if known is None else _period(known, moment)
        case Call(name, (inner, *rest)) if name in _INJECTIVE and all(isinstance(part, Const) for part in rest):
            return _coarse(inner)
    return None


_RANGES = ("tsrange", "tstzrange", "daterange", "int4range", "int8range")


def span_part(expression: str) -> tuple[str, str] | None:
    """Return the columns at which a range begins and ends, None where an expression makes no range of two columns."""
    values = [value for _, value in parse_value(expression, now=_NO_CLOCK)]
    match values:
        case [Call(name, (ColumnRef(start), ColumnRef(end), *_))] if name in _RANGES and start != end:
            return start, end
    return None


def _period(unit: str, moment: Expr) -> CoarsePart | None:
    match moment:
        case ColumnRef(column):
            return replace(_PERIODS[unit], column=column)
        case Call("timezone", (Const(), ColumnRef(column))):
            # Where clocks are put back, a day has an hour more.
            period = _PERIODS[unit]
            return replace(period, column=column, seconds=period.seconds + 3600, aligned=False)
    return None


def is_condition(expression: str) -> bool:
    """Tell whether an expression is a condition on columns, which has but two values beside NULL."""
    return not isinstance(parse(expression, now=_NO_CLOCK), (Opaque, Truth)) and injective_column(expression) is None


def is_constant(expression: str) -> bool:
    """Tell whether an expression, where it isn't NULL, is the same for every row: ``1``, ``id * 0``."""
    values = [value for _, value in parse_value(expression, now=_NO_CLOCK)]
    return all(map(_fixed, values)) and len(set(values)) == 1


def _fixed(item: Expr) -> bool:
    match item:
        case Const():
            return True
        case Call("*", factors) if any(factor == Const(0) for factor in factors):
            return True
        case Call("mod" | "%", (_, Const(1))):
            return True
        case Call(name, (inner,)) if name.startswith("cast:"):
            return _fixed(inner)
    return False


def injective_column(expression: str) -> InjectivePart | None:
    """Return the column whose distinct values, case folded and trimmed, give distinct values of the expression.

    None where there is no such column: for ``date(x)``, ``left(x, 3)``, ``a || b`` or a function that isn't known.
    """
    values = [value for _, value in parse_value(expression, now=_NO_CLOCK)]
    constants = [value for value in values if isinstance(value, Const)]
    columns = {_column_below(value) for value in values if not isinstance(value, Const)}
    if len(columns) != 1:
        return None
    [column] = columns
    null_counts = any(constant.value is not None for constant in constants)
    return None if column is None else InjectivePart(column, null_counts)


def _column_below(item: Expr) -> str | None:
    match item:
        case ColumnRef(name):
            return name
        case Call("||", (Const(), inner)) | Call("||", (inner, Const())):
            return _column_below(inner)
        case Call(name, (inner, *rest)) if name in _INJECTIVE:
            return _column_below(inner) if all(isinstance(part, Const) for part in rest) else None
    return None
