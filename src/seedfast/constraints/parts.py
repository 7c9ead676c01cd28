"""Pieces of documents, arrays, composites and ranges: which piece of which column an expression reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from seedfast.constraints.constants import DECIMALS, INTEGERS, MOMENTS
from seedfast.constraints.domain import Aspect, Part, Place
from seedfast.constraints.predicate import Call, ColumnRef, Const, Expr, Op, Value
from seedfast.model.types import SqlType, TypeForm

Types = Callable[[str], SqlType | None]
"""The type of a column by its name; None where it isn't known."""

DOCUMENTS = frozenset({"json", "jsonb"})

_CASTS = INTEGERS | DECIMALS | MOMENTS | {"bool", "date", "uuid", "time"}
_RANGE_ASPECTS = {
    "lower": Aspect.LOWER,
    "upper": Aspect.UPPER,
    "isempty": Aspect.EMPTY,
    "lower_inf": Aspect.LOWER_OPEN,
    "upper_inf": Aspect.UPPER_OPEN,
    "lower_inc": Aspect.LOWER_INCLUDED,
    "upper_inc": Aspect.UPPER_INCLUDED,
}
_TRUTHS = frozenset(_RANGE_ASPECTS.values()) - {Aspect.LOWER, Aspect.UPPER} | {Aspect.HAS, Aspect.INCLUDES}


FIELDS = {
    "day": (1, 32),
    "month": (1, 13),
    "quarter": (1, 5),
    "week": (1, 54),
    "doy": (1, 367),
    "dow": (0, 7),
    "isodow": (1, 8),
    "hour": (0, 24),
    "minute": (0, 60),
    "second": (0, 60),
}
"""The fields of dates and times that come again and again, with the least number of each and the one after the last."""

INHERENT = frozenset({Aspect.CALENDAR, Aspect.REMAINDER})
"""What every value of a column has that isn't NULL."""

_CLOCK = frozenset({"hour", "minute", "second"})

WHOLE: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "second": {},
    "minute": {"second": (0,)},
    "hour": {"minute": (0,), "second": (0,)},
    "day": {"hour": (0,), "minute": (0,), "second": (0,)},
    "week": {"isodow": (1,)},
    "month": {"day": (1,)},
    "quarter": {"day": (1,), "month": (1, 4, 7, 10)},
    "year": {"day": (1,), "month": (1,)},
}
"""What the fields of a moment are that ``date_trunc`` leaves as it is, beside those of a whole day from weeks on."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A value somewhere inside a column, of a type that has parts itself."""

    column: str
    steps: tuple[str, ...]
    type: SqlType

    def place(self, aspect: Aspect, detail: Const | None = None) -> Place:
        return Place(self.column, Part(self.steps, aspect, None if detail is None else detail.value))


def base_type(name: str) -> SqlType:
    """Return one of PostgreSQL's own types without modifiers."""
    return SqlType("pg_catalog", name, TypeForm.BASE, name)


def type_of(place: Place, types: Types) -> SqlType | None:
    """Return the type of a column or of what is asked of its part; None where it isn't known."""
    own = types(place.column)
    part = place.part
    if own is None or part is None:
        return own
    if part.cast is not None:
        return base_type(part.cast)
    if part.aspect in _TRUTHS:
        return base_type("bool")
    if part.aspect is Aspect.REMAINDER:
        return own
    if part.aspect in (Aspect.SIZE, Aspect.CALENDAR):
        return base_type("int4")
    if part.aspect in (Aspect.TEXT, Aspect.KIND, Aspect.KEY):
        return base_type("text")
    if part.aspect is Aspect.FIELD:
        return _along(own, part.steps)
    inner = _along(own, part.steps)
    element = inner.storage.element if inner is not None else None
    if element is not None and part.aspect is Aspect.WIDTH:
        return _width(element)
    return base_type("text") if element is None and inner is not None and is_document(inner) else element


def _width(element: SqlType) -> SqlType:
    name = element.storage.name
    return base_type("interval") if name in MOMENTS else base_type("int4") if name == "date" else element


def is_document(kind: SqlType) -> bool:
    """Tell whether values of the type have members by name that are reached with ``->``: JSON and hstore."""
    return kind.storage.name in DOCUMENTS or (kind.storage.extension, kind.storage.name) == ("hstore", "hstore")


def _along(kind: SqlType | None, steps: tuple[str, ...]) -> SqlType | None:
    for step in steps:
        if kind is None or is_document(kind):
            return kind
        kind = next((field.type for field in kind.storage.attributes if field.name == step), None)
    return kind


