"""Servers to test against: started when a test first asks for them, once a process, so xdist's workers share none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedfast.embedded import EPHEMERAL, EmbeddedServer

REPOSITORY = Path(__file__).resolve().parent.parent

EMBEDDED = "embedded18"
SYSTEM = "system15"


def system_binaries() -> Path | None:
    """The folder of an installed PostgreSQL 15, else of whatever installed server ``pg_config`` tells of."""
    debian = Path("/usr/lib/postgresql/15/bin")
    if (debian / "initdb").exists():
        return debian
    asked = shutil.which("pg_config")
    if asked is None:
        return None
    told = Path(subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
    return told if (told / "initdb").exists() else None


def corpus_folder() -> Path:
    """Where the shared corpus of real schemas is: $SEEDFAST_CORPUS, else shared/schemas beside the repository."""
    return Path(os.environ.get("SEEDFAST_CORPUS") or REPOSITORY.parent / "shared" / "schemas")


class Servers:
    """The servers of this test process, by name."""

    def __init__(self) -> None:
        self._started: dict[str, EmbeddedServer] = {}

    def get(self, name: str) -> EmbeddedServer:
        """Return a running server; skips the test, with the reason, where there can't be one."""
        chosen = os.environ.get("SEEDFAST_TEST_SERVERS", "embedded,system").split(",")
        if name.rstrip("0123456789") not in chosen:
            pytest.skip(f"SEEDFAST_TEST_SERVERS leaves out {name}")
        if name not in self._started:
            binaries = system_binaries() if name == SYSTEM else None
            if name == SYSTEM and binaries is None:
                pytest.skip("no PostgreSQL server is installed on this system")
            self._started[name] = EmbeddedServer.start(binaries=binaries, settings=EPHEMERAL)
        return self._started[name]

    def stop(self) -> None:
        """Stop what was started."""
        for server in self._started.values():
            server.stop()


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The servers of this test process: ``servers.get("embedded18")``, ``servers.get("system15")``."""
    running = Servers()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def schemas_folder() -> Path:
    """The folder of the shared corpus."""
    folder = corpus_folder()
    if not folder.is_dir():
        pytest.skip(f"there is no corpus of schemas in {folder}")
    return folder
