"""The commands' main way, on a real server."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Mapping

import psycopg
import pytest

from tests.acceptance.conftest import SHOP
from tests.acceptance.test_errors import rows

NOW = ("--now", "2026-01-02")


def test_seed_fills_every_table_and_a_second_run_changes_nothing(seedfast, make_database):
    dsn = make_database(SHOP)
    said = seedfast("seed", "--dsn", dsn, "--rows", "20", "--rows", "orders=30", "--output", "json", *NOW)
    assert said.status == 0, said.err
    document = json.loads(said.out)
    tables = {table["table"]: table for table in document["tables"]}
    assert (tables["customers"]["inserted"], tables["orders"]["inserted"]) == (20, 30)
    assert document["now"].startswith("2026-01-02T00:00:00") and document["committed"]
    assert (rows(dsn, "customers"), rows(dsn, "orders")) == (20, 30)
    again = seedfast("seed", "--dsn", dsn)
    assert again.status == 0 and "nothing to do" in again.out
    assert (rows(dsn, "customers"), rows(dsn, "orders")) == (20, 30)
    assert seedfast("verify", "--dsn", dsn).status == 0


def test_a_dry_run_and_a_plan_write_nothing(seedfast, make_database):
    dsn = make_database(SHOP)
    said = seedfast("seed", "--dsn", dsn, "--dry-run", "--output", "json")
    document = json.loads(said.out)
    assert said.status == 0 and document["dry_run"] and not document["committed"]
    assert seedfast("plan", "--dsn", dsn).status == 0
    assert rows(dsn, "customers") == 0


def test_the_plan_file_gives_the_rows_that_the_options_give(seedfast, make_database, tmp_path):
    options = ("--rows", "15", "--seed", "4", *NOW)
    first, second = make_database(SHOP), make_database(SHOP)
    file = tmp_path / "plan.json"
    file.write_text(seedfast("plan", "--dsn", first, "--output", "json", *options).out, "utf-8")
    assert seedfast("seed", "--dsn", first, "--plan", str(file)).status == 0
    assert seedfast("seed", "--dsn", second, *options).status == 0
    contents = []
    for dsn in (first, second):
        with psycopg.connect(dsn) as connection:
            contents.append(connection.execute("SELECT * FROM customers ORDER BY id").fetchall())
    assert contents[0] == contents[1] and len(contents[0]) == 15


def test_plan_and_explain_say_why(seedfast, make_database):
    dsn = make_database(SHOP)
    plan = seedfast("plan", "--dsn", dsn).out
    assert plan.index("public.customers") < plan.index("public.orders")
    assert max(map(len, plan.splitlines())) <= 80
    table = seedfast("explain", "orders", "--dsn", dsn)
    assert table.status == 0 and "orders_customer_id_fkey" in table.out
    column = seedfast("explain", "customers.email", "--dsn", dsn)
    assert column.status == 0 and "@" in column.out.partition("Sample")[2]


def test_connect_stores_what_later_commands_use(seedfast, make_database):
    dsn = make_database(SHOP)
    said = seedfast("connect", dsn)
    assert said.status == 0, said.err
    assert "public" in said.out and "2 tables" in said.out and "connection.json" in said.out.replace("\n", "")
    assert seedfast("seed", "--rows", "3").status == 0 and rows(dsn, "orders") == 3
    assert seedfast("connect", "--forget").status == 0
    assert "[SF-DSN-MISSING]" in seedfast("seed").err


def on_a_terminal(arguments: list[str], environment: Mapping[str, str], typed: str, until: str) -> tuple[int, str]:
    """Run the command on a terminal, type when a text has appeared, and return the status and all that was shown."""
    primary, secondary = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "seedfast", *arguments],
        stdin=secondary, stdout=secondary, stderr=secondary, env={**environment, "TERM": "dumb"}, close_fds=True,
    )  # fmt: skip
    os.close(secondary)
    shown, sent, deadline = b"", False, time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            chunk = os.read(primary, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
        if not sent and until.encode() in shown:
            os.write(primary, typed.encode())
            sent = True
    os.close(primary)
    return child.wait(timeout=60), shown.decode()


@pytest.mark.parametrize(("typed", "status", "left"), [("n\n", 5, 0), ("y\n", 0, 100)])
def test_on_a_terminal_the_plan_is_shown_and_a_person_asked(make_database, environment, typed, status, left):
    dsn = make_database(SHOP)
    ended, shown = on_a_terminal(["seed", "--dsn", dsn], environment, typed, "[Y/n]")
    assert ended == status, shown
    assert "Seed 200 rows into 2 tables of" in shown and "public.customers" in shown
    assert rows(dsn, "customers") == left


def test_the_demo_fills_a_shop_and_ends_without_a_terminal(seedfast):
    said = seedfast("demo", "--rows", "10")
    assert said.status == 0, said.err
    assert "public.order_items" in said.out and "psql" in said.out
    dsn = re.search(r"postgresql://\S+", said.out)
    assert dsn is not None
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn[0], connect_timeout=2)


def test_the_demo_can_be_kept_and_says_how_to_stop_it(seedfast):
    said = seedfast("demo", "--rows", "5", "--keep")
    assert said.status == 0, said.err
    dsn, stop = re.search(r"postgresql://\S+", said.out), re.search(r"^ *(kill \d+)$", said.out, re.M)
    assert dsn is not None and stop is not None
    try:
        assert rows(dsn[0], "users") == 5
    finally:
        subprocess.run(stop[1].split(), check=True)


def test_the_demo_stays_up_until_enter(environment):
    ended, shown = on_a_terminal(["demo", "--rows", "5"], environment, "\n", "press Enter")
    assert ended == 0 and "postgresql://" in shown
