"""Predicates written as SQL, for people to read in findings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from seedfast.constraints.predicate import (
    And,
    Call,
    ColumnRef,
    Compare,
    Const,
    Expr,
    InList,
    IsNull,
    Match,
    Not,
    Opaque,
    Or,
    PatternForm,
    Predicate,
    Truth,
    Value,
)
from seedfast.names import literal, shown

_OPERATORS = {
    (PatternForm.LIKE, False): "LIKE",
    (PatternForm.LIKE, True): "ILIKE",
    (PatternForm.REGEX, False): "~",
    (PatternForm.REGEX, True): "~*",
    (PatternForm.SIMILAR, False): "SIMILAR TO",
    (PatternForm.SIMILAR, True): "SIMILAR TO",
}


def sql(item: Predicate) -> str:
    """Return the predicate as SQL."""
    match item:
        case Truth(value):
            return "true" if value else "false"
        case Compare(op, left, right):
            return f"{expression_sql(left)} {op} {expression_sql(right)}"
        case IsNull(operand, negated):
            return f"{expression_sql(operand)} IS {'NOT ' if negated else ''}NULL"
        case InList(operand, values, negated):
            listed = ", ".join(constant_sql(value) for value in values)
            return f"{expression_sql(operand)} {'NOT ' if negated else ''}IN ({listed})"
        case Match(operand, form, pattern, folded, negated):
            body = f"{expression_sql(operand)} {_OPERATORS[form, folded]} {literal(pattern)}"
            return f"NOT ({body})" if negated else body
        case And(items):
            return " AND ".join(f"({sql(part)})" for part in items)
        case Or(items):
            return " OR ".join(f"({sql(part)})" for part in items)
        case Not(inner):
            return f"NOT ({sql(inner)})"
        case Opaque(text, _, negated):
            return f"NOT ({text})" if negated else text


def expression_sql(item: Expr) -> str:
    """Return the expression as SQL."""
    match item:
        case ColumnRef(name):
            return "VALUE" if name == "VALUE" else shown(name)
        case Const(value):
            return "NULL" if value is None else constant_sql(value)
        case Call("clock", (moment,)):
            return expression_sql(moment)
        case Call("interval", (Const(months), Const(timedelta() as rest))):
            return f"'{months} mons {rest.total_seconds():.6f} seconds'::interval"
        case Call(name, arguments) if name.startswith("cast:"):
            return f"({expression_sql(arguments[0])})::{name.removeprefix('cast:')}"
        case Call(name, arguments) if name.startswith("field:"):
            return f"({expression_sql(arguments[0])}).{shown(name.removeprefix('field:'))}"
        case Call("array", elements):
            return f"ARRAY[{', '.join(expression_sql(part) for part in elements)}]"
        case Call(name, (left, right)) if name.startswith(("any:", "all:")):
            return f"({expression_sql(left)} {name[4:]} {name[:3].upper()} ({expression_sql(right)}))"
        case Call(name, (left, right)) if not name[:1].isalpha():
            return f"({expression_sql(left)} {name} {expression_sql(right)})"
        case Call(name, arguments):
            return f"{name}({', '.join(expression_sql(part) for part in arguments)})"


def constant_sql(value: Value) -> str:
    """Return a constant as SQL."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return literal(value)
        case datetime():
            return f"'{value.isoformat(sep=' ')}'::timestamp"
        case date():
            return f"'{value.isoformat()}'::date"
        case time():
            return f"'{value.isoformat()}'::time"
        case timedelta():
            return f"'{value.total_seconds():.6f} seconds'::interval"
    return str(value)
