"""Whether a branch has any row: bounds, orders, equations, lists and patterns taken together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from seedfast.constraints.branches import compare, ends, holds, hollow, intersect, tidy
from seedfast.constraints.constants import INTEGERS
from seedfast.constraints.domain import Aspect, Branch, Domain, Nullness, Place, Relation
from seedfast.constraints.linear import Row, TooManyRowsError, difference, measured, projected
from seedfast.constraints.pattern import patterns_of, unmatched
from seedfast.constraints.predicate import Op, Value
from seedfast.constraints.typed import Kinds, comparable, grid, on_grid
from seedfast.model.types import SqlType, TypeForm

_MOST_LISTED = 40
"""Lists of so many values at most are gone through."""

_MOST_TRIED = 3_000
_WORDS = frozenset({"text", "varchar", "bpchar", "citext", "name"})


def possible(branch: Branch, kinds: Kinds) -> bool:
    """Tell whether some row may satisfy the branch; false only where certainly none does.

    Columns that may be NULL are taken for NULL, which satisfies whatever the branch says of them.
    """
    present = {name: domain for name, domain in branch.domains.items() if domain.nullness is Nullness.NEVER}
    relations = [r for r in branch.relations if r.left in present and r.right in present]
    domains = _shared(present, relations, kinds)
    if domains is None or any(empty(domain, kinds(name)) for name, domain in domains.items()):
        return False
    return _feasible(branch, domains, relations, kinds) and _assignable(domains, relations, kinds)


def empty(domain: Domain, kind: SqlType | None) -> bool:
    """Tell whether certainly no value of the type lies in the domain."""
    if domain.nullness is Nullness.ALWAYS:
        return True
    if domain.allowed is not None:
        return not domain.allowed
    if kind is None:
        return False
    if domain.low is None or domain.high is None:
        if hollow(domain):
            return True
    else:
        low, high = on_grid(domain.low, kind, up=True), on_grid(domain.high, kind, up=False)
        sharp = replace(domain, low=low, high=high, nullness=Nullness.NEVER)
        if tidy(sharp) is None or _all_excluded(sharp, kind):
            return True
    if kind.storage.name not in _WORDS or not (domain.patterns or domain.canonical):
        return False
    return unmatched(patterns_of(domain), *_lengths(domain))


def _lengths(domain: Domain) -> tuple[int, int | None]:
    highs = [high for high in (domain.max_length, domain.octets[1]) if high is not None]
    return domain.min_length or 0, min(highs, default=None)


def _all_excluded(domain: Domain, kind: SqlType) -> bool:
    step = grid(kind)
    if step is None or domain.low is None or domain.high is None or not domain.excluded:
        return False
    low, high = measured(domain.low.value), measured(domain.high.value)
    if low is None or high is None or (high - low) / step >= len(domain.excluded):
        return False
    places = {measured(value) for value in domain.excluded}
    return all(low + n * step in places for n in range(int((high - low) / step) + 1))


def _shared(domains: Mapping[str, Domain], relations: Sequence[Relation], kinds: Kinds) -> dict[str, Domain] | None:
    """Return the domains with columns that must be equal sharing theirs; None where that leaves nothing."""
    made = dict(domains)
    for relation in [r for r in relations if r.op is Op.EQ] * 2:
        if not comparable(kinds(relation.left), kinds(relation.right)):
            continue
        both = intersect(made[relation.left], made[relation.right])
        if both is None:
            return None
        made[relation.left] = made[relation.right] = both
    return made


# Numbers, moments and whatever else has an order.


def _feasible(branch: Branch, domains: Mapping[str, Domain], relations: Sequence[Relation], kinds: Kinds) -> bool:
    """Tell whether numbers within the columns' bounds may be in the order, and have the sums, that the branch says."""
    rows = [row for one in branch.sums if domains.keys() >= set(one.columns) for row in one.rows()]
    for relation in relations:
        if relation.op is not Op.NE and relation.left != relation.right:
            rows += difference(relation.left, relation.op, relation.right)
    limits = dict(domains)
    for tie in branch.ties:
        sides = [(_label(place), _of_place(place, domains)) for place in (tie.left, tie.right)]
        known = {name: domain for name, domain in sides if domain is not None}
        if tie.op is not Op.NE and len(known) == 2:
            limits |= known
            rows += difference(sides[0][0], tie.op, sides[1][0])
    order = sorted({name for row in rows for name in row.factors})
    units = all(abs(factor) == 1 for row in rows for factor in row.factors.values())
    for name in order:
        for side, bound in zip((-1, 1), ends(limits[name]), strict=True):
            worth = None if bound is None else measured(bound.value)
            if bound is not None and worth is not None:
                rows.append(Row({name: Fraction(side)}, side * worth, not bound.inclusive))
    whole = units and all(_whole(kinds(name)) for name in order)
    try:
        return len(rows) < 2 or projected(rows, order, whole=whole) is not None
    except TooManyRowsError:
        return True


