from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import psycopg
import pyarrow as pa
import pytest

from seedfast import db
from seedfast.errors import LoadError
from seedfast.events import Event, LoadStarted, RowsLoaded
from seedfast.load.load import load
from seedfast.names import QualifiedName
from seedfast.plan.spec import LoadStep, Method, Postponed
from tests.postgres.loading import Tables, ask, load_and_commit, plan, public, run, table

MakeDatabase = Callable[[str], str]

# Column type, Arrow array, and what PostgreSQL reads as the same values.
FAMILIES: dict[str, tuple[str, pa.Array, list[str | None]]] = {
    "smallint": ("smallint", pa.array([-32768, 32767, None]), ["-32768", "32767", None]),
    "bigint": ("bigint", pa.array([-(2**63), 2**63 - 1, 0]), [str(-(2**63)), str(2**63 - 1), "0"]),
    "oid": ("oid", pa.array([0, 2**32 - 1, None]), ["0", "4294967295", None]),
    "double": (
        "double precision",
        pa.array([0.1, -1.7976931348623157e308, 5e-324]),
        ["0.1", "-1.7976931348623157e308", "5e-324"],
    ),
    "not a number": (
        "double precision",
        pa.array([float("nan"), float("inf"), float("-inf")]),
        ["NaN", "Infinity", "-Infinity"],
    ),
    "real": ("real", pa.array([0.1, -0.0, 3.0e38]), ["0.1", "-0", "3e38"]),
    "numeric": (
        "numeric(20,4)",
        pa.array([Decimal("0.0000"), Decimal("-1234567890123456.7891"), None], pa.decimal128(20, 4)),
        ["0", "-1234567890123456.7891", None],
    ),
    "small numeric": (
        "numeric",
        pa.array([Decimal("0E-12"), Decimal("1E-12"), Decimal("-0.000000000100")], pa.decimal128(20, 12)),
        ["0.000000000000", "0.000000000001", "-0.000000000100"],
    ),
    "money": (
        "money",
        pa.array([Decimal("0.05"), Decimal("-1234567.89"), None], pa.decimal128(20, 2)),
        ["0.05", "-1234567.89", None],
    ),
    "boolean": ("boolean", pa.array([True, False, None]), ["t", "f", None]),
    "date": (
        "date",
        pa.array([dt.date(1, 1, 1), dt.date(9999, 12, 31), None]),
        ["0001-01-01", "9999-12-31", None],
    ),
    "time": (
        "time",
        pa.array([0, 86_399_999_999, None], pa.time64("us")),
        ["00:00", "23:59:59.999999", None],
    ),
    "timestamp": (
        "timestamp",
        pa.array([dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999999), None], pa.timestamp("us")),
        ["0001-01-01 00:00", "9999-12-31 23:59:59.999999", None],
    ),
    "timestamptz": (
        "timestamptz",
        pa.array([dt.datetime(2024, 3, 31, 2, 30), dt.datetime(1970, 1, 1), None], pa.timestamp("us")),
        ["2024-03-31 02:30+00", "1970-01-01 00:00Z", None],
    ),
    "text": ("text", pa.array(["\\N \t\r\n \\. \b\f\v '\"", "", None]), ["\\N \t\r\n \\. \b\f\v '\"", "", None]),
    "pool": ("text", pa.array(["a\tb", None, "{\\}"]).dictionary_encode(), ["a\tb", None, "{\\}"]),
    "varchar": ("varchar(3)", pa.array(["ä𝄞z", "", None]), ["ä𝄞z", "", None]),
    "character": ("char(3)", pa.array(["a", "abc", None]), ["a", "abc", None]),
    "one character": ('"char"', pa.array(["a", "\\", None]), ["a", "\\", None]),
    "bytea": ("bytea", pa.array(["\\x00ff", "\\x", None]), ["\\x00ff", "\\x", None]),
    "bit": ("bit(3)", pa.array(["101", "000", None]), ["101", "000", None]),
    "varbit": ("varbit(5)", pa.array(["1", "", None]), ["1", "", None]),
    "uuid": (
        "uuid",
        pa.array(["00000000-0000-4000-8000-000000000000", None, None]),
        [f"{'0' * 12}40008{'0' * 15}"] + [None] * 2,
    ),
    "json": ("json", pa.array(['{"a": "\\n\\"\\\\"}', "null", None]), ['{"a": "\\n\\"\\\\"}', "null", None]),
    "jsonb": ("jsonb", pa.array(['{"a": "\\u00e4\\t"}', '"x"', None]), ['{"a": "\\u00e4\\t"}', '"x"', None]),
    "interval": ("interval", pa.array(["1 day -00:00:01", "-1 year", None]), ["1 day -00:00:01", "-1 year", None]),
    "inet": ("inet", pa.array(["10.0.0.1/8", "::1", None]), ["10.0.0.1/8", "::1", None]),
    "range": ("int4range", pa.array(["[1,5)", "empty", None]), ["[1,5)", "empty", None]),
    "text array": (
        "text[]",
        pa.array(['{"a,\\"b\\\\",NULL,"NULL"}', "{}", None]),
        ['{"a,\\"b\\\\",NULL,"NULL"}', "{}", None],
    ),
    "varchar array": ("varchar(2)[]", pa.array(["{ab,c}", "{{a},{b}}", None]), ["{ab,c}", "{{a},{b}}", None]),
    "enum": ('"App"."Mood"', pa.array(["so, so", "it's", None]), ["so, so", "it's", None]),
    "enum array": ('"App"."Mood"[]', pa.array(['{"so, so"}', "{it's}", None]), ['{"so, so"}', "{it's}", None]),
    "composite": ('"App".pair', pa.array(['(1,"a,b")', "(,)", None]), ['(1,"a,b")', "(,)", None]),
    "domain": ('"App".short', pa.array(["abc", "", None]), ["abc", "", None]),
    "xml": ("xml", pa.array(["<a>&amp;</a>", "text only", None]), ["<a>&amp;</a>", "text only", None]),
    "point": ("point", pa.array(["(1.5,-2)", None, None]), ["(1.5,-2)", None, None]),
    "tsvector": ("tsvector", pa.array(["'it''s':1 b:2A", "", None]), ["'it''s':1 b:2A", "", None]),
}

