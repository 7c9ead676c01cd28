"""Frozen dataclasses <-> canonical JSON, and the fingerprints taken over it.

The written form of a value follows its type: a dataclass is an object with its fields' names, a tuple a list, a mapping
an object with sorted keys, an enum its value, a ``QualifiedName`` the list [schema, name].
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar

from seedfast.errors import UsageError
from seedfast.names import QualifiedName

T = TypeVar("T")

_PLAIN = frozenset({str, int, bool, float, types.NoneType})


def encode(value: Any) -> Any:
    """Return the value as plain JSON types."""
    kind: type = type(value)
    return value if kind in _PLAIN else _writer(kind)(value)


@cache
def _writer(kind: type) -> Callable[[Any], Any]:
    """Return what writes values of a type down."""
    if issubclass(kind, QualifiedName):
        return lambda value: [value.schema, value.name]
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, Mapping):
        return lambda value: {str(k): encode(v) for k, v in sorted(value.items(), key=lambda item: str(item[0]))}
    if issubclass(kind, (list, tuple)):
        return lambda value: [encode(v) for v in value]
    if issubclass(kind, (set, frozenset)):
        return lambda value: sorted(encode(v) for v in value)
    if issubclass(kind, (bool, int, float, str, types.NoneType)):
        return lambda value: value
    raise TypeError(f"no written form for {kind.__name__}")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Return the canonical JSON text of a value."""
    separators = (",", ":") if indent is None else None
    return json.dumps(encode(value), ensure_ascii=False, indent=indent, separators=separators)


def fingerprint(value: Any) -> str:
    """Return 32 hexadecimal digits that differ where the canonical JSON differs."""
    return blake2b(dumps(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def decode(kind: type[T], data: Any, where: str = "$") -> T:
    """Return plain JSON types as a value of ``kind``; a mismatch is a ``UsageError`` that names the place."""
    return typing.cast(T, _decode(kind, data, where))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode(kind: Any, data: Any, where: str) -> Any:
    if kind is Any:
        return data
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if data is None and type(None) in arguments:
            return None
        return _decode(next(a for a in arguments if a is not type(None)), data, where)
    if origin is tuple:
        _expect(isinstance(data, list), where, "a list", data)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_decode(arguments[0], item, f"{where}[{n}]") for n, item in enumerate(data))
        _expect(len(data) == len(arguments), where, f"a list of {len(arguments)}", data)
        return tuple(_decode(a, item, f"{where}[{n}]") for n, (a, item) in enumerate(zip(arguments, data, strict=True)))
    if origin is not None and issubclass(origin, Mapping):
        _expect(isinstance(data, dict), where, "an object", data)
        return {k: _decode(arguments[1], v, f"{where}.{k}") for k, v in data.items()}
    if kind is QualifiedName:
        _expect(isinstance(data, list) and len(data) == 2, where, "[schema, name]", data)
        return QualifiedName(*(_decode(str, part, where) for part in data))
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(typing.cast(type, kind), data, where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            _expect(False, where, "one of " + ", ".join(str(m.value) for m in kind), data)
    if kind is float and type(data) is int:
        return float(data)
    _expect(type(data) is kind, where, getattr(kind, "__name__", str(kind)), data)
    return data


def _decode_dataclass(kind: type, data: Any, where: str) -> Any:
    _expect(isinstance(data, dict), where, "an object", data)
    hints = _hints(kind)
    unknown = sorted(set(data) - set(hints))
    _expect(not unknown, where, f"no field named {unknown[0] if unknown else ''}", data)
    given = {name: _decode(hints[name], item, f"{where}.{name}") for name, item in data.items()}
    try:
        return kind(**given)
    except TypeError as error:
        raise UsageError("SF-PLAN-MALFORMED", f"{where}: {error}", _HINT) from error


_HINT = "Write the file anew with `seedfast plan --output json`."


def _expect(holds: bool, where: str, wanted: str, data: Any) -> None:
    if not holds:
        found = json.dumps(data, default=str)[:60]
        raise UsageError("SF-PLAN-MALFORMED", f"The plan file at {where}: expected {wanted}, found {found}.", _HINT)
