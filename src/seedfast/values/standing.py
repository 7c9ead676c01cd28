"""Moments of rows that many others point at: these have been there for longer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from seedfast.rng import Rows
from seedfast.values import parameters
from seedfast.values.kind import Draw
from seedfast.values.parameters import Params

_AGAIN = (500, 250, 60, 60)
"""The moment of a row whose standing is below each of these is the earlier of one more draw."""

PARAMETER = "how many of 1,000 rows more others point at: such rows are older, the more so the fewer they are"


def standing(params: Params) -> str | None:
    """Return the column that tells a row's standing, None where nothing does."""
    if "standing" not in params:
        return None
    return parameters.string(parameters.mapping(params, "standing"), "column")


def oldest(draw: Draw, column: str | None, drawn: Rows, again: Callable[[str], Rows]) -> Rows:
    """Return what was drawn, or what is drawn ``again`` for a purpose where that is less and the row stands high."""
    if column is None:
        return drawn
    place = draw.inputs[column].to_numpy(zero_copy_only=False)
    for turn, below in enumerate(_AGAIN):
        drawn = np.where(place < below, np.minimum(drawn, again(f"older {turn}")), drawn)
    return drawn
