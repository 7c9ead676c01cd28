"""The pages behind the codes of findings and errors: what each means, and what to do."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from seedfast.errors import UsageError


@dataclass(frozen=True, slots=True)
class Page:
    """What a code means: ``what`` happened, and what to ``do``."""

    code: str
    title: str
    what: str
    do: str


@cache
def pages() -> Mapping[str, Page]:
    """Return every page by its code, in alphabetical order."""
    text = resources.files("seedfast.report").joinpath("codes.toml").read_text("utf-8")
    return {code: Page(code, **words) for code, words in sorted(tomllib.loads(text).items())}


def page(code: str) -> Page:
    """Return the page of a code, in any case; an unknown one is a ``UsageError`` that offers the nearest."""
    wanted = code.upper()
    try:
        return pages()[wanted]
    except KeyError:
        near = difflib.get_close_matches(wanted, pages(), n=1)
        hint = f"The nearest code is {near[0]}." if near else "docs/codes.md lists all codes."
        raise UsageError("SF-CODE-UNKNOWN", f"There is no code {wanted}.", hint) from None


def markdown() -> str:
    """Return all pages as the text of docs/codes.md."""
    parts = ["# Codes of findings and errors", "", "`seedfast explain CODE` prints one of these pages.", ""]
    for entry in pages().values():
        parts += [f"## {entry.code}", "", f"**{entry.title}**", "", entry.what, "", f"What to do: {entry.do}", ""]
    return "\n".join(parts)
