"""Turning one operator of a CHECK round leads to rows that satisfy it, or to a refusal; never to a rollback.

A sample is tried; with SEEDFAST_ALL_MUTANTS=1 in the environment all of them are.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import psycopg
import pytest

from seedfast.cli.main import run

from .mutants import Mutant, judge, mutants

ALL = bool(os.environ.get("SEEDFAST_ALL_MUTANTS"))
_ONE_IN = 61


def _chosen() -> list[Mutant]:
    made = [mutant for path in sorted((Path(__file__).parent / "accept").glob("*.sql")) for mutant in mutants(path)]
    return made if ALL else [mutant for mutant in made if zlib.crc32(mutant.label.encode()) % _ONE_IN == 0]


@pytest.mark.parametrize("mutant", _chosen(), ids=lambda mutant: mutant.label)
def test_a_check_with_one_operator_turned_is_satisfied_or_refused(mutant, make_database, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path))
    try:
        dsn = make_database(mutant.ddl)
    except psycopg.Error as error:
        pytest.skip(f"no schema any more: {error}".splitlines()[0])
    # CHECKs may read the clock of the server, so that no other moment is given.
    status = run(["seed", "--dsn", dsn, "--rows", "8", "--output", "json"])
    judge(status, capsys.readouterr().out)
