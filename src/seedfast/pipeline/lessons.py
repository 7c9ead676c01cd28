"""What a refusal teaches, and the plan that is made with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seedfast import db
from seedfast.catalog import contents, guards
from seedfast.db import Connection
from seedfast.errors import LoadError, SeedfastError, UsageError
from seedfast.generate.engine import Engine
from seedfast.generate.existing import ExistingRows
from seedfast.load.results import Refusal
from seedfast.model.mentions import mentions
from seedfast.names import QualifiedName, quote, shown
from seedfast.pipeline import own_rows, relatives, settings
from seedfast.pipeline.asking import asked
from seedfast.pipeline.examples import observe
from seedfast.pipeline.fitting import fitted
from seedfast.pipeline.request import Prepared
from seedfast.pipeline.waiting import too_early
from seedfast.plan.options import Lesson, Options, Rejection
from seedfast.plan.rejections import rejection
from seedfast.plan.spec import Status

_OF_CONSTRAINTS = frozenset({"23503", "23505", "23P01"})
"""What deferrable constraints refuse with: foreign keys, unique keys, exclusions."""

_MOST_LESSONS = 6
"""So much is learnt of a table at most."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, the rows of the refused table that triggers had made by then, and what else could be learnt.

    Where nothing could be, ``waiting`` are tables of which it is better that they have no rows yet, and ``settings``
    those that functions read which the refused rows run.
    """

    refusal: Refusal
    made: ExistingRows
    lesson: Lesson | None
    settings: tuple[str, ...] = ()
    waiting: frozenset[QualifiedName] = frozenset()


def look(connection: Connection, prepared: Prepared, engine: Engine, refusal: Refusal) -> Refused:
    """Return a refusal with what can be found out about it while the rows before it are there."""
    beside = _beside(prepared, refusal)
    if beside is not None:
        return Refused(refusal, {}, beside)
    made = _made_by_triggers(connection, prepared, refusal)
    lesson = _learn(connection, prepared, engine, refusal)
    if lesson is not None or made:
        return Refused(refusal, made, lesson)
    early = too_early(connection, prepared.database, engine, refusal, prepared.options.behind)
    return Refused(refusal, made, None, _settings(connection, prepared, refusal), early)


def _settings(connection: Connection, prepared: Prepared, refusal: Refusal) -> tuple[str, ...]:
    """Return the settings, not given, that functions read which the rows of the refused table run."""
    if refusal.table is None:
        return ()
    return settings.read_by(guards.sources(connection, refusal.table), prepared.request.session)


def _beside(prepared: Prepared, refusal: Refusal) -> Lesson | None:
    """Return the lesson that a table's own rows stay out of a partial key, where triggers have made the rows in it.

    Rows that triggers make are often of one kind, such as the owners among a team's members.
    """
    if not refusal.held or refusal.table is None:
        return None
    known = prepared.options.lessons.get(refusal.table, Lesson())
    for key in prepared.database.by_name[refusal.table].unique_keys:
        learnt = Lesson(conditions=(f"NOT ({key.predicate})",)) if key.predicate is not None else Lesson()
        if key.name == refusal.constraint and learnt.size and not set(learnt.conditions) & set(known.conditions):
            return known.with_also(learnt)
    return None


def _made_by_triggers(connection: Connection, prepared: Prepared, refusal: Refusal) -> ExistingRows:
    """Read the rows that triggers made in a table, as far as others refer to them."""
    if not refusal.held or refusal.table is None:
        return {}
    keys = (key for table in prepared.database.tables for key in table.foreign_keys if key.parent == refusal.table)
    columns = list(dict.fromkeys(name for key in keys for name in key.parent_columns))
    table = prepared.database.by_name[refusal.table]
    columns = columns or [column.name for column in table.columns[:1]]
    return {refusal.table: contents.read_keys(connection, table, columns)}


def _learn(connection: Connection, prepared: Prepared, engine: Engine, refusal: Refusal) -> Lesson | None:
    """Ask PostgreSQL, while the parents' rows are there, what it takes in the refused table.

    Return all that is known of the table then; None where nothing new was learnt.
    """
    if refusal.table is None or refusal.table not in prepared.database.by_name:
        return None
    known = prepared.options.lessons.get(refusal.table, Lesson())
    if known.size >= _MOST_LESSONS:
        return None
    table, now = prepared.database.by_name[refusal.table], prepared.options.now
    learnt = asked(connection, table, engine, known, now=now, parents=True)
    if not learnt.size:
        learnt = observe(connection, prepared.database, engine, refusal, known, prepared.request.session) or learnt
    if not learnt.size:
        learnt = Lesson(varied=relatives.uniform(engine, refusal.table))
    both = known.with_also(learnt)
    return both if both != known else None


def dependants(prepared: Prepared, refusal: Refusal) -> set[QualifiedName]:
    """Return the tables that can't be loaded fairly without the refused one: those that lead to it, or whose triggers,
    or those of a table among these, name it.
    """
    if refusal.table is None:
        return {table.name for table in prepared.plan.tables}
    filled = [prepared.database.by_name[table.name] for table in prepared.plan.tables if table.status is Status.FILL]
    named = mentions(filled)
    led: dict[QualifiedName, set[QualifiedName]] = {}
    for table in filled:
        for other in {key.parent for key in table.foreign_keys} | named.get(table.name, frozenset()):
            led.setdefault(other, set()).add(table.name)
    lost, waiting = {refusal.table}, [refusal.table]
    while waiting:
        more = led.get(waiting.pop(), set()) - lost
        lost |= more
        waiting += sorted(more)
    return lost


def without(connection: Connection, prepared: Prepared, seen: Sequence[Refused]) -> Prepared:
    """Plan again with what refusals have taught, or without the tables from which nothing could be learnt."""
    options, made = prepared.options, prepared.made
    varied = {name for lesson in options.lessons.values() for name in lesson.varied}
    changing = frozenset(name for one in seen if one.lesson is not None for name in one.lesson.varied) - varied
    for refused in (_lasting(prepared, one, changing) for one in seen):
        after = _after(prepared, options, refused)
        if refused.refusal is seen[0].refusal or after.refused == options.refused:
            # A table that is refused for good must have been so with all others in place.
            options = after
            made = {**made, **refused.made}
    with db.snapshot(connection, prepared.request.session):
        plan, stored, taken, options = fitted(
            connection, prepared.database, prepared.existing, options, prepared.request.registry, made
        )
        engine = Engine(plan, prepared.request.registry, stored, taken)
        own_rows.hold(connection, prepared.database, plan, options, engine)
    return replace(prepared, plan=plan, stored=stored, taken=taken, options=options, made=made)


def _lasting(prepared: Prepared, refused: Refused, changing: frozenset[QualifiedName]) -> Refused:
    """Return a refusal without the parents that it was taught of tables whose rows will hold other values now."""
    lesson, name = refused.lesson, refused.refusal.table
    if lesson is None or name is None or name not in prepared.database.by_name:
        return refused
    known = prepared.options.lessons.get(name, Lesson()).parents
    leads = {column: key.parent for key in prepared.database.by_name[name].foreign_keys for column in key.columns}
    parents = {
        column: values
        for column, values in lesson.parents.items()
        if known.get(column) == values or leads.get(column) not in changing
    }
    return replace(refused, lesson=replace(lesson, parents=parents))


def _after(prepared: Prepared, options: Options, refused: Refused) -> Options:
    """Return what is asked of the planner after a refusal."""
    refusal = refused.refusal
    culprit = refusal.constraint or _raising(prepared, refusal)
    words = refusal.message + (f" ({culprit})" if culprit else "")
    written = _written_too_early(prepared, refusal)
    raised = refusal.late and not (refusal.constraint and refusal.sqlstate in _OF_CONSTRAINTS)
    # What else than children it wants is learnt from single rows, which it must look at as they come.
    unseen = raised and refusal.table in options.followed
    # What a deferred trigger refuses when all rows are in is most often a row that nothing refers to.
    childless = raised and refusal.table not in options.followed | options.early
    made = _made_with_the_row(prepared, refusal)
    elsewhere = made is not None or written is not None or bool(refused.waiting)
    learnt = bool(refused.made) or refused.lesson is not None or elsewhere or childless or unseen
    rejected = _rejected(prepared, refused, words)
    if refusal.table is None or prepared.request.plan is not None or (prepared.request.strict and not learnt):
        raise _refusal_error(prepared, refusal, words, rejected.hint)
    if refused.made:
        return replace(options, triggered={**options.triggered, refusal.table: refusal.held})
    if refused.lesson is not None:
        return replace(options, lessons={**options.lessons, refusal.table: refused.lesson})
    if made is not None and refusal.constrained is not None:
        return replace(options, self_made=options.self_made | {made}, behind=options.behind | {refusal.constrained})
    if written is not None:
        return replace(options, behind=options.behind | {written})
    if refused.waiting:
        return replace(options, behind=options.behind | refused.waiting)
    if childless:
        return replace(options, followed=options.followed | {refusal.table})
    if unseen:
        return replace(options, early=options.early | {refusal.table}, followed=options.followed - {refusal.table})
    if refusal.table not in options.partial and not refusal.late:
        return replace(options, partial=options.partial | {refusal.table})
    return replace(options, refused={**options.refused, refusal.table: rejected})


def _rejected(prepared: Prepared, refused: Refused, words: str) -> Rejection:
    refusal = refused.refusal
    if refusal.table is None:
        return Rejection(words, refusal.hint)
    return rejection(
        prepared.database,
        refusal.table,
        sqlstate=refusal.sqlstate,
        words=words,
        hint=refusal.hint,
        settings=refused.settings,
    )


def _written_too_early(prepared: Prepared, refusal: Refusal) -> QualifiedName | None:
    """Return the table whose rows, loaded before, kept a trigger from making its own there, if it is that."""
    other = refusal.constrained
    if refusal.sqlstate != "23505" or other in (None, refusal.table) or other in prepared.options.behind:
        return None
    planned = {table.name for table in prepared.plan.tables if table.status is Status.FILL}
    return other if other in planned else None


def _made_with_the_row(prepared: Prepared, refusal: Refusal) -> tuple[QualifiedName, str] | None:
    """Return the foreign key whose parent a trigger makes along with the row, if a row of that was there already."""
    if refusal.sqlstate != "23505" or refusal.table is None or refusal.constrained in (None, refusal.table):
        return None
    table = prepared.database.by_name[refusal.table]
    alone = {frozenset(key.columns) for key in table.unique_keys if key.columns and key.predicate is None}
    found = [
        (refusal.table, key.name)
        for key in table.foreign_keys
        if key.parent == refusal.constrained and frozenset(key.columns) in alone
    ]
    return next((each for each in found if each not in prepared.options.self_made), None)


def _raising(prepared: Prepared, refusal: Refusal) -> str | None:
    """Return the trigger in whose function PostgreSQL was when it refused a row, None where it was in none."""
    table = prepared.database.by_name.get(refusal.table) if refusal.table is not None else None
    for trigger in table.triggers if table is not None else ():
        name = trigger.function.name
        if f"{name}()" in refusal.context or f"{quote(name)}()" in refusal.context:
            return f"trigger {shown(trigger.name)}"
    return None


def _refusal_error(prepared: Prepared, refusal: Refusal, words: str, known: str) -> SeedfastError:
    """Return what to say of a refusal after which the run can't go on without the table."""
    request = prepared.request
    where = str(refusal.table) if refusal.table else None
    if request.plan is not None and request.plan.fingerprint != prepared.database.fingerprint:
        return UsageError(
            "SF-PLAN-MISFIT",
            f"The plan was made for another schema, and PostgreSQL refuses its rows of {where or 'a table'}: {words}. "
            "Everything was rolled back.",
            "Make the plan anew with `seedfast plan --output json`, then repeat your changes.",
        )
    detail = f"{refusal.detail} " if refusal.detail else ""
    hint = f"`seedfast explain {where}` shows how its columns were planned; --skip {where} leaves it out."
    if request.strict:
        hint = "Leave out --strict to fill the other tables."
    return LoadError(
        "SF-LOAD-REFUSED",
        f"PostgreSQL refused rows of {where or 'a table'}: {words}. {detail}Everything was rolled back.",
        known or (hint if where else "Look at the constraint that is named."),
        sqlstate=refusal.sqlstate,
        constraint=refusal.constraint,
        table=where,
    )
