import json
from datetime import UTC, datetime

import pytest

from seedfast.diagnostics import Severity
from seedfast.errors import ConnectionFailedError, DeclinedError, LoadError
from seedfast.model.database import Database
from tests.unit.cli.fake import DSN, finding

SEED = ("seed", "--dsn", DSN)


def test_every_option_reaches_the_pipeline(seedfast, fake):
    said = seedfast(
        *SEED, "--rows", "7", "--rows", "users=9", "--seed", "3", "--now", "2026-02-03T04:05:06+01:00",
        "--schema", "public", "--only", "users", "--skip", "countries", "--append", "--strict", "--dry-run", "--yes",
        "--allow-existing", "--lock-timeout", "500ms", "--set", "app.tenant=1", "--set", "app.note=a=b",
    )  # fmt: skip
    assert said.status == 0, said.err
    (request,) = fake.requests
    assert (request.dsn, request.rows, request.table_rows, request.seed) == (DSN, 7, {"users": 9}, 3)
    assert request.now == datetime(2026, 2, 3, 3, 5, 6, tzinfo=UTC)
    assert (request.schemas, request.only, request.skip) == (("public",), ("users",), ("countries",))
    assert request.append and request.strict and request.dry_run and request.allow_existing
    assert request.lock_timeout_ms == 500
    assert request.assigned == (("app.tenant", "1"), ("app.note", "a=b"))


def test_what_is_not_given_has_the_documented_default(seedfast, fake):
    assert seedfast(*SEED).status == 0
    (request,) = fake.requests
    assert (request.rows, request.table_rows, request.seed, request.lock_timeout_ms) == (None, {}, 1, 30_000)
    assert (request.schemas, request.only, request.skip) == ((), (), ())
    now = request.now
    assert (now.hour, now.minute, now.second, now.microsecond, now.tzinfo) == (0, 0, 0, 0, UTC)


@pytest.mark.parametrize(
    "words",
    [("--only", "a", "--only", "b"), ("--only", "a,b"), ("--only", "a", "b"), ("--only=a", "b"), ("--only", "a, b")],
)
def test_selecting_options_take_several_values_in_every_way(seedfast, fake, words):
    assert seedfast(*SEED, *words, "--skip", "c", "--yes").status == 0
    assert (fake.requests[0].only, fake.requests[0].skip) == (("a", "b"), ("c",))


def test_more_hands_are_counted_here_or_on_a_cluster(seedfast, fake):
    assert seedfast(*SEED).status == seedfast(*SEED, "--jobs", "3").status == 0
    assert seedfast(*SEED, "--engine", "dask://head:8786").status == 0
    asked = [(request.jobs, request.scheduler) for request in fake.requests]
    assert asked == [(None, ""), (3, ""), (None, "tcp://head:8786")]
    said = seedfast(*SEED, "--engine", "dask://head:8786", "--jobs", "3")
    assert (said.status, len(fake.requests)) == (2, 3)
    assert "--jobs has a meaning with --engine local only" in said.err


def test_a_comma_within_quotes_belongs_to_the_name(seedfast, fake):
    assert seedfast(*SEED, "--only", 'sales."a, ""b""",c').status == 0
    assert fake.requests[0].only == ('sales."a, ""b"""', "c")


def test_rows_of_a_table_whose_name_has_an_equals_sign(seedfast, fake):
    assert seedfast(*SEED, "--rows", '"a=b"=5', "c=6").status == 0
    assert fake.requests[0].table_rows == {'"a=b"': 5, "c": 6}


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (("--rows", "many"), "--rows"),
        (("--rows", "users=-1"), "--rows"),
        (("--now", "yesterday"), "--now"),
        (("--lock-timeout", "30"), "--lock-timeout"),
        (("--lock-timeout", "99999h"), "--lock-timeout"),
        (("--seed", "x"), "--seed"),
        (("--jobs", "0"), "--jobs"),
        (("--engine", "slurm"), "--engine"),
        (("--nonsense",), "--nonsense"),
        (("stray",), "stray"),
    ],
)
def test_a_wrong_command_line_is_one_error_with_a_hint(seedfast, fake, words, about):
    said = seedfast(*SEED, *words)
    assert (said.status, said.out, fake.requests) == (2, "", [])
    assert about in said.err and "[SF-USAGE]" in said.err and "--help" in said.err


def test_the_json_output_is_one_object_with_the_documented_fields(seedfast, fake):
    said = seedfast(*SEED, "--rows", "5", "--now", "2026-01-02", "--output", "json")
    document = json.loads(said.out)
    assert list(document) == [
        "version", "command", "seed", "now", "fingerprint", "tables", "findings", "seconds", "dry_run", "committed",
    ]  # fmt: skip
    assert document["now"].startswith("2026-01-02T00:00:00")
    assert (document["version"], document["command"], document["seed"], document["seconds"]) == (1, "seed", 1, 0.25)
    assert (document["dry_run"], document["committed"]) == (False, True)
    assert [table["table"] for table in document["tables"]] == ["users", "Orders [old]", "countries"]
    assert document["tables"][2] == {
        "schema": "public", "table": "countries", "existing": 249, "planned": 0, "inserted": 0, "status": "parent",
        "reason": "holds rows already",
    }  # fmt: skip


