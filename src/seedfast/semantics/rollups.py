"""What columns of a table take together of the rows that refer to it: how many, what sum, which average, since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from seedfast.model.table import Column, Table
from seedfast.semantics.figures import Words, roles
from seedfast.semantics.lexicon import written
from seedfast.semantics.numbers import INTEGERS, MINOR, Room
from seedfast.semantics.order import beginning, trimmed
from seedfast.semantics.words import words

_COUNTED = frozenset({"count", "number", "total"})
_HEADERS = frozenset({"header", "head"})
"""Words behind the name of a whole that tell it from its lines."""


@dataclass(frozen=True, slots=True)
class Children:
    """A table whose ``column`` refers to the one in question."""

    table: Table
    column: str


@dataclass(frozen=True, slots=True)
class Told:
    """A ``column`` that is the ``aggregate`` of the products of some columns of its children, of each child if none.

    Where it is ``counted`` by them already, it is so only if they count what refers to them in turn.
    """

    column: str
    aggregate: str
    children: Children
    of: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    counted: bool = False


@dataclass(frozen=True, slots=True)
class _All:
    """What all that somebody did comes to: how it is called, of which tables it is the sum, and of which columns."""

    names: frozenset[Words]
    tables: tuple[Words, ...]
    columns: tuple[Words, ...]


@cache
def _sums() -> tuple[_All, ...]:
    data = written("figures.toml")["rollups"]["all"]
    listed = ({name: tuple(words(each.strip()) for each in one[name].split(",")) for name in one} for one in data)
    return tuple(_All(frozenset(one["names"]), one["tables"], one["columns"]) for one in listed)


def made_of(whole: Table, part: Table) -> bool:
    """Tell whether rows of a table are nothing without rows of another: an order has lines, a conversation messages."""
    own, name = words(whole.name.name), words(part.name.name)
    own = own[:-1] if len(own) > 1 and own[-1] in _HEADERS else own
    if name[: len(own)] == own and name[len(own) :] in _lists()["lines"]:
        return True
    if len(name) > 1 and name[-1:] in _lists()["lines"] and own[1 - len(name) :] == name[:-1]:
        # Lines of an order are those of a sales order, too.
        return True
    rest = name[len(own) :] if name[: len(own)] == own else name
    return any(own[-len(of) :] == of and rest in parts for of, parts in _wholes().items())


@cache
def _wholes() -> Mapping[Words, frozenset[Words]]:
    data = written("figures.toml")["rollups"]["wholes"]
    return {words(of): frozenset(words(each.strip()) for each in listed.split(",")) for of, listed in data.items()}


@cache
def _lists() -> Mapping[str, frozenset[Words]]:
    data = written("figures.toml")["rollups"]
    return {
        name: frozenset(words(each.strip()) for each in listed.split(","))
        for name, listed in data.items()
        if isinstance(listed, str)
    }


@cache
def _ranked(name: str) -> tuple[str, ...]:
    data = written("figures.toml")["rollups"]
    return tuple(each.strip() for each in data[name].split(","))


def told(table: Table, children: Sequence[Children]) -> Iterator[Told]:
    """Yield what the names of a table's columns say of the rows that refer to it, where only one table can be meant."""
    summed = _summed(table, children)
    for column in table.columns:
        if column.name in summed:
            yield summed[column.name]
            continue
        found_for = (_count, _average, _bound, _all_in_all)
        for found in (each(table, column, children) for each in found_for):
            if found is not None:
                yield found
                break


def _named(name: Words, table: Table, children: Sequence[Children]) -> Children | None:
    """Return the only table of rows that some words mean, one reference from it."""
    own = words(table.name.name)
    found = [each for each in children if name and _means(name, words(each.table.name.name), own)]
    if not found and name in _lists()["children"]:
        found = [each for each in children if each.table.name == table.name]
    elif not found and name in _lists()["lines"]:
        found = [each for each in children if words(each.table.name.name)[-1:] in _lists()["lines"]]
    return found[0] if len(found) == 1 else None


def _means(name: Words, child: Words, own: Words) -> bool:
    rest = child[len(own) :] if child[: len(own)] == own else child
    return name in (child, rest) or child[-len(name) :] == name


def _count(table: Table, column: Column, children: Sequence[Children]) -> Told | None:
    said = words(column.name)
    room = Room.of(column.type.storage)
    counted = said[-1:] == ("count",) or bool(_COUNTED & set(said[:1]))
    if room is None or room.unit != "integer" or not counted:
        return None
    rest = tuple(word for word in said if word not in _COUNTED | {"of"})
    found = _named(rest, table, children)
    if found is None:
        # A forum counts the posts of its topics, which count their own.
        own = words(table.name.name)
        below = [each for each in children if words(each.column)[:-1] == own or words(each.column) == own]
        counts = [(each, one.name) for each in below for one in each.table.columns if _counts(one, rest)]
        if len(counts) != 1 or not rest:
            return None
        return Told(column.name, "sum", counts[0][0], (counts[0][1],), counted=True)
    return Told(column.name, "count", found)


