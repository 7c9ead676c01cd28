"""What words mean in one schema: its tables, columns and the values that columns list, by every name they go by."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.domain import Branch
from seedfast.model.database import Database
from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.packs.library import Library
from seedfast.scope.language import Words, language
from seedfast.scope.nouns import SYNONYM, spelt, spoken, synonyms
from seedfast.scope.tokens import distance, folded, key, keys
from seedfast.semantics.domains import Domains
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.states import Cycles, spellings
from seedfast.semantics.undeclared import undeclared

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext", "name"})
_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_NUMBERS = frozenset({"numeric", "money", "int2", "int4", "int8", "float4", "float8"})
_INTEGERS = frozenset({"int2", "int4", "int8"})
_QUESTIONS = frozenset({"is", "has", "was", "been", "are", "ist", "hat", "es"})
_ENDS = frozenset({"at", "on", "date", "time", "am", "en", "flag", "url", "number", "address", "id", "code", "text"})
_TRANSLATED, _STRIPPED = 2, 3
_COMMENT, _WITHIN, _MISSPELT = 25, 30, 60
_SEXES = {"f": "female", "w": "female", "m": "male"}
_POINTED = 5
"""What is said of a row by what it points at is dearer than another word for its state."""

_SHARED = 3
_FAR, _NEAR, _LONG, _SHORTEST = 2, 1, 8, 5
_TALKATIVE = 3
_HEADS = frozenset({"header", "head", "master"})
"""Words behind a table's name that set it apart from its details."""

