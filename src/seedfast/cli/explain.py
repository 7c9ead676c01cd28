"""``seedfast explain``: everything about one table, one column, or one code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from seedfast.cli.options import (
    assist_options,
    dsn_option,
    pack_option,
    redact_option,
    request,
    schema_option,
    set_option,
    value_options,
    verbosity_options,
)
from seedfast.cli.terminal import Terminal
from seedfast.errors import UsageError
from seedfast.names import shown

if TYPE_CHECKING:
    from seedfast.model.database import Database
    from seedfast.names import QualifiedName
    from seedfast.pipeline import Prepared

_CODE = re.compile(r"SF-[A-Z0-9-]+\Z", re.IGNORECASE)
_SAMPLES = 5


@click.command("explain", short_help="Explain a table, a column or a code.")
@click.argument("what", metavar="TABLE[.COLUMN] | CODE")
@dsn_option
@value_options
@schema_option
@set_option
@pack_option
@assist_options
@redact_option
@verbosity_options
@click.pass_obj
def explain(terminal: Terminal, /, *, what: str, **options: Any) -> int:
    """Explain what is planned for a table or a column, or what a finding's code means.

    A code needs no database.
    """
    if _CODE.match(what):
        from seedfast.report import codes

        page = codes.page(what)
        terminal.show(f"{page.code}: {page.title}", "", page.what, "", f"What to do: {page.do}")
        return 0
    wanted = request(terminal, **options)

    from seedfast import pipeline

    with terminal.watch() as listener:
        prepared = pipeline.prepare(wanted, listener)
    terminal.learn(prepared)
    table, column = _target(prepared.database, what)
    if column is None:
        _explain_table(terminal, prepared, table)
    else:
        _explain_column(terminal, prepared, table, column)
    return 0


def _target(database: Database, what: str) -> tuple[QualifiedName, str | None]:
    """Return the table and column that the user means; a table of that name goes before a column."""
    from seedfast.plan.volumes import resolve, resolve_column

    try:
        return resolve(database, what), None
    except UsageError as unknown:
        if "." not in what:
            raise
        try:
            return resolve_column(database, what)
        except UsageError as error:
            raise (unknown if error.code.startswith("SF-TABLE-") else error) from None


def _explain_table(terminal: Terminal, prepared: Prepared, name: QualifiedName) -> None:
    from seedfast.report import text, view

    table, plan = terminal.hidden(prepared.database.by_name[name]), terminal.hidden(prepared.plan)
    planned = plan.table(name)
    terminal.show(f"{name}", table.comment, text.identity(plan), "")
    terminal.show("Declared:", text.columns(table), "")
    if lines := view.constraint_lines(table):
        terminal.show("Constraints:", text.constraints(lines), "")
    terminal.show(text.table_plan(planned, heading=f"Planned ({planned.status.value})"))
    _show_samples(terminal, prepared, name, None)
    terminal.show(text.findings(view.findings_at(plan.findings, str(name))))


def _explain_column(terminal: Terminal, prepared: Prepared, name: QualifiedName, column: str) -> None:
    from seedfast.report import text, view

    table, plan = terminal.hidden(prepared.database.by_name[name]), terminal.hidden(prepared.plan)
    declared = table.column(column)
    place = text.where(name, column)
    terminal.show(f"{place} {declared.type.display}", declared.comment, text.identity(plan))
    rules = [("declared", rule) for rule in view.column_rules(declared)]
    if rules := [*rules, *view.constraints_of_column(table, column)]:
        terminal.show("", "Constraints:", text.constraints(rules))
    lines = [line for line in view.column_lines(plan.table(name)) if line.name == column]
    for line in lines:
        pairs = [("values from", line.values), *(("with", given) for given in line.parameters), ("why", line.reason)]
        terminal.show("", "Planned:", text.constraints(pairs))
    if not lines:
        terminal.show("", f"Nothing is planned: {plan.table(name).reason or 'the table is not filled'}.")
    _show_samples(terminal, prepared, name, column)
    terminal.show(text.findings(view.findings_at(plan.findings, place)))


def _show_samples(terminal: Terminal, prepared: Prepared, name: QualifiedName, column: str | None) -> None:
    from seedfast import pipeline
    from seedfast.plan.spec import Status
    from seedfast.report import text

    planned = prepared.plan.table(name)
    if planned.status is not Status.FILL or not planned.rows:
        return
    batch = pipeline.sample(prepared, name, _SAMPLES)
    columns = [each for each in batch.schema.names if column in (None, each)]
    if columns:
        rows = terminal.hidden(list(zip(*(batch.column(each).to_pylist() for each in columns), strict=True)))
        shown_rows = text.samples([shown(each) for each in columns], rows, width=terminal.prose.width)
        terminal.show("", "Sample:", shown_rows)
