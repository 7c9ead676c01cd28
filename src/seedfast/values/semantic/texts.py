"""What people and programs write in a column: titles, comments, states, codes, labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values.columns import concatenated
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.parameters import one_of
from seedfast.values.semantic.checked import CHECKS, CheckedCodes
from seedfast.values.semantic.codes import CodeGenerator
from seedfast.values.semantic.declare import code_kind, frames_kind, pool_kind, stem_kind, text_kind
from seedfast.values.semantic.frames import Frame, Frames
from seedfast.values.semantic.pools import Pool, pool
from seedfast.values.semantic.text import TextGenerator, Words, bounds, group_of, stream_of

_HASH = 40
_SHORT_CODE = 6
_VERSIONS = (10, 20, 30)


def _hash(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    wanted = int(params.get("length") or _HASH)
    return CodeGenerator("x" * max(low, wanted if high is None else min(wanted, high)), (low, high))


def _code(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    form = str(params.get("form") or "")
    if form:
        return _formed(form, params, low, high)
    prefix = str(params.get("prefix") or "")
    if high is not None and high <= len(prefix) + 1 + _SHORT_CODE:
        return CodeGenerator("A" * (high - high // 2) + "9" * (high // 2), (low, high))
    pattern = f"'{prefix}-'999999" if prefix else "AA-9999"
    return CodeGenerator(pattern, (low, high), group=group_of(params))


def _formed(form: str, params: Mapping[str, Json], low: int, high: int | None) -> Generator:
    """Return codes of the form that their trade has, with their check digit where there is room for all of it."""
    group, check = group_of(params), one_of(params, "check", ("", *CHECKS), "")
    width = len(form.replace("'", ""))
    if check and low <= width and (high is None or high >= width):
        return CheckedCodes(form, check, lengths=(low, width), group=group)
    return CodeGenerator(form, (low, high), group=group)


def _digits(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    width = max(low, 8 if high is None else min(8, high), 1)
    return CodeGenerator("1" + "9" * (width - 1), (low, high))


def _external(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    prefix = str(params.get("prefix") or "")
    pattern = f"'{prefix}_'" if prefix and (high is None or high >= len(prefix) + 13) else ""
    width = 16 if high is None else min(16, high - (len(prefix) + 1 if pattern else 0))
    return CodeGenerator(pattern + "*" * max(width, 1), (low, high), group=group_of(params))


@dataclass(frozen=True)
class _Pair:
    """Where ``text.name`` takes its nouns from."""

    noun: str

    @property
    def frame(self) -> Frame:
        words = pool("text/Quality")
        return Frame((words, f" {self.noun}")) if self.noun else Frame((words, " ", pool("text/Kind")))


def _name(params: Mapping[str, Json]) -> Frames:
    return Frames((_Pair(str(params.get("noun") or "")).frame,), group_of(params), "name")


def _identifier(params: Mapping[str, Json]) -> Generator:
    return TextGenerator(Words(pool("text/identifier")), bounds(params), gap="_", blank="")


class Version(Generator):
    """Versions such as 1.4.2."""

    def __init__(self) -> None:
        first, second, third = _VERSIONS
        self._within = first * second * third
        self.capacity = self._within * 10**6

    def values(self, draw: Draw) -> pa.Array:
        """Return a version per row."""
        return self.at(draw.below(self._within), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the versions in order."""
        _, second, third = _VERSIONS
        parts = (index // (second * third), index // third % second, index % third)
        return concatenated(*(pc.cast(pa.array(part), pa.string()) for part in parts), separator=".")


def _version(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    if low > len("0.0.0") or (high is not None and high < len("99999999.19.29")):
        return CodeGenerator("9.9.9" if high is None or high >= len("9.9.9") else "9", (low, high))
    return Version()


def _numeric(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    room = 99 if high is None else high
    return CodeGenerator("19.9" if room >= len("19.9") else "1" * max(room, 1), (low, high))


def _moment(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    room = 99 if high is None else high
    days = Pool(
        tuple(
            f"{year}-{month:02}-{day:02}"
            for year in range(2024, 2020, -1)
            for month in range(1, 13)
            for day in (3, 9, 14, 21, 27)
        )
    )
    if params.get("time") and room >= len("2024-01-01T10:00:00Z"):
        hours = Pool(tuple(f"T{hour:02}:{minute:02}:00Z" for hour in range(8, 20) for minute in range(0, 60, 7)))
        return TextGenerator(Frames((Frame((days, hours)),)), (low, high), gap="#", blank="")
    return TextGenerator(Words(days, flat=True), (low, high), gap="#", blank="")


@dataclass(frozen=True)
class _Tags(Words):
    """Several tags, apart by commas."""

    def drawn(self, draw: Draw) -> pa.Array:
        """Return two or three tags per row."""
        stream = stream_of(draw, self.group, "tags")
        picked = [self.pool.take(stream.child(str(n)).below(draw.rows, self.pool.size)) for n in range(2)]
        return concatenated(*picked, separator=",")


def _tags(params: Mapping[str, Json]) -> Generator:
    return TextGenerator(_Tags(pool("text/tag")), bounds(params), gap=",", blank="")


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds of text that people and programs write."""
    return (*_prose(), *_states(), *_codes())


def _prose() -> tuple[ValueKind, ...]:
    return (
        frames_kind("text.title", "titles", "text/title"),
        frames_kind("text.comment", "comments", "text/comment"),
        frames_kind("text.note", "notes", "text/note"),
        frames_kind("text.description", "descriptions", "text/summary"),
        frames_kind("text.review", "reviews", "text/review"),
        frames_kind("text.subject", "subjects of messages", "text/subject"),
        frames_kind("text.question", "questions", "text/question"),
        frames_kind("text.answer", "answers", "text/answer"),
        frames_kind("text.template", "templates of messages", "text/template"),
        frames_kind("text.html", "pieces of HTML", "text/html"),
        frames_kind("text.markdown", "pieces of Markdown", "text/markdown"),
        frames_kind("text.message", "messages", "text/sentence"),
        pool_kind("text.css", "pieces of CSS", "text/css"),
        pool_kind("text.json", "small JSON objects as text", "text/json"),
        pool_kind("text.reason", "reasons", "text/reason", flat=True),
        frames_kind("text.error", "messages of errors", "text/error"),
        frames_kind("text.log_message", "messages of a log", "text/log"),
        frames_kind("text.sql", "pieces of SQL", "text/code.snippet"),
        pool_kind("text.formula", "formulas and conditions", "text/formula"),
        stem_kind("text.name", "names of things", _name, params={"noun": "what the thing is"}),
    )


def _states() -> tuple[ValueKind, ...]:
    slugs = {
        "tag": "tags",
        "status": "states of a life cycle",
        "level": "levels of a log",
        "severity": "severities",
        "priority": "priorities",
        "action": "actions",
        "event": "names of events",
        "source": "sources",
        "channel": "channels",
        "frequency": "frequencies",
        "interval": "intervals",
        "plan": "plans of a subscription",
        "direction": "directions",
        "visibility": "visibilities",
        "permission": "permissions",
        "format": "formats",
        "type": "types",
        "type.data": "types of data",
        "type.account": "types of account",
        "relation": "names of tables",
        "operator": "operators",
        "status.order": "states of an order",
        "status.job": "states of a job",
        "status.account": "states of an account",
        "status.payment": "states of a payment",
        "state.machine": "states of a machine",
    }
    names = {
        "event": "event_name",
        "type": "type_name",
        "type.data": "data_type",
        "type.account": "account_type",
        "status.order": "order_status",
        "status.job": "job_status",
        "status.account": "account_status",
        "status.payment": "payment_status",
        "state.machine": "machine_state",
    }
    words = {
        "category": "categories",
        "type.object": "kinds of object",
        "duration": "durations",
        "month": "months",
        "weekday": "days of the week",
        "letter": "single letters",
        "grade": "grades",
        "answerword": "short answers",
        "question.type": "types of question",
    }
    called = {"type.object": "object_type", "answerword": "answer_word", "question.type": "question_type"}
    return (
        *(
            pool_kind(f"text.{names.get(key, key)}", text, f"text/{key}", gap="_", blank="")
            for key, text in slugs.items()
        ),
        *(pool_kind(f"text.{called.get(key, key)}", text, f"text/{key}") for key, text in words.items()),
        pool_kind("text.role", "roles", "jobs/role", gap="_", blank=""),
        pool_kind("text.shift", "shifts", "jobs/shift"),
        text_kind("text.tags", "tags apart by commas", _tags),
    )


_CODE_FORMS = {
    "prefix": "letters before the number",
    "form": "their pattern: 9 a digit, A a letter, # a letter or digit, 'X' an X",
    "check": "the check digit that takes the place of a 0 of the pattern: " + ", ".join(CHECKS),
}
"""The parameters of codes."""


def _codes() -> tuple[ValueKind, ...]:
    return (
        text_kind("text.version", "versions such as 1.4.2", _version),
        text_kind("text.hash", "hexadecimal digits", _hash, {"length": "digits of a value"}),
        text_kind("text.code", "short codes", _code, _CODE_FORMS),
        text_kind("text.digits", "numbers written as text", _digits),
        text_kind("text.number", "measured numbers written as text", _numeric),
        text_kind("text.datetime", "dates written as text", _moment, {"time": "whether a time follows"}),
        text_kind("text.external_id", "identifiers of other systems", _external, {"prefix": "letters before it"}),
        text_kind("text.identifier", "names of columns and fields", _identifier),
        code_kind("text.color_hex", "colours such as #3fa2b1", "#xxxxxx".replace("#", "'#'")),
        pool_kind("text.language_code", "ISO 639-1 codes of languages", "codes/language", gap="-", blank=""),
        pool_kind("text.language", "languages", "codes/language.name"),
        pool_kind("text.currency_code", "ISO 4217 codes of currencies", "codes/currency", gap="-", blank=""),
        pool_kind("text.currency", "currencies", "codes/currency.name"),
        pool_kind("text.currency_symbol", "symbols of currencies", "codes/currency.symbol"),
        code_kind("text.iban", "account numbers in the form of an IBAN, of no bank", "'XX00'9999999999999999"),
        code_kind("text.bic", "codes in the form of a BIC, of no bank", "AAAA'XX'##"),
        pool_kind("text.license", "licences", "internet/license", gap="-", blank=""),
        pool_kind("text.cron", "schedules of cron", "text/cron"),
        pool_kind("text.locale", "locales such as de_DE", "codes/locale", gap="_", blank=""),
        pool_kind("text.locale_tag", "locales such as de-DE", "codes/locale.tag", gap="-", blank=""),
        code_kind("text.isbn", "numbers in the form of an ISBN, of no book", "'979-8-'9999'-'9999'-'9"),
        text_kind("text.serial", "serial numbers", lambda p: _code({"form": "AA99999999", **p}), _CODE_FORMS),
        code_kind("text.plate", "licence plates", "AA-AA-999"),
        code_kind("text.sequence", "letters of a sequence", "AAAAAAAAAAAAAAAAAAAA"),
    )
