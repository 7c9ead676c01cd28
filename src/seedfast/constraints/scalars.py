"""Scalar expressions: what a node of the syntax tree can be worth, case by case."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import postgast

from seedfast.constraints.constants import INTEGERS, Known, calculate, convert, extract, read_array
from seedfast.constraints.logic import TooManyTermsError, all_of, any_of, denied, is_false, is_true, opposite
from seedfast.constraints.nodes import (
    COMPARISONS,
    HOLDING,
    PATTERNS,
    UnreadableError,
    constant,
    enum_name,
    function_name,
    is_boolean,
    last_field,
    opened,
    type_name,
)
from seedfast.constraints.predicate import Call, ColumnRef, Expr, Op, Predicate, Truth
from seedfast.constraints.rewrite import Scalar, Settled, nullness, operand, settled

_FUNCTIONS = {
    "char_length": "length",
    "character_length": "length",
    "trim": "btrim",
    "position": "strpos",
    "substring": "substr",
    "date_part": "extract",
    "pow": "power",
}
_CLOCK = {"now", "transaction_timestamp", "statement_timestamp", "clock_timestamp"}
_MOST_CASES = 600


Case = tuple[Predicate, Scalar]
"""A scalar's value under a condition; the cases of an expression exclude each other and one of them always holds."""


