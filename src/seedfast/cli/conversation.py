"""The conversation before a run: the plan is shown, and changed in words until it is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedfast.cli.terminal import Terminal
from seedfast.errors import DeclinedError
from seedfast.names import shown

if TYPE_CHECKING:
    from seedfast.names import QualifiedName
    from seedfast.pipeline import Prepared

_SAMPLES = 2
_SHOWN = 3
"""The most tables of which rows are shown."""

_YES, _NO = frozenset({"", "y", "yes", "ok", "j", "ja"}), frozenset({"n", "no", "nein"})


def approved(terminal: Terminal, prepared: Prepared) -> Prepared:
    """Show the plan and ask, as often as the answer changes something; raise a ``DeclinedError`` at a no."""
    from seedfast import pipeline
    from seedfast.report import text
    from seedfast.scope import described
    from seedfast.scope.spec import ScopeSpec

    show(terminal, prepared)
    while True:
        answer = terminal.answer("Approve? (Y/n, or say what to change)")
        if answer is None or answer.lower() in _NO:
            raise DeclinedError("SF-DECLINED", "Nothing was done.", "Answer y, or give --yes, to go ahead.")
        if answer.lower() in _YES:
            return prepared
        request, heard = pipeline.changed(prepared, answer)
        before, after = prepared.scope or ScopeSpec(), request.scope or ScopeSpec()
        changes = described.differences(before, after)
        terminal.show("", *(terminal.hidden(tuple(changes)) or ("Nothing in that changes the plan.",)))
        if not changes:
            terminal.show(text.findings(terminal.hidden(tuple(heard)), quiet=False))
            continue
        with terminal.watch() as listener:
            prepared = pipeline.prepare(request, listener, heard)
        pipeline.guard(prepared)
        show(terminal, prepared)


def show(terminal: Terminal, prepared: Prepared) -> None:
    """Show what is asked for, the tables in order, a few rows of the main ones, and what there is to say of it."""
    from seedfast import pipeline
    from seedfast.report import text, view
    from seedfast.scope import described

    if prepared.scope is not None and (wishes := described.lines(prepared.scope)):
        terminal.show("", "Asked for:", *terminal.hidden([f"  {line}" for line in wishes]))
    terminal.show("", text.table_of_tables(terminal.hidden(view.planned_lines(prepared.plan))))
    for name in _main(prepared):
        batch = pipeline.sample(prepared, name, _SAMPLES)
        values = terminal.hidden(list(zip(*(column.to_pylist() for column in batch.columns), strict=True)))
        titles = [shown(each) for each in batch.schema.names]
        terminal.show("", f"{name}:", text.samples(titles, values, width=terminal.prose.width))
    terminal.show(text.findings(terminal.hidden(prepared.plan.findings), quiet=False))
    rows, tables = view.planned_rows(prepared.plan)
    many = f"{rows:,} row{'' if rows == 1 else 's'} into {tables} table{'' if tables == 1 else 's'}"
    terminal.show("", f"{many} of {prepared.database.name}.")


def _main(prepared: Prepared) -> tuple[QualifiedName, ...]:
    """Return the tables of which rows are worth showing: those that something is asked of, then those led to most."""
    from seedfast.plan.spec import Status

    plan, scope = prepared.plan, prepared.scope
    filled = [table for table in plan.tables if table.status is Status.FILL and table.rows]
    asked: set[str] = set()
    if scope is not None:
        asked = {*scope.only, *scope.rows, *scope.natures, *(one.table for one in scope.shares)}
        asked |= {table for period in scope.periods for table in period.tables}
    led = {table.name: sum(r.parent == table.name for each in filled for r in each.references) for table in filled}
    ranked = sorted(filled, key=lambda table: (str(table.name) not in asked, -led[table.name], table.name))
    return tuple(table.name for table in ranked[:_SHOWN] if table.columns)
