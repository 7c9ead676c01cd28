"""Windows: the time in which the moments of a table's rows lie, where the user asked for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from seedfast.constraints.branches import intersect
from seedfast.constraints.domain import Bound, Branch, Domain, Nullness
from seedfast.diagnostics import Finding, Severity
from seedfast.model.database import Database
from seedfast.names import QualifiedName, shown
from seedfast.plan import measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options, Window
from seedfast.plan.states import weigh
from seedfast.plan.volumes import required
from seedfast.semantics.order import beginning

_LONG_AGO = timedelta(days=3_660)
"""What a name dates further back, such as a birth, is no event of the row's own life."""


def widened(database: Database, windows: Mapping[QualifiedName, Window]) -> Mapping[QualifiedName, Window]:
    """Return windows for the parents that rows need, too: these came to be before their children's windows end."""
    found = dict(windows)
    waiting = list(windows)
    while waiting:
        child = waiting.pop()
        for key in required(database.by_name[child]):
            end = found[child].end
            there = found.get(key.parent)
            if key.parent in windows or key.parent not in database.by_name or (there and there.end <= end):
                continue
            found[key.parent] = Window(None, end)
            waiting.append(key.parent)
    return found


def moment(name: QualifiedName, options: Options) -> datetime:
    """Return the moment that the data of a table ends at."""
    window = options.windows.get(name)
    if window is None:
        return options.now
    coming = window.start is not None and window.start >= options.now
    return window.end if coming else min(window.end, options.now)


def confine(draft: Draft, options: Options, now: datetime) -> None:
    """Keep the moments of a table's rows within its window; ``now`` is the moment that its data ends at."""
    window = options.windows.get(draft.name)
    if window is None or window.start is None:
        return
    for name in _events(draft, now):
        branches = tuple(_bounded(draft, name, window.start, window.end))
        if branches:
            draft.branches, draft.branch_plans = branches, tuple(weigh(draft, branches))
        else:
            said = f"{window.start.isoformat()} to {window.end.isoformat()}"
            message = f"Its constraints leave no moment within the period that was asked for, {said}."
            where = f"{draft.name}.{shown(name)}"
            hint = f"`seedfast explain {where}` shows what the column may hold."
            draft.findings.append(Finding("SF-SCOPE-PERIOD", Severity.WARNING, where, message, hint))


def apart_from_stored(
    draft: Draft, drafts: Drafts, pairs: tuple[tuple[str, str], ...], options: Options
) -> tuple[tuple[str, str], ...]:
    """Return pairs of moments without those that begin with a stored parent's, where rows lie in a window.

    Whether stored rows came to be before the window isn't known; that rows lie in it was asked for.
    """
    window = options.windows.get(draft.name)
    if window is None or window.start is None:
        return pairs
    stored = {
        name for name, lookup in draft.lookups.items() if drafts[draft.references[lookup.reference].parent].existing
    }
    for name in sorted({earlier for earlier, _ in pairs} & stored):
        parent = draft.references[draft.lookups[name].reference].parent
        message = f"Rows lie in the period that was asked for, even if a stored row of {parent} came to be later."
        draft.findings.append(Finding("SF-SCOPE-NOTE", Severity.INFO, str(draft.name), message))
    return tuple(pair for pair in pairs if pair[0] not in stored)


def _events(draft: Draft, now: datetime) -> Iterator[str]:
    """Yield the columns that date what happened to a row: when it came to be, and what its names date lately."""
    begins = beginning(draft.table)
    for column in draft.table.columns:
        unit = measures.unit_of(column.type)
        if unit not in ("date", "timestamp") or column.name in draft.server:
            continue
        best = next(iter(draft.meanings.get(column.name, ())), None)
        params: Mapping[str, Any] = {} if best is None else best.params
        if column.name == begins:
            yield column.name
        elif best is not None and best.kind in ("time.date", "time.timestamp") and {"low", "high"} <= params.keys():
            low, high = (measures.read("timestamp", params[end]) for end in ("low", "high"))
            if low >= now - _LONG_AGO and high <= now:
                yield column.name


def _bounded(draft: Draft, name: str, start: datetime, end: datetime) -> Iterator[Branch]:
    unit = measures.unit_of(draft.table.column(name).type) or ""
    low, high = measures.read(unit, start), measures.read(unit, end)
    whole = unit == "timestamp" or end == datetime(end.year, end.month, end.day)
    within = Domain(low=Bound(low, True), high=Bound(high, not whole), sources=("the period asked for",))
    for branch in draft.branches:
        both = intersect(branch.domain(name), within)
        absent = both is not None and both.nullness is Nullness.ALWAYS
        if both is not None and (not absent or branch.domain(name).nullness is Nullness.ALWAYS):
            yield replace(branch, domains={**branch.domains, name: both})
