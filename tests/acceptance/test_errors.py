"""What goes wrong for a user: one clear error, with a hint and the documented status, and no traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg
import pytest

from seedfast.report import codes
from tests.acceptance.conftest import SHOP, Said


def is_one_clear_error(said: Said, status: int, code: str) -> None:
    assert said.status == status, said
    assert said.out == "" and "Traceback" not in said.err
    first, second = said.err.strip().splitlines()[:2]
    assert first.startswith("error: ") and first.endswith(f"[{code}]"), said.err
    assert second.startswith("hint: ") and len(second) > 20
    assert code in codes.pages()


def rows(dsn: str, table: str) -> int:
    with psycopg.connect(dsn) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize("command", ["seed", "plan", "verify", "connect"])
def test_nobody_listens(seedfast, command):
    dsn = "postgresql://ann:s3cret-pass@127.0.0.1:1/shop"
    is_one_clear_error(seedfast(command, *([dsn] if command == "connect" else ["--dsn", dsn])), 4, "SF-CONNECT-REFUSED")


def test_wrong_password_database_and_role(seedfast, server):
    dsn = server.dsn("no_such_database")
    is_one_clear_error(seedfast("seed", "--dsn", dsn), 4, "SF-CONNECT-DATABASE")
    wrong = re.sub(r":[^:@/]+@", ":wr0ng-passw0rd@", server.dsn())
    is_one_clear_error(seedfast("seed", SEEDFAST_DSN=wrong), 4, "SF-CONNECT-PASSWORD")


@pytest.mark.parametrize(
    ("dsn", "code"),
    [
        ("postgresql://ann:p@ss-word@127.0.0.1/shop", "SF-DSN-UNENCODED"),
        ("postgresql://ann:s3cret-pass@127.0.0.1:port/shop", "SF-CONNECT-DSN"),
        ("postgresql://ann:s3cret-pass%zz@127.0.0.1/shop", "SF-CONNECT-DSN"),
        ("mysql://ann:s3cret-pass@127.0.0.1/shop", "SF-CONNECT-DSN"),
        ("shop", "SF-CONNECT-DSN"),
    ],
)
def test_a_dsn_that_can_not_be_read(seedfast, dsn, code):
    said = seedfast("seed", "--dsn", dsn)
    is_one_clear_error(said, 4, code)
    assert "s3cret" not in said.err and "ss-word" not in said.err


def test_a_role_without_insert(seedfast, make_database, make_role):
    dsn = make_database(SHOP)
    reader = make_role(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC")
    said = seedfast("seed", "--dsn", reader)
    is_one_clear_error(said, 4, "SF-CONNECT-PRIVILEGE")
    assert "INSERT" in said.err
    assert rows(dsn, "customers") == 0


def test_a_read_only_server(seedfast, make_database):
    dsn = make_database(SHOP)
    with psycopg.connect(dsn, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    is_one_clear_error(seedfast("seed", "--dsn", dsn), 4, "SF-CONNECT-READONLY")
    assert seedfast("plan", "--dsn", dsn).status == 0
    assert rows(dsn, "customers") == 0


def test_an_empty_database_is_done_at_once(seedfast, make_database):
    dsn = make_database()
    said = seedfast("seed", "--dsn", dsn)
    assert said.status == 0 and "nothing to do" in said.out and "no table" in said.out
    said = seedfast("seed", "--dsn", dsn, "--output", "json")
    assert said.status == 0 and json.loads(said.out)["tables"] == []


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_a_table_that_is_not_there_gets_the_nearest_name(seedfast, make_database, option):
    said = seedfast("seed", "--dsn", make_database(SHOP), option, "custmers")
    is_one_clear_error(said, 2, "SF-TABLE-UNKNOWN")
    assert "custmers" in said.err and "public.customers" in said.err


def test_rows_for_a_table_that_is_not_there(seedfast, make_database):
    is_one_clear_error(seedfast("seed", "--dsn", make_database(SHOP), "--rows", "order=5"), 2, "SF-TABLE-UNKNOWN")


def test_a_malformed_plan_file(seedfast, make_database, tmp_path):
    dsn = make_database(SHOP)
    file = tmp_path / "plan.json"
    written = seedfast("plan", "--dsn", dsn, "--output", "json").out
    for text in ("", written[: len(written) // 2], written.replace('"seed"', '"sed"', 1), "null", "[]"):
        file.write_text(text, "utf-8")
        is_one_clear_error(seedfast("seed", "--dsn", dsn, "--plan", str(file)), 2, "SF-PLAN-MALFORMED")
    assert rows(dsn, "customers") == 0


def test_a_plan_for_another_schema(seedfast, make_database, tmp_path):
    dsn = make_database(SHOP)
    file = tmp_path / "plan.json"
    file.write_text(seedfast("plan", "--dsn", dsn, "--output", "json").out, "utf-8")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("ALTER TABLE customers RENAME email TO mail")
    is_one_clear_error(seedfast("seed", "--dsn", dsn, "--plan", str(file)), 2, "SF-PLAN-MISFIT")


def test_a_database_that_looks_like_production(seedfast, make_database, admin_dsn):
    dsn = make_database(SHOP)
    filled = "INSERT INTO customers (email, created_at) SELECT n || '@x', now() FROM generate_series(1, 6000) n;"
    filled += "INSERT INTO orders (customer_id, total) SELECT id, 1 FROM customers"
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(filled.encode())
    is_one_clear_error(seedfast("seed", "--dsn", dsn, "--append", "--yes"), 5, "SF-GUARD-ROWS")
    assert rows(dsn, "customers") == 6000
    assert seedfast("seed", "--dsn", dsn, "--append", "--allow-existing", "--rows", "3").status == 0
    assert rows(dsn, "customers") == 6003


def test_the_error_is_in_the_json_too(seedfast):
    dsn = "postgresql://ann:s3cret-pass@127.0.0.1:1/shop"
    said = seedfast("seed", "--dsn", dsn, "--output", "json")
    document = json.loads(said.out)
    assert said.status == document["exit"] == 4 and document["error"]["code"] == "SF-CONNECT-REFUSED"
    assert document["error"]["hint"]


def test_a_config_folder_that_can_not_be_written(seedfast, make_database, tmp_path):
    file = tmp_path / "a file"
    file.write_text("")
    said = seedfast("connect", make_database(SHOP), SEEDFAST_CONFIG_DIR=str(Path(file) / "below"))
    assert "Traceback" not in said.err and said.status == 4 and "[SF-DSN-STORE]" in said.err
