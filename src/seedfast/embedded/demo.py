"""The shop that ``seedfast demo`` fills."""

from __future__ import annotations

from importlib import resources

import psycopg


def create_demo_schema(dsn: str) -> None:
    """Create the tables of a small shop in an empty database, all or none of them."""
    ddl = resources.files("seedfast.embedded").joinpath("demo.sql").read_bytes()
    with psycopg.connect(dsn) as connection:
        connection.execute(ddl)
