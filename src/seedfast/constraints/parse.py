"""Expressions, as ``pg_get_expr`` prints them, read with PostgreSQL's own grammar into predicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import postgast

from seedfast.constraints.constants import (
    INTEGERS,
    Interval,
    Unbounded,
    convert,
    utc,
)
from seedfast.constraints.logic import (
    NEVER_KNOWN,
    all_of,
    any_of,
    denied,
    equivalent,
    holding,
    is_false,
    is_true,
    opposite,
)
from seedfast.constraints.nodes import (
    ASKING,
    COMPARISONS,
    HOLDING,
    PATTERNS,
    UnreadableError,
    column_nodes,
    enum_name,
    function_name,
    is_boolean,
    is_citext,
    is_whole_row,
    opened,
    reads_a_column,
    type_name,
)
from seedfast.constraints.predicate import (
    And,
    Call,
    Compare,
    Const,
    Expr,
    InList,
    Match,
    Not,
    Op,
    Opaque,
    Or,
    PatternForm,
    Predicate,
    Truth,
)
from seedfast.constraints.rewrite import Scalar, Settled, comparison, escape_like, nullness
from seedfast.constraints.scalars import ScalarReader, as_expression, with_backslash

_MOST_REWRITTEN = 40
"""Of so many members at most, a list is read member by member where that says more than the list."""

_KEPT = 1 << 12
"""So many conditions are kept: a table's are read again with every wish, and with everything that is learnt."""


@lru_cache(maxsize=_KEPT)
def parse(expression: str, *, now: datetime) -> Predicate:
    """Return the expression as a predicate; what isn't understood becomes ``Opaque``, whatever the text.

    ``now`` is what now(), CURRENT_DATE and their like stand for.
    """
    try:
        reader = Reader(expression, utc(now))
        return reader.predicate(reader.target)
    except (postgast.PgQueryError, IndexError, RecursionError):
        return Opaque(expression, ())


def parse_value(expression: str, *, now: datetime) -> list[tuple[Predicate, Expr]]:
    """Return the values that an expression may have, each under its condition; none where it isn't understood."""
    try:
        reader = Reader(expression, utc(now))
        return [(guard, as_expression(scalar)) for guard, scalar in reader.cases(reader.target)]
    except (postgast.PgQueryError, IndexError, RecursionError, ValueError, ArithmeticError):
        return []


