"""What every question to a model has in common: what it may show, what it costs, and what there is to say of it."""

from __future__ import annotations

import os

from seedfast.assist import lock, payload
from seedfast.assist.ask import NotAnsweredError, Reply, ask
from seedfast.assist.settings import Assist, key
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import UsageError
from seedfast.events import Listener, ModelAsked
from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.pipeline.request import Request
from seedfast.plan.volumes import resolve


def visible(request: Request, database: Database) -> tuple[Table, ...]:
    """Return the tables that a model may know of: those that the request's flags leave."""
    skipped = {resolve(database, name) for name in request.skip}
    return tuple(
        table
        for table in database.tables
        if table.name not in skipped and (not request.schemas or table.name.schema in request.schemas)
    )


def put(question: payload.Question, settings: Assist, listener: Listener) -> Reply:
    """Return the reply to a question, of which the listener hears what it costs; else raise a ``NotAnsweredError``."""
    if question.tokens > settings.budget:
        raise NotAnsweredError(
            f"the question takes about {question.tokens:,} tokens, and its budget is {settings.budget:,}"
        )
    listener(ModelAsked(settings.name, question.about, question.tokens))
    return ask(question, settings, key(settings, os.environ))


def keep(settings: Assist, answers: lock.Lock) -> None:
    """Write answers into the lock, where they may be kept."""
    if settings.keeps:
        lock.write(settings.lock, answers)


def refuse_frozen(settings: Assist, what: str) -> None:
    """Raise the error that something would have to be asked, where nobody may be asked."""
    if settings.frozen:
        raise UsageError(
            "SF-ASSIST-LOCK",
            f"{settings.lock.name} holds no answer on {what} that fits this schema, and --frozen asks nobody.",
            "Run without --frozen where a model can be asked, and commit the file.",
        )


def unanswered(settings: Assist, why: str) -> Finding:
    """Return the finding that a model gave no usable answer."""
    message = f"{settings.name} wasn't heard: {why}. The plan is the one made without it."
    return Finding("SF-ASSIST-UNHEARD", Severity.WARNING, "", message, "`--assist off` asks nobody.")


def heard(settings: Assist, what: str, question: payload.Question, reply: Reply) -> Finding:
    """Return the finding that a model answered, with what that cost."""
    message = (
        f"{settings.name} answered on {what}: {reply.tokens_in:,} tokens in, {reply.tokens_out:,} out"
        f" (about {question.tokens:,} in were reckoned)."
    )
    kept = f"The answer is in {settings.lock.name}." if settings.keeps else "The answer is not kept: it names values."
    return Finding("SF-ASSIST-HEARD", Severity.INFO, "", message, kept)


def refused(settings: Assist, number: int) -> tuple[Finding, ...]:
    """Return the finding that so many parts of an answer are left out."""
    if not number:
        return ()
    message = f"{number} part(s) of what {settings.name} said name nothing that was asked about, or are out of bounds."
    return (Finding("SF-ASSIST-REFUSED", Severity.WARNING, "", message, "They are left out."),)
