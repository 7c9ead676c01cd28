"""How many rows each row of a parent has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from seedfast.scope.atoms import Atom, Quantity
from seedfast.scope.draft import plain
from seedfast.scope.grammar import HARMLESS, Match
from seedfast.scope.ground import Value
from seedfast.scope.reader import OTHERWISE, Reader, Rules
from seedfast.scope.spec import WHOLE, Aggregate, Count, Outcome, PerParent

_TIMES = frozenset({"x", "×", "*"})


def _per_parent(reader: Reader, match: Match) -> bool:
    parent = reader.table(match.one("p"))
    if parent is None or not of_each(reader, parent, match.all("items")):
        return False
    if reader.draft.per_parent:
        reader.ask(parent)
    return True


def _none_has(reader: Reader, match: Match) -> bool:
    """No parent has more than so many."""
    parent, quantity = reader.table(match.one("p")), match.all("n")[0].meant["count"]
    child = None if parent is None else reader.table(match.one("t"), under=parent)
    if parent is None or child is None or quantity.high is not None or not reader.vocabulary.points_at(child, parent):
        return False
    reader.draft.per_parent[child, parent] = PerParent(child, parent, Count(0, int(quantity.low) - 1))
    reader.draft.about |= dict.fromkeys((child, parent))
    return True


def _none_without(reader: Reader, match: Match) -> bool:
    """No parent is without a child: each has one at least."""
    parent = reader.table(match.one("p"))
    child = None if parent is None else reader.table(match.one("t"), under=parent)
    if parent is None or child is None or not reader.vocabulary.points_at(child, parent):
        return False
    reader.draft.per_parent[child, parent] = PerParent(child, parent, Count(1, None))
    reader.draft.about |= dict.fromkeys((child, parent))
    return True


def _each_has(reader: Reader, match: Match) -> bool:
    parent = reader.table(match.one("p"))
    return parent is not None and of_each(reader, parent, match.all("items"), asked=False)


def _each_does(reader: Reader, match: Match) -> bool:
    """What each one does with its children is having them: "100 players, each playing 3 sessions"."""
    verb = match.all("verb")[0].said
    for parent in dict.fromkeys([reader.subject, *reversed(reader.counted)] if verb.endswith("ing") else []):
        if parent is not None and of_each(reader, parent, match.all("items")):
            reader.note(f"{verb!r} is read as having them")
            return True
    return False


def _each_asked(reader: Reader, match: Match) -> bool:
    parent, traits = reader.table(match.one("p")), match.all("m") + match.all("m2")
    if parent is None or not reader.traits_of(traits, parent, dry=True):
        return False
    if not of_each(reader, parent, match.all("items")):
        return False
    recent, subject = reader.recent, reader.subject
    reader.traits_of(traits, parent)
    reader.recent, reader.subject = recent, subject
    if match.all("p")[0].is_("single"):
        reader.draft.rows[parent] = Count(1, 1)
    reader.ask(parent)
    return True


def _some_each(reader: Reader, match: Match) -> bool:
    """Children for each parent, without a number: one at least."""
    parent = reader.table(match.one("p"))
    child = None if parent is None else reader.table(match.one("t"), under=parent)
    if parent is None or child is None or not reader.vocabulary.points_at(child, parent):
        return False
    reader.draft.per_parent[child, parent] = PerParent(child, parent, Count(1, None))
    reader.note(f"each of {parent} has one of {child} at least")
    reader.draft.asked |= dict.fromkeys((child, parent))
    reader.subject, reader.recent = child, [child]
    return True


def _counted_each(reader: Reader, match: Match) -> bool:
    parent, count = reader.table(match.one("p")), match.count()
    traits = match.all("m") + match.all("m2")
    if parent is None or count is None or not reader.traits_of(traits, parent, dry=True):
        return False
    if not of_each(reader, parent, match.all("items")):
        return False
    recent, subject = reader.recent, reader.subject
    reader.traits_of(traits, parent)
    reader.recent, reader.subject = recent, subject
    reader.draft.rows[parent] = count
    reader.ask(parent)
    return True


def _crossed(reader: Reader, match: Match) -> bool:
    """So many times so many: "50 customers x 10 orders"."""
    return any(atom.said.lower() in _TIMES for atom in match.every) and _counted_each(reader, match)


def _fewer_each(reader: Reader, match: Match) -> bool:
    """With fewer children than parents the number is that of each one's: "100 users with at least one order"."""
    counts = [atom.meant["count"] for atom in match.all("items") if atom.is_("count")]
    most = max((one.high or one.low for one in counts), default=Decimal(0))
    if not counts or most >= match.all("n")[0].meant["count"].low or not _counted_each(reader, match):
        return False
    reader.note(f"{' '.join(atom.said for atom in match.all('items'))!r} is what each one has")
    return True


