"""The columns of a planned table, as they are laid out for people."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from rich.console import Console

from seedfast.report.columns import Columns
from seedfast.report.view import ColumnLine

LINES = (
    ColumnLine("id", "bigint", "number.serial", ("start=1", "step=1"), "counts as its identity column does"),
    ColumnLine("key", "text", "text.code", ("place_key=" + "0123456789" * 9,), "between its limits; not empty"),
    ColumnLine("left", "text", "nothing", (), ""),
)
WIDE = ColumnLine("住所の名前が長い列です", "text", "place.street", (), "名前が住所だと言っている")


def laid_out(lines: Sequence[ColumnLine], width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(Columns(lines))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", (30, 80, 200))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_left_out(width: int) -> None:
    assert max(map(cell_len, laid_out((*LINES, WIDE), width))) <= width
    header, _, *lines = laid_out(LINES, width)
    values, why = header.index("Values"), header.index("Why")
    told = [(line[:values], line[values:why], line[why:]) for line in lines]
    expected = [(line.name + line.type, line.values + ", ".join(line.parameters), line.reason) for line in LINES]
    for shown, wanted in zip(zip(*told, strict=True), zip(*expected, strict=True), strict=True):
        assert "".join(shown).replace(" ", "") == "".join(wanted).replace(" ", "")


def test_what_has_room_is_not_broken() -> None:
    lines = laid_out(LINES, 200)
    assert lines[2].split("  ")[0] == "id"
    assert lines[2].rstrip().endswith("  counts as its identity column does")
    assert [part.strip() for part in lines[3].split("  ") if part.strip()] == ["bigint", "start=1, step=1"]
