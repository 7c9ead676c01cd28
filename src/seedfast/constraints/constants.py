"""Constants as PostgreSQL writes them in expressions, and the little arithmetic that expressions do with them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from seedfast.constraints.predicate import Value

INTEGERS = frozenset({"int2", "int4", "int8", "oid"})
DECIMALS = frozenset({"numeric", "float4", "float8", "money"})
TEXTS = frozenset({"text", "varchar", "bpchar", "citext", "name", "char"})
MOMENTS = frozenset({"timestamp", "timestamptz"})


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval as PostgreSQL keeps it: months and days are no fixed time."""

    months: int = 0
    days: int = 0
    micros: int = 0

    def __neg__(self) -> Interval:
        return Interval(-self.months, -self.days, -self.micros)

    @property
    def elapsed(self) -> timedelta:
        """The interval as PostgreSQL compares it: a month has 30 days."""
        return timedelta(days=self.days + 30 * self.months, microseconds=self.micros)


@dataclass(frozen=True, slots=True)
class Unbounded:
    """A value that no generator makes: ``infinity``, ``-infinity`` or NaN, by its ``sign`` (0 for NaN)."""

    sign: int


Known = Value | Interval | Unbounded
"""What the value of a constant expression can be while it is worked out."""

_UNBOUNDED = {"infinity": 1, "inf": 1, "-infinity": -1, "-inf": -1, "nan": 0}

_UNITS = {
    "microsecond": Interval(micros=1),
    "millisecond": Interval(micros=1_000),
    "second": Interval(micros=1_000_000),
    "sec": Interval(micros=1_000_000),
    "minute": Interval(micros=60_000_000),
    "min": Interval(micros=60_000_000),
    "hour": Interval(micros=3_600_000_000),
    "day": Interval(days=1),
    "week": Interval(days=7),
    "mon": Interval(months=1),
    "month": Interval(months=1),
    "year": Interval(months=12),
    "decade": Interval(months=120),
    "century": Interval(months=1200),
    "centurie": Interval(months=1200),
}
_SPAN = re.compile(r"\s*(?:([+-]?)(\d+):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?|([+-]?\d+)\s*([a-z]+))", re.IGNORECASE)


def read_constant(text: str, kind: str) -> Known:
    """Return what ``'text'::kind`` means, by the catalog's name of a type; a ValueError where it can't be told."""
    stripped = text.strip()
    if kind in INTEGERS:
        return int(stripped)
    if stripped.lower() in _UNBOUNDED and (kind in DECIMALS or kind in MOMENTS or kind == "date"):
        return Unbounded(_UNBOUNDED[stripped.lower()])
    if kind in DECIMALS:
        return _decimal(stripped)
    if kind == "bool":
        return _boolean(stripped)
    if kind == "date":
        return datetime.fromisoformat(stripped).date()
    if kind in MOMENTS:
        return utc(datetime.fromisoformat(stripped))
    if kind == "time":
        return time.fromisoformat(stripped)
    if kind == "interval":
        return read_interval(stripped)
    if kind == "uuid":
        return stripped.lower()
    return text.rstrip(" ") if kind == "bpchar" else text


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace("$", "").replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error


def _boolean(text: str) -> bool:
    lowered = text.lower()
    if lowered in {"t", "true", "y", "yes", "on", "1"}:
        return True
    if lowered in {"f", "false", "n", "no", "off", "0"}:
        return False
    raise ValueError(text)


def read_interval(text: str) -> Interval:
    """Return an interval written as PostgreSQL's default style prints it: ``1 year 2 mons -3 days 04:05:06``."""
    months = days = micros = position = 0
    body = text.strip().removeprefix("@").strip()
    backwards = body.endswith(" ago")
    body = body.removesuffix(" ago").rstrip()
    while position < len(body):
        found = _SPAN.match(body, position)
        if found is None:
            raise ValueError(text)
        position = found.end()
        sign, hours, minutes, seconds, fraction, count, unit = found.groups()
        if unit is not None:
            known = _UNITS.get(unit.lower()) or _UNITS.get(unit.lower().removesuffix("s"))
            if known is None:
                raise ValueError(text)
            months += int(count) * known.months
            days += int(count) * known.days
            micros += int(count) * known.micros
        else:
            whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds or 0)
            span = whole * 1_000_000 + int((fraction or "0").ljust(6, "0"))
            micros += -span if sign == "-" else span
    made = Interval(months, days, micros)
    return -made if backwards else made


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC without ``tzinfo``; one without a zone is taken for UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def at_midnight(day: date) -> datetime:
    """Return the first moment of a day; a moment is returned as it is."""
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)