def of_each(reader: Reader, parent: str, atoms: Sequence[Atom], *, asked: bool = True) -> bool:
    """Note how many rows of each of a list of tables a parent's row has."""
    items: list[tuple[Quantity, list[Atom], Atom]] = []
    quantity: Quantity | None = None
    traits: list[Atom] = []
    for atom in atoms:
        if atom.is_("count") and quantity is None:
            quantity, traits = atom.meant["count"], []
        elif quantity is not None and atom.is_("value") and not atom.is_("named") and _closes(atom, atoms):
            items.append((quantity, [atom], atom))
            quantity, traits = None, []
        elif atom.is_("sole") and quantity is None and not traits and _closes(atom, atoms):
            items.append((Quantity(Decimal(1), Decimal(1)), [atom], atom))
        elif atom.is_("single") and quantity is None:
            items.append((Quantity(Decimal(1), Decimal(1)), traits, atom))
            traits = []
        elif atom.is_("named") and quantity is not None and not _trait_before_table(atom, atoms):
            items.append((quantity, traits, atom))
            quantity, traits = None, []
        elif not HARMLESS & set(atom.meant):
            traits.append(atom)
    done: list[PerParent | Outcome] = []
    counted: str | None = None
    for quantity, traits, atom in items:
        unknown, traits = [t for t in traits if t.is_("unknown")], [t for t in traits if not t.is_("unknown")]
        child, count = reader.table(atom, under=parent), quantity.count
        if child is None and atom.is_("value"):
            # Rows may go by what they are: "two owners", "a captain".
            child = next((v.table for v in atom.meant["value"] if _is_role(reader, v, parent)), None)
        if child == parent and count is not None and atom is items[0][2] and len(items) > 1 and not traits:
            # "10 stores, 6 employees per store".
            reader.draft.rows[parent] = count
            reader.ask(parent)
            continue
        if child is None or count is None or child == parent:
            return False
        if not reader.vocabulary.points_at(child, parent):
            joining = reader.vocabulary.between(child, parent)
            if joining is None and done and not traits:
                # "3 stores, each with 5 employees, and 500 orders": what has no part in them is counted by itself.
                reader.draft.rows[child] = count
                reader.ask(child)
                reader.note(f"{child} does not point at {parent}: its rows are counted by themselves")
                counted = child
                continue
            if joining is None or traits:
                reader.why = f"{child} does not point at {parent}, so that rows for each can't be told"
                return False
            reader.note(f"{joining} joins {child} and {parent}: its rows are counted")
            if asked:
                reader.ask(child)
            child = joining
        for trait in unknown:
            reader.leave(trait)
        if not traits:
            done.append(PerParent(child, parent, count))
            continue
        found = reader.values(traits, child)
        if found is not None and found[2][0].value is None:
            reader.share_out(*found, WHOLE)
            done.append(PerParent(child, parent, count))
            continue
        if found is None or quantity.figure is None or len(found[2]) != 1 or found[2][0].value is None:
            return False
        where = {found[1]: str(found[2][0].value)}
        done.append(Outcome(child, Aggregate.COUNT, plain(quantity.figure), where=where, per=parent))
    if any(isinstance(one, PerParent) and _said_before(reader, one) for one in done):
        return False
    for one in done:
        if isinstance(one, PerParent):
            reader.draft.per_parent[one.child, one.parent] = one
            (reader.draft.asked if asked else reader.draft.about)[one.child] = None
        else:
            reader.draft.outcomes.append(one)
            reader.draft.about[one.table] = None
        table = one.child if isinstance(one, PerParent) else one.table
        reader.subject, reader.recent = table, [table]
    if counted is not None:
        reader.subject, reader.recent = counted, [counted]
    if not asked:
        reader.draft.about[parent] = None
    return bool(done)


