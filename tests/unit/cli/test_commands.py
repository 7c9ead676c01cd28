import json
import subprocess
import sys

import pytest

from seedfast import __version__, config
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import ConnectionFailedError
from seedfast.verify.results import CheckResult, Promise, Verification
from tests.unit.cli.fake import DSN, USERS


def test_the_version_needs_nothing_heavy():
    heavy = "numpy pyarrow psycopg rich keyring seedfast.pipeline"
    program = (
        "import sys\nfrom seedfast.cli.main import run\nstatus = run(['--version'])\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])\nsys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == f"seedfast {__version__}\n[]\n"


@pytest.mark.parametrize("command", ["connect", "seed", "plan", "explain", "verify", "demo"])
def test_every_command_has_help(seedfast, command):
    said = seedfast(command, "--help")
    assert said.status == 0 and f"Usage: seedfast {command}" in said.out


def test_no_command_shows_the_help_and_is_a_usage_error(seedfast):
    said = seedfast()
    assert said.status == 2 and "Commands:" in said.err


def test_without_a_database_the_error_says_how_to_name_one(seedfast, fake):
    said = seedfast("seed")
    assert said.status == 2
    assert "[SF-DSN-MISSING]" in said.err and "SEEDFAST_DSN" in said.err and "seedfast connect" in said.err


def test_the_dsn_is_taken_in_the_documented_order(seedfast, fake, monkeypatch):
    monkeypatch.setattr(config, "_keyring", lambda action, secret="": None)
    config.store_dsn("postgresql://h/stored")
    assert seedfast("plan").status == 0
    monkeypatch.setenv("DATABASE_URL", "postgresql://h/url")
    assert seedfast("plan").status == 0
    monkeypatch.setenv("SEEDFAST_DSN", "postgresql://h/variable")
    assert seedfast("plan").status == 0
    assert seedfast("plan", "--dsn", "postgresql://h/flag").status == 0
    assert [request.dsn.rpartition("/")[2] for request in fake.requests] == ["stored", "url", "variable", "flag"]


def test_connect_says_what_is_there_and_stores_the_dsn_without_showing_it(seedfast, fake, monkeypatch, own_folders):
    monkeypatch.setattr(config, "_keyring", lambda action, secret="": None)
    said = seedfast("connect", DSN)
    assert said.status == 0, said.err
    assert "ann@db.example:5433/shop" in said.out and "18.1" in said.out
    words = " ".join(said.out.split())
    assert "public 3 tables" in words and '"Sales Dept" 1 table' in words
    assert str(own_folders / "connection.json") in said.out.replace("\n", "")
    assert "s3cret-pass" not in said.out + said.err
    assert seedfast("plan").status == 0 and fake.requests[-1].dsn == DSN
    assert "Removed" in seedfast("connect", "--forget").out
    assert "no stored DSN" in seedfast("connect", "--forget").out
    assert seedfast("plan").status == 2


def test_connect_stores_nothing_where_the_connection_fails(seedfast, fake, own_folders):
    fake.survey_error = ConnectionFailedError("SF-CONNECT-PASSWORD", f"no entry for {DSN}", "Check.")
    said = seedfast("connect", DSN)
    assert said.status == 4 and "s3cret-pass" not in said.err
    assert not own_folders.exists()


def test_connect_takes_the_dsn_from_the_environment_or_a_person(seedfast, fake, monkeypatch, person):
    monkeypatch.setattr(config, "_keyring", lambda action, secret="": None)
    assert "[SF-DSN-MISSING]" in seedfast("connect").err
    monkeypatch.setenv("DATABASE_URL", DSN)
    assert seedfast("connect").status == 0
    monkeypatch.delenv("DATABASE_URL")
    person("")
    monkeypatch.setattr("click.prompt", lambda *words, hide_input, **more: DSN if hide_input else None)
    said = seedfast("connect")
    assert said.status == 0 and "s3cret-pass" not in said.out + said.err


def test_a_dsn_where_none_belongs_is_not_echoed_with_its_password(seedfast, fake):
    said = seedfast("seed", DSN)
    assert said.status == 2 and "s3cret-pass" not in said.err
    said = seedfast("seed", f"--dns={DSN}", "--output", "json")
    assert said.status == 2 and "s3cret-pass" not in said.err + said.out


def test_explain_a_code_needs_no_database(seedfast):
    said = seedfast("explain", "sf-table-unknown")
    assert said.status == 0 and "SF-TABLE-UNKNOWN" in said.out and "What to do" in said.out
    said = seedfast("explain", "SF-TABLE-UNKNWON")
    assert said.status == 2 and "SF-TABLE-UNKNOWN" in said.err


def test_explain_a_table(seedfast, fake):
    fake.findings = (Finding("SF-CHECK-OPAQUE", Severity.INFO, "public.users: users_email_check", "Not understood."),)
    said = seedfast("explain", "users", "--dsn", DSN)
    words = " ".join(said.out.split())
    assert said.status == 0, said.err
    for part in (
        "PRIMARY KEY (id)",
        "CHECK ((length(email) > 3))",
        "person.email",
        "u4@example.org",
        "Not understood.",
    ):
        assert part in words


@pytest.mark.parametrize("written", ["users.email", "public.users.email", 'public.users."email"'])
def test_explain_a_column(seedfast, fake, written):
    said = seedfast("explain", written, "--dsn", DSN)
    words = " ".join(said.out.split())
    assert said.status == 0, said.err
    for part in (
        "public.users.email text",
        "Where to write to",
        "NOT NULL",
        "users_email_check",
        "unique, so built by",
    ):
        assert part in words
    assert "PRIMARY KEY" not in words


@pytest.mark.parametrize(
    ("written", "code", "near"),
    [
        ("usres", "SF-TABLE-UNKNOWN", "users"),
        ("usres.email", "SF-TABLE-UNKNOWN", "users"),
        ("users.emial", "SF-COLUMN-UNKNOWN", "email"),
    ],
)
def test_explain_what_is_not_there_offers_the_nearest_name(seedfast, fake, written, code, near):
    said = seedfast("explain", written, "--dsn", DSN)
    assert said.status == 2 and f"[{code}]" in said.err and near in said.err.partition("hint:")[2]


def test_verify_tells_what_is_kept_and_broken(seedfast, fake):
    good = CheckResult(Promise.FOREIGN_KEY, USERS, "users_boss", 0)
    bad = CheckResult(Promise.CHECK, USERS, "users_email_check", 7)
    fake.verification = Verification((good,))
    said = seedfast("verify", "--dsn", DSN, "--schema", "a,b")
    assert said.status == 0 and "Every promise is kept." in said.out
    assert fake.checked == [(DSN, ("a", "b"), None)]
    fake.verification = Verification((good, bad), (Finding("SF-VERIFY-CHECK", Severity.ERROR, "x", "7 rows", ""),))
    said = seedfast("verify", "--dsn", DSN)
    assert said.status == 3 and "users_email_check" in said.out and "SF-VERIFY-CHECK" in said.out
    said = seedfast("verify", "--dsn", DSN, "--output", "json")
    document = json.loads(said.out)
    assert said.status == 3 and document["ok"] is False
    assert [(check["promise"], check["breaches"], check["kept"]) for check in document["checks"]] == [
        ("foreign key", 0, True),
        ("check", 7, False),
    ]


def test_verify_holds_the_rows_against_a_plan(seedfast, fake, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(seedfast("plan", "--dsn", DSN, "--rows", "8", "--output", "json").out, "utf-8")
    assert seedfast("verify", "--dsn", DSN, "--plan", str(file)).status == 0
    assert fake.checked[0][2][USERS] == 8


def test_a_reader_that_leaves_early_is_no_error():
    program = "from seedfast.cli.main import main; import sys; sys.argv = ['seedfast', 'explain', 'SF-BUG']; main()"
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stderr is not None
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), err) == (0, "")
