"""Existing rows are counted and their keys read, whatever the values."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pytest

from seedfast import db
from seedfast.catalog.contents import count_existing, read_keys
from seedfast.catalog.introspect import introspect
from seedfast.names import QualifiedName

DDL = """
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE empty (id int PRIMARY KEY);
CREATE TABLE parent (id positive, small int2, big int8, o oid, flag boolean, d date, t timestamp(3), z timestamptz,
    n numeric, s text, u uuid, f float8, c char(4), ti time, list int[]);
INSERT INTO parent VALUES
    (2, -5, 9007199254740993, 4000000000, true, '2024-02-29', '1999-12-31 23:59:59.125', '2024-06-01 12:00+02', 1.50,
     E'a,"b"\\nc\\t\\\\N', '00000000-0000-0000-0000-00000000000a', 0.1, 'ab', '12:30', '{1,null}'),
    (10, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    (1, 0, -1, 0, false, '0001-01-01', '0001-01-01', '9999-12-31 23:59:59.999999',
     -0.0, '', null, 'NaN', '', null, '{}'),
    (3, 1, 1, 1, true, '2000-01-01', '2000-01-01', '2000-01-01', 7, '\\N', null, 'infinity', 'x', '24:00', '{{1}}');
CREATE TABLE child () INHERITS (parent);
INSERT INTO child (id) VALUES (99), (98);
CREATE TABLE cut (a int, k text) PARTITION BY LIST (a);
CREATE TABLE cut_1 PARTITION OF cut FOR VALUES IN (1);
CREATE TABLE cut_2 PARTITION OF cut FOR VALUES IN (2);
INSERT INTO cut VALUES (1, 'a'), (2, 'Z'), (2, 'ä'), (1, 'b');
CREATE TABLE odd (d date, t timestamp, z timestamptz);
INSERT INTO odd VALUES ('infinity', '0044-03-15 BC', '-infinity'), ('2024-01-01', '2024-01-01', '2024-01-01 10:00+00');
CREATE TABLE "Spa""ced" ("Kéy %s" int, lone text);
INSERT INTO "Spa""ced" VALUES (1, null), (2, '');
"""


@pytest.fixture
def reading(make_database):
    with db.connect(make_database(DDL)) as connection, db.snapshot(connection):
        yield connection, {table.name.name: table for table in introspect(connection).tables}


def test_contents(reading):
    # One database serves all, since creating it is what takes the time.
    for check in (counts, typed_columns, null_and_text, order, dates_that_arrow_cannot_hold, names, nothing):
        check(*reading)


def counts(connection, tables):
    existing = count_existing(connection, tables.values())
    assert {name.name: n for name, n in existing.rows.items()} == {
        "parent": 4,
        "child": 2,
        "cut": 4,
        "odd": 2,
        'Spa"ced': 2,
    }
    assert existing.count(QualifiedName("public", "empty")) == 0


def typed_columns(connection, tables):
    read = read_keys(connection, tables["parent"], ["id", "small", "big", "o", "flag", "d", "t", "z"])
    assert [field.type for field in read.schema] == [
        *([pa.int64()] * 4),
        pa.bool_(),
        pa.date32(),
        pa.timestamp("us"),
        pa.timestamp("us"),
    ]
    row = {row["id"]: row for row in read.to_pylist()}[2]
    assert (row["small"], row["big"], row["o"], row["flag"]) == (-5, 9007199254740993, 4000000000, True)
    assert row["d"] == datetime.date(2024, 2, 29)
    assert row["t"] == datetime.datetime(1999, 12, 31, 23, 59, 59, 125000)
    assert row["z"] == datetime.datetime(2024, 6, 1, 10)
    assert read["z"][1].as_py() is None


def null_and_text(connection, tables):
    read = read_keys(connection, tables["parent"], ["id", "s", "n", "u", "f", "c", "ti", "list"])
    assert {field.type for field in read.schema} == {pa.int64(), pa.string()}
    rows = {row["id"]: tuple(row.values())[1:] for row in read.to_pylist()}
    uuid = "00000000-0000-0000-0000-00000000000a"
    assert rows[2] == ('a,"b"\nc\t\\N', "1.50", uuid, "0.1", "ab  ", "12:30:00", "{1,NULL}")
    assert rows[10] == (None,) * 7
    assert rows[1] == ("", "0.0", None, "NaN", "    ", None, "{}")
    assert rows[3][0] == "\\N"


def order(connection, tables):
    assert read_keys(connection, tables["parent"], ["id"])["id"].to_pylist() == [1, 10, 2, 3]
    assert read_keys(connection, tables["cut"], ["k"])["k"].to_pylist() == ["Z", "a", "b", "ä"]
    assert read_keys(connection, tables["cut"], ["a", "k"])["k"].to_pylist() == ["a", "b", "Z", "ä"]


def dates_that_arrow_cannot_hold(connection, tables):
    read = read_keys(connection, tables["odd"], ["d", "t", "z"])
    assert [column.to_pylist() for column in read.columns] == [
        ["2024-01-01", "infinity"],
        ["2024-01-01 00:00:00", "0044-03-15 00:00:00 BC"],
        ["2024-01-01 10:00:00+00", "-infinity"],
    ]


def names(connection, tables):
    spaced = tables['Spa"ced']
    assert read_keys(connection, spaced, ["Kéy %s"]).to_pydict() == {"Kéy %s": [1, 2]}
    # A row of nothing but NULL or an empty string is a row still.
    assert read_keys(connection, spaced, ["lone"])["lone"].to_pylist() == ["", None]


def nothing(connection, tables):
    read = read_keys(connection, tables["empty"], ["id"])
    assert (read.num_rows, read.schema.field("id").type) == (0, pa.int64())


def test_many_keys_arrive_in_one_piece(make_database):
    dsn = make_database(
        "CREATE TABLE many AS SELECT n AS id, repeat('x', 20) || n AS s FROM generate_series(1, 200000) n"
    )
    with db.connect(dsn) as connection:
        (table,) = introspect(connection).tables
        read = read_keys(connection, table, ["id", "s"])
    assert read.num_rows == 200000
    assert sorted(read["id"].to_pylist()) == list(range(1, 200001))
    assert read["s"].to_pylist() == [f"{'x' * 20}{n}" for n in read["id"].to_pylist()]


def test_a_table_that_may_not_be_read_counts_as_empty(make_database):
    dsn = make_database(
        """
        DROP ROLE IF EXISTS seedfast_blind;
        CREATE ROLE seedfast_blind;
        CREATE TABLE seen (a int); CREATE TABLE unseen (a int);
        INSERT INTO seen VALUES (1); INSERT INTO unseen VALUES (1);
        GRANT SELECT ON seen TO seedfast_blind;
        """
    )
    with db.connect(dsn) as connection:
        connection.execute("set role seedfast_blind")
        existing = count_existing(connection, introspect(connection).tables)
        connection.execute("reset role")
        connection.execute("drop owned by seedfast_blind")
        connection.execute("drop role seedfast_blind")
    assert existing.rows == {QualifiedName("public", "seen"): 1}


def test_hundreds_of_tables_are_counted(make_database):
    ddl = "".join(f"CREATE TABLE t{n} AS SELECT {n} AS a WHERE {n} % 100 = 0;" for n in range(450))
    with db.connect(make_database(ddl)) as connection:
        existing = count_existing(connection, introspect(connection).tables)
    assert {str(name) for name in existing.rows} == {f"public.t{n}" for n in (0, 100, 200, 300, 400)}
