"""Figures that must come out: sums, and how rows are spread over parents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import islice

from seedfast.scope.atoms import Atom
from seedfast.scope.draft import plain
from seedfast.scope.grammar import Match
from seedfast.scope.language import language
from seedfast.scope.reader import Reader, Rules
from seedfast.scope.spec import WHOLE, Aggregate, Outcome, Period, Skew
from seedfast.scope.times import YEARS, pieces, written

_PARETO = (200, 800)
_MOST_SPANS = 100
"""More periods than these are not told apart one by one."""

_WAYS = (Aggregate.AVERAGE, Aggregate.GREATEST, Aggregate.LEAST)


def _figure(reader: Reader, match: Match) -> bool:
    value = match.figure()
    if value is not None and match.one("cur") is None and value in YEARS:
        # "Revenue 2025 of 1 million": the first number is a year.
        return False
    per = reader.table(match.one("per")) if match.one("per") else None
    tables, columns = language().figures
    for words in tables:
        table = reader.vocabulary.table_named(words)
        column = None if table is None else reader.vocabulary.number(table, columns)
        if table is not None and column is not None:
            return _sum(reader, match, table, column, value, per)
    return False


def _figure_too(reader: Reader, match: Match) -> bool:
    """The same figure for another time: "revenue of 1 million in 2024 and 2 million in 2025"."""
    sums = [one for one in reader.draft.outcomes if one.aggregate is Aggregate.SUM and one.period is not None]
    if not sums or not reader.follows("figure", "amount", "figure_too"):
        return False
    return _sum(reader, match, sums[-1].table, str(sums[-1].column), match.figure(), sums[-1].per)


def _extreme(reader: Reader, match: Match) -> bool:
    """An average, a greatest or a least value: "the largest order is 9,999"."""
    way, said = match.all("way")[0], match.one("c")
    aggregate = next(one for one in _WAYS if way.is_(one.value))
    named = [reader.table(match.one("t"))] if match.one("t") is not None else []
    places = said.meant["column"] if said is not None and said.is_("column") else ()
    for place in places:
        if reader.vocabulary.counts(place.table, place.column) and place.table in (named or [place.table]):
            return _sum(reader, match, place.table, place.column, match.figure(), None, aggregate=aggregate)
    tables, columns = language().figures
    if said is not None and not named:
        named = [reader.vocabulary.table_named(words) for words in tables if said.is_("figure")]
    for table in named:
        column = None if table is None else reader.vocabulary.number(table, columns)
        if table is not None and column is not None:
            return _sum(reader, match, table, column, match.figure(), None, aggregate=aggregate)
    return False


def _average(reader: Reader, match: Match) -> bool:
    """The average of what was spoken of before: "300 bookings averaging 180 euros"."""
    column = None if reader.subject is None else reader.vocabulary.number(reader.subject, language().figures[1])
    if reader.subject is None or column is None:
        return False
    return _sum(reader, match, reader.subject, column, match.figure(), None, aggregate=Aggregate.AVERAGE)


def _amount(reader: Reader, match: Match) -> bool:
    table = reader.table(match.one("t")) if match.one("t") is not None else reader.subject
    column = None if table is None else reader.vocabulary.number(table, language().figures[1])
    per = reader.table(match.one("per")) if match.one("per") else None
    if table is None or column is None:
        return False
    where: dict[str, str] = {}
    if match.all("v"):
        found = reader.values(match.all("v"), table)
        if found is None or len(found[2]) != 1 or found[2][0].value is None:
            return False
        where = {found[1]: str(found[2][0].value)}
    return _sum(reader, match, table, column, match.figure(), per, where=where)


def _amount_each(reader: Reader, match: Match) -> bool:
    """What each row comes to is what its column holds: "gift cards worth 50 each"."""
    table, value = reader.table(match.one("t")), match.figure()
    column = None if table is None else reader.vocabulary.number(table, language().figures[1])
    if table is None or column is None or value is None:
        return False
    reader.draft.share(table, column, {plain(value): WHOLE})
    reader.note(f"what each is worth is {table}.{column}, in its own currency and unit")
    currency = match.one("cur")
    if currency is not None:
        reader.leave(currency)
    return True


def _amount_of(reader: Reader, match: Match) -> bool:
    said = match.all("c")[0]
    if not {"total", "sum"} & set(said.said.lower().split()):
        return False
    per = reader.table(match.one("per")) if match.one("per") else None
    for place in said.meant["column"]:
        if reader.vocabulary.counts(place.table, place.column):
            return _sum(reader, match, place.table, place.column, match.figure(), per)
    return False


def _sum(
    reader: Reader,
    match: Match,
    table: str,
    column: str,
    value: Decimal | None,
    per: str | None,
    *,
    aggregate: Aggregate = Aggregate.SUM,
    where: Mapping[str, str] | None = None,
) -> bool:
    if value is None or (per is not None and not reader.vocabulary.points_at(table, per)):
        return False
    period = match.one("p")
    reader.draft.outcomes.append(
        Outcome(
            table,
            aggregate,
            plain(value),
            column,
            where or {},
            per,
            None if period is None else reader.period_of(period),
        )
    )
    reader.draft.about[table] = None
    reader.note(f"the {aggregate.value} is that of {table}.{column}, in its own currency and unit")
    currency = match.one("cur")
    if currency is not None:
        reader.leave(currency)
    return True


def _paced(reader: Reader, match: Match) -> bool:
    """So many rows in every day, week or month of a period."""
    table, value, said = reader.table(match.one("t")), match.figure(), match.all("p")[0]
    if table is None or value is None or value != int(value):
        return False
    spans = list(islice(pieces(said.meant["period"], match.all("u")[0].meant["pace"]), _MOST_SPANS + 1))
    if not 0 < len(spans) <= _MOST_SPANS:
        return False
    whole = said.meant["period"]
    reader.period_of(said)
    if spans[-1][1] < whole.end:
        reader.note(f"the last of the periods ends on {spans[-1][1]:%Y-%m-%d}: no whole one is left after it")
    for start, end in spans:
        period = Period(written(start), written(end))
        reader.draft.outcomes.append(Outcome(table, Aggregate.COUNT, plain(value), period=period))
    reader.ask(table)
    return True


def _skew(reader: Reader, match: Match) -> bool:
    one = reader.table(match.one("t1"))
    other = reader.table(match.one("t2"), under=one)
    if one is None or other is None:
        return False
    shares = [_permille(atom) for atom in (match.one("a"), match.one("b")) if atom is not None] or list(_PARETO)
    if reader.vocabulary.points_at(other, one):
        parent, child, heaviest, hold = one, other, shares[0], shares[1]
    elif reader.vocabulary.points_at(one, other):
        parent, child, heaviest, hold = other, one, shares[1], shares[0]
    else:
        return False
    if match.one("a") is None or match.one("a").is_("count"):  # type: ignore[union-attr]
        heaviest, hold = min(shares), max(shares)
    if match.one("a") is None:
        reader.note("skewed rows: 20 % of the parents have 80 % of them")
    reader.draft.skews[child, parent] = Skew(child, parent, heaviest, hold)
    reader.draft.about |= dict.fromkeys((parent, child))
    return True


def _permille(atom: Atom) -> int:
    return int(atom.meant["share"]) if atom.is_("share") else int(atom.meant["count"].low) * 10


RULES: Rules = {
    "paced": _paced,
    "extreme": _extreme,
    "figure_too": _figure_too,
    "figure": _figure,
    "amount": _amount,
    "amount_each": _amount_each,
    "amount_of": _amount_of,
    "average": _average,
    "skew": _skew,
}
"""The rules of this kind, by name."""
