"""What is wanted of the data, from the request's scope to the planner's options."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.pipeline.request import Request
from seedfast.plan.options import Options
from seedfast.plan.volumes import resolve
from seedfast.scope.apply import applied
from seedfast.scope.spec import Count, ScopeSpec


def scoped(request: Request, database: Database, options: Options) -> tuple[Options, ScopeSpec | None]:
    """Return options with all that is wanted, and the scope that says it, that of the request's own flags included."""
    spec = _flags(request.scope or ScopeSpec(), request, database)
    if request.plan is not None or (request.scope is None and spec == ScopeSpec()):
        return options, None
    options, findings = applied(spec, database, options)
    return replace(options, noted=(*options.noted, *findings)), spec


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
