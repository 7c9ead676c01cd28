"""Addresses, logins and names that are of the person whom a row points at or names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from seedfast.rng import Stream
from seedfast.values.kind import Draw
from seedfast.values.semantic.pools import plain
from tests.unit.plan.written import drawn, registry, table


def of_one(address: str, given: str, family: str) -> bool:
    """Tell whether an address or login is made of somebody's names."""
    local = address.partition("@")[0].lower()
    first, last = plain(given), plain(family)
    return local.startswith((first, first[:1] + last)) and (last in local or local.startswith(first + last[:1]))


def test_addresses_in_a_table_of_their_own_are_of_the_person_that_they_belong_to() -> None:
    person = table("person", "id int!", "title text", "firstname text!", "middlename text", "lastname text!")
    mail = table("emailaddress", "emailaddressid int!", "personid int! -> person", "emailaddress varchar(50)!")
    rows = drawn(person, mail)
    people = {row["id"]: row for row in rows["person"]}
    for row in rows["emailaddress"]:
        owner = people[row["personid"]]
        assert of_one(row["emailaddress"], owner["firstname"], owner["lastname"])
    assert len({row["emailaddress"] for row in rows["emailaddress"]}) > 150


def test_distinct_addresses_and_logins_are_of_the_owner_too() -> None:
    users = table("users", "id int!", "full_name text!")
    logins = table("user_logins", "id int!", "user_id int! -> users", "username text!", unique="username")
    mails = table("user_emails", "id int!", "user_id int! -> users", "email text!", unique="email")
    rows = drawn(users, logins, mails)
    people = {row["id"]: row["full_name"].split() for row in rows["users"]}
    for found, column in ((rows["user_logins"], "username"), (rows["user_emails"], "email")):
        assert len({row[column] for row in found}) == len(found)
        for row in found:
            assert of_one(row[column], people[row["user_id"]][0], people[row["user_id"]][-1])


@pytest.mark.parametrize("child", ["orders", "subscriptions"])
def test_what_belongs_to_a_customer_has_the_customers_own_address(child: str) -> None:
    customers = table("customers", "id int!", "first_name text!", "last_name text!", "email text!")
    orders = table(child, "id int!", "customer_id int! -> customers", "email text!", "total numeric(10,2)!")
    rows = drawn(customers, orders)
    known = {row["id"]: row["email"] for row in rows["customers"]}
    assert all(row["email"] == known[row["customer_id"]] for row in rows[child])


@pytest.mark.parametrize("key", ["customer_id", "user_id"])
def test_a_name_beside_a_key_is_the_one_that_the_key_leads_to(key: str) -> None:
    customers = table("customers", "id int!", "first_name text!", "last_name text!")
    orders = table("orders", "id int!", f"{key} int! -> customers", "customer_name text!", "customer_email text!")
    rows = drawn(customers, orders)
    known = {row["id"]: row for row in rows["customers"]}
    for row in rows["orders"]:
        person = known[row[key]]
        assert row["customer_name"] == f"{person['first_name']} {person['last_name']}"
        assert of_one(row["customer_email"], person["first_name"], person["last_name"])


@pytest.mark.parametrize("name", ["reviewername", "author", "customer_name"])
def test_a_name_and_an_address_in_one_row_are_one_persons(name: str) -> None:
    reviews = table("reviews", "id int!", f"{name} text!", "emailaddress text!", "rating int!")
    for row in drawn(reviews)["reviews"]:
        given, *_, family = row[name].split()
        assert of_one(row["emailaddress"], given, family)


def test_who_is_invited_is_not_who_invites() -> None:
    users = table("users", "id int!", "first_name text!", "last_name text!", "email text!")
    invitations = table("invitations", "id int!", "invited_by int! -> users", "email text!")
    rows = drawn(users, invitations)
    people = {row["id"]: row for row in rows["users"]}
    by = [people[row["invited_by"]] for row in rows["invitations"]]
    own = [
        of_one(row["email"], p["first_name"], p["last_name"]) for row, p in zip(rows["invitations"], by, strict=True)
    ]
    assert sum(own) < 20


def test_women_are_no_juniors() -> None:
    people = table("person", "id int!", "first_name text!", "last_name text!", "gender char(1)!", "suffix varchar(10)!")
    rows = drawn(people, rows=400)["person"]
    women = {row["suffix"] for row in rows if row["gender"] == "F"}
    assert women and not women & {"Jr.", "Sr.", "II", "III", "IV"}
    assert "Jr." in {row["suffix"] for row in rows}


def test_who_made_a_row_is_not_whom_it_is_about() -> None:
    people = table("customers", "id int!", "username text!", "created_by text!", "updated_by text!")
    rows = drawn(people)["customers"]
    assert sum(row["username"] == row["created_by"] for row in rows) < 20
    assert sum(row["updated_by"] == row["created_by"] for row in rows) < 100


@pytest.mark.parametrize("named", [("first_name text!", "last_name text!"), ("full_name text!",)])
def test_who_has_a_womans_name_is_a_woman_in_every_table(named: tuple[str, ...]) -> None:
    people = table("persons", "id int!", *named, "salutation text!")
    profiles = table("profiles", "id int! -> persons", "gender text! = F|M", "language text")
    rows = drawn(people, profiles, rows=300)
    title = {row["id"]: row["salutation"] for row in rows["persons"]}
    told = {(title[row["id"]], row["gender"]) for row in rows["profiles"]}
    assert {("Mr", "M")} <= told and not told & {("Mr", "F"), ("Ms", "M"), ("Mrs", "M"), ("Miss", "M")}


@pytest.mark.parametrize(
    ("given", "family", "whole"),
    [
        ("遥", "中村", "中村 遥"),
        ("さくら", "田中", "田中 さくら"),
        ("민준", "김", "김 민준"),
        ("Jürgen", "Keller", "Jürgen Keller"),
    ],
)
def test_the_family_comes_first_where_people_write_it_so(given: str, family: str, whole: str) -> None:
    told = {"given_in": {"column": "given"}, "family_in": {"column": "family"}}
    beside = {"given": pa.array([given]), "family": pa.array([family])}
    made = registry().build("person.full_name", told).values(Draw(np.arange(1), Stream(1), beside))
    assert made.to_pylist() == [whole]
