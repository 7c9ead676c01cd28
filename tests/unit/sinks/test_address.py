"""What --to names."""

from __future__ import annotations

import pytest

from seedfast.errors import UsageError
from seedfast.sinks.address import Address, Form, read


@pytest.mark.parametrize(
    ("written", "form", "place", "remote"),
    [
        ("sql:seed.sql", Form.SQL, "seed.sql", False),
        ("SQL-inserts:/a b/x.sql", Form.SQL_INSERTS, "/a b/x.sql", False),
        ("csv:C:\\rows", Form.CSV, "C:\\rows", False),
        ("parquet:s3://bucket/rows", Form.PARQUET, "s3://bucket/rows", True),
        ("arrow:./10:30", Form.ARROW, "./10:30", False),
        ("null:", Form.NULL, "", False),
    ],
)
def test_a_form_and_a_place(written: str, form: Form, place: str, remote: bool) -> None:
    address = read(written)
    assert address == Address(form, place)
    assert address.remote is remote


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("rows.csv", "csv"),
        ("parqet:rows", "Did you mean parquet:rows?"),
        ("csv:", "takes a place"),
        ("null:rows", "takes no place"),
        ("csv", "names no form"),
        ("postgresql://localhost/shop", "takes no database"),
    ],
)
def test_what_can_not_be_read_says_why(written: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(written)
    assert said in caught.value.message
    assert caught.value.code == "SF-SINK-UNKNOWN"
