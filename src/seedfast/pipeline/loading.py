"""Which tables may be loaded with their indexes and foreign keys off."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seedfast import db
from seedfast.catalog import guards
from seedfast.db import Connection
from seedfast.diagnostics import Finding, Severity
from seedfast.load.rebuild import Rebuild
from seedfast.load.results import LoadResult
from seedfast.model.table import TableForm
from seedfast.names import QualifiedName
from seedfast.pipeline.request import LoadMode, Prepared
from seedfast.plan.spec import Status

PAYS_FROM = 5_000
"""Rows of a table from which on building an index costs less than keeping it."""

_WORD = re.compile(r"[\w$]+")


def allowed(connection: Connection, prepared: Prepared) -> Rebuild | None:
    """Return what loading may take indexes off: empty tables that get enough rows, and that no function looks into.

    A function of the database's own that runs as rows go in finds rows by the indexes, and ON CONFLICT needs them. So
    tables stay as they are whose names stand in such a function's source, and all do where one is opaque: it makes up
    its statements as it runs, or has no source. They do, too, where rows of a table may be left out.
    """
    mode = prepared.request.load
    if mode is LoadMode.PLAIN or prepared.request.to is not None or prepared.options.partial:
        return None
    least = PAYS_FROM if mode is LoadMode.AUTO else 1
    filled = {table.name: table for table in prepared.plan.tables if table.status is Status.FILL and table.rows}
    large = {name for name, table in filled.items() if table.rows >= least and not table.existing}
    tables = [prepared.database.by_name[name] for name in filled if name in prepared.database.by_name]
    if not large:
        return None
    with db.snapshot(connection, prepared.request.session):
        sources = guards.called(connection, [table.name for table in tables])
    words = {word for source in sources or () for word in _WORD.findall(source.lower())}
    if sources is None or "execute" in words:
        return None
    free = frozenset(
        table.name
        for table in tables
        if table.name in large
        and table.form is TableForm.TABLE
        and table.name not in prepared.options.early
        and not _named(table.name, words, sources)
    )
    return Rebuild(free, wait=mode is LoadMode.REBUILD) if free else None


def findings(prepared: Prepared, result: LoadResult) -> Iterable[Finding]:
    """Tell which tables nobody could read meanwhile, and of a wish to rebuild that came to nothing."""
    names = ", ".join(map(str, result.rebuilt))
    if result.rebuilt:
        yield Finding(
            "SF-LOAD-REBUILT",
            Severity.INFO,
            "",
            f"Indexes or foreign keys were off while the rows went in, and are back as they were. Tables: {names}.",
            "Nobody could read the tables meanwhile; --load plain leaves them readable, and takes longer.",
        )
    elif prepared.request.load is LoadMode.REBUILD:
        yield Finding(
            "SF-LOAD-KEPT",
            Severity.WARNING,
            "",
            "No index or foreign key could be taken off: the rows went in with all of them in place.",
            "It takes empty tables of the role's own that no function of a trigger looks into, and no event trigger.",
        )


def abandoned(result: LoadResult) -> Finding:
    """Tell that the rows were loaded once more with everything in place, and why."""
    return Finding(
        "SF-LOAD-ABANDONED",
        Severity.INFO,
        "",
        f"Loading with indexes and foreign keys off came to nothing ({result.abandoned}): it was undone, and the rows"
        " went in with everything in place.",
        "With --load plain the first attempt is spared.",
    )


def _named(name: QualifiedName, words: Iterable[str], sources: Iterable[str]) -> bool:
    text = name.name.lower()
    return text in words if _WORD.fullmatch(text) else any(text in source.lower() for source in sources)
