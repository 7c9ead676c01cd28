from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from seedfast.constraints.analyse import analyse_domain_type, analyse_table
from seedfast.constraints.domain import Bound, Branch, Canonical, Domain, Nullness, Pattern, Relation
from seedfast.constraints.predicate import Op, Opaque, PatternForm
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.diagnostics import Severity
from seedfast.model.table import Table
from tests.unit.constraints.tables import base, domain, enum, table

NOW = dt.datetime(2026, 11, 22)
NEVER, ALWAYS = Nullness.NEVER, Nullness.ALWAYS


def only(subject: Table) -> Branch:
    [branch] = analyse_table(subject, now=NOW).branches
    return branch


def nullness(subject: Table, *columns: str) -> list[tuple[Nullness, ...]]:
    return [tuple(b.domain(c).nullness for c in columns) for b in analyse_table(subject, now=NOW).branches]


def test_a_table_without_constraints_has_one_free_branch() -> None:
    rules = analyse_table(table("a int4"), now=NOW)
    assert rules.branches == (Branch(),)
    assert rules.findings == ()


def test_checks_on_a_column_narrow_one_domain_and_are_named() -> None:
    branch = only(table("a int4!", "(a > 0)", "(a <= 100)", "(a <> 13)"))
    assert branch.domains == {
        "a": Domain(
            NEVER,
            Bound(1, True),
            Bound(100, True),
            excluded=(13,),
            sources=("NOT NULL", "CHECK c1", "CHECK c2", "CHECK c3"),
        )
    }


def test_a_column_generated_as_a_constant_is_that_constant() -> None:
    plain = table("kind text, code text")
    generated = {"kind": "'firm'::text", "code": "('c-'::text || kind)"}
    columns = tuple(replace(column, generated=generated[column.name]) for column in plain.columns)
    branch = only(replace(plain, columns=columns))
    assert branch.domain("kind").allowed == ("firm",)
    assert branch.domain("code") == Domain()


def test_a_check_does_not_forbid_null() -> None:
    assert only(table("a int4", "(a > 0)")).domain("a").nullness is Nullness.MAYBE


DOMAINS = [
    ("a int4", "(a < 5.5)", Domain(high=Bound(5, True))),
    ("a int4", "((a >= 5) AND (a < 6))", Domain(allowed=(5,))),
    ("a int4", "((a >= 1) AND (a <= 4) AND (a <> 2))", Domain(allowed=(1, 3, 4))),
    ("a date", "(a > '2020-12-31'::date)", Domain(low=Bound(dt.date(2021, 1, 1), True))),
    ("a date", "(a <= now())", Domain(high=Bound(dt.date(2026, 11, 21), True))),
    ("a date", "(a > CURRENT_DATE)", Domain(low=Bound(dt.date(2026, 11, 25), True))),
    ("a timestamp", "((a)::date = '2020-01-01'::date)", Domain(
        low=Bound(dt.datetime(2020, 1, 1), True), high=Bound(dt.datetime(2020, 1, 2), False)
    )),
    ("a state", "(a <> 'open'::public.state)", Domain(allowed=("new", "done"))),
    ("a state", "(a > 'new'::public.state)", Domain(allowed=("open", "done"))),
    ("a text", "(char_length(a) = 3)", Domain(min_length=3, max_length=3)),
    ("a bytea", "(length(a) = 32)", Domain(octets=(32, 32))),
    ("a text", "(octet_length(a) <= 72)", Domain(octets=(None, 72))),
    ("a text", "(length(TRIM(BOTH FROM a)) > 0)", Domain(not_blank=True, min_length=1)),
    ("a text", "(btrim(a) <> ''::text)", Domain(not_blank=True)),
    ("a text", "(a <> ''::text)", Domain(min_length=1)),
    ("a text", "(a = lower(a))", Domain(canonical=frozenset({Canonical.LOWER}))),
    ("a text", "(a = lower(btrim(a)))", Domain(canonical=frozenset({Canonical.LOWER, Canonical.TRIMMED}))),
    ("a varchar", "(upper((a)::text) = ANY (ARRAY['M'::text, 'F'::text]))", Domain(
        allowed=("M", "F"), canonical=frozenset({Canonical.UPPER})
    )),
    ("a text", "(a ~ '^x'::text)", Domain(patterns=(Pattern(PatternForm.REGEX, "^x"),))),
    ("a text", "((a ~ '^x'::text) AND (a = ANY (ARRAY['xa'::text, 'b'::text])))", Domain(
        allowed=("xa",), patterns=(Pattern(PatternForm.REGEX, "^x"),)
    )),
    ("a text", "(lower(a) <> 'root'::text)", Domain(patterns=(Pattern(PatternForm.LIKE, "root", True, True),))),
    ("a citext", "(a <> 'root'::public.citext)", Domain(patterns=(Pattern(PatternForm.LIKE, "root", True, True),))),
    ("a tsvector", "(a <> ''::tsvector)", Domain(excluded=("",))),
    ("a numeric", "((a >= 0.5) AND (a < (2)::numeric))", Domain(
        low=Bound(Decimal("0.5"), True), high=Bound(Decimal(2), False)
    )),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "check", "expected"), DOMAINS)
