"""``seedfast verify``: check a database's promises about its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seedfast.cli.options import (
    SelectingCommand,
    dsn_option,
    names,
    output_option,
    project_here,
    redact_option,
    resolved_dsn,
    schema_option,
    session_option,
    verbosity_options,
)
from seedfast.cli.terminal import Terminal, result
from seedfast.errors import UsageError

if TYPE_CHECKING:
    from seedfast.names import QualifiedName
    from seedfast.project import Project
    from seedfast.scope.spec import Outcome

BROKEN = 3


@click.command("verify", short_help="Check what a database promises about its rows.", cls=SelectingCommand)
@dsn_option
@schema_option
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold the rows that the tables have against this plan, too.",
)
@click.option(
    "--coherence",
    is_flag=True,
    help="Count rows that point at nothing or don't add up where no constraint asks for it, too.",
)
@click.option(
    "--figures",
    is_flag=True,
    help="Hold the exact figures that [scope] of seedfast.toml asks for against all rows, too.",
)
@session_option
@redact_option
@output_option
@verbosity_options
@click.pass_obj
def verify(
    terminal: Terminal,
    /,
    *,
    dsn: str | None,
    schema: Sequence[str],
    plan_file: Path | None,
    coherence: bool,
    figures: bool,
    assigned: Sequence[tuple[str, str]],
) -> int:
    """Check every foreign key, CHECK, NOT NULL and sequence of a database. Only reads.

    Ends with status 3 where a promise is broken.
    """
    planned = None if plan_file is None else _planned(plan_file)
    target = resolved_dsn(terminal, dsn)
    of_project = project_here()
    session = {**of_project.session, **dict(assigned)}
    outcomes = _asked(of_project) if figures else ()

    from seedfast import pipeline

    with terminal.watch() as listener:
        verification = pipeline.check(
            target, names(schema), planned, listener, session, coherence=coherence, outcomes=outcomes
        )
    verification = terminal.hidden(verification)
    if terminal.json:
        from seedfast.report import json

        result(terminal, json.verification(verification))
    else:
        from seedfast.report import text

        terminal.show(text.checks(verification, every=terminal.verbose), text.findings(verification.findings))
    return 0 if verification.ok else BROKEN


def _planned(path: Path) -> Mapping[QualifiedName, int]:
    from seedfast.cli import planfile
    from seedfast.plan.spec import Status

    tables = planfile.read(path).tables
    return {table.name: table.existing + table.rows for table in tables if table.status is Status.FILL}


def _asked(of_project: Project) -> Sequence[Outcome]:
    from seedfast.scope import written

    said = written.read(of_project.scope or {}).outcomes
    if not said:
        hint = "`seedfast plan --scope TEXT --save seedfast.toml` writes them down."
        raise UsageError("SF-USAGE", "--figures is given, and no seedfast.toml here has [[scope.outcomes]].", hint)
    return said
