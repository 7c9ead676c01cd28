"""The scope's written form: plain tables, lists, texts and numbers, as ``seedfast.toml`` and JSON hold them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from seedfast.errors import UsageError
from seedfast.scope.spec import (
    PACES,
    VERSION,
    WHOLE,
    Aggregate,
    Count,
    Outcome,
    OwnRow,
    Period,
    PerParent,
    ScopeSpec,
    Shares,
    Skew,
)

_COUNT = re.compile(r"\s*(\d[\d_]*)\s*(?:(\+)|(?:-|\.\.|to)\s*(\d[\d_]*))?\s*\Z")

_MOST_GROWTH = 9_000
"""Ten times as many rows from one month to the next."""

_NULL = {"null": True}
"""What is written for NULL, for which TOML has no word."""


def read(section: Mapping[str, Any], given: Mapping[str, Any] | None = None, source: str = "rows") -> ScopeSpec:
    """Return the scope that a section says, with rows of one's own by table; a ``UsageError`` names what is wrong.

    ``source`` is the file that says it.
    """
    known = [each.name for each in fields(ScopeSpec) if each.name != "given"]
    _known("[scope]", section, known)
    version = section.get("version", VERSION)
    if version != VERSION:
        raise _wrong("version", f"is {version!r}, and this seedfast reads {VERSION}")
    total = section.get("total")
    every = section.get("every")
    return ScopeSpec(
        text=_text("text", section.get("text", "")),
        only=_texts("only", section.get("only", [])),
        skip=_texts("skip", section.get("skip", [])),
        rows={name: _count(f"rows.{name}", said) for name, said in _table("rows", section.get("rows", {})).items()},
        every=None if every is None else _count("every", every),
        total=None if total is None else _number("total", total),
        per_parent=_each("per_parent", section, _per_parent),
        topics=_texts("topics", section.get("topics", [])),
        countries=_countries("countries", section.get("countries", {})),
        homes={
            name: _countries(f"homes.{name}", said) for name, said in _table("homes", section.get("homes", {})).items()
        },
        natures={
            name: _texts(f"natures.{name}", said)
            for name, said in _table("natures", section.get("natures", {})).items()
        },
        shares=_each("shares", section, _shares),
        periods=_each("periods", section, _period),
        skews=_each("skews", section, _skew),
        outcomes=_each("outcomes", section, _outcome),
        given={name: _rows(name, said, source) for name, said in (given or {}).items()},
    )


def write(spec: ScopeSpec) -> dict[str, Any]:
    """Return the section that says a scope; rows of one's own are a section besides, by ``given``."""
    section: dict[str, Any] = {"version": spec.version}
    if spec.text:
        section["text"] = spec.text
    for name in ("only", "skip", "topics"):
        if values := getattr(spec, name):
            section[name] = list(values)
    if spec.every is not None:
        section["every"] = _written(spec.every)
    if spec.total is not None:
        section["total"] = spec.total
    if spec.rows:
        section["rows"] = {name: _written(count) for name, count in spec.rows.items()}
    if spec.countries:
        section["countries"] = dict(spec.countries)
    if spec.homes:
        section["homes"] = {name: dict(shares) for name, shares in spec.homes.items()}
    if spec.natures:
        section["natures"] = {name: list(words) for name, words in spec.natures.items()}
    lists: dict[str, Sequence[dict[str, Any]]] = {
        "per_parent": [
            {"child": one.child, "parent": one.parent, "count": _written(one.count)} for one in spec.per_parent
        ],
        "shares": [_written_shares(one) for one in spec.shares],
        "periods": [_written_period(one) for one in spec.periods],
        "skews": [
            {"child": one.child, "parent": one.parent, "heaviest": one.heaviest, "hold": one.hold} for one in spec.skews
        ],
        "outcomes": [_written_outcome(one) for one in spec.outcomes],
    }
    section.update({name: list(said) for name, said in lists.items() if said})
    return section


def written_rows(spec: ScopeSpec) -> dict[str, Any]:
    """Return rows of one's own by table."""
    return {
        table: [{name: dict(_NULL) if cell is None else cell for name, cell in row.cells.items()} for row in rows]
        for table, rows in spec.given.items()
    }


