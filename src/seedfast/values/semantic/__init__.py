"""Kinds of value that mean something: persons, places, products, texts that people write."""

from __future__ import annotations

from seedfast.values.registry import Registry
from seedfast.values.semantic import clinical, files, finance, internet, media, persons, places, texts, things


def register(registry: Registry) -> None:
    """Add every kind of this family."""
    for family in (persons, places, things, internet, texts, media, finance, clinical, files):
        family.register(registry)
