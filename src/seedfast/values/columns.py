"""Building Arrow columns from NumPy arrays, and text from columns, a whole batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows

Bytes = npt.NDArray[np.uint8]

_HEX_PAIRS = np.frombuffer("".join(f"{n:02x}" for n in range(256)).encode(), dtype=np.uint16)
_LIMIT_32 = (1 << 31) - 1


def fixed_width(characters: Bytes) -> pa.Array:
    """Return each line of an (n, width) matrix of ASCII codes as a string."""
    count, width = characters.shape
    offsets = _offsets(np.full(count, width, dtype=np.int64))
    return pa.StringArray.from_buffers(count, offsets, pa.py_buffer(np.ascontiguousarray(characters)))


def ragged(characters: Bytes, lengths: Rows) -> pa.Array:
    """Return the first ``lengths[n]`` ASCII codes of each line n of a matrix as a string."""
    count, width = characters.shape
    kept = characters[np.arange(width) < lengths[:, None]]
    return pa.StringArray.from_buffers(count, _offsets(lengths), pa.py_buffer(kept))


def _offsets(sizes: Rows) -> pa.Buffer:
    """Return where each of successive items begins, and where the last one ends."""
    ends = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    if ends[-1] > _LIMIT_32:
        raise OverflowError("a column of text holds 2 GiB at the most; ask for fewer rows at a time")
    return pa.py_buffer(ends.astype(np.int32))


def hexadecimal(octets: Bytes) -> Bytes:
    """Return an (n, k) matrix of bytes as an (n, 2k) matrix of hexadecimal digits."""
    count, width = octets.shape
    return _HEX_PAIRS[octets].view(np.uint8).reshape(count, 2 * width)


def octets(words: npt.NDArray[np.uint64], width: int = 8) -> Bytes:
    """Return the ``width`` low bytes of each word, most significant first."""
    return words.astype(">u8").view(np.uint8).reshape(len(words), 8)[:, 8 - width :]


def positional(numbers: Rows, alphabet: Bytes, width: int) -> Bytes:
    """Write each number with ``width`` digits of ``alphabet``, most significant first; higher digits are dropped."""
    base = np.uint64(len(alphabet))
    rest = numbers.astype(np.uint64)
    out = np.empty((len(numbers), width), dtype=np.uint8)
    for place in range(width - 1, -1, -1):
        quotient = rest // base
        out[:, place] = alphabet[(rest - quotient * base).astype(np.intp)]
        rest = quotient
    return out


DIGITS: Bytes = np.frombuffer(b"0123456789", dtype=np.uint8)


def zero_padded(numbers: Rows, width: int) -> pa.Array:
    """Return non-negative numbers as exactly ``width`` decimal digits."""
    return fixed_width(positional(numbers, DIGITS, width))


def digits(numbers: Rows) -> pa.Array:
    """Return numbers in decimal, without padding."""
    return pa.array(numbers).cast(pa.string())


def decimals(offsets: Rows, low: int, *, precision: int, scale: int) -> pa.Array:
    """Return (low + offset) / 10**scale as decimal128; ``low`` may have 38 digits, offsets are not negative."""
    base = low & ((1 << 128) - 1)
    base_low, base_high = np.uint64(base & ((1 << 64) - 1)), np.uint64(base >> 64)
    parts = np.empty((len(offsets), 2), dtype="<u8")
    with np.errstate(over="ignore"):
        parts[:, 0] = offsets.astype(np.uint64) + base_low
        parts[:, 1] = base_high + (parts[:, 0] < base_low)
    kind = pa.decimal128(precision, scale)
    return pa.Array.from_buffers(kind, len(offsets), [None, pa.py_buffer(parts)])


def decimal_text(numbers: Rows, scale: int) -> pa.Array:
    """Return numbers / 10**scale in plain decimal notation, with exactly ``scale`` digits after the point."""
    if not scale:
        return digits(numbers)
    size, unit = np.abs(numbers), 10**scale
    sign = pool(["", "-"], (numbers < 0).astype(np.int64))
    return concatenated(sign, digits(size // unit), ".", zero_padded(size % unit, scale))


def literal(text: str) -> pa.Scalar:
    """Return a text as a scalar for ``pyarrow.compute``, which is far slower where it must guess a text's type."""
    return pa.scalar(text, pa.string())


