"""What tables held before the run, as far as the plan refers to it."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.names import QualifiedName
from seedfast.rng import Rows

ExistingRows = Mapping[QualifiedName, pa.Table]
"""For each table that held rows and serves as a parent or gets more rows: its key columns, one entry a row, in the
order that numbers them."""

TakenTurns = Mapping[tuple[QualifiedName, str], Rows]
"""For each table and key: the turns, ascending, whose values a stored row holds under the key's own equality."""


def as_text(values: pa.Array) -> pa.Array:
    """Return an array of any kind as strings, the way that stored and new values are compared."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    return values if pa.types.is_string(values.type) else pc.cast(values, pa.string())


def same_type(left: pa.Array, right: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return two arrays under one type: their own where it is the same, else text."""
    if left.type == right.type:
        return left, right
    return as_text(left), as_text(right)


def combined(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a chunked array as one array."""
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
