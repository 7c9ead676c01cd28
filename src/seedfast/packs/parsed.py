"""TOML files of the package, read from what a wheel holds them parsed to where it does."""

from __future__ import annotations

import json
import tomllib
from hashlib import blake2b
from typing import Any, Protocol


class _File(Protocol):
    def read_bytes(self) -> bytes: ...


class _Folder(Protocol):
    def joinpath(self, name: str, /) -> _File: ...


def parsed(folder: _Folder, file: str) -> dict[str, Any]:
    """Return what a TOML file says; what is wrong with it or missing is Python's own error."""
    content = folder.joinpath(file).read_bytes()
    found = _quick(folder, file, content)
    return tomllib.loads(content.decode("utf-8")) if found is None else found


def _quick(folder: _Folder, file: str, content: bytes) -> dict[str, Any] | None:
    """Return what a wheel holds a file parsed to, None where it does not, or where the file is another one by now."""
    try:
        held = json.loads(folder.joinpath(file.removesuffix(".toml") + ".json").read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(held, dict) or held.get("of") != blake2b(content, digest_size=16).hexdigest():
        return None
    told: dict[str, Any] = held["holds"]
    return told