def concatenated(*parts: pa.Array | str, separator: str = "") -> pa.Array:
    """Join parts line by line; a plain string stands on every line."""
    if not separator:
        parts = tuple(part for part in parts if not isinstance(part, str) or part)
    if len(parts) == 1 and not isinstance(parts[0], str) and pa.types.is_string(parts[0].type):
        return parts[0]
    scalars = (literal(part) if isinstance(part, str) else part for part in parts)
    return pc.binary_join_element_wise(*scalars, literal(separator))


def joined(elements: pa.Array, counts: Rows, separator: str) -> pa.Array:
    """Join successive groups of ``elements``, of the sizes ``counts``, into one string each."""
    lists = pa.Array.from_buffers(pa.list_(pa.string()), len(counts), [None, _offsets(counts)], children=[elements])
    return pc.binary_join(lists, separator)


def pool(texts: Sequence[str] | pa.Array, codes: Rows) -> pa.Array:
    """Return plain strings picked from a pool."""
    values = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    return values.take(pa.array(codes))


def woven(texts: pa.Array, lines: npt.NDArray[np.int64]) -> pa.Array:
    """Return for each line of an (n, width) matrix of codes the texts of a pool that these pick, joined."""
    count, width = lines.shape
    if not count:
        return pa.array([], pa.string())
    taken = texts.take(pa.array(lines.reshape(-1)))
    _, offsets, data = taken.buffers()
    # Pieces that follow one another are joined where the borders between them are left out.
    borders = np.frombuffer(offsets, dtype=np.int32, count=count * width + 1)[::width]
    return pa.StringArray.from_buffers(count, pa.py_buffer(np.ascontiguousarray(borders)), data)


def dictionary(texts: pa.Array, codes: Rows) -> pa.Array:
    """Return strings picked from a pool as a dictionary column: the pool once, and a code a line."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), texts)


def chosen(mask: npt.NDArray[np.bool_], yes: pa.Array, no: pa.Array) -> pa.Array:
    """Return the lines of ``yes`` where ``mask`` holds and those of ``no`` elsewhere."""
    return pc.if_else(pa.array(mask), yes, no)


def lengths(texts: pa.Array) -> Rows:
    """Return how many characters each string has."""
    counted: Rows = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    return counted


def text(column: pa.Array) -> pa.Array:
    """Return a column of any generator's type as strings in PostgreSQL's input syntax."""
    kind: Any = column.type
    if pa.types.is_dictionary(kind):
        return column.dictionary_decode()
    if pa.types.is_string(kind):
        return column
    written = column.cast(pa.string())
    # The zone counts where the type has one and is ignored where it has none.
    return concatenated(written, "+00") if pa.types.is_timestamp(kind) else written


_QUOTED = (("\\", "\\\\"), ('"', '\\"'))
_JSON = (*_QUOTED, ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def quoted(texts: pa.Array) -> pa.Array:
    """Return texts in double quotes, escaped as members of arrays, composites and ranges are."""
    return concatenated('"', _replaced(texts, _QUOTED), '"')


def json_string(texts: pa.Array) -> pa.Array:
    """Return texts as strings of JSON."""
    return concatenated('"', _replaced(texts, _JSON), '"')


def _replaced(texts: pa.Array, signs: Sequence[tuple[str, str]]) -> pa.Array:
    """Return texts with some characters written otherwise; most texts hold none, which is seen at a glance."""
    data = texts.buffers()[2]
    held = data.to_pybytes() if data is not None else b""
    for raw, sign in signs:
        if raw.encode() in held:
            texts = pc.replace_substring(texts, raw, sign)
    return texts


def member(column: pa.Array) -> pa.Array:
    """Return a column as members of arrays, composites and ranges: numbers and truth values bare, the rest quoted."""
    kind: Any = column.type
    bare = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if bare or pa.types.is_boolean(kind) or pa.types.is_date(kind):
        return text(column)
    if pa.types.is_dictionary(kind):
        return quoted(column.dictionary).take(column.indices)
    return quoted(text(column))
