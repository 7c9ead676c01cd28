"""Time flows forward in a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from seedfast.model.table import KeyPart, Table, UniqueKey
from tests.unit.plan.written import NOW, drawn, table


def _keyed(made: Table, *columns: str) -> Table:
    key = UniqueKey("own_key", tuple(KeyPart(name, None, (name,)) for name in columns), constraint=True)
    return replace(made, unique_keys=(*made.unique_keys, key))


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@pytest.mark.parametrize("later", ["shipped_at", "delivered_at", "paid_at", "returned_at"])
def test_nothing_happens_to_an_order_before_it_is_made(later: str) -> None:
    made = table("orders", "id int!", "status text!", f"{later} timestamptz", "created_at timestamptz!")
    rows = drawn(made, rows=600)["orders"]
    assert sum(row[later] is not None for row in rows) > 5
    assert all(row[later] is None or str(row["created_at"])[:19] <= str(row[later])[:19] for row in rows)


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        (("sensor_id int! -> sensors", "recorded_at timestamptz!"), ("sensor_id", "recorded_at")),
        (("rental_date timestamp!", "sensor_id int! -> sensors", "customer_name text"), ("rental_date", "sensor_id")),
        (("day date!", "views int!"), ("day",)),
        (("logged_at timestamp!",), ("logged_at",)),
    ],
)
def test_moments_that_a_key_tells_apart_are_spread_like_others(columns: tuple[str, ...], key: tuple[str, ...]) -> None:
    sensors = table("sensors", "id int!", "name text!")
    rows = drawn(sensors, _keyed(table("readings", "id int!", *columns), *key))["readings"]
    moment = next(name for name in key if name != "sensor_id")
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    days = sorted(_day(row[moment]) for row in rows)
    assert days[-1] - days[0] > timedelta(days=500)
    assert days[150] - days[50] > timedelta(days=200)


def test_a_name_rather_than_a_moment_makes_a_key_distinct() -> None:
    made = table("payments", "number int!", "payment_date timestamp!", "customer_name text!")
    keyed = replace(made, unique_keys=())
    rows = drawn(_keyed(keyed, "payment_date", "customer_name"))["payments"]
    assert len({row["customer_name"] for row in rows}) == len(rows)


@pytest.mark.parametrize("last", ["delivered_at", "returned_at"])
def test_what_follows_at_two_removes_follows_as_soon(last: str) -> None:
    made = table("orders", "id int!", "placed_at timestamp!", "shipped_at timestamp!", f"{last} timestamp!")
    late = [row for row in drawn(made, rows=400)["orders"] if row[last] - row["placed_at"] > timedelta(days=60)]
    assert not late, late[:3]


@pytest.mark.parametrize(
    "later",
    [
        *(
            "claimed_at",
            "cancel_requested_at",
            "blockedAt",
            "alerted_at",
            "consumed_at",
            "reset_at",
            "severity_changed_at",
        ),
        *("last_used_at", "last_sync_at", "heartbeat_at", "last_failure_sent_at", "access_timestamp"),
    ],
)
def test_nothing_is_done_to_what_is_not_there(later: str) -> None:
    made = table("monitors", "id int!", "name text!", f"{later} timestamp", "created_at timestamp!")
    rows = drawn(made, rows=400)["monitors"]
    assert all(row[later] is None or row["created_at"] <= row[later] for row in rows)


@pytest.mark.parametrize("again", ["last_used_at", "last_sync_at", "heartbeat_at"])
def test_what_happens_again_and_again_was_lately_however_old_the_thing_is(again: str) -> None:
    made = table("devices", "id int!", "name text!", f"{again} timestamp", "created_at timestamp!")
    rows = [row for row in drawn(made, rows=400)["devices"] if row[again] is not None]
    assert sum(NOW - row[again] < timedelta(days=60) for row in rows) > len(rows) * 0.9


@pytest.mark.parametrize("before", ["birth_date", "founded_at", "recorded_at", "hired_at", "occurred_at"])
def test_what_was_before_somebody_wrote_it_down_stays_there(before: str) -> None:
    made = table("things", "id int!", f"{before} timestamp!", "created_at timestamp!")
    assert any(row[before] < row["created_at"] for row in drawn(made, rows=300)["things"])


@pytest.mark.parametrize("day", ["visit_end_date", "due_date", "posted_date"])
def test_a_moment_beside_its_day_is_of_a_usual_time_where_that_day_is_missing(day: str) -> None:
    moment = day.removesuffix("_date") + "_datetime"
    made = table("visits", "id int!", "visit_date date!", f"{day} date", f"{moment} timestamp")
    rows = drawn(made, rows=600)["visits"]
    alone = [row[moment] for row in rows if row[day] is None and row[moment] is not None]
    assert alone and all(NOW - timedelta(days=1_500) < each < NOW + timedelta(days=900) for each in alone)
    assert all(_day(row[moment]) == row[day] for row in rows if row[day] is not None and row[moment] is not None)


@pytest.mark.parametrize("pair", [("sell_start_date", "sell_end_date"), ("available_from", "available_to")])
@pytest.mark.parametrize("kind", ["date", "timestamp"])
def test_what_is_on_offer_is_so_for_more_than_some_days(pair: tuple[str, str], kind: str) -> None:
    made = table("products", "id int!", "name text!", *(f"{name} {kind}!" for name in pair))
    lasting = sorted(_day(row[pair[1]]) - _day(row[pair[0]]) for row in drawn(made)["products"])
    assert lasting[0] >= timedelta(0)
    assert lasting[100] > timedelta(days=45)


@pytest.mark.parametrize(
    "columns",
    [
        ("visit_date date!", "visit_end_date date"),
        ("procedure_datetime timestamp", "procedure_end_datetime timestamp"),
        ("date date!", "end_date date!"),
        ("trip_on date", "trip_finished_on date"),
        ("tripDate timestamptz!", "tripEndDate timestamptz!"),
    ],
)
def test_what_ends_began_when_only_its_name_says_so(columns: tuple[str, ...]) -> None:
    first, last = (each.split()[0] for each in columns)
    rows = [
        row for row in drawn(table("entries", "id int!", *columns), rows=400)["entries"] if row[first] and row[last]
    ]
    assert len(rows) > 100
    assert all(row[first] <= row[last] for row in rows)
    assert sum((row[last] - row[first]) < timedelta(days=60) for row in rows) > len(rows) * 0.9


def test_a_part_is_no_earlier_than_its_whole_where_both_have_a_day_and_a_moment() -> None:
    times = ("start_date date!", "start_datetime timestamp", "end_date date!", "end_datetime timestamp")
    visits = table("visits", "id int!", *(f"visit_{each}" for each in times))
    details = table("details", "id int!", "visit_id int! -> visits", *(f"detail_{each}" for each in times))
    rows = drawn(visits, details)
    began = {row["id"]: row["visit_start_date"] for row in rows["visits"]}
    assert all(row["detail_start_date"] >= began[row["visit_id"]] for row in rows["details"])


@pytest.mark.parametrize(
    ("name", "earlier", "later"),
    [
        ("invoices", "issued_on date!", "paid_at timestamptz"),
        ("invoices", "created_at timestamptz!", "paid_on date"),
        ("loans", "requested_at timestamptz!", "approved_date date"),
    ],
)
def test_days_and_moments_of_a_row_are_in_order(name: str, earlier: str, later: str) -> None:
    rows = drawn(table(name, "id int!", earlier, later), rows=400)[name]
    first, then = (written.split()[0] for written in (earlier, later))
    assert sum(row[then] is not None for row in rows) > 50
    assert all(row[then] is None or _day(row[first]) <= _day(row[then]) for row in rows)


@pytest.mark.parametrize(("theirs", "own"), [("timestamptz", "date"), ("date", "timestamptz")])
def test_days_and_moments_of_a_parent_are_before_its_childrens(theirs: str, own: str) -> None:
    customers = table("customers", "id int!", f"created {theirs}!")
    orders = table("orders", "id int!", "customer_id int! -> customers", f"ordered {own}!")
    rows = drawn(customers, orders, rows=300)
    born = {row["id"]: _day(row["created"]) for row in rows["customers"]}
    assert all(born[row["customer_id"]] <= _day(row["ordered"]) for row in rows["orders"])


@pytest.mark.parametrize(
    ("whole", "part", "kind"),
    [("visits", "visit_details", "date"), ("projects", "tasks", "timestamptz"), ("trips", "legs", "timestamp")],
)
def test_a_stretch_lies_within_what_it_is_a_stretch_of(whole: str, part: str, kind: str) -> None:
    period = (f"start_date {kind}!", f"end_date {kind}!")
    made = table(part, "id int!", f"{whole[:-1]}_id int! -> {whole}", *period)
    rows = drawn(table(whole, "id int!", *period), made, rows=300)
    of = {row["id"]: row for row in rows[whole]}
    for row in rows[part]:
        around = of[row[f"{whole[:-1]}_id"]]
        assert around["start_date"] <= row["start_date"] <= row["end_date"] <= around["end_date"]
    assert len({row["start_date"] for row in rows[part]}) > 100


@pytest.mark.parametrize(
    ("theirs", "own"),
    [
        ("registration_timestamp", "registration_timestamp"),
        ("create_date", "entered_on"),
        ("insertion_time", "creation_date"),
    ],
)
def test_when_a_row_was_written_down_is_when_it_came_to_be(theirs: str, own: str) -> None:
    samples = table("samples", "id int!", f"{theirs} timestamptz!", "production_timestamp timestamptz")
    links = table(
        "links", "id int!", "sample_id int! -> samples", f"{own} timestamptz!", "modification_timestamp timestamptz!"
    )
    rows = drawn(samples, links, rows=300)
    born = {row["id"]: row[theirs] for row in rows["samples"]}
    assert all(born[row["sample_id"]] <= row[own] <= row["modification_timestamp"] for row in rows["links"])


def test_what_was_scheduled_happens_when_it_was_or_somewhat_later() -> None:
    moments = ("scheduled_departure", "actual_departure", "scheduled_arrival", "actual_arrival")
    rows = drawn(table("flights", "id int!", *(f"{name} timestamptz!" for name in moments)), rows=300)["flights"]
    for planned, actual in (moments[:2], moments[2:]):
        assert all(timedelta(0) <= row[actual] - row[planned] <= timedelta(hours=15) for row in rows)
    assert all(
        timedelta(0) <= row["scheduled_arrival"] - row["scheduled_departure"] < timedelta(days=1) for row in rows
    )


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        (("rental_date timestamptz!", "item_id int! -> items"), ("rental_date", "item_id", "customer_id")),
        (("used_on timestamp!",), ("customer_id", "used_on")),
        (("activity_date date!",), ("customer_id", "activity_date")),
        (("activity_date date!", "item_id int! -> items"), ("item_id", "activity_date", "customer_id")),
        (("registered_at timestamptz!",), ("registered_at",)),
        (("start_date date!", "end_date date"), ("customer_id", "start_date")),
    ],
)
@pytest.mark.parametrize("rows", [50, 3000])
def test_a_moment_of_a_key_is_no_earlier_than_the_parents(
    columns: tuple[str, ...], key: tuple[str, ...], rows: int
) -> None:
    checks = "end_date IS NULL OR end_date >= start_date" if "end_date date" in columns else ""
    made = drawn(
        table("customers", "id int!", "created_at timestamptz!"),
        table("items", "id int!", "name text!"),
        _keyed(table("rentals", "id int!", "customer_id int! -> customers", *columns, check=checks), *key),
        rows=rows,
    )
    moment = columns[0].split()[0]
    born = {row["id"]: row["created_at"] for row in made["customers"]}
    assert all(_day(born[row["customer_id"]]) <= _day(row[moment]) for row in made["rentals"])
    assert len({tuple(row[name] for name in key) for row in made["rentals"]}) == len(made["rentals"]) == rows
    late = [row for row in made["rentals"] if _day(row[moment]) > NOW.date() + timedelta(days=30)]
    assert len(late) < rows // 50


@pytest.mark.parametrize(
    ("period", "own"),
    [
        (("started_at timestamptz!", "ended_at timestamptz!"), ("clicked_at timestamptz!",)),
        (("admittime timestamp!", "dischtime timestamp!"), ("starttime timestamp!", "endtime timestamp!")),
        (("start_date date!", "end_date date!"), ("measured_on date!", "value numeric(6,2)!")),
        (("intime timestamp!", "outtime timestamp!"), ("charttime timestamp!",)),
    ],
)
@pytest.mark.parametrize("whole", ["visits", "admissions", "browser_sessions"])
def test_what_happens_in_something_happens_while_it_lasts(
    whole: str, period: tuple[str, str], own: tuple[str, ...]
) -> None:
    rows = drawn(
        table("devices", "id int!", "name text!"),
        table(whole, "id int!", *period),
        table("events", "id int!", "device_id int! -> devices", f"whole_id int -> {whole}", *own),
        rows=300,
    )
    begin, end = (each.split()[0] for each in period)
    of = {row["id"]: row for row in rows[whole]}
    within = [row for row in rows["events"] if row["whole_id"] is not None]
    assert len(within) > 100
    for row in within:
        around = of[row["whole_id"]]
        for name in (each.split()[0] for each in own if "numeric" not in each):
            assert around[begin] <= row[name] <= around[end]


@pytest.mark.parametrize("name", ["charged_through_date", "paid_through", "billed_until"])
def test_nobody_is_charged_up_to_before_it_began(name: str) -> None:
    made = table("subscriptions", "id int!", "start_date date!", f"{name} date", "created_date date!")
    rows = drawn(made, rows=400)["subscriptions"]
    charged = [row for row in rows if row[name] is not None]
    assert len(charged) > 50
    assert all(row["start_date"] <= row[name] for row in charged)


@pytest.mark.parametrize("gone", ["deleted_at timestamptz", "archived_on date", "date_removed timestamp"])
@pytest.mark.parametrize("optional", ["", "!"])
def test_nothing_comes_of_what_has_been_done_away_with(gone: str, optional: str) -> None:
    rows = drawn(
        table("projects", "id int!", "created_at timestamptz!", gone),
        table(
            "notes",
            "id int!",
            f"project_id int{optional} -> projects",
            "created_at timestamptz!",
            "updated_at timestamp",
        ),
        rows=400,
    )
    when = gone.split()[0]
    ends = {row["id"]: _day(row[when]) for row in rows["projects"] if row[when] is not None}
    late = [row for row in rows["notes"] if row["project_id"] in ends]
    assert len(late) > 5
    for row in late:
        assert _day(row["created_at"]) <= ends[row["project_id"]]
        assert row["updated_at"] is None or _day(row["updated_at"]) <= ends[row["project_id"]]


@pytest.mark.parametrize(
    "event",
    ["deleted_at", "email_verified", "finished_at", "password_updated_at", "last_login_at", "renamed_by_user_at"],
)
@pytest.mark.parametrize("last", ["updated_at", "last_modified", "modified_on", "date_changed"])
def test_what_happens_to_a_row_is_written_into_it(event: str, last: str) -> None:
    made = table("users", "id int!", "created_at timestamptz!", f"{last} timestamptz!", f"{event} timestamptz")
    happened = [row for row in drawn(made, rows=400)["users"] if row[event] is not None]
    assert len(happened) > 20
    assert all(row["created_at"] <= row[event] <= row[last] for row in happened)


@pytest.mark.parametrize("planned", ["expires_at", "due_at", "scheduled_at", "next_run_at", "valid_until"])
def test_what_is_to_come_is_not_written_yet(planned: str) -> None:
    made = table("jobs", "id int!", "created_at timestamptz!", "updated_at timestamptz!", f"{planned} timestamptz")
    assert any(row[planned] is not None and row[planned] > row["updated_at"] for row in drawn(made, rows=400)["jobs"])


@pytest.mark.parametrize(("things", "many"), [("accounts", False), ("shops", False), ("tickets", True)])
def test_most_of_what_stands_has_not_ended(things: str, many: bool) -> None:
    rows = drawn(table(things, "id int!", "created_at timestamptz!", "closed_at timestamptz"), rows=400)[things]
    assert (sum(row["closed_at"] is not None for row in rows) > 200) is many
