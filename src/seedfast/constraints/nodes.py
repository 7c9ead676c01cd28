"""PostgreSQL's syntax tree, as libpg_query gives it: what the readers of expressions ask of its nodes."""

from __future__ import annotations

from typing import Any

import postgast

from seedfast.constraints.constants import convert
from seedfast.constraints.predicate import Op, PatternForm

COMPARISONS = {"<": Op.LT, "<=": Op.LE, "=": Op.EQ, "<>": Op.NE, "!=": Op.NE, ">=": Op.GE, ">": Op.GT}
PATTERNS = {
    "~~": (PatternForm.LIKE, False, False),
    "!~~": (PatternForm.LIKE, False, True),
    "~~*": (PatternForm.LIKE, True, False),
    "!~~*": (PatternForm.LIKE, True, True),
    "~": (PatternForm.REGEX, False, False),
    "!~": (PatternForm.REGEX, False, True),
    "~*": (PatternForm.REGEX, True, False),
    "!~*": (PatternForm.REGEX, True, True),
}
HOLDING = frozenset({"?", "?&", "?|", "@>", "<@", "&&"})
"""Operators that ask what a document, an array or a range holds."""

ASKING = frozenset(
    {
        "isempty", "lower_inf", "upper_inf", "lower_inc", "upper_inc", "exist", "jsonb_exists", "jsonb_exists_any",
        "jsonb_exists_all", "jsonb_contains", "arraycontains", "arraycontained", "arrayoverlap", "range_contains",
    }
)  # fmt: skip
"""Functions that ask it."""

_BOOLEAN_NODES = {"bool_expr", "null_test", "boolean_test"}


class UnreadableError(ValueError):
    """A part of an expression that can't be put into a predicate."""


def opened(node: Any) -> tuple[str, Any]:
    """Return what kind of node it is (``a_expr``, ``func_call`` ...) and the node of that kind."""
    form = node.WhichOneof("node")
    if form is None:
        raise UnreadableError("nothing")
    return form, getattr(node, form)


def enum_name(body: Any, field: str) -> str:
    """Return the name of a field's enumeration value."""
    descriptor = body.DESCRIPTOR.fields_by_name[field]
    return str(descriptor.enum_type.values_by_number[getattr(body, field)].name)


def last_field(body: Any) -> str:
    """Return the column's name of a column reference."""
    last = body.fields[-1]
    if last.WhichOneof("node") != "string":
        raise UnreadableError("*")
    return str(last.string.sval)


def function_name(body: Any) -> str:
    """Return a function's name: bare where it is PostgreSQL's own, else with its schema."""
    names = [str(part.string.sval) for part in body.funcname]
    return names[-1] if len(names) == 1 or names[0] == "pg_catalog" else ".".join(names)


def type_name(node: Any) -> str:
    """Return the catalog's name of a type, without its schema."""
    return str(node.names[-1].string.sval)


def is_citext(node: Any) -> bool:
    """Return whether the node is cast to citext."""
    form, body = opened(node)
    return form == "type_cast" and type_name(body.type_name) == "citext"


def is_boolean(node: Any) -> bool:
    """Return whether the node can be seen to be a condition; a bare boolean column can't."""
    form, body = opened(node)
    if form in _BOOLEAN_NODES:
        return True
    if form == "a_const":
        return bool(body.WhichOneof("val") == "boolval")
    if form == "type_cast":
        return type_name(body.type_name) == "bool" and not len(body.type_name.array_bounds)
    if form == "a_expr":
        name = str(body.name[-1].string.sval)
        kind = enum_name(body, "kind")
        compares = name in COMPARISONS or name in PATTERNS or name in HOLDING or name == "^@"
        return compares if kind == "AEXPR_OP" else kind != "AEXPR_NULLIF"
    if form == "func_call":
        name = function_name(body)
        return name in {"starts_with", "isfinite", "regexp_like"} or name.rpartition(".")[2] in ASKING
    if form == "coalesce_expr":
        return any(is_boolean(argument) for argument in body.args)
    if form == "case_expr":
        return any(is_boolean(arm.case_when.result) for arm in body.args)
    return False


def is_whole_row(body: Any) -> bool:
    """Return whether a column reference means all columns: ``t.*``."""
    return bool(body.fields[-1].WhichOneof("node") == "a_star")


def column_nodes(node: Any) -> list[Any]:
    """Return the column references below a node."""
    return [item for item in postgast.find_nodes(node, postgast.pg_query_pb2.ColumnRef) if len(item.fields)]


def reads_a_column(node: Any) -> bool:
    """Tell whether a node is a column or a field or member of one, below casts."""
    form, body = opened(node)
    if form == "type_cast":
        return reads_a_column(body.arg)
    return form in {"column_ref", "a_indirection"}


def constant(body: Any) -> Any:
    """Return the value of a constant node; None for NULL."""
    form = body.WhichOneof("val")
    match form:
        case "ival":
            return body.ival.ival
        case "fval":
            text = body.fval.fval
            return convert(text, "int8") if text.isdigit() else convert(text, "numeric")
        case "sval":
            return body.sval.sval
        case "boolval":
            return body.boolval.boolval
        case "bsval":
            return body.bsval.bsval.removeprefix("b")
    if body.isnull:
        return None
    raise UnreadableError("constant")
