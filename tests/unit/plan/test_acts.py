"""What was done to a row has its moment, who did it and why, or none of them."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table

USERS = table("users", "id int!", "full_name text!", "email text!")


@pytest.mark.parametrize(
    ("moment", "beside"),
    [
        ("deleted_at timestamptz", ("deleted_by text", "deletion_reason text")),
        ("blocked_at timestamp", ("block_reason text", "block_message text")),
        ("approved_at timestamp", ("approved_by_id int -> users",)),
        ("reviewedAt timestamptz", ("reviewedBy int -> users", "review_comment text")),
        ("last_error_at timestamp", ("last_error text",)),
        ("rejected_on date", ("rejected_by_user_id int -> users", "rejection_reason text")),
    ],
)
def test_what_tells_of_one_act_is_there_together(moment: str, beside: tuple[str, ...]) -> None:
    made = table("documents", "id int!", "title text!", moment, *beside, "created_at timestamptz!")
    rows = drawn(USERS, made, rows=400)["documents"]
    names = [each.split()[0] for each in (moment, *beside)]
    there = [{row[name] is not None for name in names} for row in rows]
    assert all(len(each) == 1 for each in there)
    assert 0 < sum(each == {True} for each in there) < len(rows) * 0.7


@pytest.mark.parametrize("who", ["accepted_user_id int -> users", "accepted_by int -> users", "accepted_by text"])
def test_a_state_tells_whether_somebody_did_it(who: str) -> None:
    made = table("invitations", "id int!", "email text!", who, "status text! = pending|accepted|expired|revoked")
    rows = drawn(USERS, made, rows=400)["invitations"]
    name = who.split()[0]
    assert {row["status"] for row in rows if row[name] is None} == {"pending", "expired", "revoked"}
    assert {row["status"] for row in rows if row[name] is not None} == {"accepted"}


def test_a_state_a_moment_and_who_it_was_agree() -> None:
    made = table(
        "expenses",
        *("id int!", "amount numeric(9,2)!", "status text! = submitted|approved|rejected"),
        *("approved_at timestamp", "approved_by int -> users", "rejected_at timestamp", "rejection_reason text"),
    )
    for row in drawn(USERS, made, rows=400)["expenses"]:
        approved, rejected = row["status"] == "approved", row["status"] == "rejected"
        assert (row["approved_at"] is not None, row["approved_by"] is not None) == (approved, approved), row
        assert (row["rejected_at"] is not None, row["rejection_reason"] is not None) == (rejected, rejected), row


def test_columns_that_tell_of_something_else_keep_their_own_way() -> None:
    made = table("tasks", "id int!", "started_at timestamp", "assigned_by int -> users", "reason text", "note text")
    rows = drawn(USERS, made, rows=400)["tasks"]
    assert len({(row["started_at"] is None, row["assigned_by"] is None, row["note"] is None) for row in rows}) > 3


@pytest.mark.parametrize("moment", ["deleted_at timestamp", "blocked_at timestamp", "cancelled_at timestamp"])
def test_what_is_seldom_done_is_done_seldom(moment: str) -> None:
    said = moment.partition("_")[0]
    rows = drawn(USERS, table("pages", "id int!", moment, f"{said}_by int -> users"), rows=400)["pages"]
    assert 0 < sum(row[f"{said}_by"] is not None for row in rows) < 60
