"""The table of phrases itself."""

from __future__ import annotations

from collections import Counter

from tests.unit.scope.phrases import canonical, phrases


def test_no_phrase_is_there_twice_and_half_of_them_are_held_out() -> None:
    said = Counter((phrase.schema, phrase.said, canonical(phrase.before)) for phrase in phrases() if phrase.before)
    said += Counter((phrase.schema, phrase.said, frozenset()) for phrase in phrases() if not phrase.before)
    first = [phrase for phrase in phrases() if phrase.kind != "later"]
    held_out = sum(phrase.held_out for phrase in first)
    assert not [phrase for phrase, times in said.items() if times > 1]
    assert len(first) >= 250
    assert 0.45 < held_out / len(first) < 0.55
