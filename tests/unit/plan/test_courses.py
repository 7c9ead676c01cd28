"""What passes in a row passes in its order, also where a step between was left out."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.unit.plan.written import drawn, table

COURSES = [
    ("api_keys", "created_at! last_used_at expires_at"),
    ("sessions", "created_at! last_seen_at revoked_at"),
    ("runs", "created_at! claimed_at started_at heartbeat_at finished_at"),
    ("tickets", "created_at! assigned_at resolved_at closed_at"),
    ("tickets", "opened_at! first_response_at closed_at"),
    ("incidents", "detected_at! acknowledged_at mitigated_at resolved_at closed_at"),
    ("invitations", "sent_at! accepted_at expires_at"),
    ("emails", "queued_at! sent_at delivered_at opened_at clicked_at"),
    ("subscriptions", "started_at! canceled_at ended_at"),
    ("loans", "applied_at! approved_at disbursed_at closed_at"),
    ("claims", "incident_at! reported_at approved_at paid_at closed_at"),
    ("samples", "collected_at! received_at analyzed_at reported_at disposed_at"),
    ("prescriptions", "prescribed_at! dispensed_at expires_at"),
    ("stays", "arrival_at! departure_at"),
    ("flights", "departure_at! arrival_at"),
    ("flights", "scheduled_departure! scheduled_arrival!"),
    ("shipments", "picked_up_at! delivered_at"),
    ("payments", "authorized_at! captured_at refunded_at"),
]


@pytest.mark.parametrize(("name", "steps"), COURSES)
def test_steps_are_taken_in_their_order(name: str, steps: str) -> None:
    columns = [f"{step.rstrip('!')} timestamp{'!' if step.endswith('!') else ''}" for step in steps.split()]
    rows = drawn(table(name, "id int!", "name text!", *columns), rows=300)[name]
    for earlier, later in combinations([column.split()[0] for column in columns], 2):
        both = [(str(row[earlier]), str(row[later])) for row in rows if row[earlier] and row[later]]
        assert len(both) > 3, (earlier, later)
        assert all(one[:19] <= other[:19] for one, other in both), (earlier, later)


@pytest.mark.parametrize("kind", ["date", "timestamptz"])
def test_a_step_that_was_left_out_lets_nothing_pass_before_its_time(kind: str) -> None:
    steps = (f"ordered_on {kind}!", f"shipped_on {kind}", f"delivered_on {kind}", f"returned_on {kind}")
    rows = drawn(table("parcels", "id int!", *steps), rows=600)["parcels"]
    skipping = [row for row in rows if row["delivered_on"] is None and row["returned_on"] and row["shipped_on"]]
    assert skipping
    assert all(str(row["shipped_on"])[:19] <= str(row["returned_on"])[:19] for row in skipping)
