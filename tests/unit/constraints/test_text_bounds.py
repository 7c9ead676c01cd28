"""Patterns of text between bounds: what they match lies there, in the orders of bytes and of dictionaries."""

from __future__ import annotations

import re

import pytest

from seedfast.constraints.domain import Bound, Domain
from seedfast.constraints.text_bounds import between

BOUNDS = [("A", "N"), ("mango", "melon"), ("00000", "30000"), ("70000", None), (None, "N"), ("a", "ab"), ("ab", "abc")]
BOUNDS += [("2024-01", "2024-02"), ("INV-9", "INV-A")]
TEXTS = [f"{head}{tail}" for low, high in BOUNDS for head in (low, high) if head for tail in ("", "a", "0", "zz", "Z")]
TEXTS += ["B", "Brown", "brown", "m", "mb", "mf", "15000", "2", "99999", "8", "7", "", "aa", "-", "ß", "INV-95"]


@pytest.mark.parametrize(("low", "high"), BOUNDS)
def test_what_matches_lies_within_the_bounds(low: str | None, high: str | None) -> None:
    domain = Domain(low=Bound(low, True) if low else None, high=Bound(high, False) if high else None)
    (pattern,) = between(domain)
    matching = [text for text in TEXTS if re.search(pattern.pattern, text)]
    assert matching
    for order in (str, str.casefold):
        assert all(low is None or order(low) <= order(text) for text in matching)
        assert all(high is None or order(text) < order(high) for text in matching)


def test_an_excluded_bound_is_not_matched() -> None:
    (pattern,) = between(Domain(low=Bound("k", False)))
    assert not re.search(pattern.pattern, "k")
    assert re.search(pattern.pattern, "ka")


def test_no_pattern_without_bounds_on_text() -> None:
    assert between(Domain(low=Bound(3, True))) == ()
