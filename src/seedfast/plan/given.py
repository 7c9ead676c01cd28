"""Rows of one's own: which branch of the constraints each of them takes, and what the rest of it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import fields, replace
from datetime import datetime

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.branches import intersect, merge
from seedfast.constraints.constants import Interval, Unbounded, read_constant
from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.constraints.predicate import Op
from seedfast.errors import UsageError
from seedfast.model.table import Table
from seedfast.plan import measures
from seedfast.plan.columns import plan_generators
from seedfast.plan.derived import derived
from seedfast.plan.draft import Draft
from seedfast.plan.options import Lesson
from seedfast.plan.parts import nested_inputs
from seedfast.plan.quotas import hold_given
from seedfast.plan.references import NULL_GENERATOR
from seedfast.plan.spec import BranchPlan, GeneratorPlan, GivenRow, Pick
from seedfast.rng import key
from seedfast.values.bytype import generator_for_type
from seedfast.values.registry import Registry


def copied(draft: Draft) -> Draft:
    """Return a draft that can be planned on without a trace in this one."""
    return replace(draft, **{one.name: copy(getattr(draft, one.name)) for one in fields(draft)})


def give(
    draft: Draft,
    before: Draft,
    actual: Table,
    rows: Sequence[GivenRow],
    tie: Callable[[Draft, bool], None],
    *,
    registry: Registry,
    seed: int,
    now: datetime,
) -> None:
    """Put rows of the user's own first among those of a finished draft.

    ``before`` is the draft as it was before ``tie`` let columns follow one another, and also, where that is true, the
    moments of parents; ``actual`` is the table without what is only wished of it. A row takes a branch that its cells
    leave open. Where its cells follow, by that branch, what isn't given, it takes a variant of the branch in which the
    others follow them.
    """
    giving = _Giving(draft, before, actual, tie, registry, seed, now)
    draft.given = tuple(giving.row(number, row) for number, row in enumerate(rows))
    # Rows that must be the first are the first of those that aren't given, as far as given ones aren't them.
    plans, last = draft.branch_plans, draft.existing + draft.rows
    places = [row.branch if (of := plans[row.branch].of) is None else of for row in draft.given]
    hold_given(draft, places)
    firsts = [plans[place].first for place in places]
    had = [first for first in firsts if first is not None]

    def moved(first: int) -> int:
        return min(last, first + len(rows) - sum(one <= first for one in had))

    draft.branch_plans = tuple(one if one.first is None else replace(one, first=moved(one.first)) for one in plans)
    for name, reference in draft.references.items():
        if reference.parent == draft.name and reference.pick in (Pick.EARLIER, Pick.PREVIOUS):
            # Given rows may point at later ones, which had better not come back to them: else they are roots.
            draft.references[name] = replace(reference, roots=moved(max(reference.roots, draft.existing)))


class _Giving:
    """The rows of one's own of one table."""

    def __init__(
        self,
        draft: Draft,
        before: Draft,
        actual: Table,
        tie: Callable[[Draft, bool], None],
        registry: Registry,
        seed: int,
        now: datetime,
    ) -> None:
        self._draft, self._before, self._tie = draft, before, tie
        self._actual, self._registry, self._seed, self._now = actual, registry, seed, now
        self._usual = len(draft.branches)
        self._variants: dict[str, int] = {}
        self._following: dict[tuple[int, frozenset[str]], bool] = {}
        self._said: set[tuple[object, ...]] = set()

    def row(self, number: int, row: GivenRow) -> GivenRow:
        """Return a row with the branch that it takes."""
        for name in row.cells:
            if name in self._draft.server:
                raise UsageError(
                    "SF-OWN-SERVER",
                    f"{row.origin}: {self._draft.name}.{name} can't be given: {self._draft.server[name]}.",
                    "Leave the column out.",
                )
        said = {name: self._domain(name, cell) for name, cell in row.cells.items()}
        branch, narrowed = self._branch(number, said)
        if branch is None:
            # Against what is only wished: the constraints alone decide.
            bare = analyse_table(self._actual, now=self._now).branches
            found = next(filter(None, (merge(one, Branch(said)) for one in bare)), None)
            # Where they leave nothing either, PostgreSQL says which of them it is.
            return replace(row, branch=0 if found is None else self._variant(0, found, row.cells, {}))
        assert narrowed is not None
        made, cells = self._derived(branch, row.cells), frozenset(row.cells)
        if (branch, cells) not in self._following:
            self._following[branch, cells] = self._follows(branch, row.cells)
        if self._following[branch, cells]:
            branch = self._variant(branch, narrowed, row.cells, made)
        elif made:
            branch = self._beside(branch, made, row.cells)
        return replace(row, branch=branch)

    def _derived(self, branch: int, cells: Mapping[str, str | None]) -> dict[str, GeneratorPlan]:
        """Return what is made of given cells; distinct columns of the same cells are so of the first row alone."""
        made = {}
        for name, generator in derived(self._draft, branch, cells, self._registry).items():
            said = (name, *((each, cells.get(each)) for each in generator.params["of"]))
            unique = any(name in part.columns for key in self._draft.table.unique_keys for part in key.parts)
            if not (unique and said in self._said):
                made[name] = generator
            self._said.add(said)
        return made

    def _domain(self, name: str, cell: str | None) -> Domain:
        if cell is None:
            return Domain(nullness=Nullness.ALWAYS)
        try:
            value = read_constant(cell, self._draft.table.column(name).type.storage.name)
        except ValueError:
            return Domain(nullness=Nullness.NEVER)
        if isinstance(value, Unbounded):
            return Domain(nullness=Nullness.NEVER)
        return Domain(nullness=Nullness.NEVER, allowed=(value.elapsed if isinstance(value, Interval) else value,))

    def _branch(self, number: int, said: Mapping[str, Domain]) -> tuple[int | None, Branch | None]:
        """Return one of the branches in which a row's cells may be what they are, and what they leave of it."""
        found = {}
        for place in range(self._usual):
            narrowed = merge(self._draft.branches[place], Branch(said))
            if narrowed is not None:
                found[place] = narrowed
        plans = self._draft.branch_plans
        # What only so many rows may be is not for a row that doesn't say so.
        open_ = [place for place in found if not plans[place].reserved] or list(found)
        if not open_:
            return None, None
        weights = [max(1, plans[place].weight) for place in open_]
        turn = key(self._seed, str(self._draft.name), "@given", str(number)) % sum(weights)
        for place, weight in zip(open_, weights, strict=True):
            if turn < weight:
                return place, found[place]
            turn -= weight
        raise AssertionError("a turn is less than all weights")

    def _follows(self, branch: int, cells: Mapping[str, str | None]) -> bool:
        """Tell whether a cell would be made from columns that aren't given, or together with them."""
        shared = {self._place(branch, name) for name in cells} - {None}
        for name in self._draft.generators:
            if name in cells:
                read = nested_inputs(self._draft.generators[name][branch].params)
                if any(each in self._draft.generators and each not in cells for each in read):
                    return True
            elif self._place(branch, name) in shared:
                return True
        return any(not self._reads(branch, names, cells) for names in _bonds(self._draft.branches[branch], cells))

    def _reads(self, branch: int, names: frozenset[str], cells: Mapping[str, str | None]) -> bool:
        """Tell whether one of some columns that isn't given is made from one that is."""
        made = (self._draft.generators[name][branch] for name in names - cells.keys() if name in self._draft.generators)
        return any(name in cells for one in made for name in nested_inputs(one.params))

    def _place(self, branch: int, name: str) -> str | None:
        """Return the place that columns share which are drawn together from a list."""
        made = self._draft.generators.get(name)
        return str(made[branch].params.get("group_key")) if made and made[branch].kind == "accepted" else None

    def _variant(
        self,
        branch: int,
        narrowed: Branch,
        cells: Mapping[str, str | None],
        made_of: Mapping[str, GeneratorPlan],
    ) -> int:
        """Return a branch beside the usual ones in which all that isn't given follows what is."""
        variant = copied(self._before)
        for relation in narrowed.relations:
            # What equals something given is given as well.
            one, other = narrowed.domain(relation.left), narrowed.domain(relation.right)
            both = intersect(one, other) if relation.op is Op.EQ else None
            if both is not None and {relation.left, relation.right} & cells.keys():
                domains = {**narrowed.domains, relation.left: both, relation.right: both}
                narrowed = replace(narrowed, domains=domains)
        variant.branches, variant.branch_plans, variant.findings = (narrowed,), (BranchPlan(1),), []
        variant.lesson = replace(variant.lesson, pools=tuple(_left(variant.lesson, cells)))
        variant.generators = {}
        plan_generators(variant, registry=self._registry, now=self._now)
        counted = {label.removeprefix("column ") for label in variant.digits}
        for name, made in self._before.generators.items():
            if name in cells and cells[name] is None:
                variant.generators[name] = (NULL_GENERATOR,)
            elif name in counted or name not in variant.generators:
                variant.generators[name] = (made[branch],)
        # When parents came can't be chosen beside a moment that is given.
        self._tie(variant, not any(self._unit(name) in ("date", "timestamp") for name in cells))
        for name, lookup in variant.lookups.items():
            self._draft.lookups.setdefault(name, lookup)
        return self._beside(branch, {**{name: made[0] for name, made in variant.generators.items()}, **made_of}, cells)

    def _beside(self, branch: int, generators: Mapping[str, GeneratorPlan], cells: Mapping[str, str | None]) -> int:
        """Return a branch like one of the usual ones but for what generators make in it; those alike share one."""
        known = repr((branch, sorted(cells), [(name, made) for name, made in generators.items() if name not in cells]))
        if known not in self._variants:
            self._variants[known] = self._added(branch, generators, cells)
        return self._variants[known]

    def _unit(self, name: str) -> str | None:
        return measures.unit_of(self._draft.table.column(name).type)

    def _added(self, branch: int, generators: Mapping[str, GeneratorPlan], cells: Mapping[str, str | None]) -> int:
        draft = self._draft
        for name, made in draft.generators.items():
            chosen = made[branch] if name in cells else generators.get(name, made[branch])
            if name in cells and any(nested_inputs(chosen.params)):
                # What is given stands in its place, and nothing may be read for it that reads what is given.
                plain = generator_for_type(draft.table.column(name).type, now=self._now)
                chosen = GeneratorPlan(plain.kind, plain.params) if plain else GeneratorPlan("constant", {"value": ""})
            draft.generators[name] = (*made, chosen)
        for name, reference in draft.references.items():
            rates = reference.null_permille
            if len(rates) > 1:
                draft.references[name] = replace(reference, null_permille=(*rates, rates[branch]))
        draft.branches = (*draft.branches, draft.branches[branch])
        draft.branch_plans = (*draft.branch_plans, BranchPlan(0, of=branch, reason="rows of one's own"))
        return len(draft.branches) - 1


def _bonds(branch: Branch, cells: Mapping[str, str | None]) -> Iterator[frozenset[str]]:
    """Yield the columns that a constraint ties together, where some of them are given and others are not."""
    tied = [frozenset((one.left, one.right)) for one in branch.relations]
    tied += [frozenset(one.columns) for one in branch.sums]
    tied += [frozenset((one.left.column, one.right.column)) for one in branch.ties]
    yield from (names for names in tied if names & cells.keys() and names - cells.keys())


def _left(lesson: Lesson, cells: Mapping[str, str | None]) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Return the tuples of values that PostgreSQL accepted which hold what is given, all where there are none."""
    left = []
    for names, pool in lesson.pools:
        at = [place for place, name in enumerate(names) if name in cells]
        kept = tuple(values for values in pool if all(values[place] == cells[names[place]] for place in at))
        left.append((names, kept or pool))
    return left
