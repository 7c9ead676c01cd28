"""Steps within parents: a bijection whatever the sizes, and sizes that differ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfast.generate.steps import Steps


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 40))
def test_every_pair_has_one_number(steps: int, parents: int, rows: int) -> None:
    step, parent = Steps(steps, np.arange(parents)[::-1], rows).split(np.arange(steps * parents))
    assert sorted(zip(step.tolist(), parent.tolist(), strict=True)) == [
        (s, p) for s in range(steps) for p in range(parents)
    ]


@pytest.mark.parametrize(
    ("parents", "rows", "sizes"),
    [(10, 10, [3, 2, 2, 2, 1, 0, 0, 0, 0, 0]), (4, 20, [8, 6, 4, 2]), (3, 3, [2, 1, 0]), (1, 5, [5])],
)
def test_popular_parents_have_more_steps_without_gaps(parents: int, rows: int, sizes: list[int]) -> None:
    step, parent = Steps(rows, np.arange(parents), rows).split(np.arange(rows))
    assert np.bincount(parent, minlength=parents).tolist() == sizes
    for each in range(parents):
        assert step[parent == each].tolist() == list(range(sizes[each]))


def test_parents_come_in_order_whatever_their_popularity() -> None:
    _, parent = Steps(6, np.array([2, 0, 1]), 6).split(np.arange(6))
    assert (np.diff(parent) >= 0).all()