def shift(moment: date, interval: Interval) -> datetime:
    """Return a date or moment plus an interval by the calendar: 31 January and a month is the last of February."""
    start = at_midnight(moment)
    month = start.year * 12 + start.month - 1 + interval.months
    year, month = divmod(month, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    moved = start.replace(year=year, month=month + 1, day=day)
    return moved + timedelta(days=interval.days, microseconds=interval.micros)


def convert(value: Known, kind: str) -> Known:
    """Return a known value cast to a type; a ValueError where that can't be told."""
    if isinstance(value, str):
        return read_constant(value, kind)
    if kind in INTEGERS and isinstance(value, (bool, int, Decimal)):
        return int(Decimal(value).to_integral_value(rounding="ROUND_HALF_UP"))
    if kind in DECIMALS and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    if kind == "date" and isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if kind in MOMENTS and isinstance(value, date):
        return at_midnight(value)
    if kind == "time" and isinstance(value, datetime):
        return value.time()
    if kind == "bool" and isinstance(value, (bool, int)):
        return bool(value)
    if kind == "interval" and isinstance(value, Interval):
        return value
    if kind in TEXTS:
        return _as_text(value)
    raise ValueError(f"{value!r}::{kind}")


def _as_text(value: Known) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, (date, time)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    raise ValueError(f"{value!r}::text")


def calculate(operator: str, left: Known, right: Known) -> Known:
    """Return ``left operator right`` of two known values; a ValueError where that can't be told."""
    if operator == "||" and isinstance(left, str) and isinstance(right, str):
        return left + right
    if operator in {"+", "-"}:
        moved = _move(operator, left, right)
        if moved is not None:
            return moved
    if _numeric(left) and _numeric(right):
        return _arithmetic(operator, left, right)
    if operator == "*" and isinstance(left, Interval) and isinstance(right, int):
        return Interval(left.months * right, left.days * right, left.micros * right)
    if operator == "*" and isinstance(right, Interval):
        return calculate("*", right, left)
    raise ValueError(f"{left!r} {operator} {right!r}")


def _move(operator: str, left: Known, right: Known) -> Known | None:
    if operator == "+" and isinstance(right, date) and not isinstance(left, date):
        left, right = right, left
    if isinstance(right, Interval) and isinstance(left, (date, Interval)):
        step = right if operator == "+" else -right
        if isinstance(left, Interval):
            return Interval(left.months + step.months, left.days + step.days, left.micros + step.micros)
        return shift(left, step)
    if isinstance(left, date) and isinstance(right, int) and not isinstance(left, datetime):
        return left + timedelta(days=right if operator == "+" else -right)
    return None


def _numeric(value: Known) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _arithmetic(operator: str, left: Known, right: Known) -> Known:
    whole = isinstance(left, int) and isinstance(right, int)
    a, b = Decimal(left), Decimal(right)  # type: ignore[arg-type]  # both are numbers: the caller has looked
    if operator in {"/", "%"} and b == 0:
        raise ValueError("division by zero")
    match operator:
        case "+":
            result = a + b
        case "-":
            result = a - b
        case "*":
            result = a * b
        case "/":
            result = Decimal(int(a / b)) if whole else a / b
        case "%":
            result = a - b * int(a / b)
        case "^" if whole and 0 <= b <= 64:
            result = a ** int(b)
        case _:
            raise ValueError(operator)
    return int(result) if whole else result


def extract(part: str, value: Known) -> int:
    """Return a field of a date or moment; a ValueError where that can't be told."""
    if isinstance(value, date) and part in {"year", "month", "day"}:
        return int(getattr(value, part))
    if isinstance(value, datetime) and part in {"hour", "minute"}:
        return int(getattr(value, part))
    raise ValueError(part)


def truncated(part: str, moment: datetime) -> datetime:
    """Return the start of the year, quarter, ... second that a moment lies in; a ValueError for other parts."""
    day = datetime(moment.year, moment.month, moment.day)
    match part:
        case "year":
            return datetime(moment.year, 1, 1)
        case "quarter":
            return datetime(moment.year, moment.month - (moment.month - 1) % 3, 1)
        case "month":
            return datetime(moment.year, moment.month, 1)
        case "week":
            return day - timedelta(days=day.weekday())
        case "day":
            return day
        case "hour":
            return moment.replace(minute=0, second=0, microsecond=0)
        case "minute":
            return moment.replace(second=0, microsecond=0)
        case "second":
            return moment.replace(microsecond=0)
    raise ValueError(part)


def following(part: str, start: datetime) -> datetime:
    """Return the start of the year, quarter, ... second after the one that begins at ``start``."""
    longest = {"year": 366, "quarter": 92, "month": 31, "week": 7, "day": 1}
    step = timedelta(days=longest[part]) if part in longest else timedelta(**{part + "s": 1})
    return truncated(part, start + step)


def read_array(text: str) -> list[str | None]:
    """Return the elements of a one-dimensional array literal ``{a,"b c",NULL}``; a ValueError for any other."""
    body = text.strip()
    if not (body.startswith("{") and body.endswith("}")):
        raise ValueError(text)
    body = body[1:-1]
    if not body.strip():
        return []
    elements: list[str | None] = []
    for found in re.finditer(r'\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^,{}"\\]|\\.)+?))\s*(?:,|$)', body):
        quoted, bare = found.groups()
        if quoted is None and bare.upper() == "NULL":
            elements.append(None)
        else:
            elements.append(re.sub(r"\\(.)", r"\1", quoted if quoted is not None else bare))
    if len(elements) != _top_level_commas(body) + 1:
        raise ValueError(text)
    return elements


def _top_level_commas(body: str) -> int:
    return re.sub(r'"(?:[^"\\]|\\.)*"|\\.', "", body).count(",")
