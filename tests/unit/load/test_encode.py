from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from seedfast.load.encode import array_literal, copy_text


def text(*columns: pa.Array) -> str:
    return bytes(copy_text(list(columns))).decode()


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (pa.array([0, -(2**63), 2**63 - 1]), ["0", "-9223372036854775808", "9223372036854775807"]),
        (pa.array([0.1, 1e300, 5e-324, -0.0]), ["0.1", "1e+300", "5e-324", "-0"]),
        (pa.array([float("nan"), float("inf"), float("-inf")]), ["nan", "inf", "-inf"]),
        (pa.array([Decimal("1.50"), Decimal("-0.05")], pa.decimal128(10, 2)), ["1.50", "-0.05"]),
        (pa.array([True, False]), ["true", "false"]),
        (pa.array([dt.date(1, 1, 1), dt.date(9999, 12, 31)]), ["0001-01-01", "9999-12-31"]),
        (pa.array([0, 86_399_999_999], pa.time64("us")), ["00:00:00.000000", "23:59:59.999999"]),
        (
            pa.array([-1, 1_577_880_000_123_456], pa.timestamp("us")),
            ["1969-12-31 23:59:59.999999", "2020-01-01 12:00:00.123456"],
        ),
        (pa.array(["", "a b", "ä\u2028𝄞", "\\N", "\\."]), ["", "a b", "ä\u2028𝄞", "\\\\N", "\\\\."]),
        (pa.array(["\t", "\n", "\r", "\\\t\\n"]), ["\\t", "\\n", "\\r", "\\\\\\t\\\\n"]),
        (pa.array(["a\tb", "c", "a\tb"]).dictionary_encode(), ["a\\tb", "c", "a\\tb"]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_a_value_is_written_in_postgresqls_input_syntax(column: pa.Array, written: list[str]) -> None:
    assert text(column) == "".join(f"{value}\n" for value in written)


def test_rows_are_lines_of_fields_between_tabs_with_nulls_marked() -> None:
    numbers = pa.array([1, None, 3])
    words = pa.array(["x", "", None])
    pool = pa.array(["p", None, "q"]).dictionary_encode()
    assert text(numbers, words, pool) == "1\tx\tp\n\\N\t\t\\N\n3\t\\N\tq\n"


def test_a_null_is_not_taken_for_text_that_looks_like_one() -> None:
    assert text(pa.array(["\\N", None])) == "\\\\N\n\\N\n"


def test_slices_are_written_without_the_rest_of_their_buffers() -> None:
    words = pa.array(["left\nout", "kept", "a\\b", "left out"])
    numbers = pa.array([1, 2, None, 4])
    assert text(words.slice(1, 2), numbers.slice(1, 2)) == "kept\t2\na\\\\b\t\\N\n"


def test_columns_of_nothing_and_of_no_rows() -> None:
    assert text(pa.nulls(2), pa.array([None, None], pa.string())) == "\\N\t\\N\n\\N\t\\N\n"
    assert text(pa.array([], pa.int64()), pa.array([], pa.string())) == ""


def test_any_split_into_batches_gives_the_same_bytes() -> None:
    rows = np.arange(100)
    columns = [
        pa.array(rows, mask=rows % 7 == 0),
        pa.array([f"row\t{n}" for n in rows]),
        pa.array(["a", "b\\", None, "d"] * 25).dictionary_encode(),
    ]
    split = [[column.slice(start, 17) for column in columns] for start in range(0, 100, 17)]
    assert "".join(text(*part) for part in split) == text(*columns)


def test_an_array_literal_quotes_every_value_and_no_null() -> None:
    assert array_literal(pa.array(['a"b', "c\\d", "NULL", "", "{,}", None])) == (
        '{"a\\"b","c\\\\d","NULL","","{,}",NULL}'
    )
    assert array_literal(pa.array([1, None])) == '{"1",NULL}'
    assert array_literal(pa.array([], pa.string())) == "{}"
