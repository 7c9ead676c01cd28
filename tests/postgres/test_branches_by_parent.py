"""What a row holds depends on which row of a lookup table it refers to: rows of every kind are there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import psycopg

from seedfast import pipeline

ZOO = Path(__file__).parents[1] / "zoo" / "accept"


def test_rows_of_every_branch_find_the_parents_that_it_asks_for(make_database):
    dsn = make_database((ZOO / "branch_by_parent.sql").read_text("utf-8"))
    outcome = pipeline.execute(pipeline.prepare(pipeline.Request(dsn, datetime(2026, 3, 1), rows=60)))
    assert outcome.gaps == () and [finding for finding in outcome.findings if finding.code != "SF-CHECK-OPAQUE"] == []
    with psycopg.connect(dsn) as connection:
        found = {
            name: {value for (value,) in connection.execute(query)}
            for name, query in {
                "items": "SELECT kind_id FROM items",
                "things": "SELECT kind_id FROM things WHERE width IS NULL",
                "others": "SELECT kind_id = 3 FROM things",
                "songs": "SELECT genre FROM songs WHERE lyrics IS NULL",
                "genres": "SELECT code FROM genres WHERE code LIKE 'instrumental%' OR code LIKE 'opera%'",
                "contracts": "SELECT party_type FROM contracts",
            }.items()
        }
    assert found == {
        "items": {1, 2},
        "things": {3},
        "others": {True, False},
        "songs": {"instrumental"},
        "genres": {"instrumental", "opera"},
        "contracts": {"person", "org"},
    }


def test_a_branch_for_which_no_parent_is_there_has_no_rows(make_database):
    dsn = make_database(
        """
        CREATE TABLE kinds (id integer PRIMARY KEY, name text);
        INSERT INTO kinds VALUES (1, 'flat'), (2, 'round');
        CREATE TABLE items (id serial PRIMARY KEY, kind_id integer NOT NULL REFERENCES kinds,
          radius integer, height integer,
          CHECK ((kind_id = 2 AND radius IS NOT NULL) OR (kind_id = 3 AND height IS NOT NULL) OR kind_id = 1));
        """
    )
    outcome = pipeline.execute(pipeline.prepare(pipeline.Request(dsn, datetime(2026, 3, 1), rows=40)))
    assert outcome.gaps == () and outcome.findings == ()
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT kind_id FROM items GROUP BY 1 ORDER BY 1").fetchall() == [(1,), (2,)]
