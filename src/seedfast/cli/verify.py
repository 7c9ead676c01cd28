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

if TYPE_CHECKING:
    from seedfast.names import QualifiedName

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
    assigned: Sequence[tuple[str, str]],
) -> int:
    """Check every foreign key, CHECK, NOT NULL and sequence of a database. Only reads.

    Ends with status 3 where a promise is broken.
    """
    planned = None if plan_file is None else _planned(plan_file)
    target = resolved_dsn(terminal, dsn)
    session = {**project_here().session, **dict(assigned)}

    from seedfast import pipeline

    with terminal.watch() as listener:
        verification = pipeline.check(target, names(schema), planned, listener, session, coherence=coherence)
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
