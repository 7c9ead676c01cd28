"""``seedfast.lock``: the answers of a model that were accepted, with fingerprints of what they rest on.

It is canonical JSON, a line a value, for a repository. An answer holds as long as what was asked, and what the schema
says of the tables and columns that the answer names, is what it was; no other change has anything asked again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from seedfast import codec
from seedfast.errors import UsageError

VERSION = 1


@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """What a model made of a sentence: wishes in their written form, and the words that it couldn't use either.

    ``request`` is the sentence as it was sent, for people to read.
    ``prints`` are fingerprints of the columns that the wishes name, by qualified column, and of the tables' names.
    """

    model: str
    request: str
    prints: Mapping[str, str]
    wishes: Mapping[str, Any] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What a model said that a column holds: what ``[columns]`` would say, None where it knows nothing."""

    model: str
    print: str
    holds: Any = None


@dataclass(frozen=True, slots=True)
class PackAnswer:
    """The data pack that a model wrote for a table, as ``packs.told`` takes it; None where it knows nothing.

    ``print`` is a fingerprint of what the question said of the table.
    """

    model: str
    print: str
    said: Any = None


@dataclass(frozen=True, slots=True)
class Lock:
    """The answers: on sentences by what was asked, on columns and on tables by their qualified names."""

    version: int = VERSION
    scopes: Mapping[str, ScopeAnswer] = field(default_factory=dict)
    columns: Mapping[str, ColumnAnswer] = field(default_factory=dict)
    packs: Mapping[str, PackAnswer] = field(default_factory=dict)

    def with_scope(self, asked: str, answer: ScopeAnswer) -> Lock:
        """Return the lock with an answer on a sentence."""
        return replace(self, scopes={**self.scopes, asked: answer})

    def with_columns(self, answers: Mapping[str, ColumnAnswer]) -> Lock:
        """Return the lock with answers on columns."""
        return replace(self, columns={**self.columns, **answers})

    def with_packs(self, answers: Mapping[str, PackAnswer]) -> Lock:
        """Return the lock with packs for tables."""
        return replace(self, packs={**self.packs, **answers})


def read(path: Path) -> Lock:
    """Return the answers that a file holds, none where there is no file; a ``UsageError`` says what can't be read."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Lock()
    except (OSError, UnicodeDecodeError):
        raise _wrong(path, "it can't be read") from None
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise _wrong(path, f"it is not of version {VERSION}")
        return codec.decode(Lock, data)
    except (ValueError, RecursionError):
        raise _wrong(path, "it is no JSON") from None
    except UsageError as error:
        raise _wrong(path, error.message) from None


def write(path: Path, lock: Lock) -> None:
    """Write answers into a file, at once."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(codec.dumps(lock, indent=1) + "\n", "utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise _wrong(path, f"it can't be written: {(error.strerror or 'no reason').lower()}") from None


def _wrong(path: Path, why: str) -> UsageError:
    return UsageError("SF-ASSIST-LOCK", f"{path.name}: {why}.", "Remove the file to have everything asked anew.")
