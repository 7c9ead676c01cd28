"""Conditions that say what columns are: ``gross = net + tax``, or that they begin as another one does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import postgast

from seedfast.constraints.nodes import enum_name
from seedfast.names import quote

_SAME = {("AEXPR_OP", "="): True, ("AEXPR_OP", "<>"): False, ("AEXPR_DISTINCT", "="): False}
_SAME |= {("AEXPR_NOT_DISTINCT", "="): True}
"""By what compares two sides, whether it is true where they are the same."""


class Equation(NamedTuple):
    """A column, and the SQL of what it must be; unless that is the ``whole`` of it, it reads the column, too."""

    column: str
    expression: str
    whole: bool


def equations(sql: str) -> tuple[Equation, ...]:
    """Return what a condition sets columns equal to; nothing where it sets none.

    The left side is preferred where both sides are columns. A column that must be LIKE what is made of another one is
    such a text with what the column is otherwise in the place of ``%``.
    """
    try:
        tree = postgast.parse(f"SELECT {sql}")
    except postgast.PgQueryError:
        return ()
    return tuple(_set(tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val, holds=True))


def _set(node: Any, *, holds: bool) -> Iterator[Equation]:
    """Yield what a condition, or its contrary, sets columns equal to."""
    if node.HasField("bool_expr"):
        kind = enum_name(node.bool_expr, "boolop")
        if kind == "NOT_EXPR":
            yield from _set(node.bool_expr.args[0], holds=not holds)
        elif kind == ("AND_EXPR" if holds else "OR_EXPR"):
            for one in node.bool_expr.args:
                yield from _set(one, holds=holds)
    elif node.HasField("a_expr"):
        kind, name = enum_name(node.a_expr, "kind"), "".join(part.string.sval for part in node.a_expr.name)
        left, right = node.a_expr.lexpr, node.a_expr.rexpr
        likes = name == ("~~" if holds else "!~~")
        if likes and (column := _column(left)) is not None and not right.HasField("a_const"):
            yield Equation(column, f"replace({_sql(right)}, '%', {quote(column)}::text)", whole=False)
        # ``x = ANY (list)`` doesn't say what x is.
        elif _SAME.get((kind, name)) is holds:
            for one, other in ((left, right), (right, left)):
                column = _column(one)
                if column is not None:
                    yield Equation(column, _sql(other), whole=True)
                    break


def _column(node: Any) -> str | None:
    """Return the column that a node is, cast or not."""
    while node.HasField("type_cast"):
        node = node.type_cast.arg
    if node.HasField("column_ref") and len(node.column_ref.fields) == 1:
        return str(node.column_ref.fields[0].string.sval)
    return None


def _sql(node: Any) -> str:
    """Return a node's SQL."""
    tree = postgast.parse("SELECT 1")
    tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val.CopyFrom(node)
    return str(postgast.deparse(tree)).removeprefix("SELECT ")
