"""Plans that PostgreSQL has answered for: what is stored is read, and a key's room is counted from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from seedfast.catalog import contents
from seedfast.catalog.taken import repeated
from seedfast.catalog.taken import taken as stored_already
from seedfast.constraints.partitions import hashed_demand
from seedfast.db import Connection
from seedfast.generate.engine import Engine
from seedfast.generate.existing import ExistingRows, TakenTurns, as_text
from seedfast.generate.outcomes import unmet
from seedfast.model.database import Database, Existing
from seedfast.model.table import Exclusion, Table, UniqueKey
from seedfast.names import QualifiedName, literal, quote
from seedfast.pipeline.asking import asked
from seedfast.plan.build import build
from seedfast.plan.options import Lesson, Options
from seedfast.plan.spec import GenerationPlan, Having, KeyPlan, ReferencePlan, Source, Status, TablePlan
from seedfast.rng import Rows
from seedfast.values.registry import Registry

_ROUNDS = 10
"""How often the values that new rows will hold are compared with stored ones until none is met."""


def fitted(
    connection: Connection,
    database: Database,
    existing: Existing,
    options: Options,
    registry: Registry,
    made: ExistingRows | None = None,
) -> tuple[GenerationPlan, ExistingRows, TakenTurns, Options]:
    """Plan until what can be asked is known and every key has room: some are counted by the parents' values.

    ``made`` are the rows that triggers were seen to make.
    """
    for _ in range(len(database.tables) + 2):
        plan = build(database, existing, options, registry)
        stored = {**read_stored(connection, database, plan), **(made or {})}
        engine = Engine(plan, registry, stored)
        lessons = _answers(connection, database, plan, engine, options) or _without_parents(engine, plan, options)
        if lessons:
            options = replace(options, lessons={**options.lessons, **lessons})
            continue
        taken = read_taken(connection, database, plan, registry, stored)
        short = _short(Engine(plan, registry, stored, taken), plan)
        if not short:
            break
        mingled = {name for name in short if _chooses_for_keys(plan.table(name))} - options.mingled
        if mingled:
            options = replace(options, mingled=options.mingled | mingled)
        else:
            options = replace(options, limits={**options.limits, **short})
    plan = replace(plan, findings=(*plan.findings, *unmet(Engine(plan, registry, stored, taken))))
    return plan, stored, taken, options


def _answers(
    connection: Connection, database: Database, plan: GenerationPlan, engine: Engine, options: Options
) -> dict[QualifiedName, Lesson]:
    """Ask PostgreSQL about the conditions that couldn't be read, of tables that it wasn't asked about before."""
    unread = {finding.where.partition(": ")[0] for finding in plan.findings if finding.code == "SF-CHECK-OPAQUE"}
    lessons = {}
    for table in plan.tables:
        known = options.lessons.get(table.name, Lesson())
        actual = database.by_name[table.name]
        asks = str(table.name) in unread or hashed_demand(actual, options.now) is not None
        if table.status is Status.FILL and asks and not known.pools:
            found = asked(connection, actual, engine, known, now=options.now, parents=False)
            if found.size:
                lessons[table.name] = known.with_also(found)
    return lessons


def _without_parents(engine: Engine, plan: GenerationPlan, options: Options) -> dict[QualifiedName, Lesson]:
    """Return, for tables of which only some branches' rows find parents, that no row is of the others."""
    lessons = {}
    for table in plan.tables:
        said: list[str] = []
        for reference in table.references:
            found = [engine.candidates(table, reference, number) for number in range(len(reference.by_branch))]
            rates = reference.null_permille * (1 if len(reference.null_permille) > 1 else len(found))
            lacking = [
                number
                for number, fitting in enumerate(found)
                if fitting is not None and not len(fitting) and not rates[number]
            ]
            if table.rows and len(lacking) < len(found):
                said += [_unheard_of(reference, having) for number in lacking for having in reference.by_branch[number]]
        known = options.lessons.get(table.name, Lesson())
        new = tuple(condition for condition in dict.fromkeys(said) if condition not in known.conditions)
        if new:
            lessons[table.name] = known.with_also(Lesson(conditions=new))
    return lessons


def _unheard_of(reference: ReferencePlan, having: Having) -> str:
    """Return the condition that a row doesn't ask of its parent what no parent holds."""
    column = dict(zip(reference.parent_columns, reference.columns, strict=True))[having.column]
    values = ", ".join(literal(str(value)) for value in having.values)
    return f"{quote(column)} {'NOT IN' if having.inside else 'IN'} ({values})"


def _short(engine: Engine, plan: GenerationPlan) -> dict[QualifiedName, int]:
    """Return, for tables whose keys have no room for all planned rows, the rows that they have room for."""
    short: dict[QualifiedName, int] = {}
    for table in plan.tables:
        for key in table.keys:
            confined = any(one.allowed or one.having or one.apart or one.through for one in table.references)
            if 0 in key.radices or table.existing or table.given or confined:
                room = engine.capacity(table.name, key.name)
                if room < table.rows and not _escapes(table.name, key.name, plan):
                    short[table.name] = min(room, short.get(table.name, room))
        for reference in table.references:
            if table.rows and table.name not in short and min(reference.null_permille) == 0:
                candidates = engine.candidates(table, reference)
                if candidates is not None and not len(candidates):
                    short[table.name] = 0
    return short


def _chooses_for_keys(table: TablePlan) -> bool:
    """Tell whether parents that a key counts are chosen by more than its constraints: perhaps by their tenant."""
    return any(reference.digit is not None and reference.through for reference in table.references)


