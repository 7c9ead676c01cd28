"""The options that several commands share, and how their words become a request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from seedfast.cli.terminal import Terminal
from seedfast.errors import UsageError

if TYPE_CHECKING:
    from seedfast.assist.settings import Assist
    from seedfast.pipeline import Request
    from seedfast.plan.spec import GenerationPlan
    from seedfast.project import Project
    from seedfast.scope.spec import ScopeSpec
    from seedfast.sinks.address import Address

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

DEFAULT_ROWS = 100
DEFAULT_SEED = 1


_MILLISECONDS: Mapping[str, int] = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}
_LONGEST_MILLISECONDS = 2**31 - 1
"""PostgreSQL keeps time limits in 32 bits."""


def rows_type(written: str) -> tuple[str | None, int]:
    """Read ``N`` as (None, N), and ``TABLE=N`` as (TABLE, N)."""
    table, equals, number = written.rpartition("=")
    if not re.fullmatch(r"[0-9][0-9_]{0,17}", number) or (equals and not table):
        raise click.BadParameter(f"{written!r} is neither a number of rows nor TABLE=NUMBER.")
    return table if equals else None, int(number)


def setting_type(written: str) -> tuple[str, str]:
    """Read ``NAME=VALUE``, where the value may be empty or hold further equals signs."""
    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"{written!r} is no NAME=VALUE such as app.tenant=1.")
    return name.strip(), value


def include_type(written: str) -> tuple[str, Path]:
    """Read ``TABLE=FILE``."""
    table, equals, file = written.partition("=")
    if not equals or not table.strip() or not file.strip():
        raise click.BadParameter(f"{written!r} is no TABLE=FILE such as users=users.csv.")
    return table.strip(), Path(file.strip())


def moment_type(written: str) -> datetime:
    """Read a moment in ISO 8601."""
    try:
        return moment(written)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{written!r} is no ISO 8601 timestamp such as 2026-01-31 or 2026-01-31T12:00:00Z."
        ) from None


def duration_type(written: str) -> int | None:
    """Read a time span with its unit as milliseconds; 0, which is no limit, as None."""
    found = re.fullmatch(r"\s*([0-9]{1,10})\s*(ms|s|min|h)\s*", written)
    if written.strip() == "0":
        return None
    if found is None or int(found[1]) * _MILLISECONDS[found[2]] > _LONGEST_MILLISECONDS:
        raise click.BadParameter(f"{written!r} is no time span such as 30s, 500ms or 2min (0 waits without limit).")
    return int(found[1]) * _MILLISECONDS[found[2]] or None


def engine_type(written: str) -> str:
    """Read ``local`` as "", and ``dask://HOST:PORT`` as the address of a scheduler."""
    if written == "local":
        return ""
    found = re.fullmatch(r"dask://([^/\s]+:[0-9]{1,5})/?", written)
    if found is None:
        raise click.BadParameter(f"{written!r} is neither local nor dask://HOST:PORT.")
    return f"tcp://{found[1]}"


