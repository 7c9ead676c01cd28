"""Tables made of a few words, for tests."""

from __future__ import annotations

from seedfast.model.table import Column, Partition, Partitioning, Table, TableForm
from seedfast.model.types import Check, SqlType, TypeForm
from seedfast.names import QualifiedName


def base(name: str, length: int | None = None) -> SqlType:
    return SqlType("pg_catalog", name, TypeForm.BASE, name, length=length)


def enum(*labels: str) -> SqlType:
    return SqlType("public", "state", TypeForm.ENUM, "state", labels=labels)


def domain(name: str, below: SqlType, *checks: str, not_null: bool = False) -> SqlType:
    named = tuple(Check(f"{name}_{n}", check) for n, check in enumerate(checks))
    return SqlType("public", name, TypeForm.DOMAIN, name, base=below, checks=named, not_null=not_null)


def table(
    columns: str, *checks: str, types: dict[str, SqlType] | None = None, leaves: dict[str, str | None] | None = None
) -> Table:
    """A table ``t`` of columns written ``"a int4!, b text"`` (``!`` for NOT NULL) with checks named c1, c2 ..."""
    made = []
    for written in columns.split(", "):
        name, kind = written.rstrip("!").split()
        made.append(Column(name, (types or {}).get(kind) or base(kind), nullable=not written.endswith("!")))
    partitioning = None
    if leaves is not None:
        named = tuple(Partition(QualifiedName("public", name), condition) for name, condition in leaves.items())
        partitioning = Partitioning("range", (made[0].name,), named)
    return Table(
        QualifiedName("public", "t"),
        TableForm.TABLE if leaves is None else TableForm.PARTITIONED,
        tuple(made),
        checks=tuple(Check(f"c{n}", check) for n, check in enumerate(checks, 1)),
        partitioning=partitioning,
    )
