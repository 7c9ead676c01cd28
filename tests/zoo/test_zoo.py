"""Small schemas of one behaviour each, seeded for real: ``accept`` holds those that must be filled."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.conftest import SYSTEM

from .judge import Specimen

ACCEPT = sorted((Path(__file__).parent / "accept").glob("*.sql"))


WHOLE = bool(os.environ.get("SEEDFAST_EVERY_SERVER"))
"""Whether every schema is judged in whole on every server: else one sees it twice alike, the other sees it grow."""


@pytest.mark.parametrize("path", ACCEPT, ids=lambda path: path.stem)
def test_a_schema_of_one_behaviour_is_filled_twice_alike_and_grows(path, admin_dsn, make_database, request):
    specimen = Specimen.read(path)
    missing = specimen.missing(admin_dsn)
    if missing is not None:
        pytest.skip(f"the server has no {missing}")
    if specimen.role is not None:
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [specimen.role]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(specimen.role)))
    grows = (ACCEPT.index(path) + (request.node.callspec.params["server"] == SYSTEM)) % 2 == 0
    specimen.judge(make_database, twice=WHOLE or not grows, grow=WHOLE or grows)
