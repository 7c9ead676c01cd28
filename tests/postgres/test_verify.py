from __future__ import annotations

from collections.abc import Callable

import pytest

from seedfast import db
from seedfast.catalog.introspect import introspect
from seedfast.names import QualifiedName
from seedfast.verify.results import Promise, Verification
from seedfast.verify.verify import verify
from tests.postgres.loading import public, run

MakeDatabase = Callable[[str], str]


def verified(dsn: str, **options: object) -> Verification:
    with db.connect(dsn) as connection:
        database = introspect(connection)
        return verify(connection, database, **options)


def broken(result: Verification) -> dict[tuple[str, str], int]:
    return {(check.promise.value, check.name): check.breaches for check in result.checks if check.breaches}


SHOP = """
    CREATE SCHEMA "Odd one";
    CREATE TYPE "Odd one".pair AS (a int, b int);
    CREATE FUNCTION "Odd one".even(n int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT n % 2 = 0';
    CREATE DOMAIN "Odd one"."Code" AS varchar(5) CHECK (VALUE ~ '^[A-Z]+$' AND VALUE <> 'VALUE');
    CREATE DOMAIN "Odd one".strict AS "Odd one"."Code" NOT NULL CHECK (length(VALUE) > 1);
    CREATE TABLE parent (id serial PRIMARY KEY, a int, b int, UNIQUE (a, b));
    CREATE TABLE "Odd one"."Child" (
        "Id" int GENERATED ALWAYS AS IDENTITY,
        parent int REFERENCES parent,
        "A" int, "b %s" int,
        n int CONSTRAINT "Even %" CHECK ("Odd one".even(n)),
        code "Odd one"."Code",
        pair "Odd one".pair NOT NULL,
        strict "Odd one".strict,
        CONSTRAINT simple FOREIGN KEY ("A", "b %s") REFERENCES parent (a, b));
    INSERT INTO parent (a, b) VALUES (1, 1), (2, NULL);
    INSERT INTO "Odd one"."Child" (parent, "A", "b %s", n, code, pair, strict) VALUES
        (1, 1, 1, 2, 'AB', ROW(NULL, NULL), 'CD'), (NULL, 9, NULL, NULL, NULL, ROW(1, 1), 'EF');
"""
CHILD = QualifiedName("Odd one", "Child")


def test_a_database_whose_promises_are_kept(make_database: MakeDatabase) -> None:
    result = verified(make_database(SHOP), planned={CHILD: 2, public("parent"): 2})
    assert result.ok
    assert result.findings == ()
    assert {check.promise for check in result.checks} == set(Promise) - {
        Promise.RELATION,
        Promise.COHERENCE,
        Promise.FIGURE,
    }


@pytest.mark.parametrize(
    ("change", "promise", "name", "breaches"),
    [
        ('UPDATE "Odd one"."Child" SET parent = 77', "foreign key", "Child_parent_fkey", 2),
        ("DELETE FROM parent WHERE a = 1", "foreign key", "simple", 1),
        ('UPDATE "Odd one"."Child" SET "A" = 2', "foreign key", "simple", 1),
    ],
)
def test_a_foreign_key_that_points_at_nothing(
    make_database: MakeDatabase, change: str, promise: str, name: str, breaches: int
) -> None:
    dsn = make_database(SHOP)
    run(dsn, "SET session_replication_role = replica", change)
    result = verified(dsn)
    assert not result.ok
    assert broken(result)[promise, name] == breaches
    finding = next(found for found in result.findings if name in found.where)
    assert finding.code == "SF-VERIFY-FOREIGN-KEY"
    assert finding.severity == "error"


