"""Columns with the types of their table: Arrow's where it has one, else text that says what it is."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.load.encode import content
from seedfast.model.types import SqlType, TypeForm

_PLAIN = {
    "bool": pa.bool_(),
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "oid": pa.int64(),
    "float4": pa.float32(),
    "float8": pa.float64(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", "UTC"),
    "bytea": pa.binary(),
    "money": pa.decimal128(19, 2),
}
_WIDEST = 38
"""The digits that a decimal of 128 bits has."""

_ZONE = r"\+00(:00)?$"
_ELEMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^,{}"]+)', re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def arrow_type(kind: SqlType, made: pa.DataType) -> pa.DataType:
    """Return the type for a column of a type; ``made`` is what its generator gives.

    A numeric without a precision has the scale of what is made. What Arrow has no type for is text in
    PostgreSQL's syntax.
    """
    kind = kind.storage
    if kind.form is TypeForm.ARRAY and kind.element is not None and kind.name not in ("int2vector", "oidvector"):
        # The elements of a box's array are not set apart by commas.
        return pa.string() if kind.element.storage.name == "box" else pa.list_(arrow_type(kind.element, pa.string()))
    if kind.form is not TypeForm.BASE or kind.schema != "pg_catalog":
        return pa.string()
    if kind.name == "numeric":
        return _decimal(kind, made)
    if kind.name == "uuid":
        return pa.uuid()
    if kind.name in ("json", "jsonb"):
        return pa.json_(pa.string())
    return _PLAIN.get(kind.name, pa.string())


def _decimal(kind: SqlType, made: pa.DataType) -> pa.DataType:
    if kind.precision is None:
        return pa.decimal128(_WIDEST, made.scale) if pa.types.is_decimal(made) else pa.string()
    scale = kind.scale or 0
    if kind.precision > _WIDEST or not 0 <= scale <= kind.precision:
        return pa.string()
    return pa.decimal128(kind.precision, scale)


def typed(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return a column as a type of ``arrow_type``'s; an ArrowInvalid where one of its values has no place there."""
    if pa.types.is_dictionary(column.type):
        return typed(column.dictionary, kind).take(column.indices)
    if pa.types.is_string(column.type) and not pa.types.is_string(kind):
        return _read(column, kind)
    if pa.types.is_timestamp(kind) and kind.tz and pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us")).cast(kind)
    return column.cast(kind)


def _read(texts: pa.Array, kind: Any) -> pa.Array:
    """Read text, as PostgreSQL writes it, as values of a type."""
    if isinstance(kind, pa.JsonType):
        return pa.ExtensionArray.from_storage(kind, texts)
    if isinstance(kind, pa.UuidType):
        plain = pc.replace_substring(texts.fill_null("0" * 32), "-", "")
        held = pa.py_buffer(bytes.fromhex(str(content(plain), "ascii")))
        read = pa.Array.from_buffers(pa.binary(16), len(texts), [None, held])
        return pa.ExtensionArray.from_storage(kind, pc.if_else(texts.is_valid(), read, pa.scalar(None, pa.binary(16))))
    if pa.types.is_binary(kind):
        return _bytes(texts)
    if pa.types.is_list(kind):
        return _lists(texts, kind)
    if pa.types.is_boolean(kind):
        return pc.if_else(texts.is_valid(), pc.is_in(texts, pa.array(["t", "true"])), pa.scalar(None, pa.bool_()))
    if pa.types.is_timestamp(kind):
        return pc.replace_substring_regex(texts, _ZONE, "").cast(pa.timestamp("us")).cast(kind)
    return texts.cast(kind)


def _bytes(texts: pa.Array) -> pa.Array:
    """Read hexadecimal digits after ``\\x``."""
    if not pc.all(pc.starts_with(texts, "\\x")).as_py():
        raise pa.ArrowInvalid("bytes that are not written as \\x and hexadecimal digits")
    digits = pc.utf8_slice_codeunits(texts.fill_null("\\x"), 2)
    held = bytes.fromhex(str(content(digits), "ascii"))
    lengths = pc.binary_length(digits).to_numpy(zero_copy_only=False) // 2
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    read = pa.Array.from_buffers(pa.binary(), len(texts), [None, pa.py_buffer(ends), pa.py_buffer(held)])
    return pc.if_else(texts.is_valid(), read, pa.scalar(None, pa.binary()))


def _lists(texts: pa.Array, kind: Any) -> pa.Array:
    """Read array literals of one dimension."""
    strings = pa.list_(pa.string())
    if pc.any(pc.match_substring_regex(texts, r'^[^{]|^\{.*["\\{]')).as_py():
        # A loop over distinct values: quotes and escapes need more than Arrow's kernels know.
        pool = texts.dictionary_encode()
        lists = pa.array([_elements(text) for text in pool.dictionary.to_pylist()], strings).take(pool.indices)
        flat = lists.flatten()
    else:
        whole = texts.fill_null("{}")
        lists = pc.split_pattern(pc.utf8_slice_codeunits(whole, 1, -1), ",")
        lists = pc.if_else(pc.equal(whole, "{}"), pa.scalar([], strings), lists)
        lists = pc.if_else(texts.is_valid(), lists, pa.scalar(None, strings))
        flat = lists.flatten()
        flat = pc.if_else(pc.equal(pc.utf8_upper(flat), "NULL"), pa.scalar(None, pa.string()), flat)
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    ends = pa.array(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))
    return pa.ListArray.from_arrays(ends, typed(flat, kind.value_type), mask=lists.is_null())


def _elements(text: str) -> list[str | None]:
    inner = text[1:-1]
    if not text.startswith("{") or "{" in re.sub(_QUOTED, "", inner):
        raise pa.ArrowInvalid(f"{text!r}, which has more than one dimension, or bounds of its own")
    return [
        _ESCAPED.sub(r"\1", bare or quoted) if not bare or bare.upper() != "NULL" else None
        for quoted, bare in _ELEMENT.findall(inner)
    ]
