"""What a command says, and to whom: results to stdout, everything else to stderr, questions only to a person."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import click

from seedfast.events import Event, Listener, LoadStarted, ModelAsked, RowsLoaded, StageStarted, ignore

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from seedfast.pipeline import Prepared
    from seedfast.report.redaction import Redactor

Kind = TypeVar("Kind")

_STAGES = {
    "connect": "Connecting",
    "introspect": "Reading the catalog",
    "plan": "Planning",
    "probe": "Trying a few rows",
    "load": "Loading",
    "write": "Writing",
    "verify": "Checking",
}

_ASKED = {"scope": "the request", "columns": "columns", "pack": "what no data pack covers"}


@dataclass
class Terminal:
    """How this command talks. With ``json`` stdout carries one object, and prose goes to stderr.

    ``dsns`` are those that the command has seen: their passwords are taken out of every error. With ``redact`` so are
    values that the schema or the user has written down, out of everything.
    """

    json: bool = False
    quiet: bool = False
    verbose: bool = False
    redact: bool = False
    dsns: list[str] = field(default_factory=list)
    redactor: Redactor | None = None

    @property
    def interactive(self) -> bool:
        """Whether a person is there to be asked."""
        return sys.stdin.isatty() and sys.stdout.isatty()

    @cached_property
    def prose(self) -> Console:
        """Where text for people goes."""
        from seedfast.report import text

        return text.console(stderr=self.json)

    def learn(self, prepared: Prepared) -> None:
        """Find out, with ``redact``, which values are to be masked from now on."""
        if not self.redact:
            return
        from seedfast.report.redaction import Redactor

        request, given = prepared.request, prepared.scope.given if prepared.scope is not None else {}
        cells = (cell for rows in given.values() for row in rows for cell in row.cells.values())
        fixed = (each.values for columns in prepared.options.overrides.values() for each in columns.values())
        said = [*request.session.values(), *fixed, *cells]
        self.redactor = Redactor.of(prepared.database, said)

    def hidden(self, value: Kind) -> Kind:
        """Return what may be shown of a plan, a schema, rows or findings: all of it, or with ``redact`` no literal."""
        if not self.redact:
            return value
        from seedfast.report.redaction import Redactor

        return (self.redactor or Redactor()).over(value)

    def show(self, *parts: RenderableType | None) -> None:
        """Print text for people; None stands for nothing."""
        for part in parts:
            if part is not None:
                self.prose.print(part)

    def document(self, text: str) -> None:
        """Print the one object of a command's JSON output; it is UTF-8 whatever the locale."""
        try:
            click.echo(text.encode("utf-8", "backslashreplace") + b"\n", nl=False)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read has gone; what the command did is done, and its status still tells.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def ask(self, question: str) -> bool:
        """Ask a person; an empty answer is yes, the end of input no."""
        answer = self.answer(f"{question} [Y/n]")
        return answer is not None and answer.lower() in ("", "y", "yes")

    def answer(self, question: str) -> str | None:
        """Ask a person, and return what they say; None at the end of input."""
        click.echo(f"{question} ", nl=False, err=True)
        answer = sys.stdin.readline()
        if not answer:
            click.echo(err=True)
        return answer.strip() if answer else None

    @contextmanager
    def watch(self) -> Iterator[Listener]:
        """Show the progress of what runs inside: a bar on a terminal, lines with ``-v`` elsewhere."""
        if self.quiet or not sys.stderr.isatty():
            yield _log if self.verbose and not self.quiet else ignore
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        from seedfast.report import text

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=text.console(stderr=True), transient=True) as progress:
            task = progress.add_task("", total=None)

            def listen(event: Event) -> None:
                match event:
                    case StageStarted(stage):
                        progress.reset(task, total=None, description=_STAGES.get(stage, stage))
                    case ModelAsked():
                        progress.reset(task, total=None, description=_asking(event).replace("[", r"\["))
                    case LoadStarted(rows):
                        progress.reset(task, total=rows, description=_STAGES["load"])
                    case RowsLoaded(table, rows):
                        progress.update(task, advance=rows, description=str(table).replace("[", r"\["))

            yield listen


def _log(event: Event) -> None:
    match event:
        case StageStarted(stage):
            click.echo(f"{_STAGES.get(stage, stage)} ...", err=True)
        case LoadStarted(rows):
            click.echo(f"{rows:,} rows to load", err=True)
        case ModelAsked():
            click.echo(f"{_asking(event)} ...", err=True)


def _asking(event: ModelAsked) -> str:
    return f"Asking {event.model} about {_ASKED.get(event.about, event.about)}: some {event.tokens:,} tokens"


def echo_error(code: str, message: str, hint: str) -> None:
    """Say on stderr what went wrong and what to do."""
    click.echo(f"{click.style('error:', fg='red', bold=True)} {message} [{code}]", err=True)
    if hint:
        click.echo(f"{click.style('hint:', fg='cyan')} {hint}", err=True)


def json_wanted(arguments: list[str]) -> bool:
    """Tell whether the arguments ask for JSON; needed where they are wrong and can't be parsed."""
    return "--output=json" in arguments or ("--output", "json") in pairwise(arguments)


def named_dsns(arguments: list[str]) -> list[str]:
    """Return what may be a DSN with a password: among the arguments, and in the environment."""
    from seedfast.config import ENVIRONMENT

    words = [word.removeprefix("--dsn=") for word in arguments] + [os.environ.get(name, "") for name in ENVIRONMENT]
    return [word for word in words if "://" in word or "password" in word]


def result(terminal: Terminal, document: dict[str, Any]) -> None:
    """Print a command's JSON object."""
    from seedfast.report import json

    terminal.document(json.dumps(document))
