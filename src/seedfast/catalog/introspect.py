"""A database's structure, read from the catalog in a few statements whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import psycopg
from psycopg.rows import class_row

from seedfast.catalog import rows, session
from seedfast.catalog.assemble import assemble
from seedfast.catalog.functions import Functions
from seedfast.catalog.queries import queries
from seedfast.model.database import Database
from seedfast.names import QualifiedName

Row = TypeVar("Row")


def introspect(connection: psycopg.Connection[Any], schemas: Sequence[str] | None = None) -> Database:
    """Return the structure of all tables in schemas that the role can see, or in those of ``schemas`` alone.

    PostgreSQL's own schemas and members of extensions are left out; partitions are folded into their table.
    """
    with connection.transaction():
        # With an empty path every name in an expression is qualified, so that it means the same wherever it is used.
        # Compiling the statements, which the server may find them worth, takes longer than running them.
        connection.execute("select set_config('search_path', '', true), set_config('jit', 'off', true)")
        return assemble(_read(connection, schemas))


def table_names(connection: psycopg.Connection[Any]) -> tuple[QualifiedName, ...]:
    """Return the names of the tables that ``introspect`` would read."""
    found = connection.execute(queries()["table_names"].encode()).fetchall()
    return tuple(QualifiedName(schema, name) for schema, name in found)


def _read(connection: psycopg.Connection[Any], schemas: Sequence[str] | None) -> rows.Catalog:
    def read(name: str, kind: type[Row], **parameters: object) -> list[Row]:
        with connection.cursor(row_factory=class_row(kind)) as cursor:
            # As bytes, since psycopg wants a text to be a literal of the program; these are those of our own file.
            return cursor.execute(queries()[name].encode(), parameters).fetchall()

    (database,) = read("database", rows.DatabaseRow)
    found = read("tables", rows.TableRow, schemas=None if schemas is None else list(schemas))
    tables = [table.oid for table in found]
    members = read("members", rows.MemberRow, tables=tables)
    partitions = [member.oid for member in members]
    relations = tables + partitions
    columns = read("columns", rows.ColumnRow, tables=tables)
    types = read("types", rows.TypeRow, types=sorted({column.type for column in columns}))
    all_types = [kind.oid for kind in types]
    functions = Functions(read("functions", rows.FunctionRow, relations=relations, types=all_types))
    checks = read("checks", rows.CheckRow, relations=relations)
    domain_checks = read("domain_checks", rows.DomainCheckRow, types=all_types)
    triggers = read("triggers", rows.TriggerRow, relations=relations)
    policies = [
        replace(policy, meaning=functions.inlined(policy.expression))
        for policy in read("policies", rows.PolicyRow, tables=tables)
    ]
    readers = read("setting_readers", rows.SettingReaderRow)
    texts = [
        *(trigger.source for trigger in triggers),
        *(policy.expression for policy in policies),
        *(column.expression for column in columns if column.expression is not None),
    ]
    settings = session.settings_read(texts, {reader.name: reader.source for reader in readers})
    asked = [part for policy in policies for part in session.session_parts(policy.meaning or policy.expression)]
    return rows.Catalog(
        server_version=connection.info.server_version,
        database=database,
        tables=found,
        members=members,
        partitioned=read("partitioned", rows.PartitionedRow, tables=tables),
        columns=columns,
        required=read("required", rows.RequiredRow, members=partitions),
        sequences=read("sequences", rows.SequenceRow, tables=tables),
        types=types,
        attributes=read("attributes", rows.AttributeRow, types=all_types),
        domain_checks=[replace(row, meaning=functions.inlined(row.expression)) for row in domain_checks],
        checks=[replace(row, meaning=functions.inlined(row.expression)) for row in checks],
        foreign_keys=read("foreign_keys", rows.ForeignKeyRow, relations=relations),
        indexes=read("indexes", rows.IndexRow, relations=relations),
        triggers=triggers,
        rules=read("rules", rows.RuleRow, tables=tables),
        policies=policies,
        setting_readers=readers,
        inheritance=read("inheritance", rows.InheritanceRow, tables=tables),
        session=session.evaluated(connection, asked),
        unset=session.unset(connection, settings),
    )
