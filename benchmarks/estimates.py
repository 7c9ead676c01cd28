"""How far off PostgreSQL's estimates are, on seeded rows and on uniform ones: ``python -m benchmarks.estimates``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg
from psycopg.rows import tuple_row

from benchmarks.seeded import DEMO, SCHEMAS, a_server, seeded
from seedfast.model.database import Database
from seedfast.model.table import Column, Table
from seedfast.names import quote

_UNIFORM = "uniform"
_DRAWN = frozenset(
    {"int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "date", "bool", "uuid"}
    | {"timestamp", "timestamptz", "year", "order_status", "mpaa_rating"}
)
_COMMONEST = "SELECT {0} FROM {1} WHERE {2} GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT 1"


@dataclass(frozen=True, slots=True)
class Query:
    """A question with a name; ``{0}`` and so on in it are what a table has most often in the columns ``of`` it."""

    name: str
    rows: str
    table: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """How many rows PostgreSQL expects of a query, and how many there are."""

    expected: int
    actual: int

    @property
    def off(self) -> float:
        """How many times too many or too few are expected."""
        expected, actual = max(1, self.expected), max(1, self.actual)
        return max(expected / actual, actual / expected)


_CHINOOK, _NORTHWIND, _PAGILA = (name for name in SCHEMAS if name in ("chinook", "northwind", "pagila"))

QUERIES = {
    DEMO: (
        Query("lines of the favourite product", "order_items WHERE product_id = {0}", "order_items", ("product_id",)),
        Query("orders of one state and currency", "orders WHERE status = 'pending' AND currency = 'EUR'"),
        Query(
            "lines of the best customer's orders",
            "orders o JOIN order_items i ON i.order_id = o.id WHERE o.user_id = {0}",
            "orders",
            ("user_id",),
        ),
        Query(
            "addresses of a city and its country",
            "addresses WHERE city = {0} AND country_code = {1}",
            "addresses",
            ("city", "country_code"),
        ),
        Query(
            "reviews of what the best customer ordered",
            "orders o JOIN order_items i ON i.order_id = o.id JOIN reviews r USING (product_id) WHERE o.user_id = {0}",
            "orders",
            ("user_id",),
        ),
    ),
    _CHINOOK: (
        Query("invoices of the best customer", "invoice WHERE customer_id = {0}", "invoice", ("customer_id",)),
        Query(
            "sales of a genre",
            "genre g JOIN track t USING (genre_id) JOIN invoice_line l USING (track_id) WHERE g.name = {0}",
            "genre",
            ("name",),
        ),
        Query(
            "invoices to a city and its country",
            "invoice WHERE billing_city = {0} AND billing_country = {1}",
            "invoice",
            ("billing_city", "billing_country"),
        ),
        Query(
            "sales of the longest discography",
            "album b JOIN track t USING (album_id) JOIN invoice_line l USING (track_id) WHERE b.artist_id = {0}",
            "album",
            ("artist_id",),
        ),
        Query(
            "playlists of what was sold",
            "invoice_line l JOIN playlist_track p USING (track_id) WHERE l.unit_price < 1",
        ),
    ),
    _NORTHWIND: (
        Query("orders of one employee", "orders WHERE employee_id = {0}", "orders", ("employee_id",)),
        Query(
            "lines of a category",
            "products p JOIN order_details d USING (product_id) WHERE p.category_id = {0}",
            "products",
            ("category_id",),
        ),
        Query(
            "orders to a city and its country",
            "orders WHERE ship_city = {0} AND ship_country = {1}",
            "orders",
            ("ship_city", "ship_country"),
        ),
        Query(
            "lines of the best customer's orders",
            "orders o JOIN order_details d USING (order_id) WHERE o.customer_id = {0}",
            "orders",
            ("customer_id",),
        ),
        Query("shipped after they were required", "orders WHERE shipped_date > required_date AND freight > 50"),
    ),
    _PAGILA: (
        Query("rentals of the best customer", "rental WHERE customer_id = {0}", "rental", ("customer_id",)),
        Query(
            "rentals of the commonest film",
            "inventory i JOIN rental r USING (inventory_id) WHERE i.film_id = {0}",
            "inventory",
            ("film_id",),
        ),
        Query("returned within three days", "rental WHERE return_date < rental_date + interval '3 days'"),
        Query(
            "rentals of people of one store",
            "customer c JOIN rental r USING (customer_id) WHERE c.store_id = {0}",
            "customer",
            ("store_id",),
        ),
        Query(
            "what people who rent a film rent besides",
            "inventory i JOIN rental r USING (inventory_id) JOIN rental o USING (customer_id) WHERE i.film_id = {0}",
            "inventory",
            ("film_id",),
        ),
    ),
}
"""Twenty questions by schema: filters on skewed columns, on columns that go together, and joins along skewed keys."""


def main() -> int:
    """Measure and write the report; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.estimates", description=__doc__)
    parser.add_argument("--schemas", type=Path, default=Path("../shared/schemas"), help="a folder of schemas in SQL")
    parser.add_argument("--server", metavar="DSN", help="a server to make databases on (default: one from a wheel)")
    parser.add_argument("--rows", type=int, default=3000, help="rows a table (default: 3000)")
    wanted = parser.parse_args()
    with a_server(wanted.server) as server:
        found = [one for name in QUERIES for one in _measured(name, wanted.schemas, server, rows=wanted.rows)]
    print("| schema | query | rows | off | rows, uniform | off, uniform |\n|---|---|---:|---:|---:|---:|")
    for title, *both in found:
        print(f"| {title} | {' | '.join(f'{one.actual:,} | {one.off:.2f}' for one in both)} |")
    for said, of in (("median", median), ("largest", max)):
        seeds, uniform = (of(pair[side].off for pair in found) for side in (1, 2))
        print(f"| all | {said} | | {seeds:.2f} | | {uniform:.2f} |")
    return 0


