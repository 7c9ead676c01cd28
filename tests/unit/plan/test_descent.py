"""Rows come after those of their own table which they point at, or lie within them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from seedfast.generate.engine import Engine
from tests.unit.plan.written import drawn, planned, registry, table


def _pairs(rows: list[dict[str, Any]], key: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return each row that points at another, and that one."""
    by_id = {row["id"]: row for row in rows}
    found = [(row, by_id[row[key]]) for row in rows if row[key] not in (None, row["id"])]
    assert len(found) > 20
    return found


@pytest.mark.parametrize(
    ("name", "key", "moment"),
    [
        ("messages", "reply_to_id int", "created_at timestamptz!"),
        ("categories", "parent_id int!", "created_at timestamp!"),
        ("comments", "in_reply_to uuid", "posted_on date!"),
        ("staff", "manager_id int", "hired_at date!"),
        ("builds", "retried_from_id int", "created_at timestamptz!"),
    ],
)
def test_a_row_comes_after_the_one_it_points_at(name: str, key: str, moment: str) -> None:
    identity = "id uuid!" if "uuid" in key else "id int!"
    rows = drawn(table(name, identity, f"{key} -> {name}", moment), rows=300)[name]
    begins = moment.split()[0]
    assert all(above[begins] <= row[begins] for row, above in _pairs(rows, key.split()[0]))


def test_an_answer_is_not_long_in_coming_and_a_report_may_be() -> None:
    rows = drawn(table("messages", "id int!", "reply_to_id int -> messages", "created_at timestamp!"))["messages"]
    gaps = [row["created_at"] - above["created_at"] for row, above in _pairs(rows, "reply_to_id")]
    assert max(gaps) <= timedelta(days=15)
    rows = drawn(table("staff", "id int!", "manager_id int -> staff", "hired_at timestamp!"))["staff"]
    assert max(row["hired_at"] - above["hired_at"] for row, above in _pairs(rows, "manager_id")) > timedelta(days=30)


@pytest.mark.parametrize("key", ["preceding_visit_id", "previous_id", "prior_stay_id", "predecessor_id"])
def test_what_follows_begins_when_the_other_has_ended(key: str) -> None:
    made = table("stays", "id int!", f"{key} int -> stays", "start_date date!", "end_date date!")
    assert all(above["end_date"] <= row["start_date"] for row, above in _pairs(drawn(made)["stays"], key))


@pytest.mark.parametrize("ends", ["ended_at timestamptz!", "ended_at timestamptz"])
def test_a_part_lies_within_its_whole(ends: str) -> None:
    made = table("spans", "id uuid!", "parent_span_id uuid -> spans", "started_at timestamptz!", ends)
    pairs = _pairs(drawn(made)["spans"], "parent_span_id")
    assert all(above["started_at"] <= row["started_at"] for row, above in pairs)
    known = [(row, above) for row, above in pairs if row["ended_at"] and above["ended_at"]]
    assert len(known) > 5
    assert all(row["ended_at"] <= above["ended_at"] for row, above in known)


@pytest.mark.parametrize("key", ["replaced_by_id", "next_version_id", "superseded_by", "merged_into_id"])
def test_what_takes_a_rows_place_comes_later(key: str) -> None:
    made = table("policies", "id int!", f"{key} int -> policies", "created_at timestamp!")
    assert all(row["created_at"] <= other["created_at"] for row, other in _pairs(drawn(made)["policies"], key))


@pytest.mark.parametrize("key", ["related_id", "spouse_id", "updated_by", "duplicate_of_id"])
def test_of_rows_that_are_alike_either_may_be_older(key: str) -> None:
    made = table("people", "id int!", f"{key} int -> people", "created_at timestamp!")
    signs = {row["created_at"] < other["created_at"] for row, other in _pairs(drawn(made)["people"], key)}
    assert signs == {True, False}


def test_parents_bind_beside_rows_of_the_same_table() -> None:
    topics = table("topics", "id int!", "title text!", "created_at timestamptz!")
    posts = table("posts", "id int!", "topic_id int! -> topics", "reply_to_id int -> posts", "created_at timestamptz!")
    made = drawn(topics, posts)
    opened = {row["id"]: row["created_at"] for row in made["topics"]}
    assert all(opened[row["topic_id"]] <= row["created_at"] for row in made["posts"])
    assert all(above["created_at"] <= row["created_at"] for row, above in _pairs(made["posts"], "reply_to_id"))


def test_any_batch_holds_the_same_rows() -> None:
    plan = planned(table("replies", "id int!", "parent_id int -> replies", "created_at timestamp!"), rows=150)
    [replies] = plan.tables
    whole = Engine(plan, registry(), {}).batch(replies.name, 0, 150)
    other = Engine(plan, registry(), {})
    assert other.batch(replies.name, 120, 150).equals(whole.slice(120))
    assert other.batch(replies.name, 7, 40).equals(whole.slice(7, 33))
