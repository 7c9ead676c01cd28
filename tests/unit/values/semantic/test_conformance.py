"""What every semantic kind promises: pure over rows, lengths kept, distinct values distinct under folded case."""

from __future__ import annotations

import pickle

import numpy as np
import pyarrow as pa
import pytest

from seedfast.rng import Stream
from seedfast.values import semantic
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.registry import Registry

_REGISTRY = Registry()
semantic.register(_REGISTRY)
KINDS = tuple(_REGISTRY)
TEXT_KINDS = tuple(kind for kind in KINDS if kind.text)
LENGTHS = [(0, n) for n in range(1, 11)] + [
    (0, 15),
    (0, 30),
    (0, 60),
    (12, 40),
    (20, 20),
    (5, 5),
    (1, 1),
    (80, None),
    (0, 0),
]

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_text_kind = pytest.mark.parametrize("kind", TEXT_KINDS, ids=lambda kind: kind.name)


def drawn(generator: Generator, rows: np.ndarray, key: int = 7) -> list[object]:
    return generator.values(Draw(rows, Stream(key))).to_pylist()


def numbered(generator: Generator, index: np.ndarray, key: int = 7) -> list[object]:
    return generator.at(index, Draw(index, Stream(key))).to_pylist()


@every_kind
def test_values_depend_on_the_row_alone(kind: ValueKind) -> None:
    generator = kind.build({})
    rows = np.array([5, 0, 901, 5, 2**40, 33], dtype=np.int64)
    together = drawn(generator, rows)
    assert together[0] == together[3]
    assert [drawn(generator, rows[n : n + 1])[0] for n in range(len(rows))] == together
    assert drawn(generator, rows[::-1]) == together[::-1]
    assert drawn(kind.build({}), rows) == together
    assert None not in together


@every_kind
def test_numbered_values_depend_on_their_number_alone(kind: ValueKind) -> None:
    generator = kind.build({})
    index = np.array([5, 0, 60, 3], dtype=np.int64) % (generator.capacity or 1)
    together = numbered(generator, index)
    assert [numbered(generator, index[n : n + 1])[0] for n in range(len(index))] == together


@every_kind
def test_numbered_values_are_distinct(kind: ValueKind) -> None:
    generator = kind.build({})
    assert generator.capacity is not None
    made = numbered(generator, np.arange(min(5000, generator.capacity)))
    assert len({str(value).casefold().rstrip() for value in made}) == len(made)


@every_kind
def test_far_numbers_are_within_capacity_and_distinct(kind: ValueKind) -> None:
    generator = kind.build({})
    assert generator.capacity is not None
    index = np.arange(max(0, generator.capacity - 300), generator.capacity, dtype=np.int64)
    made = numbered(generator, index)
    assert len({str(value).casefold() for value in made}) == len(index)


@every_text_kind
def test_lengths_are_kept(kind: ValueKind) -> None:
    rows = np.arange(60)
    for low, high in LENGTHS:
        generator = kind.build({"min_length": low, "max_length": high})
        assert generator.capacity is not None
        distinct = numbered(generator, rows[: generator.capacity])
        assert len({str(text).casefold() for text in distinct}) == len(distinct), (low, high)
        for text in [*drawn(generator, rows), *distinct]:
            assert isinstance(text, str)
            assert low <= len(text) <= (len(text) if high is None else high), (low, high, text)
            assert text == text.strip(), (low, high, text)


@every_text_kind
def test_narrow_texts_are_distinct_as_far_as_they_claim(kind: ValueKind) -> None:
    for high in (1, 2, 3, 5, 6, 9, 20):
        generator = kind.build({"max_length": high})
        assert generator.capacity is not None
        made = numbered(generator, np.arange(min(1500, generator.capacity)))
        assert len({str(text).casefold() for text in made}) == len(made), high


@every_kind
def test_generators_travel_to_other_processes(kind: ValueKind) -> None:
    generator = kind.build({})
    rows = np.arange(5)
    assert drawn(pickle.loads(pickle.dumps(generator)), rows) == drawn(generator, rows)


@every_kind
def test_no_rows_give_no_values(kind: ValueKind) -> None:
    generator = kind.build({})
    none = np.empty(0, dtype=np.int64)
    assert drawn(generator, none) == []
    assert numbered(generator, none) == []


@every_text_kind
def test_texts_are_strings_or_dictionaries_of_strings(kind: ValueKind) -> None:
    made = kind.build({}).values(Draw(np.arange(3), Stream(1))).type
    assert made in (pa.string(), pa.dictionary(pa.int32(), pa.string()))
