from __future__ import annotations

import json
import re
from collections.abc import Sequence

import numpy as np
import pytest

from seedfast.constraints.automaton import Automaton
from seedfast.constraints.domain import Canonical, Domain, Pattern
from seedfast.constraints.machine import matches
from seedfast.constraints.pattern import compile_pattern, patterns_of, unmatched
from seedfast.constraints.predicate import PatternForm


def regex(pattern: str, folded: bool = False, negated: bool = False) -> Pattern:
    return Pattern(PatternForm.REGEX, pattern, folded, negated)


def compiled(*patterns: str, low: int | None = None, high: int | None = None) -> Automaton:
    found = compile_pattern([regex(pattern) for pattern in patterns], min_length=low, max_length=high)
    assert found is not None
    return found


def every_word(automaton: Automaton) -> list[str]:
    words: list[str] = automaton.words(np.arange(automaton.capacity, dtype=np.int64)).to_pylist()
    return words


def some_words(automaton: Automaton, count: int = 500) -> list[str]:
    step = max(1, automaton.capacity // count)
    numbers = np.arange(min(count, automaton.capacity), dtype=np.int64) * step
    words: list[str] = automaton.words(numbers).to_pylist()
    return words


def test_numbers_every_word_of_a_small_language_once() -> None:
    assert sorted(every_word(compiled("^(red|green|blue)[12]?$"))) == [
        "blue", "blue1", "blue2", "green", "green1", "green2", "red", "red1", "red2",
    ]  # fmt: skip


def test_distinct_numbers_give_distinct_words_in_a_large_language() -> None:
    automaton = compiled(r"^[a-z]{2}-\d{4}$")
    assert automaton.capacity == 4194304  # of 6,760,000 words: large counts are powers of two
    for start in (0, 1_000_000, automaton.capacity - 50_000):
        words = automaton.words(np.arange(start, start + 50_000)).to_pylist()
        assert len(set(words)) == 50_000


def test_rows_may_come_in_any_order_and_repeat() -> None:
    automaton = compiled("^[a-z]+@[a-z]+[.]com$")
    numbers = np.array([5, 123456, 0, 5, 99], dtype=np.int64)
    words = automaton.words(numbers).to_pylist()
    assert words[0] == words[3]
    assert words[::-1] == automaton.words(numbers[::-1]).to_pylist()
    assert automaton.words(np.array([], dtype=np.int64)).to_pylist() == []


def test_survives_json() -> None:
    automaton = compiled("^[A-Z]{2,4}é?$")
    again = Automaton.from_json(json.loads(json.dumps(automaton.to_json())))
    assert again == automaton
    assert some_words(again) == some_words(automaton)


def test_every_place_varies_even_where_the_language_is_huge() -> None:
    words = some_words(compiled("^[0-9a-f]{64}$"))
    assert all(len({word[place] for word in words}) == 16 for place in range(64))


def test_lengths_are_kept() -> None:
    assert {len(word) for word in some_words(compiled("^[a-z]*$", low=7, high=9))} == {7, 8, 9}
    assert compile_pattern([regex("^[a-z]{5}$")], max_length=4) is None
    assert compile_pattern([regex("^[a-z]{5}$")], min_length=6) is None


def test_an_empty_string_is_only_made_where_nothing_else_matches() -> None:
    assert "" not in every_word(compiled("^a?$"))
    assert every_word(compiled("^$")) == [""]


@pytest.mark.parametrize(
    ("pattern", "readable"),
    [
        (r"^[^@\s]+@[^@\s]+\.[^@\s]+$", r"[a-z]+@[a-z]+\.[a-z]+"),
        ("^https?://", "https?://[a-z]+"),
        ("^[A-Za-z][A-Za-z0-9_.-]*$", "[a-z][a-z0-9]*"),
        ("^[A-Z0-9_]{6}$", "[A-Z0-9]{6}"),
        (r"\mfoo\M", "([a-z]+ )?foo( [a-z]+)?"),
        (".", "[a-z]+"),
    ],
)
def test_prefers_words_that_people_can_read(pattern: str, readable: str) -> None:
    assert all(re.fullmatch(readable, word) for word in some_words(compiled(pattern)))


def test_takes_what_is_less_readable_where_more_words_are_wanted() -> None:
    few = compile_pattern([regex("^[A-Za-z]{2}$")])
    many = compile_pattern([regex("^[A-Za-z]{2}$")], enough=2000)
    assert few is not None and many is not None
    assert (few.capacity, many.capacity) == (26**2, 52**2)


def test_several_patterns_hold_at_once() -> None:
    both: Sequence[Pattern] = [regex("^[a-z-]+$"), regex("--", negated=True), regex("^-|-$", negated=True), regex("-")]
    automaton = compile_pattern(both, max_length=8)
    assert automaton is not None
    assert all(re.fullmatch("[a-z]+(-[a-z]+)+", word) and len(word) <= 8 for word in some_words(automaton))
    assert compile_pattern([regex("^a"), regex("^b")]) is None


def test_case_folded_words_are_distinct() -> None:
    for pattern in ("^[A-Za-z]{2}$", "^(ab|AB|Ab|c)$", "^[A-Z][a-z]{1,2}$", "^[A-Za-z]*[A-Z][A-Za-z]*$"):
        automaton = compile_pattern([regex(pattern)], max_length=3, folded_distinct=True, enough=10**9)
        assert automaton is not None
        words = every_word(automaton)
        assert len({word.lower() for word in words}) == len(words)
        assert all(re.search(pattern, word) for word in words)
    assert compile_pattern([regex("^(ab|AB|Ab|c)$")], folded_distinct=True).capacity == 2  # type: ignore[union-attr]


def test_a_back_reference_is_declined() -> None:
    assert compile_pattern([regex(r"^(a)\1$")]) is None
    assert compile_pattern([regex("(")]) is None


def test_patterns_of_a_domain_say_all_that_it_asks_of_text() -> None:
    domain = Domain(
        excluded=("a%", "b"),
        not_blank=True,
        patterns=(regex("^.b?$"),),
        canonical=frozenset({Canonical.LOWER, Canonical.TRIMMED}),
    )
    automaton = compile_pattern(patterns_of(domain), max_length=1, enough=10**6)
    assert automaton is not None
    words = every_word(automaton)
    assert not {"b", "A", " "} & set(words)
    assert "a" in words and "%" in words


# Verdicts of PostgreSQL 15, taken by SELECT text ~ pattern and its like.
VERDICTS = [
    (PatternForm.REGEX, "b", "abc", True),
    (PatternForm.REGEX, "^b", "abc", False),
    (PatternForm.REGEX, r"\mb", "a b", True),
    (PatternForm.REGEX, r"\Bb", r"\Bb", False),
    (PatternForm.REGEX, r"a\Yb", "ab", True),
    (PatternForm.REGEX, "[[:<:]]b", "ab", False),
    (PatternForm.REGEX, "a{,2}", "a{,2}", True),
    (PatternForm.REGEX, "a|", "", True),
    (PatternForm.REGEX, "(?i)ABC", "abc", True),
    (PatternForm.REGEX, "(?=b)b", "b", True),
    (PatternForm.REGEX, "^(?!ab)", "ab", False),
    (PatternForm.REGEX, "(?<=a)b", "ab", True),
    (PatternForm.REGEX, "^.*(?<!a)b$", "aab", False),
    (PatternForm.REGEX, "^[^a]$", "é", True),
    (PatternForm.LIKE, "a_%", "ab", True),
    (PatternForm.LIKE, "a\\_%", "ab", False),
    (PatternForm.LIKE, "", "", True),
    (PatternForm.SIMILAR, "a.b", "axb", False),
    (PatternForm.SIMILAR, "(a|b)%", "bzz", True),
]


@pytest.mark.parametrize(("form", "pattern", "text", "verdict"), VERDICTS)
def test_decides_as_postgresql_does(form: PatternForm, pattern: str, text: str, verdict: bool) -> None:
    assert matches(Pattern(form, pattern), text) is verdict
    assert matches(Pattern(form, pattern, negated=True), text) is not verdict


def test_does_not_decide_what_it_cannot_read() -> None:
    assert matches(regex(r"(a)\1"), "aa") is None


@pytest.mark.parametrize(
    ("patterns", "low", "high", "expected"),
    [
        (["^[A-Z]{3}-[0-9]{4}$"], 0, 6, True),
        (["^[A-Z]{3}-[0-9]{4}$"], 0, 8, False),
        (["^[a-z]+$", "^#"], 0, None, True),
        (["^a", "b$"], 0, 1, True),
        (["^a", "b$"], 0, 2, False),
        (["[^ -~]"], 1, 1, False),
        (["^[^ -~]$", "^[a-z]"], 0, None, True),
        ([r"(a)\1"], 0, 1, False),
    ],
)
def test_only_what_certainly_no_string_meets_is_unmatched(patterns, low, high, expected) -> None:
    asked = tuple(regex(pattern) for pattern in patterns)
    assert unmatched(asked, low, high) is expected
