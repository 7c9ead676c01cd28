"""Packs that lie in no folder: what somebody said, kept as a value, in the form that a pack's files have."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seedfast.packs.read import DECLARATION

ADVISED = "seedfast.lock:"
"""What the names of packs begin with that a model's answers hold."""

_CONTENTS = "contents.toml"


@dataclass(frozen=True, slots=True)
class Text:
    """A file that is a text."""

    name: str
    content: str | None

    def read_bytes(self) -> bytes:
        """Return what is in it."""
        if self.content is None:
            raise FileNotFoundError(self.name)
        return self.content.encode()


@dataclass(frozen=True, slots=True)
class Told:
    """A pack as texts by the names of its files. It speaks of these columns alone, by qualified table."""

    name: str
    texts: tuple[tuple[str, str], ...]
    only: tuple[tuple[str, tuple[str, ...]], ...]

    def iterdir(self) -> Iterator[Text]:
        """Yield its files."""
        return (Text(name, content) for name, content in self.texts)

    def joinpath(self, name: str, /) -> Text:
        """Return a file of it, whether or not it is there."""
        return Text(name, dict(self.texts).get(name))


def told(name: str, said: Mapping[str, Any], only: Mapping[str, tuple[str, ...]]) -> Told:
    """Return what was said as a pack: its ``pack`` is what pack.toml holds besides names, its ``contents`` the rest."""
    title = {"name": name, "title": name, "summary": "as a model says"}
    texts = ((DECLARATION, _toml({**said["pack"], **title})), (_CONTENTS, _toml(said["contents"])))
    return Told(name, texts, tuple(sorted(only.items())))


def _toml(data: Mapping[str, Any]) -> str:
    return "".join(f"{_word(key)} = {_value(value)}\n" for key, value in data.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_word(key)} = {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return _word(value)
    # What TOML has no word for is said as JSON says it, and refused where it is read.
    return json.dumps(value)


def _word(text: str) -> str:
    # The one sign that a text of JSON may hold and one of TOML may not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
