"""Rows that are where their parents are: a customer's addresses, the shipping address and the money of an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seedfast.plan.country_lists import among_known
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.spec import GeneratorPlan, Pick, ReferencePlan, Status
from seedfast.plan.within import meant, telling
from seedfast.semantics.tables import PLACE_LISTS, subject_role
from seedfast.semantics.words import words

Countries = Mapping[str, int]

_PLACED = frozenset({"person", "company"})
_FIELDS = {
    "country": ("country_code", "country_code3", "country"),
    "region": ("region", "region_code"),
    "city": ("city",),
}
"""What such a list may say of each of its places, the clearest first."""

MAKERS = frozenset({"by", "creator", "author", "approver", "reviewer", "editor", "owner", "uploader", "assignee"})
"""Words of keys to somebody who had a hand in a row, and whose the row isn't."""

_STAFF = frozenset({
    "employee", "staff", "agent", "salesperson", "rep", "representative", "driver", "courier", "carrier", "shipper",
    "doctor", "physician", "nurse", "provider", "practitioner", "teacher", "instructor", "technician", "manager",
    "cashier", "clerk", "adjuster", "operator", "worker", "supplier", "vendor",
})  # fmt: skip
"""Who sees to things that are others'."""

_KEYS = frozenset({"number.serial", "uuid", "reference"})
_ORDER = ("person", "company", "store")
_WHOLE = frozenset({"int2", "int4", "int8", "uuid"})


def live_with_parents(draft: Draft, drafts: Drafts) -> None:
    """Let the place that a row's columns speak of be that of a person, company or address which the row points at."""
    if not any(_speaks_of_place(made) for plans in draft.generators.values() for made in plans):
        return
    if _lie_in_lists(draft, drafts) or subject_role(words(draft.name.name)) in PLACE_LISTS:
        return
    for reference in sorted(draft.references.values(), key=lambda one: _nearness(drafts[one.parent])):
        parent = drafts[reference.parent]
        if not _may_lead(draft, reference, parent):
            continue
        told = _told_where(parent)
        if told is not None:
            _lie_in(draft, reference, *told)
            return
        column, key, countries = _home(draft, reference, parent)
        if column is not None:
            _settle(draft, column, key, countries)
            for name, plans in draft.generators.items():
                if any(_speaks_of_place(made) for made in plans):
                    draft.reasons[name] = f"{draft.reasons.get(name, '')}; where {reference.parent} is".lstrip("; ")
            return


def _lie_in_lists(draft: Draft, drafts: Drafts) -> bool:
    """Let the places of rows lie in the city, region or country that they point at; tell whether they point at any."""
    role = subject_role(words(draft.name.name))
    own = PLACE_LISTS.index(role) if role in PLACE_LISTS else len(PLACE_LISTS)
    found = []
    for reference in draft.references.values():
        parent = drafts[reference.parent]
        list_of = subject_role(words(parent.name.name))
        plain = len(reference.columns) == 1 and parent.name != draft.name and reference.pick is not Pick.HOME
        if plain and list_of in PLACE_LISTS[:own]:
            told = _told_by(parent, list_of)
            found += [(PLACE_LISTS.index(list_of), -len(words(reference.columns[0])), reference, *told)] if told else []
    if not found:
        return False
    *_, reference, column, field = max(found, key=lambda one: one[:2])
    draft.references[reference.name] = among_known(reference, drafts[reference.parent], column, field)
    _lie_in(draft, reference, column, field)
    return True


def _lie_in(draft: Draft, reference: ReferencePlan, column: str, field: str) -> None:
    """Let all that speaks of a table's places speak of such as lie in what a column of a parent names."""
    inside = {"column": look_up(draft, reference, column), "field": field}
    for name, plans in draft.generators.items():
        changed = tuple(telling(made, place_in=inside) if _can_be_placed(made) else made for made in plans)
        if changed != plans and "column " + name not in draft.digits:
            draft.generators[name] = changed
            draft.reasons[name] = f"{draft.reasons.get(name, '')}; in {reference.parent}".lstrip("; ")


