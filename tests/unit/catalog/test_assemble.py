"""What partitions demand reaches their table, and names stay apart."""

from __future__ import annotations

from dataclasses import replace

from seedfast.catalog.assemble import assemble
from seedfast.catalog.queries import queries
from seedfast.catalog.rows import (
    Catalog,
    CheckRow,
    ColumnRow,
    DatabaseRow,
    ForeignKeyRow,
    IndexRow,
    MemberRow,
    PartitionedRow,
    RequiredRow,
    SequenceRow,
    TableRow,
    TypeRow,
)
from seedfast.names import QualifiedName

INT = TypeRow(23, "pg_catalog", "int4", "b", "integer", None, None, -1, None, False, None, None, None, ())
EMPTY = Catalog(
    150000,
    DatabaseRow("d", ()),
    (),
    (),
    (),
    (),
    (),
    (),
    (INT,),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    {},
    frozenset(),
)


def table(oid, name, kind="r", schema="s"):
    return TableRow(oid, schema, name, kind, None, False, True, True, True, True)


def column(relation, name, *, expression=None):
    return ColumnRow(relation, name, 23, -1, "integer", False, "", "", expression, None, None, None, True)


def key(relation, name, columns, *, primary=False):
    return IndexRow(
        relation * 100, relation, name, "btree", primary, True, False, True, None, columns, [None] * len(columns), ()
    )


def foreign_key(relation, name, columns):
    return ForeignKeyRow(relation, name, "s", "parent", columns, ["id"], False, False, False, True)


PARTITIONED = replace(
    EMPTY,
    tables=[table(1, "events", "p")],
    members=[
        MemberRow(1, 3, "s", "events_b", True, "(id IS NOT NULL)", [1]),
        MemberRow(1, 2, "s", "events_a", True, "satisfies_hash_partition('1'::oid, 2, 0, id)", [1]),
    ],
    partitioned=[PartitionedRow(1, "h", ["id"], None)],
    columns=[column(1, "id"), column(1, "user_id")],
)


def test_partitions_lend_their_foreign_keys_once_under_names_of_their_own():
    made = assemble(
        replace(
            PARTITIONED,
            foreign_keys=[
                foreign_key(1, "fk", ["id"]),
                foreign_key(2, "fk", ["user_id"]),
                foreign_key(3, "fk", ["user_id"]),
            ],
        )
    ).tables[0]
    assert [(fk.name, fk.columns) for fk in made.foreign_keys] == [("events_a.fk", ("user_id",)), ("fk", ("id",))]


def test_a_partition_lends_its_keys_but_not_as_the_primary_key():
    made = assemble(replace(PARTITIONED, indexes=[key(2, "events_a_pkey", ["id"], primary=True)])).tables[0]
    assert [unique.columns for unique in made.unique_keys] == [("id",)]
    assert made.primary_key is None


def test_a_column_that_a_partition_requires_is_required():
    made = assemble(replace(PARTITIONED, required=[RequiredRow(2, "user_id")])).tables[0]
    assert [made.column("id").nullable, made.column("user_id").nullable] == [True, False]


def test_partition_constraints_name_the_table_and_hold_the_checks_of_the_partition_alone():
    checks = [
        CheckRow(1, "shared", "(id > 0)", ["id"], True, False),
        CheckRow(2, "shared", "(id > 0)", ["id"], True, False),
        CheckRow(2, "own", "(id < 9)", ["id"], True, False),
    ]
    made = assemble(replace(PARTITIONED, checks=checks)).tables[0]
    assert made.partitioning is not None
    assert [(leaf.name.name, leaf.constraint) for leaf in made.partitioning.leaves] == [
        ("events_a", """(satisfies_hash_partition('"s"."events"'::regclass, 2, 0, id)) AND ((id < 9))"""),
        ("events_b", "(id IS NOT NULL)"),
    ]
    assert [check.name for check in made.checks] == ["shared"]


def test_a_column_draws_from_the_sequence_that_its_default_calls():
    rows = [
        SequenceRow(1, "id", "s", "mine", 1, 1, 1, 9, owned=True, called=False),
        SequenceRow(1, "id", "s", "shared", 5, 2, 1, 9, owned=False, called=True),
    ]
    made = assemble(replace(EMPTY, tables=[table(1, "t")], columns=[column(1, "id")], sequences=rows)).tables[0]
    drawn = made.columns[0].sequence
    assert drawn is not None
    assert (drawn.name, drawn.owned, drawn.start, drawn.increment) == (QualifiedName("s", "shared"), False, 5, 2)


def test_tables_come_in_the_order_of_their_bytes():
    tables = [table(1, "ä"), table(2, "b"), table(3, "B"), table(4, "a", schema="Z")]
    made = assemble(replace(EMPTY, tables=tables))
    assert [str(t.name) for t in made.tables] == ['"Z".a', 's."B"', "s.b", 's."ä"']


def test_the_order_of_the_rows_changes_nothing():
    keys = [key(1, "one", ["id"]), key(1, "two", ["user_id"]), key(2, "three", ["id", "user_id"])]
    there = assemble(replace(PARTITIONED, indexes=keys))
    back = assemble(replace(PARTITIONED, indexes=keys[::-1], members=PARTITIONED.members[::-1]))
    assert there == back


def test_every_statement_has_a_name_and_a_body():
    assert {"tables", "columns", "types", "indexes"} <= set(queries())
    assert all("select" in body for body in queries().values())
