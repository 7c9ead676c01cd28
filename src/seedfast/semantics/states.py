"""What the state of a row says of its other columns: the shipped order has a date of shipping, CHECK or no CHECK."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from seedfast.constraints.domain import Branch
from seedfast.constraints.predicate import Value
from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.names import literal, quote
from seedfast.semantics.coded import INTEGERS, states_counted
from seedfast.semantics.deeds import bare, doers, done
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.lives import HINT, Life, Told, lives, opposites, phrased
from seedfast.semantics.order import beginning, lasts, takes_place, trimmed
from seedfast.semantics.tongues import tongues
from seedfast.semantics.variants import chooses, variants
from seedfast.semantics.words import speaks, words

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_DOCUMENTS = frozenset({"json", "jsonb"})
_STATE_WORDS = frozenset({"status", "state", "lifecycle", "phase"})
_PLACES = frozenset({"city", "town", "zip", "postal", "postcode", "country", "street", "address"})
_UNKNOWN_SHARE = 4
_TRUE_PERMILLE = 300
_MOST_VALUES = 40
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Wish:
    """A condition in SQL that rows had better satisfy, over ``columns``, and the reason for people.

    A ``passing`` one holds at the moment that the rows end at, and not for ever. What is yet to come is known by one of
    the ``ahead``, values in a column, and takes place at ``start``.
    """

    condition: str
    columns: frozenset[str]
    reason: str
    passing: bool = False
    ahead: tuple[str, tuple[str, ...]] | None = None
    start: str = ""


Cycles = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""What a trade knows of columns: the states that each goes through, with how often each is met."""


Actors = Mapping[str, tuple[str, Mapping[Value, bool | None]]]
"""Columns that tell who did something: the column of states that tells whether it was done, and in which it was."""


@dataclass(frozen=True, slots=True)
class States:
    """What a table's states ask for: wishes, dearest first, and how often each value of a column comes.

    ``actors`` are foreign keys to who did what a state tells of.
    """

    wishes: tuple[Wish, ...] = ()
    shares: Mapping[str, Mapping[Value, int]] = field(default_factory=dict)
    actors: Actors = field(default_factory=dict)


def states(table: Table, branches: Sequence[Branch], cycles: Cycles = (), tongue: str = "") -> States:
    """Return what the states of a table's rows ask of its columns; ``branches`` are what its constraints leave.

    ``cycles`` are what a trade knows of the table, which comes before what is known of states in general. A ``tongue``
    is that in which states are written where nothing lists them.
    """
    apart = _not_to_touch(table)
    loose = [column for column in table.columns if column.name not in apart and _kind(column) is not None]
    who = doers(table)
    actors: dict[str, tuple[str, Mapping[Value, bool | None]]] = {}
    wishes: list[Wish] = []
    shares: dict[str, Mapping[Value, int]] = {}
    claimed: set[str] = set()
    stated = [column for column in table.columns if column.name not in _keyed(table) and _states(column, table)]
    # A state of something in particular, such as the payment's, is asked before that of the whole row.
    for column in sorted(stated, key=lambda one: -len(words(one.name))):
        cycle = dict(cycles).get(column.name, ())
        read = _read(table, column, branches, cycle, tongue)
        if read is None:
            continue
        life, stages, known = read
        values = list(stages)
        shares[column.name] = known or {
            value: _UNKNOWN_SHARE if number is None or life is None else max(1, life.stages[number].share)
            for value, number in stages.items()
        }
        told = [one for one in loose if one.name not in claimed and one.name != column.name]
        left = [one for one in who if one.name not in actors]
        wish = _told_by(column, life, stages, told, left) if life is not None else None
        if wish is not None and life is not None:
            seen = {one.name: _verdicts(one, life, stages) for one in left}
            actors |= {name: (column.name, verdicts) for name, verdicts in seen.items() if verdicts}
            wishes.append(wish)
            claimed |= wish.columns
        elif _values(column, branches) is None:
            listed = f"{quote(column.name)} IN ({', '.join(map(_sql, values))})"
            reason = "the life cycle that its trade knows" if known or life is None else f"the {life.name}'s life cycle"
            wishes.append(Wish(listed, frozenset({column.name}), reason))
    for flag, moment, opposite in _flags(table, loose):
        if flag.name not in claimed and moment.name not in claimed:
            claimed |= {flag.name, moment.name}
            there, gone = ("FALSE", "TRUE") if opposite else ("TRUE", "FALSE")
            condition = (
                f"({quote(flag.name)} IS {there} AND {quote(moment.name)} IS NOT NULL)"
                f" OR ({quote(flag.name)} IS {gone} AND {quote(moment.name)} IS NULL)"
            )
            true = true_permille(flag)
            shares[flag.name] = {True: true, False: 1000 - true}
            wishes.append(Wish(condition, frozenset({flag.name, moment.name}), f"{moment.name} goes with {flag.name}"))
    return States(tuple(wishes), shares, actors)


