"""Columns that hold what a parent holds: an order's customer_email, the unit price of a line's product."""

from __future__ import annotations

from dataclasses import replace

from seedfast.constraints.domain import Domain, Nullness
from seedfast.model.table import Column
from seedfast.model.types import SqlType
from seedfast.packs.pack import SHARED
from seedfast.plan.demands import handed_down
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.references import OPTIONAL_PERMILLE
from seedfast.plan.spec import GeneratorPlan, Pick, ReferencePlan, Status
from seedfast.semantics.words import words

_COPIED = frozenset({
    ("net", "unit", "price"),
    ("unit", "price"), ("price",), ("list", "price"), ("sale", "price"), ("currency",), ("currency", "code"), ("sku",),
    ("vat", "rate"), ("tax", "rate"), ("hourly", "rate"), ("unit", "cost"), ("unit", "measure"),
})  # fmt: skip
"""What a row takes over from its parent as it stands, under the same name."""

_NET = (("net", "price"), ("price", "net"), ("net", "unit", "price"))
_SAME = {
    ("unit", "price"): (("price",), ("list", "price"), ("sale", "price"), *_NET),
    ("net", "unit", "price"): (("unit", "price"), ("price",), *_NET),
    ("price",): (("unit", "price"), *_NET),
}
"""Other names that the parent may have for it."""

_VARYING = frozenset({"sku", "slug", "code", "color", "size", "model", "status", "state"})

_SENT = frozenset({"ship", "shipping", "delivery", "bill", "billing", "invoice"})
"""What is written before a name or an address that goods and bills go to: the buyer's own."""

_BUYERS = frozenset({"customer", "client", "buyer", "user", "account", "member", "guest", "subscriber", "patient"})

_WIDE = frozenset({"text", "varchar"})

_OWN = frozenset(
    {"id", "number", "no", "status", "state", "type", "kind", "at", "on", "date", "time", "count", "total"}
)
"""Words that end names which say something of the row itself, even after its parent's name."""


def copy_parents(draft: Draft, drafts: Drafts) -> None:
    """Let columns that repeat a column of a parent hold the same, where no constraint asks for anything else."""
    for column in draft.table.columns:
        if not _free(draft, column.name):
            continue
        for reference in draft.references.values():
            parent = drafts[reference.parent]
            theirs = handed_down(draft, drafts, column.name, reference)
            theirs = theirs or _original(draft, column.name, reference, parent)
            if theirs is not None and take_over(draft, drafts, column.name, reference, theirs):
                break


def take_over(draft: Draft, drafts: Drafts, name: str, reference: ReferencePlan, theirs: str) -> bool:
    """Let a column hold what a parent has in a column of its own; tell whether it may."""
    parent = drafts[reference.parent]
    if not _free(draft, name) or not _fits(draft, name, reference, parent, theirs):
        return False
    if not draft.nullable(name):
        draft.references[reference.name] = replace(reference, null_permille=(0,))
        parent.generators[theirs] = tuple(replace(one, null_permille=0) for one in parent.generators[theirs])
    told = look_up(draft, reference, theirs)
    draft.generators[name] = (GeneratorPlan("relative.equal", {"column": told}),) * len(draft.branches)
    draft.reasons[name] = f"what {reference.parent} has in {theirs}"
    return True


def buys(reference: ReferencePlan) -> bool:
    """Tell whether a reference leads to whom goods and bills go to."""
    return bool(_BUYERS & {word for column in reference.columns for word in words(column)})


def _free(draft: Draft, name: str) -> bool:
    """Tell whether a column has values of its own that nothing else hangs on."""
    generators = draft.generators.get(name)
    if generators is None or name in draft.referenced | draft.overrides.keys() or "column " + name in draft.digits:
        return False
    if any(name in key.columns or name in key.predicate_columns for key in draft.table.unique_keys):
        return False
    kinds = {generator.kind for generator in generators}
    tied = {each for branch in draft.branches for one in branch.sums for each in one.columns}
    tied |= {each for branch in draft.branches for one in branch.relations for each in (one.left, one.right)}
    read = {each for plans in draft.generators.values() for one in plans for each in _reads(one)}
    return not kinds & {"null", "accepted", "constant"} and name not in tied | read


