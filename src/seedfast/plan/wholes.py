"""Wholes that are nothing without their parts: each order has a line, where the lines are enough for all."""

from __future__ import annotations

from dataclasses import replace

from seedfast.model.table import ForeignKey
from seedfast.names import QualifiedName
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options, PerParent
from seedfast.plan.spec import Pick, Status
from seedfast.semantics.rollups import made_of

_FEWEST, _MOST = 1, 5
"""So many parts a whole has, where nobody says how many rows there are to be of either."""


def with_parts(drafts: Drafts, options: Options) -> Options:
    """Return the options with what is usual of tables of parts: an order has lines, and not one line."""
    usual: dict[QualifiedName, PerParent] = {}
    for draft in drafts.values():
        if draft.status is Status.FILL and not draft.existing and not _is_asked(draft, options):
            whole = next((drafts[key.parent] for key in draft.table.foreign_keys if _parts(draft, key, drafts)), None)
            if whole is not None and whole.rows == draft.rows:
                usual[draft.name] = PerParent(whole.name, _FEWEST, _MOST, asked=False)
                draft.reason = f"{_FEWEST} to {_MOST} for each of {whole.name}"
    return replace(options, per_parent={**usual, **options.per_parent}) if usual else options


def _is_asked(draft: Draft, options: Options) -> bool:
    """Tell whether somebody said how many rows a table is to have, or how they are shared out."""
    named = draft.name in options.table_rows or draft.name in options.per_parent or draft.name in options.skews
    return named or options.total is not None or draft.name in options.given or draft.name in options.limits


def _parts(draft: Draft, key: ForeignKey, drafts: Drafts) -> bool:
    """Tell whether rows of a table are parts of those that a foreign key leads to, and both are new."""
    whole = drafts.get(key.parent)
    if whole is None or whole is draft or draft.optional(key):
        return False
    return whole.status is Status.FILL and not whole.existing and made_of(whole.table, draft.table)


def make_whole(draft: Draft, drafts: Drafts, options: Options) -> None:
    """Let the rows of a table go to each of the wholes in turn first that they are parts of.

    Whoever asks for so many of them each, or for wholes without any, has that.
    """
    if draft.existing or draft.name in options.per_parent or draft.name in options.skews:
        return
    for name, reference in draft.references.items():
        whole = drafts[reference.parent]
        plain = reference.pick is Pick.SKEWED and reference.digit is None and not any(reference.null_permille)
        plain = plain and not (reference.matching or reference.beyond or reference.differs_from or reference.by_branch)
        plain = plain and not (reference.allowed or reference.excluded or reference.having or reference.apart)
        enough = whole.status is Status.FILL and not whole.existing and 0 < whole.rows <= draft.rows
        if plain and enough and reference.parent != draft.name and made_of(whole.table, draft.table):
            told = "every parent in turn, then popular ones more often"
            draft.references[name] = replace(reference, pick=Pick.COVER, reason=told)
            for column, (owner, _) in draft.owners.items():
                if owner == name and column in reference.columns:
                    draft.reasons[column] = f"FOREIGN KEY {name} to {reference.parent}: {told}"
            return
