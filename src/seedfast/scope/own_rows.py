"""Rows of one's own as comma-separated values, read as COPY reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedfast.errors import UsageError
from seedfast.scope.spec import OwnRow

_HINT = (
    "The first line names the columns; values are separated by commas, and those that hold a comma, a quote or a line "
    "end stand in double quotes. An empty value is NULL, and an empty one in quotes is an empty text."
)

_PIECE = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^",\r\n]*)')


def read_csv(text: str, name: str) -> tuple[OwnRow, ...]:
    """Return the rows of a file of that name; a ``UsageError`` says which line can't be read.

    The first line names the columns. An empty value is NULL unless it stands in quotes.
    """
    lines = _records(text.removeprefix("\ufeff"), name)
    _, header = next(lines, (0, []))
    columns = [(cell or "").strip() for cell in header]
    if not all(columns):
        raise _wrong(name, 1, "a column has no name")
    for column in columns:
        if columns.count(column) > 1:
            raise _wrong(name, 1, f"the column {column!r} is named twice")
    rows = []
    for line, cells in lines:
        if len(cells) != len(columns):
            raise _wrong(name, line, f"there are {len(cells)} values, and {len(columns)} columns are named")
        rows.append(OwnRow(dict(zip(columns, cells, strict=True)), f"{name}, line {line}"))
    return tuple(rows)


def _records(text: str, name: str) -> Iterator[tuple[int, list[str | None]]]:
    """Yield each record with the number of the line that it begins in; empty lines are none."""
    at, line = 0, 1
    while at < len(text):
        start, cells = line, list[str | None]()
        while True:
            piece = _PIECE.match(text, at)
            assert piece is not None
            quoted = piece["quoted"]
            cells.append(piece["plain"] or None if quoted is None else quoted.replace('""', '"'))
            line += piece[0].count("\n")
            at = piece.end()
            if text[at : at + 1] != ",":
                break
            at += 1
        ending = re.compile(r"\r?\n|\r|\Z").match(text, at)
        if ending is None:
            raise _wrong(name, line, "a quote is not closed, or stands within a value that isn't in quotes")
        at, line = ending.end(), line + 1
        if cells != [None]:
            yield start, cells


def _wrong(name: str, line: int, message: str) -> UsageError:
    return UsageError("SF-OWN-FILE", f"{name}, line {line}: {message}.", _HINT)
