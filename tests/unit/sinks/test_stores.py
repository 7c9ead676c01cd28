"""Files in a store that fsspec reaches; this one is in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from seedfast.errors import DeclinedError, UsageError
from seedfast.sinks.address import Address, Form
from seedfast.sinks.places import opened

fsspec = pytest.importorskip("fsspec")

SUFFIXES = (".csv", "load.sql")


def put(place: str, names: list[str], *, folder: bool = True, replace: bool = False, content: bytes = b"new") -> None:
    address = Address(Form.CSV, place)
    with opened(address, folder=folder, replace=replace, suffixes=SUFFIXES) as files:
        for name in names:
            with files.create(name) as file:
                file.write(content)


@pytest.fixture
def store() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


def names(store: Any) -> list[str]:
    return sorted(store.find("/bucket"))


def test_a_store_gets_the_files_and_then_says_that_they_are_whole(store: Any) -> None:
    put("memory://bucket/rows", ["a.csv", "b.csv"])
    assert names(store) == ["/bucket/rows/_SUCCESS", "/bucket/rows/a.csv", "/bucket/rows/b.csv"]
    put("memory://bucket/seed.sql", ["seed.sql"], folder=False)
    assert store.cat("/bucket/seed.sql") == b"new"


@pytest.mark.parametrize("folder", [True, False])
def test_a_failure_leaves_nothing_in_a_store(store: Any, folder: bool) -> None:
    address = Address(Form.CSV, "memory://bucket/rows")
    with pytest.raises(RuntimeError), opened(address, folder=folder, replace=False) as files:
        with files.create("a.csv") as file:
            file.write(b"new")
        if folder:
            files.create("b.csv").write(b"half")
        raise RuntimeError
    assert names(store) == []


def test_a_store_is_replaced_as_a_folder_is(store: Any) -> None:
    put("memory://bucket/rows", ["a.csv", "b.csv"], content=b"old")
    with pytest.raises(DeclinedError):
        put("memory://bucket/rows", ["b.csv", "c.csv"])
    put("memory://bucket/rows", ["b.csv", "c.csv"], replace=True)
    assert names(store) == ["/bucket/rows/_SUCCESS", "/bucket/rows/b.csv", "/bucket/rows/c.csv"]
    assert store.cat("/bucket/rows/b.csv") == b"new"


def test_a_store_of_an_unknown_kind_names_what_is_missing() -> None:
    with pytest.raises(UsageError) as caught:
        put("nowhere://bucket/rows", ["a.csv"])
    assert caught.value.code == "SF-SINK-EXTRA"


def test_no_file_leaves_a_store_as_it_was(store: Any) -> None:
    put("memory://bucket/rows", [])
    assert names(store) == []
    put("memory://bucket/rows", ["a.csv"])
    before = names(store)
    put("memory://bucket/rows", [], replace=True)
    assert names(store) == before
