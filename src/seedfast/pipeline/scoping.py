"""What is wanted of the data, from the request's scope to the planner's options."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from seedfast.diagnostics import Finding, Severity
from seedfast.events import Listener, ignore
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.pipeline.request import Prepared, Request
from seedfast.plan.options import Options
from seedfast.plan.volumes import resolve
from seedfast.scope.apply import applied, resolved, unheard
from seedfast.scope.spec import Count, ScopeSpec

if TYPE_CHECKING:
    from seedfast.scope.interpret import Reading


def scoped(
    request: Request, database: Database, options: Options, listener: Listener = ignore
) -> tuple[Options, ScopeSpec | None]:
    """Return options with all that is wanted, and the scope that says it, that of the request's own flags included."""
    if request.plan is not None:
        return options, None
    said, heard = _said(request, database, options, listener)
    spec = _flags(resolved(said, database), request, database)
    if spec == ScopeSpec():
        return options, None
    options, findings = applied(spec, database, options)
    return replace(options, noted=(*options.noted, *heard, *findings)), spec


def _said(
    request: Request, database: Database, options: Options, listener: Listener
) -> tuple[ScopeSpec, tuple[Finding, ...]]:
    """Return the scope that the request's words say, else its own; a scope of nothing but words is read, too."""
    spec = request.scope or ScopeSpec()
    words = request.words or (spec.text if spec == ScopeSpec(text=spec.text, given=spec.given) else "")
    if not words:
        return spec, ()
    from seedfast.scope.interpret import interpret

    reading = interpret(words, database, now=options.now, packs=request.registry.packs)
    reading, found = _understood(reading, words, request, database, options.now, listener)
    return replace(reading.spec, given=spec.given), (*_heard(reading), *found)


def changed(prepared: Prepared, words: str) -> tuple[Request, tuple[Finding, ...]]:
    """Return the request with what the words change in it, and what there is to say of the words.

    Flags that are in the scope by now no longer stand above it.
    """
    from seedfast.scope.interpret import interpret

    before = prepared.scope or ScopeSpec()
    planned = {str(table.name): table.rows for table in prepared.plan.tables}
    packs = prepared.request.registry.packs
    database, now = prepared.database, prepared.options.now
    reading = interpret(words, database, now=now, packs=packs, base=before, planned=planned)
    reading, found = _understood(reading, words, prepared.request, database, now)
    spec = reading.spec
    if spec == ScopeSpec(text=spec.text, given=spec.given):
        # Nothing is wanted any more: the words that led there must not be read again.
        spec = replace(spec, text="")
    request = replace(prepared.request, scope=spec, words="", rows=None, table_rows={}, only=(), skip=())
    return request, (*_heard(reading), *found)


def _understood(
    reading: Reading, words: str, request: Request, database: Database, now: datetime, listener: Listener = ignore
) -> tuple[Reading, tuple[Finding, ...]]:
    if request.assist is None:
        return reading, ()
    # Who asks no model loads nothing of what asking one takes.
    from seedfast.pipeline.assisting import understood

    return understood(reading, words, request, database, now, listener)


def _heard(reading: Reading) -> tuple[Finding, ...]:
    heard = [unheard(one.words, one.closest) for one in reading.unused]
    return (*heard, *(Finding("SF-SCOPE-NOTE", Severity.INFO, "", note) for note in reading.notes))


def _flags(spec: ScopeSpec, request: Request, database: Database) -> ScopeSpec:
    """Return a scope in which what the request says of tables and rows stands in the place of what the scope says."""
    if request.rows is not None:
        spec = replace(spec, every=Count(request.rows, request.rows), total=None)
    rows = {str(resolve(database, name)): Count(number, number) for name, number in request.table_rows.items()}
    if rows:
        kept = {name: count for name, count in spec.rows.items() if str(resolve(database, name)) not in rows}
        spec = replace(spec, rows={**kept, **rows})
    only, skip = _named(database, request.only), _named(database, request.skip)
    return replace(spec, only=only or spec.only, skip=skip or spec.skip)


def _named(database: Database, written: Iterable[str]) -> tuple[str, ...]:
    names: dict[QualifiedName, None] = dict.fromkeys(resolve(database, name) for name in written)
    return tuple(map(str, names))
