"""A table that a data pack claims goes through the states that its trade knows, and its moments go with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from seedfast.model.table import Table
from tests.unit.plan.written import drawn, table

PATIENTS = table("patients", "id int!", "first_name text!", "last_name text!")


def states_of(made: Table, *others: Table, rows: int = 400) -> Counter[str]:
    return Counter(row["status"] for row in drawn(made, *others, rows=rows)[made.name.name])


def test_the_states_are_those_of_the_pack_that_claims_the_table() -> None:
    appointments = table("appointments", "id int!", "patient_id int! -> patients", "doctor text", "status text!")
    found = states_of(appointments, PATIENTS)
    assert set(found) <= {"scheduled", "confirmed", "checked_in", "completed", "cancelled", "no_show"}
    assert found.most_common(1)[0][0] == "completed" and found["no_show"]


def test_a_list_has_the_shares_that_the_trade_knows_and_its_moments() -> None:
    loans = table(
        "loans", "id int!", "principal numeric(12,2)!", "interest_rate numeric(5,2)!",
        "status text! = approved|active|delinquent|paid_off|defaulted", "created_at timestamptz!",
    )  # fmt: skip
    found = states_of(loans)
    assert found["active"] > found["paid_off"] > found["defaulted"] and found["active"] > 200


def test_states_are_written_as_the_default_is() -> None:
    made = table("appointments", "id int!", "patient_id int! -> patients", "doctor text", "status text!")
    columns = tuple(replace(c, default="'SCHEDULED'::text") if c.name == "status" else c for c in made.columns)
    found = states_of(replace(made, columns=columns), PATIENTS)
    assert {"SCHEDULED", "COMPLETED", "NO_SHOW"} <= set(found) and all(state.isupper() for state in found)


def test_moments_go_with_the_states_of_the_trade() -> None:
    made = table("appointments", "id int!", "patient_id int! -> patients", "status text!", "cancelled_at timestamptz")
    rows = drawn(made, PATIENTS, rows=400)["appointments"]
    assert all((row["cancelled_at"] is not None) == (row["status"] == "cancelled") for row in rows)
