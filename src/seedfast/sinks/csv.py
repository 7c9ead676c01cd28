"""A folder of CSV files, one a table, with a script that loads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.events import Listener, RowsLoaded
from seedfast.load import statements
from seedfast.load.batches import Batch, Rows
from seedfast.load.encode import content, escaped, joined
from seedfast.load.statements import Target
from seedfast.names import QualifiedName, literal
from seedfast.plan.spec import Method, Postponed
from seedfast.sinks.cargo import Cargo
from seedfast.sinks.places import Place
from seedfast.sinks.script import Script, bare

SCRIPT = "load.sql"
SUFFIXES = (".csv", SCRIPT)

_BATCH_ROWS = 10_000
_FORMAT = "with (format csv, header, encoding 'UTF8')"

# Quotes keep an empty string apart from NULL, and blanks where a reader would cut them.
_TO_QUOTE = r'^$|[",\r\n]|^\s|\s$|^\\\.$'


def write(place: Place, cargo: Cargo, listener: Listener, *, script: bool) -> None:
    """Write the files, and a ``script`` that loads them."""
    files = cargo.files(".csv")
    for table in cargo.filled:
        rows = cargo.rows(table)
        if rows.target.columns:
            with place.create(files[table.name]) as file:
                _write(cargo, rows, file, listener)
    if script:
        with place.create(SCRIPT) as file:
            _Script(cargo, file, files).write()


def _write(cargo: Cargo, rows: Rows, file: IO[bytes], listener: Listener) -> None:
    file.write(_header(rows))
    for portion in cargo.crew.make(rows, partial(_lines, _zoned(cargo, rows)), _BATCH_ROWS):
        file.write(portion.made)
        listener(RowsLoaded(rows.table.name, portion.rows))


def filling(cargo: Cargo, rows: Rows) -> Callable[[IO[bytes], Rows, int, int], None]:
    """Return what writes a file of some of a table's rows, wherever it is called."""
    return partial(_fill, _zoned(cargo, rows))


def _fill(zoned: Sequence[bool], file: IO[bytes], rows: Rows, start: int, stop: int) -> None:
    file.write(_header(rows))
    for batch in rows.batches(_BATCH_ROWS, start=start, stop=stop):
        file.write(_lines(zoned, batch))


def _header(rows: Rows) -> bytes:
    names = pa.array(rows.target.names, pa.string())
    return ",".join(_fields(names, zoned=False).to_pylist()).encode() + b"\n"


def _zoned(cargo: Cargo, rows: Rows) -> list[bool]:
    """Tell for each column whether its moments say that they are in UTC."""
    return [cargo.type(rows.table.name, name).name == "timestamptz" for name in rows.target.names]


def _lines(zoned: Sequence[bool], batch: Batch) -> memoryview:
    fields = [_fields(column, zoned=flag) for column, flag in zip(batch.columns, zoned, strict=True)]
    fields[-1] = joined([fields[-1], ""], "\n", null="")
    return content(fields[0] if len(fields) == 1 else joined(fields, ",", null=""))


def _fields(column: pa.Array, *, zoned: bool) -> pa.Array:
    """Return a column as fields, quoted where they must be; moments that are ``zoned`` say that they are in UTC."""
    if pa.types.is_dictionary(column.type):
        return _fields(column.dictionary, zoned=zoned).take(column.indices)
    if not pa.types.is_string(column.type):
        written = column.cast(pa.string())
        return joined([written, "+00"], "") if zoned and pa.types.is_timestamp(column.type) else written
    special = pc.match_substring_regex(column, _TO_QUOTE)
    if not pc.any(special).as_py():
        return column
    return pc.if_else(special, joined(['"', escaped(column, (('"', '""'),)), '"'], ""), column)


class _Script(Script):
    """A script for psql beside the files. What COPY can't put into a table as it is goes through a temporary one."""

    def __init__(self, cargo: Cargo, out: IO[bytes], files: Mapping[QualifiedName, str]) -> None:
        super().__init__(cargo, out)
        self._files = files
        self._staged: dict[QualifiedName, str] = {}

    @property
    def preface(self) -> Sequence[str]:
        return (
            "-- Load them, all or none, from within this folder, with psql -X -q -f load.sql.",
            r"\set ON_ERROR_STOP on",
        )

    def rows(self, rows: Rows, method: Method) -> None:
        if not rows.target.columns:
            self.say(bare(rows))
        elif method is Method.COPY and not rows.later:
            into = f"{rows.table.name.sql} ({statements.columns(rows.target.names)})"
            self.line(rf"\copy {into} from {self._file(rows)} {_FORMAT}")
        else:
            self.say(self._insert(rows))

    def together(self, tables: Sequence[Rows], block: int) -> None:
        self.say(statements.as_one([self._insert(rows) for rows in tables]))

    def update(self, postponed: Postponed, target: Target) -> None:
        table = self.cargo.plan.table(postponed.table)
        names = self.cargo.rows(table).target.names
        wanted = (*postponed.identity, *postponed.columns)
        columns = ", ".join(f"c{names.index(name)} AS c{n}" for n, name in enumerate(wanted))
        held = " OR ".join(f"c{names.index(name)} IS NOT NULL" for name in postponed.columns)
        origin = f"(SELECT {columns} FROM {self._staged[table.name]} WHERE {held}) AS d"
        self.say(statements.update_from(target, [table.column(name) for name in postponed.identity], origin))

    def _insert(self, rows: Rows) -> str:
        """Bring a file into a temporary table, and return the INSERT out of that."""
        if not rows.target.columns:
            return bare(rows)
        staged = self._staged[rows.table.name] = f"pg_temp.seedfast_{len(self._staged) + 1}"
        columns = ", ".join(f"c{n} text" for n in range(len(rows.target.columns)))
        self.say(f"CREATE TEMPORARY TABLE {staged.removeprefix('pg_temp.')} ({columns}) ON COMMIT DROP")
        self.line(rf"\copy {staged} from {self._file(rows)} {_FORMAT}")
        return statements.insert_from(rows.target, f"{staged} AS d", rows.later)

    def _file(self, rows: Rows) -> str:
        return literal(self._files[rows.table.name])
