"""Claims on a column beside others of its row, or of the parents of its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from seedfast.model.table import Column
from seedfast.names import literal
from seedfast.plan.spec import ColumnPlan, GeneratorPlan, Source, TablePlan
from seedfast.verify.claim import Claim, Rows, Tables, distinct

_FIELDS = {
    "year": "YEAR",
    "quarter": "QUARTER",
    "month": "MONTH",
    "week": "WEEK",
    "day": "DAY",
    "day_of_year": "DOY",
    "iso_weekday": "ISODOW",
    "weekday": "DOW",
    "hour": "HOUR",
}
_NAMED = {"month_name": "FMMonth", "day_name": "FMDay"}
_WITHOUT_EQUALITY = frozenset({"json", "xml", "point", "polygon"})
_PLAIN = frozenset({"text", "varchar", "int2", "int4", "int8", "uuid"})


def beside(planned: TablePlan, column: ColumnPlan, tables: Tables) -> Iterator[Claim]:
    """Yield the claims on a column and what its generators read."""
    made = [generator for generator in column.generators if generator.kind != "null"]
    if not made or column.source is not Source.GENERATED:
        return
    kinds = {generator.kind for generator in made}
    beside = _Beside(planned, column, tables, made)
    if kinds == {"relative.different"}:
        yield from beside.different()
    elif kinds == {"relative.between"}:
        yield from beside.between()
    elif kinds == {"relative.equal"}:
        yield from beside.equal()
    elif kinds == {"time.part"}:
        yield from beside.part()
    elif kinds == {"json.document"} and len(set(map(repr, made))) == 1:
        yield from beside.members(made[0].params.get("members", ()), ())


class _Beside:
    """One column of a table, and the generators of its values."""

    def __init__(self, planned: TablePlan, column: ColumnPlan, tables: Tables, made: Sequence[GeneratorPlan]) -> None:
        self._planned, self._name, self._tables, self._made = planned, column.name, tables, made
        self._columns: dict[str, Column] = {one.name: one for one in tables[planned.name].columns}

    def different(self) -> Iterator[Claim]:
        for other in sorted({str(generator.params["column"]) for generator in self._made} & self._columns.keys()):
            yield from self._claim(other, f"another than {other}", "{own} = {other}")

    def between(self) -> Iterator[Claim]:
        """Yield the claims that a column is in order with others; what it must be above wins where both can't be."""
        above, below = (self._bounding(side) for side in ("above", "below"))
        for other in above:
            yield from self._claim(other, f"not less than {other}", "{own} < {other}")
        for other in below:
            yield from self._claim(other, f"not more than {other}", "{own} > {other}", unless_below=above)

    def _bounding(self, side: str) -> list[str]:
        """Return what bounds the column on a side, whatever branch the row takes."""
        bounds = [
            {str(bound["column"]) for bound in one.params.get(side, ()) if "column" in bound and "plus" not in bound}
            for one in self._made
        ]
        return sorted(set.intersection(*bounds))

    def equal(self) -> Iterator[Claim]:
        others = {str(generator.params["column"]) for generator in self._made}
        if len(others) == 1 and self._columns[self._name].type.storage.name not in _WITHOUT_EQUALITY:
            [other] = others
            yield from self._claim(other, f"what {other} is", f"{{own}} IS NOT NULL AND {distinct('{own}', '{other}')}")

    def part(self) -> Iterator[Claim]:
        for date, part in sorted({(str(one.params["column"]), str(one.params["part"])) for one in self._made}):
            if part in _FIELDS:
                wrong = f"{{own}}::text::numeric <> EXTRACT({_FIELDS[part]} FROM {{other}})"
            elif part in _NAMED:
                wrong = f"{{own}}::text <> pg_catalog.to_char({{other}}::timestamp, {literal(_NAMED[part])})"
            else:
                wrong = "{own}::text::bool <> (EXTRACT(ISODOW FROM {other}) >= 6)"
            yield from self._claim(date, f"part of {date}", wrong)

    def members(self, members: Sequence[Mapping[str, Any]], way: tuple[str, ...]) -> Iterator[Claim]:
        """Yield the claims that members of a document repeat what the row says."""
        for member in members:
            path = (*way, str(member["name"]))
            params = member.get("params", {})
            known = self._columns.get(str(params.get("column", "")))
            if member["kind"] == "json.document":
                yield from self.members(params.get("members", ()), path)
            elif member["kind"] == "relative.equal" and known is not None and known.type.storage.name in _PLAIN:
                listed = ", ".join(map(literal, path))
                found = f"pg_catalog.jsonb_extract_path_text({{own}}::jsonb, {listed})"
                wrong = f"{{own}} IS NOT NULL AND {distinct(found, '{other}::text')}"
                yield from self._claim(known.name, f"{'.'.join(path)} is what {known.name} is", wrong)

    def _claim(self, other: str, said: str, wrong: str, unless_below: Sequence[str] = ()) -> Iterator[Claim]:
        """Yield the claim that a condition over the column and another never holds, where both can be told.

        Nothing is claimed of rows in which the other is below one of some more.
        """
        rows = Rows(self._planned, self._tables)
        own, theirs = rows.column(self._name), rows.column(other)
        if own is not None and theirs is not None:
            room = [f" AND ({theirs} < {name}) IS NOT TRUE" for name in map(rows.column, unless_below) if name]
            query = rows.counted(wrong.format(own=own, other=theirs) + "".join(room))
            yield Claim(self._planned.name, self._name, query, said)