def piece_of(item: Expr, types: Types) -> _Piece | None:
    """Return the document, array, composite or range that an expression reads, None where it reads something else."""
    match item:
        case ColumnRef(name):
            kind = types(name)
            return None if kind is None else _Piece(name, (), kind)
        case Call(name, (inner,)) if name.startswith("field:"):
            return _stepped(inner, (name.removeprefix("field:"),), types, documents=False)
        case Call("->", (inner, Const(str() as key))):
            return _stepped(inner, (key,), types, documents=True)
        case Call("#>" | "jsonb_extract_path" | "json_extract_path", (inner, *path)) if keys := _keys(path):
            return _stepped(inner, keys, types, documents=True)
        case Call(name, (inner,)) if name.startswith("cast:"):
            piece = piece_of(inner, types)
            same = piece is not None and (name in {"cast:json", "cast:jsonb"} or _is_array(piece.type))
            return piece if same and piece is not None and not _scalar(piece.type) else None
    return None


def _is_array(kind: SqlType) -> bool:
    return kind.storage.form is TypeForm.ARRAY


def _scalar(kind: SqlType) -> bool:
    return kind.storage.form is TypeForm.BASE and not is_document(kind)


def _keys(path: list[Expr]) -> tuple[str, ...]:
    """Return the keys of a path given as an array or as arguments; none where they aren't known or count elements."""
    items = path[0].arguments if len(path) == 1 and isinstance(path[0], Call) and path[0].name == "array" else path
    keys = [item.value for item in items if isinstance(item, Const) and isinstance(item.value, str)]
    whole = len(keys) == len(items) and not any(key.lstrip("-").isdigit() for key in keys)
    return tuple(keys) if whole else ()


def _stepped(inner: Expr, steps: tuple[str, ...], types: Types, *, documents: bool) -> _Piece | None:
    piece = piece_of(inner, types)
    if piece is None or is_document(piece.type) is not documents:
        return None
    kind = piece.type if documents else _along(piece.type, steps)
    return None if kind is None else _Piece(piece.column, (*piece.steps, *steps), kind)


def place_of(item: Expr, types: Types) -> Place | None:
    """Return which part of which column an expression is, None where it is no part."""
    match item:
        case Call("->" | "->>", (inner, Const(str() as key))):
            if item.name == "->" and not _is_hstore(inner, types):
                return None
            piece = _stepped(inner, (key,), types, documents=True)
            return None if piece is None else piece.place(Aspect.TEXT)
        case Call("#>>" | "jsonb_extract_path_text" | "json_extract_path_text", (inner, *path)) if keys := _keys(path):
            piece = _stepped(inner, keys, types, documents=True)
            return None if piece is None else piece.place(Aspect.TEXT)
        case Call("jsonb_typeof" | "json_typeof", (inner,)):
            return _asked(inner, Aspect.KIND, types, is_document)
        case Call("jsonb_array_length" | "json_array_length", (inner,)):
            return _asked(inner, Aspect.SIZE, types, is_document)
        case Call("cardinality", (inner,)) | Call("array_length", (inner, Const(1))):
            return _asked(inner, Aspect.SIZE, types, _is_array)
        case Call("?" | "exist" | "jsonb_exists", (inner, Const(str()) as key)):
            return _asked(inner, Aspect.HAS, types, is_document, key)
        case Call("includes", (inner, Const() as value)):
            return _asked(inner, Aspect.INCLUDES, types, lambda kind: _is_array(kind) or is_document(kind), value)
        case Call("element" | "member" as name, (inner,)):
            return _asked(inner, Aspect.ELEMENT if name == "element" else Aspect.MEMBER, types, _is_array)
        case Call("key", (inner,)):
            return _asked(inner, Aspect.KEY, types, is_document)
        case Call(name, (inner,)) if name in _RANGE_ASPECTS:
            return _asked(inner, _RANGE_ASPECTS[name], types, is_range)
        case Call("-", (Call("upper", (one,)), Call("lower", (other,)))) if one == other:
            return _asked(one, Aspect.WIDTH, types, is_range)
        case Call(name, (inner,)) if name.startswith("cast:") and name.removeprefix("cast:") in _CASTS:
            place = place_of(inner, types)
            piece = piece_of(inner, types) if place is None else None
            if piece is not None and piece.steps and is_document(piece.type):
                # JSON is cast to a number or truth value as its text is.
                place = piece.place(Aspect.TEXT)
            if place is not None and place.part is not None and place.part.aspect is Aspect.TEXT:
                return Place(place.column, replace(place.part, cast=name.removeprefix("cast:")))
        case Call("extract", (Const(str() as field), inner)) if field.lower() in FIELDS:
            return _field(field.lower(), inner, types)
        case Call("%" | "mod", (inner, Const(int() | Decimal() as modulus))) if modulus > 0:
            known = _below_casts(inner, types)
            numeric = known is not None and known.type.storage.name in {*INTEGERS, "numeric"}
            return known.place(Aspect.REMAINDER, Const(modulus)) if numeric and known is not None else None
        case Call(name) if name.startswith("field:"):
            piece = piece_of(item, types)
            return None if piece is None else piece.place(Aspect.FIELD)
    return None


