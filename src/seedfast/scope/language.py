"""The language that people ask for data in, as plain data: ``lexicon.toml``, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from seedfast.packs.parsed import parsed
from seedfast.scope.tokens import folded, keys, tokens

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vague:
    """A share out of 1,000 or a number of rows that is said without a figure."""

    name: str
    share: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Language:
    """What words and phrases mean whatever the schema.

    ``shapes`` are words that shape a wish, by the part that they play in it, with what comes with them; phrases are
    tuples of tokens in lower case. ``synonyms`` are groups of nouns, ``nouns`` what words of other languages are in
    English, both as words are compared.
    """

    shapes: Mapping[Words, tuple[str, Any]]
    longest: int
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    fractions: Mapping[str, int]
    ordinals: Mapping[str, int]
    synonyms: tuple[tuple[Words, ...], ...]
    parts: frozenset[Words]
    nouns: Mapping[str, Words]
    concepts: Mapping[Words, tuple[Words, ...]]
    schemas: Mapping[Words, frozenset[str]]
    prefixes: tuple[str, ...]
    opposites: Mapping[str, str]
    states: Mapping[str, tuple[Words, ...]]
    figures: tuple[tuple[Words, ...], tuple[Words, ...]]
    currencies: Mapping[Words, str]
    domains: Mapping[Words, str]
    months: tuple[str, ...]
    labels: Mapping[Words, tuple[Words, ...]]
    abroad: Mapping[Words, str]


@cache
def language() -> Language:
    """Return the language."""
    data = parsed(files(__package__), "lexicon.toml")
    shapes: dict[Words, tuple[str, Any]] = {}

    def shape(listed: str, part: str, value: Any = None) -> None:
        for phrase in _listed(listed):
            shapes.setdefault(_said(phrase), (part, value))

    shape(data["filler"]["same"], "same")
    shape(data["filler"]["purpose"], "purpose")
    for factor, listed in data["factors"].items():
        shape(listed, "factor", int(factor))
    for name, told in data["vague"].items():
        shape(told["said"], "vague", Vague(name, told.get("share"), told.get("low"), told.get("high")))
    for part, listed in data["words"].items():
        shape(listed, part)
    shape(data["sums"]["words"], "figure")
    for section in ("sizes", "natures", "paces"):
        for name, listed in data[section].items():
            shape(listed, section.removesuffix("s"), name)
    for code, listed in data["countries"].items():
        shape(listed, "country", (code,))
    for name, listed in data["regions"].items():
        shape(name, "country", tuple(_listed(listed)))
    shape(data["filler"]["words"], "filler")
    states = {word: tuple(map(keys, _listed(listed))) for word, listed in data["states"].items()}
    return Language(
        shapes=shapes,
        longest=max(map(len, shapes)),
        numbers=data["numbers"],
        scales=data["scales"],
        fractions=data["fractions"],
        ordinals=data["ordinals"],
        synonyms=tuple(tuple(map(keys, _listed(group))) for group in data["synonyms"]["groups"]),
        parts=frozenset(map(keys, _listed(data["synonyms"]["parts"]))),
        nouns={folded(word): keys(noun) for noun, listed in data["nouns"].items() for word in _listed(listed)},
        concepts={keys(name): tuple(map(keys, _listed(listed))) for name, listed in data["concepts"].items()},
        schemas={
            keys(name): frozenset("".join(keys(one)) for one in _listed(listed))
            for name, listed in data["schemas"].items()
        },
        prefixes=tuple(_listed(data["negatives"]["prefixes"])),
        opposites=data["negatives"]["opposites"],
        states=states,
        figures=(
            tuple(map(keys, _listed(data["sums"]["tables"]))),
            tuple(map(keys, _listed(data["sums"]["columns"]))),
        ),
        currencies={_said(phrase): code for code, listed in data["currencies"].items() for phrase in _listed(listed)},
        domains={_said(phrase): pack for pack, listed in data["domains"].items() for phrase in _listed(listed)},
        labels={keys(label): tuple(map(keys, _listed(listed))) for label, listed in data["labels"].items()},
        abroad={_said(phrase): kind for kind, listed in data["abroad"].items() for phrase in _listed(listed)},
        months=tuple(_listed(data["times"]["months"])),
    )


def _listed(phrases: str) -> list[str]:
    # A comma may be a word itself, in quotes.
    return [phrase.strip().strip('"') or "," for phrase in phrases.replace('","', '" "').split(",") if phrase.strip()]


def _said(phrase: str) -> Words:
    return (",",) if phrase.isspace() else tuple(token.said for token in tokens(phrase))
