"""A session's settings are known, and what the server refuses is said in words."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from seedfast import db
from seedfast.errors import ConnectionFailedError, LoadError


def test_settings_do_not_depend_on_the_role_or_the_database(make_database):
    dsn = make_database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        for setting in (
            "TimeZone = 'Asia/Kathmandu'",
            "DateStyle = 'German'",
            "IntervalStyle = 'iso_8601'",
            "extra_float_digits = -10",
            "bytea_output = 'escape'",
            "search_path = 'public'",
            "statement_timeout = '7min'",
            "xmloption = 'document'",
        ):
            connection.execute(f"alter database {connection.info.dbname} set {setting}".encode())
    with db.connect(dsn, lock_timeout_ms=1500) as connection:
        query = (
            "select timestamptz '2024-05-06 07:08:09+00', interval '1 day 2 hours', 0.1::float8 + 0.2,"
            " '\\x00ff'::bytea, current_setting('search_path'), current_setting('application_name'),"
            " current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('xmloption')"
        )
        with connection.cursor().copy(f"copy ({query}) to stdout".encode()) as copy:
            written = b"".join(bytes(block) for block in copy).decode().rstrip("\n").split("\t")
        assert connection.info.encoding == "utf-8"
    assert written == [
        "2024-05-06 07:08:09+00",
        "1 day 02:00:00",
        "0.30000000000000004",
        "\\\\x00ff",
        "",
        "seedfast",
        "1500ms",
        "7min",
        "content",
    ]


def test_settings_outlive_a_rollback(make_database):
    with db.connect(make_database()) as connection:
        connection.execute("select 1")
        connection.rollback()
        assert connection.execute("show search_path").fetchone() == ("",)


def test_a_snapshot_is_read_only_and_sees_one_state(make_database):
    dsn = make_database("CREATE TABLE t (a int)")
    with db.connect(dsn) as connection, psycopg.connect(dsn, autocommit=True) as other:
        with db.snapshot(connection):
            assert connection.execute("select count(*) from public.t").fetchone() == (0,)
            other.execute("insert into t values (1)")
            assert connection.execute("select count(*) from public.t").fetchone() == (0,)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction) as caught, db.snapshot(connection):
            connection.execute("insert into public.t values (2)")
        explained = db.explain_failure(caught.value, doing="loading public.t")
        assert (explained.code, explained.exit_status) == ("SF-CONNECT-READONLY", 4)
        connection.execute("insert into public.t values (3)")
        connection.commit()
        assert connection.execute("select count(*) from public.t").fetchone() == (2,)


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"password": "wrong-geheim"}, "SF-CONNECT-PASSWORD", "postgres"),
        ({"dbname": "no such"}, "SF-CONNECT-DATABASE", "no such"),
        ({"sslmode": "require"}, "SF-CONNECT-SSL", "127.0.0.1"),
        ({"host": "no-such-host.invalid"}, "SF-CONNECT-HOST", "no-such-host.invalid"),
    ],
)
def test_refused_connections(admin_dsn, change, code, named):
    dsn = make_conninfo(admin_dsn, **change)
    with pytest.raises(ConnectionFailedError) as caught:
        db.connect(dsn)
    password = psycopg.conninfo.conninfo_to_dict(dsn)["password"]
    assert caught.value.code == code
    assert named in caught.value.message
    assert password not in caught.value.message + caught.value.hint


def test_a_role_that_may_not_connect(make_database):
    dsn = make_database("DROP ROLE IF EXISTS seedfast_guest; CREATE ROLE seedfast_guest LOGIN PASSWORD 'open sesame'")
    name = psycopg.conninfo.conninfo_to_dict(dsn)["dbname"]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f"revoke connect on database {name} from public".encode())
        with pytest.raises(ConnectionFailedError) as caught:
            db.connect(make_conninfo(dsn, user="seedfast_guest", password="open sesame"))
        connection.execute("drop role seedfast_guest")
    assert caught.value.code == "SF-CONNECT-PERMISSION"


def test_constraints_are_named(make_database):
    ddl = "CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0), b int CONSTRAINT only_once UNIQUE, c int NOT NULL)"
    with db.connect(make_database(ddl)) as connection:
        for values, code, constraint in (
            ("(0, 1, 1)", "SF-LOAD-CHECK", "positive"),
            ("(1, 1, 1), (1, 1, 1)", "SF-LOAD-UNIQUE", "only_once"),
            ("(1, 1, null)", "SF-LOAD-NOT-NULL", None),
        ):
            with pytest.raises(psycopg.Error) as caught, connection.transaction():
                connection.execute(f"insert into public.t values {values}".encode())
            explained = db.explain_failure(caught.value, doing="loading public.t")
            assert isinstance(explained, LoadError)
            assert (explained.code, explained.constraint, explained.table) == (code, constraint, "public.t")


def test_time_limits_and_lost_connections(make_database):
    dsn = make_database("CREATE TABLE t (a int)")
    with db.connect(dsn, lock_timeout_ms=20) as connection, psycopg.connect(dsn) as other:
        other.execute("lock table t")
        with pytest.raises(psycopg.Error) as caught:
            connection.execute("select * from public.t")
        assert db.explain_failure(caught.value, doing="x").code == "SF-LOAD-LOCKED"
        connection.rollback()
        connection.execute("set statement_timeout = 20")
        with pytest.raises(psycopg.Error) as caught:
            connection.execute("select pg_sleep(9)")
        assert db.explain_failure(caught.value, doing="x").code == "SF-LOAD-STATEMENT-TIMEOUT"
        connection.rollback()
        other.rollback()
        other.execute("select pg_terminate_backend(%s, 2000)", [connection.info.backend_pid])
        with pytest.raises(psycopg.Error) as caught:
            connection.execute("select 1")
        assert db.explain_failure(caught.value, doing="x").code == "SF-LOAD-CONNECTION-LOST"


def test_an_idle_session_that_the_server_ended(make_database):
    with db.connect(make_database()) as connection:
        connection.execute("set idle_in_transaction_session_timeout = 30")
        with pytest.raises(psycopg.Error) as caught:
            for _ in range(50):
                connection.execute("select 1")
                with psycopg.connect(connection.info.dsn, password=connection.info.password) as other:
                    other.execute("select pg_sleep(0.1)")
        assert db.explain_failure(caught.value, doing="x").code == "SF-LOAD-IDLE-TIMEOUT"
