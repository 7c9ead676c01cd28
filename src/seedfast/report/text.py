"""Results as text for people, laid out by Rich: whatever is shown stays readable in 80 columns."""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Table
from seedfast.names import QualifiedName, shown
from seedfast.plan.spec import GenerationPlan, Status, TablePlan
from seedfast.report import view
from seedfast.report.columns import Columns
from seedfast.report.view import TableLine
from seedfast.verify.results import Verification

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Notes"}
_STATUS_STYLES = {Status.GAP.value: "bold red", Status.FILL.value: "green"}
_LONGEST_CELL = 60
_NUMBER = re.compile(r"\b[0-9][0-9,]* ")


_READABLE = 100
"""Of so many tables at most all columns are laid out."""


def table_of_tables(
    lines: Sequence[TableLine], found: Iterable[Finding] = (), *, done: str = "Inserted"
) -> RenderableType:
    """Lay out the tables of a plan or a run, each with its reason, if it has one, on lines of its own.

    What one of the findings says of a table is left to that, and what holds for many tables is said once, below.
    """
    told = {finding.where for finding in found}
    shared = Counter((line.status, _NUMBER.sub("", line.reason)) for line in lines if str(line.name) not in told)
    common = [(status, reason) for (status, reason), count in shared.items() if reason and count > 1]
    brief = tuple(
        replace(line, reason="")
        if str(line.name) in told or (line.status, _NUMBER.sub("", line.reason)) in common
        else line
        for line in lines
    )
    notes = (Text(f"{status}: {reason}", style="dim", overflow="fold") for status, reason in common)
    return Group(_Tables(brief, done), *notes)


@dataclass(frozen=True)
class _Tables:
    """Names to the left, counts and status to the right; a name that is too long gets a line of its own."""

    lines: Sequence[TableLine]
    done: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        ran = any(line.inserted is not None for line in self.lines)
        headings = ("Existing", "Planned", *((self.done,) if ran else ()))
        cells = [[_count(line.existing), _count(line.planned), _count(line.inserted or 0)] for line in self.lines]
        widths = [max(map(len, column)) for column in zip(headings, *cells, strict=False)]
        status = max([len("Status"), *(len(line.status) for line in self.lines)])
        room = max(options.max_width - sum(widths) - status - 2 * (len(widths) + 1), len("Table"))
        room = min(room, max([len("Table"), *(cell_len(str(line.name)) for line in self.lines)]))
        yield Text(_row("Table", room, headings, widths, "Status"), style="dim")
        for line, counts in zip(self.lines, cells, strict=True):
            name = str(line.name)
            if cell_len(name) > room:
                yield Text(name, overflow="fold")
                name = ""
            row = Text(_row(name, room, counts, widths, ""))
            row.append(line.status, style=_STATUS_STYLES.get(line.status, ""))
            yield row
            yield from _indented(line.reason, options.max_width)


def _row(name: str, room: int, cells: Sequence[str], widths: Sequence[int], status: str) -> str:
    counts = "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=False))
    return f"{set_cell_size(name, room)}{counts}  {status}"


def _indented(reason: str, width: int) -> Iterator[Text]:
    for line in textwrap.wrap(reason, max(width - 4, 20)):
        yield Text(f"    {line}", style="dim", overflow="fold")


def plan(plan: GenerationPlan, database: str, *, every: bool = False) -> RenderableType:
    """Lay out a whole plan: tables in insertion order, and how every column gets its values.

    A plan of very many tables is laid out without their columns, unless ``every`` one is wanted: nobody reads
    thousands of lines.
    """
    rows, tables = view.planned_rows(plan)
    parts: list[RenderableType] = [
        Text(f"Plan for {database}: {_rows(rows)} into {_tables(tables)}."),
        identity(plan),
    ]
    if tables > _READABLE and not every:
        how = "`seedfast explain TABLE` shows the columns of one, -v those of all."
        return Group(*parts, Text(), table_of_tables(view.planned_lines(plan)), Text(), Text(how))
    for number, table in enumerate(view.insertion_order(plan), start=1):
        if table.columns and table.rows:
            parts += [Text(), table_plan(table, heading=f"{number}. {table.name}")]
    left = [line for line in view.planned_lines(plan) if not line.planned]
    if left:
        parts += [Text(), Text("Nothing goes into these tables:"), table_of_tables(left)]
    return Group(*parts)


def identity(plan: GenerationPlan) -> Text:
    """Return the line that says what the plan depends on, apart from the rows that exist."""
    return Text(f"seed {plan.seed} · now {plan.now} UTC · schema {plan.fingerprint}", style="dim")


def table_plan(table: TablePlan, *, heading: str) -> RenderableType:
    """Lay out how every column of one table gets its values."""
    title = Text(f"{heading}: {_rows(table.rows)}")
    title.stylize("bold", 0, len(heading))
    if table.existing:
        title.append(f" beside {_count(table.existing)}")
    if table.reason:
        title.append(f" ({table.reason})")
    if not table.columns:
        return title
    return Group(title, Columns(view.column_lines(table)))


