"""Words, bounds and permutations: the same everywhere, and bijective."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfast import rng


def test_words_are_known_values():
    stream = rng.Stream(rng.key(1, "public.users", "email"))
    words = stream.words(np.array([0, 1, 2**40], dtype=np.int64))
    assert [hex(int(word)) for word in words] == ["0xde76ebe08a85477a", "0xd800eef0abf57452", "0xccd927d6d8c57de0"]


def test_paths_don_t_run_together():
    assert rng.key(1, "ab", "c") != rng.key(1, "a", "bc")
    assert rng.key(1, "a") != rng.key(2, "a")


@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=50), st.integers(1, 2**40))
def test_a_word_depends_on_its_row_alone(rows, bound):
    stream = rng.Stream(rng.key(7, "t", "c"))
    together = stream.below(np.array(rows, dtype=np.int64), bound)
    one_by_one = [int(stream.below(np.array([row], dtype=np.int64), bound)[0]) for row in rows]
    assert together.tolist() == one_by_one
    assert all(0 <= value < bound for value in one_by_one)


def test_bounded_words_are_even():
    counts = np.bincount(rng.Stream(rng.key(3, "x")).below(np.arange(70_000), 7), minlength=7)
    assert counts.min() > 9_600
    assert counts.max() < 10_400


def test_skewed_picks_favour_low_ranks():
    ranks = rng.skewed(rng.Stream(rng.key(3, "x")).words(np.arange(100_000)), 100)
    assert 0 <= ranks.min() <= ranks.max() == 99
    share = np.mean(ranks < 10)
    assert 0.30 < share < 0.33


@pytest.mark.parametrize("size", [1, 2, 3, 10, 255, 256, 257, 5_000])
def test_a_permutation_is_a_bijection(size):
    permutation = rng.Permutation(rng.key(1, "p"), size)
    there = permutation.forward(np.arange(size))
    assert sorted(there.tolist()) == list(range(size))
    assert permutation.inverse(there).tolist() == list(range(size))


@given(st.integers(2, 2**62), st.integers(0, 2**63 - 1))
def test_a_permutation_of_any_size_can_be_inverted(size, number):
    permutation = rng.Permutation(rng.key(9, "big"), size)
    value = np.array([number % size], dtype=np.int64)
    there = permutation.forward(value)
    assert 0 <= there[0] < size
    assert permutation.inverse(there).tolist() == value.tolist()
