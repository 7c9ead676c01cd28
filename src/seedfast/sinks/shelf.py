"""Where parts of a run's files are kept, by any process on any machine that reaches the place."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from seedfast.errors import UsageError
from seedfast.sinks.address import Address
from seedfast.sinks.places import reached

PARTIAL = ".partial"
"""The end of the name of a file that is being written."""


class Shelf(Protocol):
    """Files by name, with ``/`` between a folder's and its file's; it can be pickled."""

    def create(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Give a file to write into, which is there, in the place of another, when the block ends without a failure."""
        ...

    def open(self, name: str) -> IO[bytes] | None:
        """Return a file to read, or None where there is none."""
        ...

    def names(self) -> list[str]:
        """Return the names of all files."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file."""
        ...


def shelf(address: Address) -> Shelf:
    """Return what keeps files at an address."""
    if address.remote:
        reached(address.place)
        return _Store(address.place)
    path = Path(address.place).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise UsageError("SF-SINK-PLACE", f"{path} is no folder.", "Name a folder.")
    return _Folder(path)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder, which other machines may share: files are written under hidden names beside their own and renamed."""

    path: Path

    @contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two machines may be at the same part, if one was taken for lost.
        partial = path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}{PARTIAL}")
        try:
            with partial.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise

    def open(self, name: str) -> IO[bytes] | None:
        try:
            return (self.path / name).open("rb")
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if not path.is_dir())

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Store:
    """A store that fsspec reaches: files appear when they are closed."""

    url: str

    @contextmanager
    def create(self, name: str) -> Iterator[IO[bytes]]:
        system, path = self._reached(name)
        # Some stores have no folders, and forbid what comes nearest to making one; where one is missed, files say so.
        with suppress(Exception):
            system.makedirs(system._parent(path), exist_ok=True)
        file = system.open(path, "wb")
        try:
            yield file
        except BaseException:
            # What can't be given up is cut short: no manifest names it as it is then.
            with suppress(Exception):
                (file.discard if hasattr(file, "discard") else file.close)()
            raise
        file.close()

    def open(self, name: str) -> IO[bytes] | None:
        system, path = self._reached(name)
        try:
            opened: IO[bytes] = system.open(path, "rb")
        except FileNotFoundError:
            return None
        return opened

    def names(self) -> list[str]:
        system, path = self._reached()
        try:
            found = system.find(path)
        except OSError:
            raise
        except Exception as error:
            # The first that a store is asked; what it lacks, credentials above all, is told by errors of its own kinds.
            raise OSError(" ".join(str(error).split()) or type(error).__name__) from error
        root = path.rstrip("/") + "/"
        return sorted(str(name).removeprefix(root) for name in found)

    def remove(self, name: str) -> None:
        system, path = self._reached(name)
        system.rm_file(path)

    def _reached(self, name: str = "") -> tuple[Any, str]:
        system, path = reached(self.url)
        system.invalidate_cache()
        return system, f"{path.rstrip('/')}/{name}" if name else path
