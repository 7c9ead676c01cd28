"""Rows of one's own in CSV files: NULL and empty text are told apart as COPY does, and lines are named."""

import pytest

from seedfast.errors import UsageError
from seedfast.scope.own_rows import read_csv
from seedfast.scope.spec import OwnRow


def cells(text):
    return [dict(row.cells) for row in read_csv(text, "users.csv")]


def test_an_empty_value_is_null_and_one_in_quotes_is_empty():
    assert cells('id,name,note\n1,,""\n') == [{"id": "1", "name": None, "note": ""}]


def test_quotes_commas_and_line_ends_stand_within_quotes():
    text = 'name,note\r\n"O""Brien, Ann","two\nlines"\r\n  spaced , kept\r\n'
    assert cells(text) == [
        {"name": 'O"Brien, Ann', "note": "two\nlines"},
        {"name": "  spaced ", "note": " kept"},
    ]


def test_rows_know_their_lines_after_lines_that_are_empty_or_in_quotes():
    rows = read_csv('\ufeffa,b\n"x\ny",1\n\nz,2', "edge.csv")
    assert [row.origin for row in rows] == ["edge.csv, line 2", "edge.csv, line 5"]
    assert rows == (OwnRow({"a": "x\ny", "b": "1"}), OwnRow({"a": "z", "b": "2"}))


def test_a_header_alone_or_nothing_at_all_is_no_row():
    assert read_csv("id,name\n", "a.csv") == read_csv("", "a.csv") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("id,name\n1\n", "line 2: there are 1 values, and 2 columns"),
        ("id,name\n1,a\n2,b,c\n", "line 3: there are 3 values"),
        ("id,,name\n1,2,3\n", "line 1: a column has no name"),
        ("id,id\n1,2\n", "line 1: the column 'id' is named twice"),
        ('id,name\n1,"open\n', "line 2: a quote"),
        ('id,name\n1,"a"b\n', "line 2: a quote"),
        ('id,name\n1,a"b"\n', "line 2: a quote"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, named):
    with pytest.raises(UsageError) as caught:
        read_csv(text, "users.csv")
    assert caught.value.code == "SF-OWN-FILE" and f"users.csv, {named}" in caught.value.message
