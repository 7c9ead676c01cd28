"""What a table's constraints leave to its rows, found out once: a run plans again whenever PostgreSQL teaches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Generic, TypeVar

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.members import members_read
from seedfast.constraints.rules import TableRules
from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.model.types import Check
from seedfast.packs.library import Library
from seedfast.plan.states import Wished, wish
from seedfast.semantics.domains import Domains
from seedfast.semantics.entries import one_sided
from seedfast.semantics.states import Cycles
from seedfast.semantics.typed_values import one_value

Kind = TypeVar("Kind")

_LEARNT = "learnt from the rows that PostgreSQL took"

_KEPT, _FEW = 2_000, 8
"""The tables that are kept in mind, and the schemas."""


@dataclass(frozen=True, slots=True, eq=False)
class _Same(Generic[Kind]):
    """A value that is compared by what it is, not by what it holds."""

    value: Kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def taught(table: Table, database: Database, learnt: Sequence[str], now: datetime) -> tuple[Table, TableRules]:
    """Return a table that demands what was learnt, conditions in SQL, and of its documents what triggers read there,
    of a line of an entry that it is on one side, and what its constraints leave then.

    Conditions that leave nothing are dropped.
    """
    return _taught(_Same(table), _Same(database), tuple(learnt), now)


def wished(
    table: Table, rules: TableRules, database: Database, now: datetime, cycles: Cycles, *, aging: bool, tongue: str
) -> Wished:
    """Return a table that also demands what its states ask for.

    ``cycles`` are the life cycles that a trade knows of the table; where rows are ``aging``, early states are young.
    States that nothing lists are written in a ``tongue``.
    """
    return _wished(_Same(table), _Same(rules), _Same(database), now, cycles, aging, tongue)


def spoken(database: Database, packs: Library, seed: int, topics: tuple[str, ...]) -> Domains:
    """Return what packs say of a schema's tables."""
    return _spoken(_Same(database), _Same(packs), seed, topics)


@lru_cache(maxsize=_FEW)
def _spoken(database: _Same[Database], packs: _Same[Library], seed: int, topics: tuple[str, ...]) -> Domains:
    return Domains(database.value, packs.value, seed, topics)


@lru_cache(maxsize=_KEPT)
def _taught(
    table: _Same[Table], database: _Same[Database], learnt: tuple[str, ...], now: datetime
) -> tuple[Table, TableRules]:
    tables = database.value.by_name
    told = tuple(Check(_LEARNT, condition) for condition in learnt)
    said = {
        **{sql: f"trigger {name} reads it" for sql, name in members_read(table.value).items()},
        **one_sided(table.value),
        **one_value(table.value),
    }
    read = tuple(Check(why, sql, wished=True) for sql, why in said.items())
    for more in dict.fromkeys(((*told, *read), told)):
        if more:
            changed = replace(table.value, checks=(*table.value.checks, *more))
            rules = analyse_table(changed, now=now, tables=tables)
            if rules.branches:
                return changed, rules
    return table.value, analyse_table(table.value, now=now, tables=tables)


@lru_cache(maxsize=_KEPT)
def _wished(
    table: _Same[Table],
    rules: _Same[TableRules],
    database: _Same[Database],
    now: datetime,
    cycles: Cycles,
    aging: bool,
    tongue: str,
) -> Wished:
    return wish(table.value, rules.value, database.value, now, cycles, aging=aging, tongue=tongue)
