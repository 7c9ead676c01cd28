"""Functions of the database's own and generated columns in conditions, replaced by what they return or are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import postgast
from postgast import pg_query_pb2

from seedfast.catalog.rows import FunctionRow
from seedfast.names import quote

_LONGEST = 8_000
"""An expression that grows longer than this isn't worth reading."""
_DEEPEST = 4
_ERROR = 21
_ATOMIC = re.compile(r"\s*BEGIN\s+ATOMIC\b(.*?);\s*END\s*;?\s*\Z", re.IGNORECASE | re.DOTALL)
_CONSTANT = re.compile(
    r"\(*(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)\)*(?:::[\w\s]+(?:\(\d+\))?)?\)*", re.IGNORECASE
)
_SUM, _SIGN, _CALL = re.compile(r"[\w\s.\"()+*/:-]+"), re.compile(r"[+*/-]"), re.compile(r"\w\s*\(")
_RETURN = re.compile(r"\s*RETURN\b", re.IGNORECASE)


class _UnreadableError(ValueError):
    """A body that says more than what its function returns."""


class Functions:
    """The functions that conditions call, each with a body that may be read in place of a call."""

    def __init__(self, functions: Iterable[FunctionRow]) -> None:
        self._known: dict[tuple[str, str, int], list[FunctionRow]] = {}
        for row in functions:
            for schema in (row.schema, ""):
                self._known.setdefault((schema, row.name, len(row.arguments)), []).append(row)

    def inlined(self, expression: str) -> str | None:
        """Return the expression without calls of functions; None where it has none or one of them can't be read."""
        if not any(name in expression for _, name, _ in self._known):
            return None
        try:
            text = self._inlined(_rewritten(expression, lambda node: _domain_value(node, expression)), 0)
        except (_UnreadableError, postgast.PgQueryError, RecursionError):
            return None
        return None if text == _normal(expression) else text

    def _inlined(self, expression: str, depth: int) -> str:
        if depth > _DEEPEST:
            raise _UnreadableError(expression)

        def read(node: Any) -> str | None:
            row = self._called(node)
            return None if row is None else self._returned(row, [_sql(a) for a in node.func_call.args], depth + 1)

        return _rewritten(expression, read)

    def _called(self, node: Any) -> FunctionRow | None:
        if node.WhichOneof("node") != "func_call":
            return None
        names = [part.string.sval for part in node.func_call.funcname]
        schema = names[-2] if len(names) > 1 else ""
        found = self._known.get((schema, names[-1], len(node.func_call.args)), [])
        return found[0] if len(found) == 1 else None

    def _returned(self, row: FunctionRow, arguments: Sequence[str], depth: int) -> str:
        """Return what a call with these arguments, as SQL, comes to."""
        inner = [self._inlined(argument, depth) for argument in arguments]
        scope = {name: text for name, text in zip(row.arguments, inner, strict=True) if name}
        scope |= {f"${number}": text for number, text in enumerate(inner, 1)}
        if row.language == "plpgsql":
            text = _PlpgsqlBody(row).value(scope)
        else:
            text = _bound(_sql_body(row.source), scope, row.name)
        text = self._inlined(text, depth)
        if len(text) > _LONGEST:
            raise _UnreadableError(row.name)
        if row.strict:
            given = " AND ".join(f"({argument}) IS NOT NULL" for argument in inner) or "true"
            text = f"CASE WHEN {given} THEN {text} END"
        return f"({text})"


def written_out(expression: str, generated: Mapping[str, str]) -> str | None:
    """Return a condition with what columns are generated as in the place of them; None where it reads none of them."""

    def read(node: Any) -> str | None:
        if node.WhichOneof("node") != "column_ref" or len(node.column_ref.fields) != 1:
            return None
        value = generated.get(node.column_ref.fields[0].string.sval)
        return None if value is None else f"({value})"

    try:
        text = _rewritten(expression, read)
        return None if text == _normal(expression) or len(text) > _LONGEST else text
    except (postgast.PgQueryError, RecursionError):
        return None


def is_plain(expression: str) -> bool:
    """Tell whether an expression is a constant or arithmetic, no function of anything."""
    if _CONSTANT.fullmatch(expression):
        return True
    return bool(_SUM.fullmatch(expression) and _SIGN.search(expression) and not _CALL.search(expression))


def _sql_body(source: str) -> str:
    """Return the one value that a function in SQL selects."""
    if (atomic := _ATOMIC.match(source)) is not None:
        source = atomic[1]
    if _RETURN.match(source):
        source = _RETURN.sub("SELECT", source, count=1)
    statements = postgast.parse(source).stmts
    if len(statements) != 1 or statements[0].stmt.WhichOneof("node") != "select_stmt":
        raise _UnreadableError(source)
    select = statements[0].stmt.select_stmt
    said = {field.name for field, _ in select.ListFields()} - {"limit_option", "op"}
    if said != {"target_list"} or len(select.target_list) != 1:
        raise _UnreadableError(source)
    return _sql(select.target_list[0].res_target.val)


