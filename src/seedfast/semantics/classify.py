"""Readings of every column of a table: kinds that fit its type, ranked, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from seedfast import rng
from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.semantics.coded import codes_said
from seedfast.semantics.domains import Domain, Domains
from seedfast.semantics.files import file_readings
from seedfast.semantics.lexicon import Found, lexicon, pieces
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.numbers import INTEGERS, numeric_meanings
from seedfast.semantics.order import trimmed
from seedfast.semantics.passwords import METHODS, method, said_of
from seedfast.semantics.tables import PLACE_LISTS, subject_role
from seedfast.semantics.words import shared_prefix, words

TEXTS = frozenset({"text", "varchar", "bpchar", "citext", "name"})
"""Types that hold text; ``name`` holds 63 bytes."""

_GROUPS = frozenset({"person", "place", "company", "product"})
_OF_COUNTRIES = frozenset({"person", "place", "company"})
_NAME_WORDS = frozenset({"name", "full", "real", "display", "legal"})
_ROLE_BONUS = 110
_NAME_LENGTH = 63
_SECONDS = frozenset({"second", "sec", "s", "epoch", "unix"})
_EPOCH_UNITS = _SECONDS | {"ms", "milli", "millis", "millisecond"}
_BIRTH = (-29200, -6570)
"""Days from now between which grown persons were born."""

_LEAP = 20
"""Days by which so many years as people live are longer than as many times 365 days."""

_AGES = (("age",), ("birth", "year"), ("year", "birth"), ("year", "of", "birth"), ("born",), ("year", "born"))
"""What columns of whole numbers call a person's age or year of birth."""

_STANDING = frozenset({"person", "company", "store", "product", "team", "school", "hospital", "plan"})
"""What is there until further notice: most of it hasn't ended."""

_OVER = frozenset({"closed", "closing", "ended", "end", "left", "stopped", "until"})
_STILL_THERE = 850
_QUESTION_WORDS = frozenset({"is", "has", "was", "can", "are", "should", "have", "allow", "does"})
_SENTENCE_LENGTH = 120
_TERSE = 3
_NO_SIGN = 100
_SAID_IN_COMMENT = 850
"""How sure a comment's list of codes is: what a name clearly says is more than that."""
_PLACE_WORDS = frozenset({"country", "nation", "region", "state", "province", "city", "town", "address", "postal"})
_BESIDE_PLACE = {
    "text.language_code": "place.language",
    "text.language": "place.language",
    "text.locale": "place.locale",
    "text.currency_code": "place.currency",
    "person.phone": "place.phone",
}
"""What stands in for a kind in a table that says where its rows are, so that the row agrees with itself."""

_NAMES = frozenset({"person.full_name", "person.given_name", "person.family_name"})
_OF_A_CARD = frozenset({"finance.card_number", "finance.card_brand", "finance.card_last4"})
_ADDRESSES = frozenset({"person.email", "person.username"})
_PLAIN_ADDRESS = frozenset({"email", "mail", "address", "login", "username", "user", "name", "account", "handle"})
"""Words of a column that leave it open whose address or login it has."""

_OF_A_COUNTRY = _NAMES | {
    "place.country", "place.country_code", "place.country_code3", "place.timezone", "place.dial_code", "place.region",
}  # fmt: skip
"""Kinds that a row's country decides on, beside those that have another form in a place."""

_IN_WORDS = frozenset(
    {"person.gender", "place.country", "place.country_code", "place.country_code3", "place.currency"}
    | {"place.language", "place.locale", "place.timezone"}
)
"""Kinds that a list may have words of its own for."""

_OF_ITSELF = frozenset(
    {"default", "preferred", "native", "base", "user", "customer", "account", "store", "local", "my"}
)
"""Words in front of a language or currency that leave it the row's own."""

_PHONES = frozenset({"person.phone", "place.phone"})
_PLAIN_PHONE = frozenset({"phone", "telephone", "tel", "number", "no", "nr", "contact"})
"""Pieces of a name that don't say which of a person's several numbers it is."""

_PHONE_ROOM = 18
_OTHERS = frozenset({"emergency", "ship", "shipping", "bill", "billing", "delivery", "kin", "guardian", "parent"})
_SIGNS = {
    "cloud": (("bucket",), ("bucket", "name"), ("cloud", "provider"), ("access", "key")),
    "names": (("suffix",), ("name", "suffix"), ("job", "title")),
    "maker": (("make",), ("manufacturer",), ("vin",), ("serial", "number"), ("serial", "no"), ("imei",)),
    "medicine": (("npi",), ("dea",), ("specialty",)),
}
_FAMILY, _GIVEN = "family", "given"
"""That a table has family names and no other given names, or given names and no other family names."""

