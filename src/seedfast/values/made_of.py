"""Texts made of siblings: a slug of a title, an address of a name, a name of its parts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.values import parameters
from seedfast.values.columns import concatenated
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_FORMS = ("name", "first", "last", "slug", "login", "email", "office", "site")
_BETWEEN = {"slug": "-", "login": ".", "email": ".", "office": "-", "site": "-"}
_HEADS = {"office": "info@", "site": "https://www."}
_TAILS = {"email": "@example.com", "office": ".example", "site": ".example"}


class MadeOf(Generator):
    """What some siblings come to, one after the other; of nothing, or of nothing in Latin letters, the row's number."""

    def __init__(self, params: Params) -> None:
        self.inputs = tuple(map(str, parameters.items(params, "of")))
        self.form = parameters.one_of(params, "form", _FORMS)
        self.most = parameters.integer(params, "max_length", 0)

    def values(self, draw: Draw) -> pa.Array:
        """Return a text per row."""
        texts = [pc.fill_null(_text(draw.inputs[name]), "") for name in self.inputs]
        joined = pc.utf8_trim_whitespace(concatenated(*texts, separator=" "))
        if self.form == "first":
            joined = pc.replace_substring_regex(joined, r"\s.*$", "")
        elif self.form == "last":
            joined = pc.replace_substring_regex(joined, r"^.*\s", "")
        elif self.form in _BETWEEN:
            joined = _simple(joined, _BETWEEN[self.form])
        numbers = pc.cast(pa.array(np.asarray(draw.rows)), pa.string())
        made = pc.if_else(pc.equal(pc.utf8_length(joined), 0), numbers, joined)
        head, tail = _HEADS.get(self.form, ""), _TAILS.get(self.form, "")
        if self.most:
            made = pc.utf8_slice_codeunits(made, 0, max(1, self.most - len(head) - len(tail)))
        if self.form in _BETWEEN:
            made = pc.utf8_rtrim(made, _BETWEEN[self.form])
        return concatenated(head, made, tail)


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column if pa.types.is_string(column.type) else pc.cast(column, pa.string())


def _simple(texts: pa.Array, between: str) -> pa.Array:
    """Return texts in small Latin letters and digits, with one sign between what stands apart."""
    apart = pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKD"), "['’\u0300-\u036f]", "")
    words = pc.replace_substring_regex(pc.utf8_lower(apart), "[^a-z0-9]+", between)
    return pc.utf8_trim(words, between)


def register(registry: Registry) -> None:
    """Register texts made of siblings."""
    params = {
        "of": "the siblings",
        "form": "what is made of them: " + ", ".join(_FORMS),
        "max_length": "the most characters",
    }
    registry.register(ValueKind("text.made_of", "texts made of other columns", MadeOf, params))
