"""What triggers demand of a new row beside the parents that their functions look up: a stay lies within its season."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from seedfast.constraints.domain import Branch, Nullness, Relation
from seedfast.constraints.predicate import Op
from seedfast.constraints.raises import TEST, without_comments
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.constraints.rising import LAST, Rising, rising
from seedfast.model.table import ForeignKey, Table
from seedfast.names import QualifiedName, quote

_NO_CLOCK = datetime(2000, 1, 1)
_NEW = "new."
_KEPT = 2_000

_NAME = r'(?:"?\w+"?\s*\.\s*)?"?\w+"?'
_FROM = rf"FROM\s+(?P<table>{_NAME})(?:\s+(?:AS\s+)?(?!WHERE\b)(?P<alias>\w+))?\s+WHERE\s+"
_LOOKUP = rf"SELECT\s+(?P<what>[\w\s.,*\"]+?)\s+INTO\s+(?:STRICT\s+)?(?P<into>[\w\s.,]+?)\s+{_FROM}(?P<where>[^;]*);"
_LOOKED_FOR = rf"(?:PERFORM|SELECT)\s[^;()]*?\s{_FROM}(?P<where>[^;]*);\s*IF\s+NOT\s+FOUND\s+THEN\s+RAISE"
_VALUE = re.compile(rf"\(\s*SELECT\s+(?P<what>(?:\w+\s*\.\s*)?\w+)\s+{_FROM}(?P<where>[^()]*)\)", re.IGNORECASE)
_MAX = r"MAX\s*\(\s*(?:\w+\s*\.\s*)?(?P<column>\w+)\s*\)"
_GREATEST = re.compile(
    rf"SELECT\s+(?P<what>[^;]*?\b{_MAX}[^;]*?)\s+INTO\s+(?P<into>\w+)\s+{_FROM}(?P<where>[^;]*);",
    re.IGNORECASE,
)
_MOST = re.compile(rf"\(\s*SELECT\s+(?P<what>[^;]*?\b{_MAX}[^;]*?)\s+{_FROM}(?P<where>[^()]*)\)", re.IGNORECASE)
_FROM_THE_LAST = re.compile(r"\bORDER\s+BY\s[^;]*?\bDESC\b", re.IGNORECASE)
_AT_THE_MOST = re.compile(_MAX, re.IGNORECASE)
_THERE = re.compile(rf"\b(?P<wanted>NOT\s+)?EXISTS\s*\(\s*SELECT\b[^()]*?\s{_FROM}", re.IGNORECASE)
_GIVEN = re.compile(r'(?<![\w.])(\w+)\s*:?=\s*("[^"]*\.[^"]*")\s*;')
_READ = re.compile(_LOOKUP, re.IGNORECASE | re.DOTALL)
_FOUND = re.compile(_LOOKED_FOR, re.IGNORECASE | re.DOTALL)
_CAST = re.compile(r"::\s*\w+(?:\s*\(\s*\d+\s*\))?")
_QUOTED = r'("(?:[^"]|"")+")'
_WITHIN = re.compile(rf"{_QUOTED}\s*<@\s*{_QUOTED}|{_QUOTED}\s*@>\s*{_QUOTED}")
_ENDS = re.compile(rf"\b(lower|upper)\s*\(\s*{_QUOTED}\s*\)", re.IGNORECASE)
_OF = " of "
_WORD = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\w+\s*\.\s*\w+|\w+(?!\s*\()")

Columns = Mapping[QualifiedName, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column of the new row, how it must compare, and the column of the parent that a foreign key leads to.

    Where the parent's is a range, ``end`` is the one of its ends that is meant. A column that is a range lies on that
    side of it as a whole.
    """

    column: str
    relation: Relation
    key: str
    theirs: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the parent that a foreign key leads to holds in a column: one of ``values``, or none of them where not
    ``inside``; NULL is None.
    """

    key: str
    column: str
    values: tuple[object, ...]
    inside: bool = True


Demand = Comparison | Wanted | Rising


def comparisons(table: Table, columns: Callable[[QualifiedName], frozenset[str]]) -> tuple[Comparison, ...]:
    """Return what the functions of a table's triggers demand of its rows beside their parents' columns.

    ``columns`` tells the columns of a table. Under whatever other condition a demand stands, it is taken to hold
    always; what isn't understood is left out.
    """
    return tuple(one for one in _demands(table, columns) if isinstance(one, Comparison))


def wanted(table: Table, columns: Callable[[QualifiedName], frozenset[str]]) -> tuple[Wanted, ...]:
    """Return what the functions of a table's triggers want the parents of its rows to be like."""
    return tuple(one for one in _demands(table, columns) if isinstance(one, Wanted))


