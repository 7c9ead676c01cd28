"""Which moments of a row come before which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter

from seedfast.model.table import Column, ForeignKey, Table
from seedfast.names import QualifiedName
from seedfast.semantics.lexicon import Phrases, lexicon
from seedfast.semantics.words import words

_MOMENTS = {"date": "date", "timestamp": "timestamp", "timestamptz": "timestamp"}
_ENDINGS = frozenset(
    {"at", "on", "date", "time", "timestamp", "datetime", "utc", "day", "stamp", "am", "en", "em", "le"}
)
_MOMENT_END = re.compile(r"_?(?:date_?time|timestamp|date|time)$|_(?:at|on)$|(?<=[a-z])(?:DateTime|Date|Time|At|On)$")


_PLAIN = frozenset({"date", "day", "time", "timestamp", "datetime"})
"""Names of the only moment that a thing has."""


def trimmed(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a moment's name without those that only say that it is one."""
    end = len(name)
    while end > 1 and name[end - 1] in _ENDINGS:
        end -= 1
    begin = 1 if end > 1 and name[0] in ("date", "time", "timestamp", "datetime") else 0
    return name[begin:end]


def chronology(table: Table) -> tuple[tuple[str, str], ...]:
    """Return pairs of date or time columns whose first must not be later than the second in any row.

    The pairs make no ring. A date beside a timestamp is the beginning of that day. What is said to have happened to a
    row comes after its creation, even where no chain knows it.
    """
    later: dict[str, set[str]] = {}
    pairs: list[tuple[str, str]] = []
    moments = [column for column in table.columns if column.type.storage.name in _MOMENTS]
    place = {column.name: number for number, column in enumerate(table.columns)}
    passing = dict.fromkeys(_passing(moments))
    for one, other in passing:
        # A flight departs and arrives, a guest arrives and departs: the author wrote down first what comes first.
        astray = (other, one) in passing and place[one] > place[other]
        if one != other and not astray and not _reaches(later, other, one):
            pairs.append((one, other))
            later.setdefault(one, set()).add(other)
    for created in (column for column in moments if trimmed(words(column.name)) in _CREATED):
        for column in moments:
            tied = any(column.name in pair for pair in pairs) or column == created
            if not tied and (_happens(column.name) or recurs(column.name)):
                pairs.append((created.name, column.name))
                later.setdefault(created.name, set()).add(column.name)
    last = written(table)
    for name in (column.name for column in moments if last and trimmed(words(column.name)) not in _WRITTEN):
        # What happens to a row is written into it.
        if last and (_happens(name) or recurs(name)) and not _reaches(later, last, name):
            pairs.append((name, last))
            later.setdefault(name, set()).add(last)
    return tuple(dict.fromkeys(pairs))


