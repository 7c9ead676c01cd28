"""Where rows come from: the port through which loading asks for columns of new rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa

from seedfast.names import QualifiedName


class RowSource(Protocol):
    """Makes the rows of a plan, any range of them at any time.

    One call is made at a time, though not always from the same thread, so ``batch`` must not use the connection that
    is being loaded.
    """

    def batch(
        self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None
    ) -> pa.RecordBatch | pa.Table:
        """Return the new rows [start, stop) of a table, in order.

        The columns are ``columns``, or all of the plan's that the server doesn't make, in plan order. Arrays have the
        types that ``seedfast.values.kind`` lists; a NULL is an Arrow null.
        """
        ...
