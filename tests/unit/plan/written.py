"""Schemas written down in short, and the rows that a plan makes for them: no server takes part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from seedfast.generate.engine import Engine
from seedfast.model.database import Database, Existing
from seedfast.model.table import ForeignKey, KeyPart, Table, UniqueKey
from seedfast.model.types import Check, SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.plan.build import build
from seedfast.plan.options import Options
from seedfast.plan.spec import GenerationPlan, Status
from seedfast.values.default import default_registry
from seedfast.values.registry import Registry
from tests.unit.semantics import tables

NOW = datetime(2026, 3, 1)

Rows = Mapping[str, list[dict[str, Any]]]


@cache
def registry() -> Registry:
    return default_registry().freeze()


def table(name: str, *columns: str, check: str = "", unique: str = "") -> Table:
    """Return a table whose first column is its key.

    A column is ``name type``, ``!`` behind it makes it NOT NULL, ``type = a|b`` gives it a list, ``enum a|b`` labels,
    and ``int -> parent`` a foreign key to another's id. ``check`` reads the columns that it names.
    ``unique`` are keys, apart by commas, of columns joined by ``+``.
    """
    plain, checks, labels, keys = [], [], {}, []
    for column in columns:
        written, _, parent = (part.strip() for part in column.partition("->"))
        written, _, listed = (part.strip() for part in written.partition("="))
        title = written.split()[0]
        if " enum " in written:
            labels[title] = tuple(written.rstrip("!").split()[-1].split("|"))
            written = f"{title} text" + ("!" if written.endswith("!") else "")
        if parent:
            name_of = QualifiedName("public", parent)
            keys.append(ForeignKey(f"{name}_{title}_fkey", (title,), name_of, ("id",)))
        if listed:
            values = ", ".join(f"'{value}'::text" for value in listed.split("|"))
            if "int" in written:
                values = listed.replace("|", ", ")
            checks.append(Check(f"{title}_check", f"({title} = ANY (ARRAY[{values}]))", (title,)))
        plain.append(written)
    made = tables.table(name, *plain)
    if check:
        read = tuple(column.name for column in made.columns if column.name in check)
        checks.append(Check("own", check, read))
    first = made.columns[0].name
    unique_keys = [UniqueKey(f"{name}_pkey", (KeyPart(first, None, (first,)),), primary=True, constraint=True)]
    for each in filter(None, unique.split(",")):
        parts = tuple(KeyPart(part, None, (part,)) for part in each.strip().split("+"))
        unique_keys.append(UniqueKey(f"{name}_{each.strip()}_key", parts, constraint=True))
    enums = {
        title: SqlType("public", f"{name}_{title}", TypeForm.ENUM, f"{name}_{title}", labels=listed)
        for title, listed in labels.items()
    }
    return replace(
        made,
        columns=tuple(replace(c, type=enums[c.name]) if c.name in enums else c for c in made.columns),
        checks=tuple(checks),
        foreign_keys=tuple(keys),
        unique_keys=tuple(unique_keys),
    )


def planned(*made: Table, rows: int = 200, seed: int = 1, **options: Any) -> GenerationPlan:
    """Return the plan for a database of some tables."""
    database = Database("test", 150004, tuple(sorted(made, key=lambda one: one.name)))
    return build(database, Existing({}), Options(NOW, seed, rows, **options), registry())


def drawn(*made: Table, rows: int = 200, seed: int = 1, **options: Any) -> Rows:
    """Return the rows of each table that a plan fills."""
    plan = planned(*made, rows=rows, seed=seed, **options)
    engine = Engine(plan, registry(), {})
    return {
        one.name.name: engine.batch(one.name, 0, one.rows).to_pylist()
        for one in plan.tables
        if one.status is Status.FILL
    }
