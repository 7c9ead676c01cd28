"""Expressions, as ``pg_get_expr`` prints them, read with PostgreSQL's own grammar into predicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import postgast

from seedfast.constraints.constants import (
    INTEGERS,
    Interval,
    Unbounded,
    calculate,
    convert,
    extract,
    read_array,
    utc,
)
from seedfast.constraints.logic import (
    NEVER_KNOWN,
    TooManyTermsError,
    all_of,
    any_of,
    equivalent,
    holding,
    is_false,
    is_true,
    opposite,
)
from seedfast.constraints.predicate import (
    And,
    Call,
    ColumnRef,
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
from seedfast.constraints.rewrite import Scalar, Settled, comparison, escape_like, nullness, settled

_COMPARISONS = {"<": Op.LT, "<=": Op.LE, "=": Op.EQ, "<>": Op.NE, "!=": Op.NE, ">=": Op.GE, ">": Op.GT}
_PATTERNS = {
    "~~": (PatternForm.LIKE, False, False),
    "!~~": (PatternForm.LIKE, False, True),
    "~~*": (PatternForm.LIKE, True, False),
    "!~~*": (PatternForm.LIKE, True, True),
    "~": (PatternForm.REGEX, False, False),
    "!~": (PatternForm.REGEX, False, True),
    "~*": (PatternForm.REGEX, True, False),
    "!~*": (PatternForm.REGEX, True, True),
}
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
_BOOLEAN_NODES = {"bool_expr", "null_test", "boolean_test"}
_MOST_CASES = 600


class UnreadableError(ValueError):
    """A part of an expression that can't be put into a predicate."""


def parse(expression: str, *, now: datetime) -> Predicate:
    """Return the expression as a predicate; what isn't understood becomes ``Opaque``, whatever the text.

    ``now`` is what now(), CURRENT_DATE and their like stand for.
    """
    try:
        reader = _Reader(expression, utc(now))
        return reader.predicate(reader.target)
    except (postgast.PgQueryError, IndexError, RecursionError):
        return Opaque(expression, ())


def parse_value(expression: str, *, now: datetime) -> list[tuple[Predicate, Expr]]:
    """Return the values that an expression may have, each under its condition; none where it isn't understood."""
    try:
        reader = _Reader(expression, utc(now))
        return [(guard, _expr(scalar)) for guard, scalar in reader.cases(reader.target)]
    except (postgast.PgQueryError, IndexError, RecursionError, ValueError):
        return []


Case = tuple[Predicate, Scalar]
"""A scalar's value under a condition; the cases of an expression exclude each other and one of them always holds."""


