"""What may cross: metadata alone, less of it than there is, and nothing that looks like anybody's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedfast.assist import payload
from seedfast.assist.redact import redacted
from seedfast.assist.settings import SENDABLE, key, read
from seedfast.errors import UsageError
from tests.unit.plan.written import NOW, table

PLANTED = (
    "ann.other@corp.example",
    "+1 (415) 555-0142",
    "4111 1111 1111 1111",
    "078-05-1120",
    "DE89 3704 0044 0532 0130 00",
    "sk-live-4eC39HqLyjWDarjtT1zdp7dc",
    "AKIAIOSFODNN7EXAMPLE",
    "postgresql://root:hunter22@db.internal/prod",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
)


@pytest.mark.parametrize("planted", PLANTED)
def test_what_looks_like_somebodys_own_is_masked_within_any_text(planted: str) -> None:
    for text in (planted, f"see {planted}, please", f"('{planted}'::text)", f"x={planted}\n"):
        assert planted not in redacted(text)
    assert "hunter22" not in redacted("password: hunter22")


@pytest.mark.parametrize(
    "text",
    [
        "public.order_items",
        "character varying(255) NOT NULL",
        "numeric(12,2)",
        "reset_token",
        "timestamp with time zone",
        "address_line_1_of_the_customer_at_home",
        "Tokens are counted per call",
        "((price > (0)::numeric))",
    ],
)
def test_names_and_types_are_left_as_they_are(text: str) -> None:
    assert redacted(text) == text


def test_comments_defaults_and_conditions_stay_here_unless_each_is_allowed() -> None:
    one = table("orders", "id int!", "state text! = open|OTTO-ONLY")
    columns = tuple(replace(column, comment="ZENO-ONLY", default="'DORA-ONLY'::text") for column in one.columns)
    tables = [replace(one, columns=columns, comment="TABEA-ONLY")]
    signs = {"comments": ("ZENO-ONLY", "TABEA-ONLY"), "defaults": ("DORA-ONLY",), "literals": ("OTTO-ONLY",)}
    for allowed in ((), *((name,) for name in SENDABLE), SENDABLE):
        prompt = payload.for_scope("orders", [], tables, now=NOW, send=allowed).prompt
        for name, words in signs.items():
            assert all((word in prompt) == (name in allowed) for word in words), (allowed, name)


def test_the_sentence_is_masked_too() -> None:
    prompt = payload.for_scope(f"orders of {PLANTED[0]}", [PLANTED[0]], [], now=NOW, send=()).prompt
    assert PLANTED[0] not in prompt


def test_a_project_that_names_an_address_gets_no_providers_key() -> None:
    environ = {"OPENAI_API_KEY": "the-provider's", "SEEDFAST_ASSIST_KEY": "for-that-address"}
    section = {"provider": "openai", "model": "m"}
    plain = read(section, None, Path())
    elsewhere = read({**section, "base_url": "https://models.example/v1"}, None, Path())
    assert plain is not None
    assert elsewhere is not None
    assert key(plain, environ) == "the-provider's"
    assert key(elsewhere, environ) == "for-that-address"
    assert key(elsewhere, {"OPENAI_API_KEY": "the-provider's"}) is None


def test_a_flag_names_another_provider_or_none() -> None:
    section = {"provider": "openai", "model": "m", "base_url": "https://models.example/v1"}
    other = read(section, "anthropic:claude", Path())
    assert other is not None
    assert (other.name, other.base_url) == ("anthropic:claude", None)
    assert read(section, "off", Path()) is None
    assert read(None, None, Path()) is None


@pytest.mark.parametrize(
    "section",
    [
        {"provider": "nobody", "model": "m"},
        {"provider": "openai"},
        {"provider": "openai", "model": "m", "api_key": "x"},
        {"provider": "openai", "model": "m", "base_url": "https://user:pw-4711@models.example"},
        {"provider": "openai", "model": "m", "base_url": "https://models.example/?key=pw-4711"},
        {"provider": "openai", "model": "m", "base_url": "file:///etc/passwd"},
        {"provider": "openai", "model": "m", "send": ["rows"]},
        {"provider": "openai", "model": "m", "timeout": 0},
        {"provider": "openai", "model": "m", "budget": True},
    ],
)
def test_settings_that_cannot_be_meant_are_named(section: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        read(section, None, Path())
    assert refused.value.code == "SF-ASSIST-SETTING"
    assert "pw-4711" not in refused.value.message + refused.value.hint
