"""Relations that no constraint stands behind hold all the same, and rows don't depend on it."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest

from seedfast import api
from seedfast.verify.results import Promise

NOW = datetime(2026, 1, 2, tzinfo=UTC)

LOOSE = """
CREATE TABLE organizations (id bigserial PRIMARY KEY, name text NOT NULL, created_by bigint NOT NULL);
CREATE TABLE users (id bigserial PRIMARY KEY, organization_id bigint NOT NULL, manager_id bigint, email text UNIQUE);
CREATE TABLE folders (id uuid PRIMARY KEY, organization_id bigint NOT NULL, parent_id uuid, owner_id bigint NOT NULL);
CREATE TABLE documents (
    id serial PRIMARY KEY, folder_id uuid NOT NULL, author_id bigint, updated_by bigint, folder_ref uuid,
    external_id bigint NOT NULL, stripe_user_id bigint NOT NULL
);
CREATE TABLE document_shares (document_id int, user_id bigint, PRIMARY KEY (document_id, user_id));
"""
RELATIONS = [
    ("organizations", "created_by", "users"),
    ("users", "organization_id", "organizations"),
    ("users", "manager_id", "users"),
    ("folders", "organization_id", "organizations"),
    ("folders", "parent_id", "folders"),
    ("folders", "owner_id", "users"),
    ("documents", "folder_id", "folders"),
    ("documents", "author_id", "users"),
    ("documents", "updated_by", "users"),
    ("documents", "folder_ref", "folders"),
    ("document_shares", "document_id", "documents"),
    ("document_shares", "user_id", "users"),
]


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def orphans(dsn: str, child: str, column: str, parent: str) -> tuple[int, int]:
    """Return how many rows point at nothing, and how many point at all."""
    query = f"""
        SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT FROM {parent} p WHERE p.id = c.{column})), count(*)
        FROM {child} c WHERE c.{column} IS NOT NULL"""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0], row[1]


def test_no_row_points_at_nothing_at_first_nor_when_more_are_added(make_database):
    dsn = make_database(LOOSE)
    for append in (False, True):
        outcome = api.seed(dsn, now=NOW, rows=40, append=append)
        assert outcome.committed
        assert {table.name.name: table.rows for table in outcome.plan.tables} == dict.fromkeys(
            ("organizations", "users", "folders", "documents", "document_shares"), 40
        )
        for child, column, parent in RELATIONS:
            lost, pointing = orphans(dsn, child, column, parent)
            assert (child, column, lost) == (child, column, 0)
            assert pointing


def test_the_plan_says_why_and_fits_when_it_is_given_back(make_database):
    dsn = make_database(LOOSE)
    plan = api.plan(dsn, now=NOW, rows=10)
    documents = next(table for table in plan.tables if table.name.name == "documents")
    assert "no constraint; name and type say public.users.id" in documents.column("author_id").reason
    assert {r.columns[0] for r in documents.references} == {"folder_id", "author_id", "updated_by", "folder_ref"}
    assert not any(reference.declared for reference in documents.references)
    assert api.seed(dsn, now=NOW, plan=plan).committed


def test_a_key_with_more_rows_than_parents_goes_its_own_way(make_database):
    dsn = make_database(
        "CREATE TABLE regions (id smallint PRIMARY KEY CHECK (id BETWEEN 1 AND 5));"
        "CREATE TABLE region_notes (region_id smallint PRIMARY KEY, note text);"
        "CREATE TABLE region_days (region_id smallint NOT NULL, day smallint NOT NULL CHECK (day BETWEEN 1 AND 3),"
        " UNIQUE (region_id, day));"
    )
    outcome = api.seed(dsn, now=NOW, rows=40)
    rows = {table.name.name: table.rows for table in outcome.plan.tables}
    assert rows == {"regions": 5, "region_notes": 40, "region_days": 40}


def test_verifying_coherence_counts_what_points_at_nothing_and_breaks_no_promise(make_database):
    dsn = make_database(LOOSE)
    api.seed(dsn, now=NOW, rows=20)
    checked = api.verify(dsn, coherence=True)
    found = [check for check in checked.checks if check.promise is Promise.RELATION]
    assert len(found) == len(RELATIONS) and not any(check.breaches for check in found)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("UPDATE documents SET author_id = -1 WHERE id IN (1, 2, 3)")
    checked = api.verify(dsn, coherence=True)
    assert checked.ok
    assert [(check.name, check.breaches) for check in checked.checks if check.breaches] == [
        ("author_id -> public.users", 3)
    ]
    assert [finding.code for finding in checked.findings] == ["SF-VERIFY-RELATION"]
    assert not api.verify(dsn).findings


PAIRS = """
CREATE TABLE posts (id bigserial PRIMARY KEY, title text NOT NULL);
CREATE TABLE photos (id bigserial PRIMARY KEY, caption text NOT NULL);
CREATE TABLE comments (id bigserial PRIMARY KEY, commentable_type varchar(40) NOT NULL, commentable_id bigint NOT NULL);
CREATE TYPE target AS ENUM ('post', 'photo', 'planet');
CREATE TABLE likes (id bigserial PRIMARY KEY, target_type target, target_id bigint);
CREATE TABLE flags (
    id bigserial PRIMARY KEY, subject_kind text NOT NULL CHECK (subject_kind IN ('posts', 'comments')), subject_id text
);
CREATE TABLE payments (id bigserial PRIMARY KEY, account_type text NOT NULL, account_id bigint NOT NULL);
CREATE TABLE accounts (id bigserial PRIMARY KEY, name text NOT NULL);
"""


def test_a_type_and_an_id_name_a_row_that_is_there(make_database):
    dsn = make_database(PAIRS)
    assert api.seed(dsn, now=NOW, rows=60).committed
    assert api.seed(dsn, now=NOW, rows=60, append=True).committed
    spelt = {
        ("comments", "commentable_type", "commentable_id"): {"Post": "posts", "Photo": "photos", "Like": "likes"},
        ("likes", "target_type", "target_id"): {"post": "posts", "photo": "photos"},
        ("flags", "subject_kind", "subject_id"): {"posts": "posts", "comments": "comments"},
    }
    with psycopg.connect(dsn) as connection:
        for (table, kind, number), tables in spelt.items():
            said = connection.execute(f"SELECT {kind}::text, {number}::text FROM {table}".encode()).fetchall()
            kinds = {label for label, _ in said if label is not None}
            assert tables.keys() <= kinds
            for label, parent in tables.items():
                there = {row[0] for row in connection.execute(f"SELECT id::text FROM {parent}".encode())}
                assert {key for told, key in said if told == label} <= there
            assert all(key is None for told, key in said if told is None)
        assert "planet" not in {row[0] for row in connection.execute("SELECT target_type::text FROM likes")}
