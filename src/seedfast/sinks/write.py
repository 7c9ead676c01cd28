"""Write a plan's rows to where ``--to`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from seedfast.events import Listener, LoadStarted, RowsLoaded
from seedfast.load.batches import ahead
from seedfast.sinks import columnar, csv, places, sql
from seedfast.sinks.address import Address, Form
from seedfast.sinks.cargo import Cargo

_BATCH_ROWS = 1 << 16
_BATCH_BYTES = 16 << 20

Write = Callable[[Cargo, Listener], None]
"""Writes all rows of a cargo, once."""


@contextmanager
def opened(address: Address, *, replace: bool) -> Iterator[Write]:
    """Give what writes to an address: its files are there when the block ends, and not at all when it fails."""
    form = address.form
    if form is Form.NULL:
        yield _drop
    elif form in (Form.SQL, Form.SQL_INSERTS):
        name = address.place.replace("\\", "/").rpartition("/")[2]
        with places.opened(address, folder=False, replace=replace) as place:
            yield _told(partial(sql.write, place, name=name, inserts=form is Form.SQL_INSERTS))
    elif form is Form.CSV:
        with places.opened(address, folder=True, replace=replace, suffixes=csv.SUFFIXES) as place:
            yield _told(partial(csv.write, place))
    else:
        suffixes = (columnar.SUFFIXES[form],)
        with places.opened(address, folder=True, replace=replace, suffixes=suffixes) as place:
            yield _told(partial(columnar.write, place, form=form))


def _told(write: Write) -> Write:
    def told(cargo: Cargo, listener: Listener) -> None:
        listener(LoadStarted(sum(table.rows for table in cargo.filled)))
        write(cargo, listener)

    return told


@_told
def _drop(cargo: Cargo, listener: Listener) -> None:
    for table in cargo.filled:
        rows = cargo.rows(table)
        for batch in ahead(rows.batches(_BATCH_ROWS, _BATCH_BYTES)):
            listener(RowsLoaded(table.name, batch.rows))
