"""What keys are made of: units that are counted, and exclusions seen as keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from seedfast.constraints.index_parts import span_part
from seedfast.model.table import Exclusion, UniqueKey
from seedfast.plan.draft import Draft
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


def leave_none_out(draft: Draft, units: Iterable[Unit]) -> None:
    """Let none of the units be NULL for variety's sake."""
    for unit in units:
        if unit.column is not None:
            draft.generators[unit.column] = tuple(
                replace(generator, null_permille=0) for generator in draft.generators[unit.column]
            )
        else:
            reference = draft.references[unit.reference or ""]
            rates = tuple(rate if rate >= 1000 else 0 for rate in reference.null_permille)
            draft.references[reference.name] = replace(reference, null_permille=rates)
