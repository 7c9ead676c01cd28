"""Streets, flats and whole addresses, written as they are in each row's country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values.columns import chosen, concatenated, text
from seedfast.values.kind import Draw, ValueKind
from seedfast.values.semantic.declare import frames_kind, pool_kind, stem_kind
from seedfast.values.semantic.frames import Frames, Loom, frames
from seedfast.values.semantic.places import PlaceField, Postcode, country_codes, field_of_places, places_of
from seedfast.values.semantic.pools import sections
from seedfast.values.semantic.text import Stem, countries_of, group_of, stream_of

_NATIVE = ".native"

_CITY_FIRST = frozenset({"US", "CA", "AU", "NZ", "SG", "PH", "KE", "NG", "ZA", "GH"})
"""Countries whose postcodes stand behind the city."""

_CODE_LAST = frozenset({"GB", "IE", "IN"})
_OWN_SCRIPT = frozenset({"JP", "KR", "CN"})
"""Countries whose addresses go from the large to the small where they are in the country's own script."""


@cache
def _manners(what: str, *, native: bool) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """Return the sections of frames in which something is written, and which of them is each place's; -1 is none."""
    known = tuple(name for name in sections("local") if name.startswith(f"{what}."))
    found = []
    for country, language in zip(country_codes(), field_of_places("language"), strict=True):
        wanted = [f"{what}.{country}", f"{what}.{language}{_NATIVE}" if native else "", f"{what}.{language}"]
        found.append(next((known.index(name) for name in wanted if name in known), -1))
    return known, np.array(found, dtype=np.int64)


@dataclass(frozen=True)
class AtPlace(Stem):
    """Frames in the manner of each row's place: of its country or language; ``others`` where there is none.

    Distinct texts are those of the others alone.
    """

    what: str
    others: Frames
    group: int | None = None
    lengths: tuple[int, int | None] = (0, None)

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different texts."""
        return self.others.size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest text in any manner."""
        own = [made.longest for made in self._own.values()]
        return max(self.others.longest or 0, *own) if own else self.others.longest or 0

    @property
    def shortest(self) -> int:  # type: ignore[override]
        """The shortest text in any manner."""
        return min([self.others.shortest, *(made.shortest for made in self._own.values())])

    @property
    def closed(self) -> bool:  # type: ignore[override]
        """Whether no distinct text ends in a digit."""
        return self.others.closed

    def drawn(self, draw: Draw) -> pa.Array:
        """Return a text per row."""
        if self.group is None or not self._own:
            return self.others.drawn(draw)
        which = self._which[places_of(draw, self.group)]
        return self._loom.drawn(draw.rows, which, stream_of(draw, self.group, self.what))

    @cached_property
    def _which(self) -> Rows:
        """Which set of frames each place's texts are of; the others come last."""
        manner = _manners(self.what, native=self._native)[1]
        sets = list(self._own)
        return np.array([sets.index(number) if number in self._own else len(sets) for number in manner.tolist()])

    @cached_property
    def _loom(self) -> Loom:
        return Loom([*(one.frames for one in self._own.values()), self.others.frames])

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different texts."""
        return self.others.numbered(index, draw)

    def fitted(self, low: int, high: int | None) -> AtPlace:
        """Return the stem of those manners whose texts fit."""
        return replace(self, others=self.others.fitted(low, high), lengths=(low, high))

    @property
    def _native(self) -> bool:
        return bool(countries_of(self.group))

    @cached_property
    def _own(self) -> dict[int, Frames]:
        low, high = self.lengths
        made = {n: self._frames(name) for n, name in enumerate(_manners(self.what, native=self._native)[0])}
        return {n: one for n, one in made.items() if low <= one.shortest and (high is None or one.longest <= high)}

    def _frames(self, section: str) -> Frames:
        return frames(f"local/{section}", group=self.group, purpose=self.what)


@dataclass(frozen=True)
class Address(Stem):
    """A whole address on one line."""

    group: int | None = None

    def drawn(self, draw: Draw) -> pa.Array:
        """Return street, postcode, city and country of each row's place."""
        return self._joined(_street(self.group).drawn(draw), draw)

    @property
    def size(self) -> int:  # type: ignore[override]
        """The different streets."""
        return _street(self.group).size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest parts together."""
        parts = [_street(self.group), Postcode(self.group), *(self._field(name) for name in ("city", "region"))]
        return sum(part.longest or 0 for part in (*parts, self._field("country"))) + 6

    closed = True

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return addresses of different streets or house numbers."""
        return self._joined(_street(self.group).numbered(index, draw), draw)

    def _field(self, name: str) -> PlaceField:
        return PlaceField(name, self.group)

    def _joined(self, street: pa.Array, draw: Draw) -> pa.Array:
        postcode = text(Postcode(self.group).drawn(draw))
        city, code, country, region = (
            text(self._field(name).drawn(draw)) for name in ("city", "region_code", "country", "region")
        )
        written = concatenated(street, concatenated(postcode, city, separator=" "), country, separator=", ")
        place = places_of(draw, self.group)
        behind = concatenated(street, city, concatenated(code, postcode, separator=" "), country, separator=", ")
        written = chosen(_among(_CITY_FIRST)[place], behind, written)
        last = concatenated(street, concatenated(city, postcode, separator=" "), country, separator=", ")
        written = chosen(_among(_CODE_LAST)[place], last, written)
        if not countries_of(self.group):
            return written
        whole = concatenated(postcode, concatenated(region, city, street), separator=" ")
        return chosen(_among(_OWN_SCRIPT)[place], whole, written)


@cache
def _among(countries: frozenset[str]) -> npt.NDArray[np.bool_]:
    return np.array([code in countries for code in country_codes()])


def _street(group: int | None) -> Stem:
    return AtPlace("street", frames("codes/street.frame", group=group, purpose="street"), group)


def _street_name(group: int | None) -> Stem:
    return AtPlace("streets", frames("codes/street.name", group=group, purpose="streets"), group)


def _unit(group: int | None) -> Stem:
    return AtPlace("unit", frames("codes/unit.frame", group=group, purpose="unit"), group)


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that addresses have."""
    return (
        stem_kind("place.street", "house numbers and streets", lambda given: _street(group_of(given)), gap=" No. "),
        stem_kind("place.street_name", "streets without a number", lambda given: _street_name(group_of(given))),
        frames_kind("place.house_number", "house numbers", "codes/house"),
        pool_kind("place.street_type", "what a street is", "codes/street.form"),
        stem_kind("place.unit", "flats, floors and suites", lambda given: _unit(group_of(given))),
        stem_kind("place.address", "whole addresses", lambda given: Address(group_of(given))),
    )
