import json

import pytest

from seedfast import codec
from seedfast.plan.spec import GenerationPlan
from tests.unit.cli.fake import DSN

PLAN = ("plan", "--dsn", DSN, "--now", "2026-01-02")


def test_the_plan_names_every_column_its_generator_parameters_and_reason_in_insertion_order(seedfast, fake):
    said = seedfast(*PLAN, "--rows", "12")
    assert said.status == 0 and fake.executed == []
    text = said.out
    assert text.index("1. public.users: 12 rows") < text.index('2. public."Orders [old]": 12 rows')
    words = " ".join(text.split())
    for word in ("person.email", "max_length=80", "NULL in 2.5 %", "distinct by key users_email_key", "the server"):
        assert word in words
    assert "name and type say e-mail; unique," in words
    assert "public.countries" in words and "holds rows already" in words
    assert "24 rows into 2 tables" in words and "seed 1" in words and "2026-01-02" in words


def test_a_plan_file_comes_back_as_the_same_plan(seedfast, fake, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(seedfast(*PLAN, "--seed", "9", "--output", "json").out, "utf-8")
    plan = codec.decode(GenerationPlan, json.loads(file.read_text("utf-8")))
    said = seedfast("seed", "--dsn", DSN, "--plan", str(file), "--output", "json")
    assert said.status == 0, said.err
    request = fake.requests[-1]
    assert request.plan == plan and request.seed == 9
    assert (request.now.year, request.now.month, request.now.day) == (2026, 1, 2)
    assert json.loads(said.out)["seed"] == 9


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("", "line 1"),
        ("{", "line 1"),
        ("[]", "expected an object"),
        ('{"version": 99}', "version is 99"),
        ('{"version": 1, "sed": 1}', "sed"),
        ("[" * 100_000, "JSON"),
        ('{"version": 1, "seed": "x"}', "$.seed"),
    ],
)
def test_a_malformed_plan_file_is_one_usage_error_that_names_the_place(seedfast, fake, tmp_path, text, about):
    file = tmp_path / "plan.json"
    file.write_text(text)
    said = seedfast("seed", "--dsn", DSN, "--plan", str(file))
    assert (said.status, said.out, fake.requests) == (2, "", [])
    assert "[SF-PLAN-MALFORMED]" in said.err and about in said.err and "seedfast plan --output json" in said.err


def test_a_plan_whose_moment_is_none_is_malformed(seedfast, fake, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(seedfast(*PLAN, "--output", "json").out.replace('"2026-01-02T00:00:00"', '"soon"'))
    said = seedfast("seed", "--dsn", DSN, "--plan", str(file))
    assert said.status == 2 and "soon" in said.err


def test_a_plan_file_that_is_not_there_or_no_text(seedfast, fake, tmp_path):
    said = seedfast("seed", "--dsn", DSN, "--plan", str(tmp_path / "none.json"))
    assert said.status == 2 and "[SF-PLAN-FILE]" in said.err
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe")
    said = seedfast("seed", "--dsn", DSN, "--plan", str(binary))
    assert said.status == 2 and "UTF-8" in said.err


@pytest.mark.parametrize("words", [("--rows", "5"), ("--seed", "2"), ("--now", "2026-01-01"), ("--only", "users")])
def test_what_the_plan_says_already_can_not_be_said_again(seedfast, fake, tmp_path, words):
    file = tmp_path / "plan.json"
    file.write_text(seedfast(*PLAN, "--output", "json").out, "utf-8")
    said = seedfast("seed", "--dsn", DSN, "--plan", str(file), *words)
    assert said.status == 2 and "[SF-PLAN-CONFLICT]" in said.err and words[0] in said.err
