"""Texts of frames: each slot by words of its own, whatever other sets of frames are written beside."""

from __future__ import annotations

import numpy as np

from seedfast.rng import Stream
from seedfast.values.semantic.frames import Loom, of_patterns

SETS = [
    of_patterns("codes", ["{1..180} {street} {street.form}"]).frames,
    of_patterns("codes", ["Apt. {1..60}", "Suite {1..40}", "Building B"]).frames,
    of_patterns("codes", ["{1..3}{1..3}x"]).frames,
]
ROWS = (Stream(5).words(np.arange(500)) >> np.uint64(24)).astype(np.int64)
STREAM = Stream(7)


def test_a_row_says_the_same_whatever_sets_are_beside_its_own():
    which = ROWS % len(SETS)
    together = np.array(Loom(SETS).drawn(ROWS, which, STREAM).to_pylist())
    for number, one in enumerate(SETS):
        at = which == number
        alone = Loom([one]).drawn(ROWS[at], np.zeros(at.sum(), dtype=np.int64), STREAM)
        assert together[at].tolist() == alone.to_pylist()


def test_every_frame_comes_with_all_that_stands_in_it():
    made = Loom(SETS).drawn(ROWS, np.ones(len(ROWS), dtype=np.int64), STREAM).to_pylist()
    assert {text.split()[0] for text in made} == {"Apt.", "Suite", "Building"}
    assert "Building B" in made
    # The first of a slot come more often.
    assert sum(text == "Apt. 1" for text in made) > sum(text == "Apt. 60" for text in made)
    pairs = Loom(SETS).drawn(ROWS, np.full(len(ROWS), 2), STREAM).to_pylist()
    assert set(pairs) == {f"{a}{b}x" for a in "123" for b in "123"}


def test_of_no_rows_there_are_no_texts():
    none = np.zeros(0, dtype=np.int64)
    assert Loom(SETS).drawn(none, none, STREAM).to_pylist() == []