class _Reader:
    """Reads one expression. Its methods raise a ValueError (``UnreadableError`` among others) for what they can't read."""

    def __init__(self, expression: str, now: datetime) -> None:
        text = "SELECT " + expression
        self._source = text.encode()
        self._tree = postgast.parse(text)
        self._now = now
        self.target = self._tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val

    def _column(self, body: Any) -> ColumnRef:
        name = _last_field(body)
        # PostgreSQL prints a domain's VALUE in capitals, and a column of that name never so.
        spelled = self._source[body.location : body.location + 5]
        return ColumnRef("VALUE" if spelled == b"VALUE" else name)

    # ------------------------------------------------------------------ predicates

    def predicate(self, node: Any) -> Predicate:
        """Return the node as a condition, opaque where it isn't understood."""
        try:
            return self._predicate(node)
        except ValueError:
            read = (self._column(item).name for item in _column_nodes(node))
            return Opaque(self._sql(node), tuple(dict.fromkeys(read)))

    def _predicate(self, node: Any) -> Predicate:
        form, body = _open(node)
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
                return Compare(Op.EQ, self._column(body), Const(True))
            case "type_cast" if _type_name(body.type_name) == "bool":
                return self._cast_to_bool(body)
            case "case_expr" | "coalesce_expr":
                return self._chosen_condition(form, body)
            case "func_call":
                return self._call_condition(body)
            case "collate_clause":
                return self._predicate(body.arg)
        raise UnreadableError(form)

    def _connective(self, body: Any) -> Predicate:
        items = [self.predicate(argument) for argument in body.args]
        kind = _enum(body, "boolop")
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
        form, _ = _open(body.arg)
        if form == "a_const":
            [(_, scalar)] = self.cases(body.arg)
            value = scalar.value if isinstance(scalar, Settled) else None
            return NEVER_KNOWN if value is None else Truth(bool(convert(value, "bool")))
        return self._predicate(body.arg)

    def _null_test(self, body: Any) -> Predicate:
        negated = _enum(body, "nulltesttype") == "IS_NOT_NULL"
        form, inner = _open(body.arg)
        if form == "row_expr":
            return all_of([self._null_of(field, negated) for field in inner.args])
        return self._null_of(body.arg, negated)

    def _null_of(self, node: Any, negated: bool) -> Predicate:
        if _is_boolean(node):
            known = self._predicate(node)
            unknown = all_of([opposite(is_true(known)), opposite(is_false(known))])
            return any_of([is_true(known), is_false(known)]) if negated else unknown
        form, body = _open(node)
        if form == "coalesce_expr":
            parts = [self._null_of(argument, negated) for argument in body.args]
            return any_of(parts) if negated else all_of(parts)
        terms: list[Predicate] = [all_of([guard, nullness(scalar, negated)]) for guard, scalar in self.cases(node)]
        return any_of(terms)

    def _boolean_test(self, body: Any) -> Predicate:
        inner = self._predicate(body.arg)
        unknown = all_of([opposite(is_true(inner)), opposite(is_false(inner))])
        match _enum(body, "booltesttype"):
            case "IS_TRUE":
                return is_true(inner)
            case "IS_NOT_TRUE":
                return _two_valued_opposite(is_true(inner))
            case "IS_FALSE":
                return is_false(inner)
            case "IS_NOT_FALSE":
                return _two_valued_opposite(is_false(inner))
            case "IS_UNKNOWN":
                return unknown
        return any_of([is_true(inner), is_false(inner)])

    def _chosen_condition(self, form: str, body: Any) -> Predicate:
        terms: list[Predicate] = []
        if form == "coalesce_expr":
            known: list[Predicate] = []
            for argument in body.args:
                item = self._predicate(argument)
                terms.append(all_of([*known, is_true(item)]))
                known += [_two_valued_opposite(is_true(item)), _two_valued_opposite(is_false(item))]
            terms.append(all_of([*known, NEVER_KNOWN]))
            # The last argument decides alone, so that its own NULL needs no term of its own.
            return any_of([*terms[:-2], all_of([*known[:-2], self._predicate(body.args[-1])])])
        for guard, result in self._choices(body):
            terms.append(all_of([guard, NEVER_KNOWN if result is None else self._predicate(result)]))
        return any_of(terms)

    def _choices(self, body: Any) -> list[tuple[Predicate, Any]]:
        """Return the arms of a CASE: (the condition under which the arm is taken, its node; None for no ELSE)."""
        arms: list[tuple[Predicate, Any]] = []
        before: list[Predicate] = []
        for arm in body.args:
            when = arm.case_when
            if body.HasField("arg"):
                condition = is_true(self._compare_nodes(Op.EQ, body.arg, when.expr))
            else:
                condition = is_true(self._predicate(when.expr))
            arms.append((all_of([*before, condition]), when.result))
            before.append(_two_valued_opposite(condition))
        arms.append((all_of(before), body.defresult if body.HasField("defresult") else None))
        return arms

    def _call_condition(self, body: Any) -> Predicate:
        name = _function(body)
        arguments = list(body.args)
        if name in {"starts_with", "regexp_like"} and len(arguments) == 2:
            operand, pattern = self._single(arguments[0]), self._text(arguments[1])
            if name == "regexp_like":
                return Match(_expr(operand), PatternForm.REGEX, pattern)
            return Match(_expr(operand), PatternForm.LIKE, escape_like(pattern) + "%")
        if name == "isfinite" and len(arguments) == 1:
            operand = self._single(arguments[0])
            return Compare(Op.EQ, _expr(operand), _expr(operand))
        raise UnreadableError(name)

    # ------------------------------------------------------------------ operators

    def _operator(self, body: Any) -> Predicate:
        kind, name = _enum(body, "kind"), body.name[-1].string.sval
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
                return _two_valued_opposite(self._distinct(body.lexpr, body.rexpr))
            case "AEXPR_BETWEEN" | "AEXPR_NOT_BETWEEN":
                low, high = body.rexpr.list.items
                inside = all_of(
                    [self._compare_nodes(Op.GE, body.lexpr, low), self._compare_nodes(Op.LE, body.lexpr, high)]
                )
                return inside if kind == "AEXPR_BETWEEN" else Not(inside)
        raise UnreadableError(kind)

    def _binary(self, name: str, left: Any, right: Any) -> Predicate:
        if name in _COMPARISONS:
            return self._compare_nodes(_COMPARISONS[name], left, right)
        if name in _PATTERNS:
            return self._match(name, left, right)
        if name == "^@":
            return Match(_expr(self._single(left)), PatternForm.LIKE, escape_like(self._text(right)) + "%")
        raise UnreadableError(name)

    def _compare_nodes(self, op: Op, left: Any, right: Any) -> Predicate:
        if _is_boolean(left) or _is_boolean(right):
            if op not in (Op.EQ, Op.NE):
                raise UnreadableError("order of booleans")
            both = (self._predicate(left), self._predicate(right))
            return equivalent(*both) if op is Op.EQ else equivalent(both[0], opposite(both[1]))
        (left_form, left_body), (right_form, right_body) = _open(left), _open(right)
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
            same = all_of([self._compare_nodes(Op.EQ, a, b) for a, b in zip(left, right, strict=True)])
            return same if op is Op.EQ else Not(same)
        strict = Op.LT if op in (Op.LT, Op.LE) else Op.GT
        terms: list[Predicate] = []
        for n, (a, b) in enumerate(zip(left, right, strict=True)):
            equal = [self._compare_nodes(Op.EQ, left[k], right[k]) for k in range(n)]
            terms.append(all_of([*equal, self._compare_nodes(op if n == len(left) - 1 else strict, a, b)]))
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
        form, body = _open(node)
        if form == "func_call" and _function(body) in {"num_nonnulls", "num_nulls"} and not body.func_variadic:
            negated = _function(body) == "num_nonnulls"
            return [self._null_of(argument, negated) for argument in body.args]
        if form == "a_expr" and body.name[-1].string.sval == "+" and body.HasField("lexpr"):
            left, right = self._conditions(body.lexpr), self._conditions(body.rexpr)
            return None if left is None or right is None else left + right
        if form == "type_cast" and _type_name(body.type_name) in INTEGERS:
            inner_form, _ = _open(body.arg)
            if inner_form in {"type_cast", "case_expr"} and not _is_boolean(body.arg):
                return self._conditions(body.arg)
            if _is_boolean(body.arg):
                condition = self._predicate(body.arg)
                # A NULL addend makes the whole sum NULL, which counting can't say.
                return [condition] if inner_form == "null_test" or is_true(condition) == condition else None
        if form == "case_expr":
            return self._counted_arm(body)
        return None

    def _counted_arm(self, body: Any) -> list[Predicate] | None:
        ones: list[Predicate] = []
        for guard, result in self._choices(body):
            cases = self.cases(result) if result is not None else []
            value = cases[0][1].value if len(cases) == 1 and isinstance(cases[0][1], Settled) else None
            if value not in (0, 1):
                return None
            if value == 1:
                ones.append(guard)
        return [any_of(ones)]

    def _distinct(self, left: Any, right: Any) -> Predicate:
        one, other = self._single(left), self._single(right)
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
        return self._among(self._single(left), [self._single(item) for item in items], negated=negated)

    def _among(self, operand: Scalar, members: Sequence[Scalar], *, negated: bool) -> Predicate:
        known = [member.value for member in members if isinstance(member, Settled)]
        plain = [value for value in known if not isinstance(value, (Interval, Unbounded, type(None)))]
        absent = any(value is None for value in known)
        if len(plain) + (1 if absent else 0) < len(set(map(repr, members))) or isinstance(operand, Settled):
            op, join = (Op.NE, all_of) if negated else (Op.EQ, any_of)
            return join([comparison(op, operand, member) for member in members])
        listed: Predicate = InList(_expr(operand), tuple(dict.fromkeys(plain)), negated)
        if not absent:
            return listed
        return all_of([listed, NEVER_KNOWN]) if negated else any_of([listed, NEVER_KNOWN])

    def _quantified(self, name: str, left: Any, right: Any, *, every: bool) -> Predicate:
        elements = self._elements(right)
        if name in ("=", "<>") and (name == "=") is not every:
            return self._among(self._single(left), elements, negated=every)
        join: Callable[[Sequence[Predicate]], Predicate] = all_of if every else any_of
        operand = self._single(left)
        if name in _COMPARISONS:
            return join([comparison(_COMPARISONS[name], operand, element) for element in elements])
        if name in _PATTERNS:
            form, folded, negated = _PATTERNS[name]
            texts = [element.value for element in elements if isinstance(element, Settled)]
            if len(texts) != len(elements) or not all(isinstance(text, str) for text in texts):
                raise UnreadableError("pattern list")
            return join([Match(_expr(operand), form, str(text), folded, negated) for text in texts])
        raise UnreadableError(name)

    def _elements(self, node: Any, kinds: tuple[str, ...] = ()) -> list[Scalar]:
        """Return the elements of a constant array, cast to ``kinds`` in turn."""
        form, body = _open(node)
        if form == "type_cast":
            return self._elements(body.arg, (_type_name(body.type_name), *kinds))
        if form == "a_array_expr":
            elements = [self._single(element) for element in body.elements]
        elif form == "a_const" and body.WhichOneof("val") == "sval":
            elements = [Settled(text) for text in read_array(body.sval.sval)]
        else:
            raise UnreadableError(form)
        for kind in kinds:
            elements = [_cast(element, kind) for element in elements]
        return elements

    def _match(self, name: str, left: Any, right: Any) -> Predicate:
        form, folded, negated = _PATTERNS[name]
        pattern_form, pattern_body = _open(right)
        if pattern_form == "func_call" and _function(pattern_body) in {"similar_to_escape", "like_escape"}:
            arguments = [self._text(argument) for argument in pattern_body.args]
            if _function(pattern_body) == "similar_to_escape":
                form = PatternForm.SIMILAR
            pattern = _with_backslash(*arguments)
        else:
            pattern = self._text(right)
        folded = folded or _is_citext(right) or _is_citext(left)
        terms: list[Predicate] = []
        for guard, scalar in self.cases(left):
            terms.append(all_of([guard, Match(_expr(scalar), form, pattern, folded, negated)]))
        return any_of(terms)

    # ------------------------------------------------------------------ scalars

    def _single(self, node: Any) -> Scalar:
        cases = self.cases(node)
        if len(cases) != 1:
            raise UnreadableError("a value that depends on conditions")
        return cases[0][1]

    def _text(self, node: Any) -> str:
        scalar = self._single(node)
        if isinstance(scalar, Settled) and isinstance(scalar.value, str):
            return scalar.value
        raise UnreadableError("no constant text")

    def cases(self, node: Any) -> list[Case]:
        """Return the node as a scalar in all its cases; a ValueError where it isn't understood."""
        form, body = _open(node)
        match form:
            case "a_const":
                return [(Truth(True), Settled(_constant(body)))]
            case "column_ref":
                return [(Truth(True), self._column(body))]
            case "type_cast":
                return self._cast_cases(body)
            case "a_expr":
                return self._computed(body)
            case "func_call":
                return self._called(body)
            case "sqlvalue_function":
                return [(Truth(True), self._clock(_enum(body, "op").removeprefix("SVFOP_").lower()))]
            case "coalesce_expr":
                return self._coalesced(body)
            case "case_expr":
                arms = self._choices(body)
                return _merge_guards((guard, self.cases(arm) if arm is not None else _NULL) for guard, arm in arms)
            case "min_max_expr":
                name = _enum(body, "op").removeprefix("IS_").lower()
                return self._applied(name, list(body.args))
            case "collate_clause":
                return self.cases(body.arg)
            case "a_indirection" if len(body.indirection) == 1 and body.indirection[0].HasField("string"):
                return self._applied("field:" + body.indirection[0].string.sval, [body.arg])
        raise UnreadableError(form)

    def _cast_cases(self, body: Any) -> list[Case]:
        kind = _type_name(body.type_name)
        if len(body.type_name.array_bounds):
            raise UnreadableError("array")
        if _is_boolean(body.arg) and kind in INTEGERS:
            condition = self._predicate(body.arg)
            unknown = all_of([opposite(is_true(condition)), opposite(is_false(condition))])
            cases: list[Case] = [(is_true(condition), Settled(1)), (is_false(condition), Settled(0))]
            return cases if is_true(condition) == condition else [*cases, (unknown, Settled(None))]
        return [(guard, _cast(scalar, kind)) for guard, scalar in self.cases(body.arg)]

    def _computed(self, body: Any) -> list[Case]:
        kind, name = _enum(body, "kind"), body.name[-1].string.sval
        if kind == "AEXPR_NULLIF":
            same = is_true(self._compare_nodes(Op.EQ, body.lexpr, body.rexpr))
            others = self.cases(body.lexpr)
            return _merge_guards([(same, _NULL), (_two_valued_opposite(same), others)])
        if kind != "AEXPR_OP" or name in _COMPARISONS or name in _PATTERNS:
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
        name = _function(body)
        if body.func_variadic or body.agg_star or body.agg_distinct or body.HasField("over"):
            raise UnreadableError(name)
        if name in _CLOCK and not body.args:
            return [(Truth(True), self._clock("current_timestamp"))]
        if name == "timezone" and len(body.args) == 2 and self._text(body.args[0]).upper() in {"UTC", "GMT"}:
            return self.cases(body.args[1])
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
            absent.append(self._null_of(argument, negated=False))
        nothing = all_of(absent)
        if nothing != Truth(False):
            made.append((nothing, Settled(None)))
        return _limited(made)

    def _sql(self, node: Any) -> str:
        whole = type(self._tree)()
        whole.CopyFrom(self._tree)
        whole.stmts[0].stmt.select_stmt.target_list[0].res_target.val.CopyFrom(node)
        return str(postgast.deparse(whole)).removeprefix("SELECT ")