def _escapes(table: QualifiedName, key: str, plan: GenerationPlan) -> bool:
    """Tell whether the planner knows that a key is short, and lets rows beyond it be NULL."""
    planned = plan.table(table)
    known = next(k for k in planned.keys if k.name == key)
    return 0 not in known.radices and known.capacity < planned.existing + planned.rows


def read_stored(connection: Connection, database: Database, plan: GenerationPlan) -> ExistingRows:
    """Read the stored columns that new rows refer to or must not repeat."""
    needed: dict[QualifiedName, dict[str, None]] = {}
    held = {table.name: table.existing for table in plan.tables if table.status is not Status.TRIGGER}
    for table in plan.tables:
        if table.status is not Status.FILL:
            continue
        for reference in table.references:
            if held.get(reference.parent):
                read = [lookup.parent_column for lookup in table.lookups if lookup.reference == reference.name]
                read += [c.parent_column for c in table.columns if c.reference == reference.name and c.parent_column]
                read += [having.column for having in reference.having]
                read += [*reference.parent_columns, *reference.matched, *reference.agreeing.values()]
                needed.setdefault(reference.parent, {}).update(dict.fromkeys(read))
    return {
        name: contents.read_keys(connection, database.by_name[name], list(columns))
        for name, columns in sorted(needed.items())
    }


def read_taken(
    connection: Connection, database: Database, plan: GenerationPlan, registry: Registry, stored: ExistingRows
) -> TakenTurns:
    """Ask which values that new rows might take in a key are stored already.

    Keys of a table's own columns come before those that parents fill, and parents before their children: what is known
    of the ones decides what the others may hold.
    """
    taken: dict[tuple[QualifiedName, str], Rows] = {}
    growing = [table for table in plan.tables if (table.existing or table.given) and table.status is Status.FILL]
    filled = {
        (table.name, reference.digit.key) for table in growing for reference in table.references if reference.digit
    }
    waiting = [(table, key) for table in growing for key in table.keys]
    for table, key in sorted(waiting, key=lambda pair: (pair[0].name, pair[1].name) in filled):
        actual = database.by_name[table.name]
        keys: tuple[UniqueKey | Exclusion, ...] = (*actual.unique_keys, *actual.exclusions)
        unique = next(each for each in keys if each.name == key.name)
        parts = unique.parts if isinstance(unique, UniqueKey) else tuple(part for part, _ in unique.parts)
        made = {column.name for column in table.columns if column.source is not Source.SERVER}
        read = [name for name in dict.fromkeys(name for part in parts for name in part.columns) if name in made]
        # Engines are made anew: what one has made it made without what is known now.
        engine = Engine(plan, registry, stored, taken)
        candidates = engine.counting(table, key.name).candidates()
        narrower = [other for other in actual.unique_keys if other is not unique and _within(other, key)]
        judged = [(unique, key.columns), *((other, other.columns) for other in narrower)]
        met_by = [
            stored_already(connection, actual, each, _texts(candidates), own, stored=table.existing > 0)
            for each, columns in judged
            for own in [_own(engine, table, columns, list(candidates))]
        ]
        taken[table.name, key.name] = np.unique(np.concatenate(met_by))
        # A value may hold more of its row than its number; what the rows will really hold is asked for at last.
        for _ in range(_ROUNDS):
            engine = Engine(plan, registry, stored, taken)
            turns, columns = engine.counting(table, key.name).planned(read)
            texts = _texts(columns)
            met = _met_by_own(connection, actual, unique, table, engine, key, texts)
            for each, names in judged:
                own = _own(engine, table, names, read)
                met = np.union1d(met, stored_already(connection, actual, each, texts, own, stored=table.existing > 0))
            if not len(met):
                break
            taken[table.name, key.name] = np.union1d(taken[table.name, key.name], turns[met])
    return taken


def _own(
    engine: Engine, table: TablePlan, key: Sequence[str], columns: Sequence[str]
) -> Mapping[str, Sequence[str | None]] | None:
    """Return, for those of the user's own rows that give all of a key, some columns; None where no row does."""
    whole = engine.given(table.name).complete(key)
    if not len(whole):
        return None
    frame = engine.frame(table.name, whole + table.existing)
    return _texts({name: frame.column(name) for name in columns})


def _met_by_own(
    connection: Connection,
    actual: Table,
    unique: UniqueKey | Exclusion,
    table: TablePlan,
    engine: Engine,
    key: KeyPlan,
    planned: Mapping[str, Sequence[str | None]],
) -> Rows:
    """Return the places of planned rows that meet one of the user's own of which the key isn't given in whole."""
    if not table.given:
        return np.zeros(0, dtype=np.int64)
    count = len(next(iter(planned.values()), ()))
    own = engine.given(table.name).place(key.columns, np.arange(count, dtype=np.int64)) < len(table.given)
    theirs, others = (
        {name: [values[place] for place in np.flatnonzero(chosen).tolist()] for name, values in planned.items()}
        for chosen in (own, ~own)
    )
    met = np.flatnonzero(~own)[stored_already(connection, actual, unique, others, theirs, stored=False)]
    if isinstance(unique, UniqueKey):
        met = np.union1d(met, np.flatnonzero(own)[repeated(connection, actual, unique, theirs)])
    return met.astype(np.int64)


def _within(other: UniqueKey, key: KeyPlan) -> bool:
    """Tell whether what a key counts decides on another key, too."""
    return other.predicate is None and bool(other.columns) and set(other.columns) <= set(key.columns)


def _texts(columns: Mapping[str, pa.Array]) -> dict[str, list[str | None]]:
    return {name: as_text(values).to_pylist() for name, values in columns.items()}
