"""The shared judge: it seeds real schemas and lets PostgreSQL say what happened."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from seedfast.embedded import EmbeddedServer
from tests.conftest import REPOSITORY

TOOL = Path(os.environ.get("SEEDFAST_CORPUS_CHECK") or REPOSITORY.parent / "shared" / "tools" / "corpus_check.py")
SEED = "-m seedfast seed --dsn {dsn} --rows {rows} --seed {seed} --yes --output json"


def unavailable(binaries: Path | None) -> str:
    """Why the judge can't run here, or nothing."""
    if binaries is None:
        return "no PostgreSQL server is installed on this system; the corpus needs its extensions"
    if not TOOL.is_file():
        return f"the judge of the corpus is not at {TOOL}"
    if not all((binaries / name).exists() or shutil.which(name) for name in ("psql", "pg_dump")):
        return "psql and pg_dump are not installed"
    return ""


def judge_command(
    server: EmbeddedServer, schemas: Sequence[Path], *, rows: int, json: Path, timeout: int = 300
) -> tuple[list[str], dict[str, str]]:
    """Return the command that seeds every schema twice and writes its findings to the file, and its environment."""
    parts = urlsplit(server.dsn())
    # The judge hands on host, port and user alone.
    environment = {**os.environ, "PGPASSWORD": parts.password or ""}
    environment["PATH"] = f"{server.binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    admin = f"postgresql://{parts.username}@{parts.hostname}:{parts.port}/postgres"
    command = [sys.executable, str(TOOL), "--admin", admin, "--cmd", f"{shlex.quote(sys.executable)} {SEED}"]
    command += ["--rows", str(rows), "--twice", "--timeout", str(timeout), "--json", str(json), *map(str, schemas)]
    return command, environment
