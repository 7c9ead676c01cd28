"""Real schemas: PostgreSQL finds nothing to object to in any of them."""

from __future__ import annotations

import json
import re
import subprocess

import psycopg
import pytest

from tests.conftest import SYSTEM, corpus_folder, system_binaries
from tests.corpus.judge import judge_command, unavailable

NAMES = sorted(path.stem for path in corpus_folder().glob("*.sql")) or ["absent"]


@pytest.fixture(scope="module")
def server(servers):
    reason = unavailable(system_binaries())
    if reason:
        pytest.skip(reason)
    return servers.get(SYSTEM)


@pytest.mark.parametrize("name", NAMES)
def test_schema(name, server, schemas_folder, tmp_path):
    path = schemas_folder / f"{name}.sql"
    missing = missing_extensions(path, server)
    if missing:
        pytest.skip(f"the server lacks the extensions {', '.join(missing)}")
    outcomes = tmp_path / "outcomes.json"
    command, environment = judge_command(server, [path], rows=20, json=outcomes)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert outcomes.exists(), done.stderr
    (outcome,) = json.loads(outcomes.read_text(encoding="utf-8"))
    assert outcome["perfect"], done.stdout


def missing_extensions(path, server):
    """The extensions that the schema creates and the server doesn't have."""
    ddl = path.read_text(encoding="utf-8")
    wanted = set(re.findall(r'^CREATE EXTENSION (?:IF NOT EXISTS )?"?([\w-]+)', ddl, re.MULTILINE))
    with psycopg.connect(server.dsn()) as connection:
        offered = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
    return sorted(wanted - offered)
