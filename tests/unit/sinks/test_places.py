"""Files are all there in the end, or none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedfast.errors import DeclinedError, LoadError, UsageError
from seedfast.sinks.address import Address, Form
from seedfast.sinks.places import opened

SUFFIXES = (".csv", "load.sql")


def put(place: str, names: list[str], *, folder: bool = True, replace: bool = False, content: bytes = b"new") -> None:
    address = Address(Form.CSV, place)
    with opened(address, folder=folder, replace=replace, suffixes=SUFFIXES) as files:
        for name in names:
            with files.create(name) as file:
                file.write(content)


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_folder_has_all_files_in_the_end(tmp_path: Path) -> None:
    put(str(tmp_path / "rows"), ["a.csv", "load.sql"])
    assert held(tmp_path) == {"rows/a.csv": b"new", "rows/load.sql": b"new"}


def test_an_empty_folder_takes_them(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    put(str(tmp_path / "rows"), ["a.csv"])
    assert held(tmp_path) == {"rows/a.csv": b"new"}


def test_files_have_the_modes_that_new_files_have(tmp_path: Path) -> None:
    put(str(tmp_path / "rows"), ["a.csv"])
    put(str(tmp_path / "file"), ["a.csv"], folder=False)
    (tmp_path / "usual").mkdir()
    (tmp_path / "usual" / "file").touch()
    assert (tmp_path / "rows").stat().st_mode == (tmp_path / "usual").stat().st_mode
    modes = {path.stat().st_mode for path in (tmp_path / "rows/a.csv", tmp_path / "file", tmp_path / "usual/file")}
    assert len(modes) == 1


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("folder", [True, False])
def test_a_failure_leaves_nothing(tmp_path: Path, error: type[BaseException], folder: bool) -> None:
    address = Address(Form.CSV, str(tmp_path / "rows"))
    with pytest.raises(error), opened(address, folder=folder, replace=False) as files:
        with files.create("a.csv") as file:
            file.write(b"new")
        raise error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [True, False])
def test_a_failure_leaves_what_was_to_be_replaced(tmp_path: Path, folder: bool) -> None:
    put(str(tmp_path / "rows"), ["a.csv"], folder=folder, content=b"old")
    before = held(tmp_path)
    address = Address(Form.CSV, str(tmp_path / "rows"))
    with (
        pytest.raises(RuntimeError),
        opened(address, folder=folder, replace=True, suffixes=SUFFIXES) as files,
        files.create("a.csv"),
    ):
        raise RuntimeError
    assert held(tmp_path) == before


@pytest.mark.parametrize("folder", [True, False])
def test_what_is_there_is_refused_unless_it_may_be_replaced(tmp_path: Path, folder: bool) -> None:
    place = str(tmp_path / "rows")
    put(place, ["a.csv"], folder=folder, content=b"old")
    before = held(tmp_path)
    with pytest.raises(DeclinedError) as caught:
        put(place, ["b.csv"], folder=folder)
    assert "--force" in caught.value.hint
    assert held(tmp_path) == before
    put(place, ["b.csv"], folder=folder, replace=True)
    assert held(tmp_path) == {"rows/b.csv" if folder else "rows": b"new"}


def test_a_folder_with_files_of_others_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_bytes(b"years of work")
    (tmp_path / "a.csv").touch()
    with pytest.raises(DeclinedError) as caught:
        put(str(tmp_path), ["a.csv"], replace=True)
    assert "thesis.tex" in caught.value.message
    assert (tmp_path / "thesis.tex").exists()


def test_a_file_where_a_folder_should_be_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        put(str(tmp_path / "file"), ["a.csv"], replace=True)
    with pytest.raises(UsageError):
        put(str(tmp_path), ["a.csv"], folder=False, replace=True)


def test_a_place_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        put(str(tmp_path / "no" / "rows"), ["a.csv"])
    assert caught.value.code == "SF-SINK-PLACE"
    assert "No such file or directory" in caught.value.message


@pytest.mark.parametrize("folder", [True, False])
def test_no_file_leaves_everything_as_it_was(tmp_path: Path, folder: bool) -> None:
    put(str(tmp_path / "rows"), [], folder=folder)
    assert list(tmp_path.iterdir()) == []
    put(str(tmp_path / "rows"), ["a.csv"], folder=folder)
    before = held(tmp_path)
    put(str(tmp_path / "rows"), [], folder=folder, replace=True)
    assert held(tmp_path) == before
