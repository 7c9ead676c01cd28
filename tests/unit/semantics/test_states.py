from __future__ import annotations

from dataclasses import replace

import pytest

from seedfast.constraints.domain import Branch, Domain
from seedfast.model.table import ForeignKey, KeyPart, Table, UniqueKey
from seedfast.names import QualifiedName
from seedfast.semantics.states import states
from tests.unit.semantics.tables import table


def _listing(column: str, *values: str) -> list[Branch]:
    return [Branch({column: Domain(allowed=values)})]


def _defaulting(made: Table, **defaults: str) -> Table:
    """Return the table with defaults for some columns."""
    return replace(made, columns=tuple(replace(c, default=defaults.get(c.name)) for c in made.columns))


def _ways(condition: str) -> dict[str, set[str]]:
    """Return, for each value of the first column of a condition, what its way says of the other columns."""
    found: dict[str, set[str]] = {}
    for way in condition.removeprefix("(").removesuffix(")").split(") OR ("):
        _, listed, *rest = way.replace(" IN (", " AND IN (").split(" AND ")[1:]
        for value in listed.removeprefix("IN (").removesuffix(")").split(", "):
            found[value.strip("'")] = set(rest)
    return found


@pytest.mark.parametrize(
    ("name", "columns", "values", "value", "said"),
    [
        ("orders", "status text|shipped_at date", "pending paid shipped", "shipped", '"shipped_at" IS NOT NULL'),
        ("orders", "status text|shipped_at date", "pending paid shipped", "paid", '"shipped_at" IS NULL'),
        ("orders", "status text|paid_at date", "pending shipped cancelled", "shipped", '"paid_at" IS NOT NULL'),
        ("Order", "status text|deliveredAt timestamptz", "NEW DELIVERED CANCELED", "CANCELED", '"deliveredAt" IS NULL'),
        ("orders", "state text|cancelled_on date", "open canceled", "open", '"cancelled_on" IS NULL'),
        ("posts", "status text|published_at date", "Draft Published Archived", "Draft", '"published_at" IS NULL'),
        (
            "posts",
            "status text|published_at date",
            "Draft Published Archived",
            "Archived",
            '"published_at" IS NOT NULL',
        ),
        ("tickets", "status text|resolved_at date", "open in_progress closed resolved", "in_progress", "IS NULL"),
        ("jobs", "state text|started_at date", "queued running done", "running", '"started_at" IS NOT NULL'),
        ("jobs", "state text|finished_at date", "queued running done", "running", '"finished_at" IS NULL'),
        ("jobs", "state text|error_message text", "queued running failed", "failed", '"error_message" IS NOT NULL'),
        ("jobs", "state text|error_message text", "queued running failed", "running", '"error_message" IS NULL'),
        ("runs", "status text|cancel_requested_at date", "queued running completed cancelled", "completed", " IS NULL"),
        ("subscriptions", "status text|canceled_at date", "trialing active canceled", "active", "IS NULL"),
        ("users", "status text|is_active boolean", "active suspended", "suspended", '"is_active" IS FALSE'),
        ("posts", "status text|published boolean", "draft published", "published", '"published" IS TRUE'),
    ],
)
def test_a_state_brings_what_it_leaves_behind(name: str, columns: str, values: str, value: str, said: str) -> None:
    made = table(name, "id bigint", *columns.split("|"))
    status = columns.partition(" ")[0]
    [wish] = states(made, _listing(status, *values.split())).wishes
    assert any(one.endswith(said) for one in _ways(wish.condition)[value])


def test_what_is_behind_a_state_for_certain_is_asked_and_what_may_be_is_not() -> None:
    made = table("orders", "status text", "paid_at date", "shipped_at date", "cancelled_at date")
    [wish] = states(made, _listing("status", "pending", "paid", "shipped", "cancelled")).wishes
    assert _ways(wish.condition)["cancelled"] == {'"shipped_at" IS NULL', '"cancelled_at" IS NOT NULL'}


@pytest.mark.parametrize(
    ("flag", "moment", "there"),
    [
        ("is_deleted", "deleted_at", "TRUE"),
        ("deleted", "deleted_on", "TRUE"),
        ("isArchived", "archivedAt", "TRUE"),
        ("email_verified", "email_verified_at", "TRUE"),
        ("active", "deactivated_at", "FALSE"),
        ("is_enabled", "disabled_at", "FALSE"),
    ],
)
def test_a_truth_value_goes_with_its_moment(flag: str, moment: str, there: str) -> None:
    found = states(table("things", f"{flag} boolean", f"{moment} timestamp"), [Branch()])
    assert f'("{flag}" IS {there} AND "{moment}" IS NOT NULL)' in found.wishes[0].condition


@pytest.mark.parametrize(
    ("name", "values", "most"),
    [
        ("orders", ("pending", "paid", "shipped", "delivered", "cancelled"), {"delivered"}),
        ("auctions", ("draft", "scheduled", "running", "ended", "settled", "cancelled"), {"ended", "settled"}),
        ("tenders", ("open", "closed", "awarded", "withdrawn"), {"closed", "awarded"}),
    ],
)
def test_most_rows_are_where_a_business_of_some_age_has_them(
    name: str, values: tuple[str, ...], most: set[str]
) -> None:
    shares = states(table(name, "status text"), _listing("status", *values)).shares["status"]
    assert sum(shares[value] for value in most) * 2 > sum(shares.values())
    assert min(shares.values()) > 0


@pytest.mark.parametrize(("default", "written"), [("'PENDING'::text", "DELIVERED"), ("'Open'", "Delivered")])
def test_a_column_without_a_list_gets_states_spelt_as_its_default(default: str, written: str) -> None:
    shares = states(_defaulting(table("orders", "status text"), status=default), [Branch()]).shares["status"]
    assert written in shares
    assert default.partition("'")[2].partition("'")[0] in shares


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("addresses", "city text|state text"),
        ("orders", "shipping_state text|city text"),
        ("accounts", "session_state text"),
        ("gadgets", "status text"),
    ],
)
def test_what_may_be_no_state_is_left_alone(name: str, columns: str) -> None:
    found = states(table(name, *columns.split("|")), [Branch()])
    assert (found.wishes, found.shares) == ((), {})


def test_columns_of_keys_and_references_are_left_alone() -> None:
    made = table("orders", "status text", "shipped_at date", "paid_at date")
    keyed = replace(
        made,
        unique_keys=(UniqueKey("k", (KeyPart("shipped_at", None, ("shipped_at",)),)),),
        foreign_keys=(ForeignKey("f", ("paid_at",), QualifiedName("public", "days"), ("day",)),),
    )
    branches = _listing("status", "pending", "paid", "shipped")
    assert states(made, branches).wishes
    assert not states(keyed, branches).wishes


def test_a_required_moment_is_left_alone() -> None:
    assert not states(table("jobs", "state text", "finished_at date!"), _listing("state", "queued", "done")).wishes
