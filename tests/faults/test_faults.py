"""Whatever strikes a run in mid-load, the database is as it was, and the message says what happened and what to do."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.faults.conftest import LEDGER, wait_until

ROWS = ("--rows", "400000")
# Many small tables: between two of them the session is idle in its transaction for a moment.
MANY = "\n".join(f"CREATE TABLE t{n} (id bigserial PRIMARY KEY, name text NOT NULL);" for n in range(150))
WRITING = """
SELECT pid, state, client_port FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL
"""


def expect_rolled_back(outcome, *causes):
    """The run ended with the status of a failed load, named one of the causes, and gave advice."""
    assert outcome.exit == 6, outcome
    assert any(cause in outcome.said.lower() for cause in causes), outcome
    assert outcome.hint, outcome
    assert "Traceback" not in outcome.said


def writing_backend(dsn):
    """The process that writes. What is copied is written in portions, and before the first nothing has been."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        wait_until(lambda: connection.execute(WRITING).fetchone(), what="writing")
        return connection.execute(WRITING).fetchone()[0]


def test_the_server_is_killed(crashing_server, seeding, state):
    with psycopg.connect(crashing_server.dsn()) as connection:
        connection.execute(LEDGER)
    before = state(crashing_server.dsn())
    run = seeding(crashing_server.dsn(), *ROWS)
    run.wait_until_loading()
    crashing_server.kill()
    expect_rolled_back(run.outcome(), "connection")
    crashing_server.restart()
    assert state(crashing_server.dsn()) == before


def test_the_session_is_killed_and_the_server_recovers(crashing_server, seeding, state):
    with psycopg.connect(crashing_server.dsn()) as connection:
        connection.execute(LEDGER)
    before = state(crashing_server.dsn())
    run = seeding(crashing_server.dsn(), *ROWS)
    run.wait_until_loading()
    os.kill(writing_backend(crashing_server.dsn()), signal.SIGKILL)
    expect_rolled_back(run.outcome(), "connection")
    wait_until(crashing_server.accepts, what="the recovery")
    assert state(crashing_server.dsn()) == before


def test_the_session_is_ended_by_an_administrator(make_database, seeding, state):
    dsn = make_database(LEDGER)
    before = state(dsn)
    run = seeding(dsn, *ROWS)
    run.wait_until_loading()
    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [writing_backend(dsn)])
    expect_rolled_back(run.outcome(), "administrator", "connection")
    assert state(dsn) == before


def test_the_client_is_killed(make_database, seeding, state):
    dsn = make_database(LEDGER)
    before = state(dsn)
    run = seeding(dsn, *ROWS)
    run.wait_until_loading()
    run.process.kill()
    run.wait_until_forgotten()
    assert run.outcome().exit == -signal.SIGKILL
    assert state(dsn) == before


@pytest.mark.parametrize("struck", ["client", "session", "server"])
def test_a_kill_strikes_while_indexes_are_rebuilt(crashing_server, seeding, state, struck):
    dsn = crashing_server.dsn()
    with psycopg.connect(dsn) as connection:
        connection.execute(LEDGER)
    before = state(dsn)
    run = seeding(dsn, "--rows", "400000", "--load", "rebuild")
    run.wait_until_rebuilding()
    if struck == "client":
        run.process.kill()
        run.wait_until_forgotten()
        assert run.outcome().exit == -signal.SIGKILL
    elif struck == "session":
        os.kill(writing_backend(dsn), signal.SIGKILL)
        expect_rolled_back(run.outcome(), "connection")
        wait_until(crashing_server.accepts, what="the recovery")
    else:
        crashing_server.kill()
        expect_rolled_back(run.outcome(), "connection")
        crashing_server.restart()
    assert state(dsn) == before


def test_the_user_interrupts(make_database, seeding, state):
    dsn = make_database(LEDGER)
    before = state(dsn)
    run = seeding(dsn, *ROWS)
    run.wait_until_loading()
    run.process.send_signal(signal.SIGINT)
    outcome = run.outcome()
    assert outcome.exit == 130, outcome
    assert "Traceback" not in outcome.said
    run.wait_until_forgotten()
    assert state(dsn) == before


def test_the_disk_is_full(small_disk, make_database, seeding, state):
    dsn = make_database(LEDGER)
    with psycopg.connect(dsn) as connection:
        connection.execute(f"ALTER TABLE payments SET TABLESPACE {small_disk}")
    before = state(dsn)
    run = seeding(dsn, *ROWS)
    expect_rolled_back(run.outcome(), "no space left", "disk")
    assert state(dsn) == before


def test_a_statement_takes_longer_than_the_role_may(make_app_database, seeding, state):
    dsn = make_app_database(LEDGER, "statement_timeout = '300ms'")
    before = state(dsn)
    run = seeding(dsn, *ROWS, "--load", "plain")
    expect_rolled_back(run.outcome(), "statement timeout", "statement_timeout")
    assert state(dsn) == before


def test_the_session_is_idle_for_longer_than_the_role_may(make_app_database, seeding, state):
    dsn = make_app_database(MANY, "idle_in_transaction_session_timeout = '2s'")
    before = state(dsn)
    run = seeding(dsn, "--rows", "2000")
    stop_while_idle(run)
    expect_rolled_back(run.outcome(), "idle-in-transaction timeout", "idle_in_transaction_session_timeout")
    assert state(dsn) == before


def stop_while_idle(run):
    """Stop the client at a moment when it has written and is idle, until the server has lost patience with it."""
    with psycopg.connect(run.dsn, autocommit=True) as connection:
        while True:
            run.process.send_signal(signal.SIGSTOP)
            try:
                time.sleep(0.005)
                session = connection.execute(WRITING).fetchone()
                if session is not None and session[1] == "idle in transaction" and not unread(session[2]):
                    while connection.execute(WRITING).fetchone() == session:
                        time.sleep(0.1)
                    return
            finally:
                run.process.send_signal(signal.SIGCONT)
            time.sleep(0.005)
            assert run.running, f"the run ended before it was found idle: {run.outcome()}"


def unread(port):
    """Whether a stopped process, by its local port, has not read all that it was sent.

    If the server's parting words come behind an answer that is still unread, libpq takes them for a mere notice.
    """
    connections = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    queues = [queues for _, local, _, _, queues, *_ in connections if local.endswith(f":{port:04X}")]
    return any(int(queue.partition(":")[2], 16) for queue in queues)


@pytest.mark.parametrize("mode", ["SHARE", "ACCESS EXCLUSIVE"])
def test_a_table_is_locked(mode, make_database, seeding, state):
    dsn = make_database(LEDGER)
    before = state(dsn)
    with psycopg.connect(dsn) as other:
        other.execute(f"LOCK TABLE payments IN {mode} MODE")
        outcome = seeding(dsn, "--rows", "100", "--lock-timeout", "1s").outcome()
    expect_rolled_back(outcome, "lock")
    assert "--lock-timeout" in outcome.said
    assert state(dsn) == before
