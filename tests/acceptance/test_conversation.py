"""The conversation on a terminal: the plan is shown, changed in words, and approved; recorded in a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
import pytest

SCHEMA = """
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (
    id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, placed_at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'shipped', 'delivered', 'cancelled'))
);
CREATE TABLE invoices (
    id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, total numeric(8, 2) NOT NULL
);
CREATE TABLE audit_logs (id serial PRIMARY KEY, action text NOT NULL);
"""
QUESTION = "Approve? (Y/n, or say what to change)"


@pytest.fixture
def talk(environment: Mapping[str, str], tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """A function that runs the command on a terminal, answers each question, and returns what was shown before each."""

    def run(arguments: list[str], answers: list[str]) -> tuple[int, list[str]]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "seedfast", *arguments]
        wide = {**environment, "COLUMNS": "160", "TERM": "dumb"}
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=wide, cwd=tmp_path)
        os.close(theirs)
        parts, shown, end = [], "", time.monotonic() + 90
        waiting = list(answers)
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    read = os.read(ours, 65536)
                except OSError:
                    break
                if not read:
                    break
                shown += read.decode()
            if QUESTION in shown and waiting:
                before, _, shown = shown.partition(QUESTION)
                parts.append(before)
                os.write(ours, (waiting.pop(0) + "\n").encode())
        os.close(ours)
        return process.wait(timeout=30), [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", part) for part in (*parts, shown)]

    return run


def counts(dsn: str) -> dict[str, int]:
    tables = ("users", "products", "orders", "invoices", "audit_logs")
    with psycopg.connect(dsn) as connection:
        rows = {name: connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in tables}
    return {name: row[0] for name, row in rows.items() if row is not None and row[0]}


def test_answers_in_words_change_the_plan_and_only_that(talk, make_database):
    dsn = make_database(SCHEMA)
    command = ["seed", "--dsn", dsn, "--now", "2026-05-20", "--scope", "only orders and users, orders mostly shipped"]
    status, shown = talk(
        command, ["also include the invoices table", "at least 250 orders, keep everything else", "", ""]
    )
    first, second, third, last = shown
    assert status == 0, shown
    assert "public.orders.status: 80 % shipped" in first and "Asked for:" in first
    assert "200 rows into 2 tables" in first and "@example" in first
    assert "+ only public.invoices" in second and "300 rows into 3 tables" in second
    assert "+ public.orders: at least 250 rows" in third and "450 rows into 3 tables" in third
    assert "- " not in third.partition("Asked for:")[0]
    assert "Inserted 450 rows" in last
    assert counts(dsn) == {"users": 100, "orders": 250, "invoices": 100}


def test_no_leaves_everything_as_it_was_and_what_is_not_understood_is_said(talk, make_database):
    dsn = make_database(SCHEMA)
    status, shown = talk(["seed", "--dsn", dsn, "--scope", "20 users"], ["zorble the frobs", "n"])
    assert status == 5 and counts(dsn) == {}
    assert "SF-SCOPE-WORDS" in shown[1] and "Nothing in that changes the plan." in shown[1]
    assert "SF-DECLINED" in shown[2]


def test_yes_goes_ahead_without_asking(talk, make_database):
    dsn = make_database(SCHEMA)
    status, shown = talk(["seed", "--dsn", dsn, "--yes", "--scope", "20 users"], [])
    assert status == 0 and QUESTION not in shown[-1] and counts(dsn) == {"users": 20}