_NULL: list[Case] = [(Truth(True), Settled(None))]


def _two_valued_opposite(item: Predicate) -> Predicate:
    """Return NOT ``item`` of a condition that is never NULL, with the negation moved inwards."""
    match item:
        case And(items):
            return any_of([_two_valued_opposite(part) for part in items])
        case Or(items):
            return all_of([_two_valued_opposite(part) for part in items])
    return opposite(item)


def _limited(cases: list[Any]) -> list[Any]:
    if len(cases) > _MOST_CASES:
        raise TooManyTermsError("cases")
    return cases


def _merge_guards(arms: Any) -> list[Case]:
    made = [(all_of([outer, inner]), scalar) for outer, cases in arms for inner, scalar in cases]
    return _limited([(guard, scalar) for guard, scalar in made if guard != Truth(False)])


def _open(node: Any) -> tuple[str, Any]:
    form = node.WhichOneof("node")
    if form is None:
        raise UnreadableError("nothing")
    return form, getattr(node, form)


def _enum(body: Any, field: str) -> str:
    descriptor = body.DESCRIPTOR.fields_by_name[field]
    return str(descriptor.enum_type.values_by_number[getattr(body, field)].name)


def _last_field(body: Any) -> str:
    last = body.fields[-1]
    if last.WhichOneof("node") != "string":
        raise UnreadableError("*")
    return str(last.string.sval)


