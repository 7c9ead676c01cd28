"""``seedfast demo``: a small shop on a PostgreSQL server of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from seedfast.cli.options import DEFAULT_ROWS, DEFAULT_SEED, moment_type, today, verbosity_options
from seedfast.cli.terminal import Terminal
from seedfast.names import shown

if TYPE_CHECKING:
    from datetime import datetime

    from seedfast.embedded import EmbeddedServer
    from seedfast.pipeline import Outcome

GAPS = 3
_SAMPLES = 3


@click.command("demo", short_help="Fill a small shop on a server that comes along.")
@click.option("--keep", is_flag=True, help="Leave the server running, and say how to stop it.")
@click.option("--rows", type=click.IntRange(min=0), default=DEFAULT_ROWS, show_default=True, metavar="N")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, metavar="N")
@click.option("--now", type=moment_type, metavar="TIMESTAMP", help="The moment that the data ends at.")
@verbosity_options
@click.pass_obj
def demo(terminal: Terminal, /, *, keep: bool, rows: int, seed: int, now: datetime | None) -> int:
    """Start a PostgreSQL server that comes with seedfast, create a small shop and fill it.

    Nothing else is needed. The server and its files are gone when the demo ends.
    """
    from seedfast import pipeline
    from seedfast.embedded import EPHEMERAL, EmbeddedServer, create_demo_schema

    if not terminal.quiet:
        click.echo("Starting PostgreSQL ...", err=True)
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        dsn = server.dsn()
        terminal.dsns.append(dsn)
        create_demo_schema(dsn)
        wanted = pipeline.Request(dsn=dsn, now=now or today(), rows=rows, seed=seed)
        with terminal.watch() as listener:
            outcome = pipeline.execute(pipeline.prepare(wanted, listener), listener)
        _show(terminal, outcome, dsn)
        _say_how_to_open(terminal, server)
        if keep:
            server.keep()
            terminal.show("", "The server keeps running. This stops it and removes its files:", f"  {server.stop_line}")
        elif terminal.interactive:
            terminal.show("", "The server runs until you press Enter or Ctrl-C.")
            _wait()
    return GAPS if outcome.gaps else 0


def _wait() -> None:
    try:
        sys.stdin.readline()
    except KeyboardInterrupt:
        click.echo(err=True)


def _show(terminal: Terminal, outcome: Outcome, dsn: str) -> None:
    """Show every table with a few of its rows, as they are in the database now."""
    from seedfast import db
    from seedfast.report import text, view

    with db.connect(dsn) as connection, db.snapshot(connection):
        for line in view.result_lines(outcome.tables, outcome.plan):
            cursor = connection.execute(f"SELECT * FROM {line.name.sql} ORDER BY 1, 2 LIMIT {_SAMPLES}".encode())
            names = [shown(column.name) for column in cursor.description or ()]
            terminal.show("", f"{line.name}: {line.inserted or 0:,} {'row' if line.inserted == 1 else 'rows'}")
            terminal.show(text.samples(names, cursor.fetchall(), width=terminal.prose.width))
    terminal.show(text.findings(outcome.findings, quiet=terminal.quiet))
    total = sum(table.inserted for table in outcome.tables)
    terminal.show("", f"Inserted {total:,} rows in {outcome.seconds:.1f} s.", text.identity(outcome.plan))


def _say_how_to_open(terminal: Terminal, server: EmbeddedServer) -> None:
    """Print the DSN and the psql line: the password was made for this server alone and dies with it."""
    terminal.show("", "Open it:")
    for line in (server.dsn(), server.psql_line()):
        # Unwrapped, so that it can be copied.
        terminal.prose.print(f"  {line}", soft_wrap=True)
