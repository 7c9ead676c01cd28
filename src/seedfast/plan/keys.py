"""Unique keys to counting: which columns and references are digits of which key, and how many rows that allows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from seedfast.constraints.index_parts import coarse_part, injective_column, is_condition, is_constant, span_part
from seedfast.model.table import KeyPart, UniqueKey
from seedfast.plan import assign
from seedfast.plan.apart import determined, keep_apart, kept_apart
from seedfast.plan.distinct import distinct
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.partial import avoid, covered, foremost, split
from seedfast.plan.pooled import tell_apart, together
from seedfast.plan.references import covering_keys
from seedfast.plan.residues import by_popularity, by_residue, is_day_of, may_follow
from seedfast.plan.shares import Parted, capacity_of, shared, shares_of
from seedfast.plan.spec import (
    BranchPlan,
    Digit,
    GeneratorPlan,
    KeyPlan,
    Pick,
    ReferencePlan,
    Roots,
    Share,
)
from seedfast.plan.states import usual
from seedfast.plan.units import (
    Unit,
    as_key,
    counts_within,
    depends,
    in_order,
    is_country,
    is_moment,
    is_position,
    is_small_choice,
    leave_none_out,
    whatever_branch,
)
from seedfast.values.computed import columns_of
from seedfast.values.registry import Registry

_ENDLESS = 2**62


@dataclass(slots=True)
class KeyPlanner:
    """Plans the unique keys of one table, one after another; later keys must live with what earlier ones took."""

    draft: Draft
    drafts: Drafts
    registry: Registry
    now: datetime
    together: list[frozenset[str]]
    apart: bool

    @classmethod
    def of(cls, draft: Draft, drafts: Drafts, registry: Registry, now: datetime, *, apart: bool) -> KeyPlanner:
        """Return a planner that has planned nothing yet; with ``apart`` what several keys share is told apart by
        itself, which leaves fewer rows to a parent and more rows in all.
        """
        return cls(draft, drafts, registry, now, [], apart)

    def plan(self) -> None:
        """Plan every key; ``draft.rows`` comes down to what they allow."""
        tell_apart(self.draft)
        table = self.draft.table
        keys = sorted((*table.unique_keys, *map(as_key, table.exclusions)), key=self._rank)
        for key in keys:
            if self.draft.rows <= 0:
                break
            self._plan_key(key)

    def _rank(self, key: UniqueKey) -> tuple[bool, int, bool, bool, str]:
        computed = any(part.column in self.draft.computed for part in key.parts)
        return (key.predicate is not None, len(self._units(key)), computed, not key.primary, key.name)

    def _units(self, key: UniqueKey) -> list[Unit]:
        """Return the units of a key: those whose distinctness makes the key's values distinct."""
        units: dict[Unit, None] = {}
        for part in key.parts:
            for name in self._columns(part):
                if name not in self.draft.server:
                    units[self._unit(name)] = None
        return list(units)

    def _unit(self, name: str) -> Unit:
        """Return the unit that a column belongs to: a reference, or the first of columns with tuples of values."""
        owner = self.draft.owners.get(name)
        return Unit(together(self.draft, name)[0], None) if owner is None else Unit(None, owner[0])

    def _columns(self, part: KeyPart) -> tuple[str, ...]:
        if part.column in self.draft.computed:
            return columns_of(self.draft.computed[part.column].params["tree"])
        if part.column is not None and part.expression is None:
            return (part.column,)
        if is_constant(part.expression or "") or is_condition(part.expression or ""):
            # Rows are told apart without a condition: one more for each is all that it would give.
            return ()
        span = span_part(part.expression or "")
        if span is not None:
            # Ranges that begin far enough apart don't meet: see ``plan.spans``.
            return span[:1]
        found = injective_column(part.expression or "") or coarse_part(part.expression or "")
        return part.columns if found is None else (found.column,)

    def _plan_key(self, key: UniqueKey) -> None:
        units = self._units(key)
        labels = {unit.label for unit in units}
        if not units:
            made_by_server = any(name in self.draft.server for part in key.parts for name in part.columns)
            if not made_by_server and (key.predicate is None or not self._escape(key, [])):
                self._limit(1 + self._either_way(key) - self.draft.existing, key)
            return
        if key.predicate is None:
            self._keep_apart(key, units)
        group = next((group for group in sorted(self.together, key=len) if group <= labels), None)
        if group is not None:
            self._fill(key, [unit for unit in units if unit.label in group])
            return
        if key.nulls_distinct and any(self._points_home(unit) for unit in units):
            return
        in_turn = [unit for unit in units if self._in_turn(unit) and self._countable(unit, key)]
        if in_turn:
            self._fill(key, in_turn)
            if key.predicate is not None:
                # What is alone with its parent is the one that the condition is about.
                self._one_each(key, in_turn)
            return
        free = self._settled([u for u in units if u.label not in self.draft.digits and self._countable(u, key)])
        free = self._without_trees(free)
        narrow = key.predicate is not None and not self._roomy(free)
        if narrow and (self._one_each(key, units) or self._escape(key, free)):
            return
        if len(units) > 1 and (chosen := self._natural(free, key) or self._shared(free)) is not None:
            self._take(key, [chosen])
        elif free:
            self._take(key, free)
        elif key.predicate is None or not avoid(self.draft, key, registry=self.registry, now=self.now):
            self._limit(1, key)

    def _keep_apart(self, key: UniqueKey, units: Sequence[Unit]) -> None:
        """Let references whose parents may be alike in the key pick some that aren't, where nothing else has room."""
        loose = [unit for unit in units if not self._countable(unit, key)]
        rest = [unit for unit in units if unit not in loose]
        needed = self.draft.existing + self.draft.rows
        if loose and (not rest or self._room(rest, needed) < needed):
            names = [name for part in key.parts for name in self._columns(part)]
            for unit in loose:
                keep_apart(self.draft, unit.reference or "", names)

    def _points_home(self, unit: Unit) -> bool:
        """Tell whether a reference points home: no two rows have a row that points back at both."""
        return unit.reference is not None and self.draft.references[unit.reference].pick is Pick.HOME

    def _null_counts(self, key: UniqueKey) -> bool:
        """Tell whether NULL equals NULL in the key, or an expression of it has a value where its column is NULL."""
        if not key.nulls_distinct:
            return True
        found = [injective_column(part.expression) for part in key.parts if part.expression is not None]
        return any(part is not None and part.null_counts for part in found)

    def _in_turn(self, unit: Unit) -> bool:
        """Tell whether a reference takes new parents in turn, and none twice."""
        reference = self.draft.references.get(unit.reference or "")
        if reference is None or reference.pick is not Pick.COVER or reference.parent not in self.drafts:
            return False
        return self.draft.rows <= self.drafts[reference.parent].rows

    def _fill(self, key: UniqueKey, units: Sequence[Unit]) -> None:
        """Leave none of the units that make a key distinct NULL for variety's sake, where NULL is a value to repeat."""
        if self._null_counts(key):
            leave_none_out(self.draft, units)

    def _countable(self, unit: Unit, key: UniqueKey) -> bool:
        """Tell whether distinct digits of a unit give distinct values in this key."""
        if unit.column is not None:
            return self._capacity(unit.column, 1) > 0
        reference = self.draft.references[unit.reference or ""]
        if reference.pick is Pick.HOME:
            return False
        names = (name for part in key.parts for name in self._columns(part))
        columns = determined(self.draft, self.drafts, names)
        if kept_apart(self.draft, reference.name, columns):
            return True
        if reference.matching and reference.parent != self.draft.name:
            owners = {self.draft.fixed_by(name) for name in reference.matching} - {None}
            inside = {self.draft.owners[name][0] for name in columns if name in self.draft.owners}
            if not owners <= inside:
                return False
        mapped = {p for c, p in zip(reference.columns, reference.parent_columns, strict=True) if c in columns}
        parent = self.drafts[reference.parent].table
        return any(
            unique.columns and unique.predicate is None and set(unique.columns) <= mapped
            for unique in parent.unique_keys
        )

    def _settled(self, units: Sequence[Unit]) -> list[Unit]:
        """Return the units without references that must agree with what no other of the units fixes."""
        labels = {unit.label for unit in units}

        def fixed(unit: Unit) -> bool:
            reference = self.draft.references.get(unit.reference or "")
            if reference is None or reference.parent == self.draft.name:
                return True
            owners = {self.draft.fixed_by(name) for name in reference.matching} - {None}
            return all(Unit(None, owner).label in labels for owner in owners)

        return [unit for unit in units if fixed(unit)]

    def _without_trees(self, free: list[Unit]) -> list[Unit]:
        """Return the units without references that make a tree of the table, where the others tell all rows apart."""
        needed = self.draft.existing + self.draft.rows
        rest = [
            unit
            for unit in free
            if unit.reference is None or self.draft.references[unit.reference].parent != self.draft.name
        ]
        return rest if rest and rest != free and self._room(rest, needed) >= needed else free

    def _room(self, units: Sequence[Unit], needed: int) -> int:
        return math.prod(
            self._capacity(unit.column, needed) if unit.column is not None else self._parents(unit.reference or "")
            for unit in units
        )

    def _natural(self, free: Sequence[Unit], key: UniqueKey) -> Unit | None:
        """Return a column of a wide key that may as well be distinct by itself: a name, a token, a moment."""
        needed = self.draft.existing + self.draft.rows
        # A moment that is distinct by itself comes of all moments alike: rather let a name or a number be.
        for unit in sorted(free, key=lambda unit: is_moment(self.draft, unit)):
            if (
                unit.column is None
                or counts_within(self.draft, unit)
                or is_day_of(self.draft, self.drafts, unit, free, key)
            ):
                continue
            if self._capacity(unit.column, needed) >= needed:
                return unit
        return None

    def _shared(self, free: Sequence[Unit]) -> Unit | None:
        """Return what several keys share and what tells all rows apart by itself, where keys are planned that way."""
        needed = self.draft.existing + self.draft.rows
        keys = [self._units(key) for key in self.draft.table.unique_keys if key.predicate is None]
        many = (unit for unit in free if self.apart and sum(unit in units for units in keys) > 1)
        return next((unit for unit in many if self._room([unit], needed) >= needed), None)

    def _capacity(self, name: str, needed: int) -> int:
        return min(capacity for _, capacity in self._distinct(name, needed))

    def _distinct(self, name: str, needed: int) -> list[tuple[GeneratorPlan, int]]:
        column = self.draft.table.column(name)
        return [
            (generator, _ENDLESS)
            if generator.kind == "null"
            else self._wanted_first(
                self.draft.wanted_within(name, domain),
                distinct(column, domain, generator, needed, now=self.now, registry=self.registry),
                needed,
            )
            for generator, domain in zip(self.draft.generators[name], self.draft.domains(name), strict=True)
        ]

    def _wanted_first(
        self, values: Sequence[str], found: tuple[GeneratorPlan, int], needed: int
    ) -> tuple[GeneratorPlan, int]:
        """Put the values that children must find among the distinct ones, unless they are there anyhow."""
        generator, capacity = found
        if generator.params.get("apart"):
            return found
        wanted = assign.missing(values, generator, min(needed, capacity), self.registry)
        if not wanted:
            return found
        params = {"values": list(wanted), "kind": generator.kind, "params": dict(generator.params)}
        made = GeneratorPlan("foremost", params, generator.null_permille)
        return made, self.registry.build(made.kind, made.params).capacity or 0

    def _roomy(self, free: Sequence[Unit]) -> bool:
        """Tell whether the units of a key have room for all rows, none of its escapes needed."""
        needed = self.draft.existing + self.draft.rows
        if not free or (len(free) == 1 and free[0].column is None):
            return False
        return self._room(free, needed) >= needed or self._room_of_branches(free, needed) >= needed

    def _room_of_branches(self, free: Sequence[Unit], needed: int) -> int:
        """Return the room of units where each branch makes a column from values of its own, 0 where none does."""
        names = [unit.column for unit in free if unit.column is not None]
        found = self._parted(names, needed, None)
        if found is None:
            return 0
        bases = [(unit.column, 0 if unit.column else self._radix(unit, needed)) for unit in free]
        return capacity_of(shares_of(found[1], bases)[0])

    def _take(self, key: UniqueKey, units: Sequence[Unit], branch: int | None = None) -> int:
        """Make the units digits of the key, in one branch or in all; returns the key's capacity."""
        self._fill(key, units)
        needed = self.draft.existing + self.draft.rows
        if (
            branch is None
            and len(units) == 1
            and units[0].reference is not None
            and self._own_way(units[0].reference, key)
        ):
            return needed
        columns = [unit for unit in units if unit.column is not None]
        references = [unit for unit in units if unit.reference is not None]
        ordered = [*columns, *references]
        ordered.sort(key=self._after)
        shares = self._shares([unit.column for unit in columns if unit.column is not None], needed, branch)
        alone = len(ordered) == 1 and is_moment(self.draft, ordered[0])
        loose = (
            []
            if shares or branch is not None
            else [unit for unit in ordered if may_follow(self.draft, self.drafts, unit, key)]
        )
        bases = [
            (
                unit.column,
                0 if (shares and unit.column) or unit in loose else self._radix(unit, needed, whole=alone),
            )
            for unit in ordered
        ]
        if loose:
            bases = by_residue(self.draft, loose, bases)
        if references and not shares:
            bases = by_popularity(self.draft, columns, bases)
        radices = [base for _, base in bases]
        capacity = min(math.prod(radix for radix in radices if radix), _ENDLESS)
        parts: tuple[Share, ...] = ()
        if shares:
            parts, largest = shares_of(shares, bases)
            radices = list(largest)
            capacity = min(capacity_of(parts), _ENDLESS)
        scattered = (
            not columns
            or any(is_small_choice(self.draft, unit) for unit in columns)
            or len(ordered) > len(references) > 1
        )
        single_column = len(ordered) == 1 and bool(columns)
        # Parents that wait for a row each are the last digit: numbers in order take them in turn.
        awaited = any(self.draft.references[unit.reference or ""].pick is Pick.COVER for unit in references)
        first = bool(parts) and any(plan.first for plan in self.draft.branch_plans)
        ordered_list = single_column and (in_order(self.draft, columns[0]) or is_country(self.draft, columns[0]))
        drawn = (scattered and not ordered_list) or bool(parts) or (single_column and not ordered_list)
        permuted = drawn and not awaited and not first
        for position, unit in enumerate(ordered):
            self._give_digit(unit, Digit(key.name, position))
        counted = self._counted(key, {unit.label for unit in ordered})
        steps = len(columns) == len(references) == 1 and 0 not in radices and is_position(self.draft, columns[0])
        uneven = steps and not (permuted or awaited or parts) and branch is None
        self.draft.keys.append(KeyPlan(key.name, counted, tuple(radices), capacity, permuted, branch, parts, uneven))
        if branch is not None:
            return capacity
        labels = frozenset(unit.label for unit in ordered)
        self.together.append(labels)
        for name in (unit.column for unit in columns):
            if name is not None:
                self.draft.reasons[name] = f"{self.draft.reasons.get(name, '')}; distinct for {key.name}".lstrip("; ")
        if 0 not in radices and capacity < needed:
            self._short(key, ordered, capacity)
        return capacity

    def _counted(self, key: UniqueKey, labels: set[str]) -> tuple[str, ...]:
        """Return the columns of a key that the units of these labels make distinct, computed ones included."""
        counted: dict[str, None] = {}
        for part in key.parts:
            made = [name for name in self._columns(part) if self._unit(name).label in labels]
            counted.update(dict.fromkeys(made))
            if part.expression is not None and made and (span := span_part(part.expression)) is not None:
                counted.update(dict.fromkeys(span))
            if part.column in self.draft.computed and len(made) == len(self._columns(part)):
                counted[part.column] = None
        return tuple(counted)

    def _shares(
        self, names: Sequence[str], needed: int, branch: int | None
    ) -> list[tuple[tuple[int, ...], dict[str, int]]]:
        """Share a key's numbers out among branches that make its columns from values of their own; [] for no need to.

        Only one key of a table can decide on the rows' branches.
        """
        found = self._parted(names, needed, branch)
        if found is None:
            return []
        generators, parts = found
        self.draft.generators.update(generators)
        return parts

    def _parted(self, names: Sequence[str], needed: int, branch: int | None) -> Parted | None:
        """Return the generators and the shares of branches that make columns from values of their own."""
        if branch is not None or len(self.draft.branches) == 1 or any(key.shares for key in self.draft.keys):
            return None
        spare = needed if self.draft.existing else 0
        made = {name: self._distinct(name, needed) for name in names}
        return shared(self.draft.table, made, self.draft.branches, self.draft.branch_plans, needed + spare)

    def _after(self, unit: Unit) -> bool:
        """Sort references that must match others behind those that they match."""
        return unit.reference is not None and depends(self.draft.references[unit.reference])

    def _radix(self, unit: Unit, needed: int, *, whole: bool = False) -> int:
        """Return how many values of a unit are counted: as many as there are rows, or the ``whole``, far apart."""
        if unit.column is not None:
            found = self._distinct(unit.column, needed)
            self.draft.generators[unit.column] = tuple(generator for generator, _ in found)
            # Beside stored rows some numbers will be found taken, and others must be there in their place.
            spare = needed if self.draft.existing else 0
            room = min(capacity for number, (_, capacity) in enumerate(found) if len(found) == 1 or self._taken(number))
            return room if whole else min(room, max(needed + spare, 1))
        reference = self.draft.references[unit.reference or ""]
        return 0 if depends(reference) else self._parents(reference.name)

    def _taken(self, branch: int) -> bool:
        """Tell whether new rows take a branch: it isn't kept for rows before them."""
        first = self.draft.branch_plans[branch].first
        return first is None or first > self.draft.existing

    def _parents(self, name: str) -> int:
        """Return how many parents a reference has to pick from."""
        reference = self.draft.references[name]
        own = reference.parent == self.draft.name
        total = self.draft.existing + self.draft.rows if own else self.drafts[reference.parent].total
        alone = any(set(key.columns) <= set(reference.columns) for key in self.draft.table.unique_keys if key.columns)
        return max(1, total - (reference.passes_over and not alone))

    def _give_digit(self, unit: Unit, digit: Digit) -> None:
        self.draft.digits[unit.label] = digit
        if unit.column is not None:
            mates = together(self.draft, unit.column)
            self.draft.digits.update({Unit(name, None).label: digit for name in mates})
        if unit.reference is not None:
            reference = whatever_branch(self.draft.references[unit.reference])
            pick = reference.pick if depends(reference) else Pick.DIGIT
            self.draft.references[unit.reference] = replace(reference, pick=pick, digit=digit)

    def _own_way(self, name: str, key: UniqueKey) -> bool:
        """Plan a one-to-one reference that keeps a pick of its own: a chain within a table, or a way home."""
        reference = self.draft.references[name]
        if reference.parent == self.draft.name and not reference.matching:
            self._chain(reference)
        elif name in covering_keys(self.draft, self.drafts) and reference.pick is Pick.COVER:
            self._limit(self.drafts[reference.parent].rows, key)
        else:
            return False
        self.together.append(frozenset({f"reference {name}"}))
        return True

    def _chain(self, reference: ReferencePlan) -> None:
        if reference.roots_point is Roots.SELF and set(reference.columns) == set(reference.parent_columns):
            return
        key = next(k for k in self.draft.table.foreign_keys if k.name == reference.name)
        first = self.draft.existing + 1
        pick = replace(reference, pick=Pick.PREVIOUS, roots=first, reason="a chain: each row points at the one before")
        if not self.draft.optional(key):
            rows = self.draft.existing + self.draft.rows
            pick = replace(
                reference, pick=Pick.EARLIER, roots=rows, roots_point=Roots.RING, reason="a ring of all rows"
            )
        self.draft.references[reference.name] = pick

    # When a key has no room for all rows.

    def _short(self, key: UniqueKey, units: Sequence[Unit], capacity: int) -> None:
        """Let rows beyond a key's room be NULL in it where that escapes it, else plan fewer rows."""
        names = [c for part in key.parts for c in self._columns(part)]
        loose = [name for name in names if self.draft.nullable(name)]
        counted = {unit.label for unit in units}
        escapes = [
            name
            for name in loose
            if (f"column {name}" in counted or f"reference {self.draft.owners.get(name, ('',))[0]}" in counted)
        ]
        escape = bool(escapes) and self._all_escape(units)
        if escape and not self._null_counts(key):
            return
        # Where NULL equals NULL, it is one more value for a row to have.
        room = capacity + (escape and not key.nulls_distinct)
        self._limit(max(0, room - self.draft.existing), key)

    def _all_escape(self, units: Sequence[Unit]) -> bool:
        """Tell whether every digit's columns may be NULL, as they will be in rows that have no digits."""
        for unit in units:
            if unit.column is not None and not self.draft.nullable(unit.column):
                return False
            if unit.reference is not None:
                owned = [c for c, (r, _) in self.draft.owners.items() if r == unit.reference]
                if not all(self.draft.nullable(name) for name in owned):
                    return False
        return True

    def _limit(self, rows: int, key: UniqueKey) -> None:
        if rows < self.draft.rows:
            self.draft.rows = rows
            self.draft.reason = f"{key.name} has room for {rows:,} more rows"

    def _either_way(self, key: UniqueKey) -> bool:
        """Let one row satisfy the condition that is all of a key, and another not, if that can be done."""
        [condition, *others] = [part.expression or "" for part in key.parts]
        if others or key.predicate is not None or self.draft.existing or not is_condition(condition):
            return False
        return split(
            self.draft, replace(key, predicate=condition), BranchPlan(0, 1), registry=self.registry, now=self.now
        )

    # Partial keys.

    def _one_each(self, key: UniqueKey, units: Sequence[Unit]) -> bool:
        """Plan "at most one per parent", by whichever reference of the key lets it be told which row that is."""
        names = [unit.reference for unit in units if unit.reference is not None]
        if self.draft.existing or not names:
            return False
        context = (self.draft, self.drafts, key)
        if len(units) == 1 and covered(*context, names[0], registry=self.registry, now=self.now):
            return True
        return any(foremost(*context, name, registry=self.registry, now=self.now) for name in names)

    def _escape(self, key: UniqueKey, free: Sequence[Unit]) -> bool:
        """Let the first rows satisfy a partial key's predicate, as many as it has room for, and the others avoid it."""
        # What stored rows hold of it isn't known: then no new row goes there.
        room = 0 if self.draft.existing else 1
        if not split(self.draft, key, BranchPlan(0, room), registry=self.registry, now=self.now):
            return False
        if free and room:
            room = min(self._take(key, free, branch=0), usual(self.draft))
            plans = (replace(self.draft.branch_plans[0], first=room), *self.draft.branch_plans[1:])
            self.draft.branch_plans = plans
        return True
