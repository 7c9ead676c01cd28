"""Addresses, logins and names of people that a row points at: they are of the person that the parent names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seedfast.model.table import Table
from seedfast.plan.copies import buys, take_over
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.spec import GeneratorPlan, Pick, ReferencePlan, Status
from seedfast.plan.whereabouts import MAKERS
from seedfast.plan.within import meant, telling
from seedfast.semantics.tables import subject_role
from seedfast.semantics.words import words

_TOLD = {"given_in": "person.given_name", "family_in": "person.family_name", "name_in": "person.full_name"}
_ADDRESSED = frozenset({"person.email", "person.username"})
_OF_ONE = frozenset({"person.gender", "person.title", "person.name_suffix"})
"""What tells of a person whether it is a woman or a man."""

_SAID = {
    "given_in": (("first", "name"), ("given", "name")),
    "family_in": (("last", "name"), ("family", "name")),
    "name_in": (("full", "name"), ("real", "name"), ("display", "name"), ("name",)),
}
"""What stored rows call the names of a person, whose columns nothing else is known of."""

_KEYS = frozenset({"id", "key", "code", "no", "number", "uuid", "fk", "ref"})
_PLAIN = frozenset(
    {"email", "mail", "address", "user", "username", "name", "login", "contact", "account", "primary", "handle", "full"}
)
"""Words of a column that leave it open whose address it is."""

_ITSELF = frozenset({"user", "customer", "client", "member", "buyer", "reviewer", "author", "commenter", "subscriber"})
"""What the one person that a row belongs to may be called beside it."""

_SENT = frozenset(
    {(word, "name") for word in ("ship", "shipping", "delivery", "bill", "billing", "recipient", "consignee")}
    | {("recipient",), ("ship", "to", "name"), ("bill", "to", "name")}
)
"""Names of whom goods and bills go to: the buyer, as a rule."""

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext", "name"})


_OF_ADDRESSES = frozenset({"email", "mail", "address", "contact"})
"""What tables are called that hold several addresses of one person."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A reference to a person, and the parent's columns with the person's names by the parameter that takes each."""

    reference: ReferencePlan
    names: Mapping[str, str]


def follow_persons(draft: Draft, drafts: Drafts) -> None:
    """Let addresses of e-mail, logins and full names be of the person that a row points at, where it names no other."""
    people = [_Person(one, names) for one in draft.references.values() if (names := _names(draft, drafts, one))]
    if not people:
        return
    for column in _columns(draft, frozenset({"person.full_name"})):
        person = _whose(draft, column, people, spoken_of=True)
        if person is not None and "column " + column not in draft.digits:
            _tell(draft, column, person)
    # Whom the row names in words of its own has the address, and not whom it points at.
    others = (one for one in _made(draft) if one.kind in _TOLD.values() and not _TOLD.keys() & one.params.keys())
    named = {_group(one) for one in others}
    for column in _columns(draft, _ADDRESSED):
        person = _whose(draft, column, people, spoken_of=False)
        if person is None or any(_group(meant(one)) in named for one in draft.generators[column]):
            continue
        theirs = _address(drafts[person.reference.parent])
        several = bool(_OF_ADDRESSES & set(words(draft.name.name)))
        alike = {meant(one).kind for one in draft.generators[column]} == {"person.email"} and not several
        if not (alike and theirs is not None and take_over(draft, drafts, column, person.reference, theirs)):
            _tell(draft, column, person)
    same = next((one for one in people if _one_each(draft.table, one.reference)), None)
    for column in _columns(draft, _OF_ONE) if same is not None else ():
        if same is not None and not any(_group(meant(one)) in named for one in draft.generators[column]):
            _tell(draft, column, same)


def _columns(draft: Draft, kinds: frozenset[str]) -> list[str]:
    """Return the columns whose values are of some kinds alone, and that the user leaves to us."""
    return [
        name
        for name, plans in draft.generators.items()
        if plans and name not in draft.overrides and {meant(one).kind for one in plans} <= kinds
    ]


