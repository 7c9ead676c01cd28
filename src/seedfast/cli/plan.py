"""``seedfast plan``: what ``seed`` would do, and why."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from seedfast.cli.options import (
    SelectingCommand,
    assist_options,
    dsn_option,
    include_option,
    output_option,
    pack_option,
    redact_option,
    request,
    scope_option,
    selection_options,
    set_option,
    value_options,
    verbosity_options,
)
from seedfast.cli.schemafile import dsn_of, schema_file_option
from seedfast.cli.terminal import Terminal


@click.command("plan", short_help="Show what seed would do, and why.", cls=SelectingCommand)
@dsn_option
@scope_option
@value_options
@selection_options
@set_option
@include_option
@pack_option
@assist_options
@click.option(
    "--save",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what is wanted into a file, as [scope]; `seed` uses it where it is named seedfast.toml.",
)
@click.option(
    "--show-payload", is_flag=True, help="Print the requests that the model would get, and send none of them."
)
@schema_file_option
@redact_option
@output_option
@verbosity_options
@click.pass_obj
def plan(
    terminal: Terminal,
    /,
    *,
    file: Path | None,
    show_payload: bool,
    schema_file: Path | None,
    dsn: str | None,
    **options: Any,
) -> int:
    """Show which rows `seed` would make, from which generators, in which order, and why. Only reads.

    With --output json it is a file that a person can edit and `seed --plan` takes.
    """
    from seedfast import pipeline

    with ExitStack() as stack:
        wanted = request(terminal, dsn=dsn_of(stack, terminal, schema_file, dsn), **options)
        if show_payload:
            requests = pipeline.shown_payload(wanted)
            click.echo("\n\n".join(request for request, _ in requests) or "Nothing would be sent.")
            tokens = sum(each for _, each in requests)
            if requests and not terminal.quiet:
                many = "request" if len(requests) == 1 else "requests"
                click.echo(f"{len(requests)} {many} of some {tokens:,} tokens, and what the replies take.", err=True)
            return 0
        listener = stack.enter_context(terminal.watch())
        prepared = pipeline.prepare(wanted, listener)
    terminal.learn(prepared)
    shown = terminal.hidden(prepared.plan)
    if file is not None:
        from seedfast import project
        from seedfast.scope import written
        from seedfast.scope.spec import ScopeSpec

        scope = prepared.scope or ScopeSpec()
        project.save(file, written.write(scope), written.written_rows(scope))
        if not terminal.quiet:
            click.echo(f"Wrote [scope] into {file}.", err=True)
    if terminal.json:
        from seedfast.cli import planfile

        terminal.document(planfile.write(shown))
        return 0
    from seedfast.report import text

    terminal.show(text.plan(shown, prepared.database.name, every=terminal.verbose))
    terminal.show(text.findings(shown.findings, quiet=terminal.quiet))
    return 0
