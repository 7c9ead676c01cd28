"""Parquet and Arrow files, one a table, with the types of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Any

import pyarrow as pa

from seedfast.errors import GenerateError
from seedfast.events import Listener, RowsLoaded
from seedfast.load.batches import FIRST_BATCH, Batch, Rows
from seedfast.names import QualifiedName, shown
from seedfast.sinks.address import Form
from seedfast.sinks.cargo import Cargo
from seedfast.sinks.places import Place
from seedfast.sinks.typed import arrow_type, typed

_BATCH_ROWS = 1 << 17
_BATCH_BYTES = 16 << 20

SUFFIXES = {Form.PARQUET: ".parquet", Form.ARROW: ".arrow"}


def write(place: Place, cargo: Cargo, listener: Listener, *, form: Form) -> None:
    """Write the files; a batch of rows is a row group of Parquet, or a record batch of Arrow."""
    files = cargo.files(SUFFIXES[form])
    for table in cargo.filled:
        rows = cargo.rows(table)
        if not rows.target.columns:
            continue
        schema = _schema(cargo, rows, rows.batch(0, FIRST_BATCH))
        encode = partial(_record_batch, table.name, schema)
        with place.create(files[table.name]) as file, _writer(form, file, schema) as writer:
            for portion in cargo.crew.make(rows, encode, _BATCH_ROWS, _BATCH_BYTES):
                writer.write_batch(portion.made)
                listener(RowsLoaded(table.name, portion.rows))


def filling(cargo: Cargo, rows: Rows, *, form: Form) -> Callable[[IO[bytes], Rows, int, int], None]:
    """Return what writes a file of some of a table's rows, wherever it is called."""
    return partial(_fill, form, _schema(cargo, rows, rows.batch(0, FIRST_BATCH)))


def _fill(form: Form, schema: pa.Schema, file: IO[bytes], rows: Rows, start: int, stop: int) -> None:
    with _writer(form, file, schema) as writer:
        for batch in rows.batches(_BATCH_ROWS, _BATCH_BYTES, start, stop):
            writer.write_batch(_record_batch(rows.table.name, schema, batch))


def _schema(cargo: Cargo, rows: Rows, batch: Batch) -> pa.Schema:
    """Return the file's schema; each field says what PostgreSQL calls its type."""
    table = cargo.tables[rows.table.name]
    return pa.schema(
        [
            pa.field(
                name,
                arrow_type(table.column(name).type, made.type),
                nullable=table.column(name).nullable,
                metadata={"postgresql.type": table.column(name).type.display},
            )
            for name, made in zip(rows.target.names, batch.columns, strict=True)
        ]
    )


def _record_batch(table: QualifiedName, schema: pa.Schema, batch: Batch) -> pa.RecordBatch:
    columns = []
    for field, made in zip(schema, batch.columns, strict=True):
        try:
            columns.append(typed(made, field.type))
        except (pa.ArrowInvalid, ValueError) as error:
            raise GenerateError(
                "SF-SINK-VALUE",
                f"{table}.{shown(field.name)} gets a value that {field.type} can't hold: {error}",
                "Write to sql: or csv:, or give the column other values with --set.",
            ) from error
    return pa.RecordBatch.from_arrays(columns, schema=schema)


@contextmanager
def _writer(form: Form, file: IO[bytes], schema: pa.Schema) -> Iterator[Any]:
    if form is Form.ARROW:
        with pa.ipc.new_file(file, schema) as writer:
            yield writer
        return
    from pyarrow import parquet

    with parquet.ParquetWriter(file, schema) as writer:
        yield writer
