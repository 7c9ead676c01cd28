"""Who did something is there if and only if it was done."""

from __future__ import annotations

import pytest

from seedfast.semantics.deeds import deeds
from tests.unit.plan.written import drawn, table

USERS = table("users", "id int!", "name text!")


@pytest.mark.parametrize(
    ("moment", "doers"),
    [
        ("approved_at timestamptz", "approved_by int -> users"),
        ("deletedAt timestamp", "deletedByUserId int -> users, deleted_reason text"),
        ("locked_on date", "locked_by text"),
        ("accepted_at timestamptz", "accepted_user_id int -> users, accepted_by_email text"),
        ("verified_date date", "verified_by_id int"),
    ],
)
def test_somebody_did_what_was_done_and_nobody_what_was_not(moment: str, doers: str) -> None:
    made = table("claims", "id int!", "title text!", moment, *doers.split(", "))
    rows = drawn(USERS, made, rows=400)["claims"]
    done = [row for row in rows if row[moment.split()[0]] is not None]
    assert 10 < len(done) < 400
    for row in rows:
        for doer in doers.split(", "):
            assert (row[doer.split()[0]] is None) == (row[moment.split()[0]] is None), row


@pytest.mark.parametrize("flag", ["is_locked boolean!", "locked boolean", "lockedFlag boolean!"])
def test_somebody_did_what_a_flag_says_was_done(flag: str) -> None:
    made = table("accounts", "id int!", flag, "locked_by_id int -> users", "locked_reason text")
    rows = drawn(USERS, made, rows=400)["accounts"]
    locked = [row for row in rows if str(row[flag.split()[0]]) in ("t", "True")]
    assert 3 < len(locked) < 200
    for row in rows:
        assert (row["locked_by_id"] is not None) == (row in locked), row
        assert (row["locked_reason"] is not None) == (row in locked), row


@pytest.mark.parametrize("doer", ["accepted_user_id int -> users", "accepted_by int -> users", "accepted_by_name text"])
def test_somebody_brought_a_row_to_its_state(doer: str) -> None:
    listed = "status text! = pending|accepted|cancelled|expired"
    made = table(
        "invitations", "id int!", listed, "accepted_at timestamptz", doer, "cancelled_at timestamp", "note text"
    )
    rows = drawn(USERS, made, rows=400)["invitations"]
    assert {row["status"] for row in rows} == {"pending", "accepted", "cancelled", "expired"}
    for row in rows:
        assert (row["accepted_at"] is not None) == (row[doer.split()[0]] is not None), row
        assert row["status"] != "accepted" or row["accepted_at"] is not None
        assert row["status"] != "pending" or row["accepted_at"] is None


def test_most_rows_are_not_deleted_by_anybody() -> None:
    made = table("notes", "id int!", "body text!", "deleted_at timestamptz", "deleted_by int -> users")
    rows = drawn(USERS, made, rows=1000)["notes"]
    assert 20 < sum(row["deleted_by"] is not None for row in rows) < 100


def test_a_key_without_parents_stays_null() -> None:
    made = table("claims", "id int!", "approved_at timestamptz", "approved_by int -> users")
    rows = drawn(USERS, made, table_rows={USERS.name: 0})["claims"]
    assert len(rows) == 200
    assert all(row["approved_by"] is None for row in rows)


@pytest.mark.parametrize(
    "columns",
    [
        "approved_at timestamptz!|approved_by int",
        "approved_at timestamptz|approved_by int!",
        "approved_at timestamptz|reviewed_by int",
        "user_at timestamptz|user_id int",
        "sorted_at timestamptz|sort_by text",
    ],
)
def test_other_columns_say_nothing_of_a_deed(columns: str) -> None:
    assert not deeds(table("claims", "id int!", *columns.split("|")))
