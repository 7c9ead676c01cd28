"""What holds of rows: values and their shares, NULLs, countries, natures, topics."""

from __future__ import annotations

from seedfast.scope.draft import even, plain
from seedfast.scope.grammar import HARMLESS, Match
from seedfast.scope.ground import Value
from seedfast.scope.reader import OTHERWISE, Reader, Rules
from seedfast.scope.spec import WHOLE, Aggregate, Outcome


def _null(reader: Reader, match: Match) -> bool:
    return _nulls(reader, match, filled=False)


def _filled(reader: Reader, match: Match) -> bool:
    return _nulls(reader, match, filled=True)


def _nulls(reader: Reader, match: Match, *, filled: bool) -> bool:
    atom = match.one("t") or match.one("t2")
    table = reader.table(atom) if atom is not None else None
    columns = reader.columns(match.all("c"), table)
    if not columns:
        return False
    share = match.one("s")
    nulls = WHOLE if share is None else share.meant["share"]
    for name, column in columns:
        if reader.vocabulary.is_truth(name, column):
            reader.draft.share(name, column, {"true" if filled else "false": nulls})
        else:
            reader.draft.share(name, column, {}, nulls=WHOLE - nulls if filled else nulls)
        reader.subject = name
    return True


def _never(reader: Reader, match: Match) -> bool:
    atom = match.one("t")
    found = reader.values(match.all("v"), reader.table(atom) if atom is not None else None)
    if found is None:
        return False
    table, column, values = found
    if atom is None and table != reader.subject and max(value.rank for value in values) >= OTHERWISE:
        return False
    if atom is None and reader.subject not in (None, table) and table not in reader.mentioned:
        return False
    if atom is None and table != reader.subject:
        others = {one.table for said in match.all("v") if said.is_("value") for one in said.meant["value"]}
        if len(others) > 1 and table not in reader.mentioned:
            return False
    if any(value.value is None for value in values):
        reader.draft.share(table, column, {}, nulls=0 if values[0].unset else WHOLE)
    else:
        reader.draft.share(table, column, {str(value.value): 0 for value in values})
    reader.subject, reader.recent = table, [table]
    return True


def _share(reader: Reader, match: Match) -> bool:
    atom, share = match.one("t"), match.one("s")
    table = reader.table(atom) if atom is not None else None
    found = reader.values(match.all("v"), table)
    if found is None or share is None:
        return False
    if share.is_("vague"):
        reader.note(f"{share.said!r} is {share.meant['share'] // 10} %")
    reader.share_out(*found, share.meant["share"])
    return True


def _rest(reader: Reader, match: Match) -> bool:
    if reader.last is None:
        return False
    table, column = reader.last
    there = reader.draft.shares.get((table, column))
    said = [atom for atom in match.all("v") if atom.is_("value")]
    mine = [next((v for v in a.meant["value"] if (v.table, v.column) == (table, column)), None) for a in said]
    values = [one.value for one in mine if one is not None and one.value is not None]
    if not values or len(values) < len(said):
        return False
    if there is None:
        return len(values) == 1 and _rest_of_rows(reader, table, column, values[0])
    reader.draft.share(table, column, even(WHOLE - sum(there.values.values()), values))
    return True


def _rest_of_rows(reader: Reader, table: str, column: str, value: str) -> bool:
    """The rows of a table that were not counted yet are in one state: "12 orders, 3 cancelled, the rest shipped"."""
    count = reader.draft.rows.get(table)
    counted = [one for one in reader.draft.outcomes if one.table == table and list(one.where) == [column]]
    if count is None or count.low != count.high or any(one.per or one.period for one in counted):
        return False
    rest = count.low - sum(int(one.value) for one in counted)
    if rest <= 0 or any(value in one.where.values() for one in counted):
        return False
    reader.draft.outcomes.append(Outcome(table, Aggregate.COUNT, str(rest), where={column: value}))
    return True


def _rest_of_countries(reader: Reader, match: Match) -> bool:
    rest = WHOLE - sum(reader.draft.countries.values())
    if not reader.draft.countries or not rest:
        return False
    reader.set_countries(even(rest, [code for atom in match.all("g") for code in atom.meant["country"]]))
    return True


def _evenly(reader: Reader, match: Match) -> bool:
    atom = match.one("t") or match.one("t2")
    found = reader.values(match.all("v"), reader.table(atom) if atom is not None else None)
    if found is None:
        return False
    reader.share_out(*found, WHOLE)
    return True


