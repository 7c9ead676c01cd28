from __future__ import annotations

from dataclasses import replace

import pytest

from seedfast.model.table import KeyPart, Table, UniqueKey
from seedfast.semantics.undeclared import undeclared

from .tables import table


def keyed(name: str, *columns: str, unique: tuple[str, ...] = ()) -> Table:
    """Return a table whose first column is its primary key."""
    made = table(name, *columns)
    names = (made.columns[0].name, *unique)
    keys = (UniqueKey(f"{name}_{c}", (KeyPart(c, None, (c,)),), primary=n == 0) for n, c in enumerate(names))
    return replace(made, unique_keys=tuple(keys))


USERS = keyed("users", "id bigint!", "email text!", "manager_id bigint", unique=("email",))
ORDERS = keyed("orders", "id uuid!", "placed_by bigint")
COUNTRIES = keyed("countries", "code char(2)!", "name text")
API_KEYS = keyed("api_keys", "id bigint!", "name text")
STATUSES = keyed("statuses", "id int!", "name text")
CUSTOMERS = keyed("customers", "id text!", "name text")


def told(column: str, *more: Table, name: str = "notes") -> str | None:
    """Return what the only column beside a table's key points at."""
    child = keyed(name, "id bigint!", column)
    found = undeclared([child, USERS, ORDERS, COUNTRIES, API_KEYS, STATUSES, CUSTOMERS, *more])
    relations = [r for r in found.get(child.name, ()) if r.column == column.rpartition(" ")[0]]
    return f"{relations[0].parent.name}.{relations[0].parent_column}" if relations else None


@pytest.mark.parametrize(
    ("column", "points_at"),
    [
        ("user_id bigint", "users.id"),
        ("userId bigint", "users.id"),
        ("created_by bigint", "users.id"),
        ("approved_by_id bigint", "users.id"),
        ("owner_id bigint", "users.id"),
        ("author bigint", "users.id"),
        ("assigned_user_id bigint", "users.id"),
        ("parent_id bigint", "notes.id"),
        ("parent_note_id bigint", "notes.id"),
        ("order_ref uuid", "orders.id"),
        ("order_id uuid", "orders.id"),
        ("original_order_id uuid", "orders.id"),
        ("country_code char(2)", "countries.code"),
        ("user_email text", "users.email"),
        ("status_id int", "statuses.id"),
        ("api_key_id bigint", "api_keys.id"),
        ("customer_id text", "customers.id"),
    ],
)
def test_names_and_types_say_which_row_is_meant(column: str, points_at: str) -> None:
    assert told(column) == points_at


@pytest.mark.parametrize(
    "column",
    [
        "external_id bigint",
        "stripe_customer_id text",
        "github_user_id bigint",
        "zip_code_id bigint",
        "trace_id text",
        "order_id bigint",
        "user_id smallint",
        "sort_by bigint",
        "created_by text",
        "author text",
        "status text",
        "user_count bigint",
        "api_key text",
        "country_code char(1)",
        "id_number bigint",
    ],
)
def test_what_only_looks_like_a_key_points_at_nothing(column: str) -> None:
    assert told(column) is None


def test_a_table_is_found_by_the_prefix_that_tables_share() -> None:
    crowd = [keyed(f"app_{name}", "id bigint!") for name in ("tag", "label", "board", "card", "lane", "list", "mark")]
    assert told("board_id bigint", *crowd, name="app_note") == "app_board.id"


def test_a_table_of_the_same_family_is_meant() -> None:
    assert told("step_id bigint", keyed("recipe_steps", "id bigint!"), name="recipe_timers") == "recipe_steps.id"
    assert told("step_id bigint", keyed("recipe_steps", "id bigint!"), name="timers") is None


def test_a_name_that_only_repeats_its_own_table_points_elsewhere_or_nowhere() -> None:
    assert told("media_id bigint", name="trace_media") is None
    assert told("note_id bigint") is None
    assert told("parent_note_id bigint") == "notes.id"


def test_a_reference_is_found_under_the_name_that_it_has_there() -> None:
    projects = keyed("projects", "id text!", "external_ref text!", unique=("external_ref",))
    assert told("project_ref text", projects) == "projects.external_ref"
    assert told("project_id text", projects) == "projects.id"


def test_the_parent_of_a_version_is_a_thing_and_not_a_version() -> None:
    assert told("parent_id bigint", keyed("posts", "id bigint!"), name="post_versions") == "posts.id"


def test_whose_owner_it_is_must_be_said_by_the_table() -> None:
    assert told("repository_owner_id bigint", name="repository_imports") == "users.id"
    assert told("repository_owner_id bigint", name="publishers") is None


def test_a_comment_decides() -> None:
    child = keyed("notes", "id bigint!", "who bigint")
    column = replace(child.columns[1], comment="References users.id of the writer")
    child = replace(child, columns=(child.columns[0], column))
    [relation] = undeclared([child, USERS])[child.name]
    assert (relation.parent, relation.evidence) == (USERS.name, f"the comment says {USERS.name}")


def test_what_the_server_gives_points_at_nothing() -> None:
    child = keyed("notes", "id bigint!", "order_id uuid")
    column = replace(child.columns[1], default="gen_random_uuid()")
    assert not undeclared([replace(child, columns=(child.columns[0], column)), ORDERS]).get(child.name)


def test_two_tables_that_fit_alike_cancel_each_other() -> None:
    other = replace(USERS, name=replace(USERS.name, schema="crm"))
    third = replace(USERS, name=replace(USERS.name, schema="auth"))
    child = replace(
        keyed("notes", "id bigint!", "user_id bigint"), name=replace(USERS.name, schema="app", name="notes")
    )
    assert child.name not in undeclared([child, other, third])
    assert child.name in undeclared([child, other])


def test_a_shared_key_is_the_others_and_not_its_own() -> None:
    shared = keyed("user_settings", "user_id bigint!")
    own = keyed("customer", "customer_id int!")
    found = undeclared([shared, USERS, own])
    assert [relation.parent for relation in found[shared.name]] == [USERS.name]
    assert own.name not in found


@pytest.mark.parametrize("name", ["team_user", "team_users"])
def test_a_key_called_after_its_table_is_its_own(name: str) -> None:
    child = keyed(name, "team_user_id bigint!", "user_id bigint!")
    assert [relation.column for relation in undeclared([child, USERS])[child.name]] == ["user_id"]


def test_keys_of_a_data_warehouse_name_rows_of_its_dimensions() -> None:
    dates = keyed("date_dim", "d_date_sk int!", "d_year int")
    shops = keyed("store", "s_store_sk int!", "s_name text")
    sales = table("store_sales", "ss_sold_date_sk int", "ss_store_sk int", "ss_quantity int", "ss_risk_sk int")
    found = {one.column: one.parent.name for one in undeclared([dates, shops, sales])[sales.name]}
    assert found == {"ss_sold_date_sk": "date_dim", "ss_store_sk": "store"}


@pytest.mark.parametrize(
    ("column", "points_at"),
    [
        ("ledger_record_id bigint", "ledgers.record_id"),
        ("source_ledger_record_id bigint", "ledgers.record_id"),
        ("ledger_external_key text", "ledgers.external_key"),
        ("target_record_id bigint", None),
    ],
)
def test_a_key_of_several_words_is_found_behind_the_table(column: str, points_at: str | None) -> None:
    ledgers = keyed("ledgers", "record_id bigint!", "external_key text!", "name text", unique=("external_key",))
    assert told(column, ledgers) == points_at
