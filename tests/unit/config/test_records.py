import stat

import pytest

from seedfast import records
from seedfast.names import QualifiedName
from seedfast.records import Target

HERE = Target("db.example", 5432, "shop", 16_384)
USERS = QualifiedName("public", "Users é")


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def test_rows_add_up_over_runs_and_a_database_made_anew_starts_from_nothing():
    assert records.made_rows(HERE) == {}
    assert records.record(HERE, {USERS: 5})
    assert records.record(HERE, {USERS: 7, QualifiedName("s", "t"): 0})
    assert records.made_rows(HERE) == {USERS: 12}
    for other in (Target("db2", 5432, "shop", 16_384), Target("db.example", 5432, "shop", 16_385)):
        assert records.made_rows(other) == {}


def test_the_file_is_private(folder):
    records.record(HERE, {USERS: 5})
    (file,) = (folder / "records").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', '{"version": 1, "target": {}, "tables": 3}'])
def test_a_damaged_file_counts_as_none_and_is_written_anew(folder, damage):
    records.record(HERE, {USERS: 5})
    (file,) = (folder / "records").iterdir()
    file.write_text(damage)
    assert records.made_rows(HERE) == {}
    assert records.record(HERE, {USERS: 3}) and records.made_rows(HERE) == {USERS: 3}


def test_a_folder_that_can_not_be_written_is_said_and_stops_nothing(folder):
    folder.write_text("a file where the folder would be")
    assert not records.record(HERE, {USERS: 5})
    assert records.made_rows(HERE) == {}