TYPES = """
    CREATE SCHEMA "App";
    CREATE TYPE "App"."Mood" AS ENUM ('so, so', 'it''s');
    CREATE TYPE "App".pair AS (n int, t text);
    CREATE DOMAIN "App".short AS varchar(3);
"""


@pytest.mark.parametrize("method", Method)
def test_every_family_arrives_as_postgresql_reads_its_literals(make_database: MakeDatabase, method: Method) -> None:
    families = {name: family for name, family in FAMILIES.items() if name != "xml" or has_xml(make_database(""))}
    kinds = {f"c{n} {name}": kind for n, (name, (kind, _, _)) in enumerate(families.items())}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    literals = zip(*(values for _, _, values in families.values()), strict=True)
    dsn = make_database(f"{TYPES} CREATE TABLE t (row int, {columns}); CREATE TABLE expected (row int, {columns});")
    with psycopg.connect(dsn) as connection:
        connection.execute("SET lc_monetary = 'C'")
        for n, row in enumerate(literals):
            # A parameter without a type is read as the literal would be.
            holders = ", ".join(["%s"] * len(row))
            connection.execute(f"INSERT INTO expected VALUES ({n}, {holders})", row)
    rows = pa.table([pa.array(range(3)), *(column for _, column, _ in families.values())], names=["row", *kinds])
    displays = dict(ask(dsn, _DISPLAYS))
    planned = plan([table(public("t"), 3, **displays)], [LoadStep(method, (public("t"),))])
    result = load_and_commit(dsn, planned, {public("t"): rows})
    assert result.refused == ()
    assert result.inserted == {public("t"): 3}
    assert ask(dsn, "SELECT t::text FROM t ORDER BY row") == ask(dsn, "SELECT t::text FROM expected t ORDER BY row")


