"""With --redact no command says what a schema or its user has written down as a value."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from psycopg.conninfo import make_conninfo

from seedfast.cli import main

PLANTED = {
    "an address in a default": "carla.mendez@initech-internal.com",
    "a name in a list": "Beatrix Oldenburg",
    "a part of a pattern": "QX7731",
    "a label": "projectnightfall",
    "a number": "48151623",
    "a comment on a column": "ask Theodora Vance before touching this",
    "a comment on a table": "moved here from vault-9 by jkowalski",
    "a text in a trigger": "ledger is frozen by ourAuditorsLtd",
    "a fixed value": "Zebulon Quartermain",
    "a setting": "tenant-of-vandelay",
    "an own row": "wilhelmina@vandelay-import.org",
    "a password": "s3cr3t-hunter2",
}
SCHEMA = f"""
CREATE TYPE stage AS ENUM ('draft', '{PLANTED["a label"]}', 'done');
CREATE TABLE people (
    id serial PRIMARY KEY,
    email text NOT NULL UNIQUE,
    owner text NOT NULL DEFAULT '{PLANTED["an address in a default"]}',
    manager text NOT NULL CHECK (manager IN ('{PLANTED["a name in a list"]}', 'Ottilie Brandt')),
    badge text NOT NULL CHECK (badge LIKE '{PLANTED["a part of a pattern"]}%'),
    number int NOT NULL CHECK (number <> {PLANTED["a number"]} AND number < {PLANTED["a number"]}),
    stage stage NOT NULL,
    nick text
);
COMMENT ON COLUMN people.nick IS '{PLANTED["a comment on a column"]}';
COMMENT ON TABLE people IS '{PLANTED["a comment on a table"]}';
CREATE TABLE entries (id serial PRIMARY KEY, person_id int NOT NULL REFERENCES people, amount int NOT NULL);
CREATE FUNCTION frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{PLANTED["a text in a trigger"]}: %', NEW.amount; END $$;
CREATE TRIGGER frozen BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION frozen();
"""


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str

    @property
    def leaks(self):
        whole = (self.out + self.err).casefold()
        return {what for what, text in PLANTED.items() if text.casefold() in whole}


@pytest.fixture
def said(capfd):
    """A function that runs the command in this process, which is sooner done, and returns what it said."""

    def run(*arguments):
        status = main.run([*arguments])
        return Said(status, *capfd.readouterr())

    return run


@pytest.fixture
def dsn(make_database):
    return make_database(SCHEMA)


@pytest.fixture
def given(dsn, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    own = tmp_path / "people.csv"
    own.write_text(f"email,manager\n{PLANTED['an own row']},{PLANTED['a name in a list']}\n")
    return [
        *("--dsn", dsn, "--include", f"people={own}", "--set", f'people.nick="{PLANTED["a fixed value"]}"'),
        *("--set", f"app.tenant={PLANTED['a setting']}", "--rows", "20", "--redact"),
    ]


@pytest.mark.parametrize(
    "command",
    [
        ("plan",),
        ("plan", "--output", "json"),
        ("plan", "-v", "--scope", "20 people, all done"),
        ("seed", "--yes", "-v", "--dry-run"),
        ("seed", "--yes", "--dry-run", "--output", "json"),
        ("seed", "--yes", "--dry-run", "--strict"),
        ("seed", "--yes", "--dry-run", "--strict", "--output", "json"),
    ],
    ids=" ".join,
)
def test_nothing_that_was_planted_is_said(said, given, command):
    found = said(*command, *given)
    assert found.status == (6 if "--strict" in command else 3 if "--dry-run" in command else 0), found.err
    assert "entries" in found.out + found.err
    assert not found.leaks


def test_explain_says_which_rules_there_are_and_not_what_stands_in_them(said, dsn):
    for what in ("people", "people.manager", "people.badge", "people.owner", "people.stage", "people.number"):
        masked = said("explain", what, "--dsn", dsn, "--redact")
        assert masked.status == 0 and "[redacted]" in masked.out
        assert not masked.leaks
    assert said("explain", "people", "--dsn", dsn).leaks >= {"a comment on a table", "a name in a list", "a label"}


def test_names_of_tables_and_kinds_of_value_stay(said, dsn):
    plan = json.loads(said("plan", "--output", "json", "--dsn", dsn, "--redact").out)
    people = next(table for table in plan["tables"] if table["name"] == ["public", "people"])
    kinds = {column["name"]: column["generators"][0]["kind"] for column in people["columns"]}
    assert kinds["email"] == "person.email" and kinds["manager"] == "choice" and kinds["stage"] == "choice"
    assert all("[redacted]" not in column["type"] for column in people["columns"])


def test_a_wrong_password_is_not_said(said, dsn):
    found = said("plan", "--dsn", make_conninfo(dsn, user="nobody", password=PLANTED["a password"]), "--redact")
    assert found.status == 4 and not found.leaks


def test_a_redacted_plan_is_for_reading(said, dsn, given, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(said("plan", "--output", "json", *given).out)
    assert json.loads(file.read_text())["redacted"] is True
    found = said("seed", "--dsn", dsn, "--yes", "--plan", str(file))
    assert found.status == 2 and "SF-PLAN-REDACTED" in found.err
