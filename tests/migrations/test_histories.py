"""Histories of migrations: seeding goes on after each of their steps, and the replay says where it doesn't."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.migrations.__main__ import HISTORIES
from benchmarks.migrations.replay import Databases, Mode, migrations, replay

from tests.conftest import REPOSITORY

ROWS = 8


@pytest.fixture
def databases(admin_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Databases]:
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))
    with Databases(admin_dsn) as made:
        yield made


def needing(history: str, mode: Mode, databases: Databases, every: int = 1) -> dict[str, tuple[str, ...]]:
    steps = list(replay(HISTORIES / history, mode, databases, rows=ROWS, every=every))
    assert steps
    return {step.migration: step.needs for step in steps if step.needs}


@pytest.mark.parametrize(("history", "every"), [("shop", 16), ("saas", 1_000), ("hospital", 1_000)])
def test_a_history_is_long_and_some_steps_and_the_last_are_seeded_afresh(databases, history, every):
    assert len(migrations(HISTORIES / history)) >= 40
    assert needing(history, Mode.FRESH, databases, every=every) == {}


@pytest.mark.slow
def test_a_shop_grows_through_all_its_migrations(databases):
    assert needing("shop", Mode.GROWN, databases) == {}


@pytest.fixture
def careless(tmp_path: Path) -> Path:
    """A history whose second step can't be applied to a table that holds rows."""
    folder = tmp_path / "careless"
    folder.mkdir()
    (folder / "001_notes.sql").write_text("CREATE TABLE notes (id serial PRIMARY KEY, body text NOT NULL);")
    (folder / "002_author.sql").write_text("ALTER TABLE notes ADD COLUMN author text NOT NULL;")
    return folder


def test_a_migration_that_fails_on_rows_is_named(databases, careless):
    assert [step.needs for step in replay(careless, Mode.FRESH, databases, rows=ROWS)] == [(), ()]
    steps = list(replay(careless, Mode.GROWN, databases, rows=ROWS))
    assert [(step.migration, step.inserted) for step in steps] == [("001_notes", ROWS), ("002_author", 0)]
    assert "contains null values" in steps[1].needs[0]


def test_the_runner_ends_with_the_first_step_that_needs_a_human(admin_dsn, careless):
    command = [sys.executable, "-m", "benchmarks.migrations", str(careless), "--rows", str(ROWS), "--server", admin_dsn]
    done = subprocess.run([*command, "--output", "json"], capture_output=True, text=True, cwd=REPOSITORY)
    assert done.returncode == 1, done.stderr
    first = {replayed["mode"]: replayed["first"] for replayed in json.loads(done.stdout)["replays"]}
    assert first["fresh"] is None
    assert first["grown"]["migration"] == first["appended"]["migration"] == "002_author"
    fresh = subprocess.run([*command, "--fresh"], capture_output=True, text=True, cwd=REPOSITORY)
    assert fresh.returncode == 0, fresh.stderr
    assert "none needed a human" in fresh.stdout


def test_a_table_that_gets_no_row_needs_a_human(databases, tmp_path):
    (tmp_path / "001_t.sql").write_text(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'never'; END$$;"
        "CREATE TABLE t (id serial PRIMARY KEY);"
        "CREATE TRIGGER no BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION no();"
    )
    [step] = replay(tmp_path, Mode.FRESH, databases, rows=ROWS)
    assert "public.t gets no row" in step.needs[0]