def _said_before(reader: Reader, one: PerParent) -> bool:
    """Tell whether another number was said of the same: of single rows then, which a scope can't tell."""
    return reader.draft.per_parent.get((one.child, one.parent), one) != one


def _is_role(reader: Reader, value: Value, parent: str) -> bool:
    listed = value.value not in (None, "true", "false") and value.rank < OTHERWISE
    return listed and reader.vocabulary.points_at(value.table, parent)


def _untold(reader: Reader, match: Match) -> bool:
    """Numbers for each of something that can't be told: rows of that number would be another thing."""
    reader.leave_all(match.every)
    reader.note(reader.why)
    return True


def _each_of_them(reader: Reader, match: Match) -> bool:
    """What each of those spoken of before has: of the last ones that it can be said of."""
    for parent in dict.fromkeys([reader.subject, *reversed(reader.counted)]):
        if parent is not None and of_each(reader, parent, match.all("items")):
            return True
    return _untold(reader, match)


def _per_parent_of_it(reader: Reader, match: Match) -> bool:
    """So many of what was spoken of last for each parent: "reviews, 5 per product"."""
    parent, count = reader.table(match.one("p")), match.count()
    child = reader.subject
    if parent is None or child is None or count is None or not reader.vocabulary.points_at(child, parent):
        return False
    reader.draft.per_parent[child, parent] = PerParent(child, parent, count)
    reader.draft.about |= dict.fromkeys((child, parent))
    return True


def _theirs(reader: Reader, match: Match) -> bool:
    """So many children for each parent, which were named as what belongs to it: "users and their orders, 5 each"."""
    parent, count = reader.table(match.one("p")), match.count()
    child = None if parent is None else reader.table(match.one("t"), under=parent)
    if parent is None or child is None or count is None or not reader.vocabulary.points_at(child, parent):
        return False
    reader.draft.per_parent[child, parent] = PerParent(child, parent, count)
    reader.draft.asked |= dict.fromkeys((parent, child))
    reader.subject, reader.recent = child, [child]
    return True


def _closes(atom: Atom, atoms: Sequence[Atom]) -> bool:
    """Tell whether an atom is the last of its item in a list."""
    follows = list(atoms)[list(atoms).index(atom) + 1 :]
    return not follows or follows[0].is_("and")


def _trait_before_table(atom: Atom, atoms: Sequence[Atom]) -> bool:
    """Tell whether words that may name a table say something of the next one: "3 company accounts"."""
    follows = atoms[atoms.index(atom) + 1 :]
    return bool(follows) and follows[0].is_("named") and (atom.is_("value") or atom.is_("nature"))


RULES: Rules = {
    "none_without": _none_without,
    "per_parent": _per_parent,
    "none_has": _none_has,
    "each_has": _each_has,
    "each_does": _each_does,
    "each_asked": _each_asked,
    "some_each": _some_each,
    "counted_each": _counted_each,
    "crossed": _crossed,
    "fewer_each": _fewer_each,
    "untold": _untold,
    "each_of_them": _each_of_them,
    "per_parent_of_it": _per_parent_of_it,
    "theirs": _theirs,
}
"""The rules of this kind, by name."""