def test_reads_a_check_as_a_domain(columns: str, check: str, expected: Domain) -> None:
    found = only(table(columns, check, types={"state": enum("new", "open", "done")})).domain("a")
    assert found == Domain(
        **{n: getattr(expected, n) for n in Domain.__slots__ if n != "sources"}, sources=("CHECK c1",)
    )


def test_columns_against_each_other_are_relations() -> None:
    branch = only(table("a date!, b date", "((b >= a) OR (b IS NULL))"))
    assert branch.relations == (Relation("b", Op.GE, "a", "CHECK c1"),)
    assert branch.domain("b").nullness is Nullness.MAYBE


def test_exclusive_columns_make_a_branch_each() -> None:
    subject = table("a int4, b int4, c int4", "(num_nonnulls(a, b, c) = 1)")
    assert sorted(nullness(subject, "a", "b", "c")) == [
        (ALWAYS, ALWAYS, NEVER),
        (ALWAYS, NEVER, ALWAYS),
        (NEVER, ALWAYS, ALWAYS),
    ]


def test_not_null_columns_prune_branches() -> None:
    subject = table("a int4!, b int4", "((a IS NULL) <> (b IS NULL))")
    assert nullness(subject, "a", "b") == [(NEVER, ALWAYS)]


def test_an_alternative_that_another_contains_is_dropped() -> None:
    branch = only(table("a text", "((a IS NULL) OR (char_length(a) <= 9))"))
    assert branch.domain("a") == Domain(max_length=9, sources=("CHECK c1",))


def test_a_comparison_with_null_is_not_taken_for_the_meaning() -> None:
    branch = only(table("a text", "((a = NULL::text) OR (char_length(a) > 0))"))
    assert branch.domain("a").min_length == 1


def test_conditions_that_hang_on_one_column_stay_few_and_consistent() -> None:
    checks = [f"((kind <> 'oidc'::text) OR (c{n} IS NOT NULL))" for n in range(8)]
    columns = ", ".join(["kind text!", *(f"c{n} text" for n in range(8))])
    rules = analyse_table(table(columns, "(kind = ANY (ARRAY['oauth'::text, 'oidc'::text]))", *checks), now=NOW)
    assert [branch.domain("kind").allowed for branch in rules.branches] == [("oauth",), ("oauth", "oidc")]
    assert all(rules.branches[1].domain(f"c{n}").nullness is NEVER for n in range(8))


def test_many_independent_choices_stay_bounded_and_all_are_taken_somewhere() -> None:
    columns = ", ".join(f"a{n} int4, b{n} int4" for n in range(12))
    subject = table(columns, *(f"((a{n} IS NULL) <> (b{n} IS NULL))" for n in range(12)))
    found = analyse_table(subject, now=NOW).branches
    assert 2 <= len(found) <= 48
    for n in range(12):
        assert {branch.domain(f"a{n}").nullness for branch in found} == {NEVER, ALWAYS}
        assert all(branch.domain(f"a{n}").nullness is not branch.domain(f"b{n}").nullness for branch in found)


def test_domains_of_column_types_count() -> None:
    code = domain("code", domain("short", base("text"), "(char_length(VALUE) <= 4)"), "(VALUE ~ '^[A-Z]'::text)")
    branch = only(table("a code!", types={"code": code}))
    assert branch.domain("a") == Domain(
        NEVER,
        max_length=4,
        patterns=(Pattern(PatternForm.REGEX, "^[A-Z]"),),
        sources=("NOT NULL", "domain code", "domain short"),
    )


