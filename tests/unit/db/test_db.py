"""Where a DSN leads is said without its password, and a failure by what the user can do."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import lookup

from seedfast.db import connect, describe, explain_failure, redact
from seedfast.errors import ConnectionFailedError, LoadError


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("dsn", "shown"),
    [
        ("postgresql://ann:geheim@db.example:6432/shop", "ann@db.example:6432/shop"),
        ("host=/run/pg user=ann password=geheim dbname=shop", "ann@/run/pg:5432/shop"),
        ("postgresql://ann:geheim@a,b:2/shop", "ann@a:5432,b:2/shop"),
        ("postgresql://ann@h", "ann@h:5432/ann"),
        ("postgresql://ann:ge%heim@h/shop", "a DSN that can't be read"),
    ],
)
def test_describe(dsn, shown):
    assert describe(dsn) == shown


def test_describe_knows_the_environment(monkeypatch):
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("PGDATABASE", "shop")
    assert describe("user=ann") == "ann@elsewhere:5432/shop"


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://ann:g%40heim@db/shop",
        "host=db user=ann password='g@heim' dbname=shop",
        "postgresql://ann@db/shop?password=g%40heim",
        "postgresql://ann:g%40heim@db/shop?sslmode",
    ],
)
def test_redact_removes_every_spelling_of_the_password(dsn):
    said = redact(f"{dsn} failed for g@heim, g%40heim", dsn)
    assert "heim" not in said
    assert "failed for" in said


def test_redact_leaves_names_that_equal_the_password():
    dsn = "postgresql://postgres:postgres@db/postgres"
    assert redact(f"{dsn}: no role postgres, password=postgres", dsn) == (
        "postgres@db:5432/postgres: no role postgres, password=****"
    )


def test_redact_leaves_text_alone_where_there_is_no_password():
    assert redact("postgresql://ann@db/shop", "postgresql://ann@db/shop") == "postgresql://ann@db/shop"


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://ann:ge%heim@h/shop",
        "geheim",
        "postgresql://ann:geheim@h/shop?geheim=1",
        "host=127.0.0.1 port=geheim",
        "host=127.0.0.1 password=geheim port=99999",
        "host=h password=geheim connect_timeout=x",
    ],
)
def test_a_malformed_dsn_is_said_without_quoting_it(dsn):
    with pytest.raises(ConnectionFailedError) as caught:
        connect(dsn)
    assert caught.value.code == "SF-CONNECT-DSN"
    assert "heim" not in caught.value.message + caught.value.hint
    assert caught.value.__cause__ is None


def test_a_closed_port_is_refused():
    with pytest.raises(ConnectionFailedError) as caught:
        connect("postgresql://ann:geheim@127.0.0.1:1/shop")
    assert caught.value.code == "SF-CONNECT-REFUSED"
    assert "127.0.0.1:1" in caught.value.message
    assert "geheim" not in caught.value.message


@pytest.mark.parametrize(
    ("sqlstate", "code"),
    [
        ("57014", "SF-LOAD-STATEMENT-TIMEOUT"),
        ("25P03", "SF-LOAD-IDLE-TIMEOUT"),
        ("57P01", "SF-LOAD-CONNECTION-LOST"),
        ("57P02", "SF-LOAD-CONNECTION-LOST"),
        ("08006", "SF-LOAD-CONNECTION-LOST"),
        ("53100", "SF-LOAD-DISK-FULL"),
        ("53400", "SF-LOAD-RESOURCES"),
        ("55P03", "SF-LOAD-LOCKED"),
        ("40P01", "SF-LOAD-CONFLICT"),
        ("23502", "SF-LOAD-NOT-NULL"),
        ("23503", "SF-LOAD-FOREIGN-KEY"),
        ("23505", "SF-LOAD-UNIQUE"),
        ("23514", "SF-LOAD-CHECK"),
        ("23P01", "SF-LOAD-EXCLUSION"),
        ("23001", "SF-LOAD-CONSTRAINT"),
        ("P0001", "SF-LOAD-TRIGGER"),
        ("22003", "SF-LOAD-VALUE"),
        ("42703", "SF-LOAD-REFUSED"),
    ],
)
def test_server_errors_by_sqlstate(sqlstate, code):
    explained = explain_failure(lookup(sqlstate)("no, thanks"), doing="loading shop.users")
    assert isinstance(explained, LoadError)
    assert (explained.code, explained.sqlstate, explained.exit_status) == (code, sqlstate, 6)
    assert "loading shop.users" in explained.message
    assert "no, thanks" in explained.message
    assert explained.hint


@pytest.mark.parametrize(("sqlstate", "code"), [("42501", "SF-CONNECT-PRIVILEGE"), ("25006", "SF-CONNECT-READONLY")])
def test_a_role_or_server_that_may_not_write_is_no_fault_of_the_rows(sqlstate, code):
    explained = explain_failure(lookup(sqlstate)("no"), doing="loading shop.users")
    assert isinstance(explained, ConnectionFailedError)
    assert (explained.code, explained.exit_status) == (code, 4)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.OperationalError("the connection is closed"), "SF-LOAD-CONNECTION-LOST"),
        (
            psycopg.OperationalError("FATAL:  terminating connection due to idle-in-transaction timeout"),
            "SF-LOAD-IDLE-TIMEOUT",
        ),
        (psycopg.ProgrammingError("the query has 1 placeholder"), "SF-LOAD-REFUSED"),
    ],
)
def test_errors_of_the_driver_itself(error, code):
    assert explain_failure(error, doing="loading").code == code
