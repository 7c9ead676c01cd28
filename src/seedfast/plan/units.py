"""What keys are made of: units that are counted, and exclusions seen as keys."""

from __future__ import annotations

from dataclasses import dataclass

from seedfast.constraints.index_parts import span_part
from seedfast.model.table import Exclusion, UniqueKey
from seedfast.plan.spec import ReferencePlan


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be counted on its own: a column, or all the columns that one reference fills."""

    column: str | None
    reference: str | None

    @property
    def label(self) -> str:
        """A name that tells units of a table apart."""
        return f"column {self.column}" if self.reference is None else f"reference {self.reference}"


def depends(reference: ReferencePlan) -> bool:
    """Tell whether how many parents a reference may pick depends on other picks of the row."""
    return bool(reference.matching) or reference.beyond is not None


def as_key(exclusion: Exclusion) -> UniqueKey:
    """Return a key whose distinct values never exclude each other.

    Values that differ in what must not be equal don't meet; ranges of distinct numbers don't overlap.
    """
    equal = tuple(part for part, operator in exclusion.parts if operator == "=")
    spread = tuple(
        part
        for part, operator in exclusion.parts
        if operator != "=" and (part.column is not None or span_part(part.expression or "") is not None)
    )
    if any(operator == "<>" for _, operator in exclusion.parts):
        # Rows that are equal in the one must be equal in the other too: they are told apart in the one.
        return UniqueKey(exclusion.name, equal, predicate=exclusion.predicate)
    parts = (*spread, *equal) or tuple(part for part, _ in exclusion.parts)
    return UniqueKey(exclusion.name, parts, predicate=exclusion.predicate)