def has_xml(dsn: str) -> bool:
    """Tell whether the server was built with libxml."""
    try:
        return bool(ask(dsn, "SELECT '<a/>'::xml"))
    except psycopg.errors.FeatureNotSupported:
        return False


_DISPLAYS = """
    SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum
"""


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("batch_rows", [3, 10_000])
def test_identities_generated_columns_and_defaults(
    make_database: MakeDatabase, method: Method, batch_rows: int
) -> None:
    dsn = make_database("""
        CREATE TABLE "Odd ""t"" 50%" (
            "id %s" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            "select" text,
            double int GENERATED ALWAYS AS ("id %s" * 2) STORED,
            filled text DEFAULT 'by the server');
    """)
    name = public('Odd "t" 50%')
    rows = pa.table({"id %s": range(10, 18), "select": [f"{n}%" for n in range(8)]})
    planned = plan(
        [table(name, 8, server=["double", "filled"], **{"id %s": "integer", "select": "text"})],
        [LoadStep(method, (name,), block=5)],
    )
    assert load_and_commit(dsn, planned, {name: rows}, batch_rows=batch_rows).inserted == {name: 8}
    assert ask(dsn, f"SELECT * FROM {name.sql} ORDER BY 1") == [
        (n + 10, f"{n}%", 2 * n + 20, "by the server") for n in range(8)
    ]


@pytest.mark.parametrize("method", Method)
def test_a_table_whose_columns_are_all_the_servers_gets_its_rows(make_database: MakeDatabase, method: Method) -> None:
    dsn = make_database("CREATE TABLE t (id serial PRIMARY KEY, at timestamptz DEFAULT now())")
    planned = plan([table(public("t"), 5, server=["id", "at"])], [LoadStep(method, (public("t"),))])
    assert load_and_commit(dsn, planned, {}).inserted == {public("t"): 5}
    assert ask(dsn, "SELECT array_agg(id ORDER BY id) FROM t") == [([1, 2, 3, 4, 5],)]


@pytest.mark.parametrize("method", Method)
def test_a_value_that_is_too_long_is_refused_and_never_cut(make_database: MakeDatabase, method: Method) -> None:
    dsn = make_database("CREATE TABLE t (v varchar(3), c char(3), b bit(3))")
    step = LoadStep(method, (public("t"),))
    types = {"v": "character varying(3)", "c": "character(3)", "b": "bit(3)"}
    planned = plan([table(public("t"), 1, **types)], [step])
    for column in types:
        row = {"v": ["abc"], "c": ["abc"], "b": ["101"], column: ["10101"]}
        (refused,) = load_and_commit(dsn, planned, {public("t"): pa.table(row)}).refused
        assert refused.sqlstate in ("22001", "22026")
    assert ask(dsn, "SELECT count(*) FROM t") == [(0,)]