def _passing(moments: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Yield columns and those of the stages that follow, up to the first stage that no row leaves out."""
    for chain in lexicon().chains:
        staged = [(stage, column, before) for column in moments for stage, before in _stages(chain, words(column.name))]
        for stage, column, before in staged:
            later = [(s, one) for s, one, prefix in staged if s > stage and prefix == before]
            sure = min((s for s, one in later if not one.nullable), default=len(chain))
            yield from ((column.name, one.name) for s, one in sorted(later, key=itemgetter(0)) if s <= sure)
    yield from _unsaid(moments)


def _unsaid(moments: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Yield the ends of things with a moment that nothing but the thing's name tells of: it is when that began."""
    begins, ends = _beginning_and_end()
    for end in moments:
        for _, before in _stages((ends,), words(end.name)):
            there = [one for one in moments if one != end]
            if not any(_stages((begins,), words(one.name)) == ((0, before),) for one in there):
                plain = {(word,) for word in _PLAIN} if not before else {before}
                yield from ((one.name, end.name) for one in there if trimmed(words(one.name)) in plain)


@cache
def _beginning_and_end() -> tuple[Phrases, Phrases]:
    """Return the phrases for the beginning of anything, and for its end."""
    return _periods()[0]


_CREATED = frozenset({("created",), ("creation",), ("inserted",), ("registration",), ("create",)})
_WRITTEN = frozenset({
    ("updated",), ("update",), ("modified",), ("modification",), ("changed",), ("last", "updated"), ("last", "update"),
    ("last", "modified"), ("last", "changed"),
})  # fmt: skip
_WITHOUT_ROW = frozenset({
    "birth", "born", "founded", "established", "incorporated", "built", "manufactured", "produced", "occurred",
    "happened", "recorded", "measured", "observed", "captured", "collected", "sampled", "hired", "joined", "ordered",
    "purchased", "acquired", "issued", "dated", "invoiced", "billed", "admitted", "visited", "expected", "estimated",
    "scheduled", "planned", "required", "promised", "expired", "registered", "based", "need", "speed", "feed", "fixed",
    "released", "licensed", "certified", "printed", "opened", "placed", "posted", "received", "requested",
})  # fmt: skip
"""Words of moments that may be before somebody wrote the row down, or are yet to come."""

_HAPPENED = frozenset({"sent", "paid", "read", "seen", "run", "begun", "left", "withdrawn", "reset", "won", "lost"})
_AGAIN = frozenset({"last", "latest", "heartbeat", "synced", "sync", "accessed", "access", "activity", "seen", "ping"})


def _happens(name: str) -> bool:
    """Tell whether a moment's name says what happened to a row: ``claimed_at``, ``cancel_requested_at``."""
    said = trimmed(words(name))
    if "by" in said[1:]:
        # Who did it doesn't matter: ``renamed_by_user_at``.
        said = said[: said.index("by", 1)]
    alone = len(said) == 1 and said[0] in _WITHOUT_ROW
    # When what a row is about was created says the one who speaks of that: it was before.
    others = len(said) > 1 and said[-1:] in _CREATED
    to_come = not said or "next" in said
    return not (to_come or alone or others) and (said[-1].endswith("ed") or said[-1] in _HAPPENED)


def recurs(name: str) -> bool:
    """Tell whether a moment is the latest of many, however old the row is: ``last_used_at``, ``heartbeat_at``."""
    return bool(_AGAIN & set(trimmed(words(name))))


def same_days(table: Table) -> tuple[tuple[str, str], ...]:
    """Return pairs of a date and a timestamp that tell of one moment: ``visit_date`` and ``visit_datetime``."""
    named = [(column, _MOMENT_END.sub("", column.name).lower()) for column in table.columns]
    dates = {said: column.name for column, said in named if said and column.type.storage.name == "date"}
    return tuple(
        (dates[said], column.name)
        for column, said in named
        if column.type.storage.name in ("timestamp", "timestamptz") and said in dates
    )


@lru_cache(maxsize=1 << 14)
def _stages(chain: tuple[Phrases, ...], name: tuple[str, ...]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the stage of a chain that a name says, with the words before it; nothing where it says none."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    for stage, phrases in enumerate(chain):
        for spelling in dict.fromkeys((name, trimmed(name))):
            for found in phrases.find(spelling, anywhere=False)[:1]:
                weight = len(found.phrase)
                if best is None or weight > best[0]:
                    best = (weight, stage, found.before)
    return () if best is None else (best[1:],)


def _reaches(later: dict[str, set[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], set()
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(sorted(later.get(name, ())))
    return False


def lasts(table: Table) -> int | None:
    """Return how many seconds what a table holds lasts at most, None where its name doesn't say."""
    found = lexicon().lasting.find(words(table.name.name))
    return int(found[0].target) if found else None


_BY_DAYLIGHT = frozenset({
    "appointment", "consultation", "interview", "lesson", "tutoring", "exam", "examination", "viewing", "meeting",
    "call", "lecture", "class", "workshop", "webinar", "visit", "slot", "booking", "delivery", "inspection",
})  # fmt: skip
"""What tables hold that people go to by day."""


def is_by_daylight(table: Table) -> bool:
    """Tell whether what a table holds takes place while offices are open."""
    return bool(_BY_DAYLIGHT & set(words(table.name.name)))


_NO_BEGINNING = frozenset({
    "birth", "born", "dob", "death", "died", "expires", "expired", "expiry", "expiration", "expire", "due", "deadline",
    "until", "through", "thru", "end", "ends", "ended", "to", "next", "last", "updated", "update", "modified",
    "modification", "changed", "deleted", "deletion", "removed", "archived", "required", "promised", "valid",
    "effective", "renewal", "anniversary",
})  # fmt: skip
_BEGINNINGS = (
    "created",
    "creation",
    "create",
    "inserted",
    "insertion",
    "registered",
    "registration",
    "entered",
    "joined",
    "added",
    "opened",
    "ordered",
    "order",
    "placed",
)


def beginning(table: Table) -> str | None:
    """Return the column that says when a row's thing came to be: what follows from it can't be earlier.

    It is the column that says so by its name, else the only moment of the row that isn't one of its ends.
    """
    moments = [column for column in table.columns if column.type.storage.name in _MOMENTS]
    named = {column.name: trimmed(words(column.name)) for column in moments}
    for word in _BEGINNINGS:
        for column in moments:
            if named[column.name] == (word,):
                return column.name
    later = {second for _, second in chronology(table)}
    exact = {moment: day for day, moment in same_days(table)}
    first = [name for name, said in named.items() if name not in later and not _NO_BEGINNING & set(said)]
    told = [name for name in first if exact.get(name) not in first]
    return told[0] if len(told) == 1 else None


_GONE = frozenset({("deleted",), ("deletion",), ("removed",), ("archived",), ("retired",)})


def passing(table: Table) -> tuple[str, ...]:
    """Return the columns that say when a row's thing was done away with, after which nothing comes of it."""
    moments = (column.name for column in table.columns if column.type.storage.name in _MOMENTS)
    return tuple(name for name in moments if trimmed(words(name)) in _GONE)


def written(table: Table) -> str | None:
    """Return the column that says when a row was last written."""
    moments = (column.name for column in table.columns if column.type.storage.name in _MOMENTS)
    return next((name for name in moments if trimmed(words(name)) in _WRITTEN), None)


_PARTS = frozenset({
    "detail", "phase", "task", "leg", "segment", "session", "stage", "step", "sprint", "lesson", "part", "period",
    "milestone", "episode", "shift", "activity", "slot", "lap", "round", "chapter", "subtask", "module", "transfer",
})  # fmt: skip
"""Words that end the names of tables whose rows are stretches of something longer."""

_WHOLES = frozenset({
    "visit", "encounter", "admission", "stay", "hospitalization", "session", "trip", "voyage", "cruise", "expedition",
    "shift", "sprint", "semester", "match", "race", "campaign", "tournament", "conference", "festival",
})  # fmt: skip
"""Words that end the names of what things happen in: measurements of a visit, clicks of a session."""

_IN_FORCE = frozenset({"valid", "effective"})

_ENTRANCES = ("begin", "admit", "in")
"""How chains start that tell when something begins and when it ends, where it is the row's own thing that does."""


def periods(table: Table) -> tuple[tuple[str, str], ...]:
    """Return pairs of columns, of one type each, in which a row's thing begins and ends; not that it is in force."""
    moments = [column for column in table.columns if column.type.storage.name in _MOMENTS]
    pairs: dict[tuple[str, str], None] = {}
    for ends in _periods():
        staged = {
            (stage, before, column.type.storage.name): column.name
            for column in moments
            for stage, before in _stages(ends, words(column.name))
        }
        for (stage, before, kind), name in staged.items():
            if stage == 0 and (1, before, kind) in staged and not _IN_FORCE & set(before):
                pairs[name, staged[1, before, kind]] = None
    return tuple(pairs)


_TAKES_PLACE = frozenset({
    ("scheduled",), ("scheduled", "for"), ("appointment",), ("start",), ("starts",), ("begin",), ("begins",),
    ("departure",), ("departs",), ("slot",), ("check", "in"), ("checkin",), ("arrival",), ("pickup",), ("kickoff",),
    ("event",),
})  # fmt: skip
"""What says when something takes place, where nothing says when it ends."""


def takes_place(table: Table) -> tuple[str, str | None] | None:
    """Return the columns that say when what a row plans begins, and when it ends if anything does; None for neither."""
    for start, end in periods(table):
        return start, end
    moments = (column.name for column in table.columns if column.type.storage.name in _MOMENTS)
    return next(((name, None) for name in moments if trimmed(words(name)) in _TAKES_PLACE), None)


@cache
def _periods() -> tuple[tuple[Phrases, Phrases], ...]:
    """Return the phrases for the beginning and for the end of what lasts, of anything first."""
    chains = lexicon().chains
    first = (next(chain for chain in chains if chain[0].find((word,), anywhere=False)) for word in _ENTRANCES)
    return tuple((chain[0], chain[-1]) for chain in first)


def is_stretch(table: QualifiedName, whole: QualifiedName) -> bool:
    """Tell whether rows of a table lie within another's: ``visit_details`` and whatever else happens in visits,
    ``tasks`` of projects.
    """
    mine, theirs = words(table.name), words(whole.name)
    part = bool(_PARTS & set(mine[-1:])) or (len(mine) > 1 and mine[:1] == theirs[:1])
    return table != whole and (part or bool(_WHOLES & {*theirs[:1], *theirs[-1:]}))


def dated_by(table: Table, tables: Mapping[QualifiedName, Table]) -> tuple[ForeignKey | None, str] | None:
    """Return the column that says when a row's thing came to be, and the key to the parent that has it, if one has.

    A row without a moment of its own, such as a line, is as old as what it belongs to: the parent that its key names.
    """
    own = beginning(table)
    if own is not None:
        return None, own
    primary = {name for key in table.unique_keys if key.primary for name in key.columns}
    required = (key for key in table.foreign_keys if not any(table.column(name).nullable for name in key.columns))
    for key in sorted(required, key=lambda key: not primary & set(key.columns)):
        theirs = beginning(tables[key.parent]) if key.parent in tables and key.parent != table.name else None
        if theirs is not None:
            return key, theirs
    return None