_SAME = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A table that words may mean; the lower the ``rank``, the closer."""

    table: str
    rank: int


@dataclass(frozen=True, slots=True)
class Value:
    """What words say of a row: that ``column`` holds ``value``, or with None that it is set, or isn't (``unset``)."""

    table: str
    column: str
    value: str | None
    rank: int
    unset: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A column."""

    table: str
    column: str
    rank: int


class Vocabulary:
    """The words of a schema."""

    def __init__(self, database: Database, now: datetime, packs: Library | None = None) -> None:
        self.tables: Mapping[str, Table] = {str(table.name): table for table in database.tables}
        self._parents = {
            str(table.name): {str(foreign.parent) for foreign in table.foreign_keys} for table in database.tables
        }
        self._called = _called(packs)
        domains = None if packs is None else Domains(database, packs, 0)
        self._names: dict[Words, list[Candidate]] = defaultdict(list)
        self._pieces: dict[Words, list[Candidate]] = defaultdict(list)
        self._columns: dict[Words, list[Place]] = defaultdict(list)
        self._values: dict[Words, list[Value]] = defaultdict(list)
        self._schemas: dict[Words, list[str]] = defaultdict(list)
        self._comments: dict[str, set[str]] = {}
        self._own: dict[str, tuple[Words, ...]] = {}
        for child, relations in undeclared(database.tables).items():
            self._parents[str(child)] |= {str(relation.parent) for relation in relations}
        shared = _shared_prefix(database.tables)
        schemas = {table.name.schema for table in database.tables}
        for table in database.tables:
            name = str(table.name)
            self._own[name] = tuple(self._name(table, shared, several=len(schemas) > 1))
            if len(schemas) > 1:
                self._schemas[keys(table.name.schema)].append(name)
            self._comments[name] = set(keys(table.comment or "")[:_TALKATIVE])
            for column in table.columns:
                self._column(name, column)
            self._listed(table, now, () if domains is None else domains.of(table).cycles(table))

    # Reading the schema.

    def _name(self, table: Table, shared: str | None, *, several: bool) -> Iterator[Words]:
        name = str(table.name)
        found: dict[Words, int] = {}
        for rank, spelling in spelt(table.name.name):
            found.setdefault(spelling, rank)
            if len(spelling) > 1 and spelling[-1] in _HEADS:
                found.setdefault(spelling[:-1], rank + 1)
            if shared is not None and len(spelling) > 1 and spelling[0] == shared:
                found.setdefault(spelling[1:], _STRIPPED)
            if several:
                found.setdefault((*keys(table.name.schema), *spelling), rank)
        for spelling, rank in found.items():
            self._names[spelling].append(Candidate(name, rank))
            for begin in range(1, len(spelling)):
                self._pieces[spelling[begin:]].append(Candidate(name, _WITHIN + begin))
                if spelling[begin:] in language().parts:
                    self._pieces[spelling[:begin]].append(Candidate(name, _WITHIN + _STRIPPED + begin))
        yield from found

    def _column(self, table: str, column: Column) -> None:
        named: dict[Words, int] = {}
        telling = self._said_of_rows(table, column)
        for rank, spelling in spelt(column.name):
            named.setdefault(spelling, rank)
            for own in self._own[table]:
                # "Customers active" says what they are; "customers phone" is a column's name.
                if not telling:
                    named.setdefault((*own, *spelling), rank)
                if len(own) == 1 and len(spelling) > 1 and spelling[0] == own[0]:
                    named.setdefault(spelling[1:], rank + _STRIPPED)
            bare = _without_end(spelling)
            named.setdefault(bare, rank + _STRIPPED)
            if spelling[-1] in ("at", "on") and len(spelling) > 1:
                named.setdefault((*bare, "date"), rank + 1)
            if bare[-1:] == ("phone",):
                named.setdefault((*bare, "number"), rank + 1)
            if bare[-1:] == ("email",):
                named.setdefault((*bare, "address"), rank + 1)
        schema = keys(self.tables[table].name.schema)
        named.setdefault((*schema, *next(iter(self._own[table]), ()), *keys(column.name)), 0)
        for spelling, rank in named.items():
            if spelling:
                self._columns[spelling].append(Place(table, column.name, rank))

    def _said_of_rows(self, table: str, column: Column) -> bool:
        """Learn what a truth value, or a moment that may be missing, says of its row; True for a truth value."""
        kind = column.type.storage.name
        telling = kind == "bool"
        for rank, spelling in spelt(column.name):
            if kind == "bool":
                bare = tuple(word for word in spelling if word not in _QUESTIONS)
                for begin in range(len(bare)):
                    self._flag(bare[begin:], Value(table, column.name, "true", rank + 3 * begin))
            elif kind in _INTEGERS and _switch(spelling):
                telling = True
                self._flag(spelling, Value(table, column.name, "1", rank + 1))
            elif kind in _MOMENTS and column.nullable and len(spelling) > 1 and spelling[-1] in _ENDS:
                self._flag(spelling[:-1], Value(table, column.name, None, rank + 5))
        if column.nullable:
            for said, names in language().states.items():
                if kind != "bool" and any(spelling in names for _, spelling in spelt(column.name)):
                    self._flag((said,), Value(table, column.name, None, _POINTED))
        return telling

    def _flag(self, said: Words, value: Value) -> None:
        if not said:
            return
        self._values[said].append(value)
        other = (
            Value(value.table, value.column, "0" if value.value == "1" else "false", value.rank + 1)
            if value.value is not None
            else Value(value.table, value.column, None, value.rank + 1, unset=True)
        )
        turned = [prefix + said[0] for prefix in language().prefixes]
        turned += [opposite for opposite, plain in language().opposites.items() if key(plain) == said[0]]
        for one in turned:
            self._values[(key(one), *said[1:])].append(other)

    def _listed(self, table: Table, now: datetime, cycles: Cycles) -> None:
        """Learn the values that types and constraints list, and other words for states."""
        checked = any(check.columns for check in table.checks) or any(c.type.domains() for c in table.columns)
        branches: Sequence[Branch] = analyse_table(table, now=now).branches if checked else (Branch(),)
        name = str(table.name)
        for column in table.columns:
            values: dict[str, None] = {}
            storage = column.type.storage
            if storage.form is TypeForm.ENUM:
                values = dict.fromkeys(storage.labels)
            elif storage.name in _TEXTS:
                lists = [branch.domain(column.name).allowed for branch in branches]
                if all(one is not None for one in lists):
                    values = dict.fromkeys(value for one in lists for value in one or () if isinstance(value, str))
            sexes = _SEXES if keys(column.name)[-1:] in (("sex",), ("gender",)) else {}
            for value in values:
                for rank, spelling in spelt(value):
                    self._value(name, column, value, spelling, rank)
                if value.casefold() in sexes:
                    self._value(name, column, value, (sexes[value.casefold()],), 1)
        for column_name, value, phrase in spellings(table, branches, cycles):
            spelling = keys(" ".join(phrase))
            self._value(name, table.column(column_name), value, spelling, 6)

    def _value(self, table: str, column: Column, value: str, spelling: Words, rank: int) -> None:
        if not spelling:
            return
        here = Value(table, column.name, value, rank)
        for said in (spelling, *language().labels.get(spelling, ())):
            self._values[said].append(here)
        for _, named in spelt(column.name):
            for whole in ((*spelling, *named), (*named, *spelling), (*spelling, *named[-1:])):
                self._values[whole].append(Value(table, column.name, value, rank))

    # Asking.

    def find_tables(self, said: Words, *, schema: bool = True) -> tuple[Candidate, ...]:
        """Return the tables that words may mean, the closest first."""
        found: dict[str, int] = {}

        def add(candidates: Sequence[Candidate], further: int) -> None:
            for one in candidates:
                found[one.table] = min(found.get(one.table, 1000), one.rank + further)

        for rank, spelling in spoken(said):
            add(self._names.get(spelling, ()), rank)
            for further, other in synonyms(spelling):
                add(self._names.get(other, ()), SYNONYM + further)
            for other in self._called.get(spelling, ()):
                add(self._names.get(other, ()), 2 * SYNONYM)
        for _, spelling in spoken(said):
            for one in self._pieces.get(spelling, ()):
                found.setdefault(one.table, one.rank)
        if any(spelling in language().parts for _, spelling in spoken(said)):
            # Whatever they are called, items and lines are what something consists of.
            for table in self._details:
                found.setdefault(table, _WITHIN + SYNONYM)
        if len(said) == 1:
            for table, comment in self._comments.items():
                if said[0] in comment:
                    found.setdefault(table, _COMMENT)
        return tuple(sorted((Candidate(t, rank) for t, rank in found.items()), key=lambda one: (one.rank, one.table)))

    def find_values(self, said: Words) -> tuple[Value, ...]:
        """Return what words may say of rows, the closest first."""
        best: dict[tuple[str, str], Value] = {}
        for rank, spelling in spoken(said):
            for value in self._values.get(spelling, ()):
                place = (value.table, value.column)
                if place not in best or best[place].rank > value.rank + rank:
                    best[place] = Value(value.table, value.column, value.value, value.rank + rank, value.unset)
        return tuple(sorted(best.values(), key=lambda one: (one.rank, one.table, one.column)))

    def in_currency(self, code: str) -> tuple[Value, ...]:
        """Return what a currency says of rows: of those that name theirs."""
        places = [p for words in (("currency",), ("currency", "code")) for p in self._columns.get(words, ())]
        return tuple(
            Value(place.table, place.column, code, place.rank) for place in places if place.rank <= _TRANSLATED
        )

    def find_columns(self, said: Words) -> tuple[Place, ...]:
        """Return the columns that words may mean, the closest first."""
        best: dict[tuple[str, str], Place] = {}
        for rank, spelling in spoken(said):
            for place in self._columns.get(spelling, ()):
                where = (place.table, place.column)
                if where not in best or best[where].rank > place.rank + rank:
                    best[where] = Place(place.table, place.column, place.rank + rank)
        return tuple(sorted(best.values(), key=lambda one: (one.rank, one.table, one.column)))

    def schema(self, said: Words) -> tuple[str, ...]:
        """Return the tables of the schema of that name, where there are several schemas."""
        named = self._schemas.get(said)
        if named is None:
            others = language().schemas.get(said, frozenset())
            named = next((tables for name, tables in self._schemas.items() if "".join(name) in others), [])
        return tuple(named)

    def area(self, said: Words) -> tuple[str, ...]:
        """Return the tables of a field that words name: a schema, a word of tables' names, or what belongs to it."""
        found = self.schema(said)
        if found:
            return found
        wanted = (said, *language().concepts.get(said, ()))
        meant = [spelling for _, spelling in spoken(said)]
        return tuple(
            table
            for table, named in self._own.items()
            if any(_holds(own, one) for own in named for one in (*wanted, *meant))
        )

    def points_at(self, child: str, parent: str) -> bool:
        """Tell whether a table has a foreign key to another, or a column that names one of its rows without any."""
        return parent in self._parents[child]

    def children(self, table: str) -> int:
        """Return how many tables point at a table."""
        return sum(table in parents for parents in self._parents.values())

    def between(self, one: str, other: str) -> str | None:
        """Return the table that joins two: it has a key of foreign keys to both; None for none."""
        joining = [name for name, table in self.tables.items() if _joins(table, one, other)]
        return min(joining, key=lambda name: (len(self.tables[name].columns), name), default=None)

    def parts(self, table: str) -> tuple[str, ...]:
        """Return the tables that a table's rows consist of: its items or lines."""
        return tuple(
            other
            for other, named in self._own.items()
            if self.points_at(other, table)
            and any(
                own[: len(start)] == start and own[len(start) :] in language().parts
                for own in named
                for start in self._own[table]
            )
        )

    @cached_property
    def _details(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for table in self._own for part in self.parts(table)))

    def number(self, table: str, preferred: Sequence[Words]) -> str | None:
        """Return the column of numbers of a table whose name comes first among those preferred."""
        columns = [c.name for c in self.tables[table].columns if self.counts(table, c.name)]
        for wanted in preferred:
            for column in columns:
                if any(spelling == wanted for _, spelling in spelt(column)):
                    return column
        return None

    def is_truth(self, table: str, column: str) -> bool:
        """Tell whether a column is true or false."""
        return self.tables[table].column(column).type.storage.name == "bool"

    def counts(self, table: str, column: str) -> bool:
        """Tell whether a column holds numbers that can be added up, not keys."""
        here = self.tables[table]
        keyed = {name for foreign in here.foreign_keys for name in foreign.columns}
        keyed |= set(here.primary_key.columns) if here.primary_key is not None else set()
        return column not in keyed and here.column(column).type.storage.name in _NUMBERS

    def table_named(self, said: Words) -> str | None:
        """Return the table of exactly that name, however it is spelt."""
        named = [one for one in self._names.get(said, ()) if one.rank <= _TRANSLATED]
        return min(named, key=lambda one: (one.rank, one.table)).table if named else None

    def misspelt(self, word: str) -> Words | None:
        """Return the words of the schema that a word is most likely a slip of the hand for; None for none."""
        said = key(word)
        most = _FAR if len(said) >= _LONG else _NEAR
        if len(word) < _SHORTEST:
            return None
        best: tuple[int, int, Words] | None = None
        for order, right, spelling in self._spelt:
            if abs(len(right) - len(said)) > most:
                continue
            far = distance(said, right, most)
            if far <= most and not _otherwise(said, right) and (best is None or (far, order) < best[:2]):
                best = (far, order, spelling)
        return None if best is None else best[2]

    @cached_property
    def _spelt(self) -> tuple[tuple[int, str, Words], ...]:
        """Names of tables, values and columns, in this order, as one word each."""
        listed: tuple[Iterable[Words], ...] = (self._names, self._values, self._columns)
        return tuple(
            (order, "".join(spelling), spelling)
            for order, known in enumerate(listed)
            for spelling in known
            if len(spelling) == 1 or (len(spelling) == 2 and not order)
        )

    def closest(self, said: str) -> str:
        """Return the name in the schema that is most like some words, for people to choose from; "" for none."""
        near = difflib.get_close_matches(folded(said), self._shown, n=1, cutoff=0.6)
        return self._shown[near[0]] if near else ""

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        """Tables, columns and values as they are written, by the text that they are compared by."""
        found: dict[str, str] = {}
        for table in self.tables.values():
            found.setdefault(folded(table.name.name), table.name.name)
        for table in self.tables.values():
            for column in table.columns:
                found.setdefault(folded(column.name), f"{table.name.name}.{column.name}")
        for values in self._values.values():
            for one in values:
                if one.value not in (None, "true", "false"):
                    name = self.tables[one.table].name.name
                    found.setdefault(folded(str(one.value)), f"{name}.{one.column} {one.value!r}")
        return found


