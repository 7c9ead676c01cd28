"""Planning the keys of a table: where they stand in each other's way, in another manner too."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from seedfast.diagnostics import Finding, Severity
from seedfast.names import QualifiedName
from seedfast.plan.agreement import keep_together
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.keys import KeyPlanner
from seedfast.plan.spec import Status
from seedfast.values.registry import Registry

_DECIDED = (
    "rows",
    "reason",
    "branches",
    "branch_plans",
    "references",
    "lookups",
    "generators",
    "reasons",
    "keys",
    "digits",
    "findings",
)
"""What planning the keys of a table decides on."""


def plan_keys(
    draft: Draft, drafts: Drafts, turns: Mapping[QualifiedName, int] | None, registry: Registry, now: datetime
) -> None:
    """Plan the keys of a table in the manner that leaves room for more rows, and end it where none leaves any.

    By ``turns``, in which tables are planned, parents of one tenant or project meet in a key if that leaves room for
    all rows; None is for a table where it was found not to.
    """
    wanted, before = draft.rows, _state(draft)

    def planned(*, apart: bool) -> int:
        KeyPlanner.of(draft, drafts, registry, now, apart=apart).plan()
        return draft.rows

    if turns is not None and keep_together(draft, drafts, turns):
        if planned(apart=False) == wanted:
            return
        _restore(draft, before)
    if (rows := planned(apart=False)) < wanted:
        after = _state(draft)
        _restore(draft, before)
        if planned(apart=True) <= rows:
            _restore(draft, after)
    if draft.rows <= 0 and draft.status is Status.FILL:
        _give_up(draft)


def _state(draft: Draft) -> dict[str, Any]:
    return {name: copy(getattr(draft, name)) for name in _DECIDED}


def _restore(draft: Draft, state: Mapping[str, Any]) -> None:
    for name, value in state.items():
        setattr(draft, name, copy(value))


def _give_up(draft: Draft) -> None:
    if draft.existing:
        draft.end(Status.PARENT, draft.reason or "its keys have no room for more rows")
        return
    draft.end(Status.GAP, draft.reason or "its keys leave no room for a row")
    draft.findings.append(
        Finding(
            "SF-KEY-NO-ROOM",
            Severity.ERROR,
            str(draft.name),
            f"Not filled: {draft.reason}.",
            "Fill the tables that the key refers to, or let them have more rows.",
        )
    )
