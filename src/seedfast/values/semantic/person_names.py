"""Persons by name: names of several cultures, and what follows from them, agreeing within a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.rng import Words as RandomWords
from seedfast.values.columns import chosen, concatenated
from seedfast.values.kind import Draw
from seedfast.values.semantic.called import Called, in_latin
from seedfast.values.semantic.places import country_codes, places_of
from seedfast.values.semantic.pools import Pool, plain, sections
from seedfast.values.semantic.text import Stem, countries_of, place_of, stream_of

# Shares of the cultures in a population.
_SHARES = {
    "en": 6,
    **dict.fromkeys(("de", "fr", "es", "pt", "it", "nl", "nordic", "pl", "tr", "in", "ja", "ar", "zh", "ng"), 1),
    **dict.fromkeys(("br", "ko"), 1),
}
_CULTURES = {culture: number for number, culture in enumerate(_SHARES)}
_SPOKEN = {
    "en": "US GB CA AU NZ IE SG ZA",
    "de": "DE AT CH",
    "fr": "FR BE LU",
    "es": "ES MX AR CL CO PE UY EC",
    "pt": "PT",
    "br": "BR",
    "it": "IT",
    "nl": "NL",
    "nordic": "SE NO DK FI IS",
    "pl": "PL",
    "tr": "TR",
    "in": "IN",
    "ja": "JP",
    "ar": "AE EG SA MA PK",
    "zh": "CN HK TW",
    "ko": "KR",
    "ng": "NG",
}
"""The countries in which most people have names of a culture; those of others have names of all."""

_EASTERN = r"^[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]+ [\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]+$"
_JOINED = {"zh": "", "ko": "", "ja": " "}
"""Cultures with a script of their own, in which the family name comes first, and what stands between the names."""

_WOMAN = 0
"""The gender of women, as a number."""

_INITIALS = 26
_MIDDLES = _INITIALS + _INITIALS**2 + _INITIALS**3


@dataclass(frozen=True)
class _Names:
    """All names in one array each, with where a culture's begin; families by men's names, then by women's."""

    given: Pool
    given_plain: Pool
    given_native: Pool
    given_kana: Pool
    given_start: npt.NDArray[np.int64]
    given_count: npt.NDArray[np.int64]
    family: Pool
    family_plain: Pool
    family_native: Pool
    family_kana: Pool
    family_start: npt.NDArray[np.int64]
    family_count: npt.NDArray[np.int64]
    culture: npt.NDArray[np.int64]


@cache
def _names() -> _Names:
    people = sections("people")
    given_of = [f"given.{culture}.{gender}" for culture in _SHARES for gender in "fm"]
    family_of = [f"family.{culture}" for culture in _SHARES]
    given, family = [people[name] for name in given_of], [people[name] for name in family_of]

    def spelt(names: Sequence[str], how: str) -> Pool:
        return Pool(tuple(text for name in names for text in people.get(f"{name}.{how}", people[name])))

    all_given = tuple(name for names in given for name in names)
    women_of = [f"{name}.women" if f"{name}.women" in people else name for name in family_of]
    all_family = tuple(text for name in (*family_of, *women_of) for text in people[name])
    counts = [np.array([len(names) for names in group], dtype=np.int64) for group in (given, family)]
    starts = [np.concatenate([[0], np.cumsum(count)[:-1]]) for count in counts]
    return _Names(
        Pool(all_given),
        Pool(tuple(map(plain, all_given))),
        spelt(given_of, "native"),
        spelt(given_of, "kana"),
        starts[0],
        counts[0],
        Pool(all_family),
        Pool(tuple(map(plain, all_family))),
        spelt([*family_of, *women_of], "native"),
        spelt([*family_of, *women_of], "kana"),
        starts[1],
        counts[1],
        np.repeat(np.arange(len(_SHARES)), list(_SHARES.values())),
    )