class ScalarReader(ABC):
    """Reads one expression; its methods raise a ValueError (``UnreadableError`` is one) for what they can't read."""

    def __init__(self, expression: str, now: datetime) -> None:
        text = "SELECT " + expression
        self._source = text.encode()
        self._tree = postgast.parse(text)
        self._now = now
        self.target = self._tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val

    def column(self, body: Any) -> ColumnRef:
        """Return a column reference, or a domain's VALUE."""
        name = last_field(body)
        # PostgreSQL prints a domain's VALUE in capitals, and a column of that name never so.
        spelled = self._source[body.location : body.location + 5]
        return ColumnRef("VALUE" if spelled == b"VALUE" else name)

    def sql(self, node: Any) -> str:
        """Return a node as SQL again."""
        whole = type(self._tree)()
        whole.CopyFrom(self._tree)
        whole.stmts[0].stmt.select_stmt.target_list[0].res_target.val.CopyFrom(node)
        return str(postgast.deparse(whole)).removeprefix("SELECT ")

    @abstractmethod
    def condition(self, node: Any) -> Predicate:
        """Return the node as a condition."""

    @abstractmethod
    def compare_nodes(self, op: Op, left: Any, right: Any) -> Predicate:
        """Return the comparison of two nodes."""

    def null_of(self, node: Any, negated: bool) -> Predicate:
        """Return ``node IS NULL``, or IS NOT NULL where ``negated``."""
        if is_boolean(node):
            known = self.condition(node)
            unknown = all_of([opposite(is_true(known)), opposite(is_false(known))])
            return any_of([is_true(known), is_false(known)]) if negated else unknown
        form, body = opened(node)
        if form == "a_array_expr":
            return Truth(negated)
        if form == "coalesce_expr":
            parts = [self.null_of(argument, negated) for argument in body.args]
            return any_of(parts) if negated else all_of(parts)
        terms: list[Predicate] = [all_of([guard, nullness(scalar, negated)]) for guard, scalar in self.cases(node)]
        return any_of(terms)

    def choices(self, body: Any) -> list[tuple[Predicate, Any]]:
        """Return the arms of a CASE: (the condition under which the arm is taken, its node; None for no ELSE)."""
        arms: list[tuple[Predicate, Any]] = []
        before: list[Predicate] = []
        for arm in body.args:
            when = arm.case_when
            if body.HasField("arg"):
                condition = is_true(self.compare_nodes(Op.EQ, body.arg, when.expr))
            else:
                condition = is_true(self.condition(when.expr))
            arms.append((all_of([*before, condition]), when.result))
            before.append(denied(condition))
        arms.append((all_of(before), body.defresult if body.HasField("defresult") else None))
        return arms

    def elements(self, node: Any, kinds: tuple[str, ...] = ()) -> list[Scalar]:
        """Return the elements of a constant array, cast to ``kinds`` in turn."""
        form, body = opened(node)
        if form == "type_cast":
            return self.elements(body.arg, (type_name(body.type_name), *kinds))
        if form == "a_array_expr":
            elements = [self.single(element) for element in body.elements]
        elif form == "a_const" and body.WhichOneof("val") == "sval":
            elements = [Settled(text) for text in read_array(body.sval.sval)]
        else:
            raise UnreadableError(form)
        for kind in kinds:
            elements = [_cast(element, kind) for element in elements]
        return elements

    def single(self, node: Any) -> Scalar:
        """Return the node as a scalar that doesn't depend on conditions."""
        cases = self.cases(node)
        if len(cases) != 1:
            raise UnreadableError("a value that depends on conditions")
        return cases[0][1]

    def text(self, node: Any) -> str:
        """Return the node as a constant text."""
        scalar = self.single(node)
        if isinstance(scalar, Settled) and isinstance(scalar.value, str):
            return scalar.value
        raise UnreadableError("no constant text")

    def cases(self, node: Any) -> list[Case]:
        """Return the node as a scalar in all its cases; a ValueError where it isn't understood."""
        form, body = opened(node)
        match form:
            case "a_const":
                return [(Truth(True), Settled(constant(body)))]
            case "column_ref":
                return [(Truth(True), self.column(body))]
            case "type_cast":
                return self._cast_cases(node)
            case "a_expr":
                return self._computed(body)
            case "func_call":
                return self._called(body)
            case "sqlvalue_function":
                return [(Truth(True), self._clock(enum_name(body, "op").removeprefix("SVFOP_").lower()))]
            case "coalesce_expr":
                return self._coalesced(body)
            case "case_expr":
                arms = self.choices(body)
                return _merge_guards((guard, self.cases(arm) if arm is not None else _NULL) for guard, arm in arms)
            case "min_max_expr":
                name = enum_name(body, "op").removeprefix("IS_").lower()
                return self._applied(name, list(body.args))
            case "collate_clause":
                return self.cases(body.arg)
            case "a_indirection" if all(step.HasField("string") for step in body.indirection):
                made = self.cases(body.arg)
                for step in body.indirection:
                    made = [(guard, Call("field:" + step.string.sval, (as_expression(one),))) for guard, one in made]
                return made
            case "a_array_expr":
                return [(Truth(True), self._array(node))]
        raise UnreadableError(form)

    def _array(self, node: Any) -> Scalar:
        elements = self.elements(node)
        if not all(isinstance(element, Settled) for element in elements):
            raise UnreadableError("array of what is computed")
        return Call("array", tuple(as_expression(element) for element in elements))

    def _cast_cases(self, node: Any) -> list[Case]:
        _, body = opened(node)
        kind = type_name(body.type_name)
        if len(body.type_name.array_bounds):
            form, _ = opened(body.arg)
            # The elements' type decides nothing that their text doesn't, once they are read.
            return [(Truth(True), self._array(node))] if form in {"a_const", "a_array_expr"} else self.cases(body.arg)
        if is_boolean(body.arg) and kind in INTEGERS:
            condition = self.condition(body.arg)
            unknown = all_of([opposite(is_true(condition)), opposite(is_false(condition))])
            cases: list[Case] = [(is_true(condition), Settled(1)), (is_false(condition), Settled(0))]
            return cases if is_true(condition) == condition else [*cases, (unknown, Settled(None))]
        return [(guard, _cast(scalar, kind)) for guard, scalar in self.cases(body.arg)]

    def _computed(self, body: Any) -> list[Case]:
        kind, name = enum_name(body, "kind"), body.name[-1].string.sval
        if kind == "AEXPR_NULLIF":
            same = is_true(self.compare_nodes(Op.EQ, body.lexpr, body.rexpr))
            others = self.cases(body.lexpr)
            return _merge_guards([(same, _NULL), (denied(same), others)])
        if kind != "AEXPR_OP" or name in COMPARISONS or name in PATTERNS or name in HOLDING:
            raise UnreadableError(name)
        if not body.HasField("lexpr"):
            if name not in "+-":
                return self._applied(name, [body.rexpr])
            zero = Settled(0)
            return [(guard, _operate(name, zero, scalar)) for guard, scalar in self.cases(body.rexpr)]
        made: list[Case] = []
        right_cases = self.cases(body.rexpr)
        for left_guard, one in self.cases(body.lexpr):
            for right_guard, other in right_cases:
                guard = all_of([left_guard, right_guard])
                if guard != Truth(False):
                    made.append((guard, _operate(name, one, other)))
        return _limited(made)

    def _called(self, body: Any) -> list[Case]:
        name = function_name(body)
        variadic = body.func_variadic and not name.startswith(("json_extract_path", "jsonb_extract_path"))
        if variadic or body.agg_star or body.agg_distinct or body.HasField("over"):
            raise UnreadableError(name)
        if name in _CLOCK and not body.args:
            return [(Truth(True), self._clock("current_timestamp"))]
        if name == "timezone" and len(body.args) == 2 and self.text(body.args[0]).upper() in {"UTC", "GMT"}:
            return self.cases(body.args[1])
        if name == "age" and len(body.args) == 1:
            today = as_expression(self._clock("current_date"))
            return [(guard, Call("age", (today, as_expression(scalar)))) for guard, scalar in self.cases(body.args[0])]
        return self._applied(_FUNCTIONS.get(name, name), list(body.args))

    def _clock(self, name: str) -> Scalar:
        if name.startswith(("current_timestamp", "localtimestamp")):
            return Settled(self._now, clock=True)
        if name == "current_date":
            return Settled(self._now.date(), clock=True)
        raise UnreadableError(name)

    def _applied(self, name: str, arguments: Sequence[Any]) -> list[Case]:
        made: list[tuple[Predicate, tuple[Scalar, ...]]] = [(Truth(True), ())]
        for argument in arguments:
            cases = self.cases(argument)
            made = [(all_of([guard, case]), (*before, scalar)) for guard, before in made for case, scalar in cases]
            _limited(made)
        return [(guard, _apply(name, scalars)) for guard, scalars in made]

    def _coalesced(self, body: Any) -> list[Case]:
        made: list[Case] = []
        absent: list[Predicate] = []
        for argument in body.args:
            for guard, scalar in self.cases(argument):
                present = all_of([*absent, guard, nullness(scalar, negated=True)])
                if present != Truth(False):
                    made.append((present, scalar))
            absent.append(self.null_of(argument, negated=False))
        nothing = all_of(absent)
        if nothing != Truth(False):
            made.append((nothing, Settled(None)))
        return _limited(made)


