"""A schema out of a file stands in for a database."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from seedfast.embedded import EmbeddedServer, load_schema
from seedfast.embedded.schema import DATABASE
from seedfast.errors import UsageError
from seedfast.names import quote
from tests.acceptance.conftest import SHOP, Said
from tests.conftest import EMBEDDED, Servers


@pytest.fixture
def embedded(servers: Servers) -> Iterator[EmbeddedServer]:
    """A server whose database for schemas is dropped after the test."""
    server = servers.get(EMBEDDED)
    yield server
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {quote(DATABASE)} WITH (FORCE)".encode())


def loaded(server: EmbeddedServer, folder: Path, ddl: str) -> str:
    file = folder / "dump.sql"
    file.write_text(ddl, "utf-8")
    return load_schema(server, file)


def test_rows_are_written_without_any_database(seedfast: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text(SHOP, "utf-8")
    words = ("--schema-file", str(tmp_path / "shop.sql"), "--rows", "7", "--output", "json")
    said = seedfast("seed", *words, "--to", f"csv:{tmp_path / 'rows'}")
    assert said.status == 0, said.err
    document = json.loads(said.out)
    assert document["committed"] and document["to"] == f"csv:{tmp_path / 'rows'}"
    assert [table["inserted"] for table in document["tables"]] == [7, 7]
    assert len((tmp_path / "rows" / "public.orders.csv").read_text("utf-8").splitlines()) == 8

    again = seedfast("seed", *words, "--to", f"csv:{tmp_path / 'rows'}")
    assert (again.status, json.loads(again.out)["error"]["code"]) == (5, "SF-SINK-EXISTS")
    plan = seedfast("plan", *words)
    (tmp_path / "plan.json").write_text(plan.out, "utf-8")
    planned = (*words[:2], "--plan", str(tmp_path / "plan.json"), "--to", f"csv:{tmp_path / 'planned'}")
    assert seedfast("seed", *planned).status == 0
    for file in (tmp_path / "rows").iterdir():
        assert (tmp_path / "planned" / file.name).read_text("utf-8") == file.read_text("utf-8")

    nowhere = seedfast("seed", *words)
    assert (nowhere.status, json.loads(nowhere.out)["error"]["code"]) == (2, "SF-USAGE")


def test_a_dump_is_loaded_with_the_roles_that_it_names(embedded: EmbeddedServer, tmp_path: Path) -> None:
    with psycopg.connect(embedded.dsn(), autocommit=True) as connection:
        connection.execute(b"CREATE ROLE dumped_owner")
        connection.execute(b"CREATE DATABASE dumped OWNER dumped_owner")
    with psycopg.connect(embedded.dsn("dumped"), autocommit=True) as connection:
        connection.execute(b"SET ROLE dumped_owner; CREATE TABLE public.t (id int); GRANT SELECT ON public.t TO PUBLIC")
    dump = [embedded.binaries / "pg_dump", "--schema-only", "-n", "public", embedded.dsn("dumped")]
    ddl = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
    assert "CREATE SCHEMA public" in ddl and "OWNER TO dumped_owner" in ddl
    with psycopg.connect(embedded.dsn(), autocommit=True) as connection:
        connection.execute(b"DROP DATABASE dumped")
        connection.execute(b"DROP ROLE dumped_owner")

    with psycopg.connect(loaded(embedded, tmp_path, ddl)) as connection:
        owner = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 't'").fetchone()
    assert owner == ("dumped_owner",)


def test_an_extension_that_is_not_there_is_named(embedded: EmbeddedServer, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        loaded(embedded, tmp_path, "CREATE EXTENSION IF NOT EXISTS unheard_of WITH SCHEMA public;")
    assert caught.value.code == "SF-SCHEMA-EXTENSION"
    assert "unheard_of" in caught.value.message


def test_an_error_is_told_with_its_line(embedded: EmbeddedServer, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        loaded(embedded, tmp_path, "CREATE TABLE t (id int);\n\nCREATE TABLE u (id nosuchtype);\n")
    assert caught.value.code == "SF-SCHEMA-FILE"
    assert 'dump.sql, line 3: type "nosuchtype" does not exist' in caught.value.message


def test_a_file_that_is_not_there(embedded: EmbeddedServer, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_schema(embedded, tmp_path / "none.sql")
    assert caught.value.code == "SF-SCHEMA-FILE"