def test_the_domain_of_a_type_is_a_branch_over_value() -> None:
    year = domain("year", base("int4"), "((VALUE >= 1901) AND (VALUE <= 2155))", not_null=True)
    branch = analyse_domain_type(year, now=NOW)
    assert branch is not None
    assert branch.domains == {"VALUE": Domain(NEVER, Bound(1901, True), Bound(2155, True), sources=("domain year",))}
    nothing = domain("nothing", base("int4"), "(VALUE > 5)", "(VALUE < 3)", not_null=True)
    assert analyse_domain_type(nothing, now=NOW) is None


def test_what_is_not_understood_is_kept_and_found() -> None:
    rules = analyse_table(table("a int4, b int4", "(public.f(a) > b)"), now=NOW)
    assert rules.branches == (Branch(opaque=(Opaque("public.f(a) > b", ("a", "b")),)),)
    [finding] = rules.findings
    assert (finding.code, finding.where) == ("SF-CHECK-OPAQUE", "public.t: CHECK c1")
    assert "public.f(a) > b" in finding.message


def test_a_contradiction_names_a_smallest_set_of_constraints() -> None:
    rules = analyse_table(table("a int4!, b int4!", "(b > 0)", "(a > 5)", "(a < 9)", "(a < 3)"), now=NOW)
    assert rules.branches == ()
    [finding] = rules.findings
    assert (finding.code, finding.severity) == ("SF-CHECK-UNSATISFIABLE", Severity.INFO)
    assert finding.constraints == ("c2", "c4", "t.a NOT NULL")
    assert finding.message == "No row can satisfy c2, c4 and t.a NOT NULL together."
    assert finding.hint == (
        "Change c2 CHECK (a > 5) or c4 CHECK (a < 3), or allow NULL in t.a; until then the table stays empty."
    )


def test_check_false_is_unsatisfiable() -> None:
    rules = analyse_table(table("a int4", "false"), now=NOW)
    assert rules.branches == ()
    assert rules.findings[0].message == "No row can satisfy c1."


def test_columns_that_can_be_null_escape_a_contradiction() -> None:
    assert nullness(table("a int4", "(a > 5)", "(a < 3)"), "a") == [(ALWAYS,)]


def month(first: int) -> str:
    return (
        f"((at IS NOT NULL) AND (at >= '2022-{first:02}-01 00:00:00'::timestamp without time zone)"
        f" AND (at < '2022-{first + 1:02}-01 00:00:00'::timestamp without time zone))"
    )


def test_partitions_are_alternatives_named_after_the_leaf() -> None:
    subject = table("at timestamp!, a int4", "(a > 0)", leaves={f"p{n}": month(n) for n in (1, 2)})
    found = analyse_table(subject, now=NOW).branches
    assert [branch.domain("at").low for branch in found] == [
        Bound(dt.datetime(2022, 1, 1), True),
        Bound(dt.datetime(2022, 2, 1), True),
    ]
    assert found[1].domain("at").sources == ("NOT NULL", "partition p2")
    assert all(branch.domain("a").low == Bound(1, True) for branch in found)


def test_a_default_partition_is_the_last_resort() -> None:
    rest = f"(NOT {month(1)})"
    both = {"p1": month(1), "rest": rest}
    assert len(analyse_table(table("at timestamp!", leaves=both), now=NOW).branches) == 1
    late = table("at timestamp!", "(at > '2024-01-01'::date)", leaves=both)
    assert [b.domain("at").low for b in analyse_table(late, now=NOW).branches] == [
        Bound(dt.datetime(2024, 1, 1), False)
    ]
    assert analyse_table(table("at timestamp", leaves={"all": None}), now=NOW).branches == (Branch(),)


def test_many_partitions_are_sampled_evenly_without_the_future() -> None:
    leaves = {f"p{n:03}": f"((a IS NOT NULL) AND (a >= {n}) AND (a < {n + 1}))" for n in range(200)}
    lows = [b.domain("a").allowed for b in analyse_table(table("a int4!", leaves=leaves), now=NOW).branches]
    assert len(lows) == 24
    assert (lows[0], lows[-1]) == ((0,), (199,))
    years = {
        f"y{n}": f"((at IS NOT NULL) AND (at >= '{n}-01-01'::date) AND (at < '{n + 1}-01-01'::date))"
        for n in range(2020, 2040)
    }
    found = analyse_table(table("at date!", leaves=years), now=NOW).branches
    assert max(b.domain("at").low.value for b in found if b.domain("at").low) == dt.date(2026, 1, 1)


