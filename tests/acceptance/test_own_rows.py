"""Rows of one's own: what is given is kept, the rest fits, other rows refer to them, and what can't be is refused."""

from __future__ import annotations

import json
from datetime import datetime

import psycopg
import pyarrow as pa
import pytest

from seedfast import api, pipeline
from seedfast.errors import UsageError
from seedfast.generate.engine import Engine
from seedfast.scope.spec import Count, OwnRow, PerParent, ScopeSpec
from tests.conftest import EMBEDDED

# What the rows come to doesn't hang on the version of the server.
pytestmark = pytest.mark.parametrize("server", [EMBEDDED], indirect=True)

NOW = datetime(2026, 3, 1)

TABLES = """
CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE teams (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(4) NOT NULL UNIQUE);
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id bigint NOT NULL REFERENCES teams,
    email text NOT NULL,
    discount percent,
    joined_at timestamptz NOT NULL,
    shown text GENERATED ALWAYS AS (lower(email)) STORED,
    UNIQUE (team_id, id)
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE TABLE orders (
    id serial PRIMARY KEY,
    team_id bigint NOT NULL,
    user_id bigint NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'paid', 'cancelled')),
    cancelled_at timestamptz,
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on > starts_on),
    net numeric(8, 2) NOT NULL,
    tax numeric(8, 2) NOT NULL CHECK (tax >= 0),
    gross numeric(8, 2) NOT NULL,
    FOREIGN KEY (team_id, user_id) REFERENCES users (team_id, id),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK (gross = net + tax)
);
CREATE TABLE visits (team_id bigint REFERENCES teams, day date, note text, PRIMARY KEY (team_id, day));
"""


def own(**tables: list[dict[str, str | None]]) -> ScopeSpec:
    """Rows of one's own, as if from a CSV file for each table."""
    given = {
        table: tuple(OwnRow(row, f"{table}.csv, line {line}") for line, row in enumerate(rows, 2))
        for table, rows in tables.items()
    }
    return ScopeSpec(given=given)


def prepared(dsn: str, scope: ScopeSpec, **wanted: object) -> pipeline.Prepared:
    return pipeline.prepare(pipeline.Request(dsn, NOW, **{"rows": 25, "scope": scope, **wanted}))


