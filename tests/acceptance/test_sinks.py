"""Files hold the rows that the database would have got."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pytest
from pyarrow import parquet

from seedfast import api
from seedfast.embedded import EmbeddedServer
from seedfast.names import QualifiedName, quote
from tests.conftest import EMBEDDED, Servers, create_database

ODD = Path(__file__).with_name("odd.sql")
DEMO = Path(api.__file__).with_name("embedded") / "demo.sql"
NOW = datetime(2026, 1, 1)
ROWS = 40
FILLED_BY_TRIGGERS = ["title_length"]

_TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 1, 2
"""
_SEQUENCES = "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2"


class Twins:
    """A database that was seeded itself, and another, with the same schema, that files go into."""

    def __init__(self, server: EmbeddedServer, name: str, ddl: Path) -> None:
        self.server = server
        self.seeded, self.target = server.dsn(f"{name}_seeded"), server.dsn(f"{name}_target")
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            for which in ("seeded", "target"):
                create_database(connection, f"{name}_{which}")
        for dsn in (self.seeded, self.target):
            run(dsn, ddl.read_text("utf-8"))
        api.seed(self.seeded, now=NOW, rows=ROWS)
        self.held = held(self.seeded)

    def write(self, to: str, **options: Any) -> api.Outcome:
        return api.seed(self.target, now=NOW, rows=ROWS, to=to, **options)

    def psql(self, file: Path, *options: str) -> None:
        command = [self.server.binaries / "psql", "-X", "-q", *options, "-f", file.name, self.target]
        done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")

    def empty(self) -> None:
        names = ", ".join(name.sql for name in tables(self.target))
        run(self.target, f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def run(dsn: str, ddl: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute(ddl.encode())


def tables(dsn: str) -> list[QualifiedName]:
    with psycopg.connect(dsn) as connection:
        return [QualifiedName(*row) for row in connection.execute(_TABLES)]


def held(dsn: str) -> dict[str, list[Any]]:
    """Return all that a database holds, and where its sequences stand."""
    with psycopg.connect(dsn) as connection:
        connection.execute("SET TimeZone TO UTC")
        rows = {
            str(name): sorted(row[0] for row in connection.execute(f"SELECT t::text FROM {name.sql} AS t".encode()))
            for name in tables(dsn)
        }
        return {**rows, "sequences": connection.execute(_SEQUENCES).fetchall()}


@pytest.fixture(scope="module", params=[DEMO, ODD], ids=["demo", "odd"])
def twins(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Twins]:
    server = servers.get(EMBEDDED)
    name = f"sinks_{os.getpid()}_{request.param.stem}"
    yield Twins(server, name, request.param)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        for which in ("seeded", "target"):
            connection.execute(f"DROP DATABASE {quote(f'{name}_{which}')} WITH (FORCE)".encode())


@pytest.fixture
def emptied(twins: Twins) -> Iterator[Twins]:
    yield twins
    twins.empty()


@pytest.mark.parametrize(
    ("to", "options"),
    [
        ("sql:rows.sql", ("-1", "-v", "ON_ERROR_STOP=1")),
        ("sql:rows.sql.gz", ()),
        ("sql-inserts:rows.sql", ("-1", "-v", "ON_ERROR_STOP=1")),
        ("sql-inserts:rows.sql.zst", ()),
        ("csv:folder", ("-1", "-v", "ON_ERROR_STOP=1")),
        ("csv:folder", ()),
    ],
)
def test_a_script_loads_what_seeding_would_have_put_there(
    emptied: Twins, tmp_path: Path, to: str, options: tuple[str, ...]
) -> None:
    form, _, place = to.partition(":")
    outcome = emptied.write(f"{form}:{tmp_path / place}")
    assert outcome.committed
    assert not any(rows for name, rows in held(emptied.target).items() if name != "sequences")

    script = tmp_path / place / "load.sql" if form == "csv" else tmp_path / place
    if script.suffix in (".gz", ".zst"):
        with pa.input_stream(script) as stream:
            script = script.with_suffix("")
            script.write_bytes(stream.read())
    emptied.psql(script, *options)
    assert held(emptied.target) == emptied.held


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_columns_keep_their_types_and_values(twins: Twins, tmp_path: Path, form: str) -> None:
    twins.write(f"{form}:{tmp_path / 'folder'}")
    read: dict[str, pa.Table] = {}
    for file in (tmp_path / "folder").iterdir():
        read[file.stem] = parquet.read_table(file) if form == "parquet" else pa.ipc.open_file(file).read_all()
    assert read
    with psycopg.connect(twins.seeded) as connection:
        connection.execute("SET TimeZone TO UTC")
        for name, table in read.items():
            relation = QualifiedName(*name.split(".", 1))
            table = table.drop_columns([column for column in FILLED_BY_TRIGGERS if column in table.column_names])
            columns = ", ".join(_as_read(field) for field in table.schema)
            stored = connection.execute(f"SELECT {columns} FROM {relation.sql}".encode()).fetchall()
            values = (_values(connection, field, table.column(field.name)) for field in table.schema)
            assert _ordered(list(zip(*values, strict=True))) == _ordered(stored), name


def _as_read(field: pa.Field) -> str:
    """Return what to select for a column so that it comes as Arrow's value of that type does."""
    if field.type == pa.string():
        return f"{quote(field.name)}::text"
    if field.type == pa.list_(pa.string()):
        return f"{quote(field.name)}::text[]"
    if field.type == pa.float32():
        return f"{quote(field.name)}::float8"
    if field.metadata[b"postgresql.type"] == b"money":
        return f"{quote(field.name)}::numeric"
    return quote(field.name)


def _values(connection: psycopg.Connection[Any], field: pa.Field, column: pa.ChunkedArray) -> list[Any]:
    values = column.to_pylist()
    if isinstance(field.type, pa.JsonType):
        return [value if value is None else json.loads(value) for value in values]
    if field.type == pa.string():
        # Text is in PostgreSQL's syntax, though not always as PostgreSQL itself would write it.
        kind = field.metadata[b"postgresql.type"].decode()
        query = f"SELECT value::{kind}::text FROM unnest(%s::text[]) WITH ORDINALITY AS t(value, n) ORDER BY n"
        return [row[0] for row in connection.execute(query.encode(), [values])]
    return [_in_utc(value) for value in values]


def _in_utc(value: Any) -> Any:
    """Return moments in Python's own UTC, which psycopg gives, too."""
    if isinstance(value, list):
        return [_in_utc(each) for each in value]
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def _ordered(rows: list[tuple[Any, ...]]) -> list[str]:
    return sorted(json.dumps(row, default=repr, sort_keys=True) for row in rows)


def test_the_server_computes_what_the_files_lack(twins: Twins, tmp_path: Path) -> None:
    outcome = twins.write(f"csv:{tmp_path / 'folder'}")
    said = [finding.message for finding in outcome.findings if finding.code == "SF-SINK-SERVER"]
    assert said and all("GENERATED" not in message for message in said)


def test_null_makes_rows_and_leaves_nothing(twins: Twins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = twins.write("null:")
    assert sum(table.inserted for table in outcome.tables) > ROWS
    assert not [finding for finding in outcome.findings if finding.code.startswith("SF-SINK")]
    assert list(tmp_path.iterdir()) == []