def _fixed(reader: Reader, match: Match) -> bool:
    """A column of all rows, or of a share of them, holds what is said."""
    atom, share = match.one("t"), match.one("s")
    columns = reader.columns(match.all("c"), reader.table(atom) if atom is not None else None)
    if not columns:
        return False
    table, column = columns[0]
    values: list[Value] = []
    for said in match.all("v"):
        if said.is_("literal"):
            values.append(Value(table, column, said.meant["literal"], 0))
        elif said.is_("value"):
            mine = [one for one in said.meant["value"] if (one.table, one.column) == (table, column)]
            if not mine:
                return False
            values.append(mine[0])
        elif said.is_("true") or said.is_("false"):
            if not reader.vocabulary.is_truth(table, column):
                return False
            values.append(Value(table, column, "true" if said.is_("true") else "false", 0))
        elif said.is_("count"):
            figures = said.meant["count"].whole
            if not figures or not reader.vocabulary.counts(table, column):
                return False
            values += [Value(table, column, plain(figure), 0) for figure in figures]
    reader.share_out(table, column, values, WHOLE if share is None else share.meant["share"])
    return True


def _country_share(reader: Reader, match: Match) -> bool:
    codes = [code for atom in match.all("g") if atom.is_("country") for code in atom.meant["country"]]
    share = match.one("s")
    if share is None:
        return False
    reader.set_countries(even(share.meant["share"], codes))
    atom = match.one("t") or match.one("t2")
    table = reader.table(atom) if atom is not None else None
    if table is not None:
        reader.draft.about[table] = None
        reader.subject, reader.recent = table, [table]
    return True


def _traits(reader: Reader, match: Match) -> bool:
    table = reader.table(match.one("t"))
    if table is None:
        return False
    denied = [atom for atom in match.all("not") if atom.is_("nature")]
    mine = [atom for atom in match.all("m") if atom.is_("nature")]
    if denied and any(atom.meant["nature"] in [one.meant["nature"] for one in mine] for atom in denied):
        return False
    if not reader.traits_of(match.all("m"), table):
        return False
    reader.draft.about[table] = None
    reader.subject, reader.recent = table, [table]
    return True


def _only_traits(reader: Reader, match: Match) -> bool:
    return _traits(reader, match) if match.one("t") is not None else _said_alone(reader, match)


def _said_alone(reader: Reader, match: Match) -> bool:
    atom = match.one("t")
    said = match.all("v") or match.all("m")
    if any(not one.is_("value") and not HARMLESS & set(one.meant) for one in said):
        return False
    found = reader.values(said, reader.table(atom) if atom is not None else None)
    if found is None or (found[0] != reader.subject and max(value.rank for value in found[2]) >= OTHERWISE):
        return False
    if reader.subject is not None and found[0] not in {reader.subject, *reader.mentioned}:
        return False
    if atom is None and (found[0], found[1]) in reader.draft.shares:
        # A word by itself doesn't take back what was said of the same.
        return False
    reader.share_out(*found, WHOLE)
    return True


def _countries(reader: Reader, match: Match) -> None:
    codes = dict.fromkeys(code for a in match.all("g") if a.is_("country") for code in a.meant["country"])
    reader.set_countries(even(WHOLE, list(codes)))


def _topics(reader: Reader, match: Match) -> bool:
    known = reader.draft.topics or (reader.base is not None and reader.base.topics)
    if not known and len(match.every) < len(reader.atoms):
        return False
    reader.draft.topics |= dict.fromkeys(atom.meant["topic"] for atom in match.all("q") if atom.is_("topic"))
    return True


def _domain(reader: Reader, match: Match) -> None:
    reader.draft.topics |= dict.fromkeys([atom.meant["domain"] for atom in match.all("d")])
    reader.draft.topics |= dict.fromkeys(atom.meant["topic"] for atom in match.all("q"))
    reader.draft.whole = True
    reader.recent, reader.subject = [], None


RULES: Rules = {
    "null": _null,
    "filled": _filled,
    "never": _never,
    "share": _share,
    "rest": _rest,
    "rest_of_countries": _rest_of_countries,
    "evenly": _evenly,
    "fixed": _fixed,
    "country_share": _country_share,
    "traits": _traits,
    "only_traits": _only_traits,
    "said_alone": _said_alone,
    "countries": _countries,
    "countries_between": _countries,
    "topics": _topics,
    "domain": _domain,
}
"""The rules of this kind, by name."""