def _told_where(parent: Draft) -> tuple[str, str] | None:
    """Return the column that tells best where a row is which lies in a city, region or country of a list."""
    made = (meant(one) for plans in parent.generators.values() for one in plans)
    if not any("place_in" in one.params for one in made):
        return None
    return next((told for of in reversed(PLACE_LISTS) if (told := _told_by(parent, of)) is not None), None)


def _told_by(parent: Draft, list_of: str) -> tuple[str, str] | None:
    """Return the column of a list of places that tells best which one a row is, and the field that it is."""
    for field in _FIELDS[list_of]:
        for column in parent.table.columns:
            made = parent.generators.get(column.name, ())
            kinds = {meant(one).kind for one in made}
            if kinds == {f"place.{field}"} and known(parent, column.name):
                return column.name, field
    return None


def _speaks_of_place(made: GeneratorPlan) -> bool:
    said = meant(made)
    family = said.kind.partition(".")[0]
    return family == "place" or (family in _PLACED and "place_key" in said.params)


def _can_be_placed(made: GeneratorPlan) -> bool:
    said = meant(made)
    return said.kind.partition(".")[0] in (*_PLACED, "place") and "group_key" in said.params


def _nearness(parent: Draft) -> tuple[bool, int]:
    """Rank parents: those whom a row is for come before those who only see to it."""
    name = words(parent.name.name)
    role = subject_role(name)
    return bool(_STAFF & set(name)), _ORDER.index(role) if role in _ORDER else len(_ORDER)


def _may_lead(draft: Draft, reference: ReferencePlan, parent: Draft) -> bool:
    """Tell whether a row belongs to what it points at, whose rows are all new ones, by a key that tells them apart."""
    said = words(reference.columns[-1])
    plain = len(reference.columns) == 1 and parent.status is Status.FILL and parent.name != draft.name
    return plain and not parent.existing and reference.pick is not Pick.HOME and not MAKERS & set(said)


def _home(draft: Draft, reference: ReferencePlan, parent: Draft) -> tuple[str | None, str, Countries]:
    """Return the column that tells whose place a row's is, the place's key and countries; None without a place."""
    made = [meant(one) for plans in parent.generators.values() for one in plans if _can_be_placed(one)]
    theirs = next((one.params["place_of"]["column"] for one in made if "place_of" in one.params), None)
    if theirs is not None:
        key = next(str(one.params["place_key"]) for one in made if "place_of" in one.params)
        return look_up(draft, reference, theirs) if theirs not in parent.lookups else None, key, _countries(made)
    if not made or not _placed_by_itself(parent):
        return None, "", {}
    column = reference.parent_columns[0]
    keyed = {one.kind for one in parent.generators.get(column, ())} | (
        {"reference"} if column in parent.owners else set()
    )
    if not keyed <= _KEYS or parent.table.column(column).type.storage.name not in _WHOLE:
        return None, "", {}
    key = next((_key_of(one) for one in made if _speaks_of_place(one)), _key_of(made[0]))
    _settle(parent, column, key, _countries(made))
    return reference.columns[0], key, _countries(made)


def _countries(made: Sequence[GeneratorPlan]) -> Countries:
    return next((one.params["countries"] for one in made if "countries" in one.params), {})


def _placed_by_itself(parent: Draft) -> bool:
    role = subject_role(words(parent.name.name))
    cities = (meant(one).kind for plans in parent.generators.values() for one in plans)
    return role in _ORDER or (role not in PLACE_LISTS and "place.city" in cities)


def _key_of(made: GeneratorPlan) -> str:
    return str(made.params.get("place_key") or made.params.get("group_key") or "")


def _settle(draft: Draft, column: str, key: str, countries: Countries) -> None:
    """Let all that speaks of a table's places speak of those that a column's keys have, of these countries."""
    for name, plans in draft.generators.items():
        changed = tuple(_at(made, column, key, countries) for made in plans)
        if changed != plans:
            draft.generators[name] = changed


def _at(made: GeneratorPlan, column: str, key: str, countries: Countries) -> GeneratorPlan:
    if not _can_be_placed(made) or "place_of" in meant(made).params:
        return made
    of_countries = {"countries": countries} if countries else {}
    return telling(made, place_key=key, place_of={"column": column}, **of_countries)
