"""Amounts in columns with more digits after the point than 64 bits hold."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from seedfast.rng import Stream
from seedfast.values.kind import Draw
from seedfast.values.semantic.amounts import AmountGenerator


def test_a_column_of_thirty_digits_gets_those_that_fit() -> None:
    params = {"unit": "decimal", "scale": 30, "low": "0.5", "high": "900"}
    machine = AmountGenerator(params, low="0", high="1", digits=2)
    values = machine.values(Draw(np.arange(100), Stream(3))).to_pylist()
    assert all(Decimal("0.5") <= value <= 900 for value in values)
    assert len(set(values)) > 90
