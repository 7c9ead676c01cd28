"""Readings of numeric columns: ranges that the name suggests, in what the type can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from seedfast.model.types import SqlType
from seedfast.semantics.lexicon import Found, lexicon
from seedfast.semantics.meaning import Meaning

INTEGERS: Mapping[str, int] = {"int2": 2**15 - 1, "int4": 2**31 - 1, "int8": 2**63 - 1}
"""Whole types and the most that they hold."""

FLOATS = frozenset({"float4", "float8"})
DECIMALS = frozenset({"numeric", "money"})

MINOR = frozenset({"cent", "minor", "penny", "micro"})
"""Words that say that money is counted in hundredths."""

_MONEY_WORDS = frozenset({"in", "usd", "eur", "gbp", "dollar", "euro"})
_COUNTS = frozenset({"number", "total", "maximum", "minimum"})
"""Words in front of what is counted: ``num_bids``, ``total_tasks``, ``max_runs``."""

_NOW = "NOW"
_HUNDRED = 100
_CENTS = 2
_OF_HUNDRED = frozenset({"percent", "percentage", "pct", "score", "level", "progress", "humidity", "battery"})
"""Words for a part that is told in hundredths."""

_MOST_DIGITS = 15
_MOST_WRITTEN = 8
"""A type with more digits after the point than this is there for whatever comes; nobody writes them all."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a numeric type can hold: ``unit`` as generators name it, the highest value, digits after the point."""

    unit: str
    high: Decimal
    scale: int | None

    @staticmethod
    @lru_cache(maxsize=1 << 10)
    def of(kind: SqlType) -> Room | None:
        """Return the room of a type; None where it isn't numeric."""
        if kind.name in INTEGERS:
            return Room("integer", Decimal(INTEGERS[kind.name]), 0)
        if kind.name in FLOATS:
            return Room("float", Decimal(10) ** _MOST_DIGITS, None)
        if kind.name == "money":
            return Room("decimal", Decimal(10) ** _MOST_DIGITS, 2)
        if kind.name != "numeric":
            return None
        if kind.precision is None:
            return Room("decimal", Decimal(10) ** _MOST_DIGITS, None)
        scale = kind.scale or 0
        step = Decimal(1).scaleb(-scale) if scale >= 0 else Decimal(10) ** -scale
        return Room("decimal", Decimal(10) ** (kind.precision - scale) - step, max(scale, 0))


def numeric_meanings(
    name: tuple[str, ...],
    kind: SqlType,
    group: str,
    now: datetime,
    *,
    role: str = "",
    years: tuple[int, int] | None = None,
) -> list[Meaning]:
    """Return the readings of a numeric column, best first, and one that any column of the type may have.

    ``role`` is what the table is about: a person's height is no parcel's.
    """
    room = Room.of(kind)
    if room is None:
        return []
    bare = without_currency(name)
    found = lexicon().number.find(bare, anywhere=False)
    if not found and len(bare) > 1 and bare[-1].isdigit():
        bare = bare[:-1]
        found = lexicon().number.find(bare, anywhere=False)
    if not found and len(bare) > 1 and (counted := lexicon().units.find(bare[-1:])):
        # What is measured says more than the unit that it is measured in.
        found = lexicon().number.find(bare[:-1], anywhere=False) or counted
    if role:
        lit = lexicon().number.find((*bare, role), anywhere=False)
        found = (*(one for one in lit if one.phrase[-1:] == (role,) and len(one.phrase) > 1), *found)
    read = [_meaning(one, name, room, group, now) for one in found if _has_room(one, room)]
    if not read and len(bare) > 1 and bare[0] in _COUNTS:
        read = [_plain(room, Decimal(0), Decimal(200), 300, f"the name says {bare[0]}", low_often=True, whole=True)]
    return [*read, _plain(room, Decimal(1), Decimal(1000), 100, "no sign of what it counts")]


