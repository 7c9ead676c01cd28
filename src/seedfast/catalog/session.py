"""What the session decides in an expression: parts such as CURRENT_USER have one value as long as it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import postgast
import psycopg
from postgast import pg_query_pb2

from seedfast.names import literal

_VALUES = (pg_query_pb2.ColumnRef, pg_query_pb2.RangeVar, pg_query_pb2.ParamRef)
"""What has no value outside of a row or a table."""

_SESSION = frozenset(
    {
        "current_database",
        "current_schema",
        "current_schemas",
        "current_setting",
        "getpgusername",
        "has_any_column_privilege",
        "has_column_privilege",
        "has_database_privilege",
        "has_function_privilege",
        "has_schema_privilege",
        "has_sequence_privilege",
        "has_table_privilege",
        "pg_has_role",
    }
)
"""PostgreSQL's own functions that tell something of the session."""

_SESSION_VALUES = frozenset(
    {
        "SVFOP_CURRENT_ROLE",
        "SVFOP_CURRENT_USER",
        "SVFOP_USER",
        "SVFOP_SESSION_USER",
        "SVFOP_CURRENT_CATALOG",
        "SVFOP_CURRENT_SCHEMA",
    }
)

_EXPRESSIONS = frozenset(
    {
        "a_array_expr",
        "a_expr",
        "a_indirection",
        "bool_expr",
        "boolean_test",
        "case_expr",
        "coalesce_expr",
        "collate_clause",
        "func_call",
        "min_max_expr",
        "null_test",
        "sqlvalue_function",
        "sub_link",
        "type_cast",
    }
)

_SETTING = re.compile(r"current_setting\s*\(\s*'([^']+\.[^']+)'(?:::text)?\s*(,\s*'?t(?:rue)?\b)?", re.IGNORECASE)


def session_parts(expression: str) -> tuple[str, ...]:
    """Return the largest parts of an expression that read no column and no table, but ask something of the session."""
    tree = _parsed(expression)
    if tree is None:
        return ()
    return tuple(dict.fromkeys(_sql(node) for node in _constant_nodes(tree)))


def settled(expression: str, values: Mapping[str, str]) -> str:
    """Return the expression with the parts of ``session_parts`` that are in ``values`` written as those constants."""
    tree = _parsed(expression)
    if tree is None:
        return expression
    found = [(node, values[text]) for node in _constant_nodes(tree) if (text := _sql(node)) in values]
    for node, value in found:
        node.CopyFrom(_target(postgast.parse("select " + value)))
    return _deparsed(tree) if found else expression


def evaluated(connection: psycopg.Connection[Any], parts: Iterable[str]) -> dict[str, str]:
    """Return what the server says of parts, as typed constants; those that can't be evaluated now are left out.

    The connection is inside a transaction, with an empty search_path. Functions run under that of the role.
    """
    known: dict[str, tuple[str | None, int]] = {}
    for part in dict.fromkeys(parts):
        statement = f"select (value)::text, pg_catalog.pg_typeof(value)::oid::int8 from (select {part}) as asked(value)"
        try:
            with connection.transaction():
                connection.execute("set local search_path to default")
                row = connection.execute(statement.encode()).fetchone()
                connection.execute("set local search_path to ''")
        except psycopg.OperationalError:
            raise
        except psycopg.DatabaseError:
            continue
        if row is not None:
            known[part] = row
    names = _type_names(connection, sorted({oid for _, oid in known.values()}))
    return {part: f"{'NULL' if text is None else literal(text)}::{names[oid]}" for part, (text, oid) in known.items()}


def settings_read(sources: Iterable[str], readers: Mapping[str, str]) -> dict[str, bool]:
    """Return the settings that texts read, each with whether it may be missing.

    ``readers`` are functions, by name, with their text: what they read is read by whoever names them.
    """
    found: dict[str, bool] = {}
    waiting, seen = list(sources), set[str]()
    while waiting:
        text = waiting.pop()
        for name, optional in _SETTING.findall(text):
            found[name] = found.get(name, True) and bool(optional)
        for reader, source in readers.items():
            if reader not in seen and re.search(rf"(?<![\w$]){re.escape(reader)}\"?\s*\(", text):
                seen.add(reader)
                waiting.append(source)
    return found


def unset(connection: psycopg.Connection[Any], names: Iterable[str]) -> frozenset[str]:
    """Return the settings that have no value in this session; what was set and forgotten is empty."""
    wanted = sorted(set(names))
    rows = connection.execute(
        "select name from unnest(%s::text[]) name where coalesce(current_setting(name, true), '') = ''", [wanted]
    )
    return frozenset(str(name) for (name,) in rows)


def _type_names(connection: psycopg.Connection[Any], types: Sequence[int]) -> dict[int, str]:
    rows = connection.execute("select t, format_type(t::oid, null) from unnest(%s::int8[]) t", [list(types)])
    return {int(oid): str(name) for oid, name in rows}


def _parsed(expression: str) -> Any:
    try:
        return postgast.parse("select " + expression)
    except postgast.PgQueryError:
        return None


def _target(tree: Any) -> Any:
    return tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val


def _deparsed(tree: Any) -> str:
    return str(postgast.deparse(tree)).removeprefix("SELECT ")


def _sql(node: Any) -> str:
    tree = postgast.parse("select 1")
    _target(tree).CopyFrom(node)
    return _deparsed(tree)


def _constant_nodes(message: Any) -> Iterator[Any]:
    """Yield the nodes of the largest constant parts below a message."""
    if isinstance(message, pg_query_pb2.Node) and message.WhichOneof("node") in _EXPRESSIONS and _is_constant(message):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is not None:
            for inner in value if _is_many(value) else [value]:
                yield from _constant_nodes(inner)


def _is_many(value: Any) -> bool:
    return not hasattr(value, "ListFields")


def _is_constant(node: Any) -> bool:
    if any(_some(node, kind) for kind in _VALUES):
        return False
    calls = postgast.find_nodes(node, pg_query_pb2.FuncCall)
    return any(map(_asks_session, calls)) or any(
        _operation(value) in _SESSION_VALUES for value in postgast.find_nodes(node, pg_query_pb2.SQLValueFunction)
    )


def _some(node: Any, kind: Any) -> bool:
    return next(iter(postgast.find_nodes(node, kind)), None) is not None


def _asks_session(call: Any) -> bool:
    """Tell whether a function may tell something of the session: one of PostgreSQL's, or any of the database's own."""
    names = [str(part.string.sval) for part in call.funcname]
    return names[-1] in _SESSION if len(names) == 1 or names[0] == "pg_catalog" else True


def _operation(value: Any) -> str:
    return str(value.DESCRIPTOR.fields_by_name["op"].enum_type.values_by_number[value.op].name)
