"""Columns that a key compares otherwise than by their values: by a day, by the first characters, by where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from seedfast.constraints.domain import Branch
from seedfast.constraints.index_parts import CoarsePart, coarse_part
from seedfast.plan import assign
from seedfast.plan.draft import Draft


def coarse_parts(draft: Draft) -> Iterable[CoarsePart]:
    """Yield the parts of columns that unique indexes compare, the shortest of a column first."""
    for unique in draft.table.unique_keys:
        for part in unique.parts:
            found = None if part.expression is None else coarse_part(part.expression)
            if found is not None and found.column not in draft.owners:
                yield found


def shorten(draft: Draft) -> None:
    """Let text be no longer than what a unique index compares of it, so that all of it counts."""
    for part in coarse_parts(draft):
        if part.prefix is not None and assign.is_text(draft.table.column(part.column).type):
            draft.branches = tuple(_shortened(branch, part.column, part.prefix) for branch in draft.branches)


def _shortened(branch: Branch, column: str, length: int) -> Branch:
    domain = branch.domain(column)
    if domain.patterns or domain.allowed is not None or (domain.min_length or 0) > length:
        return branch
    most = length if domain.max_length is None else min(length, domain.max_length)
    return replace(branch, domains={**branch.domains, column: replace(domain, max_length=most)})


def space_out(draft: Draft) -> None:
    """Let the numbered moments of a column lie so far apart that each is in a period of its own."""
    for part in coarse_parts(draft):
        apart = timedelta(days=part.days, seconds=part.seconds)
        if part.column not in draft.generators or not apart:
            continue
        made = []
        for generator in draft.generators[part.column]:
            params = dict(generator.params)
            if generator.kind == "time.timestamp":
                step = max(int(apart / timedelta(microseconds=1)), params.get("step_us", 0))
                params |= {"step_us": step, "jitter_us": step if part.aligned else 1}
            elif generator.kind == "time.date":
                params["step_days"] = max(apart.days, params.get("step_days", 1))
            made.append(replace(generator, params=params))
        draft.generators[part.column] = tuple(made)


_STORED_FIGURES = 8
"""How many places of a grid a stored figure is thought to cover, whatever grid it was made on."""


def keep_figures_apart(draft: Draft) -> None:
    """Let figures be made on a grid where an exclusion forbids them to meet."""
    # The next power of 4: a run that appends mostly finds the grid that the run before it made.
    needed = draft.rows + _STORED_FIGURES * draft.existing
    places = 4 ** ((max(needed, 1) - 1).bit_length() + 1 >> 1)
    for exclusion in draft.table.exclusions:
        for part, operator in exclusion.parts:
            if operator == "=" or part.column not in draft.generators:
                continue
            draft.generators[part.column] = tuple(
                replace(generator, params={**generator.params, "apart": places})
                if generator.kind in ("geo.box", "geo.circle", "geo.polygon")
                else generator
                for generator in draft.generators[part.column]
            )
