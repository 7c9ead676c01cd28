"""What people install is the wheel, not the checkout: it must hold everything that the commands read."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with what the wheel installs."""
    built, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_every_file_of_the_package(installed):
    tracked = subprocess.run(
        ["git", "ls-files", "src/seedfast"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    held = {str(path.relative_to(installed)) for path in (installed / "seedfast").rglob("*") if path.is_file()}
    assert {name.removeprefix("src/") for name in tracked} <= held
    # What the commands read besides code, and what tells type checkers that the package is typed.
    assert {"seedfast/catalog/queries.sql", "seedfast/embedded/demo.sql", "seedfast/py.typed"} <= held


def test_the_wheel_holds_packs_and_lexicons_parsed_and_reads_them_as_they_are_written(installed, environment):
    packs = installed / "seedfast" / "packs"
    assert {path.with_suffix(".json") for path in packs.glob("*/*.toml")} == set(packs.glob("*/*.json"))
    told = """
import tomllib
from seedfast.packs import read
parse, asked = tomllib.loads, []
tomllib.loads = lambda text: asked.append(text) or parse(text)
from seedfast.packs.library import library
from seedfast.scope.language import language
from seedfast.semantics.lexicon import written
found = library()
records = [found.pack(one.name).records for one in found.declarations]
print([(name, one.leaves) for held in records for name, one in held.items()])
print([written(name + '.toml') for name in ('lexicon', 'documents', 'figures', 'states')])
language()
print(len(asked))
"""
    where = [str(installed), str(REPOSITORY / "src")]
    (*quick, none), (*slow, all_of_them) = (
        subprocess.run(
            [sys.executable, "-c", told],
            capture_output=True,
            text=True,
            check=True,
            env={**environment, "PYTHONPATH": path},
        ).stdout.splitlines()
        for path in where
    )
    assert quick == slow and none == "0" and int(all_of_them) > len(list(packs.glob("*/*.toml")))


def test_the_command_runs_from_the_wheel_alone(installed, environment, tmp_path):
    path = os.pathsep.join([str(installed), *filter(None, [environment.get("PYTHONPATH")])])
    told = "import seedfast, sys; sys.stderr.write(seedfast.__file__); from seedfast.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", told, "demo", "--rows", "5"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": path},
    )
    assert done.stderr.startswith(str(installed)), done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    assert "public.order_items: 15 rows" in done.stdout