def _function(body: Any) -> str:
    return str(body.funcname[-1].string.sval)


def _type_name(type_name: Any) -> str:
    return str(type_name.names[-1].string.sval)


def _is_citext(node: Any) -> bool:
    form, body = _open(node)
    return form == "type_cast" and _type_name(body.type_name) == "citext"


def _is_boolean(node: Any) -> bool:
    form, body = _open(node)
    if form in _BOOLEAN_NODES:
        return True
    if form == "a_const":
        return body.WhichOneof("val") == "boolval"
    if form == "type_cast":
        return _type_name(body.type_name) == "bool" and not len(body.type_name.array_bounds)
    if form == "a_expr":
        name = body.name[-1].string.sval
        return _enum(body, "kind") not in {"AEXPR_OP", "AEXPR_NULLIF"} or name in _COMPARISONS or name in _PATTERNS
    if form == "func_call":
        return _function(body) in {"starts_with", "isfinite", "regexp_like"}
    if form == "coalesce_expr":
        return any(_is_boolean(argument) for argument in body.args)
    if form == "case_expr":
        return any(_is_boolean(arm.case_when.result) for arm in body.args)
    return False


def _column_nodes(node: Any) -> list[Any]:
    return [item for item in postgast.find_nodes(node, postgast.pg_query_pb2.ColumnRef) if len(item.fields)]


