from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from seedfast.constraints.parse import parse
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
    Op,
    Opaque,
    Or,
    PatternForm,
    Predicate,
    Truth,
    Value,
)

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone(dt.timedelta(hours=2)))

A, B, X = ColumnRef("a"), ColumnRef("b"), ColumnRef("x")


def text(inner: Expr, kind: str = "text") -> Call:
    return Call(f"cast:{kind}", (inner,))


def compare(left: Expr, op: str, value: Value | None) -> Compare:
    return Compare(Op(op), left, Const(value))


def clock(moment: dt.date) -> Call:
    return Call("clock", (Const(moment),))


def one_of(*absent_or_present: tuple[bool, bool]) -> Predicate:
    terms = [And((IsNull(A, first), IsNull(B, second))) for first, second in absent_or_present]
    return Or(tuple(terms))


FORMS: list[tuple[str, Predicate]] = [
    ("(a > 5)", compare(A, ">", 5)),
    ("(5 > a)", compare(A, "<", 5)),
    ("(a >= '-40'::integer)", compare(A, ">=", -40)),
    ("(a < 1.50)", compare(A, "<", Decimal("1.50"))),
    ("(a < (1e3)::numeric)", compare(A, "<", Decimal("1e3"))),
    ("(a > (0)::numeric)", compare(A, ">", Decimal(0))),
    ("(a < 99999999999)", compare(A, "<", 99999999999)),
    ("(a < b)", Compare(Op.LT, A, B)),
    ("(a = '{}'::jsonb)", compare(A, "=", "{}")),
    ("(a = 'open'::public.state)", compare(A, "=", "open")),
    ("(a = NULL::text)", compare(A, "=", None)),
    ("((x)::text = 'a'::text)", compare(text(X), "=", "a")),
    ("((a)::bigint > 0)", compare(text(A, "int8"), ">", 0)),
    ("(x = ANY (ARRAY['a'::text, 'b'::text]))", InList(X, ("a", "b"))),
    ("(x <> ALL (ARRAY['a'::bpchar, 'b'::bpchar]))", InList(X, ("a", "b"), negated=True)),
    (
        "((x)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        InList(text(X), ("a", "b")),
    ),
    ("((x)::text = ANY (ARRAY[('a'::character varying)::text]))", InList(text(X), ("a",))),
    ("(a = ANY ('{1,2}'::integer[]))", InList(A, (1, 2))),
    ('(x = ANY (\'{a,"b c","d\\"e",NULL}\'::text[]))', Or((InList(X, ("a", "b c", 'd"e')), compare(X, "=", None)))),
    ("((a >= 1) AND (a <= 9))", And((compare(A, ">=", 1), compare(A, "<=", 9)))),
    ("((a = 1) OR (a = 2) OR (a IS NULL))", Or((compare(A, "=", 1), compare(A, "=", 2), IsNull(A)))),
    ("(NOT (a = 1))", compare(A, "<>", 1)),
    ("(a IS NOT NULL)", IsNull(A, negated=True)),
    ("(ROW(a, b) IS NULL)", And((IsNull(A), IsNull(B)))),
    ("a", compare(A, "=", True)),
    ("(NOT a)", compare(A, "<>", True)),
    ("(a IS TRUE)", And((compare(A, "=", True), IsNull(A, negated=True)))),
    ("(a IS NOT FALSE)", Or((compare(A, "=", True), IsNull(A)))),
    ("(a IS DISTINCT FROM 3)", Or((IsNull(A), compare(A, "<>", 3)))),
    ("((a IS NULL) = (b IS NULL))", one_of((False, False), (True, True))),
    ("((a IS NULL) <> (b IS NULL))", one_of((False, True), (True, False))),
    ("(num_nonnulls(a, b) = 1)", one_of((True, False), (False, True))),
    ("(num_nulls(a, b) = 1)", one_of((False, True), (True, False))),
    ("((((a IS NOT NULL))::integer + ((b IS NOT NULL))::integer) = 1)", one_of((True, False), (False, True))),
    ("(COALESCE(a, 0) > 5)", And((IsNull(A, negated=True), compare(A, ">", 5)))),
    ("(TRIM(BOTH FROM COALESCE(NULL::text, ' '::text)) <> ''::text)", Truth(False)),
    ("(length(btrim(' ab '::text)) = 2)", Truth(True)),
    ("(octet_length(ltrim('é'::text)) = 2)", Truth(True)),
    ("(rtrim(upper('a '::text)) = 'A'::text)", Truth(True)),
    (
        "CASE WHEN (a = 1) THEN (b > 0) ELSE false END",
        And((compare(A, "=", 1), IsNull(A, negated=True), compare(B, ">", 0))),
    ),
    ("(x ~~ 'a%'::text)", Match(X, PatternForm.LIKE, "a%")),
    ("((x)::text !~~ 'a%'::text)", Match(text(X), PatternForm.LIKE, "a%", negated=True)),
    ("(x ~~* 'a%'::text)", Match(X, PatternForm.LIKE, "a%", folded=True)),
    ("(x ~~ like_escape('a!%%'::text, '!'::text))", Match(X, PatternForm.LIKE, "a\\%%")),
    ("(x ~ '^a'::text)", Match(X, PatternForm.REGEX, "^a")),
    ("(x !~* '^a'::text)", Match(X, PatternForm.REGEX, "^a", folded=True, negated=True)),
    ("(x OPERATOR(public.~) '^a'::public.citext)", Match(X, PatternForm.REGEX, "^a", folded=True)),
    ("(x ~ similar_to_escape('a%'::text))", Match(X, PatternForm.SIMILAR, "a%")),
    ("(POSITION(('@'::text) IN (x)) > 2)", Compare(Op.GT, Call("strpos", (X, Const("@"))), Const(2))),
    ("(POSITION(('@'::text) IN (x)) > 1)", And((
        Match(X, PatternForm.LIKE, "%@%"), Match(X, PatternForm.LIKE, "@%", negated=True)
    ))),
    ("(POSITION(('@'::text) IN (x)) = 0)", Match(X, PatternForm.LIKE, "%@%", negated=True)),
    ('("left"(x, 4) = \'dns:\'::text)', Match(X, PatternForm.LIKE, "dns:%")),
    ('(lower("left"(x, 1)) = \'a\'::text)', Match(X, PatternForm.LIKE, "a%", folded=True)),
    ('("left"(x, 2) = ANY (ARRAY[\'ab\'::text, \'c_\'::text]))', Or((
        Match(X, PatternForm.LIKE, "ab%"), Match(X, PatternForm.LIKE, "c\\_%")
    ))),
    ('("right"(x, 2) = \'_z\'::text)', Match(X, PatternForm.LIKE, "%\\_z")),
    ("(SUBSTRING(x FROM 2 FOR 1) = '-'::text)", Match(X, PatternForm.LIKE, "_-%")),
    ("starts_with(x, 'a'::text)", Match(X, PatternForm.LIKE, "a%")),
    ("(char_length(x) >= 2)", compare(Call("length", (X,)), ">=", 2)),
    ("(length(TRIM(BOTH FROM x)) > 0)", compare(Call("length", (Call("btrim", (X,)),)), ">", 0)),
    ("(x = lower(x))", Compare(Op.EQ, X, Call("lower", (X,)))),
    ("(a >= '2009-01-01'::date)", compare(A, ">=", dt.date(2009, 1, 1))),
    ("(a < '2022-02-01 00:00:00+02'::timestamp with time zone)", compare(A, "<", dt.datetime(2022, 1, 31, 22))),
    ("(a <= (now() + '1 day'::interval))", Compare(Op.LE, A, clock(dt.datetime(2026, 11, 23, 8)))),
    ("(a <= (now() - '18 years'::interval))", Compare(Op.LE, A, clock(dt.datetime(2008, 11, 22, 8)))),
    ("(a >= (CURRENT_DATE - 7))", Compare(Op.GE, A, clock(dt.date(2026, 11, 15)))),
    ("(a <= ('2024-03-31'::date - '1 mon'::interval))", compare(A, "<=", dt.datetime(2024, 2, 29))),
    ("(age((a)::timestamp with time zone) >= '18 years'::interval)", Compare(
        Op.LE, text(A, "timestamptz"), clock(dt.datetime(2008, 11, 22))
    )),
    ("((a + '1 mon -2 days'::interval) > '2020-01-01'::date)", Compare(
        Op.GT,
        Call("+", (A, Call("interval", (Const(1), Const(dt.timedelta(days=-2)))))),
        Const(dt.date(2020, 1, 1)),
    )),
    ("(a < 'infinity'::timestamp without time zone)", Compare(Op.EQ, A, A)),
    ("(date_trunc('month'::text, a) >= '2026-01-01 00:00:00'::timestamp)", compare(A, ">=", dt.datetime(2026, 1, 1))),
    ("(date_trunc('month'::text, a) >= '2026-01-02 00:00:00'::timestamp)", compare(A, ">=", dt.datetime(2026, 2, 1))),
    ("(date_trunc('year'::text, a) < '2026-03-01 00:00:00'::timestamp)", compare(A, "<", dt.datetime(2027, 1, 1))),
    ("(date_trunc('day'::text, a) > '2026-02-28 09:00:00'::timestamp)", compare(A, ">=", dt.datetime(2026, 3, 1))),
    ("(date_trunc('hour'::text, a) <= '2026-12-31 23:00:00'::timestamp)", compare(A, "<", dt.datetime(2027, 1, 1))),
    ("(date_trunc('quarter'::text, a) = '2026-04-01 00:00:00'::timestamp)", And((
        compare(A, ">=", dt.datetime(2026, 4, 1)), compare(A, "<", dt.datetime(2026, 7, 1))
    ))),
    ("(a >= GREATEST(b, x))", And((
        Or((IsNull(B), Compare(Op.LE, B, A))),
        Or((IsNull(X), Compare(Op.LE, X, A))),
        Or((IsNull(B, True), IsNull(X, True), Compare(Op.EQ, Const(None), Const(None)))),
    ))),
    ("((a + 5) > 7)", compare(A, ">", 2)),
    ("((a - b) > 0)", Compare(Op.GT, A, B)),
    ("((VALUE)::text <> ''::text)", compare(text(ColumnRef("VALUE")), "<>", "")),
    ("(value > 0)", compare(ColumnRef("value"), ">", 0)),
    ("true", Truth(True)),
    ("(1 > 2)", Truth(False)),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), FORMS, ids=[form for form, _ in FORMS])
