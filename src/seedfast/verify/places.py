"""Claims on places: a city is in its country, and the time zone and the money of a row are that country's."""

from __future__ import annotations

from collections.abc import Iterator

from seedfast.names import literal, quote
from seedfast.plan.spec import ColumnPlan, Source, TablePlan
from seedfast.values.semantic.places import known_places
from seedfast.verify.claim import Claim, Rows, Tables

_KIND = "place."
_TOLD = ("city", "region", "region_code", "country", "country_code", "country_code3")
"""What says where a row is, the clearest first."""

_FOLLOWING = frozenset({*_TOLD, "timezone", "currency", "language"})


def of_places(planned: TablePlan, tables: Tables) -> Iterator[Claim]:
    """Yield the claims that columns which tell of one place tell of the same, where it is one that is known."""
    groups: dict[str, dict[str, str]] = {}
    for column in planned.columns:
        found = _field(column)
        if found is not None and _is_wide(tables, planned, column.name, found[1]):
            group, field = found
            groups.setdefault(group, {}).setdefault(field, column.name)
    for fields in groups.values():
        anchor = next((field for field in _TOLD if field in fields), None)
        if anchor is not None:
            others = ((field, name) for field, name in fields.items() if field != anchor)
            yield from (_beside(planned, tables, (anchor, fields[anchor]), other) for other in others)


def _field(column: ColumnPlan) -> tuple[str, str] | None:
    """Return the group of a column that tells of a place, and which field of it, None for any other column."""
    made = [generator for generator in column.generators if generator.kind != "null"]
    kinds = {(str(one.params.get("group_key", "")), one.kind.removeprefix(_KIND)) for one in made}
    if column.source is not Source.GENERATED or column.digit is not None or len(kinds) != 1:
        return None
    [(group, field)] = kinds
    return (group, field) if group and made[0].kind.startswith(_KIND) and field in _FOLLOWING else None


def _is_wide(tables: Tables, planned: TablePlan, name: str, field: str) -> bool:
    """Tell whether a column holds all that it may have to say, to the last letter."""
    length = tables[planned.name].column(name).type.storage.length
    return length is None or length >= max(len(text) for (text,) in known_places((field,)))


def _beside(planned: TablePlan, tables: Tables, one: tuple[str, str], other: tuple[str, str]) -> Claim:
    """Return the claim that a known place is where another column says."""
    pairs = known_places((one[0], other[0]))
    listed = ", ".join(f"({literal(here)}, {literal(there)})" for here, there in pairs)
    known = ", ".join(sorted({literal(here) for here, _ in pairs}))
    mine, theirs = (f"r.{quote(name)}::text" for name in (one[1], other[1]))
    wrong = f"{mine} IN ({known}) AND {theirs} IS NOT NULL AND ({mine}, {theirs}) NOT IN ({listed})"
    query = Rows(planned, tables).counted(wrong)
    return Claim(planned.name, other[1], query, f"that of {one[1]}")
