"""Cells are brought to what they are to come to, exactly wherever their bounds leave room for it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfast.generate.aims import levelled

FAR = 1 << 52


def sums(cells, weights, groups, count):
    return [int(((cells * weights)[groups == each]).sum()) for each in range(count)]


@settings(max_examples=60)
@given(st.data())
def test_groups_come_to_their_goals_wherever_bounds_have_room(data):
    rows = data.draw(st.integers(1, 60))
    count = data.draw(st.integers(1, 4))
    numbers = st.lists(st.integers(0, 10_000), min_size=rows, max_size=rows)
    ticks = np.array(data.draw(numbers), dtype=np.int64)
    low = np.array(data.draw(numbers), dtype=np.int64)
    high = low + np.array(data.draw(numbers), dtype=np.int64)
    groups = np.array(data.draw(st.lists(st.integers(-1, count - 1), min_size=rows, max_size=rows)), dtype=np.int64)
    ones = np.ones(rows, dtype=np.int64)
    least, most = sums(low, ones, groups, count), sums(high, ones, groups, count)
    goals = [data.draw(st.integers(a, b)) for a, b in zip(least, most, strict=True)]
    out = levelled(ticks, ones, groups, goals, low, high)
    assert sums(out, ones, groups, count) == goals
    inside = groups >= 0
    assert (out[inside] >= low[inside]).all() and (out[inside] <= high[inside]).all()
    assert (out[~inside] == ticks[~inside]).all()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(100, 90_000), st.integers(2, 9)), min_size=1, max_size=50), st.integers(1, 30))
def test_prices_times_quantities_come_to_the_cent_where_one_quantity_is_one(lines, times):
    prices = np.array([1_000, *(price for price, _ in lines)], dtype=np.int64)
    quantities = np.array([1, *(quantity for _, quantity in lines)], dtype=np.int64)
    groups = np.zeros(len(prices), dtype=np.int64)
    goal = int((prices * quantities).sum()) * times + 7
    out = levelled(prices, quantities, groups, [goal], np.zeros_like(prices), np.full_like(prices, FAR))
    assert int((out * quantities).sum()) == goal


def test_what_cells_were_drawn_to_be_stays_in_proportion():
    drawn = np.array([100, 200, 400, 800], dtype=np.int64)
    wide = np.zeros(4, dtype=np.int64), np.full(4, FAR)
    out = levelled(drawn, np.ones(4, dtype=np.int64), np.zeros(4, dtype=np.int64), [3_000], *wide)
    assert out.tolist() == [200, 400, 800, 1_600]


def test_where_bounds_leave_no_room_cells_go_as_far_as_they_can():
    drawn = np.array([10, 20], dtype=np.int64)
    ones, nought = np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    out = levelled(drawn, ones, nought, [1_000], nought, np.full(2, 50))
    assert out.tolist() == [50, 50]


def test_a_million_rows_come_to_their_sum():
    rows = 1_000_000
    drawn = (np.arange(rows, dtype=np.int64) * 7_919) % 99_991 + 1
    ones, groups = np.ones(rows, dtype=np.int64), np.arange(rows, dtype=np.int64) % 3
    goals = [5_000_000_001, 123_456_789_123, 77_777_777]
    out = levelled(drawn, ones, groups, goals, np.ones(rows, dtype=np.int64), np.full(rows, 10_000_000))
    assert sums(out, ones, groups, 3) == goals
