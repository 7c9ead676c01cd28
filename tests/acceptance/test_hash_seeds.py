"""The plan must not depend on the order of Python's sets, which differs from process to process."""

import os
import subprocess
import sys

from seedfast.embedded import create_demo_schema

EVENTS = """
CREATE TABLE runs (id serial PRIMARY KEY, "timeFirstSeen" timestamp NOT NULL, "timeLastSeen" timestamp NOT NULL,
  started_at timestamptz, finished_at timestamptz, created_on date, updated_on date, ship_date date, order_date date);
CREATE TABLE notes (id uuid PRIMARY KEY, run integer REFERENCES runs, author text, recipient text, first_name text,
  last_name text, street text, city text, country text, amount numeric(8,2), UNIQUE (run, author));
"""


def test_a_plan_is_the_same_under_every_hash_seed(make_database):
    dsn = make_database(EVENTS)
    create_demo_schema(dsn)
    plans = set()
    for seed in range(6):
        command = [sys.executable, "-m", "seedfast", "plan", "--dsn", dsn, "--now", "2026-03-01", "--output", "json"]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        plans.add(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)
    assert len(plans) == 1
