"""Random schemas, with PostgreSQL as the judge, and what must stay the same however rows are asked for."""

from __future__ import annotations

import itertools
import os
from datetime import datetime

import numpy as np
import psycopg
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedfast import pipeline
from seedfast.generate.engine import Engine
from seedfast.plan.spec import Status
from seedfast.values.default import default_registry
from tests.conftest import create_database

from .schemas import schemas

NOW = datetime(2026, 3, 1)
_numbers = itertools.count(1)


@pytest.fixture(params=["embedded18", "system15"])
def fresh(request, servers):
    """A function that runs DDL in a database made anew at each call, one at a time."""
    server = servers.get(request.param)
    name = f"random_{os.getpid()}_{next(_numbers)}"

    def make(ddl: str) -> str:
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            create_database(connection, name)
        with psycopg.connect(server.dsn(name), autocommit=True) as connection:
            connection.execute(ddl.encode())
        return server.dsn(name)

    yield make
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def request_for(dsn: str, **changes) -> pipeline.Request:
    return pipeline.Request(dsn, NOW, **{"rows": 17, **changes})


def rows_of(prepared: pipeline.Prepared, split: int) -> dict[str, list]:
    """Return every table's rows, generated in batches of ``split``."""
    engine = Engine(prepared.plan, default_registry(), prepared.stored, prepared.taken)
    found = {}
    for table in prepared.plan.tables:
        if table.status is Status.FILL:
            batches = [
                engine.batch(table.name, start, min(start + split, table.rows)).to_pylist()
                for start in range(0, table.rows, split)
            ]
            found[str(table.name)] = list(itertools.chain.from_iterable(batches))
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(ddl=schemas())
def test_any_schema_is_filled_with_rows_that_postgresql_accepts(fresh, ddl):
    dsn = fresh(ddl)
    prepared = pipeline.prepare(request_for(dsn))
    outcome = pipeline.execute(prepared)
    assert outcome.committed
    assert [t for t in outcome.tables if t.inserted == 0] == []
    assert [t for t in outcome.tables if t.inserted != t.planned] == []
    assert pipeline.check(dsn).ok


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(ddl=schemas(), split=st.integers(1, 9))
def test_rows_do_not_depend_on_the_batches_they_are_made_in(fresh, ddl, split):
    prepared = pipeline.prepare(request_for(fresh(ddl)))
    assert rows_of(prepared, split) == rows_of(prepared, 1_000)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(ddl=schemas(), data=st.data())
def test_rows_may_be_asked_for_in_any_order(fresh, ddl, data):
    prepared = pipeline.prepare(request_for(fresh(ddl)))
    engine = Engine(prepared.plan, default_registry(), prepared.stored, prepared.taken)
    for table in prepared.plan.tables:
        whole = engine.batch(table.name, 0, table.rows)
        order = np.array(data.draw(st.lists(st.integers(0, table.rows - 1), min_size=1, max_size=8)), dtype=np.int64)
        other = Engine(prepared.plan, default_registry(), prepared.stored, prepared.taken).frame(
            table.name, order + table.existing
        )
        for name in whole.schema.names:
            picked = whole.column(name).take(pa.array(order)).to_pylist()
            assert other.column(name).to_pylist() == picked


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(ddl=schemas())
def test_an_unrelated_column_or_table_changes_no_other_value(fresh, ddl):
    before = rows_of(pipeline.prepare(request_for(fresh(ddl))), 1_000)
    more = ddl + "\nCREATE TABLE aside (id serial PRIMARY KEY, note text);\nALTER TABLE t0 ADD COLUMN later_on text;"
    after = rows_of(pipeline.prepare(request_for(fresh(more))), 1_000)
    del after["public.aside"]
    for row in after["public.t0"]:
        del row["later_on"]
    assert after == before


def test_a_second_run_changes_nothing_and_append_adds_rows_that_collide_with_none(fresh):
    dsn = fresh(
        """
        CREATE TABLE people (id serial PRIMARY KEY, email text UNIQUE, code char(3) UNIQUE, born date);
        CREATE TABLE pairs (a int REFERENCES people, b int REFERENCES people, PRIMARY KEY (a, b));
        CREATE UNIQUE INDEX ON people (lower(email));
        """
    )
    pipeline.execute(pipeline.prepare(request_for(dsn)))
    again = pipeline.execute(pipeline.prepare(request_for(dsn)))
    assert [t.inserted for t in again.tables] == [0, 0]
    for seed in (1, 2):
        more = pipeline.execute(pipeline.prepare(request_for(dsn, append=True, seed=seed)))
        assert [t.inserted for t in more.tables] == [17, 17]
    assert pipeline.check(dsn).ok
