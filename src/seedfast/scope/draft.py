"""A scope while it is being put together: what is said later of the same thing takes the place of what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from seedfast.scope.ground import Vocabulary
from seedfast.scope.spec import WHOLE, Count, Outcome, Period, PerParent, ScopeSpec, Shares, Skew


@dataclass
class Draft:
    """Wishes, by what they are about.

    ``asked`` are tables that were asked for, ``about`` others that something was said of. ``limited`` tells that the
    tables in ``only`` are those and no others, ``whole`` that not only those asked for are meant, ``everything`` that
    it was said so.
    """

    asked: dict[str, None] = field(default_factory=dict)
    about: dict[str, None] = field(default_factory=dict)
    only: dict[str, None] = field(default_factory=dict)
    skip: dict[str, None] = field(default_factory=dict)
    limited: bool = False
    whole: bool = False
    everything: bool = False
    rows: dict[str, Count] = field(default_factory=dict)
    every: Count | None = None
    total: int | None = None
    per_parent: dict[tuple[str, str], PerParent] = field(default_factory=dict)
    topics: dict[str, None] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    homes: dict[str, dict[str, int]] = field(default_factory=dict)
    of_countries: dict[str, None] = field(default_factory=dict)
    natures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shares: dict[tuple[str, str], Shares] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)
    skews: dict[tuple[str, str], Skew] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    def copy(self) -> Draft:
        """Return a draft of the same wishes, to go back to."""
        return replace(self, **{one.name: copy(getattr(self, one.name)) for one in fields(self)})

    def share(self, table: str, column: str, values: Mapping[str, int], *, nulls: int | None = None) -> None:
        """Note how many of 1,000 rows hold which values; other values of the column keep what was said of them."""
        self.about[table] = None
        there = self.shares.get((table, column))
        kept = {} if there is None else dict(there.values)
        kept |= values
        if sum(kept.values()) > WHOLE:
            kept = dict(values)
        nulls = nulls if nulls is not None or there is None else there.nulls
        others = WHOLE - sum(kept.values()) - (nulls or 0)
        self.shares[table, column] = Shares(table, column, kept, nulls, others)

    def spec(self, text: str, vocabulary: Vocabulary) -> ScopeSpec:
        """Return the scope of a sentence of its own."""
        only: Iterable[str] = ()
        if self.limited:
            only = {**self.only, **self.asked}
        elif self.asked and not self.whole:
            wanted = {**self.asked, **self.about}
            for table in list(wanted):
                wanted |= dict.fromkeys(vocabulary.parts(table))
            only = [table for table in wanted if table not in self.skip]
        return replace(self._wishes(ScopeSpec()), text=text, only=tuple(only), skip=tuple(self.skip))

    def change(self, base: ScopeSpec, text: str) -> ScopeSpec:
        """Return a scope with what is drafted changed in it, and nothing else."""
        only, skip = dict.fromkeys(base.only), dict.fromkeys(base.skip)
        if self.limited:
            only = dict(self.only)
        elif self.everything:
            only = {}
        elif only:
            only |= {**self.asked, **self.about}
        for table in (*self.asked, *self.only):
            skip.pop(table, None)
        for table in self.skip:
            only.pop(table, None)
            skip[table] = None
        said = f"{base.text}; {text}" if base.text else text
        # A number of all rows takes the place of one for each parent, and the other way round.
        each = {child for child, _ in self.per_parent} - set(self.rows)
        base = replace(
            base,
            rows={table: count for table, count in base.rows.items() if table not in each},
            per_parent=tuple(one for one in base.per_parent if one.child not in self.rows),
        )
        return replace(self._wishes(base), text=said, only=tuple(only), skip=tuple(skip))

    def _wishes(self, base: ScopeSpec) -> ScopeSpec:
        pairs = {(one.child, one.parent): one for one in base.per_parent} | self.per_parent
        skews = {(one.child, one.parent): one for one in base.skews} | self.skews
        shares = {(one.table, one.column): one for one in base.shares} | self.shares
        return replace(
            base,
            rows={**base.rows, **self.rows},
            every=self.every or base.every,
            total=self.total if self.total is not None else base.total,
            per_parent=tuple(pairs.values()),
            topics=tuple(self.topics) or base.topics,
            countries=_mixed(self.countries, base.countries),
            homes={**base.homes, **self.homes},
            natures={**base.natures, **self.natures},
            shares=tuple(shares.values()),
            periods=(*(one for one in base.periods if not _replaced(one, self.periods)), *self.periods),
            skews=tuple(skews.values()),
            outcomes=(*(one for one in base.outcomes if not _said_again(one, self.outcomes)), *self.outcomes),
        )


def _mixed(later: Mapping[str, int], before: Mapping[str, int]) -> Mapping[str, int]:
    """Return shares of countries; what is left of the whole stays as it was, in proportion."""
    rest = WHOLE - sum(later.values())
    kept = {code: share for code, share in before.items() if code not in later}
    if not later or not kept or not rest:
        return later or before
    return {**{code: share * rest // sum(kept.values()) for code, share in kept.items()}, **later}


def _replaced(one: Period, later: Sequence[Period]) -> bool:
    return any(not other.tables or (set(one.tables) <= set(other.tables) and one.tables) for other in later)


def _said_again(one: Outcome, later: Sequence[Outcome]) -> bool:
    return any(replace(one, value=other.value) == other for other in later)


def even(total: int, among: Sequence[str]) -> dict[str, int]:
    """Return a number cut into even parts, the first ones larger where it doesn't divide."""
    low, over = divmod(total, len(among))
    return {one: low + (number < over) for number, one in enumerate(among)}


def plain(value: Decimal) -> str:
    """Return a number in digits, without an exponent."""
    return format(value.normalize(), "f")