def constraints(lines: Iterable[tuple[str, str]]) -> RenderableType:
    """Lay out constraints, or whatever else has a name and a meaning."""
    grid = Grid.grid(padding=(0, 2))
    for name, meaning in lines:
        grid.add_row(Text(name, overflow="fold"), Text(meaning, overflow="fold"))
    return Padding(grid, (0, 0, 0, 2))


def columns(table: Table) -> RenderableType:
    """Lay out what a table's columns are declared to be."""
    grid = Grid.grid(padding=(0, 2))
    for column in table.columns:
        rules = ", ".join(view.column_rules(column))
        grid.add_row(*(Text(cell, overflow="fold") for cell in (shown(column.name), column.type.display, rules)))
    return Padding(grid, (0, 0, 0, 2), expand=False)


def findings(found: Iterable[Finding], *, quiet: bool = False) -> RenderableType | None:
    """Lay out findings by severity, the gravest first; None where there is nothing to show."""
    parts: list[RenderableType] = []
    for severity, group in view.by_severity(found).items():
        if quiet and severity is Severity.INFO:
            continue
        parts += [Text(), Text(f"{_HEADINGS[severity]} ({len(group)})", style=_STYLES[severity])]
        parts += [_finding(finding) for finding in group]
    return Group(*parts) if parts else None


def checks(checked: Verification, *, every: bool = False) -> RenderableType:
    """Lay out how promises were kept: one line a kind of promise, and those that are broken, or ``every`` one."""
    parts: list[RenderableType] = []
    grid = _grid("Promise", "Table", "Name")
    grid.add_column("Breaches", justify="right", no_wrap=True)
    listed = [check for check in checked.checks if every or not check.kept]
    for check in listed:
        style = "" if check.kept else "bold red"
        name = Text(str(check.table), overflow="fold")
        grid.add_row(
            check.promise.value, name, Text(check.name, overflow="fold"), Text(_count(check.breaches), style=style)
        )
    if listed:
        parts.append(grid)
    summary = Grid.grid(padding=(0, 2))
    for promise in dict.fromkeys(check.promise for check in checked.checks):
        group = [check for check in checked.checks if check.promise is promise]
        kept = sum(check.kept for check in group)
        summary.add_row(promise.value, f"{_count(kept)} of {_count(len(group))} kept")
    if checked.checks:
        parts.append(summary)
    parts.append(Text("Every promise is kept." if checked.ok else "Some promises are broken.", style="bold"))
    return Group(*parts)


def samples(names: Sequence[str], rows: Iterable[Sequence[object]], *, width: int) -> RenderableType:
    """Lay out a few rows: as a table where the columns fit the width, else one column of values a row."""
    cells = [[_cell(value) for value in row] for row in rows]
    needed = sum(max(len(text) for text in column) + 2 for column in zip(names, *cells, strict=True)) if names else 0
    if needed <= width:
        grid = _grid(*names)
        for row in cells:
            grid.add_row(*(Text(text) for text in row))
        return grid
    turned = Grid.grid(padding=(0, 2))
    turned.add_column(style="dim")
    for name, values in zip(names, zip(*cells, strict=True), strict=True) if cells else ():
        turned.add_row(Text(name, overflow="fold"), *(Text(value, overflow="fold") for value in values))
    return Padding(turned, (0, 0, 0, 1), expand=False)


def schemas(counts: Mapping[str, int]) -> RenderableType:
    """Lay out schemas with how many tables each has."""
    grid = Grid.grid(padding=(0, 2))
    for name, tables in sorted(counts.items()):
        grid.add_row(Text(shown(name), overflow="fold"), _tables(tables))
    return Padding(grid, (0, 0, 0, 2), expand=False)


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes text as it is: names in brackets are no markup, numbers get no colour."""
    return _Console(stderr=stderr, markup=False, highlight=False, emoji=False)


class _Console(Console):
    """A console that goes quiet when its reader has gone, as ``head`` does, and lets the command end as it would."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


def where(name: QualifiedName, column: str) -> str:
    """Return a column's place as findings write it."""
    return f"{name}.{shown(column)}"


def _finding(finding: Finding) -> RenderableType:
    head = Text(finding.code, style="bold")
    head.append(f" {finding.where}" if finding.where else "", style="not bold")
    body = Text(finding.message, overflow="fold")
    if finding.hint:
        body.append(f"\n{finding.hint}", style="dim")
    told = Padding(body, (0, 0, 0, 2), expand=False)
    return Padding(Group(head, told), (0, 0, 0, 2), expand=False)


def _grid(*headings: str) -> Grid:
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="dim")
    for heading in headings:
        grid.add_column(Text(heading), overflow="fold")
    return grid


def _cell(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else str(value)
    if value is None or isinstance(value, bool):
        return {None: "NULL", True: "true", False: "false"}[value]
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _count(number: int) -> str:
    return f"{number:,}"


def _rows(number: int) -> str:
    return f"{_count(number)} row{'' if number == 1 else 's'}"


def _tables(number: int) -> str:
    return f"{_count(number)} table{'' if number == 1 else 's'}"