def test_reads_what_postgresql_prints(expression: str, expected: Predicate) -> None:
    assert parse(expression, now=NOW) == expected


UNREAD = [
    ("public.is_valid(a, b)", "public.is_valid(a, b)", ("a", "b")),
    ("(a OPERATOR(public.<->) b)", "a OPERATOR(public.<->) b", ("a", "b")),
    ("(a > '99999-01-01'::date)", "a > '99999-01-01'::date", ("a",)),
    ("(EXISTS ( SELECT 1))", "EXISTS (SELECT 1)", ()),
    ("no sql (", "no sql (", ()),
    ("", "", ()),
]


@pytest.mark.parametrize(("expression", "sql", "columns"), UNREAD)
def test_keeps_what_it_cannot_read_as_sql(expression: str, sql: str, columns: tuple[str, ...]) -> None:
    assert parse(expression, now=NOW) == Opaque(sql, columns)


def test_what_is_not_read_does_not_spoil_the_rest() -> None:
    found = parse("((a > 1) AND (public.f(b) OR (b IS NULL)))", now=NOW)
    assert found == And((compare(A, ">", 1), Or((Opaque("public.f(b)", ("b",)), IsNull(B)))))


def test_a_function_of_the_user_is_not_taken_for_the_one_of_postgresql() -> None:
    found = parse("(public.length(x) > 5)", now=NOW)
    assert found == compare(Call("public.length", (X,)), ">", 5)


def test_counting_many_columns_stays_small() -> None:
    columns = ", ".join(f"c{n}" for n in range(9))
    found = parse(f"(num_nonnulls({columns}) = 1)", now=NOW)
    assert isinstance(found, Or)
    assert len(found.items) == 9
    wide = ", ".join(f"c{n}" for n in range(40))
    assert isinstance(parse(f"(num_nonnulls({wide}) = 20)", now=NOW), Opaque)
