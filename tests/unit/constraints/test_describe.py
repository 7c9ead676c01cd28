from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.describe import describe
from seedfast.model.table import Table
from tests.unit.constraints.tables import base, domain, enum, table

NOW = dt.datetime(2026, 11, 22)
NUMERIC = replace(base("numeric"), display="numeric(6,2)", precision=6, scale=2)
VARCHAR = replace(base("varchar", 10), display="character varying(10)")


def told(subject: Table, column: str) -> str:
    return describe(column, subject.column(column).type, analyse_table(subject, now=NOW).branches)


@pytest.mark.parametrize(
    ("columns", "checks", "text"),
    [
        ("price money!", ["(price > (0)::numeric)"], "price in (0, 9999.99]: CHECK c1, numeric(6,2)"),
        ("a int4!", ["(a > 0)"], "a >= 1: CHECK c1"),
        ("a int4!", ["(a > 0)", "(a < 9)"], "a in [1, 8]: CHECK c1, CHECK c2"),
        ("a date", ["(a < '2024-01-01'::date)"], "a <= 2023-12-31: CHECK c1"),
        ("a text!", ["(a = ANY (ARRAY['x'::text, 'y'::text]))"], "a in ('x', 'y'): CHECK c1"),
        ("a text", ["(a = 'x'::text)"], "a = 'x': CHECK c1"),
        ("a text", ["(a <> 'x'::text)"], "a not in ('x'): CHECK c1"),
        ("a text", ["(length(a) >= 3)"], "a of at least 3 characters: CHECK c1"),
        ("a code", ["(length((a)::text) >= 3)"], "a of 3 to 10 characters: CHECK c1, character varying(10)"),
        (
            "a text",
            ["(a ~ '^[a-z]+$'::text)", "(a !~~ 'x%'::text)"],
            "a ~ '^[a-z]+$', not LIKE 'x%': CHECK c1, CHECK c2",
        ),
        ("a text", ["(a = lower(a))"], "a in lower case: CHECK c1"),
        ("a text", ["(btrim(a) <> ''::text)"], "a not blank: CHECK c1"),
        ("a text", ["(a IS NULL)"], "a IS NULL: CHECK c1"),
        ("a year", [], "a in [1901, 2155]: domain year"),
        ("a state!", ["(a <> 'gone'::state)"], "a in ('new', 'old'): CHECK c1"),
        ("a int4, b int4", ["(a < b)"], "a < b: CHECK c1"),
        ("a int4, b int4", ["(a < b)", "(a > 0)"], "a >= 1: CHECK c2; a < b: CHECK c1"),
        ("a int4, b int4", ["((a > 5) OR (b > 5))"], "a >= 6: CHECK c1; or any a"),
        ("a int4!, b int4", ["(b > 0)"], ""),
    ],
)
def test_what_is_left_to_a_column_is_told_with_the_constraints_behind_it(columns, checks, text) -> None:
    types = {
        "money": NUMERIC,
        "code": VARCHAR,
        "year": domain("year", base("int4"), "((VALUE >= 1901) AND (VALUE <= 2155))"),
        "state": enum("new", "old", "gone"),
    }
    column = columns.split()[0]
    assert told(table(columns, *checks, types=types), column) == text


def test_of_very_many_branches_a_few_are_told() -> None:
    conditions = " OR ".join(f"(a = {n} AND b > {n})" for n in range(0, 60, 10))
    assert told(table("a int4!, b int4!", f"({conditions})"), "b") == (
        "b >= 1: CHECK c1; or b >= 11: CHECK c1; or b >= 21: CHECK c1; or 3 other ways"
    )
