"""What is measured runs to what it runs to, by its name or by the unit at the name's end."""

from __future__ import annotations

import pytest

from tests.unit.plan.written import drawn, table

SPANS = [
    ("air_temp_c", -10, 36),
    ("cabin_c", -5, 35),
    ("soilTempC", 0, 30),
    ("wind_speed_ms", 0, 20),
    ("wind_kmh", 0, 75),
    ("rainfall_mm", 0, 30),
    ("heading", 0, 360),
    ("fat_pct", 3, 5),
    ("yield_t_ha", 1, 12),
    ("tx_power_dbm", 10, 50),
    ("rssi", -115, -50),
    ("parcel_kg", 1, 250),
    ("plot_ha", 0, 21),
    ("duracion_seg", 1, 1800),
    ("latitud", -90, 90),
    ("kilometerstand", 1000, 200000),
]


@pytest.mark.parametrize(("column", "low", "high"), SPANS)
def test_a_number_lies_where_its_name_or_unit_says(column: str, low: int, high: int) -> None:
    rows = drawn(table("readings", "id int!", f"{column} numeric(9,2)!"))["readings"]
    values = [float(row[column]) for row in rows]
    assert low <= min(values) and max(values) <= high and len(set(values)) > 10, (min(values), max(values))


def test_the_models_of_what_has_a_maker_are_models_of_things() -> None:
    rows = drawn(table("tractors", "id int!", "make text!", "model text!", "serial_number text!"))["tractors"]
    assert not any(name in row["model"] for row in rows for name in ("embed", "chat", "mini"))


def test_a_name_beside_a_family_name_is_a_given_name() -> None:
    rows = drawn(table("members", "id int!", "name text!", "surname text!"))["members"]
    assert not any(" " in row["name"] for row in rows)


def test_a_name_beside_a_given_name_is_a_family_name() -> None:
    rows = drawn(table("locataires", "id int!", "nom text!", "prenom text!", "courriel text!"))["locataires"]
    assert not any(" " in row["nom"] for row in rows)
    assert sum(row["nom"][:4].lower() in row["courriel"] for row in rows) > 120
