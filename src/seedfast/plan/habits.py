"""What rows of a table always are, though no constraint says so: conditions that anybody can ask of them afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from seedfast.names import literal, quote
from seedfast.plan.draft import Draft
from seedfast.plan.spec import Habit, Pick, Status
from seedfast.plan.states import was_done
from seedfast.semantics.deeds import deeds

_MADE = frozenset({"null", "relative.equal", "accepted", "computed", "figure"})
"""Kinds that are NULL also where nothing says so, since what they are made of is."""


def habits(draft: Draft) -> Iterator[Habit]:
    """Yield the conditions that the rows of a finished draft satisfy beside the constraints, but those that pass."""
    if draft.status is not Status.FILL:
        return
    settled = draft.server.keys() | draft.overrides.keys()
    for wish in draft.granted:
        if not wish.passing and not wish.columns & settled:
            yield Habit(tuple(sorted(wish.columns)), wish.condition, wish.reason)
    yield from _somebody_did(draft, settled)
    yield from _done_in_states(draft, settled)


def _somebody_did(draft: Draft, settled: Collection[str]) -> Iterator[Habit]:
    """Yield that somebody did what was done, and that there was a reason."""
    granted = [wish.columns for wish in draft.granted]
    for column, told in deeds(draft.table).items():
        done = [was_done(branch, told) for branch in draft.branches]
        sure = all(_always(draft, column, number) for number, here in enumerate(done) if here)
        if sure and any(done) and any({column, told} <= columns for columns in granted) and column not in settled:
            flag = draft.table.column(told).type.storage.name == "bool"
            absent = "IS NOT TRUE" if flag else "IS NULL"
            yield Habit((told, column), f"{quote(told)} {absent} OR {quote(column)} IS NOT NULL", f"as {told} tells")


def _done_in_states(draft: Draft, settled: Collection[str]) -> Iterator[Habit]:
    """Yield that somebody did what a state says was done, and nobody what was not."""
    for column, (guide, verdicts) in draft.actors.items():
        owner = draft.owners.get(column)
        if owner is None or {column, guide} & set(settled) or owner[0] not in draft.references:
            continue
        for wanted in (True, False):
            states = {str(value) for value, verdict in verdicts.items() if verdict is wanted}
            held = [set(map(str, branch.domain(guide).allowed or ())) for branch in draft.branches]
            here = [number for number, values in enumerate(held) if values & states]
            rates = draft.references[owner[0]].null_permille
            kept = all(rates[min(number, len(rates) - 1)] == (0 if wanted else 1000) for number in here)
            kept = kept and all(held) and all(held[number] <= states for number in here)
            if here and kept and (not wanted or _always(draft, column, here[0])):
                listed = ", ".join(map(literal, sorted(states)))
                there = "IS NOT NULL" if wanted else "IS NULL"
                condition = f"{quote(guide)}::text NOT IN ({listed}) OR {quote(column)} {there}"
                yield Habit((guide, column), condition, f"as {guide} tells")


def _always(draft: Draft, column: str, number: int) -> bool:
    """Tell whether all rows of a branch have a value in a column."""
    if column in draft.owners:
        reference = draft.references[draft.owners[column][0]]
        free = not (reference.matching or reference.beyond or reference.differs_from or reference.having)
        free = free and not (reference.allowed or reference.excluded or reference.apart)
        rates = reference.null_permille
        return free and reference.pick in (Pick.SKEWED, Pick.COVER) and not rates[min(number, len(rates) - 1)]
    made = draft.generators.get(column)
    return made is not None and made[number].kind not in _MADE and not made[number].null_permille
