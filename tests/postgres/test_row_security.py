"""A role that is subject to policies, lacks privileges or settings: what it gets, and what it is told."""

from __future__ import annotations

from datetime import datetime

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from seedfast import db, pipeline
from seedfast.catalog.introspect import introspect
from seedfast.errors import UsageError

ROLE = "zoo_tenant"
DDL = """
CREATE TABLE notes (id serial PRIMARY KEY, tenant integer NOT NULL, body text NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON notes USING (tenant = nullif(current_setting('app.tenant', true), '')::integer);
GRANT SELECT, INSERT ON notes TO zoo_tenant;
GRANT ALL ON SEQUENCE notes_id_seq TO zoo_tenant;
"""


@pytest.fixture
def role(admin_dsn):
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(ROLE)))
    return ROLE


@pytest.fixture
def as_role(role, make_database):
    """Create a database, and return the DSN of the superuser and the role's."""

    def made(ddl):
        dsn = make_database(ddl)
        return dsn, make_conninfo(dsn, options=f"-c role={role}")

    return made


def seeded(dsn, **wanted):
    request = pipeline.Request(dsn, datetime(2026, 3, 1), **{"rows": 10, **wanted})
    return pipeline.execute(pipeline.prepare(request))


def told(outcome, code):
    """Return the message and hint of the findings of a code."""
    return [f"{finding.message} {finding.hint}" for finding in outcome.findings if finding.code == code]


def test_settings_are_in_force_for_the_run_alone_and_rows_of_two_sessions_stand_side_by_side(as_role):
    owner, dsn = as_role(DDL)
    for tenant in ("4", "7"):
        assert seeded(dsn, session={"app.tenant": tenant}).committed
    with psycopg.connect(owner) as connection:
        counted = connection.execute("SELECT tenant, count(*), min(id) FROM notes GROUP BY 1 ORDER BY 1").fetchall()
    assert counted == [(4, 10, 1), (7, 10, 11)]


def test_a_policy_that_no_row_of_the_session_satisfies_is_named_with_the_setting_that_is_missing(as_role):
    _, dsn = as_role(DDL)
    outcome = seeded(dsn)
    assert [table.status for table in outcome.tables] == ["gap"]
    [never] = told(outcome, "SF-POLICY-UNSATISFIABLE")
    assert "policy of_tenant" in never and "--set" in never
    [unset] = told(outcome, "SF-SETTING-UNSET")
    assert "--set app.tenant=VALUE" in unset


def test_what_postgresql_refuses_by_a_policy_is_told_with_the_policy(as_role):
    _, dsn = as_role(
        """
        CREATE TABLE notes (id serial PRIMARY KEY, body text NOT NULL);
        CREATE FUNCTION fine(notes) RETURNS boolean LANGUAGE sql AS 'SELECT $1.id < 0';
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        CREATE POLICY mysterious ON notes USING (fine(notes.*));
        GRANT SELECT, INSERT ON notes TO zoo_tenant;
        """
    )
    [refused] = told(seeded(dsn), "SF-POLICY-REFUSED")
    assert "policy mysterious: public.fine(notes.*)" in refused


def stamped(stamp):
    """Return the DDL of a table whose trigger stamps its rows with an expression."""
    return f"""
        CREATE TABLE notes (id serial PRIMARY KEY, body text NOT NULL);
        CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.body := {stamp}; RETURN NEW; END $$;
        CREATE TRIGGER stamp BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION stamp();
        """


def test_a_setting_that_a_trigger_reads_is_assumed_until_it_is_given(make_database):
    dsn = make_database(stamped("current_setting('app.tenant')"))
    planned = pipeline.prepare(pipeline.Request(dsn, datetime(2026, 3, 1))).plan
    [unset] = told(planned, "SF-SETTING-UNSET")
    assert "--set app.tenant=VALUE" in unset
    outcome = seeded(dsn)
    assert outcome.gaps == ()
    [assumed] = told(outcome, "SF-SETTING-ASSUMED")
    assert "--set app.tenant=VALUE" in assumed
    given = seeded(dsn, session={"app.tenant": "9"}, append=True)
    assert given.gaps == () and told(given, "SF-SETTING-ASSUMED") == []
    with psycopg.connect(dsn) as connection:
        counted = connection.execute("SELECT body, count(*) FROM notes GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    assert ("9", 10) in counted and len(counted) == 2 and all(body for body, _ in counted)


def test_a_setting_whose_value_nothing_in_the_database_holds_is_asked_for(make_database):
    dsn = make_database(stamped("CASE WHEN md5(current_setting('app.tenant')) = md5('k7:blue') THEN 'ok' END"))
    [refused] = told(seeded(dsn), "SF-TABLE-REFUSED")
    assert "reads settings of the session that it lacks" in refused and "--set app.tenant=VALUE" in refused
    assert seeded(dsn, session={"app.tenant": "k7:blue"}).gaps == ()
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT DISTINCT body FROM notes").fetchall() == [("ok",)]


def test_a_table_that_the_role_may_fill_and_not_see_is_filled_with_a_warning(as_role):
    owner, dsn = as_role(
        """
        CREATE TABLE log (id serial PRIMARY KEY, body text NOT NULL);
        ALTER TABLE log ENABLE ROW LEVEL SECURITY;
        CREATE POLICY adding ON log FOR INSERT WITH CHECK (true);
        GRANT SELECT, INSERT ON log TO zoo_tenant;
        """
    )
    outcome = seeded(dsn)
    assert [(table.status, table.inserted) for table in outcome.tables] == [("fill", 10)]
    [unseen] = told(outcome, "SF-TABLE-UNSEEN")
    assert "no policy lets the role see its rows" in unseen
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT count(*) FROM log").fetchone() == (10,)


def test_a_sequence_that_the_role_may_not_move_is_told(as_role):
    _, dsn = as_role(
        """
        CREATE TABLE pages (id serial PRIMARY KEY, body text NOT NULL);
        GRANT SELECT, INSERT ON pages TO zoo_tenant;
        """
    )
    outcome = seeded(dsn)
    assert outcome.gaps == ()
    assert any("pages_id_seq" in f"{finding.where} {finding.message}" for finding in outcome.findings)


@pytest.mark.parametrize("name", ["timezone", "search_path", "no such thing"])
def test_settings_that_the_server_or_seedfast_refuses(make_database, name):
    with pytest.raises(UsageError) as raised:
        seeded(make_database("CREATE TABLE t (id integer)"), session={name: "1"})
    assert raised.value.code == "SF-SETTING-REFUSED"


def test_the_fingerprint_of_a_structure_is_the_same_for_every_role_and_session(as_role):
    owner, dsn = as_role(DDL)
    found = []
    for where, settings in ((owner, {}), (dsn, {}), (dsn, {"app.tenant": "3"})):
        with db.connect(where) as connection, db.snapshot(connection, settings):
            found.append(introspect(connection))
    assert len({database.fingerprint for database in found}) == 1
    assert [database.tables[0].policies != () for database in found] == [False, True, True]
    assert found[1].tables[0].policies != found[2].tables[0].policies
