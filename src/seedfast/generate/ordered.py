"""The order of a parent's rows by a column, as PostgreSQL orders its values."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.generate.existing import as_text
from seedfast.rng import Rows

_WHOLE = ("smallint", "integer", "bigint", "oid")


def ordered(values: pa.Array, shown: str) -> Rows:
    """Return the places of a column's values, NULLs left out, in ascending order; ``shown`` is the column's type.

    Text is compared by its bytes, as UUIDs and moments in ISO 8601 are.
    """
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_string(values.type):
        if shown in _WHOLE:
            values = values.cast(pa.int64())
        elif shown.startswith("numeric"):
            values = values.cast(pa.decimal256(76, 30))
        elif shown in ("real", "double precision"):
            values = values.cast(pa.float64())
        elif shown == "uuid":
            values = pc.utf8_lower(as_text(values))
    places = pc.sort_indices(values, sort_keys=[("", "ascending")]).to_numpy(zero_copy_only=False).astype(np.int64)
    present = values.is_valid().to_numpy(zero_copy_only=False)
    kept: Rows = places[present[places]]
    return kept
