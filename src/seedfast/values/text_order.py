"""Text that comes after a sibling's text, whatever the collation."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_TRIES = 6
_END, _DIGIT, _UPPER, _LOWER, _OTHER = range(5)


class After(Generator):
    """Texts of another kind that come after the sibling's text in the same row.

    Of several texts the first is taken that is after the sibling's in every collation; where none is, the sibling's
    own, with a letter more if it must differ.
    """

    def __init__(self, registry: Registry, params: Params) -> None:
        self.column = parameters.string(params, "column")
        self.strict = parameters.flag(params, "strict")
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.nested = registry.build(kind, inner)
        self.inputs = tuple(dict.fromkeys((self.column, *self.nested.inputs)))

    def values(self, draw: Draw) -> pa.Array:
        """Return the kind's values, or the sibling's."""
        sibling = columns.text(draw.inputs[self.column])
        out = columns.concatenated(sibling, "z") if self.strict else sibling
        for n in reversed(range(_TRIES)):
            stream = draw.stream.child(f"try {n}")
            made = columns.text(self.nested.values(Draw(draw.rows, stream, draw.inputs)))
            out = columns.chosen(surely_after(made, sibling), made, out)
        return out


def surely_after(texts: pa.Array, others: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which texts come after the others in every collation; after a null comes anything.

    Where two texts first differ, digits are before letters, and letters of one case in the order of the alphabet.
    """
    present = np.asarray(others.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)
    one, other = _characters(texts), _characters(others)
    width = max(one.shape[1], other.shape[1]) + 1
    one, other = (np.pad(each, ((0, 0), (0, width - each.shape[1]))) for each in (one, other))
    rows = np.arange(len(texts))
    place = np.argmax(one != other, axis=1)
    mine, theirs = one[rows, place], other[rows, place]
    my_class, their_class = _classes(mine), _classes(theirs)
    letters = (my_class == _UPPER) | (my_class == _LOWER)
    alike = (my_class == their_class) & ((my_class == _DIGIT) | letters) & (mine > theirs)
    later = (letters & (their_class <= _DIGIT)) | ((my_class == _DIGIT) & (their_class == _END))
    found: npt.NDArray[np.bool_] = ~present | alike | later
    return found


def _characters(texts: pa.Array) -> npt.NDArray[np.uint32]:
    """Return texts as rows of code points, filled up with zeros."""
    plain: Any = np.asarray(texts.fill_null("").to_numpy(zero_copy_only=False)).astype(np.str_)
    width = max(plain.dtype.itemsize // 4, 1)
    points: npt.NDArray[np.uint32] = plain.astype(f"<U{width}").view(np.uint32).reshape(len(plain), width)
    return points


def _classes(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    ranges = [points == 0, (points >= 48) & (points <= 57), (points >= 65) & (points <= 90)]
    return np.select([*ranges, (points >= 97) & (points <= 122)], [_END, _DIGIT, _UPPER, _LOWER], _OTHER)


def register(registry: Registry) -> None:
    """Register text that follows text."""
    params = {
        "column": "the sibling",
        "strict": "true where equal texts won't do",
        "kind": "the kind of value",
        "params": "its parameters",
    }
    summary = "texts that come after another column's in every collation"
    registry.register(ValueKind("relative.text_after", summary, lambda p: After(registry, p), params))
