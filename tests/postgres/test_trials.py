"""Rows that PostgreSQL judges one by one."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pyarrow as pa
import pytest

from seedfast import db
from seedfast.load.trials import attempt
from tests.postgres.loading import ask, load_and_commit, plan, public, run, table

MakeDatabase = Callable[[str], str]

GUARDED = """
CREATE TABLE t (
  n int PRIMARY KEY, "row" text CHECK ("row" <> ''), singly varchar(8), "number" text[], hidden int DEFAULT 7);
CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.singly = 'silent' THEN RETURN NULL; END IF;
  IF new.singly = 'loud' THEN RAISE EXCEPTION 'not so loud' USING ERRCODE = 'P0123'; END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION guard();
INSERT INTO t VALUES (1, 'stored')
"""
PLANNED = table(public("t"), 9, n="integer", row="text", singly="character varying(8)", number="text[]")


def test_each_row_is_judged_by_itself_and_none_stays(make_database: MakeDatabase) -> None:
    dsn = make_database(GUARDED)
    rows = {
        "n": ["1", "2", "2", "3", "4", "5", "6", "7", "x"],
        "row": ["a", 'it\'s \\ "quoted" {}', None, "", "é\t\n$$", "b", "c", "d", "e"],
        "singly": [None, None, "x", "x", "silent", "loud", "too long by far", None, None],
        "number": [None, "{a,NULL}", "{}", None, None, None, None, "{", None],
    }
    with db.connect(dsn) as connection:
        verdicts = attempt(connection, PLANNED, rows)
        assert not attempt(connection, PLANNED, {name: [] for name in rows})
    told = [verdict.sqlstate if not verdict.taken else "taken" for verdict in verdicts]
    assert told == ["23505", "taken", "taken", "23514", "", "P0123", "22001", "22P02", "22P02"]
    assert ask(dsn, 'SELECT n, "row", hidden FROM t') == [(1, "stored", 7)]


def test_a_role_without_the_procedural_language_has_every_row_refused(make_database: MakeDatabase) -> None:
    dsn = make_database(GUARDED)
    run(dsn, "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC", "DROP ROLE IF EXISTS plain", "CREATE ROLE plain")
    run(dsn, "GRANT ALL ON t TO plain")
    with db.connect(dsn) as connection:
        connection.execute(b"SET ROLE plain")
        assert [verdict.taken for verdict in attempt(connection, PLANNED, {"n": ["8", "9"]})] == [False, False]
        # The transaction goes on.
        assert connection.execute(b"SELECT 1").fetchall() == [(1,)]


def test_a_failure_that_is_not_about_rows_ends_the_attempt(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int PRIMARY KEY)")
    with psycopg.connect(dsn) as other, db.connect(dsn, lock_timeout_ms=100) as connection:
        other.execute(b"LOCK TABLE t")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            attempt(connection, table(public("t"), 1, n="integer"), {"n": ["1"]})


@pytest.mark.parametrize("language", ["with", "without"])
def test_rows_that_go_in_are_kept_where_few_are_refused_and_where_many_are(
    make_database: MakeDatabase, language: str
) -> None:
    dsn = make_database("CREATE TABLE t (n int CHECK (n % 3 <> 0 AND n <> 500), m int UNIQUE)")
    role = ""
    if language == "without":
        run(dsn, "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC", "DROP ROLE IF EXISTS loader", "CREATE ROLE loader")
        run(dsn, "GRANT ALL ON t TO loader")
        role = "?options=-c%20role%3Dloader"
    rows = {public("t"): pa.table({"n": range(700), "m": [*range(350)] * 2})}
    result = load_and_commit(dsn + role, plan([table(public("t"), 700, n="integer", m="integer")]), rows, partial=rows)
    # Of two rows that hold the same m the first good one stays.
    good = {m for m in range(350) if any(n % 3 and n != 500 for n in (m, m + 350))}
    assert ask(dsn, "SELECT count(*), count(DISTINCT m) FROM t") == [(len(good), len(good))]
    assert result.inserted[public("t")] == len(good)
    (finding,) = result.findings
    assert finding.code == "SF-ROWS-REFUSED"
    assert f"{700 - len(good)} of 700 rows" in finding.message
