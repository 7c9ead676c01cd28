"""A schema from a file in the place of a database."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from seedfast.cli.terminal import Terminal
from seedfast.errors import UsageError

schema_file_option = click.option(
    "--schema-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the schema from what `pg_dump --schema-only` wrote, and need no database.",
)


def dsn_of(stack: ExitStack, terminal: Terminal, file: Path | None, dsn: str | None) -> str | None:
    """Load the file into a server that lives as long as the stack; return where that is, or the DSN without a file."""
    if file is None:
        return dsn
    if dsn is not None:
        raise UsageError("SF-USAGE", "--schema-file and --dsn both name a schema.", "Give one of them.")
    from seedfast.embedded import EPHEMERAL, EmbeddedServer, load_schema

    if not terminal.quiet:
        click.echo("Starting PostgreSQL ...", err=True)
    server = stack.enter_context(EmbeddedServer.start(settings=EPHEMERAL))
    loaded = load_schema(server, file)
    terminal.dsns.append(loaded)
    return loaded
