"""Words of other languages than English, as names of tables and columns have them.

A word is read by the tongue that the rest of the name speaks. Three kinds of it are told apart: one that is of no
other language stands by itself; one that is English too counts beside another word of its tongue alone; and one that
English names have as well, but of which nobody means anything else there, is read but tells nothing of the language.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from seedfast.packs.parsed import parsed

English = tuple[str, ...]
"""Words in English."""

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ł": "L", "Ø": "O", "Æ": "Ae", "Œ": "Oe"}
)
_ALSO_ENGLISH, _TELLS_NOTHING, _WHOLE_NAME = "?", "!", "="
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_STEM, _PART, _LAST_PART = 3, 3, 2
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Tongues:
    """The words of all tongues; a word's readings are by tongue, the first one first."""

    countries: Mapping[str, str]
    own: Mapping[str, Mapping[str, English]]
    loose: Mapping[str, Mapping[str, English]]
    telling: Mapping[str, frozenset[str]]
    phrases: Mapping[English, Mapping[str, English]]
    spellings: Mapping[str, Mapping[str, str]]
    longest: int
    endings: Mapping[str, tuple[tuple[str, str], ...]]
    umlauts: frozenset[str]
    plain: frozenset[str]
    glue: frozenset[str]
    links: tuple[str, ...]
    ends: tuple[str, ...]
    head_first: frozenset[str]
    heads: frozenset[str]
    also: frozenset[str]
    between: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]

    def base(self, word: str) -> str | None:
        """Return the word of a tongue that this is, or is a form of; None where it is none."""
        if word in self.own:
            return word
        if word in self.plain:
            return None
        for size in range(min(4, len(word) - _STEM), 0, -1):
            for tongue, instead in self.endings.get(word[-size:], ()):
                stem = word[:-size] + instead
                if len(stem) >= _STEM and tongue in self.own.get(stem, ()):
                    return stem
                # Many a German plural has another vowel, too: "Aufträge", "Bestände".
                for plural, vowel in _UMLAUTS if tongue in self.umlauts else ():
                    if plural in stem and tongue in self.own.get(stem.replace(plural, vowel), ()):
                        return stem.replace(plural, vowel)
        return None

    def said(self, tongue: str, english: str) -> str | None:
        """Return how a tongue says something, words joined by ``_``; None where that isn't known."""
        return self.spellings.get(tongue, {}).get(english.replace("_", " "))

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the words that a compound is made of, linking letters left out; nothing where it is none."""
        if word in self.plain:
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(_LAST_PART, len(word) + 1):
            for begin in range(max(0, end - _LONGEST), end - _LAST_PART + 1):
                before = best[begin]
                part = self._part(word[begin:end], last=end == len(word)) if before is not None else None
                there = best[end]
                if before is not None and part is not None and (there is None or len(before) + 1 < len(there)):
                    best[end] = (*before, part)
        found = best[-1] or ()
        if len(found) > 1 and any(part in self.own for part in found):
            return found
        last = next((last for last in self.ends if word.endswith(last) and len(word) - len(last) >= _STEM), "")
        return (word[: -len(last)], last) if last else ()

    def _part(self, letters: str, *, last: bool) -> str | None:
        if letters in self.glue and (last or len(letters) >= _PART):
            return letters
        base = self.base(letters) if len(letters) > _PART else None
        if base is not None and base in self.glue:
            return base
        for link in () if last else self.links:
            if letters.endswith(link) and len(letters) - len(link) >= _PART and letters[: -len(link)] in self.glue:
                return letters[: -len(link)]
        return None

    def read(self, said: Sequence[str]) -> list[English | str] | None:
        """Return a name's words in English and in its order, strings where they are no tongue's; None where none is."""
        units, heard = self._heard(said)
        if not heard:
            return None
        tongues = sorted(heard, key=lambda one: (-heard[one], list(self.countries).index(one)))
        if tongues[0] in self.head_first:
            units = self._turned([unit for unit in units if unit.phrase or unit.word not in self.between])
        return [self._english(unit, tongues) for unit in units]

    def spoken(self, said: Sequence[str]) -> frozenset[str]:
        """Return the tongues that a name has words of which tell of them."""
        heard: set[str] = set()
        for unit in self._heard(said)[0]:
            heard.update(unit.phrase or (one for one, telling in self.telling.items() if unit.word in telling))
        return frozenset(heard)

    def _heard(self, said: Sequence[str]) -> tuple[list[_Unit], Counter[str]]:
        bases = [self.base(word) or word for word in said]
        units, heard, at = [], Counter[str](), 0
        while at < len(said):
            unit = _Unit(bases[at] if bases[at] in self.own else said[at])
            for size in range(min(self.longest, len(said) - at), len(said) > 1, -1):
                found = self.phrases.get(tuple(said[at : at + size])) or self.phrases.get(tuple(bases[at : at + size]))
                if found is not None:
                    unit = _Unit(bases[at], size, found)
                    break
            heard.update(list(unit.phrase or self.own.get(unit.word) or ()))
            units.append(unit)
            at += unit.size
        return units, heard

    def _english(self, unit: _Unit, tongues: Sequence[str]) -> English | str:
        readings = unit.phrase or self.own.get(unit.word)
        if readings is not None:
            return next((readings[one] for one in tongues if one in readings), next(iter(readings.values())))
        loose = self.loose.get(unit.word, {})
        return next((loose[one] for one in tongues if one in loose), unit.word)

    def _turned(self, units: list[_Unit]) -> list[_Unit]:
        """Return a name in the order of English: ``numero_de_factura`` tells what it is first, then what it is of."""
        head, rest = units[0], units[1:]
        measured: list[_Unit] = []
        while rest and (rest[-1].word.isdigit() or rest[-1].word in self.after):
            measured.insert(0, rest.pop())
        if not rest or not (head.word in self.heads or head.word in self.also):
            return units
        if (
            len(rest) == 2
            and rest[0].word not in self.before
            and all(one.phrase or one.word in self.own for one in rest)
        ):
            rest.reverse()
        return [*rest, head, *measured]


@dataclass(frozen=True, slots=True)
class _Unit:
    word: str
    size: int = 1
    phrase: Mapping[str, English] = field(default_factory=dict)


def folded(name: str) -> str:
    """Return a name in plain letters, as those spell it who drop the accents of their language."""
    if name.isascii():
        return name
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name).translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def tongues() -> Tongues:
    """Return the words of all tongues."""
    data = parsed(files(__package__), "tongues.toml")
    spoken = {tongue: told for tongue, told in data.items() if "words" in told}
    own: dict[str, dict[str, English]] = {}
    loose: dict[str, dict[str, English]] = {}
    phrases: dict[English, dict[str, English]] = {}
    spellings: dict[str, dict[str, str]] = {tongue: {} for tongue in spoken}
    silent: set[str] = set()
    for tongue, told in spoken.items():
        for english, listed in told["words"].items():
            meant = tuple(english.split())
            spellings[tongue][english] = listed.split()[0].lstrip(_ALSO_ENGLISH + _TELLS_NOTHING + _WHOLE_NAME)
            for word in listed.split():
                bare = word.lstrip(_ALSO_ENGLISH + _TELLS_NOTHING + _WHOLE_NAME)
                if "_" in bare or word[0] == _WHOLE_NAME:
                    phrases.setdefault(tuple(bare.split("_")), {})[tongue] = meant
                    continue
                (loose if word[0] == _ALSO_ENGLISH else own).setdefault(bare, {}).setdefault(tongue, meant)
                if word[0] == _TELLS_NOTHING:
                    silent.add(bare)
    glued = [tongue for tongue, told in spoken.items() if told.get("links")]
    endings: dict[str, list[tuple[str, str]]] = {}
    for tongue, told in spoken.items():
        for ending, instead in told["endings"]:
            endings.setdefault(ending, []).append((tongue, instead))
    order = data["order"]
    return Tongues(
        countries={tongue: told["countries"] for tongue, told in spoken.items()},
        own=own,
        loose=loose,
        telling={
            tongue: frozenset(w for w, read in own.items() if tongue in read and w not in silent) for tongue in spoken
        },
        phrases=phrases,
        spellings=spellings,
        longest=max(map(len, phrases)),
        endings={ending: tuple(told) for ending, told in endings.items()},
        umlauts=frozenset(tongue for tongue, told in spoken.items() if told.get("umlauts")),
        plain=frozenset(data["english"]["plain"].split()),
        glue=frozenset(
            word for words in (own, loose) for word, read in words.items() if not read.keys().isdisjoint(glued)
        ),
        links=tuple(dict.fromkeys(link for tongue in glued for link in spoken[tongue]["links"])),
        ends=tuple(end for tongue in glued for end in spoken[tongue]["ends"]),
        head_first=frozenset(tongue for tongue, told in spoken.items() if told["head_first"]),
        heads=frozenset(order["heads"].split()),
        also=frozenset(order["also"].split()),
        between=frozenset(order["between"].split()),
        before=frozenset(order["before"].split()),
        after=frozenset(order["after"].split()),
    )
