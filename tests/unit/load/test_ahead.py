"""Portions made ahead come as they are made, as many as may wait, and none after they are let go."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import pytest

from seedfast.load.ahead import Ahead
from seedfast.load.crew import Portion


def counted(made, count, nbytes=1):
    for number in range(count):
        made.append(number)
        yield Portion(1, nbytes, number)


def taken(portions, rows, **options):
    with closing(Ahead(portions, **options)) as ahead:
        return [portion.made for portion in ahead.take(rows)]


def eventually(happened):
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_all_come_in_order():
    assert taken(counted([], 500), 500, most=7) == list(range(500))


def test_of_nothing_nothing_comes():
    assert taken(counted([], 0), 1) == []


def test_they_are_made_before_anybody_asks_but_only_so_many():
    made = []
    ahead = Ahead(counted(made, 100, nbytes=10), most=30)
    eventually(lambda: len(made) == 3)
    time.sleep(0.02)
    assert made == [0, 1, 2]
    assert [portion.made for portion in ahead.take(100)] == list(range(100))
    ahead.close()


def test_each_takes_its_own_share():
    with closing(Ahead(counted([], 5))) as ahead:
        assert [[portion.made for portion in ahead.take(rows)] for rows in (2, 0, 3)] == [[0, 1], [], [2, 3, 4]]


def test_what_is_too_large_for_all_comes_one_by_one():
    assert taken(counted([], 5, nbytes=100), 5, most=10) == list(range(5))


def test_none_are_made_when_it_is_closed():
    made, before = [], threading.active_count()
    ahead = Ahead(counted(made, 100), most=4)
    next(ahead.take(1))
    ahead.close()
    assert threading.active_count() == before
    assert len(made) <= 5
    assert list(ahead.take(99)) == []


def test_a_failure_reaches_who_takes_them_after_what_was_made_before():
    def failing():
        yield from counted([], 2)
        raise ValueError("no third")

    with closing(Ahead(failing())) as ahead:
        assert [portion.made for portion in ahead.take(2)] == [0, 1]
        with pytest.raises(ValueError, match="no third"):
            next(ahead.take(1))
