"""Packs confined to topics: kinds of thing by the words of a record's tree, and what goes with these."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from seedfast.packs.pack import Leaf, Options, Pack, Record

_GOING_WITH = ("department", "category", "genre", "brand")
"""Slots whose texts, as the names of a list's entries, make these entries speak of the same topic."""


def speaks(pack: Pack, topic: str) -> bool:
    """Tell whether a topic is a kind of thing of a pack, or the pack itself."""
    return topic == pack.declaration.name or any(
        topic in leaf.path[1:] for record in pack.records.values() for leaf in record.leaves
    )


def narrowed(pack: Pack, name: str, topics: Collection[str]) -> Record:
    """Return a record with nothing but the topics in it; one that has nothing to do with them stays as it is."""
    record = pack.records[name]
    if not topics:
        return record
    kept = tuple(leaf for leaf in record.leaves if set(leaf.path[1:]) & set(topics))
    if not kept and record.listed:
        going = {text for other in pack.records.values() for leaf in other.leaves for text in _texts(leaf, topics)}
        kept = tuple(leaf for leaf in record.leaves if _named(leaf) in going)
    return replace(record, leaves=kept) if kept else record


def _texts(leaf: Leaf, topics: Collection[str]) -> Collection[str]:
    """Return what a leaf of one of the topics may say in the slots that other records list."""
    if not set(leaf.path[1:]) & set(topics):
        return ()
    found = (leaf.slots.get(slot) for slot in _GOING_WITH)
    return {
        template.literal
        for options in found
        if isinstance(options, Options)
        for template in options.templates
        if template.literal is not None
    }


def _named(leaf: Leaf) -> str | None:
    told = leaf.slots.get("name")
    return told.templates[0].literal if isinstance(told, Options) and len(told.templates) == 1 else None
