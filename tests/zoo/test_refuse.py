"""Small schemas with a table that nothing can fill: the refusal names an irreducible set of constraints."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedfast.cli.main import run

from .refusals import Refusal

REFUSE = sorted((Path(__file__).parent / "refuse").glob("*.sql"))


@pytest.mark.parametrize("path", REFUSE, ids=lambda path: path.stem)
def test_what_nothing_can_fill_is_refused_with_the_constraints_that_are_to_blame(
    path, make_database, capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path))
    refusal = Refusal.read(path)
    dsn = make_database(refusal.ddl)
    status = run(["seed", "--dsn", dsn, "--rows", "12", "--now", "2026-03-01", "--output", "json"])
    refusal.judge(status, capsys.readouterr().out)
