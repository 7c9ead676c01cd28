"""What is said of places in the words of a list: a country, a currency or a language that only some may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import parameters
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.declare import GROUP
from seedfast.values.semantic.places import country_codes, field_of_places, places_of
from seedfast.values.semantic.pools import Pool, plain
from seedfast.values.semantic.text import group_of

KIND = "place.listed"
"""The kind of value that is a field of the row's place, in the words of a list."""

_COUNTRY = ("country_code", "country_code3", "country")
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_COUNTRY, _COUNTRY),
    "currency": ("currency",),
    "timezone": ("timezone",),
    "locale": ("locale", "language"),
    "language": ("language", "locale"),
}
"""The fields in whose words a list may say what a place has."""

_COUNTRIES = {
    "usa": "us", "uk": "gb", "great-britain": "gb", "england": "gb", "america": "us", "deutschland": "de",
    "brasil": "br", "espana": "es", "italia": "it", "nippon": "jp", "korea": "kr", "schweiz": "ch",
    "osterreich": "at", "holland": "nl", "united-states-of-america": "us", "mexiko": "mx", "polska": "pl",
    "frankreich": "fr", "japon": "jp", "alemania": "de", "estados-unidos": "us", "uae": "ae", "czechia": "cz",
}  # fmt: skip
"""Other words for countries, with their ISO 3166 codes."""

_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "japanese": "ja", "chinese": "zh", "korean": "ko", "polish": "pl", "swedish": "sv",
    "turkish": "tr", "arabic": "ar", "hindi": "hi", "deutsch": "de", "english-us": "en", "mandarin": "zh",
}  # fmt: skip
"""Words for languages, with their ISO 639-1 codes."""

_USUAL = "US"
"""What a list says of this country stands for that of all places that the list leaves out."""


def fields() -> frozenset[str]:
    """Return the fields of places that a list may have words for."""
    return frozenset(_SPELLINGS)


def countries_among(values: Sequence[str]) -> tuple[str, ...]:
    """Return the ISO 3166 codes of the countries that values stand for, those of which places are known."""
    codes = np.array(country_codes())
    found = _said("country_code", tuple(values))
    return tuple(dict.fromkeys(str(code) for code in codes[found >= 0]))


def understood(field: str, values: Sequence[str]) -> bool:
    """Tell whether some place has one of the values in a field."""
    return bool((_said(field, tuple(values)) >= 0).any())


@cache
def _said(field: str, values: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return which of the values says what each place has in a field, -1 where none does."""
    written = [plain(value) for value in values]
    also = _COUNTRIES if field in _COUNTRY else _LANGUAGES
    numbers = {also.get(text, text): n for n, text in enumerate(written) if text}
    found = np.full(len(country_codes()), -1, dtype=np.int64)
    for spelling in reversed(_SPELLINGS[field]):
        own = np.array([numbers.get(plain(text), -1) for text in field_of_places(spelling)], dtype=np.int64)
        found = np.where(own >= 0, own, found)
    return found


class Listed(Generator):
    """A field of a row's place, in a list's words; places that it leaves out get what has no place, or is usual."""

    capacity: int

    def __init__(self, field: str, values: tuple[str, ...], group: int | None) -> None:
        self._group, self._values = group, Pool(values)
        self.capacity = len(values)
        said = _said(field, values)
        nowhere = sorted(set(range(len(values))) - set(said.tolist()))
        usual = int(said[country_codes().index(_USUAL)])
        rest = nowhere[0] if nowhere and field in _COUNTRY else max(usual, 0)
        self._of_places = np.where(said >= 0, said, rest)

    def values(self, draw: Draw) -> pa.Array:
        """Return what the list says of each row's place."""
        return self._values.dictionary(self._of_places[places_of(draw, self._group)])

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the values of the list."""
        return self._values.take(index)


def _listed(given: Mapping[str, Json]) -> Generator:
    field = parameters.one_of(given, "field", tuple(_SPELLINGS), "country_code")
    return Listed(field, tuple(map(str, parameters.items(given, "values", (_USUAL,)))), group_of(given))


def kinds() -> tuple[ValueKind, ...]:
    """Return the kind."""
    told = {"field": "what is said of places: " + ", ".join(sorted(_SPELLINGS)), "values": "the list"}
    return (ValueKind(KIND, "what a list says of a place", _listed, {**GROUP, **told}),)
