"""PostgreSQL is asked which proposed values satisfy the conditions that can't be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from seedfast.catalog.oracle import accepted
from seedfast.constraints.branches import columns_read
from seedfast.constraints.opaque import opaque_groups
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.db import Connection
from seedfast.generate import proposals
from seedfast.generate.engine import Engine
from seedfast.model.table import Table
from seedfast.model.types import Check
from seedfast.plan.options import Lesson
from seedfast.plan.pooled import apart, projections
from seedfast.plan.spec import Source

_FIRST, _PROPOSALS = 2_000, 20_000
"""Values that are proposed for a condition, and those proposed where hardly any of these are accepted."""

_ACCEPTED = 1_000
"""The tuples of values that a plan keeps of those accepted; more only where they must be distinct."""

_FEW = 200

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})


def asked(
    connection: Connection, table: Table, engine: Engine, known: Lesson, *, now: datetime, parents: bool
) -> Lesson:
    """Return which values satisfy a table's unread conditions, and those learnt of it, as far as that isn't known.

    With ``parents`` the parents' rows are in the database, so that keys that point at them can be asked for too.
    """
    plan = engine.plan.table(table.name)
    settled = {column for names, _ in known.pools for column in names} | set(known.parents)
    unique = {name for key in table.unique_keys for name in key.columns}
    pools, allowed = [], {}
    for names, conditions in opaque_groups(_demanding(table, known.conditions, now), now=now):
        sources = {name: plan.column(name) for name in names}
        referred = [column for column in sources.values() if column.source is Source.REFERENCE]
        if settled & set(names) or any(column.source is Source.SERVER for column in sources.values()):
            continue
        if not referred:
            most = max(_ACCEPTED, plan.rows) if unique & set(names) else _ACCEPTED
            enough = max(_FEW, plan.rows if unique & set(names) else 0)
            places = projections(table, names)
            good: dict[tuple[str, ...], None] = {}
            for proposed in _proposed(engine, table, names):
                found = accepted(connection, table, conditions, proposed, most=most)
                good |= dict.fromkeys(tuple(str(value) for value in row) for row in found if None not in row)
                if len(good) >= enough and (not places or len(apart(good, places)) >= enough):
                    break
            if good:
                pools.append((names, tuple(good)))
        elif parents and len(names) == 1:
            reference = plan.reference(referred[0].reference or "")
            values = proposals.parents(engine, reference, referred[0].parent_column or "", _PROPOSALS)
            chosen = accepted(connection, table, conditions, {names[0]: values}, most=_PROPOSALS)
            if chosen:
                allowed[names[0]] = tuple(str(value) for (value,) in chosen)
    return Lesson(tuple(pools), allowed)


def _demanding(table: Table, learnt: Sequence[str], now: datetime) -> Table:
    """Return a table with what was learnt of it among its CHECKs."""
    checks = []
    for condition in learnt:
        read = columns_read(branches_where(condition, now=now, truth=Truth3.NOT_FALSE, table=table))
        checks.append(Check(condition, condition, tuple(c.name for c in table.columns if c.name in read)))
    return replace(table, checks=(*table.checks, *checks))


def _proposed(engine: Engine, table: Table, names: Sequence[str]) -> Iterator[Mapping[str, Sequence[str | None]]]:
    """Yield values for a group of columns: those of the rows where keys must tell these apart, what they mean, more of
    that, and for one text what text may look like.
    """
    yield from proposals.counted(engine, table.name, names)
    yield proposals.rows(engine, table.name, names, _FIRST)
    yield proposals.rows(engine, table.name, names, _PROPOSALS)
    if len(names) == 1 and table.column(names[0]).type.storage.name in _TEXTS:
        yield {names[0]: proposals.texts(_PROPOSALS)}