_NAMELESS = frozenset({"name", "full", "person", "real", "display", "user", "legal", "first", "last"})
_ANY_PERSON = frozenset({"primary", "main", "current", "default", "public", "display", "login", "official"})
"""Words that leave an e-mail address or a name that of the row's own person."""

_PLACE_SIGNS = (
    ("city",),
    ("postal", "code"),
    ("zip", "code"),
    ("zip", "code", "code"),
    ("postcode",),
    ("code", "postal"),
)
_IDLE_WORDS = frozenset(
    {
        "display",
        "full",
        "real",
        "short",
        "long",
        "common",
        "official",
        "public",
        "preferred",
        "english",
        "original",
        "legal",
    }
    | {"billing", "shipping", "ship", "home", "work", "primary", "secondary", "mailing", "contact", "local", "current"}
)
_FLAG_WORDS = frozenset({"flag", "bool", "boolean", "indicator", "yn"})


def classify(
    table: Table,
    *,
    now: datetime,
    seed: int,
    domains: Domains | None = None,
    nature: str = "",
    countries: Mapping[str, int] | None = None,
) -> Mapping[str, tuple[Meaning, ...]]:
    """Return the readings of each column of a table by name, best first; empty where the type says it all.

    The last reading is one that any column of the type may have. ``now`` is the moment that dates count from; columns
    of one person, place or thing get the same ``group_key``, drawn from ``seed`` and the table's name. ``domains`` are
    the data packs that speak of the table's schema. ``nature`` tells what its rows are, ``person`` or ``company``,
    whatever its name says, and ``countries`` are those that they are of, in permille.
    """
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    domain = None if domains is None else domains.of(table)
    role = nature or subject_role(words(table.name.name))
    somewhere = bool(countries) or _placed(table)
    placed = somewhere or _listed(table) or _of_one_country(table, role)
    beside = (*(("place",) if somewhere else ()), *_beside(table))
    prefix = shared_prefix(column.name for column in table.columns)
    if prefix is not None and prefix not in words(table.name.name) and subject_role((prefix,)):
        # Whatever says so much of a customer beside an order says it of the customer.
        prefix = None
    reader = _Reader(table, moment, seed, role, prefix, placed, beside, domain, nature, countries or {}, method(table))
    filed = file_readings(table, seed)
    read = {column.name: reader.read(column) for column in table.columns}
    for name, one in filed.items():
        nulls = read[name][0].null_permille if read[name] else None
        read[name] = (replace(one, null_permille=nulls), *read[name])
    return _at_one_place(read if role == "person" else _of_one_person(read))


def _of_one_person(read: dict[str, tuple[Meaning, ...]]) -> dict[str, tuple[Meaning, ...]]:
    """Let an address without an owner be of the one person whom a row names: ``reviewername`` beside ``email``."""
    first = {name: readings[0] for name, readings in read.items() if readings}
    named = {one.params.get("group_key") for one in first.values() if one.kind in _NAMES}
    keys = [key for key in named if key is not None]
    if len(keys) != 1:
        return read
    loose = {
        name
        for name, one in first.items()
        if one.kind in _ADDRESSES and set(words(name)) <= _PLAIN_ADDRESS and one.params.get("group_key") is not None
    }
    return {
        name: tuple(
            replace(one, params={**one.params, "group_key": keys[0]}) if one.kind in _ADDRESSES else one
            for one in readings
        )
        if name in loose
        else readings
        for name, readings in read.items()
    }


def _at_one_place(read: dict[str, tuple[Meaning, ...]]) -> dict[str, tuple[Meaning, ...]]:
    """Let a row's person and company be at the place that its columns speak of, a telephone number among them."""
    first = [readings[0] for readings in read.values() if readings]
    keys = [one.params["group_key"] for one in first if one.kind.startswith("place.") and "group_key" in one.params]
    keys += [one.params["group_key"] for one in first if one.kind == "person.phone" and "group_key" in one.params]
    if not keys:
        return read

    def placed(one: Meaning) -> Meaning:
        at_home = one.kind.partition(".")[0] in ("person", "company") and "group_key" in one.params
        return replace(one, params={**one.params, "place_key": keys[0]}) if at_home else one

    return {name: tuple(map(placed, readings)) for name, readings in read.items()}


