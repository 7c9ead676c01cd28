"""Lists of countries: each row is another one, and all that it says is of that country."""

from __future__ import annotations

from dataclasses import replace

from seedfast.plan.draft import Draft
from seedfast.plan.spec import Having, Pick, ReferencePlan
from seedfast.plan.within import meant, telling
from seedfast.semantics.tables import subject_role
from seedfast.semantics.words import words
from seedfast.values.semantic.places import known_places

COUNTRY_FIELDS = ("country_code", "country_code3", "country")
"""What tells a country, the clearest first."""


def lists_countries(draft: Draft) -> bool:
    """Tell whether a table is a list of countries."""
    said = words(draft.name.name)
    return subject_role(said) == "country" or (
        said[:1] == ("country",) and subject_role(said[1:]) in ("region", "country")
    )


def list_countries(draft: Draft) -> None:
    """Let the rows of a list of countries be different ones, in the list's order, and agree in all that they say."""
    if not lists_countries(draft) or len(draft.branches) > 1 or draft.given:
        return
    kinds = {name: meant(plans[0]).kind for name, plans in draft.generators.items() if name not in draft.overrides}
    told = {name: kind.removeprefix("place.") for name, kind in kinds.items() if kind.startswith("place.")}
    leads = [name for field in COUNTRY_FIELDS for name, said in told.items() if said == field]
    counted = [name for name in leads if "column " + name in draft.digits]
    if not leads:
        return
    lead = (counted or leads)[0]
    if not counted:
        draft.generators[lead] = tuple(telling(one, in_order=True) for one in draft.generators[lead])
    inside = {"column": lead, "field": told[lead]}
    for name in told:
        if name != lead and "column " + name not in draft.digits:
            draft.generators[name] = tuple(telling(one, place_in=inside) for one in draft.generators[name])


def among_known(reference: ReferencePlan, parent: Draft, column: str, field: str) -> ReferencePlan:
    """Return a reference to a list of countries that picks those of which places are known, if any may be picked."""
    plain = reference.pick is Pick.SKEWED and reference.digit is None and not (reference.matching or reference.having)
    if not plain or parent.existing or field not in COUNTRY_FIELDS or not lists_countries(parent) or parent.given:
        return reference
    if any("countries" in meant(one).params for one in parent.generators.get(column, ())):
        return reference
    known = dict.fromkeys(values[0] for values in known_places((field,)))
    return replace(reference, having=(Having(column, tuple(known)),))
