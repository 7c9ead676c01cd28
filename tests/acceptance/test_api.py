"""The library does what the commands do."""

from datetime import UTC, datetime

import pytest

from seedfast import api
from seedfast.errors import SeedfastError
from seedfast.names import QualifiedName
from tests.acceptance.conftest import SHOP
from tests.acceptance.test_errors import rows

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path):
    monkeypatch.setenv("SEEDFAST_STATE_DIR", str(tmp_path / "state"))


def test_inspect_plan_seed_and_verify(make_database):
    dsn = make_database(SHOP)
    assert api.inspect(dsn).schemas == {"public": 2}
    plan = api.plan(dsn, now=NOW, rows=8, table_rows={"orders": 9})
    assert rows(dsn, "orders") == 0
    outcome = api.seed(dsn, now=NOW, plan=plan)
    assert outcome.committed and outcome.plan == plan
    assert (rows(dsn, "customers"), rows(dsn, "orders")) == (8, 9)
    assert api.verify(dsn, planned={QualifiedName("public", "orders"): 9}).ok
    assert not api.verify(dsn, planned={QualifiedName("public", "orders"): 10}).ok


def test_errors_are_ours():
    with pytest.raises(SeedfastError) as caught:
        api.inspect("postgresql://127.0.0.1:1/shop")
    assert caught.value.exit_status == 4
