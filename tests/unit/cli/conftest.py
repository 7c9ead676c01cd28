"""The command, run in this process against a pipeline that answers from memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from seedfast import pipeline
from seedfast.cli.main import run
from seedfast.cli.terminal import Terminal
from tests.unit.cli.fake import FakePipeline


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No test reads or writes what belongs to the user."""
    for name in ("SEEDFAST_DSN", "DATABASE_URL", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SEEDFAST_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "config"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """The pipeline that the commands meet."""
    stand_in = FakePipeline()
    for name in ("prepare", "guard", "execute", "survey", "check", "sample"):
        monkeypatch.setattr(pipeline, name, getattr(stand_in, name))
    return stand_in


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def seedfast(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """A function that runs the command with arguments."""

    def call(*arguments: str) -> Said:
        status = run(arguments)
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return call


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that puts a person at the terminal, who types this."""

    def sit_down(typed: str) -> None:
        monkeypatch.setattr(Terminal, "interactive", property(lambda self: True))
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))

    return sit_down
