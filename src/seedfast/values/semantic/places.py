"""Places: city, region, postcode, country and the rest, agreeing within a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows, Stream, Words, skewed
from seedfast.values.columns import chosen, concatenated, text
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.amounts import NUMBERS, limits, stored
from seedfast.values.semantic.codes import UNASSIGNED, CodeGenerator, line_of
from seedfast.values.semantic.declare import GROUP, LINE, pool_kind, stem_kind
from seedfast.values.semantic.pools import Pool, columns, pool
from seedfast.values.semantic.text import (
    THOUSAND,
    Group,
    Stem,
    countries_of,
    group_of,
    permuted,
    place_of,
    shared_out,
    stream_of,
)

Countries = tuple[tuple[str, int], ...]

_POSTCODES = 50
_JITTER = 60_000
_MICRO = 6
_OF_COUNTRIES = {
    "country": "name",
    "country_code": "alpha2",
    "country_code3": "alpha3",
    "currency": "currency",
    "dial_code": "dial",
}
"""Fields of a place that its country has, by the names that the table of countries gives them."""


_OWN = "own_"
"""What fields are called that hold a city or region as the people there call it."""


def _called(name: str, group: object) -> str:
    """Return the field to show: cities and regions by their own names where countries are asked for."""
    return f"{_OWN}{name}" if name in ("city", "region") and countries_of(group) else name


@cache
def _field(name: str) -> Pool:
    """Return a field of every place, in the places' order."""
    places = columns("places")
    if name in _OF_COUNTRIES and name not in places:
        countries = columns("countries")
        told = dict(zip(countries["alpha2"].texts, countries[_OF_COUNTRIES[name]].texts, strict=True))
        return Pool(tuple(told[code] for code in places["country_code"].texts))
    if name.startswith(_OWN):
        known = columns("endonyms")
        keys = zip(known["city"].texts, known["country_code"].texts, strict=True)
        own = dict(zip(keys, known[name].texts, strict=True))
        plain = places[name.removeprefix(_OWN)].texts
        there = zip(places["city"].texts, places["country_code"].texts, plain, strict=True)
        return Pool(tuple(own.get((city, country), text) for city, country, text in there))
    if name == "language":
        return Pool(tuple(locale.partition("_")[0] for locale in places["locale"].texts))
    return places[name]


@cache
def _places(countries: Countries) -> tuple[tuple[int, ...], ...]:
    """Return the places of each country, and last those of all others."""
    codes = _field("country_code").texts
    named = [tuple(n for n, code in enumerate(codes) if code == country) for country, _ in countries]
    known = {country for country, _ in countries}
    return (*named, tuple(n for n, code in enumerate(codes) if code not in known))


def known_countries() -> frozenset[str]:
    """Return the countries of which places are known, by ISO 3166 code."""
    return frozenset(_field("country_code").texts)


