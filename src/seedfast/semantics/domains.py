"""Which data pack speaks of a table: from its name, its columns and the other tables of the schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from seedfast import rng
from seedfast.model.database import Database
from seedfast.model.table import Column, Table
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.packs.library import Library
from seedfast.packs.pack import SHARED, Claim, Leaf, Options
from seedfast.packs.template import Number
from seedfast.packs.topics import narrowed, speaks
from seedfast.semantics.lexicon import Entry, Found, Phrases
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.numbers import MINOR, Room, without_currency
from seedfast.semantics.states import Cycles
from seedfast.semantics.words import words

IDLE = frozenset(
    {"display", "full", "short", "long", "common", "official", "public", "english", "original", "internal", "current"}
)
"""Words in front of a phrase that leave it a statement about the table's own rows."""

_TABLE_WORDS = 2
_NEAR_MOST, _TABLES_MOST = 3, 10
_CERTAIN, _NAMED = 1200, 1150
_ROOM_DIGITS = 17
_MANY = 3
_LIBRARIES = 4


@dataclass(frozen=True)
class Speech:
    """A pack's claim, and its phrases in the words of ``semantics.words``, read when they are first asked for.

    ``states`` are the pack's slots that are life cycles. ``only`` are the columns that it may be about, by table, None
    where it may be about any.
    """

    pack: str
    title: str
    claim: Claim
    states: frozenset[str] = frozenset()
    only: Mapping[str, frozenset[str]] | None = None

    @cached_property
    def cycles(self) -> bool:
        """Whether the claim is on columns that hold the states of a life cycle."""
        return self.claim.record == SHARED and not self.states.isdisjoint(self.claim.columns)

    def allowed(self, table: QualifiedName, column: str) -> bool:
        """Tell whether the claim may be about a column."""
        return self.only is None or column in self.only.get(str(table), ())

    @cached_property
    def near(self) -> frozenset[tuple[str, ...]]:
        """The phrases of which one must be around."""
        return frozenset(phrase for phrase, _ in _phrases(self.claim.near))

    @cached_property
    def columns(self) -> Phrases:
        """The phrases of columns, with the slots that they stand for."""
        return _slots(self.claim.columns)

    @cached_property
    def parents(self) -> Phrases:
        """The phrases of what foreign keys point at, with the slots that the name of that stands for."""
        return _slots(self.claim.parents)

    def parent(self, name: tuple[str, ...]) -> str | None:
        """Return the slot that says what a foreign key of that name points at."""
        return next((one.target for one in self.parents.find(name, anywhere=False) if not one.before), None)

    def column(self, name: tuple[str, ...], own: frozenset[str]) -> str | None:
        """Return the slot that a column's name asks for; words in front of it must be idle or the table's own."""
        found = self.columns.find(name, anywhere=False)
        return next((one.target for one in found if set(one.before) <= IDLE | own), None)


