"""What a row points back at as its own is the default among what belongs to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedfast.model.table import KeyPart, UniqueKey
from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize("flag", ["is_default", "is_primary"])
@pytest.mark.parametrize("limited", [True, False])
def test_a_persons_primary_address_is_the_default_one(flag: str, *, limited: bool) -> None:
    users = table("users", "id int!", "name text!", "primary_address_id int -> addresses")
    addresses = table("addresses", "id int!", "user_id int! -> users", "city text!", f"{flag} boolean!")
    if limited:
        parts = (KeyPart("user_id", None, ("user_id",)),)
        one = UniqueKey("one", parts, predicate=flag, predicate_columns=(flag,))
        addresses = replace(addresses, unique_keys=(*addresses.unique_keys, one))
    rows = drawn(users, addresses, rows=80)
    known = {row["id"]: row for row in rows["addresses"]}
    pointing = [row for row in rows["users"] if row["primary_address_id"] is not None]
    assert len(pointing) > 20
    for row in pointing:
        address = known[row["primary_address_id"]]
        assert address["user_id"] == row["id"] and str(address[flag]).lower()[0] == "t", address
