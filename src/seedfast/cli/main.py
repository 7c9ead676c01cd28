"""The ``seedfast`` command: parse, run, and turn every end into a message and an exit status."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from seedfast import __version__
from seedfast.cli.connect import connect
from seedfast.cli.demo import demo
from seedfast.cli.explain import explain
from seedfast.cli.packs import packs
from seedfast.cli.plan import plan
from seedfast.cli.seed import seed
from seedfast.cli.terminal import Terminal, echo_error, json_wanted, named_dsns, result
from seedfast.cli.verify import verify
from seedfast.errors import SeedfastError

USAGE = 2
BUG = 70
INTERRUPTED = 130

_GARBAGE = 50_000
"""So many objects more than were freed before Python looks for rings among them: a plan is made of lasting ones."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Exit status: 0 done, 2 usage, 3 gaps or broken promises, 4 cannot connect or not permitted, "
        "5 declined or refused, 6 failed and rolled back, 70 a bug, 130 interrupted."
    ),
)
@click.version_option(__version__, prog_name="seedfast", message="%(prog)s %(version)s")
def cli() -> None:
    """Fill a PostgreSQL database with valid, connected, realistic synthetic data."""


for command in (connect, seed, plan, explain, packs, verify, demo):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command that the process was given, and exit with its status."""
    gc.set_threshold(_GARBAGE, *gc.get_threshold()[1:])
    # NumPy's library for linear algebra starts a thread for each core; nothing here multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status; whatever goes wrong is said in a few lines."""
    words = list(arguments)
    terminal = Terminal(json=json_wanted(words), dsns=named_dsns(words))
    try:
        status = cli.main(args=words, prog_name="seedfast", standalone_mode=False, obj=terminal)
        return status if isinstance(status, int) else 0
    except SeedfastError as error:
        return _fail(terminal, error.exit_status, error.code, error.message, error.hint)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f"`{context.command_path} --help` shows what can be given." if context else ""
        return _fail(terminal, USAGE, "SF-USAGE", error.format_message(), hint)
    except (click.Abort, KeyboardInterrupt):
        hint = "Rows stay only where the run said that it inserted them; otherwise everything is as it was."
        return _fail(terminal, INTERRUPTED, "SF-INTERRUPTED", "Interrupted.", hint)
    except Exception as error:  # noqa: BLE001  a bug of ours ends with a status of its own, not with a traceback
        if terminal.verbose:
            click.echo(terminal.hidden(_without_passwords(terminal, traceback.format_exc())), err=True)
        message = f"seedfast has a bug: {type(error).__name__}: {' '.join(str(error).split()) or 'no message'}"
        hint = "Please report it, with the output of the same command with -v and the definition of the tables."
        return _fail(terminal, BUG, "SF-BUG", message, hint)


def _fail(terminal: Terminal, status: int, code: str, message: str, hint: str) -> int:
    message, hint = terminal.hidden((_without_passwords(terminal, message), _without_passwords(terminal, hint)))
    if terminal.json:
        from seedfast.report import json

        result(terminal, json.failure(code=code, message=message, hint=hint, exit_status=status))
    echo_error(code, message, hint)
    return status


def _without_passwords(terminal: Terminal, text: str) -> str:
    if not terminal.dsns:
        return text
    from seedfast import db

    for dsn in terminal.dsns:
        text = db.redact(text, dsn)
    return text
