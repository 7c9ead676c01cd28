"""``seedfast.toml``: what a project wants of every run, kept beside its code."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedfast.errors import UsageError

FILE = "seedfast.toml"

_TABLES = ("assist", "columns", "rows", "scope", "session")
_SCALARS = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Project:
    """What a project's file says: ``columns`` by name as the user wrote it, and settings of the session.

    ``scope`` is what is wanted of the data, None where the file doesn't say, ``rows`` are rows of one's own by table,
    both as they are written, and ``assist`` is
    the model to ask. ``path`` is the file's, None where there is none.
    """

    columns: Mapping[str, Any] = field(default_factory=dict)
    session: Mapping[str, str] = field(default_factory=dict)
    scope: Mapping[str, Any] | None = None
    rows: Mapping[str, Any] = field(default_factory=dict)
    assist: Mapping[str, Any] | None = None
    path: Path | None = None


def find(folder: Path) -> Path | None:
    """Return the project's file in a folder or the nearest one above it."""
    return next((path for each in (folder, *folder.parents) if (path := each / FILE).is_file()), None)


def read(path: Path) -> Project:
    """Return what a project's file says; a ``UsageError`` names what can't be read in it."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(path, f"it can't be read: {error}", "It is TOML, in UTF-8.") from None
    for name, table in data.items():
        if name not in _TABLES:
            near = difflib.get_close_matches(name, _TABLES, n=1) or _TABLES
            raise _wrong(path, f"there is no [{name}]", f"The nearest is [{near[0]}].")
        if not isinstance(table, dict):
            raise _wrong(path, f"{name} is no table", f"Write [{name}], and what belongs to it in the lines below.")
    return Project(
        _columns(path, data.get("columns", {})),
        _session(path, data.get("session", {})),
        data.get("scope"),
        data.get("rows", {}),
        data.get("assist"),
        path,
    )


def save(path: Path, scope: Mapping[str, Any], rows: Mapping[str, Any]) -> None:
    """Write a scope, and rows of one's own, into a project's file, and leave all else in it as it is."""
    import tomlkit

    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        for name, table in (("scope", scope), ("rows", rows)):
            document.pop(name, None)
            if table:
                document[name] = tomlkit.item(dict(table))
        path.write_text(tomlkit.dumps(document), "utf-8")
    except (OSError, ValueError) as error:
        raise _wrong(path, f"the scope can't be written into it: {error}", "Name another file with --save.") from None


def _columns(path: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by ``table.column``: written in quotes, or below ``[columns.table]``."""
    columns: dict[str, Any] = {}
    for name, value in table.items():
        if "." in name:
            columns[name] = value
        elif isinstance(value, dict):
            columns |= {f"{name}.{_quoted(column)}": inner for column, inner in value.items()}
        else:
            raise _wrong(path, f"[columns] has {name!r}, which is no column", 'Write "TABLE.COLUMN", in quotes.')
    return columns


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"' if "." in column else column


def _session(path: Path, table: Mapping[str, Any]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for name, value in table.items():
        # A dotted name that isn't quoted is a table in TOML.
        inner = {f"{name}.{key}": each for key, each in value.items()} if isinstance(value, dict) else {name: value}
        for each, said in inner.items():
            if not isinstance(said, _SCALARS):
                raise _wrong(path, f"[session] has no text for {each!r}", f'Write "{each}" = "VALUE".')
            settings[each] = str(said).lower() if isinstance(said, bool) else str(said)
    return settings


def _wrong(path: Path, message: str, hint: str) -> UsageError:
    return UsageError("SF-PROJECT-FILE", f"{path}: {message}.", hint)
