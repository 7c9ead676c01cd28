"""Where the rows of a database may be: in the countries that its own lists of countries have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Column
from seedfast.model.types import TypeForm
from seedfast.names import QualifiedName
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options
from seedfast.plan.spec import Status
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.tables import PLACE_LISTS, subject_role
from seedfast.semantics.tongues import tongues
from seedfast.semantics.words import speaks, words
from seedfast.values.semantic.listed_places import countries_among

_WHOLE = 1000
_FEW, _PART = 4, 4
"""So many columns must be named in a language, and one in so many."""


def homes(drafts: Drafts, options: Options) -> Mapping[QualifiedName, Mapping[str, int]]:
    """Return the countries of each table's rows, in permille: those asked for that its list of countries has.

    A table without such a list is where the nearest one by foreign keys is that has one, else where the language is
    spoken that the database is written in.
    """
    spoken = {} if options.countries else _countries(options.tongue)
    if spoken:
        options = replace(options, homes={**dict.fromkeys(drafts, spoken), **options.homes})
    listed = {name: codes for name, draft in drafts.items() if (codes := _listed(draft)) is not None}
    for name, codes in listed.items():
        asked = {} if spoken else options.homes.get(name, options.countries)
        lost = sorted(set(asked) - set(codes)) if None not in codes else []
        if lost:
            drafts[name].findings.append(_refused(name, lost))
    return {**options.homes, **{name: _shares(codes, name, options) for name, codes in _spread(listed, drafts).items()}}


def tongue_of(names: Iterable[str]) -> str:
    """Return the language that columns are named in, nothing where that is English."""
    heard = [speaks(name) for name in names]
    counts = {tongue: sum(tongue in spoken for spoken in heard) for tongue in tongues().countries}
    most = max(counts, key=lambda tongue: counts[tongue])
    return most if counts[most] >= _FEW and counts[most] * _PART >= len(heard) else ""


def _countries(tongue: str) -> Mapping[str, int]:
    """Return the countries of a language, in permille."""
    said = tongues().countries.get(tongue, "").split()
    return {code: int(share) for code, _, share in (one.partition("=") for one in said)}


def _refused(name: QualifiedName, lost: Sequence[str]) -> Finding:
    message = f"Rows can't be in {', '.join(lost)}: the list of its countries leaves that out."
    hint = "Ask for countries that its CHECK or enum has, or change that."
    return Finding("SF-SCOPE-COUNTRY", Severity.WARNING, str(name), message, hint)


def _listed(draft: Draft) -> tuple[str | None, ...] | None:
    """Return the countries that a table's columns list, None among them for a value that is none; None without list.

    A list of places may have its country's name in its own: ``us_states``.
    """
    name = words(draft.table.name.name)
    if draft.status is not Status.FILL:
        return None
    if subject_role(name) in PLACE_LISTS:
        return (countries_among(name[:1]) or None) if len(name) > 1 else None
    for column in draft.table.columns:
        found = lexicon().text.find(words(column.name), anywhere=False)[:1]
        if any(one.target.startswith("place.country") for one in found):
            values = _values(draft, column)
            codes = countries_among(values)
            if codes and 2 * len(codes) >= len(values):
                return (*codes, None) if len(codes) < len(values) else codes
    return None


def _values(draft: Draft, column: Column) -> tuple[str, ...]:
    storage = column.type.storage
    if storage.form is TypeForm.ENUM:
        return storage.labels
    lists = [domain.allowed for domain in draft.domains(column.name)]
    if any(allowed is None for allowed in lists):
        return ()
    return tuple(dict.fromkeys(str(value) for allowed in lists for value in allowed or ()))


def _spread(
    listed: Mapping[QualifiedName, tuple[str | None, ...]], drafts: Drafts
) -> Mapping[QualifiedName, tuple[str | None, ...]]:
    """Return the lists of tables, and those of the nearest ones for tables that have none."""
    beside: dict[QualifiedName, set[QualifiedName]] = {}
    for draft in drafts.values():
        for key in draft.table.foreign_keys:
            beside.setdefault(draft.name, set()).add(key.parent)
            beside.setdefault(key.parent, set()).add(draft.name)
    found, edge = dict(listed), sorted(listed)
    while edge:
        reached: dict[QualifiedName, tuple[str | None, ...]] = {}
        for name in edge:
            for other in sorted(beside.get(name, ())):
                if other not in found:
                    reached[other] = tuple(dict.fromkeys((*reached.get(other, ()), *found[name])))
        found |= reached
        edge = sorted(reached)
    return found


def _shares(codes: tuple[str | None, ...], name: QualifiedName, options: Options) -> Mapping[str, int]:
    asked = options.homes.get(name, options.countries)
    kept = {code: share for code, share in asked.items() if code in codes or None in codes}
    if kept:
        return kept
    share, rest = divmod(_WHOLE, len(codes))
    return {code: share + (number < rest) for number, code in enumerate(codes) if code is not None}
