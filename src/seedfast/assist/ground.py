"""A reply held against the schema: what isn't there, isn't asked for or is out of bounds is refused, wish by wish."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from seedfast import codec
from seedfast.assist.payload import print_of
from seedfast.assist.replies import WISHES
from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.scope import written
from seedfast.scope.apply import resolved
from seedfast.scope.spec import Count, ScopeSpec
from seedfast.values.registry import Registry

_MOST = 200
"""The most wishes of a kind, and the most texts in a list."""

_LONGEST = 200
"""The most characters of a text."""

_ROWS = 1_000_000
"""The most rows that a model may ask for; a person may ask for more."""

NAMES = "@tables"
"""Under which an answer's prints hold that of all tables' names."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """What of a reply stands: a scope, its written form, words that weren't clear, and the number of refused wishes."""

    spec: ScopeSpec
    wishes: Mapping[str, Any]
    unclear: tuple[str, ...]
    refused: int


def scope(data: Mapping[str, Any], words: str, database: Database, tables: Collection[QualifiedName]) -> Grounded:
    """Return what stands of a reply on a sentence; ``tables`` are those that it may speak of."""
    said = data.get("scope")
    spec, refused = ScopeSpec(), 0
    kept: dict[str, Any] = {}
    for name, single in _singly(said if isinstance(said, Mapping) else {}):
        try:
            # The last one of what there is one of wins, as in a file.
            one = resolved(written.read({name: _bounded(single)}), database)
            _within(one, database, tables)
        except (UsageError, ValueError):
            refused += 1
            continue
        spec = joined(spec, one)
    kept = {name: value for name, value in written.write(spec).items() if name != "version"}
    unclear = data.get("unclear")
    heard = words.casefold()
    named = [each for each in unclear if isinstance(each, str)] if isinstance(unclear, list) else []
    return Grounded(spec, kept, tuple(each for each in named[:_MOST] if each and each.casefold() in heard), refused)


def joined(first: ScopeSpec, second: ScopeSpec) -> ScopeSpec:
    """Return both scopes as one; where they speak of the same thing the first one stands."""
    found: dict[str, Any] = {}
    for one in fields(ScopeSpec):
        mine, other = getattr(first, one.name), getattr(second, one.name)
        if isinstance(mine, Mapping):
            found[one.name] = {**other, **mine}
        elif isinstance(mine, tuple):
            told = {_about(each) for each in mine}
            found[one.name] = (*mine, *(each for each in other if _about(each) not in told))
        else:
            found[one.name] = mine or other
    # A table that is asked for can't be one that is left out.
    skip = tuple(name for name in found["skip"] if name not in first.only and name not in first.rows)
    only = tuple(name for name in found["only"] if name not in first.skip)
    return replace(ScopeSpec(**found), only=only, skip=skip)


def prints(spec: ScopeSpec, database: Database) -> Mapping[str, str]:
    """Return the fingerprints of what a scope rests on: the names of all tables, and the columns that it names."""
    found = {NAMES: codec.fingerprint([str(table.name) for table in database.tables])}
    for name, column in _columns(spec):
        table = next((table for table in database.tables if str(table.name) == name), None)
        there = table is not None and any(one.name == column for one in table.columns)
        found[f"{name}.{column}"] = print_of(table.column(column)) if table is not None and there else ""
    return found


def columns(
    data: Mapping[str, Any], asked: Mapping[QualifiedName, Sequence[str]], accepts: Callable[[Any], bool]
) -> tuple[Mapping[tuple[QualifiedName, str], Any], int]:
    """Return what columns hold by a reply, as ``[columns]`` writes it, and how much of the reply was refused.

    Only columns that were ``asked`` for count; ``accepts`` tells whether a person's file may say so.
    """
    by_name = {(str(table), name): (table, name) for table, names in asked.items() for name in names}
    said, refused = data.get("columns"), 0
    found: dict[tuple[QualifiedName, str], Any] = {}
    for one in said if isinstance(said, list) else ():
        try:
            place = by_name[(one["table"], one["column"])]
            holds = {"kind": one["kind"]} if one.get("kind") else {"values": _vocabulary(one["values"])}
        except (KeyError, TypeError, ValueError, AttributeError):
            refused += 1
            continue
        if accepts(holds):
            found.setdefault(place, holds)
        else:
            refused += 1
    return found, refused


def text_kind(registry: Registry, holds: Mapping[str, Any]) -> bool:
    """Tell whether what a column is to hold is a list, or a known kind of text that needs nothing besides."""
    return "values" in holds or (holds["kind"] in registry and registry.kind(holds["kind"]).text)


def _singly(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the wishes of a section one by one, so that one that is wrong takes no other with it."""
    for name, value in said.items():
        if name not in WISHES:
            yield "", value
        elif isinstance(value, list):
            yield from ((name, [each]) for each in value[:_MOST])
        elif isinstance(value, Mapping) and name in ("rows", "natures"):
            yield from ((name, {key: each}) for key, each in list(value.items())[:_MOST])
        elif value is not None:
            yield name, value


def _bounded(value: Any) -> Any:
    if len(json.dumps(value)) > _MOST * _LONGEST:
        raise ValueError("too large")
    for text in _texts(value):
        if len(text) > _LONGEST or not text.isprintable():
            raise ValueError("no text of a scope")
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(key)
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _within(spec: ScopeSpec, database: Database, tables: Collection[QualifiedName]) -> None:
    known = {str(name): database.by_name[name] for name in tables}
    for name in _tables(spec):
        if name not in known:
            raise ValueError("a table that the model wasn't shown")
    for name, column in _columns(spec):
        if all(one.name != column for one in known[name].columns):
            raise ValueError("a column that isn't there")
    counts = [*spec.rows.values(), *(one.count for one in spec.per_parent)]
    counts += [Count(0, spec.total)] if spec.total is not None else []
    counts += [spec.every] if spec.every is not None else []
    if any(max(count.low, count.high or 0) > _ROWS for count in counts):
        raise ValueError("too many rows")


def _tables(spec: ScopeSpec) -> Iterator[str]:
    yield from (*spec.only, *spec.skip, *spec.rows, *spec.natures)
    for one in spec.per_parent:
        yield from (one.child, one.parent)
    for skew in spec.skews:
        yield from (skew.child, skew.parent)
    yield from (shares.table for shares in spec.shares)
    for period in spec.periods:
        yield from period.tables
    for outcome in spec.outcomes:
        yield from (outcome.table, *((outcome.per,) if outcome.per else ()))
        yield from outcome.period.tables if outcome.period else ()


def _columns(spec: ScopeSpec) -> Iterator[tuple[str, str]]:
    yield from ((one.table, one.column) for one in spec.shares)
    for outcome in spec.outcomes:
        yield from ((outcome.table, name) for name in (*outcome.where, *filter(None, [outcome.column])))


def _about(wish: Any) -> Any:
    """Return what a wish speaks of, by which two of them are told to be about the same."""
    for names in (("table", "aggregate", "column", "where"), ("table", "column"), ("child", "parent"), ("tables",)):
        if all(hasattr(wish, name) for name in names):
            return tuple(str(getattr(wish, name)) for name in names)
    return wish


def _vocabulary(values: Any) -> list[str]:
    if not isinstance(values, list) or not 2 <= len(values) <= _MOST:
        raise ValueError("no list of words")
    texts = [each for each in dict.fromkeys(_bounded(values)) if isinstance(each, str) and each.strip()]
    if len(texts) < 2:
        raise ValueError("no list of words")
    return texts
