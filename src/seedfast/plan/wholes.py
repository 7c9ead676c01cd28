"""Wholes that are nothing without their parts: each order has a line, where the lines are enough for all."""

from __future__ import annotations

from dataclasses import replace

from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options
from seedfast.plan.spec import Pick, Status
from seedfast.semantics.rollups import made_of


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
