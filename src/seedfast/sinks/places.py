"""Where files go: they are all there in the end, or none is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol

from seedfast.errors import DeclinedError, LoadError, UsageError
from seedfast.sinks.address import Address

COMPLETE = "_SUCCESS"
"""The empty file that a store, where nothing can be renamed, gets when all others are there."""


class Place(Protocol):
    """Takes files by name; a place for one file takes a single one, whatever its name."""

    def create(self, name: str) -> IO[bytes]:
        """Return a new file to write into, which the caller closes."""
        ...


@contextmanager
def opened(address: Address, *, folder: bool, replace: bool, suffixes: tuple[str, ...] = ()) -> Iterator[Place]:
    """Give a place for files, which are there when the block ends, and not at all when it fails.

    A block that creates none leaves everything as it was.

    What is there already is refused, or with ``replace`` replaced, a folder only where it holds nothing but files that
    end in ``suffixes``.
    """
    place = _place(address, folder=folder)
    try:
        if place.held() and not replace:
            what = "is not empty" if folder else "is there already"
            raise DeclinedError(
                "SF-SINK-EXISTS", f"{address.place} {what}; nothing was written.", "Name another, or give --force."
            )
        strange = sorted(name for name in place.held() if not name.endswith((*suffixes, COMPLETE))) if folder else []
        if strange:
            message = f"{address.place} holds what no run of seedfast writes there, such as {strange[0]}."
            raise DeclinedError("SF-SINK-EXISTS", message, "Name another folder; --force replaces the whole of it.")
        try:
            place.begin()
            yield place
            place.commit()
        except BaseException:
            place.abort()
            raise
    except OSError as error:
        why = error.strerror or str(error)
        hint = "See that the folder above it exists, that it can be written to and that there is room."
        raise LoadError("SF-SINK-PLACE", f"{address.place} can't be written: {why}. Nothing was kept.", hint) from error


class _Place(Place, Protocol):
    def held(self) -> list[str]:
        """Return the names of what is there already."""
        ...

    def begin(self) -> None: ...

    def commit(self) -> None: ...

    def abort(self) -> None: ...


def _place(address: Address, *, folder: bool) -> _Place:
    if address.remote:
        return _Store(address.place, folder=folder)
    path = Path(address.place).expanduser().absolute()
    return _Folder(path) if folder else _File(path)


class _File:
    """A file that is written beside its place and renamed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = _beside(path, "partial")

    def held(self) -> list[str]:
        if self._path.is_dir():
            raise UsageError("SF-SINK-PLACE", f"{self._path} is a folder.", "Name a file.")
        return [self._path.name] if self._path.exists() else []

    def begin(self) -> None:
        self._partial.unlink(missing_ok=True)

    def create(self, name: str) -> IO[bytes]:
        return self._partial.open("xb")

    def commit(self) -> None:
        if self._partial.exists():
            self._partial.replace(self._path)

    def abort(self) -> None:
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)


class _Folder:
    """A folder that is written beside its place and renamed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = _beside(path, "partial")

    def held(self) -> list[str]:
        if self._path.exists() and not self._path.is_dir():
            raise UsageError("SF-SINK-PLACE", f"{self._path} is no folder.", "Name a folder.")
        return sorted(entry.name for entry in self._path.iterdir()) if self._path.exists() else []

    def begin(self) -> None:
        shutil.rmtree(self._partial, ignore_errors=True)
        self._partial.mkdir()

    def create(self, name: str) -> IO[bytes]:
        return (self._partial / name).open("xb")

    def commit(self) -> None:
        if not any(self._partial.iterdir()):
            self._partial.rmdir()
            return
        if not self._path.exists():
            self._partial.rename(self._path)
            return
        before = _beside(self._path, "replaced")
        self._path.rename(before)
        try:
            self._partial.rename(self._path)
        except OSError:
            before.rename(self._path)
            raise
        shutil.rmtree(before, ignore_errors=True)

    def abort(self) -> None:
        shutil.rmtree(self._partial, ignore_errors=True)


class _Store:
    """A place that fsspec reaches: files appear there when they are closed, and are removed at a failure."""

    def __init__(self, url: str, *, folder: bool) -> None:
        self._system, self._path = reached(url)
        self._folder = folder
        self._files: dict[str, Any] = {}
        self._old: list[str] = []

    def held(self) -> list[str]:
        try:
            if not self._system.exists(self._path):
                return []
        except OSError:
            raise
        except Exception as error:
            # The first that a store is asked; what it lacks, credentials above all, is told by errors of its own kinds.
            raise OSError(" ".join(str(error).split()) or type(error).__name__) from error
        return [str(name).rstrip("/").rpartition("/")[2] for name in self._system.ls(self._path, detail=False)]

    def begin(self) -> None:
        self._old = self.held() if self._folder else []
        # Some stores have no folders, and forbid what comes nearest to making one; where one is missed, files say so.
        with suppress(Exception):
            self._system.makedirs(self._path if self._folder else self._system._parent(self._path), exist_ok=True)

    def create(self, name: str) -> IO[bytes]:
        if not self._files:
            # What is replaced is no longer whole.
            self._remove([old for old in self._old if old == COMPLETE])
        path = f"{self._path.rstrip('/')}/{name}" if self._folder else self._path
        self._files[path] = self._system.open(path, "wb")
        opened: IO[bytes] = self._files[path]
        return opened

    def commit(self) -> None:
        if self._folder and self._files:
            written = {path.rpartition("/")[2] for path in self._files}
            self._remove([name for name in self._old if name not in written and name != COMPLETE])
            self.create(COMPLETE).close()

    def abort(self) -> None:
        for path, file in self._files.items():
            with suppress(Exception):
                if not file.closed and hasattr(file, "discard"):
                    file.discard()
                else:
                    file.close()
            with suppress(Exception):
                if self._system.exists(path):
                    self._system.rm_file(path)

    def _remove(self, names: list[str]) -> None:
        for name in names:
            self._system.rm_file(f"{self._path.rstrip('/')}/{name}")


def reached(url: str) -> tuple[Any, str]:
    """Return fsspec's file system for a URL, and the path in it."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(
            "SF-SINK-EXTRA",
            f"Writing to {url} needs the package fsspec, which is not installed.",
            "pip install 'seedfast[remote]', and what the store needs besides, such as s3fs or gcsfs.",
        ) from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        hint = "Install the package that fsspec needs for it, such as s3fs, gcsfs or adlfs."
        raise UsageError("SF-SINK-EXTRA", f"{url} can't be reached: {error}", hint) from error
    return system, str(path)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{what}")
