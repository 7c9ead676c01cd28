"""How large companies are, in the columns that tell it: how many they employ, or which class of size they are."""

from __future__ import annotations

import re

from seedfast.model.table import Column
from seedfast.plan.options import Override
from seedfast.semantics.words import words

BOUNDS = {"startup": (2, 20), "small": (3, 49), "medium": (50, 999), "enterprise": (1_000, 60_000)}
"""How many people a company of a size employs, at least and at most."""

_INTEGERS = frozenset({"int2", "int4", "int8", "numeric"})
_EMPLOYED = (("employee",), ("headcount",), ("staff",), ("company", "size"), ("team", "size"), ("workforce",))
_FIRST = re.compile(r"\d[\d.,']*")


def sized(column: Column, size: str) -> Override | None:
    """Return what a column holds of companies of a size, None where it says nothing of how large they are."""
    said, storage = words(column.name), column.type.storage
    employed = any(set(one) <= set(said) for one in _EMPLOYED)
    written = f"{size} companies"
    if employed and storage.name in _INTEGERS:
        low, high = BOUNDS[size]
        return Override(written, "number.integer", {"low": low, "high": min(high, 32_000)})
    if (employed or "size" in said) and storage.labels:
        values = tuple(label for label in storage.labels if _meant(label, size))
        return Override(written, values=values) if values else None
    return None


def _meant(label: str, size: str) -> bool:
    """Tell whether a label is a size's name, or a range that begins within it: ``51-200``."""
    if size in label.casefold() or (size == "medium" and "mid" in label.casefold()):
        return True
    first = _FIRST.search(label)
    low, high = BOUNDS[size]
    return first is not None and low - 2 <= int(re.sub(r"\D", "", first[0])) <= high