def _reads(generator: GeneratorPlan) -> set[str]:
    bounds = (*generator.params.get("above", ()), *generator.params.get("below", ()))
    named = {each for bound in bounds for each in (bound.get("column"), *bound.get("sum", ()))}
    return {each for each in (*named, generator.params.get("column")) if isinstance(each, str)}


def _original(draft: Draft, name: str, reference: ReferencePlan, parent: Draft) -> str | None:
    """Return the parent's column that a column's name speaks of."""
    said = words(name)
    columns = {words(column.name): column.name for column in reversed(parent.table.columns)}
    for column in reference.columns:
        stem = words(column)[:-1] if words(column)[-1:] == ("id",) else words(column)
        rest = said[len(stem) :]
        if stem and said[: len(stem)] == stem and rest and rest[-1] not in _OWN and rest in columns:
            return columns[rest]
    if _SENT & set(said[:1]) and said[1:] in columns and buys(reference):
        return columns[said[1:]]
    if said in _COPIED and parent.name != draft.name:
        found = (spelling for spelling in (said, *_SAME.get(said, ())) if spelling in columns)
        return next((columns[spelling] for spelling in found), None)
    own, theirs = words(draft.name.name), words(parent.name.name)
    if own[-1:] == theirs[-1:] or (own and theirs and own[-1].endswith(theirs[-1])):
        # A sub-account is an account of its own, and so is a subaccount.
        return None
    mine = _spoken(draft, name)
    alike = (column.name for column in parent.table.columns if mine == _spoken(parent, column.name))
    return next(alike, None) if mine is not None else None


def _spoken(draft: Draft, name: str) -> tuple[str, ...] | None:
    """Return what a data pack says in a column of the things that its rows are, None where it says nothing.

    A row that is about its parent's thing says the same; variants of it have codes, colours and sizes of their own.
    """
    made = {generator.kind: generator.params for generator in draft.generators.get(name, ())}
    if set(made) != {"pack.text"} or made["pack.text"]["slot"] in _VARYING or made["pack.text"]["record"] == SHARED:
        return None
    return tuple(str(made["pack.text"][part]) for part in ("pack", "record", "slot"))


def _fits(draft: Draft, name: str, reference: ReferencePlan, parent: Draft, theirs: str) -> bool:
    """Tell whether what a parent holds is always good for the row."""
    if reference.parent == draft.name or reference.pick is Pick.HOME or not known(parent, theirs):
        return False
    mine, original = draft.table.column(name), parent.table.column(theirs)
    if not _holds(mine.type.storage, original.type.storage) or theirs in parent.server:
        return False
    if not draft.nullable(name) and not (_may_be_followed(draft, reference) and _always_there(parent, original)):
        return False
    wanted = {_plain(domain) for domain in draft.domains(name)} - {Domain()}
    return not wanted or wanted == {_plain(domain) for domain in parent.domains(theirs)}


def _holds(mine: SqlType, original: SqlType) -> bool:
    """Tell whether a type holds every value of another, as it is written."""
    if mine.display == original.display:
        return True
    if mine.name in _WIDE and original.name in _WIDE:
        return mine.length is None or (original.length is not None and mine.length >= original.length)
    if not mine.name == original.name == "numeric" or original.precision is None:
        return mine.name == original.name == "numeric" and mine.precision is None
    if mine.precision is None:
        return True
    scale, theirs = mine.scale or 0, original.scale or 0
    return scale >= theirs and mine.precision - scale >= original.precision - theirs


def _may_be_followed(draft: Draft, reference: ReferencePlan) -> bool:
    """Tell whether every row may have a parent, where it is for variety's sake at most that some have none."""
    asked = not draft.overrides.keys().isdisjoint(reference.columns)
    return max(reference.null_permille) <= (0 if asked else OPTIONAL_PERMILLE)


def _always_there(parent: Draft, original: Column) -> bool:
    """Tell whether every row of a parent has a value in a column, or can be given one: what is sold has its price."""
    if not original.nullable:
        return True
    if parent.existing or parent.status is not Status.FILL or not parent.nullable(original.name):
        return False
    made = parent.generators[original.name]
    return all(one.kind != "null" for one in made) and not parent.overrides.get(original.name)


def _plain(domain: Domain) -> Domain:
    """Return what a domain says of values that aren't NULL, whoever says it."""
    return replace(domain, nullness=Nullness.MAYBE, sources=())
