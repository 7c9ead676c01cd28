"""Rows of the user's own: read before anything is planned, held against constraints before anything is written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from seedfast.catalog import own_rows as oracle
from seedfast.catalog.taken import taken
from seedfast.constraints.equations import equations
from seedfast.db import Connection
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import LoadError, UsageError
from seedfast.generate.engine import Engine
from seedfast.generate.existing import as_text
from seedfast.model.database import Database, Existing
from seedfast.model.mentions import mentions
from seedfast.model.table import ForeignKey, Table
from seedfast.names import QualifiedName, shown
from seedfast.plan.options import Options
from seedfast.plan.spec import GenerationPlan, GivenRow, Source, Status, TablePlan
from seedfast.plan.volumes import resolve
from seedfast.scope.spec import OwnRow

_MOST = 10
"""So many problems are told at once."""

_LONG = 40
"""Longer values are cut in what is told."""

_HINT = "Correct the rows; docs/own-rows.md shows how they are written."


def taking(
    connection: Connection,
    written: Mapping[str, Sequence[OwnRow]],
    database: Database,
    existing: Existing,
    options: Options,
) -> Options:
    """Return options with rows as PostgreSQL understands them, without those that are stored, which are noted.

    What can't be a row of its table is a ``UsageError``.
    """
    found: dict[QualifiedName, tuple[GivenRow, ...]] = {}
    findings: list[Finding] = []
    problems: list[str] = []
    for name, rows in written.items():
        table = database.by_name[resolve(database, name)]
        problems += [problem for row in rows for problem in _misfits(table, row)]
        if problems:
            continue
        read, unread = _read(connection, table, rows)
        problems += unread
        if unread:
            continue
        held = existing.count(table.name)
        left, differing = _unstored(connection, table, read) if held else (read, ())
        if len(left) < len(read):
            message = f"Already stored, and left as they are: {len(read) - len(left):,} of your {_rows(len(read))}"
            message += f". They differ in {', '.join(map(shown, differing))}." if differing else "."
            severity = Severity.WARNING if differing else Severity.INFO
            findings.append(Finding("SF-OWN-STORED", severity, str(table.name), message))
        if left and held and not options.append:
            message = f"{_rows(len(left))} of your own can't be added: the table holds {held:,} rows already."
            hint = "Give --append to add rows to tables that hold some."
            findings.append(Finding("SF-OWN-LEFT-OUT", Severity.WARNING, str(table.name), message, hint))
        elif left:
            found[table.name] = left
    _refuse(problems)
    return replace(options, given=found, noted=(*options.noted, *findings))


def hold(connection: Connection, database: Database, plan: GenerationPlan, options: Options, engine: Engine) -> None:
    """Raise a ``UsageError`` that names every row of the user's own that a constraint refuses, or that has no place."""
    problems: list[str] = []
    planned = {table.name: table for table in plan.tables}
    for name, rows in options.given.items():
        if (problem := _homeless(planned[name], rows)) is not None:
            problems.append(problem)
    for table in plan.tables:
        if table.given and table.rows >= len(table.given):
            problems += _broken(connection, database, table, engine)
    _refuse(problems)


def noting(plan: GenerationPlan, options: Options) -> tuple[GenerationPlan, Options]:
    """Return a plan, and the options that it was made of, with findings on rows of tables that aren't asked for."""
    findings = tuple(_left_out(plan, options))
    options = replace(options, noted=(*options.noted, *findings))
    return replace(plan, findings=(*findings, *plan.findings)), options


def _left_out(plan: GenerationPlan, options: Options) -> Iterator[Finding]:
    for table in plan.tables:
        rows = len(options.given.get(table.name, ()))
        if rows and table.status in (Status.SKIPPED, Status.BOOKKEEPING):
            message = f"{_rows(rows)} of your own {'is' if rows == 1 else 'are'} left out: the table is {table.reason}."
            hint = "Ask for the table, too, or leave its rows out."
            yield Finding("SF-OWN-LEFT-OUT", Severity.WARNING, str(table.name), message, hint)