def _constant(body: Any) -> Any:
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


def _cast(scalar: Scalar, kind: str) -> Scalar:
    if isinstance(scalar, Settled):
        return scalar if scalar.value is None else Settled(convert(scalar.value, kind), scalar.clock)
    return Call("cast:" + kind, (scalar,))


def _operate(name: str, left: Scalar, right: Scalar) -> Scalar:
    if isinstance(left, Settled) and isinstance(right, Settled):
        if left.value is None or right.value is None:
            return Settled(None)
        return Settled(calculate(name, left.value, right.value), left.clock or right.clock)
    return Call(name, (_expr(left), _expr(right)))


def _apply(name: str, arguments: tuple[Scalar, ...]) -> Scalar:
    known = [argument for argument in arguments if isinstance(argument, Settled)]
    if len(known) == len(arguments) and known:
        clock = any(argument.clock for argument in known)
        values = [argument.value for argument in known]
        if name == "extract" and len(values) == 2 and values[1] is not None:
            return Settled(extract(str(values[0]).lower(), values[1]), clock)
        if name in {"lower", "upper"} and isinstance(values[0], str):
            return Settled(values[0].lower() if name == "lower" else values[0].upper())
        if name in {"numeric", "date"} and values[0] is not None:
            return Settled(convert(values[0], name), clock)
    if name in {"date", "text", "varchar", "bpchar", "numeric", "int4", "int8"} and len(arguments) == 1:
        return _cast(arguments[0], name)
    return Call(name, tuple(_expr(argument) for argument in arguments))


def _expr(scalar: Scalar) -> Expr:
    return settled(scalar) if isinstance(scalar, Settled) else scalar


def _with_backslash(pattern: str, escape: str = "\\") -> str:
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