def _written(count: Count) -> int | str:
    if count.high is None:
        return f"{count.low}+"
    return count.low if count.low == count.high else f"{count.low}-{count.high}"


def _countries(what: str, section: Any) -> Mapping[str, int]:
    return {name.upper(): _permille(f"{what}.{name}", said) for name, said in _table(what, section).items()}


def _written_shares(one: Shares) -> dict[str, Any]:
    said: dict[str, Any] = {"table": one.table, "column": one.column, "values": dict(one.values)}
    if one.nulls is not None:
        said["nulls"] = one.nulls
    if one.others:
        said["others"] = one.others
    return said


def _written_period(one: Period) -> dict[str, Any]:
    said: dict[str, Any] = {"start": one.start, "end": one.end}
    if one.tables:
        said["tables"] = list(one.tables)
    return {**said, "growth": one.growth, "pace": one.pace} if one.growth else said


def _written_outcome(one: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {"table": one.table, "aggregate": one.aggregate.value, "value": one.value}
    if one.column is not None:
        said["column"] = one.column
    if one.where:
        said["where"] = dict(one.where)
    if one.per is not None:
        said["per"] = one.per
    if one.period is not None:
        said["period"] = _written_period(one.period)
    return said


def _per_parent(where: str, said: Mapping[str, Any]) -> PerParent:
    _known(where, said, ("child", "parent", "count"), all_of_them=True)
    count = _count(f"{where}.count", said["count"])
    return PerParent(_text(where, said["child"]), _text(where, said["parent"]), count)


def _shares(where: str, said: Mapping[str, Any]) -> Shares:
    _known(where, said, ("table", "column", "values", "nulls", "others"))
    values = {
        str(value): _permille(f"{where}.values.{value}", share)
        for value, share in _table(f"{where}.values", said.get("values", {})).items()
    }
    nulls = said.get("nulls")
    nulls = None if nulls is None else _permille(f"{where}.nulls", nulls)
    others = _permille(f"{where}.others", said.get("others", 0))
    come_to = sum(values.values()) + others + (nulls or 0)
    if come_to != WHOLE:
        raise _wrong(where, f"comes to {come_to} of {WHOLE} rows; say how many take other values with `others`")
    for name in ("table", "column"):
        if name not in said:
            raise _wrong(where, f"has no {name}")
    return Shares(_text(where, said["table"]), _text(where, said["column"]), values, nulls, others)


def _period(where: str, said: Mapping[str, Any]) -> Period:
    _known(where, said, ("start", "end", "tables", "growth", "pace"))
    start, end = (_moment(f"{where}.{name}", said.get(name)) for name in ("start", "end"))
    if start >= end:
        raise _wrong(where, f"ends at {end}, before it starts")
    tables = _texts(f"{where}.tables", said.get("tables", []))
    growth, pace = said.get("growth", 0), said.get("pace", "")
    if not growth and not pace:
        return Period(start, end, tables)
    if type(growth) is not int or not -WHOLE < growth <= _MOST_GROWTH or not growth:
        raise _wrong(f"{where}.growth", f"is {growth!r}, and no whole number of permille from -999 to {_MOST_GROWTH}")
    if pace not in PACES:
        raise _wrong(f"{where}.pace", f"is {pace!r}, and not one of {', '.join(PACES)}")
    if not tables:
        raise _wrong(where, "grows, and names no tables whose rows do")
    return Period(start, end, tables, growth, pace)


def _skew(where: str, said: Mapping[str, Any]) -> Skew:
    _known(where, said, ("child", "parent", "heaviest", "hold"), all_of_them=True)
    heaviest, hold = (_permille(f"{where}.{name}", said[name]) for name in ("heaviest", "hold"))
    return Skew(_text(where, said["child"]), _text(where, said["parent"]), heaviest, hold)


def _outcome(where: str, said: Mapping[str, Any]) -> Outcome:
    _known(where, said, ("table", "aggregate", "value", "column", "where", "per", "period"))
    for name in ("table", "aggregate", "value"):
        if name not in said:
            raise _wrong(where, f"has no {name}")
    if said["aggregate"] not in list(Aggregate):
        raise _wrong(f"{where}.aggregate", f"is {said['aggregate']!r}, and not one of {', '.join(Aggregate)}")
    value = str(said["value"])
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise _wrong(f"{where}.value", f"is {value!r}, which is no decimal number")
    conditions = _table(f"{where}.where", said.get("where", {}))
    period = said.get("period")
    return Outcome(
        _text(where, said["table"]),
        Aggregate(said["aggregate"]),
        value,
        None if said.get("column") is None else _text(f"{where}.column", said["column"]),
        {name: _value(f"{where}.where.{name}", each) or "" for name, each in conditions.items()},
        None if said.get("per") is None else _text(f"{where}.per", said["per"]),
        None if period is None else _period(f"{where}.period", _table(f"{where}.period", period)),
    )


def _rows(name: str, said: Any, source: str) -> tuple[OwnRow, ...]:
    where = f"rows.{name}"
    if not isinstance(said, list) or not all(isinstance(row, Mapping) for row in said):
        raise _wrong(where, f"is no list of rows; write [[rows.{name}]] above each")
    return tuple(
        OwnRow(
            {column: None if value == _NULL else _value(f"{where}.{column}", value) for column, value in row.items()},
            f"{source}: row {number} of [[rows.{name}]]",
        )
        for number, row in enumerate(said, 1)
    )


def _value(where: str, value: Any) -> str | None:
    """Return a value as PostgreSQL reads it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise _wrong(where, f"is {value!r}, which is no text, number, date or truth value")


def _each(name: str, section: Mapping[str, Any], one: Callable[[str, Mapping[str, Any]], Any]) -> tuple[Any, ...]:
    said = section.get(name, [])
    if not isinstance(said, list):
        raise _wrong(name, f"is no list; write [[scope.{name}]] above each")
    return tuple(one(f"{name}[{n}]", _table(f"{name}[{n}]", each)) for n, each in enumerate(said, 1))


def _count(where: str, said: Any) -> Count:
    found = _COUNT.match(str(said)) if isinstance(said, (int, str)) and not isinstance(said, bool) else None
    if found is None:
        raise _wrong(where, f'is {said!r}; write 50, "50-100" or "50+"')
    low = int(found[1])
    high = None if found[2] else int(found[3]) if found[3] else low
    if high is not None and high < low:
        raise _wrong(where, f"is {said!r}, whose end is below its start")
    return Count(low, high)


def _number(where: str, said: Any) -> int:
    if type(said) is not int or said < 0:
        raise _wrong(where, f"is {said!r}, which is no number of rows")
    return said


def _permille(where: str, said: Any) -> int:
    if type(said) is not int or not 0 <= said <= WHOLE:
        raise _wrong(where, f"is {said!r}; shares are whole numbers from 0 to {WHOLE}, of {WHOLE} rows")
    return said


def _moment(where: str, said: Any) -> str:
    text = said.isoformat() if hasattr(said, "isoformat") else said
    if not isinstance(text, str) or not re.match(r"\d{4}-\d\d-\d\d", text):
        raise _wrong(where, f"is {said!r}, which is no moment such as 2026-01-31")
    return text


def _texts(where: str, said: Any) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise _wrong(where, f"is {said!r}, which is no list")
    return tuple(_text(where, each) for each in said)


def _text(where: str, said: Any) -> str:
    if not isinstance(said, str):
        raise _wrong(where, f"has {said!r}, which is no text")
    return said


def _table(where: str, said: Any) -> Mapping[str, Any]:
    if not isinstance(said, Mapping):
        raise _wrong(where, f"is {said!r}, which is no table")
    return said


def _known(where: str, said: Mapping[str, Any], known: Sequence[str], *, all_of_them: bool = False) -> None:
    for name in said:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"The nearest name is {near[0]}." if near else f"It has: {', '.join(known)}."
            raise UsageError("SF-SCOPE-FORM", f"{where} has no {name!r}.", hint)
    for name in known if all_of_them else ():
        if name not in said:
            raise _wrong(where, f"has no {name}")


def _wrong(where: str, message: str) -> UsageError:
    return UsageError(
        "SF-SCOPE-FORM", f"The scope's {where} {message}.", "docs/scope.md shows how each wish is written."
    )
