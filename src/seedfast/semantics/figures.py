"""What the numbers of a row have to do with one another: which add up, which is never the greater of two."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from seedfast.model.table import Column, Table
from seedfast.semantics.lexicon import Phrases, lexicon, phrases_of, written
from seedfast.semantics.numbers import INTEGERS, MINOR, Room, without_currency
from seedfast.semantics.order import trimmed
from seedfast.semantics.words import words

Words = tuple[str, ...]
Rates = tuple[tuple[str, int], ...]

_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_FILLERS = frozenset({"number", "of", "total", "in", "count", "worked", "actual"})
_KEYS = frozenset({"id", "uuid", "number", "code", "no"})
_BARE = frozenset({("duration",), ("elapsed",)})
"""Names of durations that may do without a unit."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A column that is added to a base, or taken away, and which part of the base it usually is, how often."""

    column: str
    sign: int
    rates: Rates


@dataclass(frozen=True, slots=True)
class Figure:
    """A column that is the product of ``base``, times ``rate`` where there is one, with ``added`` on top.

    ``scaled`` are columns of rates by which the base grows or shrinks. A ``signed`` figure may be negative. With
    ``share`` it is a usual part of the base instead, with at least so many ``digits`` behind the point.
    """

    column: str
    base: tuple[str, ...]
    rate: str | None = None
    scaled: tuple[tuple[str, int], ...] = ()
    added: tuple[Addition, ...] = ()
    signed: bool = False
    reason: str = ""
    share: Rates = ()
    digits: int = 0

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns that decide."""
        rates = (self.rate,) if self.rate is not None else ()
        return (*self.base, *rates, *(name for name, _ in self.scaled), *(one.column for one in self.added))


@dataclass(frozen=True, slots=True)
class Duration:
    """A column that says how long it is from ``start`` to ``end``, in units of so many ``seconds``."""

    column: str
    start: str
    end: str
    seconds: str | None


@dataclass(frozen=True, slots=True)
class _Rules:
    roles: Phrases
    rules: tuple[Mapping[str, Any], ...]
    rates: Mapping[str, Rates]
    chains: tuple[tuple[frozenset[str], ...], ...]
    parts: tuple[tuple[tuple[Words, ...], tuple[Words, ...]], ...]
    durations: Phrases
    units: Mapping[str, str]
    period: Phrases
    minutes: frozenset[str]
    measured: Mapping[str, tuple[Words, ...]]


@cache
def _rules() -> _Rules:
    data = written("figures.toml")
    synonyms = lexicon().synonyms
    rates = {
        role: tuple((rate, int(often)) for rate, often in (each.strip().split(":") for each in listed.split(",")))
        for role, listed in data["rates"].items()
    }
    return _Rules(
        phrases_of(data["roles"], synonyms),
        tuple(data["rules"]),
        rates,
        tuple(
            tuple(frozenset(word for each in stage.split(",") for word in words(each.strip())) for stage in chain)
            for chain in data["order"]["chains"]
        ),
        tuple((_spelt(part["part"]), _spelt(part["of"])) for part in data["order"]["parts"]),
        phrases_of({"": data["duration"]["phrases"]}, synonyms),
        {word.strip(): size for size, listed in data["duration"]["units"].items() for word in listed.split(",")},
        phrases_of(data["period"], synonyms),
        frozenset(word.strip() for word in data["duration"]["minutes"].split(",")),
        {name: _spelt(listed) for name, listed in data["order"]["measured"].items()},
    )


def _spelt(listed: str) -> tuple[Words, ...]:
    return tuple(words(phrase.strip()) for phrase in listed.split(","))


def roles(table: Table) -> dict[Words, dict[str, Column]]:
    """Return what the numbers of a table are in a sum: by the words in front that they share, by role."""
    own = set(words(table.name.name))
    found: dict[Words, dict[str, Column]] = {}
    for column in table.columns:
        if Room.of(column.type.storage) is None:
            continue
        said = without_currency(words(column.name))
        read = _rules().roles.find(said, anywhere=False)
        if read:
            best = max(read, key=lambda one: len(one.phrase))
            before = tuple(word for word in best.before if word not in own)
            found.setdefault(before, {}).setdefault(best.target, column)
    return found


def figures(table: Table) -> tuple[Figure, ...]:
    """Return the columns of a table that others of the row add up to; none is an input of its own."""
    made: dict[str, Figure] = {}
    own = set(words(table.name.name))
    for known in roles(table).values():
        for rule in _rules().rules:
            about = set(_listed(rule, "tables"))
            figure = _figure(rule, known, made) if not about or about & own else None
            if figure is not None:
                made[figure.column] = figure
    return tuple(made.values())


def _figure(rule: Mapping[str, Any], known: Mapping[str, Column], made: Mapping[str, Figure]) -> Figure | None:
    def first(name: str) -> str | None:
        return next((role for role in _listed(rule, name) if role in known), None)

    result = first("result")
    if result is None or first("unless") is not None or known[result].name in made:
        return None
    base = _listed(rule, "times") or [role for role in [first("base")] if role is not None and role != result]
    if not base or any(role not in known for role in base):
        return None
    column, names = known[result], tuple(known[role].name for role in base)
    if any(_minor(known[role]) != _minor(column) for role in base[-1:]):
        return None
    if "share" in rule:
        figure = Figure(column.name, names, reason=f"a usual part of {names[0]}", share=_rules().rates[rule["share"]])
        return None if _reaches(made, figure) else replace(figure, digits=rule.get("digits", 0))
    if "rate" in rule:
        if rule["rate"] not in known:
            return None
        rate = known[rule["rate"]].name
        figure = Figure(column.name, names, rate, reason=f"{names[0]} at {rate}")
        return None if _reaches(made, figure) else figure
    scaled: list[tuple[str, int]] = []
    added: list[Addition] = []
    followed = rule.get("last") and any(role in known and role != result for role in ("total", "gross"))
    for side, sign in (("plus", 1), ("minus", -1)):
        for role in () if followed else _listed(rule, side):
            if role in known and role != result and role not in base and _minor(known[role]) == _minor(column):
                added.append(Addition(known[role].name, sign, _rules().rates.get(role, ())))
            elif role not in known and f"{role}_rate" in known:
                scaled.append((known[f"{role}_rate"].name, sign))
    if "times" not in rule and not (scaled or added):
        return None
    said = " x ".join(names)
    said += "".join(f" {'+' if sign > 0 else '-'} {name} of it" for name, sign in scaled)
    said += "".join(f" {'+' if one.sign > 0 else '-'} {one.column}" for one in added)
    signed = bool(rule.get("signed"))
    figure = Figure(column.name, names, None, tuple(scaled), tuple(added), signed, said)
    return None if _reaches(made, figure) else figure


def _listed(rule: Mapping[str, Any], name: str) -> list[str]:
    return [role.strip() for role in rule.get(name, "").split(",") if role.strip()]


def _minor(column: Column) -> bool:
    """Tell whether money is counted in hundredths."""
    return bool(MINOR & set(words(column.name)))


def _reaches(made: Mapping[str, Figure], figure: Figure) -> bool:
    """Tell whether a figure would be an input of its own."""
    waiting, seen = list(figure.inputs), set()
    while waiting:
        name = waiting.pop()
        if name == figure.column:
            return True
        if name not in seen and name in made:
            seen.add(name)
            waiting += made[name].inputs
    return False


def durations(table: Table) -> Iterator[Duration]:
    """Yield the columns that say how long a row's period lasts."""
    periods = _periods(table)
    own = set(words(table.name.name))
    for column in table.columns:
        span = column.type.storage.name == "interval"
        if not periods or (not span and Room.of(column.type.storage) is None):
            continue
        said = words(column.name)
        plain = tuple(word for word in said if word not in _rules().units and word not in _FILLERS)
        size = next((_rules().units[word] for word in reversed(said) if word in _rules().units), None)
        found = _rules().durations.find(plain, anywhere=False)
        if size is None and not span and plain in _BARE and INTEGERS.get(column.type.storage.name):
            size = "60" if _rules().minutes & own else "1"
        if (size is None and not span) or (plain and not found):
            continue
        if not plain and (size is None or float(size) < 60 or said[-1:] == ("minimum",)):
            continue
        before = tuple(word for word in found[0].before if word not in own) if found else ()
        start_end = periods.get(before)
        if start_end is not None:
            yield Duration(column.name, *start_end, None if span else size)