def arrived(
    connection: Connection, database: Database, plan: GenerationPlan, engine: Engine, said: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield findings on rows of the user's own that are in with other cells; a ``LoadError`` where one isn't in.

    They are found by their primary keys. ``said`` is what there was to say of the load.
    """
    for planned in plan.tables:
        table = database.by_name[planned.name]
        key = table.primary_key if planned.given and table.privileges.select else None
        made = {column.name for column in planned.columns if column.source is not Source.SERVER}
        if key is None or not key.columns or not made.issuperset(key.columns):
            continue
        rows = np.arange(planned.existing, planned.existing + len(planned.given), dtype=np.int64)
        frame = engine.frame(planned.name, rows)
        values = {name: as_text(frame.column(name)).to_pylist() for name in key.columns}
        there = set(taken(connection, table, key, values).tolist())
        gone = [row.origin for place, row in enumerate(planned.given) if place not in there]
        if gone:
            why = next((one.message for one in said if one.where == str(planned.name)), "")
            raise LoadError(
                "SF-OWN-REFUSED",
                f"{gone[0]}: PostgreSQL did not take this row into {planned.name}"
                f"{f', nor {len(gone) - 1:,} more' if gone[1:] else ''}. {why} Everything was rolled back.",
                "A trigger, rule or policy of the table refuses it or leaves it out.",
            )
        changed = oracle.changed(connection, table, key.columns, values, [row.cells for row in planned.given])
        if changed:
            message = f"{', '.join(map(shown, changed))} of your own rows hold other values now than you gave."
            hint = "A trigger or rule of the database sets them."
            yield Finding("SF-OWN-CHANGED", Severity.WARNING, str(planned.name), message, hint)


# Reading.


def _misfits(table: Table, row: OwnRow) -> Iterator[str]:
    columns = {column.name: column for column in table.columns}
    for name, cell in row.cells.items():
        column = columns.get(name)
        where = f"{row.origin}: {table.name}.{shown(name)}"
        if column is None:
            near = difflib.get_close_matches(name, columns, n=1)
            yield f"{where}: there is no such column" + (f"; the nearest is {shown(near[0])}" if near else "")
        elif column.generated is not None:
            yield f"{where}: the server computes it, as {column.generated}"
        elif not column.insertable:
            yield f"{where}: the role may not INSERT into it"
        elif cell is None and not column.nullable:
            yield f"{where}: it is NULL, and the column is NOT NULL"


def _read(connection: Connection, table: Table, rows: Sequence[OwnRow]) -> tuple[tuple[GivenRow, ...], list[str]]:
    cells: list[dict[str, str | None]] = [{} for _ in rows]
    problems = []
    for name in dict.fromkeys(name for row in rows for name in row.cells):
        at = [place for place, row in enumerate(rows) if name in row.cells]
        column = table.column(name)
        values, wrong = oracle.read(connection, table, column, [rows[place].cells[name] for place in at])
        for place, value in zip(at, values, strict=True):
            cells[place][name] = value
        problems += [f"{rows[at[n]].origin}: {table.name}.{shown(name)}: {said}" for n, said in wrong.items()]
    if not problems:
        _work_out(connection, table, cells)
    return tuple(GivenRow(held, origin=row.origin) for held, row in zip(cells, rows, strict=True)), problems


def _work_out(connection: Connection, table: Table, cells: Sequence[dict[str, str | None]]) -> None:
    """Add what CHECKs say that columns equal, where all that decides on them is given."""
    told = [(check, found) for check in table.checks for found in equations(check.expression)]
    for check, (column, expression, whole) in told:
        inputs = [name for name in check.columns if name != column]
        at = [row for row in cells if column not in row and all(row.get(name) is not None for name in inputs)]
        if not at or not inputs or not whole or column not in check.columns:
            continue
        texts = {name: [row[name] for row in at] for name in inputs}
        values = oracle.worked_out(connection, table, table.column(column), expression, texts)
        for row, value in zip(at, values, strict=False):
            if value is not None:
                row[column] = value


def _unstored(
    connection: Connection, table: Table, rows: Sequence[GivenRow]
) -> tuple[tuple[GivenRow, ...], tuple[str, ...]]:
    """Return the rows whose keys no stored row has, and the columns in which others differ from what is stored.

    The primary key decides where it is given, else any other.
    """
    differing: dict[str, None] = {}
    stored: set[int] = set()
    judged: set[int] = set()
    for key in sorted(table.unique_keys, key=lambda one: not one.primary):
        names = tuple(dict.fromkeys(name for part in key.parts for name in part.columns))
        whole = [n for n, row in enumerate(rows) if all(row.cells.get(name) is not None for name in names)]
        at = [n for n in whole if n not in judged and names]
        if not at or key.predicate is not None:
            continue
        columns = {name: [rows[n].cells[name] for n in at] for name in names}
        found = [int(place) for place in taken(connection, table, key, columns)]
        stored |= {at[place] for place in found}
        judged |= set(at) if key.primary else stored
        held = {name: [columns[name][place] for place in found] for name in key.columns}
        if held and found:
            cells = [rows[at[place]].cells for place in found]
            differing |= dict.fromkeys(oracle.changed(connection, table, key.columns, held, cells))
    return tuple(row for n, row in enumerate(rows) if n not in stored), tuple(differing)


# Holding.


def _homeless(table: TablePlan, rows: Sequence[GivenRow]) -> str | None:
    """Return why a table has no room for rows, None where it has, or where it was left out on purpose."""
    if table.status in (Status.SKIPPED, Status.BOOKKEEPING):
        return None
    if table.status is not Status.FILL:
        return f"{rows[0].origin}: {table.name} takes no rows: {table.reason}"
    if table.rows < len(rows):
        first = rows[table.rows]
        return f"{first.origin}: {table.name} has room for {_rows(table.rows)} ({table.reason or 'by its keys'})"
    return None


def _broken(connection: Connection, database: Database, plan: TablePlan, engine: Engine) -> Iterator[str]:
    table, own = database.by_name[plan.name], plan.given
    frame = engine.frame(plan.name, np.arange(plan.existing, plan.existing + len(own), dtype=np.int64))
    made = [column.name for column in plan.columns if column.source is not Source.SERVER]
    values = {name: as_text(frame.column(name)).to_pylist() for name in made}
    parentless: set[int] = set()
    # Rows that triggers make are known when they are there.
    triggered = frozenset().union(*mentions(database.tables).values())
    for key in (key for key in table.foreign_keys if key.parent not in triggered):
        for place in _orphans(table, key, plan, engine, values):
            parentless.add(place)
            told = _said(key.columns, values, place)
            behind = f"no row of {key.parent} does (FOREIGN KEY {shown(key.name)})"
            yield f"{own[place].origin}: {plan.name} has {told}, and {behind}"
    for name in made:
        if not table.column(name).nullable:
            for place in (n for n, value in enumerate(values[name]) if value is None and n not in parentless):
                yield f"{own[place].origin}: {plan.name}.{shown(name)}: nothing fits beside what is given; give it, too"
    picked = {column.name for column in plan.columns if column.source is Source.REFERENCE}
    for breach in oracle.breaches(connection, table, values, stored=plan.existing > 0):
        row = own[breach.place]
        told = f"{row.origin}: {plan.name} breaks {breach.constraint}"
        read = _columns_of(table, breach.constraint)
        alone = breach.constraint.startswith("CHECK") or breach.constraint == oracle.PARTITIONS
        if alone and picked & set(read) - row.cells.keys():
            # Which parents PostgreSQL takes is found out while the rows go in.
            continue
        if read:
            told += f" with {_said(read, values, breach.place)}"
        if breach.other is not None:
            told += f", as does {own[breach.other].origin}"
        elif not alone:
            told += ", as does a stored row"
        missing = [shown(name) for name in read if name not in row.cells]
        yield told + (f"; give {' and '.join(missing)}, too" if missing else "")


def _orphans(
    table: Table, key: ForeignKey, plan: TablePlan, engine: Engine, values: Mapping[str, Sequence[str | None]]
) -> Iterator[int]:
    """Yield the places of rows that name parents which there aren't."""
    named = [n for n, row in enumerate(plan.given) if all(row.cells.get(name) is not None for name in key.columns)]
    if not named:
        return
    if any(reference.name == key.name for reference in plan.references):
        rows = np.array(named, dtype=np.int64) + plan.existing
        picked = engine.frame(plan.name, rows).pick(plan.reference(key.name))
        yield from (n for n, parent in zip(named, picked, strict=True) if parent < 0)
    elif not engine.total(key.parent):
        yield from named


def _columns_of(table: Table, constraint: str) -> tuple[str, ...]:
    for check in table.checks:
        if constraint == f"CHECK {shown(check.name)}":
            return check.columns
    if constraint == oracle.PARTITIONS and table.partitioning is not None:
        return table.partitioning.columns
    for key in table.unique_keys:
        if constraint.endswith(f" {shown(key.name)}"):
            return tuple(dict.fromkeys(name for part in key.parts for name in part.columns))
    return ()


def _said(columns: Iterable[str], values: Mapping[str, Sequence[str | None]], place: int) -> str:
    told = []
    for name in columns:
        value = values[name][place] if name in values else None
        cut = value if value is None or len(value) <= _LONG else value[:_LONG] + "..."
        told.append(f"{shown(name)} {'NULL' if cut is None else repr(cut)}")
    return ", ".join(told)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        more = f"\n... and {len(problems) - _MOST:,} more" if len(problems) > _MOST else ""
        raise UsageError("SF-OWN-REFUSED", "\n".join(problems[:_MOST]) + more + ".", _HINT)
