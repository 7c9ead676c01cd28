"""Kinds of value that mean something: persons, places, products, texts that people write."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from seedfast.values.kind import Build, Generator
from seedfast.values.parameters import Params, sibling
from seedfast.values.registry import Registry
from seedfast.values.semantic import (
    addresses,
    clinical,
    companies,
    files,
    finance,
    internet,
    listed_places,
    media,
    persons,
    places,
    texts,
    things,
)
from seedfast.values.semantic.called import CALLED


def register(registry: Registry) -> None:
    """Add every kind of this family."""
    for family in (
        persons,
        places,
        addresses,
        listed_places,
        companies,
        things,
        internet,
        texts,
        media,
        finance,
        clinical,
        files,
    ):
        for kind in family.kinds():
            at_a_place = "place_of" in kind.params
            registry.register(replace(kind, build=partial(_reading, kind.build)) if at_a_place else kind)


def _reading(build: Build, params: Params) -> Generator:
    """Return a generator that reads whose place its own is, in what it lies, and what its person is called."""
    made = build(params)
    told = filter(None, (sibling(params, name) for name in ("place_of", "place_in", *CALLED)))
    made.inputs = tuple(dict.fromkeys((*made.inputs, *told)))
    return made
