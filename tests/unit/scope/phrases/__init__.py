"""Phrases as people in a hurry write them, each with a schema and the scope that it means.

A file is a kind of phrase. A line is ``what is said => what is meant``; in a conversation ``what held before || what
is said => what holds then``. Meanings are written short: ``parsed`` reads them. Half of the phrases are held out, by a
hash, before there was an interpreter, and never looked at one by one to mend it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from seedfast.model.database import Database
from seedfast.scope.spec import Aggregate, Count, Outcome, Period, PerParent, ScopeSpec, Shares, Skew
from tests.unit.scope.schemas import database

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
"""A Wednesday: the moment that all phrases are said at."""

_SPLIT = b"phrases 1"
_LATER = "later"
"""The phrases that were written when there was an interpreter; none of them is held out."""


@dataclass(frozen=True)
class Phrase:
    """What is said of a schema, and what it means: a scope, and the words that are left over."""

    kind: str
    schema: str
    said: str
    means: ScopeSpec
    left: frozenset[str]
    before: ScopeSpec | None
    held_out: bool

    def __str__(self) -> str:
        return f"{self.schema}: {self.said}"


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases, by kind."""
    return tuple(_read())


def _read() -> Iterator[Phrase]:
    folder = files(__package__)
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name):
        for schema, section in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for line in section["phrases"].strip().splitlines():
                said, _, meant = line.partition("=>")
                before, _, said = said.rpartition("||")
                said = said.strip()
                here = database(schema)
                spec, left = parsed(here, meant)
                kind = file.name.removesuffix(".toml")
                held_out = kind != _LATER and bool(
                    blake2b(f"{schema} {said}".encode(), key=_SPLIT, digest_size=1).digest()[0] % 2
                )
                yield Phrase(
                    kind,
                    schema,
                    said,
                    spec,
                    left,
                    parsed(here, before)[0] if before.strip() else None,
                    held_out,
                )


def parsed(here: Database, text: str) -> tuple[ScopeSpec, frozenset[str]]:
    """Return the scope that a short form writes, and the words that it says are left over."""
    spec, left = ScopeSpec(), frozenset[str]()
    for part in filter(None, map(str.strip, text.split(";"))):
        verb, *words = part.split()
        if verb == "?":
            left |= set(words)
        elif verb in ("only", "skip"):
            spec = replace(spec, **{verb: tuple(_table(here, word) for word in words)})
        elif verb == "rows":
            spec = replace(spec, rows={**spec.rows, _table(here, words[0]): _count(words[1])})
        elif verb == "every":
            spec = replace(spec, every=_count(words[0]))
        elif verb == "total":
            spec = replace(spec, total=int(words[0]))
        elif verb == "per":
            child, parent = words[0].split("/")
            more = PerParent(_table(here, child), _table(here, parent), _count(words[1]))
            spec = replace(spec, per_parent=(*spec.per_parent, more))
        elif verb == "share":
            spec = replace(spec, shares=(*spec.shares, _shares(here, words)))
        elif verb == "period":
            spec = replace(spec, periods=(*spec.periods, _period(here, words)))
        elif verb == "countries":
            spec = replace(spec, countries={key: int(value) for key, value in _pairs(words)})
        elif verb == "nature":
            spec = replace(spec, natures={**spec.natures, _table(here, words[0]): tuple(words[1:])})
        elif verb == "topic":
            spec = replace(spec, topics=tuple(words))
        elif verb == "skew":
            child, parent = words[0].split("/")
            more_skew = Skew(_table(here, child), _table(here, parent), int(words[1]), int(words[2]))
            spec = replace(spec, skews=(*spec.skews, more_skew))
        else:
            spec = replace(spec, outcomes=(*spec.outcomes, _outcome(here, Aggregate(verb), words)))
    return spec, left


def _table(here: Database, written: str) -> str:
    found = [one.name for one in here.tables if written in (one.name.name, str(one.name))]
    assert len(found) == 1, written
    return str(found[0])


def _count(written: str) -> Count:
    low, between, high = written.partition("..")
    if not between:
        return Count(int(low), int(low))
    return Count(int(low), int(high) if high else None)


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return [(word.partition("=")[0], word.partition("=")[2]) for word in words]


def _shares(here: Database, words: list[str]) -> Shares:
    table, _, column = words[0].rpartition(".")
    values = {key: int(value) for key, value in _pairs(words[1:])}
    nulls = values.pop("null", None)
    return Shares(_table(here, table), column, values, nulls, 1000 - sum(values.values()) - (nulls or 0))


def _moment(written: str) -> str:
    return f"{written}Z" if "T" in written else f"{written}T00:00:00Z"


def _period(here: Database, words: list[str]) -> Period:
    growth, pace = 0, ""
    if "/" in words[-1]:
        *words, grows = words
        growth, pace = int(grows.partition("/")[0]), grows.partition("/")[2]
    return Period(_moment(words[0]), _moment(words[1]), tuple(_table(here, one) for one in words[2:]), growth, pace)


def _outcome(here: Database, aggregate: Aggregate, words: list[str]) -> Outcome:
    table, column = words[0], None
    if aggregate is not Aggregate.COUNT:
        table, _, column = words[0].rpartition(".")
    one = Outcome(_table(here, table), aggregate, words[1], column)
    rest = iter(words[2:])
    for word in rest:
        if word == "per":
            one = replace(one, per=_table(here, next(rest)))
        elif word == "period":
            one = replace(one, period=_period(here, [next(rest), next(rest)]))
        elif word != "where":
            one = replace(one, where=dict(_pairs([word])))
    return one


def canonical(spec: ScopeSpec) -> frozenset[str]:
    """Return everything that a scope says, as sentences whose order doesn't matter."""
    told = {f"{verb} {table}" for verb in ("only", "skip") for table in getattr(spec, verb)}
    told |= {f"rows {table} {count}" for table, count in spec.rows.items()}
    told |= {f"topic {topic}" for topic in spec.topics}
    told |= {f"country {code} {share}" for code, share in spec.countries.items()}
    told |= {f"nature {table} {' '.join(nature)}" for table, nature in spec.natures.items()}
    told |= {f"{kind} {getattr(spec, kind)}" for kind in ("every", "total") if getattr(spec, kind) is not None}
    told |= {str(one) for one in (*spec.per_parent, *spec.skews)}
    told |= {str(replace(one, values=dict(sorted(one.values.items())))) for one in spec.shares}
    told |= {str(replace(one, tables=tuple(sorted(one.tables)))) for one in spec.periods}
    return frozenset(told | {str(replace(one, where=dict(sorted(one.where.items())))) for one in spec.outcomes})
