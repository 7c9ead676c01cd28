"""What a trigger refuses is in no file: rows are tried first, and taken back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from seedfast import api
from seedfast.embedded import EmbeddedServer
from seedfast.errors import DeclinedError, UsageError
from seedfast.events import Event, RowsLoaded
from seedfast.pipeline import writing
from tests.conftest import EMBEDDED, Servers

NOW = datetime(2026, 1, 1)

# Some rows go in and some don't, by a condition that nobody would guess; and a table that takes none.
FUSSY = """
CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL, weight integer NOT NULL);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.hashtext(NEW.name || NEW.weight) % 7 = 0 THEN RAISE 'not this one'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE closed (id serial PRIMARY KEY);
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''closed''; END';
CREATE TRIGGER never BEFORE INSERT ON closed FOR EACH ROW EXECUTE FUNCTION never();
"""


@pytest.fixture
def server(servers: Servers) -> EmbeddedServer:
    """One server is enough: what is tried is not what differs between them."""
    return servers.get(EMBEDDED)


def count(dsn: str, table: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def codes(outcome: api.Outcome) -> set[str]:
    return {finding.code for finding in outcome.findings}


def test_rows_that_a_trigger_refuses_are_left_out(
    make_database: Callable[[str], str], server: EmbeddedServer, tmp_path: Path
) -> None:
    dsn, seeded = make_database(FUSSY), make_database(FUSSY)
    direct = api.seed(seeded, now=NOW, rows=60)
    outcome = api.seed(dsn, now=NOW, rows=60, to=f"sql:{tmp_path / 'rows.sql'}")
    assert count(dsn, "items") == 0
    assert [(t.name, t.inserted, t.status) for t in outcome.tables] == [
        (t.name, t.inserted, t.status) for t in direct.tables
    ]
    assert "SF-SINK-UNTRIED" not in codes(outcome)

    psql = [server.binaries / "psql", "-X", "-q", "-f", tmp_path / "rows.sql", dsn]
    done = subprocess.run(psql, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert 0 < count(dsn, "items") == count(seeded, "items")


def test_without_a_trial_a_finding_says_what_was_not_tried(make_database: Callable[[str], str], tmp_path: Path) -> None:
    outcome = api.seed(make_database(FUSSY), now=NOW, rows=5, probe=False, to=f"csv:{tmp_path / 'rows'}")
    said = next(finding for finding in outcome.findings if finding.code == "SF-SINK-UNTRIED")
    assert "public.closed" in said.message and "public.items" in said.message


def test_a_database_like_production_is_read_and_nothing_is_tried_there(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    dsn = make_database("CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL)")
    with psycopg.connect(dsn, autocommit=True) as connection:
        renamed = f"{connection.info.dbname}_prod"
    with psycopg.connect(dsn.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{dsn.rpartition("/")[2]}" RENAME TO "{renamed}"'.encode())
        production = f"{dsn}_prod"
        try:
            with pytest.raises(DeclinedError) as caught:
                api.seed(production, now=NOW, to=f"csv:{tmp_path / 'rows'}")
            assert caught.value.code == "SF-GUARD-NAME" and "--no-probe" in caught.value.hint
            assert api.seed(production, now=NOW, probe=False, to=f"csv:{tmp_path / 'rows'}").committed
        finally:
            connection.execute(f'DROP DATABASE "{renamed}" WITH (FORCE)'.encode())


def test_a_role_that_may_only_read_writes_files(
    make_database: Callable[[str], str], make_role: Callable[[str], str], tmp_path: Path
) -> None:
    dsn = make_database("CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL)")
    reader = make_role(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("GRANT SELECT ON items TO PUBLIC")
    outcome = api.seed(reader, now=NOW, rows=12, to=f"csv:{tmp_path / 'rows'}")
    assert [(table.inserted, table.status) for table in outcome.tables] == [(12, "fill")]
    assert len((tmp_path / "rows" / "public.items.csv").read_text("utf-8").splitlines()) == 13


def test_an_interrupted_run_leaves_nothing(make_database: Callable[[str], str], tmp_path: Path) -> None:
    dsn = make_database("CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL)")

    def interrupt(event: Event) -> None:
        if isinstance(event, RowsLoaded):
            raise KeyboardInterrupt

    for to in ("sql:rows.sql.gz", "csv:rows", "parquet:rows", "arrow:rows"):
        form, _, place = to.partition(":")
        with pytest.raises(KeyboardInterrupt):
            api.seed(dsn, now=NOW, to=f"{form}:{tmp_path / place}", listener=interrupt)
        assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_ended_leaves_nothing(
    make_database: Callable[[str], str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    dsn = make_database("CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL)")
    words = ("--dsn", dsn, "--rows", "50000000", "--no-probe", "--to", f"sql:{folder / 'rows.sql'}")
    with subprocess.Popen(
        [sys.executable, "-m", "seedfast", "seed", *words], env=environment, stderr=subprocess.PIPE
    ) as process:
        until = time.monotonic() + 60
        while not list(folder.iterdir()) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, b"SF-INTERRUPTED" in said) == (130, True)
    assert list(folder.iterdir()) == []


def test_of_many_rows_a_few_are_tried(
    make_database: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_ALL_TRIED", 100)
    outcome = api.seed(make_database(FUSSY), now=NOW, rows=120, to=f"csv:{tmp_path / 'rows'}")
    assert {str(table.name): table.status for table in outcome.tables} == {
        "public.closed": "gap",
        "public.items": "fill",
    }
    assert "SF-SINK-UNTRIED" in codes(outcome)


def test_a_file_has_room_for_one_table(make_database: Callable[[str], str], tmp_path: Path) -> None:
    dsn = make_database("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY)")
    for form in ("csv", "parquet", "arrow"):
        to = f"{form}:{tmp_path / 'rows'}.{form}"
        with pytest.raises(UsageError) as caught:
            api.seed(dsn, now=NOW, rows=3, to=to)
        assert caught.value.code == "SF-SINK-TABLES"
        assert list(tmp_path.iterdir()) == []
        api.seed(dsn, now=NOW, rows=3, only=["a"], to=to)
        assert [path.name for path in tmp_path.iterdir()] == [f"rows.{form}"]
        (tmp_path / f"rows.{form}").unlink()


def test_a_full_database_gives_no_file(make_database: Callable[[str], str], tmp_path: Path) -> None:
    dsn = make_database("CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL)")
    api.seed(dsn, now=NOW, rows=3)
    api.seed(dsn, now=NOW, rows=3, to=f"sql:{tmp_path / 'rows.sql'}")
    assert list(tmp_path.iterdir()) == []


def test_a_finding_names_the_stored_rows_referred_to(make_database: Callable[[str], str], tmp_path: Path) -> None:
    dsn = make_database(
        "CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);"
        "INSERT INTO users (name) VALUES ('a');"
        "CREATE TABLE notes (id serial PRIMARY KEY, user_id int NOT NULL REFERENCES users)"
    )
    outcome = api.seed(dsn, now=NOW, rows=3, to=f"sql:{tmp_path / 'rows.sql'}")
    said = next(finding for finding in outcome.findings if finding.code == "SF-SINK-STORED")
    assert "public.users" in said.message
