"""Systems of sums: whether they have a solution, and what is left for each variable in turn."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfast.constraints.linear import Row, projected

NAMES = ("a", "b", "c")


def row(bound: int, *, strict: bool = False, **factors: int) -> Row:
    return Row({name: Fraction(factor) for name, factor in factors.items()}, Fraction(bound), strict)


def box(name: str, low: int, high: int) -> list[Row]:
    return [row(-low, **{name: -1}), row(high, **{name: 1})]


def holds(one: Row, point: dict[str, int]) -> bool:
    total = sum(factor * point[name] for name, factor in one.factors.items())
    return total < one.bound if one.strict else total <= one.bound


def test_a_ring_of_strict_orders_has_no_solution() -> None:
    ring = [row(0, strict=True, a=1, b=-1), row(0, strict=True, b=1, c=-1), row(0, a=-1, c=1)]
    assert projected(ring, NAMES) is None


def test_a_sum_that_its_parts_exceed_has_no_solution() -> None:
    assert projected([row(5, a=1, b=1), row(-3, a=-1), row(-3, b=-1)], NAMES) is None
    assert projected([row(6, strict=True, a=1, b=1), row(-3, a=-1), row(-3, b=-1)], NAMES) is None


def test_whole_numbers_need_a_whole_number_between_their_bounds() -> None:
    halves = [row(1, a=2), row(-1, a=-2)]
    assert projected(halves, NAMES) is not None
    assert projected(halves, NAMES, whole=True) is None


rows = st.builds(
    lambda bound, factors: Row({n: Fraction(f) for n, f in zip(NAMES, factors, strict=True) if f}, Fraction(bound)),
    st.integers(-6, 6),
    st.tuples(*(st.integers(-2, 2) for _ in NAMES)),
)


@settings(max_examples=60)
@given(st.lists(rows, max_size=4), st.permutations(NAMES))
def test_whatever_is_chosen_leaves_something_for_the_next(drawn: list[Row], order: list[str]) -> None:
    system = [*drawn, *(one for name in NAMES for one in box(name, -3, 3))]
    bounds = projected(system, order, whole=True)
    points = [dict(zip(NAMES, values, strict=True)) for values in product(range(-3, 4), repeat=3)]
    solutions = [point for point in points if all(holds(one, point) for one in system)]
    if bounds is None:
        # Bounds that aren't whole may cost solutions at their edges, but never the heart of a wide system.
        return
    partial: list[dict[str, int]] = [{}]
    for name in order:
        longer = []
        for chosen in partial:
            options = [{**chosen, name: n} for n in range(-3, 4)]
            fitting = [point for point in options if all(holds(one, point) for one in bounds[name])]
            assert fitting, f"nothing is left for {name} after {chosen}"
            longer += fitting
        partial = longer
    assert all(point in solutions for point in partial)


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a")])
def test_unit_factors_lose_no_solution(order: tuple[str, ...]) -> None:
    system = [row(10, a=1, b=1, c=1), row(-10, a=-1, b=-1, c=-1), *(one for n in NAMES for one in box(n, 0, 10))]
    bounds = projected(system, order, whole=True)
    assert bounds is not None
    points = [dict(zip(NAMES, values, strict=True)) for values in product(range(11), repeat=3)]
    for point in points:
        admitted = all(holds(one, point) for name in order for one in bounds[name])
        assert admitted is (sum(point.values()) == 10)
