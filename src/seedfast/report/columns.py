"""The columns of a planned table as three columns of text, laid out without Rich's general tables.

A plan of a large schema has thousands of them, and measuring each cell twice took longer than making the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.control import strip_control_codes
from rich.segment import Segment
from rich.style import Style

from seedfast.names import shown
from seedfast.report.view import ColumnLine

_HEADINGS = ("Column", "Values from", "Why")
_GAP = "  "
_DIM = Style(dim=True)
_PLAIN = Style()
_END = Segment.line()
_Line = tuple[str, Style]


@dataclass(frozen=True)
class Columns:
    """A column's name over its type, what makes its values over the parameters, and why."""

    lines: Sequence[ColumnLine]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        rows = [_cells(line) for line in self.lines]
        natural = [
            max(cell_len(text) for text in (heading, *(text for row in rows for text, _ in row[n])))
            for n, heading in enumerate(_HEADINGS)
        ]
        widths = _shared(natural, options.max_width - len(_GAP) * (len(_HEADINGS) - 1))
        header = [[(heading, _DIM)] for heading in _HEADINGS]
        yield from _row(header, widths)
        yield Segment("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), _PLAIN)
        yield _END
        for row in rows:
            wrapped = [
                [(part, style) for text, style in cell for part in _folded(text, width)]
                for cell, width in zip(row, widths, strict=True)
            ]
            yield from _row(wrapped, widths)


def _cells(line: ColumnLine) -> tuple[list[_Line], ...]:
    parameters = ", ".join(line.parameters)
    return (
        _told((shown(line.name), _PLAIN), (str(line.type), _DIM)),
        _told((line.values, _PLAIN), (parameters, _DIM)),
        _told((line.reason, _PLAIN)),
    )


def _told(*lines: _Line) -> list[_Line]:
    return [(" ".join(strip_control_codes(text).split()), style) for text, style in lines if text]


def _shared(natural: Sequence[int], room: int) -> list[int]:
    """Return widths that fit the room: what is narrower than an even share keeps its own, the others share the rest."""
    widths = [0] * len(natural)
    left, open_ = room, len(natural)
    for n in sorted(range(len(natural)), key=lambda n: natural[n]):
        widths[n] = max(min(natural[n], left // open_), 1)
        left, open_ = left - widths[n], open_ - 1
    return widths


def _folded(text: str, width: int) -> list[str]:
    """Break a text between words, and a word that is longer than a line where the line ends."""
    lines: list[str] = []
    held, used = "", 0
    for word in text.split(" "):
        size = cell_len(word)
        if held and used + 1 + size <= width:
            held, used = f"{held} {word}", used + 1 + size
            continue
        if held:
            lines.append(held)
        *whole, held = chop_cells(word, width) if size > width else (word,)
        lines += whole
        used = cell_len(held)
    return [*lines, held] if held else lines


def _row(cells: Sequence[Sequence[_Line]], widths: Sequence[int]) -> Iterator[Segment]:
    nothing = ("", _PLAIN)
    for parts in zip_longest(*cells, fillvalue=nothing):
        for n, ((text, style), width) in enumerate(zip(parts, widths, strict=True)):
            yield Segment((_GAP if n else "") + set_cell_size(text, width), style)
        yield _END