def test_a_broken_check_not_null_and_domain(make_database: MakeDatabase) -> None:
    dsn = make_database(SHOP)
    # There is no honest way to break a constraint that is valid, so the catalog is made to lie about it.
    run(
        dsn,
        'ALTER TABLE "Odd one"."Child" DROP CONSTRAINT "Even %"',
        'ALTER DOMAIN "Odd one"."Code" DROP CONSTRAINT "Code_check"',
        'ALTER TABLE "Odd one"."Child" ALTER pair DROP NOT NULL',
        'UPDATE "Odd one"."Child" SET pair = NULL WHERE parent = 1',
        'UPDATE "Odd one"."Child" SET n = 3, code = \'VALUE\'',
        'ALTER TABLE "Odd one"."Child" ADD CONSTRAINT "Even %" CHECK ("Odd one".even(n)) NOT VALID',
        """ALTER DOMAIN "Odd one"."Code" ADD CONSTRAINT "Code_check"
           CHECK (VALUE ~ '^[A-Z]+$' AND VALUE <> 'VALUE') NOT VALID""",
        "UPDATE pg_attribute SET attnotnull = true WHERE attname = 'pair'",
    )
    expected = {("check", "Even %"): 2, ("check", "code: Code_check"): 2, ("not null", "pair"): 1}
    result = verified(dsn)
    assert broken(result) == expected
    assert {found.where: found.severity.value for found in result.findings} == {
        '"Odd one"."Child"."Even %"': "warning",
        '"Odd one"."Child"."code: Code_check"': "warning",
        '"Odd one"."Child".pair': "error",
    }
    run(dsn, "UPDATE pg_attribute SET attnotnull = false WHERE attname = 'pair'")
    # What the database itself doesn't promise yet is told, and is no failure.
    assert verified(dsn).ok
    run(dsn, "UPDATE pg_constraint SET convalidated = true WHERE contype = 'c'")
    assert not verified(dsn).ok


def test_match_full_takes_all_or_nothing(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
        CREATE TABLE c (a int, b int, FOREIGN KEY (a, b) REFERENCES p MATCH FULL);
        INSERT INTO p VALUES (1, 1);
        INSERT INTO c VALUES (1, 1), (NULL, NULL);
    """)
    assert verified(dsn).ok
    run(
        dsn, "SET session_replication_role = replica", "INSERT INTO c VALUES (1, NULL), (NULL, 1), (2, 1), (NULL, NULL)"
    )
    assert broken(verified(dsn)) == {("foreign key", "c_a_b_fkey"): 3}


def test_rows_of_heirs_are_neither_parents_nor_breaches(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE p (id int PRIMARY KEY, n int CHECK (n > 0) NO INHERIT);
        CREATE TABLE heir () INHERITS (p);
        CREATE TABLE c (p int REFERENCES p);
        INSERT INTO heir VALUES (1, 0);
    """)
    assert verified(dsn, planned={public("p"): 0, public("heir"): 1}).ok
    run(dsn, "SET session_replication_role = replica", "INSERT INTO c VALUES (1)")
    assert broken(verified(dsn)) == {("foreign key", "c_p_fkey"): 1}


def test_partitions_hold_the_rows_of_their_table(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE TABLE p2 PARTITION OF p DEFAULT;
        CREATE TABLE c (p int REFERENCES p, n int CHECK (n > 0)) PARTITION BY LIST (n);
        CREATE TABLE c1 PARTITION OF c DEFAULT;
        INSERT INTO p VALUES (1), (20);
        INSERT INTO c VALUES (1, 1), (20, 2);
    """)
    assert verified(dsn, planned={public("p"): 2, public("c"): 2}).ok
    run(dsn, "SET session_replication_role = replica", "DELETE FROM p2")
    assert broken(verified(dsn)) == {("foreign key", "c_p_fkey"): 1}


def test_equality_is_that_of_the_key(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE SCHEMA ext;
        CREATE EXTENSION citext SCHEMA ext;
        CREATE DOMAIN mail AS ext.citext;
        CREATE TABLE p (mail mail PRIMARY KEY, code text COLLATE "C" UNIQUE, padded char(5) UNIQUE);
        CREATE TABLE c (
            mail ext.citext REFERENCES p,
            cased ext.citext REFERENCES p (code),
            code text COLLATE "POSIX" REFERENCES p (code),
            common text REFERENCES p (code),
            padded char(9) REFERENCES p (padded));
        INSERT INTO p VALUES ('Ann@X', 'k', 'a');
        INSERT INTO c VALUES ('ann@x', 'k', 'k', 'k', 'a');
    """)
    result = verified(dsn)
    assert result.ok
    assert result.findings == ()
    run(dsn, "SET session_replication_role = replica", "INSERT INTO c VALUES ('bob', 'K', 'l', 'K', 'b')")
    assert set(broken(verified(dsn)).values()) == {1}
    assert len(broken(verified(dsn))) == 5