def _periods(table: Table) -> dict[Words, tuple[str, str]]:
    """Return the beginning and end of what a row is about, by the words in front of both."""
    own = set(words(table.name.name))
    ends: dict[Words, dict[str, Column]] = {}
    for column in table.columns:
        if column.type.storage.name in _MOMENTS:
            for spelling in dict.fromkeys((words(column.name), trimmed(words(column.name)))):
                for found in _rules().period.find(spelling, anywhere=False)[:1]:
                    before = tuple(word for word in found.before if word not in own)
                    ends.setdefault(before, {}).setdefault(found.target, column)
    return {
        before: (sides["start"].name, sides["end"].name)
        for before, sides in ends.items()
        if len(sides) == len(("start", "end"))
        and sides["start"].type.storage.name == sides["end"].type.storage.name
        and sides["start"] is not sides["end"]
    }


def ascending(table: Table) -> tuple[tuple[str, str], ...]:
    """Return pairs of numbers of which the first is never the greater one; they make no ring."""
    numbers = [column for column in table.columns if Room.of(column.type.storage) is not None]
    said = {column.name: words(column.name) for column in numbers if not _KEYS & set(words(column.name)[-1:])}
    pairs: list[tuple[str, str]] = []
    for chain in _rules().chains:
        staged = [(stage, name, rest) for name, each in said.items() for stage, rest in _stages(chain, each)]
        for stage, name, rest in staged:
            following = {s for s, other, left in staged if s > stage and left == rest and other != name}
            for other_stage, other, left in staged:
                pair = (name, other)
                fits = following and other_stage == min(following) and left == rest and name != other
                if fits and pair not in pairs and (other, name) not in pairs:
                    pairs.append(pair)
    every = {column.name: words(column.name) for column in numbers}
    pairs += [pair for pair in (*_between(said), *_in_range(every)) if pair not in pairs and pair[::-1] not in pairs]
    own = set(words(table.name.name))
    for parts, wholes in _rules().parts:
        found = [(name, *_phrased(parts, each, own)) for name, each in said.items()]
        for name, rank, before in found:
            of = [(*_phrased(wholes, each, own), other) for other, each in said.items()]
            ranked = sorted((place, other) for place, left, other in of if left == before and place >= 0)
            for _, other in ranked[:1] if rank >= 0 else ():
                if other != name and (other, name) not in pairs and (name, other) not in pairs:
                    pairs.append((name, other))
    return tuple(pairs)


