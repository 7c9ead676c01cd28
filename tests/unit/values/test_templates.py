"""Templates of a record of one's own, whatever the rows and whoever asked before."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from seedfast.packs.read import read_declaration, read_pack
from seedfast.rng import Rows, Stream
from seedfast.values.grammar import Grammar

PACK = """
name = "crossed"
title = "Crossed"
summary = "Kinds of thing whose slots are made of one another, here so and there the other way"

[records.thing]
about = "thing"
tables = "thing"
[records.thing.columns]
name = "name"
"""

RECORD = r"""
[thing]
code = "{=AA-99}"
wide = "{10000000000..99999999999}"
measure = ["{1.5..9.5 by 0.5} m", "{2..4 low} pieces, {3..8 low} boxes", "{word|upper} {word#2|title} of {code}"]
word = ["alpha", "beta gamma", "delta"]

[thing.made]
brand = "Nyx"
name = "{brand} {word}"
text = "{name}: {measure}, {measure}; no. {wide}"

[thing.named]
name = ["Orb", "Cube"]
brand = "{name} Works"
text = "{brand|slug}/{name} {word}"
"""


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    folder: Path = tmp_path_factory.mktemp("crossed")
    (folder / "pack.toml").write_text(PACK)
    (folder / "thing.toml").write_text(RECORD)
    return Grammar(read_pack(folder, read_declaration(folder)).records["thing"])


def texts(grammar: Grammar, slot: str, rows: Rows) -> list[str]:
    found: list[str] = grammar.text(slot, grammar.drawn(rows, Stream(5))).to_pylist()
    return found


def test_slots_may_be_made_of_one_another_in_each_kind_of_thing_the_other_way(grammar: Grammar) -> None:
    rows = np.arange(400, dtype=np.int64)
    made = list(zip(*(texts(grammar, slot, rows) for slot in ("brand", "name", "text")), strict=True))
    assert {brand for brand, _, _ in made} == {"Nyx", "Orb Works", "Cube Works"}
    for brand, name, text in made:
        if brand == "Nyx":
            assert re.fullmatch(re.escape(name) + r": (.*), \1; no\. \d{11}", text)
        else:
            assert brand == f"{name} Works" and text.startswith(f"{name.lower()}-works/{name} ")


def test_what_is_written_on_the_spot_keeps_its_form(grammar: Grammar) -> None:
    measures = set(texts(grammar, "measure", np.arange(2000, dtype=np.int64)))
    forms = (r"[1-9]\.[05] m", r"[2-4] pieces, [3-8] boxes", r"[A-Z ]+ [A-Z][A-Za-z ]+ of [A-Z]{2}-\d\d")
    found = {next(n for n, form in enumerate(forms) if re.fullmatch(form, text)) for text in measures}
    assert found == {0, 1, 2} and len(measures) > 300


@pytest.mark.parametrize("slot", ["text", "measure", "wide", "name"])
def test_a_text_does_not_depend_on_the_rows_beside_it_or_on_what_was_asked_before(grammar: Grammar, slot: str) -> None:
    rows = np.arange(300, dtype=np.int64)
    whole = texts(grammar, slot, rows)
    texts(grammar, "text", rows)
    mixed = np.array([7, 299, 7, 0, 123, 299], dtype=np.int64)
    assert texts(grammar, slot, mixed) == [whole[n] for n in mixed.tolist()]
    assert [texts(grammar, slot, rows[n : n + 1])[0] for n in range(20)] == whole[:20]
    assert texts(grammar, slot, rows[:0]) == []


def test_what_a_row_is_told_confines_it_to_what_that_names(grammar: Grammar) -> None:
    rows = np.arange(60, dtype=np.int64)
    told = pa.array(["Orbs", "a Würfel", None, "Nyx", "the cube", "--"] * 10)
    over = grammar.drawn(rows, Stream(5), {"brand": told})
    free = grammar.drawn(rows, Stream(5)).leaf
    kinds = np.array([leaf.path[-1] for leaf in grammar.record.leaves])[over.leaf]
    assert set(kinds[3::6]) == {"made"}
    # What names nothing in particular leaves a row what it would have been.
    assert over.leaf[1::6].tolist() == free[1::6].tolist() and over.leaf[2::6].tolist() == free[2::6].tolist()
    assert grammar.text("brand", over).to_pylist()[0] == "Orbs"