def _read(
    table: Table, column: Column, branches: Sequence[Branch], cycle: Sequence[tuple[str, int]], tongue: str = ""
) -> tuple[Life | None, Mapping[Value, int | None], Mapping[Value, int]] | None:
    """Return the life that a column of states follows, the stage of each value, and how often a trade has each."""
    if column.type.storage.name in INTEGERS:
        counted = states_counted(table, column, branches)
        return None if counted is None else (*counted, {})
    values = _of_cycle(column, cycle, tongue) if _values(column, branches) is None else _values(column, branches)
    found = _lived(table, column, values, tongue)
    known = _known(cycle, (found[1] if found is not None else values) or [])
    if found is None and not known:
        return None
    life, values = found if found is not None else (None, values or [])
    return life, {value: None if life is None else life.stage(value) for value in values}, known


def _sql(value: Value) -> str:
    return str(value) if isinstance(value, int) else literal(str(value))


def _of_cycle(column: Column, cycle: Sequence[tuple[str, int]], tongue: str = "") -> list[str] | None:
    """Return a trade's states as the column's default is written, None where they don't fit the column."""
    default = _default(column)
    values = [_written_as(state, default) for state in _spoken([state for state, _ in cycle], default, tongue)]
    if default is not None and default not in values:
        return None
    storage = column.type.storage
    return values if values and all(len(value) <= (storage.length or len(value)) for value in values) else None


def _spoken(labels: Sequence[str], default: str | None, tongue: str) -> Sequence[str]:
    """Return states in a tongue, where that has a word for each and the column's default is none of another."""
    if not tongue or not (default is None or tongue in speaks(default)):
        return labels
    said = [tongues().said(tongue, label) for label in labels]
    return [one for one in said if one] if all(said) and len(set(said)) == len(said) else labels


def _known(cycle: Sequence[tuple[str, int]], values: Sequence[str]) -> dict[Value, int]:
    """Return how often each of some values comes, where a trade knows most of them."""
    weights = {words(state): weight for state, weight in cycle}
    if not values or sum(words(value) in weights for value in values) * 2 < len(values):
        return {}
    return {value: weights.get(words(value), _UNKNOWN_SHARE) for value in values}


def while_active(
    table: Table, now: datetime, claimed: frozenset[str]
) -> Iterator[tuple[Wish, Mapping[str, Mapping[Value, int]]]]:
    """Yield the wishes that what is active hasn't ended, not of ``claimed`` columns, with the share that is."""
    apart = _not_to_touch(table) | claimed
    moments = [one for one in table.columns if one.type.storage.name in _MOMENTS and one.name not in apart]
    for flag in table.columns:
        if flag.type.storage.name != "bool" or flag.name in apart or bare(flag) not in phrased("present", "going"):
            continue
        asked, columns, passing = [], {flag.name}, False
        for moment in moments:
            said, name = trimmed(words(moment.name)), quote(moment.name)
            later = f"{name} > {literal(now.isoformat(sep=' '))}::{moment.type.storage.name}"
            if said in phrased("present", "gone") and moment.nullable:
                asked.append(f"{name} IS NULL")
            elif said in phrased("present", "until"):
                asked.append(f"({name} IS NULL OR {later})" if moment.nullable else later)
                passing = True
            else:
                continue
            columns.add(moment.name)
        if asked:
            held = quote(flag.name)
            condition = f"({held} IS TRUE AND {' AND '.join(asked)}) OR {held} IS NOT TRUE"
            true = true_permille(flag)
            reason = f"what is {' '.join(bare(flag))} hasn't ended"
            yield Wish(condition, frozenset(columns), reason, passing), {flag.name: {True: true, False: 1000 - true}}


