"""Conditions that tell rows taken from rows refused."""

from __future__ import annotations

from seedfast.constraints.induction import induce
from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName


def _column(name: str, kind: str) -> Column:
    return Column(name, SqlType("pg_catalog", kind, TypeForm.BASE, kind), nullable=True)


OFFERS = Table(
    QualifiedName("public", "offers"),
    TableForm.TABLE,
    (_column("price", "int4"), _column("cost", "numeric"), _column("kind", "text"), _column("starts", "date")),
)


def test_an_order_between_two_columns_is_found_also_between_numbers_of_different_types() -> None:
    taken = {"price": ["10", "7", "3"], "cost": ["9.5", "7.00", "1"]}
    refused = {"price": ["1", "20"], "cost": ["1.01", "100"]}
    assert induce(OFFERS, taken, refused) == ('"price" >= "cost"',)


def test_a_column_that_must_be_null_or_must_not_be() -> None:
    assert induce(OFFERS, {"starts": [None, None]}, {"starts": ["2024-01-01"]}) == ('"starts" IS NULL',)
    assert induce(OFFERS, {"starts": ["2024-01-01", "2023-01-01"]}, {"starts": [None]}) == ('"starts" IS NOT NULL',)


def test_a_few_values_of_a_text_column_are_listed() -> None:
    found = induce(OFFERS, {"kind": ["a", "b", "a", "b"]}, {"kind": ["c", None, "d"]})
    assert found == ("\"kind\" IN ('a', 'b')",)


def test_two_demands_are_found_together() -> None:
    taken = {"price": ["10", "7", "3"], "cost": ["9", "2", "1"], "kind": ["a", "a", "a"]}
    refused = {"price": ["1", "20", "8"], "cost": ["5", "100", "3"], "kind": ["a", "a", "b"]}
    assert set(induce(OFFERS, taken, refused)) == {'"price" >= "cost"', "\"kind\" IN ('a')"}


def test_a_bound_keeps_all_refused_rows_out_at_the_price_of_some_that_would_be_taken() -> None:
    taken, refused = {"price": ["1", "3", "5", "9"]}, {"price": ["7", "12"]}
    assert induce(OFFERS, taken, refused) == ("\"price\" <= '5'",)


def test_nothing_is_said_where_the_columns_do_not_tell_the_rows_apart() -> None:
    assert induce(OFFERS, {"price": ["1", "9", "4"]}, {"price": ["4", "1", "9"]}) == ()
