"""The process that owns an embedded server: it creates it, watches over it, and leaves nothing behind.

Run as a script by ``seedfast.embedded.server``, with the standard library alone. It is a process of its own because it
must outlive whoever asked for the server: when that process ends, in whatever way, the pipe on standard input closes,
and the server is stopped and its folder removed. Everything that could be left behind is made here, so there is no
moment at which the death of the asking process leaves something that nobody knows of.

The request is one line of JSON on standard input, the answer one line of JSON on standard output. Then ``keep`` unties
the server from the asking process, and ``stop`` or the end of the input ends it. SIGTERM ends it in either state.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import locale
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

READY_WITHIN = 60.0
PORTS_TRIED = 20
LOG_TAIL = 2000
# Beyond its own, the server inherits only what the loader of shared libraries may need: the environment of whoever
# asked may hold secrets, and the server may run as another user.
INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


class StartFailed(Exception):  # noqa: N818  the name of the outcome that is sent to whoever asked
    """The server didn't come up; ``str()`` says why."""


def main() -> None:
    """Serve one request from standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, leave)
    request = json.loads(read_line())
    os.umask(0o077)
    cluster = Cluster(request)
    try:
        try:
            cluster.create()
            cluster.start()
        except (StartFailed, OSError, shutil.Error) as error:
            answer({"error": str(error), "log": cluster.log_tail()})
            return
        answer({"folder": str(cluster.folder), "port": cluster.port, "pid": cluster.server.pid})
        cluster.watch(request["asker"])
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        cluster.remove()


def leave(signum: int, frame: FrameType | None) -> NoReturn:
    """End as if the asking process had said so."""
    sys.exit(0)


def read_line() -> bytes:
    """Read a line from standard input without buffering what follows it, which ``select`` must still see."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            break
        line += byte
    return line


def answer(message: dict[str, Any]) -> None:
    """Tell the asking process, if it is still there."""
    with contextlib.suppress(BrokenPipeError):
        os.write(1, json.dumps(message).encode() + b"\n")