def _label(place: Place) -> str:
    return place.column if place.part is None else repr(place)


def _of_place(place: Place, domains: Mapping[str, Domain]) -> Domain | None:
    """Return what a column or a part of it may hold, None where it may not be there."""
    whole = domains.get(place.column)
    if whole is None or place.part is None:
        return whole
    domain = dict(whole.parts).get(place.part, Domain())
    counted = place.part.aspect is Aspect.SIZE and not place.part.steps
    return domain if counted or domain.nullness is Nullness.NEVER else None


def _whole(kind: SqlType | None) -> bool:
    return kind is not None and (kind.storage.name in INTEGERS or kind.storage.name == "date")


# Lists.


@dataclass(slots=True)
class _Search:
    """Tries the values of columns with short lists one after another."""

    lists: Sequence[tuple[str, Sequence[Value]]]
    relations: Sequence[Relation]
    kinds: Kinds
    tried: int = 0
    chosen: dict[str, Value] = field(default_factory=dict)

    def succeeds(self, place: int = 0) -> bool:
        """Tell whether the columns from ``place`` on can take values that fit those chosen before."""
        if place == len(self.lists) or self.tried > _MOST_TRIED:
            return True
        name, values = self.lists[place]
        for value in values:
            self.tried += 1
            self.chosen[name] = value
            if all(self._fits(relation) for relation in self.relations) and self.succeeds(place + 1):
                return True
            del self.chosen[name]
        return False

    def _fits(self, relation: Relation) -> bool:
        if relation.left not in self.chosen or relation.right not in self.chosen:
            return True
        left, right = self.chosen[relation.left], self.chosen[relation.right]
        order = _order(left, right, self.kinds(relation.left))
        return order is None or order in _ORDERS[relation.op]


_ORDERS = {Op.LT: (-1,), Op.LE: (-1, 0), Op.EQ: (0,), Op.NE: (-1, 1), Op.GE: (0, 1), Op.GT: (1,)}


def _assignable(domains: Mapping[str, Domain], relations: Sequence[Relation], kinds: Kinds) -> bool:
    told = [r for r in relations if comparable(kinds(r.left), kinds(r.right))]
    names = dict.fromkeys(name for relation in told for name in (relation.left, relation.right))
    lists = [(name, values) for name in names if (values := _values(domains[name], kinds(name))) is not None]
    return len(lists) < 2 or _Search(lists, told, kinds).succeeds()


def _values(domain: Domain, kind: SqlType | None) -> tuple[Value, ...] | None:
    if domain.allowed is not None:
        return domain.allowed if len(domain.allowed) <= _MOST_LISTED else None
    if kind is not None and kind.storage.name == "bool":
        return tuple(value for value in (False, True) if holds(domain, value) is not False)
    if kind is None or kind.storage.name not in INTEGERS or domain.low is None or domain.high is None:
        return None
    low, high = domain.low.value, domain.high.value
    if type(low) is not int or type(high) is not int or high - low >= _MOST_LISTED:
        return None
    return tuple(value for value in range(low, high + 1) if holds(domain, value) is not False)


def _order(left: Value, right: Value, kind: SqlType | None) -> int | None:
    storage = kind.storage if kind is not None else None
    if storage is not None and storage.form is TypeForm.ENUM:
        places = [storage.labels.index(str(value)) for value in (left, right) if value in storage.labels]
        return (places[0] > places[1]) - (places[0] < places[1]) if len(places) == 2 else None
    order = compare(left, right)
    return None if order and isinstance(left, str) else order
