"""The library: what the commands do, as four functions.

``now`` is the moment that the data ends at; nothing here reads a clock, so the same arguments give the same rows on any
day. Whatever stops a call is a ``SeedfastError``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from seedfast import pipeline
from seedfast.assist.settings import Assist
from seedfast.config import normalised
from seedfast.events import Listener, ignore
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.pipeline import LoadMode, Outcome, Request, Survey
from seedfast.plan.spec import GenerationPlan
from seedfast.scope import spec
from seedfast.scope.spec import ScopeSpec
from seedfast.scope.written import read
from seedfast.sinks import address
from seedfast.verify.results import Verification

__all__ = [
    "Assist",
    "Database",
    "GenerationPlan",
    "LoadMode",
    "Outcome",
    "Survey",
    "Verification",
    "inspect",
    "plan",
    "seed",
    "verify",
]


def inspect(dsn: str) -> Survey:
    """Connect and tell what is there: the server, the database, its schemas and how many tables they have."""
    return pipeline.survey(normalised(dsn))


def plan(
    dsn: str,
    *,
    now: datetime,
    rows: int | None = None,
    table_rows: Mapping[str, int] | None = None,
    seed: int = 1,
    schemas: Sequence[str] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    append: bool = False,
    session: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    packs: Sequence[str] = (),
    own_rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    scope: str = "",
    assist: Assist | None = None,
    listener: Listener = ignore,
) -> GenerationPlan:
    """Return what ``seed`` would do with the same arguments; nothing is written.

    Tables are named as a user writes them, ``name`` or ``schema.name``; ``table_rows`` are rows for single tables.
    ``session`` are settings that triggers and policies read, such as ``app.tenant``; ``columns`` set what columns hold,
    as in ``{"users.plan": "person.job"}``; ``packs`` are folders with data packs of the user's own.
    ``own_rows`` are rows by table whose given columns are kept. ``scope`` says in plain words what is wanted, as in "50
    users with orders"; what isn't understood of it is a finding. ``assist`` is a model to ask then, with the file of
    its answers: nobody is asked what that file answers.
    """
    request = Request(
        dsn=normalised(dsn),
        now=now,
        rows=rows,
        table_rows=table_rows or {},
        seed=seed,
        schemas=tuple(schemas),
        only=tuple(only),
        skip=tuple(skip),
        append=append,
        session=session or {},
        columns=columns or {},
        packs=tuple(packs),
        scope=_own(own_rows),
        words=scope,
        assist=assist,
    )
    return pipeline.prepare(request, listener).plan


def seed(
    dsn: str,
    *,
    now: datetime,
    rows: int | None = None,
    table_rows: Mapping[str, int] | None = None,
    seed: int = 1,
    schemas: Sequence[str] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    append: bool = False,
    session: Mapping[str, str] | None = None,
    columns: Mapping[str, Any] | None = None,
    dry_run: bool = False,
    strict: bool = False,
    allow_existing: bool = False,
    probe: bool = True,
    load: LoadMode = LoadMode.AUTO,
    lock_timeout_ms: int | None = 30_000,
    plan: GenerationPlan | None = None,
    packs: Sequence[str] = (),
    to: str | None = None,
    replace: bool = False,
    part_rows: int | None = None,
    own_rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    scope: str = "",
    assist: Assist | None = None,
    jobs: int = 1,
    scheduler: str = "",
    listener: Listener = ignore,
) -> Outcome:
    """Fill the database's empty tables in one transaction, and return what became of each.

    The arguments are those of the command: ``append`` adds to tables that hold rows, ``dry_run`` rolls back at the end,
    ``strict`` fails where a table that could hold rows gets none, ``allow_existing`` goes ahead on what looks like
    production, ``probe`` tries a large load with a few rows first. ``load`` is how rows go into their tables.
    ``lock_timeout_ms`` is how long to wait for a locked table, None for ever. A ``plan`` stands for all of the
    selecting and planning, and is refused where it no longer fits the database. With ``to``, such as ``csv:DIR``, rows
    go into files, which ``replace`` those that are there; with ``part_rows`` no file gets
    more, and what is there of the same run is kept. More ``jobs`` than one are processes that begin by importing the
    program's main module, so that what it does belongs under ``if __name__ == "__main__"``. With a ``scheduler``
    such as ``tcp://host:8786`` the workers of a Dask cluster make the rows.
    """
    request = Request(
        dsn=normalised(dsn),
        now=now,
        rows=rows,
        table_rows=table_rows or {},
        seed=seed,
        schemas=tuple(schemas),
        only=tuple(only),
        skip=tuple(skip),
        append=append,
        session=session or {},
        columns=columns or {},
        packs=tuple(packs),
        scope=_own(own_rows),
        words=scope,
        assist=assist,
        dry_run=dry_run,
        strict=strict,
        allow_existing=allow_existing,
        probe=probe,
        load=load,
        lock_timeout_ms=lock_timeout_ms,
        plan=plan,
        to=None if to is None else address.read(to),
        replace=replace,
        part_rows=part_rows,
        jobs=jobs,
        scheduler=scheduler,
    )
    return pipeline.execute(pipeline.prepare(request, listener), listener)


def _own(rows: Mapping[str, Sequence[Mapping[str, Any]]] | None) -> ScopeSpec | None:
    return read({}, {table: list(own) for table, own in rows.items()}, "own_rows") if rows else None


def verify(
    dsn: str,
    *,
    schemas: Sequence[str] = (),
    planned: Mapping[QualifiedName, int] | None = None,
    session: Mapping[str, str] | None = None,
    coherence: bool = False,
    figures: Sequence[spec.Outcome] = (),
    listener: Listener = ignore,
) -> Verification:
    """Check every foreign key, CHECK, NOT NULL and sequence; ``planned`` says how many rows tables should hold.

    With ``coherence`` also relations that no constraint stands behind; what points at nothing there breaks no promise.
    ``figures`` are the outcomes of a scope, asked for again.
    """
    return pipeline.check(
        normalised(dsn), tuple(schemas), planned, listener, session, coherence=coherence, outcomes=figures
    )