@dataclass(frozen=True)
class _Person:
    """The persons of some rows, as indices into the names; those of their ``own`` country's culture write so."""

    given: Rows
    second: Rows
    family: Rows
    gender: Rows
    culture: Rows
    own: npt.NDArray[np.bool_]

    @staticmethod
    def of(draw: Draw, group: int | None) -> _Person:
        names = _names()
        stream = stream_of(draw, group, "person")
        culture = _cultures(draw, group, names.culture[stream.child("culture").below(draw.rows, len(names.culture))])
        gender = stream.child("gender").below(draw.rows, 2)
        cell = culture * 2 + gender
        family = _within(stream.child("family").words(draw.rows), names.family_count[culture])
        own = np.zeros(len(draw.rows), dtype=np.bool_)
        if own_script(group):
            own = _culture_of_places()[places_of(draw, group)] == culture
        count = names.given_count[cell]
        given = _within(stream.child("given").words(draw.rows), count)
        # Whoever has a second name isn't called by the first one twice.
        further = 1 + _within(stream.child("second").words(draw.rows), count - 1)
        return _Person(
            names.given_start[cell] + given,
            names.given_start[cell] + (given + further) % count,
            names.family_start[culture] + family + (gender == _WOMAN) * (names.family.size // 2),
            gender,
            culture,
            own,
        )


def _cultures(draw: Draw, group: int | None, others: Rows) -> Rows:
    """Return the culture of each row's person: that of its place's country, where it has one or is confined to some."""
    if not countries_of(group) and place_of(group) is None:
        return others
    culture = _culture_of_places()[places_of(draw, group)]
    return np.where(culture < 0, others, culture)


def own_script(group: int | None) -> bool:
    """Tell whether names are written as they are in each one's country: where rows are of countries asked for."""
    return bool(countries_of(group))


def has_names(country: str) -> bool:
    """Tell whether there are names of the people of a country."""
    return any(country in spoken.split() for spoken in _SPOKEN.values())


@cache
def _culture_of_places() -> npt.NDArray[np.int64]:
    own = {country: n for n, culture in enumerate(_SHARES) for country in _SPOKEN[culture].split()}
    return np.array([own.get(country, -1) for country in country_codes()], dtype=np.int64)


def _within(words: RandomWords, counts: npt.NDArray[np.int64]) -> Rows:
    return ((words >> np.uint64(32)) * counts.astype(np.uint64) >> np.uint64(32)).astype(np.int64)


@cache
def _distinct(which: str) -> Pool:
    texts = getattr(_names(), which).texts
    return Pool(tuple({text.casefold(): text for text in texts}.values()))


@dataclass(frozen=True)
class GivenName(Stem):
    """A person's given name, ``second`` one, or ``family`` name."""

    group: int | None = None
    which: str = "given"
    spelling: str = ""

    @property
    def _pool(self) -> str:
        return "given" if self.which == "second" else self.which

    @property
    def size(self) -> int:  # type: ignore[override]
        """All different names."""
        return _distinct(self._pool).size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest name."""
        return _distinct(self._pool).longest

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest name."""
        return _distinct(self._pool).shortest

    closed = True

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the given name of each row's person."""
        person = _Person.of(draw, self.group)
        names: Pool = getattr(_names(), f"{self._pool}_{self.spelling}" if self.spelling else self._pool)
        which: Rows = getattr(person, self.which)
        if self.spelling or not person.own.any():
            return names.dictionary(which)
        native: Pool = getattr(_names(), f"{self._pool}_native")
        return chosen(person.own, native.take(which), names.take(which))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different names."""
        return _distinct(self._pool).take(index)


@dataclass(frozen=True)
class FullName(Stem):
    """A person's full name; middle initials make it distinct. ``inverted`` puts the family name first."""

    group: int | None = None
    inverted: bool = False
    spelling: str = ""
    told: Called | None = None

    size = _MIDDLES
    closed = True

    @property
    def longest(self) -> int | None:  # type: ignore[override]
        """The longest names and three initials; names in scripts of their own are shorter."""
        return None if self.told is not None else _names().given.longest + _names().family.longest + 11

    def drawn(self, draw: Draw) -> pa.Array:
        """Return given and family name."""
        if self.told is None:
            return self._own(draw)
        given, family = self.told.names(draw)
        spelt = pc.utf8_trim_whitespace(concatenated(given, family, separator=" "))
        # In scripts of East Asia the family comes first.
        turned = concatenated(family, given, separator=" ")
        spelt = pc.if_else(pc.match_substring_regex(turned, _EASTERN), turned, spelt)
        return pc.if_else(pc.equal(spelt, ""), self._own(draw), spelt)

    def _own(self, draw: Draw) -> pa.Array:
        person, names = _Person.of(draw, self.group), _names()
        given, family = names.given.take(person.given), names.family.take(person.family)
        if self.spelling:
            kana = names.family_kana.take(person.family), names.given_kana.take(person.given)
            return concatenated(*kana, separator=" ")
        pair = (family, given) if self.inverted else (given, family)
        written = concatenated(*pair, separator=", " if self.inverted else " ")
        for culture, between in _JOINED.items():
            native = person.own & (person.culture == _CULTURES[culture])
            if native.any():
                own = names.family_native.take(person.family), names.given_native.take(person.given)
                written = chosen(native, concatenated(*own, separator=between), written)
        return written

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return names with one, two or three middle initials that count."""
        person, names = _Person.of(draw, self.group), _names()
        needed, which = np.unique(index, return_inverse=True)
        middle = pa.array([_initials(n) for n in needed.tolist()], pa.string()).take(pa.array(which.reshape(-1)))
        given, family = names.given.take(person.given), names.family.take(person.family)
        if self.inverted:
            return concatenated(family, concatenated(given, middle, separator=" "), separator=", ")
        return concatenated(given, middle, family, separator=" ")


def _initials(number: int) -> str:
    letters = []
    number += 1
    while number:
        number, letter = divmod(number - 1, _INITIALS)
        letters.append(f"{chr(65 + letter)}.")
    return " ".join(reversed(letters))


@dataclass(frozen=True)
class LoginName(Stem):
    """A person's name as a login or the local part of an address: ``anna.weber``, ``aweber``, ``weber_a``."""

    group: int | None = None
    styles: int = 4
    told: Called | None = None

    @property
    def longest(self) -> int | None:  # type: ignore[override]
        """The longest names and a separator; nobody knows how long those are that other columns tell."""
        return None if self.told is not None else _names().given_plain.longest + _names().family_plain.longest + 1

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a login name for each row's person."""
        names = _names()
        if self.told is None:
            return self._own(draw)
        first, last = self.told.names(draw)
        first = in_latin(first, names.given_native, names.given_plain)
        last = in_latin(last, names.family_native, names.family_plain)
        whole = pc.and_(pc.not_equal(first, ""), pc.not_equal(last, ""))
        made = pc.if_else(whole, self._styled(draw, first, last), concatenated(first, last))
        nobody = pc.equal(made, "")
        return pc.if_else(nobody, self._own(draw), made) if pc.any(nobody).as_py() else made

    def _own(self, draw: Draw) -> pa.Array:
        person, names = _Person.of(draw, self.group), _names()
        return self._styled(draw, names.given_plain.take(person.given), names.family_plain.take(person.family))

    def _styled(self, draw: Draw, given: pa.Array, family: pa.Array) -> pa.Array:
        style = stream_of(draw, self.group, "login style").below(draw.rows, self.styles)
        initial = pc.utf8_slice_codeunits(given, 0, 1)
        shapes = (
            concatenated(given, family, separator="."),
            concatenated(initial, family),
            concatenated(given, family, separator="_"),
            concatenated(given, pc.utf8_slice_codeunits(family, 0, 1)),
        )
        return pc.choose(pa.array(style), *shapes)


@cache
def _given_names() -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Return all given names, in every script, and whose they are: women's, men's, or -1 for both."""
    names = _names()
    held: dict[str, int] = {}
    women = np.repeat(np.arange(len(names.given_count)) % 2, names.given_count)
    for pool in (names.given, names.given_native):
        for text, gender in zip(pool.texts, women.tolist(), strict=True):
            held[text] = gender if held.get(text, gender) == gender else -1
    return pa.array(list(held), pa.string()), np.array(list(held.values()), dtype=np.int64)


def _gender_of(given: pa.Array) -> Rows:
    """Return the gender that given names tell, -1 for names that tell none."""
    known, genders = _given_names()
    which = pc.fill_null(pc.index_in(given, value_set=known), -1).to_numpy(zero_copy_only=False)
    return np.where(which < 0, -1, genders[which]).astype(np.int64)


@dataclass(frozen=True)
class Gendered(Stem):
    """A word of a pool for women and of another for men."""

    women: Pool
    men: Pool
    group: int | None = None
    told: Called | None = None

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest of both pools."""
        return max(self.women.longest, self.men.longest)

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest of both pools."""
        return min(self.women.shortest, self.men.shortest)

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different words of both pools."""
        return self._all.size

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """No title ends in a digit."""
        return True

    @property
    def _all(self) -> Pool:
        return Pool(tuple(dict.fromkeys(self.women.texts + self.men.texts)))

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a word that fits each row's person."""
        gender = _Person.of(draw, self.group).gender
        if self.told is not None:
            named = _gender_of(self.told.names(draw)[0])
            gender = np.where(named < 0, gender, named)
        words = stream_of(draw, self.group, "gendered").words(draw.rows)
        sizes = np.array([self.women.size, self.men.size], dtype=np.int64)[gender]
        both = Pool(self.women.texts + self.men.texts)
        return both.dictionary(_within(words, sizes) + gender * self.women.size)

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the words of both pools."""
        return self._all.take(index)

    def fitted(self, low: int, high: int | None) -> Stem:
        """Return the stem over words that fit."""
        return Gendered(self.women.fitting(low, high), self.men.fitting(low, high), self.group, self.told)


@dataclass(frozen=True)
class Initials(Stem):
    """A person's initials."""

    group: int | None = None
    longest = 2
    shortest = 2

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the first letters of given and family name."""
        person, names = _Person.of(draw, self.group), _names()
        first = pc.utf8_slice_codeunits(names.given_plain.take(person.given), 0, 1)
        last = pc.utf8_slice_codeunits(names.family_plain.take(person.family), 0, 1)
        return pc.utf8_upper(concatenated(first, last))
