"""A model is asked, answers well, badly or not at all, and can do no more than a stranger's file could."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedfast.assist import ask, payload
from seedfast.assist.ground import text_kind
from seedfast.assist.settings import Assist
from seedfast.diagnostics import Finding
from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.pipeline import assisting
from seedfast.pipeline.request import Request
from seedfast.scope.interpret import Reading, interpret
from seedfast.scope.spec import Count
from tests.unit.assist import provider as fake
from tests.unit.assist.provider import Provider
from tests.unit.plan.written import NOW, registry, table

KEY = "key-that-nobody-may-see-4711"
WORDS = "20 orders of zorbly customers"

SHOP = Database(
    "shop",
    150000,
    (
        table("customers", "id int!", "name text!", "tier text! = basic|zorb"),
        table("orders", "id int!", "customer_id int! -> customers", "state text!", "grommet text!"),
    ),
)
GOOD: dict[str, Any] = {
    "scope": {"shares": [{"table": "public.customers", "column": "tier", "values": {"zorb": 1000}}]},
    "unclear": [],
}


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("SEEDFAST_ASSIST_KEY", KEY)
    with fake.provider() as one:
        yield one


def settings(served: Provider, folder: Path, **other: Any) -> Assist:
    path = "" if other.get("provider") == "anthropic" else "/v1"
    given = {"provider": "openai", "model": "m", "timeout": 5, "base_url": served.url + path, **other}
    return Assist(lock=folder / "seedfast.lock", **given)


def understood(assist: Assist, database: Database = SHOP, words: str = WORDS) -> tuple[Reading, tuple[Finding, ...]]:
    reading = interpret(words, database, now=NOW, packs=registry().packs)
    request = Request(dsn="", now=NOW, words=words, assist=assist)
    return assisting.understood(reading, words, request, database, NOW)


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {one.code for one in findings}


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_what_was_left_over_is_understood_and_what_was_understood_stays(
    served: Provider, tmp_path: Path, protocol: str
) -> None:
    served.answers({"scope": {**GOOD["scope"], "rows": {"public.orders": 7}}, "unclear": []})
    reading, findings = understood(settings(served, tmp_path, provider=protocol))
    assert reading.spec.rows == {"public.orders": Count(20, 20)}
    assert [(one.column, one.values) for one in reading.spec.shares] == [("tier", {"zorb": 1000})]
    assert reading.unused == ()
    assert codes(findings) == {"SF-ASSIST-HEARD", "SF-ASSIST-SCOPE"}
    assert any("120 tokens in, 30 out" in one.message for one in findings)
    assert KEY in served.keys[0]


def test_words_that_are_understood_ask_nobody(served: Provider, tmp_path: Path) -> None:
    understood(settings(served, tmp_path), words="20 orders")
    assert served.heard == []


def test_what_is_shown_is_what_is_sent(served: Provider, tmp_path: Path) -> None:
    served.answers(GOOD)
    assist = settings(served, tmp_path)
    question = payload.for_scope(WORDS, ["zorbly"], SHOP.tables, now=NOW, send=assist.send)
    shown = ask.request_of(question, assist)
    assert served.heard == []
    ask.ask(question, assist, KEY)
    first, _, body = shown.partition("\n\n")
    assert first == f"POST {served.url}/v1/chat/completions"
    assert json.loads(body) == json.loads(served.heard[0])
    assert KEY not in shown


# --- replies that are no good ---------------------------------------------------------------------------------------


def garbage(handler: Any) -> None:
    fake.send(handler, b"\x00<html>not json")


def truncated(handler: Any) -> None:
    fake.send(handler, json.dumps(fake.as_openai(GOOD)).encode()[:200])


def telling(handler: Any) -> None:
    fake.send(handler, f'{{"error": {{"message": "no such key: {KEY}"}}}}'.encode(), 401)


def elsewhere(handler: Any) -> None:
    handler.send_response(307)
    handler.send_header("location", "http://127.0.0.1:1/v1/chat/completions")
    handler.end_headers()


def packed(handler: Any) -> None:
    handler.send_response(200)
    handler.send_header("content-encoding", "gzip")
    handler.end_headers()


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (garbage, ""),
        (truncated, ""),
        (telling, "status 401"),
        (elsewhere, ""),
        (packed, "packed"),
        (fake.endless, "larger than 1,048,576 bytes"),
        (fake.silent, "in time"),
        (fake.dripping, "in time"),
    ],
)
def test_without_an_answer_the_plan_is_the_one_made_offline(
    served: Provider, tmp_path: Path, behaviour: fake.Behaviour, says: str
) -> None:
    served.say = behaviour
    offline = interpret(WORDS, SHOP, now=NOW, packs=registry().packs)
    assist = replace(settings(served, tmp_path), timeout=1)
    understood(assist)  # the client library is imported once; the time that takes isn't the provider's
    begun = time.monotonic()
    reading, findings = understood(assist)
    assert time.monotonic() - begun < 4
    assert reading == offline
    assert codes(findings) == {"SF-ASSIST-UNHEARD"}
    assert says in findings[0].message
    assert KEY not in repr(findings)
    assert not assist.lock.exists()


@pytest.mark.parametrize(
    "answer",
    [
        {"scope": "drop table customers", "unclear": []},
        {"scope": {"only": ["pg_catalog.pg_authid"]}, "unclear": []},
        {"scope": {"skip": ["public.secrets"]}, "unclear": []},
        {"scope": {"rows": {"public.orders": 10**12}}, "unclear": []},
        {"scope": {"text": "x", "given": {"public.customers": [{"name": "Mallory"}]}}, "unclear": []},
        {"scope": {"shares": [{"table": "public.customers", "column": "password", "values": {"x": 1000}}]}},
        {"scope": {"shares": [{"table": "public.customers", "column": "tier", "values": {"a\x1b[2J": 1000}}]}},
        {"scope": {"periods": [{"start": "2030", "end": "now(); DROP TABLE"}]}, "unclear": "all"},
    ],
)
def test_a_hostile_answer_gains_nothing(served: Provider, tmp_path: Path, answer: Any) -> None:
    served.answers(answer)
    before = interpret(WORDS, SHOP, now=NOW, packs=registry().packs)
    reading, _ = understood(settings(served, tmp_path))
    assert reading == before


def test_a_wish_that_is_wrong_takes_no_other_with_it(served: Provider, tmp_path: Path) -> None:
    served.answers({"scope": {**GOOD["scope"], "only": ["public.secrets"]}, "unclear": []})
    reading, findings = understood(settings(served, tmp_path))
    assert [one.column for one in reading.spec.shares] == ["tier"]
    assert "SF-ASSIST-REFUSED" in codes(findings)


def test_tables_that_the_request_leaves_out_are_neither_shown_nor_let_in(served: Provider, tmp_path: Path) -> None:
    served.answers(GOOD)
    reading = interpret(WORDS, SHOP, now=NOW, packs=registry().packs)
    request = Request(dsn="", now=NOW, words=WORDS, skip=("customers",), assist=settings(served, tmp_path))
    after, _ = assisting.understood(reading, WORDS, request, SHOP, NOW)
    assert b"tier" not in served.heard[0]
    assert after.spec == reading.spec


def test_a_question_beyond_the_budget_is_not_asked(served: Provider, tmp_path: Path) -> None:
    _, findings = understood(settings(served, tmp_path, budget=50))
    assert served.heard == []
    assert "budget" in findings[0].message


def test_without_a_key_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "SEEDFAST_ASSIST_KEY"):
        monkeypatch.delenv(name, raising=False)
    _, findings = understood(Assist("openai", "m", tmp_path / "seedfast.lock"))
    assert "no key" in findings[0].message


# --- the lock -------------------------------------------------------------------------------------------------------


def test_a_lock_answers_for_the_model_until_what_it_rests_on_changes(served: Provider, tmp_path: Path) -> None:
    served.answers(GOOD)
    assist = settings(served, tmp_path)
    first, _ = understood(assist)
    text = assist.lock.read_text()
    assert KEY not in text
    again, findings = understood(replace(assist, base_url="http://127.0.0.1:1", frozen=True))
    assert again == first
    assert codes(findings) == {"SF-ASSIST-SCOPE"}
    assert assist.lock.read_text() == text
    unnamed = replace(SHOP, tables=(SHOP.tables[0], table("orders", "id int!", "state int!", "grommet text!")))
    understood(replace(assist, frozen=True), unnamed)
    named = replace(SHOP, tables=(table("customers", "id int!", "tier int!"), SHOP.tables[1]))
    with pytest.raises(UsageError) as refused:
        understood(replace(assist, frozen=True), named)
    assert refused.value.code == "SF-ASSIST-LOCK"
    assert len(served.heard) == 1


def test_a_lock_that_somebody_wrote_by_hand_is_held_against_the_schema(served: Provider, tmp_path: Path) -> None:
    served.answers(GOOD)
    assist = settings(served, tmp_path)
    understood(assist)
    assist.lock.write_text(assist.lock.read_text().replace("public.customers", "public.nowhere"))
    understood(assist)
    assert len(served.heard) == 2


@pytest.mark.parametrize("text", ["", "[]", '{"version": 99}', "[" * 100_000])
def test_a_lock_that_is_none_is_named(served: Provider, tmp_path: Path, text: str) -> None:
    assist = settings(served, tmp_path)
    assist.lock.write_text(text)
    with pytest.raises(UsageError) as refused:
        understood(assist)
    assert refused.value.code == "SF-ASSIST-LOCK"


# --- meanings -------------------------------------------------------------------------------------------------------


def meanings(assist: Assist, database: Database = SHOP) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    request = Request(dsn="", now=NOW, assist=assist)
    held, findings = assisting.meanings(request, database, lambda holds: text_kind(registry(), holds), NOW)
    return dict(held), findings


def test_columns_whose_names_say_nothing_are_asked_for_and_a_changed_one_alone_is_asked_for_again(
    served: Provider, tmp_path: Path
) -> None:
    served.answers({"columns": [{"table": "public.orders", "column": "grommet", "values": ["Brass", "Steel"]}]})
    assist = settings(served, tmp_path)
    held, _ = meanings(assist)
    assert held == {"public.orders.grommet": {"values": ["Brass", "Steel"]}}
    text = assist.lock.read_text()
    assert meanings(replace(assist, frozen=True))[0] == held
    wider = table("orders", "id int!", "customer_id int! -> customers", "state text!", "grommet text!", "zibble text")
    again, _ = meanings(assist, replace(SHOP, tables=(SHOP.tables[0], wider)))
    asked = json.loads(json.loads(served.heard[1])["messages"][1]["content"])["columns"]
    assert asked == {"public.orders": {"zibble": "text"}}
    assert again == held
    assert assist.lock.read_text() != text


@pytest.mark.parametrize(
    "one",
    [
        {"table": "public.customers", "column": "name", "values": ["Ann", "Bo"]},
        {"table": "public.orders", "column": "grommet", "kind": "no.such"},
        {"table": "public.orders", "column": "grommet", "values": ["one"]},
        {"table": "public.orders", "column": "grommet", "values": ["x" * 5000, "y"]},
        {"table": "public.orders", "column": "grommet", "values": [{"a": 1}, 2]},
        {"table": ["public.orders"], "column": "grommet", "kind": "person.job"},
        "public.orders.grommet",
    ],
)
def test_what_nobody_asked_for_or_no_file_may_say_is_refused(served: Provider, tmp_path: Path, one: Any) -> None:
    served.answers({"columns": [one]})
    held, findings = meanings(settings(served, tmp_path))
    assert held == {}
    assert "SF-ASSIST-REFUSED" in codes(findings) or "SF-ASSIST-UNHEARD" in codes(findings)