def test_a_ring_of_keys_goes_in_by_blocks_in_one_statement_each(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);
        CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a);
        ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
    """)
    a, b = public("a"), public("b")
    # In each block of two rows, the rows point at each other; b has one row less, and none in the last block.
    rows = {
        a: pa.table({"id": range(5), "b": [1, 0, 2, 2, 2]}),
        b: pa.table({"id": range(3), "a": [1, 0, 3]}),
    }
    planned = plan(
        [table(a, 5, id="integer", b="integer"), table(b, 3, id="integer", a="integer")],
        [LoadStep(Method.TOGETHER, (a, b), block=2)],
    )
    result = load_and_commit(dsn, planned, rows)
    assert result.refused == ()
    assert result.inserted == {a: 5, b: 3}
    assert ask(dsn, "SELECT a.id, b.id FROM a JOIN b ON b.id = a.b ORDER BY 1") == [
        (0, 1), (1, 0), (2, 2), (3, 2), (4, 2)
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["ordinary", "partitioned", "inherited"])
def test_postponed_columns_are_set_in_the_right_rows(make_database: MakeDatabase, kind: str) -> None:
    partitioned = "PARTITION BY RANGE (id)" if kind == "partitioned" else ""
    dsn = make_database(
        f"CREATE TABLE t (id int PRIMARY KEY, boss int DEFAULT 99 REFERENCES t, seat int) {partitioned}"
    )
    if kind == "partitioned":
        run(dsn, "CREATE TABLE t0 PARTITION OF t FOR VALUES FROM (0) TO (3)", "CREATE TABLE t1 PARTITION OF t DEFAULT")
    if kind == "inherited":
        run(dsn, "CREATE TABLE heir () INHERITS (t)", "INSERT INTO heir VALUES (1, NULL, 7)")
    t = public("t")
    rows = pa.table({"id": range(5), "boss": [4, 0, None, 3, None], "seat": [None, None, None, 30, 40]})
    step = LoadStep(Method.COPY, (t,), postponed=(Postponed(t, ("boss", "seat"), ("id",)),))
    planned = plan([table(t, 5, id="integer", boss="integer", seat="integer")], [step])
    result = load_and_commit(dsn, planned, {t: rows}, batch_rows=2)
    assert result.refused == ()
    assert result.findings == ()
    only = "" if kind == "partitioned" else "ONLY"
    assert ask(dsn, f"SELECT * FROM {only} t ORDER BY id") == [
        (0, 4, None), (1, 0, None), (2, None, None), (3, 3, 30), (4, None, 40)
    ]  # fmt: skip
    if kind == "inherited":
        assert ask(dsn, "SELECT * FROM heir") == [(1, None, 7)]


def test_rows_that_are_not_found_again_are_a_finding(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE t (id int, boss int);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id + 100; RETURN NEW; END $$;
        CREATE TRIGGER moves BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    """)
    t = public("t")
    step = LoadStep(Method.COPY, (t,), postponed=(Postponed(t, ("boss",), ("id",)),))
    planned = plan([table(t, 2, id="integer", boss="integer")], [step])
    result = load_and_commit(dsn, planned, {t: pa.table({"id": [1, 2], "boss": [2, 1]})})
    assert [finding.code for finding in result.findings] == ["SF-LOAD-UNMATCHED"]


REFUSALS = {
    "check": ("CHECK (n > 0)", "23514", "t_n_check"),
    "unique": ("UNIQUE", "23505", "t_n_key"),
    "foreign key": ("REFERENCES parent", "23503", "t_n_fkey"),
    "deferred foreign key": ("REFERENCES parent DEFERRABLE INITIALLY IMMEDIATE", "23503", "t_n_fkey"),
    "deferred unique": ("UNIQUE DEFERRABLE INITIALLY DEFERRED", "23505", "t_n_key"),
    "not null": ("NOT NULL", "23502", None),
}


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_names_table_and_constraint_and_leaves_nothing(
    make_database: MakeDatabase, method: Method, kind: str
) -> None:
    constraint, sqlstate, name = REFUSALS[kind]
    dsn = make_database(f"CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE t (id int, n int {constraint});")
    t, parent = public("t"), public("parent")
    planned = plan(
        [table(parent, 1, id="integer"), table(t, 3, id="integer", n="integer")],
        [LoadStep(Method.COPY, (parent,)), LoadStep(method, (t,))],
    )
    values = [1, None, 1] if kind == "not null" else [1, 0, 1]
    rows = {parent: pa.table({"id": [1]}), t: pa.table({"id": range(3), "n": values})}
    result = load_and_commit(dsn, planned, rows)
    (refused,) = result.refused
    assert (refused.table, refused.sqlstate, refused.constraint) == (t, sqlstate, name)
    assert refused.column == ("n" if kind == "not null" else None)
    assert refused.message
    assert ask(dsn, "SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM parent)") == [(0, 0)]


def test_the_transaction_can_be_used_after_a_refusal(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int CHECK (n > 0))")
    planned = plan([table(public("t"), 1, n="integer")])
    with db.connect(dsn) as connection:
        assert load(connection, planned, Tables({public("t"): pa.table({"n": [0]})})).refused
        assert connection.execute("SELECT count(*) FROM public.t").fetchone() == (0,)