@dataclass(frozen=True, slots=True)
class Domain:
    """What packs say of one table: the claims on it, the best first, and the packs that its columns may name."""

    table: QualifiedName
    seed: int
    claims: tuple[Speech, ...]
    packs: frozenset[str]
    tables: Tables
    library: Library
    topics: tuple[str, ...] = ()

    def readings(self, column: Column, name: tuple[str, ...], own: frozenset[str]) -> Iterator[Meaning]:
        """Yield what the packs say of a column, the best first."""
        kind = column.type.storage
        bare = name if kind.name in _TEXTS else without_currency(name)
        for speech in self.claims:
            slot = speech.column(bare, own) if speech.allowed(self.table, column.name) else None
            if slot is not None:
                found = self._meaning(speech, slot, name, kind, _CERTAIN)
                if found is not None:
                    yield found
        for speech, table in self.tables.find(bare):
            rest = bare[len(table.before) + len(table.phrase) :]
            if not rest or speech.pack not in self.packs or speech.claim.record == SHARED:
                continue
            if not speech.allowed(self.table, column.name):
                continue
            slot = None if set(table.before) - IDLE - own else speech.column(rest, frozenset())
            if slot is not None:
                found = self._meaning(speech, slot, name, kind, _NAMED)
                if found is not None:
                    yield found

    def cycles(self, table: Table) -> Cycles:
        """Return the life cycles that packs know of a table's columns, of each column the best pack's."""
        own, found = frozenset(words(table.name.name)), {}
        claims = [speech for speech in self.claims if speech.cycles]
        for column in table.columns:
            for speech in claims:
                allowed = speech.allowed(self.table, column.name)
                slot = speech.column(words(column.name), own) if allowed else None
                if slot in speech.states:
                    machine = self.library.pack(speech.pack).states[slot]
                    found[column.name] = tuple(zip(machine.states, machine.weights, strict=True))
                    break
        return tuple(found.items())

    def slot(self, pack: str, record: str, name: tuple[str, ...], own: frozenset[str]) -> str | None:
        """Return the slot of a record that something of a row is called by, such as the thing that it points at."""
        for one in self.claims:
            if (one.pack, one.claim.record) == (pack, record):
                slot = one.parent(name) or one.column(name, own)
                if slot is not None and slot not in one.claim.documents:
                    return slot
        return None

    def _meaning(
        self, speech: Speech, slot: str, name: tuple[str, ...], kind: SqlType, confidence: int
    ) -> Meaning | None:
        claim = speech.claim
        record = narrowed(self.library.pack(speech.pack), claim.record, self.topics)
        numbers = [leaf.slots[slot] for leaf in record.leaves]
        address: dict[str, Any] = {"pack": speech.pack, "record": claim.record, "slot": slot}
        if record is not self.library.pack(speech.pack).records[claim.record]:
            address["topics"] = list(self.topics)
        # Single columns of a pack agree with each other as a record's do; what another name is about is another thing.
        about = claim.about if confidence == _NAMED else ""
        key = rng.key(self.seed, str(self.table), "pack", speech.pack, claim.record, *([about] if about else []))
        address["group_key"] = str(key)
        reason = f"pack {speech.pack}: {_said(slot, claim)}{self._with(speech, slot)}"
        if slot in claim.documents:
            return Meaning("pack.document", address, confidence, reason) if kind.name in ("json", "jsonb") else None
        if kind.form is TypeForm.ENUM:
            # Which of its labels the record stands for is seen when the column's values are known.
            return Meaning("pack.text", address, confidence, reason)
        if kind.form is not TypeForm.BASE:
            return None
        if kind.name in _TEXTS:
            return Meaning("pack.text", address, confidence, reason)
        if not all(isinstance(number, Number) for number in numbers):
            return None
        given = _numeric(record.leaves, slot, name, kind)
        return None if given is None else Meaning("pack.number", {**address, **given}, confidence, reason)

    def _with(self, speech: Speech, slot: str) -> str:
        if speech.claim.record == SHARED:
            return ""
        others = [one.replace("_", " ") for one in speech.claim.columns if one != slot][:_MANY]
        return f", with {', '.join(others)} of the same {speech.claim.about}" if others else ""


_TEXTS = frozenset({"text", "varchar", "bpchar", "citext", "name"})


def _said(slot: str, claim: Claim) -> str:
    spoken = slot.replace("_", " ")
    return spoken if claim.record == SHARED or slot in claim.documents else f"{claim.about} {spoken}"


