import json
import stat
import sys
import time

import pytest

from seedfast import config
from seedfast.errors import ConnectionFailedError, UsageError


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


@pytest.fixture
def keyring(monkeypatch):
    """A keyring that works."""
    held: dict[str, str] = {}

    def act(action: str, secret: str = "") -> str | None:
        if action == "set":
            held["dsn"] = secret
            return ""
        if action == "delete":
            return "" if held.pop("dsn", None) else None
        return held.get("dsn", "")

    monkeypatch.setattr(config, "_keyring", act)
    return held


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("postgres://u:p@h:1/d", "postgresql://u:p@h:1/d"),
        ("postgresql+asyncpg://u@h/d?sslmode=require", "postgresql://u@h/d?sslmode=require"),
        ("postgresql://u@h/d?schema=public&connection_limit=5", "postgresql://u@h/d"),
        ("postgresql://u@h/d?schema=a&options=-c%20x%3Dy&pgbouncer=true", "postgresql://u@h/d?options=-c%20x%3Dy"),
        ("postgresql:///d?host=/run/a+b", "postgresql:///d?host=/run/a+b"),
        ("postgresql://u@[::1]:5432/d", "postgresql://u@[::1]:5432/d"),
        (" host=h dbname=d ", "host=h dbname=d"),
    ],
)
def test_dsns_of_other_tools_are_taken_as_they_are_meant(written, taken):
    assert config.normalised(written) == taken


@pytest.mark.parametrize("password", ["p@ss", "p/a@b", "p#ass", "p?x"])
def test_a_password_that_breaks_the_url_is_an_error_that_does_not_show_it(password):
    with pytest.raises(ConnectionFailedError) as caught:
        config.normalised(f"postgresql://u:{password}@h/d")
    assert password not in caught.value.message + caught.value.hint
    assert "%40" in caught.value.hint


def test_settings_do_not_show_the_dsn():
    assert "secret" not in repr(config.resolve("postgresql://u:secret@h/d", {}))


def test_an_empty_variable_is_none_and_an_empty_flag_an_error():
    assert config.resolve(None, {"SEEDFAST_DSN": "", "DATABASE_URL": "host=h"}).source == "DATABASE_URL"
    with pytest.raises(UsageError):
        config.resolve("", {})
    with pytest.raises(UsageError):
        config.resolve(None, {})


def test_a_working_keyring_holds_the_dsn_and_the_file_only_says_so(keyring, folder):
    assert config.store_dsn("postgresql://u:secret@h/d") is config.Place.KEYRING
    assert "secret" not in (folder / "connection.json").read_text()
    assert config.stored_dsn() == "postgresql://u:secret@h/d"
    assert config.forget_dsn() and not keyring
    assert config.stored_dsn() is None and not config.forget_dsn()


def test_without_a_keyring_a_private_file_holds_the_dsn(monkeypatch, folder):
    monkeypatch.setattr(config, "_keyring", lambda action, secret="": None)
    assert config.store_dsn("postgresql://u:secret@h/d") is config.Place.FILE
    assert stat.S_IMODE((folder / "connection.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert config.stored_dsn() == "postgresql://u:secret@h/d"
    assert config.forget_dsn() and list(folder.iterdir()) == []


def test_a_keyring_that_forgets_what_it_is_told_is_not_trusted(monkeypatch):
    monkeypatch.setattr(config, "_keyring", lambda action, secret="": "")
    assert config.store_dsn("postgresql://h/d") is config.Place.FILE


def test_a_keyring_that_is_locked_later_is_an_error_with_a_hint(keyring, monkeypatch):
    config.store_dsn("postgresql://h/d")
    monkeypatch.setattr(config, "_keyring", lambda action, secret="": None)
    with pytest.raises(UsageError) as caught:
        config.stored_dsn()
    assert caught.value.code == "SF-DSN-STORE" and "keyring" in caught.value.hint
    with pytest.raises(ConnectionFailedError):
        config.forget_dsn()
    assert config.stored_dsn() is None


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"place": "moon"}', '{"place": "file"}', "\x00"])
def test_a_damaged_file_is_an_error_with_a_hint_and_can_be_forgotten(keyring, folder, damage):
    folder.mkdir()
    (folder / "connection.json").write_text(damage)
    with pytest.raises(UsageError) as caught:
        config.stored_dsn()
    assert caught.value.code == "SF-DSN-STORE"
    keyring["dsn"] = "x"
    assert config.forget_dsn()


def test_the_keyring_is_asked_by_a_process_that_can_neither_prompt_nor_hang(monkeypatch):
    monkeypatch.setattr(config, "KEYRING_SECONDS", 0.5)
    monkeypatch.setattr(config, "_KEYRING_CHILD", "import time; time.sleep(30)")
    started = time.monotonic()
    assert config._keyring("get") is None
    assert time.monotonic() - started < 5
    ask = "import json, sys\ntry:\n    open('/dev/tty')\nexcept OSError:\n    print(json.dumps('no terminal'))"
    monkeypatch.setattr(config, "_KEYRING_CHILD", ask)
    monkeypatch.setattr(config, "KEYRING_SECONDS", 10)
    if sys.platform != "win32":
        assert config._keyring("get") == "no terminal"


@pytest.mark.parametrize(
    ("backend", "place"), [("keyring.backends.null.Keyring", "file"), ("keyring.backends.fail.Keyring", "file")]
)
def test_with_the_real_library_a_backend_that_keeps_nothing_leaves_the_file(monkeypatch, backend, place):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    assert config.store_dsn("postgresql://u:secret@h/d").value == place
    assert json.loads(config.connection_file().read_text())["place"] == place
