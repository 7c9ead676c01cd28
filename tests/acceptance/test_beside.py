"""What differs or is in order by its name is checked by ``verify --coherence``; PostgreSQL counts where not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest

from seedfast import api
from seedfast.verify.results import Promise

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SCHEMA = """
CREATE TABLE teams (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE games (
    id serial PRIMARY KEY,
    home_team_id int NOT NULL REFERENCES teams,
    away_team_id int NOT NULL REFERENCES teams,
    created_at timestamptz NOT NULL
);
CREATE TABLE exchanges (
    id serial PRIMARY KEY,
    from_currency char(3) NOT NULL,
    to_currency char(3) NOT NULL,
    paid_amount numeric(10,2) NOT NULL,
    refunded_amount numeric(10,2) NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
"""
BREAKING = {
    "away_team_id": "UPDATE games SET away_team_id = home_team_id WHERE id = 1",
    "to_currency": "UPDATE exchanges SET to_currency = from_currency WHERE id = 1",
    "paid_amount": "UPDATE exchanges SET refunded_amount = paid_amount + 1 WHERE id = 1",
    "ends_at": "UPDATE exchanges SET ends_at = starts_at - interval '1 day' WHERE id = 1",
}


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def coherence(dsn: str) -> dict[str, int]:
    """Return how many rows break each claim, by column."""
    checked = api.verify(dsn, coherence=True)
    assert checked.ok
    return {each.name.split(":")[0]: each.breaches for each in checked.checks if each.promise is Promise.COHERENCE}


def test_what_differs_or_is_in_order_is_claimed_and_missed_where_it_is_not(make_database: Callable[[str], str]) -> None:
    dsn = make_database(SCHEMA)
    api.seed(dsn, now=NOW, rows=60)
    found = coherence(dsn)
    assert found.keys() >= BREAKING.keys() and set(found.values()) == {0}
    with psycopg.connect(dsn) as connection:
        for statement in BREAKING.values():
            connection.execute(statement.encode())
    broken = coherence(dsn)
    assert {column: broken[column] for column in BREAKING} == dict.fromkeys(BREAKING, 1)