class Reader(ScalarReader):
    """Reads one expression as a condition."""

    def predicate(self, node: Any) -> Predicate:
        """Return the node as a condition, opaque where it isn't understood."""
        try:
            return self.condition(node)
        except (ValueError, ArithmeticError):
            read = (self.column(item).name for item in column_nodes(node) if not is_whole_row(item))
            return Opaque(self.sql(node), tuple(dict.fromkeys(read)))

    def condition(self, node: Any) -> Predicate:
        """Return the node as a condition; a ValueError where it isn't understood."""
        form, body = opened(node)
        match form:
            case "bool_expr":
                return self._connective(body)
            case "null_test":
                return self._null_test(body)
            case "boolean_test":
                return self._boolean_test(body)
            case "a_expr":
                return self._operator(body)
            case "a_const":
                return self._constant_condition(node)
            case "column_ref":
                return Compare(Op.EQ, self.column(body), Const(True))
            case "type_cast" if type_name(body.type_name) == "bool":
                return self._cast_to_bool(body)
            case "case_expr" | "coalesce_expr":
                return self._chosen_condition(form, body)
            case "func_call":
                return self._call_condition(body)
            case "collate_clause":
                return self.condition(body.arg)
        raise UnreadableError(form)

    def _connective(self, body: Any) -> Predicate:
        items = [self.predicate(argument) for argument in body.args]
        kind = enum_name(body, "boolop")
        if kind == "NOT_EXPR":
            return opposite(items[0]) if not isinstance(items[0], (And, Or)) else Not(items[0])
        return all_of(items) if kind == "AND_EXPR" else any_of(items)

    def _constant_condition(self, node: Any) -> Predicate:
        [(_, scalar)] = self.cases(node)
        if isinstance(scalar, Settled) and scalar.value is None:
            return NEVER_KNOWN
        if isinstance(scalar, Settled) and isinstance(scalar.value, bool):
            return Truth(scalar.value)
        raise UnreadableError("constant")

    def _cast_to_bool(self, body: Any) -> Predicate:
        form, _ = opened(body.arg)
        if form == "a_const":
            [(_, scalar)] = self.cases(body.arg)
            value = scalar.value if isinstance(scalar, Settled) else None
            return NEVER_KNOWN if value is None else Truth(bool(convert(value, "bool")))
        if form == "column_ref" or is_boolean(body.arg):
            return self.condition(body.arg)
        read = as_expression(self.single(body.arg))
        return Compare(Op.EQ, Call("cast:bool", (read,)), Const(True))

    def _null_test(self, body: Any) -> Predicate:
        negated = enum_name(body, "nulltesttype") == "IS_NOT_NULL"
        form, inner = opened(body.arg)
        if form == "row_expr":
            return all_of([self.null_of(field, negated) for field in inner.args])
        return self.null_of(body.arg, negated)

    def _boolean_test(self, body: Any) -> Predicate:
        inner = self.condition(body.arg)
        unknown = all_of([opposite(is_true(inner)), opposite(is_false(inner))])
        match enum_name(body, "booltesttype"):
            case "IS_TRUE":
                return is_true(inner)
            case "IS_NOT_TRUE":
                return denied(is_true(inner))
            case "IS_FALSE":
                return is_false(inner)
            case "IS_NOT_FALSE":
                return denied(is_false(inner))
            case "IS_UNKNOWN":
                return unknown
        return any_of([is_true(inner), is_false(inner)])

    def _chosen_condition(self, form: str, body: Any) -> Predicate:
        terms: list[Predicate] = []
        if form == "coalesce_expr":
            known: list[Predicate] = []
            for argument in body.args:
                item = self.condition(argument)
                terms.append(all_of([*known, is_true(item)]))
                known += [denied(is_true(item)), denied(is_false(item))]
            terms.append(all_of([*known, NEVER_KNOWN]))
            # The last argument decides alone, so that its own NULL needs no term of its own.
            return any_of([*terms[:-2], all_of([*known[:-2], self.condition(body.args[-1])])])
        for guard, result in self.choices(body):
            terms.append(all_of([guard, NEVER_KNOWN if result is None else self.condition(result)]))
        return any_of(terms)

    def _call_condition(self, body: Any) -> Predicate:
        name = function_name(body)
        arguments = list(body.args)
        if name in {"starts_with", "regexp_like"} and len(arguments) == 2:
            operand, pattern = self.single(arguments[0]), self.text(arguments[1])
            if name == "regexp_like":
                return Match(as_expression(operand), PatternForm.REGEX, pattern)
            return Match(as_expression(operand), PatternForm.LIKE, escape_like(pattern) + "%")
        if name == "isfinite" and len(arguments) == 1:
            operand = self.single(arguments[0])
            return Compare(Op.EQ, as_expression(operand), as_expression(operand))
        if name.rpartition(".")[2] in ASKING:
            name = name.rpartition(".")[2]
            asked = tuple(as_expression(self.single(argument)) for argument in arguments)
            return Compare(Op.EQ, Call(name, asked), Const(True))
        raise UnreadableError(name)

    # ------------------------------------------------------------------ operators

    def _operator(self, body: Any) -> Predicate:
        kind, name = enum_name(body, "kind"), str(body.name[-1].string.sval)
        match kind:
            case "AEXPR_OP":
                return self._binary(name, body.lexpr, body.rexpr)
            case "AEXPR_LIKE" | "AEXPR_ILIKE":
                return self._binary(name, body.lexpr, body.rexpr)
            case "AEXPR_SIMILAR":
                return self._binary("~" if name == "~" else "!~", body.lexpr, body.rexpr)
            case "AEXPR_OP_ANY" | "AEXPR_OP_ALL":
                return self._quantified(name, body.lexpr, body.rexpr, every=kind == "AEXPR_OP_ALL")
            case "AEXPR_IN":
                return self._members(body.lexpr, list(body.rexpr.list.items), negated=name == "<>")
            case "AEXPR_DISTINCT":
                return self._distinct(body.lexpr, body.rexpr)
            case "AEXPR_NOT_DISTINCT":
                return denied(self._distinct(body.lexpr, body.rexpr))
            case "AEXPR_BETWEEN" | "AEXPR_NOT_BETWEEN":
                low, high = body.rexpr.list.items
                inside = all_of(
                    [self.compare_nodes(Op.GE, body.lexpr, low), self.compare_nodes(Op.LE, body.lexpr, high)]
                )
                return inside if kind == "AEXPR_BETWEEN" else Not(inside)
        raise UnreadableError(kind)

    def _binary(self, name: str, left: Any, right: Any) -> Predicate:
        if name in COMPARISONS:
            return self.compare_nodes(COMPARISONS[name], left, right)
        if name in PATTERNS:
            return self._match(name, left, right)
        if name in HOLDING:
            sides = (as_expression(self.single(left)), as_expression(self.single(right)))
            return Compare(Op.EQ, Call(name, sides), Const(True))
        if name == "^@":
            return Match(as_expression(self.single(left)), PatternForm.LIKE, escape_like(self.text(right)) + "%")
        raise UnreadableError(name)

    def compare_nodes(self, op: Op, left: Any, right: Any) -> Predicate:
        """Return the comparison of two nodes; a ValueError where it isn't understood."""
        if is_boolean(left) or is_boolean(right):
            if op not in (Op.EQ, Op.NE):
                raise UnreadableError("order of booleans")
            both = (self.condition(left), self.condition(right))
            return equivalent(*both) if op is Op.EQ else equivalent(both[0], opposite(both[1]))
        (left_form, left_body), (right_form, right_body) = opened(left), opened(right)
        if left_form == right_form == "row_expr":
            return self._compare_rows(op, list(left_body.args), list(right_body.args))
        counted = self._counted(op, left, right)
        if counted is not None:
            return counted
        terms: list[Predicate] = []
        right_cases = self.cases(right)
        for left_guard, one in self.cases(left):
            for right_guard, other in right_cases:
                terms.append(all_of([left_guard, right_guard, comparison(op, one, other)]))
        return any_of(terms)

    def _compare_rows(self, op: Op, left: list[Any], right: list[Any]) -> Predicate:
        if len(left) != len(right):
            raise UnreadableError("rows of different length")
        if op in (Op.EQ, Op.NE):
            same = all_of([self.compare_nodes(Op.EQ, a, b) for a, b in zip(left, right, strict=True)])
            return same if op is Op.EQ else Not(same)
        strict = Op.LT if op in (Op.LT, Op.LE) else Op.GT
        terms: list[Predicate] = []
        for n, (a, b) in enumerate(zip(left, right, strict=True)):
            equal = [self.compare_nodes(Op.EQ, left[k], right[k]) for k in range(n)]
            terms.append(all_of([*equal, self.compare_nodes(op if n == len(left) - 1 else strict, a, b)]))
        return any_of(terms)

    def _counted(self, op: Op, left: Any, right: Any) -> Predicate | None:
        """Return a comparison of the number of conditions that hold, or None where that isn't what is compared."""
        for counting, other, how in ((left, right, op), (right, left, op.mirrored)):
            items = self._conditions(counting)
            if items is None:
                continue
            [(_, scalar), *rest] = self.cases(other)
            if not rest and isinstance(scalar, Settled) and isinstance(scalar.value, int):
                return holding(items, how, scalar.value)
        return None

    def _conditions(self, node: Any) -> list[Predicate] | None:
        form, body = opened(node)
        if form == "func_call" and function_name(body) in {"num_nonnulls", "num_nulls"} and not body.func_variadic:
            negated = function_name(body) == "num_nonnulls"
            return [self.null_of(argument, negated) for argument in body.args]
        if form == "a_expr" and body.name[-1].string.sval == "+" and body.HasField("lexpr"):
            left, right = self._conditions(body.lexpr), self._conditions(body.rexpr)
            return None if left is None or right is None else left + right
        if form == "type_cast" and type_name(body.type_name) in INTEGERS:
            inner_form, _ = opened(body.arg)
            if inner_form in {"type_cast", "case_expr"} and not is_boolean(body.arg):
                return self._conditions(body.arg)
            if is_boolean(body.arg):
                condition = self.condition(body.arg)
                # A NULL addend makes the whole sum NULL, which counting can't say.
                return [condition] if inner_form == "null_test" or is_true(condition) == condition else None
        if form == "case_expr":
            return self._counted_arm(body)
        return None

    def _counted_arm(self, body: Any) -> list[Predicate] | None:
        ones: list[Predicate] = []
        for guard, result in self.choices(body):
            cases = self.cases(result) if result is not None else []
            value = cases[0][1].value if len(cases) == 1 and isinstance(cases[0][1], Settled) else None
            if value not in (0, 1):
                return None
            if value == 1:
                ones.append(guard)
        return [any_of(ones)]

    def _distinct(self, left: Any, right: Any) -> Predicate:
        one, other = self.single(left), self.single(right)
        if isinstance(one, Settled):
            one, other = other, one
        if isinstance(other, Settled):
            if other.value is None:
                return nullness(one, negated=True)
            return any_of([nullness(one, negated=False), comparison(Op.NE, one, other)])
        absent, present = nullness(one, negated=False), nullness(one, negated=True)
        other_absent, other_present = nullness(other, negated=False), nullness(other, negated=True)
        return any_of(
            [
                all_of([absent, other_present]),
                all_of([present, other_absent]),
                all_of([present, other_present, comparison(Op.NE, one, other)]),
            ]
        )

    # ------------------------------------------------------------------ lists and patterns

    def _members(self, left: Any, items: Sequence[Any], *, negated: bool) -> Predicate:
        return self._among(self.single(left), [self.single(item) for item in items], negated=negated)

    def _among(self, operand: Scalar, members: Sequence[Scalar], *, negated: bool) -> Predicate:
        known = [member.value for member in members if isinstance(member, Settled)]
        plain = [value for value in known if not isinstance(value, (Interval, Unbounded, type(None)))]
        absent = any(value is None for value in known)
        op, join = (Op.NE, all_of) if negated else (Op.EQ, any_of)
        if len(plain) + (1 if absent else 0) < len(set(map(repr, members))) or isinstance(operand, Settled):
            return join([comparison(op, operand, member) for member in members])
        if isinstance(operand, Call) and len(members) <= _MOST_REWRITTEN:
            each = [comparison(op, operand, member) for member in members]
            if not any(isinstance(one, Compare) for one in each):
                return join(each)
        listed: Predicate = InList(as_expression(operand), tuple(dict.fromkeys(plain)), negated)
        if not absent:
            return listed
        unknown = Compare(Op.NE if negated else Op.EQ, as_expression(operand), Const(None))
        return all_of([listed, unknown]) if negated else any_of([listed, unknown])

    def _quantified(self, name: str, left: Any, right: Any, *, every: bool) -> Predicate:
        if name in COMPARISONS and reads_a_column(right):
            sides = (as_expression(self.single(left)), as_expression(self.single(right)))
            quantifier = f"{'all' if every else 'any'}:{COMPARISONS[name]}"
            return Compare(Op.EQ, Call(quantifier, sides), Const(True))
        elements = self.elements(right)
        if name in ("=", "<>") and (name == "=") is not every:
            return self._among(self.single(left), elements, negated=every)
        join: Callable[[Sequence[Predicate]], Predicate] = all_of if every else any_of
        operand = self.single(left)
        if name in COMPARISONS:
            return join([comparison(COMPARISONS[name], operand, element) for element in elements])
        if name in PATTERNS:
            form, folded, negated = PATTERNS[name]
            texts = [element.value for element in elements if isinstance(element, Settled)]
            if len(texts) != len(elements) or not all(isinstance(text, str) for text in texts):
                raise UnreadableError("pattern list")
            return join([Match(as_expression(operand), form, str(text), folded, negated) for text in texts])
        raise UnreadableError(name)

    def _match(self, name: str, left: Any, right: Any) -> Predicate:
        form, folded, negated = PATTERNS[name]
        pattern_form, pattern_body = opened(right)
        if pattern_form == "func_call" and function_name(pattern_body) in {"similar_to_escape", "like_escape"}:
            arguments = [self.text(argument) for argument in pattern_body.args]
            if function_name(pattern_body) == "similar_to_escape":
                form = PatternForm.SIMILAR
            pattern = with_backslash(*arguments)
        else:
            pattern = self.text(right)
        folded = folded or is_citext(right) or is_citext(left)
        terms: list[Predicate] = []
        for guard, scalar in self.cases(left):
            terms.append(all_of([guard, Match(as_expression(scalar), form, pattern, folded, negated)]))
        return any_of(terms)