def test_gaps_end_with_status_3(seedfast, fake):
    fake.gap = True
    fake.findings = (finding(Severity.ERROR),)
    said = seedfast(*SEED, "--output", "json")
    assert said.status == 3
    document = json.loads(said.out)
    assert [table["status"] for table in document["tables"]] == ["fill", "gap", "parent"]
    assert document["findings"] == [
        {
            "code": "SF-ROWS-DIFFER",
            "severity": "error",
            "where": "public.users",
            "message": "Something is [odd].",
            "hint": "Look at it.",
        }
    ]


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (ConnectionFailedError("SF-CONNECT-REFUSED", "No server.", "Start it."), 4),
        (LoadError("SF-LOAD-CHECK", "Refused.", "Skip it."), 6),
        (DeclinedError("SF-GUARD-NAME", "Looks like production.", "Think."), 5),
    ],
)
def test_errors_have_their_status_in_both_outputs(seedfast, fake, failure, status):
    fake.failure = failure
    said = seedfast(*SEED)
    assert (said.status, said.out) == (status, "")
    assert said.err == f"error: {failure.message} [{failure.code}]\nhint: {failure.hint}\n"
    said = seedfast(*SEED, "--output", "json")
    assert said.status == status
    assert json.loads(said.out) == {
        "version": 1,
        "error": {"code": failure.code, "message": failure.message, "hint": failure.hint},
        "exit": status,
    }


def test_a_wrong_command_line_answers_in_json_too(seedfast, fake):
    said = seedfast("seed", "--output", "json", "--rows", "x")
    assert said.status == json.loads(said.out)["exit"] == 2


def test_a_bug_is_one_line_and_a_traceback_only_with_v(seedfast, fake):
    fake.failure = RuntimeError(f"cannot use {DSN}")
    said = seedfast(*SEED)
    assert said.status == 70
    assert "Traceback" not in said.err and "RuntimeError" in said.err and "report" in said.err
    loud = seedfast(*SEED, "-v")
    assert loud.status == 70 and "Traceback" in loud.err
    assert "s3cret-pass" not in said.err + loud.err


def test_ctrl_c_ends_with_130(seedfast, fake):
    fake.failure = KeyboardInterrupt()
    said = seedfast(*SEED)
    assert said.status == 130 and "[SF-INTERRUPTED]" in said.err and "Traceback" not in said.err


def test_a_person_is_shown_the_plan_and_asked(seedfast, fake, person):
    person("\n")
    said = seedfast(*SEED, "--rows", "20")
    assert said.status == 0
    assert "Seed 40 rows into 2 tables of shop? [Y/n]" in said.err
    assert "public.users" in said.out and len(fake.executed) == 1


@pytest.mark.parametrize("typed", ["n\n", "no\n", "what?\n", ""])
def test_anything_but_yes_declines(seedfast, fake, person, typed):
    person(typed)
    said = seedfast(*SEED)
    assert (said.status, fake.executed) == (5, []) and "[SF-DECLINED]" in said.err


@pytest.mark.parametrize("option", ["--yes", "--dry-run"])
def test_there_is_no_question_with_yes_or_where_nothing_stays(seedfast, fake, person, option):
    person("n\n")
    said = seedfast(*SEED, option)
    assert said.status == 0 and "[Y/n]" not in said.err and len(fake.executed) == 1


def test_yes_does_not_talk_the_safeguard_over(seedfast, fake, person):
    fake.refusal = DeclinedError("SF-GUARD-NAME", "Looks like production.", "Repeat with --allow-existing.")
    person("y\n")
    said = seedfast(*SEED, "--yes")
    assert (said.status, fake.executed) == (5, []) and "--allow-existing" in said.err


def test_the_text_names_tables_findings_and_what_the_run_depends_on(seedfast, fake):
    fake.findings = (finding(), finding(Severity.INFO))
    said = seedfast(*SEED, "--rows", "1000", "--now", "2026-01-02")
    assert 'public."Orders [old]"' in said.out and "1,000" in said.out
    assert "Something is [odd]." in said.out and "Look at it." in said.out
    assert "Inserted 2,000 rows in 2 tables of shop in 0.2 s." in said.out
    assert "seed 1" in said.out and "2026-01-02" in said.out and "f" * 32 in said.out.replace("\n", "")
    assert "Notes (1)" in said.out
    quiet = seedfast(*SEED, "-q")
    assert "Notes" not in quiet.out and "Warnings (1)" in quiet.out


def test_a_dry_run_says_that_nothing_stayed(seedfast, fake):
    assert "Dry run: 200 rows in 2 tables of shop in 0.2 s, and rolled back." in seedfast(*SEED, "--dry-run").out


def test_nothing_to_do_is_said(seedfast, fake):
    said = seedfast(*SEED, "--rows", "0")
    assert said.status == 0 and "There is nothing to do in shop" in said.out
    fake.database = Database("empty", 180001, ())
    said = seedfast(*SEED)
    assert said.status == 0 and "no table of empty is visible" in said.out


def test_text_stays_within_80_columns(seedfast, fake, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    fake.findings = (finding(),)
    for command in ("seed", "plan"):
        said = seedfast(command, "--dsn", DSN)
        assert max(map(len, said.out.splitlines())) <= 80
