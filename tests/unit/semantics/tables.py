"""Short ways to write tables down for tests."""

from __future__ import annotations

import re

from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName

_ALIASES = {
    "int": "int4",
    "bigint": "int8",
    "smallint": "int2",
    "real": "float4",
    "double": "float8",
    "boolean": "bool",
    "char": "bpchar",
}


def sql_type(text: str) -> SqlType:
    """Return a type as ``varchar(20)`` or ``numeric(10,2)`` writes it."""
    found = re.fullmatch(r"(\w+)(?:\((\d+)(?:,(\d+))?\))?", text)
    assert found is not None
    name = _ALIASES.get(found[1], found[1])
    first, second = (None if part is None else int(part) for part in found.groups()[1:])
    is_text = name in ("varchar", "bpchar")
    return SqlType(
        "pg_catalog",
        name,
        TypeForm.BASE,
        text,
        length=first if is_text else None,
        precision=first if name == "numeric" else None,
        scale=(second or 0) if name == "numeric" and first is not None else None,
    )


def table(name: str, *columns: str) -> Table:
    """Return a table of columns written as ``name type``, with ``!`` behind those that are NOT NULL."""
    made = []
    for column in columns:
        title, _, kind = column.rpartition(" ")
        made.append(Column(title, sql_type(kind.rstrip("!")), nullable=not kind.endswith("!")))
    return Table(QualifiedName("public", name), TableForm.TABLE, tuple(made))