def _counts(column: Column, rest: Words) -> bool:
    """Tell whether a column counts what some words mean."""
    said = words(column.name)
    whole = column.type.storage.name in INTEGERS
    return whole and said[-1:] == ("count",) and tuple(word for word in said if word not in _COUNTED | {"of"}) == rest


def _all_in_all(table: Table, column: Column, children: Sequence[Children]) -> Told | None:
    """Return what all that somebody did comes to, where the row has no such sum of its own to be a part of."""
    said = words(column.name)
    if Room.of(column.type.storage) is None or "total" in roles(table).get((), {}):
        return None
    for one in _sums():
        for name in one.tables if said in one.names else ():
            found = [each for each in children if words(each.table.name.name)[-len(name) :] == name]
            numbers = {words(c.name): c.name for each in found for c in each.table.columns if Room.of(c.type.storage)}
            summed = next((numbers[each] for each in one.columns if each in numbers), None)
            if len(found) == 1 and summed is not None:
                return Told(column.name, "sum", found[0], (summed,))
    return None


def _average(_: Table, column: Column, children: Sequence[Children]) -> Told | None:
    said, room = words(column.name), Room.of(column.type.storage)
    rest = tuple(word for word in said if (word,) not in _lists()["average"])
    if room is None or not rest or rest == said:
        return None
    meant = [
        (each, theirs.name)
        for each in children
        for theirs in each.table.columns
        if words(theirs.name) == rest[-1:] and Room.of(theirs.type.storage) is not None
    ]
    return Told(column.name, "average", meant[0][0], (meant[0][1],)) if len(meant) == 1 else None


def _bound(table: Table, column: Column, children: Sequence[Children]) -> Told | None:
    kind = column.type.storage.name
    said = trimmed(words(column.name))
    if kind not in ("date", "timestamp", "timestamptz"):
        return None
    for side, aggregate in (("first", "least"), ("last", "greatest")):
        for phrase in _lists()[side]:
            found = _named(said[len(phrase) :], table, children) if said[: len(phrase)] == phrase else None
            begins = None if found is None else beginning(found.table)
            if found is not None and begins is not None and found.table.column(begins).type.storage.name == kind:
                return Told(column.name, aggregate, found, (begins,))
    return None


def _summed(table: Table, children: Sequence[Children]) -> dict[str, Told]:
    mine = roles(table).get((), {})
    target = next((mine[role] for role in _ranked("sums") if role in mine), None)
    own = words(table.name.name)
    out: dict[str, Told] = {}
    if target is not None:
        lines = []
        for each in children:
            name = words(each.table.name.name)
            rest = name[len(own) :] if name[: len(own)] == own else name
            if rest in _lists()["lines"]:
                parts = _line(each.table, target)
                lines += [(each, parts)] if parts else []
        if len(lines) == 1:
            out[target.name] = Told(target.name, "sum", *lines[0])
    for column in table.columns:
        if words(column.name) in _lists()["balances"] and Room.of(column.type.storage) is not None:
            entries = [(each, _entry(each.table)) for each in children if _is_entry(each.table)]
            if len(entries) == 1 and entries[0][1] is not None:
                out[column.name] = Told(column.name, "sum", entries[0][0], *entries[0][1])
    return out


def _line(child: Table, target: Column) -> tuple[str, ...]:
    """Return what a line comes to: its total, or the quantity times the price."""
    theirs = roles(child).get((), {})
    minor = _minor(target)
    named = (theirs[role] for role in _ranked("of_lines") if role in theirs)
    total = next((one.name for one in named if _minor(one) == minor and one.generated is None), None)
    if total is not None:
        return (total,)
    times = [theirs[role] for role in ("quantity", "unit_price") if role in theirs]
    fits = len(times) == len(("quantity", "unit_price")) and _minor(times[1]) == minor and "discount" not in theirs
    return tuple(one.name for one in times) if fits else ()


def _is_entry(child: Table) -> bool:
    return words(child.name.name)[-1:] in _lists()["entries"]


def _entry(child: Table) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return what an entry adds and what it takes away; None where its sign is said elsewhere."""
    numbers = {words(one.name): one.name for one in child.columns if Room.of(one.type.storage) is not None}
    credit, debit = (
        next((name for said, name in numbers.items() if said in ((side,), (side, "amount"))), None)
        for side in ("credit", "debit")
    )
    if credit and debit:
        return (credit,), (debit,)
    signed = any(words(one.name)[-1:] in _lists()["signs"] for one in child.columns)
    amount = numbers.get(("amount",))
    return None if signed or amount is None else ((amount,), ())


def _minor(column: Column) -> bool:
    return bool(MINOR & set(words(column.name)))
