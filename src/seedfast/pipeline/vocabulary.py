"""Where a model is asked for data packs: of tables of a trade that no pack covers, a few tables a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from seedfast import codec
from seedfast.assist import lock, payload, vetting
from seedfast.assist.ask import NotAnsweredError
from seedfast.assist.lock import Lock, PackAnswer
from seedfast.assist.settings import Assist
from seedfast.assist.uncovered import uncovered
from seedfast.diagnostics import Finding
from seedfast.events import Listener, ignore
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.pipeline import inquiry
from seedfast.pipeline.request import Request
from seedfast.plan.understanding import spoken
from seedfast.plan.volumes import resolve_column

_Columns = Mapping[QualifiedName, tuple[str, ...]]

_TABLES = 6
"""The most tables of one question: a reply has only so much room."""


def vocabulary(
    request: Request, database: Database, listener: Listener = ignore
) -> tuple[Request, tuple[Finding, ...]]:
    """Return the request with the data packs that a model writes for tables that no pack covers, with findings.

    Where a plan is given, nobody is asked: it names the packs that it draws from.
    """
    settings = request.assist
    if settings is None:
        return request, ()
    wanted, known = _wanted(request, database), lock.read(settings.lock)
    findings: tuple[Finding, ...] = ()
    if request.plan is None:
        known, findings = _asked(wanted, known, database, settings, listener)
    return _advised(request, wanted, known, database, settings), findings


def held(request: Request, database: Database) -> Request:
    """Return the request with the data packs that the lock holds, as far as they fit the schema; nobody is asked."""
    settings = request.assist
    if settings is None:
        return request
    return _advised(request, _wanted(request, database), lock.read(settings.lock), database, settings)


def _advised(request: Request, wanted: _Columns, known: Lock, database: Database, settings: Assist) -> Request:
    told = tuple(
        vetting.advice(name, columns, answer.said)
        for name, columns in wanted.items()
        if (answer := known.packs.get(str(name))) is not None
        and answer.print == _print(name, columns, database, settings)
        and vetting.speaks(answer.said, name, columns, database)
    )
    return replace(request, told=told)


def _asked(
    wanted: _Columns, known: Lock, database: Database, settings: Assist, listener: Listener
) -> tuple[Lock, tuple[Finding, ...]]:
    """Ask for what no answer holds for, and return the answers with what there is to say of them."""
    found, left = list[Finding](), settings.budget
    for columns in _unanswered(wanted, known, database, settings):
        inquiry.refuse_frozen(settings, f"{len(columns)} table(s) that no data pack covers")
        question = payload.for_pack(columns, database, send=settings.send)
        left -= question.tokens
        try:
            if left < 0:
                raise NotAnsweredError(f"so many tables take more than its budget of {settings.budget:,} tokens")
            reply = inquiry.put(question, settings, listener)
        except NotAnsweredError as error:
            return known, (*found, inquiry.unanswered(settings, str(error)))
        stands = vetting.vetted(reply.data, columns, database)
        answers = {
            str(name): PackAnswer(settings.name, _print(name, each, database, settings), stands.packs.get(name))
            for name, each in columns.items()
        }
        known = known.with_packs(answers)
        inquiry.keep(settings, known)
        about = f"{len(stands.packs)} of {len(columns)} tables that no data pack covers"
        found += [inquiry.heard(settings, about, question, reply), *inquiry.refused(settings, stands.refused)]
    return known, tuple(found)


def questions(request: Request, database: Database, settings: Assist) -> Iterator[payload.Question]:
    """Yield the questions that would be asked."""
    for columns in _unanswered(_wanted(request, database), lock.read(settings.lock), database, settings):
        yield payload.for_pack(columns, database, send=settings.send)


def _wanted(request: Request, database: Database) -> _Columns:
    """Return the columns that a model's packs may speak of, by table: those that nobody has set."""
    domains = spoken(database, replace(request, told=()).registry.packs, request.seed, ())
    found = uncovered(inquiry.visible(request, database), domains, now=request.now)
    set_already = {resolve_column(database, name) for name in request.columns}
    left = {table: tuple(name for name in names if (table, name) not in set_already) for table, names in found.items()}
    return {table: names for table, names in left.items() if names}


def _unanswered(wanted: _Columns, known: Lock, database: Database, settings: Assist) -> Iterator[_Columns]:
    """Yield the tables that no answer holds for, a few at a time."""
    open_ = [
        name
        for name, columns in wanted.items()
        if (answer := known.packs.get(str(name))) is None or answer.print != _print(name, columns, database, settings)
    ]
    for first in range(0, len(open_), _TABLES):
        yield {name: wanted[name] for name in open_[first : first + _TABLES]}


def _print(name: QualifiedName, columns: Sequence[str], database: Database, settings: Assist) -> str:
    return codec.fingerprint([str(name), payload.spoken_of(database.by_name[name], columns, settings.send)])
