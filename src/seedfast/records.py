"""What runs on this machine put into which database: how seedfast knows its own rows from everybody else's.

There is one small JSON file a database, below the user's state folder. It holds no DSN, no user and no password. A file
that is gone or damaged counts as no record: rows are then taken for somebody else's, which is the careful answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from seedfast import codec, userfiles
from seedfast.names import QualifiedName

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Target:
    """A database, told from all others by where it is and by its ``oid``: one dropped and made anew is another."""

    host: str
    port: int
    database: str
    oid: int


def made_rows(target: Target) -> Mapping[QualifiedName, int]:
    """Return the rows that recorded runs inserted into the database, by table."""
    try:
        stored = json.loads(_file(target).read_text("utf-8"))
        if stored["version"] != _VERSION or stored["target"] != asdict(target):
            return {}
        return {QualifiedName(str(schema), str(name)): int(rows) for schema, name, rows in stored["tables"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def record(target: Target, inserted: Mapping[QualifiedName, int]) -> bool:
    """Add the rows of a committed run to the record; False where the state folder can't be written.

    The rows are in the database by then, so a record that can't be kept must not fail the run.
    """
    rows = dict(made_rows(target))
    for table, count in inserted.items():
        rows[table] = rows.get(table, 0) + count
    content = {
        "version": _VERSION,
        "target": asdict(target),
        "tables": [[table.schema, table.name, count] for table, count in sorted(rows.items()) if count],
    }
    try:
        userfiles.write(_file(target), json.dumps(content, ensure_ascii=False))
    except OSError:
        return False
    return True


def _file(target: Target) -> Path:
    return userfiles.state_folder() / "records" / f"{codec.fingerprint(target)}.json"