def without_currency(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name without what it is counted in at its end: ``price_in_cents`` is a price."""
    bare = name
    while len(bare) > 1 and bare[-1] in MINOR | _MONEY_WORDS:
        bare = bare[:-1]
    # "in" alone says in how long, not in which currency.
    return name if name[-1:] == ("in",) else bare


def _has_room(found: Found, room: Room) -> bool:
    """Tell whether a type holds the least of the numbers that a phrase stands for."""
    form, *bounds = found.target.split()
    return form not in ("whole", "real") or bounds[0].startswith(_NOW) or Decimal(bounds[0]) <= room.high


def _bound(written: str, now: datetime) -> Decimal:
    """Return a bound of a phrase's numbers: ``NOW+5`` is in five years."""
    if not written.startswith(_NOW):
        return Decimal(written)
    return Decimal(now.year + int(written.removeprefix(_NOW) or 0))


def _meaning(found: Found, name: tuple[str, ...], room: Room, group: str, now: datetime) -> Meaning:
    form, *bounds = found.target.split()
    reason = f"the name says {' '.join(found.phrase)}"
    if form in ("latitude", "longitude"):
        return _coordinate(form, room, found.confidence, reason, group)
    if form == "choice":
        values = [int(value) for value in bounds[0].removeprefix("values=").split("|")]
        weights = [int(weight) for weight in bounds[1].removeprefix("weights=").split("|")]
        if room.unit == "integer":
            return Meaning("choice", {"values": values, "weights": weights}, found.confidence, reason)
        return _plain(room, Decimal(min(values)), Decimal(max(values)), found.confidence, reason)
    low, high = (_bound(written, now) for written in bounds[:2])
    if form in ("price", "amount"):
        return _money(form, room, low, high, found.confidence, reason, in_cents=bool(MINOR & set(name)))
    if form == "part":
        return _part(room, low, high, name, found.confidence, reason)
    if form == "share":
        return _share(room, name, found.confidence, reason, whole="whole" in bounds[2:])
    if form == "real":
        if room.unit == "integer" and high <= 2:
            low, high = low * 100, high * 100
        return _plain(room, low, high, found.confidence, reason, whole=False)
    return _plain(room, low, high, found.confidence, reason, low_often="low" in bounds[2:], whole=True)


def _share(room: Room, name: tuple[str, ...], confidence: int, reason: str, *, whole: bool) -> Meaning:
    """Return the reading as a part of a whole: of one where the type holds hardly more, else of a hundred."""
    of_one = room.unit == "decimal" and room.high < _HUNDRED - 1
    loose = room.scale is None and not whole
    if of_one or (loose and not _OF_HUNDRED & set(name)):
        return _plain(room, Decimal(0), Decimal(1), confidence, reason)
    return _plain(room, Decimal(0), Decimal(_HUNDRED), confidence, reason, whole=whole or room.unit == "integer")


def _part(room: Room, low: Decimal, high: Decimal, name: tuple[str, ...], confidence: int, reason: str) -> Meaning:
    """Return the reading as a rate: in hundredths where the type or the name says so, whole ones."""
    wide = room.unit == "decimal" and room.scale is not None and room.high >= _HUNDRED - 1 and room.scale <= _CENTS
    if room.unit == "integer" or wide or {"percent", "percentage", "pct"} & set(name):
        return _plain(room, low * _HUNDRED, high * _HUNDRED, confidence, reason, whole=True)
    return _plain(room, low, high, confidence, reason)


def _plain(
    room: Room,
    low: Decimal,
    high: Decimal,
    confidence: int,
    reason: str,
    *,
    low_often: bool = False,
    whole: bool = False,
) -> Meaning:
    high = min(high, room.high)
    low = min(low, high)
    if room.unit == "integer":
        params: dict[str, Any] = {"low": int(low), "high": int(high)}
        if low_often:
            params["shape"] = "low"
        return Meaning("number.integer", params, confidence, reason)
    if room.unit == "float":
        return Meaning("number.float", {"low": float(low), "high": float(high)}, confidence, reason)
    scale = _digits(room)
    if whole and high >= 1:
        high, low, scale = Decimal(int(high)), Decimal(int(low)), 0
    return Meaning("number.decimal", {"low": _written(low), "high": _written(high), "scale": scale}, confidence, reason)


def _digits(room: Room) -> int:
    """Return the digits after the point that figures have: as many as the type, unless it holds any number of them."""
    return 2 if room.scale is None or room.scale > _MOST_WRITTEN else room.scale


def _money(
    form: str, room: Room, low: Decimal, high: Decimal, confidence: int, reason: str, *, in_cents: bool
) -> Meaning:
    if in_cents:
        low, high = low * 100, high * 100
    if room.unit == "integer" or in_cents:
        low, high = max(low, Decimal(1)), max(high, Decimal(1))
    high = min(high, room.high)
    scale = 0 if in_cents or room.unit == "integer" else _digits(room)
    params = {"low": _written(min(low, high)), "high": _written(high), "scale": scale, "unit": room.unit}
    return Meaning(f"finance.{form}", params, confidence, reason)


def _coordinate(form: str, room: Room, confidence: int, reason: str, group: str) -> Meaning:
    span = 90 if form == "latitude" else 180
    if room.high < span:
        return _plain(room, Decimal(0), room.high, confidence // 2, reason)
    if room.unit == "integer":
        return _plain(room, Decimal(-span), Decimal(span), confidence, reason)
    params = {
        "low": str(-span),
        "high": str(span),
        "unit": room.unit,
        "scale": 6 if room.scale is None else min(room.scale, 9),
        "group_key": group,
    }
    return Meaning(f"place.{form}", params, confidence, reason)


def _written(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
