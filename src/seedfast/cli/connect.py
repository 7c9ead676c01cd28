"""``seedfast connect``: test a connection and remember it."""

from __future__ import annotations

import os

import click

from seedfast.cli.options import verbosity_options
from seedfast.cli.terminal import Terminal
from seedfast.errors import UsageError


@click.command("connect", short_help="Test a connection and remember it.")
@click.argument("dsn", required=False, metavar="[DSN]")
@click.option("--forget", is_flag=True, help="Remove the stored DSN.")
@verbosity_options
@click.pass_obj
def connect(terminal: Terminal, /, *, dsn: str | None, forget: bool) -> int:
    """Test a connection, say what is there, and store the DSN for the other commands.

    It goes into the system's keyring, or where there is none into a file that only you can read. Without DSN it is
    taken from SEEDFAST_DSN or DATABASE_URL, or asked for without showing it.
    """
    from seedfast import config

    if forget:
        if dsn is not None:
            raise UsageError("SF-USAGE", "--forget takes no DSN.", "Run `seedfast connect --forget`.")
        terminal.show("Removed the stored DSN." if config.forget_dsn() else "There was no stored DSN.")
        return 0
    given = dsn or next((os.environ[name] for name in config.ENVIRONMENT if os.environ.get(name)), None)
    if given is None and terminal.interactive:
        given = click.prompt("DSN (not shown)", hide_input=True, err=True)
    if given is None:
        raise UsageError(
            "SF-DSN-MISSING",
            "No database is named.",
            "Run `seedfast connect postgresql://USER:PASSWORD@HOST:PORT/DATABASE`.",
        )
    terminal.dsns.append(given)
    target = config.normalised(given)
    terminal.dsns.append(target)

    from seedfast import db, pipeline
    from seedfast.report import text

    with terminal.watch() as listener:
        survey = pipeline.survey(target, listener)
    terminal.show(
        f"Connected to {db.describe(target)} as {survey.user}.",
        f"PostgreSQL {survey.server_version_text}, database {survey.database}.",
    )
    if survey.schemas:
        terminal.show("Schemas with tables:", text.schemas(survey.schemas))
    else:
        terminal.show("No table is visible to this role.")
    if survey.read_only:
        terminal.show("This connection is read-only: `seedfast plan` works on it, `seedfast seed` does not.")
    place = config.store_dsn(target)
    where = "the system's keyring" if place is config.Place.KEYRING else f"{config.connection_file()}, mode 0600"
    terminal.show(f"Stored the DSN in {where}; `seedfast connect --forget` removes it.")
    return 0
