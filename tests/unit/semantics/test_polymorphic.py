from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from seedfast.semantics.polymorphic import polymorphic

from .tables import table
from .test_undeclared import keyed

POSTS = keyed("blog_posts", "id bigint!", "title text")
USERS = keyed("users", "id bigint!", "name text")
ORDERS = keyed("orders", "id uuid!", "name text")


def told(kind: str, key: str, *more: str, listed: Mapping[str, Sequence[str]] | None = None) -> dict[str, str] | None:
    """Return which table each label of the only pair means, None where there is no pair."""
    child = keyed("notes", "id bigint!", kind, key)
    tables = [child, POSTS, USERS, ORDERS, *(keyed(name, "id bigint!") for name in more)]
    pairs = list(polymorphic(child, tables, (), listed or {}))
    return {case.label: case.table.name for case in pairs[0].cases} if pairs else None


def test_types_are_spelt_as_the_schema_suggests() -> None:
    assert told("notable_type text", "notable_id bigint") == {"BlogPost": "blog_posts", "User": "users"}
    assert told("entity_type text", "entity_id bigint") == {"blog_post": "blog_posts", "user": "users"}
    assert told("entity_table text", "entity_id bigint") == {"blog_posts": "blog_posts", "users": "users"}
    rails = told("subject_type text", "subject_id bigint", "ar_internal_metadata")
    assert rails is not None and {"BlogPost", "User"} <= rails.keys()


def test_a_list_says_which_tables_are_meant_and_how_they_are_spelt() -> None:
    listed = {"whose_type": ["App::BlogPost", "USERS", "planet"]}
    assert told("whose_type text", "whose_id bigint", listed=listed) == {"USERS": "users"}
    assert told("whose_type text", "whose_id bigint") is None


def test_the_key_must_find_room_in_the_id() -> None:
    assert told("entity_type text", "entity_id uuid") == {"order": "orders"}
    assert told("entity_type text", "entity_id text") == {"blog_post": "blog_posts", "order": "orders", "user": "users"}
    assert told("entity_type varchar(4)", "entity_id bigint") == {"user": "users"}


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("user_type text", "user_id bigint"),
        ("device_type text", "device_id bigint"),
        ("entity_type text", "other_id bigint"),
        ("entity_type int", "entity_id bigint"),
    ],
)
def test_other_types_say_nothing_of_tables(kind: str, key: str) -> None:
    assert told(kind, key) is None


def test_tables_without_a_key_of_one_column_are_no_target() -> None:
    child = keyed("notes", "id bigint!", "entity_type text", "entity_id bigint")
    assert not list(polymorphic(child, [child, table("loose", "id bigint")], (), {}))
