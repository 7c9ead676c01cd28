"""A row has a value of one type, and what tells the type tells that one."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table

NAMES = [
    ("string_value text", "number_value numeric(19,4)", "date_value timestamptz"),
    ("value_text text", "value_int int", "value_datetime timestamp", "value_bool boolean"),
    ("valueString varchar(200)", "valueNumber numeric", "valueDate date"),
]
SELECTORS = ["", "data_type int!", "value_type text!"]


@pytest.mark.parametrize("columns", NAMES)
@pytest.mark.parametrize("selector", SELECTORS)
def test_a_row_has_one_of_its_typed_values(columns: tuple[str, ...], selector: str) -> None:
    made = table("attributes", "id int!", "data_key text!", *columns, *filter(None, [selector]))
    names = [column.split()[0] for column in columns]
    told: dict[str, set[object]] = {name: set() for name in names}
    of: dict[str, set[str]] = {}
    for row in drawn(made)["attributes"]:
        (there,) = [name for name in names if row[name] is not None]
        told[there].add(row[selector.split()[0]] if selector else there)
        assert row["data_key"].replace("_", "").isalpha()
        of.setdefault(row["data_key"], set()).add(there)
    assert all(len(said) == 1 for said in told.values())
    assert len(set.union(*told.values())) == len(names)
    # What a property is called says what it holds.
    assert len(of) > 5
    assert all(len(held) == 1 for held in of.values())


@pytest.mark.parametrize("key", ["data_key", "name", "property_name"])
def test_a_property_has_values_of_its_own(key: str) -> None:
    made = table("attributes", "id int!", f"{key} text!", "string_value text", "number_value int")
    rows = [row for row in drawn(made)["attributes"] if row[key] == "country"]
    assert bool(rows) == (key != "name")
    assert all(row["string_value"].isupper() for row in rows)


@pytest.mark.parametrize("parent", ["properties", "question_types", "custom_fields"])
@pytest.mark.parametrize(
    "values", [("value text", "term_id int", "amount numeric"), ("string_value text", "int_value int")]
)
@pytest.mark.parametrize("checked", [True, False])
def test_all_values_of_one_property_are_of_one_type(parent: str, values: tuple[str, ...], checked: bool) -> None:
    names = [value.split()[0] for value in values]
    ways = [" AND ".join(f"({other} IS {'NOT ' * (other == one)}NULL)" for other in names) for one in names]
    check = " OR ".join(f"({way})" for way in ways) if checked else ""
    made = table("answers", "id int!", f"of_id int! -> {parent}", *values, check=check)
    rows = drawn(table(parent, "id int!", "name text!"), made, rows=120)["answers"]
    of: dict[object, set[str]] = {}
    for row in rows:
        of.setdefault(row["of_id"], set()).update(name for name in names if row[name] is not None)
    typed = checked or "string_value text" in values
    assert len(of) > 30
    assert all(len(held) == 1 for held in of.values()) is typed
    assert set.union(*of.values()) == set(names)