class SelectingCommand(click.Command):
    """A command whose selecting options take several values: ``--only a b``, ``--only a,b``, ``--only a --only b``.

    The command has no positional arguments, so a word after such an option's value is one more of its values.
    """

    several = ("--rows", "--schema", "--only", "--skip")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before every further value, and parse."""
        spelled: list[str] = []
        option, values = "", 0
        for word in args:
            if word.startswith("-") and len(word) > 1:
                option, values = word.partition("=")[0], int("=" in word)
            else:
                if option in self.several and values:
                    spelled.append(option)
                values += 1
            spelled.append(word)
        return super().parse_args(ctx, spelled)


def _chain(*decorators: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    def decorate(function: Decorated) -> Decorated:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _set(attribute: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.find_object(Terminal), attribute, True)

    return callback


dsn_option = click.option(
    "--dsn",
    metavar="URL",
    help="The database. Default: SEEDFAST_DSN, then DATABASE_URL, then what `seedfast connect` stored.",
)

verbosity_options = _chain(
    click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_set("verbose"), help="Say more."),
    click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_set("quiet"), help="Say less."),
)

redact_option = click.option(
    "--redact",
    is_flag=True,
    expose_value=False,
    callback=_set("redact"),
    help="Mask the values that CHECKs, defaults, comments and rows of your own hold in everything that is said.",
)

output_option = click.option(
    "--output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    expose_value=False,
    callback=lambda ctx, param, value: _set("json")(ctx, param, value == "json"),
    help="Text for people, or one JSON object on stdout.",
)

value_options = _chain(
    click.option(
        "--rows",
        type=rows_type,
        multiple=True,
        metavar="N | TABLE=N",
        help=f"Rows in every table that is filled (default {DEFAULT_ROWS}), or in one; repeatable.",
    ),
    click.option("--seed", type=int, metavar="N", help=f"Another seed gives other data (default {DEFAULT_SEED})."),
    click.option(
        "--now",
        type=moment_type,
        metavar="TIMESTAMP",
        help="The moment that the data ends at (default: the start of the current day in UTC).",
    ),
)

pack_option = click.option(
    "--pack",
    "packs",
    type=click.Path(),
    multiple=True,
    metavar="DIR",
    help="A folder with a data pack of your own, or with several; repeatable.",
)

set_option = click.option(
    "--set",
    "assigned",
    type=setting_type,
    multiple=True,
    metavar="NAME=VALUE",
    help="What a column holds (users.plan=person.job), or a setting of the session (app.tenant=1); repeatable.",
)

session_option = click.option(
    "--set",
    "assigned",
    type=setting_type,
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of the session, as the application gives it to triggers and policies; repeatable.",
)

include_option = click.option(
    "--include",
    "included",
    type=include_type,
    multiple=True,
    metavar="TABLE=FILE.csv",
    help="Rows of your own for a table, as comma-separated values with a header; repeatable.",
)

assist_options = _chain(
    click.option(
        "--assist",
        metavar="PROVIDER:MODEL",
        help="A language model to ask about what isn't understood; off asks none, whatever seedfast.toml says.",
    ),
    click.option(
        "--frozen", is_flag=True, help="Ask the model nothing: fail where seedfast.lock doesn't hold the answer."
    ),
)

scope_option = click.option(
    "--scope",
    "words",
    metavar="TEXT",
    default="",
    help="What is wanted, in plain words: '500 orders, mostly shipped, from the last 90 days'.",
)

schema_option = click.option(
    "--schema", multiple=True, metavar="NAME ...", help="Only tables of these schemas; repeatable."
)

selection_options = _chain(
    schema_option,
    click.option("--only", multiple=True, metavar="TABLE ...", help="Only these tables, and parents they need."),
    click.option("--skip", multiple=True, metavar="TABLE ...", help="All but these tables; repeatable."),
    click.option("--append", is_flag=True, help="Add rows to tables that hold some, too."),
)


def moment(text: str) -> datetime:
    """Return an ISO 8601 timestamp in UTC; a ValueError or OverflowError where it is none."""
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def today() -> datetime:
    """Return the start of the current day in UTC: the only time that seedfast looks at a clock's date."""
    now = datetime.now(UTC)  # noqa: TID251  this is the command line
    return now - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second, microseconds=now.microsecond)


def names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the names in repeated options, each of which may be a list with commas; quoted names keep theirs."""
    found = [part.strip() for value in values for part in re.findall(r'(?:"(?:[^"]|"")*"|[^",]|")+', value)]
    return tuple(name for name in found if name)


def resolved_dsn(terminal: Terminal, flag: str | None) -> str:
    """Return the DSN in force, and remember it so that no error shows its password."""
    import os

    from seedfast import config

    dsn = config.resolve(flag, os.environ).dsn
    terminal.dsns.append(dsn)
    return dsn


def project_here() -> Project:
    """Return what the project's file says that lies in the working folder or above it."""
    from seedfast import project

    path = project.find(Path.cwd())
    return project.Project() if path is None else project.read(path)