def _numeric(leaves: Sequence[Leaf], slot: str, name: tuple[str, ...], kind: SqlType) -> dict[str, Any] | None:
    """Return the parameters of a number in what a column's type can hold; None where it can't."""
    room = Room.of(kind)
    if room is None:
        return None
    factor = 100 if MINOR & set(name) else 1
    low, high = bounds_of(leaves, slot)
    low, high = low * factor, high * factor
    if low > room.high:
        return None
    digits = max(_digits(leaf.slots[slot], leaf) for leaf in leaves)
    scale = 0 if room.unit == "integer" else digits if room.scale is None else room.scale
    given: dict[str, Any] = {
        "low": format(low, "f"),
        "high": format(min(high, room.high), "f"),
        "unit": room.unit,
        "scale": min(scale, _ROOM_DIGITS),
    }
    if factor > 1:
        given["factor"] = factor
    share = _share(leaves, slot)
    if share is not None and given["scale"] + (2 if factor > 1 else 0) >= digits:
        # Where nothing is rounded away, a share of something is in order with it.
        given["share"] = {**share, "span": {"low": given["low"], "high": given["high"]}}
    return given


def _share(leaves: Sequence[Leaf], slot: str) -> dict[str, str] | None:
    """Return which part of another slot, or of itself, a slot is in percent; None where leaves differ in which."""
    numbers = [number for leaf in leaves if isinstance(number := leaf.slots[slot], Number)]
    of = {number.of for number in numbers}
    if len(of) != 1:
        return None
    (base,) = of
    if base is None:
        return {"of": slot, "low": "100", "high": "100"}
    low, high = min(number.low for number in numbers), max(number.high for number in numbers)
    return {"of": base, "low": str(low), "high": str(high)}


def bounds_of(leaves: Sequence[Leaf], slot: str) -> tuple[Decimal, Decimal]:
    """Return the least and greatest number that a slot may have in any leaf."""
    lows, highs = [], []
    for leaf in leaves:
        number = leaf.slots[slot]
        assert isinstance(number, Number)
        if number.of is None:
            lows.append(number.low)
            highs.append(number.high)
        else:
            low, high = bounds_of([leaf], number.of)
            lows.append(low * number.low / 100)
            highs.append(high * number.high / 100 + 1)
    return min(lows), max(highs)


def _digits(slot: Options | Number, leaf: Leaf) -> int:
    assert isinstance(slot, Number)
    return slot.digits if slot.of is None else max(slot.digits, _digits(leaf.slots[slot.of], leaf))


class Tables:
    """All claims by the phrases of tables that they name."""

    def __init__(self, packs: Library) -> None:
        self.speeches: list[Speech] = []
        self._read = Phrases()
        self._unread: dict[str, list[tuple[int, str]]] = {}
        for said in packs.declarations:
            for claim in said.claims:
                for phrase in claim.tables.split(","):
                    self._unread.setdefault(_last(phrase), []).append((len(self.speeches), phrase))
                self.speeches.append(Speech(said.name, said.title, claim, said.states, said.only))

    def find(self, name: tuple[str, ...], *, anywhere: bool = True) -> Iterator[tuple[Speech, Found]]:
        """Yield the claims whose tables a name speaks of, the best first."""
        for word in name if anywhere else name[-1:]:
            # Packs have thousands of phrases, and what a name holds ends in one of its words.
            unread = self._unread.get(word)
            if unread is not None:
                self._read.add(self._entries(unread))
                self._unread.pop(word, None)
        for found in self._read.find(name, anywhere=anywhere):
            yield self.speeches[int(found.target.partition(" ")[0])], found

    @staticmethod
    def _entries(phrases: Iterable[tuple[int, str]]) -> Iterator[Entry]:
        for number, written in phrases:
            for phrase, whole in _phrases(written):
                yield Entry(phrase, f"{number} {' '.join(phrase)}", whole)


@lru_cache(maxsize=_LIBRARIES)
def _tables_of(packs: Library) -> Tables:
    return Tables(packs)


