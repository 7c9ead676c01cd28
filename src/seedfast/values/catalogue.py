"""PostgreSQL's own types: object identifiers, the names of catalogue objects, transaction and log positions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns
from seedfast.values.choices import Choice
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

# Objects that every server from 14 on has, whatever was done to the database.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "regclass": tuple(
        f"pg_catalog.{name}" for name in ("pg_class", "pg_type", "pg_proc", "pg_attribute", "pg_index", "pg_namespace")
    ),
    "regtype": ("integer", "bigint", "text", "boolean", "numeric", "uuid", "date", "bytea"),
    "regproc": ("pg_catalog.now", "pg_catalog.version", "pg_catalog.pg_backend_pid", "pg_catalog.pi"),
    "regprocedure": ("pg_catalog.abs(integer)", "pg_catalog.lower(text)", "pg_catalog.upper(text)", "pg_catalog.now()"),
    "regoper": ("pg_catalog.||/", "pg_catalog.|/", "pg_catalog.^@", "pg_catalog.!!"),
    "regoperator": ("pg_catalog.+(integer,integer)", "pg_catalog.-(integer,integer)", "pg_catalog.=(text,text)"),
    "regrole": ("pg_monitor", "pg_read_all_stats", "pg_read_all_settings", "pg_signal_backend"),
    "regnamespace": ("pg_catalog", "information_schema"),
    "regconfig": ("pg_catalog.english", "pg_catalog.simple"),
    "regdictionary": ("pg_catalog.simple", "pg_catalog.english_stem"),
    "regcollation": ('pg_catalog."C"', 'pg_catalog."POSIX"', 'pg_catalog."default"'),
    "aclitem": ("=r/pg_monitor", "pg_monitor=r/pg_monitor", "pg_read_all_stats=r/pg_monitor"),
    "int2vector": ("1", "1 2", "2 1", "1 2 3"),
    "oidvector": ("23", "25 23", "23 23", "20 25 16"),
}


class Counted(Numbered):
    """Numbers that an internal type writes in a way of its own."""

    def __init__(self, capacity: int, written: Callable[[Rows], pa.Array]) -> None:
        self.written = written
        super().__init__(capacity)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the numbers in the type's notation."""
        return self.written(index)


def _tuple_position(index: Rows) -> pa.Array:
    return columns.concatenated("(", columns.digits(index >> 8), ",", columns.digits((index & 0xFF) + 1), ")")


def _log_position(index: Rows) -> pa.Array:
    position = (index + (1 << 24)).astype(np.uint64)
    high = columns.fixed_width(columns.hexadecimal(columns.octets(position >> np.uint64(32), 4)))
    low = columns.fixed_width(columns.hexadecimal(columns.octets(position & np.uint64(0xFFFFFFFF), 4)))
    return columns.concatenated(high, "/", low)


def _snapshot(index: Rows) -> pa.Array:
    low, high = columns.digits(index + 10), columns.digits(index + 20)
    return columns.concatenated(low, ":", high, ":", low, ",", columns.digits(index + 14))


def _byte(index: Rows) -> pa.Array:
    codes = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789", dtype=np.uint8)
    return columns.fixed_width(codes[index][:, None])


_COUNTED: Mapping[str, tuple[int, Callable[[Rows], pa.Array]]] = {
    "oid": ((1 << 31) - 16_384, lambda index: pa.array(index + 16_384)),
    "xid": (1 << 31, lambda index: columns.digits(index + 3)),
    "xid8": (1 << 60, lambda index: columns.digits(index + 3)),
    "cid": (1 << 31, columns.digits),
    "tid": (1 << 38, _tuple_position),
    "lsn": (1 << 56, _log_position),
    "snapshot": (1 << 48, _snapshot),
    "char": (36, _byte),
}


def _pick(names: tuple[str, ...]) -> Callable[[Params], Generator]:
    return lambda params: Choice(list(names))


def _count(capacity: int, written: Callable[[Rows], pa.Array]) -> Callable[[Params], Generator]:
    return lambda params: Counted(capacity, written)


def register(registry: Registry) -> None:
    """Register the internal types."""
    for name, names in _NAMES.items():
        registry.register(ValueKind(f"sys.{name}", f"values of the type {name}", _pick(names)))
    for name, (capacity, written) in _COUNTED.items():
        registry.register(ValueKind(f"sys.{name}", f"values of the type {name}", _count(capacity, written)))