def project_scope(terminal: Terminal, of_project: Project, *, replaced: bool) -> ScopeSpec | None:
    """Return the scope that a project's file says, with rows of one's own, and tell that it is used.

    Where ``replaced``, something else says what is wanted, and only the rows are of use.
    """
    said = {} if replaced else of_project.scope or {}
    if not said and not of_project.rows:
        return None
    from seedfast.scope import written

    if not terminal.quiet:
        sections = " and ".join(name for name, there in (("[scope]", said), ("[[rows]]", of_project.rows)) if there)
        click.echo(f"Using {sections} of {of_project.path}.", err=True)
    return written.read(said, of_project.rows, of_project.path.name if of_project.path else "")


def assistant(of_project: Project, flag: str | None, *, frozen: bool, keeps: bool) -> Assist | None:
    """Return the model that ``--assist``, else the project's file names; its answers are kept beside that file."""
    if flag is None and of_project.assist is None:
        return None
    from seedfast.assist import settings

    folder = of_project.path.parent if of_project.path else Path.cwd()
    return settings.read(of_project.assist, flag, folder, frozen=frozen, keeps=keeps)


def target_type(written: str) -> Address:
    """Read ``FORM:PLACE``."""
    from seedfast.sinks import address

    return address.read(written)


def including(scope: ScopeSpec | None, files: Sequence[tuple[str, Path]]) -> ScopeSpec | None:
    """Return a scope with the rows of the user's own that files hold, after those that it has."""
    if not files:
        return scope
    from dataclasses import replace

    from seedfast.scope.own_rows import read_csv
    from seedfast.scope.spec import ScopeSpec

    scope = scope or ScopeSpec()
    given = dict(scope.given)
    for table, path in files:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else (error.strerror or "").lower()
            raise UsageError("SF-OWN-FILE", f"{path} can't be read: {why}.", "Name a CSV file in UTF-8.") from None
        given[table] = (*given.get(table, ()), *read_csv(text, path.name))
    return replace(scope, given=given)


def request(
    terminal: Terminal,
    *,
    dsn: str | None,
    rows: Sequence[tuple[str | None, int]],
    seed: int | None,
    now: datetime | None,
    schema: Sequence[str] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    assigned: Sequence[tuple[str, str]] = (),
    packs: Sequence[str] = (),
    words: str = "",
    included: Sequence[tuple[str, Path]] = (),
    assist: str | None = None,
    frozen: bool = False,
    plan: GenerationPlan | None = None,
    **switches: Any,
) -> Request:
    """Return what the options ask for. A plan has its own seed, moment and selection, and takes none besides."""
    target = resolved_dsn(terminal, dsn)
    given = {
        "--rows": rows,
        "--seed": seed is not None,
        "--now": now,
        "--schema": schema,
        "--only": only,
        "--skip": skip,
        "--scope": words,
        "--include": included,
    }
    if plan is not None:
        for option, value in given.items():
            if value:
                raise UsageError(
                    "SF-PLAN-CONFLICT",
                    f"{option} can't be given together with --plan: the plan says it already.",
                    f"Leave {option} out, or make a new plan with it: seedfast plan {option} ... --output json.",
                )
    from seedfast.pipeline import Request

    of_project = project_here()
    general = [number for table, number in rows if table is None]
    return Request(
        dsn=target,
        now=moment(plan.now) if plan else now or today(),
        rows=general[-1] if general else None,
        table_rows={table: number for table, number in rows if table is not None},
        seed=plan.seed if plan else DEFAULT_SEED if seed is None else seed,
        schemas=names(schema),
        only=names(only),
        skip=names(skip),
        plan=plan,
        session=of_project.session,
        columns=of_project.columns,
        scope=None if plan else including(project_scope(terminal, of_project, replaced=bool(words)), included),
        words=words,
        assigned=tuple(assigned),
        packs=tuple(packs),
        assist=assistant(of_project, assist, frozen=frozen, keeps=not terminal.redact),
        **switches,
    )