def _measured(name: str, folder: Path, server: str, *, rows: int) -> list[tuple[str, Asked, Asked]]:
    """Return for each query of a schema its title, and what it comes to on seeded and on uniform rows."""
    with seeded(name, folder, server, rows=rows) as (dsn, database), psycopg.connect(dsn, row_factory=tuple_row) as own:
        _copy_uniformly(own, database)
        own.execute("ANALYZE")
        return [
            (f"{name} | {query.name}", _ask(own, query, "public"), _ask(own, query, _UNIFORM))
            for query in QUERIES[name]
        ]


def _copy_uniformly(own: psycopg.Connection[tuple[object, ...]], database: Database) -> None:
    """Copy all tables with every column but the key drawn evenly and by itself, from what it or its parent holds."""
    own.execute(f"CREATE SCHEMA {_UNIFORM}".encode())
    for table in database.tables:
        if table.name.schema == "public":
            own.execute(_uniform(table).encode())


def _uniform(table: Table) -> str:
    key = table.primary_key.columns if table.primary_key is not None else ()
    parents = {one.columns[0]: (one.parent, one.parent_columns[0]) for one in table.foreign_keys}
    listed: list[str] = []
    drawn: list[str] = []
    for column in table.columns:
        name = quote(column.name)
        if _stays(column, key):
            listed.append(f"t.{name}")
            continue
        parent, held = parents.get(column.name, (table.name, column.name))
        pool = f"v_{len(drawn)}"
        drawn.append(f"(SELECT array_agg(DISTINCT {quote(held)}) AS a FROM {parent.sql}) AS {pool}")
        hashed = f"hashtextextended(t.n::text || '{len(drawn)}', 7) & 9223372036854775807"
        listed.append(
            f"CASE WHEN t.{name} IS NOT NULL THEN {pool}.a[1 + (({hashed}) % cardinality({pool}.a))::int] END AS {name}"
        )
    numbered = f"(SELECT *, row_number() OVER (ORDER BY tableoid, ctid) AS n FROM {table.name.sql}) AS t"
    copy = f"{_UNIFORM}.{quote(table.name.name)}"
    return f"CREATE TABLE {copy} AS SELECT {', '.join(listed)} FROM {', '.join((numbered, *drawn))}"


def _stays(column: Column, key: Sequence[str]) -> bool:
    return key == (column.name,) or column.type.storage.name not in _DRAWN


def _ask(own: psycopg.Connection[tuple[object, ...]], query: Query, schema: str) -> Asked:
    own.execute(f"SET search_path = {schema}, public".encode())
    values = _commonest(own, query) if query.of else ()
    asked = f"SELECT 1 FROM {query.rows.format(*values)}"
    plan = own.execute(f"EXPLAIN (FORMAT JSON) {asked}".encode()).fetchone()
    counted = own.execute(f"SELECT count(*) FROM ({asked}) AS asked".encode()).fetchone()
    assert plan is not None and counted is not None
    told = plan[0] if isinstance(plan[0], list) else json.loads(str(plan[0]))
    return Asked(int(told[0]["Plan"]["Plan Rows"]), int(str(counted[0])))


def _commonest(own: psycopg.Connection[tuple[object, ...]], query: Query) -> tuple[str, ...]:
    """Return what a table has most often in some columns, as SQL."""
    columns, there = ", ".join(query.of), " AND ".join(f"{column} IS NOT NULL" for column in query.of)
    most = _COMMONEST.format(columns, query.table, there)
    written = ", ".join(f"quote_literal({column})" for column in query.of)
    found = own.execute(f"SELECT {written} FROM ({most}) AS most".encode()).fetchone()
    assert found is not None
    return tuple(map(str, found))


if __name__ == "__main__":
    raise SystemExit(main())