def _tell(draft: Draft, column: str, person: _Person) -> None:
    told = {name: {"column": look_up(draft, person.reference, theirs)} for name, theirs in person.names.items()}
    draft.generators[column] = tuple(telling(one, **told) for one in draft.generators[column])
    reason = f"of whom {person.reference.parent} names"
    draft.reasons[column] = f"{draft.reasons.get(column, '')}; {reason}".lstrip("; ")


def _whose(draft: Draft, column: str, people: Sequence[_Person], *, spoken_of: bool) -> _Person | None:
    """Return whose address or name a column has: of whom it says so, else of the one person that a row belongs to."""
    said = words(column)
    for person in people:
        called = _called(person.reference)
        if called and said[: len(called)] == called and len(said) > len(called):
            return person
    own = frozenset(words(draft.name.name))
    sent = said in _SENT
    named = sent or (len(said) > 1 and said[-1] == "name" and set(said[:-1]) <= _ITSELF)
    if not (named if spoken_of else set(said) <= _PLAIN | _ITSELF | own):
        return None
    single = [one for one in people if _one_each(draft.table, one.reference)]
    if single or subject_role(words(draft.name.name)) in ("person", "company"):
        return next(iter(single), None)
    if sent:
        return next((one for one in people if buys(one.reference)), None)
    belonging = [one for one in people if not MAKERS & set(words(one.reference.columns[-1]))]
    return belonging[0] if len(belonging) == 1 else None


def _one_each(table: Table, reference: ReferencePlan) -> bool:
    """Tell whether a row is what its parent is, seen from another side: there is one for each at most."""
    return any(key.predicate is None and set(key.columns) == set(reference.columns) for key in table.unique_keys)


def _called(reference: ReferencePlan) -> tuple[str, ...]:
    said = words(reference.columns[-1])
    return said[:-1] if len(said) > 1 and said[-1] in _KEYS else said


def _names(draft: Draft, drafts: Drafts, reference: ReferencePlan) -> Mapping[str, str]:
    """Return a parent's columns that tell what its own person is called, none where it isn't one."""
    parent = drafts[reference.parent]
    if parent.name == draft.name or reference.pick is Pick.HOME:
        return {}
    found = dict(_said(parent)) if parent.status is Status.PARENT else _drawn(parent)
    if {"given_in", "family_in"} <= found.keys():
        return {name: found[name] for name in ("given_in", "family_in")}
    person = subject_role(words(parent.name.name)) == "person"
    return {"name_in": found["name_in"]} if person and "name_in" in found else {}


def _said(parent: Draft) -> Iterator[tuple[str, str]]:
    own = words(parent.name.name)
    for told, phrases in _SAID.items():
        for column in parent.table.columns:
            bare = words(column.name)
            bare = bare[len(own) :] if own and bare[: len(own)] == own and len(bare) > len(own) else bare
            if bare in phrases and column.type.storage.name in _TEXTS and known(parent, column.name):
                yield told, column.name


def _drawn(parent: Draft) -> Mapping[str, str]:
    """Return the columns with names of one person, whose given and family name are of one group."""
    groups: dict[str, dict[str, str]] = {}
    for name, plans in parent.generators.items():
        for made in map(meant, plans):
            for told, kind in _TOLD.items():
                if made.kind == kind and known(parent, name):
                    groups.setdefault(_group(made), {}).setdefault(told, name)
    addressed = {_group(one) for one in _made(parent) if one.kind in _ADDRESSED}
    # Of several persons that a row names, it is the one that has an address there.
    return max(groups.items(), key=lambda one: (one[0] in addressed, len(one[1])), default=("", {}))[1]


def _address(parent: Draft) -> str | None:
    """Return the column with the address of e-mail that a person is known by, None where there isn't one alone."""
    found = [
        name for name, plans in parent.generators.items() if {meant(one).kind for one in plans} == {"person.email"}
    ]
    return found[0] if len(found) == 1 else None


def _made(draft: Draft) -> Iterator[GeneratorPlan]:
    return (meant(one) for plans in draft.generators.values() for one in plans)


def _group(made: GeneratorPlan) -> str:
    return str(made.params.get("group_key", ""))
