"""Growth: rows that become more, or fewer, from each day, week or month of a time to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from seedfast.scope.grammar import Match
from seedfast.scope.reader import Reader, Rules
from seedfast.scope.spec import WHOLE, Period
from seedfast.scope.times import Span, pieces, rolling, written

MOST = 100
"""The most pieces of a time that are told apart."""

_FINE = 10**9
_USUAL = 12


def grown(period: Period) -> Iterator[tuple[Period, int]]:
    """Yield the pieces of a time in which rows grow, with the weight of each; what is left at its end is one, too."""
    whole = Span(datetime.fromisoformat(period.start), datetime.fromisoformat(period.end))
    weight, length, end = _FINE, 1, whole.start
    for start, end in pieces(whole, period.pace):
        yield Period(written(start), written(end)), weight
        weight = max(1, weight * (WHOLE + period.growth) // WHOLE)
        length = int((end - start).total_seconds())
    if end < whole.end:
        rest = int((whole.end - end).total_seconds())
        yield Period(written(end), written(whole.end)), max(1, weight * rest // length)


def _growth(reader: Reader, match: Match) -> bool:
    """By how much rows become more: "orders growing 10 % a month over the last year"."""
    said, pace = match.one("t"), next(str(atom.meant["pace"]) for atom in match.every if atom.is_("pace"))
    table, growth = reader.subject if said is None else reader.table(said), _by(match)
    if table is None or growth is None:
        return False
    period = _time(reader, match, table, pace)
    there = len(list(islice(grown(replace(period, growth=growth, pace=pace)), MOST + 1)))
    if not 1 < there <= MOST:
        reader.why = f"from {period.start} to {period.end} there are not 2 to {MOST} times of a {pace} each"
        reader.note(reader.why)
        return False
    mine = (table,)
    reader.draft.periods = [one for one in reader.draft.periods if one.tables != mine]
    reader.draft.periods.append(replace(period, tables=mine, growth=growth, pace=pace))
    reader.draft.about[table] = None
    reader.subject, reader.recent = table, [table]
    return True


def _by(match: Match) -> int | None:
    """Return by how many of 1,000 rows grow, below 0 where they become fewer; None for what leaves none."""
    for atom in match.every:
        if atom.is_("factor"):
            factor = int(atom.meant["factor"])
            return (factor - 100) * WHOLE // 100
    share = next(int(atom.meant["share"]) for atom in match.every if atom.is_("share"))
    falls = any(atom.is_("shrinking") or atom.is_("fewer") for atom in match.every)
    return -share if falls and share < WHOLE else None if falls else share


def _time(reader: Reader, match: Match, table: str, pace: str) -> Period:
    said = match.one("p") or match.one("p2")
    if said is not None:
        return reader.period_of(said)
    known = [*(reader.base.periods if reader.base is not None else ()), *reader.draft.periods]
    for one in reversed(known):
        if not one.tables or table in one.tables:
            return replace(one, growth=0, pace="")
    span = rolling(_USUAL, pace, reader.now)
    reader.note(f"the growth is that of the last {_USUAL} {pace}s")
    return Period(written(span.start), written(span.end))


RULES: Rules = {"growth": _growth}
"""The rules of this kind, by name."""
