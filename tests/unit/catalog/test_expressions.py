"""Columns that an expression reads are found by grammar, not by looking for words."""

from __future__ import annotations

import pytest

from seedfast.catalog.expressions import columns_read

COLUMNS = ("a", "b", "lower", "Ünit Price", "select")


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        ("lower(b)", ("b",)),
        ("b || a", ("a", "b")),
        ("'a' || b", ("b",)),
        ('lower("Ünit Price"::text)', ("Ünit Price",)),
        ('COALESCE("select", a)', ("a", "select")),
        ("(b).c", ("b",)),
        ("now()", ()),
        ("a, lower(b)", ("a", "b")),
        ("hash(t.*)", COLUMNS),
        ("this is not SQL (", COLUMNS),
        (None, ()),
    ],
)
def test_columns_read(expression, read):
    assert columns_read(expression, COLUMNS) == read


def test_a_subquery_reads_columns_by_the_name_of_their_table():
    expression = "(EXISTS ( SELECT 1 FROM public.p WHERE ((p.b = t.a) AND (p.lower = 1))))"
    assert columns_read(expression, COLUMNS, "t") == ("a",)
