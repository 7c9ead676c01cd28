"""What tables hold before a run: how many rows, and the values of keys."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from seedfast.db import search_path_of_the_role
from seedfast.model.database import Existing
from seedfast.model.table import Table, TableForm
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName, quote

# So many tables are counted by one statement; each takes a lock that the server has to find room for.
_COUNTED_TOGETHER = 200

_NULL = r"\N"


def count_existing(connection: psycopg.Connection[Any], tables: Iterable[Table]) -> Existing:
    """Return the exact number of rows of each table; what the role may not read, and foreign tables, count as empty.

    Rows of classic inheritance's children belong to the children alone. Of a table under row-level security those count
    that the role sees; its policies may fail, for the lack of a setting or a privilege.
    """
    readable = [table for table in tables if table.privileges.select and table.form is not TableForm.FOREIGN]
    rows: dict[QualifiedName, int] = {}
    unreadable: dict[QualifiedName, tuple[str, str]] = {}
    for table in [table for table in readable if table.row_security]:
        try:
            with connection.transaction(), search_path_of_the_role(connection):
                seen = connection.execute(f"select count(*) from {_source(table)}".encode()).fetchone()
        except (psycopg.OperationalError, psycopg.InternalError):
            raise
        except psycopg.DatabaseError as error:
            unreadable[table.name] = (error.sqlstate or "", error.diag.message_primary or str(error))
        else:
            if seen is not None and seen[0]:
                rows[table.name] = seen[0]
    readable = [table for table in readable if not table.row_security]
    for start in range(0, len(readable), _COUNTED_TOGETHER):
        together = readable[start : start + _COUNTED_TOGETHER]
        counts = ", ".join(f"(select count(*) from {_source(table)})" for table in together)
        counted = connection.execute(f"select array[{counts}]".encode()).fetchone()
        if counted is not None:
            rows.update((table.name, n) for table, n in zip(together, counted[0], strict=True) if n)
    return Existing(rows, unreadable)


def read_keys(connection: psycopg.Connection[Any], table: Table, columns: Sequence[str]) -> pa.Table:
    """Return the columns of all rows that the table holds, ordered by the text, under the collation "C", of the primary
    key's columns and then of the columns asked for.

    Arrays have the Arrow type that ``seedfast.values.kind`` gives for integers, booleans, dates and timestamps; every
    other type, and a column with dates that Arrow can't hold (infinity, BC), is PostgreSQL's own text. The session must
    be one of ``seedfast.db.connect``.
    """
    names = list(columns)
    listed = ", ".join(quote(name) for name in names)
    primary = table.primary_key.columns if table.primary_key is not None else ()
    order = ", ".join(f'{quote(name)}::text collate "C"' for name in dict.fromkeys((*primary, *names)))
    statement = (
        f"copy (select {listed} from {_source(table)} order by {order})"
        f" to stdout (format csv, null '{_NULL}', force_quote *)"
    )
    path = search_path_of_the_role(connection) if table.row_security else nullcontext()
    with path, connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        text = _parse(_Chunks(copy.read), len(names))
    arrays = [_typed(array, table.column(name).type.storage) for name, array in zip(names, text.columns, strict=True)]
    return pa.table(dict(zip(names, arrays, strict=True)))


def _source(table: Table) -> str:
    return table.name.sql if table.form is TableForm.PARTITIONED else f"only {table.name.sql}"


Buffer = bytes | bytearray | memoryview


class _Chunks(io.RawIOBase):
    """A COPY as a readable file, so that it is parsed while it arrives."""

    def __init__(self, read: Callable[[], Buffer]) -> None:
        self._read = read
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = bytes(self._read())
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _parse(source: io.RawIOBase, width: int) -> pa.Table:
    # Columns are numbered, since Arrow drops one of two names that are alike and the caller may ask for a column twice.
    names = [str(n) for n in range(width)]
    try:
        return csv.read_csv(
            io.BufferedReader(source, 1 << 20),
            read_options=csv.ReadOptions(column_names=names, use_threads=False),
            parse_options=csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[_NULL],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV file" in str(error):
            return pa.table({name: pa.array([], pa.string()) for name in names})
        raise


def _typed(text: pa.ChunkedArray, kind: SqlType) -> pa.ChunkedArray:
    if kind.schema != "pg_catalog":
        return text
    try:
        match kind.name:
            case "int2" | "int4" | "int8" | "oid":
                return text.cast(pa.int64())
            case "bool":
                return pc.equal(text, "t")
            case "date":
                return text.cast(pa.date32())
            case "timestamp":
                return text.cast(pa.timestamp("us"))
            case "timestamptz":
                return _in_utc(text)
    except pa.ArrowInvalid:
        pass
    return text


def _in_utc(text: pa.ChunkedArray) -> pa.ChunkedArray:
    zone = "+00"
    if not pc.all(pc.ends_with(text, zone)).as_py():
        return text
    return pc.utf8_slice_codeunits(text, 0, -len(zone)).cast(pa.timestamp("us"))
