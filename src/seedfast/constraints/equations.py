"""Conditions that say what a column is: ``gross = net + tax``."""

from __future__ import annotations

import postgast

from seedfast.constraints.nodes import enum_name


def equation(sql: str) -> tuple[str, str] | None:
    """Return the column and the expression that a condition sets equal, None for a condition of another form.

    The left side is preferred where both sides are columns.
    """
    try:
        tree = postgast.parse(f"SELECT {sql}")
    except postgast.PgQueryError:
        return None
    condition = tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val
    if not condition.HasField("a_expr") or [name.string.sval for name in condition.a_expr.name] != ["="]:
        return None
    if enum_name(condition.a_expr, "kind") != "AEXPR_OP":
        # ``x = ANY (list)`` doesn't say what x is.
        return None
    for one, other in (
        (condition.a_expr.lexpr, condition.a_expr.rexpr),
        (condition.a_expr.rexpr, condition.a_expr.lexpr),
    ):
        if one.HasField("column_ref") and len(one.column_ref.fields) == 1:
            condition_sql = _expression(tree, other)
            return one.column_ref.fields[0].string.sval, condition_sql
    return None


def _expression(tree: postgast.ParseResult, node: object) -> str:
    """Return a node's SQL, by putting it in the place of the condition that it is part of."""
    target = tree.stmts[0].stmt.select_stmt.target_list[0].res_target
    kept = type(target.val)()
    kept.CopyFrom(node)
    target.val.CopyFrom(kept)
    return str(postgast.deparse(tree)).removeprefix("SELECT ")