def _below_casts(item: Expr, types: Types) -> _Piece | None:
    """Return the column below casts from number to number, or from moment to moment."""
    match item:
        case Call(name, (inner,)) if name.removeprefix("cast:") in {*INTEGERS, *MOMENTS, "numeric", "date", "time"}:
            return _below_casts(inner, types)
        case ColumnRef():
            return piece_of(item, types)
    return None


def _field(field: str, inner: Expr, types: Types) -> Place | None:
    known = _below_casts(inner, types)
    if known is None:
        return None
    kind = known.type.storage.name
    timed = kind in MOMENTS or kind == ("time" if field in _CLOCK else "date")
    return known.place(Aspect.CALENDAR, Const(field)) if timed else None


def fields_of_truncated(left: Expr, right: Expr, types: Types) -> tuple[str, dict[str, tuple[int, ...]]] | None:
    """Return the column and the fields that it must have where it equals the start of its own day, month, ..."""
    match right:
        case Call("cast:date" | "cast:timestamp" | "cast:timestamptz", (Call("date_trunc") as start,)):
            return fields_of_truncated(left, start, types)
        case Call("date_trunc", (Const(str() as part), inner)) if part.lower() in WHOLE:
            name = part.lower()
        case Call("cast:date", (inner,)):
            name = "day"
        case _:
            return None
    one, other = _below_casts(left, types), _below_casts(inner, types)
    if one is None or other is None or one.column != other.column or one.type.storage.name not in {*MOMENTS, "date"}:
        return None
    fields = {**WHOLE[name], **(WHOLE["day"] if name in ("week", "month", "quarter", "year") else {})}
    days_alone = one.type.storage.name == "date"
    return one.column, {field: kept for field, kept in fields.items() if not (days_alone and field in _CLOCK)}


def seen(part: Part, value: Value) -> int | Decimal | None:
    """Return what a part of a value is, None where that can't be told."""
    if part.aspect is Aspect.REMAINDER and isinstance(part.detail, (int, Decimal)):
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or value < 0:
            return None
        return Decimal(value) % Decimal(part.detail)
    if part.aspect is Aspect.CALENDAR and isinstance(value, date):
        first = date(value.year, 1, 1).toordinal()
        fields = {
            "day": value.day,
            "month": value.month,
            "quarter": (value.month + 2) // 3,
            "week": value.isocalendar()[1],
            "doy": value.toordinal() - first + 1,
            "dow": value.isoweekday() % 7,
            "isodow": value.isoweekday(),
        }
        if isinstance(value, datetime):
            fields |= {"hour": value.hour, "minute": value.minute, "second": value.second}
        return fields.get(str(part.detail))
    return None


def is_range(kind: SqlType) -> bool:
    """Tell whether values of the type are ranges."""
    return kind.storage.form is TypeForm.RANGE


def _is_hstore(item: Expr, types: Types) -> bool:
    piece = piece_of(item, types)
    return piece is not None and piece.type.storage.name == "hstore"


def _asked(
    inner: Expr, aspect: Aspect, types: Types, fits: Callable[[SqlType], bool], detail: Const | None = None
) -> Place | None:
    piece = piece_of(inner, types)
    return piece.place(aspect, detail) if piece is not None and fits(piece.type) else None


_ENDS = frozenset({Aspect.LOWER, Aspect.UPPER})
_SINGLE = frozenset({Aspect.TEXT, Aspect.FIELD})


def tieable(left: Place, op: Op, right: Place) -> bool:
    """Tell whether two places can be made to compare so: parts side by side, or a part and a column of the row."""
    one, other = left.part, right.part
    if any(part is not None and part.aspect in INHERENT for part in (one, other)):
        return False
    if one is None or other is None:
        part = one or other
        if left.column == right.column or part is None:
            return False
        if part.aspect in (Aspect.ELEMENT, Aspect.MEMBER):
            return not part.steps and op is (Op.NE if part.aspect is Aspect.ELEMENT else Op.EQ)
        if op is Op.NE:
            return False
        return part.aspect in _ENDS | _SINGLE or (part.aspect is Aspect.SIZE and not part.steps)
    if left.column == right.column:
        beside = one.steps[:-1] == other.steps[:-1] and one.steps != other.steps
        return one.aspect in _SINGLE and one.aspect is other.aspect and beside and op is not Op.NE
    if one.steps or other.steps:
        return False
    sizes = one.aspect is other.aspect is Aspect.SIZE and op is Op.EQ
    return sizes or (one.aspect in _ENDS and other.aspect in _ENDS)
