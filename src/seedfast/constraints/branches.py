"""The algebra of branches: what two conditions leave together, which branch contains which, and keeping few of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from seedfast.constraints.constants import at_midnight
from seedfast.constraints.domain import Aspect, Bound, Branch, Canonical, Domain, Nullness, Part, Place, Relation, Tie
from seedfast.constraints.linear import Row, TooManyRowsError, difference, measured, projected
from seedfast.constraints.logic import columns_of
from seedfast.constraints.machine import matches
from seedfast.constraints.parts import INHERENT, seen
from seedfast.constraints.predicate import Op, Opaque, Value

LIMIT = 48
"""The most branches that a table has."""

_MOST_LISTED = 64

ORDERED_CHARACTERS = ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
"""Characters that every collation puts in this order among themselves."""

T = TypeVar("T")


def compare(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1 as PostgreSQL would order the two, or None where that can't be told."""
    if isinstance(left, bool) is not isinstance(right, bool):
        return None
    if isinstance(left, date) and isinstance(right, date) and type(left) is not type(right):
        left, right = at_midnight(left), at_midnight(right)
    if isinstance(left, str) and isinstance(right, str):
        return _text_order(left, right)
    try:
        return (left > right) - (left < right)  # type: ignore[operator]  # a TypeError says that there is no order
    except TypeError:
        return None