class Cluster:
    """A data folder and the server that runs on it."""

    def __init__(self, request: dict[str, Any]) -> None:
        """Take over what the request says; nothing is made before ``create``."""
        self.binaries = Path(request["binaries"])
        self.copied: list[str] = request["copy"]
        self.password: str = request["password"]
        self.settings: dict[str, str] = request["settings"]
        self.user: tuple[int, int] | None = tuple(request["user"]) if request["user"] else None
        self.parent: str = request["parent"]
        self.wanted: str | None = request["folder"]
        self.folder: Path | None = None
        self.port = 0
        self.deadline = time.monotonic() + READY_WITHIN
        self.segment: int | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> subprocess.Popen[bytes]:
        """The postmaster; only after ``start``."""
        if self._server is None:
            raise StartFailed("the server was not started")
        return self._server

    @property
    def data(self) -> Path:
        """The data folder in PostgreSQL's sense."""
        return self.home / "data"

    @property
    def home(self) -> Path:
        """The folder that holds everything of this cluster; only after ``create``."""
        if self.folder is None:
            raise StartFailed("the folder was not made")
        return self.folder

    def create(self) -> None:
        """Make the folder and let initdb fill it."""
        if self.wanted is None:
            self.folder = Path(tempfile.mkdtemp(prefix="seedfast-", dir=self.parent))
        else:
            wanted = Path(self.wanted)
            wanted.mkdir(mode=0o700, exist_ok=True)
            if any(wanted.iterdir()):
                raise StartFailed(f"the folder {wanted} is not empty")
            wanted.chmod(0o700)
            self.folder = wanted
        self._copy_binaries()
        secret = self.home / "password"
        secret.write_text(self.password + "\n", encoding="ascii")
        self._give_away()
        command = ["initdb", "-D", "data", "-U", "postgres", "-A", "scram-sha-256", "--pwfile", "password"]
        command += ["-E", "UTF8", f"--locale={utf8_locale()}", "--no-sync", "--no-instructions"]
        with (self.home / "server.log").open("ab") as log:
            initdb = self._spawn(command, log=log)
            try:
                status = initdb.wait(timeout=READY_WITHIN)
            except subprocess.TimeoutExpired:
                raise StartFailed(f"initdb was not done within {READY_WITHIN:.0f} seconds") from None
            finally:
                if initdb.poll() is None:
                    initdb.kill()
                    initdb.wait()
        secret.unlink()
        if status:
            raise StartFailed(f"initdb ended with status {status}")
        lines = [f"{name} = {setting_literal(value)}" for name, value in self._all_settings().items()]
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")

    def _all_settings(self) -> dict[str, str]:
        return {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            # Files of the data folder rather than of /dev/shm: they go with the folder even after a crash.
            "dynamic_shared_memory_type": "mmap",
            **self.settings,
        }

    def _copy_binaries(self) -> None:
        """Copy the installation to where the server's user can read it, when it can't where it is."""
        if not self.copied:
            return
        source = Path(os.path.commonpath(self.copied))
        for name in self.copied:
            shutil.copytree(
                name,
                self.home / "install" / Path(name).relative_to(source),
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "doc", "*.a", "__pycache__"),
            )
        self.binaries = self.home / "install" / self.binaries.relative_to(source)

    def _give_away(self) -> None:
        """Make the server's user the owner of what has been made so far."""
        if self.user is None:
            return
        for folder, folders, files in os.walk(self.home):
            for name in (".", *folders, *files):
                os.chown(Path(folder, name), *self.user, follow_symlinks=False)

    def _spawn(self, command: list[str], *, log: Any) -> subprocess.Popen[bytes]:
        environment = {"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C"}
        environment |= {name: os.environ[name] for name in INHERITED if name in os.environ}
        other_user: dict[str, Any] = {}
        if self.user is not None:
            other_user = {"user": self.user[0], "group": self.user[1], "extra_groups": []}
        return subprocess.Popen(  # noqa: S603  PostgreSQL's own programs, without a shell
            [str(self.binaries / command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=self.home,
            env=environment,
            umask=0o077,
            **other_user,
        )

    def start(self) -> None:
        """Start the server on a free port and wait until it takes connections."""
        for _ in range(PORTS_TRIED):
            self.port = free_port()
            with (self.home / "server.log").open("ab") as log:
                self._server = self._spawn(["postgres", "-D", str(self.data), "-p", str(self.port)], log=log)
            if self._ready():
                return
            # Between looking for a free port and binding it another program may have taken it.
            if "could not create any TCP/IP sockets" not in self.log_tail():
                raise StartFailed(f"postgres ended with status {self.server.returncode} while starting")
        raise StartFailed(f"no port could be bound on 127.0.0.1 in {PORTS_TRIED} attempts")

    def _ready(self) -> bool:
        """Wait for the server to say in its pid file that it is ready; False when it ended instead."""
        while self.server.poll() is None:
            if time.monotonic() > self.deadline:
                raise StartFailed(f"the server was not ready within {READY_WITHIN:.0f} seconds")
            with contextlib.suppress(OSError):
                lines = (self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
                # Line 7 has the key and the id of the shared memory segment, line 8 the state.
                if len(lines) >= 8 and lines[0] == str(self.server.pid) and lines[7].strip() == "ready":
                    identity = lines[6].split()
                    self.segment = int(identity[1]) if len(identity) == 2 else None
                    return True
            time.sleep(0.01)
        return False

    def watch(self, asker: int) -> None:
        """Return when the server has to end or has ended."""
        while self.server.poll() is None:
            # The pipe alone would do, were its other end not inherited by children that the asking process forks.
            if os.getppid() != asker:
                return
            if select.select([0], [], [], 0.3)[0]:
                if read_line() != b"keep\n":
                    return
                answer({"kept": True})
                detach()
                self.server.wait()

    def log_tail(self) -> str:
        """The end of what initdb and the server have said."""
        if self.folder is None:
            return ""
        try:
            return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:].strip()
        except OSError:
            return ""

    def remove(self) -> None:
        """End the server at once, whatever it does, and remove everything that was made."""
        if self._server is not None:
            self._end(self._server)
        if self.folder is None:
            return
        for _ in range(100):
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                return
            # After a crash of the postmaster its children may still be writing.
            time.sleep(0.1)

    def _end(self, server: subprocess.Popen[bytes]) -> None:
        if server.poll() is None:
            # An immediate shutdown: the files are removed next, so there is no point in a tidy end.
            server.send_signal(signal.SIGQUIT)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        if self.segment is not None:
            # The server removes its segment unless it was killed; then the identity is invalid by now.
            ctypes.CDLL(None).shmctl(self.segment, 0, None)


def detach() -> None:
    """Let go of the pipes, so that nobody waits for this process."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def utf8_locale() -> str:
    """Return the locale that orders by code point and knows the letters of all scripts, else plain C."""
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    return "C.UTF-8"


def setting_literal(value: str) -> str:
    """Return the value quoted for postgresql.conf."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


if __name__ == "__main__":
    main()
