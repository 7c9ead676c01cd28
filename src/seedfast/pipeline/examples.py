"""Learning from examples: rows are put to PostgreSQL one by one, and what it takes tells what a trigger wants.

Triggers, functions and policies set conditions that the schema's constraints don't say. What is learnt has the form of
one: a condition in SQL, a list of parents that a foreign key may pick, or a column that is left to its default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from seedfast.catalog import guards
from seedfast.constraints.induction import induce
from seedfast.constraints.raises import demands
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.db import Connection
from seedfast.generate import proposals
from seedfast.generate.engine import Engine
from seedfast.generate.existing import as_text
from seedfast.load.results import Refusal
from seedfast.load.trials import attempt, attempt_together
from seedfast.model.database import Database
from seedfast.model.table import Column, Table
from seedfast.names import QualifiedName, literal, quote
from seedfast.pipeline import relatives, settings
from seedfast.plan.options import Lesson
from seedfast.plan.spec import Having, Method, ReferencePlan, Source, TablePlan

_ROWS = 50
"""Rows of a table that are tried as they were planned."""

_MORE_ROWS = 200
"""Rows that are tried where few of those planned were taken."""

_FEW = 8
"""So many rows taken tell something."""

_BASES = 3
"""Refused rows in which other values are tried."""

_PARENTS = 300
"""Parents that are tried in a row."""

_CHOICES = 12
"""Other values that are tried for a column."""

_DAYS = (0, 1, 7, 30, 90, 365, -1, -30, -365, -3_650)
"""The days from now that are tried for a moment."""

_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_COUNTED = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})
_WORDS = frozenset({"text", "varchar", "bpchar", "citext", "uuid"})

_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_PATTERN = re.compile(r"\^|\$$|\[.+\]|\\d")
_NUMBER = re.compile(r"(?<![\w.$])\d{1,9}(?:\.\d+)?(?![\w.])")

_TEXTS = 6_000
"""Texts of many forms that are tried for a column."""

_UNIQUE_VIOLATION = "23505"
_DATA_EXCEPTION = "22"

Rows = dict[str, list[str | None]]


def observe(
    connection: Connection,
    database: Database,
    engine: Engine,
    refusal: Refusal,
    known: Lesson,
    session: Mapping[str, str],
) -> Lesson | None:
    """Return what sets the rows that PostgreSQL takes apart from those that it refuses; None where nothing seems to.

    It runs inside the load's transaction, where the rows of the tables loaded before are there. ``session`` are the
    settings that were given.
    """
    plan = engine.plan
    collides = refusal.sqlstate == _UNIQUE_VIOLATION
    if refusal.table is None or refusal.table not in database.by_name or refusal.late or collides:
        return None
    table, planned = database.by_name[refusal.table], plan.table(refusal.table)
    if not planned.rows or any(step.method is Method.TOGETHER and table.name in step.tables for step in plan.steps):
        return None
    now = datetime.fromisoformat(plan.now)
    return _Observer(connection, database, engine, table, planned, refusal, known, now, session).lesson()


def planned(engine: Engine, name: QualifiedName) -> Rows:
    """Return the first rows of a table as they will be inserted, as text."""
    later = {
        column
        for step in engine.plan.steps
        for postponed in step.postponed
        if postponed.table == name
        for column in postponed.columns
    }
    batch = engine.batch(name, 0, min(_ROWS, engine.plan.table(name).rows))
    return {
        column: [None] * batch.num_rows if column in later else as_text(batch.column(column)).to_pylist()
        for column in batch.schema.names
    }


@dataclass(frozen=True, slots=True)
class _Observer:
    """One refused table, looked at."""

    connection: Connection
    database: Database
    engine: Engine
    table: Table
    plan: TablePlan
    refusal: Refusal
    known: Lesson
    now: datetime
    session: Mapping[str, str]

    def lesson(self) -> Lesson | None:
        """Return what the rows teach."""
        rows = planned(self.engine, self.table.name)
        taken, refused = self._judged(rows)
        if not _count(refused):
            # Each row is good by itself: it is what they come to together that is refused.
            return self._other_values(rows, guards.sources(self.connection, self.table.name), together=True)
        if self.refusal.sqlstate.startswith(_DATA_EXCEPTION) and (malformed := self._malformed(refused)) is not None:
            return malformed
        source = guards.sources(self.connection, self.table.name)
        said = demands(source, self.table, now=self.now)
        if set(said) - set(self.known.conditions):
            return Lesson(conditions=said)
        told = relatives.told(self.connection, self.engine, self.database, self.plan, self.known)
        if told.size:
            return told
        for agreement in relatives.agreements(self.database, self.plan):
            bases = _chosen(refused, range(min(_FEW, _count(refused))))
            agreeing = relatives.agreeing(self.connection, self.plan, agreement, bases)
            good, bad = self._judged(agreeing) if _count(agreeing) else (agreeing, agreeing)
            if _count(good) and not _count(bad) and agreement not in self.known.agreements:
                return Lesson(agreements=(agreement,))
        if not _count(taken):
            few = _chosen(refused, range(min(_FEW, _count(refused))))
            given = settings.found(self.connection, self.plan, few, source, self.session)
            if given and given != self.known.settings:
                return Lesson(settings=given)
        if _count(taken) < _FEW and all(reference.parent != self.table.name for reference in self.plan.references):
            taken, refused = _joined((taken, refused), self._judged(self._loose()))
        if _count(taken):
            named, unsure = self._looked_at(source), None
            for columns in (named, self._free() - named):
                found = induce(self.table, *({c: rows[c] for c in rows if c in columns} for rows in (taken, refused)))
                found = () if any(map(self._of_a_parent, found)) else found
                lesson = Lesson(conditions=found) if found else None
                if lesson is not None and not self._confirmed(lesson, taken, refused):
                    lesson, unsure = None, unsure or lesson
                lesson = lesson or self._parents(taken, refused, source)
                if lesson is not None:
                    return lesson
            if unsure is not None:
                return unsure
        return self._parents(refused, refused, source) or self._other_values(_few(refused), source)

    def _confirmed(self, lesson: Lesson, taken: Rows, refused: Rows) -> bool:
        """Tell whether refused rows are taken with a taken row's values in the columns of which conditions speak.

        What sets few rows apart may do so by chance.
        """
        said = " ".join(lesson.conditions)
        bases = range(min(_BASES, _count(taken), _count(refused)))
        good, rows = _chosen(taken, bases), _chosen(refused, bases)
        rows |= {name: held for name, held in good.items() if quote(name) in said}
        return self._taken(rows, together=False) > 0

    def _of_a_parent(self, condition: str) -> bool:
        """Tell whether a condition compares nothing but a parent's key: whose that is changes with the rows."""
        named = [column for column in self.plan.columns if quote(column.name) in condition]
        return len(named) == 1 and named[0].source is Source.REFERENCE and "NULL" not in condition

    def _free(self) -> frozenset[str]:
        """Return the columns on which conditions may be put: those that don't just count."""
        serial = {column.name for column in self.table.columns if column.sequence is not None}
        return frozenset(column.name for column in self.plan.columns) - serial

    def _looked_at(self, source: str) -> frozenset[str]:
        """Return the columns that the function reads from the new row, or that the message names."""
        new = {name.lower() for name in re.findall(r'\bnew\s*\.\s*"?(\w+)', source, re.IGNORECASE)}
        words = new or set(re.findall(r"\w+", source.lower()))
        words |= set(re.findall(r"\w+", self.refusal.message.lower()))
        return frozenset(name for name in self._free() if name.lower() in words)

    def _loose(self) -> Rows:
        names = [column.name for column in self.plan.columns if column.source is not Source.SERVER]
        return proposals.rows(self.engine, self.table.name, names, _MORE_ROWS)

    def _judged(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the rows taken, and those refused for the reason at hand; what fails for another tells nothing."""
        verdicts = attempt(self.connection, self.plan, rows)
        states = {"", self.refusal.sqlstate}
        taken = [n for n, verdict in enumerate(verdicts) if verdict.taken]
        refused = [n for n, verdict in enumerate(verdicts) if not verdict.taken and verdict.sqlstate in states]
        return _chosen(rows, taken), _chosen(rows, refused)

    def _malformed(self, refused: Rows) -> Lesson | None:
        """Return which texts the expressions of indexes and triggers can read, of the columns whose own they can't."""
        free = [c for c in self._text_columns() if self.plan.column(c.name).source is Source.GENERATED]
        base = _chosen(refused, [0])
        bare: Rows = {**base, **{column.name: [None] for column in free if column.nullable}}
        unread = [column for column in free if not column.nullable]
        if not unread or self._taken(bare, together=False):
            unread = [c for c in free if c.nullable and not self._taken({**bare, c.name: base[c.name]}, together=False)]
        pools: list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = []
        absent = []
        for column in unread:
            good = self._readable(column.name, bare)
            if good:
                pools.append(((column.name,), tuple((text,) for text in good)))
                bare = {**bare, column.name: [good[0]]}
            elif column.nullable:
                absent.append(f"{quote(column.name)} IS NULL")
        # Where a row is refused with nothing but what can be read, it wasn't that.
        told = (pools or absent) and self._taken(bare, together=False)
        return Lesson(pools=tuple(pools), conditions=tuple(absent)) if told else None

    def _text_columns(self) -> list[Column]:
        return [c for c in self.table.columns if c.type.storage.name in _WORDS - {"uuid"} and c.name in self._free()]

    def _readable(self, name: str, base: Rows) -> list[str]:
        """Return texts with which a row is taken, unless all are."""
        texts = proposals.texts(_TEXTS)
        row: Rows = {column: held * len(texts) for column, held in base.items()}
        verdicts = attempt(self.connection, self.plan, {**row, name: texts})
        good = [str(text) for text, verdict in zip(texts, verdicts, strict=True) if verdict.taken]
        return good if len(good) < len(texts) else []

    def _parents(self, taken: Rows, refused: Rows, source: str) -> Lesson | None:
        """Return the parents with which rows are taken, where others are refused in the same row."""
        for reference in self.plan.references:
            name = self._deciding(reference)
            if name is None:
                continue
            given = {value for value in taken[name] if value is not None}
            alone = taken is refused or not given & {value for value in refused[name] if value is not None}
            tried, good = self._good_parents(reference, name, taken)
            told = self._told_apart(reference, name, tried, good, source) if good else None
            if told is not None and told not in self.known.having.get(reference.name, ()):
                return Lesson(having={reference.name: (told,)})
            # A parent with which one row is taken and another refused doesn't decide by itself. Nor do those that were
            # good before, if they are refused now.
            if good and alone and name not in self.known.parents:
                return Lesson(parents={name: good})
        return None

    def _told_apart(
        self, reference: ReferencePlan, name: str, tried: Sequence[str | None], good: Sequence[str], source: str
    ) -> Having | None:
        key = dict(zip(reference.columns, reference.parent_columns, strict=True))[name]
        table, parent = self.database.by_name[reference.parent], self.engine.plan.table(reference.parent)
        return relatives.having(self.connection, table, parent, key, tried, good, source)

    def _deciding(self, reference: ReferencePlan) -> str | None:
        """Return the column that names a reference's parent, where all of its columns are free to follow that one."""
        alone = {key.columns for key in self.database.by_name[reference.parent].unique_keys if key.predicate is None}
        pairs = zip(reference.columns, reference.parent_columns, strict=True)
        free = not reference.matching or (len(reference.columns) == 1 and reference.digit is None)
        names = [one for one, other in pairs if len(reference.columns) == 1 or (other,) in alone]
        return names[0] if free and names else None

    def _good_parents(
        self, reference: ReferencePlan, name: str, bases: Rows
    ) -> tuple[Sequence[str | None], tuple[str, ...]]:
        """Return the parents that were tried, by what they hold for a column, and those with which a row is taken."""
        if len(reference.columns) == 1:
            parents = {name: proposals.parents(self.engine, reference, reference.parent_columns[0], _PARENTS)}
        else:
            parents = proposals.parent_rows(self.engine, reference, _PARENTS)
        values = parents[name]
        for base in range(min(_BASES, _count(bases))):
            row = {column: [held[base]] * len(values) for column, held in bases.items()}
            verdicts = attempt(self.connection, self.plan, {**row, **parents})
            states = {"", self.refusal.sqlstate}
            told = [
                (str(v), verdict.taken)
                for v, verdict in zip(values, verdicts, strict=True)
                if verdict.taken or verdict.sqlstate in states
            ]
            good = tuple(value for value, is_good in told if is_good)
            if good and len(good) < len(told):
                return [value for value, _ in told], good
        return (), ()

    def _other_values(self, bases: Rows, source: str, *, together: bool = False) -> Lesson | None:
        """Return the first other choice for one column with which refused rows are taken, and most of them."""
        named = self._looked_at(source)
        columns = [column for column in self.table.columns if column.name in bases]
        best: Lesson | None = None
        most = self._taken(bases, together=True) if together else 0
        if most == _count(bases):
            return None
        for column in sorted(columns, key=lambda column: column.name not in named):
            for lesson, count in self._choices(column, bases, source, together=together):
                if count > most:
                    best, most = lesson, count
                if most == _count(bases):
                    return best
        return best or self._patterns(named, source)

    def _patterns(self, named: frozenset[str], source: str) -> Lesson | None:
        """Return a pattern that the function holds, as a demand on the text that it reads; it isn't tried here."""
        for column in self.table.columns:
            if column.name not in named or column.type.storage.name not in _WORDS - {"uuid"}:
                continue
            for text in _LITERAL.findall(source):
                if not _PATTERN.search(text):
                    continue
                condition = f"{quote(column.name)} ~ '{text}'"
                branches = branches_where(condition, now=self.now, truth=Truth3.TRUE, table=self.table)
                readable = branches and not any(branch.opaque for branch in branches)
                if readable and condition not in self.known.conditions:
                    return Lesson(conditions=(condition,))
        return None

    def _choices(self, column: Column, bases: Rows, source: str, *, together: bool) -> Iterator[tuple[Lesson, int]]:
        """Yield what else a column may be, with the number of rows that PostgreSQL takes then."""
        name, count = column.name, _count(bases)
        if column.nullable and any(value is not None for value in bases[name]):
            yield (
                Lesson(conditions=(f"{quote(name)} IS NULL",)),
                self._taken({**bases, name: [None] * count}, together=together),
            )
        if column.default is not None and len(bases) > 1:
            others = {key: held for key, held in bases.items() if key != name}
            yield Lesson(defaults=(name,)), self._taken(others, together=together)
        if self.plan.column(name).source is Source.REFERENCE:
            return
        values = self._values(column, source)
        counts = {value: self._taken({**bases, name: [value] * count}, together=together) for value in values}
        most = max(counts.values(), default=0)
        if most:
            good = [literal(value) for value, taken in counts.items() if taken == most]
            # What is taken of rows that all have one value isn't known of rows that have several.
            good = good[:1] if together else good
            yield Lesson(conditions=(f"{quote(name)} IN ({', '.join(good)})",)), most

    def _taken(self, rows: Rows, *, together: bool) -> int:
        """Return how many rows are taken, each by itself or all or none of them."""
        if together:
            return _count(rows) * attempt_together(self.connection, self.plan, rows).taken
        return sum(verdict.taken for verdict in attempt(self.connection, self.plan, rows))

    def _values(self, column: Column, source: str) -> list[str]:
        kind = column.type.storage
        generators = self.plan.column(column.name).generators
        listed = [str(value) for one in generators if one.kind == "choice" for value in one.params["values"]]
        if kind.labels or listed:
            return list(dict.fromkeys(listed or kind.labels))[:_CHOICES]
        if kind.name == "bool":
            return ["true", "false"]
        if kind.name in _COUNTED:
            return list(dict.fromkeys(("0", "1", "2", "5", "10", "20", "100", *_NUMBER.findall(source))))[:_CHOICES]
        if kind.name in _MOMENTS:
            return [(self.now + timedelta(days=days)).isoformat() for days in _DAYS]
        if kind.name not in _WORDS:
            return []
        texts = [text.replace("''", "'") for text in _LITERAL.findall(source)]
        written = [text for text in dict.fromkeys(texts) if 0 < len(text) <= 60 and kind.name != "uuid"]
        return [*written[:_CHOICES], *self._held_elsewhere(column, source)[:_CHOICES]]

    def _held_elsewhere(self, column: Column, source: str) -> list[str]:
        """Return values of tables that a function reads: in columns of the same name, else in their keys."""
        words = set(re.findall(r"\w+", source.lower()))
        for other in self.database.tables:
            if other.name.name.lower() not in words or other.name == self.table.name or not other.privileges.select:
                continue
            kinds = {each.name: each.type.storage.name for each in other.columns}
            keys = [key.columns[0] for key in other.unique_keys if len(key.columns) == 1]
            for name in (column.name, *keys):
                if kinds.get(name) == column.type.storage.name:
                    found = guards.held_values(self.connection, other, name, _CHOICES)
                    if found:
                        return found
        return []


def _count(rows: Rows) -> int:
    return len(next(iter(rows.values()), ()))


def _chosen(rows: Mapping[str, Sequence[str | None]], numbers: Sequence[int]) -> Rows:
    return {name: [values[number] for number in numbers] for name, values in rows.items()}


def _few(rows: Rows) -> Rows:
    return _chosen(rows, range(min(_BASES, _count(rows))))


def _joined(first: tuple[Rows, Rows], second: tuple[Rows, Rows]) -> tuple[Rows, Rows]:
    (taken, refused), (more_taken, more_refused) = first, second
    return (
        {name: [*values, *more_taken[name]] for name, values in taken.items()},
        {name: [*values, *more_refused[name]] for name, values in refused.items()},
    )
