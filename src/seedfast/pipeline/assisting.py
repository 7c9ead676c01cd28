"""Where a model is asked, and what its answers come to; without an answer the plan is the one made offline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from seedfast import codec, db
from seedfast.assist import ground, lock, payload
from seedfast.assist.ask import NotAnsweredError, request_of
from seedfast.assist.lock import ColumnAnswer, ScopeAnswer
from seedfast.assist.redact import redacted
from seedfast.assist.settings import Assist
from seedfast.catalog.introspect import introspect
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import UsageError
from seedfast.events import Listener, ignore
from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.names import QualifiedName, shown
from seedfast.pipeline import inquiry, vocabulary
from seedfast.pipeline.request import Request
from seedfast.plan.understanding import spoken
from seedfast.plan.volumes import resolve_column
from seedfast.scope import described, written
from seedfast.scope.apply import resolved
from seedfast.scope.interpret import Reading, interpret

_Columns = Mapping[QualifiedName, Sequence[str]]


def understood(
    reading: Reading, words: str, request: Request, database: Database, now: datetime, listener: Listener = ignore
) -> tuple[Reading, tuple[Finding, ...]]:
    """Return a reading with what a model makes of the words that it left over, and what there is to say of that."""
    settings = request.assist
    if settings is None or not reading.unused:
        return reading, ()
    tables = inquiry.visible(request, database)
    known = lock.read(settings.lock)
    asked = _asked(words, reading, settings)
    answer, findings = known.scopes.get(asked), []
    if answer is None or answer.prints != _prints(answer, database):
        inquiry.refuse_frozen(settings, "the sentence")
        question = _scope_question(words, reading, tables, settings, now)
        try:
            reply = inquiry.put(question, settings, listener)
        except NotAnsweredError as error:
            return reading, (inquiry.unanswered(settings, str(error)),)
        stands = ground.scope(reply.data, words, database, [table.name for table in tables])
        findings = [inquiry.heard(settings, "the request", question, reply), *inquiry.refused(settings, stands.refused)]
        prints = ground.prints(stands.spec, database)
        answer = ScopeAnswer(settings.name, redacted(words), prints, stands.wishes, stands.unclear)
        inquiry.keep(settings, known.with_scope(asked, answer))
    theirs = resolved(written.read(answer.wishes), database)
    mine = resolved(reading.spec, database)
    spec = ground.joined(mine, theirs)
    changes = described.differences(mine, spec)
    if not changes:
        return reading, tuple(findings)
    left = tuple(one for one in reading.unused if any(_meets(one.words, word) for word in answer.unclear))
    message = f"{answer.model} reads more in the request: {'; '.join(change[2:] for change in changes)}."
    findings.append(Finding("SF-ASSIST-SCOPE", Severity.INFO, "", message, "What holds is in [scope] with --save."))
    return replace(reading, spec=spec, unused=left), tuple(findings)


def meanings(
    request: Request, database: Database, accepts: Any, now: datetime, listener: Listener = ignore
) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return what a model says that columns hold whose names say nothing, as ``[columns]`` would, with findings."""
    settings = request.assist
    if settings is None or request.plan is not None:
        return {}, ()
    known = lock.read(settings.lock)
    wanted, open_ = _unread(request, database, known, now)
    findings: tuple[Finding, ...] = ()
    if open_:
        inquiry.refuse_frozen(settings, f"{_number(open_)} column(s)")
        question = payload.for_columns(open_, database, request.registry)
        try:
            reply = inquiry.put(question, settings, listener)
        except NotAnsweredError as error:
            return _held(wanted, known), (inquiry.unanswered(settings, str(error)),)
        found, refused = ground.columns(reply.data, open_, accepts)
        answers = {
            _place(table, name): ColumnAnswer(
                settings.name, payload.print_of(database.by_name[table].column(name)), found.get((table, name))
            )
            for table, names in open_.items()
            for name in names
        }
        known = known.with_columns(answers)
        inquiry.keep(settings, known)
        about = f"{len(found)} of {_number(open_)} columns"
        findings = (inquiry.heard(settings, about, question, reply), *inquiry.refused(settings, refused))
    return _held(wanted, known), findings


def shown_payload(request: Request) -> tuple[tuple[str, int], ...]:
    """Return the requests that planning would send to the model, and about how many tokens each takes; none is sent."""
    settings = request.assist
    if settings is None:
        raise UsageError(
            "SF-ASSIST-SETTING", "No model is configured, so nothing is sent.", "Name one with --assist PROVIDER:MODEL."
        )
    with db.connect(request.dsn) as connection, db.snapshot(connection, request.session):
        database = introspect(connection)
    now, known = request.now, lock.read(settings.lock)
    questions = []
    words = request.words or (request.scope.text if request.scope else "")
    if words:
        reading = interpret(words, database, now=now, packs=request.registry.packs)
        answer = known.scopes.get(_asked(words, reading, settings))
        if reading.unused and (answer is None or answer.prints != _prints(answer, database)):
            questions.append(_scope_question(words, reading, inquiry.visible(request, database), settings, now))
    questions += vocabulary.questions(request, database, settings)
    _, open_ = _unread(vocabulary.held(request, database), database, known, now)
    if open_:
        questions.append(payload.for_columns(open_, database, request.registry))
    return tuple((request_of(question, settings), question.tokens) for question in questions)


def _scope_question(
    words: str, reading: Reading, tables: Sequence[Table], settings: Assist, now: datetime
) -> payload.Question:
    unused = [one.words for one in reading.unused]
    return payload.for_scope(words, unused, tables, now=now, send=settings.send)


def _asked(words: str, reading: Reading, settings: Assist) -> str:
    """Return the name of a question in the lock: a fingerprint of what it rests on besides the schema."""
    return codec.fingerprint([words, [one.words for one in reading.unused], sorted(settings.send)])


def _prints(answer: ScopeAnswer, database: Database) -> Mapping[str, str] | None:
    try:
        return ground.prints(resolved(written.read(answer.wishes), database), database)
    except UsageError:
        return None


def _unread(request: Request, database: Database, known: lock.Lock, now: datetime) -> tuple[_Columns, _Columns]:
    """Return the columns that a model is asked about, and those of them that no answer holds for."""
    set_already = {resolve_column(database, name) for name in request.columns}
    domains = spoken(database, request.registry.packs, request.seed, ())
    found = payload.unread(inquiry.visible(request, database), domains, now=now)
    wanted = {
        table: tuple(name for name in names if (table, name) not in set_already) for table, names in found.items()
    }
    open_ = {
        table: tuple(
            name
            for name in names
            if (answer := known.columns.get(_place(table, name))) is None
            or answer.print != payload.print_of(database.by_name[table].column(name))
        )
        for table, names in wanted.items()
    }
    return wanted, {table: names for table, names in open_.items() if names}


def _held(wanted: _Columns, known: lock.Lock) -> Mapping[str, Any]:
    places = [_place(table, name) for table, names in wanted.items() for name in names]
    answers = {place: known.columns.get(place) for place in places}
    return {place: answer.holds for place, answer in answers.items() if answer is not None and answer.holds}


def _meets(words: str, word: str) -> bool:
    return bool(set(words.casefold().split()) & set(word.casefold().split()))


def _place(table: QualifiedName, column: str) -> str:
    return f"{table}.{shown(column)}"


def _number(columns: _Columns) -> int:
    return sum(map(len, columns.values()))
