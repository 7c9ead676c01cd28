"""Companies: names and legal forms as they are usual in each one's country, and domains that go with the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows, Words, scale
from seedfast.values.columns import chosen, concatenated
from seedfast.values.kind import Draw, Json, ValueKind
from seedfast.values.semantic.addresses import AtPlace
from seedfast.values.semantic.declare import frames_kind, in_tongues, pool_kind, stem_kind
from seedfast.values.semantic.frames import frames
from seedfast.values.semantic.places import country_codes, field_of_places, places_of
from seedfast.values.semantic.pools import Pool, plain, pool, sections
from seedfast.values.semantic.text import Stem, countries_of, group_of, permuted, place_of, stream_of

_DOMAIN_TAIL = Pool((".example",))
_LANGUAGES = ("", ".de", ".pt", ".es", ".fr", ".it", ".ja", ".pl", ".nl")
"""The sections of names of companies, by language; those of others have the first."""

_JAPANESE, _JAPANESE_FORM = ".ja", "株式会社"

_LEGAL = {
    "US": "Inc.|LLC|Corp.",
    "CA": "Inc.|Ltd|Corp.",
    "GB": "Ltd|Plc",
    "IE": "Ltd",
    "DE": "GmbH|AG",
    "AT": "GmbH|AG",
    "CH": "AG|GmbH",
    "FR": "SAS|S.A.",
    "BE": "B.V.|S.A.",
    "LU": "S.A.",
    "ES": "SL|S.A.",
    "PT": "Lda|S.A.",
    "BR": "Ltda|S.A.",
    "IT": "S.r.l.",
    "NL": "B.V.",
    "SE": "AB",
    "FI": "Oy",
    "DK": "A/S|ApS",
    "NO": "AS",
    "PL": "Sp. z o.o.|S.A.",
    "CZ": "s.r.o.",
    "SK": "s.r.o.",
    "HU": "Kft.",
    "RO": "SRL",
    "HR": "d.o.o.",
    "SI": "d.o.o.",
    "RS": "d.o.o.",
    "EE": "OÜ",
    "LV": "SIA",
    "LT": "UAB",
    "BG": "EOOD",
    "TR": "A.Ş.",
    "MX": "S.A. de C.V.",
    "AR": "S.A.",
    "CL": "S.A.",
    "PE": "S.A.",
    "UY": "S.A.",
    "EC": "S.A.",
    "CO": "S.A.S.",
    "JP": "K.K.",
    "KR": "Co., Ltd.",
    "CN": "Co., Ltd.",
    "TW": "Co., Ltd.",
    "TH": "Co., Ltd.",
    "VN": "Co., Ltd.",
    "IN": "Pvt Ltd|Ltd",
    "PK": "Pvt Ltd",
    "BD": "Ltd",
    "AU": "Pty Ltd",
    "NZ": "Ltd",
    "ZA": "Pty Ltd",
    "SG": "Pte Ltd",
    "MY": "Sdn Bhd",
    "NG": "Ltd|Plc",
    "KE": "Ltd",
    "GH": "Ltd",
    "IL": "Ltd",
    "PH": "Inc.|Corp.",
    "AE": "LLC",
    "SA": "LLC",
    "EG": "LLC",
    "MA": "SAS",
}
"""The legal forms of companies, by country; those of others have any."""


@dataclass(frozen=True)
class _Names:
    """The names of companies in all languages in one pool each, with where a language's begin."""

    texts: Pool
    native: Pool
    plain: Pool
    start: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]

    def pick(self, language: Rows, words: Words) -> Rows:
        """Return an index into the pools for each row, of its language."""
        counts = self.count[language].astype(np.uint64)
        return self.start[language] + ((words >> np.uint64(32)) * counts >> np.uint64(32)).astype(np.int64)


@cache
def _names(what: str) -> _Names:
    told = sections("company")
    lists = [told[f"{what}{language}"] for language in _LANGUAGES]
    native = [told.get(f"{what}{language}.native", told[f"{what}{language}"]) for language in _LANGUAGES]
    texts = tuple(name for names in lists for name in names)
    count = np.array([len(names) for names in lists], dtype=np.int64)
    return _Names(
        Pool(texts),
        Pool(tuple(name for names in native for name in names)),
        Pool(tuple(map(plain, texts))),
        np.cumsum(count) - count,
        count,
    )


@cache
def _languages() -> npt.NDArray[np.int64]:
    """Return the number of the language in which companies of each place are named."""
    spoken = [f".{language}" for language in field_of_places("language")]
    return np.array([_LANGUAGES.index(one) if one in _LANGUAGES else 0 for one in spoken], dtype=np.int64)


@cache
def _usual() -> tuple[Pool, Pool, Pool]:
    """Return the parts of names that are distinct: what comes first, what companies do, and families of owners."""
    return pool("company/stem"), pool("company/trade"), pool("people/family.en")


