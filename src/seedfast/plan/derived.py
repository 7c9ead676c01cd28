"""What a person would write beside what is given of a row: the address of a name, the slug of a title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from seedfast.constraints.branches import holds
from seedfast.constraints.domain import Domain, Nullness
from seedfast.plan.assign import is_text
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.plan.within import meant
from seedfast.rng import Stream
from seedfast.semantics.words import words
from seedfast.values.kind import Draw
from seedfast.values.registry import Registry

KIND = "text.made_of"
"""The kind of value that is made of siblings."""

_GIVEN_NAME, _FAMILY_NAME, _FULL_NAME = "person.given_name", "person.family_name", "person.full_name"
_OF_NAMES = {"person.email": "email", "person.username": "login"}
_SLUGS = frozenset({"slug", "permalink"})
_TITLES = ("title", "name", "headline", "label", "subject", "question")

Cells = Mapping[str, str | None]


def derived(draft: Draft, branch: int, cells: Cells, registry: Registry) -> dict[str, GeneratorPlan]:
    """Return generators for columns that say by their meaning what given ones say, as far as constraints surely hold.

    Columns that are given together with others that aren't are read as they come.
    """
    made = {}
    for name, of, form in (*_of_persons(draft, branch, cells), *_of_titles(draft, cells)):
        if name in cells or name in made or name not in draft.generators:
            continue
        kept = draft.generators[name][branch]
        params = {"of": list(of), "form": form}
        if most := kept.params.get("max_length"):
            params["max_length"] = most
        if kept.kind != "null" and _holds(draft, branch, name, params, cells, registry):
            made[name] = GeneratorPlan(KIND, params, kept.null_permille)
    return made


def _of_persons(draft: Draft, branch: int, cells: Cells) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield columns that say who a person is, with those that say it already and what is made of them."""
    persons: dict[str, dict[str, str]] = {}
    for name, generators in draft.generators.items():
        made = meant(generators[branch])
        if made.kind.startswith("person."):
            persons.setdefault(str(made.params.get("group_key")), {}).setdefault(made.kind, name)
    for columns in persons.values():
        parts = tuple(columns[kind] for kind in (_GIVEN_NAME, _FAMILY_NAME) if kind in columns)
        whole = columns.get(_FULL_NAME)
        if whole is not None and cells.get(whole):
            sources: tuple[str, ...] = (whole,)
            yield from ((columns[kind], sources, form) for kind, form in _PARTS.items() if kind in columns)
        elif any(cells.get(name) for name in parts):
            sources = parts
            if whole is not None and len(parts) > 1:
                yield whole, parts, "name"
        else:
            continue
        yield from ((columns[kind], sources, form) for kind, form in _OF_NAMES.items() if kind in columns)


_PARTS = {_GIVEN_NAME: "first", _FAMILY_NAME: "last"}


def _of_titles(draft: Draft, cells: Cells) -> Iterator[tuple[str, tuple[str, ...], str]]:
    titles = {words(name)[-1:]: name for name in reversed(list(cells)) if cells[name] and _is_text(draft, name)}
    source = next((titles[(word,)] for word in _TITLES if (word,) in titles), None)
    for column in draft.table.columns:
        if source is not None and words(column.name)[-1:] and words(column.name)[-1] in _SLUGS and is_text(column.type):
            yield column.name, (source,), "slug"


def _is_text(draft: Draft, name: str) -> bool:
    return is_text(draft.table.column(name).type)


def _holds(
    draft: Draft, branch: int, name: str, params: Mapping[str, object], cells: Cells, registry: Registry
) -> bool:
    """Tell whether a column surely may hold what is made of others: of all that is known, else of what is like it."""
    domain = draft.branches[branch].domain(name)
    lengths = replace(domain, nullness=Nullness.MAYBE, max_length=None, not_blank=False, sources=())
    if lengths == Domain() or lengths == Domain(min_length=1):
        return True
    machine = registry.build(KIND, params)
    inputs = {source: pa.array([cells.get(source) or "Ann"], pa.string()) for source in machine.inputs}
    text = machine.values(Draw(np.zeros(1, dtype=np.int64), Stream(0), inputs))[0].as_py()
    return holds(domain, text) is True
