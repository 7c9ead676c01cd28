"""Which columns are called parts of a date beside them: ``birth_year`` of ``birth_date``, a calendar's ``quarter``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seedfast.model.table import Column, Table
from seedfast.semantics.order import trimmed
from seedfast.semantics.words import words

_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_NUMBERS = frozenset({"int2", "int4", "int8", "numeric"})
_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_CALENDAR = 3
"""So many parts without a word of whose they are make a table a calendar."""

_NUMBERED = {
    ("year",): "year",
    ("calendar", "year"): "year",
    ("quarter",): "quarter",
    ("month",): "month",
    ("month", "number"): "month",
    ("month", "of", "year"): "month",
    ("week",): "week",
    ("week", "number"): "week",
    ("week", "of", "year"): "week",
    ("day",): "day",
    ("day", "of", "month"): "day",
    ("day", "of", "year"): "day_of_year",
    ("day", "of", "week"): "iso_weekday",
    ("weekday",): "iso_weekday",
    ("dow",): "iso_weekday",
    ("hour",): "hour",
}
_SPELT = {
    ("month", "name"): "month_name",
    ("month",): "month_name",
    ("day", "name"): "day_name",
    ("weekday", "name"): "day_name",
    ("day", "of", "week"): "day_name",
    ("weekday",): "day_name",
}
_ASKED = {("weekend",): "weekend", ("is", "weekend"): "weekend"}


@dataclass(frozen=True, slots=True)
class DatePart:
    """A column that holds a part of a date in another column."""

    column: str
    part: str
    date: str


def date_parts(table: Table) -> Iterator[DatePart]:
    """Yield the columns that hold parts of dates beside them."""
    moments = [column for column in table.columns if column.type.storage.name in _MOMENTS]
    dates = [column for column in moments if column.type.storage.name == "date"]
    stems = {trimmed(words(column.name)): column.name for column in reversed(moments)}
    bare = [column for column in table.columns if words(column.name) in _parts(column)]
    alone = dates if len(dates) == 1 else moments
    if len(bare) >= _CALENDAR and len(alone) == 1:
        yield from (DatePart(one.name, _parts(one)[words(one.name)], alone[0].name) for one in bare)
    for column in table.columns:
        said = words(column.name)
        for phrase, part in _parts(column).items():
            size = len(phrase)
            before, after = said[:-size], said[size + 1 :]
            if said[-size:] == phrase and before and before in stems:
                yield DatePart(column.name, part, stems[before])
                break
            if said[:size] == phrase and said[size : size + 1] == ("of",) and after in stems:
                yield DatePart(column.name, part, stems[after])
                break


def _parts(column: Column) -> dict[tuple[str, ...], str]:
    """Return the parts that a column of its type may be called."""
    kind = column.type.storage.name
    if kind == "bool":
        return _ASKED
    return _NUMBERED if kind in _NUMBERS else _SPELT if kind in _TEXTS else {}
