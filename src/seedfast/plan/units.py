"""What keys are made of: units that are counted, what these are like, and exclusions seen as keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from seedfast.constraints.index_parts import span_part
from seedfast.model.table import Exclusion, UniqueKey
from seedfast.plan import measures
from seedfast.plan.country_lists import COUNTRY_FIELDS, lists_countries
from seedfast.plan.draft import Draft
from seedfast.plan.spec import ReferencePlan
from seedfast.plan.within import meant

_MOMENTS = frozenset({"date", "timestamp", "time"})

_COMMON = frozenset({
    "place.country", "place.country_code", "place.currency", "place.language", "place.locale", "place.timezone",
    "text.currency", "text.currency_code", "text.language", "text.language_code", "text.locale", "text.locale_tag",
})  # fmt: skip
"""Kinds of values that many rows have in common: a wallet a currency, translations one language."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be counted on its own: a column, or all the columns that one reference fills."""

    column: str | None
    reference: str | None

    @property
    def label(self) -> str:
        """A name that tells units of a table apart."""
        return f"column {self.column}" if self.reference is None else f"reference {self.reference}"


def is_moment(draft: Draft, unit: Unit) -> bool:
    """Tell whether a unit is a column that says when something was."""
    return unit.column is not None and measures.unit_of(draft.table.column(unit.column).type) in _MOMENTS


def counts_within(draft: Draft, unit: Unit) -> bool:
    """Tell whether a column counts within something (a position, a kind) rather than naming it."""
    column = draft.table.column(unit.column or "")
    counts = measures.unit_of(column.type) in ("integer", "decimal", "float") and column.sequence is None
    return counts or bool(_kinds(draft, unit) & {"choice", "constant", "logic.boolean"}) or is_common(draft, unit)


def is_small_choice(draft: Draft, unit: Unit) -> bool:
    """Tell whether a column is one of a list, or of what the world has few of."""
    return bool(_kinds(draft, unit) & {"choice", "logic.boolean"}) or is_common(draft, unit)


def is_common(draft: Draft, unit: Unit) -> bool:
    """Tell whether a column names what many have in common, also where it is kept within a pattern."""
    return {meant(generator).kind for generator in draft.generators[unit.column or ""]} <= _COMMON


def is_position(draft: Draft, unit: Unit) -> bool:
    """Tell whether a column counts what belongs to one parent: lines of an order, steps of a recipe."""
    return _kinds(draft, unit) == {"number.integer"}


def in_order(draft: Draft, unit: Unit) -> bool:
    """Tell whether a column's distinct values come in the order of the rows."""
    generators = draft.generators[unit.column or ""]
    # A kind that keeps another one's values within a pattern keeps their order, too.
    kinds = {g.params["kind"] if g.kind == "text.conforming" else g.kind for g in generators}
    return bool(kinds & {"number.serial", "choice", "text.label", "pack.text"})


def is_country(draft: Draft, unit: Unit) -> bool:
    """Tell whether a column of a list of countries says which one a row is: they are written in one order."""
    return lists_countries(draft) and _kinds(draft, unit) <= {f"place.{field}" for field in COUNTRY_FIELDS}


def _kinds(draft: Draft, unit: Unit) -> set[str]:
    return {generator.kind for generator in draft.generators[unit.column or ""]}


def depends(reference: ReferencePlan) -> bool:
    """Tell whether how many parents a reference may pick depends on other picks of the row."""
    return bool(reference.matching) or reference.beyond is not None


def whatever_branch(reference: ReferencePlan) -> ReferencePlan:
    """Return a reference that avoids, in every row, the parents that some branch forbids."""
    theirs = dict(zip(reference.parent_columns, reference.columns, strict=True))
    excluded = {name: set(values) for name, values in reference.excluded.items()}
    for having in (each for listed in reference.by_branch for each in listed if not each.inside):
        excluded.setdefault(theirs[having.column], set()).update(str(value) for value in having.values)
    return replace(reference, by_branch=(), excluded={name: tuple(sorted(held)) for name, held in excluded.items()})


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