def test_complete_hash_partitions_say_nothing() -> None:
    leaves = {f"h{n}": f"satisfies_hash_partition('33095'::oid, 3, {n}, a)" for n in range(3)}
    assert analyse_table(table("a int4", leaves=leaves), now=NOW).branches == (Branch(),)
    del leaves["h1"]
    [branch] = analyse_table(table("a int4", leaves=leaves), now=NOW).branches
    assert branch.opaque[0].columns == ("a",)


def test_branches_where_a_predicate_holds_and_where_it_does_not() -> None:
    subject = table("a int4, gone timestamp")
    sql = "((gone IS NULL) AND (a > 0))"
    [inside] = branches_where(sql, now=NOW, truth=Truth3.TRUE, table=subject)
    assert inside.domain("gone").nullness is ALWAYS
    assert inside.domain("a").nullness is NEVER
    assert inside.domain("a").low == Bound(1, True)
    outside = branches_where(sql, now=NOW, truth=Truth3.NOT_TRUE, table=subject)
    assert [(b.domain("gone").nullness, b.domain("a").high) for b in outside] == [
        (NEVER, None),
        (Nullness.MAYBE, Bound(0, True)),
    ]
    assert branches_where("true", now=NOW, truth=Truth3.NOT_TRUE) == ()


@pytest.mark.parametrize(
    ("columns", "checks"),
    [
        ("a date!", ["(a >= CURRENT_DATE)", "(a <= CURRENT_DATE)"]),
        ("a date!", ["(a < '0001-01-01'::date)"]),
        ("a timestamp!", ["(a >= '9999-12-31'::date)", "((a)::date > '9999-12-31'::date)"]),
        ("a int4!", ["((a / 2) >= 5)", "(a <= 10)"]),
        ("a text!", ["(lower(a) = 'x'::text)", "(a = upper(a))"]),
        ("a citext!", ["(a = 'X'::citext)", "(a = 'x'::citext)"]),
        ("a text!", ["(a > 'a'::text)", "(a < 'B'::text)"]),
        ("a text!", ["(a ~ '[^ -~]'::text)", "(length(a) = 1)"]),
        ("a int4!, b int4!, c int4!", ["(a <= b)", "(b <= c)", "(c <= a)"]),
        ("a int4!, b int4", ["(a < b)", "(b < a)"]),
        ("a int4!", ["((a = NULL::integer) OR (a > 5))", "(a < 3)"]),
        ("a numeric!, b numeric!", ["(b > a)", "(a > (1)::numeric)", "(b < (2)::numeric)"]),
    ],
)
def test_what_may_be_satisfied_is_not_refused(columns: str, checks: list[str]) -> None:
    assert analyse_table(table(columns, *checks), now=NOW).branches


@pytest.mark.parametrize(
    ("columns", "checks", "blamed"),
    [
        ("a int4!, b int4!", ["(a < b)", "(b < a)", "(a > 0)"], {"c1", "c2", "t.a NOT NULL", "t.b NOT NULL"}),
        ("a date!, b date!", ["(a < b)", "(a >= '2024-01-01'::date)", "(b <= '2024-01-01'::date)"], None),
        ("a int4!, b int4!", ["((a + b) = 10)", "(a > 7)", "(b > 2)"], None),
        ("a text!, b text!", ["(a = b)", "(a ~ '^x'::text)", "(b ~ '^y'::text)"], None),
        ("a text!", ["(a !~ 'x'::text)", "(a ~ '^(x|yx)$'::text)"], {"c1", "c2", "t.a NOT NULL"}),
        ("a bool!, b bool!, c bool!", ["(a <> b)", "(b <> c)", "(c <> a)"], None),
    ],
)
def test_columns_and_patterns_that_leave_nothing_are_refused(columns, checks, blamed) -> None:
    rules = analyse_table(table(columns, *checks), now=NOW)
    assert rules.branches == ()
    nulls = {f"t.{part.split()[0]} NOT NULL" for part in columns.split(", ")}
    every = {f"c{n}" for n in range(1, len(checks) + 1)} | nulls
    assert set(rules.findings[-1].constraints) == (every if blamed is None else blamed)
