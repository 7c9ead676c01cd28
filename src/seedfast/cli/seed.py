"""``seedfast seed``: fill the database."""

from __future__ import annotations

import signal
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seedfast.cli.options import (
    SelectingCommand,
    assist_options,
    dsn_option,
    duration_type,
    engine_type,
    include_option,
    output_option,
    pack_option,
    redact_option,
    request,
    scope_option,
    selection_options,
    set_option,
    target_type,
    value_options,
    verbosity_options,
)
from seedfast.cli.schemafile import dsn_of, schema_file_option
from seedfast.cli.terminal import Terminal, result
from seedfast.errors import DeclinedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedfast.pipeline import Outcome, Prepared, Request
    from seedfast.report.view import TableLine
    from seedfast.sinks.address import Address

GAPS = 3


@click.command("seed", short_help="Fill the empty tables of a database.", cls=SelectingCommand)
@dsn_option
@scope_option
@value_options
@selection_options
@set_option
@include_option
@pack_option
@assist_options
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Do what a plan says, written by `seedfast plan --output json`.",
)
@click.option(
    "--to",
    type=target_type,
    metavar="FORM:PLACE",
    help="Write files instead: sql:FILE, sql-inserts:FILE, csv:DIR, parquet:DIR, arrow:DIR; null: makes rows alone.",
)
@click.option("--force", "replace", is_flag=True, help="Replace what is at the place that --to names.")
@click.option(
    "--part-rows",
    type=click.IntRange(1),
    metavar="N",
    help="With --to csv:DIR, parquet:DIR, arrow:DIR: files of N rows, by whoever makes them; run again to resume.",
)
@schema_file_option
@click.option("--dry-run", is_flag=True, help="Do everything, then roll it back.")
@click.option("--yes", is_flag=True, help="Go ahead without asking.")
@click.option("--strict", is_flag=True, help="Roll everything back where a table that could hold rows gets none.")
@click.option("--allow-existing", is_flag=True, help="Go ahead where the database looks like production.")
@click.option(
    "--no-probe",
    "probe",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Don't try a large load with a few rows first.",
)
@click.option(
    "--load",
    "mode",
    type=click.Choice(["auto", "plain", "rebuild"]),
    default="auto",
    show_default=True,
    help="How rows go in: rebuild takes indexes and foreign keys of empty tables off meanwhile, plain none.",
)
@click.option(
    "--lock-timeout",
    "lock_timeout_ms",
    type=duration_type,
    default="30s",
    show_default=True,
    metavar="TIME",
    help="How long to wait for a table that another session has locked.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Processes that make rows; unless given, as many as pay for so many rows. The rows are the same.",
)
@click.option(
    "--engine",
    "scheduler",
    type=engine_type,
    default="local",
    show_default=True,
    metavar="ENGINE",
    help="Where rows are made: local, on this machine, or by the workers of a Dask scheduler, dask://HOST:PORT.",
)
@redact_option
@output_option
@verbosity_options
@click.pass_obj
def seed(
    terminal: Terminal,
    /,
    *,
    plan_file: Path | None,
    schema_file: Path | None,
    yes: bool,
    dry_run: bool,
    mode: str,
    **options: Any,
) -> int:
    """Fill the empty tables of a database with rows that fit together.

    Tables that hold rows are left as they are and serve as parents. Everything happens in one transaction. With --to
    the rows are written into files, for the database to stay as it is.
    """
    if options["replace"] and options["to"] is None:
        raise UsageError("SF-USAGE", "--force has a meaning with --to only.", "Leave it out.")
    if options["part_rows"] and options["to"] is None:
        raise UsageError("SF-USAGE", "--part-rows has a meaning with --to only.", "Leave it out.")
    if options["scheduler"] and options["jobs"]:
        raise UsageError("SF-USAGE", "--jobs has a meaning with --engine local only.", "Leave one of them out.")
    plan = None
    if plan_file is not None:
        from seedfast.cli import planfile

        plan = planfile.read(plan_file)
    if schema_file is not None and options["to"] is None:
        raise UsageError("SF-USAGE", "--schema-file leaves no database to fill.", "Say with --to where the rows go.")
    with ExitStack() as stack:
        from seedfast.pipeline import LoadMode

        options["dsn"] = dsn_of(stack, terminal, schema_file, options["dsn"])
        wanted = request(terminal, plan=plan, dry_run=dry_run, load=LoadMode(mode), **options)
        if wanted.to is not None:
            stack.enter_context(_ended_as_interrupted())
        return _run(terminal, wanted, asks=terminal.interactive and not yes and not dry_run)


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """Let what ends the process remove what it has written, as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(terminal: Terminal, wanted: Request, *, asks: bool) -> int:
    from seedfast import pipeline
    from seedfast.cli import conversation
    from seedfast.report import view

    with terminal.watch() as listener:
        prepared = pipeline.prepare(wanted, listener)
    terminal.learn(prepared)
    pipeline.guard(prepared)
    rows, tables = view.planned_rows(prepared.plan)
    if rows and asks:
        if prepared.scope is None and wanted.to is None:
            _consent(terminal, prepared, rows, tables)
        elif prepared.scope is not None:
            prepared = conversation.approved(terminal, prepared)
    with terminal.watch() as listener:
        outcome = pipeline.execute(prepared, listener)
    _report(terminal, prepared, outcome)
    return GAPS if outcome.gaps else 0


def _consent(terminal: Terminal, prepared: Prepared, rows: int, tables: int) -> None:
    from seedfast.report import text, view

    terminal.show(text.table_of_tables(terminal.hidden(view.planned_lines(prepared.plan))))
    many = "table" if tables == 1 else "tables"
    if not terminal.ask(
        f"Seed {rows:,} {'row' if rows == 1 else 'rows'} into {tables} {many} of {prepared.database.name}?"
    ):
        raise DeclinedError("SF-DECLINED", "Nothing was done.", "Answer y, or give --yes, to go ahead.")


def _report(terminal: Terminal, prepared: Prepared, outcome: Outcome) -> None:
    wanted = prepared.request
    from seedfast.report import json, view

    lines = terminal.hidden(view.result_lines(outcome.tables, outcome.plan))
    findings = terminal.hidden(outcome.findings)
    if terminal.json:
        document = json.run(
            command="seed",
            seed=outcome.plan.seed,
            now=outcome.plan.now,
            fingerprint=outcome.plan.fingerprint,
            tables=lines,
            findings=findings,
            seconds=outcome.seconds,
            dry_run=wanted.dry_run,
            committed=outcome.committed,
            to=None if wanted.to is None else str(wanted.to),
        )
        result(terminal, document)
        return
    from seedfast.report import text

    if lines and not terminal.quiet:
        done = "Inserted" if wanted.to is None else "Written" if wanted.to.place and not wanted.dry_run else "Made"
        terminal.show(text.table_of_tables(lines, findings, done=done))
    terminal.show(text.findings(findings, quiet=terminal.quiet), "" if not terminal.quiet else None)
    terminal.show(_summary(prepared, outcome, lines), text.identity(outcome.plan))


def _summary(prepared: Prepared, outcome: Outcome, lines: tuple[TableLine, ...]) -> str:
    database = prepared.database.name
    filled = [line.inserted for line in lines if line.inserted]
    if prepared.request.to is not None and filled:
        return _written(prepared.request.to, outcome, sum(filled), len(filled))
    if not lines:
        return f"There is nothing to do: no table of {database} is visible to this role."
    if not filled and outcome.gaps:
        return f"No row went into {prepared.request.to or database}."
    if not filled:
        return f"There is nothing to do in {database}: no table in scope is to be filled."
    rows, tables = sum(filled), len(filled)
    what = f"{rows:,} {'row' if rows == 1 else 'rows'} in {tables} {'table' if tables == 1 else 'tables'} of {database}"
    what += f" in {outcome.seconds:.1f} s"
    return f"Inserted {what}." if outcome.committed else f"Dry run: {what}, and rolled back."


def _written(to: Address, outcome: Outcome, rows: int, tables: int) -> str:
    what = f"{rows:,} {'row' if rows == 1 else 'rows'} of {tables} {'table' if tables == 1 else 'tables'}"
    spent = f"in {outcome.seconds:.1f} s"
    if not outcome.committed:
        return f"Dry run: made {what} {spent}, and wrote nothing."
    if not to.place:
        return f"Made {what} {spent}: {rows / max(outcome.seconds, 0.001):,.0f} rows a second."
    return f"Wrote {what} to {to} {spent}."