def _between(said: Mapping[str, Words]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of what is measured and the ends that it lies between: a temperature, a result, its range."""
    least, _, most = _rules().chains[0]
    plain = {each: name for name, each in reversed(list(said.items()))}
    for name, each in said.items():
        for place, word in enumerate(each):
            other = plain.get((*each[:place], *each[place + 1 :]))
            if other is not None and word in least:
                yield name, other
            elif other is not None and word in most:
                yield other, name


def _in_range(said: Mapping[str, Words]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of what a row has measured and the ends of its range."""
    low, value, high = (_first_of(said, kind) for kind in ("low", "value", "high"))
    if value is not None and low is not None and high is not None:
        yield low, value
        yield value, high


def bounds(table: Table) -> tuple[str, str] | None:
    """Return the columns between which what a thing measures lies, such as a sensor's; None where it has none."""
    said = {column.name: words(column.name) for column in table.columns if Room.of(column.type.storage) is not None}
    low, high = (_first_of(said, kind) for kind in ("low", "high"))
    return None if low is None or high is None else (low, high)


def measured(table: Table) -> str | None:
    """Return the column of what a row has measured, None where there is none or the row says in which measure."""
    said = {column.name: words(column.name) for column in table.columns}
    if any({"unit", "metric"} & set(each) for each in said.values()):
        return None
    return _first_of({c.name: said[c.name] for c in table.columns if Room.of(c.type.storage) is not None}, "value")


def _first_of(said: Mapping[str, Words], kind: str) -> str | None:
    """Return the column with the name that tells best of what is measured, or of one end of its range."""
    phrases = _rules().measured[kind]
    ranked = [(phrases.index(each), name) for name, each in said.items() if each in phrases]
    return min(ranked)[1] if ranked else None


def _phrased(phrases: Sequence[Words], name: Words, own: Collection[str]) -> tuple[int, Words]:
    """Return which of some phrases a name ends in, the longest, and the words before it; -1 where it ends in none."""
    ends = [rank for rank, phrase in enumerate(phrases) if name[-len(phrase) :] == phrase]
    rank = max(ends, key=lambda one: len(phrases[one]), default=-1)
    before = name[: -len(phrases[rank])] if rank >= 0 else ()
    return rank, tuple(word for word in before if word not in own)


def _stages(chain: Sequence[frozenset[str]], name: Words) -> Iterator[tuple[int, Words]]:
    """Yield the stages of a chain that one word of a name says, with the other words."""
    for place, word in enumerate(name):
        for stage, listed in enumerate(chain):
            if word in listed:
                yield stage, tuple(sorted((*name[:place], *name[place + 1 :])))