@cache
def known_places(fields: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return what some fields hold together in all places that are known, cities and regions by either name."""
    plain = zip(*(_field(name).texts for name in fields), strict=True)
    own = zip(*(_field(f"{_OWN}{name}" if name in ("city", "region") else name).texts for name in fields), strict=True)
    return tuple(sorted({*plain, *own}))


@cache
def _confined(countries: Countries) -> tuple[int, ...]:
    """Return all places that rows may be of, in their order."""
    *named, others = _places(countries)
    rest = others if sum(share for _, share in countries) < THOUSAND else ()
    return tuple(sorted([n for places in named for n in places] + list(rest)))


@cache
def _every(name: str, countries: Countries = ()) -> Pool:
    """Return the different values that a field may have, for distinct ones."""
    if countries:
        held = (_field(name).texts[n] for n in _confined(countries))
        return Pool(tuple({text.casefold(): text for text in held}.values()))
    wider = {
        "timezone": "codes/timezone",
        "locale": "codes/locale",
        "language": "codes/language",
        "currency": "codes/currency",
    }
    if name in _OF_COUNTRIES and name not in wider:
        texts = columns("countries")[_OF_COUNTRIES[name]].texts
        return Pool(tuple(dict.fromkeys(texts)))
    texts = pool(wider[name]).texts if name in wider else _field(name).texts
    return Pool(tuple({text.casefold(): text for text in texts}.values()))


@cache
def _postcodes() -> Pool:
    """Return the same number of postcodes for every place."""
    numbers = np.arange(_POSTCODES)
    return Pool(
        tuple(
            _written(form, int(word))
            for place, form in enumerate(_field("postcode").texts)
            for word in Stream(place).words(numbers)
        )
    )


@cache
def _different_postcodes(countries: Countries = ()) -> Pool:
    texts = _postcodes().texts
    if countries:
        texts = tuple(text for n in _confined(countries) for text in texts[n * _POSTCODES : (n + 1) * _POSTCODES])
    return Pool(tuple({text.casefold(): text for text in texts}.values()))


def _written(form: str, word: int) -> str:
    lettered = "A" in form
    out = []
    for character in form:
        if character == "#" or (lettered and character == "9"):
            word, digit = divmod(word, 10)
            out.append(str(digit))
        elif lettered and character == "A":
            word, letter = divmod(word, 20)
            out.append("ABDEFGHJLNPQRSTUWXYZ"[letter])
        else:
            out.append(character)
    return "".join(out)


def country_codes() -> tuple[str, ...]:
    """Return the country of every place, by ISO 3166 code, in the places' order."""
    return _field("country_code").texts


def field_of_places(name: str) -> tuple[str, ...]:
    """Return a field of every place, in the places' order."""
    return _field(name).texts


def places_of(draw: Draw, group: int | None) -> Rows:
    """Return the place of each row's person, company or whatever the group stands for, as its number."""
    place = place_of(group)
    if isinstance(group, Group) and place is not None:
        if group.whose is not None:
            # Rows are at one place that have one key, such as a customer and all of the customer's addresses.
            draw = Draw(_keys(draw.inputs[group.whose], draw.rows), draw.stream, draw.inputs)
        group = Group(place, countries_of(group), inside=group.inside)
    words = stream_of(draw, group, "place").words(draw.rows)
    found = _anywhere(draw, group, words)
    if isinstance(group, Group) and group.inside is not None:
        column, field = group.inside
        return _inside(words, draw.inputs[column], field, found)
    return found


def _anywhere(draw: Draw, group: int | None, words: Words) -> Rows:
    """Return places of the countries that a group is confined to, else of all."""
    countries = countries_of(group)
    if not countries:
        return skewed(words, _field("city").size)
    lists = _places(countries)
    left = max(0, THOUSAND - sum(share for _, share in countries))
    chosen = shared_out(draw, group, [*(share for _, share in countries), left])
    found = np.zeros(len(draw.rows), dtype=np.int64)
    for number, places in enumerate(lists):
        at = np.flatnonzero(chosen == number)
        # A country of which no place is known leaves its rows to the others.
        inside = np.array(places or lists[-1], dtype=np.int64)
        found[at] = inside[skewed(words[at], len(inside))]
    return found


@cache
def _holding(field: str) -> tuple[pa.Array, Rows, Rows, Rows]:
    """Return the values of a field in lower case, where the places of each begin, how many they are, and the places."""
    held: dict[str, list[int]] = {}
    for name in dict.fromkeys((field, f"{_OWN}{field}" if field in ("city", "region") else field)):
        for place, value in enumerate(_field(name).texts):
            if place not in held.setdefault(value.lower(), []):
                held[value.lower()].append(place)
    counts = np.array([len(places) for places in held.values()], dtype=np.int64)
    places = np.array([place for each in held.values() for place in each], dtype=np.int64)
    return pa.array(list(held), pa.string()), np.cumsum(counts) - counts, counts, places


def _inside(words: Words, told: pa.Array, field: str, others: Rows) -> Rows:
    """Return places that have what is told of them in a field, and others where there is none that has."""
    values, starts, counts, places = _holding(field)
    which = pc.index_in(pc.utf8_lower(pc.utf8_trim_whitespace(text(told))), value_set=values)
    which = pc.fill_null(which, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    found = others.copy()
    for count in np.unique(counts[which[which >= 0]]):
        at = np.flatnonzero((which >= 0) & (counts[which] == count))
        found[at] = places[starts[which[at]] + skewed(words[at], int(count))]
    return found


def _keys(keys: pa.Array, rows: Rows) -> Rows:
    """Return numbers that keys are told by, whole ones or UUIDs; where a row has none, one of its own."""
    own = rows + _OWN_KEYS
    if pa.types.is_integer(keys.type):
        found: Rows = keys.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    else:
        digits = pc.replace_substring(text(keys).fill_null(_NO_UUID), "-", "")
        fits = pc.match_substring_regex(digits, "^[0-9a-f]{32}$")
        octets = np.frombuffer("".join(pc.if_else(fits, digits, _NO_UUID).to_pylist()).encode(), dtype=np.uint8)
        nibbles = np.where(octets >= ord("a"), octets - ord("a") + 10, octets - ord("0")).reshape(-1, 32)[:, 1:16]
        found = (nibbles.astype(np.int64) << np.arange(56, -4, -4)).sum(axis=1)
    return np.where(keys.is_null().to_numpy(zero_copy_only=False), own, found)


_OWN_KEYS = 1 << 60
_NO_UUID = "0" * 32


def _of_country(name: str, draw: Draw, group: int | None, others: pa.Array) -> pa.Array:
    """Return what is known of the countries that a column tells, of which there may be no places; else the others."""
    if not isinstance(group, Group) or group.inside is None or not {name, group.inside[1]} <= _OF_COUNTRIES.keys():
        return others
    column, told = group.inside
    countries = columns("countries")
    which = pc.index_in(text(draw.inputs[column]), value_set=countries[_OF_COUNTRIES[told]].array)
    found = countries[_OF_COUNTRIES[name]].array.take(which)
    return pc.if_else(pc.is_valid(which), found, text(others))


@dataclass(frozen=True)
class PlaceField(Stem):
    """One field of a row's place; distinct ones come from all places that are known."""

    name: str
    group: int | None = None
    in_order: bool = False

    @property
    def _shown(self) -> str:
        return _called(self.name, self.group)

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """Whether no value ends in a digit."""
        return not any(text[-1:].isdigit() for text in _every(self._shown, countries_of(self.group)).texts)

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different values."""
        return _every(self._shown, countries_of(self.group)).size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest value."""
        return max(_every(self._shown, countries_of(self.group)).longest, _field(self._shown).longest)

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest value."""
        return min(_every(self._shown, countries_of(self.group)).shortest, _field(self._shown).shortest)

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the field of each row's place, or of the country that a list of countries tells."""
        if self.in_order:
            return self.numbered(draw.rows % self.size, draw)
        return _of_country(self.name, draw, self.group, _field(self._shown).dictionary(places_of(draw, self.group)))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different values, the well-known first."""
        return _every(self._shown, countries_of(self.group)).take(index)


@dataclass(frozen=True)
class Postcode(Stem):
    """A postcode of a row's place."""

    group: int | None = None

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different postcodes."""
        return _different_postcodes(countries_of(self.group)).size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest postcode."""
        return _postcodes().longest

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest postcode."""
        return _postcodes().shortest

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a postcode of each row's place."""
        which = stream_of(draw, self.group, "postcode").below(draw.rows, _POSTCODES)
        return _postcodes().dictionary(places_of(draw, self.group) * _POSTCODES + which)

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different postcodes."""
        return _different_postcodes(countries_of(self.group)).take(permuted(index, self.size, draw.stream))


@dataclass(frozen=True)
class DialCode(Stem):
    """The code that a row's country is called by."""

    group: int | None = None

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different codes."""
        return _every("dial_code", countries_of(self.group)).size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest code and its sign."""
        return _every("dial_code", countries_of(self.group)).longest + 1

    shortest = 2

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the code of each row's place."""
        there = _field("dial_code").take(places_of(draw, self.group))
        return concatenated("+", _of_country("dial_code", draw, self.group, there))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different codes."""
        return concatenated("+", _every("dial_code", countries_of(self.group)).take(index))


_NOBODY = "00-555-"
"""What telephone numbers begin with where a country keeps none for fiction: no plan lets one begin with two zeros."""

_NORTH_AMERICAN = "1"
_FAR = len("+999-00-2999999999")


@cache
def _fiction() -> tuple[Pool, np.ndarray[Any, np.dtype[np.int64]]]:
    """Return, for every place, the start of numbers that are kept for fiction there, and how many digits follow.

    Where neither the city nor the country has some, numbers begin with what no plan lets one begin with; in North
    America, where any area code has some, with nothing.
    """
    told = columns("phones")
    at = zip(told["country"].texts, told["city"].texts, strict=True)
    known = dict(zip(at, zip(told["start"].texts, map(int, told["digits"].texts), strict=True), strict=True))
    places = zip(*(_field(name).texts for name in ("country_code", "city", "dial_code")), strict=True)
    found = [
        known.get((country, city)) or known.get((country, "")) or ("" if dial == _NORTH_AMERICAN else _NOBODY, _DIGITS)
        for country, city, dial in places
    ]
    return Pool(tuple(start for start, _ in found)), np.array([digits for _, digits in found])


_DIGITS = 4


@dataclass(frozen=True)
class Phone(Stem):
    """Telephone numbers of each row's country that reach nobody: kept for fiction where the country keeps some."""

    group: int | None = None
    line: str = ""

    size = 8 * 10 * 800 * 10**4
    # What comes after these, a number behind a sign, is none of them.
    closed = True

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest number."""
        starts, digits = _fiction()
        inland = zip(_field("dial_code").texts, starts.texts, digits, strict=True)
        return max(_FAR, *(len(f"+{dial}-{start}") + int(count) for dial, start, count in inland))

    shortest = len("+1-299-555-0199")

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a number per row."""
        starts, digits = _fiction()
        place = places_of(draw, self.group)
        line = line_of(self.group, self.line)
        last = CodeGenerator("9" * _DIGITS, group=line).values(draw)
        for count in np.unique(digits[digits < _DIGITS]):
            last = chosen(digits[place] == count, pc.utf8_slice_codeunits(last, 0, int(count)), last)
        dial = _field("dial_code").take(place)
        american = CodeGenerator("299'-555-01'99", group=line).values(draw)
        there = np.array([not start for start in starts.texts])[place]
        return concatenated("+", dial, "-", chosen(there, american, concatenated(starts.take(place), last)))

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different numbers, of the countries that are asked for if any: each is known by its end alone."""
        numbers = CodeGenerator(UNASSIGNED).at(permuted(index, self.size, draw.stream), draw)
        american = concatenated("+1-", numbers)
        countries = countries_of(self.group)
        if not countries:
            return american
        codes = _every("dial_code", countries)
        country = skewed(draw.stream.child("country").words(index), codes.size)
        there = np.array([code == _NORTH_AMERICAN for code in codes.texts])[country]
        inland = concatenated("+", codes.take(country), "-00-", pc.replace_substring(numbers, "-", ""))
        return chosen(there, american, inland)


class Coordinate(Generator):
    """Degrees of latitude or longitude, near a row's place; ``low`` and ``high`` confine them."""

    def __init__(self, field: str, span: int, params: Mapping[str, Json]) -> None:
        self._degrees = np.array([int(text) * 1000 for text in _field(field).texts], dtype=np.int64)
        self._group, self._field_name = group_of(params), field
        self._scale = int(params.get("scale", _MICRO))
        self._unit = str(params.get("unit") or "decimal")
        if self._unit == "integer":
            self._scale = 0
        self._low, self._high = limits(params, str(-span), str(span), self._scale)
        self.capacity = self._high - self._low + 1

    def values(self, draw: Draw) -> pa.Array:
        """Return degrees within a few kilometres of the place's centre."""
        stray = stream_of(draw, self._group, self._field_name).below(draw.rows, 2 * _JITTER) - _JITTER
        millionths = self._degrees[places_of(draw, self._group)] + stray
        if self._scale <= _MICRO:
            degrees = millionths // 10 ** (_MICRO - self._scale)
        else:
            degrees = millionths * 10 ** (self._scale - _MICRO)
        return stored(np.clip(degrees, self._low, self._high), self._scale, self._unit)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return degrees from the lowest up."""
        return stored(self._low + index, self._scale, self._unit)


def _coordinate(name: str, summary: str, field: str, span: int) -> ValueKind:
    return ValueKind(name, summary, lambda given: Coordinate(field, span, given), {**NUMBERS, **GROUP})


def _place_kind(name: str, summary: str, field: str) -> ValueKind:
    return stem_kind(
        name,
        summary,
        lambda given: PlaceField(field, group_of(given), bool(given.get("in_order"))),
        params={"in_order": "whether rows go through all different values"},
    )


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that places have."""
    return (
        _place_kind("place.city", "cities", "city"),
        _place_kind("place.region", "states, provinces and regions", "region"),
        _place_kind("place.region_code", "codes of states and regions", "region_code"),
        stem_kind("place.postcode", "postcodes", lambda given: Postcode(group_of(given)), gap="-", blank=""),
        _place_kind("place.country", "countries", "country"),
        _place_kind("place.country_code", "ISO 3166 codes of two letters", "country_code"),
        _place_kind("place.country_code3", "ISO 3166 codes of three letters", "country_code3"),
        _coordinate("place.latitude", "degrees of latitude", "lat", 90),
        _coordinate("place.longitude", "degrees of longitude", "lon", 180),
        _place_kind("place.timezone", "time zones", "timezone"),
        _place_kind("place.currency", "ISO 4217 codes of currencies", "currency"),
        stem_kind(
            "place.dial_code",
            "codes of countries for telephone calls, such as +49",
            lambda given: DialCode(group_of(given)),
            gap="-",
            blank="",
        ),
        stem_kind(
            "place.phone",
            "telephone numbers",
            lambda given: Phone(group_of(given), str(given.get("line", ""))),
            gap="-",
            blank="",
            params=LINE,
        ),
        _place_kind("place.locale", "locales such as de_DE", "locale"),
        _place_kind("place.language", "ISO 639-1 codes of languages", "language"),
        pool_kind("place.county", "counties", "codes/county"),
        pool_kind("place.continent", "continents", "codes/continent"),
        pool_kind("place.sales_region", "parts of a market", "codes/region.sales"),
        pool_kind("place.district", "parts of a town", "codes/district"),
        pool_kind("place.location", "spots within a site", "codes/location", flat=True),
    )
