"""Reading a kind's parameters, which a person may have written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from seedfast.errors import UsageError
from seedfast.values.kind import Json

Params = Mapping[str, Json]


def wrong(name: str, wanted: str, found: Json) -> UsageError:
    """Return the error that says what a parameter should have been."""
    return UsageError(
        "SF-KIND-PARAMETER",
        f"The parameter {name!r} must be {wanted}, not {found!r:.60}.",
        "Correct the plan file, or write it anew with `seedfast plan --output json`.",
    )


def integer(params: Params, name: str, default: int | None = None) -> int:
    """Return an integer parameter."""
    found = optional_integer(params, name)
    if found is not None:
        return found
    if default is None:
        raise wrong(name, "an integer", None)
    return default


def optional_integer(params: Params, name: str) -> int | None:
    """Return an integer parameter, or None where it isn't given."""
    found = params.get(name)
    if found is None:
        return None
    if type(found) is not int:
        raise wrong(name, "an integer", found)
    return found


def count(params: Params, name: str, default: int) -> int:
    """Return an integer parameter that is not negative."""
    found = integer(params, name, default)
    if found < 0:
        raise wrong(name, "0 or more", found)
    return found


def number(params: Params, name: str, default: float) -> float:
    """Return a parameter that is any finite number."""
    found = params.get(name, default)
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise wrong(name, "a number", found)
    return float(found)


def decimal(params: Params, name: str, default: str | None = None) -> Decimal:
    """Return a parameter that is a decimal number, written as text so that no digit is lost."""
    found = params.get(name, default)
    if isinstance(found, bool) or not isinstance(found, (int, str)):
        raise wrong(name, "a decimal number as text", found)
    try:
        read = Decimal(found)
    except InvalidOperation:
        raise wrong(name, "a decimal number as text", found) from None
    if not read.is_finite():
        raise wrong(name, "a finite decimal number", found)
    return read


def fraction(params: Params, name: str, default: Fraction | None = None) -> Fraction:
    """Return a parameter that is a whole number, a decimal number as text, or a fraction as text: ``1/3``."""
    found = params.get(name, default)
    if isinstance(found, bool) or not isinstance(found, (int, str, Fraction)):
        raise wrong(name, "a number or a fraction as text", found)
    try:
        return Fraction(found)
    except (ValueError, ZeroDivisionError):
        raise wrong(name, "a number or a fraction as text", found) from None


def mapping(params: Params, name: str) -> Params:
    """Return a parameter that is an object."""
    found = params.get(name)
    if not isinstance(found, Mapping):
        raise wrong(name, "an object", found)
    return found


def flag(params: Params, name: str, *, default: bool = False) -> bool:
    """Return a parameter that is true or false."""
    found = params.get(name, default)
    if not isinstance(found, bool):
        raise wrong(name, "true or false", found)
    return found


def string(params: Params, name: str, default: str | None = None) -> str:
    """Return a text parameter."""
    found = params.get(name, default)
    if not isinstance(found, str):
        raise wrong(name, "text", found)
    return found


def one_of(params: Params, name: str, words: tuple[str, ...], default: str | None = None) -> str:
    """Return a text parameter that is one of a few words."""
    found = string(params, name, default)
    if found not in words:
        raise wrong(name, "one of " + ", ".join(words), found)
    return found


def items(params: Params, name: str, default: tuple[Json, ...] | None = None) -> list[Json]:
    """Return a parameter that is a list."""
    found = params.get(name, default)
    if not isinstance(found, (list, tuple)):
        raise wrong(name, "a list", found)
    return list(found)


def nested(params: Params, name: str) -> tuple[str, Params]:
    """Return a parameter that names another kind and its parameters: ``{"kind": ..., "params": {...}}``."""
    return kind_of(name, params.get(name))


def sibling(params: Params, name: str) -> str | None:
    """Return the column that a parameter ``{"column": ...}`` names, None where it isn't given."""
    found = params.get(name)
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise wrong(name, "an object that names a column", found)
    return string(found, "column")


def kind_of(name: str, found: Json) -> tuple[str, Params]:
    """Return the kind and parameters that an object with ``kind`` and ``params`` names."""
    if not isinstance(found, Mapping) or not isinstance(found.get("kind"), str):
        raise wrong(name, "an object with a kind and its params", found)
    inner = found.get("params", {})
    if not isinstance(inner, Mapping):
        raise wrong(f"{name}.params", "an object", inner)
    return found["kind"], inner


def moment(params: Params, name: str, default: str | None = None) -> datetime:
    """Return a parameter that is an ISO 8601 timestamp, in UTC and without a zone."""
    found = string(params, name, default)
    try:
        read = datetime.fromisoformat(found)
    except ValueError:
        raise wrong(name, "an ISO 8601 timestamp", found) from None
    return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read


def day(params: Params, name: str, default: str | None = None) -> date:
    """Return a parameter that is an ISO 8601 date; of a timestamp the date counts."""
    return moment(params, name, default).date()


def clock(params: Params, name: str, default: str | None = None) -> time:
    """Return a parameter that is an ISO 8601 time of day."""
    found = string(params, name, default)
    try:
        return time.fromisoformat(found).replace(tzinfo=None)
    except ValueError:
        raise wrong(name, "an ISO 8601 time of day", found) from None


def ordered(params: Params, low: int, high: int) -> None:
    """Refuse bounds that leave nothing between them."""
    if low > high:
        raise wrong("high", f"at least {params.get('low')!r}, which is low", params.get("high"))
