"""JSON columns hold what their names say, of one shape a table, and what they repeat of the row is the row's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from seedfast.semantics.documents import FACTS, Members, Value, shape_of
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


OBJECTS = [
    ("users", "preferences", {"theme", "language", "timezone"}),
    ("workspaces", "settings", {"default_language", "timezone", "require_two_factor"}),
    ("integrations", "config", {"base_url", "retries", "verify_ssl"}),
    ("assistants", "model_config", {"model", "temperature", "max_tokens"}),
    ("app_settings", "value", {"enabled", "value"}),
    ("tenants", "branding", {"primary_color", "font", "logo_url"}),
    ("users", "notificationSettings", {"email", "push", "quiet_hours.from"}),
    ("customers", "shippingAddress", {"street", "postal_code", "city", "country"}),
    ("stores", "geojson", {"type", "coordinates"}),
    ("stores", "geo_location", {"latitude", "longitude"}),
    ("deliveries", "emergency_contact", {"name", "email", "phone"}),
    ("inbox_items", "payload", {"id", "type", "data.status"}),
    ("stripe_events", "data", {"object", "livemode", "data.object.amount", "data.object.id"}),
    ("webhook_deliveries", "body", {"type", "data.object.status"}),
    ("payments", "raw_response", {"object", "amount", "status", "outcome.risk_level"}),
    ("api_calls", "response_body", {"ok", "status_code", "duration_ms"}),
    ("jobs", "result", {"ok", "status_code"}),
    ("imports", "arguments", {"locale", "queue"}),
    ("page_views", "query_params", {"q", "page"}),
    ("leads", "utm_data", {"utm_source", "utm_medium", "utm_campaign"}),
    ("audit_logs", "old_values", {"status", "amount"}),
    ("versions", "object_changes", {"status.old", "status.new"}),
    ("activity_feed", "details", {"ip", "user_agent"}),
    ("orders", "metadata", {"order_source", "risk_score", "coupon"}),
    ("attachments", "metadata", {"width", "height"}),
    ("identities", "identity_data", {"name", "email", "email_verified"}),
    ("events", "properties", {"page", "browser"}),
    ("products", "specifications", {"color", "material"}),
    ("deals", "custom_fields", {"cost_center", "account_manager"}),
    ("sessions", "device", {"os", "browser", "screen"}),
    ("requests", "headers", {"content-type", "x-request-id"}),
    ("plans", "limits", {"seats", "storage_gb"}),
    ("runs", "token_usage", {"prompt_tokens", "completion_tokens"}),
    ("accounts", "feature_flags", {"sso", "api_access"}),
    ("posts", "reactions", {"👍"}),
    ("emails", "title_translations", {"en", "de"}),
    ("surveys", "answers", {"q1", "comment"}),
    ("shops", "opening_hours", {"mon_fri", "sat"}),
    ("posts", "stats", {"views", "clicks"}),
    ("pods", "labels", {"app", "env"}),
    ("sensors", "last_reading", {"temperature_c", "battery_v"}),
    ("orders", "payment_method", {"brand", "last4"}),
]
LISTS = [
    ("dashboards", "layout", {"x", "y", "w", "type"}),
    ("segments", "filters", {"field", "op", "value"}),
    ("carts", "line_items", {"sku", "quantity", "unit_price"}),
    ("forms", "fields", {"name", "type", "required"}),
    ("recipes_imported", "steps", {"name", "timeout_s"}),
    ("completions", "messages", {"role", "content"}),
    ("messages", "attachments", {"name", "size"}),
    ("prices", "tiers", {"up_to", "unit_amount"}),
]


def of_table(name: str, column: str, check: str = "") -> list[tuple[dict[str, Any], Any]]:
    facts = (
        "email text!",
        "status text! = open|paid|closed",
        "amount numeric(8,2)!",
        "city text!",
        "country_code char(2)!",
    )
    made = table(name, "id int!", *facts, f"{column} jsonb!", check=check)
    return [(row, json.loads(row[column])) for row in drawn(made, rows=60)[name]]


def member(document: Any, path: str) -> Any:
    """Return what lies at the end of a path of members."""
    for part in path.split("."):
        document = document[part]
    return document


@pytest.mark.parametrize(("name", "column", "members"), OBJECTS)
def test_a_document_is_what_such_columns_hold_and_says_what_its_row_says(
    name: str, column: str, members: set[str]
) -> None:
    found = of_table(name, column)
    for path in members:
        assert all(member(document, path) is not None or path == "coupon" for _, document in found), path
    assert len({tuple(document) for _, document in found}) == 1
    assert len({json.dumps(document) for _, document in found}) > 3
    for row, document in found:
        inside = document.get("data", document)
        inside = inside.get("object", inside) if isinstance(inside, dict) else document
        told = set(inside) if isinstance(inside, dict) and "contact" not in column else set()
        for fact in {"email", "status", "amount", "city"} & told:
            own = float(row[fact]) if fact == "amount" else row[fact]
            assert inside[fact] == own or not isinstance(inside[fact], str | float), (row, document)


@pytest.mark.parametrize(("name", "column", "members"), LISTS)
def test_a_list_is_one_of_such_documents_also_where_a_check_asks_for_a_list(
    name: str, column: str, members: set[str]
) -> None:
    for check in ("", f"(jsonb_typeof({column}) = 'array'::text)"):
        for _, listed in of_table(name, column, check):
            assert isinstance(listed, list) and listed, listed
            assert all(set(one) >= members for one in listed), listed


def test_columns_of_one_table_have_documents_of_their_own() -> None:
    made = table("orders", "id int!", "metadata jsonb!", "shipping_address jsonb!", "line_items jsonb!", "tags jsonb!")
    for row in drawn(made)["orders"]:
        shapes = {
            str(sorted(told) if isinstance(told, dict) else [type(one) for one in told][:1])
            for told in (json.loads(row[name]) for name in row if name != "id")
        }
        assert len(shapes) == 4, row


def test_a_point_lies_where_its_row_is() -> None:
    made = table("stores", "id int!", "latitude numeric(9,6)!", "longitude numeric(9,6)!", "city text!", "geom json!")
    for row in drawn(made)["stores"]:
        point = json.loads(row["geom"])["coordinates"]
        assert point == [float(row["longitude"]), float(row["latitude"])], row


def test_what_is_said_together_fits() -> None:
    sides = {("en", "de"): {"Settings": "Einstellungen", "Welcome back": "Willkommen zurück"}}
    for _, told in of_table("emails", "title_translations"):
        assert sides["en", "de"].get(told["en"], told["de"]) == told["de"]
    for _, told in of_table("webhook_calls", "last_error"):
        assert (told["code"] == "TIMEOUT") == (told["message"] == "The request timed out.")


def test_an_object_is_one_where_a_check_asks_for_it_though_the_name_speaks_of_a_list() -> None:
    for _, told in of_table("things", "tags", "(jsonb_typeof(tags) = 'object'::text)"):
        assert isinstance(told, dict) and told


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
    def kinds(members: Members) -> Iterator[str]:
        for told in members.values():
            yield from [told.kind] if isinstance(told, Value) else kinds(told)

    for name, column, _ in (*OBJECTS, *LISTS):
        shape = shape_of(column, name)
        assert shape is not None
        assert all(kind in registry() for kind in kinds(shape.members)), column
    assert all(words(fact) for fact in FACTS)


def test_a_column_whose_name_says_nothing_keeps_its_plain_document() -> None:
    made = table("things", "id int!", "blob_x jsonb!")
    assert planned(made).table(made.name).column("blob_x").generators[0].kind == "json.object"


@pytest.mark.parametrize(
    ("of", "name", "member"),
    [
        ("users", "mfa_verifications", "type"),
        ("organizations", "color", "primary_color"),
        ("dashboards", "parameters", "date_range"),
        ("users", "identities", "google"),
        ("accounts", "custom_data", "plan"),
    ],
)
def test_a_document_is_of_the_shape_that_its_column_is_called_after(of: str, name: str, member: str) -> None:
    for row in drawn(table(of, "id int!", "name text!", f"{name} jsonb!"), rows=40)[of]:
        made = json.loads(row[name])
        assert all(member in one for one in (made if isinstance(made, list) else [made])), made
        assert "theme" not in str(made) and "campaign" not in str(made)
