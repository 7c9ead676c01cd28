"""Two sides of a row differ, and what is active hasn't ended."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import NOW, drawn, table

TEAMS = table("teams", "id int!", "name text!")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("home_team_id int! -> teams", "away_team_id int! -> teams"),
        ("follower_id int -> teams", "followed_id int -> teams"),
        ("from_currency char(3)!", "to_currency char(3)!"),
        ("from_status text! = open|closed|waiting", "to_status text! = open|closed|waiting"),
        ("team_a_id int! -> teams", "team_b_id int! -> teams"),
    ],
)
def test_two_sides_are_not_the_same(one: str, other: str) -> None:
    made = table("games", "id int!", one, other)
    for row in drawn(TEAMS, made, table_rows={TEAMS.name: 4})["games"]:
        assert row[one.split()[0]] is None or row[one.split()[0]] != row[other.split()[0]]


def test_beginning_and_end_are_no_two_sides() -> None:
    made = table("trips", "id int!", "from_note text", "to_note text")
    assert len(drawn(made)["trips"]) == 200


@pytest.mark.parametrize("flag", ["is_active", "enabled", "current"])
def test_what_is_active_has_not_ended(flag: str) -> None:
    period = ("starts_on date!", "ends_on date", "deleted_at timestamptz")
    made = table("memberships", "id int!", f"{flag} boolean!", *period)
    rows = drawn(made)["memberships"]
    active = [row for row in rows if str(row[flag]) in ("t", "True")]
    assert 60 < len(active) < 200
    for row in active:
        assert row["deleted_at"] is None
        assert row["ends_on"] is None or str(row["ends_on"]) >= str(NOW.date())
    assert all(row["ends_on"] is None or str(row["starts_on"]) <= str(row["ends_on"]) for row in rows)