def climbing(table: Table, columns: Callable[[QualifiedName], frozenset[str]]) -> tuple[Rising, ...]:
    """Return the columns that the functions of a table's triggers want above those of the rows before."""
    return tuple(one for one in _demands(table, columns) if isinstance(one, Rising))


def _demands(table: Table, columns: Callable[[QualifiedName], frozenset[str]]) -> tuple[Demand, ...]:
    keys = tuple(key for key in table.foreign_keys if len(key.columns) == 1 and key.parent != table.name)
    if not keys:
        return ()
    known = tuple((key, columns(key.parent)) for key in keys)
    own = columns(table.name)
    found = (each for trigger in table.triggers for each in _demanded(trigger.source, table.name.name, own, known))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=_KEPT)
def _demanded(
    source: str, table: str, own: frozenset[str], known: tuple[tuple[ForeignKey, frozenset[str]], ...]
) -> tuple[Demand, ...]:
    return tuple(_Reader(table, own, known).read(_CAST.sub("", without_comments(source))))


@dataclass(slots=True)
class _Reader:
    """One function while it is read from the beginning to the end: what its variables hold by then."""

    table: str
    own: frozenset[str]
    known: tuple[tuple[ForeignKey, frozenset[str]], ...]
    last: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, ForeignKey] = field(default_factory=dict)

    def read(self, source: str) -> Iterator[Demand]:
        source = _MOST.sub(self._greatest, _VALUE.sub(self._value, source))
        kinds = _READ, _GIVEN, _FOUND, TEST, _GREATEST
        marks = ((match.start(), n, match) for n, kind in enumerate(kinds) for match in kind.finditer(source))
        for _, kind, match in sorted(marks, key=lambda mark: mark[:2]):
            if kind == 0:
                self._look_up(match)
            elif kind == 1:
                self.values[match[1].lower()] = match[2]
            elif kind == 2:
                yield from self._present(match, match["where"])
            elif kind == 3:
                yield from self._tested(match["test"])
            else:
                self.values[match["into"].lower()] = self._greatest(match)

    def _tested(self, test: str) -> Iterator[Demand]:
        """Yield what a row must satisfy so that a test doesn't raise."""
        for there in _THERE.finditer(test):
            where = _enclosed(test, there.end())
            yield from self._present(there, where, there=bool(there["wanted"]))
            if not there["wanted"] and self._is_own(there["table"]) and self._siblings(where):
                rows = {name: quote(LAST + name) for name in self.own}
                before = {name.lower(): rows for name in (there["alias"] or self.table, self.table)}
                yield from self._climbing(self._named(where, rows, before), self._siblings(where))
        yield from self._climbing(self._resolved(test), *self.last.values())
        if _THERE.search(test) is None:
            yield from self._compared(f"NOT ({self._resolved(test)})")

    def _present(self, match: re.Match[str], where: str, *, there: bool = True) -> Iterator[Demand]:
        """Yield what a row must satisfy so that a parent is found, or such a one isn't ``there``."""
        key = self._key(match["table"], match["alias"], where)
        if key is not None:
            sides = [re.escape(quote(f"{key.name}.{key.parent_columns[0]}")), re.escape(quote(_NEW + key.columns[0]))]
            same = "|".join(r"\s*=\s*".join(pair) for pair in (sides, sides[::-1]))
            told = re.sub(same, "TRUE", self._resolved(where, match["alias"], key))
            yield from self._compared(told if there else f"NOT ({told})")

    def _compared(self, condition: str) -> Iterator[Demand]:
        condition = _ENDS.sub(_end, _WITHIN.sub(_within, condition))
        branches = branches_where(condition, now=_NO_CLOCK, truth=Truth3.NOT_FALSE)
        each: list[tuple[Demand, ...]]
        each = [(*self._beside(branch.relations), *self._alone(branch)) for branch in branches]
        telling = [found for found in each if found]
        for one in telling[0] if telling else ():
            if all(one in found for found in telling):
                yield one
        yield from _one_of(each)

    def _alone(self, branch: Branch) -> Iterator[Wanted]:
        for name, domain in branch.domains.items():
            for key, columns in self.known:
                column = name.removeprefix(f"{key.name}.")
                if column == name or column not in columns:
                    continue
                if domain.allowed:
                    yield Wanted(key.name, column, domain.allowed)
                if domain.excluded:
                    yield Wanted(key.name, column, domain.excluded, inside=False)
                if domain.nullness is not Nullness.MAYBE:
                    yield Wanted(key.name, column, (None,), inside=domain.nullness is Nullness.ALWAYS)

    def _beside(self, relations: tuple[Relation, ...]) -> Iterator[Comparison]:
        for one in relations:
            for column, op, other in ((one.left, one.op, one.right), (one.right, one.op.mirrored, one.left)):
                name = column.removeprefix(_NEW)
                for key, theirs in self.known:
                    end, _, parents = other.removeprefix(f"{key.name}.").rpartition(_OF)
                    named = column != name and other != parents and name in self.own and parents in theirs
                    if named and (name, parents) != (key.columns[0], key.parent_columns[0]):
                        yield Comparison(name, Relation(name, op, parents, ""), key.name, parents, end)

    # Rows before.

    def _is_own(self, table: str) -> bool:
        return table.rpartition(".")[2].strip().strip('"').lower() == self.table.lower()

    def _siblings(self, where: str) -> str:
        """Return the foreign key to the parent whose rows a condition finds, empty where it is about others."""
        for key, _ in self.known:
            name = re.escape(key.columns[0])
            theirs, mine = rf'(?<![\w.])(?:\w+\s*\.\s*)?"?{name}"?', rf'NEW\s*\.\s*"?{name}"?'
            if re.search(rf"{theirs}\s*=\s*{mine}(?!\w)|{mine}\s*=\s*{theirs}(?![\w.])", where, re.IGNORECASE):
                return key.name
        return ""

    def _greatest(self, match: re.Match[str]) -> str:
        """Return what a query makes of the greatest value among the rows of one parent."""
        column, key = match["column"].lower(), self._siblings(match["where"])
        if not key or column not in self.own or not self._is_own(match["table"]):
            return match[0]
        self.last[column] = key
        return f"({_AT_THE_MOST.sub(lambda _: quote(LAST + column), match['what'])})"

    def _climbing(self, test: str, *keys: str) -> Iterator[Rising]:
        for key in dict.fromkeys(keys):
            for column in sorted(self.own):
                if quote(LAST + column) in test and (found := rising(test, key, column)) is not None:
                    yield found

    # Lookups.

    def _look_up(self, match: re.Match[str]) -> None:
        """Note what variables hold after a row, or columns of one, went into them."""
        into, what = (_listed(match[part]) for part in ("into", "what"))
        for name in into:
            self.values.pop(name, None)
            self.rows.pop(name, None)
        key = self._key(match["table"], match["alias"], match["where"])
        if key is None and self._is_own(match["table"]) and _FROM_THE_LAST.search(match["where"]):
            column, among = what[0].rpartition(".")[2].strip(), self._siblings(match["where"])
            if among and column in self.own and len(into) == len(what) == 1:
                self.values[into[0]], self.last[column] = quote(LAST + column), among
        if key is None:
            return
        if len(into) == 1 and what[0].rpartition(".")[2].strip() == "*":
            self.rows[into[0]] = key
        elif len(into) == len(what):
            columns = self._columns(key)
            for name, column in zip(into, (one.rpartition(".")[2].strip() for one in what), strict=True):
                if column in columns:
                    self.values[name] = quote(f"{key.name}.{column}")

    def _value(self, match: re.Match[str]) -> str:
        key = self._key(match["table"], match["alias"], match["where"])
        column = match["what"].rpartition(".")[2].strip().lower()
        return match[0] if key is None or column not in self._columns(key) else quote(f"{key.name}.{column}")

    def _key(self, table: str, alias: str | None, where: str) -> ForeignKey | None:
        """Return the foreign key that a lookup follows, None where it does anything else."""
        name = table.rpartition(".")[2].strip().strip('"').lower()
        for key, _ in self.known:
            if key.parent.name.lower() != name:
                continue
            theirs = rf'(?:(?:{alias or name}|{name})\s*\.\s*)?"?{re.escape(key.parent_columns[0])}"?'
            mine = rf'NEW\s*\.\s*"?{re.escape(key.columns[0])}"?'
            either = rf"(?<![\w.]){theirs}\s*=\s*{mine}(?!\w)|{mine}\s*=\s*{theirs}(?![\w.])"
            if re.search(either, where, re.IGNORECASE):
                return key
        return None

    def _columns(self, key: ForeignKey) -> frozenset[str]:
        return next(columns for one, columns in self.known if one == key)

    def _resolved(self, text: str, alias: str | None = None, key: ForeignKey | None = None) -> str:
        """Return a condition with columns of the new row and of parents under names that tell them apart."""
        rows = {name: self._row(one) for name, one in self.rows.items()}
        if key is not None:
            rows |= dict.fromkeys((alias or key.parent.name, key.parent.name), self._row(key))
        rows = {name.lower(): row for name, row in rows.items()}
        return self._named(text, self.values if key is None else {**self._row(key), **self.values}, rows)

    def _named(self, text: str, bare: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> str:
        """Return a condition with names for variables and columns alone, and for the columns of rows."""

        def named(match: re.Match[str]) -> str:
            whole, (row, dot, column) = match[0], match[0].replace(" ", "").lower().partition(".")
            if whole[0] in "'\"":
                return whole
            if not dot:
                return bare.get(row, whole)
            if row == "new":
                return quote(_NEW + column)
            return rows.get(row, {}).get(column, whole)

        return _WORD.sub(named, text)

    def _row(self, key: ForeignKey) -> dict[str, str]:
        return {column: quote(f"{key.name}.{column}") for column in self._columns(key)}


def _one_of(ways: Sequence[tuple[Demand, ...]]) -> Iterator[Comparison]:
    """Yield, for columns that each way wants to be equal to some column of the parent, what one of the ways wants.

    It is the first of those that make the most columns of the parent theirs: two parties aren't the same.
    """
    equal = [[one for one in way if isinstance(one, Comparison) and one.relation.op is Op.EQ] for way in ways]
    always = set.intersection(*({one.column for one in way} for way in equal)) if equal else set()
    told = [[one for one in way if one.column in always] for way in equal]
    best = max(told, key=lambda way: len({one.theirs for one in way}), default=[])
    yield from (one for one in best if not all(one in way for way in told))


def _listed(text: str) -> list[str]:
    return [" ".join(part.split()).lower() for part in text.split(",")]


def _within(match: re.Match[str]) -> str:
    """Return that a value, or a range, lies within a range of a parent, as comparisons with the ends of that."""
    inner, outer = (match[1], match[2]) if match[1] else (match[4], match[3])
    if outer.startswith(f'"{_NEW}'):
        return match[0]
    return f"({inner} >= lower({outer}) AND {inner} < upper({outer}))"


def _end(match: re.Match[str]) -> str:
    """Return an end of a parent's range under a name of its own."""
    key, _, column = match[2][1:-1].rpartition(".")
    return match[0] if match[2].startswith(f'"{_NEW}') else quote(f"{key}.{match[1].lower()}{_OF}{column}")


def _enclosed(text: str, start: int) -> str:
    """Return what stands from a place on up to the bracket that closes there."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0:
            return text[start:place]
    return text[start:]