def test_what_a_deferred_trigger_refuses_is_that_of_its_table(make_database: MakeDatabase) -> None:
    dsn = make_database(
        """
        CREATE FUNCTION fine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no child'; END $$;
        CREATE TABLE a (n int);
        CREATE TABLE b (n int);
        CREATE CONSTRAINT TRIGGER same AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION fine();
        CREATE CONSTRAINT TRIGGER "has child" AFTER INSERT ON b DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION refuse();
        """
    )
    rows = {public(name): pa.table({"n": [1, 2]}) for name in ("a", "b")}
    planned = plan([table(public(name), 2, n="integer") for name in ("a", "b")])
    [refused] = load_and_commit(dsn, planned, rows).refused
    assert (refused.table, refused.message) == (public("b"), "no child")


def test_a_deferred_breach_in_a_partition_is_that_of_its_table(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE t (n int REFERENCES parent DEFERRABLE) PARTITION BY RANGE (n);
        CREATE TABLE t_inner PARTITION OF t FOR VALUES FROM (0) TO (9) PARTITION BY RANGE (n);
        CREATE TABLE t_leaf PARTITION OF t_inner DEFAULT;
    """)
    planned = plan([table(public("t"), 1, n="integer")])
    (refused,) = load_and_commit(dsn, planned, {public("t"): pa.table({"n": [5]})}).refused
    assert refused.table == public("t")


def test_a_trigger_runs_under_the_path_of_its_role_and_may_refuse(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE log (n int);
        CREATE TABLE t (n int);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.n = 13 THEN RAISE EXCEPTION 'no luck' USING HINT = 'another number'; END IF;
            INSERT INTO log VALUES (NEW.n);
            RETURN NEW;
        END $$;
        CREATE TRIGGER logs BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    """)
    planned = plan([table(public("t"), 2, n="integer")])
    (refused,) = load_and_commit(dsn, planned, {public("t"): pa.table({"n": [12, 13]})}).refused
    assert (refused.sqlstate, refused.message, refused.hint) == ("P0001", "no luck", "another number")
    assert "line 2" in refused.context
    assert load_and_commit(dsn, planned, {public("t"): pa.table({"n": [1, 2]})}).refused == ()
    assert ask(dsn, "SELECT n FROM log ORDER BY n") == [(1,), (2,)]


def test_rows_that_a_trigger_refuses_are_left_out_and_their_children_with_them(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE child (id int PRIMARY KEY, parent int NOT NULL REFERENCES parent);
        CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.id % 2 = 0 THEN RAISE EXCEPTION 'only odd numbers'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER odd BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION odd();
    """)
    parent, child = public("parent"), public("child")
    planned = plan([table(parent, 9, id="integer"), table(child, 9, id="integer", parent="integer")])
    rows = {
        parent: pa.table({"id": range(9)}),
        child: pa.table({"id": range(9), "parent": [1, 2, 3, 4, 5, 6, 7, 8, 0]}),
    }
    result = load_and_commit(dsn, planned, rows, partial=rows)
    assert result.refused == ()
    assert result.inserted == {parent: 4, child: 4}
    assert [(finding.code, finding.where) for finding in result.findings] == [
        ("SF-ROWS-REFUSED", "public.parent"),
        ("SF-ROWS-REFUSED", "public.child"),
    ]
    assert "5 of 9 rows" in result.findings[0].message
    assert "only odd numbers" in result.findings[0].message
    assert ask(dsn, "SELECT id, parent FROM child ORDER BY id") == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_a_table_of_which_no_row_goes_in_is_refused(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int CHECK (n > 0))")
    planned = plan([table(public("t"), 5, n="integer")])
    (refused,) = load_and_commit(dsn, planned, {public("t"): pa.table({"n": [0] * 5})}, partial=[public("t")]).refused
    assert (refused.table, refused.constraint) == (public("t"), "t_n_check")


def test_a_policy_decides_about_inserted_rows(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE t (n int);
        ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY small ON t USING (true) WITH CHECK (n < 10);
        DROP ROLE IF EXISTS seedfast_tenant;
        CREATE ROLE seedfast_tenant;
        GRANT SELECT, INSERT ON t TO seedfast_tenant;
    """)
    planned = plan([table(public("t"), 2, n="integer")], [LoadStep(Method.INSERT, (public("t"),))])
    try:
        with db.connect(dsn) as connection:
            connection.execute("SET SESSION AUTHORIZATION seedfast_tenant")
            refused = load(connection, planned, Tables({public("t"): pa.table({"n": [9, 10]})})).refused
            assert [(one.table, one.sqlstate) for one in refused] == [(public("t"), "42501")]
            assert load(connection, planned, Tables({public("t"): pa.table({"n": [8, 9]})})).inserted == {
                public("t"): 2
            }
    finally:
        run(dsn, "DROP OWNED BY seedfast_tenant", "DROP ROLE seedfast_tenant")


