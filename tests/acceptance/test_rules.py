"""The rules of behaviour that a user relies on, by the commands, on a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.acceptance.conftest import SHOP, Said
from tests.acceptance.test_errors import is_one_clear_error, rows

NOW = ("--now", "2026-01-02")
CHAIN = """
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL);
CREATE TABLE cities (id serial PRIMARY KEY, country_code char(2) NOT NULL REFERENCES countries, name text NOT NULL);
CREATE TABLE streets (id serial PRIMARY KEY, city_id int NOT NULL REFERENCES cities, name text NOT NULL);
CREATE TABLE tags (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
"""
# A trigger that always refuses: nobody can plan for it.
REFUSING = """
CREATE TABLE kept (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE walled (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE behind (id serial PRIMARY KEY, walled_id int NOT NULL REFERENCES walled);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the wall stands'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON walled FOR EACH ROW EXECUTE FUNCTION refuse();
"""
EVERYTHING = """
SELECT 'customers', array_agg(t::text ORDER BY t.id) FROM customers t
UNION ALL SELECT 'orders', array_agg(t::text ORDER BY t.id) FROM orders t
UNION ALL SELECT 'sequence', array_agg(s::text ORDER BY s::text) FROM pg_sequences s
"""


def everything(dsn: str) -> list[tuple[str, list[str] | None]]:
    """The rows of a shop and the state of its sequences."""
    with psycopg.connect(dsn) as connection:
        return connection.execute(EVERYTHING).fetchall()


def tables_of(said: Said) -> Mapping[str, Mapping[str, object]]:
    return {table["table"]: table for table in json.loads(said.out)["tables"]}


@pytest.fixture
def shop(make_database: Callable[[str], str]) -> str:
    return make_database(SHOP)


def test_a_dry_run_does_it_all_and_leaves_nothing_not_even_in_sequences(seedfast, shop):
    before = everything(shop)
    said = seedfast("seed", "--dsn", shop, "--rows", "12", "--dry-run", "--output", "json")
    assert said.status == 0, said.err
    assert {name: table["inserted"] for name, table in tables_of(said).items()} == {"customers": 12, "orders": 12}
    assert everything(shop) == before
    assert "rolled back" in seedfast("seed", "--dsn", shop, "--dry-run").out


def test_a_dry_run_finds_the_gaps_that_a_run_would_leave(seedfast, make_database):
    dsn = make_database(REFUSING)
    assert seedfast("seed", "--dsn", dsn, "--dry-run").status == 3
    assert rows(dsn, "kept") == 0


def test_sequences_end_past_what_is_stored(seedfast, shop):
    assert seedfast("seed", "--dsn", shop, "--rows", "7").status == 0
    with psycopg.connect(shop) as connection:
        inserted = "INSERT INTO customers (email, created_at) VALUES ('new@example.com', now()) RETURNING id"
        assert connection.execute(inserted).fetchone() == (8,)
        inserted = "INSERT INTO orders (customer_id, total) VALUES (8, 1) RETURNING id"
        assert connection.execute(inserted).fetchone() == (8,)


def test_the_same_seed_and_now_give_the_same_rows_and_another_seed_gives_others(seedfast, make_database):
    filled = []
    for seed in ("7", "7", "8"):
        dsn = make_database(SHOP)
        assert seedfast("seed", "--dsn", dsn, "--seed", seed, *NOW).status == 0
        filled.append(everything(dsn))
    assert filled[0] == filled[1] != filled[2]


# The command on another day: the clock that it reads is set before it starts.
ON_A_DAY = """
import sys
from datetime import datetime
from seedfast.cli import main, options

DAY = sys.argv.pop(1)

class Clock(datetime):
    @classmethod
    def now(cls, zone=None):
        return cls.fromisoformat(DAY).replace(tzinfo=zone)

options.datetime = Clock
main.main()
"""


@pytest.fixture
def on_a_day(environment: Mapping[str, str]) -> Callable[..., Said]:
    """A function that runs the command on the day given."""

    def call(day: str, *arguments: str) -> Said:
        command = [sys.executable, "-W", "error", "-c", ON_A_DAY, day, *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment)
        return Said(done.returncode, done.stdout, done.stderr)

    return call


def test_now_is_the_start_of_the_day_and_pinning_it_gives_the_same_bytes_on_any_day(on_a_day, make_database):
    filled, moments = [], []
    for day, pinned in (
        ("2026-01-02T23:59:59", ()),
        ("2026-01-02T00:00:01", ()),
        ("2027-09-30T12:00:00", NOW),
        ("2027-09-30T12:00:00", ()),
    ):
        dsn = make_database(SHOP)
        said = on_a_day(day, "seed", "--dsn", dsn, "--output", "json", *pinned)
        assert said.status == 0, said.err
        moments.append(json.loads(said.out)["now"][:19])
        filled.append(everything(dsn))
    assert moments == ["2026-01-02T00:00:00"] * 3 + ["2027-09-30T00:00:00"]
    assert filled[0] == filled[1] == filled[2] != filled[3]


def test_only_pulls_in_the_parents_that_it_needs(seedfast, make_database):
    dsn = make_database(CHAIN)
    said = seedfast("seed", "--dsn", dsn, "--rows", "5", "--only", "cities", "--output", "json")
    assert said.status == 0, said.err
    filled = {name: table["inserted"] for name, table in tables_of(said).items() if table["inserted"]}
    assert filled == {"countries": 5, "cities": 5}
    # What is there serves as a parent, so nothing but the table itself is filled now.
    assert seedfast("seed", "--dsn", dsn, "--rows", "6", "--only", "streets").status == 0
    assert [rows(dsn, table) for table in ("countries", "cities", "streets", "tags")] == [5, 5, 6, 0]


def test_what_is_skipped_stays_empty_and_what_needs_it_is_a_named_gap(seedfast, make_database):
    dsn = make_database(CHAIN)
    assert seedfast("seed", "--dsn", dsn, "--skip", "tags", "streets").status == 0
    assert [rows(dsn, table) for table in ("countries", "cities", "streets", "tags")] == [100, 100, 0, 0]
    other = make_database(CHAIN)
    said = seedfast("seed", "--dsn", other, "--skip", "countries", "--output", "json")
    assert said.status == 3, said.err
    assert {name for name, table in tables_of(said).items() if table["status"] == "gap"} == {"cities", "streets"}
    named = {finding["where"] for finding in json.loads(said.out)["findings"] if finding["severity"] == "error"}
    assert named == {"public.cities", "public.streets"}
    assert rows(other, "tags") == 100


def test_only_the_schemas_named_are_filled(seedfast, make_database):
    dsn = make_database("CREATE SCHEMA aside; CREATE TABLE aside.notes (body text); CREATE TABLE notes (body text)")
    assert seedfast("seed", "--dsn", dsn, "--schema", "aside").status == 0
    assert (rows(dsn, "aside.notes"), rows(dsn, "public.notes")) == (100, 0)
    is_one_clear_error(seedfast("seed", "--dsn", dsn, "--schema", "asid"), 2, "SF-SCHEMA-UNKNOWN")


def test_append_adds_rows_that_collide_with_none(seedfast, shop):
    for times in (1, 2, 3):
        # The same seed each time: the values that are there already must not come again.
        assert seedfast("seed", "--dsn", shop, "--append", "--rows", "40", *NOW).status == 0
        assert (rows(shop, "customers"), rows(shop, "orders")) == (40 * times, 40 * times)
    assert seedfast("verify", "--dsn", shop).status == 0


def test_after_a_migration_only_what_is_new_is_filled(seedfast, shop):
    assert seedfast("seed", "--dsn", shop, "--rows", "9").status == 0
    before = everything(shop)
    with psycopg.connect(shop) as connection:
        connection.execute("CREATE TABLE notes (order_id int NOT NULL REFERENCES orders, body text NOT NULL)")
    assert seedfast("seed", "--dsn", shop, "--rows", "9").status == 0
    assert everything(shop) == before and rows(shop, "notes") == 9


def test_a_table_that_nobody_planned_to_fail_is_a_gap_that_says_why(seedfast, make_database):
    dsn = make_database(REFUSING)
    said = seedfast("seed", "--dsn", dsn, "--output", "json")
    assert said.status == 3, said.err
    status = {name: (table["status"], table["inserted"]) for name, table in tables_of(said).items()}
    assert status == {"kept": ("fill", 100), "walled": ("gap", 0), "behind": ("gap", 0)}
    findings = {finding["where"]: finding for finding in json.loads(said.out)["findings"]}
    assert "the wall stands" in findings["public.walled"]["message"] and findings["public.walled"]["hint"]
    assert "walled" in findings["public.behind"]["message"]
    assert rows(dsn, "kept") == 100


def test_strict_makes_a_gap_a_rollback(seedfast, make_database):
    dsn = make_database(REFUSING)
    said = seedfast("seed", "--dsn", dsn, "--strict")
    assert said.status == 6 and "Traceback" not in said.err
    assert "public.walled" in said.err and "the wall stands" in said.err and "hint: " in said.err
    assert rows(dsn, "kept") == 0
    # Also where the gap is known before anything is tried.
    other = make_database(CHAIN)
    is_one_clear_error(seedfast("seed", "--dsn", other, "--strict", "--skip", "countries"), 6, "SF-STRICT")
    assert rows(other, "tags") == 0


def test_what_nobody_can_fill_is_no_gap_and_bookkeeping_is_left_alone(seedfast, make_database):
    dsn = make_database(
        """
        CREATE TABLE kept (id serial PRIMARY KEY);
        CREATE TABLE nothing (id int CHECK (false));
        CREATE TABLE measured (at date) PARTITION BY RANGE (at);
        CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);
        CREATE TABLE schema_migrations (version varchar NOT NULL PRIMARY KEY);
        """
    )
    said = seedfast("seed", "--dsn", dsn, "--strict", "--output", "json")
    assert said.status == 0, said.err
    assert {name: table["status"] for name, table in tables_of(said).items()} == {
        "kept": "fill",
        "nothing": "unfillable",
        "measured": "unfillable",
        "alembic_version": "bookkeeping",
        "schema_migrations": "bookkeeping",
    }
    findings = {finding["where"]: finding["severity"] for finding in json.loads(said.out)["findings"]}
    assert findings["public.nothing"] == findings["public.measured"] == "info"
    assert rows(dsn, "alembic_version") == 0


def test_the_dsn_is_taken_from_the_flag_then_the_environment_then_what_connect_stored(seedfast, make_database):
    flag, own, common, stored = (make_database(SHOP) for _ in range(4))
    assert seedfast("connect", stored).status == 0
    both = {"SEEDFAST_DSN": own, "DATABASE_URL": common}
    assert seedfast("seed", "--rows", "2", "--dsn", flag, **both).status == 0
    assert seedfast("seed", "--rows", "3", **both).status == 0
    assert seedfast("seed", "--rows", "4", DATABASE_URL=common).status == 0
    assert seedfast("seed", "--rows", "5").status == 0
    assert [rows(dsn, "orders") for dsn in (flag, own, common, stored)] == [2, 3, 4, 5]


def test_a_database_that_is_named_like_production_is_refused(seedfast, server, admin_dsn, shop):
    template = conninfo_to_dict(shop)["dbname"]
    name = f"shop_prod_{template}"
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    try:
        dsn = server.dsn(name)
        is_one_clear_error(seedfast("seed", "--dsn", dsn, "--yes"), 5, "SF-GUARD-NAME")
        assert seedfast("plan", "--dsn", dsn).status == 0
        assert rows(dsn, "orders") == 0
        assert seedfast("seed", "--dsn", dsn, "--allow-existing", "--rows", "2").status == 0
        assert rows(dsn, "orders") == 2
    finally:
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def test_what_seedfast_itself_made_does_not_look_like_production(seedfast, shop):
    assert seedfast("seed", "--dsn", shop, "--rows", "6000").status == 0
    assert seedfast("seed", "--dsn", shop, "--append", "--rows", "3").status == 0
    assert (rows(shop, "customers"), rows(shop, "orders")) == (6003, 6003)


def test_verify_finds_a_broken_key_a_broken_check_and_a_sequence_behind(seedfast, shop, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(seedfast("plan", "--dsn", shop, "--rows", "9", "--output", "json").out, "utf-8")
    assert seedfast("seed", "--dsn", shop, "--plan", str(plan)).status == 0
    assert seedfast("verify", "--dsn", shop, "--plan", str(plan)).status == 0
    with psycopg.connect(shop) as connection:
        connection.execute(
            """
            SET session_replication_role = replica;
            UPDATE orders SET customer_id = 4711 WHERE id = 2;
            DELETE FROM orders WHERE id = 3;
            SELECT setval('orders_id_seq', 1);
            ALTER TABLE orders DROP CONSTRAINT orders_total_check;
            UPDATE orders SET total = -1 WHERE id = 5;
            ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID;
            """
        )
    said = seedfast("verify", "--dsn", shop, "--plan", str(plan), "--output", "json")
    assert said.status == 3, said.err
    broken = {(check["promise"], check["name"]): check["breaches"] for check in json.loads(said.out)["checks"]}
    assert broken["foreign key", "orders_customer_id_fkey"] == 1
    assert broken["check", "orders_total_check"] == 1
    assert broken["sequence", "public.orders_id_seq"] > 0
    assert any(promise == "rows" and breaches for (promise, _), breaches in broken.items())
    assert "orders_customer_id_fkey" in seedfast("verify", "--dsn", shop).out


def test_explain_names_a_table_a_column_and_a_code(seedfast, shop):
    table, column = seedfast("explain", "orders", "--dsn", shop), seedfast("explain", "orders.total", "--dsn", shop)
    assert table.status == column.status == 0
    assert "customer_id" in table.out and "orders_total_check" in column.out and "numeric(10,2)" in column.out
    code = seedfast("explain", "SF-TABLE-NO-PARENT")
    assert code.status == 0 and "What to do:" in code.out
    is_one_clear_error(seedfast("explain", "order.total", "--dsn", shop), 2, "SF-TABLE-UNKNOWN")
    is_one_clear_error(seedfast("explain", "orders.totl", "--dsn", shop), 2, "SF-COLUMN-UNKNOWN")
    is_one_clear_error(seedfast("explain", "SF-TABLE-NO-PARENTS"), 2, "SF-CODE-UNKNOWN")


def test_the_plan_is_the_same_each_time_and_only_reads(seedfast, shop):
    before = everything(shop)
    options = ("--dsn", shop, "--rows", "orders=7", "--output", "json", *NOW)
    first, second = seedfast("plan", *options), seedfast("plan", *options)
    assert first.status == 0 and first.out == second.out
    assert everything(shop) == before
    by_name = {table["name"][1]: table for table in json.loads(first.out)["tables"]}
    email = next(column for column in by_name["customers"]["columns"] if column["name"] == "email")
    assert by_name["orders"]["rows"] == 7 and email["generators"][0]["kind"] and "mail" in email["reason"]


def test_an_edited_plan_file_is_done_as_edited(seedfast, shop, tmp_path):
    file = tmp_path / "plan.json"
    plan = json.loads(seedfast("plan", "--dsn", shop, "--rows", "6", "--output", "json").out)
    plan["seed"] = 99
    file.write_text(json.dumps(plan), "utf-8")
    said = seedfast("seed", "--dsn", shop, "--plan", str(file), "--output", "json")
    assert said.status == 0 and json.loads(said.out)["seed"] == 99


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE orders",
        "ALTER TABLE orders ADD COLUMN paid boolean NOT NULL",
        "ALTER TABLE orders ADD CHECK (total > 1000000)",
        "ALTER TABLE customers ALTER COLUMN email TYPE varchar(3)",
        "CREATE UNIQUE INDEX ON orders (customer_id)",
        "INSERT INTO customers (email, created_at) VALUES ('ann@example.com', now())",
    ],
)
def test_a_plan_file_that_no_longer_fits_is_refused(seedfast, shop, tmp_path, change):
    file = Path(tmp_path / "plan.json")
    file.write_text(seedfast("plan", "--dsn", shop, "--output", "json").out, "utf-8")
    with psycopg.connect(shop) as connection:
        connection.execute(change.encode())
    before = rows(shop, "customers")
    is_one_clear_error(seedfast("seed", "--dsn", shop, "--plan", str(file)), 2, "SF-PLAN-MISFIT")
    assert rows(shop, "customers") == before


def test_a_plan_file_that_still_fits_a_changed_schema_is_done(seedfast, shop, tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(seedfast("plan", "--dsn", shop, "--rows", "8", "--output", "json").out, "utf-8")
    with psycopg.connect(shop) as connection:
        connection.execute("CREATE TABLE aside (id int)")
        connection.execute("ALTER TABLE orders ADD COLUMN note text, ADD COLUMN paid boolean NOT NULL DEFAULT false")
    assert seedfast("seed", "--dsn", shop, "--plan", str(file)).status == 0
    assert (rows(shop, "customers"), rows(shop, "orders"), rows(shop, "aside")) == (8, 8, 0)


def test_quiet_says_little_and_the_version_is_said(seedfast, shop):
    assert seedfast("--version").out.startswith("seedfast")
    quiet, verbose = seedfast("seed", "--dsn", shop, "-q", "--dry-run"), seedfast("plan", "--dsn", shop, "-v")
    assert quiet.status == verbose.status == 0
    assert len(quiet.out.splitlines()) <= 3 < len(verbose.out.splitlines())
