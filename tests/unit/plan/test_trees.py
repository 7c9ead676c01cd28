"""Depths, nested sets and paths agree with the tree that rows make."""

from __future__ import annotations

from typing import Any

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import drawn, table


def _rows(made: Table) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in drawn(made, rows=300)[made.name.name]}


@pytest.mark.parametrize(("column", "first"), [("depth int!", 0), ("level smallint!", 1), ("category_level int", 1)])
@pytest.mark.parametrize("key", ["id int!", "id uuid!"])
def test_a_row_is_a_level_below_its_parent(column: str, first: int, key: str) -> None:
    parent = key.replace("id ", "parent_id ").rstrip("!") + " -> categories"
    rows = _rows(table("categories", key, "name text!", parent, column))
    name = column.split()[0]
    for row in rows.values():
        above = rows.get(row["parent_id"])
        assert row[name] == (first if above is None else above[name] + 1)
    assert max(row[name] for row in rows.values()) > first + 2


@pytest.mark.parametrize("numbered", [True, False])
def test_a_nested_set_holds_what_is_below_it(numbered: bool) -> None:
    columns = ("lft int!", "rght int!", "level int!") if numbered else ("lft int!", "rgt int!", "depth int")
    made = table("menus", "id int!", "title text!", "parent_id int -> menus", *columns, *(["tree_id int!"] * numbered))
    rows = _rows(made)
    right = "rght" if numbered else "rgt"
    numbers = [(row.get("tree_id"), row[side]) for row in rows.values() for side in ("lft", right)]
    assert len(set(numbers)) == 2 * len(rows)
    for row in rows.values():
        inside = [
            one
            for one in rows.values()
            if row["lft"] < one["lft"] and one[right] < row[right] and one.get("tree_id") == row.get("tree_id")
        ]
        assert len(inside) * 2 + 1 == row[right] - row["lft"]
        above = rows.get(row["parent_id"])
        if above is not None:
            assert above["lft"] < row["lft"] < row[right] < above[right]
            assert row.get("tree_id") == above.get("tree_id")
        else:
            assert row["lft"] == 1 or not numbered
        assert row["level" if numbered else "depth"] == (
            0 if above is None else above["level" if numbered else "depth"] + 1
        )


@pytest.mark.parametrize(
    ("columns", "lead", "separator", "of"),
    [
        (("path text!",), "", "/", "id"),
        (("slug text!", "tree_path text"), "/", "/", "slug"),
        (("slug text!", "url_path text", "path text!"), "/", "/", "slug"),
        (("materializedPath text!",), "", "/", "id"),
    ],
)
def test_a_path_leads_from_the_root_to_the_row(columns: tuple[str, ...], lead: str, separator: str, of: str) -> None:
    unique = ", ".join({"slug", "path"} & {each.split()[0] for each in columns})
    made = table("sections", "id int!", "name text!", "parent_section_id int -> sections", *columns, unique=unique)
    rows = _rows(made)
    name = columns[-1].split()[0]
    for row in rows.values():
        way = []
        at: dict[str, Any] | None = row
        while at is not None:
            way.append(str(at[of]))
            at = rows.get(at["parent_section_id"])
        assert row[name] == lead + separator.join(reversed(way))


def test_an_ancestry_is_that_of_the_parent() -> None:
    rows = _rows(table("locations", "id int!", "name text!", "parent_id int -> locations", "ancestry text"))
    for row in rows.values():
        above = rows.get(row["parent_id"])
        told = None if above is None else "/".join(filter(None, (above["ancestry"], str(above["id"]))))
        assert row["ancestry"] == told


@pytest.mark.parametrize(
    "columns",
    [
        ("manager_id int -> things", "level int! = 1|2|3"),
        ("parent_id int -> things", "level int! = 1|2|3"),
        ("parent_id int -> things", "path varchar(20)!"),
        ("parent_id int -> things", "lft int!"),
    ],
)
def test_what_has_no_room_for_a_tree_is_left_alone(columns: tuple[str, ...]) -> None:
    rows = _rows(table("things", "id int!", *columns))
    name = columns[-1].split()[0]
    assert any(row[name] is not None for row in rows.values())
