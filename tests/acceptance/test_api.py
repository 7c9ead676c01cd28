"""The library does what the commands do."""

import json
from datetime import UTC, datetime

import pytest

from seedfast import api
from seedfast.errors import SeedfastError
from seedfast.names import QualifiedName
from tests.acceptance.conftest import SHOP
from tests.acceptance.test_errors import rows
from tests.unit.assist import provider as fake

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


def test_what_is_wanted_is_said_in_words(make_database):
    dsn = make_database(SHOP)
    outcome = api.seed(dsn, now=NOW, scope="7 customers with 2 orders each")
    assert (rows(dsn, "customers"), rows(dsn, "orders")) == (7, 14)
    assert not [finding for finding in outcome.findings if finding.code == "SF-SCOPE-WORDS"]
    unclear = api.plan(dsn, now=NOW, scope="frumious customers").findings
    assert [finding.code for finding in unclear] == ["SF-SCOPE-WORDS"]


def test_a_model_is_asked_what_the_words_leave_open(make_database, tmp_path):
    dsn = make_database(SHOP)
    with fake.provider() as provider:
        wish = {"scope": {"rows": {"public.customers": 12}}, "unclear": []}
        provider.say = lambda handler: fake.send(handler, json.dumps(fake.as_openai(wish)).encode())
        model = api.Assist("openai", "m", tmp_path / "seedfast.lock", f"{provider.url}/v1")
        outcome = api.seed(dsn, now=NOW, scope="a frumious dozen of customers", assist=model)
    assert len(provider.heard) == 1 and model.lock.exists()
    assert rows(dsn, "customers") == 12
    assert "SF-ASSIST-HEARD" in {finding.code for finding in outcome.findings}