def shared_start(left: str, right: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(left, right, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _text_order(left: str, right: str) -> int | None:
    """Return the order of two texts where every collation agrees on it."""
    if left == right:
        return 0
    shared = shared_start(left, right)
    mine, theirs = left[shared : shared + 1], right[shared : shared + 1]
    if not mine or not theirs or any(mine in one and theirs in one for one in ORDERED_CHARACTERS):
        return (mine > theirs) - (mine < theirs)
    one, other = left.casefold(), right.casefold()
    if one == other or not (left + right).isascii() or not (left + right).isalnum():
        return None
    order = (left > right) - (left < right)
    return order if order == (one > other) - (one < other) else None


def _same(left: Value, right: Value) -> bool:
    return compare(left, right) == 0


def holds(domain: Domain, value: Value) -> bool | None:
    """Return whether a domain takes a value, None where that can't be told."""
    verdicts = [
        domain.nullness is not Nullness.ALWAYS,
        domain.allowed is None or any(_same(value, other) for other in domain.allowed),
        not any(_same(value, other) for other in domain.excluded),
        _within(value, domain.low, 1),
        _within(value, domain.high, -1),
        *(None if (known := seen(part, value)) is None else holds(wanted, known) for part, wanted in domain.parts),
    ]
    if isinstance(value, str):
        verdicts += _text_verdicts(domain, value)
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _within(value: Value, bound: Bound | None, side: int) -> bool | None:
    if bound is None:
        return True
    order = compare(value, bound.value)
    return None if order is None else order == side or (order == 0 and bound.inclusive)


def _text_verdicts(domain: Domain, text: str) -> list[bool | None]:
    size = len(text.encode("utf-8"))
    low, high = domain.octets
    canonical = {Canonical.LOWER: text.lower(), Canonical.UPPER: text.upper(), Canonical.TRIMMED: text.strip(" ")}
    return [
        domain.min_length is None or len(text) >= domain.min_length,
        domain.max_length is None or len(text) <= domain.max_length,
        low is None or size >= low,
        high is None or size <= high,
        not domain.not_blank or bool(text.strip(" ")),
        all(canonical[form] == text for form in domain.canonical),
        *(matches(pattern, text) for pattern in domain.patterns),
    ]


def intersect(left: Domain, right: Domain) -> Domain | None:
    """Return what both domains hold, or None where that is nothing at all, not even NULL."""
    if {left.nullness, right.nullness} == {Nullness.ALWAYS, Nullness.NEVER}:
        return None
    parts = _parts_of_both(left, right)
    nullness = right.nullness if left.nullness is Nullness.MAYBE else left.nullness
    if parts is None:
        barren = Domain(nullness=Nullness.ALWAYS, sources=_union(left.sources, right.sources))
        return None if nullness is Nullness.NEVER else barren
    return tidy(
        Domain(
            nullness=nullness,
            low=_tighter(left.low, right.low, 1),
            high=_tighter(left.high, right.high, -1),
            allowed=_shared(left.allowed, right.allowed),
            excluded=_union(left.excluded, right.excluded),
            min_length=_extreme(max, left.min_length, right.min_length),
            max_length=_extreme(min, left.max_length, right.max_length),
            octets=(_extreme(max, left.octets[0], right.octets[0]), _extreme(min, left.octets[1], right.octets[1])),
            not_blank=left.not_blank or right.not_blank,
            patterns=_union(left.patterns, right.patterns),
            canonical=left.canonical | right.canonical,
            parts=parts,
            sources=_union(left.sources, right.sources),
        )
    )


ALWAYS_KNOWN = frozenset(
    {Aspect.SIZE, Aspect.KIND, Aspect.EMPTY, Aspect.HAS, Aspect.INCLUDES, Aspect.LOWER_INCLUDED, Aspect.UPPER_INCLUDED}
    | {Aspect.LOWER_OPEN, Aspect.UPPER_OPEN}
)
"""Aspects that every value has: where nothing is left to one, nothing is left to the value."""


def _parts_of_both(left: Domain, right: Domain) -> tuple[tuple[Part, Domain], ...] | None:
    """Return what both leave to the parts of a value, or None where a part that it must have is left nothing."""
    parts = dict(left.parts)
    for part, domain in right.parts:
        both = intersect(parts[part], domain) if part in parts else domain
        if both is None or (both.nullness is Nullness.ALWAYS and part.aspect in ALWAYS_KNOWN and not part.steps):
            return None
        parts[part] = both
    return tuple(parts.items())


def tidy(domain: Domain) -> Domain | None:
    """Return the domain with its list filtered and implied fields dropped; None where nothing is left.

    A domain that takes no value but may be NULL becomes one that is always NULL.
    """
    if domain.nullness is Nullness.ALWAYS:
        return Domain(nullness=Nullness.ALWAYS, sources=domain.sources)
    listed = _listed(domain)
    if listed is not None:
        kept = tuple(value for value in listed if holds(domain, value) is not False)
        empty = not kept
        if kept != domain.allowed or domain.low or domain.high or domain.excluded:
            domain = replace(domain, allowed=kept, low=None, high=None, excluded=())
    else:
        empty = hollow(domain)
    if not empty:
        return domain
    if domain.nullness is Nullness.NEVER:
        return None
    return Domain(nullness=Nullness.ALWAYS, sources=domain.sources)


def _listed(domain: Domain) -> tuple[Value, ...] | None:
    if domain.allowed is not None:
        return domain.allowed
    low, high = domain.low, domain.high
    if low is None or high is None:
        return None
    if low.inclusive and high.inclusive and _same(low.value, high.value):
        return (low.value,)
    if domain.excluded and type(low.value) is int and type(high.value) is int:
        first, last = low.value + (not low.inclusive), high.value - (not high.inclusive)
        if 0 <= last - first < _MOST_LISTED:
            return tuple(range(first, last + 1))
    return None


def hollow(domain: Domain) -> bool:
    """Tell whether no value satisfies a domain that has no list, as far as its fields tell by themselves."""
    if any(part.aspect in INHERENT and wanted.nullness is Nullness.ALWAYS for part, wanted in domain.parts):
        return True
    if domain.low is not None and domain.high is not None:
        order = compare(domain.low.value, domain.high.value)
        if order == 1 or (order == 0 and not (domain.low.inclusive and domain.high.inclusive)):
            return True
    shortest, longest = domain.min_length or int(domain.not_blank), domain.max_length
    if longest is not None and shortest > longest:
        return True
    fewest, most = domain.octets
    if most is not None and max(fewest or 0, shortest) > most:
        return True
    if not domain.patterns:
        return False
    opposites = {replace(pattern, negated=not pattern.negated) for pattern in domain.patterns}
    return not opposites.isdisjoint(domain.patterns)


def _tighter(left: Bound | None, right: Bound | None, side: int) -> Bound | None:
    if left is None or right is None:
        return left or right
    order = compare(left.value, right.value)
    if order == 0:
        return left if not left.inclusive else right
    return right if order == -side else left


def _shared(left: tuple[Value, ...] | None, right: tuple[Value, ...] | None) -> tuple[Value, ...] | None:
    if left is None or right is None:
        return left if right is None else right
    return tuple(value for value in left if any(_same(value, other) for other in right))


def _union(left: tuple[T, ...], right: tuple[T, ...]) -> tuple[T, ...]:
    # Most are one source, or nothing at all.
    return left if left == right and len(left) < 2 else tuple(dict.fromkeys((*left, *right)))


def _extreme(choose: Callable[[int, int], int], left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return left if right is None else right
    return choose(left, right)


def merge(left: Branch, right: Branch) -> Branch | None:
    """Return the branch in which both hold, or None where they contradict each other."""
    domains = dict(left.domains)
    for column, domain in right.domains.items():
        both = intersect(domains[column], domain) if column in domains else tidy(domain)
        if both is None:
            return None
        domains[column] = both
    relations = tuple(
        relation
        for relation in _union(left.relations, right.relations)
        if not (_absent(domains, relation.left) or _absent(domains, relation.right))
    )
    sums = tuple(
        one for one in _union(left.sums, right.sums) if not any(_absent(domains, column) for column in one.columns)
    )
    ties = tuple(
        tie
        for tie in _union(left.ties, right.ties)
        if not (_absent(domains, tie.left.column) or _absent(domains, tie.right.column))
    )
    merged = Branch(domains, relations, _union(left.opaque, right.opaque), sums, ties)
    return None if _at_odds(merged) or (sums and _overdrawn(merged)) else merged


def _absent(domains: dict[str, Domain], column: str) -> bool:
    return column in domains and domains[column].nullness is Nullness.ALWAYS


_ORDERS = {
    Op.LT: frozenset({-1}),
    Op.LE: frozenset({-1, 0}),
    Op.EQ: frozenset({0}),
    Op.NE: frozenset({-1, 1}),
    Op.GE: frozenset({0, 1}),
    Op.GT: frozenset({1}),
}


def _at_odds(branch: Branch) -> bool:
    """Return whether the relations can't hold together although all their columns must be present."""
    possible: dict[tuple[str, str], frozenset[int]] = {}
    for relation in branch.relations:
        left, op, right = relation.left, relation.op, relation.right
        if not all(branch.domain(column).nullness is Nullness.NEVER for column in (left, right)):
            continue
        if left > right:
            left, op, right = right, op.mirrored, left
        known = possible.get((left, right)) or _orders_of(branch.domain(left), branch.domain(right))
        possible[left, right] = known & _ORDERS[op]
        if not possible[left, right]:
            return True
    return False


def _overdrawn(branch: Branch) -> bool:
    """Return whether no values within the columns' bounds have sums within theirs although all must be present."""
    present = {name for name, domain in branch.domains.items() if domain.nullness is Nullness.NEVER}
    sums = [one for one in branch.sums if present.issuperset(one.columns)]
    order = sorted({name for one in sums for name in one.columns})
    rows = [row for one in sums for row in one.rows()]
    for name in order:
        for side, bound in zip((-1, 1), ends(branch.domain(name)), strict=True):
            worth = None if bound is None else measured(bound.value)
            if bound is not None and worth is not None:
                rows.append(Row({name: Fraction(side)}, side * worth, not bound.inclusive))
    for relation in branch.relations:
        if relation.op is not Op.NE and {relation.left, relation.right} <= set(order):
            rows += difference(relation.left, relation.op, relation.right)
    try:
        return projected(rows, order) is None
    except TooManyRowsError:
        return False


def _orders_of(left: Domain, right: Domain) -> frozenset[int]:
    """Return which of -1, 0 and 1 a value of ``left`` may be to one of ``right``, as far as their bounds tell."""
    orders = frozenset({-1, 0, 1})
    for order, one, other in ((1, left, right), (-1, right, left)):
        least, most = ends(one)[0], ends(other)[1]
        if least is None or most is None or isinstance(least.value, str) or isinstance(most.value, str):
            continue
        apart = compare(least.value, most.value)
        if apart == 1 or (apart == 0 and not (least.inclusive and most.inclusive)):
            return frozenset({order})
        if apart == 0:
            orders &= frozenset({0, order})
    return orders


def ends(domain: Domain) -> tuple[Bound | None, Bound | None]:
    """Return the bounds of a domain, also where it is a list."""
    if not domain.allowed:
        return domain.low, domain.high
    least = most = domain.allowed[0]
    for value in domain.allowed[1:]:
        order = compare(value, least), compare(value, most)
        if None in order:
            return None, None
        least, most = (value if order[0] == -1 else least), (value if order[1] == 1 else most)
    return Bound(least, True), Bound(most, True)


def contains(general: Branch, special: Branch) -> bool:
    """Return whether every row of ``special`` is certainly a row of ``general``."""
    if not all(_implies(special.domain(column), domain) for column, domain in general.domains.items()):
        return False
    for relation in general.relations:
        absent = (special.domain(column).nullness is Nullness.ALWAYS for column in (relation.left, relation.right))
        same = ((r.left, r.op, r.right) == (relation.left, relation.op, relation.right) for r in special.relations)
        if not any(same) and not any(absent):
            return False
    for one in general.sums:
        if one not in special.sums and not any(special.domain(c).nullness is Nullness.ALWAYS for c in one.columns):
            return False
    return set(general.opaque) <= set(special.opaque) and set(general.ties) <= set(special.ties)


def _implies(special: Domain, general: Domain) -> bool:
    if general.nullness is not Nullness.MAYBE and special.nullness is not general.nullness:
        return False
    if special.nullness is Nullness.ALWAYS:
        return True
    if special.allowed is not None:
        return all(holds(general, value) is True for value in special.allowed)
    return (
        general.allowed is None
        and _bounded(special.low, general.low, 1)
        and _bounded(special.high, general.high, -1)
        and set(general.excluded) <= set(special.excluded)
        and _at_least(special.min_length, general.min_length)
        and _at_most(special.max_length, general.max_length)
        and _at_least(special.octets[0], general.octets[0])
        and _at_most(special.octets[1], general.octets[1])
        and (special.not_blank or not general.not_blank)
        and set(general.patterns) <= set(special.patterns)
        and general.canonical <= special.canonical
        and all(_implies(dict(special.parts).get(part, Domain()), domain) for part, domain in general.parts)
    )


def _bounded(special: Bound | None, general: Bound | None, side: int) -> bool:
    return general is None or (special is not None and _tighter(special, general, side) == special)


def _at_least(special: int | None, general: int | None) -> bool:
    return general is None or (special is not None and special >= general)


def _at_most(special: int | None, general: int | None) -> bool:
    return general is None or (special is not None and special <= general)


def distinct(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    """Return the branches without those that another one contains, in their order."""
    kept: list[Branch] = []
    for branch in branches:
        if any(contains(other, branch) for other in kept):
            continue
        kept = [other for other in kept if not contains(branch, other)]
        kept.append(branch)
    return tuple(kept)


def combine(left: Sequence[Branch], right: Sequence[Branch], limit: int = LIMIT) -> tuple[Branch, ...]:
    """Return the branches in which one of ``left`` and one of ``right`` hold, at most ``limit`` of them.

    Where more are possible, every branch of either side that survives at all survives in at least one, as far as
    ``limit`` allows; the rest is spread evenly.
    """
    made: list[Branch] = []
    tags: dict[int, set[tuple[str, int]]] = {}
    for n, one in enumerate(left):
        for k, other in enumerate(right):
            both = merge(one, other)
            if both is not None:
                made.append(both)
                tags[id(both)] = {("left", n), ("right", k)}
    # Comparing each with each takes the square of their number, so that very many are thinned out before.
    few = distinct(_covering(made, tags, 2 * limit))
    return tuple(_covering(few, tags, limit))


def _covering(branches: Sequence[Branch], tags: Mapping[int, set[tuple[str, int]]], limit: int) -> list[Branch]:
    """Return at most ``limit`` branches: first such as bring a tag not seen yet, then evenly spread ones."""
    if len(branches) <= limit:
        return list(branches)
    chosen: set[int] = set()
    seen: set[tuple[str, int]] = set()
    for fresh in (2, 1):
        for n, branch in enumerate(branches):
            if len(chosen) < limit and n not in chosen and len(tags[id(branch)] - seen) >= fresh:
                chosen.add(n)
                seen |= tags[id(branch)]
    rest = [n for n in range(len(branches)) if n not in chosen]
    free = limit - len(chosen)
    chosen |= {rest[k * len(rest) // free] for k in range(free)}
    return [branches[n] for n in sorted(chosen)]


def beside(left: Sequence[Branch], right: Sequence[Branch], limit: int = LIMIT, few: int = 24) -> tuple[Branch, ...]:
    """Return branches of two sides that share no column: every pair where these are few, else each with one partner."""
    if len(left) * len(right) <= few:
        return combine(left, right, limit)
    size = min(limit, max(len(left), len(right)))
    pairs = ((left[n % len(left)], right[n % len(right)]) for n in range(size))
    return tuple(both for one, other in pairs if (both := merge(one, other)) is not None)


def columns_read(branches: Iterable[Branch]) -> frozenset[str]:
    """Return every column that the branches speak of."""
    found: set[str] = set()
    for branch in branches:
        found.update(branch.domains)
        for relation in branch.relations:
            found.update((relation.left, relation.right))
        for tie in branch.ties:
            found.update((tie.left.column, tie.right.column))
        for opaque in branch.opaque:
            found.update(columns_of(opaque))
        for one in branch.sums:
            found.update(one.columns)
    return frozenset(found)


def renamed(branch: Branch, old: str, new: str) -> Branch:
    """Return the branch with one column under another name."""

    def name(column: str) -> str:
        return new if column == old else column

    return Branch(
        {name(column): domain for column, domain in branch.domains.items()},
        tuple(Relation(name(r.left), r.op, name(r.right), r.source) for r in branch.relations),
        tuple(Opaque(o.sql, tuple(name(c) for c in o.columns), o.negated) for o in branch.opaque),
        tuple(replace(one, factors=tuple(sorted((name(c), f) for c, f in one.factors))) for one in branch.sums),
        tuple(
            Tie(Place(name(b.left.column), b.left.part), b.op, Place(name(b.right.column), b.right.part), b.source)
            for b in branch.ties
        ),
    )
