"""Short ways to declare kinds of text: a pool, frames, or a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from seedfast.values.kind import Build, Generator, Json, ValueKind
from seedfast.values.semantic.codes import CodeGenerator
from seedfast.values.semantic.frames import frames
from seedfast.values.semantic.pools import Pool, pool
from seedfast.values.semantic.spoken import TONGUE, speaking
from seedfast.values.semantic.text import LENGTHS, Stem, TextGenerator, Words, bounds, group_of

GROUP: Mapping[str, str] = {
    "group_key": "a 64-bit number that columns of one person, place or thing share",
    "countries": "ISO 3166 codes with how many rows of 1,000 are of each",
    "place_key": "the group_key of the place that the person, company or thing is at",
    "place_of": "the column with the key of the row whose place it is",
    "place_in": "the column that tells in which city, region or country the place is, and the field that this is",
}
"""The parameters of kinds that agree with other columns of their row."""


LINE: Mapping[str, str] = {"line": "which of several numbers of a person or place, such as fax"}
"""The parameter of kinds of telephone number."""


def text_kind(name: str, summary: str, build: Build, params: Mapping[str, str] | None = None) -> ValueKind:
    """Declare a kind of text that takes lengths and a group."""
    return ValueKind(name, summary, build, {**LENGTHS, **GROUP, **(params or {})}, text=True)


def stem_kind(
    name: str,
    summary: str,
    stem: Callable[[Mapping[str, Json]], Stem],
    *,
    gap: str = " ",
    blank: str = " ",
    tail: Pool | None = None,
    params: Mapping[str, str] | None = None,
) -> ValueKind:
    """Declare a kind of text by what makes its stem."""

    def build(given: Mapping[str, Json]) -> Generator:
        return TextGenerator(stem(given), bounds(given), gap=gap, blank=blank, tail=tail)

    return text_kind(name, summary, build, params)


def pool_kind(
    name: str, summary: str, address: str, *, gap: str = " ", blank: str = " ", flat: bool = False, purpose: str = ""
) -> ValueKind:
    """Declare a kind of text drawn from a pool."""
    return stem_kind(
        name, summary, lambda given: Words(pool(address), flat, group_of(given), purpose or name), gap=gap, blank=blank
    )


def in_tongues(kind: ValueKind) -> ValueKind:
    """Declare a kind of text as one whose texts are known in several languages."""
    return replace(kind, build=speaking(kind.build), params={**kind.params, **TONGUE})


def frames_kind(name: str, summary: str, address: str, *, gap: str = " ", blank: str = " ") -> ValueKind:
    """Declare a kind of text made of frames."""
    return stem_kind(
        name, summary, lambda given: frames(address, group=group_of(given), purpose=name), gap=gap, blank=blank
    )


def code_kind(name: str, summary: str, pattern: str) -> ValueKind:
    """Declare a kind of text of a pattern."""
    return text_kind(name, summary, lambda given: CodeGenerator(pattern, bounds(given), group=group_of(given)))
