"""Rows of one's own: what is given is laid over what was made, and rows that don't count leave no hole."""

import numpy as np
import pyarrow as pa
import pytest

from seedfast.generate.given import Given
from seedfast.names import QualifiedName
from seedfast.plan.spec import BranchPlan, GivenRow, Status, TablePlan


def given(*rows, first=None):
    name, own = QualifiedName("public", "t"), tuple(GivenRow(row) for row in rows)
    return Given(TablePlan(name, Status.FILL, 10, 20, branches=(BranchPlan(1, first=first),), given=own))


ROWS = np.array([12, 10, 25, 11, 3, 10], dtype=np.int64)
"""In any order, with repeats, with rows that were there before and rows that aren't given."""


@pytest.mark.parametrize(
    ("made", "cells", "expected"),
    [
        (pa.array([1] * 6), ("7", None), [1, 7, 1, None, 1, 7]),
        (pa.array(["x"] * 6), ("7", None), ["x", "7", "x", None, "x", "7"]),
        (pa.array(["x"] * 6).dictionary_encode(), ("y", "z"), ["x", "y", "x", "z", "x", "y"]),
        (pa.array([1] * 6), ("1e400", "2"), ["1", "1e400", "1", "2", "1", "1e400"]),
    ],
)
def test_cells_stand_in_the_place_of_what_was_made(made, cells, expected):
    table = given({"a": cells[0]}, {"a": cells[1], "b": "1"})
    assert table.laid_over("a", made, ROWS).to_pylist() == expected
    assert table.laid_over("c", made, ROWS) is made


def test_a_batch_without_given_rows_has_the_type_of_one_with_them():
    table = given({"a": "infinity"})
    dates = pa.array([1, 2], pa.date32())
    kinds = {table.laid_over("a", dates, rows).type for rows in (np.array([10, 11]), np.array([15, 16]))}
    assert kinds == {pa.string()}


def test_moments_keep_their_type():
    made = pa.array([0], pa.timestamp("us"))
    held = given({"a": "2024-05-06 07:08:09.5+00"}).laid_over("a", made, np.array([10]))
    assert held.type == made.type and str(held[0]) == "2024-05-06 07:08:09.500000"


def test_rows_that_give_a_whole_key_do_not_count_and_other_given_ones_do():
    table = given({"a": "1", "b": "2"}, {"a": "1"}, {"b": None, "a": "3"})
    counted = np.array([11, *range(13, 30)], dtype=np.int64)
    assert table.complete(("a", "b")).tolist() == [0, 2]
    assert table.nth(("b", "a"), counted).tolist() == list(range(18))
    assert table.place(("a", "b"), np.arange(18, dtype=np.int64)).tolist() == (counted - 10).tolist()
    assert table.nth(("c",), np.arange(10, 16, dtype=np.int64)).tolist() == [0, 1, 2, 3, 4, 5]


def test_rows_that_must_be_first_count_before_given_ones():
    table = given({"a": "1", "b": "2"}, {"a": "1"}, first=14)
    counted = np.array([12, 13, 11, 14, 15], dtype=np.int64)
    assert table.nth(("a", "b"), counted).tolist() == [0, 1, 2, 3, 4]
    assert table.place(("a", "b"), np.arange(5, dtype=np.int64)).tolist() == (counted - 10).tolist()
