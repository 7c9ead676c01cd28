"""A large load is tried with a few rows first, where something guards its tables that can't be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from seedfast import api
from seedfast.errors import SeedfastError
from seedfast.events import Event, StageStarted

GUARDED = """
CREATE TABLE shelves (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE books (id serial PRIMARY KEY, shelf_id integer NOT NULL REFERENCES shelves, pages integer NOT NULL);
CREATE FUNCTION fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most integer := 120;
BEGIN
    IF NEW.pages > most THEN RAISE EXCEPTION 'too thick for the shelf'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fits BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION fits();
"""
NOW = datetime(2026, 1, 2)


def _stages(dsn: str, *, rows: int, probe: bool = True) -> list[str]:
    stages: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, StageStarted):
            stages.append(event.stage)

    outcome = api.seed(dsn, now=NOW, rows=rows, probe=probe, listener=listen)
    assert [table.inserted for table in outcome.tables] == [rows, rows]
    assert outcome.committed
    return stages


@pytest.mark.parametrize(("rows", "probe", "expected"), [(300, True, 1), (300, False, 2), (60, True, 2)])
def test_what_a_trigger_refuses_is_met_before_a_large_load(
    make_database: Callable[[str], str], rows: int, probe: bool, expected: int
) -> None:
    stages = _stages(make_database(GUARDED), rows=rows, probe=probe)
    assert stages.count("load") == expected
    assert ("probe" in stages) is (probe and rows == 300)


def test_nothing_is_probed_where_nothing_is_unread(make_database: Callable[[str], str]) -> None:
    dsn = make_database(GUARDED + "DROP TRIGGER fits ON books;")
    assert "probe" not in _stages(dsn, rows=300)


def test_a_probe_leaves_no_row_where_the_load_fails(make_database: Callable[[str], str]) -> None:
    dsn = make_database(
        GUARDED + "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN IF (SELECT count(*) FROM books) > 200 THEN RAISE EXCEPTION 'too many' USING ERRCODE = '53400';"
        " END IF; RETURN NULL; END $$;"
        " CREATE CONSTRAINT TRIGGER stop AFTER INSERT ON books DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        " EXECUTE FUNCTION stop();"
    )
    with pytest.raises(SeedfastError):
        api.seed(dsn, now=NOW, rows=300)
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT count(*) FROM shelves").fetchone() == (0,)


def test_nothing_is_probed_where_triggers_only_set_columns(make_database: Callable[[str], str]) -> None:
    dsn = make_database(
        GUARDED + "CREATE OR REPLACE FUNCTION fits() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN NEW.pages := least(NEW.pages, 90); RETURN NEW; END $$;"
    )
    assert "probe" not in _stages(dsn, rows=300)


def test_a_probe_takes_the_parents_and_the_tables_that_a_trigger_reads(make_database: Callable[[str], str]) -> None:
    dsn = make_database(
        "CREATE TABLE shelves (id serial PRIMARY KEY, most integer NOT NULL CHECK (most BETWEEN 200 AND 400));"
        "CREATE TABLE rules (id serial PRIMARY KEY, least_pages integer NOT NULL CHECK (least_pages BETWEEN 5 AND 9));"
        "CREATE TABLE books (id serial PRIMARY KEY, shelf_id integer REFERENCES shelves, pages integer NOT NULL);"
        "CREATE TABLE readers (id serial PRIMARY KEY, book_id integer NOT NULL REFERENCES books);"
        "CREATE FUNCTION fits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NOT EXISTS (SELECT FROM rules) THEN RAISE EXCEPTION 'no rules'; END IF;"
        " IF NEW.pages > 120 THEN RAISE EXCEPTION 'too thick'; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER fits BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION fits();"
    )
    stages: list[str] = []

    def listen(event: Event) -> None:
        if isinstance(event, StageStarted):
            stages.append(event.stage)

    outcome = api.seed(dsn, now=NOW, rows=300, listener=listen)
    assert stages.count("load") == 1
    assert [table.inserted for table in outcome.tables] == [300] * 4
