"""The kinds that persons have: names, addresses of e-mail, telephone numbers, births."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import parameters
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.called import CALLED, called
from seedfast.values.semantic.codes import UNASSIGNED, CodeGenerator, line_of
from seedfast.values.semantic.declare import (
    GROUP,
    LINE,
    code_kind,
    frames_kind,
    in_tongues,
    pool_kind,
    stem_kind,
    text_kind,
)
from seedfast.values.semantic.frames import frames
from seedfast.values.semantic.passwords import PasswordHash
from seedfast.values.semantic.person_names import FullName, Gendered, GivenName, Initials, LoginName
from seedfast.values.semantic.pools import Pool, pool
from seedfast.values.semantic.text import Stem, TextGenerator, bounds, group_of, stream_of

_EPOCH = date(1970, 1, 1)
_YOUNGEST, _OLDEST = 18 * 365, 80 * 365


class BirthDate(Generator):
    """Dates of birth of adults, or those from ``low`` to ``high``."""

    capacity: int

    def __init__(self, params: Mapping[str, Json]) -> None:
        today = datetime.fromisoformat(str(params.get("now") or "2025-01-01")).date()
        last = (today - _EPOCH).days - _YOUNGEST
        self._last = _days(params.get("high"), last)
        first = min(_days(params.get("low"), self._last - (_OLDEST - _YOUNGEST) + 1), self._last)
        self._group = group_of(params)
        self.capacity = self._last - first + 1

    def values(self, draw: Draw) -> pa.Array:
        """Return a date per row."""
        return self.at(stream_of(draw, self._group, "birth").below(draw.rows, self.capacity), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the dates from the latest back."""
        return pa.array((self._last - index).astype(np.int32), pa.int32()).cast(pa.date32())


class Lived(Generator):
    """Ages, or years of birth, of the same persons whose birth dates lie from ``early`` to ``late`` days from today."""

    capacity: int

    def __init__(self, params: Mapping[str, Json], *, as_year: bool) -> None:
        self._today = _EPOCH + timedelta(days=_days(params.get("now"), 0))
        early, late = (parameters.integer(params, name, default) for name, default in _WINDOW)
        days = {"low": self._today + timedelta(days=early), "high": self._today + timedelta(days=late)}
        self._born = BirthDate({**params, **{end: day.isoformat() for end, day in days.items()}})
        self._as_year = as_year
        self._low = parameters.integer(params, "low", 0)
        self._high = parameters.integer(params, "high", self._today.year if as_year else 120)
        self.capacity = self._high - self._low + 1

    def values(self, draw: Draw) -> pa.Array:
        """Return the number of each row's person; one that may not be is drawn again within what may."""
        born = self._born.values(draw).to_numpy(zero_copy_only=False).astype("datetime64[D]")
        months = born.astype("datetime64[M]")
        year = born.astype("datetime64[Y]").astype(np.int64) + _EPOCH.year
        month, day = months.astype(np.int64) % 12 + 1, (born - months.astype("datetime64[D]")).astype(np.int64) + 1
        to_come = month * 100 + day > self._today.month * 100 + self._today.day
        found = year if self._as_year else self._today.year - year - to_come
        outside = (found < self._low) | (found > self._high)
        return pa.array(np.where(outside, self._low + draw.below(self.capacity, "outside"), found))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers from the lowest up."""
        return pa.array(self._low + index)


_WINDOW = (("early", -_OLDEST), ("late", -_YOUNGEST))


def _days(given: Json, otherwise: int) -> int:
    return otherwise if given is None else (datetime.fromisoformat(str(given)).date() - _EPOCH).days


class Phone(Generator):
    """Telephone numbers of the ranges kept for fiction; distinct ones have area codes that nobody has."""

    def __init__(self, params: Mapping[str, Json]) -> None:
        lengths = bounds(params)
        room = 99 if lengths[1] is None else lengths[1]
        shape = next((shape for width, shape in _PHONES if width <= room), "9" * max(room, 1))
        self._drawn = CodeGenerator(shape, lengths, group=line_of(group_of(params), str(params.get("line", ""))))
        far = shape.replace("299'-555-01'99", UNASSIGNED).replace("299'55501'99", UNASSIGNED.replace("'-'", "''"))
        self._distinct = CodeGenerator(far.replace("555-01'99", "555-'9999").replace("55501'99", "555'9999"), lengths)
        self.capacity = self._distinct.capacity

    def values(self, draw: Draw) -> pa.Array:
        """Return a number per row."""
        return self._drawn.values(draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return distinct numbers."""
        return self._distinct.at(index, draw)


_PHONES = (
    (15, "'+1-'299'-555-01'99"),
    (12, "299'-555-01'99"),
    (10, "299'55501'99"),
    (8, "'555-01'99"),
    (7, "'55501'99"),
)


