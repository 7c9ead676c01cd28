"""Conditions on pieces of documents, arrays, ranges and composites, and what they leave to the pieces."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.domain import Aspect, Bound, Branch, Domain, Nullness, Part, Place
from seedfast.constraints.predicate import Op
from seedfast.model.types import Attribute, SqlType, TypeForm

from .tables import base, table

NOW = datetime(2026, 11, 22, tzinfo=UTC)

ARRAY = SqlType("pg_catalog", "_text", TypeForm.ARRAY, "text[]", element=base("text"))
RANGE = SqlType("pg_catalog", "int4range", TypeForm.RANGE, "int4range", element=base("int4"))
PAIR = SqlType(
    "public",
    "pair",
    TypeForm.COMPOSITE,
    "pair",
    attributes=(Attribute("x", base("int4")), Attribute("y", base("int4"))),
)
TYPES = {"texts": ARRAY, "span": RANGE, "pair": PAIR}
COLUMNS = "doc jsonb!, a texts!, b texts!, r span!, s span!, c pair!, n int4!, d date!, t text!"


def branches(*checks: str) -> tuple[Branch, ...]:
    return analyse_table(table(COLUMNS, *checks, types=TYPES), now=NOW).branches


def part_of(column: str, part: Part, *checks: str) -> Domain:
    [branch] = branches(*checks)
    assert not branch.opaque
    return dict(branch.domain(column).parts)[part]


@pytest.mark.parametrize(
    ("check", "column", "part", "wanted"),
    [
        ("jsonb_typeof(doc) = 'object'", "doc", Part((), Aspect.KIND), {"allowed": ("object",)}),
        ("doc ? 'k'", "doc", Part((), Aspect.HAS, "k"), {"allowed": (True,)}),
        ("NOT (doc ? 'k')", "doc", Part((), Aspect.HAS, "k"), {"allowed": (False,)}),
        ("((doc ->> 'k') IS NOT NULL)", "doc", Part(("k",), Aspect.TEXT), {"nullness": Nullness.NEVER}),
        ("((doc #>> '{a,b}'::text[]) = 'x')", "doc", Part(("a", "b"), Aspect.TEXT), {"allowed": ("x",)}),
        ("(((doc -> 'a') ->> 'b') = 'x')", "doc", Part(("a", "b"), Aspect.TEXT), {"allowed": ("x",)}),
        ("(((doc ->> 'n'))::integer >= 3)", "doc", Part(("n",), Aspect.TEXT, cast="int4"), {"low": Bound(3, True)}),
        ("(jsonb_array_length(doc) <= 5)", "doc", Part((), Aspect.SIZE), {"high": Bound(5, True)}),
        ("(cardinality(a) > 0)", "a", Part((), Aspect.SIZE), {"low": Bound(1, True)}),
        ("(COALESCE(array_length(a, 1), 0) > 0)", "a", Part((), Aspect.SIZE), {"low": Bound(1, True)}),
        ("(a <> '{}'::text[])", "a", Part((), Aspect.SIZE), {"excluded": (0,)}),
        ("('x' = ANY (a))", "a", Part((), Aspect.INCLUDES, "x"), {"allowed": (True,)}),
        ("NOT ('' = ANY (a))", "a", Part((), Aspect.INCLUDES, ""), {"allowed": (False,)}),
        ("(a <@ ARRAY['x'::text, 'y'::text])", "a", Part((), Aspect.ELEMENT), {"allowed": ("x", "y")}),
        ("(array_position(a, NULL) IS NULL)", "a", Part((), Aspect.ELEMENT), {"nullness": Nullness.NEVER}),
        ("NOT isempty(r)", "r", Part((), Aspect.EMPTY), {"allowed": (False,)}),
        ("(r <@ int4range(1, 9, '[]'))", "r", Part((), Aspect.UPPER), {"high": Bound(10, True)}),
        ("((upper(r) - lower(r)) <= 8)", "r", Part((), Aspect.WIDTH), {"high": Bound(8, True)}),
        ("(lower(r) < upper(r))", "r", Part((), Aspect.WIDTH), {"low": Bound(1, True)}),
        ("((c).x > 0)", "c", Part(("x",), Aspect.FIELD), {"low": Bound(1, True)}),
    ],
)
def test_says_what_a_piece_may_be(check: str, column: str, part: Part, wanted: dict[str, object]) -> None:
    found = part_of(column, part, check)
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_a_document_that_holds_another_has_its_members_by_type_and_value() -> None:
    [branch] = branches("""(doc @> '{"v": 1, "m": {"ok": true}}'::jsonb)""")
    parts = dict(branch.domain("doc").parts)
    assert parts[Part(("v",), Aspect.KIND)].allowed == ("number",)
    assert parts[Part(("v",), Aspect.TEXT)].allowed == ("1",)
    assert parts[Part(("m",), Aspect.KIND)].allowed == ("object",)
    assert parts[Part(("m", "ok"), Aspect.TEXT)].allowed == ("true",)


def test_a_choice_among_members_makes_branches() -> None:
    assert len(branches("(doc ?| ARRAY['a', 'b', 'c'])")) == 3


@pytest.mark.parametrize(
    ("check", "left", "op", "right"),
    [
        ("(lower(r) = n)", Place("r", Part((), Aspect.LOWER)), Op.EQ, Place("n")),
        ("((doc ->> 'type') = t)", Place("doc", Part(("type",), Aspect.TEXT)), Op.EQ, Place("t")),
        (
            "(cardinality(a) = cardinality(b))",
            Place("a", Part((), Aspect.SIZE)),
            Op.EQ,
            Place("b", Part((), Aspect.SIZE)),
        ),
        ("((c).x <= (c).y)", Place("c", Part(("x",), Aspect.FIELD)), Op.LE, Place("c", Part(("y",), Aspect.FIELD))),
        ("(t = ANY (a))", Place("a", Part((), Aspect.MEMBER)), Op.EQ, Place("t")),
    ],
)
def test_ties_a_piece_to_another_column(check: str, left: Place, op: Op, right: Place) -> None:
    [branch] = branches(check)
    [tie] = branch.ties
    assert (tie.left, tie.op, tie.right) == (left, op, right)


@pytest.mark.parametrize(
    "checks",
    [
        ("cardinality(a) > 5", "cardinality(a) < 3"),
        ("doc ? 'k'", "NOT (doc ? 'k')"),
        ("(doc ->> 'k') = 'x'", "(doc ->> 'k') = 'y'", "(doc ->> 'k') IS NOT NULL"),
        ("jsonb_typeof(doc) = 'object'", "jsonb_typeof(doc) = 'array'"),
        ("isempty(r)", "NOT isempty(r)"),
        ("(c).x > 5", "(c).x < 3", "(c).x IS NOT NULL"),
    ],
)
def test_pieces_that_contradict_each_other_leave_no_row(checks: tuple[str, ...]) -> None:
    assert branches(*checks) == ()


@pytest.mark.parametrize(
    "check",
    [
        "jsonb_path_exists(doc, '$.a')",
        "(a[1] = 'x')",
        "NOT (a <@ ARRAY['x'::text])",
        "(lower(r) = (n * lower(s)))",
        "((doc ->> (n)::text) = 'x')",
    ],
)
def test_leaves_what_it_cannot_say_of_pieces_to_postgresql(check: str) -> None:
    assert any(branch.opaque for branch in branches(check))


def test_text_that_is_folded_is_no_range() -> None:
    [branch] = branches("(lower(t) = t)", "(lower(t) IS NOT NULL)")
    assert not branch.domain("t").parts and not branch.ties


def test_reads_dates_within_ranges_of_days() -> None:
    days = SqlType("pg_catalog", "daterange", TypeForm.RANGE, "daterange", element=base("date"))
    made = table("r days!", "(r <@ '[2024-01-01,2024-02-01)'::daterange)", types={"days": days})
    [branch] = analyse_table(made, now=NOW).branches
    parts = dict(branch.domain("r").parts)
    assert parts[Part((), Aspect.LOWER)].low == Bound(date(2024, 1, 1), True)
    assert parts[Part((), Aspect.UPPER)].high == Bound(date(2024, 2, 1), True)
