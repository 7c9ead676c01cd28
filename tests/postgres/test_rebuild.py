"""Whatever is taken off while rows go in is back afterwards, as it was; whatever might not be stays on."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime

import psycopg
import pyarrow as pa
import pytest
from psycopg.conninfo import make_conninfo

from seedfast import api, db
from seedfast.embedded import wheel_binaries
from seedfast.errors import LoadError
from seedfast.load.load import load
from seedfast.load.rebuild import Rebuild, take_off
from seedfast.load.results import LoadResult
from seedfast.pipeline import LoadMode, execution
from tests.postgres.loading import Tables, ask, plan, public, run, table

NOW = datetime(2026, 1, 1, tzinfo=UTC)

SHOP = """
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    nickname text UNIQUE NULLS DISTINCT DEFERRABLE INITIALLY DEFERRED,
    home_id bigint,
    "Odd ""name" int
);
CREATE UNIQUE INDEX email_folded ON users (lower(email) text_pattern_ops) WITH (fillfactor = 70);
CREATE INDEX "Odd index" ON users ("Odd ""name" DESC NULLS LAST) INCLUDE (email) WHERE "Odd ""name" > 3;
COMMENT ON INDEX "Odd index" IS 'it''s odd \\ and rare';
CREATE INDEX ON users USING hash (email);
CREATE TABLE homes (
    id bigint CONSTRAINT homes_key PRIMARY KEY WITH (fillfactor = 60),
    user_id bigint NOT NULL CONSTRAINT of_user REFERENCES users ON DELETE CASCADE ON UPDATE SET NULL
        DEFERRABLE INITIALLY IMMEDIATE
);
COMMENT ON CONSTRAINT homes_key ON homes IS 'the key';
COMMENT ON CONSTRAINT of_user ON homes IS 'whose';
ALTER TABLE users ADD CONSTRAINT lives_at FOREIGN KEY (home_id) REFERENCES homes ON DELETE SET NULL;
CREATE UNIQUE INDEX also_users ON users (id);
CREATE TABLE badges (code text, holder bigint, number bigint);
CREATE UNIQUE INDEX a_first ON badges (holder, number);
ALTER TABLE badges ADD PRIMARY KEY (number, holder);
CREATE TABLE swipes (
    id bigint PRIMARY KEY, number bigint, holder bigint,
    CONSTRAINT on_the_key FOREIGN KEY (number, holder) REFERENCES badges
);
"""
COUNTS = {"badges": 60, "homes": 60, "swipes": 60, "users": 60}

# By kind: what is added to the shop, and what of it must never have been off.
KEPT = {
    "a view groups by the key": (
        "CREATE VIEW seen AS SELECT id, email FROM users GROUP BY id",
        "users_pkey",
    ),
    "a materialised view groups by the key": (
        "CREATE MATERIALIZED VIEW seen AS SELECT id, user_id, count(*) FROM homes GROUP BY id",
        "homes_key",
    ),
    "rows are identified by an index": (
        """ALTER TABLE users ALTER email SET NOT NULL; CREATE UNIQUE INDEX ident ON users (email);
        ALTER TABLE users REPLICA IDENTITY USING INDEX ident""",
        "ident",
    ),
    "the table is clustered": ("ALTER TABLE users CLUSTER ON users_pkey", "users_pkey"),
    "an index gathers statistics": (
        "CREATE INDEX counted ON users ((length(email))); ALTER INDEX counted ALTER COLUMN 1 SET STATISTICS 500",
        "counted",
    ),
    "a key is not validated": (
        "ALTER TABLE homes ADD CONSTRAINT later FOREIGN KEY (user_id) REFERENCES users NOT VALID",
        "users_pkey",
    ),
    "an exclusion": ("ALTER TABLE homes ADD CONSTRAINT apart EXCLUDE USING btree (id WITH =)", "apart"),
    "a table that inherits points at the key": (
        "CREATE TABLE base (note text); CREATE TABLE heir (user_id bigint REFERENCES users) INHERITS (base)",
        "users_pkey",
    ),
    "a partitioned table points at the key": (
        """CREATE TABLE visits (day date, user_id bigint REFERENCES users) PARTITION BY RANGE (day);
        CREATE TABLE visits_now PARTITION OF visits DEFAULT""",
        "users_pkey",
    ),
    "a foreign key is switched off": ("ALTER TABLE homes DISABLE TRIGGER ALL", "users_pkey"),
    "an index runs a function of the user's": (
        """CREATE FUNCTION short(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT substr($1, 1, 100)';
        CREATE INDEX shortened ON users (short(email))""",
        "shortened",
    ),
}

# By kind: what is added to the shop, so that the indexes of users stay.
LOOKED_INTO = {
    "a rule looks into the table": (
        "CREATE RULE also AS ON INSERT TO badges DO ALSO UPDATE users SET email = email WHERE id = -NEW.holder"
    ),
    "a trigger looks into the table": (
        "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM FROM users WHERE id = NEW.user_id; RETURN NEW; END $$;"
        "CREATE TRIGGER look AFTER INSERT ON homes FOR EACH ROW EXECUTE FUNCTION look()"
    ),
    "a trigger's function calls one that does": (
        "CREATE FUNCTION known(bigint) RETURNS bool LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM users WHERE id = $1)';"
        "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF known(NEW.user_id) THEN RETURN NEW; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER look BEFORE INSERT ON homes FOR EACH ROW EXECUTE FUNCTION look()"
    ),
}

# By kind: what is added to the shop, so that nothing goes off any table.
NOTHING = {
    "an event trigger": (
        "CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        "CREATE EVENT TRIGGER told ON ddl_command_end EXECUTE FUNCTION told()"
    ),
    "a function that makes up its statements": (
        "CREATE FUNCTION made_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " EXECUTE format('SELECT FROM %I', 'us' || 'ers'); RETURN NEW; END $$;"
        "CREATE TRIGGER made_up AFTER INSERT ON homes FOR EACH ROW EXECUTE FUNCTION made_up()"
    ),
}

ROLE = "seedfast_inserter"
OIDS = "SELECT c.relname, c.oid FROM pg_class c WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace"
KEYS = "SELECT conname FROM pg_catalog.pg_constraint WHERE contype IN ('p', 'f') AND conrelid > 16384 ORDER BY 1"


@pytest.fixture
def role(admin_dsn):
    """A role that owns nothing; it stays, since databases of other tests may know it."""
    if not ask(admin_dsn, f"SELECT FROM pg_roles WHERE rolname = '{ROLE}'"):
        run(admin_dsn, f"CREATE ROLE {ROLE}")
    return ROLE


def structure(dsn):
    """The schema as pg_dump writes it, without what differs between two of its runs."""
    dump = subprocess.run(
        [wheel_binaries() / "pg_dump", "--schema-only", dsn], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in dump.splitlines() if "restrict" not in line]


def seed(dsn, **options):
    return api.seed(dsn, **{"now": NOW, "rows": 60, "load": LoadMode.REBUILD, **options})


def codes(outcome):
    return [finding.code for finding in outcome.findings if finding.code.startswith("SF-LOAD")]


def counts(outcome):
    return {table.name.name: table.inserted for table in outcome.tables}


def test_everything_is_back_as_it_was(make_database):
    dsn = make_database(SHOP)
    before, oids = structure(dsn), dict(ask(dsn, OIDS))
    outcome = seed(dsn)
    assert counts(outcome) == COUNTS
    assert codes(outcome) == ["SF-LOAD-REBUILT"]
    assert structure(dsn) == before
    after = dict(ask(dsn, OIDS))
    assert after.keys() == oids.keys()
    # All of them were built anew: else this would test nothing.
    assert not {name for name in oids if oids[name] == after[name]}
    assert api.verify(dsn).ok


def test_the_rows_are_those_of_a_plain_load(make_database):
    rows = "SELECT u.id, u.email, u.nickname, u.home_id, h.user_id FROM users u LEFT JOIN homes h ON h.id = u.home_id"
    held = []
    for mode in (LoadMode.PLAIN, LoadMode.REBUILD):
        dsn = make_database(SHOP)
        seed(dsn, load=mode)
        held.append(sorted(map(repr, ask(dsn, rows))))
    assert held[0] == held[1]
    assert any("None" not in row for row in held[0])


@pytest.mark.parametrize("kind", KEPT)
def test_what_might_not_come_back_stays_on(make_database, kind):
    added, name = KEPT[kind]
    dsn = make_database(SHOP + ";" + added)
    before = structure(dsn)
    tables = [table(public(name), 1, id="bigint") for name in ("users", "homes")]
    with db.connect(dsn) as connection:
        taken = take_off(connection, plan(tables), Rebuild(frozenset(planned.name for planned in tables)))
        assert taken is not None and taken.indexes
        there = {str(row[0]) for row in connection.execute(OIDS.encode())}
        assert name in there
        assert not {index.name for index in taken.indexes} & there
        taken.put_back(connection)
    assert structure(dsn) == before


@pytest.mark.parametrize("kind", LOOKED_INTO)
def test_what_triggers_and_rules_look_into_stays_on(make_database, kind):
    dsn = make_database(SHOP + ";" + LOOKED_INTO[kind])
    oids = dict(ask(dsn, OIDS))
    assert codes(seed(dsn)) == ["SF-LOAD-REBUILT"]
    changed = {name for name, oid in ask(dsn, OIDS) if oids[name] != oid}
    assert not changed & {"users_pkey", "email_folded"}
    assert "homes_key" in changed


@pytest.mark.parametrize("kind", NOTHING)
def test_nothing_is_taken_off_where_that_would_be_noticed(make_database, kind):
    dsn = make_database(SHOP)
    run(dsn, NOTHING[kind])
    oids = ask(dsn, OIDS)
    outcome = seed(dsn)
    assert codes(outcome) == ["SF-LOAD-KEPT"]
    assert counts(outcome) == COUNTS
    assert ask(dsn, OIDS) == oids


def test_a_plain_load_takes_nothing_off(make_database):
    dsn = make_database(SHOP)
    oids = ask(dsn, OIDS)
    assert codes(seed(dsn, load=LoadMode.PLAIN)) == []
    assert ask(dsn, OIDS) == oids


def test_tables_that_hold_rows_keep_their_indexes_and_new_children_lose_theirs(make_database):
    dsn = make_database(
        "CREATE TABLE kinds (id int PRIMARY KEY); INSERT INTO kinds VALUES (1), (2);"
        "CREATE TABLE things (id int PRIMARY KEY, kind_id int NOT NULL REFERENCES kinds)"
    )
    before, oids = structure(dsn), dict(ask(dsn, OIDS))
    assert codes(seed(dsn)) == ["SF-LOAD-REBUILT"]
    after = dict(ask(dsn, OIDS))
    assert after["kinds_pkey"] == oids["kinds_pkey"]
    assert after["things_pkey"] != oids["things_pkey"]
    assert structure(dsn) == before


def test_a_role_that_may_only_insert_loads_plainly(make_database, role):
    dsn = make_database(SHOP)
    run(dsn, f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}")
    oids = ask(dsn, OIDS)
    outcome = seed(make_conninfo(dsn, options=f"-c role={role}"))
    assert counts(outcome) == COUNTS
    assert codes(outcome) == ["SF-LOAD-KEPT"]
    assert ask(dsn, OIDS) == oids


def test_readers_are_not_waited_for_unless_that_is_asked_for(make_database, monkeypatch):
    monkeypatch.setattr("seedfast.pipeline.loading.PAYS_FROM", 10)
    dsn = make_database(SHOP)
    with psycopg.connect(dsn) as reader:
        reader.execute("SELECT FROM users")
        outcome = seed(dsn, load=LoadMode.AUTO)
        assert counts(outcome) == COUNTS
        assert codes(outcome) == []
        run(dsn, "CREATE TABLE more (id int PRIMARY KEY)")
        reader.execute("SELECT FROM more")
        with pytest.raises(LoadError) as caught:
            seed(dsn, lock_timeout_ms=100)
    assert caught.value.code == "SF-LOCK-TIMEOUT"
    assert codes(seed(dsn, load=LoadMode.AUTO)) == ["SF-LOAD-REBUILT"]


REFUSING = {
    "as an index is built": "CREATE UNIQUE INDEX few ON homes ((id % 40))",
    "as rows go in": (
        "CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.id = 50 THEN RAISE 'no'; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER odd BEFORE INSERT ON homes FOR EACH ROW EXECUTE FUNCTION odd()"
    ),
    "at the end": (
        "CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.id = 50 THEN RAISE 'no'; END IF; RETURN NEW; END $$;"
        "CREATE CONSTRAINT TRIGGER odd AFTER INSERT ON homes DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION odd()"
    ),
}


@pytest.mark.parametrize("when", REFUSING)
def test_at_a_refusal_the_load_is_abandoned(make_database, when):
    dsn = make_database(SHOP + ";" + REFUSING[when])
    before = structure(dsn)
    numbers = list(range(1, 61))
    users, homes = (
        table(public("users"), 60, id="bigint", email="text"),
        table(public("homes"), 60, id="bigint", user_id="bigint"),
    )
    rows = Tables(
        {
            users.name: pa.table({"id": numbers, "email": [f"{n}@example.org" for n in numbers]}),
            homes.name: pa.table({"id": numbers, "user_id": numbers}),
        }
    )
    with db.connect(dsn) as connection:
        result = load(connection, plan([users, homes]), rows, rebuild=Rebuild(frozenset({users.name, homes.name})))
        assert result.abandoned
        assert not result.refused
        connection.rollback()
    assert structure(dsn) == before


def test_refused_rows_end_as_they_would_in_a_plain_load(make_database):
    held = []
    for mode in (LoadMode.PLAIN, LoadMode.REBUILD):
        dsn = make_database(SHOP + "; CREATE UNIQUE INDEX few ON homes ((hashtext(id::text) % 40))")
        outcome = seed(dsn, load=mode)
        held.append((counts(outcome), ask(dsn, "SELECT * FROM homes ORDER BY id")))
        assert ("SF-LOAD-ABANDONED" in codes(outcome)) == (mode is LoadMode.REBUILD)
    assert held[0] == held[1]


def test_what_needs_no_more_rows_comes_back_at_once_unless_a_trigger_waits(make_database):
    dsn = make_database(
        "CREATE TABLE parents (id int PRIMARY KEY); CREATE TABLE waiting (id int PRIMARY KEY);"
        "CREATE TABLE children (id int PRIMARY KEY, parent_id int REFERENCES parents, other int REFERENCES waiting);"
        "CREATE FUNCTION fine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER fine AFTER INSERT ON waiting DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION fine()"
    )
    before = structure(dsn)
    tables = [table(public(name), 1, id="int") for name in ("parents", "waiting", "children")]
    there = []
    with db.connect(dsn) as connection, connection.transaction():
        taken = take_off(connection, plan(tables), Rebuild(frozenset(planned.name for planned in tables)))
        assert taken is not None
        connection.execute("INSERT INTO public.waiting VALUES (1)")
        for planned in tables:
            taken.loaded(connection, planned.name)
            there.append([str(row[0]) for row in connection.execute(KEYS)])
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        taken.put_back(connection)
    assert there == [["parents_pkey"], ["parents_pkey"], ["children_parent_id_fkey", "children_pkey", "parents_pkey"]]
    assert structure(dsn) == before


def test_what_does_not_come_back_as_it_was_undoes_the_load(make_database, monkeypatch):
    monkeypatch.setattr("seedfast.load.structure.comments", lambda indexes, foreign_keys: [])
    dsn = make_database(SHOP)
    before = structure(dsn)
    outcome = seed(dsn)
    assert counts(outcome) == COUNTS
    assert codes(outcome) == ["SF-LOAD-ABANDONED"]
    assert structure(dsn) == before


def test_a_session_that_ends_when_a_load_is_given_up_has_lost_its_connection(make_database, monkeypatch):
    def given_up(connection, *_, **__):
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT")
        return LoadResult({}, abandoned="lost connection to parallel worker")

    dsn = make_database("CREATE TABLE things (id int PRIMARY KEY)")
    monkeypatch.setattr(execution, "load", given_up)
    with pytest.raises(LoadError) as failure:
        api.seed(dsn, now=NOW)
    assert "connection" in failure.value.message
    assert ask(dsn, "SELECT count(*) FROM things") == [(0,)]
