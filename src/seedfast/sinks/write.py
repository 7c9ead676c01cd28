"""Write a plan's rows to where ``--to`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from seedfast.errors import UsageError
from seedfast.events import Listener, LoadStarted, RowsLoaded
from seedfast.load.batches import Batch
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
    else:
        suffixes = csv.SUFFIXES if form is Form.CSV else (columnar.SUFFIXES[form],)
        alone = address.place.endswith(suffixes[0])
        with places.opened(address, folder=not alone, replace=replace, suffixes=suffixes) as place:
            if form is Form.CSV:
                write: Write = partial(csv.write, place, script=not alone)
            else:
                write = partial(columnar.write, place, form=form)
            yield _told(partial(_one, write, address) if alone else write)


def _told(write: Write) -> Write:
    def told(cargo: Cargo, listener: Listener) -> None:
        listener(LoadStarted(sum(table.rows for table in cargo.filled)))
        write(cargo, listener)

    return told


def _one(write: Write, address: Address, cargo: Cargo, listener: Listener) -> None:
    """Write a file that has room for one table."""
    if len(cargo.filled) > 1:
        message = f"{address.place} has room for one table, and {len(cargo.filled):,} get rows; nothing was written."
        raise UsageError("SF-SINK-TABLES", message, "Name a folder, or leave the other tables out with --skip.")
    write(cargo, listener)


@_told
def _drop(cargo: Cargo, listener: Listener) -> None:
    for table in cargo.filled:
        rows = cargo.rows(table)
        for portion in cargo.crew.make(rows, _nothing, _BATCH_ROWS, _BATCH_BYTES):
            listener(RowsLoaded(table.name, portion.rows))


def _nothing(batch: Batch) -> None:
    """Make nothing of a batch."""
