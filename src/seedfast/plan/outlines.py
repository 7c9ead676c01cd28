"""Trees of a table whose rows a data pack lists as a tree: headphones are below electronics, not below bedding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from seedfast.packs.outline import outline
from seedfast.packs.topics import narrowed
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan, Pick, ReferencePlan, Roots
from seedfast.plan.within import meant, telling
from seedfast.values.registry import Registry

_CALLED = "name"


def follow_outline(draft: Draft, registry: Registry) -> None:
    """Let a row point at what its thing stands below in the pack's tree, in tables that hold no rows yet."""
    own = [one for one in draft.references.values() if one.parent == draft.name]
    if draft.existing or draft.given or len(own) != 1 or not _may_follow(draft, own[0]):
        return
    for params in _listed(draft):
        pack = registry.packs.pack(params["pack"])
        below = outline(narrowed(pack, params["record"], params.get("topics", ())))
        if below:
            told = f"as the things of pack {params['pack']} stand below each other"
            draft.references[own[0].name] = replace(own[0], outline=below, null_permille=(0,), reason=told)
            address = params["pack"], params["record"]
            for name, generators in draft.generators.items():
                draft.generators[name] = tuple(_in_order(made, address) for made in generators)
            return


def _may_follow(draft: Draft, reference: ReferencePlan) -> bool:
    """Tell whether nothing but chance decides which earlier row a row points at."""
    bound = reference.matching or reference.differs_from or reference.beyond or reference.block or reference.digit
    key = next((key for key in draft.table.foreign_keys if key.name == reference.name), None)
    plain = reference.pick is Pick.EARLIER and reference.roots_point is Roots.NULL and not bound
    return plain and key is not None and draft.optional(key) and len(draft.branches) == 1


def _listed(draft: Draft) -> list[Mapping[str, Any]]:
    """Return what the columns draw from that say what rows are called, as parameters."""
    found = (_packed(made) for generators in draft.generators.values() for made in generators)
    return [one for one in found if one is not None and one["slot"] == _CALLED and not one.get("within")]


def _in_order(generator: GeneratorPlan, address: tuple[str, str]) -> GeneratorPlan:
    """Return a generator that goes through a record as it is written, if that is what it draws from."""
    params = _packed(generator)
    if params is None or (params["pack"], params["record"]) != address:
        return generator
    return telling(generator, in_order=True)


def _packed(generator: GeneratorPlan) -> Mapping[str, Any] | None:
    made = meant(generator)
    return made.params if made.kind.startswith("pack.") else None