def _gender(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    style = str(params.get("style") or ("letter" if high is not None and high < len("female") else "word"))
    listed = tuple(map(str, parameters.items(params, "values", ())))
    words = listed if len(listed) == 2 else pool(f"people/gender.{style}").texts
    return TextGenerator(Gendered(Pool(words[:1]), Pool(words[1:]), group_of(params), called(params)), (low, high))


def _mail_hosts() -> Pool:
    return pool("internet/host")


class Email(TextGenerator):
    """E-mail addresses at the domains kept for examples."""

    def __init__(self, params: Mapping[str, Json]) -> None:
        hosts = Pool(tuple(f"@{host}" for host in _mail_hosts().texts))
        super().__init__(LoginName(group_of(params), 3, called(params)), bounds(params), gap="", blank="", tail=hosts)


def _full_name(params: Mapping[str, Json]) -> Stem:
    inverted = params.get("order") == "family first"
    return FullName(group_of(params), inverted, str(params.get("spelling") or ""), called(params))


def _one_name(which: str, params: Mapping[str, Json]) -> Stem:
    return GivenName(group_of(params), which, str(params.get("spelling") or ""))


def _gendered(which: str, params: Mapping[str, Json]) -> Stem:
    return Gendered(pool(f"people/{which}.f"), pool(f"people/{which}.m"), group_of(params), called(params))


def _title(params: Mapping[str, Json]) -> Stem:
    """Return forms of address; languages that have one for each gender use it for doctors, too."""
    return _gendered("title.plain" if params.get("tongue") else "title", params)


_SPELLING = {"spelling": "`kana` for Japanese names as they are read"}
_GENDER = {**CALLED, "style": "word, capital or letter", "values": "what stands for women, and what for men"}


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that persons have."""
    return (
        stem_kind("person.given_name", "given names", lambda p: _one_name("given", p), params=_SPELLING),
        stem_kind("person.middle_name", "second given names", lambda p: _one_name("second", p), params=_SPELLING),
        stem_kind("person.family_name", "family names", lambda p: _one_name("family", p), params=_SPELLING),
        stem_kind(
            "person.full_name",
            "given and family names",
            _full_name,
            params={"order": "`family first` for Weber, Anna", **_SPELLING, **CALLED},
        ),
        stem_kind(
            "person.username",
            "login names",
            lambda p: LoginName(group_of(p), told=called(p)),
            gap="",
            blank="",
            params=CALLED,
        ),
        text_kind("person.email", "e-mail addresses at example domains", Email, CALLED),
        text_kind(
            "person.gender",
            "genders",
            _gender,
            _GENDER,
        ),
        in_tongues(stem_kind("person.title", "forms of address", _title, params=CALLED)),
        stem_kind("person.initials", "initials", lambda p: Initials(group_of(p)), gap="", blank=""),
        pool_kind("person.job", "job titles", "jobs/title", flat=True, purpose="job"),
        pool_kind("person.contact_job", "job titles of whom one talks to at another firm", "jobs/contact"),
        ValueKind(
            "person.birth_date",
            "dates of birth of adults",
            BirthDate,
            {
                "now": "the day from which ages count",
                "low": "the earliest date",
                "high": "the latest date",
                **GROUP,
            },
        ),
        *(
            ValueKind(
                name,
                summary,
                partial(Lived, as_year=as_year),
                {
                    "low": "the lowest value",
                    "high": "the highest value",
                    "now": "the day from which ages count",
                    "early": "days from then to the earliest birth",
                    "late": "days from then to the latest birth",
                    **GROUP,
                },
            )
            for name, summary, as_year in (
                ("person.age", "ages that go with birth dates", False),
                ("person.birth_year", "years of birth that go with birth dates", True),
            )
        ),
        text_kind("person.phone", "telephone numbers kept for fiction", Phone, LINE),
        text_kind(
            "person.password_hash",
            "hashes of no password",
            PasswordHash,
            {"method_in": "the column that names the method of hashing"},
        ),
        stem_kind(
            "person.bio",
            "a sentence or two about a person",
            lambda p: frames("people/bio", group=group_of(p), purpose="bio"),
        ),
        frames_kind("person.avatar_url", "addresses of portraits", "internet/avatar", gap="-", blank=""),
        stem_kind("person.name_suffix", "suffixes of names", lambda p: _gendered("suffix", p), params=CALLED),
        pool_kind("person.marital_status", "marital states", "people/marital"),
        pool_kind("person.religion", "religions", "people/religion"),
        pool_kind("person.ethnicity", "ethnicities", "people/ethnicity"),
        pool_kind("person.relationship", "how a person is related to another", "people/relationship"),
        pool_kind("person.skill", "skills", "people/skill"),
        code_kind("person.national_id", "identity numbers of no country", "'000-'99'-'9999"),
        code_kind("person.national_number", "identity numbers of no country in nine digits", "'000'999999"),
    )
