"""Numbers of rows: of tables, of everything, in a state, and how they change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from seedfast.scope.atoms import Atom, Quantity
from seedfast.scope.children import of_each
from seedfast.scope.draft import plain
from seedfast.scope.grammar import Match
from seedfast.scope.reader import Reader, Rules
from seedfast.scope.spec import WHOLE, Aggregate, Count, Outcome
from seedfast.scope.times import YEARS


def _every(reader: Reader, match: Match) -> bool:
    count, at = match.count(), reader.atoms.index(match.every[0])
    if count is None or (at and match.every[-1].is_("all") and reader.atoms[at - 1].is_("named")):
        # "Invoices of 99 each" are no 99 rows of every table.
        return False
    reader.draft.every = count
    reader.draft.whole = True
    return True


def _total(reader: Reader, match: Match) -> bool:
    count = match.count()
    if count is None or count.low != count.high:
        return False
    reader.draft.total = count.low
    reader.draft.whole = True
    return True


def _not_more(reader: Reader, match: Match) -> bool:
    """Not more than so many rows."""
    table, quantity = reader.table(match.one("t")), match.all("n")[0].meant["count"]
    if table is None or quantity.high is not None:
        return False
    reader.draft.rows[table] = Count(0, int(quantity.low) - 1)
    reader.ask(table)
    reader.subject, reader.recent = table, [table]
    return True


def _rows_each(reader: Reader, match: Match) -> bool:
    count, tables = match.count(), reader.tables(match.all("g"))
    if count is None or tables is None:
        return False
    for table in tables:
        reader.draft.rows[table] = count
        reader.ask(table)
    reader.recent = tables
    return True


def _states(reader: Reader, match: Match) -> bool:
    """So many rows in each of several states are as many together: "tickets: 10 urgent, 20 high"."""
    table = reader.table(match.one("t"))
    if table is None:
        return False
    outcomes: list[Outcome] = []
    quantity: Quantity | None = None
    for atom in match.all("g"):
        if atom.is_("count"):
            quantity = atom.meant["count"]
        elif atom.is_("value"):
            found = reader.values([atom], table)
            figure = None if quantity is None else quantity.figure
            if found is None or figure is None or found[2][0].value is None:
                return False
            where = {found[1]: str(found[2][0].value)}
            outcomes.append(Outcome(table, Aggregate.COUNT, plain(figure), where=where))
    if len({tuple(one.where) for one in outcomes}) != 1:
        return False
    reader.draft.outcomes += outcomes
    both = sum(int(one.value) for one in outcomes)
    reader.draft.rows[table] = Count(both, both)
    reader.ask(table)
    reader.subject, reader.recent = table, [table]
    return True


def _rows_alone(reader: Reader, match: Match) -> bool:
    """A number of rows is that of the one table spoken of last, else of every table."""
    count = match.count()
    if len(reader.recent) != 1 or count is None:
        return _every(reader, match)
    reader.draft.rows[reader.recent[0]] = count
    reader.ask(reader.recent[0])
    return True


def _rows_in(reader: Reader, match: Match) -> bool:
    return _count(reader, match)


def _count(reader: Reader, match: Match) -> bool:
    table, count = reader.table(match.one("t")), match.count()
    if table is None or count is None:
        return False
    traits = match.all("m") + match.all("m2")
    if reader.goes_on and reader.subject is not None and reader.vocabulary.points_at(table, reader.subject):
        # "3 orders of 2 items": each of them has so many.
        return not traits and of_each(reader, reader.subject, match.all("n") + match.all("t"))
    if not reader.traits_of(traits, table, dry=True):
        return False
    where = _single_states(reader, traits, table)
    quantity: Quantity = match.all("n")[0].meant["count"]
    period = match.one("p")
    if where and quantity.exact and quantity.figure is not None:
        spanned = None if period is None else reader.period_of(period)
        reader.draft.outcomes.append(
            Outcome(table, Aggregate.COUNT, plain(quantity.figure), where=dict(where), period=spanned)
        )
        reader.draft.about[table] = None
        reader.subject, reader.recent = table, [table]
        return True
    reader.ask(table)
    reader.draft.rows[table] = count
    reader.traits_of(traits, table)
    reader.counted[table] = (count, where)
    if quantity.vague:
        reader.note(f"{match.all('n')[0].said!r} is {count.low} to {count.high}")
    if str(count.low) == match.all("n")[0].said and count.low in YEARS:
        reader.note(f"{count.low} is read as a number of rows, not as a year")
    reader.subject, reader.recent = table, [table]
    if period is not None:
        reader.draft.periods.append(reader.period_of(period, reader.recent))
    return True


def _single_states(reader: Reader, traits: Sequence[Atom], table: str) -> tuple[tuple[str, str], ...]:
    found = {}
    for atom in traits:
        mine = [value for value in atom.meant.get("value", ()) if value.table == table and value.value is not None]
        if mine and not atom.is_("country"):
            found[mine[0].column] = str(mine[0].value)
    return tuple(found.items())


def _count_state(reader: Reader, match: Match) -> bool:
    """Of the rows counted before, so many are in a state."""
    table = reader.subject
    if any(atom.is_("currency") for atom in match.all("v")):
        # So much money, and not so many rows in it.
        return False
    found = None if table is None else reader.values(match.all("v"), table)
    quantity: Quantity = match.all("n")[0].meant["count"]
    if table is None or found is None or quantity.figure is None or len(found[2]) != 1 or found[2][0].value is None:
        return False
    _, column, values = found
    before = reader.counted.get(table)
    if before is not None and before[1]:
        # So many in one state and so many in another are as many together.
        count, where = before
        if any(name != column for name, _ in where) or count.low != count.high:
            return False
        reader.draft.shares.pop((table, column), None)
        reader.draft.outcomes.append(Outcome(table, Aggregate.COUNT, str(count.low), where=dict(where)))
        both = count.low + int(quantity.low)
        reader.draft.rows[table] = Count(both, both)
    where_now = {column: str(values[0].value)}
    reader.last = (table, column)
    spread = next((one for one in reader.draft.per_parent.values() if one.child == table), None)
    if spread is not None and quantity.figure <= (spread.count.high or spread.count.low):
        reader.note(f"{match.every[0].said!r} is a number for each of {spread.parent}")
        each = Outcome(table, Aggregate.COUNT, plain(quantity.figure), where=where_now, per=spread.parent)
        reader.draft.outcomes.append(each)
        return True
    reader.draft.outcomes.append(Outcome(table, Aggregate.COUNT, plain(quantity.figure), where=where_now))
    return True


def _count_both(reader: Reader, match: Match) -> bool:
    """So many rows in one state and so many in another are as many together."""
    table = reader.table(match.one("t"))
    if table is None:
        return False
    outcomes: list[Outcome] = []
    for number, values in (("n", "v"), ("n2", "v2")):
        found = reader.values(match.all(values), table)
        figure = match.all(number)[0].meant["count"].figure
        if found is None or figure is None or len(found[2]) != 1 or found[2][0].value is None:
            return False
        where = {found[1]: str(found[2][0].value)}
        outcomes.append(Outcome(table, Aggregate.COUNT, plain(figure), where=where))
    if len({tuple(one.where) for one in outcomes}) > 1:
        return False
    reader.draft.outcomes += outcomes
    both = sum(int(one.value) for one in outcomes)
    reader.draft.rows[table] = Count(both, both)
    reader.ask(table)
    reader.subject, reader.recent = table, [table]
    return True


def _untold_each(reader: Reader, match: Match) -> bool:
    if not _count(reader, match):
        return False
    reader.leave_all(match.all("items"))
    return True


def _instead_of(reader: Reader, match: Match) -> None:
    """What was before goes: a table is left out, of anything else what was said now holds."""
    table = reader.table(match.one("g")) if match.one("g") is not None else None
    if table is not None and reader.base is not None:
        reader.draft.skip[table] = None


def _replace(reader: Reader, match: Match) -> bool:
    old, new = reader.table(match.one("t")), reader.table(match.one("t2"))
    if old is None or new is None or reader.base is None:
        return False
    reader.draft.skip[old] = None
    reader.ask(new)
    return True


def _include(reader: Reader, match: Match) -> bool:
    tables = reader.tables(match.all("g"))
    if tables is None:
        return False
    for table in tables:
        reader.ask(table)
    return True


def _by_share(reader: Reader, match: Match) -> bool:
    share = next(atom.meant["share"] for atom in match.all("s"))
    times = WHOLE + (share if match.all("way")[0].is_("more") else -share)
    return _changed(reader, match, lambda rows: max(1, rows * times // WHOLE))


def _bare_count(reader: Reader, match: Match) -> bool:
    """A number alone is that of the one table that has a number so far."""
    count = match.count()
    if reader.base is None or count is None or len(reader.base.rows) != 1 or len(match.every) < len(reader.atoms):
        return False
    table = next(iter(reader.base.rows))
    reader.draft.rows[table] = count
    reader.note(f"{match.every[0].said!r} is the number of {table}")
    return True


def _times(reader: Reader, match: Match) -> bool:
    said = match.one("f")
    figure = match.figure() if said is None else Decimal(said.meant["factor"]) / 100
    if figure is None:
        return False
    if reader.base is None and reader.counted:
        table, (count, _) = reader.table(match.one("t")), list(reader.counted.values())[-1]
        if table is None:
            return False
        high = None if count.high is None else int(count.high * figure)
        reader.draft.rows[table] = Count(int(count.low * figure), high)
        reader.ask(table)
        reader.recent = [table]
        return True
    return _changed(reader, match, lambda rows: max(1, int(rows * figure)))


def _more(reader: Reader, match: Match) -> bool:
    return _by(reader, match, 1, 2, 1)


def _fewer(reader: Reader, match: Match) -> bool:
    return _by(reader, match, -1, 1, 2)


def _by(reader: Reader, match: Match, sign: int, times: int, parts: int) -> bool:
    if match.one("n") is None:
        if reader.base is not None:
            reader.note("twice as many" if times > parts else "half as many")
        return _changed(reader, match, lambda rows: max(1, rows * times // parts))
    count = match.count()
    return count is not None and _changed(reader, match, lambda rows: max(0, rows + sign * count.low))


def _changed(reader: Reader, match: Match, change: Callable[[int], int]) -> bool:
    table = reader.table(match.one("t"))
    if table is None or reader.base is None:
        return False
    there = reader.base.rows.get(table)
    if there is None and table in reader.planned:
        there = Count(reader.planned[table], reader.planned[table])
    there = there or reader.base.every
    if there is None:
        reader.note(f"how many rows {table} has now is not known")
        return False
    high = None if there.high is None else change(there.high)
    reader.draft.rows[table] = Count(change(there.low), high)
    reader.draft.about[table] = None
    return True


RULES: Rules = {
    "not_more": _not_more,
    "rows_each": _rows_each,
    "states": _states,
    "every": _every,
    "total": _total,
    "rows_in": _rows_in,
    "rows_alone": _rows_alone,
    "count": _count,
    "count_state": _count_state,
    "count_both": _count_both,
    "untold_each": _untold_each,
    "instead_of": _instead_of,
    "replace": _replace,
    "include": _include,
    "by_share": _by_share,
    "bare_count": _bare_count,
    "times": _times,
    "more": _more,
    "fewer": _fewer,
}
"""The rules of this kind, by name."""
