"""Texts made of siblings: what a person would write for a name or a title."""

import numpy as np
import pyarrow as pa
import pytest

from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw

ROWS = np.arange(5, 9, dtype=np.int64)
INPUTS = {
    "first": pa.array(["Ann", "Zoë", None, "健"]),
    "last": pa.array(["O'Hara-Li", "Núñez", "Smith", "山"]).dictionary_encode(),
    "title": pa.array(["  Odd's  Thing! ", "A/B", "", None]),
}


@pytest.mark.parametrize(
    ("of", "form", "expected"),
    [
        (["first", "last"], "email", ["ann.ohara.li", "zoe.nunez", "smith", "8"]),
        (["first", "last"], "name", ["Ann O'Hara-Li", "Zoë Núñez", "Smith", "健 山"]),
        (["title"], "slug", ["odds-thing", "a-b", "7", "8"]),
        (["title"], "first", ["Odd's", "A/B", "7", "8"]),
        (["title"], "last", ["Thing!", "A/B", "7", "8"]),
    ],
)
def test_what_siblings_come_to(of, form, expected):
    made = default_registry().build("text.made_of", {"of": of, "form": form})
    tail = "@example.com" if form == "email" else ""
    assert made.values(Draw(ROWS, Stream(1), INPUTS)).to_pylist() == [text + tail for text in expected]


def test_it_is_cut_to_fit():
    made = default_registry().build("text.made_of", {"of": ["first", "last"], "form": "email", "max_length": 16})
    texts = made.values(Draw(ROWS, Stream(1), INPUTS)).to_pylist()
    assert texts[:2] == ["ann@example.com", "zoe@example.com"]
