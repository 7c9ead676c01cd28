"""Unique indexes over expressions: which column's values must differ for the index's values to differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from seedfast.constraints.parse import parse_value
from seedfast.constraints.predicate import Call, ColumnRef, Const, Expr

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
