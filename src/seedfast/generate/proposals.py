"""Proposals for conditions that can't be read: many rows of some columns, for PostgreSQL to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.constraints.domain import Pattern
from seedfast.constraints.pattern import compile_pattern
from seedfast.constraints.predicate import PatternForm
from seedfast.generate.engine import Engine
from seedfast.generate.existing import as_text
from seedfast.generate.frame import Frame
from seedfast.names import QualifiedName
from seedfast.plan.spec import GeneratorPlan, ReferencePlan, TablePlan
from seedfast.rng import Stream, key
from seedfast.values.documents import SHAPES, plain_document
from seedfast.values.kind import Draw

_FORMS = (
    "[a-z]{3,10}",
    "[a-z]{3,8}-[a-z]{3,8}",
    "[a-z]{3,8}_[a-z]{3,8}",
    r"[a-z]{3,8}(\.[a-z]{3,8}){1,2}",
    "[a-z]{3,8}(/[a-z]{3,8}){1,2}",
    "(/[a-z]{3,8}){1,3}",
    "[a-z]{3,6}:[a-z0-9]{4,12}",
    "[A-Z]{2,3}",
    "[A-Z][A-Z0-9_]{3,9}",
    "[A-Z]{2,4}-[0-9]{3,6}",
    "[A-Z]{2}[0-9]{8,12}",
    "[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9})?",
    "[0-9]{1,12}",
    r"[0-9]{1,5}\.[0-9]{2}",
    r"[0-9]\.[0-9]{1,2}\.[0-9]{1,2}",
    "#[0-9a-f]{6}",
    "[0-9a-f]{32}",
    "[0-9a-f]{64}",
    r"[a-z]{3,8}@[a-z]{3,8}\.example",
    r"https://[a-z]{3,8}\.example(/[a-z]{3,8}){0,2}",
    "(19|20)[0-9]{2}-0[1-9]-[12][0-9]",
    r"\{\}|\[\]",
)
"""What text looks like, by and large."""


class _Loose(Frame):
    """A frame without keys and without NULLs: any row number may be asked for, and every value is one to try."""

    provisional = True
    keyed = False

    def __init__(self, engine: Engine, table: TablePlan, count: int) -> None:
        super().__init__(engine, table, np.arange(table.existing, table.existing + count, dtype=np.int64))


def rows(engine: Engine, table: QualifiedName, columns: Sequence[str], count: int) -> dict[str, list[str | None]]:
    """Return so many rows of columns that generators make, as text."""
    plan = engine.plan.table(table)
    frame = _Loose(engine, plan, count)
    made = {name: as_text(frame.column(name)).to_pylist() for name in columns}
    for name in columns:
        if any(_is_document(one) for one in plan.column(name).generators):
            made[name][1::2] = _documents(count)[1::2]
    return made


def _is_document(generator: GeneratorPlan) -> bool:
    return generator.kind == "json.document" or bool(generator.params.get("json"))


def _documents(count: int) -> list[str | None]:
    """Return so many documents of many shapes, which may have what a column's own shape lacks."""
    each = -(-count // len(SHAPES))
    draws = (Draw(np.arange(each), Stream(key(0, "@documents", shape))) for shape in SHAPES)
    made = [as_text(plain_document(shape).values(draw)).to_pylist() for shape, draw in zip(SHAPES, draws, strict=True)]
    return [document for turn in zip(*made, strict=True) for document in turn][:count]


def counted(engine: Engine, table: QualifiedName, columns: Sequence[str]) -> Iterator[dict[str, list[str | None]]]:
    """Yield, for every key that counts some of the columns, rows of them that the key tells apart, as text."""
    plan = engine.plan.table(table)
    for each in plan.keys:
        if not set(columns).isdisjoint(each.columns):
            found = engine.counting(plan, each.name).candidates(columns)
            yield {name: as_text(found[name]).to_pylist() for name in columns}


def texts(count: int) -> list[str | None]:
    """Return so many texts of many forms."""
    found: list[str | None] = []
    for form in _FORMS:
        automaton = compile_pattern([Pattern(PatternForm.REGEX, f"^({form})$")])
        assert automaton is not None
        places = Stream(key(0, "@texts", form)).below(np.arange(count // len(_FORMS)), automaton.capacity)
        found += automaton.words(places).to_pylist()
    return found


def parents(engine: Engine, reference: ReferencePlan, parent_column: str, most: int) -> list[str | None]:
    """Return the distinct values, as text, that a column of a reference's parents holds; at most so many."""
    held: pa.Array = pc.drop_null(pc.unique(as_text(engine.whole(reference.parent, parent_column))))
    found: list[str | None] = held.slice(0, most).to_pylist()
    return found


def parent_rows(engine: Engine, reference: ReferencePlan, most: int) -> dict[str, list[str | None]]:
    """Return what a reference's columns hold, as text, where it picks one parent after another; at most so many."""
    pairs = zip(reference.columns, reference.parent_columns, strict=True)
    return {one: as_text(engine.whole(reference.parent, other)).slice(0, most).to_pylist() for one, other in pairs}