class Domains:
    """The packs that speak of a schema's tables, of ``topics`` alone where some are given."""

    def __init__(self, database: Database, packs: Library, seed: int, topics: tuple[str, ...] = ()) -> None:
        self._library, self._seed, self._topics = packs, seed, topics
        self._tables = _tables_of(packs)
        self._around = Counter(word for table in database.tables for word in set(words(table.name.name)))
        self._spoken: Counter[str] = Counter()
        self._found: dict[QualifiedName, list[tuple[Speech, int]]] = {}
        self._domains: dict[QualifiedName, Domain] = {}
        for table in database.tables:
            self._found[table.name] = found = list(self._claims(table))
            self._spoken.update({speech.pack for speech, _ in found})
        self._general = [
            speech for speech in self._tables.speeches if not speech.claim.tables and speech.pack in self._spoken
        ]

    def of(self, table: Table) -> Domain:
        """Return what the packs say of a table."""
        if table.name not in self._domains:
            self._domains[table.name] = self._of(table)
        return self._domains[table.name]

    def _of(self, table: Table) -> Domain:
        ranked = sorted(
            self._found.get(table.name, []),
            key=lambda one: (
                -one[1] - min(self._spoken[one[0].pack], _TABLES_MOST),
                one[0].pack,
                one[0].claim.record,
            ),
        )
        # A row is one thing: only the best record speaks of it. Single columns may know other packs, too.
        records = [speech for speech, _ in ranked if speech.claim.record != SHARED]
        best = {(speech.pack, speech.claim.record) for speech in records[:1]}
        claims = [s for s, _ in ranked if s.claim.record == SHARED or (s.pack, s.claim.record) in best]
        around = self._words(table)
        general = [speech for speech in self._general if _fits(speech, around)]
        spoken = frozenset(self._spoken)
        return Domain(table.name, self._seed, (*claims, *general), spoken, self._tables, self._library, self._topics)

    def unspoken(self) -> Iterator[str]:
        """Yield the topics of which no pack speaks that has to do with the schema."""
        for topic in self._topics:
            if not any(speaks(self._library.pack(name), topic) for name in sorted(self._spoken)):
                yield topic

    def _claims(self, table: Table) -> Iterator[tuple[Speech, int]]:
        """Yield the claims on a table, each with how much speaks for it."""
        name = words(table.name.name)
        own, around = frozenset(name), self._words(table)
        titles = [(column.name, words(column.name)) for column in table.columns]
        seen: set[int] = set()
        for speech, found in self._tables.find(name, anywhere=False):
            if id(speech) in seen or not _fits(speech, around):
                continue
            seen.add(id(speech))
            known = sum(
                1 for column, title in titles if speech.allowed(table.name, column) and speech.column(title, own)
            )
            if known:
                near = min(_NEAR_MOST, _near(speech, around))
                yield speech, known * _MANY + near * 2 + len(found.phrase) * _TABLE_WORDS

    def _words(self, table: Table) -> frozenset[str]:
        """Return the words of a table's columns and of the names of the other tables."""
        own = set(words(table.name.name))
        others = {word for word, count in self._around.items() if count > (word in own)}
        return frozenset(others | {word for column in table.columns for word in words(column.name)})


def _slots(told: Mapping[str, str]) -> Phrases:
    return Phrases([Entry(phrase, slot, whole) for slot, each in told.items() for phrase, whole in _phrases(each)])


def _fits(speech: Speech, around: frozenset[str]) -> bool:
    """Tell whether one of the phrases that must be around is."""
    return not speech.near or _near(speech, around) > 0


def _near(speech: Speech, around: frozenset[str]) -> int:
    """Return how many of a claim's phrases have all of their words around."""
    return sum(around.issuperset(phrase) for phrase in speech.near)


def _last(phrase: str) -> str:
    """Return the last word of a phrase, none where it has no words."""
    tokens = phrase.rsplit(maxsplit=1)
    # The words of a token are those of the phrase that it ends, and few tokens end most phrases.
    found = (tokens and words(tokens[-1])) or words(phrase)
    return found[-1] if found else ""


def _phrases(listed: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield phrases apart by commas in the words of names; ``=`` in front asks for the whole name."""
    for phrase in listed.split(","):
        spelt = words(phrase)
        if spelt:
            yield spelt, phrase.strip().startswith("=")