def test_a_table_that_got_rows_since_it_was_planned_is_left_alone(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int); INSERT INTO t VALUES (1), (2);")
    for existing in (0, 1, 3):
        planned = plan([table(public("t"), 1, existing, n="integer")])
        with pytest.raises(LoadError, match=r"public\.t") as caught:
            load_and_commit(dsn, planned, {public("t"): pa.table({"n": [3]})})
        assert caught.value.code == "SF-TABLE-CHANGED"
    gone = QualifiedName("nowhere", "t")
    with pytest.raises(LoadError, match=r"nowhere\.t is gone"):
        load_and_commit(dsn, plan([table(gone, 1, n="integer")]), {gone: pa.table({"n": [3]})})
    planned = plan([table(public("t"), 1, 2, n="integer")])
    load_and_commit(dsn, planned, {public("t"): pa.table({"n": [3]})})
    assert ask(dsn, "SELECT n FROM t ORDER BY n") == [(1,), (2,), (3,)]


def test_a_lock_that_is_not_obtained_names_the_table_and_its_holder(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE a (n int); CREATE TABLE b (n int) PARTITION BY LIST (n);")
    run(dsn, "CREATE TABLE b1 PARTITION OF b DEFAULT")
    planned = plan([table(public("a"), 1, n="integer"), table(public("b"), 1, n="integer")])
    rows = {public("a"): pa.table({"n": [3]}), public("b"): pa.table({"n": [3]})}
    with psycopg.connect(dsn) as other:
        other.execute("INSERT INTO b1 VALUES (1)")
        with pytest.raises(LoadError) as caught:
            load_and_commit(dsn, planned, rows, lock_timeout_ms=50)
        assert caught.value.code == "SF-LOCK-TIMEOUT"
        assert "public.b" in caught.value.message
        assert str(other.info.backend_pid) in caught.value.message
        other.rollback()
        load_and_commit(dsn, planned, rows, lock_timeout_ms=50)


def test_nobody_else_writes_to_a_table_while_it_is_loaded(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int)")
    with db.connect(dsn) as connection:
        load(connection, plan([table(public("t"), 1, n="integer")]), Tables({public("t"): pa.table({"n": [3]})}))
        with pytest.raises(psycopg.errors.LockNotAvailable):
            run(dsn, "SET lock_timeout = '50ms'", "INSERT INTO t VALUES (1)")


def test_a_lock_met_while_loading_ends_the_run(make_database: MakeDatabase) -> None:
    dsn = make_database(
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (n int REFERENCES p); INSERT INTO p VALUES (1)"
    )
    with psycopg.connect(dsn) as other:
        other.execute("SELECT * FROM p FOR UPDATE")
        with pytest.raises(LoadError, match=r"public\.t") as caught:
            load_and_commit(
                dsn, plan([table(public("t"), 1, n="integer")]), {public("t"): pa.table({"n": [1]})}, lock_timeout_ms=50
            )
        assert caught.value.code == "SF-LOCK-TIMEOUT"


def test_a_statement_timeout_ends_the_run(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE t (n int);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(5); RETURN NEW; END $$;
        CREATE TRIGGER sleeps BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    """)
    planned = plan([table(public("t"), 1, n="integer")])
    with db.connect(dsn) as connection:
        connection.execute("SET statement_timeout = '100ms'")
        with pytest.raises(LoadError, match=r"public\.t") as caught:
            load(connection, planned, Tables({public("t"): pa.table({"n": [1]})}))
        assert caught.value.sqlstate == "57014"


def test_an_error_of_the_source_stops_the_load_as_it_is(make_database: MakeDatabase) -> None:
    class Failing(Tables):
        def batch(self, *arguments: object, **options: object) -> pa.Table:
            if len(self.asked) == 2:
                raise ZeroDivisionError
            return super().batch(*arguments, **options)

    dsn = make_database("CREATE TABLE t (n int)")
    source = Failing({public("t"): pa.table({"n": range(10)})})
    with db.connect(dsn) as connection:
        with pytest.raises(ZeroDivisionError):
            load(connection, plan([table(public("t"), 10, n="integer")]), source, batch_rows=3)
        assert connection.execute("SELECT count(*) FROM public.t").fetchone() == (0,)


def test_events_tell_the_total_and_every_batch(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE a (n int); CREATE TABLE b (n int);")
    a, b = public("a"), public("b")
    rows = Tables({a: pa.table({"n": range(7)}), b: pa.table({"n": range(2)})})
    planned = plan([table(a, 7, n="integer"), table(b, 2, n="integer")])
    heard: list[Event] = []
    with db.connect(dsn) as connection:
        load(connection, planned, rows, listener=heard.append, batch_rows=3)
    assert heard == [LoadStarted(9), RowsLoaded(a, 3), RowsLoaded(a, 3), RowsLoaded(a, 1), RowsLoaded(b, 2)]


def test_wide_rows_come_in_smaller_batches(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n text)")
    source = Tables({public("t"): pa.table({"n": ["x" * 50_000] * 1_200})})
    with db.connect(dsn) as connection:
        load(connection, plan([table(public("t"), 1_200, n="text")]), source)
        assert connection.execute("SELECT count(*) FROM public.t").fetchone() == (1_200,)
    assert max(stop - start for _, start, stop in source.asked[1:]) < 100


def test_a_connection_without_a_transaction_is_refused(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int)")
    with psycopg.connect(dsn, autocommit=True) as connection, pytest.raises(ValueError, match="transaction"):
        load(connection, plan([table(public("t"), 1, n="integer")]), Tables({}))


@pytest.mark.parametrize("method", Method)
def test_a_session_that_ends_in_between_is_said_and_leaves_nothing(
    make_database: MakeDatabase, admin_dsn: str, method: Method
) -> None:
    class Ended(Tables):
        def batch(self, *arguments: object, **options: object) -> pa.Table:
            if len(self.asked) == 1:
                ended = ask(admin_dsn, f"SELECT pg_terminate_backend({connection.info.backend_pid}, 5000)")
                assert ended == [(True,)]
            return super().batch(*arguments, **options)

    dsn = make_database("CREATE TABLE t (n int)")
    planned = plan([table(public("t"), 10, n="integer")], [LoadStep(method, (public("t"),), block=3)])
    with db.connect(dsn) as connection:
        with pytest.raises(LoadError, match=r"public\.t") as caught:
            load(connection, planned, Ended({public("t"): pa.table({"n": range(10)})}), batch_rows=3)
        connection.close()
    assert caught.value.code == "SF-LOAD-CONNECTION-LOST"
    assert ask(dsn, "SELECT count(*) FROM t") == [(0,)]


@pytest.mark.parametrize("method", Method)
def test_an_interrupt_passes_and_leaves_nothing(make_database: MakeDatabase, method: Method) -> None:
    def interrupt(event: Event) -> None:
        if isinstance(event, RowsLoaded):
            raise KeyboardInterrupt

    dsn = make_database("CREATE TABLE t (n int)")
    planned = plan([table(public("t"), 10, n="integer")], [LoadStep(method, (public("t"),), block=3)])
    source = Tables({public("t"): pa.table({"n": range(10)})})
    with pytest.raises(KeyboardInterrupt), db.connect(dsn) as connection:
        load(connection, planned, source, listener=interrupt, batch_rows=3)
    assert ask(dsn, "SELECT count(*) FROM t") == [(0,)]
