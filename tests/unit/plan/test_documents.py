"""JSON columns hold what their names say, of one shape a table, and what they repeat of the row is the row's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from seedfast.semantics.documents import FACTS, shape_of
from seedfast.semantics.words import words
from tests.unit.plan.written import drawn, planned, registry, table


def documents(column: str, *others: str, rows: int = 120) -> list[tuple[dict[str, Any], Any]]:
    made = table("things", "id int!", *others, f"{column}!")
    return [(row, json.loads(row[column.split()[0]])) for row in drawn(made, rows=rows)["things"]]


@pytest.mark.parametrize(
    ("column", "members"),
    [
        ("user_settings", {"theme", "language", "timezone"}),
        ("billing_address", {"street", "city", "postal_code", "country"}),
        ("device_info", {"os", "browser"}),
        ("dimensions", {"length", "width", "height", "unit"}),
        ("error_details", {"code", "message"}),
        ("eventProperties", {"page", "browser"}),
    ],
)
def test_a_document_has_the_members_that_its_name_calls_for(column: str, members: set[str]) -> None:
    found = [document for _, document in documents(f"{column} jsonb")]
    assert all(set(document) >= members for document in found)
    assert len({json.dumps(document) for document in found}) > 5


@pytest.mark.parametrize("column", ["permissions", "tags", "user_roles"])
def test_lists_hold_different_entries(column: str) -> None:
    for _, listed in documents(f"{column} json"):
        assert isinstance(listed, list) and listed and len(set(listed)) == len(listed)


@pytest.mark.parametrize(
    ("column", "under"), [("payload", "data"), ("event_data", "data"), ("old_data", ""), ("metadata", "")]
)
def test_what_a_document_repeats_of_the_row_is_the_rows(column: str, under: str) -> None:
    repeated = 0
    for row, document in documents(f"{column} jsonb", "email text", "status text!", "amount numeric(8,2)!"):
        inside = document[under] if under else document
        for name in ("email", "status", "amount"):
            if name in inside:
                repeated += 1
                assert inside[name] == (float(row[name]) if name == "amount" else row[name])
    assert repeated > 80


def test_a_row_with_nothing_to_repeat_has_an_empty_document() -> None:
    found = documents("payload jsonb", "email text", rows=300)
    assert any(row["email"] is None for row, _ in found)
    assert all(("email" in told["data"]) == (row["email"] is not None) for row, told in found)


def test_an_address_in_a_document_is_the_rows_own() -> None:
    found = documents("address jsonb", "city text!", "country_code char(2)!")
    assert all((row["city"], row["country_code"]) == (told["city"], told["country"]) for row, told in found)


def test_what_is_demanded_of_a_document_comes_first() -> None:
    made = table("things", "id int!", "settings jsonb!", check="(settings ? 'mode'::text)")
    assert all("mode" in json.loads(row["settings"]) for row in drawn(made)["things"])


def test_every_kind_that_a_shape_names_is_there() -> None:
    for column in ("settings", "address", "location", "contact", "metadata", "headers", "attributes", "error", "links"):
        shape = shape_of(column)
        assert shape is not None
        assert all(told in registry() for told in shape.members.values() if isinstance(told, str)), column
    assert all(words(fact) for fact in FACTS)


def test_a_column_whose_name_says_nothing_keeps_its_plain_document() -> None:
    made = table("things", "id int!", "blob_x jsonb!")
    assert planned(made).table(made.name).column("blob_x").generators[0].kind == "json.object"
