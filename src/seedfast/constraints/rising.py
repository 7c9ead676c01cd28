"""Columns that triggers want above those of the rows before: a bid tops the highest, a meter never runs backwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import postgast

from seedfast.constraints.nodes import COMPARISONS, UnreadableError, column_nodes, enum_name, opened

LAST = "last."
"""What begins the name that the greatest value so far goes by in a test."""

_NEW = "new."
_LESS = ("<", "<=", "<>")


@dataclass(frozen=True, slots=True)
class Rising:
    """A column of which each row of a parent holds more than those of the same parent before it.

    ``key`` is the foreign key to that parent. It is no less than the parent's columns ``bases``, and rises at least by
    its columns ``steps`` and by ``least``; where it is ``dense`` it counts from one.
    """

    key: str
    column: str
    bases: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    least: int = 1
    dense: bool = False


def rising(test: str, key: str, column: str) -> Rising | None:
    """Return how a column must rise so that a test isn't true, None where that isn't what the test is about.

    The column goes by the name ``new.column``, the greatest so far by ``last.column``, and columns of the parent by the
    foreign key's name and their own.
    """
    try:
        condition = postgast.parse(f"SELECT 1 WHERE {test}").stmts[0].stmt.select_stmt.where_clause
        for op, bound in _compared(condition, _NEW + column, LAST + column, negated=False):
            added = _added(bound, LAST + column)
            if added is None or op not in _LESS:
                continue
            names = [name.removeprefix(f"{key}.") for name in _names(bound) if name.startswith(f"{key}.")]
            steps = tuple(name for name in names if any(f"{key}.{name}" in _names(each) for each in added))
            least = max([0, *(number for each in added for number in _numbers(each))])
            if op != "<>" or (least == 1 and not names):
                bases = tuple(name for name in names if name not in steps)
                return Rising(key, column, bases, steps, max(least, 1), dense=op == "<>")
    except (postgast.PgQueryError, IndexError, RecursionError, UnreadableError):
        return None
    return None


def _compared(node: Any, new: str, last: str, *, negated: bool) -> Iterator[tuple[str, Any]]:
    """Yield how a column compares, where a test is true, with what reads the greatest one before."""
    form, body = opened(node)
    if form == "bool_expr":
        for part in body.args:
            yield from _compared(part, new, last, negated=negated ^ (enum_name(body, "boolop") == "NOT_EXPR"))
    elif form == "a_expr" and enum_name(body, "kind") == "AEXPR_OP":
        op = COMPARISONS.get(body.name[-1].string.sval)
        for mine, bound, turned in ((body.lexpr, body.rexpr, False), (body.rexpr, body.lexpr, True)):
            if op is not None and opened(mine)[0] == "column_ref" and _names(mine) == [new] and last in _names(bound):
                here = op.mirrored if turned else op
                yield (here.negated if negated else here).value, bound


def _added(bound: Any, last: str) -> list[Any] | None:
    """Return what is added to the greatest value so far, None where anything else is done with it."""
    found = []
    for item in postgast.find_nodes(bound, postgast.pg_query_pb2.A_Expr):
        sides = item.lexpr, item.rexpr
        if any(last in _names(side) for side in sides):
            if item.name[-1].string.sval != "+":
                return None
            found += [side for side in sides if last not in _names(side)]
    return found


def _names(node: Any) -> list[str]:
    """Return the columns that an expression reads."""
    return [".".join(part.string.sval for part in item.fields) for item in column_nodes(node)]


def _numbers(node: Any) -> Iterator[int]:
    for item in postgast.find_nodes(node, postgast.pg_query_pb2.A_Const):
        if item.WhichOneof("val") == "ival":
            yield item.ival.ival
