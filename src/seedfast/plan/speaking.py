"""The language of short texts: a German schema addresses people as Herr and Frau, and its departments are German."""

from __future__ import annotations

from dataclasses import replace

from seedfast.plan.draft import Draft
from seedfast.semantics.meaning import Meaning

_KINDS = frozenset({"person.title", "company.department", "product.unit"})
_SLOTS = frozenset({("employee", "department"), ("shared", "payment_method"), ("shared", "marital_status")})
"""Records and slots of data packs whose texts no other table reads."""


def speak(draft: Draft, tongue: str) -> None:
    """Let a table's texts that are well known in a language be in it."""
    if not tongue:
        return
    said = {column: tuple(_spoken(one, tongue) for one in meanings) for column, meanings in draft.meanings.items()}
    draft.meanings = said


def _spoken(meaning: Meaning, tongue: str) -> Meaning:
    of_pack = meaning.kind == "pack.text" and (meaning.params.get("record"), meaning.params.get("slot")) in _SLOTS
    known = of_pack or meaning.kind in _KINDS
    return replace(meaning, params={**meaning.params, "tongue": tongue}) if known else meaning