def while_young(table: Table, branches: Sequence[Branch], cycles: Cycles, now: datetime) -> Iterator[Wish]:
    """Yield the wishes that rows of early states began lately: an order of two years ago isn't pending any more."""
    begin = beginning(table)
    if begin is None or begin in _not_to_touch(table):
        return
    for column in table.columns:
        if column.name in _keyed(table) or not _states(column, table):
            continue
        read = _read(table, column, branches, dict(cycles).get(column.name, ()))
        if read is None or read[0] is None:
            continue
        life, stages = read[0], read[1]
        early = [value for value, number in stages.items() if number is not None and number < life.settles]
        late = [value for value in stages if value not in early]
        if early and late:
            held, name = quote(column.name), quote(begin)
            since = literal((now - timedelta(days=life.within)).isoformat(sep=" "))
            lately = f"{name} >= {since}::{table.column(begin).type.storage.name}"
            ways = [f"{held} IN ({', '.join(map(_sql, early))}) AND {lately}"]
            ways += [f"{held} IN ({', '.join(map(_sql, late))})", *([f"{held} IS NULL"] if column.nullable else [])]
            condition = " OR ".join(f"({way})" for way in ways)
            yield Wish(condition, frozenset({column.name, begin}), f"{column.name} as {begin} tells", passing=True)


def as_planned(table: Table, branches: Sequence[Branch], cycles: Cycles, now: datetime) -> Iterator[Wish]:
    """Yield the wishes that what is planned is yet to come, what is under way has begun, and what is over is past."""
    found = takes_place(table)
    apart = _not_to_touch(table)
    if found is None or not apart.isdisjoint(filter(None, found)):
        return
    start, end = (None if name is None else table.column(name) for name in found)
    assert start is not None
    for column in table.columns:
        if column.name in _keyed(table) or not _states(column, table):
            continue
        read = _read(table, column, branches, dict(cycles).get(column.name, ()))
        if read is None or read[0] is None or not read[0].ahead:
            continue
        life, stages = read[0], read[1]
        told: dict[str, list[Value]] = {"ahead": [], "under way": [], "over": [], "": []}
        for value, number in stages.items():
            told[_when(life, number)].append(value)
        ahead, lately = now + timedelta(days=life.ahead), now - timedelta(seconds=lasts(table) or _DAY)
        past = _before(start, now) if end is None else _before(end, now)
        lasting = "" if end is None else f" AND {_after(end, now)}"
        limits = {
            "ahead": f" AND {_after(start, now)} AND {_before(start, ahead)}",
            "under way": f" AND {_after(start, lately)} AND {_before(start, now)}{lasting}",
            "over": f" AND {_before(start, now)} AND {past}",
            "": "",
        }
        held = quote(column.name)
        ways = [f"{held} IN ({', '.join(map(_sql, told[when]))}){limits[when]}" for when in limits if told[when]]
        ways += [f"{held} IS NULL"] if column.nullable else []
        if told["ahead"] and told["over"]:
            condition = " OR ".join(f"({way})" for way in ways)
            columns = frozenset({column.name, *filter(None, found)})
            planned = column.name, tuple(map(str, told["ahead"]))
            told_by = f"{start.name} as {column.name} tells"
            yield Wish(condition, columns, told_by, passing=True, ahead=planned, start=start.name)


def _when(life: Life, number: int | None) -> str:
    """Return whether what is at a stage is yet to come, under way or over, nothing where that may be."""
    if number is None:
        return ""
    if number >= life.path:
        return "over" if life.stages[number].over else ""
    return "ahead" if number < life.begins else "under way" if number == life.begins else "over"


def _before(column: Column, moment: datetime) -> str:
    there = f"{quote(column.name)} <= {literal(moment.isoformat(sep=' '))}::{column.type.storage.name}"
    return f"({quote(column.name)} IS NULL OR {there})" if column.nullable else there


def _after(column: Column, moment: datetime) -> str:
    there = f"{quote(column.name)} > {literal(moment.isoformat(sep=' '))}::{column.type.storage.name}"
    return f"({quote(column.name)} IS NULL OR {there})" if column.nullable else there


def by_variant(table: Table, branches: Sequence[Branch], claimed: frozenset[str]) -> Iterator[Wish]:
    """Yield the wishes that columns which name a variant are empty in rows of others, not of ``claimed`` columns."""
    apart = frozenset(_not_to_touch(table))
    listed = {
        column.name: values
        for column in table.columns
        if column.name not in apart and chooses(column) and (values := _values(column, branches))
    }
    for condition, columns in variants(table, listed, apart | claimed):
        choosing = next(name for name in listed if name in columns)
        told = ", ".join(sorted(columns - {choosing}))
        yield Wish(condition, columns, f"{told} as {choosing} tells")


