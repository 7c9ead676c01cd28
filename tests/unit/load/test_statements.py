from __future__ import annotations

import pytest

from seedfast.load.statements import Target, castable, copy, insert, together, update
from seedfast.names import QualifiedName
from seedfast.plan.spec import ColumnPlan, Source


def target(name: str, **columns: str) -> Target:
    plans = tuple(ColumnPlan(column, kind, Source.GENERATED) for column, kind in columns.items())
    return Target(QualifiedName("s", name), plans)


@pytest.mark.parametrize(
    ("display", "cast"),
    [
        ("character varying(3)", "pg_catalog.varchar"),
        ("character varying", "pg_catalog.varchar"),
        ("character(3)[]", "pg_catalog.bpchar[]"),
        ("bit(8)", 'pg_catalog."bit"'),
        ("bit varying(8)", "pg_catalog.varbit"),
        ("numeric(10,2)", "numeric(10,2)"),
        ("timestamp(3) without time zone", "timestamp(3) without time zone"),
        ('app."Mood"[]', 'app."Mood"[]'),
        ('"char"', '"char"'),
    ],
)
def test_a_cast_never_cuts_a_value_to_its_length(display: str, cast: str) -> None:
    assert castable(display) == cast


def test_names_are_quoted_whatever_they_hold() -> None:
    assert copy(target('odd "name" 50%', **{"a b": "text"})) == 'COPY "s"."odd ""name"" 50%" ("a b") FROM STDIN'


def test_parameters_are_numbered_through_all_inserts_of_one_statement() -> None:
    statement = together([target("a", x="integer", y="text"), target("b"), target("c", z="integer")])
    assert [f"${n}" in statement for n in (1, 2, 3, 4, 5)] == [True, True, True, True, False]


def test_an_insert_without_columns_takes_the_number_of_rows() -> None:
    assert insert(target("a")) == 'INSERT INTO "s"."a" SELECT FROM pg_catalog.generate_series(1, $1::int)'


def test_an_update_keeps_to_the_table_unless_it_is_partitioned() -> None:
    ordinary = target("a", x="integer")
    identity = [ColumnPlan("id", "bigint", Source.GENERATED)]
    partitioned = Target(ordinary.table, ordinary.columns, only=False)
    assert update(ordinary, identity).startswith('UPDATE ONLY "s"."a"')
    assert update(partitioned, identity).startswith('UPDATE "s"."a"')