def ask(dsn: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(query.encode()).fetchall()


def test_what_is_given_is_kept_and_the_rest_fits(make_database):
    dsn = make_database(TABLES)
    scope = own(
        teams=[{"id": "3", "code": "odd "}],
        users=[
            {"id": "7", "team_id": "3", "email": "Ann@Example.com", "discount": None},
            {"id": "900", "email": "", "joined_at": "infinity"},
        ],
        orders=[
            {"user_id": "7", "status": "cancelled", "ends_on": "2000-02-29"},
            {"team_id": "3", "gross": "100.01"},
            {"user_id": "900", "cancelled_at": "2025-05-05 10:00", "starts_on": "1999-12-31"},
            {"net": "1.10", "gross": "1.10", "user_id": "11"},
        ],
        visits=[{"team_id": "3", "day": "2026-01-01"}, {"day": "2026-01-01"}, {"team_id": "3", "note": "x"}],
    )
    outcome = pipeline.execute(prepared(dsn, scope))
    assert outcome.committed and {table.inserted for table in outcome.tables} == {25}
    assert [finding.code for finding in outcome.findings if finding.code.startswith("SF-OWN")] == []
    assert ask(dsn, "SELECT code FROM teams WHERE id = 3") == [("odd ",)]
    assert ask(dsn, "SELECT team_id, email, discount, shown FROM users WHERE id = 7") == [
        (3, "Ann@Example.com", None, "ann@example.com")
    ]
    assert ask(dsn, "SELECT joined_at::text FROM users WHERE id = 900 AND email = ''") == [("infinity",)]
    first = "SELECT user_id, team_id, status, starts_on < '2000-02-29' FROM orders WHERE ends_on = '2000-02-29'"
    assert ask(dsn, first) == [(7, 3, "cancelled", True)]
    assert ask(dsn, "SELECT team_id, net + tax = 100.01 FROM orders WHERE gross = 100.01") == [(3, True)]
    assert ask(dsn, "SELECT status FROM orders WHERE user_id = 900 AND starts_on = '1999-12-31'") == [("cancelled",)]
    assert ask(dsn, "SELECT tax FROM orders WHERE net = 1.10 AND gross = 1.10 AND user_id = 11") == [(0,)]
    assert ask(dsn, "SELECT count(*) FROM visits WHERE team_id = 3 AND (day = '2026-01-01' OR note = 'x')") == [(2,)]
    # The others count on round the keys that are given.
    assert ask(dsn, "SELECT min(id), max(id) FILTER (WHERE id < 900), count(*) FROM users") == [(1, 24, 25)]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("INSERT INTO teams (code) VALUES ('new')")


def test_what_says_the_same_as_a_given_column_follows_it(make_database):
    dsn = make_database("""
        CREATE TABLE people (
            id int PRIMARY KEY,
            email text NOT NULL UNIQUE CHECK (email ~ '^[^@]+@[^@]+$'),
            first_name text NOT NULL,
            last_name text NOT NULL,
            full_name text
        );
        CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, slug varchar(10) NOT NULL UNIQUE);
    """)
    scope = own(
        people=[{"id": "1", "first_name": "Zoë"}, {"id": "2", "full_name": "Ann O'Hara"}, {"email": "x@y.example"}],
        posts=[{"id": "1", "title": "What's New, Ann?"}, {"id": "2", "title": "What's New, Ann?"}],
    )
    pipeline.execute(prepared(dsn, scope))
    ((email, last, full),) = ask(dsn, "SELECT email, last_name, full_name FROM people WHERE id = 1")
    assert email == f"zoe.{last.lower()}@example.com" and full == f"Zoë {last}"
    assert ask(dsn, "SELECT email, first_name, last_name FROM people WHERE id = 2") == [
        ("ann.ohara@example.com", "Ann", "O'Hara")
    ]
    first, second = (slug for (slug,) in ask(dsn, "SELECT slug FROM posts WHERE id < 3 ORDER BY id"))
    assert first == "whats-new" and second != first


def test_two_runs_are_alike_and_a_plan_holds_the_rows(make_database):
    scope = own(teams=[{"id": "3", "code": "odd"}], users=[{"team_id": "3", "email": "a@b.example"}, {"discount": "7"}])
    first, second, third = (make_database(TABLES) for _ in range(3))
    done = prepared(first, scope)
    pipeline.execute(done)
    pipeline.execute(prepared(second, scope))
    pipeline.execute(pipeline.prepare(pipeline.Request(third, NOW, plan=done.plan)))
    everything = "SELECT u::text, o::text FROM users AS u FULL JOIN orders AS o ON o.user_id = u.id ORDER BY u.id, o.id"
    assert ask(first, everything) == ask(second, everything) == ask(third, everything)
    # No batch decides on a row.
    whole, parts = (Engine(done.plan, done.request.registry, done.stored, done.taken) for _ in range(2))
    for table in done.plan.tables:
        cut = [parts.batch(table.name, start, start + 1) for start in reversed(range(table.rows))]
        assert pa.Table.from_batches(cut[::-1]).equals(pa.Table.from_batches([whole.batch(table.name, 0, table.rows)]))


def test_a_second_run_adds_no_row_twice(make_database):
    dsn = make_database(TABLES)
    scope = own(teams=[{"code": "a"}, {"id": "9", "code": "b"}])
    pipeline.execute(prepared(dsn, scope))
    for append, rows in ((False, 25), (True, 50)):
        again = pipeline.execute(prepared(dsn, scope, append=append, seed=2))
        assert [finding.where for finding in again.findings if finding.code == "SF-OWN-STORED"] == ["public.teams"]
        assert ask(dsn, "SELECT count(*), count(*) FILTER (WHERE code IN ('a', 'b')) FROM teams") == [(rows, 2)]
    changed = own(teams=[{"id": "9", "code": "bb"}])
    said = {finding.code: finding for finding in prepared(dsn, changed, append=True).plan.findings}
    assert "differ in code" in said["SF-OWN-STORED"].message
    other = own(teams=[{"code": "c"}], users=[{"email": "late@example.com"}])
    left_out = prepared(dsn, other)
    assert {f.where for f in left_out.plan.findings if f.code == "SF-OWN-LEFT-OUT"} == {"public.teams", "public.users"}
    pipeline.execute(prepared(dsn, other, append=True, seed=3))
    assert ask(dsn, "SELECT count(*) FROM users, teams WHERE email = 'late@example.com' AND code = 'c'") == [(1,)]


def test_each_parent_has_as_many_rows_as_asked_with_those_given(make_database):
    dsn = make_database("""
        CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users);
        CREATE TABLE lines (order_id int REFERENCES orders, number int, PRIMARY KEY (order_id, number));
    """)
    scope = ScopeSpec(
        given=own(orders=[{"user_id": "7"}, {"id": "900", "user_id": "7"}], lines=[{"order_id": "900"}]).given,
        per_parent=(
            PerParent("orders", "users", Count(2, 4)),
            PerParent("lines", "orders", Count(3, 3)),
        ),
    )
    pipeline.execute(prepared(dsn, scope, rows=10))
    assert ask(dsn, "SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY user_id) AS x") == [(2, 4)]
    assert ask(dsn, "SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM lines GROUP BY order_id) AS x") == [(3, 3)]
    assert ask(dsn, "SELECT user_id FROM orders WHERE id = 900") == [(7,)]


REFUSED = {
    "column": ({"teams": [{"kode": "x"}]}, ["teams.csv, line 2", "kode", "nearest is code"]),
    "type": ({"users": [{"id": "1"}, {"id": "x1"}]}, ["users.csv, line 3", "public.users.id", '"x1"']),
    "domain": ({"users": [{"discount": "101"}]}, ["users.csv, line 2", "percent_check"]),
    "length": ({"teams": [{"code": "too long"}]}, ["teams.csv, line 2", "character varying(4)"]),
    "null": ({"teams": [{"code": None}]}, ["public.teams.code", "NOT NULL"]),
    "generated": ({"users": [{"shown": "x"}]}, ["public.users.shown", "lower(email)"]),
    "twice": (
        {"users": [{"email": "A@b.example"}, {"discount": "1"}, {"email": "a@B.example"}]},
        ["users.csv, line 4", "UNIQUE users_email", "as does users.csv, line 2"],
    ),
    "parent": (
        {"orders": [{"user_id": "99", "team_id": "98"}]},
        ["orders.csv, line 2", "no row of public.users", "orders_team_id_user_id_fkey"],
    ),
    "check": (
        {"orders": [{"status": "paid", "cancelled_at": "2025-01-01"}]},
        ["orders.csv, line 2", "CHECK orders_check", "status 'paid'"],
    ),
    "sum": ({"orders": [{"net": "1", "tax": "1", "gross": "3"}]}, ["orders.csv, line 2", "gross '3.00'"]),
}


def test_what_can_not_be_is_refused_by_name(make_database):
    dsn = make_database(TABLES)
    for case, (rows, named) in REFUSED.items():
        with pytest.raises(UsageError) as caught:
            prepared(dsn, own(**rows))
        assert caught.value.code == "SF-OWN-REFUSED", case
        assert [words for words in named if words not in caught.value.message] == [], f"{case}: {caught.value.message}"


def test_the_command_takes_files_and_the_project(seedfast, make_database, tmp_path, monkeypatch):
    dsn = make_database(TABLES)
    (tmp_path / "seedfast.toml").write_text(
        '[[rows.teams]]\nid = 5\ncode = "x,y"\n[[rows.users]]\nid = 1\nteam_id = 5\ndiscount = { null = true }\n'
    )
    (tmp_path / "more.csv").write_text('id,email,discount\n2,"a,""b""",\n3,"",50\n')
    monkeypatch.chdir(tmp_path)
    said = seedfast("seed", "--dsn", dsn, "--rows", "5", "--include", "public.users=more.csv", "--output", "json")
    assert said.status == 0, said.err
    assert ask(dsn, "SELECT code FROM teams WHERE id = 5") == [("x,y",)]
    assert ask(dsn, "SELECT team_id, discount FROM users WHERE id = 1") == [(5, None)]
    assert ask(dsn, "SELECT id, email, discount FROM users WHERE id IN (2, 3) ORDER BY 1") == [
        (2, 'a,"b"', None),
        (3, "", 50),
    ]
    assert {table["inserted"] for table in json.loads(said.out)["tables"]} == {5}
    (tmp_path / "more.csv").write_text("id\n2,3\n")
    said = seedfast("plan", "--dsn", dsn, "--include", "users=more.csv")
    assert said.status == 2 and "more.csv, line 2" in said.err and "SF-OWN-FILE" in said.err


def test_a_row_that_a_trigger_leaves_out_rolls_everything_back_and_one_that_it_changes_is_told(make_database):
    dsn = make_database("""
        CREATE TABLE notes (id int PRIMARY KEY, body text NOT NULL);
        CREATE FUNCTION leave_out() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN NEW.body := trim(NEW.body); IF NEW.id = 500 THEN RETURN NULL; END IF; RETURN NEW; END $$;
        CREATE TRIGGER leave_out BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION leave_out();
    """)
    with pytest.raises(Exception, match=r"notes.csv, line 3: PostgreSQL did not take this row") as caught:
        pipeline.execute(prepared(dsn, own(notes=[{"id": "400"}, {"id": "500"}])))
    assert caught.value.exit_status == 6
    assert ask(dsn, "SELECT count(*) FROM notes") == [(0,)]
    outcome = api.seed(dsn, now=NOW, rows=5, own_rows={"notes": [{"id": 400, "body": " a "}]})
    assert [finding.where for finding in outcome.findings if finding.code == "SF-OWN-CHANGED"] == ["public.notes"]
    assert ask(dsn, "SELECT body FROM notes WHERE id = 400") == [("a",)]
