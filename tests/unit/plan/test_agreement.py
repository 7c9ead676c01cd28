"""What a row points at is of what the row is of, as far as there is any such thing."""

from __future__ import annotations

from typing import Any

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import drawn, table

PATIENTS = table("patients", "id int!", "name text!")
DOCTORS = table("doctors", "id int!", "name text!")
WARDS = table("wards", "id int!", "name text!")
VISITS = table(
    "visits", "id int!", "patient_id int! -> patients", "doctor_id int -> doctors", "ward_id int -> wards", "day date!"
)


def _joined(made: Table) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the rows of a table beside the visits that they point at."""
    rows = drawn(PATIENTS, DOCTORS, WARDS, VISITS, made, rows=200)
    visits = {row["id"]: row for row in rows["visits"]}
    assert sum(row["visit_id"] is not None for row in rows[made.name.name]) > 100
    return [(row, visits[row["visit_id"]]) for row in rows[made.name.name] if row["visit_id"] is not None]


@pytest.mark.parametrize(
    "columns",
    [
        ("visit_id int -> visits",),
        ("doctor_id int -> doctors", "visit_id int -> visits"),
        ("visit_id int! -> visits", "doctor_id int! -> doctors", "ward_id int! -> wards"),
    ],
)
def test_a_thing_is_of_the_one_that_it_belongs_to(columns: tuple[str, ...]) -> None:
    made = table("procedures", "id int!", "patient_id int! -> patients", *columns)
    joined = _joined(made)
    assert all(row["patient_id"] == visit["patient_id"] for row, visit in joined)


def test_what_a_thing_merely_has_is_the_same_where_there_is_such_a_thing() -> None:
    made = table(
        "procedures", "id int!", "patient_id int! -> patients", "doctor_id int! -> doctors", "visit_id int -> visits"
    )
    rows = drawn(PATIENTS, DOCTORS, WARDS, VISITS, made, rows=200)
    known = {(visit["patient_id"], visit["doctor_id"]) for visit in rows["visits"]}
    visits = {row["id"]: row for row in rows["visits"]}
    for row in rows["procedures"]:
        if row["visit_id"] is not None and (row["patient_id"], row["doctor_id"]) in known:
            assert visits[row["visit_id"]]["doctor_id"] == row["doctor_id"], row


POSTS = table("posts", "id int!", "title text!")
PEOPLE = table("users", "id int!", "name text!")


@pytest.mark.parametrize(
    ("made", "of"),
    [
        (
            table("comments", "id int!", "post_id int! -> posts", "user_id int! -> users", "parent_id int -> comments"),
            "post",
        ),
        (table("replies", "id int!", "reply_to_id int -> replies", "post_id int! -> posts", "body text!"), "post"),
        (table("folders", "id int!", "parent_folder_id int -> folders", "user_id int! -> users"), "user"),
    ],
)
def test_a_row_below_another_is_of_the_same_thing(made: Table, of: str) -> None:
    rows = drawn(POSTS, PEOPLE, made, rows=300)[made.name.name]
    above = next(key.columns[0] for key in made.foreign_keys if key.parent == made.name)
    known = {row["id"]: row for row in rows}
    below = [row for row in rows if row[above] is not None]
    assert 30 < len(below) < 290
    assert all(known[row[above]][f"{of}_id"] == row[f"{of}_id"] and row[above] < row["id"] for row in below)
    if of == "post" and "user_id" in rows[0]:
        assert any(known[row[above]]["user_id"] != row["user_id"] for row in below)


def test_what_tells_whose_a_row_is_comes_first() -> None:
    tenants = table("tenants", "id int!", "name text!")
    teams = table("groups", "id int!", "tenant_id int! -> tenants", "name text!")
    users = table("users", "id int!", "tenant_id int! -> tenants", "name text!")
    invites = table(
        *("invitations", "id int!", "tenant_id int! -> tenants", "inviter_id int -> users"),
        *("accepted_user_id int -> users", "group_id int! -> groups"),
    )
    rows = drawn(tenants, teams, users, invites, rows=200)
    tenant = {row["id"]: row["tenant_id"] for row in rows["users"]}
    group = {row["id"]: row["tenant_id"] for row in rows["groups"]}
    assert all(group[row["group_id"]] == row["tenant_id"] for row in rows["invitations"])
    for name in ("inviter_id", "accepted_user_id"):
        there = [row for row in rows["invitations"] if row[name] is not None]
        assert len(there) > 80
        assert all(tenant[row[name]] == row["tenant_id"] for row in there)


def test_a_state_of_its_own_has_nothing_to_do_with_a_parents() -> None:
    statuses = table("statuses", "id int!", "name text!")
    orders = table("orders", "id int!", "status_id int! -> statuses")
    payments = table("payments", "id int!", "status_id int! -> statuses", "order_id int! -> orders")
    rows = drawn(statuses, orders, payments, rows=100, table_rows={statuses.name: 5})
    status = {row["id"]: row["status_id"] for row in rows["orders"]}
    assert any(status[row["order_id"]] != row["status_id"] for row in rows["payments"])


ORGANIZATIONS = table("organizations", "id int!", "name text!")
MEMBERS = table("members", "id int!", "organization_id int! -> organizations", "name text!")
ROLES = table("roles", "id int!", "organization_id int! -> organizations", "kind text! = plain|special", "name text!")


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        (("member_id int! -> members", "role_id int! -> roles"), "member_id+role_id"),
        (
            ("organization_id int! -> organizations", "member_id int! -> members", "role_id int! -> roles"),
            "organization_id+member_id+role_id",
        ),
        (("organization_id int! -> organizations", "role_id int! -> roles"), "organization_id+role_id"),
    ],
)
def test_parents_of_one_tenant_meet_in_a_key_of_references(columns: tuple[str, ...], key: str) -> None:
    made = table("grants", "id int!", *columns, unique=key)
    rows = drawn(ORGANIZATIONS, MEMBERS, ROLES, made, rows=100)
    of = {name: {row["id"]: row["organization_id"] for row in rows[name]} for name in ("members", "roles")}
    assert len(rows["grants"]) == 100
    assert len({tuple(row[name] for name in key.split("+")) for row in rows["grants"]}) == 100
    for row in rows["grants"]:
        told = {of["roles"][row["role_id"]]}
        told |= {of["members"][row["member_id"]]} if "member_id" in row else set()
        told |= {row["organization_id"]} if "organization_id" in row else set()
        assert len(told) == 1, row


@pytest.mark.parametrize("beside", ["role_id int! -> roles", "role_id int -> roles"])
def test_a_first_parent_is_of_a_tenant_that_has_another_to_go_with_it(beside: str) -> None:
    made = table("badges", "id int!", "organization_id int! -> organizations", "member_id int! -> members", beside)
    rows = drawn(ORGANIZATIONS, MEMBERS, ROLES, made, rows=100)
    of = {name: {row["id"]: row["organization_id"] for row in rows[name]} for name in ("members", "roles")}
    joined = [row for row in rows["badges"] if row["role_id"] is not None]
    assert len(joined) > 60
    for row in joined:
        assert of["members"][row["member_id"]] == of["roles"][row["role_id"]] == row["organization_id"]


def test_parents_of_one_project_meet_in_a_key_of_references() -> None:
    projects = table("projects", "id int!", "name text!")
    rules = table("rules", "id int!", "project_id int! -> projects", "name text!")
    evaluators = table("evaluators", "id int!", "project_id int! -> projects", "name text!")
    key = "project_id+rule_id+evaluator_id"
    columns = ("project_id int! -> projects", "rule_id int! -> rules", "evaluator_id int! -> evaluators")
    rows = drawn(projects, rules, evaluators, table("trials", "id int!", *columns, unique=key), rows=100)
    of = {name: {row["id"]: row["project_id"] for row in rows[name]} for name in ("rules", "evaluators")}
    assert len(rows["trials"]) == 100
    for row in rows["trials"]:
        assert of["rules"][row["rule_id"]] == of["evaluators"][row["evaluator_id"]] == row["project_id"]


def test_what_only_some_rows_have_tells_nothing_of_the_others() -> None:
    posts = table("posts", "id int!", "topic_id int! -> topics", "body text!")
    made = table(
        "reports", "id int!", "post_id int -> posts", "topic_id int -> topics", "note text",
        check="((post_id IS NULL) <> (topic_id IS NULL))",
    )  # fmt: skip
    rows = drawn(table("topics", "id int!", "title text!"), posts, made, rows=200)["reports"]
    assert all((row["post_id"] is None) != (row["topic_id"] is None) for row in rows)
    assert 20 < sum(row["topic_id"] is not None for row in rows) < 180


OWNERS = table("owners", "id int!", "name text!")
PETS = table("pets", "id int!", "owner_id int! -> owners", "name text!")
BOOKINGS = table("bookings", "id int!", "pet_id int! -> pets", "day date!")


@pytest.mark.parametrize("unique", ["", "booking_id"])
@pytest.mark.parametrize(
    "columns",
    [
        ("owner_id int! -> owners", "booking_id int -> bookings"),
        ("booking_id int! -> bookings", "owner_id int! -> owners"),
        ("owner_id int! -> owners", "pet_id int! -> pets", "booking_id int! -> bookings"),
    ],
)
def test_paths_of_several_steps_meet_in_one_ancestor(columns: tuple[str, ...], unique: str) -> None:
    made = table("bills", "id int!", *columns, unique=unique)
    rows = drawn(OWNERS, PETS, BOOKINGS, made, rows=120)
    pets = {row["id"]: row for row in rows["pets"]}
    bookings = {row["id"]: row for row in rows["bookings"]}
    told = [(row, bookings[row["booking_id"]]) for row in rows["bills"] if row["booking_id"] is not None]
    assert len(told) > 60
    assert all(pets[booking["pet_id"]]["owner_id"] == row["owner_id"] for row, booking in told)
    if "pet_id" in rows["bills"][0]:
        assert all(booking["pet_id"] == row["pet_id"] for row, booking in told)


def test_who_pays_need_not_be_whose_it_is() -> None:
    made = table("bills", "id int!", "booking_id int! -> bookings", "paid_by int! -> owners", unique="booking_id")
    rows = drawn(OWNERS, PETS, BOOKINGS, made, rows=120)
    pets, bookings = ({row["id"]: row for row in rows[name]} for name in ("pets", "bookings"))
    others = [row for row in rows["bills"] if pets[bookings[row["booking_id"]]["pet_id"]]["owner_id"] != row["paid_by"]]
    assert others


@pytest.mark.parametrize("column", ["species", "fuel", "currency"])
def test_what_is_chosen_from_one_list_is_the_parents(column: str) -> None:
    listed = f"{column} text! = one|two|three"
    kinds = table("breeds", "id int!", listed, "name text!")
    made = table("animals", "id int!", "breed_id int -> breeds", listed)
    rows = drawn(kinds, made, rows=120)
    held = {row["id"]: row[column] for row in rows["breeds"]}
    told = [row for row in rows["animals"] if row["breed_id"] is not None]
    assert len(told) > 60
    assert all(held[row["breed_id"]] == row[column] for row in told)
    assert len({row[column] for row in told}) == 3


@pytest.mark.parametrize("column", ["status", "priority", "visibility"])
def test_what_is_a_rows_own_is_chosen_for_itself(column: str) -> None:
    listed = f"{column} text! = one|two|three"
    rows = drawn(table("tickets", "id int!", listed), table("tasks", "id int!", "ticket_id int! -> tickets", listed))
    held = {row["id"]: row[column] for row in rows["tickets"]}
    assert any(held[row["ticket_id"]] != row[column] for row in rows["tasks"])
