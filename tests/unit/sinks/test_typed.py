"""Text in PostgreSQL's syntax becomes values of Arrow's types."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from seedfast.model.types import SqlType, TypeForm
from seedfast.sinks.typed import arrow_type, typed


def base(name: str, **more: Any) -> SqlType:
    return SqlType("pg_catalog", name, TypeForm.BASE, name, **more)


def array(element: SqlType) -> SqlType:
    return SqlType("pg_catalog", "_" + element.name, TypeForm.ARRAY, element.display + "[]", element=element)


TEXT = pa.string()


@pytest.mark.parametrize(
    ("kind", "made", "expected"),
    [
        (base("int2"), pa.int64(), pa.int16()),
        (base("numeric", precision=10, scale=2), pa.decimal128(38, 2), pa.decimal128(10, 2)),
        (base("numeric"), pa.decimal128(12, 4), pa.decimal128(38, 4)),
        (base("numeric"), TEXT, TEXT),
        (base("numeric", precision=50, scale=2), TEXT, TEXT),
        (base("numeric", precision=5, scale=-2), pa.int64(), TEXT),
        (base("timestamptz"), pa.timestamp("us"), pa.timestamp("us", "UTC")),
        (base("uuid"), TEXT, pa.uuid()),
        (base("jsonb"), TEXT, pa.json_(TEXT)),
        (base("interval"), TEXT, TEXT),
        (array(base("int4")), TEXT, pa.list_(pa.int32())),
        (array(base("box")), TEXT, TEXT),
        (SqlType("public", "share", TypeForm.DOMAIN, "share", base=base("int4")), pa.int64(), pa.int32()),
        (SqlType("public", "int4", TypeForm.ENUM, "int4", labels=("a",)), TEXT, TEXT),
        (SqlType("pg_catalog", "int4range", TypeForm.RANGE, "int4range", element=base("int4")), TEXT, TEXT),
    ],
)
def test_types(kind: SqlType, made: pa.DataType, expected: pa.DataType) -> None:
    assert arrow_type(kind, made) == expected


@pytest.mark.parametrize(
    ("texts", "kind", "values"),
    [
        (["{}", "{1,2}", None, "{NULL,-3}"], pa.list_(pa.int64()), [[], [1, 2], None, [None, -3]]),
        ([None], pa.list_(pa.int64()), [None]),
        (
            ['{"a,b","c\\"d","e\\\\f","NULL",NULL,"",g h}', "{}", None, '{"{x}"}'],
            pa.list_(TEXT),
            [["a,b", 'c"d', "e\\f", "NULL", None, "", "g h"], [], None, ["{x}"]],
        ),
        (
            ["{2026-01-31 12:00:00+00}"],
            pa.list_(pa.timestamp("us", "UTC")),
            [[datetime(2026, 1, 31, 12, tzinfo=UTC)]],
        ),
        (["\\x00ff", "\\x", None, "\\x61"], pa.binary(), [b"\x00\xff", b"", None, b"a"]),
        (
            ["0695baa0-b9d9-477c-9f4b-5d5a3b48537f", None, "0695BAA0B9D9477C9F4B5D5A3B48537F"],
            pa.uuid(),
            [
                uuid.UUID("0695baa0-b9d9-477c-9f4b-5d5a3b48537f"),
                None,
                uuid.UUID("0695baa0-b9d9-477c-9f4b-5d5a3b48537f"),
            ],
        ),
        (["t", "false", None], pa.bool_(), [True, False, None]),
        (["1.50", None], pa.decimal128(10, 2), [Decimal("1.50"), None]),
    ],
)
def test_texts(texts: list[str | None], kind: pa.DataType, values: list[object]) -> None:
    plain = pa.array(texts, TEXT)
    assert typed(plain, kind).to_pylist() == values
    assert typed(plain.dictionary_encode(), kind).to_pylist() == values
    # A part of a longer column shares its buffers.
    assert typed(pa.concat_arrays([plain, plain])[len(texts) :], kind).to_pylist() == values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("infinity", pa.date32()),
        ("{{1,2},{3,4}}", pa.list_(pa.int64())),
        ("[0:1]={1,2}", pa.list_(pa.int64())),
        ("abc\\000", pa.binary()),
        ("1000000", pa.int16()),
    ],
)
def test_a_value_without_a_place_is_refused(text: str, kind: pa.DataType) -> None:
    with pytest.raises(pa.ArrowInvalid):
        typed(pa.array([text]), kind)


def test_moments_without_a_zone_are_in_utc() -> None:
    made = pa.array([datetime(2026, 1, 31, 12), None], pa.timestamp("us"))
    assert typed(made, pa.timestamp("us", "UTC")).to_pylist() == [datetime(2026, 1, 31, 12, tzinfo=UTC), None]
