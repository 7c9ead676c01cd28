"""One SQL file: COPY blocks for psql, or INSERT statements for any client."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import IO, Any

import pyarrow as pa

from seedfast.events import Listener, RowsLoaded
from seedfast.load import statements
from seedfast.load.batches import Batch, Rows, take
from seedfast.load.encode import content, escaped, joined
from seedfast.load.statements import Target
from seedfast.names import literal
from seedfast.plan.spec import ColumnPlan, Method, Postponed
from seedfast.sinks.cargo import Cargo
from seedfast.sinks.places import Place
from seedfast.sinks.script import Script, bare

_BATCH_ROWS = 10_000
_ROWS_OF_A_STATEMENT = 500
_NUMBERS = ("smallint", "integer", "bigint")
_COMPRESSED = {".gz": "gzip", ".zst": "zstd"}


def write(place: Place, cargo: Cargo, listener: Listener, *, name: str, inserts: bool) -> None:
    """Write the script, compressed where the file's name says so."""
    with place.create(name) as file:
        codec = next((codec for suffix, codec in _COMPRESSED.items() if name.endswith(suffix)), None)
        script = partial(_Inserts if inserts else _Copies, cargo, listener=listener)
        if codec is None:
            script(file).write()
            return
        with pa.CompressedOutputStream(file, codec) as out:
            script(out).write()


class _Inserts(Script):
    """A script of statements that any client can send."""

    def __init__(self, cargo: Cargo, out: IO[bytes], listener: Listener) -> None:
        super().__init__(cargo, out)
        self._listener = listener

    @property
    def preface(self) -> Sequence[str]:
        return ("-- Load them, all or none, with psql -X -q -v ON_ERROR_STOP=1 -f FILE, or with any other client.",)

    def rows(self, rows: Rows, method: Method) -> None:
        if not rows.target.columns:
            self.say(bare(rows))
            return
        into = f"{rows.table.name.sql} ({statements.columns(rows.target.names)})"
        head = f"INSERT INTO {into} OVERRIDING SYSTEM VALUE VALUES"
        for portion in self.cargo.crew.make(rows, partial(_statements, head, rows.target.columns), _BATCH_ROWS):
            self.raw(portion.made)
            self._listener(RowsLoaded(rows.table.name, portion.rows))

    def together(self, tables: Sequence[Rows], block: int) -> None:
        most = max(rows.table.rows for rows in tables)
        size = block or most
        for start in range(0, most, size):
            batches = {rows: rows.batch(start, start + size) for rows in tables if start < rows.table.rows}
            statement = statements.together([rows.target for rows in batches])
            self._execute(statement, list(batches.values()))
            for rows, batch in batches.items():
                self._listener(RowsLoaded(rows.table.name, batch.rows))

    def update(self, postponed: Postponed, target: Target) -> None:
        table = self.cargo.plan.table(postponed.table)
        statement = statements.update(target, [table.column(name) for name in postponed.identity])
        wanted = (*postponed.identity, *postponed.columns)
        for start in range(0, table.rows, _BATCH_ROWS):
            batch = take(self.cargo.source, table.name, start, min(start + _BATCH_ROWS, table.rows), wanted)
            batch = batch.having_any(len(postponed.identity))
            if batch.rows:
                self._execute(statement, [batch])

    def _execute(self, statement: str, batches: Sequence[Batch]) -> None:
        """Have a statement of loading's run, its parameters written out."""
        parameters = [value for batch in batches for value in batch.parameters()]
        written = (literal(value) if isinstance(value, str) else str(value) for value in parameters)
        self.say(f"PREPARE seedfast_rows AS {statement}")
        self.say(f"EXECUTE seedfast_rows ({', '.join(written)})")
        self.say("DEALLOCATE seedfast_rows")


class _Copies(_Inserts):
    """A script for psql, whose COPY takes rows several times as fast."""

    @property
    def preface(self) -> Sequence[str]:
        return ("-- Load them, all or none, with psql -X -q -f FILE.", r"\set ON_ERROR_STOP on")

    def rows(self, rows: Rows, method: Method) -> None:
        if method is not Method.COPY or not rows.target.columns:
            super().rows(rows, method)
            return
        self.say(statements.copy(rows.target))
        for portion in self.cargo.crew.make(rows, Batch.text, _BATCH_ROWS):
            self.raw(portion.made)
            self._listener(RowsLoaded(rows.table.name, portion.rows))
        self.line(r"\.")


def _statements(head: str, plans: Sequence[ColumnPlan], batch: Batch) -> bytes:
    """Return INSERT statements of a few rows each."""
    values = _tuples(plans, batch.columns)
    parts = (content(values.slice(n, _ROWS_OF_A_STATEMENT))[:-2] for n in range(0, batch.rows, _ROWS_OF_A_STATEMENT))
    return b"".join(piece for part in parts for piece in (head.encode(), b"\n", part, b";\n"))


def _tuples(plans: Sequence[ColumnPlan], columns: Sequence[pa.Array]) -> pa.Array:
    """Return rows as members of a VALUES list, each on a line that ends with a comma."""
    fields = [_literals(column, plan.type) for plan, column in zip(plans, columns, strict=True)]
    values: Any = joined(fields, ", ", null="NULL")
    return joined(["(", values, "),\n"], "")


def _literals(column: pa.Array, kind: str) -> pa.Array:
    if pa.types.is_int64(column.type) and kind in _NUMBERS:
        return column.cast(pa.string())
    return joined(["'", escaped(column, (("'", "''"),)), "'"], "")