class _PlpgsqlBody:
    """The statements of a function in PL/pgSQL that only decides what to return."""

    def __init__(self, row: FunctionRow) -> None:
        given = ", ".join(
            f"{quote(name) if name else ''} {kind}" for name, kind in zip(row.arguments, row.types, strict=True)
        )
        tag = "$seedfast$"
        created = f"CREATE FUNCTION f({given}) RETURNS {row.returns} LANGUAGE plpgsql AS {tag}{row.source}{tag}"
        function = postgast.parse_plpgsql(created)[0]["PLpgSQL_function"]
        self._name = row.name
        self._block = function["action"]["PLpgSQL_stmt_block"]
        self._variables: dict[str, str] = {}
        for datum in function["datums"]:
            variable = datum.get("PLpgSQL_var", {})
            # The parser's own variables, of arguments and FOUND, have no line.
            if "lineno" in variable:
                default = variable.get("default_val", {}).get("PLpgSQL_expr", {}).get("query", "NULL")
                self._variables[variable["refname"]] = default

    def value(self, scope: Mapping[str, str]) -> str:
        """Return the value that the statements end with, as SQL."""
        known = dict(scope)
        for name, default in self._variables.items():
            known[name] = _bound(default, known, self._name)
        return self._value(_statements(self._block), known)

    def _value(self, statements: Sequence[tuple[str, Any]], scope: dict[str, str]) -> str:
        if not statements:
            return "NULL"
        (kind, body), rest = statements[0], statements[1:]
        match kind:
            case "PLpgSQL_stmt_return":
                return self._expression(body, "expr", scope)
            case "PLpgSQL_stmt_raise":
                # An error refuses the row, as a condition that is false does.
                return "false" if body.get("elog_level") == _ERROR else self._value(rest, scope)
            case "PLpgSQL_stmt_block":
                return self._value([*_statements(body), *rest], scope)
            case "PLpgSQL_stmt_assign":
                target, _, value = body["expr"]["PLpgSQL_expr"]["query"].partition(":=")
                return self._value(rest, scope | {target.strip(): _bound(value, scope, self._name)})
            case "PLpgSQL_stmt_if":
                return self._choice(body, rest, scope)
        raise _UnreadableError(kind)

    def _choice(self, body: Any, rest: Sequence[tuple[str, Any]], scope: dict[str, str]) -> str:
        arms = [(body, body.get("then_body", []))]
        for item in body.get("elsif_list", []):
            arm = item["PLpgSQL_if_elsif"]
            arms.append((arm, arm.get("stmts", [])))
        parts = [
            f"WHEN {self._expression(arm, 'cond', scope)} THEN {self._value([*_pairs(then), *rest], scope)}"
            for arm, then in arms
        ]
        other = self._value([*_pairs(body.get("else_body", [])), *rest], scope)
        text = f"CASE {' '.join(parts)} ELSE {other} END"
        if len(text) > _LONGEST:
            raise _UnreadableError(self._name)
        return text

    def _expression(self, body: Any, field: str, scope: Mapping[str, str]) -> str:
        if field not in body:
            raise _UnreadableError(self._name)
        return f"({_bound(body[field]['PLpgSQL_expr']['query'], scope, self._name)})"


def _statements(block: Any) -> list[tuple[str, Any]]:
    if "exceptions" in block:
        raise _UnreadableError("exceptions")
    return _pairs(block.get("body", []))


def _pairs(statements: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    return [pair for statement in statements for pair in statement.items()]


def _domain_value(node: Any, expression: str) -> str | None:
    """Return a domain's VALUE, which PostgreSQL prints in capitals and reads in any case, so that it keeps them."""
    if node.WhichOneof("node") != "column_ref":
        return None
    start = node.column_ref.location - len("SELECT ")
    return '"VALUE"' if expression.encode()[start : start + 5] == b"VALUE" else None


def _bound(expression: str, scope: Mapping[str, str], function: str) -> str:
    """Return an expression of a function's body with its variables replaced; nothing else may be read there."""

    def read(node: Any) -> str | None:
        match node.WhichOneof("node"):
            case "param_ref":
                return f"({scope[f'${node.param_ref.number}']})"
            case "sub_link":
                raise _UnreadableError("a query")
            case "column_ref":
                fields = [field.string.sval for field in node.column_ref.fields]
                if len(fields) == 2 and fields[0] == function:
                    fields = fields[1:]
                if len(fields) != 1 or fields[0] not in scope:
                    raise _UnreadableError(".".join(fields))
                return f"({scope[fields[0]]})"
        return None

    return _rewritten(expression, read)


def _rewritten(expression: str, read: Callable[[Any], str | None]) -> str:
    """Return the expression with every node replaced for which ``read`` returns SQL, the outermost first."""
    tree = _parsed(expression)
    _replace(_target(tree), read)
    return str(postgast.deparse(tree)).removeprefix("SELECT ")


def _replace(node: Any, read: Callable[[Any], str | None]) -> None:
    if isinstance(node, pg_query_pb2.Node):
        text = read(node)
        if text is not None:
            node.CopyFrom(_target(_parsed(text)))
            return
    for field, value in list(node.ListFields()):
        if field.message_type is not None:
            for item in value if field.is_repeated else [value]:
                _replace(item, read)


def _parsed(expression: str) -> Any:
    return postgast.parse("SELECT " + expression)


def _target(tree: Any) -> Any:
    return tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val


def _sql(node: Any) -> str:
    tree = _parsed("1")
    _target(tree).CopyFrom(node)
    return str(postgast.deparse(tree)).removeprefix("SELECT ")


def _normal(expression: str) -> str:
    return str(postgast.deparse(_parsed(expression))).removeprefix("SELECT ")
