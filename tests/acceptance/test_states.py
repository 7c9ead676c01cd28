"""Rows agree with themselves: a state and its moments, though no CHECK ties them, counted by SQL."""

from __future__ import annotations

import psycopg

SCHEMA = """
CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped', 'delivered', 'cancelled');
CREATE TABLE users (
    id serial PRIMARY KEY, email text NOT NULL, status text NOT NULL DEFAULT 'invited', suspended_at timestamptz,
    is_deleted boolean NOT NULL DEFAULT false, deleted_at timestamptz, "emailVerified" boolean,
    "emailVerifiedAt" timestamptz
);
CREATE UNIQUE INDEX ON users (email) WHERE deleted_at IS NULL;
CREATE TABLE orders (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, status order_status NOT NULL DEFAULT 'pending',
    placed_at timestamptz NOT NULL DEFAULT now(), paid_at timestamptz, shipped_at timestamptz,
    delivered_at timestamptz, cancelled_at timestamptz, cancellation_reason text
);
CREATE TABLE subscriptions (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, canceled_at timestamptz,
    status text NOT NULL DEFAULT 'trialing' CHECK (status IN ('trialing', 'active', 'past_due', 'canceled'))
);
CREATE UNIQUE INDEX ON subscriptions (user_id) WHERE status = 'active';
CREATE TABLE jobs (
    id serial PRIMARY KEY, state varchar(12) NOT NULL DEFAULT 'QUEUED', "startedAt" timestamp, "finishedAt" timestamp,
    "errorMessage" text
);
CREATE TABLE tickets (
    id serial PRIMARY KEY, status text NOT NULL CHECK (status IN ('open', 'in_progress', 'resolved', 'closed')),
    opened_at date NOT NULL, resolved_at date, closed_at date
);
CREATE TABLE posts (
    id serial PRIMARY KEY, status text NOT NULL DEFAULT 'draft', published boolean, published_at timestamp
);
"""
CONTRADICTIONS = {
    "users": """is_deleted <> (deleted_at IS NOT NULL) OR (status = 'suspended') <> (suspended_at IS NOT NULL)
        OR "emailVerified" <> ("emailVerifiedAt" IS NOT NULL)""",
    "orders": """(status IN ('shipped', 'delivered')) <> (shipped_at IS NOT NULL) OR shipped_at < paid_at
        OR (status = 'delivered') <> (delivered_at IS NOT NULL) OR (status = 'pending' AND paid_at IS NOT NULL)
        OR (status IN ('paid', 'shipped', 'delivered') AND paid_at IS NULL) OR delivered_at < shipped_at
        OR (status = 'cancelled') <> (cancelled_at IS NOT NULL)
        OR (cancelled_at IS NULL) <> (cancellation_reason IS NULL)""",
    "subscriptions": "(status = 'canceled') <> (canceled_at IS NOT NULL)",
    "jobs": """(state IN ('PENDING', 'QUEUED')) AND "startedAt" IS NOT NULL OR state = 'RUNNING' AND "startedAt" IS NULL
        OR state IN ('QUEUED', 'RUNNING') AND "finishedAt" IS NOT NULL
        OR (state = 'FAILED') <> ("errorMessage" IS NOT NULL)
        OR state IN ('SUCCEEDED', 'FAILED') AND ("startedAt" IS NULL OR "finishedAt" IS NULL)""",
    "tickets": """status IN ('open', 'in_progress') AND (resolved_at IS NOT NULL OR closed_at IS NOT NULL)
        OR (status = 'closed') <> (closed_at IS NOT NULL) OR status IN ('resolved', 'closed') AND resolved_at IS NULL
        OR closed_at < resolved_at OR resolved_at < opened_at""",
    "posts": """status = 'draft' AND published_at IS NOT NULL
        OR status = 'published' AND NOT (published AND published_at IS NOT NULL)""",
}
COMMONEST = {"orders": "delivered", "subscriptions": "active", "posts": "published", "users": "active"}


def test_no_row_contradicts_its_own_state_and_most_are_settled(seedfast, make_database):
    dsn = make_database(SCHEMA)
    said = seedfast("seed", "--dsn", dsn, "--rows", "300", "--now", "2026-01-02")
    assert said.status == 0, said.err
    with psycopg.connect(dsn) as connection:
        for table, contradiction in CONTRADICTIONS.items():
            query = f"SELECT count(*), count(*) FILTER (WHERE {contradiction}) FROM {table}"
            assert connection.execute(query.encode()).fetchone() == (300, 0), table
        for table, value in COMMONEST.items():
            query = f"SELECT count(DISTINCT status) > 2, mode() WITHIN GROUP (ORDER BY status::text) FROM {table}"
            assert connection.execute(query.encode()).fetchone() == (True, value), table
        deleted = connection.execute("SELECT count(*) FILTER (WHERE is_deleted) FROM users").fetchone()
        assert deleted is not None and 3 <= deleted[0] <= 30


VISITS = """
CREATE TABLE visits (
    id serial PRIMARY KEY, visit_start_date date NOT NULL, visit_start_datetime timestamp,
    visit_end_date date NOT NULL, visit_end_datetime timestamp, "noteDate" date, "noteTime" timestamptz NOT NULL
);
"""


def test_a_date_and_a_timestamp_of_one_moment_are_of_one_day(seedfast, make_database):
    dsn = make_database(VISITS)
    assert seedfast("seed", "--dsn", dsn, "--rows", "200").status == 0
    with psycopg.connect(dsn, options="-c timezone=UTC") as connection:
        for day, moment in (
            ("visit_start_date", "visit_start_datetime"),
            ("visit_end_date", "visit_end_datetime"),
            ('"noteDate"', '"noteTime"'),
        ):
            found = connection.execute(
                f"SELECT count(*) FILTER (WHERE {moment}::date <> {day}), count({moment}) FROM visits".encode()
            ).fetchone()
            assert found is not None and found[0] == 0 and found[1] > 100, day
        ends = connection.execute(b"SELECT count(*) FROM visits WHERE visit_end_datetime < visit_start_datetime")
        assert ends.fetchone() == (0,)
