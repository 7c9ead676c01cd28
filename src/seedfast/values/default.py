"""The kinds of value that come with seedfast."""

from __future__ import annotations

from seedfast.packs.library import Library
from seedfast.values import (
    catalogue,
    choices,
    codes,
    computed,
    date_parts,
    distinct,
    documents,
    figures,
    foremost,
    geometry,
    identifiers,
    made_of,
    nested,
    network,
    numeric,
    outside,
    packs,
    patterns,
    presence,
    prose,
    ranges,
    recurring,
    relations,
    semantic,
    standard_numbers,
    text_order,
    times,
)
from seedfast.values.registry import Registry


def default_registry(library: Library | None = None) -> Registry:
    """Return a new registry with every family, still open for further kinds; it draws from the shipped packs unless
    others are given.
    """
    registry = Registry(library)
    numeric.register(registry)
    choices.register(registry)
    times.register(registry)
    prose.register(registry)
    codes.register(registry)
    computed.register(registry)
    date_parts.register(registry)
    patterns.register(registry)
    distinct.register(registry)
    identifiers.register(registry)
    documents.register(registry)
    figures.register(registry)
    network.register(registry)
    geometry.register(registry)
    catalogue.register(registry)
    standard_numbers.register(registry)
    nested.register(registry)
    foremost.register(registry)
    ranges.register(registry)
    recurring.register(registry)
    relations.register(registry)
    made_of.register(registry)
    presence.register(registry)
    outside.register(registry)
    text_order.register(registry)
    semantic.register(registry)
    packs.register(registry)
    registry.origin = default_registry
    return registry
