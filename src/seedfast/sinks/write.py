"""Write a plan's rows to where ``--to`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from seedfast.diagnostics import Finding
from seedfast.errors import UsageError
from seedfast.events import Listener, LoadStarted, RowsLoaded
from seedfast.load.batches import Batch
from seedfast.sinks import columnar, csv, parts, places, sql
from seedfast.sinks.address import Address, Form
from seedfast.sinks.cargo import Cargo

_BATCH_ROWS = 1 << 16
_BATCH_BYTES = 16 << 20

Write = Callable[[Cargo, Listener], tuple[Finding, ...]]
"""Writes all rows of a cargo, once, and returns what is to be said of it."""

_Quiet = Callable[[Cargo, Listener], None]


@contextmanager
def opened(address: Address, *, replace: bool, part_rows: int | None = None) -> Iterator[Write]:
    """Give what writes to an address: its files are there when the block ends, and not at all when it fails.

    With ``part_rows`` the rows are written in parts, and what ends the files is their manifest.
    """
    form = address.form
    if form is Form.NULL:
        yield _told(_drop)
    elif part_rows:
        with parts.opened(address, part_rows=part_rows, replace=replace) as write_parts:
            yield write_parts
    elif form in (Form.SQL, Form.SQL_INSERTS):
        name = address.place.replace("\\", "/").rpartition("/")[2]
        with places.opened(address, folder=False, replace=replace) as place:
            yield _told(partial(sql.write, place, name=name, inserts=form is Form.SQL_INSERTS))
    else:
        suffixes = csv.SUFFIXES if form is Form.CSV else (columnar.SUFFIXES[form],)
        alone = address.place.endswith(suffixes[0])
        with places.opened(address, folder=not alone, replace=replace, suffixes=suffixes) as place:
            if form is Form.CSV:
                write: _Quiet = partial(csv.write, place, script=not alone)
            else:
                write = partial(columnar.write, place, form=form)
            yield _told(partial(_one, write, address) if alone else write)


def _told(write: _Quiet) -> Write:
    def told(cargo: Cargo, listener: Listener) -> tuple[Finding, ...]:
        listener(LoadStarted(sum(table.rows for table in cargo.filled)))
        write(cargo, listener)
        return ()

    return told


def _one(write: _Quiet, address: Address, cargo: Cargo, listener: Listener) -> None:
    """Write a file that has room for one table."""
    if len(cargo.filled) > 1:
        message = f"{address.place} has room for one table, and {len(cargo.filled):,} get rows; nothing was written."
        raise UsageError("SF-SINK-TABLES", message, "Name a folder, or leave the other tables out with --skip.")
    write(cargo, listener)


def _drop(cargo: Cargo, listener: Listener) -> None:
    for table in cargo.filled:
        rows = cargo.rows(table)
        for portion in cargo.crew.make(rows, _nothing, _BATCH_ROWS, _BATCH_BYTES):
            listener(RowsLoaded(table.name, portion.rows))


def _nothing(batch: Batch) -> None:
    """Make nothing of a batch."""
