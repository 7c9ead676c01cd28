"""Partial keys: each parent has the one row that a key allows for, and rows don't flee from a key with room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest

from seedfast import api

PARENTS = """
CREATE TABLE workspaces (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
"""
MEMBERS = {
    "a role of an enum": """
        CREATE TYPE role AS ENUM ('owner', 'admin', 'member');
        CREATE TABLE members (id bigserial PRIMARY KEY, workspace_id integer NOT NULL REFERENCES workspaces,
            user_id integer NOT NULL REFERENCES users, role role NOT NULL, UNIQUE (workspace_id, user_id));
        CREATE UNIQUE INDEX ON members (workspace_id) WHERE role = 'owner'""",
    "a role in a list, in a junction": """
        CREATE TABLE members (workspace_id integer REFERENCES workspaces, user_id integer REFERENCES users,
            role text NOT NULL CHECK (role IN ('owner', 'guest')), PRIMARY KEY (workspace_id, user_id));
        CREATE UNIQUE INDEX ON members (workspace_id) WHERE (role = 'owner')""",
    "a flag beside numbered rows": """
        CREATE TABLE members (workspace_id integer NOT NULL REFERENCES workspaces, no smallint NOT NULL CHECK (no > 0),
            role text, heads boolean NOT NULL, PRIMARY KEY (workspace_id, no));
        CREATE UNIQUE INDEX ON members (workspace_id) WHERE heads""",
}
HELD = {
    "a role of an enum": "role = 'owner'",
    "a role in a list, in a junction": "role = 'owner'",
    "a flag beside numbered rows": "heads",
}


@pytest.mark.parametrize("kind", MEMBERS)
def test_each_parent_has_the_one_row_that_its_partial_key_allows(
    kind: str, make_database: Callable[[str], str]
) -> None:
    dsn = make_database(PARENTS + MEMBERS[kind])
    outcome = api.seed(dsn, rows=40, table_rows={"members": 160}, now=datetime(2026, 1, 2))
    assert outcome.committed
    counted = f"SELECT count(*) FILTER (WHERE {HELD[kind]}), count(DISTINCT workspace_id), count(*) FROM members"
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(counted.encode()).fetchone()
    assert row is not None
    held, parents, rows = row
    assert held == parents
    assert rows == 160
    assert parents > 20


BLANK = {
    "none for machines": "CHECK (machine = (address = ''))",
    "none needed for machines": "CHECK (machine = (address = '') OR address <> '')",
    "a list for some": "CHECK (machine AND address IN ('a', 'b') OR NOT machine AND address NOT IN ('a', 'b', ''))",
}


@pytest.mark.parametrize("kind", BLANK)
def test_rows_stay_within_a_key_that_has_room_in_most_branches(kind: str, make_database: Callable[[str], str]) -> None:
    dsn = make_database(
        f"""CREATE TABLE accounts (id serial PRIMARY KEY, address text NOT NULL, machine boolean NOT NULL,
            gone boolean NOT NULL DEFAULT false, {BLANK[kind]});
        CREATE UNIQUE INDEX ON accounts (lower(address)) WHERE NOT gone"""
    )
    assert api.seed(dsn, rows=100, now=datetime(2026, 1, 2)).committed
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute("SELECT count(*) FILTER (WHERE NOT gone), count(*) FROM accounts").fetchone()
    assert row is not None
    assert row[0] > 50
    assert row[1] == 100
