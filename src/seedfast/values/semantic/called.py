"""Names that other columns tell: an address of e-mail, a login or a full name is of the person that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.values.columns import text
from seedfast.values.kind import Draw, Json
from seedfast.values.parameters import sibling
from seedfast.values.semantic.pools import LETTERS, Pool

CALLED: Mapping[str, str] = {
    "given_in": "the column with the given name of the person",
    "family_in": "the column with the family name of the person",
    "name_in": "the column with the full name of the person",
}
"""The parameters of kinds that follow what a person is called in other columns."""

_TITLES = r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+)+"
_SUFFIXES = r",?\s+(?:Jr\.?|Sr\.?|II|III|IV|PhD|MD|Esq\.?)$"


@dataclass(frozen=True)
class Called:
    """The columns that tell what a person is called: given and family name, or both in one."""

    given: str | None
    family: str | None
    name: str | None

    def names(self, draw: Draw) -> tuple[pa.Array, pa.Array]:
        """Return given and family names as they are written; "" where there are none."""
        if self.name is not None:
            return _halves(_there(draw, self.name))
        return _there(draw, self.given), _there(draw, self.family)


def called(params: Mapping[str, Json]) -> Called | None:
    """Return the columns that tell what a person is called, None where none does."""
    columns = Called(*(sibling(params, name) for name in CALLED))
    return None if columns == Called(None, None, None) else columns


def in_latin(names: pa.Array, own: Pool, latin: Pool) -> pa.Array:
    """Return names in small Latin letters and digits: those of another script that are known as ``latin`` has them."""
    known = pc.index_in(names, value_set=own.array)
    spelt = pc.if_else(pc.is_valid(known), latin.array.take(pc.fill_null(known, 0)), names)
    for letter, plain in LETTERS.items():
        spelt = pc.replace_substring(spelt, letter, plain)
    apart = pc.utf8_lower(pc.replace_substring_regex(pc.utf8_normalize(spelt, "NFKD"), "['’\u0300-\u036f]", ""))
    return pc.utf8_trim(pc.replace_substring_regex(apart, "[^a-z0-9]+", "-"), "-")


def _there(draw: Draw, column: str | None) -> pa.Array:
    if column is None:
        return pa.array([""] * len(draw.rows), pa.string())
    return pc.utf8_trim_whitespace(pc.fill_null(text(draw.inputs[column]), ""))


def _halves(names: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return what full names begin and end with; the family comes first before a comma and in Chinese characters."""
    bare = pc.replace_substring_regex(pc.replace_substring_regex(names, _TITLES, ""), _SUFFIXES, "")
    turned = pc.replace_substring_regex(bare, r"^([^,]+),\s*(.+)$", r"\2 \1")
    turned = pc.replace_substring_regex(turned, r"^(\p{Han}+|\p{Hangul}+)\s+(\S+)$", r"\2 \1")
    turned = pc.replace_substring_regex(turned, r"^([\p{Han}\p{Hangul}])([\p{Han}\p{Hangul}]+)$", r"\2 \1")
    given = pc.replace_substring_regex(turned, r"\s.*$", "")
    family = pc.replace_substring_regex(turned, r"^\S+\s*(?:.*\s)?", "")
    return given, family
