"""An organisation is written to at an address that is called after it."""

from __future__ import annotations

import re

import pytest

from tests.unit.plan.written import drawn, table


def _slug(name: str) -> str:
    return re.sub("[^a-z]+", "", name.lower().encode("ascii", "ignore").decode())


@pytest.mark.parametrize("name", ["clinics", "suppliers", "schools", "stores", "restaurants", "banks"])
@pytest.mark.parametrize("email", ["email text", "contact_email text!", "email_address varchar(60)"])
def test_the_address_is_called_after_the_house(name: str, email: str) -> None:
    rows = drawn(table(name, "id int!", "name text!", email, "city text"))[name]
    held = [(row["name"], row[email.split()[0]]) for row in rows if row[email.split()[0]]]
    assert len(held) > 50
    for called, address in held:
        assert address.startswith("info@")
        assert address.endswith(".example")
        assert len(address) <= 60
        if called.isascii():
            assert _slug(called).startswith(_slug(address[5:-8]))


def test_who_is_named_has_an_address_of_his_own() -> None:
    rows = drawn(table("suppliers", "id int!", "name text!", "contact_name text!", "email text!"))["suppliers"]
    assert not any(row["email"].startswith("info@") for row in rows)
