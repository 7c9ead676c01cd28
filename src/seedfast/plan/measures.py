"""Values that can be ordered and stepped (numbers, dates, times): their units, limits, and how a plan writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from seedfast.constraints.domain import Bound, Domain
from seedfast.model.types import SqlType, TypeForm

_INTEGER_LIMITS = {"int2": 2**15 - 1, "int4": 2**31 - 1, "int8": 2**63 - 1, "oid": 2**31 - 1}
_UNITS = {
    "int2": "integer",
    "int4": "integer",
    "int8": "integer",
    "numeric": "decimal",
    "float4": "float",
    "float8": "float",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamp",
    "time": "time",
    "interval": "interval",
    "money": "decimal",
}
_MONTHS = re.compile(r"^interval (year|month)$|^interval year to month$")
"""Types of intervals whose values are months, which have no fixed length."""


def unit_of(kind: SqlType) -> str | None:
    """Return the unit in which values of a type can be ordered and stepped, None for other types."""
    storage = kind.storage
    if storage.schema != "pg_catalog" or storage.form is not TypeForm.BASE or _MONTHS.search(storage.display):
        return None
    return _UNITS.get(storage.name)


def step_of(kind: SqlType, unit: str) -> Any:
    """Return the smallest difference between two values that a strict comparison may rely on."""
    if unit == "integer":
        return 1
    if unit == "decimal":
        scale = kind.storage.scale
        return Decimal(1).scaleb(-(2 if scale is None else scale))
    if unit == "float":
        return 0.01
    return timedelta(days=1) if unit == "date" else timedelta(seconds=1)


def type_limits(kind: SqlType) -> tuple[Any, Any]:
    """Return the least and greatest value that a type takes, None where that needs no thought."""
    storage = kind.storage
    if storage.name in _INTEGER_LIMITS:
        most = _INTEGER_LIMITS[storage.name]
        return (0 if storage.name == "oid" else -most - 1), most
    if storage.name == "numeric" and storage.precision is not None:
        scale = storage.scale or 0
        limit = Decimal(10) ** (storage.precision - scale) - Decimal(1).scaleb(-scale)
        return -limit, limit
    return None, None


def narrowed(low: Any, high: Any, domain: Domain, unit: str, step: Any, limits: tuple[Any, Any]) -> tuple[Any, Any]:
    """Return the part of [low, high] inside the domain; where there is none, as wide an interval next to the domain's
    bound."""
    floor, ceiling = widest(domain, unit, step, limits)
    width = high - low
    if floor is not None and low < floor:
        low, high = floor, (high if high > floor else floor + width)
    if ceiling is not None and high > ceiling:
        low, high = (low if low < ceiling else ceiling - width), ceiling
        if floor is not None:
            low = max(low, floor)
    return low, high


def widest(domain: Domain, unit: str, step: Any, limits: tuple[Any, Any]) -> tuple[Any, Any]:
    """Return the least and greatest value that domain and type allow, None where neither says."""
    low, high = _end(domain.low, unit, step, up=True), _end(domain.high, unit, step, up=False)
    return (limits[0] if low is None else low), (limits[1] if high is None else high)


def _end(bound: Bound | None, unit: str, step: Any, *, up: bool) -> Any:
    """Return the outermost value that a bound allows, on the grid of steps."""
    if bound is None:
        return None
    value = read(unit, bound.value)
    if unit in ("integer", "decimal"):
        exact = bound.value if isinstance(bound.value, Decimal) else Decimal(str(bound.value))
        cells = (exact / step).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
        if not bound.inclusive and cells * step == exact:
            cells += 1 if up else -1
        return int(cells) if unit == "integer" else cells * step
    if bound.inclusive:
        return value
    return value + step if up else value - step


def read(unit: str, value: Any) -> Any:
    """Return a parameter or constant as a number, date or time of the unit."""
    if unit == "integer":
        return int(Decimal(str(value)).to_integral_value(ROUND_FLOOR))
    if unit == "decimal":
        return Decimal(str(value))
    if unit == "float":
        return float(value)
    if unit == "date":
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    if unit == "timestamp":
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        return datetime.fromisoformat(str(value).replace("Z", "")).replace(tzinfo=None)
    if isinstance(value, timedelta):
        return value
    if unit == "interval":
        return timedelta(seconds=float(str(value).removesuffix(" seconds")))
    clock = value if isinstance(value, time) else time.fromisoformat(str(value))
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def written(unit: str, value: Any) -> Any:
    """Return a number, date or time as a parameter."""
    if unit in ("integer", "float"):
        return value
    if unit == "decimal":
        return format(value, "f")
    if unit == "interval":
        return value // timedelta(seconds=1)
    if unit == "time":
        return (datetime.min + min(value, timedelta(hours=23, minutes=59, seconds=59))).time().isoformat()
    return str(value.isoformat())
