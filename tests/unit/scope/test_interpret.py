from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfast.scope.grammar import RULES
from seedfast.scope.interpret import WISHES
from tests.unit.scope.phrases import Phrase, canonical, phrases
from tests.unit.scope.schemas import database
from tests.unit.scope.score import BEGIN, END, interpreter, read, results, table

_SHOP = interpreter("shop")
_WORDS = sorted({word for phrase in phrases() for word in phrase.said.split()})


@pytest.mark.parametrize("phrase", [phrase for phrase in phrases() if not phrase.held_out], ids=str)
def test_what_is_said_is_what_is_meant(phrase: Phrase) -> None:
    result = read(phrase)
    assert canonical(result.reading.spec) == canonical(phrase.means), result.reading
    assert result.right, result.reading.unused


def test_every_rule_of_the_grammar_comes_to_something() -> None:
    assert {name for name, _ in RULES} == set(WISHES)


def test_nine_in_ten_phrases_that_nothing_was_tuned_to_are_read_right() -> None:
    held_out = [result for result in results() if result.phrase.held_out]
    assert sum(result.right for result in held_out) * 10 >= len(held_out) * 9


def test_the_document_holds_the_score() -> None:
    document = Path(__file__).parents[3] / "docs" / "scope.md"
    written = document.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert written.strip() == table().strip(), "run `python -m benchmarks.scope`"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14).map(" ".join))
def test_whatever_is_said_names_only_tables_and_columns_that_there_are(said: str) -> None:
    spec = _SHOP.read(said).spec
    columns = {str(one.name): {column.name for column in one.columns} for one in database("shop").tables}
    named = {*spec.only, *spec.skip, *spec.rows, *spec.natures, *(t for period in spec.periods for t in period.tables)}
    named |= {one.table for one in (*spec.shares, *spec.outcomes)}
    named |= {table for one in (*spec.per_parent, *spec.skews) for table in (one.child, one.parent)}
    assert named <= set(columns)
    for share in spec.shares:
        assert share.column in columns[share.table]
        assert sum(share.values.values()) + share.others + (share.nulls or 0) == 1000
        assert min(share.others, *share.values.values(), 0) == 0
    assert sum(spec.countries.values()) <= 1000


def test_what_is_not_understood_comes_with_what_is_most_like_it() -> None:
    reading = _SHOP.read("50 customers with custom_tpye gold")
    assert [one.closest for one in reading.unused] == ["customers.customer_type"]


def test_what_is_assumed_is_told() -> None:
    notes = " ".join(_SHOP.read("shoppers with orders in Q4, mostly delivered").notes)
    for told in ("'shoppers' is read as public.customers", "2025", "80 %"):
        assert told in notes