def _births(table: Table) -> tuple[int, int]:
    """Return the days from now between which the living that a table holds were born."""
    found = lexicon().lifetimes.find(words(table.name.name), anywhere=False)
    if not found:
        return _BIRTH
    low, high = map(int, found[0].target.split())
    return -high * 365 - _LEAP, -low * 365 - _LEAP


def shared_group(table: Table, seed: int, *about: str) -> str:
    """Return the key that the columns of a row share which speak of one thing: its person, place, company or record."""
    return str(rng.key(seed, str(table.name), *about))


def classify_part(name: str, kind: SqlType, *, of: str, now: datetime) -> tuple[Meaning, ...]:
    """Return the readings of a document's member or a composite's field, as if ``of``, its column, were its table."""
    column = Column(name, kind, nullable=False)
    table = Table(QualifiedName("", of), TableForm.TABLE, (column,))
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    return _Reader(table, moment, 0, subject_role(words(of)), None, False).read(column)


def _beside(table: Table) -> tuple[str, ...]:
    """Return what columns of the table cast a light on others: a bucket says that a region is a cloud's."""
    names = [words(column.name) for column in table.columns]

    def ends(signs: tuple[tuple[str, ...], ...]) -> bool:
        return any(name[-len(sign) :] == sign for name in names for sign in signs)

    given = (("first", "name"), ("given", "name"), ("middle", "name"))
    family = (("last", "name"), ("family", "name"))
    lights = [
        *([_FAMILY] if ends(family) and not ends(given) else []),
        *([_GIVEN] if ends(given[:2]) and not ends(family) else []),
        *(["house"] if ends((("house", "number"), ("street", "number"), ("building", "number"))) else []),
    ]
    named = ends((("first", "name"), ("last", "name"), ("given", "name"), ("family", "name")))
    told = (about for about, signs in _SIGNS.items() if ends(signs) and (named or about != "names"))
    return (*lights, *told)


def _placed(table: Table) -> bool:
    """Tell whether the table has a city or a postal code."""
    return any(words(column.name)[-len(sign) :] == sign for column in table.columns for sign in _PLACE_SIGNS)


def _listed(table: Table) -> bool:
    """Tell whether rows point at a list of cities, regions or countries."""
    parents = (key.parent.name for key in table.foreign_keys if len(key.columns) == 1 and key.parent != table.name)
    return any(subject_role(words(name)) in PLACE_LISTS for name in parents)


def _of_one_country(table: Table, role: str) -> bool:
    """Tell whether two columns of a row speak of one country: its currency, time zone, telephone, somebody's name."""
    told = set()
    for column in table.columns:
        storage = column.type.storage
        if storage.form is TypeForm.ENUM or (storage.form is TypeForm.BASE and storage.name in TEXTS):
            name = words(column.name)
            found = lexicon().text.find(name, anywhere=False)[:1]
            kinds = {one.target.partition(" ")[0] for one in found}
            if role == "person" and name[-1:] == ("name",):
                kinds.add("person.full_name")
            told |= {kind for kind in kinds if kind in _OF_A_COUNTRY or kind in _BESIDE_PLACE}
    return len(told - _NAMES) + bool(told & _NAMES) > 1