_NULL: list[Case] = [(Truth(True), Settled(None))]


def _limited(cases: list[Any]) -> list[Any]:
    if len(cases) > _MOST_CASES:
        raise TooManyTermsError("cases")
    return cases


def _merge_guards(arms: Any) -> list[Case]:
    made = [(all_of([outer, inner]), scalar) for outer, cases in arms for inner, scalar in cases]
    return _limited([(guard, scalar) for guard, scalar in made if guard != Truth(False)])


def _cast(scalar: Scalar, kind: str) -> Scalar:
    if isinstance(scalar, Settled):
        return scalar if scalar.value is None else Settled(convert(scalar.value, kind), scalar.clock)
    return Call("cast:" + kind, (scalar,))


def _operate(name: str, left: Scalar, right: Scalar) -> Scalar:
    if isinstance(left, Settled) and isinstance(right, Settled):
        if left.value is None or right.value is None:
            return Settled(None)
        return Settled(calculate(name, left.value, right.value), left.clock or right.clock)
    return Call(name, (operand(left), operand(right)))


_OF_TEXT: Mapping[str, Callable[[str], Known]] = {
    "lower": str.lower,
    "upper": str.upper,
    "btrim": lambda text: text.strip(" "),
    "ltrim": lambda text: text.lstrip(" "),
    "rtrim": lambda text: text.rstrip(" "),
    "length": len,
    "octet_length": lambda text: len(text.encode()),
}


def _apply(name: str, arguments: tuple[Scalar, ...]) -> Scalar:
    known = [argument for argument in arguments if isinstance(argument, Settled)]
    if len(known) == len(arguments) and known:
        clock = any(argument.clock for argument in known)
        values = [argument.value for argument in known]
        if name == "extract" and len(values) == 2 and values[1] is not None:
            return Settled(extract(str(values[0]).lower(), values[1]), clock)
        if name in _OF_TEXT and len(values) == 1 and (values[0] is None or isinstance(values[0], str)):
            return Settled(None if values[0] is None else _OF_TEXT[name](values[0]))
        if name in {"jsonb_array_length", "json_array_length"} and isinstance(values[0], str):
            return Settled(len(json.loads(values[0])))
        if name in {"numeric", "date"} and values[0] is not None:
            return Settled(convert(values[0], name), clock)
    if name in {"cardinality", "array_length"} and isinstance(arguments[0], Call) and arguments[0].name == "array":
        size = len(arguments[0].arguments)
        return Settled(size if size or name == "cardinality" else None)
    if name in {"date", "text", "varchar", "bpchar", "numeric", "int4", "int8"} and len(arguments) == 1:
        return _cast(arguments[0], name)
    return Call(name, tuple(as_expression(argument) for argument in arguments))


def as_expression(scalar: Scalar) -> Expr:
    """Return a scalar as predicates hold it."""
    return settled(scalar) if isinstance(scalar, Settled) else scalar


def with_backslash(pattern: str, escape: str = "\\") -> str:
    """Return a LIKE or SIMILAR TO pattern with backslash for its escape character."""
    if escape == "\\":
        return pattern
    out, characters = [], iter(pattern)
    for character in characters:
        if escape and character == escape:
            out.append("\\" + next(characters, ""))
        else:
            out.append("\\\\" if character == "\\" else character)
    return "".join(out)
