"""A company, clinic or shop is written to at an address of its own, not at somebody's."""

from __future__ import annotations

from seedfast.plan.derived import KIND
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.semantics.tables import subject_role
from seedfast.semantics.words import words

_HOUSES = frozenset({"company", "store", "school", "hospital", "bank", "airline", "restaurant", "carrier", "publisher"})
_ADDRESSES = frozenset({"email", "mail", "e", "address", "contact", "office", "general", "support", "info"})
_FORMS = {"person.email": "office", "company.site": "site"}
_SAME_STEM = "company.name"
"""Sites of companies are at their domains already where they are called so."""


def write_to_offices(draft: Draft) -> None:
    """Let the e-mail address and the site of an organisation be at a domain that is called after it."""
    own = words(draft.table.name.name)
    if subject_role(own) not in _HOUSES:
        return
    kinds = {name: {one.kind for one in made} for name, made in draft.generators.items()}
    if any(kind.startswith("person.") and kind not in _FORMS for held in kinds.values() for kind in held):
        # Somebody is named, and may be whose address it is.
        return
    called = [name for name in kinds if words(name)[-1:] == ("name",) and _is_of_houses(kinds[name])]
    for column in draft.table.columns:
        held = kinds.get(column.name, set())
        form = _FORMS.get(next(iter(held), "")) if len(held) == 1 and called else None
        plain = form == "site" or set(words(column.name)) <= _ADDRESSES | set(own)
        taken = f"column {column.name}" in draft.digits or column.name in draft.overrides
        if form is None or not plain or taken or (form == "site" and kinds[called[0]] == {_SAME_STEM}):
            continue
        draft.generators[column.name] = tuple(
            GeneratorPlan(KIND, {"of": [called[0]], "form": form, **_length(one)}, one.null_permille)
            for one in draft.generators[column.name]
        )
        draft.reasons[column.name] = f"{draft.reasons.get(column.name, '')}; at a domain called after {called[0]}"


def _is_of_houses(kinds: set[str]) -> bool:
    return len(kinds) == 1 and next(iter(kinds)).startswith(("company.", "pack."))


def _length(made: GeneratorPlan) -> dict[str, int]:
    most = made.params.get("max_length")
    return {} if most is None else {"max_length": most}