@dataclass(frozen=True)
class _Reader:
    """What the readings of one table's columns have in common."""

    table: Table
    now: datetime
    seed: int
    role: str
    prefix: str | None
    placed: bool
    beside: tuple[str, ...] = ()
    domain: Domain | None = None
    nature: str = ""
    countries: Mapping[str, int] = field(default_factory=dict)
    hashed_by: str | None = None

    def read(self, column: Column) -> tuple[Meaning, ...]:
        kind = column.type.storage
        name = words(column.name)
        if len(name) > 1 and (name[0] == self.prefix or len(name[0]) == 1):
            name = name[1:]
        name = said_of(name, self._own)
        spoken = [] if self.domain is None else list(self.domain.readings(column, name, self._own))
        readings = sorted(
            [*spoken, *_by_comment(column), *self._readings(column, name, kind)], key=lambda one: -one.confidence
        )
        nulls = self._nulls(column, name)
        return tuple(replace(one, params=self._located(one), null_permille=nulls) for one in readings)

    def _located(self, one: Meaning) -> Mapping[str, Any]:
        """Return a reading's parameters with the countries that its person, place or company is of."""
        of_countries = self.countries and one.kind.partition(".")[0] in _OF_COUNTRIES and "group_key" in one.params
        return {**one.params, "countries": dict(self.countries)} if of_countries else one.params

    @property
    def _own(self) -> frozenset[str]:
        return frozenset(words(self.table.name.name))

    def _readings(self, column: Column, name: tuple[str, ...], kind: SqlType) -> list[Meaning]:
        if kind.form is TypeForm.ENUM:
            if not kind.labels:
                return []
            # A list of genders has the words for the person's own, one of countries those for the row's own place.
            spoken = [one for one in self._text(column, name, None)[:1] if one.kind in _IN_WORDS]
            return [*spoken, Meaning("choice", {"values": list(kind.labels)}, 900, "the type lists its values")]
        if kind.form is TypeForm.ARRAY and kind.element is not None:
            return self._array(column, name, kind.element.storage)
        if kind.form is not TypeForm.BASE:
            return []
        if kind.name in TEXTS:
            return self._text(column, name, _NAME_LENGTH if kind.name == "name" else _width(column.type))
        if kind.name == "bool":
            return _boolean(name, column.default)
        if kind.name in ("date", "timestamp", "timestamptz"):
            return self._moment(name, is_date=kind.name == "date")
        if kind.name in ("json", "jsonb"):
            return _json(name)
        group = self._group("place", _before_coordinate(name))
        numbers = numeric_meanings(name, kind, group, self.now, role=self.role)
        if kind.name in INTEGERS:
            numbers = [*self._lived(name), *numbers]
        if kind.name in ("int4", "int8"):
            numbers = [*self._epochs(name, wide=kind.name == "int8"), *numbers]
        given = (column.default or "").partition("::")[0].strip("'")
        if kind.name == "int2" and given in ("0", "1") and numbers[0].confidence <= _NO_SIGN:
            # What is ported from a server without truth values keeps them in its smallest type.
            return [_as_switch(_boolean(name, column.default)[0], _NO_SIGN + 1), *numbers]
        return [*numbers, *_switch(name)] if kind.name in INTEGERS else numbers

    def _text(self, column: Column, name: tuple[str, ...], width: int | None) -> list[Meaning]:
        known = lexicon()
        readings: list[Meaning] = []
        if width == 1:
            readings += [self._short(found) for found in known.short.find(name)]
        readings += [self._lined(self._named(found, width), column) for found in self._found(name)]
        if column.name == self.hashed_by:
            readings.append(Meaning("choice", {"values": list(METHODS)}, 1000, "the method of a password's hash"))
        if not readings and column.comment:
            readings += [
                replace(self._named(found, width), confidence=300, reason=f"the comment says {' '.join(found.phrase)}")
                for found in known.text.find(words(column.comment)[:24])
                if len(found.phrase) > 1
            ]
        return [*readings, _any_text(width, tells_apart=self._tells_apart(column, name))]

    def _array(self, column: Column, name: tuple[str, ...], element: SqlType) -> list[Meaning]:
        """Return the readings of a list by what the name says of one item."""
        if element.form is not TypeForm.BASE or element.name not in TEXTS:
            return []
        width = _NAME_LENGTH if element.name == "name" else _width(element)
        readings = []
        single = replace(column, type=element)
        spoken = [] if self.domain is None else list(self.domain.readings(single, name, self._own))
        for item in sorted([*spoken, *self._text(column, name, width)], key=lambda one: -one.confidence):
            # One person's columns agree row by row; the items of a list are many persons.
            params = {key: value for key, value in item.params.items() if key != "group_key"}
            if width is not None:
                params["max_length"] = width
            if item.confidence > _NO_SIGN and item.kind != "choice":
                given = {"element": {"kind": item.kind, "params": params}, "low": 1, "high": 3}
                readings.append(Meaning("array", given, item.confidence, f"{item.reason}, several of them"))
        return readings

    def _found(self, name: tuple[str, ...]) -> list[Found]:
        """Return phrases found in a name, with or without the number at its end, in the light of what it is about."""
        known = lexicon()
        spellings = [name]
        if len(name) > 1 and name[-1].isdigit():
            spellings.append(name[:-1])
        found: dict[str, Found] = {}
        for spelling in spellings:
            self._add(found, known.text.find(spelling))
            said = any(one.phrase == spelling for one in known.text.find(spelling))
            # What a phrase says of the whole name, the name's first words alone don't say better.
            about = "" if said and len(spelling) > 1 else subject_role(spelling[:-1])
            lights = [
                *((known.beside.get(name), spelling) for name in self.beside),
                (known.inside.get(about), spelling[-1:]),
                (None if subject_role(spelling[:-1]) else known.inside.get(self.role), spelling),
            ]
            for phrases, rest in lights:
                if phrases is not None:
                    before = spelling[: len(spelling) - len(rest)]
                    fitting = [one for one in phrases.find(rest, anywhere=False) if self._about_row(one.before)]
                    self._add(
                        found,
                        [replace(o, confidence=o.confidence + _ROLE_BONUS, before=before + o.before) for o in fitting],
                    )
        return list(found.values())

    def _about_row(self, before: tuple[str, ...]) -> bool:
        """Tell whether words in front of a phrase leave it a statement about what the table holds."""
        return set(before) <= _IDLE_WORDS | set(words(self.table.name.name)) | {str(n) for n in range(10)}

    @staticmethod
    def _add(found: dict[str, Found], more: Iterable[Found]) -> None:
        for one in more:
            there = found.get(one.target)
            if there is None or there.confidence < one.confidence:
                found[one.target] = one

    def _named(self, found: Found, width: int | None) -> Meaning:
        kind, *written = found.target.split()
        params: dict[str, Any] = dict(part.split("=", 1) for part in written)
        for widest, narrow in lexicon().narrow.get(kind, ()):
            if width is not None and width <= widest:
                kind = narrow
                break
        if width is not None and width <= _TERSE and kind not in lexicon().terse:
            kind, params = "text.code", {}
            found = replace(found, confidence=found.confidence // 2)
        if self.placed and (kind != "person.phone" or width is None or width >= _PHONE_ROOM):
            # A number that is called from elsewhere is still one of the row's place.
            before = tuple(word for word in found.before if word not in _IDLE_WORDS | _OF_ITSELF)
            if kind == "person.phone":
                before = tuple(word for word in found.before if word in _OTHERS)
            found = replace(found, before=before) if kind in _BESIDE_PLACE else found
            kind = _BESIDE_PLACE.get(kind, kind)
        if kind == "text.currency_code" and "currency" not in self._own:
            # What things are paid in is some country's money, the great ones' more often.
            kind = "place.currency"
        if "values" in params:
            params["values"] = [value.replace("_", " ") for value in params["values"].split("|")]
        if "weights" in params:
            params["weights"] = [int(weight) for weight in params["weights"].split("|")]
        if "length" in params:
            params["length"] = int(params["length"]) if width is None else min(int(params["length"]), width)
        if "time" in params:
            params["time"] = True
        if kind == "person.full_name" and params.get("order") == "family":
            params["order"] = "family first"
        if kind == "text.name" and self.role not in lexicon().inside:
            params["noun"] = " ".join(words(self.table.name.name)[-1:]).capitalize()
        if set(found.before) <= self._own and set(found.phrase) <= self._own | _NAME_WORDS:
            # A party's name is what the party is, whatever such tables mostly hold.
            kind = {"company": "company.name", "person": "person.full_name"}.get(self.nature, kind)
        if found.phrase == ("name",) and set(found.before) <= self._own:
            # Beside a family name a plain name is the given one, and beside a given name the family's.
            kind = "person.given_name" if _FAMILY in self.beside else kind
            kind = "person.family_name" if _GIVEN in self.beside else kind
        family = kind.partition(".")[0]
        if family in _GROUPS:
            # Of a person's numbers for different offices no two are alike.
            apart = found.phrase if kind == "person.national_id" else ()
            if kind == "person.full_name":
                # Author and editor are two persons; the author's e-mail address is the author's.
                apart = tuple(word for word in found.phrase if word not in _NAMELESS)
            if kind == "person.username" and found.phrase[-1] in ("by", "to"):
                # Whoever made a row, and to whom it was given, is nobody that it is about.
                apart = found.phrase
            params["group_key"] = self._group(family, (*found.before, *apart))
        if kind in _OF_A_CARD:
            params["group_key"] = self._group("card", found.before)
        return Meaning(kind, params, found.confidence, f"the name says {' '.join(found.phrase)}")

    def _short(self, found: Found) -> Meaning:
        kind, *written = found.target.split()
        family = kind.partition(".")[0]
        params: dict[str, Any] = {"group_key": self._group(family, found.before)} if family in _GROUPS else {}
        for part in written:
            key, _, listed = part.partition("=")
            values = listed.split("|")
            params[key] = [int(value) for value in values] if key == "weights" else values
        reason = f"the name says {' '.join(found.phrase)}, in one character"
        return Meaning(kind, params, found.confidence + _ROLE_BONUS, reason)

    def _lined(self, read: Meaning, column: Column) -> Meaning:
        """Return a reading that knows which of a row's telephone numbers it is: its fax has one of its own."""
        line = [piece for piece in pieces(column.name) if piece not in _PLAIN_PHONE | self._own]
        return replace(read, params={**read.params, "line": " ".join(line)}) if line and read.kind in _PHONES else read

    def _group(self, family: str, before: tuple[str, ...]) -> str:
        """Return the key that the columns of one person, place or thing share: those with the same words in front."""
        own = set(words(self.table.name.name))
        if family == "place":
            # A country's code is of the place whose country it is.
            own |= _PLACE_WORDS
        if family == "person":
            own |= _ANY_PERSON
        apart = " ".join(word for word in before if word not in own)
        return shared_group(self.table, self.seed, family, *([apart] if apart else []))

    def _moment(self, name: tuple[str, ...], *, is_date: bool) -> list[Meaning]:
        found: dict[str, Found] = {}
        for spelling in dict.fromkeys((name, trimmed(name))):
            self._add(found, lexicon().moment.find(spelling))
        readings = []
        for one in sorted(found.values(), key=lambda one: (-one.confidence, -len(one.phrase))):
            reason = f"the name says {' '.join(one.phrase)}"
            early, late = one.target.split()
            born_at = one.target == " ".join(map(str, _BIRTH))
            if born_at:
                early, late = map(str, _births(self.table))
            if born_at and is_date:
                born = self._between(int(early), int(late), one.confidence, reason, is_date=True).params
                params = {**born, "group_key": self._group("person", one.before)}
                readings.append(Meaning("person.birth_date", params, one.confidence, reason))
            else:
                readings.append(self._between(int(early), int(late), one.confidence, reason, is_date=is_date))
        return [*readings, self._between(-730, 0, 100, "no sign of when it was", is_date=is_date)]

    def _lived(self, name: tuple[str, ...]) -> list[Meaning]:
        """Return the reading as an age or year of birth that goes with the birth date of the row's person."""
        said = next((said for said in _AGES if name[-len(said) :] == said), None)
        known = lexicon().lifetimes.find(tuple(words(self.table.name.name)), anywhere=False)
        before = name[: -len(said)] if said is not None else ()
        if said is None or not (known or self.role == "person" or subject_role(before) == "person"):
            return []
        early, late = _births(self.table)
        params: dict[str, Any] = {"now": self.now.date().isoformat(), "early": early, "late": late}
        kind = "person.age" if said == ("age",) else "person.birth_year"
        ends = (self.now.year + early // 365, self.now.year + late // 365 + 1)
        low, high = (-late // 365, -early // 365) if said == ("age",) else ends
        params |= {"low": low, "high": high, "group_key": self._group("person", before)}
        return [Meaning(kind, params, 1100, f"the name says {' '.join(said)}")]

    def _epochs(self, name: tuple[str, ...], *, wide: bool) -> list[Meaning]:
        """Return the reading as a moment counted since 1970: in milliseconds where there is room, unless it says."""
        counted = name[-1] if name[-1:] and name[-1] in _EPOCH_UNITS else ""
        bare = name[:-1] if counted else name
        if bare[-1:] not in (("at",), ("timestamp",)):
            return []
        most = INTEGERS["int8" if wide else "int4"]
        factor = 1000 if wide and counted not in _SECONDS else 1
        if counted in _EPOCH_UNITS - _SECONDS and not wide:
            return []
        readings = []
        for one in self._moment(bare, is_date=False)[:1]:
            bounds = {
                key: min(int(datetime.fromisoformat(one.params[key]).replace(tzinfo=UTC).timestamp()) * factor, most)
                for key in ("low", "high")
            }
            reason = f"{one.reason}, counted since 1970"
            readings.append(Meaning("number.integer", bounds, max(one.confidence, 600), reason))
        return readings

    def _between(self, early: int, late: int, confidence: int, reason: str, *, is_date: bool) -> Meaning:
        low, high = self.now + timedelta(days=early), self.now + timedelta(days=late)
        if is_date:
            params = {"low": low.date().isoformat(), "high": high.date().isoformat()}
            return Meaning("time.date", params, confidence, reason)
        return Meaning("time.timestamp", {"low": low.isoformat(), "high": high.isoformat()}, confidence, reason)

    def _tells_apart(self, column: Column, name: tuple[str, ...]) -> bool:
        """Tell whether rows are known by a column, and not by what they are called."""
        unique = any(key.columns == (column.name,) and key.predicate is None for key in self.table.unique_keys)
        return unique and not set(name) <= set(words(self.table.name.name))

    def _nulls(self, column: Column, name: tuple[str, ...]) -> int | None:
        if not column.nullable:
            return None
        found = [one for spelling in (name, trimmed(name)) for one in lexicon().null.find(spelling, anywhere=False)]
        if found and _OVER & set(name) and self.role in _STANDING:
            return _STILL_THERE
        return int(found[0].target) if found else None


def _by_comment(column: Column) -> Iterator[Meaning]:
    """Yield the reading as one of the codes that the column's comment lists."""
    codes = codes_said(column)
    if codes:
        numbers = column.type.storage.name in INTEGERS
        values: list[Any] = [int(code) for code in codes] if numbers else list(codes)
        yield Meaning("choice", {"values": values}, _SAID_IN_COMMENT, "the comment lists its values")


def _width(kind: SqlType) -> int | None:
    lengths = [one.length for one in (kind, *kind.domains(), kind.storage) if one.length is not None]
    return min(lengths) if lengths else None


def _any_text(width: int | None, *, tells_apart: bool) -> Meaning:
    reason = "no sign of what it says"
    if tells_apart:
        return Meaning("text.code", {}, 100, f"{reason}, and no two rows share it")
    if width is not None and width <= _TERSE:
        return Meaning("text.code", {}, 100, reason)
    return Meaning("text.words" if width is not None and width < _SENTENCE_LENGTH else "text.sentence", {}, 100, reason)


def _boolean(name: tuple[str, ...], default: str | None = None) -> list[Meaning]:
    """Return the readings of a truth value; where its name has no sign, most rows have the default."""
    bare = name
    while len(bare) > 1 and bare[0] in _QUESTION_WORDS:
        bare = bare[1:]
    while len(bare) > 1 and bare[-1] in _FLAG_WORDS:
        bare = bare[:-1]
    readings = [
        Meaning(
            "logic.boolean", {"true_permille": int(one.target)}, one.confidence, f"the name says {' '.join(one.phrase)}"
        )
        for one in lexicon().boolean.find(bare)
    ]
    plain, reason = 500, "no sign of which is more common"
    said = (default or "").partition("::")[0].strip("'")
    if said in ("true", "false", "0", "1"):
        plain, reason = (800 if said in ("true", "1") else 200), f"most rows have the default, {said}"
    return [*readings, Meaning("logic.boolean", {"true_permille": plain}, _NO_SIGN, reason)]


def _switch(name: tuple[str, ...]) -> list[Meaning]:
    """Return the reading of a whole number as false or true, where the name speaks of a state."""
    reading = _boolean(name)[0]
    asked = name[0] in _QUESTION_WORDS or name[-1] in _FLAG_WORDS if name else False
    confidence = max(reading.confidence - 60, 700 if asked else 0)
    return [] if confidence <= _NO_SIGN else [_as_switch(reading, confidence)]


def _as_switch(reading: Meaning, confidence: int) -> Meaning:
    true = int(reading.params["true_permille"])
    params = {"values": [0, 1], "weights": [1000 - true, true]}
    return Meaning("choice", params, confidence, f"{reading.reason}, as 0 or 1")


def _json(name: tuple[str, ...]) -> list[Meaning]:
    readings = [
        Meaning("json.object", {"shape": one.target}, one.confidence, f"the name says {' '.join(one.phrase)}")
        for one in lexicon().json.find(name)
    ]
    return [*readings, Meaning("json.object", {"shape": "metadata"}, 100, "no sign of what it holds")]


def _before_coordinate(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in name if word not in ("latitude", "longitude", "geo", "degree"))
