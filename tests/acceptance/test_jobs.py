"""Several processes make what one makes, and the database or the files are whole or untouched whatever befalls them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest

from seedfast import api
from seedfast.errors import LoadError
from seedfast.events import Event, RowsLoaded
from seedfast.load.source import RowSource
from seedfast.names import QualifiedName, quote
from seedfast.pipeline import hands
from seedfast.workers.crew import crew
from tests.acceptance.test_sinks import DEMO, held, run
from tests.conftest import EMBEDDED, Servers, create_database

NOW = datetime(2026, 1, 1)
ROWS = 3_000


@pytest.fixture(scope="module")
def make_shop(servers: Servers) -> Iterator[Callable[[], str]]:
    """What creates databases with the demo's empty tables."""
    server, made = servers.get(EMBEDDED), []

    def make() -> str:
        name = f"jobs_{os.getpid()}_{len(made)}"
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            create_database(connection, name)
        made.append(name)
        run(server.dsn(name), DEMO.read_text("utf-8"))
        return server.dsn(name)

    yield make
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {quote(name)} WITH (FORCE)".encode())


@pytest.fixture(scope="module")
def shop(make_shop: Callable[[], str]) -> str:
    return make_shop()


class KillOnce:
    """Kills one of the processes that make rows, as soon as there is any."""

    def __init__(self) -> None:
        self.killed = False

    def __call__(self, event: Event) -> None:
        processes = multiprocessing.active_children()
        if isinstance(event, RowsLoaded) and processes and not self.killed:
            processes[0].kill()
            self.killed = True


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("form", ["csv", "parquet", "sql-inserts"])
def test_files_are_the_same_to_the_byte(shop: str, tmp_path: Path, form: str) -> None:
    for jobs in (1, 2):
        (tmp_path / str(jobs)).mkdir()
        api.seed(shop, now=NOW, rows=ROWS, probe=False, to=f"{form}:{tmp_path / str(jobs) / 'rows'}", jobs=jobs)
    written = [tmp_path / jobs / "rows" for jobs in "12"]
    if form == "sql-inserts":
        assert written[0].read_bytes() == written[1].read_bytes()
    else:
        assert files(written[0]) == files(written[1])


def test_a_database_is_the_same_though_a_worker_is_killed(make_shop: Callable[[], str]) -> None:
    alone, together, kill = make_shop(), make_shop(), KillOnce()
    api.seed(alone, now=NOW, rows=ROWS)
    api.seed(together, now=NOW, rows=ROWS, jobs=3, listener=kill)
    assert kill.killed
    assert held(together) == held(alone)


@dataclass(frozen=True)
class Fatal:
    """A source that ends the process which asks it for rows of one table."""

    source: RowSource

    def batch(
        self, table: QualifiedName, start: int, stop: int, columns: Sequence[str] | None = None
    ) -> pa.RecordBatch:
        if table.name == "orders":
            os.kill(os.getpid(), signal.SIGKILL)
        return self.source.batch(table, start, stop, columns)


def test_workers_that_keep_dying_leave_nothing(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "crew", lambda plan, source, *rest: crew(plan, Fatal(source), *rest))
    before = held(shop)
    with pytest.raises(LoadError, match=r"of public\.orders were being made") as caught:
        api.seed(shop, now=NOW, rows=ROWS, jobs=2)
    assert caught.value.code == "SF-WORKER-LOST"
    assert held(shop) == before