@dataclass(frozen=True)
class CompanyName(Stem):
    """A company's name; ``domain`` writes it as the first label of its domain."""

    group: int | None = None
    domain: bool = False
    closed = True

    @property
    def size(self) -> int:  # type: ignore[override]
        """The combinations of stem, trade and family; none for domains."""
        stems, trades, families = _usual()
        return 0 if self.domain else stems.size * trades.size * (1 + families.size)

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest combination."""
        families = _usual()[2].longest
        form = pool("company/form").longest
        return _names("stem").texts.longest + families + _names("trade").texts.longest + form + 3

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the name of each row's company."""
        stream = stream_of(draw, self.group, "company")
        language = np.zeros(len(draw.rows), dtype=np.int64)
        if _placed(self.group):
            language = _languages()[places_of(draw, self.group)]
        stem = _names("stem").pick(language, stream.child("stem").words(draw.rows))
        trade = _names("trade").pick(language, stream.child("trade").words(draw.rows))
        if self.domain:
            return concatenated(_names("stem").plain.take(stem), _names("trade").plain.take(trade), separator="-")
        form = pool("company/form").take(_forms(draw, self.group, stream.child("form").words(draw.rows)))
        parts = (_names("stem").texts.take(stem), _names("trade").texts.take(trade), form)
        shapes = (
            concatenated(*parts, separator=" "),
            concatenated(parts[0], parts[1], separator=" "),
            concatenated(parts[0], parts[2], separator=" "),
        )
        shape = stream.child("shape").below(draw.rows, len(shapes))
        made = pc.choose(pa.array(shape), *shapes)
        if not countries_of(self.group):
            return made
        own = concatenated(_names("stem").native.take(stem), _names("trade").native.take(trade))
        before = concatenated(_JAPANESE_FORM, own)
        native = chosen(shape == 0, before, concatenated(own, _JAPANESE_FORM))
        return chosen(language == _LANGUAGES.index(_JAPANESE), native, made)

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return names of different stems and trades, and after these such as have the name of a family, too."""
        stems, trades, families = _usual()
        plain_ones = stems.size * trades.size
        first = permuted(np.minimum(index, plain_ones - 1), plain_ones, draw.stream)
        later = np.maximum(index - plain_ones, 0)
        more = permuted(later, plain_ones * families.size, draw.stream.child("family"))
        which = np.where(index < plain_ones, first, more // families.size)
        stem, trade = stems.take(which // trades.size), trades.take(which % trades.size)
        form = pool("company/form").take(_forms(draw, self.group, draw.stream.child("form").words(draw.rows)))
        usual = concatenated(stem, trade, form, separator=" ")
        owned = concatenated(stem, families.take(more % families.size), trade, form, separator=" ")
        return chosen(index < plain_ones, usual, owned)


@dataclass(frozen=True)
class CompanySite(Stem):
    """The web site at a company's domain."""

    group: int | None = None

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest domain behind the scheme."""
        return CompanyName(self.group, domain=True).longest + len(_SCHEME)

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the site of each row's company."""
        return concatenated(_SCHEME, CompanyName(self.group, domain=True).drawn(draw))


_SCHEME = "https://www."


def _placed(group: int | None) -> bool:
    return bool(countries_of(group)) or place_of(group) is not None


def _forms(draw: Draw, group: int | None, words: Words) -> Rows:
    """Return the legal form of each row's company: one of its country's, where it is at a place or confined to some."""
    texts = pool("company/form").texts
    any_form = scale(words, len(texts))
    if not _placed(group):
        return any_form
    start, count, own = _legal()
    place = places_of(draw, group)
    counts = count[place]
    picked = start[place] + ((words >> np.uint64(32)) * counts.astype(np.uint64) >> np.uint64(32)).astype(np.int64)
    return np.where(counts > 0, own[np.minimum(picked, own.size - 1)], any_form)


@cache
def _legal() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where the legal forms of each place's country begin, how many they are, and all of them by number."""
    texts = pool("company/form").texts
    forms = {country: [texts.index(form) for form in legal.split("|")] for country, legal in _LEGAL.items()}
    starts = dict(zip(forms, np.cumsum([0, *map(len, forms.values())]).tolist(), strict=False))
    codes = country_codes()
    return (
        np.array([starts.get(code, 0) for code in codes], dtype=np.int64),
        np.array([len(forms.get(code, ())) for code in codes], dtype=np.int64),
        np.array([form for listed in forms.values() for form in listed], dtype=np.int64),
    )


def _tax_number(given: Mapping[str, Json]) -> Stem:
    group = group_of(given)
    return AtPlace("vat", frames("codes/vat.frame", group=group, purpose="vat"), group)


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that companies have."""
    return (
        stem_kind("company.name", "names of companies", lambda p: CompanyName(group_of(p))),
        stem_kind(
            "company.domain",
            "domains of companies",
            lambda p: CompanyName(group_of(p), domain=True),
            gap="-",
            blank="",
            tail=_DOMAIN_TAIL,
        ),
        stem_kind(
            "company.site",
            "web sites of companies",
            lambda p: CompanySite(group_of(p)),
            gap="-",
            blank="",
            tail=Pool((".example",)),
        ),
        stem_kind("company.tax_number", "tax numbers of no company", _tax_number, gap="-", blank=""),
        pool_kind("company.industry", "industries", "company/industry"),
        in_tongues(pool_kind("company.department", "departments of a company", "jobs/department")),
        pool_kind("company.team", "teams", "jobs/team", flat=True),
        pool_kind("company.slogan", "slogans", "company/slogan"),
        pool_kind("company.size", "ranges of staff", "company/size"),
        frames_kind("company.store", "names of shops", "company/store"),
        frames_kind("company.publisher", "names of publishers", "company/publisher"),
        frames_kind("company.carrier", "names of carriers", "company/carrier"),
        frames_kind("company.bank", "names of banks", "company/bank"),
        frames_kind("company.school", "names of schools", "company/school"),
        frames_kind("company.hospital", "names of hospitals", "company/hospital"),
        frames_kind("company.airline", "names of airlines", "company/airline"),
        frames_kind("company.restaurant", "names of restaurants", "company/restaurant"),
    )