def _switch(name: Words) -> bool:
    """Tell whether a whole number of that name says yes or no of its row: "active", "discontinued"."""
    return len(name) == 1 and (
        name[0].endswith("ed") or any(one.phrase == name for one in lexicon().boolean.find(name))
    )


def _joins(table: Table, one: str, other: str) -> bool:
    """Tell whether rows of a table are pairs of rows of two others."""
    pointing = {
        parent: {name for key in table.foreign_keys if str(key.parent) == parent for name in key.columns}
        for parent in (one, other)
    }
    own = set() if table.primary_key is None else set(table.primary_key.columns)
    rest = [
        column
        for column in table.columns
        if column.name not in own.union(*pointing.values()) and column.type.storage.name not in _MOMENTS
    ]
    return all(pointing.values()) and (
        # One that says nothing else need not have a key of both.
        not rest
        or any(all(pointing[parent] & set(unique.columns) for parent in (one, other)) for unique in table.unique_keys)
    )


def _otherwise(said: str, right: str) -> bool:
    """Tell whether a word that is almost another means something else: abnormal isn't normal, insured no insurer."""
    return said.endswith(right) or right.endswith(said) or said.startswith(right) or said[:-1] == right[:-1]


def _holds(own: Words, wanted: Words) -> bool:
    return any(own[begin : begin + len(wanted)] == wanted for begin in range(len(own) - len(wanted) + 1))


def _without_end(name: Words) -> Words:
    return name[:-1] if len(name) > 1 and name[-1] in _ENDS else name


def _shared_prefix(tables: Sequence[Table]) -> str | None:
    firsts = Counter(name[0] for table in tables if len(name := keys(table.name.name)) > 1)
    for word, count in firsts.most_common(1):
        if count > _SHARED and count * 5 >= len(tables) * 4:
            return word
    return None


def _called(packs: Library | None) -> Mapping[Words, tuple[Words, ...]]:
    """Return other names that data packs know tables of a kind by: a film is a movie."""
    found: dict[Words, dict[Words, None]] = defaultdict(dict)
    for declaration in packs.declarations if packs is not None else ():
        for claim in declaration.claims:
            names = list(map(keys, filter(None, map(str.strip, claim.tables.split(","))))) if claim.about else []
            if len(names) > _SAME:
                # Long lists are of tables that hold the like, not of names for one thing.
                continue
            for name in names:
                found[name] |= dict.fromkeys(names)
    return {name: tuple(others) for name, others in found.items()}
