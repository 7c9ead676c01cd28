"""Which tables: asked for, kept to, left out, and the times that they are of."""

from __future__ import annotations

from seedfast.scope.grammar import Match
from seedfast.scope.reader import Reader, Rules


def _same(reader: Reader, _: Match) -> None:
    """All else stays as it is: so it does."""


def _purpose(reader: Reader, _: Match) -> None:
    said = next((atom.said for atom in reader.atoms if atom.is_("purpose")), "")
    reader.note(f"{said!r} says what the data is for; it changes nothing")


def _stop(reader: Reader, _: Match) -> None:
    reader.recent = []


def _skip(reader: Reader, match: Match) -> bool:
    tables = reader.tables(match.all("g"), may_be_absent=True)
    if tables is None:
        return False
    reader.draft.skip |= dict.fromkeys(tables)
    reader.draft.everything |= any(atom.is_("everything") for atom in match.every)
    reader.draft.whole = True
    reader.recent = []
    return True


def _without(reader: Reader, match: Match) -> bool:
    whole = reader.draft.whole
    done = _skip(reader, match)
    reader.draft.whole = whole or (done and not reader.draft.asked)
    return done


def _no_tables(reader: Reader, match: Match) -> bool:
    return _skip(reader, match)


def _only(reader: Reader, match: Match) -> bool:
    tables = reader.tables(match.all("g"))
    if tables is None:
        return False
    reader.draft.only |= dict.fromkeys(tables)
    reader.draft.limited = True
    reader.recent = tables
    return True


def _that_is_all(reader: Reader, _: Match) -> None:
    """The tables asked for so far, and not even what they consist of, are all that is wanted."""
    if reader.draft.asked and not reader.draft.limited:
        reader.draft.only |= reader.draft.asked
        reader.draft.limited = True


def _pass_over(reader: Reader, _: Match) -> None:
    """A number follows, which says it all."""


def _listed_in(reader: Reader, match: Match) -> bool:
    tables = reader.tables(match.all("g"))
    period = match.one("p")
    if tables is None or period is None:
        return False
    reader.draft.about |= dict.fromkeys(tables)
    reader.draft.periods.append(reader.period_of(period, tables))
    reader.recent = tables
    return True


def _listed(reader: Reader, match: Match) -> bool:
    # A field such as "marketing" names its tables where it is called so, or is all that is said.
    called = len(match.every) == len(reader.atoms) or any(atom.is_("tables") for atom in match.all("g"))
    tables = reader.tables(match.all("g"), fields=called)
    if tables is None:
        return False
    for table in tables:
        reader.ask(table)
    reader.subject, reader.recent = tables[-1], tables
    return True


def _period(reader: Reader, match: Match) -> None:
    for atom in match.all("p"):
        reader.draft.periods.append(reader.period_of(atom, reader.recent))


def _everything(reader: Reader, _: Match) -> None:
    reader.draft.whole = reader.draft.everything = True
    reader.recent, reader.subject = [], None


RULES: Rules = {
    "same": _same,
    "purpose": _purpose,
    "stop": _stop,
    "skip": _skip,
    "without": _without,
    "no_tables": _no_tables,
    "only": _only,
    "that_is_all": _that_is_all,
    "pass_over": _pass_over,
    "listed_in": _listed_in,
    "listed": _listed,
    "period": _period,
    "everything": _everything,
}
"""The rules of this kind, by name."""
