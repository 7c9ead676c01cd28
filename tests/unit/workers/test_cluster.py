"""A cluster of several worker processes, one of which is killed in the middle of the run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedfast.errors import ConnectionFailedError
from seedfast.load.batches import Batch, Rows
from seedfast.workers import cluster
from seedfast.workers.crew import crew
from tests.unit.sinks.test_parts import cargo, held, write
from tests.unit.workers.made import Deadly, Numbered, T, plan

ROWS = 20_000


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed", reason="the package distributed is not installed")
    import dask

    # Of a killed worker nobody knows at first, and who asks it for what it had made waits for it that long.
    waits = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with (
        waits,
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=60) as running,
    ):
        yield running.scheduler_address


def test_a_cluster_makes_the_same_rows_though_a_worker_is_killed(scheduler: str, tmp_path: Path) -> None:
    planned, mark = plan(ROWS), tmp_path / "killed"

    def made(source: Numbered, address: str = "") -> list[bytes]:
        rows = Rows(source, planned.table(T), frozenset())
        with crew(planned, source, 1, address) as hands:
            return [bytes(each.made) for each in hands.make(rows, Batch.text, 2_000)]

    assert made(Deadly(at=12_000, mark=mark), scheduler) == made(Numbered())
    assert mark.exists()


def test_the_workers_of_a_cluster_write_parts_themselves_though_one_is_killed(scheduler: str, tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    write(f"parquet:{tmp_path / 'rows'}", cargo(Deadly(at=5_000, mark=mark)), scheduler=scheduler)
    write(f"parquet:{tmp_path / 'whole'}", cargo())
    assert mark.exists()
    assert held(tmp_path / "rows") == held(tmp_path / "whole")


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    planned = plan(ROWS)
    with pytest.raises(ConnectionFailedError) as caught, crew(planned, Numbered(), 1, "tcp://127.0.0.1:9") as hands:
        next(hands.make(Rows(Numbered(), planned.table(T), frozenset()), Batch.text, 2_000))
    assert caught.value.code == "SF-ENGINE-UNREACHED"
