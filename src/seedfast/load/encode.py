"""Arrow columns as PostgreSQL reads them: COPY's text format, and array literals; no Python code runs per row."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

# COPY reads an unescaped line end, tab or backslash in a value as its own. The backslash comes first, or it would
# double those that the others bring in.
_COPY_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
_ARRAY_ESCAPES = (("\\", "\\\\"), ('"', '\\"'))


def copy_text(columns: Sequence[pa.Array]) -> memoryview:
    """Return rows in the text format of COPY, one line a row; ``columns`` are at least one, and of equal length."""
    fields = [escaped(column, _COPY_ESCAPES) for column in columns]
    fields[-1] = joined([fields[-1], ""], "\n", null="\\N")
    lines = fields[0] if len(fields) == 1 else joined(fields, "\t", null="\\N")
    return content(lines)


def array_literal(column: pa.Array) -> str:
    """Return the column as the literal of a one-dimensional array of text."""
    if not len(column):
        return "{}"
    quoted = joined(['"', escaped(column, _ARRAY_ESCAPES), '"'], "")
    elements = content(joined([quoted, ""], ",", null="NULL"))
    return "{" + str(elements[:-1], "utf-8") + "}"


def joined(parts: Sequence[pa.Array | str], separator: str, *, null: str | None = None) -> pa.Array:
    """Join the parts line by line; where one is NULL, ``null`` stands for it, or the line is NULL without it."""
    # Scalars of a known type: pyarrow is far slower where it must guess a text's.
    scalars = [pa.scalar(part, pa.string()) if isinstance(part, str) else part for part in (*parts, separator)]
    if null is None:
        return pc.binary_join_element_wise(*scalars)
    return pc.binary_join_element_wise(*scalars, null_handling="replace", null_replacement=null)


def escaped(column: pa.Array, escapes: Sequence[tuple[str, str]]) -> pa.Array:
    """Return the column as strings in PostgreSQL's input syntax, with some characters escaped."""
    if pa.types.is_dictionary(column.type):
        pool = escaped(column.dictionary, escapes)
        return pool.take(column.indices)
    if not pa.types.is_string(column.type):
        return column.cast(pa.string())
    held = bytes(content(column))
    for plain, written in escapes:
        if plain.encode() in held:
            column = pc.replace_substring(column, plain, written)
    return column


def content(strings: pa.Array) -> memoryview:
    """Return all the strings' bytes, one after the other, without copying."""
    if not len(strings):
        return memoryview(b"")
    _, offsets, held = strings.buffers()
    if held is None:
        return memoryview(b"")
    ends = memoryview(offsets).cast("i")
    return memoryview(held)[ends[strings.offset] : ends[strings.offset + len(strings)]]
