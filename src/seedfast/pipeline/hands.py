"""How many hands make the rows of a run."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager

from seedfast.load.crew import Crew
from seedfast.load.source import RowSource
from seedfast.pipeline.request import Prepared
from seedfast.plan.spec import GenerationPlan, Status
from seedfast.workers.crew import crew

_PAYS_FROM = 2_000_000
"""Rows of files from which on processes should save more than their start takes; a database takes rows more slowly
than one process makes them.
"""

_MOST = 4
"""So many processes are started unasked, each of which holds keys of its own."""


def hands(prepared: Prepared, source: RowSource, plan: GenerationPlan | None = None) -> AbstractContextManager[Crew]:
    """Return who makes the rows of a source, which are the plan's, or those of another."""
    request = prepared.request
    plan = plan or prepared.plan
    jobs = request.jobs
    if jobs is None:
        rows = sum(table.rows for table in plan.tables if table.status is Status.FILL)
        jobs = min(_MOST, _processors()) if request.to is not None and rows >= _PAYS_FROM else 1
    return crew(plan, source, jobs, request.scheduler)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
