"""Bring sequences past the values that were stored in their columns, so that the application's next insert works."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import psycopg

from seedfast.db import Connection
from seedfast.diagnostics import Finding, Severity
from seedfast.load import failures
from seedfast.names import QualifiedName, quote, shown
from seedfast.plan.spec import SequencePlan

MOST_STEPS = 100_000
"""How many values are drawn from a sequence that may be used but not set."""

_SEQUENCE = b"""
SELECT s.seqmin, s.seqmax, s.seqcycle,
       pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT'),
       pg_catalog.has_sequence_privilege(s.seqrelid, 'UPDATE')
  FROM pg_catalog.pg_sequence AS s
 WHERE s.seqrelid = $1::regclass
"""

_CATEGORY = b"""
SELECT t.typcategory::text
  FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
 WHERE a.attrelid = $1::regclass AND a.attname::text = $2
"""


@dataclass(frozen=True, slots=True)
class _Sequence:
    low: int
    high: int
    cycles: bool
    readable: bool
    settable: bool


@dataclass(frozen=True, slots=True)
class _Position:
    """``last`` is the last value drawn, or, before any was ``drawn``, the first to come."""

    last: int
    drawn: bool

    def steps_to(self, value: int, increment: int) -> int:
        """Return how many values must be drawn until one is ``value`` or beyond; 0 where that has happened."""
        distance = value - self.last if increment > 0 else self.last - value
        return max(0, -(-distance // abs(increment)) + (0 if self.drawn else 1))


def advance(connection: Connection, plan: SequencePlan) -> Finding | None:
    """Bring a sequence past the highest value in its column; a finding where that can't be done.

    What is done to a sequence lasts even when the transaction is rolled back, as always in PostgreSQL.
    """
    try:
        with connection.transaction():
            return _advance(connection, plan)
    except psycopg.Error as error:
        if not failures.is_about_rows(error):
            raise failures.failure(error, doing=f"setting the sequence {plan.sequence}") from error
        return _behind(plan, f"PostgreSQL said: {error.diag.message_primary or error}")


@dataclass(frozen=True, slots=True)
class Held:
    """Sequences that other tables' triggers draw from, each with where it stood: its last value, drawn or not."""

    positions: Mapping[QualifiedName, tuple[int, bool]]

    def put_back(self, connection: Connection) -> None:
        """Set the sequences to where they stood, while the tables that they serve are still locked.

        What a load that comes to nothing drew from them is drawn again by the next.
        """
        for name, (last, drawn) in self.positions.items():
            _call(connection, b"SELECT pg_catalog.setval($1::regclass, $2::bigint, $3)", name.sql, last, drawn)


def hold(connection: Connection, plans: Iterable[SequencePlan]) -> Held:
    """Bring sequences past what their tables' own rows will hold, so that triggers draw from beyond these.

    That is done where the role may, for sequences of which the plan says what the rows will hold.
    """
    positions = {}
    for plan in plans:
        try:
            with connection.transaction():
                stood = None if plan.reserved is None else _hold(connection, plan, plan.reserved)
        except psycopg.Error as error:
            if not failures.is_about_rows(error):
                raise failures.failure(error, doing=f"setting the sequence {plan.sequence}") from error
            # It is tried again, and reported, when the rows are in.
            stood = None
        if stood is not None:
            positions[plan.sequence] = stood.last, stood.drawn
    return Held(positions)


def _hold(connection: Connection, plan: SequencePlan, last: int) -> _Position | None:
    """Return where a sequence stood that may be moved, None for one that may not."""
    sequence = _sequence(connection, plan)
    if not sequence.readable or not sequence.settable:
        return None
    stood = _position(connection, plan, readable=True)
    if sequence.low <= last <= sequence.high and stood.steps_to(last, plan.increment):
        _call(connection, b"SELECT pg_catalog.setval($1::regclass, $2::bigint)", plan.sequence.sql, last)
    return stood


