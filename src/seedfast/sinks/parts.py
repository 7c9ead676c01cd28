"""Files of some rows of a table each, written by whoever makes them; what is there of a run is kept by the next."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, Any

from seedfast.diagnostics import Finding, Severity
from seedfast.errors import DeclinedError, LoadError, UsageError
from seedfast.events import Listener, LoadStarted, RowsLoaded
from seedfast.load.batches import Rows
from seedfast.load.crew import Piece
from seedfast.names import QualifiedName
from seedfast.sinks import columnar, csv, manifest
from seedfast.sinks.address import Address, Form
from seedfast.sinks.cargo import Cargo
from seedfast.sinks.manifest import COMPLETE, PROGRESS, Manifest, Part
from seedfast.sinks.shelf import Shelf, shelf

_SUFFIXES = {Form.CSV: ".csv", **columnar.SUFFIXES}
_OURS = re.compile(r"(?:[^/]+/\.?part-\d+\.(?:csv|parquet|arrow)|\.?_(?:manifest|progress)\.json)(?:\.[^/]+\.partial)?")

_NOTED_AT = 32
"""Progress is noted when one part in so many has been added, so that a note costs little beside what it tells."""

_CHUNK = 1 << 20

Fill = Callable[[IO[bytes], Rows, int, int], None]
"""Writes some rows of a table into a file."""


@contextmanager
def opened(address: Address, *, part_rows: int, replace: bool) -> Iterator[Callable[[Cargo, Listener], Any]]:
    """Give what writes parts of so many rows to an address, and what is to be said of it.

    The manifest is there when the block ends. When it fails, parts stay for the same run to go on from; those of
    another run are refused, unless ``replace`` says that they may go.
    """
    form = address.form
    if form not in _SUFFIXES or address.place.endswith(_SUFFIXES[form]):
        message = f"{address} has no room for parts: --part-rows goes with csv:DIR, parquet:DIR and arrow:DIR."
        raise UsageError("SF-USAGE", message, "Leave --part-rows out, or name a folder.")
    try:
        kept = shelf(address)
        strange = [name for name in kept.names() if not _OURS.fullmatch(name)]
        if strange:
            message = f"{address.place} holds what no run with --part-rows writes there, such as {strange[0]}."
            raise DeclinedError("SF-SINK-EXISTS", message, "Name another folder.")
        yield partial(_write, kept, address, part_rows, replace)
    except OSError as error:
        why = error.strerror or str(error)
        message = f"{address.place} can't be written: {why}. It holds no manifest; parts that are there were kept."
        hint = "See that all machines can write there and that there is room; the same command goes on from there."
        raise LoadError("SF-SINK-PLACE", message, hint) from error


def _write(
    kept: Shelf, address: Address, part_rows: int, anew: bool, cargo: Cargo, listener: Listener
) -> tuple[Finding, ...]:
    run = manifest.describing(cargo, address.form, part_rows)
    before = None if anew else manifest.read(kept, address.place)
    if before is None and not anew and kept.names():
        message = f"{address.place} holds parts, and no manifest says of which run; nothing was written."
        raise DeclinedError("SF-SINK-EXISTS", message, "Name another folder, or give --force.")
    if before is not None and (other := run.differences(before)):
        message = f"{address.place} holds parts of another run: it was begun with {' and '.join(other)}."
        hint = "Begin the command like that to go on with it, name another folder, or give --force to replace it."
        raise DeclinedError("SF-SINK-OTHER", message, hint)
    progress = _Progress(kept, run, {part.file: part for part in before.parts} if before else {})
    progress.note()
    if anew:
        kept.remove(COMPLETE)
    listener(LoadStarted(sum(table.rows for table in cargo.filled)))
    again = 0
    parts = []
    try:
        for made in cargo.crew.each(_pieces(cargo, kept, address.form, part_rows, dict(progress.parts))):
            parts.append(made.part)
            again += made.kept
            progress.add(made.part)
            listener(RowsLoaded(made.part.table, made.part.rows))
    except BaseException:
        with suppress(OSError):
            progress.note()
        raise
    manifest.write(kept, COMPLETE, replace(run, parts=tuple(parts)))
    for name in {*kept.names()} - {COMPLETE, *(part.file for part in parts)}:
        kept.remove(name)
    if not again:
        return ()
    message = f"{again:,} of {len(parts):,} parts were there already and are as they should be."
    return (Finding("SF-SINK-RESUMED", Severity.INFO, "", message),)


class _Progress:
    """The parts that are known to be there, noted now and then."""

    def __init__(self, kept: Shelf, run: Manifest, parts: dict[str, Part]) -> None:
        self.parts = parts
        self._kept, self._run = kept, run
        self._noted = len(parts)

    def add(self, part: Part) -> None:
        self.parts[part.file] = part
        if (len(self.parts) - self._noted) * _NOTED_AT > len(self.parts):
            self.note()

    def note(self) -> None:
        manifest.write(self._kept, PROGRESS, replace(self._run, parts=tuple(self.parts.values())))
        self._noted = len(self.parts)


@dataclass(frozen=True, slots=True)
class _Made:
    """A part that is there; ``kept`` where it was before."""

    part: Part
    kept: bool


def _pieces(cargo: Cargo, kept: Shelf, form: Form, part_rows: int, known: dict[str, Part]) -> Iterator[Piece[_Made]]:
    """Yield the parts to make, table by table."""
    folders = cargo.files("")
    for table in cargo.filled:
        rows = cargo.rows(table)
        if not rows.target.columns:
            continue
        fill = csv.filling(cargo, rows) if form is Form.CSV else columnar.filling(cargo, rows, form=form)
        starts = range(0, table.rows, part_rows)
        digits = max(5, len(str(len(starts) - 1)))
        for number, start in enumerate(starts):
            file = f"{folders[table.name]}/part-{number:0{digits}}{_SUFFIXES[form]}"
            do = partial(_part, kept, file, fill, known.get(file))
            yield Piece(rows, start, min(start + part_rows, table.rows), do)


def _part(kept: Shelf, file: str, fill: Fill, known: Part | None, rows: Rows, start: int, stop: int) -> _Made:
    """Make a part, unless it is there as it is known."""
    if known is not None and _holds(kept, known):
        return _Made(known, kept=True)
    with kept.create(file) as out:
        summed = _Summed(out)
        fill(summed, rows, start, stop)  # type: ignore[arg-type]
    name: QualifiedName = rows.table.name
    return _Made(Part(name, file, start, stop - start, summed.size, summed.sum.hexdigest()), kept=False)


def _holds(kept: Shelf, part: Part) -> bool:
    """Tell whether a part is there with its size and sum."""
    file = kept.open(part.file)
    if file is None:
        return False
    found, size = hashlib.sha256(), 0
    with file:
        while size <= part.size and (chunk := file.read(_CHUNK)):
            found.update(chunk)
            size += len(chunk)
    return (size, found.hexdigest()) == (part.size, part.sha256)


class _Summed:
    """A file that is written from its beginning to its end; its bytes are counted and summed."""

    closed = False

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.sum = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes | memoryview) -> int:
        self._out.write(content)
        self.sum.update(content)
        count = memoryview(content).nbytes
        self.size += count
        return count

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """Leave it to whoever opened the file to close it."""
