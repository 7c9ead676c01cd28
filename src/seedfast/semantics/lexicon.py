"""The lexicon: plain data that says what the words of names mean, and how phrases of it are found in a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from seedfast.packs.parsed import parsed
from seedfast.semantics.tongues import tongues

_PIECE = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|\d+")
_EXACT, _END, _BEGIN, _WITHIN = 900, 800, 400, 430
_PER_WORD = 12
_GLUED_PIECE = 4


@cache
def pieces(name: str) -> tuple[str, ...]:
    """Return a name's pieces in lower case, split where case, digits or signs change."""
    return tuple(piece.lower() for piece in _PIECE.findall(name))


@cache
def singular(word: str) -> str:
    """Return an English noun's singular, near enough: both sides of a comparison are treated alike."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and what it stands for; ``whole`` asks that it be the whole name."""

    phrase: tuple[str, ...]
    target: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a name: ``before`` are the words in front of it, ``confidence`` is out of 1,000."""

    target: str
    phrase: tuple[str, ...]
    before: tuple[str, ...]
    confidence: int


_KEPT = 1 << 12
"""So many names are kept in mind: the same ones stand in table after table."""


class Phrases:
    """A set of phrases, looked up by the words of a name."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: dict[tuple[str, ...], list[Entry]] = {}
        self._longest = 0
        self._ends: set[tuple[str, ...]] = set()
        self._known: dict[tuple[tuple[str, ...], bool], tuple[Found, ...]] = {}
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take further phrases."""
        self._known.clear()
        for entry in entries:
            self._entries.setdefault(entry.phrase, []).append(entry)
            self._longest = max(self._longest, len(entry.phrase))
            self._ends.add(entry.phrase[-1:])

    def find(self, name: tuple[str, ...], *, anywhere: bool = True) -> tuple[Found, ...]:
        """Return the phrases found in a name, best first; only whole names and ends where not ``anywhere``."""
        if not anywhere and name[-1:] not in self._ends:
            return ()
        known = self._known.get((name, anywhere))
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[name, anywhere] = self._found(name, anywhere=anywhere)
        return known

    def _found(self, name: tuple[str, ...], *, anywhere: bool) -> tuple[Found, ...]:
        found: dict[str, Found] = {}
        for size in range(1, min(self._longest, len(name)) + 1):
            for begin in range(0 if anywhere else len(name) - size, len(name) - size + 1):
                for entry in self._entries.get(name[begin : begin + size], ()):
                    confidence = _confidence(begin, size, len(name), entry.whole)
                    if confidence:
                        one = Found(entry.target, entry.phrase, name[:begin], confidence)
                        there = found.get(entry.target)
                        if there is None or there.confidence < confidence:
                            found[entry.target] = one
        return tuple(sorted(found.values(), key=lambda one: -one.confidence))


def _confidence(begin: int, size: int, length: int, whole: bool) -> int:
    if size == length:
        return _EXACT + _PER_WORD * size
    if whole:
        return 0
    if begin + size == length:
        return _END + _PER_WORD * size
    return (_BEGIN if begin == 0 else _WITHIN) + 4 * _PER_WORD * (size - 1)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon, read."""

    synonyms: Mapping[str, tuple[str, ...]]
    vocabulary: frozenset[str]
    roles: Phrases
    activity: Phrases
    text: Phrases
    inside: Mapping[str, Phrases]
    lasting: Phrases
    lifetimes: Phrases
    short: Phrases
    number: Phrases
    units: Phrases
    boolean: Phrases
    moment: Phrases
    null: Phrases
    json: Phrases
    beside: Mapping[str, Phrases]
    narrow: Mapping[str, tuple[tuple[int, str], ...]]
    terse: frozenset[str]
    chains: tuple[tuple[Phrases, ...], ...]
    bookkeeping: Mapping[str, tuple[str, ...]]


@cache
def written(name: str) -> Mapping[str, Any]:
    """Return what a file of words beside this module says."""
    return parsed(files(__package__), name)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon."""
    data = written("lexicon.toml")
    synonyms = {word: next(iter(read.values())) for word, read in tongues().own.items()}
    synonyms |= {word: tuple(spelling.split()) for word, spelling in data["synonyms"].items()}
    vocabulary = {*synonyms, *data["glued"]["words"]}
    for section in ("roles", "activity", "text", "number", "boolean", "moment", "json", "null", "short"):
        for phrases in data[section].values():
            vocabulary.update(pieces(phrases))

    def read(section: str) -> Phrases:
        return phrases_of(data[section], synonyms)

    return Lexicon(
        synonyms=synonyms,
        vocabulary=frozenset(
            word for word in vocabulary if len(word) >= _GLUED_PIECE or word in data["glued"]["short"]
        ),
        roles=read("roles"),
        activity=read("activity"),
        text=read("text"),
        inside={role: phrases_of(section, synonyms) for role, section in data["in"].items()},
        beside={role: phrases_of(section, synonyms) for role, section in data["beside"].items()},
        lasting=read("lasting"),
        lifetimes=read("lifetimes"),
        short=read("short"),
        number=read("number"),
        units=read("units"),
        boolean=read("boolean"),
        moment=read("moment"),
        null=read("null"),
        json=read("json"),
        narrow={kind: tuple((int(width), other) for width, other in forms) for kind, forms in data["narrow"].items()},
        terse=frozenset(data["terse"]["kinds"]),
        chains=tuple(tuple(phrases_of({"": stage}, synonyms) for stage in chain) for chain in data["order"]["chains"]),
        bookkeeping={table.lower(): tuple(told) for table, told in data["bookkeeping"].items()},
    )


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(",") if phrase.strip()]


def phrases_of(section: Mapping[str, Any], synonyms: Mapping[str, tuple[str, ...]]) -> Phrases:
    """Return the phrases of a section: what they stand for, and lists of them."""
    entries = []
    for target, phrases in section.items():
        for phrase in _split(phrases):
            whole = phrase.startswith("=")
            spelling: list[str] = []
            for piece in pieces(phrase):
                spelling.extend(synonyms.get(piece) or synonyms.get(singular(piece)) or (singular(piece),))
            entries.append(Entry(tuple(spelling), target, whole))
    return Phrases(entries)
