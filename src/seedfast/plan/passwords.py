"""Hashes of passwords: they have the form of the method that their row names."""

from __future__ import annotations

from seedfast.plan.draft import Draft
from seedfast.plan.within import meant, telling
from seedfast.semantics.passwords import HASH, hashed, method
from seedfast.values.semantic.passwords import form_of


def hash_as_told(draft: Draft) -> None:
    """Let the hash of a row's password be of the form that the row's method of hashing writes."""
    of, by = hashed(draft.table), method(draft.table)
    made = draft.generators.get(of or "", ())
    if of is None or by is None or by not in draft.generators or {meant(one).kind for one in made} - {"null"} != {HASH}:
        return
    if of in draft.overrides or not _names_forms(draft, by) or "column " + of in draft.digits:
        return
    draft.generators[of] = tuple(one if one.kind == "null" else telling(one, method_in={"column": by}) for one in made)
    draft.reasons[of] = f"{draft.reasons.get(of, '')}; as {by} writes it".lstrip("; ")


def _names_forms(draft: Draft, by: str) -> bool:
    """Tell whether most of what a column may say are methods of hashing."""
    said = [str(value) for made in draft.generators[by] for value in meant(made).params.get("values", ())]
    return sum(form_of(value) is not None for value in said) * 2 >= max(1, len(said))
