"""The SQL that counts the rows which break a promise. Expressions come as the catalog writes them, fully qualified."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedfast.model.table import Column, ForeignKey, Table, TableForm
from seedfast.model.table import Sequence as DrawnFrom
from seedfast.model.types import Check, SqlType, TypeForm
from seedfast.names import QualifiedName, parse_qualified, quote

# A string literal, a quoted identifier, or the word that stands for the value in a domain's CHECK.
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\bVALUE\b""")


def rows(table: Table) -> str:
    """Return the query for the number of rows."""
    return f"SELECT pg_catalog.count(*) FROM {_source(table)}"


def nulls(table: Table, columns: Sequence[Column]) -> str:
    """Return the query for the number of NULLs in each of the columns."""
    # IS NULL would also take a composite value whose fields are all NULL.
    counts = ", ".join(
        f"pg_catalog.count(*) FILTER (WHERE {quote(column.name)} IS NOT DISTINCT FROM NULL)" for column in columns
    )
    return f"SELECT {counts} FROM {_source(table)}"


def check(table: Table, constraint: Check) -> str:
    """Return the query for the number of rows that a table's CHECK doesn't take."""
    return f"SELECT pg_catalog.count(*) FROM {_source(table)} WHERE NOT ({constraint.expression})"


def domain_check(table: Table, column: Column, domain: SqlType, constraint: Check) -> str:
    """Return the query for the number of values in a column that a CHECK of its domain doesn't take."""
    base = domain.base.display if domain.base is not None else domain.display
    value = f"({quote(column.name)}::{base})"
    expression = _TOKEN.sub(lambda found: value if found[0] == "VALUE" else found[0], constraint.expression)
    return f"SELECT pg_catalog.count(*) FROM {_source(table)} WHERE NOT ({expression})"


def orphans(child: Table, key: ForeignKey, parent: Table) -> str:
    """Return the query for the number of rows whose foreign key points at nothing, by the rules of its MATCH."""
    present = [f"c.{quote(name)} IS NOT NULL" for name in key.columns]
    pairs = zip(key.columns, key.parent_columns, strict=True)
    found = " AND ".join(_same(child.column(name), parent.column(other)) for name, other in pairs)
    orphan = f"({' AND '.join(present)} AND NOT EXISTS (SELECT FROM {_source(parent)} AS p WHERE {found}))"
    if key.match_full and len(key.columns) > 1:
        partly = f"(({' OR '.join(present)}) AND NOT ({' AND '.join(present)}))"
        orphan = f"({orphan} OR {partly})"
    return f"SELECT pg_catalog.count(*) FROM {_source(child)} AS c WHERE {orphan}"


def position(sequence: QualifiedName) -> str:
    """Return the query for the sequence's last value and whether that was drawn already."""
    return f"SELECT last_value, is_called FROM {sequence.sql}"


def ahead(table: Table, column: Column, sequence: DrawnFrom, upcoming: int) -> str:
    """Return the query for the number of stored values that the sequence will draw, ``upcoming`` being the next."""
    value = f"{quote(column.name)}::numeric"
    low, high = (upcoming, sequence.high) if sequence.increment > 0 else (sequence.low, upcoming)
    return f"SELECT pg_catalog.count(*) FROM {table.name.sql} WHERE {value} BETWEEN {low} AND {high}"


def _source(table: Table) -> str:
    # Constraints of an ordinary table don't speak of the tables that inherit from it; a partitioned one has no rows
    # but those of its partitions.
    return table.name.sql if table.form is TableForm.PARTITIONED else f"ONLY {table.name.sql}"


def _same(column: Column, other: Column) -> str:
    """Return the comparison by which PostgreSQL finds the parent: that of the parent's type and collation."""
    kind = other.type.storage
    value = f"c.{quote(column.name)}"
    if column.collation != other.collation:
        value += f" COLLATE {_collation(other.collation)}"
    operator = "="
    if kind.form is TypeForm.BASE and kind.schema != "pg_catalog":
        # An extension's type has its own equality, in a schema that need not be on the search_path.
        operator = f"OPERATOR({quote(kind.schema)}.=)"
    return f"p.{quote(other.name)} {operator} {value}"


def _collation(name: str | None) -> str:
    if name is None:
        return 'pg_catalog."default"'
    schema, bare = parse_qualified(name)
    return quote(bare) if schema is None else QualifiedName(schema, bare).sql