def _advance(connection: Connection, plan: SequencePlan) -> Finding | None:
    sequence = _sequence(connection, plan)
    highest = _highest(connection, plan, sequence)
    if highest is None:
        return None
    position = _position(connection, plan, readable=sequence.readable)
    steps = position.steps_to(highest, plan.increment)
    if steps == 0:
        return None
    if sequence.settable:
        _call(connection, b"SELECT pg_catalog.setval($1::regclass, $2::bigint)", plan.sequence.sql, highest)
    elif steps <= MOST_STEPS:
        _call(
            connection,
            b"SELECT pg_catalog.max(pg_catalog.nextval($1::regclass)) FROM pg_catalog.generate_series(1, $2::int)",
            plan.sequence.sql,
            steps,
        )
    else:
        return _behind(plan, f"the role may draw from it but not set it, and it would take {steps} values")
    return _exhausted(plan, sequence, highest)


def _sequence(connection: Connection, plan: SequencePlan) -> _Sequence:
    low, high, *facts = _call(connection, _SEQUENCE, plan.sequence.sql)
    return _Sequence(int(str(low)), int(str(high)), *map(bool, facts))


def _highest(connection: Connection, plan: SequencePlan, sequence: _Sequence) -> int | None:
    """Return the value in the column that the sequence would reach last, of those that it can reach at all."""
    value = quote(plan.column)
    if _call(connection, _CATEGORY, plan.table.sql, plan.column) != ("N",):
        # Text drawn from a sequence: what isn't a number is out of its reach.
        value = f"CASE WHEN {value}::text ~ '^-?[0-9]{{1,19}}$' THEN {value}::text::numeric END"
    furthest = f"pg_catalog.max({value})" if plan.increment > 0 else f"pg_catalog.min({value})"
    bounds = f"BETWEEN {sequence.low} AND {sequence.high}"
    query = f"SELECT {furthest}::numeric AS v FROM {plan.table.sql}"
    found, reached = _call(connection, f"SELECT v, v {bounds} FROM ({query}) AS t".encode())
    if found is not None and not reached:
        # Only now, since this reads the whole table, where the query above takes the end of an index.
        (found,) = _call(connection, f"{query} WHERE ({value})::numeric {bounds}".encode())
    if found is None:
        return None
    return math.ceil(Decimal(str(found))) if plan.increment > 0 else math.floor(Decimal(str(found)))


def _position(connection: Connection, plan: SequencePlan, *, readable: bool) -> _Position:
    if readable:
        last, drawn = _call(connection, f"SELECT last_value, is_called FROM {plan.sequence.sql}".encode())
        return _Position(int(str(last)), bool(drawn))
    # A sequence that can't be looked at tells where it stands when it is drawn from.
    (drawn,) = _call(connection, b"SELECT pg_catalog.nextval($1::regclass)", plan.sequence.sql)
    return _Position(int(str(drawn)), drawn=True)


def _call(connection: Connection, query: bytes, *parameters: object) -> tuple[object, ...]:
    row = psycopg.RawCursor(connection).execute(query, parameters).fetchone()
    if row is None:
        raise psycopg.errors.UndefinedTable("the sequence is gone")
    return row


def _behind(plan: SequencePlan, why: str) -> Finding:
    return Finding(
        code="SF-SEQUENCE-BEHIND",
        severity=Severity.WARNING,
        where=str(plan.sequence),
        message=f"The sequence could not be set past the values in {plan.table}.{shown(plan.column)}: {why}",
        hint=f"As its owner, call setval('{plan.sequence.sql}', ...) with the highest value of the column.",
    )


def _exhausted(plan: SequencePlan, sequence: _Sequence, highest: int) -> Finding | None:
    following = highest + plan.increment
    if sequence.low <= following <= sequence.high or sequence.cycles:
        return None
    return Finding(
        code="SF-SEQUENCE-EXHAUSTED",
        severity=Severity.WARNING,
        where=str(plan.sequence),
        message=f"The sequence has no value left beyond {highest}, which {plan.table}.{shown(plan.column)} holds.",
        hint="Seed fewer rows, or give the sequence and its column a wider type.",
    )
