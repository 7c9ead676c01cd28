"""Which columns an expression of the catalog reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import postgast
from postgast import pg_query_pb2


def columns_read(expression: str | None, columns: Sequence[str], table: str | None = None) -> tuple[str, ...]:
    """Return those of a table's ``columns``, in their order, that the expression (or list of them) reads.

    All of them where it reads the whole row or PostgreSQL's grammar can't read it: too many are safe, too few are not.
    Where the expression has subqueries, it writes the table's columns with the name of the ``table``.
    """
    if expression is None:
        return ()
    names = _references(expression, table)
    if names is None:
        return tuple(columns)
    return tuple(column for column in columns if column in names)


@lru_cache(maxsize=4096)
def _references(expression: str, table: str | None) -> frozenset[str] | None:
    try:
        tree = postgast.parse("select " + expression)
    except postgast.PgQueryError:
        return None
    names: set[str] = set()
    for reference in postgast.find_nodes(tree, pg_query_pb2.ColumnRef):
        if any(field.HasField("a_star") for field in reference.fields):
            return None
        first, *rest = (field.string.sval for field in reference.fields)
        names.add(rest[0] if rest and first == table else first)
    return frozenset(names)
