"""What every kind of value promises: nothing but the row number decides, and numbered values are distinct."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from seedfast.errors import UsageError
from seedfast.rng import Stream
from seedfast.values import semantic
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw, Generator
from seedfast.values.registry import Registry

from .samples import SAMPLES

REGISTRY = default_registry().freeze()
STREAM = Stream(0xC0FFEE)
ROWS = np.concatenate([np.arange(1500), np.array([10**12, 7, 7, 3])]).astype(np.int64)

# Kinds that mean something have tests of their own, beside their data.
_SEMANTIC = Registry()
semantic.register(_SEMANTIC)
NAMES = [kind.name for kind in REGISTRY if kind.name not in _SEMANTIC]
CASES = [
    pytest.param(name, params, id=f"{name}-{n}") for name in NAMES for n, params in enumerate(SAMPLES.get(name, [{}]))
]
TEXT = [pytest.param(c.values[0], c.values[1], id=c.id) for c in CASES if REGISTRY.kind(str(c.values[0])).text]


def draw(rows: np.ndarray[Any, np.dtype[np.int64]]) -> Draw:
    """A draw whose sibling column ``n`` is a function of the row number, null in places."""
    sibling = pa.array(rows % 50 + 1, mask=rows % 7 == 0)
    return Draw(rows, STREAM, {"n": sibling})


def plain(column: pa.Array) -> list[Any]:
    return column.to_pylist()


@pytest.mark.parametrize(("name", "params"), CASES)
def test_the_row_number_alone_decides(name: str, params: dict[str, Any]) -> None:
    made = REGISTRY.build(name, params)
    whole = made.values(draw(ROWS))
    assert len(whole) == len(ROWS)
    following = ("computed", "figure", "figure.first", "present.with", "relative.equal", "time.part")
    assert name in following or whole.null_count == 0
    again = REGISTRY.build(name, pickle.loads(pickle.dumps(params))).values(draw(ROWS))
    assert again.equals(whole)
    backwards = made.values(draw(ROWS[::-1].copy()))
    assert plain(backwards)[::-1] == plain(whole)
    parts = [made.values(draw(part)) for part in (ROWS[:1], ROWS[1:900], ROWS[900:])]
    assert [value for part in parts for value in plain(part)] == plain(whole)
    assert len(made.values(draw(ROWS[:0]))) == 0


@pytest.mark.parametrize(
    ("name", "params"), [case for case in CASES if REGISTRY.build(*case.values).capacity is not None]
)
def test_numbered_values_are_distinct(name: str, params: dict[str, Any]) -> None:
    made = REGISTRY.build(name, params)
    assert made.capacity is not None and made.capacity >= 1
    last = made.capacity - 1
    index = np.unique(np.concatenate([np.arange(min(made.capacity, 2000)), np.array([last, last // 2, last // 3])]))
    rows = index[::-1].copy() % 97
    values = made.at(index, draw(rows))
    assert values.null_count == 0
    assert len({folded(value) for value in plain(values)}) == len(index)
    middle = len(index) // 2
    parts = [made.at(index[:middle], draw(rows[:middle])), made.at(index[middle:], draw(rows[middle:]))]
    assert [value for part in parts for value in plain(part)] == plain(values)
    assert len(made.at(index[:0], draw(rows[:0]))) == 0


def folded(value: object) -> object:
    return value.casefold().rstrip(" ") if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (1, 1), (0, 2), (2, 3), (0, 7), (5, 10), (10, 10), (0, 33), (50, 60), (300, None)]
)
@pytest.mark.parametrize(("name", "params"), TEXT)
def test_text_keeps_to_its_length(name: str, params: dict[str, Any], low: int, high: int | None) -> None:
    bounds = {"min_length": low} | ({} if high is None else {"max_length": high})
    made = REGISTRY.build(name, {**params, **bounds})
    for column in drawn_both_ways(made):
        texts = [str(text) for text in plain(column)]
        assert all(low <= len(text) for text in texts)
        assert high is None or all(len(text) <= high for text in texts)
        assert all(text == text.rstrip() for text in texts)
        assert all(texts), "an empty text says nothing"
    if made.capacity is not None:
        index = np.arange(min(made.capacity, 500))
        assert len({folded(v) for v in plain(made.at(index, draw(index)))}) == len(index)


def drawn_both_ways(made: Generator) -> list[pa.Array]:
    numbered = (
        []
        if made.capacity is None
        else [made.at(np.arange(min(300, made.capacity)), draw(ROWS[: min(300, made.capacity)]))]
    )
    return [made.values(draw(ROWS)), *numbered]


def test_every_kind_of_the_samples_is_registered() -> None:
    assert set(SAMPLES) <= set(NAMES)


@pytest.mark.parametrize("name", [kind.name for kind in REGISTRY])
def test_every_kind_explains_its_parameters(name: str) -> None:
    kind = REGISTRY.kind(name)
    assert kind.summary
    assert all(kind.params.values())
    assert not kind.text or {"min_length", "max_length"} <= set(kind.params)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("number.integer", {"low": 5, "high": 4}),
        ("number.integer", {"low": "5"}),
        ("number.serial", {"step": 0}),
        ("number.serial", {"start": 5, "limit": 4}),
        ("number.decimal", {"low": "abc"}),
        ("number.decimal", {"low": "0.001", "high": "0.002", "scale": 2}),
        ("number.float", {"low": 2.0, "high": 1.0}),
        ("choice", {"values": []}),
        ("choice", {"values": ["a"], "weights": [1, 2]}),
        ("choice", {"values": ["a", 1]}),
        ("time.timestamp", {"low": "yesterday", "high": "2026-01-01"}),
        ("time.date", {"low": "2026-01-02", "high": "2026-01-01"}),
        ("text.words", {"min_length": 5, "max_length": 4}),
        ("text.pattern", {"automaton": {"classes": []}}),
        ("text.distinct", {"kind": "text.words", "separator": "x"}),
        ("uuid", {"version": 3}),
        ("array", {"element": "text.words"}),
        ("range", {"of": "integer", "low": 5, "high": 5}),
        ("relative.between", {"unit": "integer", "above": [{"sum": {"a": "half"}, "plus": 1}]}),
        ("geo.spatial", {"form": "TRIANGLEISH"}),
    ],
)
def test_parameters_that_make_no_sense_are_refused(name: str, params: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        REGISTRY.build(name, params)
    assert raised.value.code == "SF-KIND-PARAMETER"
    assert raised.value.hint