def spellings(
    table: Table, branches: Sequence[Branch], cycles: Cycles = ()
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield columns of states, the values that rows may have there, and each other way to say such a value."""
    for column in table.columns:
        if column.name in _keyed(table) or not _states(column, table) or column.type.storage.name in INTEGERS:
            continue
        values = _values(column, branches)
        if values is None:
            values = _of_cycle(column, dict(cycles).get(column.name, ()))
            yield from ((column.name, value, words(value)) for value in values or ())
        found = _lived(table, column, values)
        if found is None:
            continue
        life, values = found
        for value in values:
            number = life.stage(value)
            if number is not None:
                for phrase in life.stages[number].spellings:
                    yield column.name, value, phrase


def _keyed(table: Table) -> set[str]:
    """Return the columns of keys, references, exclusions and partitions, and those that the server makes."""
    found = {name for key in table.unique_keys for part in key.parts for name in part.columns}
    found |= {part.column for key in table.unique_keys for part in key.parts if part.column is not None}
    found |= {name for key in table.foreign_keys for name in key.columns}
    found |= {name for one in table.exclusions for part, _ in one.parts for name in (*part.columns, part.column or "")}
    found |= set(table.partitioning.columns) if table.partitioning is not None else set()
    return found | {c.name for c in table.columns if c.generated is not None or not c.insertable}


def _not_to_touch(table: Table) -> set[str]:
    read = {name for one in table.exclusions if one.predicate for part, _ in one.parts for name in part.columns}
    return _keyed(table) | read


def _states(column: Column, table: Table) -> bool:
    """Tell whether a column says by a text, label or number in which state its row is."""
    name = words(column.name)
    if not name or name[-1] not in _STATE_WORDS:
        return False
    if name[-1] == "state" and any(_PLACES & set(words(other.name)) for other in table.columns):
        return False
    return column.type.storage.form is TypeForm.ENUM or column.type.storage.name in _TEXTS | INTEGERS


def _values(column: Column, branches: Sequence[Branch]) -> list[str] | None:
    """Return the values that the type or the constraints list, None where they list none."""
    domains = [branch.domain(column.name) for branch in branches]
    lists = [domain.allowed for domain in domains]
    if all(listed is not None for listed in lists):
        values = dict.fromkeys(value for listed in lists for value in listed or ())
    elif column.type.storage.form is TypeForm.ENUM:
        values = dict.fromkeys(column.type.storage.labels)
    else:
        return None
    return [value for value in values if isinstance(value, str)]


def _lived(table: Table, column: Column, values: list[str] | None, tongue: str = "") -> tuple[Life, list[str]] | None:
    """Return the life cycle that a column of states follows with its values, None where none is recognised."""
    own = words(column.name)[:-1]
    enum = words(column.type.storage.name)[:-1] if column.type.storage.form is TypeForm.ENUM else ()
    hints = [hint for hint in (own, enum, *((words(table.name.name),) if not own else ())) if hint]
    default = _default(column)
    if values is None:
        if own and words(column.name)[-1] != "status":
            return None
        for life in lives():
            if any(life.about(hint) == HINT for hint in hints) and (default is None or life.stage(default) is not None):
                return _spelt(life, column, default, tongue)
        return None
    if not 1 < len(values) <= _MOST_VALUES:
        return None
    best: tuple[int, int, Life] | None = None
    for number, life in enumerate(lives()):
        known = sum(life.stage(value) is not None for value in values)
        if known < 2 or known * 2 < len(values):
            continue
        exact = sum(words(value) in stage.spellings for value in values for stage in life.stages)
        score = known + exact + sum(map(life.about, hints))
        if best is None or score > best[0]:
            best = (score, number, life)
    return None if best is None else (best[2], values)


def _spelt(life: Life, column: Column, default: str | None, tongue: str) -> tuple[Life, list[str]] | None:
    """Return the values of a life cycle as the column's default is written, which takes its place among them."""
    here = None if default is None else life.stage(default)
    values = []
    met = [number for number, stage in enumerate(life.stages) if stage.share or number == here]
    said = _spoken([life.stages[number].label for number in met], default, tongue)
    for number, label in zip(met, said, strict=True):
        values.append(default if number == here and default is not None else _written_as(label, default))
    storage = column.type.storage
    if storage.length is not None and any(len(value) > storage.length for value in values):
        return None
    return life, values


def _written_as(state: str, default: str | None) -> str:
    """Return a state in the capitals of a column's default."""
    if default is not None and default.isupper():
        return state.upper()
    return state.replace("_", " ").capitalize() if default is not None and default[:1].isupper() else state


def _default(column: Column) -> str | None:
    written = column.default or ""
    if not written.startswith("'"):
        return None
    return written[1:].partition("'")[0] or None


def _told_by(
    column: Column, life: Life, stages: Mapping[Value, int | None], loose: Sequence[Column], who: Sequence[Column]
) -> Wish | None:
    """Return the wish that each value of a column brings the moments and texts that its stage has, and no others.

    Foreign keys to ``who`` did it are only told apart: whoever picks their parents sees to it.
    """
    patterns = {other.name: found for other in (*loose, *who) if (found := _verdicts(other, life, stages))}
    if not patterns:
        return None
    groups: dict[tuple[bool | None, ...], list[Value]] = defaultdict(list)
    for value in stages:
        groups[tuple(verdicts[value] for verdicts in patterns.values())].append(value)
    named = [other for other in (*loose, *who) if other.name in patterns]
    silent = {one.name for one in who}
    ways = [" AND ".join(_way(column.name, values, named, there, silent)) for there, values in groups.items()]
    condition = " OR ".join(f"({way})" for way in ways)
    return Wish(condition, frozenset({column.name, *patterns} - silent), f"as {column.name} tells")


def _verdicts(other: Column, life: Life, stages: Mapping[Value, int | None]) -> dict[Value, bool | None]:
    """Return in which states a column is filled, {} where they don't tell."""
    kind = _kind(other)
    if kind is None or not any(_names(other) & (one.names(kind) | one.also) for one in life.stages):
        return {}
    verdicts = {
        value: None if number is None else life.holds(number, _names(other), kind) for value, number in stages.items()
    }
    told = True in verdicts.values() and (kind is not Told.FLAG or False in verdicts.values())
    return verdicts if told else {}


def _kind(column: Column) -> Told | None:
    storage = column.type.storage.name
    if storage == "bool":
        return Told.FLAG
    if not column.nullable or column.default:
        return None
    if storage in _MOMENTS or (done(words(column.name)) and words(column.name)[-1] != "reason"):
        return Told.MOMENT
    return Told.TEXT if storage in _TEXTS | _DOCUMENTS else None


def _names(column: Column) -> frozenset[tuple[str, ...]]:
    """Return what a column says of its row, in one spelling or two."""
    said = words(column.name)
    if column.type.storage.name == "bool":
        return frozenset({bare(column)})
    if done(said) and said[-1] != "reason":
        return frozenset({done(said)})
    return frozenset({said, trimmed(said)} if column.type.storage.name in _MOMENTS else {said})


def _way(
    column: str, values: Sequence[Value], told: Sequence[Column], there: Sequence[bool | None], silent: set[str]
) -> Iterator[str]:
    yield f"{quote(column)} IS NOT NULL AND {quote(column)} IN ({', '.join(map(_sql, values))})"
    for other, present in zip(told, there, strict=True):
        if other.name in silent:
            continue
        if present is not None and _kind(other) is Told.FLAG:
            yield f"{quote(other.name)} IS {'TRUE' if present else 'FALSE'}"
        elif present is not None:
            yield f"{quote(other.name)} IS {'NOT ' if present else ''}NULL"


def _flags(table: Table, loose: Sequence[Column]) -> Iterator[tuple[Column, Column, bool]]:
    """Return truth values with the moment that goes with them; True where it goes with their being false."""
    keyed = _keyed(table)
    moments = {trimmed(words(one.name)): one for one in loose if one.type.storage.name in _MOMENTS}
    for flag in table.columns:
        if flag.type.storage.name != "bool" or flag.name in keyed:
            continue
        said = bare(flag)
        if said in moments:
            yield flag, moments[said], False
        else:
            for other in opposites().get(said, ()):
                if other in moments:
                    yield flag, moments[other], True
                    break


def true_permille(flag: Column) -> int:
    """Return of how many rows of 1,000 a truth value holds."""
    found = lexicon().boolean.find(bare(flag))
    return int(found[0].target) if found else _TRUE_PERMILLE