@pytest.mark.parametrize(
    ("column", "values", "stand", "breaches"),
    [
        ("int GENERATED ALWAYS AS IDENTITY", "(1), (2)", None, 2),
        ("serial", "(1), (2)", "setval('t_id_seq', 1)", 1),
        ("serial", "(1), (2)", "setval('t_id_seq', 2, false)", 1),
        ("serial", "(1), (2)", "setval('t_id_seq', 2)", 0),
        ("int GENERATED ALWAYS AS IDENTITY (INCREMENT -1)", "(-1), (-2), (5)", "setval('t_id_seq', -1)", 1),
        ("int GENERATED ALWAYS AS IDENTITY (INCREMENT -1)", "(-1), (-2), (5)", "setval('t_id_seq', -2)", 0),
    ],
)
def test_a_sequence_that_is_behind(
    make_database: MakeDatabase, column: str, values: str, stand: str | None, breaches: int
) -> None:
    dsn = make_database(f"CREATE TABLE t (id {column}); INSERT INTO t OVERRIDING SYSTEM VALUE VALUES {values};")
    if stand:
        run(dsn, f"SELECT {stand}")
    result = verified(dsn)
    assert broken(result) == ({("sequence", "public.t_id_seq"): breaches} if breaches else {})
    assert result.ok is (breaches == 0)


def test_planned_rows_are_compared_with_those_that_are_there(make_database: MakeDatabase) -> None:
    dsn = make_database("CREATE TABLE t (n int); CREATE TABLE u (n int); INSERT INTO t VALUES (1), (2);")
    result = verified(dsn, planned={public("t"): 5, public("u"): 0})
    assert broken(result) == {("rows", "t"): 3}
    assert [(found.code, found.where) for found in result.findings] == [("SF-VERIFY-ROWS", "public.t")]


def test_only_the_named_tables_are_checked(make_database: MakeDatabase) -> None:
    result = verified(make_database(SHOP), only=[public("parent")])
    assert {check.table for check in result.checks} == {public("parent")}


def test_what_cannot_be_checked_is_said_and_the_rest_is_checked(make_database: MakeDatabase) -> None:
    dsn = make_database("""
        CREATE FUNCTION positive(n int) RETURNS bool LANGUAGE plpgsql AS $$
        BEGIN IF n = 3 THEN RAISE EXCEPTION 'three'; END IF; RETURN n > 0; END $$;
        CREATE TABLE t (n int CONSTRAINT raises CHECK (positive(n)), m int CONSTRAINT fine CHECK (m > 0));
        CREATE TABLE hidden (id int PRIMARY KEY);
        CREATE TABLE child (hidden int REFERENCES hidden);
        INSERT INTO t VALUES (2, 2);
        DROP ROLE IF EXISTS seedfast_reader;
        CREATE ROLE seedfast_reader;
        GRANT SELECT ON t, child TO seedfast_reader;
        CREATE OR REPLACE FUNCTION positive(n int) RETURNS bool LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'three'; END $$;
    """)
    try:
        with db.connect(dsn) as connection:
            connection.execute("SET SESSION AUTHORIZATION seedfast_reader")
            result = verify(connection, introspect(connection))
        assert result.ok
        assert ("check", "fine") in {(check.promise.value, check.name) for check in result.checks}
        assert {(found.code, found.where) for found in result.findings} == {
            ("SF-VERIFY-UNCHECKED", "public.t.raises"),
            ("SF-VERIFY-UNCHECKED", "public.child.child_hidden_fkey"),
            ("SF-VERIFY-UNCHECKED", "public.hidden"),
        }
    finally:
        run(dsn, "DROP OWNED BY seedfast_reader", "DROP ROLE seedfast_reader")
