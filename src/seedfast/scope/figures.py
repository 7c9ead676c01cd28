"""Figures that must come out: sums, and how rows are spread over parents."""

from __future__ import annotations

from decimal import Decimal

from seedfast.scope.atoms import Atom
from seedfast.scope.draft import plain
from seedfast.scope.grammar import Match
from seedfast.scope.language import language
from seedfast.scope.reader import Reader, Rules
from seedfast.scope.spec import Aggregate, Outcome, Skew

_PARETO = (200, 800)


def _figure(reader: Reader, match: Match) -> bool:
    value = match.figure()
    per = reader.table(match.one("per")) if match.one("per") else None
    tables, columns = language().figures
    for words in tables:
        table = reader.vocabulary.table_named(words)
        column = None if table is None else reader.vocabulary.number(table, columns)
        if table is not None and column is not None:
            return _sum(reader, match, table, column, value, per)
    return False


def _amount(reader: Reader, match: Match) -> bool:
    table = reader.table(match.one("t")) if match.one("t") is not None else reader.subject
    column = None if table is None else reader.vocabulary.number(table, language().figures[1])
    per = reader.table(match.one("per")) if match.one("per") else None
    if table is None or column is None:
        return False
    return _sum(reader, match, table, column, match.figure(), per)


def _amount_of(reader: Reader, match: Match) -> bool:
    said = match.all("c")[0]
    if not {"total", "sum"} & set(said.said.lower().split()):
        return False
    per = reader.table(match.one("per")) if match.one("per") else None
    for place in said.meant["column"]:
        if reader.vocabulary.counts(place.table, place.column):
            return _sum(reader, match, place.table, place.column, match.figure(), per)
    return False


def _sum(reader: Reader, match: Match, table: str, column: str, value: Decimal | None, per: str | None) -> bool:
    if value is None or (per is not None and not reader.vocabulary.points_at(table, per)):
        return False
    period = match.one("p")
    reader.draft.outcomes.append(
        Outcome(
            table,
            Aggregate.SUM,
            plain(value),
            column,
            per=per,
            period=None if period is None else reader.period_of(period),
        )
    )
    reader.draft.about[table] = None
    reader.note(f"the sum is that of {table}.{column}, in its own currency and unit")
    currency = match.one("cur")
    if currency is not None:
        reader.leave(currency)
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
    "figure": _figure,
    "amount": _amount,
    "amount_of": _amount_of,
    "skew": _skew,
}
"""The rules of this kind, by name."""
