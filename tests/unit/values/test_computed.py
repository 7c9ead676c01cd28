"""What the server computes from sibling columns is worked out as the server does."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from seedfast.errors import SeedfastError
from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw


def worked(tree: dict[str, object], **inputs: pa.Array) -> list[object]:
    machine = default_registry().build("computed", {"tree": tree})
    assert set(machine.inputs) == set(inputs)
    count = len(next(iter(inputs.values())))
    found: list[object] = machine.values(Draw(np.arange(count), Stream(0), inputs)).to_pylist()
    return found


def test_a_code_holds_a_number_and_is_null_where_the_number_is() -> None:
    tree = {"call": "||", "of": [{"value": "DOC-"}, {"column": "n"}]}
    assert worked(tree, n=pa.array([7, None, -3])) == ["DOC-7", None, "DOC--3"]


def test_numbers_that_come_as_text_are_still_numbers() -> None:
    tree = {"call": "+", "of": [{"call": "*", "of": [{"column": "x"}, {"value": 100}]}, {"column": "y"}]}
    assert worked(tree, x=pa.array(["2", "-1"]), y=pa.array([5, 6])) == [205, -94]


def test_blanks_that_pad_a_fixed_length_do_not_count() -> None:
    tree = {"call": "upper", "of": [{"call": "rtrim", "of": [{"column": "c"}]}]}
    assert worked(tree, c=pa.array(["de ", "fr"]).dictionary_encode()) == ["DE", "FR"]


@pytest.mark.parametrize("tree", [{"call": "random", "of": []}, {"nothing": 1}])
def test_what_is_no_expression_is_refused(tree: object) -> None:
    with pytest.raises(SeedfastError):
        default_registry().build("computed", {"tree": tree})
